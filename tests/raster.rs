//! The raster painter, which is the reference of the other two: what its pixels must be can be
//! counted by hand.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "common/painted.rs"]
mod painted;

use ai_atlas::abi::{Mark, grain, line, mark_style, pattern, rgba, shape};
use ai_atlas::render::{self, raster};
use ai_atlas::scene::Scene;
use painted::{BLACK, Figure, RED, WHITE, mark, scene, straight};

#[test]
fn a_rectangle_on_whole_pixels_covers_these_pixels_and_no_other() {
    let it = Figure::of(
        &scene(20.0, vec![mark([5.0, 5.0, 15.0, 15.0], BLACK, 0)], vec![]),
        1.0,
    );
    for y in 0..20 {
        for x in 0..20 {
            let inside = (5..15).contains(&x) && (5..15).contains(&y);
            assert_eq!(
                it.at(x, y),
                if inside { [0, 0, 0, 255] } else { [255; 4] },
                "{x} {y}"
            );
        }
    }
}

#[test]
fn half_a_pixel_is_half_covered() {
    let it = Figure::of(
        &scene(20.0, vec![mark([4.5, 5.0, 15.5, 15.0], BLACK, 0)], vec![]),
        1.0,
    );
    assert_eq!(
        [it.at(4, 10), it.at(5, 10), it.at(15, 10), it.at(16, 10)],
        [
            [128, 128, 128, 255],
            [0, 0, 0, 255],
            [128, 128, 128, 255],
            [255; 4]
        ]
    );
}

#[test]
fn a_bar_thinner_than_a_pixel_is_as_dark_as_it_is_wide() {
    for left in [5.0, 5.3, 5.5, 5.9] {
        let it = Figure::of(
            &scene(
                20.0,
                vec![mark([left, 5.0, left + 0.4, 15.0], BLACK, 0)],
                vec![],
            ),
            1.0,
        );
        let sum: f32 = (0..20).map(|x| it.dark(x, 10)).sum();
        assert!((sum - 0.4).abs() < 0.02, "{left}: {sum}");
    }
}

#[test]
fn every_shape_has_the_area_that_geometry_gives_it() {
    use core::f32::consts::PI;
    let (w, h) = (60.0_f32, 40.0_f32);
    for (form, radius, area) in [
        (shape::RECT, 0.0, w * h),
        (shape::RECT, 8.0, w * h - (4.0 - PI) * 64.0),
        (shape::ELLIPSE, 0.0, PI * w * h / 4.0),
        (shape::DIAMOND, 0.0, w * h / 2.0),
        (shape::TRIANGLE_RIGHT, 0.0, w * h / 2.0),
        (shape::TRIANGLE_LEFT, 0.0, w * h / 2.0),
        (shape::TRIANGLE_DOWN, 0.0, w * h / 2.0),
        (shape::TRIANGLE_UP, 0.0, w * h / 2.0),
        (9, 0.0, w * h),
    ] {
        let style = mark_style(form, pattern::SOLID, 0.0, radius, false);
        let it = Figure::of(
            &scene(
                100.0,
                vec![mark([20.3, 30.6, 20.3 + w, 30.6 + h], BLACK, style)],
                vec![],
            ),
            1.0,
        );
        let sum: f32 = (0..100)
            .flat_map(|y| (0..100).map(move |x| (x, y)))
            .map(|(x, y)| it.dark(x, y))
            .sum();
        assert!(
            (sum - area).abs() < area * 0.01,
            "shape {form}: {sum} instead of {area}"
        );
    }
}

#[test]
fn triangles_point_where_their_names_say() {
    for (form, tip, base) in [
        (shape::TRIANGLE_RIGHT, (28, 20), (11, 28)),
        (shape::TRIANGLE_LEFT, (11, 20), (28, 28)),
        (shape::TRIANGLE_DOWN, (20, 28), (28, 11)),
        (shape::TRIANGLE_UP, (20, 11), (28, 28)),
    ] {
        let it = Figure::of(
            &scene(
                40.0,
                vec![mark([10.0, 10.0, 30.0, 30.0], BLACK, form)],
                vec![],
            ),
            1.0,
        );
        assert!(it.dark(tip.0, tip.1) > 0.5, "{form}");
        assert!(it.dark(base.0, base.1) > 0.3, "{form}");
        assert!(
            it.dark(tip.0.max(11), if tip.1 == 20 { 28 } else { tip.1 }) < 0.6 || tip.1 != 20,
            "{form}"
        );
    }
}

#[test]
fn a_stroke_lies_inside_the_edge_and_an_open_outline_has_no_inside() {
    for form in 0..7 {
        let style = mark_style(form, pattern::SOLID, 2.0, 0.0, false);
        let it = Figure::of(
            &scene(
                60.0,
                vec![mark([10.0, 10.0, 50.0, 50.0], rgba(0, 0, 0, 0), style)],
                vec![],
            ),
            1.0,
        );
        assert_eq!(it.at(30, 32), [255; 4], "{form}: the inside is open");
        let red = it
            .pixels
            .as_chunks::<4>()
            .0
            .iter()
            .filter(|p| **p == [255, 0, 0, 255])
            .count();
        assert!(red > 60, "{form}: {red}");
        let outside = (0..60)
            .flat_map(|i| [(i, 8), (8, i), (51, i), (i, 51)])
            .all(|(x, y)| it.at(x, y) == [255; 4]);
        assert!(outside, "{form}: paints outside its rectangle");
    }
}

