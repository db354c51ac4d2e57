//! SVG: text as text, shapes as shapes, and nothing of the data that could become markup.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::process::Command;

use ai_atlas::abi::{Mark, NO_DATUM, Ribbon, line, mark_style, pattern, rgba, shape};
use ai_atlas::render::svg::{MOST_ON_PAPER, Paper, paint};
use ai_atlas::scene::{Align, Label, Scene};
use ai_atlas::widget::{Citation, Figure, LegendItem, State, View};

/// Whether tags open and close in order; the names of all elements on the way.
fn elements(svg: &str) -> Result<Vec<String>, String> {
    let (mut open, mut seen) = (Vec::new(), Vec::new());
    for tag in svg.split('<').skip(1) {
        let (tag, _) = tag
            .split_once('>')
            .ok_or_else(|| format!("no end: {tag}"))?;
        let name = tag
            .trim_start_matches('/')
            .split([' ', '/'])
            .next()
            .unwrap_or("")
            .to_string();
        if tag.starts_with('/') {
            if open.pop().as_ref() != Some(&name) {
                return Err(format!("{name} closes what is not open"));
            }
        } else {
            seen.push(name.clone());
            if !tag.ends_with('/') {
                open.push(name);
            }
        }
    }
    if open.is_empty() {
        Ok(seen)
    } else {
        Err(format!("{open:?} stay open"))
    }
}

fn label(text: &str) -> Label {
    let rect_css = [0.0, 0.0, 80.0, 20.0];
    Label {
        rect_css,
        text: text.into(),
        size_css: 12.0,
        bold: true,
        italic: true,
        align: Align::Middle,
        color: rgba(1, 2, 3, 255),
        lines: 1,
        datum: NO_DATUM,
    }
}

const WHOLE: Paper<'_> = Paper {
    bare: false,
    font: "",
};
const BARE: Paper<'_> = Paper {
    bare: true,
    font: "",
};

fn svg(scene: &Scene) -> String {
    paint(
        &Figure {
            scene: scene.clone(),
            title: "T & <T>".into(),
            ..Figure::default()
        },
        &View::default(),
        &WHOLE,
    )
}

#[test]
fn what_the_data_says_stays_text() {
    let hostile = "</text><script>alert(1)</script>&\u{0}\u{1b}";
    let out = svg(&Scene {
        size_css: [100.0, 50.0],
        labels: vec![label(hostile)],
        ..Scene::default()
    });
    assert!(!elements(&out).unwrap().contains(&"script".to_string()));
    assert!(
        out.contains("&lt;/text&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;  </text>"),
        "{out}"
    );
    assert!(out.contains("<title>T &amp; &lt;T&gt;</title>"));
}

#[test]
fn every_form_and_line_is_drawn_and_broken_numbers_are_not() {
    for form in [
        shape::RECT,
        shape::ELLIPSE,
        shape::DIAMOND,
        shape::TRIANGLE_RIGHT,
        shape::TRIANGLE_LEFT,
        shape::TRIANGLE_DOWN,
        shape::TRIANGLE_UP,
    ] {
        for filling in [pattern::SOLID, pattern::HATCH, pattern::SOFT] {
            let mark = |side: f32| Mark {
                rect_css: [0.0, 0.0, side, 10.0],
                fill: rgba(9, 9, 9, 255),
                stroke: rgba(1, 1, 1, 128),
                style: mark_style(form, filling, 2.0, 2.0, true),
                datum: 0,
            };
            let drawn = |mark: Mark| {
                elements(&svg(&Scene {
                    size_css: [20.0, 20.0],
                    marks: vec![mark],
                    ..Scene::default()
                }))
                .unwrap()
                .len()
            };
            assert!(
                drawn(mark(10.0)) > drawn(mark(f32::NAN)),
                "form {form}, filling {filling}"
            );
            assert_eq!(drawn(mark(0.0)), drawn(mark(f32::NAN)));
            assert_eq!(
                drawn(Mark {
                    rect_css: [30.0, 0.0, 40.0, 10.0],
                    ..mark(10.0)
                }),
                drawn(mark(f32::NAN)),
                "what lies beyond the frame"
            );
        }
    }
    for style in line::SOLID..=line::TICKS {
        let ribbon = Ribbon {
            start_css: [0.0, 0.0, 5.0, 0.0],
            end_css: [15.0, 10.0, 20.0, 10.0],
            half_width_css: 2.0,
            fill: rgba(9, 9, 9, 200),
            style,
            datum: 0,
        };
        let out = svg(&Scene {
            size_css: [20.0, 20.0],
            ribbons: vec![ribbon],
            ..Scene::default()
        });
        assert!(
            elements(&out).unwrap().contains(&"path".to_string()),
            "line {style}"
        );
    }
}

