//! What the host asks and what it is answered: shapes, defaults, bounds.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]
#![cfg(not(target_arch = "wasm32"))]

use ai_atlas::abi::{NO_DATUM, rgba};
use ai_atlas::data::Lang;
use ai_atlas::error::{Code, Error, Issue, IssueKind};
use ai_atlas::protocol::{
    Act, Changes, LIMITS, Line, LoadReply, Packed, Picked, SceneReply, Table, Tooltip, ViewRequest,
};
use ai_atlas::scene::{AccessibleNode, Align, Label, Scene};
use ai_atlas::widget::{self, Change, Citation, Control, Figure, LegendItem, List, State};
use serde_json::{Value, from_str, to_value};

fn json(text: &str) -> Value {
    from_str(text).unwrap()
}

#[test]
fn a_view_of_which_nothing_is_said_has_its_defaults() {
    let view = ViewRequest::default().view(&[]);
    assert_eq!(
        (
            view.width_css,
            view.height_css,
            view.lang,
            view.dark,
            view.hover
        ),
        (0.0, 0.0, Lang::En, false, NO_DATUM)
    );
    assert!(view.from_day.is_nan() && view.to_day.is_nan() && view.today.is_nan() && !view.log);
    assert!(
        view.hidden.is_empty()
            && view.tab.is_empty()
            && view.selected.is_empty()
            && view.colors.is_empty()
    );
}

#[test]
fn a_view_is_what_the_host_says_within_bounds() {
    let request = ViewRequest {
        width: 1e9,
        height: -5.0,
        lang: "ko".into(),
        theme: "dark".into(),
        colors: vec![u32::MAX, 0],
        selected: "nvidia".into(),
        hover: Some(7.0),
        framework: "ubs".into(),
        from: "2024".into(),
        to: "2024-05-13T12:00:00.000".into(),
        today: Some(20_000.5),
        scale: "log".into(),
        hidden: vec!["a".into(), "b".into()],
        metrics: vec![0.5, -1.0],
        ..ViewRequest::default()
    };
    let view = request.view(&[]);
    assert_eq!(
        (
            view.width_css,
            view.height_css,
            view.lang,
            view.dark,
            view.hover
        ),
        (8192.0, 0.0, Lang::Ko, true, 7)
    );
    assert_eq!(
        (
            view.colors.as_slice(),
            view.selected.as_str(),
            view.tab.as_str()
        ),
        ([u32::MAX, 0].as_slice(), "nvidia", "ubs")
    );
    assert_eq!(
        (view.from_day, view.to_day, view.today, view.log),
        (19_723.0, 19_856.5, 20_000.5, true)
    );
    assert_eq!((view.hidden.len(), view.metrics.normal[0]), (2, 0.5));
    assert!(
        view.metrics.normal[1] > 0.0,
        "an advance below zero keeps its default"
    );
}

#[test]
fn an_act_is_a_word_and_what_belongs_to_it() {
    let act = |what: &str, key: Option<&str>, numbers: &[f64]| {
        Act::new(what, key.map(String::from), numbers)
    };
    assert_eq!(
        act("zoom", None, &[1.0, 2.0, 1e9]).unwrap().act(),
        Some(widget::Act::Zoom {
            at_css: [1.0, 2.0],
            factor: 1e3
        })
    );
    assert_eq!(
        act("drag", None, &[1.0, 2.0, 1e9, 4.0]).unwrap().act(),
        Some(widget::Act::Drag {
            from_css: [1.0, 2.0],
            to_css: [8192.0, 4.0]
        })
    );
    assert_eq!(
        act("open", None, &[3.0]).unwrap().act(),
        Some(widget::Act::Open { datum: 3 })
    );
    assert_eq!(
        act("show", None, &[-1.0]).unwrap().act(),
        Some(widget::Act::Show { datum: NO_DATUM })
    );
    assert_eq!(
        act("key", Some("PageUp"), &[3.0]).unwrap().act(),
        Some(widget::Act::Key {
            key: "PageUp",
            datum: 3
        })
    );
    for nowhere in [
        Act::Zoom([f64::NAN, 0.0, 1.0]),
        Act::Drag([0.0, 0.0, f64::INFINITY, 0.0]),
    ] {
        assert_eq!(nowhere.act(), None);
    }
    for (what, numbers) in [
        ("", &[][..]),
        ("jump", &[1.0]),
        ("zoom", &[1.0, 2.0]),
        ("key", &[3.0]),
        ("open", &[]),
        ("open", &[1.0, 2.0]),
    ] {
        assert_eq!(act(what, None, numbers), None, "{what} {numbers:?}");
    }
}

