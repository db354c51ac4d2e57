//! What the timeline draws of a file: labels, periods, valuations, eras.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/timeline.rs"]
mod common;

use ai_atlas::abi::{NO_DATUM, pattern, shape};
use ai_atlas::data::Lang;
use ai_atlas::scene::Align;
use ai_atlas::text::Metrics;
use ai_atlas::widget::{Figure, Widget};
use common::{Random, SEED, loaded, rounds, shapes, shipped, view, with};

#[test]
fn no_label_overlaps_another_in_any_lanes_at_any_zoom() {
    let metrics = Metrics::default();
    let widgets = [shipped(), loaded(&rounds())];
    let random = &mut Random(SEED);
    for case in 0..160 {
        let widget = &widgets[case % 2];
        let lanes = ["type", "org", "country", "layer"][random.below(4)];
        let mut view = with(
            view(
                [360.0, 700.0, 1200.0][random.below(3)],
                [Lang::Ko, Lang::En][random.below(2)],
            ),
            &[("lanes", lanes)],
        );
        if random.below(4) > 0 {
            view.from_day = 18_200.0 + random.unit() * 1_500.0;
            view.to_day = view.from_day + 10_f64.powf(random.unit() * 4.0 - 1.0);
        }
        let picture = widget.picture(&view);
        let [width, height] = picture.scene.size_css;
        let boxes: Vec<([f32; 4], &str)> = picture
            .scene
            .labels
            .iter()
            .map(|l| {
                let [x0, y0, x1, y1] = l.rect_css;
                let whole = metrics.width(&l.text, l.size_css, l.bold);
                let lines = metrics
                    .lines(&l.text, l.size_css, l.bold, x1 - x0 + 0.6)
                    .map_or(u32::MAX, |lines| lines.len() as u32);
                let wide = if l.lines > 1 { x1 - x0 } else { whole };
                assert!(
                    lines <= l.lines
                        && y0 >= -0.6
                        && y1 <= height + 0.6
                        && x0 >= -0.6
                        && x1 <= width + 4.1,
                    "{lanes} {}: {:?} at {:?}",
                    view.width_css,
                    l.text,
                    l.rect_css
                );
                let left = match l.align {
                    Align::Start => x0,
                    Align::Middle => (x0 + x1 - wide) / 2.0,
                    Align::End => x1 - wide,
                };
                ([left, y0, left + wide, y1], l.text.as_str())
            })
            .collect();
        for (ix, (a, text)) in boxes.iter().enumerate() {
            for (b, other) in &boxes[ix + 1..] {
                let apart = a[2] <= b[0] + 0.6
                    || b[2] <= a[0] + 0.6
                    || a[3] <= b[1] + 0.6
                    || b[3] <= a[1] + 0.6;
                assert!(
                    apart,
                    "{lanes} {} {:?}: {text:?} {a:?} overlaps {other:?} {b:?}",
                    view.width_css,
                    (view.from_day, view.to_day)
                );
            }
        }
        assert!(picture.scene.outline.len() <= 500 && picture.scene.labels.len() <= 2_000);
    }
}

#[test]
fn words_beside_an_event_stand_on_ground_and_lead_to_it() {
    let widget = shipped();
    for (width, lang) in [(1200.0, Lang::Ko), (680.0, Lang::En)] {
        let picture = widget.picture(&view(width, lang));
        let scene = &picture.scene;
        let named: Vec<_> = scene
            .labels
            .iter()
            .filter(|l| l.datum != NO_DATUM)
            .collect();
        assert!(named.len() > 35, "{}", named.len());
        for label in named {
            let [x0, y0, x1, y1] = label.rect_css;
            assert_eq!(
                widget.pick(&picture, [(x0 + x1) / 2.0, (y0 + y1) / 2.0]),
                Some(label.datum),
                "{:?}",
                label.text
            );
            assert!(
                scene.marks[scene.under..]
                    .iter()
                    .any(|m| m.datum == label.datum && m.rect_css[0] <= x0 && m.rect_css[2] >= x1),
                "{:?}",
                label.text
            );
        }
    }
}

