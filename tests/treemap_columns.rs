//! The treemap of columns: up to a million rows, what stands together, the second measure, and
//! columns that are refused.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/treemap.rs"]
mod common;

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::{Column, Lang};
use ai_atlas::widget::{self, Act, View, Widget};
use common::{applied, big, columns, view};

#[test]
fn a_million_leaves_are_drawn_as_far_as_they_can_be_seen_and_nothing_disappears() {
    let widget = big(1_000_000, 1000);
    assert_eq!(widget.rows(), 1_000_000);
    let mut now = view(960.0, Lang::En);
    now.height_css = 540.0;
    let picture = widget.picture(&now);
    assert!(
        picture.scene.marks.len() < 100_000
            && picture.scene.labels.len() <= 2000
            && picture.scene.outline.len() <= 500
    );
    assert!(picture.zooms && !picture.moved);
    // Come nearer until single leaves show; the marks stay few.
    let mut leaves = 0;
    for _ in 0..12 {
        now = applied(
            &now,
            widget.act(
                &now,
                &Act::Zoom {
                    at_css: [480.0, 270.0],
                    factor: 1.6,
                },
            ),
        );
        let picture = widget.picture(&now);
        assert!(
            picture.scene.marks.len() < 100_000 && picture.moved,
            "{}",
            picture.scene.marks.len()
        );
        let [width, height] = picture.scene.size_css;
        for mark in &picture.scene.marks {
            let [x0, y0, x1, y1] = mark.rect_css;
            assert!(
                x0 >= -0.6 && y0 >= -0.6 && x1 <= width + 0.6 && y1 <= height + 0.6,
                "{:?}",
                mark.rect_css
            );
        }
        leaves = picture
            .scene
            .marks
            .iter()
            .filter(|mark| mark.datum < 1_000_000)
            .count();
        // What is picked is what is drawn there.
        let seen = widget.pick(&picture, [480.3, 270.4]).unwrap();
        assert!(widget.tooltip(seen, Lang::En).is_some());
    }
    assert!(leaves > 50, "{leaves}");
    assert_eq!(
        applied(
            &now,
            widget.act(
                &now,
                &Act::Key {
                    key: "0",
                    datum: NO_DATUM
                }
            )
        )
        .state
        .market_share
        .zoom,
        [1.0, 0.0, 0.0]
    );
}

#[test]
fn what_stands_together_opens_and_tells_how_many_and_how_much() {
    let widget = big(5_000, 1);
    let start = view(600.0, Lang::En);
    let picture = widget.picture(&start);
    let group = applied(&start, widget.act(&start, &Act::Open { datum: 5_001 }));
    let inside = widget.picture(&group);
    let others = inside
        .scene
        .outline
        .iter()
        .chain(&picture.scene.outline)
        .map(|n| n.datum)
        .chain(inside.scene.marks.iter().map(|m| m.datum))
        .find(|&d| d != NO_DATUM && d > 5_001)
        .unwrap();
    let card = widget.tooltip(others, Lang::En).unwrap();
    assert!(
        card.title.ends_with("others") && widget.opens(&group, others),
        "{}",
        card.title
    );
    let count: usize = card
        .title
        .split(' ')
        .next()
        .unwrap()
        .replace(',', "")
        .parse()
        .unwrap();
    let opened = applied(&group, widget.act(&group, &Act::Open { datum: others }));
    let open = opened.state.market_share.open;
    assert!(
        open.is_some_and(|(_, skip)| skip as usize == 5_000 - count),
        "{open:?} of {count}"
    );
    let within = widget.picture(&opened);
    assert!(
        within
            .scene
            .marks
            .iter()
            .filter(|m| m.datum < 5_000)
            .count()
            > inside
                .scene
                .marks
                .iter()
                .filter(|m| m.datum < 5_000)
                .count()
                / 100
    );
    let back = applied(
        &opened,
        widget.act(
            &opened,
            &Act::Key {
                key: "Escape",
                datum: NO_DATUM,
            },
        ),
    );
    assert_eq!(back.state.market_share.open, group.state.market_share.open);
}