#[test]
fn an_answer_to_data_is_counts_and_issues_in_words_or_an_error_in_words() {
    let issue = Issue {
        place: "events[4]".into(),
        field: "date",
        line: 7,
        found: "x".into(),
        kind: IssueKind::BadDate,
    };
    let read = Ok(vec![issue; 300]);
    let reply = to_value(LoadReply::new(&read, 12, &[])).unwrap();
    assert_eq!(
        (&reply["rows"], &reply["count"]),
        (&json("12"), &json("300"))
    );
    let issues = reply["issues"].as_array().unwrap();
    assert_eq!(
        (issues.len(), &issues[0]["place"], &issues[0]["field"]),
        (200, &json(r#""events[4]""#), &json(r#""date""#))
    );
    assert!(["ko", "en"].iter().all(|lang| {
        issues[0][lang]
            .as_str()
            .is_some_and(|words| !words.is_empty())
    }));

    let reply = to_value(LoadReply::failed(&Error::new(Code::NotJson, "1:7"), &[])).unwrap();
    assert_eq!(
        (&reply["error"]["code"], &reply["error"]["detail"]),
        (&json(r#""not-json""#), &json(r#""1:7""#))
    );
    assert!(
        reply["error"]["ko"]
            .as_str()
            .is_some_and(|words| words.contains("1:7") || !words.is_empty())
    );
    assert!(reply.get("rows").is_none());
}

#[test]
fn small_answers_have_the_shapes_that_pages_know() {
    let changes = |changes: &[Change]| to_value(Changes::new(changes.to_vec())).unwrap();
    assert_eq!(changes(&[]), json(r#"{"state": {}}"#));
    let all = [
        Change::From(None),
        Change::To(None),
        Change::At([0.0, 0.0, 1.0]),
        Change::Groups(Vec::new()),
        Change::Zoom([1.0, 0.0, 0.0]),
        Change::Table(String::new()),
    ];
    assert_eq!(
        changes(&all),
        json(r#"{"from": "", "to": "", "table": "", "state": {"at": "", "open": "", "zoom": ""}}"#)
    );
    let near = [
        Change::At([100.0, 50.0, 2.5]),
        Change::Groups(vec!["3".into(), "4/1".into()]),
        Change::Zoom([2.0, 0.25, 0.125]),
    ];
    assert_eq!(
        changes(&near),
        json(r#"{"state": {"at": "100 50 250", "open": "3 4/1", "zoom": "2000 250000 125000"}}"#)
    );
    let inside = [
        Change::Table("hbm".into()),
        Change::Node(Some((7, 2))),
        Change::From(Some(19_856.25)),
        Change::To(Some(19_857.0)),
    ];
    let told = r#"{"table": "hbm", "from": "2024-05-13T06:00:00.000", "to": "2024-05-14T00:00:00.000", "state": {"open": "7~2"}}"#;
    assert_eq!(changes(&inside), json(told));
    assert_eq!(
        changes(&[Change::Node(Some((7, 0)))]),
        json(r#"{"state": {"open": "7"}}"#)
    );
    assert_eq!(
        to_value(Line::all(&[(3, "a".into()), (NO_DATUM, "b".into())]))
            .unwrap()
            .to_string(),
        r#"[[3.0,"a"],[-1.0,"b"]]"#
    );
    assert_eq!(
        to_value(Picked::new(None, false)).unwrap().to_string(),
        r#"{"datum":-1.0,"opens":false}"#
    );
    let limits = to_value(LIMITS).unwrap();
    assert!(
        ["bytes", "objects", "values", "rows"]
            .iter()
            .all(|key| limits[key].as_u64().is_some_and(|most| most > 1000))
    );
    let table = widget::Table {
        caption: "c".into(),
        head: vec!["h".into()],
        rows: vec![vec!["1".into()]],
    };
    assert_eq!(
        to_value(Table::from(&table)).unwrap(),
        json(r#"{"caption": "c", "head": ["h"], "rows": [["1"]]}"#)
    );
    let card = widget::Tooltip {
        title: "t".into(),
        rows: vec![("a".into(), "b".into())],
        cites: vec![Citation {
            text: "s".into(),
            url: None,
        }],
        ..widget::Tooltip::default()
    };
    let expected = r#"{"datum": 4, "entity": null, "title": "t", "value": "", "share": "", "date": "", "note": "", "status": [], "rows": [["a", "b"]], "cites": [{"text": "s", "url": null}]}"#;
    assert_eq!(to_value(Tooltip::new(4, &card)).unwrap(), json(expected));
}

#[test]
fn a_scene_has_the_words_around_it_and_its_legend_controls_and_lists() {
    let picture = Figure {
        scene: Scene {
            size_css: [680.004, 12.346],
            ..Scene::default()
        },
        title: "t".into(),
        choose: "choose".into(),
        howto: "read".into(),
        keys: "+ -",
        legend: vec![
            LegendItem {
                key: "k".into(),
                label: "l".into(),
                color: rgba(1, 0xab, 255, 255),
                form: "swatch".into(),
                count: Some(0),
            },
            LegendItem {
                key: String::new(),
                label: "m".into(),
                color: rgba(1, 2, 3, 0x80),
                form: "none".into(),
                count: None,
            },
        ],
        controls: vec![Control {
            key: "table",
            label: "n".into(),
            kind: "tabs",
            options: vec![("a".into(), "A".into())],
            value: "a".into(),
        }],
        lists: vec![List {
            title: "u".into(),
            lines: vec![(1, "v".into())],
        }],
        ..Figure::default()
    };
    let reply = to_value(SceneReply::new(&picture, &|_| false)).unwrap();
    let number = |key: &str| reply[key].as_f64();
    assert_eq!(
        (number("width"), number("height")),
        (Some(680.0), Some(12.35))
    );
    assert_eq!(reply["howto"], json(r#""choose read""#));
    assert_eq!(
        reply["legend"],
        json(
            r##"[{"key": "k", "label": "l", "form": "swatch", "color": "#01abff", "count": 0}, {"key": "", "label": "m", "form": "none", "color": "#01020380"}]"##
        )
    );
    assert_eq!(
        reply["controls"],
        json(
            r#"[{"key": "table", "label": "n", "kind": "tabs", "value": "a", "options": [["a", "A"]]}]"#
        )
    );
    assert_eq!(
        reply["lists"].to_string(),
        r#"[{"lines":[[1.0,"v"]],"title":"u"}]"#
    );
    let keys = "width height title subline takeaway howto credit notes groups sources legend labels outline status keys zooms moved controls lists";
    let mut expected: Vec<&str> = keys.split(' ').collect();
    let mut found: Vec<&String> = reply.as_object().unwrap().keys().collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

/// Numbers and texts of a packed list.
fn open(packed: &Packed) -> (Vec<f64>, Vec<String>) {
    let value = to_value(packed).unwrap();
    let bytes: Vec<u8> = value["numbers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|byte| byte.as_u64().unwrap() as u8)
        .collect();
    let numbers = bytes
        .as_chunks::<8>()
        .0
        .iter()
        .map(|eight| f64::from_le_bytes(*eight))
        .collect();
    let mut texts: Vec<String> = value["texts"]
        .as_str()
        .unwrap()
        .split('\0')
        .map(str::to_string)
        .collect();
    assert_eq!(texts.pop().as_deref(), Some(""), "every text ends in a NUL");
    (numbers, texts)
}

#[test]
fn labels_are_nine_numbers_and_a_text_each() {
    let label = |align, bold, text: &str| Label {
        rect_css: [1.004, 2.006, 11.004, f32::NAN],
        text: text.into(),
        size_css: 12.0,
        bold,
        italic: !bold,
        align,
        color: rgba(1, 2, 3, 255),
        lines: 2,
        datum: if bold { 16_777_217 } else { NO_DATUM },
    };
    let (numbers, texts) = open(&Packed::labels(&[
        label(Align::Start, true, "a\0b"),
        label(Align::End, false, ""),
    ]));
    let ink = f64::from(rgba(1, 2, 3, 255));
    assert_eq!(
        numbers,
        [
            1.0,
            2.01,
            10.0,
            0.0,
            12.0,
            2.0,
            16_777_217.0,
            ink,
            1.0,
            1.0,
            2.01,
            10.0,
            0.0,
            12.0,
            2.0,
            -1.0,
            ink,
            10.0
        ]
    );
    assert_eq!(texts, ["ab", ""]);
}

#[test]
fn stops_of_the_keyboard_are_sixteen_numbers_and_their_texts_each() {
    let node = |datum, entity: Option<&str>, lines: &[&str]| AccessibleNode {
        datum,
        rect_css: [0.0, 0.0, 4.5, 5.0],
        name: "Samsung, 40 %".into(),
        lines: lines.iter().map(|line| line.to_string()).collect(),
        neighbor_lines: [0, 1, NO_DATUM, NO_DATUM],
        key: "삼성".into(),
        entity: entity.map(str::to_string),
        group: 2,
        neighbors: [NO_DATUM, 9, 8, 7],
    };
    let (numbers, texts) = open(&Packed::outline(
        &[node(5, Some("samsung"), &["x", "y"]), node(6, None, &[])],
        &|row| row == 6,
    ));
    let common = [
        0.0, 0.0, 4.5, 5.0, 2.0, -1.0, 9.0, 8.0, 7.0, 0.0, 1.0, -1.0, -1.0,
    ];
    let expected: Vec<f64> = [
        [5.0].as_slice(),
        &common,
        &[2.0, 2.0],
        &[6.0],
        &common,
        &[0.0, 1.0],
    ]
    .concat();
    assert_eq!(numbers, expected);
    assert_eq!(
        texts,
        [
            "Samsung, 40 %",
            "삼성",
            "ㅅㅅ",
            "samsung",
            "x",
            "y",
            "Samsung, 40 %",
            "삼성",
            "ㅅㅅ"
        ]
    );
}

#[test]
fn what_readers_have_set_is_read_from_saved_views_and_written_as_it_was() {
    let pairs = [
        ("at", "100 50 200"),
        ("open", "3 7"),
        ("country", "KR"),
        ("kind", "company"),
        ("zoom", "1234 700 12345"),
        ("lanes", "org"),
        ("least", "1e9"),
        ("type", "round"),
        ("org", "OpenAI"),
        ("layer", "model"),
        ("lane", "x"),
    ];
    let state = State::from_pairs(pairs);
    assert_eq!(state.value_chain.at, [100.0, 50.0, 2.0]);
    assert_eq!(
        (state.market_share.zoom[0], state.funding_timeline.least),
        (1.234, 1e9)
    );
    let written = state.to_pairs();
    for (key, value) in pairs {
        assert!(
            written.contains(&(key, value.to_string())),
            "{key}: {written:?}"
        );
    }
    assert_eq!(State::from_pairs(written.clone()), state);
    // What opens a group of a chain and what opens a part of a treemap bear one key.
    let part = State::from_pairs([("open", "12~40")]);
    assert_eq!(
        (part.market_share.open, part.to_pairs()),
        (Some((12, 40)), vec![("open", "12~40".to_string())])
    );
    // An empty text takes a key away, and so does one that says nothing.
    let mut gone = state;
    for (key, _) in pairs {
        gone.set(key, "");
    }
    assert_eq!(gone, State::default());
    assert_eq!(
        State::from_pairs([
            ("at", "x"),
            ("zoom", "-"),
            ("lanes", "zz"),
            ("least", "1"),
            ("view", "all")
        ]),
        State::default()
    );
    assert!(State::default().to_pairs().is_empty());
}
