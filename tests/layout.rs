//! Invariants of the layouts: what must hold for every input, however hostile.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "a fixture that cannot be read is a failed test"
)]

use ai_atlas::{
    data::calendar::{civil_from_days, days_from_civil},
    layout::{
        lanes::dodge,
        scale::{Area, Level, MAX_TICKS, Time, area_radius},
        squarify,
    },
    text::Metrics,
};
use proptest::prelude::*;

// ---- treemap

fn area(r: &[f64; 4]) -> f64 {
    (r[2] - r[0]) * (r[3] - r[1])
}

/// Contained, in order, without overlap, areas proportional.
fn check_treemap(values: &[f64], rect: [f64; 4]) {
    let out = squarify(values, rect);
    assert_eq!(out.len(), values.len());
    let [x0, y0, x1, y1] = [
        rect[0].min(rect[2]),
        rect[1].min(rect[3]),
        rect[0].max(rect[2]),
        rect[1].max(rect[3]),
    ];
    let whole: f64 = values.iter().sum();
    let room = (x1 - x0) * (y1 - y0);
    for (r, v) in out.iter().zip(values) {
        assert!(
            r.iter().all(|c| c.is_finite()) && r[0] <= r[2] && r[1] <= r[3],
            "{r:?}"
        );
        assert!(
            r[0] >= x0 && r[2] <= x1 && r[1] >= y0 && r[3] <= y1,
            "{r:?} leaves {rect:?}"
        );
        if whole > 0.0 && room > 0.0 {
            let want = v / whole * room;
            // Coordinates have 53 bits: what is a billion times smaller than the whole cannot keep
            // six digits of its area.
            assert!(
                (area(r) - want).abs() <= 1e-6 * want + 1e-12 * room,
                "{} for {want}, value {v}",
                area(r)
            );
        }
    }
    // Sweep from left to right: each only meets those that begin before it ends.
    let mut order: Vec<usize> = (0..out.len()).filter(|&i| area(&out[i]) > 0.0).collect();
    order.sort_by(|&a, &b| out[a][0].total_cmp(&out[b][0]));
    let hair = 1e-9 * (x1 - x0).max(y1 - y0);
    for (at, &i) in order.iter().enumerate() {
        for &j in order[at + 1..]
            .iter()
            .take_while(|&&j| out[j][0] < out[i][2] - hair)
        {
            let (a, b) = (out[i], out[j]);
            assert!(
                b[1] >= a[3] - hair || a[1] >= b[3] - hair,
                "{a:?} overlaps {b:?}"
            );
        }
    }
}

fn rect() -> impl Strategy<Value = [f64; 4]> {
    [
        -2000.0..2000.0,
        -2000.0..2000.0,
        -2000.0..2000.0,
        -2000.0..2000.0,
    ]
}

/// The usual number of cases, and no file of failures: what fails is written down as a test of its
/// own.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_treemap_of_any_values_is_contained_proportional_and_without_overlap(
        values in prop::collection::vec(prop_oneof![0.0..100.0, Just(0.0), Just(1.0), 1e-6..1e9], 0..120),
        rect in rect(),
    ) {
        check_treemap(&values, rect);
    }

    #[test]
    fn huge_and_tiny_values_live_together(powers in prop::collection::vec(-200..200_i32, 1..60), rect in rect()) {
        let values: Vec<f64> = powers.iter().map(|&p| 10_f64.powi(p)).collect();
        check_treemap(&values, rect);
    }

    #[test]
    fn a_treemap_takes_any_bits_at_all(
        values in prop::collection::vec(prop::num::f64::ANY, 0..40),
        rect in [prop::num::f64::ANY, prop::num::f64::ANY, prop::num::f64::ANY, prop::num::f64::ANY],
    ) {
        for r in squarify(&values, rect) {
            prop_assert!(r.iter().all(|c| c.is_finite()) && r[0] <= r[2] && r[1] <= r[3]);
        }
    }

    #[test]
    fn results_stand_in_the_order_of_the_values(values in prop::collection::vec(0.1..1000.0, 2..40)) {
        let out = squarify(&values, [0.0, 0.0, 640.0, 480.0]);
        let (sum, room): (f64, f64) = (values.iter().sum(), 640.0 * 480.0);
        for (r, v) in out.iter().zip(&values) {
            prop_assert!((area(r) / room - v / sum).abs() < 1e-9);
        }
        // The largest stands in the corner where reading begins.
        let largest = (0..values.len()).fold(0, |best, i| if values[i] > values[best] { i } else { best });
        prop_assert_eq!(out[largest][..2].to_vec(), vec![0.0, 0.0]);
    }
}

