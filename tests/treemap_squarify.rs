//! Squarified tiles of one level: what must hold for all values, however uneven or hostile. Cases
//! come from a small generator with a fixed seed, which a failure names.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/treemap.rs"]
mod common;

use ai_atlas::layout::{Places, resquarify, squarify, squarify_first};
use common::{Random, apart, area, values};

/// Contained, proportional, without overlap. `hair` px is what rounding may do.
fn check(values: &[f64], out: &[[f64; 4]], rect: [f64; 4], what: &str) {
    let whole: f64 = values.iter().rev().sum();
    let room = area(&rect);
    for (r, v) in out.iter().zip(values) {
        assert!(
            r[0] <= r[2]
                && r[1] <= r[3]
                && r[0] >= rect[0]
                && r[1] >= rect[1]
                && r[2] <= rect[2]
                && r[3] <= rect[3],
            "{what}: {r:?} in {rect:?}"
        );
        let want = v / whole * room;
        // Coordinates have 53 bits: of what is a billion times smaller than the whole, not all
        // digits can be kept.
        assert!(
            whole <= 0.0 || (area(r) - want).abs() <= 1e-6 * want + 1e-11 * room,
            "{what}: {} for {want}",
            area(r)
        );
    }
    apart(out, 1e-9 * (rect[2] - rect[0]).max(rect[3] - rect[1]), what);
}

fn room(random: &mut Random) -> [f64; 4] {
    [
        0.0,
        0.0,
        1.0 + random.unit() * 2000.0,
        1.0 + random.unit() * 1500.0,
    ]
}

#[test]
fn a_hundred_thousand_treemaps_are_proportional_contained_and_without_overlap() {
    let mut random = Random(1);
    for case in 0..100_000 {
        let values = values(&mut random, 24);
        let rect = room(&mut random);
        check(
            &values,
            &squarify(&values, rect),
            rect,
            &format!("case {case}"),
        );
    }
}

#[test]
fn a_hundred_thousand_changes_of_values_keep_the_places() {
    let mut random = Random(3);
    let (mut kept, mut fresh, mut moved) = (0.0, 0.0, 0);
    for case in 0..100_000 {
        let first: Vec<f64> = (0..random.below(16) + 2)
            .map(|_| 1.0 + random.unit() * 30.0)
            .collect();
        let then: Vec<f64> = first
            .iter()
            .map(|v| v * (0.6 + 0.8 * random.unit()))
            .collect();
        let rect = [0.0, 0.0, 600.0, 400.0];
        let mut places = Places::default();
        let a = squarify_first(&first, rect, &mut places);
        assert_eq!(a, squarify(&first, rect));
        let b = resquarify(&then, rect, &mut places);
        check(&then, &b, rect, &format!("case {case}"));
        let c = squarify(&then, rect);
        let distance = |from: &[[f64; 4]], to: &[[f64; 4]]| -> f64 {
            let middle = |r: &[f64; 4]| [(r[0] + r[2]) / 2.0, (r[1] + r[3]) / 2.0];
            from.iter()
                .zip(to)
                .map(|(f, t)| (middle(f)[0] - middle(t)[0]).hypot(middle(f)[1] - middle(t)[1]))
                .sum::<f64>()
                / from.len() as f64
        };
        kept += distance(&a, &b);
        fresh += distance(&a, &c);
        moved += usize::from(distance(&a, &b) > distance(&a, &c) + 1e-9);
    }
    println!(
        "mean displacement of {{600 × 400}} px: {:.2} px kept, {:.2} px afresh; afresh is nearer in {moved} of 100,000",
        kept / 1e5,
        fresh / 1e5
    );
    assert!(kept < fresh / 3.0, "{kept} against {fresh}");
}

#[test]
fn a_tile_that_becomes_nothing_keeps_an_empty_place_and_a_new_one_gets_one() {
    let rect = [0.0, 0.0, 600.0, 400.0];
    let mut places = Places::default();
    squarify_first(&[5.0, 3.0, 2.0, 1.0], rect, &mut places);
    let gone = resquarify(&[5.0, 0.0, 2.0, 1.0], rect, &mut places);
    check(&[5.0, 0.0, 2.0, 1.0], &gone, rect, "gone");
    let back = resquarify(&[5.0, 3.0, 2.0, 1.0], rect, &mut places);
    assert_eq!(back, squarify(&[5.0, 3.0, 2.0, 1.0], rect));
    let mut places = Places::default();
    squarify_first(&[5.0, 0.0, 2.0], rect, &mut places);
    check(
        &[5.0, 4.0, 2.0],
        &resquarify(&[5.0, 4.0, 2.0], rect, &mut places),
        rect,
        "new",
    );
}
