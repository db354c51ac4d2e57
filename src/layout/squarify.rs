//! Rectangles of a treemap, as close to squares as Bruls, Huizing and van Wijk's rule makes them.

use super::order;

/// The golden ratio: rows are built for rectangles of this shape.
const RATIO: f64 = 1.618_033_988_749_895;
/// Beyond this, coordinates are cut: they are CSS px, and their products must stay finite.
const FAR: f64 = 1e9;
/// Below this part of the largest value, a value is as good as zero: its square would not be a normal number.
const NOUGHT: f64 = 1e-120;

/// One rectangle `[x0, y0, x1, y1]` a value, in the order of the values, within `rect` (same form and space; swapped sides are turned round).
///
/// Areas are proportional to the values. Rows are built from the largest value down, ties by index, with the row rule and the arithmetic of
/// d3-hierarchy's `treemapSquarify` at its default ratio, so the rectangles are d3's. A value that is zero, negative, not finite
/// or less than 10⁻¹²⁰ of the largest gets an empty rectangle in the corner where the last row ends. Time n·log n.
#[cfg_attr(hot, optimize(speed))]
pub fn squarify(values: &[f64], rect: [f64; 4]) -> Vec<[f64; 4]> {
    let bounds = upright(rect);
    let mut out = Vec::new();
    let largest = values.iter().copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
    let seen = |v: f64| v.is_finite() && v > largest * NOUGHT;
    // Squares of values are formed below. Scaling by a power of two is exact, so it changes no decision.
    let scale = exact_scale(largest);
    let (mut keys, mut whole) = (Vec::new(), 0.0);
    for &value in values {
        out.push([bounds[0], bounds[1], bounds[0], bounds[1]]);
        keys.push(if seen(value) { -value } else { f64::INFINITY });
    }
    // Summed from the end of the input, as d3's `sum` does: on equal values the last bit decides where a row ends.
    for &value in values.iter().rev() {
        if seen(value) {
            whole += value * scale;
        }
    }
    let mut sorted: Vec<(usize, f64)> = Vec::new();
    for (_, index) in order(&keys) {
        match values.get(index) {
            Some(&value) if seen(value) => sorted.push((index, value * scale)),
            _ => break,
        }
    }

    let mut place = |index: usize, r: [f64; 4]| {
        if let Some(slot) = out.get_mut(index) {
            let within = |v: f64, low: f64, high: f64| v.max(low).min(high);
            *slot = [
                within(r[0], bounds[0], bounds[2]),
                within(r[1], bounds[1], bounds[3]),
                within(r[2], bounds[0], bounds[2]),
                within(r[3], bounds[1], bounds[3]),
            ];
        }
    };
    let [mut x0, mut y0, x1, y1] = bounds;
    let mut left = whole;
    let mut sure = whole;
    let mut rest: &[(usize, f64)] = &sorted;
    while let Some((&(_, first), more)) = rest.split_first() {
        // d3 subtracts row after row. Where little is left of the whole, what is left is mostly rounding: sum it afresh.
        if left < sure * 1e-6 {
            left = rest.iter().rev().fold(0.0, |sum, &(_, v)| sum + v);
            sure = left;
        }
        let (dx, dy) = (x1 - x0, y1 - y0);
        let alpha = (dy / dx).max(dx / dy) / (left * RATIO);
        let largest = first;
        let mut sum = first;
        let beta = sum * sum * alpha;
        let mut worst = (largest / beta).max(beta / first);
        let mut count = 1;
        // The row grows while its worst shape gets no worse.
        for &(_, value) in more {
            let grown = sum + value;
            let beta = grown * grown * alpha;
            let shape = (largest / beta).max(beta / value);
            if shape > worst {
                break;
            }
            sum = grown;
            worst = shape;
            count += 1;
        }
        let (row, after) = rest.split_at(count);
        let share = if left > 0.0 { sum / left } else { 1.0 };
        if dx < dy {
            let bottom = y0 + dy * share;
            let (mut x, per_unit) = (x0, dx / sum);
            for &(index, value) in row {
                let right = x + value * per_unit;
                place(index, [x, y0, right, bottom]);
                x = right;
            }
            // A rounding must not carry the next row past the edge.
            y0 = bottom.min(y1);
        } else {
            let right = x0 + dx * share;
            let (mut y, per_unit) = (y0, dy / sum);
            for &(index, value) in row {
                let bottom = y + value * per_unit;
                place(index, [x0, y, right, bottom]);
                y = bottom;
            }
            x0 = right.min(x1);
        }
        left -= sum;
        rest = after;
    }
    for (index, &value) in values.iter().enumerate() {
        if !seen(value) {
            place(index, [x0, y0, x0, y0]);
        }
    }
    out
}

/// Left before right and top above bottom; what is no number is 0.
fn upright(rect: [f64; 4]) -> [f64; 4] {
    let near = |v: f64| if v.is_nan() { 0.0 } else { v.clamp(-FAR, FAR) };
    let [a, b, c, d] = [near(rect[0]), near(rect[1]), near(rect[2]), near(rect[3])];
    [a.min(c), b.min(d), a.max(c), b.max(d)]
}

/// A power of two that brings the largest value near 1; 1 where it is not far from it.
fn exact_scale(largest: f64) -> f64 {
    if (1e-20..=1e20).contains(&largest) || largest <= 0.0 {
        return 1.0;
    }
    // The exponent bits alone, negated: 2^-e for a normal number, the largest power for a subnormal one.
    let exponent = (largest.to_bits() >> 52) as i64 - 1023;
    f64::from_bits(((1023 - exponent).clamp(1, 2046) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_fills_the_rectangle() {
        assert_eq!(squarify(&[7.0], [10.0, 20.0, 110.0, 70.0]), [[10.0, 20.0, 110.0, 70.0]]);
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
        assert_eq!(squarify(&[1.0], [9.0, 8.0, 1.0, 2.0]), [[1.0, 2.0, 9.0, 8.0]]);
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for r in squarify(&[3.0, 2.0, 1.0], [bad, 0.0, 5.0, bad]) {
                assert!(r.iter().all(|v| v.is_finite()) && r[0] <= r[2] && r[1] <= r[3]);
            }
        }
    }

    #[test]
    fn values_of_any_magnitude_keep_their_proportions() {
        for scale in [1e-310, 1e-200, 1.0, 1e200, 1e307] {
            let out = squarify(&[6.0 * scale, 3.0 * scale, 1.0 * scale], [0.0, 0.0, 100.0, 10.0]);
            for (r, share) in out.iter().zip([600.0, 300.0, 100.0]) {
                assert!(((r[2] - r[0]) * (r[3] - r[1]) - share).abs() < 1e-6 * share, "{scale}: {r:?}");
            }
        }
    }
}
