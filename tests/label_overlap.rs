//! The shipped data in every widget, language and width: no label overlaps another, leaves the
//! picture or is wider than its text; every row is reachable.
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test says what is wrong by failing"
)]
#![cfg(not(target_arch = "wasm32"))]

#[path = "common/pictures.rs"]
mod pictures;

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::Lang;
use ai_atlas::text::Metrics;
use ai_atlas::widget::{self, Figure};
use pictures::{KINDS, every_picture, view};

#[test]
fn whatever_wears_the_colour_of_a_layer_has_its_grain_and_so_does_the_legend() {
    use ai_atlas::data::Layer;
    let palette = ai_atlas::widget::Palette::of(false);
    let layers = Layer::ALL.map(|layer| (palette.layer(layer), palette.grain(layer) >> 25));
    // A dot is nine tenths of its colour over white, a bar lets the ground through; the thin line
    // of a period with a dot is no more than a tie.
    let dot = |color: u32| {
        color
            .to_le_bytes()
            .map(|c| 255 - (f32::from(255 - c) * 0.9).round() as u8)
    };
    let wears = |fill: u32, color: u32| {
        (fill ^ color) & 0xFF_FFFF == 0 || fill.to_le_bytes()[..3] == dot(color)[..3]
    };
    let seen = std::cell::RefCell::new([0; 5]);
    every_picture(|name, picture| {
        for mark in picture
            .scene
            .marks
            .iter()
            .filter(|m| m.datum != NO_DATUM && m.fill >> 24 > 0xB0)
        {
            if let Some(layer) = layers
                .iter()
                .position(|&(color, _)| wears(mark.fill, color))
            {
                assert_eq!(mark.style >> 25, layers[layer].1, "{name}: {mark:08x?}");
                seen.borrow_mut()[layer] += 1;
            }
        }
        let keys: Vec<_> = picture
            .legend
            .iter()
            .filter_map(|key| {
                Some((
                    key.color,
                    key.form.strip_prefix("grain:")?.parse::<u32>().ok()?,
                ))
            })
            .collect();
        assert!(
            !keys.is_empty() && keys.iter().all(|key| layers.contains(key)),
            "{name}: {:?}",
            picture.legend
        );
    });
    assert!(seen.borrow().iter().all(|&seen| seen > 200), "{seen:?}");
}

/// No label overlaps another, leaves the picture or is wider than its box.
fn labels_are_whole(name: &str, picture: &Figure) {
    let metrics = Metrics::default();
    let [width, height] = picture.scene.size_css;
    let boxes: Vec<([f32; 4], &str)> = picture
        .scene
        .labels
        .iter()
        .map(|l| {
            let text_width = if l.lines == 1 {
                metrics.width(&l.text, l.size_css, l.bold)
            } else {
                l.rect_css[2] - l.rect_css[0]
            };
            let [x0, y0, x1, y1] = l.rect_css;
            assert!(
                x1 - x0 + 0.6 >= text_width,
                "{name}: {:?} needs {text_width} and has {}",
                l.text,
                x1 - x0
            );
            assert!(
                x0 >= -0.6 && y0 >= -0.6 && x1 <= width + 4.1 && y1 <= height + 0.6,
                "{name}: {:?} at {:?} leaves {width}×{height}",
                l.text,
                l.rect_css
            );
            let left = match l.align {
                ai_atlas::scene::Align::Start => x0,
                ai_atlas::scene::Align::Middle => (x0 + x1 - text_width) / 2.0,
                ai_atlas::scene::Align::End => x1 - text_width,
            };
            ([left, y0, left + text_width, y1], l.text.as_str())
        })
        .collect();
    for (ix, (a, text)) in boxes.iter().enumerate() {
        for (b, other) in &boxes[ix + 1..] {
            let apart = a[2] <= b[0] + 0.6
                || b[2] <= a[0] + 0.6
                || a[3] <= b[1] + 0.6
                || b[3] <= a[1] + 0.6;
            assert!(apart, "{name}: {text:?} {a:?} overlaps {other:?} {b:?}");
        }
    }
}

#[test]
fn no_label_overlaps_another_or_leaves_the_picture() {
    every_picture(labels_are_whole);
}

const LONG: [&str; 3] = [
    "국가인공지능연구자원(NAIRR) 태스크포스|National AI Research Resource Task Force (NAIRR)",
    "한국지능정보사회진흥원|National Information Society Agency",
    "X|X",
];
const TITLE: &str = "반도체와 데이터 센터, 메모리와 파운드리, 클라우드와 응용 프로그램 시장에서 2023년 한 해 동안 상위 기업이 차지한 몫을 한 장의 그림으로 견주어 본 결과";

/// Both languages of a name.
fn names(name: &str) -> (&str, &str) {
    name.split_once('|').unwrap_or((name, name))
}

