//! Many events on few pixels: a store of 15 bytes an event, and exact counts, sums and extremes of
//! every column and lane without a look at every event.
//!
//! Events stand in order of time, so a column is a range of ranks. Per block of 256 events and lane
//! the pyramid keeps how many there were and what they add up to *until* the block, and the
//! extremes *within* it; sixteen blocks have their extremes together. A column costs its two ends,
//! at most 256 events each, two prefixes and a walk over the blocks between. Nothing is sampled:
//! what is said of a column is true of every event in it. Cf. Moritz, Howe, Heer, «Falcon» (CHI
//! 2019) for prefixes, and «OM³» (PACMMOD 2023) for ordered extremes.
//!
//! Sums are exact: amounts are kept to seven digits and rounded to a power of two so small that no
//! sum of them leaves the 53 bits of a double. Adding is then the same in any order, which the
//! tests use, and so do the prefixes.

use super::sort::{ascending, ascending_with_keys};

/// Events of a block.
const BLOCK: usize = 256;
/// Blocks that have their extremes together.
const BLOCKS: usize = 16;
/// Milliseconds of a turn of the low half of a time.
const TURN: f64 = 4_294_967_296.0;
/// Times farther from 1970 than about 12,000 years are cut, ms.
pub const FARTHEST_MS: f64 = 3.8e14;
/// No lane: what is filtered out.
pub const OUT: u8 = u8::MAX;
/// Lanes that one pyramid can have.
pub const MOST_LANES: usize = 64;

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
    lane: Vec<u8>,
    /// The upper halves; empty where all are 0.
    lane_high: Vec<u8>,
    /// See `kind`.
    pub target: Vec<u32>,
}

/// What a pyramid shows: for each of the three dictionaries a lane for every code, or [`OUT`]. The
/// lane of an event is the sum of the three, so all tables but one hold zeros. A code beyond a
/// table is lane 0 of it.
#[derive(Debug, Clone, Copy, Default)]
pub struct EventFilter<'a> {
    /// By kind.
    pub kind: &'a [u8],
    /// By lane.
    pub lane: &'a [u8],
    /// By target.
    pub target: &'a [u8],
    /// Amounts below this are out, and with it above zero those that are not known; 0 for all.
    pub least: f32,
}

/// Of the events of one column in one lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// How many.
    pub count: u32,
    /// What their amounts add up to.
    pub sum: f64,
    /// The smallest amount; infinite where none is known.
    pub least: f32,
    /// The largest; minus infinite where none is known.
    pub most: f32,
}

/// No event.
pub const EMPTY: Cell = Cell {
    count: 0,
    sum: 0.0,
    least: f32::INFINITY,
    most: f32::NEG_INFINITY,
};

impl Cell {
    fn widen(&mut self, (least, most): (f32, f32)) {
        if least < self.least {
            self.least = least;
        }
        if most > self.most {
            self.most = most;
        }
    }
}

/// What a block has for each lane.
fn row<T>(list: &[T], block: usize, lanes: usize) -> &[T] {
    list.get(block * lanes..(block + 1) * lanes)
        .unwrap_or_default()
}