#[test]
fn a_name_on_a_phone_is_whole_and_no_grid_line_goes_through_it() {
    let widget = shipped();
    for lang in [Lang::Ko, Lang::En] {
        let picture = widget.picture(&view(360.0, lang));
        let scene = &picture.scene;
        let said: Vec<_> = scene
            .labels
            .iter()
            .filter(|l| l.datum != NO_DATUM)
            .collect();
        assert!(said.len() > 30);
        for label in &said {
            let node = scene
                .outline
                .iter()
                .find(|node| node.datum == label.datum)
                .unwrap();
            // Half of a name, of a date or of a sum says something else.
            let whole = node.key == label.text.trim_end_matches('†');
            let card = widget.tooltip(label.datum, lang).unwrap();
            let more =
                label.text == card.date || label.text == format!("{} · {}", card.date, card.value);
            assert!(
                if label.bold {
                    whole || label.text == card.value
                } else {
                    more || label.text.starts_with(&card.date) && label.text.contains(" · ")
                },
                "{:?}, {:?}, {:?}",
                label.text,
                card.date,
                card.value
            );
            assert!(
                !scene.marks[..scene.under]
                    .iter()
                    .any(|m| m.rect_css[2] > label.rect_css[0]
                        && m.rect_css[1] < label.rect_css[3]
                        && m.rect_css[3] > label.rect_css[1]),
                "{:?}",
                label.text
            );
        }
    }
}

#[test]
fn a_quarter_is_as_long_as_its_doubt_and_spoken_as_a_quarter() {
    let widget = loaded(
        r#"{"kind":"ai-atlas/funding-timeline","events":[{"date":"2024-Q3","label":"A"},{"date":"2024-08-15","label":"B"},{"date":"~2024","label":"C"},{"date":"2024","label":"D"}]}"#,
    );
    let picture = widget.picture(&view(1000.0, Lang::Ko));
    let said: Vec<&str> = picture
        .scene
        .outline
        .iter()
        .map(|n| n.name.as_str())
        .collect();
    assert!(
        said[0].starts_with("C, 2024년경")
            && said[1].starts_with("D, 2024년")
            && said[2].starts_with("B, 2024년 8월 15일")
            && said[3].starts_with("A, 2024년 3분기"),
        "{said:?}"
    );
    let wide = |name: &str| {
        let datum = picture
            .scene
            .outline
            .iter()
            .find(|n| n.key == name)
            .unwrap()
            .datum;
        shapes(&picture, datum)
            .map(|m| m.rect_css[2] - m.rect_css[0])
            .fold(0.0, f32::max)
    };
    assert!(
        (wide("D") / wide("A") - 366.0 / 92.0).abs() < 0.1,
        "{} {}",
        wide("D"),
        wide("A")
    );
    assert!(wide("B") < 10.0);
}

#[test]
fn valuations_are_steps_a_fall_is_marked_and_an_acquisition_ends_the_lane() {
    let file = |last: &str| {
        format!(
            r#"{{"kind":"ai-atlas/funding-timeline","events":[{{"date":"2020-01-01","label":"V1","target":"x","valuation_usd":1e9}},{{"date":"2021-01-01","label":"V2","target":"x","valuation_usd":4e9}},
            {{"date":"2022-01-01","label":"V3","target":"x","valuation_usd":{last}}},{{"date":"2023-01-01","label":"Sold","type":"acquisition","target":"x","amount_usd":2e9}},{{"date":"2024-01-01","label":"Y","target":"y","amount_usd":1e9}}]}}"#
        )
    };
    let org = with(view(1200.0, Lang::En), &[("lanes", "org")]);
    let down = loaded(&file("2e9")).picture(&org);
    for figure in ["US$1bn", "US$4bn", "US$2bn"] {
        assert!(
            down.scene.labels.iter().any(|l| l.text == figure),
            "{figure}"
        );
    }
    let fallen = |picture: &Figure| {
        picture
            .scene
            .marks
            .iter()
            .filter(|m| m.style & 15 == shape::TRIANGLE_DOWN)
            .count()
    };
    assert_eq!(fallen(&down), 1);
    assert!(
        down.legend
            .iter()
            .any(|key| key.label.contains("Lower valuation"))
    );
    assert_eq!(fallen(&loaded(&file("5e9")).picture(&org)), 0);
    let hatched = |picture: &Figure| {
        picture
            .scene
            .marks
            .iter()
            .filter(|m| m.style >> 4 & 15 == pattern::HATCH)
            .count()
    };
    assert_eq!(hatched(&down), 1, "where the lane ends");
    assert_eq!(hatched(&shipped().picture(&org)), 0);
}

