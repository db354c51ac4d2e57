//! Whole files as SVG, from the command line too, and files in which there is little to place.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "common/markup.rs"]
mod markup;

use ai_atlas::render::svg::paint;
use ai_atlas::scene::Scene;
use ai_atlas::widget::{Figure, State, View};
use markup::{BARE, WHOLE, elements};
use std::process::Command;

#[test]
fn the_command_line_takes_the_settings_that_elements_take() {
    let draw = |settings: &[&str]| {
        let mut args = vec!["svg", "data/funding-timeline.json"];
        args.extend(settings);
        Command::new(env!("CARGO_BIN_EXE_ai-atlas"))
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap()
            .stdout
    };
    let plain = draw(&[]);
    for setting in [
        "from=2023-01-01",
        "to=2022",
        "scale=log",
        "lanes=country",
        "selected=openai",
        "width=900",
    ] {
        assert_ne!(draw(&[setting]), plain, "{setting} changes nothing");
    }
}

#[test]
fn the_command_line_draws_every_shipped_file_with_its_sources() {
    for kind in ["value-chain", "market-share", "funding-timeline"] {
        for (lang, credit) in [("ko", "한국지능정보사회진흥원"), ("en", "NIA")] {
            let out = Command::new(env!("CARGO_BIN_EXE_ai-atlas"))
                .args([
                    "svg",
                    &format!("data/{kind}.json"),
                    "width=800",
                    &format!("lang={lang}"),
                    "theme=dark",
                ])
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .output()
                .unwrap();
            let text = String::from_utf8(out.stdout).unwrap();
            assert!(
                out.status.success(),
                "{}",
                String::from_utf8_lossy(&out.stderr)
            );
            let seen = elements(&text).unwrap();
            assert!(
                seen.iter().filter(|name| *name == "text").count() > 10,
                "{kind}"
            );
            assert!(
                text.contains("<dc:source>") && text.contains(credit) && !text.contains("NaN"),
                "{kind} {lang}"
            );
        }
    }
}

/// Files in which there is little or nothing to place.
const SPARSE: [(&str, &str); 14] = [
    (
        "funding-timeline",
        r#"{"kind":"ai-atlas/funding-timeline","undated":[{"label":"a"}]}"#,
    ),
    (
        "funding-timeline",
        r#"{"kind":"ai-atlas/funding-timeline","title":"T","events":[{"label":"a"}]}"#,
    ),
    (
        "funding-timeline",
        r#"{"kind":"ai-atlas/funding-timeline","events":[{"label":"a","date":"soon"},{"label":"b","date":""}]}"#,
    ),
    (
        "funding-timeline",
        r#"{"kind":"ai-atlas/funding-timeline","events":[],"eras":[{"from":"2020","to":"2021","label":"e"}]}"#,
    ),
    (
        "funding-timeline",
        r#"{"kind":"ai-atlas/funding-timeline","parties":[{"id":"a"}],"events":[]}"#,
    ),
    (
        "market-share",
        r#"{"kind":"ai-atlas/market-share","items":[{"label":"a","value":null},{"label":"b"}]}"#,
    ),
    (
        "market-share",
        r#"{"kind":"ai-atlas/market-share","items":[{"label":"a","value":0},{"label":"b","value":0}]}"#,
    ),
    (
        "market-share",
        r#"{"kind":"ai-atlas/market-share","tables":[{"id":"x","title":"T","items":[]}]}"#,
    ),
    (
        "market-share",
        r#"{"kind":"ai-atlas/market-share","tables":[{"id":"x","title":"T","items":[{"label":"a","value":null}],"rest":{"kind":"unknown"}}]}"#,
    ),
    (
        "market-share",
        r#"{"kind":"ai-atlas/market-share","items":[{"label":"a","value":5},{"label":"b","value":null}]}"#,
    ),
    (
        "value-chain",
        r#"{"kind":"ai-atlas/value-chain","layers":[{"id":"data","label":"Data"},{"id":"model","label":"Model"}]}"#,
    ),
    (
        "value-chain",
        r#"{"kind":"ai-atlas/value-chain","layers":[{"id":"data","label":"Data"}],"entities":[{"id":"a"}]}"#,
    ),
    (
        "value-chain",
        r#"{"kind":"ai-atlas/value-chain","entities":[{"id":"a"}],"links":[{"from":"a","to":"a"}]}"#,
    ),
    (
        "value-chain",
        r#"{"kind":"ai-atlas/value-chain","links":[]}"#,
    ),
];

#[test]
fn data_with_nothing_to_place_is_an_error_in_words_or_a_picture_that_can_be_seen() {
    let (mut drawn, mut refused) = (0, 0);
    for (kind, file) in SPARSE {
        let mut widget = ai_atlas::widget::make(kind).unwrap();
        if let Err(error) = widget.load(file.as_bytes()) {
            assert_eq!(error.code(), "empty", "{file}");
            refused += 1;
            continue;
        }
        assert!(widget.rows() > 0, "{file}");
        for width in [1.0, 320.0, 680.0, 1200.0] {
            // However much of it the reader, or the page, filters away.
            let plain = View::wide(width);
            let hidden = ["round", "investment", "supplies", "data", "none", "-"]
                .map(String::from)
                .to_vec();
            let keys = ["country", "kind", "type", "least", "open", "lanes"].map(|key| (key, "zz"));
            let views = [
                View {
                    selected: "#99".into(),
                    tab: "nothing".into(),
                    ..plain.clone()
                },
                View {
                    from_day: 9e9,
                    to_day: 9e9,
                    ..plain.clone()
                },
                View {
                    hidden,
                    state: State::from_pairs(keys),
                    ..plain.clone()
                },
                View {
                    height_css: 8000.0,
                    ..plain.clone()
                },
                plain,
            ];
            for view in views {
                let picture = widget.picture(&view);
                assert!(
                    picture.scene.size_css[1] >= 20.0,
                    "{file} in {width}: {:?}",
                    picture.scene.size_css
                );
                assert!(
                    !paint(&picture, &view, &WHOLE).is_empty()
                        && !paint(&picture, &view, &BARE).is_empty()
                );
                drawn += 1;
            }
        }
    }
    assert!(
        drawn > 100 && refused > 4,
        "{drawn} drawn, {refused} refused"
    );
}

#[test]
fn a_picture_without_height_has_its_words_in_the_document_and_none_without_words() {
    let words = Figure {
        title: "T".into(),
        takeaway: "Nothing to place".into(),
        scene: Scene {
            size_css: [320.0, 0.0],
            ..Scene::default()
        },
        ..Figure::default()
    };
    let out = paint(&words, &View::default(), &WHOLE);
    elements(&out).unwrap();
    assert!(
        out.contains(">Nothing to place</text>") && !out.contains("NaN"),
        "{out}"
    );
    assert_eq!(paint(&words, &View::default(), &BARE), "");
    let bare = Figure {
        scene: words.scene,
        ..Figure::default()
    };
    assert_eq!(paint(&bare, &View::default(), &WHOLE), "");
}
