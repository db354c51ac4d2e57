//! Events in order of time, 15 bytes each.

use crate::layout::sort::{ascending, ascending_with_keys};

/// Milliseconds of a turn of the low half of a time.
const TURN: f64 = 4_294_967_296.0;
/// Times farther from 1970 than about 12,000 years are cut, ms.
pub const FARTHEST_MS: f64 = 3.8e14;

/// Events in order of time; the place of an event is its datum. Equal times are in order of amount,
/// then of kind, lane and target: the order of the rows that they came from shows nowhere.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Events {
    /// The time that the low halves are counted from, ms since 1970.
    base_ms: f64,
    /// Lower 32 bits of the time, ms since the base.
    low: Vec<u32>,
    /// How many events stand before each turn of the lower bits.
    turns: Vec<u32>,
    /// Amounts, to seven digits; NaN where there is none.
    pub amount: Vec<f32>,
    /// Codes of the three dictionaries; empty where all are 0.
    pub kind: Vec<u8>,
    /// See `kind`; the lower halves.
    pub(super) lane: Vec<u8>,
    /// The upper halves; empty where all are 0.
    lane_high: Vec<u8>,
    /// See `kind`.
    pub target: Vec<u32>,
}

/// How amounts are rounded so that their sums are exact in any order.
struct Rounding {
    /// The power of two whose multiples they become, and how many of it are 1.
    unit: f64,
    units: f64,
}

impl Rounding {
    fn of(amount: &[f64]) -> Self {
        let exponent = |v: f64| v.to_bits() >> 52;
        let power = |exponent: u64| f64::from_bits(exponent.max(1) << 52);
        let mut most = 0.0_f64;
        for &a in amount {
            if a > most && a < 1e30 {
                most = a;
            }
        }
        // In parts of a millionth of the largest the total is a whole number, so that no order of
        // adding changes it.
        let part = power(exponent(most).saturating_sub(20));
        let (mut parts, whole) = (0.0, 1.0 / part);
        for &a in amount {
            parts += if a > 0.0 && a < 1e30 {
                (a * whole).ceil()
            } else {
                0.0
            };
        }
        // The power of two whose multiples fill 52 bits at the total.
        let unit = power(exponent(parts * part).saturating_sub(51));
        Self {
            unit,
            units: 1.0 / unit,
        }
    }

    #[inline]
    fn round(&self, a: f64) -> f32 {
        // Below a hundred units the rounding would be seen.
        if a == 0.0 || a >= 100.0 * self.unit && a < 1e30 {
            ((a * self.units).round_ties_even() * self.unit) as f32
        } else {
            f32::NAN
        }
    }
}

/// Leaves out times that are no numbers; returns the rows of the others, none where that is all of
/// them.
fn take_times(ms: &mut Vec<f64>) -> Vec<u32> {
    let mut rows: Vec<u32> = Vec::new();
    if ms.iter().any(|time| time.is_nan()) {
        let mut times = Vec::new();
        for (row, &time) in ms.iter().enumerate() {
            if !time.is_nan() {
                rows.push(row as u32);
                times.push(time);
            }
        }
        *ms = times;
    }
    for time in ms {
        *time = time.clamp(-FARTHEST_MS, FARTHEST_MS).round_ties_even();
    }
    rows
}

/// The columns besides the times that events are made of.
struct Columns<'a> {
    amount: &'a [f64],
    kind: &'a [u32],
    lane: &'a [u32],
    target: &'a [u32],
    rounding: Rounding,
}

impl Columns<'_> {
    /// The amount in a row, rounded; NaN where there is none.
    #[inline]
    fn value(&self, row: u32) -> f32 {
        let amount = self.amount.get(row as usize);
        amount.map_or(f32::NAN, |&a| self.rounding.round(a))
    }

    /// What the events of one time are sorted by: the last key first.
    fn key(&self, pass: u32, row: u32) -> f64 {
        match pass {
            0 => f64::from(code(self.target, row, u32::MAX)),
            1 => f64::from(code(self.lane, row, 65_535) << 8 | code(self.kind, row, 255)),
            _ => Some(self.value(row))
                .filter(|v| *v >= 0.0)
                .map_or(-1.0, f64::from),
        }
    }

    /// Sorts places of equal time by amount, unknown first, then by codes; `rows` as
    /// [`take_times`] returns them.
    fn sort_ties(&self, order: &mut [u32], times: &[f64], rows: &[u32]) {
        let time_of = |rank: usize| times.get(rank).copied();
        let mut first = 0;
        while first < order.len() {
            let time = time_of(first);
            let mut end = first + 1;
            while end < order.len() && time_of(end) == time {
                end += 1;
            }
            if end - first > 1
                && let Some(run) = order.get_mut(first..end)
            {
                // A stable sort by the last key first is one by all three.
                for pass in 0..3 {
                    let mut keys = Vec::with_capacity(run.len());
                    for &place in run.iter() {
                        keys.push(self.key(pass, row_of(rows, place)));
                    }
                    let old = run.to_vec();
                    for (slot, from) in run.iter_mut().zip(ascending(&keys)) {
                        *slot = old.get(from as usize).copied().unwrap_or(0);
                    }
                }
            }
            first = end;
        }
    }
}