#[test]
fn a_dashed_outline_is_four_drawn_and_three_left_out() {
    // 4 × 35 px round: exactly 20 dashes of 7 px.
    let style = mark_style(shape::RECT, pattern::SOLID, 1.0, 0.0, true);
    let it = Figure::of(
        &scene(
            50.0,
            vec![mark([5.0, 5.0, 40.0, 40.0], rgba(0, 0, 0, 0), style)],
            vec![],
        ),
        1.0,
    );
    let top: String = (5..40)
        .map(|x| {
            if it.at(x, 5)[1] < 64 {
                '#'
            } else if it.at(x, 5)[1] > 192 {
                '.'
            } else {
                '?'
            }
        })
        .collect();
    assert_eq!(top, "####...####...####...####...####...");
    for form in [shape::ELLIPSE, shape::DIAMOND, shape::TRIANGLE_UP] {
        let style = mark_style(form, pattern::SOLID, 1.0, 0.0, true);
        let dashed = Figure::of(
            &scene(
                90.0,
                vec![mark([5.0, 5.0, 85.0, 85.0], rgba(0, 0, 0, 0), style)],
                vec![],
            ),
            1.0,
        );
        let whole = Figure::of(
            &scene(
                90.0,
                vec![mark(
                    [5.0, 5.0, 85.0, 85.0],
                    rgba(0, 0, 0, 0),
                    style & !(1 << 24),
                )],
                vec![],
            ),
            1.0,
        );
        let ink = |p: &Figure| (0..90 * 90).map(|i| p.dark(i % 90, i / 90)).sum::<f32>();
        let part = ink(&dashed) / ink(&whole);
        assert!((part - 4.0 / 7.0).abs() < 0.03, "{form}: {part}");
    }
}

#[test]
fn a_hatch_has_a_line_every_six_px() {
    let style = mark_style(shape::RECT, pattern::HATCH, 0.0, 0.0, false);
    let it = Figure::of(
        &scene(
            900.0,
            vec![mark([0.0, 0.0, 900.0, 20.0], WHITE, style)],
            vec![],
        ),
        1.0,
    );
    // Along a row a 45° hatch of 6 px comes every 6 √2 px.
    let dark: Vec<bool> = (0..849).map(|x| it.dark(x, 10) > 0.4).collect();
    let lines = dark.windows(2).filter(|w| !w[0] && w[1]).count();
    assert!((99..=101).contains(&lines), "{lines}");
    let ink: f32 = (0..849).map(|x| it.dark(x, 10)).sum::<f32>() / 849.0;
    assert!((ink - 1.25 / 6.0).abs() < 0.01, "{ink}");
}

#[test]
fn a_soft_edge_fades_over_three_px() {
    let style = mark_style(shape::RECT, pattern::SOFT, 0.0, 0.0, false);
    let it = Figure::of(
        &scene(
            40.0,
            vec![mark([10.0, 10.0, 30.0, 30.0], BLACK, style)],
            vec![],
        ),
        1.0,
    );
    let row: Vec<f32> = (9..15).map(|x| it.dark(x, 20)).collect();
    for (found, wanted) in row.iter().zip([0.0, 1.0 / 6.0, 0.5, 5.0 / 6.0, 1.0, 1.0]) {
        assert!((found - wanted).abs() < 0.01, "{row:?}");
    }
}

#[test]
fn a_grain_has_a_gap_every_four_px_and_a_tile_has_it_along_its_edge_only() {
    use core::f32::consts::PI;
    for (kind, left) in [
        (grain::PLAIN, 1.0),
        (grain::LEVEL, 0.75),
        (grain::UPRIGHT, 0.75),
        (grain::GRID, 0.5625),
        (grain::DOTS, 1.0 - PI / 16.0),
    ] {
        for (strength, part) in [(15, 1.0), (5, 1.0 / 3.0), (0, 0.0)] {
            for form in [shape::RECT, shape::ELLIPSE] {
                // A rectangle that is all edge, and a circle, which has its grain everywhere.
                let (width, height, area) = if form == shape::RECT {
                    (8.0, 80.0, 640.0)
                } else {
                    (80.0, 80.0, 1600.0 * PI)
                };
                let style = form | kind << 25 | strength << 28;
                let it = Figure::of(
                    &scene(
                        90.0,
                        vec![mark([5.0, 5.0, 5.0 + width, 5.0 + height], BLACK, style)],
                        vec![],
                    ),
                    4.0,
                );
                let ink: f32 = (0..360 * 360)
                    .map(|i| it.dark(i % 360, i / 360))
                    .sum::<f32>()
                    / 16.0
                    / area;
                assert!(
                    (ink - (1.0 - (1.0 - left) * part)).abs() < 0.02,
                    "{kind} {strength} {form}: {ink}"
                );
            }
        }
        let it = Figure::of(
            &scene(
                90.0,
                vec![mark([10.0, 10.0, 80.0, 80.0], BLACK, kind << 25 | 15 << 28)],
                vec![],
            ),
            4.0,
        );
        assert!(
            (60..300).all(|x| (60..300).all(|y| it.at(x, y) == [0, 0, 0, 255])),
            "{kind}"
        );
        let rim = (0..360 * 360)
            .map(|i| it.dark(i % 360, i / 360))
            .sum::<f32>()
            / 16.0
            - 3600.0;
        assert!(
            (rim / 1300.0 - left).abs() < 0.05,
            "{kind}: {}",
            rim / 1300.0
        );
    }
}