#[test]
fn eras_stand_behind_and_a_rate_beside_the_won_of_its_own_document() {
    let widget = loaded(
        r#"{"kind":"ai-atlas/funding-timeline","sources":[{"id":"s","title":"S"},{"id":"o","title":"O"}],
        "eras":[{"date":"2022","label":"뒤"},{"date":"2020","date_end":"2021","label_ko":"시대","label_en":"Era"}],"rates":[{"krw_per_usd":1400,"date":"2024-12-16","source":"s"}],
        "events":[{"id":"a","date":"2020-05","label":"A","amount":{"value":1e9,"krw_text":"1조 4,000억 원"},"source":"s"},{"id":"b","date":"2021-05","label":"B","amount":{"value":1e9,"krw_text":"1조 3,000억 원"},"source":"o"},{"id":"c","date":"2022-05","label":"C","amount":{"value":1e9},"source":"s"}]}"#,
    );
    let picture = widget.picture(&view(1000.0, Lang::Ko));
    for era in ["시대", "뒤"] {
        assert!(
            picture
                .scene
                .labels
                .iter()
                .any(|l| l.text == era && l.italic),
            "{era}"
        );
    }
    let rows = |datum: u32| {
        widget
            .tooltip(datum, Lang::Ko)
            .unwrap()
            .rows
            .into_iter()
            .map(|r| r.0 + ": " + &r.1)
            .collect::<Vec<_>>()
            .join("; ")
    };
    assert!(
        rows(0).contains("1조 4,000억 원") && rows(0).contains("1달러 = 1,400원, 2024년 12월 16일"),
        "{}",
        rows(0)
    );
    assert!(
        rows(1).contains("1조 3,000억 원") && !rows(1).contains("환율"),
        "{}",
        rows(1)
    );
    assert!(!rows(2).contains('원'), "{}", rows(2));
}

#[test]
fn a_file_s_time_of_day_is_drawn_and_said() {
    let event = |id: &str, date: &str| {
        format!(
            r#"{{"id":"{id}","date":"{date}","label":"{id}","amount":{{"value":1e9}},"source":"s"}}"#
        )
    };
    let file = |events: &[String]| {
        format!(
            r#"{{"kind":"ai-atlas/funding-timeline","sources":[{{"id":"s","title":"S"}}],"events":[{}]}}"#,
            events.join(",")
        )
    };
    // An offset is not reckoned with: the day is what is known.
    let widget = loaded(&file(&[
        event("b", "2024-05-13T18:30Z"),
        event("a", "2024-05-13 06:30"),
        event("c", "2024-05-13T23:00+09:00"),
        event("d", "2024-05-14"),
    ]));
    let words = |datum: u32| {
        (
            widget.tooltip(datum, Lang::En).unwrap().title,
            widget.tooltip(datum, Lang::En).unwrap().date,
        )
    };
    assert_eq!(
        (0..4).map(words).collect::<Vec<_>>(),
        [
            ("c".into(), "13 May 2024".into()),
            ("a".into(), "13 May 2024 06:30".into()),
            ("b".into(), "13 May 2024 18:30".into()),
            ("d".into(), "14 May 2024".into()),
        ]
    );
    assert_eq!(
        widget.tooltip(2, Lang::Ko).unwrap().date,
        "2024년 5월 13일 18:30"
    );
    let picture = widget.picture(&view(1000.0, Lang::En));
    let middle = |datum: u32| {
        picture
            .scene
            .outline
            .iter()
            .find(|n| n.datum == datum)
            .map(|n| (n.rect_css[0] + n.rect_css[2]) / 2.0)
            .unwrap()
    };
    // Half a day between a and b, a quarter from a to noon, where c's day has its middle, a day
    // from there to d.
    let (a, b, d) = (middle(1), middle(2), middle(3));
    assert!(
        ((b - a) / (d - (a + b) / 2.0) - 0.5).abs() < 0.02,
        "{a} {b} {d}"
    );
}
