//! Counts, sums and extremes of every lane, block by block.

use super::{Cell, EMPTY, EventFilter, Events, MAX_LANES, OUT};

/// Events of a block.
const BLOCK: usize = 256;
/// Blocks that have their extremes together.
const BLOCKS: usize = 16;

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

/// The lane of every event, or [`OUT`].
fn shown_lanes(events: &Events, show: &EventFilter<'_>) -> Vec<u8> {
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
    let mut shown = vec![lane; events.len()];
    let kinds = events.kind.iter().map(|&code| code.into());
    sort_out(&mut shown, kinds, show.kind);
    let lanes = (0..events.lane.len()).map(|datum| events.lane(datum).unwrap_or(0));
    sort_out(&mut shown, lanes, show.lane);
    sort_out(&mut shown, events.target.iter().copied(), show.target);
    if show.least > 0.0 {
        for (lane, &amount) in shown.iter_mut().zip(&events.amount) {
            // What is not known is not enough.
            if amount.is_nan() || amount < show.least {
                *lane = OUT;
            }
        }
    }
    shown
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

impl Pyramid {
    /// Counts what is shown in each of `lanes` (≤ 64) lanes; an event whose lane is none of them is
    /// out.
    pub fn new(events: &Events, show: &EventFilter<'_>, lanes: usize) -> Self {
        let mut out = Self {
            lanes: lanes.clamp(1, MAX_LANES),
            shown: shown_lanes(events, show),
            ..Self::default()
        };
        out.count(&events.amount);
        out.widen();
        out
    }

    /// Fills the prefixes and the extremes of the blocks.
    fn count(&mut self, amounts: &[f32]) {
        let lanes = self.lanes;
        let blocks = self.shown.len().div_ceil(BLOCK);
        self.counts.reserve_exact((blocks + 1) * lanes);
        self.sums.reserve_exact((blocks + 1) * lanes);
        self.extremes.reserve_exact(blocks * lanes);
        let mut until = [EMPTY; MAX_LANES];
        for block in 0..=blocks {
            for cell in until.iter_mut().take(lanes) {
                self.counts.push(cell.count);
                self.sums.push(cell.sum);
                (cell.least, cell.most) = NONE;
            }
            if block == blocks {
                break;
            }
            tally(
                &mut until,
                self.shown.get(block * BLOCK..).unwrap_or_default(),
                amounts.get(block * BLOCK..).unwrap_or_default(),
                BLOCK,
            );
            for cell in until.iter().take(lanes) {
                self.extremes.push((cell.least, cell.most));
            }
        }
    }

    /// Fills the extremes of sixteen blocks together.
    fn widen(&mut self) {
        let lanes = self.lanes;
        let blocks = self.extremes.len() / lanes;
        self.wide.resize(blocks.div_ceil(BLOCKS) * lanes, NONE);
        for (block, row) in self.extremes.chunks_exact(lanes).enumerate() {
            if let Some(wide) = self.wide.get_mut(block / BLOCKS * lanes..) {
                for (wide, &(least, most)) in wide.iter_mut().zip(row) {
                    *wide = (wide.0.min(least), wide.1.max(most));
                }
            }
        }
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
        let enough = self.enough(lane, from, to, most);
        // Amount and datum, largest first.
        let mut best: Vec<(f32, u32)> = Vec::with_capacity(most + 1);
        let mut floor = -2.0_f32;
        let mut datum = from;
        while datum < to && most > 0 {
            if datum.is_multiple_of(BLOCK) {
                // What is not larger than the least so far comes too late, and so does one without
                // an amount once there are enough.
                let idle = |top: f32| top < enough || best.len() >= most && top <= floor;
                let skip = self.skip(lane, datum / BLOCK, idle);
                if skip > 0 {
                    datum += skip;
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

    /// The largest amount of a lane in one of `list`, the extremes of blocks.
    #[inline]
    fn top(&self, list: &[(f32, f32)], at: usize, lane: usize) -> f32 {
        list.get(at * self.lanes + lane)
            .map_or(f32::INFINITY, |extremes| extremes.1)
    }

    /// An amount that at least `most` events are not below, so that no block below it has to be
    /// looked into: the last of the largest of whole blocks.
    fn enough(&self, lane: usize, from: usize, to: usize, most: usize) -> f32 {
        let many = to.saturating_sub(from) > 4 * most * BLOCKS * BLOCK;
        let mut tops: Vec<f32> = Vec::with_capacity(most + 1);
        let mut block = from.div_ceil(BLOCK);
        while (block + 1) * BLOCK <= to {
            let (top, next) =
                if many && block.is_multiple_of(BLOCKS) && (block + BLOCKS) * BLOCK <= to {
                    (self.top(&self.wide, block / BLOCKS, lane), block + BLOCKS)
                } else {
                    (self.top(&self.extremes, block, lane), block + 1)
                };
            if top >= 0.0 && (tops.len() < most || tops.last().is_some_and(|&last| top > last)) {
                let at = tops.partition_point(|&t| t >= top);
                tops.insert(at, top);
                tops.truncate(most);
            }
            block = next;
        }
        tops.last()
            .copied()
            .filter(|_| tops.len() == most)
            .unwrap_or(f32::NEG_INFINITY)
    }

    /// How many events from the first of a block on are none of a lane, or `idle`.
    #[inline]
    fn skip(&self, lane: usize, block: usize, idle: impl Fn(f32) -> bool) -> usize {
        if block.is_multiple_of(BLOCKS) && idle(self.top(&self.wide, block / BLOCKS, lane)) {
            return BLOCK * BLOCKS;
        }
        let count = |block: usize| {
            self.counts
                .get(block * self.lanes + lane)
                .copied()
                .unwrap_or(0)
        };
        if count(block + 1) == count(block) || idle(self.top(&self.extremes, block, lane)) {
            BLOCK
        } else {
            0
        }
    }
}