#[test]
fn marks_under_come_first_then_ribbons_then_the_rest() {
    let square = |fill| mark([0.0, 0.0, 20.0, 20.0], fill, 0);
    let mut it = scene(20.0, vec![square(BLACK), square(RED)], vec![]);
    assert_eq!(Figure::of(&it, 1.0).at(10, 10), [255, 0, 0, 255]);
    it.under = 1;
    let mut ribbon = straight(0.0, 20.0, 10.0, 5.0, line::SOLID);
    ribbon.fill = rgba(0, 0, 255, 255);
    it.ribbons = vec![ribbon];
    assert_eq!(Figure::of(&it, 1.0).at(10, 10), [255, 0, 0, 255]);
    it.under = 2;
    assert_eq!(Figure::of(&it, 1.0).at(10, 10), [0, 0, 255, 255]);
}

#[test]
fn filling_what_is_inside_without_asking_changes_nothing() {
    // A hatch whose lines are invisible takes the slow road to the same picture.
    for form in 0..7 {
        for scale in [1.0, 1.5, 2.0] {
            for (stroke, radius) in [(0.0, 0.0), (0.0, 6.0), (1.5, 0.0), (2.25, 6.0)] {
                for rect in [[10.3, 20.7, 77.1, 60.2], [30.0, 5.5, 41.25, 90.0]] {
                    let style = mark_style(form, pattern::SOLID, stroke, radius, false);
                    let mut plain = mark(rect, rgba(40, 90, 200, 180), style);
                    plain.stroke = rgba(200, 90, 40, 0);
                    let mut slow = plain;
                    slow.style = mark_style(form, pattern::HATCH, stroke, radius, false);
                    let fast = Figure::of(&scene(100.0, vec![plain], vec![]), scale);
                    let slow = Figure::of(&scene(100.0, vec![slow], vec![]), scale);
                    assert!(
                        fast.pixels == slow.pixels,
                        "shape {form}, scale {scale}, stroke {stroke}, {rect:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_canary_has_the_colours_that_it_promises() {
    for scale in [1.0, 2.0] {
        let it = Figure::of(&render::probe(), scale);
        let s = scale as usize;
        assert_eq!(
            [
                it.at(2 * s, 3 * s),
                it.at(6 * s, 3 * s),
                it.at(4 * s, 8 * s - 1)
            ],
            [
                render::PROBE_MARK,
                render::PROBE_RIBBON,
                render::PROBE_GROUND
            ]
        );
    }
}

/// The twin of the raster's ellipse, every pixel asked: what is left out beyond its outline must be
/// nothing.
#[test]
fn nothing_of_an_ellipse_is_left_out() {
    let mut compared = 0;
    for (w, h) in [
        (4.0, 4.0),
        (15.0, 15.0),
        (0.5, 0.5),
        (30.0, 2.0),
        (1.0, 12.0),
        (7.3, 9.1),
    ] {
        for (dx, dy) in [(0.0, 0.0), (0.25, 0.6), (0.5, 0.5)] {
            let (cx, cy) = (40.0 + dx, 20.0 + dy);
            let mark = Mark {
                rect_css: [cx - w, cy - h, cx + w, cy + h],
                fill: rgba(0, 0, 0, 255),
                stroke: 0,
                style: mark_style(shape::ELLIPSE, pattern::SOLID, 0.0, 0.0, false),
                datum: 0,
            };
            let scene = Scene {
                size_css: [80.0, 40.0],
                ground: rgba(255, 255, 255, 255),
                marks: vec![mark],
                ..Scene::default()
            };
            let mut out = Vec::new();
            raster::paint(&scene, 1.0, &mut out);
            for y in 0..40 {
                for x in 0..80 {
                    let (px, py) = (
                        (x as f32 + 0.5 - cx).abs() + 1e-3,
                        (y as f32 + 0.5 - cy).abs() + 1e-3,
                    );
                    let size = (px / w).hypot(py / h);
                    let distance = size * (size - 1.0) / (px / w / w).hypot(py / h / h);
                    let cover =
                        (0.5 - distance).clamp(0.0, (2.0 * w).min(1.0) * (2.0 * h).min(1.0));
                    let want = 255.0 * (1.0 - cover);
                    let got = f32::from(out[(y * 80 + x) * 4]);
                    assert!(
                        (got - want).abs() <= 1.01,
                        "{w} {h} at {x} {y}: {got} is not {want}"
                    );
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 6 * 3 * 3200);
}
