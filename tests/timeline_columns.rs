//! The timeline of columns: lanes, dots, density, periods, and columns that are refused.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/timeline.rs"]
mod common;

use ai_atlas::data::calendar::days_from_civil;
use ai_atlas::data::{Column, Lang};
use ai_atlas::text;
use ai_atlas::widget::funding_timeline::FundingTimelineWidget;
use ai_atlas::widget::{View, Widget};
use common::{Random, SEED, column, dictionary, loaded, shapes, shipped, view, with};

/// A timeline of forty days with so many events, their times, amounts and kinds.
fn forty_days(n: usize, start: f64) -> (FundingTimelineWidget, Vec<f64>, Vec<f64>, Vec<u32>) {
    let random = &mut Random(SEED);
    let date: Vec<f64> = (0..n)
        .map(|_| (start + random.unit() * 40.0 * 864e5).round())
        .collect();
    let amount: Vec<f64> = (0..n)
        .map(|i| {
            if i % 9 == 0 {
                f64::NAN
            } else {
                1e5 + i as f64 * 1e4
            }
        })
        .collect();
    let kinds: Vec<u32> = (0..n as u32).map(|i| i % 3).collect();
    let mut widget = FundingTimelineWidget::default();
    widget
        .columns(vec![
            column("date", date.clone()),
            column("amountUsd", amount.clone()),
            dictionary("type", kinds.clone(), &["Seed", "A\u{0}\u{202e}", "B"]),
        ])
        .unwrap();
    (widget, date, amount, kinds)
}

#[test]
fn columns_become_lanes_dots_and_density_with_hours_on_the_axis() {
    let n = 50_000;
    let start = f64::from(days_from_civil(2025, 3, 1)) * 864e5;
    let (widget, date, _, kinds) = forty_days(n, start);
    assert_eq!(widget.rows(), n);
    let whole = widget.picture(&view(1200.0, Lang::En));
    assert!(
        whole.status.starts_with("50,000 events in view, US$"),
        "{}",
        whole.status
    );
    assert!(
        whole.groups.len() == 1 && whole.groups[0].starts_with("2025: 50,000 events, US$"),
        "{:?}",
        whole.groups
    );
    assert!(whole.scene.marks.len() < 20_000 && whole.scene.outline.len() < 100);
    let (from, to) = (start / 864e5 + 10.25, start / 864e5 + 10.5);
    let near = View {
        from_day: from,
        to_day: to,
        ..view(1200.0, Lang::En)
    };
    let picture = widget.picture(&near);
    assert!(
        picture.scene.labels.iter().any(|l| l.text == "09:00"),
        "no hours"
    );
    assert!(
        picture
            .scene
            .labels
            .iter()
            .any(|l| l.text == "11 March 2025"),
        "no day"
    );
    let count = date
        .iter()
        .filter(|&&ms| ms >= (from * 864e5).ceil() && ms < (to * 864e5).ceil())
        .count();
    assert!(
        picture.status.starts_with(&format!("{count} events")),
        "{}",
        picture.status
    );
    let hidden = View {
        hidden: vec!["type:Seed".into()],
        ..near
    };
    let count = (0..n)
        .filter(|&i| {
            kinds[i] != 0 && date[i] >= (from * 864e5).ceil() && date[i] < (to * 864e5).ceil()
        })
        .count();
    assert!(
        widget
            .picture(&hidden)
            .status
            .starts_with(&format!("{count} events"))
    );
}

