//! Rectangles of a treemap in rows: as close to squares as Bruls, Huizing and van Wijk's rule makes
//! them, in the order given, or in rows that are kept.

use super::sort::{Scratch, arrange};

/// The golden ratio: rows are built for rectangles of this shape.
const RATIO: f64 = 1.618_033_988_749_895;
/// Beyond this, coordinates are cut: they are CSS px, and their products must stay finite.
const FAR: f64 = 1e9;
/// Below this part of the largest value, a value is as good as zero: its square would not be a
/// normal number.
pub(super) const NOUGHT: f64 = 1e-120;

/// Tiles that stand side by side: `from..to` of the sizes, in a rectangle that they fill.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    pub(super) from: usize,
    pub(super) to: usize,
    /// Left, top, right, bottom.
    pub(super) rect: [f64; 4],
    /// The tiles follow each other along x, each as high as the row; else along y, each as wide.
    pub(super) across: bool,
    /// Sum of the sizes.
    sum: f64,
}

impl Row {
    /// The row as a word that [`rows`] takes again: how many tiles, and which way.
    pub(super) fn word(&self) -> u32 {
        ((self.to - self.from) as u32) << 1 | u32::from(self.across)
    }

    /// CSS px along the row for a unit of size; nothing has no place.
    fn per_unit(&self, length: f64) -> f64 {
        if self.sum > 0.0 {
            length / self.sum
        } else {
            0.0
        }
    }

    /// Writes the rectangles of the tiles; `sizes` are all that [`rows`] was given.
    pub(super) fn tiles(&self, sizes: &[f64], out: &mut [[f64; 4]]) {
        let [x0, y0, x1, y1] = self.rect;
        let (mut at, end) = if self.across { (x0, x1) } else { (y0, y1) };
        let per_unit = self.per_unit(end - at);
        for (slot, &size) in out
            .iter_mut()
            .zip(sizes.get(self.from..self.to).unwrap_or_default())
        {
            let next = at + size * per_unit;
            // A rounding must not carry a tile past the edge.
            let next = if next > end { end } else { next };
            *slot = if self.across {
                [at, y0, next, y1]
            } else {
                [x0, at, x1, next]
            };
            at = next;
        }
    }

    /// As [`Row::tiles`], rounded to what is drawn and appended.
    pub(super) fn marks(&self, sizes: &[f64], out: &mut Vec<[f32; 4]>) {
        let [x0, y0, x1, y1] = self.rect;
        let sides = [x0 as f32, y0 as f32, x1 as f32, y1 as f32];
        let sizes = sizes.get(self.from..self.to).unwrap_or_default();
        let (mut at, end) = if self.across { (x0, x1) } else { (y0, y1) };
        let per_unit = self.per_unit(end - at);
        let mut before = at as f32;
        let mut next = |size: f64| {
            at += size * per_unit;
            at = if at > end { end } else { at };
            let last = before;
            before = at as f32;
            [last, before]
        };
        if self.across {
            out.extend(sizes.iter().map(|&size| {
                let [left, right] = next(size);
                [left, sides[1], right, sides[3]]
            }));
        } else {
            out.extend(sizes.iter().map(|&size| {
                let [top, bottom] = next(size);
                [sides[0], top, sides[2], bottom]
            }));
        }
    }
}

/// Cuts a rectangle (upright, finite) into rows of tiles with areas proportional to `sizes`, and
/// returns what is left of it: the place of `beyond`, the sum of what is not among the sizes.
/// `take` gets row after row and ends it all with `false`.
///
/// Sizes are positive, in descending order, not far from 1 (see [`exact_scale`]), `whole` is their
/// sum with `beyond`. Rows and arithmetic are those of d3-hierarchy's `treemapSquarify`, so the
/// rectangles are d3's. With `kept`, the words of an earlier call's rows, no decision is made: the
/// same tiles stand in the same rows, resized, as d3's `treemapResquarify` does it, and sizes need
/// not be in order.
pub(super) fn rows(
    sizes: &[f64],
    whole: f64,
    beyond: f64,
    rect: [f64; 4],
    kept: Option<&[u32]>,
    take: &mut dyn FnMut(&Row) -> bool,
) -> [f64; 4] {
    let [mut x0, mut y0, x1, y1] = rect;
    let (mut left, mut sure, mut from, mut step) = (whole, whole, 0, 0);
    while let Some(rest) = sizes.get(from..)
        && let Some((&first, more)) = rest.split_first()
    {
        // d3 subtracts row after row. Where little is left of the whole, what is left is mostly
        // rounding: sum it afresh.
        if left < sure * 1e-6 {
            left = rest.iter().rev().fold(beyond, |sum, &v| sum + v);
            sure = left;
        }
        let (dx, dy) = (x1 - x0, y1 - y0);
        let mut across = dx < dy;
        let mut sum = first;
        let mut count = 1;
        if let Some(kept) = kept {
            let word = kept.get(step).copied().unwrap_or(u32::MAX);
            step += 1;
            across = word & 1 == 1;
            for &value in more.iter().take(((word >> 1) as usize).saturating_sub(1)) {
                sum += value;
                count += 1;
            }
        } else {
            (sum, count) = best_row(first, more, dx, dy, left);
        }
        let share = if left > 0.0 { sum / left } else { 1.0 };
        let mut row = Row {
            from,
            to: from + count,
            rect: [x0, y0, x1, y1],
            across,
            sum,
        };
        // A rounding must not carry the next row past the edge.
        if across {
            y0 = (y0 + dy * share).min(y1);
            row.rect[3] = y0;
        } else {
            x0 = (x0 + dx * share).min(x1);
            row.rect[2] = x0;
        }
        if !take(&row) {
            break;
        }
        left -= sum;
        from += count;
    }
    [x0, y0, x1, y1]
}

