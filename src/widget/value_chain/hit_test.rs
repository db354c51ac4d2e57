//! What lies at a point of the picture: organisations, else the nearest relation. Not here: what a
//! click does (`interaction`).

use crate::abi::{NO_DATUM, Ribbon};
use crate::scene::{Scene, Viewport};

/// How far from a relation's line a point may lie, CSS px.
const REACH: f32 = 4.0;
/// Steps of halving along a curve: 512 places.
const STEPS: usize = 9;

/// The datum at a point, CSS px of the picture.
pub(super) fn pick(scene: &Scene, [x, y]: [f32; 2]) -> Option<u32> {
    for mark in scene
        .marks
        .get(scene.under..)
        .unwrap_or_default()
        .iter()
        .rev()
    {
        let r = scene.viewport.seen(mark.rect_css);
        if mark.datum != NO_DATUM && x >= r[0] && x < r[2] && y >= r[1] && y < r[3] {
            return Some(mark.datum);
        }
    }
    nearest(scene, x, y)
}

/// The ribbon within 4 px of a point. All that the router draws rise or fall from end to end and
/// cross their gutter once, or are level: so the place at the height of the point is found by
/// halving, and no curve is walked.
fn nearest(scene: &Scene, x: f32, y: f32) -> Option<u32> {
    let mut best: Option<(f32, u32)> = None;
    // The point goes to where the ribbons are, and px with it: x and y have one factor.
    let Viewport {
        scale: [k, _],
        translate_css,
    } = scene.viewport;
    let (x, y) = ((x - translate_css[0]) / k, (y - translate_css[1]) / k);
    for r in &scene.ribbons {
        let ([ax, ay, bx, _], [_, _, dx, dy]) = (r.start_css, r.end_css);
        let half_width = r.half_width_css / k;
        let reach = half_width.max(REACH / k);
        let (top, bottom) = if ay < dy { (ay, dy) } else { (dy, ay) };
        if y < top - reach || y > bottom + reach {
            continue;
        }
        let (left, right) = (ax.min(bx).min(dx), ax.max(bx).max(dx));
        if x < left - reach || x > right + reach || r.datum == NO_DATUM {
            continue;
        }
        let far = distance(r, x, y) - half_width;
        if far <= reach - half_width && best.is_none_or(|(d, _)| far < d) {
            best = Some((far, r.datum));
        }
    }
    best.map(|b| b.1)
}

/// How far a point lies from the middle of a ribbon: across at the height of the point, or up or
/// down at its x where the curve crosses the gutter.
fn distance(ribbon: &Ribbon, x: f32, y: f32) -> f32 {
    let ([ax, ay, bx, _], [_, _, dx, dy]) = (ribbon.start_css, ribbon.end_css);
    if (dy - ay).abs() < 0.5 && ax != dx {
        return (y - ay).abs();
    }
    // The inner points of a level piece stand at thirds, those of a crossing on one track.
    let x_at = |t: f32| {
        let s = 1.0 - t;
        s * s * s * ax + 3.0 * s * t * bx + t * t * t * dx
    };
    let y_at = |t: f32| {
        let s = 1.0 - t;
        (s * s * s + 3.0 * s * s * t) * ay + (3.0 * s * t * t + t * t * t) * dy
    };
    let across = (x_at(halved(|t| (y_at(t) < y) == (ay < dy))) - x).abs();
    if ax == dx {
        return across;
    }
    let here = y_at(halved(|t| (x_at(t) < x) == (ax < dx)));
    across.min((here - y).abs())
}

/// The last place along a curve, 0 to 1, that lies before what is sought.
fn halved(is_before: impl Fn(f32) -> bool) -> f32 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..STEPS {
        let t = (low + high) / 2.0;
        if is_before(t) { low = t } else { high = t }
    }
    low
}