#[test]
fn one_child_is_the_whole_and_zeros_take_nothing() {
    check_treemap(&[3.0], [0.0, 0.0, 320.0, 200.0]);
    check_treemap(&[0.0, 3.0, 0.0, 2.0, 0.0], [0.0, 0.0, 320.0, 200.0]);
    assert_eq!(
        squarify(&[0.0, 5.0], [0.0, 0.0, 8.0, 4.0])[1],
        [0.0, 0.0, 8.0, 4.0]
    );
}

#[test]
fn ten_thousand_equal_values_fill_the_room() {
    check_treemap(&[1.0; 10_000], [0.0, 0.0, 1200.0, 800.0]);
}

#[test]
fn rectangles_equal_those_of_d3_to_a_hundredth_of_a_pixel() {
    let fixtures = [
        include_str!("fixtures/squarify-shares.json"),
        include_str!("fixtures/squarify-unsorted.json"),
        include_str!("fixtures/squarify-equal-and-huge.json"),
    ];
    for fixture in fixtures {
        let read: serde_json::Value = serde_json::from_str(fixture).unwrap();
        let numbers = |v: &serde_json::Value| -> Vec<f64> {
            v.as_array()
                .unwrap()
                .iter()
                .map(|n| n.as_f64().unwrap())
                .collect()
        };
        let (values, rect) = (numbers(&read["values"]), numbers(&read["rect"]));
        let out = squarify(&values, rect.try_into().unwrap());
        let theirs = read["rects"].as_array().unwrap();
        assert_eq!(out.len(), theirs.len());
        for (i, (ours, theirs)) in out.iter().zip(theirs).enumerate() {
            for (a, b) in ours.iter().zip(numbers(theirs)) {
                assert!((a - b).abs() <= 0.01, "{i}: {ours:?} is not {theirs}");
            }
        }
    }
}

// ---- time

fn time(from_day: f64, to_day: f64) -> Time {
    Time {
        from_day,
        to_day,
        x0: 0.0,
        x1: 800.0,
    }
}