/// The sum and the number of the tiles of d3's next row in a rectangle of `dx` by `dy`, which is for
/// `left`: `first`, the largest, and so many of `more` as make the worst shape better.
#[inline(always)]
fn best_row(first: f64, more: &[f64], dx: f64, dy: f64, left: f64) -> (f64, usize) {
    let (mut sum, mut count) = (first, 1);
    let longer = if dy > dx { dy / dx } else { dx / dy };
    let alpha = longer / (left * RATIO);
    // As long as the first tile, the largest, is the one with the worst shape, each further tile
    // makes the row better: no division is needed. A thousand millionth on the safe side: where it
    // is close, the arithmetic below decides, which is d3's to the last bit.
    let inverse = 1.0 / first;
    let steep = alpha * inverse * (1.0 + 1e-9);
    let mut before = 0.0;
    for &value in more {
        let grown = sum + value;
        let beta = grown * grown * steep;
        if value * inverse <= beta * beta {
            before = value;
            break;
        }
        sum = grown;
        count += 1;
    }
    if before > 0.0 {
        let last = if count == 1 {
            first
        } else {
            more.get(count - 2).copied().unwrap_or(first)
        };
        let beta = sum * sum * alpha;
        let mut worst = larger(first / beta, beta / last);
        for &value in more.get(count - 1..).unwrap_or_default() {
            let grown = sum + value;
            let beta = grown * grown * alpha;
            let shape = larger(first / beta, beta / value);
            if shape > worst {
                break;
            }
            sum = grown;
            worst = shape;
            count += 1;
        }
    }
    (sum, count)
}

#[inline(always)]
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// One rectangle `[x0, y0, x1, y1]` a value, in the order of the values, within `rect` (same form
/// and space; swapped sides are turned round).
///
/// Areas are proportional to the values. Rows are built from the largest value down, ties by index,
/// with the row rule and the arithmetic of d3-hierarchy's `treemapSquarify` at its default ratio,
/// so the rectangles are d3's. A value that is zero, negative, not finite or less than 10⁻¹²⁰ of
/// the largest gets an empty rectangle in the corner where the last row ends. Time linear in their
/// number.
pub fn squarify(values: &[f64], rect: [f64; 4]) -> Vec<[f64; 4]> {
    flat(values, rect, &mut Keep::Nothing)
}

/// The rows of an earlier picture: who stands where.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places {
    order: Vec<u32>,
    rows: Vec<u32>,
}

/// As [`squarify`], and remembers the rows.
pub fn squarify_first(values: &[f64], rect: [f64; 4], places: &mut Places) -> Vec<[f64; 4]> {
    flat(values, rect, &mut Keep::Write(places))
}

/// New values in the places of old ones: the same tiles in the same rows, with new sizes, after
/// d3-hierarchy's `treemapResquarify`. Values are those of [`squarify_first`], in its order; one
/// that is nothing now keeps an empty place. Where there is one that had no place, the rows are
/// made afresh and remembered.
pub fn resquarify(values: &[f64], rect: [f64; 4], places: &mut Places) -> Vec<[f64; 4]> {
    flat(values, rect, &mut Keep::Use(places))
}