#[test]
fn a_grain_is_drawn_line_by_line_in_the_ground_where_the_raster_has_its_gaps() {
    let mark = |rect_css: [f32; 4], style: u32| Mark {
        rect_css,
        fill: rgba(9, 9, 9, 255),
        stroke: 0,
        style,
        datum: 0,
    };
    let path = |mark: Mark| {
        let out = svg(&Scene {
            size_css: [99.0; 2],
            ground: rgba(250, 240, 230, 255),
            marks: vec![mark],
            ..Scene::default()
        });
        elements(&out).unwrap();
        out.lines()
            .find(|line| line.starts_with("<path"))
            .unwrap_or_default()
            .to_string()
    };
    // A bar, a dot and a tile. The bar's dots stand on its edges, the tile's lines reach 5 px in.
    let (bar, dot, tile) = (
        [10.0, 20.0, 14.0, 30.0],
        [10.0, 10.0, 20.0, 20.0],
        [10.0, 10.0, 40.0, 24.0],
    );
    let stroke = |kind: u32| {
        if kind == 4 {
            " stroke-width=\"2\" stroke-linecap=\"round\" stroke-dasharray=\"0 4\""
        } else {
            ""
        }
    };
    for (kind, form, rect, d) in [
        (1, shape::RECT, bar, "M10 21H14M10 25H14M10 29H14"),
        (2, shape::RECT, bar, "M12 20V30"),
        (3, shape::RECT, bar, "M10 21H14M10 25H14M10 29H14M12 20V30"),
        (4, shape::RECT, bar, "M10 23H14M10 27H14"),
        (1, shape::ELLIPSE, dot, "M12 11H18M10 15H20M12 19H18"),
        (4, shape::ELLIPSE, dot, "M13 13H19.58M13 17H19.58"),
        (1, shape::RECT, tile, "M10 13H40M10 17H15M35 17H40M10 21H40"),
        (
            4,
            shape::RECT,
            tile,
            "M11 11H40M11 15H15M35 15H40M11 19H15M35 19H40M11 23H40",
        ),
    ] {
        let out = path(mark(rect, form | kind << 25 | 4 << 28));
        assert_eq!(
            out,
            format!(
                "<path d=\"{d}\"{} stroke=\"#faf0e6\" stroke-opacity=\"0.27\"/>",
                stroke(kind)
            ),
            "{kind}"
        );
        // With the system's colours the gaps go through.
        assert!(!path(mark(rect, form | kind << 25 | 15 << 28)).contains("opacity"));
    }
    assert_eq!(path(mark(tile, shape::RECT | 4 << 28)), "", "a plain one");
    // A hatch has its first line 3 px from the corner, and a line every 6 px.
    let hatch = Mark {
        stroke: rgba(1, 2, 3, 255),
        ..mark([10.0, 10.0, 30.0, 20.0], shape::RECT | pattern::HATCH << 4)
    };
    let lines = "M10 14.24L14.24 10M12.73 20L22.73 10M21.21 20L30 11.21M29.7 20L30 19.7";
    assert_eq!(
        path(hatch),
        format!("<path d=\"{lines}\" stroke-width=\"1.25\" stroke=\"#010203\"/>")
    );
}

