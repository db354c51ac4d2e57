//! Moves things apart across an axis and never along it: x is data, y is free.

use super::order;

/// Beyond so many neighbours no place is searched for: the next one goes outside all that stands. Keeps hostile data from costing n³.
const MOST_NEIGHBOURS: usize = 400;

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

fn positive(v: f64) -> f64 {
    if v.is_finite() { v.max(0.0) } else { 0.0 }
}