#[test]
fn columns_that_are_wrong_are_refused_and_cells_that_are_wrong_are_issues() {
    let mut widget = widget::make("market-share").unwrap();
    let refused = |widget: &mut Box<dyn Widget>, change: &dyn Fn(&mut Vec<Column>)| {
        let mut all = columns(10, 2);
        change(&mut all);
        let error = widget.columns(all).unwrap_err();
        (error.code(), error.detail().to_string())
    };
    assert_eq!(
        refused(&mut widget, &|c| drop(c.remove(0))),
        ("bad-columns", "value".into())
    );
    assert_eq!(
        refused(&mut widget, &|c| c[1].codes.truncate(9)),
        ("bad-columns", "levels.0 9, value 10".into())
    );
    assert_eq!(
        refused(&mut widget, &|c| c[1].name = "levels.1".into()),
        ("bad-columns", "levels".into())
    );
    assert_eq!(
        refused(&mut widget, &|c| c[2].codes.push(0)),
        ("bad-columns", "label 11, value 10".into())
    );
    assert_eq!(
        refused(&mut widget, &|c| c[0].numbers.clear()),
        ("empty", "value".into())
    );
    let mut all = columns(10, 2);
    all[0].numbers[3] = f64::NAN;
    all[0].numbers[4] = -5.0;
    all[0].numbers[5] = f64::INFINITY;
    all[1].codes[6] = 99;
    all[1].codes[7] = u32::MAX;
    let issues = widget.columns(all).unwrap();
    let said: Vec<(String, String)> = issues
        .iter()
        .map(|i| (i.place.clone(), i.found.clone()))
        .collect();
    assert_eq!(
        said,
        [
            ("levels.0[6]", "99"),
            ("value[3]", ""),
            ("value[4]", "-5"),
            ("value[5]", "")
        ]
        .map(|(a, b)| (a.to_string(), b.to_string())),
        "{issues:?}"
    );
    assert_eq!(widget.rows(), 10);
    let mut bad = columns(50_000, 2);
    bad[0].numbers.fill(f64::NAN);
    assert_eq!(widget.columns(bad).unwrap().len(), 10_000);
    let picture = widget.picture(&view(500.0, Lang::Ko));
    assert!(
        picture
            .scene
            .marks
            .iter()
            .all(|m| m.rect_css.iter().all(|v| v.is_finite()))
    );
}

#[test]
fn a_second_measure_is_a_ramp_with_a_legend() {
    let mut widget = widget::make("market-share").unwrap();
    let mut all = columns(20, 2);
    all.push(Column {
        name: "color".into(),
        numbers: (0..20)
            .map(|i| if i == 3 { f64::NAN } else { f64::from(i) })
            .collect(),
        ..Column::default()
    });
    widget.columns(all).unwrap();
    let picture = widget.picture(&view(800.0, Lang::En));
    assert!(
        picture.legend.iter().any(|k| k.label == "0")
            && picture.legend.iter().any(|k| k.label == "19"),
        "{:?}",
        picture.legend
    );
    assert!(
        picture
            .legend
            .iter()
            .any(|k| k.label == "No value for colour")
    );
}

#[test]
fn a_row_that_is_too_small_to_be_seen_marks_what_it_is_in() {
    let widget = big(100_000, 100);
    let start = view(800.0, Lang::En);
    let drawn: std::collections::BTreeSet<u32> = widget
        .picture(&start)
        .scene
        .marks
        .iter()
        .map(|m| m.datum)
        .collect();
    let small = (0..100_000).find(|datum| !drawn.contains(datum)).unwrap();
    let picture = widget.picture(&View {
        selected: format!("#{small}"),
        ..start
    });
    let rings: Vec<u32> = picture
        .scene
        .marks
        .iter()
        .filter(|m| m.style >> 8 & 255 == 8 && m.datum != NO_DATUM)
        .map(|m| m.datum)
        .collect();
    assert_eq!(rings.len(), 1, "{rings:?}");
    assert!(rings[0] > 100_000);
}