#[test]
fn every_form_of_a_legend_is_drawn_with_its_words() {
    let key = |form: &str, count| LegendItem {
        key: "k".into(),
        label: format!("what {form} means"),
        color: rgba(1, 2, 3, 255),
        form: form.into(),
        count,
    };
    let drawn = |key: LegendItem, view: &View| {
        let scene = Scene {
            size_css: [100.0, 20.0],
            ..Scene::default()
        };
        paint(
            &Figure {
                scene,
                legend: vec![key],
                ..Figure::default()
            },
            view,
            &BARE,
        )
    };
    let view = View::default();
    let lines = [
        "solid",
        "thin",
        "double",
        "long-dash",
        "short-dash",
        "dotted",
        "wave",
        "ticks",
    ]
    .map(|line| format!("line-{line}"));
    let others = [
        "swatch",
        "soft",
        "hatch",
        "ring",
        "dashed",
        "diamond",
        "dot",
        "circle:7.5",
        "grain:41",
        "grain:44",
    ]
    .map(String::from);
    let mut seen = std::collections::HashSet::new();
    for form in lines.iter().chain(&others) {
        let out = drawn(key(form, None), &view);
        let shapes = elements(&out)
            .unwrap()
            .iter()
            .filter(|name| ["rect", "ellipse", "path"].contains(&name.as_str()))
            .count();
        assert!(
            shapes > 0 && out.contains(&format!("what {form} means</text>")),
            "{form}: {out}"
        );
        assert!(
            seen.insert(out.replace(form.as_str(), "")),
            "{form} looks like another form"
        );
    }
    assert!(
        drawn(key("circle:7.5", None), &view).contains("rx=\"6.75\""),
        "a circle has its radius"
    );
    // A switch with a swatch says nothing on paper, a line does unless it is off.
    assert!(!drawn(key("swatch", Some(3)), &view).contains("means"));
    assert!(
        drawn(key("line-wave", Some(3)), &view).contains("means")
            && drawn(key("grain:41", Some(3)), &view).contains("means")
    );
    assert!(
        !drawn(
            key("line-wave", Some(3)),
            &View {
                hidden: vec!["k".into()],
                ..View::default()
            }
        )
        .contains("means")
    );
}

#[test]
fn a_document_names_version_day_sources_and_credit_in_its_metadata_and_in_words() {
    let scene = Scene {
        size_css: [400.0, 50.0],
        ..Scene::default()
    };
    let source = Citation {
        text: "A report & more, 2024".into(),
        url: Some("https://example.org/?a=1&b=2".into()),
    };
    let picture = Figure {
        scene,
        title: "Title".into(),
        sources: vec![source],
        credit: "Credit: somebody".into(),
        ..Figure::default()
    };
    // The day after the 20,000th.
    let view = View {
        today: 20_001.0,
        lang: ai_atlas::data::Lang::En,
        ..View::default()
    };
    let out = paint(&picture, &view, &WHOLE);
    elements(&out).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    for part in [
        format!("<dc:creator>AI Atlas {version}</dc:creator>"),
        "<dc:date>2024-10-05</dc:date>".into(),
        "<dc:language>en</dc:language>".into(),
        "<dc:source>A report &amp; more, 2024 https://example.org/?a=1&amp;b=2</dc:source>".into(),
        "<dc:rights>Credit: somebody</dc:rights>".into(),
        format!(">AI Atlas {version} · 2024-10-05</text>"),
        ">Source: A report &amp; more, 2024</text>".into(),
        ">Credit: somebody</text>".into(),
    ] {
        assert!(out.contains(&part), "{part} is not in {out}");
    }
    let bare = paint(&picture, &view, &BARE);
    assert!(
        !bare.contains("<text") && !bare.contains("<metadata"),
        "the page has these words: {bare}"
    );
}

#[test]
fn a_font_cannot_leave_its_attribute_and_nothing_is_drawn_without_size_or_of_far_too_much() {
    let scene = Scene {
        size_css: [40.0, 40.0],
        ..Scene::default()
    };
    let mut picture = Figure {
        scene,
        ..Figure::default()
    };
    let out = paint(
        &picture,
        &View::default(),
        &Paper {
            font: "\"Noto\" onload=\"x",
            ..WHOLE
        },
    );
    assert!(
        out.contains("font-family=\"&quot;Noto&quot; onload=&quot;x\""),
        "{out}"
    );
    let mark = Mark {
        rect_css: [0.0, 0.0, 1.0, 1.0],
        fill: rgba(9, 9, 9, 255),
        stroke: 0,
        style: 0,
        datum: 0,
    };
    picture.scene.marks = vec![mark; MOST_ON_PAPER + 1];
    assert_eq!(paint(&picture, &View::default(), &BARE), "");
    assert!(paint(&picture, &View::default(), &WHOLE).len() > MOST_ON_PAPER * 20);
    for size_css in [[0.0, 10.0], [10.0, f32::NAN], [-1.0, 10.0]] {
        picture.scene.size_css = size_css;
        assert_eq!(paint(&picture, &View::default(), &WHOLE), "");
    }
}

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