enum Keep<'a> {
    Nothing,
    Write(&'a mut Places),
    Use(&'a mut Places),
}

fn flat(values: &[f64], rect: [f64; 4], keep: &mut Keep<'_>) -> Vec<[f64; 4]> {
    let bounds = upright(rect);
    let mut largest = 0.0_f64;
    for &value in values {
        if value.is_finite() && value > largest {
            largest = value;
        }
    }
    let seen = |v: f64| v.is_finite() && v > largest * NOUGHT;
    let scale = exact_scale(largest);
    let (mut items, mut whole) = (Vec::new(), 0.0);
    for (item, &value) in values.iter().enumerate() {
        if seen(value) {
            items.push(item as u32);
        }
    }
    // Summed from the end of the input, as d3's `sum` does: on equal values the last bit decides
    // where a row ends.
    for &value in values.iter().rev() {
        if seen(value) {
            whole += value * scale;
        }
    }
    let mut kept = None;
    if let Keep::Use(places) = keep {
        let mut placed = 0;
        for &item in &places.order {
            placed += usize::from(values.get(item as usize).is_some_and(|&v| seen(v)));
        }
        if placed == items.len() {
            items.clone_from(&places.order);
            kept = Some(core::mem::take(&mut places.rows));
        }
    }
    if kept.is_none() {
        arrange(
            values,
            &[],
            true,
            false,
            &mut items,
            &mut Scratch::default(),
        );
    }
    let mut sizes = Vec::new();
    for &item in &items {
        sizes.push(
            values
                .get(item as usize)
                .copied()
                .filter(|&v| seen(v))
                .unwrap_or(0.0)
                * scale,
        );
    }
    let (mut sorted, mut words) = (vec![[0.0; 4]; sizes.len()], Vec::new());
    let [x, y, ..] = rows(&sizes, whole, 0.0, bounds, kept.as_deref(), &mut |row| {
        words.push(row.word());
        row.tiles(&sizes, sorted.get_mut(row.from..row.to).unwrap_or_default());
        true
    });
    let mut out = vec![[x, y, x, y]; values.len()];
    for (&item, tile) in items.iter().zip(sorted) {
        if let Some(slot) = out.get_mut(item as usize) {
            *slot = tile;
        }
    }
    if let Keep::Write(places) | Keep::Use(places) = keep {
        places.order = items;
        places.rows = words;
    }
    out
}

/// Left before right and top above bottom; what is no number is 0.
pub(super) fn upright(rect: [f64; 4]) -> [f64; 4] {
    let near = |v: f64| if v.is_nan() { 0.0 } else { v.clamp(-FAR, FAR) };
    let [a, b, c, d] = [near(rect[0]), near(rect[1]), near(rect[2]), near(rect[3])];
    [a.min(c), b.min(d), a.max(c), b.max(d)]
}

/// A power of two that brings the largest value near 1; 1 where it is not far from it. Squares of
/// values are formed; scaling by a power of two is exact, so it changes no decision.
pub(super) fn exact_scale(largest: f64) -> f64 {
    if (1e-20..=1e20).contains(&largest) || largest <= 0.0 {
        return 1.0;
    }
    // The exponent bits alone, negated: 2^-e for a normal number, the largest power for a subnormal
    // one.
    let exponent = (largest.to_bits() >> 52) as i64 - 1023;
    f64::from_bits(((1023 - exponent).clamp(1, 2046) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_fills_the_rectangle() {
        assert_eq!(
            squarify(&[7.0], [10.0, 20.0, 110.0, 70.0]),
            [[10.0, 20.0, 110.0, 70.0]]
        );
    }

    #[test]
    fn nothing_gives_nothing_and_zeros_give_empty_rectangles_inside() {
        assert!(squarify(&[], [0.0, 0.0, 1.0, 1.0]).is_empty());
        for r in squarify(&[0.0, -1.0, f64::NAN, f64::INFINITY], [1.0, 2.0, 3.0, 4.0]) {
            assert_eq!((r[2] - r[0]) * (r[3] - r[1]), 0.0);
            assert!(r[0] >= 1.0 && r[2] <= 3.0 && r[1] >= 2.0 && r[3] <= 4.0);
        }
    }

    #[test]
    fn swapped_and_broken_bounds_are_turned_round_or_empty() {
        assert_eq!(
            squarify(&[1.0], [9.0, 8.0, 1.0, 2.0]),
            [[1.0, 2.0, 9.0, 8.0]]
        );
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for r in squarify(&[3.0, 2.0, 1.0], [bad, 0.0, 5.0, bad]) {
                assert!(r.iter().all(|v| v.is_finite()) && r[0] <= r[2] && r[1] <= r[3]);
            }
        }
    }

    #[test]
    fn values_of_any_magnitude_keep_their_proportions() {
        for scale in [1e-310, 1e-200, 1.0, 1e200, 1e307] {
            let out = squarify(
                &[6.0 * scale, 3.0 * scale, 1.0 * scale],
                [0.0, 0.0, 100.0, 10.0],
            );
            for (r, share) in out.iter().zip([600.0, 300.0, 100.0]) {
                assert!(
                    ((r[2] - r[0]) * (r[3] - r[1]) - share).abs() < 1e-6 * share,
                    "{scale}: {r:?}"
                );
            }
        }
    }
}