#[test]
fn the_largest_of_all_is_among_what_is_drawn_one_by_one() {
    let n = 50_000;
    let start = f64::from(days_from_civil(2025, 3, 1)) * 864e5;
    let (widget, _, amount, kinds) = forty_days(n, start);
    let whole = widget.picture(&view(1200.0, Lang::En));
    let largest = (0..n)
        .filter(|&i| kinds[i] == 1 && !amount[i].is_nan())
        .max_by(|&a, &b| amount[a].total_cmp(&amount[b]))
        .unwrap();
    let card = whole
        .scene
        .outline
        .iter()
        .filter_map(|node| widget.tooltip(node.datum, Lang::En))
        .find(|card| card.value == text::usd(amount[largest], Lang::En));
    assert!(card.is_some(), "an extreme is not drawn");
    assert!(card.unwrap().date.contains("2025"));
    assert_eq!(widget.table(Lang::Ko).rows.len(), 10_001);
    assert!(widget.tooltip(n as u32, Lang::Ko).is_none());
}

#[test]
fn columns_that_do_not_fit_together_are_refused_and_the_last_picture_stays() {
    let mut widget = shipped();
    let before = widget.picture(&view(800.0, Lang::Ko)).scene;
    let code =
        |widget: &mut FundingTimelineWidget, columns| widget.columns(columns).unwrap_err().code();
    assert_eq!(code(&mut widget, vec![]), "bad-columns");
    assert_eq!(
        code(
            &mut widget,
            vec![column("date", vec![1.0, 2.0]), column("amount", vec![1.0])]
        ),
        "bad-columns"
    );
    assert_eq!(
        code(
            &mut widget,
            vec![
                column("date", vec![0.0]),
                dictionary("type", vec![0], &["x"; 300])
            ]
        ),
        "too-large"
    );
    assert_eq!(widget.picture(&view(800.0, Lang::Ko)).scene, before);
    // Hostile values are drawn as what they are: nothing, or the edge of the calendar.
    let wild = vec![f64::NAN, f64::INFINITY, -1e300, 0.0, 5.0];
    let columns = vec![
        column("date", wild.clone()),
        column("amount", wild.clone()),
        column("dateEnd", wild.clone()),
        column("valuation", wild),
        dictionary("lane", vec![9, 0, u32::MAX, 1, 0], &["a", "b"]),
    ];
    widget.columns(columns).unwrap();
    for width in [300.0, 900.0] {
        for lanes in ["", "lane", "type"] {
            let picture = widget.picture(&with(view(width, Lang::Ko), &[("lanes", lanes)]));
            assert!(
                picture
                    .scene
                    .marks
                    .iter()
                    .all(|m| m.rect_css.iter().all(|x| x.is_finite()))
            );
        }
    }
    // Amounts without a currency get none.
    widget
        .columns(vec![
            column("date", vec![0.0, 1e10]),
            column("amount", vec![1e6, 2e6]),
        ])
        .unwrap();
    let picture = widget.picture(&view(900.0, Lang::En));
    assert!(
        picture.status == "2 events in view, 3m"
            && picture.legend.iter().all(|key| !key.label.contains('$')),
        "{}",
        picture.status
    );
}

#[test]
fn the_lanes_of_columns_are_a_filter_where_they_are_not_the_lanes() {
    let mut widget = FundingTimelineWidget::default();
    let columns = vec![
        column("date", vec![0.0, 1e9, 2e9, 3e9]),
        dictionary("type", vec![0, 1, 0, 1], &["x", "y"]),
        dictionary("lane", vec![0, 1, 1, 1], &["a", "b"]),
    ];
    widget.columns(columns).unwrap();
    for (lane, want) in [
        ("", "4 events"),
        ("b", "3 events"),
        ("a", "1 event in"),
        ("", "4 events"),
    ] {
        let status = widget
            .picture(&with(
                view(900.0, Lang::En),
                &[("lanes", "type"), ("lane", lane)],
            ))
            .status;
        assert!(status.starts_with(want), "{lane}: {status}");
    }
}

