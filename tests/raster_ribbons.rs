//! Ribbons of the raster: ends, seams, lines of every form.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "common/painted.rs"]
mod painted;

use ai_atlas::abi::{Ribbon, line, rgba};
use painted::{Figure, scene, straight};

#[test]
fn a_see_through_ribbon_has_no_seam() {
    let fill = rgba(0, 0, 0, 115);
    let mut wide = straight(10.0, 190.0, 100.0, 20.0, line::SOLID);
    wide.fill = fill;
    let curved = Ribbon {
        start_css: [10.0, 40.0, 100.0, 40.0],
        end_css: [100.0, 160.0, 190.0, 160.0],
        half_width_css: 12.0,
        fill,
        style: line::SOLID,
        datum: 0,
    };
    for ribbon in [wide, curved] {
        for scale in [1.0, 1.5, 2.0] {
            let it = Figure::of(&scene(200.0, vec![], vec![ribbon]), scale);
            let full = it
                .pixels
                .as_chunks::<4>()
                .0
                .iter()
                .filter(|p| p[0] == 140)
                .count();
            assert!(full > 3000, "{full}");
            assert_eq!(
                it.pixels
                    .as_chunks::<4>()
                    .0
                    .iter()
                    .filter(|p| p[0] < 140)
                    .count(),
                0,
                "scale {scale}: painted twice"
            );
        }
    }
    let it = Figure::of(&scene(200.0, vec![], vec![wide]), 1.0);
    assert!((12..188).all(|x| (81..119).all(|y| it.at(x, y) == [140, 140, 140, 255])));
}

#[test]
fn a_ribbon_wider_than_its_bend_does_not_show_through_twice() {
    let fill = rgba(0, 0, 0, 115);
    // The arms of none of these touch; at 25 px of half width the inner side has no room at all.
    for half_width_css in [1.0, 6.0, 12.0, 18.0, 25.0] {
        for height in [20.0, 60.0, 110.0] {
            for reach in [0.0, 20.0, 40.0, 60.0] {
                let (start_css, end_css) = (
                    [60.0, 40.0, 60.0 + reach, 40.0],
                    [140.0 - reach, 40.0 + height, 140.0, 40.0 + height],
                );
                let ribbon = Ribbon {
                    start_css,
                    end_css,
                    half_width_css,
                    fill,
                    style: line::SOLID,
                    datum: 0,
                };
                for scale in [1.0, 2.5] {
                    let it = Figure::of(&scene(200.0, vec![], vec![ribbon]), scale);
                    let count = |wanted: core::ops::Range<u8>| {
                        it.pixels
                            .as_chunks::<4>()
                            .0
                            .iter()
                            .filter(|p| wanted.contains(&p[0]))
                            .count()
                    };
                    assert!(count(139..142) > 50);
                    assert_eq!(
                        count(0..139),
                        0,
                        "half width {half_width_css}, height {height}, reach {reach}, scale {scale}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_ribbon_ends_where_it_says() {
    let it = Figure::of(
        &scene(
            60.0,
            vec![],
            vec![straight(10.0, 50.5, 30.0, 5.0, line::SOLID)],
        ),
        1.0,
    );
    let row: Vec<f32> = [8, 9, 10, 49, 50, 51].map(|x| it.dark(x, 30)).to_vec();
    for (found, wanted) in row.iter().zip([0.0, 0.0, 1.0, 1.0, 0.5, 0.0]) {
        assert!((found - wanted).abs() < 0.02, "{row:?}");
    }
    let column: Vec<f32> = [24, 25, 34, 35].map(|y| it.dark(30, y)).to_vec();
    assert_eq!(column, [0.0, 1.0, 1.0, 0.0]);
}

#[test]
fn line_forms_have_the_documented_lengths() {
    let text = |form, half, y: usize, n: usize| -> String {
        let it = Figure::of(
            &scene(120.0, vec![], vec![straight(10.0, 110.0, 30.0, half, form)]),
            1.0,
        );
        (10..10 + n)
            .map(|x| {
                if it.dark(x, y) > 0.7 {
                    '#'
                } else if it.dark(x, y) < 0.3 {
                    '.'
                } else {
                    '?'
                }
            })
            .collect()
    };
    assert_eq!(
        text(line::LONG_DASH, 1.0, 30, 36),
        "############......############......"
    );
    assert_eq!(text(line::SHORT_DASH, 1.0, 30, 16), "####....####....");
    let dots = text(line::DOTTED, 3.0, 30, 36);
    assert_eq!(dots.matches("####").count(), 2, "{dots}");
    // Ticks of 1 px stand in the middle of every 10 px, half in each of two pixels, and reach 2.5
    // px to each side.
    assert_eq!(text(line::TICKS, 0.5, 31, 20), "....??........??....");
    assert_eq!(text(line::TICKS, 0.5, 33, 20), "....................");
}

#[test]
fn a_double_line_has_a_gap() {
    let it = Figure::of(
        &scene(
            60.0,
            vec![],
            vec![straight(10.0, 50.0, 30.0, 4.5, line::DOUBLE)],
        ),
        1.0,
    );
    let column: Vec<f32> = (25..35).map(|y| it.dark(30, y)).collect();
    assert!(
        column[0] > 0.4
            && column[1] > 0.9
            && column[4] < 0.01
            && column[5] < 0.01
            && column[8] > 0.9,
        "{column:?}"
    );
}

#[test]
fn a_wave_swings_two_px_and_comes_back_every_eight() {
    let it = Figure::of(
        &scene(
            120.0,
            vec![],
            vec![straight(8.0, 104.0, 30.0, 0.75, line::WAVE)],
        ),
        1.0,
    );
    let middle = |x: usize| {
        let ink: f32 = (20..40).map(|y| it.dark(x, y)).sum();
        (20..40)
            .map(|y| it.dark(x, y) * (y as f32 + 0.5))
            .sum::<f32>()
            / ink
    };
    let all: Vec<f32> = (16..96).map(middle).collect();
    let (low, high) = all
        .iter()
        .fold((99.0_f32, 0.0_f32), |(l, h), y| (l.min(*y), h.max(*y)));
    assert!(
        (low - 28.1).abs() < 0.4 && (high - 31.9).abs() < 0.4,
        "{low} {high}"
    );
    assert!(
        all.iter().zip(&all[8..]).all(|(a, b)| (a - b).abs() < 0.15),
        "{all:?}"
    );
}
