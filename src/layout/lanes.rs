//! Moves things apart across an axis and never along it: x is data, y is free.

use core::cmp::Ordering;

use super::order;

/// Beyond so many neighbours no place is searched for: the next one goes outside all that stands. Keeps hostile data from costing n³.
const MOST_NEIGHBOURS: usize = 400;
/// Beyond so many that might be neighbours nobody is asked.
const MOST_ASKED: usize = 10_000;

/// Offsets that keep boxes apart: box `i` spans `spans[i].0..spans[i].1` along the axis, is `spans[i].2` high, and gets the y of its top edge, ≥ 0.
///
/// In order of their left ends (ties by index) each takes the lowest y where it keeps `gap` from every box before it, sideways and up and down.
/// Swapped ends are turned round, a height below zero is zero; a span with a bound that is no finite number gets 0 and is in nobody's way.
/// Where more than 400 boxes stand over one place, the next go on top of all.
pub fn dodge(spans: &[(f64, f64, f64)], gap: f64) -> Vec<f64> {
    let gap = positive(gap);
    let (mut out, mut lefts) = (Vec::new(), Vec::new());
    for span in spans {
        out.push(0.0);
        lefts.push(span.0.min(span.1));
    }
    // Right end, top and bottom of every box that may still be in the way, from the top down.
    let mut standing: Vec<[f64; 3]> = Vec::new();
    let mut outermost = 0.0_f64;
    let mut crowded = 0_usize;
    for (_, index) in order(&lefts) {
        let Some(&(x0, x1, height)) = spans.get(index).filter(|s| s.0.is_finite() && s.1.is_finite()) else { continue };
        let (left, right, height) = (x0.min(x1), x0.max(x1), positive(height));
        if crowded == 0 {
            standing.retain(|s| s[0] + gap > left);
            if standing.len() > MOST_NEIGHBOURS {
                // Not looked at again before as many more have come.
                crowded = standing.len();
            }
        } else {
            crowded -= 1;
        }
        let mut y = 0.0_f64;
        if standing.len() > MOST_NEIGHBOURS {
            y = outermost;
        } else {
            for s in &standing {
                if y + height + gap <= s[1] {
                    break;
                }
                y = y.max(s[2] + gap);
            }
        }
        outermost = outermost.max(y + height + gap);
        let at = standing.partition_point(|s| s[1] <= y);
        standing.insert(at, [right, y, y + height]);
        if let Some(slot) = out.get_mut(index) {
            *slot = y;
        }
    }
    out
}

/// Centres that keep circles apart: circle `i` stands at `x[i]` with radius `r[i]` and gets its y, around 0.
///
/// The largest are placed first (ties by x, then index), each as near to 0 as it can be `gap` away from all before it, by turns above and below.
/// A radius below zero is zero; a circle with a number that is not finite gets 0 and is in nobody's way; a radius that is missing is zero.
/// Where more than 400 circles are in the way, the next go outside all. Meant for circles that are drawn one by one: to 10,000 it takes a moment.
pub fn dodge_circles(x: &[f64], r: &[f64], gap: f64) -> Vec<f64> {
    let gap = positive(gap);
    let mut out = vec![0.0; x.len()];
    let mut order: Vec<(usize, f64, f64)> = x
        .iter()
        .enumerate()
        .map(|(i, &x)| (i, x, r.get(i).copied().unwrap_or(0.0)))
        .filter(|c| c.1.is_finite() && c.2.is_finite())
        .map(|(i, x, r)| (i, x, positive(r)))
        .collect();
    order.sort_by(|a, b| less(b.2, a.2).then(less(a.1, b.1)));
    let widest = order.first().map_or(0.0, |c| c.2);
    // x, y, r of what stands, by x.
    let mut standing: Vec<[f64; 3]> = Vec::new();
    let mut barred: Vec<(f64, f64)> = Vec::new();
    let mut outermost = 0.0_f64;
    let mut below = false;
    for (index, x, r) in order {
        let reach = r + widest + gap;
        let first = standing.partition_point(|s| s[0] <= x - reach);
        let last = standing.partition_point(|s| s[0] < x + reach);
        let near = standing.get(first..last).unwrap_or(&[]);
        barred.clear();
        if near.len() <= MOST_ASKED {
            for s in near {
                let (apart, aside) = (r + s[2] + gap, x - s[0]);
                if aside.abs() < apart {
                    // Not (a² − b²): the product keeps its digits where the circles barely meet. A hair more, so that rounding never lets them touch.
                    let half = ((apart - aside) * (apart + aside)).max(0.0).sqrt() * (1.0 + 1e-12);
                    barred.push((s[1] - half, s[1] + half));
                }
            }
        }
        let (up, down) =
            if near.len() > MOST_ASKED || barred.len() > MOST_NEIGHBOURS { (-outermost - gap - r, outermost + gap + r) } else { free_around_zero(&mut barred) };
        let y = if up == 0.0 && down == 0.0 {
            0.0
        } else {
            // Even on both sides: by turns.
            let even = (down + up).abs() <= 1e-9 * (down - up);
            let take_below = if even { below } else { down < -up };
            if even {
                below = !below;
            }
            if take_below { down } else { up }
        };
        outermost = outermost.max(y.abs() + r);
        let at = standing.partition_point(|s| s[0] <= x);
        standing.insert(at, [x, y, r]);
        if let Some(slot) = out.get_mut(index) {
            *slot = y;
        }
    }
    out
}

/// The nearest places below and above zero that lie in none of the open intervals; both 0 where 0 itself is free.
fn free_around_zero(barred: &mut [(f64, f64)]) -> (f64, f64) {
    barred.sort_by(|a, b| less(a.0, b.0));
    let mut block: Option<(f64, f64)> = None;
    for &(low, high) in barred.iter() {
        match &mut block {
            Some((_, end)) if low <= *end => *end = end.max(high),
            // Blocks come from left to right: the first that ends above 0 is the one that may hold it.
            Some((start, end)) if *start < 0.0 && *end > 0.0 => break,
            _ => block = Some((low, high)),
        }
    }
    match block {
        Some((start, end)) if start < 0.0 && end > 0.0 => (start, end),
        _ => (0.0, 0.0),
    }
}

/// Zero or more; what is no finite number is 0.
fn positive(v: f64) -> f64 {
    if v.is_finite() { v.max(0.0) } else { 0.0 }
}

fn less(a: f64, b: f64) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}
