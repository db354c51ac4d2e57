//! Transitions between two pictures: the same rows, on their way from their old places to their
//! new ones. Not here: when one runs and how long (the host), and how marks are mixed
//! (`kernel::tween`).

use crate::abi::{Mark, Ribbon, Tween};
use crate::kernel::{mixed, tween};
use crate::layout::order;
use crate::scene::{Scene, Viewport};

/// Pictures with more marks than this change at once: every frame would be late.
pub const MAX_MARKS: usize = 100_000;

/// Where everything in a picture comes from: as many marks and ribbons as `after` has, in its order
/// and in its window. They are matched by datum, several of one datum by their order. What is new
/// comes from its own place, with its colours taken away; what is gone is gone.
pub fn start(before: &Scene, after: &Scene) -> Scene {
    let mut from = Scene {
        viewport: after.viewport,
        ..Scene::default()
    };
    let ([ax, ay], [bx, by]) = (after.viewport.scale, after.viewport.translate_css);
    // From where it was seen to the place that is seen there now.
    let back = |place: [f32; 4]| {
        let [x0, y0, x1, y1] = before.viewport.seen(place);
        [
            (x0 - bx) / ax,
            (y0 - by) / ay,
            (x1 - bx) / ax,
            (y1 - by) / ay,
        ]
    };
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for mark in &before.marks {
        old.push(before.transition_key(mark.datum));
    }
    for mark in &after.marks {
        new.push(after.transition_key(mark.datum));
    }
    for (mark, at) in after.marks.iter().zip(matches(&old, &new)) {
        from.marks.push(match before.marks.get(at) {
            Some(old) => Mark {
                rect_css: back(old.rect_css),
                ..*old
            },
            None => Mark {
                fill: clear(mark.fill),
                stroke: clear(mark.stroke),
                ..*mark
            },
        });
    }
    old.clear();
    new.clear();
    for ribbon in &before.ribbons {
        old.push(f64::from(ribbon.datum));
    }
    for ribbon in &after.ribbons {
        new.push(f64::from(ribbon.datum));
    }
    for (ribbon, at) in after.ribbons.iter().zip(matches(&old, &new)) {
        from.ribbons.push(match before.ribbons.get(at) {
            Some(old) => Ribbon {
                start_css: back(old.start_css),
                end_css: back(old.end_css),
                ..*old
            },
            None => Ribbon {
                fill: clear(ribbon.fill),
                ..*ribbon
            },
        });
    }
    from
}

/// Fills `out` with the picture that is `progress`, 0 to 1, of the way from [`start`] to `after`.
/// Size, ground, window and order are those of `after`, words there are none.
pub fn between(from: &Scene, after: &Scene, progress: f32, out: &mut Scene) {
    out.size_css = after.size_css;
    out.ground = after.ground;
    out.viewport = after.viewport;
    out.under = after.under;
    let params = Tween {
        count: u32::MAX,
        part: (progress * 65_536.0) as u32,
    };
    tween(&params, &from.marks, &after.marks, &mut out.marks);
    out.ribbons.clear();
    for (from, ribbon) in from.ribbons.iter().zip(&after.ribbons) {
        let width = from.half_width_css;
        out.ribbons.push(Ribbon {
            start_css: mix4(from.start_css, ribbon.start_css, progress),
            end_css: mix4(from.end_css, ribbon.end_css, progress),
            half_width_css: width + (ribbon.half_width_css - width) * progress,
            fill: mixed(from.fill, ribbon.fill, params.part),
            ..*ribbon
        });
    }
}

/// A viewport between two.
pub fn viewport(from: &Viewport, to: &Viewport, progress: f32) -> Viewport {
    let mix = |from: [f32; 2], to: [f32; 2]| {
        [
            from[0] + (to[0] - from[0]) * progress,
            from[1] + (to[1] - from[1]) * progress,
        ]
    };
    Viewport {
        scale: mix(from.scale, to.scale),
        translate_css: mix(from.translate_css, to.translate_css),
    }
}

/// For each of the new data the place of its old one, or `usize::MAX`.
fn matches(old: &[f64], new: &[f64]) -> Vec<usize> {
    let mut matches = Vec::new();
    matches.resize(new.len(), usize::MAX);
    let mut olds = order(old).into_iter().peekable();
    for (datum, at) in order(new) {
        while olds.next_if(|old| old.0 < datum).is_some() {}
        if let (Some((_, place)), Some(found)) =
            (olds.next_if(|old| old.0 == datum), matches.get_mut(at))
        {
            *found = place;
        }
    }
    matches
}

fn mix4(from: [f32; 4], to: [f32; 4], progress: f32) -> [f32; 4] {
    let mix = |from: f32, to: f32| from + (to - from) * progress;
    [
        mix(from[0], to[0]),
        mix(from[1], to[1]),
        mix(from[2], to[2]),
        mix(from[3], to[3]),
    ]
}

/// The colour as nothing.
fn clear(color: u32) -> u32 {
    color & 0x00FF_FFFF
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::NO_DATUM;

    fn mark(datum: u32, x: f32, fill: u32) -> Mark {
        Mark {
            rect_css: [x, 0.0, x + 10.0, 10.0],
            fill,
            stroke: 0,
            style: 0,
            datum,
        }
    }

    fn half(before: &[Mark], after: &[Mark]) -> Vec<(u32, f32, u32)> {
        let scene = |marks: &[Mark]| Scene {
            marks: marks.to_vec(),
            ..Scene::default()
        };
        let mut out = Scene::default();
        let (before, after) = (scene(before), scene(after));
        between(&start(&before, &after), &after, 0.5, &mut out);
        out.marks
            .iter()
            .map(|m| (m.datum, m.rect_css[0], m.fill))
            .collect()
    }

    #[test]
    fn a_mark_is_half_way_between_the_places_of_its_own_datum() {
        let out = half(
            &[mark(7, 0.0, 0xFF00_0000), mark(3, 100.0, 0xFF00_0000)],
            &[mark(3, 0.0, 0xFF00_0000), mark(7, 100.0, 0xFF00_00FE)],
        );
        assert_eq!(out, [(3, 50.0, 0xFF00_0000), (7, 50.0, 0xFF00_007F)]);
    }

    #[test]
    fn marks_of_one_datum_are_matched_in_their_order_and_furniture_among_itself() {
        let out = half(
            &[mark(NO_DATUM, 0.0, 1), mark(1, 10.0, 1), mark(1, 20.0, 1)],
            &[mark(1, 20.0, 1), mark(1, 40.0, 1), mark(NO_DATUM, 8.0, 1)],
        );
        assert_eq!(out, [(1, 15.0, 1), (1, 30.0, 1), (NO_DATUM, 4.0, 1)]);
    }

    #[test]
    fn what_is_new_fades_in_at_its_place() {
        assert_eq!(
            half(&[], &[mark(1, 20.0, 0xFF12_3456)]),
            [(1, 20.0, 0x8012_3456)]
        );
    }
}