/// Adds the first so many events to the cells of their lanes.
fn tally(cells: &mut [Cell], lanes: &[u8], amounts: &[f32], count: usize) {
    for (&lane, &amount) in lanes.iter().zip(amounts).take(count) {
        if let Some(cell) = cells.get_mut(usize::from(lane)) {
            cell.count += 1;
            // A comparison with NaN is false.
            if amount >= 0.0 {
                cell.sum += f64::from(amount);
                if amount < cell.least {
                    cell.least = amount;
                }
                if amount > cell.most {
                    cell.most = amount;
                }
            }
        }
    }
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
        let units = 1.0 / unit;
        let rounded = |a: f64| {
            // Below a hundred units the rounding would be seen.
            if a == 0.0 || a >= 100.0 * unit && a < 1e30 {
                ((a * units).round_ties_even() * unit) as f32
            } else {
                f32::NAN
            }
        };
        // The rows that have a time; none where all have.
        let mut rows: Vec<u32> = Vec::new();
        if ms.iter().any(|time| time.is_nan()) {
            let mut kept = Vec::new();
            for (row, &time) in ms.iter().enumerate() {
                if !time.is_nan() {
                    rows.push(row as u32);
                    kept.push(time);
                }
            }
            ms = kept;
        }
        for time in &mut ms {
            *time = time.clamp(-FARTHEST_MS, FARTHEST_MS).round_ties_even();
        }
        let (mut order, sorted) = ascending_with_keys(ms);
        let row_of = |place: u32| rows.get(place as usize).copied().unwrap_or(place);
        let code = |codes: &[u32], row: u32, most: u32| {
            codes.get(row as usize).map_or(0, |&code| code.min(most))
        };
        let value = |row: u32| amount.get(row as usize).map_or(f32::NAN, |&a| rounded(a));
        // Equal times: by amount, unknown first, then by codes.
        let time_of = |rank: usize| sorted.get(rank).copied();
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
                let sum = |row: u32| {
                    Some(value(row))
                        .filter(|v| *v >= 0.0)
                        .map_or(-1.0, f64::from)
                };
                // A stable sort by the last key first is one by all three.
                for pass in 0..3 {
                    let mut keys = Vec::with_capacity(run.len());
                    for &place in run.iter() {
                        let row = row_of(place);
                        keys.push(match pass {
                            0 => f64::from(code(target, row, u32::MAX)),
                            1 => f64::from(code(lane, row, 65_535) << 8 | code(kind, row, 255)),
                            _ => sum(row),
                        });
                    }
                    let old = run.to_vec();
                    for (slot, from) in run.iter_mut().zip(ascending(&keys)) {
                        *slot = old.get(from as usize).copied().unwrap_or(0);
                    }
                }
            }
            first = end;
        }
        let base_ms = time_of(0).unwrap_or(0.0);
        let mut events = Self {
            base_ms,
            ..Self::default()
        };
        let turns = &mut events.turns;
        events.low = sorted
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
        drop(sorted);
        if !rows.is_empty() {
            for place in &mut order {
                *place = row_of(*place);
            }
        }
        // Lists of one length: no push asks for room.
        events.amount = order.iter().map(|&row| value(row)).collect();
        if !kind.is_empty() {
            events.kind = order
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
            events.lane = half(0);
            if lane.iter().any(|&code| code > 255) {
                events.lane_high = half(8);
            }
        }
        if !target.is_empty() {
            events.target = order
                .iter()
                .map(|&row| code(target, row, u32::MAX))
                .collect();
        }
        (events, order)
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
    fn before_from(&self, ms: f64, least: usize) -> usize {
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

/// What is shown of [`Events`], made ready for any zoom. A change of the filter makes a new one:
/// one walk over the events.
#[derive(Debug, Clone, Default)]
pub struct Pyramid {
    lanes: usize,
    /// The lane of every event, or [`OUT`].
    shown: Vec<u8>,
    /// Per block and lane: how many events stand before the block, and what they add up to. One
    /// block more than there are.
    counts: Vec<u32>,
    sums: Vec<f64>,
    /// Per block and lane the smallest and the largest amount in it.
    extremes: Vec<(f32, f32)>,
    /// The same of sixteen blocks.
    wide: Vec<(f32, f32)>,
}

/// The extremes of nothing.
const NONE: (f32, f32) = (f32::INFINITY, f32::NEG_INFINITY);

/// Adds to each lane what a table says of each code.
fn sort_out(lanes: &mut [u8], codes: impl Iterator<Item = u32>, table: &[u8]) {
    if table.is_empty() {
        return;
    }
    for (lane, code) in lanes.iter_mut().zip(codes) {
        *lane = lane.saturating_add(table.get(code as usize).copied().unwrap_or(0));
    }
}

impl Pyramid {
    /// Counts what is shown in each of `lanes` (≤ 64) lanes; an event whose lane is none of them is
    /// out.
    pub fn new(events: &Events, show: &EventFilter<'_>, lanes: usize) -> Self {
        let lanes = lanes.clamp(1, MOST_LANES);
        let blocks = events.len().div_ceil(BLOCK);
        // Where all codes are 0, so are their lanes.
        let first = |codes: usize, table: &[u8]| {
            if codes == 0 {
                table.first().copied().unwrap_or(0)
            } else {
                0
            }
        };
        let lane = first(events.kind.len(), show.kind)
            .saturating_add(first(events.lane.len(), show.lane))
            .saturating_add(first(events.target.len(), show.target));
        let mut out = Self {
            lanes,
            shown: vec![lane; events.len()],
            ..Self::default()
        };
        sort_out(
            &mut out.shown,
            events.kind.iter().map(|&code| code.into()),
            show.kind,
        );
        sort_out(
            &mut out.shown,
            (0..events.lane.len()).map(|datum| events.lane(datum).unwrap_or(0)),
            show.lane,
        );
        sort_out(&mut out.shown, events.target.iter().copied(), show.target);
        if show.least > 0.0 {
            for (lane, &amount) in out.shown.iter_mut().zip(&events.amount) {
                // What is not known is not enough.
                if amount.is_nan() || amount < show.least {
                    *lane = OUT;
                }
            }
        }
        out.counts.reserve_exact((blocks + 1) * lanes);
        out.sums.reserve_exact((blocks + 1) * lanes);
        out.extremes.reserve_exact(blocks * lanes);
        let mut until = [EMPTY; MOST_LANES];
        for block in 0..=blocks {
            for cell in until.iter_mut().take(lanes) {
                out.counts.push(cell.count);
                out.sums.push(cell.sum);
                (cell.least, cell.most) = NONE;
            }
            if block == blocks {
                break;
            }
            tally(
                &mut until,
                out.shown.get(block * BLOCK..).unwrap_or_default(),
                events.amount.get(block * BLOCK..).unwrap_or_default(),
                BLOCK,
            );
            for cell in until.iter().take(lanes) {
                out.extremes.push((cell.least, cell.most));
            }
        }
        out.wide.resize(blocks.div_ceil(BLOCKS) * lanes, NONE);
        for (block, row) in out.extremes.chunks_exact(lanes).enumerate() {
            if let Some(wide) = out.wide.get_mut(block / BLOCKS * lanes..) {
                for (wide, &(least, most)) in wide.iter_mut().zip(row) {
                    *wide = (wide.0.min(least), wide.1.max(most));
                }
            }
        }
        out
    }

    /// The lane of an event; [`OUT`] or another that is none where it is not shown.
    pub fn lane(&self, datum: usize) -> u8 {
        self.shown.get(datum).copied().unwrap_or(OUT)
    }

    /// Bytes that are held.
    pub fn bytes(&self) -> usize {
        self.shown.capacity()
            + self.counts.capacity() * 4
            + (self.sums.capacity() + self.extremes.capacity() + self.wide.capacity()) * 8
    }

    /// The cells of the events from one rank up to another, a lane each, into `cells`, which has as
    /// many as there are lanes.
    pub fn range(&self, events: &Events, from: usize, to: usize, cells: &mut [Cell]) {
        cells.fill(EMPTY);
        let to = to.min(events.len());
        let mut some = |from: usize, to: usize| {
            let count = to.saturating_sub(from);
            tally(
                cells,
                self.shown.get(from..).unwrap_or_default(),
                events.amount.get(from..).unwrap_or_default(),
                count,
            );
        };
        let (first, last) = (from.div_ceil(BLOCK), to / BLOCK);
        if first >= last {
            return some(from, to);
        }
        some(from, first * BLOCK);
        some(last * BLOCK, to);
        // Row by row, as they lie in memory.
        let lanes = self.lanes;
        let (counts, sums) = (
            [
                row(&self.counts, first, lanes),
                row(&self.counts, last, lanes),
            ],
            [row(&self.sums, first, lanes), row(&self.sums, last, lanes)],
        );
        for (cell, (from, to)) in cells.iter_mut().zip(counts[0].iter().zip(counts[1])) {
            cell.count += to.wrapping_sub(*from);
        }
        for (cell, (from, to)) in cells.iter_mut().zip(sums[0].iter().zip(sums[1])) {
            cell.sum += to - from;
        }
        let mut block = first;
        while block < last {
            let (extremes, step) = if block.is_multiple_of(BLOCKS) && block + BLOCKS <= last {
                (row(&self.wide, block / BLOCKS, lanes), BLOCKS)
            } else {
                (row(&self.extremes, block, lanes), 1)
            };
            for (cell, extremes) in cells.iter_mut().zip(extremes) {
                cell.widen(*extremes);
            }
            block += step;
        }
    }

    /// The cells between the bounds, ms since 1970 and ascending: for each two neighbours those
    /// events that are not earlier than the first and earlier than the second, a lane each. Row by
    /// row: `cells[column * lanes + lane]`.
    pub fn columns(&self, events: &Events, bounds_ms: &[f64]) -> Vec<Cell> {
        let mut cells = vec![EMPTY; bounds_ms.len().saturating_sub(1) * self.lanes];
        let mut from = bounds_ms.first().map_or(0, |&ms| events.before(ms));
        for (column, &ms) in cells
            .chunks_exact_mut(self.lanes.max(1))
            .zip(bounds_ms.get(1..).unwrap_or_default())
        {
            let to = events.before_from(ms, from).max(from);
            self.range(events, from, to, column);
            from = to;
        }
        cells
    }

    /// The largest amounts of a lane among the events from one rank up to another, at most `most`
    /// of them, largest first, of equal ones the earlier. Where fewer have an amount, the earliest
    /// of the others follow. Only blocks that can hold one of them are looked into.
    pub fn largest(
        &self,
        events: &Events,
        lane: usize,
        from: usize,
        to: usize,
        most: usize,
    ) -> Vec<u32> {
        let to = to.min(events.len());
        let extremes = |list: &[(f32, f32)], at: usize| {
            list.get(at * self.lanes + lane)
                .map_or(f32::INFINITY, |e| e.1)
        };
        // The largest of whole blocks: as many events are not smaller than the last of them, so no
        // block below it has to be looked into.
        let many = to.saturating_sub(from) > 4 * most * BLOCKS * BLOCK;
        let mut tops: Vec<f32> = Vec::with_capacity(most + 1);
        let mut block = from.div_ceil(BLOCK);
        while (block + 1) * BLOCK <= to {
            let (top, next) =
                if many && block.is_multiple_of(BLOCKS) && (block + BLOCKS) * BLOCK <= to {
                    (extremes(&self.wide, block / BLOCKS), block + BLOCKS)
                } else {
                    (extremes(&self.extremes, block), block + 1)
                };
            if top >= 0.0 && (tops.len() < most || tops.last().is_some_and(|&last| top > last)) {
                let at = tops.partition_point(|&t| t >= top);
                tops.insert(at, top);
                tops.truncate(most);
            }
            block = next;
        }
        let enough = tops
            .last()
            .copied()
            .filter(|_| tops.len() == most)
            .unwrap_or(f32::NEG_INFINITY);
        // Amount and datum, largest first.
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(most + 1);
        let mut floor = -2.0_f32;
        let mut datum = from;
        while datum < to && most > 0 {
            let block = datum / BLOCK;
            if datum.is_multiple_of(BLOCK) {
                // What is not larger than the least so far comes too late, and so does one without
                // an amount once there are enough.
                let idle = |top: f32| top < enough || best.len() >= most && top <= floor;
                if block.is_multiple_of(BLOCKS) && idle(extremes(&self.wide, block / BLOCKS)) {
                    datum += BLOCK * BLOCKS;
                    continue;
                }
                let count = |block: usize| {
                    self.counts
                        .get(block * self.lanes + lane)
                        .copied()
                        .unwrap_or(0)
                };
                if count(block + 1) == count(block) || idle(extremes(&self.extremes, block)) {
                    datum += BLOCK;
                    continue;
                }
            }
            if self
                .shown
                .get(datum)
                .is_some_and(|&shown| usize::from(shown) == lane)
            {
                let amount = events
                    .amount
                    .get(datum)
                    .copied()
                    .filter(|a| *a >= 0.0)
                    .unwrap_or(-1.0);
                if best.len() < most || amount > floor {
                    let at = best.partition_point(|b| b.0 >= amount);
                    best.insert(at, (amount, datum as u32));
                    best.truncate(most);
                    floor = best.last().map_or(floor, |b| b.0);
                }
            }
            datum += 1;
        }
        let mut out = Vec::with_capacity(best.len());
        for (_, datum) in best {
            out.push(datum);
        }
        out
    }
}