#[test]
fn the_last_seconds_of_a_day_and_of_a_year_before_1970_are_still_in_it() {
    let mut widget = FundingTimelineWidget::default();
    let second = 1e3;
    let days = [
        f64::from(days_from_civil(1961, 1, 1)),
        f64::from(days_from_civil(2025, 3, 5)),
    ]
    .map(|day| day * 864e5);
    widget
        .columns(vec![column(
            "date",
            vec![
                days[0] - second,
                days[1] - second,
                days[1] + 34_200.0 * second,
            ],
        )])
        .unwrap();
    assert!(
        widget
            .picture(&view(1000.0, Lang::En))
            .subline
            .contains("1960–2025"),
        "{}",
        widget.picture(&view(1000.0, Lang::En)).subline
    );
    for (datum, want) in [
        (0, "31 December 1960 23:59"),
        (1, "4 March 2025 23:59"),
        (2, "5 March 2025 09:30"),
    ] {
        assert_eq!(widget.tooltip(datum, Lang::En).unwrap().date, want);
    }
}

#[test]
fn a_long_period_among_short_ones_is_in_the_picture_from_end_to_end() {
    let mut widget = FundingTimelineWidget::default();
    let day = 864e5;
    widget
        .columns(vec![
            column("date", vec![40.0 * day, 0.0, 60.0 * day]),
            column("dateEnd", vec![f64::NAN, 100.0 * day, f64::NAN]),
        ])
        .unwrap();
    let picture = widget.picture(&view(1000.0, Lang::En));
    let [left, right] = [0, 2].map(|side| {
        shapes(&picture, 1)
            .map(|m| m.rect_css[side])
            .collect::<Vec<_>>()
    });
    let wide = right.iter().fold(0.0, |a: f32, &b| a.max(b))
        - left.iter().fold(f32::MAX, |a, &b| a.min(b));
    let dots: Vec<f32> = [0, 2]
        .iter()
        .filter_map(|d| picture.scene.outline.iter().find(|n| n.datum == *d))
        .map(|n| (n.rect_css[0] + n.rect_css[2]) / 2.0)
        .collect();
    assert!(
        (wide / (dots[1] - dots[0]) - 5.0).abs() < 0.1,
        "{wide} px for 100 days, {dots:?} for 20"
    );
}

#[test]
fn a_period_of_columns_is_as_long_as_it_lasts() {
    let mut widget = FundingTimelineWidget::default();
    let day = 864e5;
    widget
        .columns(vec![
            column("date", vec![0.0, 50.0 * day]),
            column("dateEnd", vec![20.0 * day, f64::NAN]),
            column("amount", vec![1e6, 1e6]),
            column("valuation", vec![f64::NAN, 5e6]),
        ])
        .unwrap();
    let picture = widget.picture(&view(1000.0, Lang::En));
    let wide = |datum: u32| {
        shapes(&picture, datum)
            .map(|m| m.rect_css[2] - m.rect_css[0])
            .fold(0.0, f32::max)
    };
    assert!(wide(0) > 300.0 && wide(1) < 40.0, "{} {}", wide(0), wide(1));
    assert!(
        widget
            .tooltip(1, Lang::En)
            .unwrap()
            .rows
            .iter()
            .any(|r| r.1 == "5m")
    );
    assert!(
        widget
            .tooltip(0, Lang::En)
            .unwrap()
            .date
            .contains("21 January 1970"),
        "{}",
        widget.tooltip(0, Lang::En).unwrap().date
    );
}

#[test]
fn columns_in_which_no_date_is_a_number_are_an_error_and_leave_the_picture() {
    let mut widget =
        loaded(r#"{"kind":"ai-atlas/funding-timeline","events":[{"date":"2024","label":"a"}]}"#);
    let column = |dates: &[f64]| vec![Column::new("date", dates.to_vec(), Vec::new(), "")];
    assert_eq!(
        widget
            .columns(column(&[f64::NAN, f64::NAN]))
            .unwrap_err()
            .code(),
        "empty"
    );
    assert_eq!(widget.rows(), 1);
    widget.columns(column(&[f64::NAN, 1.7e12])).unwrap();
    assert_eq!(widget.rows(), 1);
    assert!(widget.picture(&View::wide(680.0)).scene.size_css[1] > 50.0);
}
