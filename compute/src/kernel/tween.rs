//! Marks between two pictures. See [`tween`].

use super::settled;
use crate::abi::{Mark, Tween};

/// What stands for all of the share.
const WHOLE: u32 = 65_536;

/// Writes into `out` the marks on their share from `before` to `after`, mark `i` from place `i` to
/// place `i`: whoever calls has matched them, and gives what is new the place that it will have,
/// with its colours' alpha 0.
///
/// **Meaning.** [`Tween::part`] 0 (of 65,536) is `before`, 65,536 and more is `after`. Sides are
/// `from + (to - from) * part`; fill and stroke are mixed channel by channel and rounded; style and
/// datum are those of `after`. A side that is not finite in either is that of `after`.
///
/// **Order.** That of both; as many marks as the shorter has, and [`Tween::count`] says.
///
/// **Equality.** Colours, style, datum, and at both ends sides too, are the same everywhere.
/// Between, a GPU may round a side otherwise, by 2⁻²² of the larger of `|from|` and `|to|`.
///
/// **Limits.** As many marks as textures hold. Sides below the smallest normal number are 0 on the
/// share.
pub fn tween(params: &Tween, before: &[Mark], after: &[Mark], out: &mut Vec<Mark>) {
    let part = params.part.min(WHOLE);
    let share = part as f32 / WHOLE as f32;
    out.clear();
    for (from, to) in before.iter().zip(after).take(params.count as usize) {
        let mut rect = to.rect_css;
        if part < WHOLE {
            for (side, from) in rect.iter_mut().zip(from.rect_css) {
                if side.is_finite() && from.is_finite() {
                    let (start, end) = (settled(from), settled(*side));
                    *side = if part == 0 {
                        from
                    } else {
                        settled(start + (end - start) * share)
                    };
                }
            }
        }
        out.push(Mark {
            rect_css: rect,
            fill: mixed(from.fill, to.fill, part),
            stroke: mixed(from.stroke, to.stroke, part),
            ..*to
        });
    }
}

/// A colour between two, `part` 65,536ths of the share.
pub fn mixed(from: u32, to: u32, part: u32) -> u32 {
    let mix = |shift: u32| {
        (((from >> shift & 255) * (WHOLE - part) + (to >> shift & 255) * part + WHOLE / 2) / WHOLE)
            << shift
    };
    mix(0) | mix(8) | mix(16) | mix(24)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(part: u32, from: [f32; 4], to: [f32; 4]) -> Mark {
        let mark = |rect_css, fill, datum| Mark {
            rect_css,
            fill,
            stroke: 0,
            style: datum,
            datum,
        };
        let mut out = Vec::new();
        tween(
            &Tween { count: 9, part },
            &[mark(from, 0xFF00_0000, 1)],
            &[mark(to, 0xFF00_00FE, 2)],
            &mut out,
        );
        out[0]
    }

    #[test]
    fn half_way_is_in_the_middle_of_sides_and_colours() {
        let it = at(
            WHOLE / 2,
            [0.0, 10.0, 20.0, 30.0],
            [100.0, 10.0, 40.0, 31.0],
        );
        assert_eq!(
            (it.rect_css, it.fill, it.style, it.datum),
            ([50.0, 10.0, 30.0, 30.5], 0xFF00_007F, 2, 2)
        );
    }

    #[test]
    fn both_ends_are_the_pictures_themselves_and_what_is_not_finite_is_where_it_goes() {
        let (from, to) = ([0.1, 1e-40, f32::MAX, 3.0], [0.7, 2.0, f32::MIN, 4.0]);
        assert_eq!(at(0, from, to).rect_css, from);
        assert_eq!(at(u32::MAX, from, to).rect_css, to);
        assert_eq!(
            at(
                WHOLE / 2,
                [f32::NAN, 0.0, 0.0, 0.0],
                [1.0, f32::INFINITY, 2.0, 2.0]
            )
            .rect_css,
            [1.0, f32::INFINITY, 1.0, 1.0]
        );
    }
}
