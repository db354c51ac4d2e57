//! Hostile numbers in the raster: they are painted, or left out, without harm.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "common/painted.rs"]
mod painted;

use ai_atlas::abi::{Ribbon, mark_style, pattern, shape};
use ai_atlas::render::{self, raster};
use ai_atlas::scene::Scene;
use painted::{BLACK, Figure, RED, mark, scene};

const VALUES: [f32; 10] = [
    f32::NAN,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::MAX,
    f32::MIN,
    -1.0,
    0.0,
    1e-40,
    5.0,
    1e9,
];

/// Marks and ribbons of every two of the values.
fn hostile_scene() -> Scene {
    let mut marks = Vec::new();
    let mut ribbons = Vec::new();
    for a in VALUES {
        for b in VALUES {
            for style in [
                0,
                u32::MAX,
                mark_style(1, 2, 63.0, 63.0, true),
                mark_style(4, 1, 1.0, 1.0, true),
            ] {
                marks.push(mark([a, b, b, a], RED, style));
                marks.push(mark([0.0, a, 10.0, b], RED, style));
                marks.push(mark([a, 0.0, b, 10.0], RED, style));
            }
            for style in [0, 1, 2, 3, 4, 5, 6, 7, u32::MAX] {
                ribbons.push(Ribbon {
                    start_css: [a, b, a, b],
                    end_css: [b, a, 1.0, 2.0],
                    half_width_css: 2.0,
                    fill: RED,
                    style,
                    datum: 0,
                });
                ribbons.push(Ribbon {
                    start_css: [0.0, 5.0, 5.0, 5.0],
                    end_css: [a, b, 9.0, 9.0],
                    half_width_css: a,
                    fill: RED,
                    style,
                    datum: 0,
                });
            }
        }
    }
    scene(32.0, marks, ribbons)
}

#[test]
fn hostile_numbers_are_painted_without_harm() {
    let it = hostile_scene();
    for scale in [1.0, 0.1, 3.7] {
        Figure::of(&it, scale);
    }
    for scale in VALUES {
        let mut out = Vec::new();
        let small = Scene {
            size_css: [1e-3; 2],
            ..it.clone()
        };
        raster::paint(&small, scale.min(8.0), &mut out);
    }
    for size in [
        [f32::NAN, 5.0],
        [-5.0, 5.0],
        [0.0, 5.0],
        [5.0, f32::NEG_INFINITY],
    ] {
        let mut out = vec![1, 2, 3];
        assert_eq!(
            raster::paint(
                &Scene {
                    size_css: size,
                    ..it.clone()
                },
                1.0,
                &mut out
            ),
            [0, 0]
        );
        assert!(out.is_empty());
    }
    assert_eq!(
        render::size_px(
            &Scene {
                size_css: [f32::MAX, 1e9],
                ..it
            },
            2.0
        ),
        [8192, 8192]
    );
}

#[test]
fn marks_that_reach_far_beyond_the_picture_cover_all_of_it_at_any_scale() {
    for scale in [1.0, 1e6] {
        for form in [shape::RECT, shape::ELLIPSE, shape::DIAMOND] {
            for style in [
                mark_style(form, pattern::SOLID, 0.0, 0.0, false),
                mark_style(form, pattern::SOLID, 1.0, 2.0, false),
            ] {
                let far = mark([-1e30, -1e30, 1e30, 1e30], BLACK, style);
                let picture = Figure::of(&scene(64.0 / scale, vec![far], Vec::new()), scale);
                assert_eq!(
                    (picture.width, picture.at(0, 0), picture.at(32, 32)),
                    (64, [0, 0, 0, 255], [0, 0, 0, 255]),
                    "form {form} at {scale}"
                );
            }
        }
    }
}
