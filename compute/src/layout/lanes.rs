//! Moves things apart across an axis and never along it: x is data, y is free.

use super::sort::ascending_with_keys;

/// Heights are counted in steps of so many to a unit.
const STEPS: f64 = 2.0;
/// Steps in which a free place is searched for: beyond them a box goes outside all that stands.
const MAX_STEPS: usize = 1 << 16;
/// Bounds beyond this are no places.
const FARTHEST: f64 = 1e15;

/// Offsets that keep boxes apart: box `i` spans `spans[i].0..spans[i].1` along the axis, is
/// `spans[i].2` high, and gets the y of its top edge, ≥ 0.
///
/// In order of their left ends (ties by index) each takes the lowest y, a multiple of ½, where it
/// keeps `gap` from every box before it, sideways and up and down. Swapped ends are turned round, a
/// height below zero is zero; a span with a bound that is no number within ±10¹⁵ gets 0 and is in
/// nobody's way. Where boxes stand 32,768 high over one place, the next go on top of all.
///
/// Boxes that stand at the sweep line all meet it, so what they take of y is a set of bits: a free
/// place is a run of zeros, found by words.
pub fn dodge(spans: &[(f64, f64, f64)], gap: f64) -> Vec<f64> {
    let gap = positive(gap);
    let mut out = vec![0.0; spans.len()];
    let (mut lefts, mut places) = (
        Vec::with_capacity(spans.len()),
        Vec::with_capacity(spans.len()),
    );
    for (index, &(x0, x1, _)) in spans.iter().enumerate() {
        if x0.abs() <= FARTHEST && x1.abs() <= FARTHEST {
            lefts.push(x0.min(x1));
            places.push(index as u32);
        }
    }
    // From here on in order of the sweep, so that memory is walked through and not jumped about in.
    let (order, lefts) = ascending_with_keys(lefts);
    let (mut rights, mut heights) = (
        Vec::with_capacity(order.len()),
        Vec::with_capacity(order.len()),
    );
    for &at in &order {
        let span = places
            .get(at as usize)
            .and_then(|&index| spans.get(index as usize));
        let (x0, x1, height) = span.copied().unwrap_or_default();
        rights.push(x0.max(x1) + gap);
        heights.push(positive(height) + gap);
    }
    let (leaving, rights) = ascending_with_keys(rights);
    let mut ends = leaving.iter().zip(&rights).peekable();
    // First step and number of steps that each takes.
    let mut taken: Vec<(u32, u32)> = Vec::with_capacity(order.len());
    let mut steps = Steps::default();
    let mut outermost = 0.0_f64;
    for ((&at, &left), &height) in order.iter().zip(&lefts).zip(&heights) {
        while let Some(&(&leaver, &right)) = ends.peek()
            && right <= left
            // A box without width and gap may end where this one begins and yet come after it.
            && let Some(&(first, count)) = taken.get(leaver as usize)
        {
            steps.set(first as usize, count as usize, false);
            ends.next();
        }
        let wanted = (height * STEPS).ceil();
        let mut place = (0, 0);
        let mut y = outermost;
        if wanted < MAX_STEPS as f64
            && let Some(first) = steps.free(wanted as usize)
        {
            place = (first as u32, wanted as u32);
            steps.set(first, wanted as usize, true);
            y = first as f64 / STEPS;
        }
        taken.push(place);
        outermost = outermost.max(y + wanted / STEPS);
        if let Some(slot) = places
            .get(at as usize)
            .and_then(|&index| out.get_mut(index as usize))
        {
            *slot = y;
        }
    }
    out
}

/// Which steps are taken, a bit each.
#[derive(Default)]
struct Steps {
    words: Vec<u64>,
}

impl Steps {
    /// The first of so many free steps in a row; `None` if they would end beyond [`MAX_STEPS`].
    fn free(&self, wanted: usize) -> Option<usize> {
        let mut start = 0;
        loop {
            if start + wanted > MAX_STEPS {
                return None;
            }
            // The first taken step from the start on ends the run, or the run is long enough.
            let stop = self.next(start, start + wanted, 0);
            if stop >= start + wanted {
                return Some(start);
            }
            start = self.next(stop, MAX_STEPS, u64::MAX);
        }
    }

    /// The first step from `start` on whose bit differs from `flip`'s, or `end` at the latest.
    fn next(&self, start: usize, end: usize, flip: u64) -> usize {
        let mut at = start;
        while at < end {
            let word = (self.words.get(at / 64).copied().unwrap_or(0) ^ flip) >> (at % 64);
            if word != 0 {
                return (at + word.trailing_zeros() as usize).min(end);
            }
            at = (at / 64 + 1) * 64;
        }
        end
    }

    fn set(&mut self, first: usize, count: usize, taken: bool) {
        let end = first + count;
        if end.div_ceil(64) > self.words.len() {
            self.words.resize(end.div_ceil(64), 0);
        }
        let mut at = first;
        while at < end {
            let here = (end - at).min(64 - at % 64);
            let mask = (u64::MAX >> (64 - here)) << (at % 64);
            if let Some(word) = self.words.get_mut(at / 64) {
                *word = if taken { *word | mask } else { *word & !mask };
            }
            at += here;
        }
    }
}

/// As [`dodge`] within a height, the first of `spans` before all others: `None` where nothing is
/// left for a box. Takes squares of time: for hundreds.
pub fn settle(spans: &[(f64, f64, f64)], gap: f64, height: f64) -> Vec<Option<f64>> {
    let (mut out, mut placed) = (Vec::new(), Vec::<[f64; 4]>::new());
    for &(x0, x1, high) in spans {
        let (left, right, mut y) = (x0.min(x1), x0.max(x1), 0.0);
        // From the top down: whatever is in the way moves it below itself, until nothing is.
        loop {
            let hit = placed.iter().find(|b| {
                b[0] < right + gap && b[2] + gap > left && b[1] < y + high + gap && b[3] + gap > y
            });
            match hit {
                Some(b) if y <= height => y = b[3] + gap,
                _ => break,
            }
        }
        let fits = y + high <= height;
        if fits {
            placed.push([left, y, right, y + high]);
        }
        out.push(fits.then_some(y));
    }
    out
}

fn positive(v: f64) -> f64 {
    if v.is_finite() { v.max(0.0) } else { 0.0 }
}