fn day_bound() -> impl Strategy<Value = f64> {
    prop_oneof![
        -4_400_000.0..4_400_000.0,
        17_000.0..21_000.0,
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(days_from_civil(-9999, 1, 1) as f64),
        Just(days_from_civil(9999, 12, 31) as f64),
        prop::num::f64::ANY,
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn ticks_are_few_increasing_and_inside_for_every_pair_of_bounds(
        from in day_bound(),
        to in day_bound(),
        max in prop_oneof![0..20_usize, 0..300_usize, Just(usize::MAX)],
    ) {
        let ticks = time(from, to).ticks(max);
        prop_assert!(ticks.len() <= max.min(MAX_TICKS));
        prop_assert!(ticks.windows(2).all(|pair| pair[0].at() < pair[1].at()));
        // Bounds beyond the years ±9999 are cut to them.
        let cut = |day: f64| day.clamp(days_from_civil(-9999, 1, 1).into(), days_from_civil(9999, 12, 31).into());
        prop_assert!(ticks.iter().all(|t| t.at() >= cut(from.min(to)) && t.at() <= cut(from.max(to))));
    }

    #[test]
    fn near_bounds_have_ticks_and_all_of_them_stand_on_the_finest_step_that_fits(
        from in 15_000..22_000_i32,
        length in 0..4_000_i32,
        max in 6..40_usize,
    ) {
        let ticks = time(f64::from(from), f64::from(from + length)).ticks(max);
        if length >= 400 {
            prop_assert!(ticks.len() >= 2, "{ticks:?}");
        }
        // Never fewer than a sixth of what is asked for, where the range has that many days: steps
        // are at most fivefold.
        if length as usize >= 30 * max {
            prop_assert!(ticks.len() * 6 >= max.min(length as usize / 366), "{} of {max}", ticks.len());
        }
        for t in ticks {
            let (_, month, day) = civil_from_days(t.day);
            let want = match (month, day) {
                _ if t.minute > 0 => Level::Minute,
                (1, 1) => Level::Year,
                (4 | 7 | 10, 1) => Level::Quarter,
                (_, 1) => Level::Month,
                _ => Level::Day,
            };
            prop_assert_eq!(t.level, want);
        }
    }

    #[test]
    fn a_day_and_its_place_are_each_others_inverse(
        from in -1e5..1e5_f64,
        length in 1.0..1e5_f64,
        part in -1.0..2.0_f64,
    ) {
        let axis = time(from, from + length);
        let day = from + part * length;
        prop_assert!((axis.day(axis.x(day)) - day).abs() < 1e-6);
    }

    #[test]
    fn an_axis_takes_any_bits_and_gives_no_nan(
        bits in [prop::num::f64::ANY, prop::num::f64::ANY],
        at in prop::num::f64::ANY,
    ) {
        prop_assert!(time(bits[0], bits[1]).x(at).is_finite());
    }
}

#[test]
fn the_step_grows_with_the_range() {
    let day = |y, m, d| f64::from(days_from_civil(y, m, d));
    let dates = |from, to, max| -> Vec<(i32, u32, u32)> {
        time(from, to)
            .ticks(max)
            .iter()
            .map(|t| civil_from_days(t.day))
            .collect()
    };
    assert_eq!(dates(day(2024, 1, 1), day(2024, 1, 4), 5).len(), 4);
    assert_eq!(
        dates(day(2024, 1, 1), day(2024, 1, 4), 10).len(),
        7,
        "half days"
    );
    assert_eq!(
        dates(day(2024, 1, 1), day(2024, 2, 10), 10),
        [
            (2024, 1, 1),
            (2024, 1, 8),
            (2024, 1, 15),
            (2024, 1, 22),
            (2024, 2, 1),
            (2024, 2, 8)
        ]
    );
    assert_eq!(
        dates(day(2023, 12, 20), day(2024, 12, 20), 12).len(),
        12,
        "months"
    );
    assert_eq!(
        dates(day(2023, 2, 1), day(2024, 3, 1), 6),
        [(2023, 4, 1), (2023, 7, 1), (2023, 10, 1), (2024, 1, 1)]
    );
    assert_eq!(
        dates(day(2012, 1, 1), day(2028, 12, 31), 20).len(),
        17,
        "years"
    );
    assert_eq!(
        dates(day(2012, 1, 1), day(2028, 12, 31), 6),
        [(2015, 1, 1), (2020, 1, 1), (2025, 1, 1)]
    );
    for edge in [day(-9999, 1, 1), day(9999, 12, 31)] {
        assert_eq!(
            time(edge, edge).ticks(3).len(),
            1,
            "the first and the last day of the calendar are on the axis"
        );
    }
    // Swapped bounds are the same axis read the other way.
    assert_eq!(
        dates(day(2028, 12, 31), day(2012, 1, 1), 6),
        [(2015, 1, 1), (2020, 1, 1), (2025, 1, 1)]
    );
    assert_eq!(dates(day(2024, 5, 5), day(2024, 5, 5), 6), [(2024, 5, 5)]);
}

// ---- areas

#[test]
fn area_is_the_amount_on_a_linear_scale_and_the_order_of_magnitude_on_a_log_scale() {
    let linear = |v| area_radius(v, 1.0, 100.0, 0.0, 10.0, Area::Linear);
    assert_eq!(
        (
            linear(100.0),
            linear(25.0),
            linear(0.0),
            linear(f64::NAN),
            linear(-5.0)
        ),
        (10.0, 5.0, 0.0, 0.0, 0.0)
    );
    let log = |v| area_radius(v, 1.0, 100.0, 2.0, 10.0, Area::Log);
    assert_eq!(
        (log(1.0), log(100.0), log(1e9), log(1e-9)),
        (2.0, 10.0, 10.0, 2.0)
    );
    let step = log(100.0).powi(2) - log(10.0).powi(2);
    assert!((step - (log(10.0).powi(2) - log(1.0).powi(2))).abs() < 1e-9);
    assert_eq!(area_radius(1e-9, 1.0, 100.0, 1.5, 10.0, Area::Linear), 1.5);
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_radius_is_between_its_bounds_for_any_bits(
        v in prop::num::f64::ANY,
        small in prop::num::f64::ANY,
        large in prop::num::f64::ANY,
        log in any::<bool>(),
    ) {
        let r = area_radius(v, small, large, 2.0, 30.0, if log { Area::Log } else { Area::Linear });
        prop_assert!(r == 0.0 || (2.0..=30.0).contains(&r), "{r}");
    }

}

// ---- lanes

proptest! {
    #![proptest_config(config())]

    #[test]
    fn boxes_never_overlap_and_stand_at_or_below_the_first_line(
        spans in prop::collection::vec((-500.0..500.0, 0.0..120.0, 0.0..30.0), 0..160),
        gap in 0.0..6.0,
    ) {
        let spans: Vec<(f64, f64, f64)> = spans.into_iter().map(|(x, w, h)| (x, x + w, h)).collect();
        let ys = dodge(&spans, gap);
        prop_assert_eq!(ys.len(), spans.len());
        for i in 0..spans.len() {
            prop_assert!(ys[i] >= 0.0 && ys[i].is_finite());
            for j in 0..i {
                let (a, b) = (spans[i], spans[j]);
                let aside = a.0 >= b.1 + gap - 1e-9 || b.0 >= a.1 + gap - 1e-9;
                let apart = ys[i] >= ys[j] + b.2 + gap - 1e-9 || ys[j] >= ys[i] + a.2 + gap - 1e-9;
                prop_assert!(aside || apart, "{a:?} at {} and {b:?} at {}", ys[i], ys[j]);
            }
        }
    }

    #[test]
    fn lanes_take_any_bits(
        spans in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY, -5.0..5.0), 0..60),
        gap in prop::num::f64::ANY,
    ) {
        prop_assert_eq!(dodge(&spans, gap).len(), spans.len());
    }
}