fn part(value: f64, name: &str) -> String {
    let (ko, en) = names(name);
    format!(r#"{{"label_ko":"{ko}","label_en":"{en}","value":{value}}}"#)
}

fn share(items: &[String]) -> String {
    format!(
        r#"{{"kind":"ai-atlas/market-share","title":"{TITLE}","tables":[{{"id":"t","title":"{TITLE}","unit":"%","items":[{}]}}]}}"#,
        items.join(",")
    )
}

fn event(day: usize, value: f64, name: &str) -> String {
    let (ko, en) = names(name);
    format!(
        r#"{{"date":"2024-{:02}-{:02}","type":"round","label_ko":"{ko} 투자 유치","label_en":"{en} raises money","amount":{{"value":{value}e9,"currency":"USD"}}}}"#,
        day / 28 % 12 + 1,
        day % 28 + 1
    )
}

fn funding(events: &[String]) -> String {
    format!(
        r#"{{"kind":"ai-atlas/funding-timeline","title":"{TITLE}","events":[{}]}}"#,
        events.join(",")
    )
}

fn chain(list: &[&str]) -> String {
    let entity = |(at, name): (usize, &&str)| {
        let (ko, en) = names(name);
        format!(
            r#"{{"id":"e{at}","name_ko":"{ko}","name_en":"{en}","roles":[{{"sublayer":"s{}"}}]}}"#,
            at % 2
        )
    };
    let entities: Vec<String> = list.iter().enumerate().map(entity).collect();
    let links: Vec<String> = (1..list.len())
        .map(|at| {
            format!(r#"{{"from":"e0","to":"e{at}","type":"invests_in","amount_usd":{at}e9}}"#)
        })
        .collect();
    format!(
        r#"{{"kind":"ai-atlas/value-chain","title":"{TITLE}","layers":[{{"id":"infra","label":"I"}},{{"id":"model","label":"M"}}],"sublayers":[{{"id":"s0","layer":"infra","label":"A"}},{{"id":"s1","layer":"model","label":"B"}}],"entities":[{}],"links":[{}]}}"#,
        entities.join(","),
        links.join(",")
    )
}

/// One datum, long names, 92 against 8, three equal, ten thousand.
fn hard_cases() -> [(&'static str, String); 10] {
    let all =
        |make: &dyn Fn(usize) -> String, number: usize| (0..number).map(make).collect::<Vec<_>>();
    [
        ("market-share", share(&[part(100.0, LONG[0])])),
        (
            "market-share",
            share(&[part(92.0, LONG[0]), part(8.0, LONG[1])]),
        ),
        ("market-share", share(&all(&|at| part(33.3, LONG[at]), 3))),
        (
            "market-share",
            share(&all(
                &|at| part(0.01, &format!("회사 {at}|Company {at}")),
                10_000,
            )),
        ),
        ("funding-timeline", funding(&[event(0, 6.6, LONG[0])])),
        (
            "funding-timeline",
            funding(&[event(0, 92.0, LONG[0]), event(90, 8.0, LONG[1])]),
        ),
        (
            "funding-timeline",
            funding(&all(&|at| event(5, 1.0, LONG[at]), 3)),
        ),
        (
            "funding-timeline",
            funding(&all(
                &|at| event(at, 1.0 + at as f64, &format!("회사 {at}|Company {at}")),
                10_000,
            )),
        ),
        ("value-chain", chain(&LONG[..1])),
        ("value-chain", chain(&LONG)),
    ]
}

#[test]
fn the_hard_cases_are_whole_too_one_datum_long_names_92_against_8_three_equal_and_ten_thousand() {
    for (at, (kind, file)) in hard_cases().iter().enumerate() {
        let mut widget = widget::make(kind).expect("a known kind");
        assert_eq!(
            widget.load(file.as_bytes()).expect("a valid file"),
            [],
            "{kind} {at}"
        );
        for lang in [Lang::Ko, Lang::En] {
            for width in [320.0, 360.0, 680.0, 1200.0] {
                let picture = widget.picture(&view(width, lang));
                let name = format!("{kind} {at} {lang:?} {width}");
                labels_are_whole(&name, &picture);
                let said = [
                    &*picture.title,
                    &picture.subline,
                    &picture.takeaway,
                    &picture.status,
                ]
                .join(" ");
                assert!(
                    !["1 events", "1 organisations", "1 relations", "2024–2024"]
                        .iter()
                        .any(|odd| said.contains(odd)),
                    "{name}: {said}"
                );
                // Nothing here has a layer, so no grain and no key speaks of one; the chain's own
                // have.
                assert_eq!(
                    picture
                        .legend
                        .iter()
                        .any(|key| key.form.starts_with("grain")),
                    *kind == "value-chain",
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn a_file_with_nothing_to_draw_says_so() {
    for kind in KINDS {
        let list = if kind == "value-chain" {
            "entities"
        } else if kind == "market-share" {
            "items"
        } else {
            "events"
        };
        let mut widget = widget::make(kind).expect("a known kind");
        let error = widget
            .load(format!(r#"{{"kind":"ai-atlas/{kind}","{list}":[]}}"#).as_bytes())
            .expect_err("nothing to draw");
        assert_eq!(error.code(), "empty", "{kind}");
        assert!(!error.detail().contains(" )"), "{}", error.detail());
    }
}