/// The row of a place among the times that were taken.
#[inline]
fn row_of(rows: &[u32], place: u32) -> u32 {
    rows.get(place as usize).copied().unwrap_or(place)
}

#[inline]
fn code(codes: &[u32], row: u32, most: u32) -> u32 {
    codes.get(row as usize).map_or(0, |&code| code.min(most))
}

impl Events {
    /// From columns of one length: times in ms since 1970, amounts (below zero, NaN or 10³⁰ and more:
    /// not known; nor is one that beside all others cannot be told from nothing), and codes of the
    /// three dictionaries, each of which may be empty. Rows whose time is no number are left out.
    /// Returns the row of every event too. Codes beyond 255 and 65,535 are those.
    pub fn new(
        mut ms: Vec<f64>,
        amount: &[f64],
        kind: &[u32],
        lane: &[u32],
        target: &[u32],
    ) -> (Self, Vec<u32>) {
        let columns = Columns {
            amount,
            kind,
            lane,
            target,
            rounding: Rounding::of(amount),
        };
        let rows = take_times(&mut ms);
        let (mut order, sorted) = ascending_with_keys(ms);
        columns.sort_ties(&mut order, &sorted, &rows);
        let mut events = Self::default();
        events.put_times(&sorted);
        drop(sorted);
        if !rows.is_empty() {
            for place in &mut order {
                *place = row_of(&rows, *place);
            }
        }
        events.put_rows(&columns, &order);
        (events, order)
    }

    /// Times in ascending order.
    fn put_times(&mut self, sorted: &[f64]) {
        let base_ms = sorted.first().copied().unwrap_or(0.0);
        self.base_ms = base_ms;
        let turns = &mut self.turns;
        self.low = sorted
            .iter()
            .enumerate()
            .map(|(rank, time)| {
                let since = time - base_ms;
                let turn = (since / TURN) as usize;
                while turns.len() <= turn {
                    turns.push(rank as u32);
                }
                (since - turn as f64 * TURN) as u32
            })
            .collect();
    }

    /// What stands in the rows of the events. Lists of one length: no push asks for room.
    fn put_rows(&mut self, columns: &Columns<'_>, order: &[u32]) {
        let &Columns {
            kind, lane, target, ..
        } = columns;
        self.amount = order.iter().map(|&row| columns.value(row)).collect();
        if !kind.is_empty() {
            self.kind = order
                .iter()
                .map(|&row| code(kind, row, 255) as u8)
                .collect();
        }
        if !lane.is_empty() {
            let half = |shift: u32| {
                order
                    .iter()
                    .map(|&row| (code(lane, row, 65_535) >> shift) as u8)
                    .collect()
            };
            self.lane = half(0);
            if lane.iter().any(|&code| code > 255) {
                self.lane_high = half(8);
            }
        }
        if !target.is_empty() {
            self.target = order
                .iter()
                .map(|&row| code(target, row, u32::MAX))
                .collect();
        }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.low.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.low.is_empty()
    }

    /// Bytes that are held.
    pub fn bytes(&self) -> usize {
        (self.low.capacity()
            + self.turns.capacity()
            + self.amount.capacity()
            + self.target.capacity())
            * 4
            + self.kind.capacity()
            + self.lane.capacity()
            + self.lane_high.capacity()
    }

    /// The code of the lane of an event; none where all are 0.
    #[inline]
    pub fn lane(&self, datum: usize) -> Option<u32> {
        let high = self.lane_high.get(datum).copied().unwrap_or(0);
        self.lane
            .get(datum)
            .map(|&low| u32::from(high) << 8 | u32::from(low))
    }

    /// The time of an event, ms since 1970, exact to the ms; NaN for a datum that no event has.
    pub fn ms(&self, datum: usize) -> f64 {
        let turn = self
            .turns
            .partition_point(|&first| first as usize <= datum)
            .saturating_sub(1);
        self.low.get(datum).map_or(f64::NAN, |&low| {
            self.base_ms + turn as f64 * TURN + f64::from(low)
        })
    }

    /// How many events are earlier than a time, ms since 1970.
    pub fn before(&self, ms: f64) -> usize {
        self.before_from(ms, 0)
    }

    /// As [`Events::before`], if it is no less than `least`: the nearer it is to that, the faster.
    pub(super) fn before_from(&self, ms: f64, least: usize) -> usize {
        let since = (ms - self.base_ms).ceil();
        if since.is_nan() || since <= 0.0 {
            return 0;
        }
        let turn = (since / TURN) as usize;
        let Some(&first) = self.turns.get(turn) else {
            return self.len();
        };
        let end = self
            .turns
            .get(turn + 1)
            .map_or(self.len(), |&end| end as usize);
        let low = (since - turn as f64 * TURN) as u32;
        let mut first = (first as usize).max(least).min(end);
        // In leaps that double, then halve.
        let mut leap = 64;
        while let Some(&there) = self.low.get(first + leap).filter(|_| first + leap < end) {
            if there >= low {
                break;
            }
            first += leap;
            leap *= 2;
        }
        let part = self
            .low
            .get(first..end.min(first + leap))
            .unwrap_or_default();
        first + part.partition_point(|&l| l < low)
    }
}