#[test]
fn a_box_alone_stands_on_the_first_line_and_the_first_free_line_is_taken() {
    assert_eq!(
        dodge(&[(0.0, 10.0, 5.0), (20.0, 30.0, 5.0)], 2.0),
        [0.0, 0.0]
    );
    assert_eq!(
        dodge(
            &[(0.0, 10.0, 5.0), (5.0, 30.0, 5.0), (12.0, 18.0, 5.0)],
            2.0
        ),
        [0.0, 7.0, 0.0]
    );
    // Touching with the gap kept is no overlap; swapped ends are the same span.
    assert_eq!(
        dodge(&[(0.0, 10.0, 5.0), (22.0, 12.0, 5.0)], 2.0),
        [0.0, 0.0]
    );
}

#[test]
fn a_crowd_on_one_place_still_does_not_overlap() {
    let n = 1_200;
    let ys = dodge(&vec![(0.0, 1.0, 2.0); n], 1.0);
    let mut sorted = ys.clone();
    sorted.sort_by(f64::total_cmp);
    assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 3.0));
}

// ---- lines of text

const WORD: &str = "[가-힣a-zA-Z0-9·()%≈]{1,9}";

proptest! {
    #![proptest_config(config())]

    #[test]
    fn wrapping_never_cuts_a_word_and_no_line_is_too_wide(
        words in prop::collection::vec(WORD, 0..14),
        width in 20.0..300.0_f32,
        bold in any::<bool>(),
    ) {
        let metrics = Metrics::default();
        let text = words.join(" ");
        match metrics.lines(&text, 12.0, bold, width) {
            Some(lines) => {
                let set = lines.iter().flat_map(|l| l.split(' ')).filter(|w| !w.is_empty());
                prop_assert_eq!(set.collect::<Vec<_>>(), words);
                prop_assert!(lines.iter().all(|l| metrics.width(l, 12.0, bold) <= width));
            }
            None => prop_assert!(words.iter().any(|w| metrics.width(w, 12.0, bold) > width)),
        }
    }

    #[test]
    fn the_width_of_two_texts_is_the_sum_of_their_widths(a in "\\PC{0,30}", b in "\\PC{0,30}", bold in any::<bool>()) {
        let metrics = Metrics::default();
        let both = metrics.width(&format!("{a}{b}"), 14.0, bold);
        prop_assert!((both - metrics.width(&a, 14.0, bold) - metrics.width(&b, 14.0, bold)).abs() < 0.01);
    }

    #[test]
    fn wrapping_takes_any_text_and_any_width(
        text in "(?s).{0,60}",
        width in prop::num::f32::ANY,
        size in prop::num::f32::ANY,
    ) {
        let metrics = Metrics::default();
        let _ = metrics.lines(&text, size, true, width);
    }
}
