//! Events that are found, and events without a date, which can only be found in a list.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/timeline.rs"]
mod common;

use ai_atlas::data::Lang;
use ai_atlas::data::calendar::days_from_civil;
use ai_atlas::render::svg::{Paper, paint};
use ai_atlas::widget::funding_timeline::FundingTimelineWidget;
use ai_atlas::widget::{Act, View, Widget};
use common::{after, column, dictionary, loaded, shipped, view};

#[test]
fn an_event_is_found_by_its_id_in_a_link() {
    let widget = shipped();
    let marked = widget.picture(&View {
        selected: "#openai-round-2024-10".into(),
        ..view(1200.0, Lang::En)
    });
    let plain = widget.picture(&view(1200.0, Lang::En));
    assert_eq!(
        marked.scene.marks.len(),
        plain.scene.marks.len() + 1,
        "a ring"
    );
}

#[test]
fn an_event_is_found_by_its_name_and_those_of_its_organisations_and_comes_into_view() {
    let widget = shipped();
    let picture = widget.picture(&view(1000.0, Lang::Ko));
    assert!(picture.controls.iter().any(|c| c.kind == "search"));
    for (words, lang) in [
        ("openai", Lang::En),
        ("ㅇㅍㅇ", Lang::Ko),
        ("오픈AI", Lang::En),
    ] {
        let found = widget.find(words, lang);
        assert!(!found.is_empty() && found.len() <= 20, "{words}: {found:?}");
        assert!(
            found
                .iter()
                .all(|f| f.1.contains(" · ") && widget.tooltip(f.0, lang).is_some()),
            "{found:?}"
        );
    }
    assert!(
        widget.find("", Lang::Ko).is_empty() && widget.find("no such thing", Lang::En).is_empty()
    );
    let found = widget.find("openai", Lang::En)[0].0;
    let whole = view(1000.0, Lang::En);
    assert!(
        widget.act(&whole, &Act::Show { datum: found }).is_empty(),
        "it is in view"
    );
    let early = View {
        from_day: days_from_civil(1999, 1, 1).into(),
        to_day: days_from_civil(2000, 1, 1).into(),
        ..whole
    };
    let there = after(&widget, &early, &Act::Show { datum: found });
    assert!(
        (there.to_day - there.from_day - 365.0).abs() < 1.0,
        "as much time as before"
    );
    assert!(
        widget
            .picture(&there)
            .scene
            .outline
            .iter()
            .any(|n| n.datum == found)
    );
    assert!(widget.act(&early, &Act::Show { datum: 9_999 }).is_empty());

    let mut big = FundingTimelineWidget::default();
    let names = ["Alpha", "Beta", "Al Beta"];
    big.columns(vec![
        column("date", (0..60).map(|i| f64::from(i) * 864e5).collect()),
        dictionary("target", (0..60).map(|i| i % 3).collect(), &names),
    ])
    .unwrap();
    let found = big.find("be", Lang::En);
    assert_eq!(found.len(), 20);
    assert_eq!(found[0], (1, "Beta · 2 January 1970".to_string()));
    assert!(
        big.find("l b", Lang::En)
            .iter()
            .all(|f| f.1.starts_with("Al Beta")),
        "names that hold it"
    );
    let near = View {
        from_day: 40.0,
        to_day: 44.0,
        ..view(1000.0, Lang::En)
    };
    let there = after(&big, &near, &Act::Show { datum: 1 });
    assert!(
        there.from_day <= 1.0 && there.to_day >= 1.0 && there.to_day - there.from_day < 4.1,
        "{} {}",
        there.from_day,
        there.to_day
    );
}

#[test]
fn a_timeline_without_a_date_shows_its_list_and_says_why() {
    for file in [
        r#"{"kind":"ai-atlas/funding-timeline","undated":[{"label":"Alpha","amount":{"value":2e9,"currency":"USD"}},{"label":"Beta"}]}"#,
        r#"{"kind":"ai-atlas/funding-timeline","events":[{"label":"Alpha","amount":{"value":2e9,"currency":"USD"}},{"label":"Beta"}]}"#,
        r#"{"kind":"ai-atlas/funding-timeline","events":[{"label":"Alpha","date":"","amount":{"value":2e9,"currency":"USD"}},{"label":"Beta","date":null}]}"#,
    ] {
        let mut widget = FundingTimelineWidget::default();
        (&mut widget as &mut dyn Widget)
            .load(file.as_bytes())
            .unwrap();
        assert_eq!(widget.rows(), 2, "{file}");
        for width in [1.0, 120.0, 320.0, 680.0, 1200.0, 8192.0] {
            let view = View {
                lang: Lang::En,
                ..View::wide(width)
            };
            let picture = widget.picture(&view);
            assert!(
                picture.scene.size_css[1] >= 40.0,
                "{width}: {:?}",
                picture.scene.size_css
            );
            assert!(
                picture.takeaway.contains("No event has a date"),
                "{}",
                picture.takeaway
            );
            let keys: Vec<_> = picture
                .scene
                .outline
                .iter()
                .map(|node| (node.datum, node.key.as_str()))
                .collect();
            assert_eq!(keys, [(0, "Alpha"), (1, "Beta")]);
            assert!(
                picture.scene.outline[0].name.contains("US$2bn")
                    && !picture.scene.outline[1].name.contains("amount"),
                "{keys:?}"
            );
            assert_eq!(widget.pick(&picture, [width / 2.0, 36.0]), Some(1));
            if width >= 320.0 {
                assert!(
                    picture
                        .scene
                        .labels
                        .iter()
                        .any(|label| label.text == "Beta"),
                    "{width}"
                );
            }
            let svg = paint(
                &picture,
                &view,
                &Paper {
                    bare: false,
                    font: "",
                },
            );
            assert!(
                svg.contains("No event has a date") || width < 300.0,
                "{svg}"
            );
            assert!(
                !svg.is_empty()
                    && !paint(
                        &picture,
                        &view,
                        &Paper {
                            bare: true,
                            font: ""
                        }
                    )
                    .is_empty()
            );
        }
        assert_eq!(widget.find("bet", Lang::En)[0].0, 1);
        assert_eq!(widget.tooltip(1, Lang::En).unwrap().title, "Beta");
        assert_eq!(widget.table(Lang::En).rows.len(), 2);
    }
}

#[test]
fn of_many_events_without_a_date_all_can_be_reached() {
    let events: Vec<_> = (0..1500)
        .map(|n| format!(r#"{{"label":"Event {n}"}}"#))
        .collect();
    let widget = loaded(&format!(
        r#"{{"kind":"ai-atlas/funding-timeline","undated":[{}]}}"#,
        events.join(",")
    ));
    let picture = widget.picture(&View {
        lang: Lang::En,
        selected: "#1200".into(),
        ..View::wide(680.0)
    });
    assert!(
        picture.scene.size_css[1] <= 760.0,
        "{:?}",
        picture.scene.size_css
    );
    assert!(
        picture.lists[0].lines.len() <= 1001
            && picture.lists[0].lines[999] == (999, "Event 999".to_string())
    );
    assert_eq!(picture.lists[0].lines[1000].1, "500 more are in the table.");
    assert_eq!(widget.table(Lang::En).rows.len(), 1500);
}
