//! What a reader does in the treemap: open, leave, walk with arrows, find.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says what is wrong by failing"
)]

#[path = "common/treemap.rs"]
mod common;

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::Lang;
use ai_atlas::widget::{Act, State, View};
use common::{NESTED, applied, big, datum, of, shipped, view};

const ESCAPE: Act<'_> = Act::Key {
    key: "Escape",
    datum: NO_DATUM,
};

#[test]
fn a_group_is_opened_by_its_header_and_escape_leads_back() {
    let widget = of(NESTED);
    let start = view(1000.0, Lang::En);
    let picture = widget.picture(&start);
    let asia = datum(&picture, "Asia");
    assert!(widget.opens(&start, asia) && !widget.opens(&start, datum(&picture, "A")));
    let inside = applied(&start, widget.act(&start, &Act::Open { datum: asia }));
    let picture = widget.picture(&inside);
    let crumbs = picture
        .controls
        .iter()
        .find(|c| c.kind == "crumbs")
        .unwrap();
    assert_eq!(
        crumbs
            .options
            .iter()
            .map(|o| o.1.as_str())
            .collect::<Vec<_>>(),
        ["World", "Asia"]
    );
    assert!(
        picture.scene.outline.iter().all(|node| node.key != "D"),
        "Europe is not shown"
    );
    assert!(
        picture.status.contains("Asia") && picture.status.contains('3'),
        "{}",
        picture.status
    );
    let korea = datum(&picture, "Korea");
    let korea = applied(&inside, widget.act(&inside, &Act::Open { datum: korea }));
    let picture = widget.picture(&korea);
    assert_eq!(
        picture
            .scene
            .outline
            .iter()
            .map(|n| n.key.as_str())
            .collect::<Vec<_>>(),
        ["A", "B"]
    );
    let back = applied(&korea, widget.act(&korea, &ESCAPE));
    assert_eq!(back.state.market_share.open, inside.state.market_share.open);
    let back = applied(&back, widget.act(&back, &ESCAPE));
    assert_eq!(back.state.market_share.open, None);
    assert!(widget.act(&back, &ESCAPE).is_empty());
    let card = widget.tooltip(asia, Lang::En).unwrap();
    assert_eq!(
        (card.title.as_str(), card.value.as_str()),
        ("Asia", "60 companies")
    );
}

#[test]
fn arrows_lead_to_children_parents_and_siblings() {
    let picture = of(NESTED).picture(&view(1000.0, Lang::En));
    let node = |key: &str| {
        picture
            .scene
            .outline
            .iter()
            .find(|node| node.key == key)
            .unwrap()
    };
    let go = |key: &str, way: usize| node(key).neighbors[way];
    assert_eq!(go("Asia", 3), datum(&picture, "Korea"));
    assert_eq!(go("Korea", 2), datum(&picture, "Asia"));
    assert_eq!(go("A", 1), datum(&picture, "B"));
    assert_eq!(go("B", 2), datum(&picture, "Korea"));
    assert_eq!(go("Asia", 1), datum(&picture, "Europe"));
}

#[test]
fn views_that_make_no_sense_are_whole_tables() {
    for widget in [of(NESTED), big(300, 4), shipped()] {
        let start = view(700.0, Lang::En);
        let plain = widget.picture(&start).scene;
        for (key, value) in [
            ("open", "x"),
            ("open", "99999999"),
            ("open", "1~99999"),
            ("open", "~"),
            ("open", "-1"),
            ("zoom", "x y"),
            ("zoom", "1 2 3 4"),
        ] {
            assert_eq!(
                widget
                    .picture(&View {
                        state: State::from_pairs([(key, value)]),
                        ..start.clone()
                    })
                    .scene
                    .marks,
                plain.marks,
                "{key}={value}"
            );
        }
        for zoom in [
            "64000 999999 999999",
            "4294967295 4294967295 4294967295",
            "64000 0 0",
        ] {
            let picture = widget.picture(&View {
                state: State::from_pairs([("zoom", zoom)]),
                ..start.clone()
            });
            assert!(
                picture
                    .scene
                    .marks
                    .iter()
                    .all(|m| m.rect_css.iter().all(|v| v.is_finite()))
            );
        }
        for act in [
            Act::Zoom {
                at_css: [f32::NAN, 0.0],
                factor: 2.0,
            },
            Act::Zoom {
                at_css: [1.0, 1.0],
                factor: f32::INFINITY,
            },
            Act::Drag {
                from_css: [-8e3, 8e3],
                to_css: [8e3, f32::NAN],
            },
            Act::Open {
                datum: u32::MAX - 1,
            },
            Act::Open { datum: 0 },
        ] {
            widget.picture(&applied(&start, widget.act(&start, &act)));
        }
    }
}

#[test]
fn a_name_is_found_by_its_beginning_its_middle_and_its_initials() {
    let widget = shipped();
    let names = |words: &str| -> Vec<String> {
        widget
            .find(words, Lang::Ko)
            .into_iter()
            .map(|f| f.1)
            .collect()
    };
    assert!(names("삼성").contains(&"삼성전자".to_string()));
    assert!(names("ㅅㅅ").contains(&"삼성전자".to_string()));
    assert!(names("하이닉스").iter().any(|n| n.contains("하이닉스")));
    assert!(names("zzzz").is_empty() && names("a").len() <= 20);
    assert!(big(100_000, 10).find("leaf 77", Lang::En).len() == 20);
}

#[test]
fn what_was_found_out_of_sight_comes_into_sight() {
    let widget = big(100_000, 10);
    let start = view(960.0, Lang::En);
    let drawn = |view: &View, datum: u32| {
        widget
            .picture(view)
            .scene
            .marks
            .iter()
            .any(|m| m.datum == datum)
    };
    let small = (0..100_000).find(|&d| !drawn(&start, d)).unwrap();
    let there = applied(&start, widget.act(&start, &Act::Show { datum: small }));
    let group = there.state.market_share.open.unwrap().0.to_string();
    // The leaf's own group is open: it is one of ten thousand in it.
    let crumbs = widget
        .picture(&there)
        .controls
        .into_iter()
        .find(|c| c.kind == "crumbs")
        .unwrap();
    assert_eq!(
        (group, crumbs.options.last().unwrap().1.as_str()),
        (crumbs.value, "Group 0"),
        "{small}"
    );
    let large = (0..100_000).find(|&d| drawn(&start, d)).unwrap();
    assert!(widget.act(&start, &Act::Show { datum: large }).is_empty());
    assert!(
        widget
            .act(&start, &Act::Show { datum: NO_DATUM })
            .is_empty()
    );

    let board = shipped();
    let start = view(1200.0, Lang::En);
    let hidden = (0..10_000)
        .find(|&d| {
            board.tooltip(d, Lang::En).is_some()
                && !board
                    .picture(&start)
                    .scene
                    .marks
                    .iter()
                    .any(|m| m.datum == d)
        })
        .unwrap();
    let there = applied(&start, board.act(&start, &Act::Show { datum: hidden }));
    assert_ne!(there.tab, start.tab);
    assert!(
        board
            .picture(&there)
            .scene
            .marks
            .iter()
            .any(|m| m.datum == hidden),
        "{}",
        there.tab
    );
}
