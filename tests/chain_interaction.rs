//! What a reader does in a value chain: coming nearer, looking around, pointing, searching.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[path = "common/chain.rs"]
mod common;

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::Lang;
use ai_atlas::scene::Scene;
use ai_atlas::widget::{Act, Figure, State, View};
use common::{samples, shipped, view};

#[test]
fn standing_nearer_moves_and_never_leaves_the_picture() {
    let widget = shipped();
    let mut view = view(1200.0, Lang::En);
    let set = |view: &mut View, act: Act<'_>| {
        for change in widget.act(view, &act) {
            view.change(change);
        }
    };
    assert!(
        widget
            .act(
                &view,
                &Act::Drag {
                    from_css: [0.0, 0.0],
                    to_css: [50.0, 50.0]
                }
            )
            .is_empty(),
        "a finger on the whole picture scrolls the page"
    );
    set(
        &mut view,
        Act::Zoom {
            at_css: [600.0, 300.0],
            factor: 2.0,
        },
    );
    let near = widget.picture(&view);
    assert!(near.moved && near.scene.size_css[0] == 1200.0);
    for label in &near.scene.labels {
        let r = label.rect_css;
        assert!(
            r[0] >= -1.0 && r[2] <= 1201.0 && r[1] >= -1.0 && r[3] <= near.scene.size_css[1] + 1.0,
            "{label:?}"
        );
    }
    set(
        &mut view,
        Act::Drag {
            from_css: [500.0, 300.0],
            to_css: [100.0, 100.0],
        },
    );
    let moved = widget.picture(&view);
    assert_ne!(
        (moved.scene.viewport, moved.scene.labels.len()),
        (near.scene.viewport, near.scene.labels.len())
    );
    assert!(
        moved.scene.marks == near.scene.marks && moved.scene.ribbons == near.scene.ribbons,
        "looking around sends nothing to the GPU"
    );
    // The same view by a widget that has not been asked before.
    assert_eq!(shipped().picture(&view).scene, moved.scene);
    // A view that is laid out otherwise is not taken for the same.
    let mut dark = view.clone();
    dark.dark = true;
    assert_ne!(widget.picture(&dark).scene.marks, moved.scene.marks);
    set(
        &mut view,
        Act::Zoom {
            at_css: [0.0, 0.0],
            factor: 0.1,
        },
    );
    assert!(
        view.state == State::default() && !widget.picture(&view).moved,
        "{:?}",
        view.state
    );
}

#[test]
fn a_place_that_cannot_be_read_is_the_beginning_and_the_picture_keeps_its_size() {
    let widget = shipped();
    let mut view = view(1200.0, Lang::En);
    for hostile in [
        "",
        "x",
        "1 2",
        "-5 3 200",
        "4294967295 4294967295 800",
        "99999999999999 0 100000",
    ] {
        view.state = State::from_pairs([("at", hostile)]);
        assert!(
            widget.picture(&view).scene.size_css[0] == 1200.0,
            "{hostile}"
        );
    }
}

#[test]
fn what_lies_at_a_place_is_found_where_it_is_seen() {
    let widget = shipped();
    let mut view = view(1200.0, Lang::En);
    view.state = State::from_pairs([("at", "1000 500 200")]);
    let moved = widget.picture(&view);
    let node = moved.scene.outline.iter().find(|n| {
        n.rect_css[0] > 200.0
            && n.rect_css[2] < 1000.0
            && n.rect_css[1] > 100.0
            && n.rect_css[3] < 500.0
    });
    let node = node.unwrap_or_else(|| unreachable!());
    let middle = [
        (node.rect_css[0] + node.rect_css[2]) / 2.0,
        (node.rect_css[1] + node.rect_css[3]) / 2.0,
    ];
    assert_eq!(widget.pick(&moved, middle), Some(node.datum));
    let ribbon = moved.scene.viewport.ribbon(&moved.scene.ribbons[0]);
    let alone = Figure {
        scene: Scene {
            marks: Vec::new(),
            under: 0,
            ..moved.scene.clone()
        },
        ..Figure::default()
    };
    assert!(
        widget
            .pick(&alone, [ribbon.start_css[0], ribbon.start_css[1] + 1.0])
            .is_some()
    );
}

#[test]
fn what_is_picked_is_what_lies_there() {
    let widget = shipped();
    for width in [360.0, 1200.0] {
        let picture = widget.picture(&view(width, Lang::En));
        let (mut same, mut all) = (0, 0);
        for ribbon in &picture.scene.ribbons {
            // A third along, so that neither an arrow nor a diamond lies over it.
            let Some([x, y]) = samples(ribbon).nth(9) else {
                continue;
            };
            let Some(found) = widget.pick(&picture, [x, y]) else {
                panic!("nothing at {x} {y} of {ribbon:?}")
            };
            all += 1;
            same += u32::from(found == ribbon.datum || picture.scene.pick([x, y]) == Some(found));
        }
        assert!(same * 100 >= all * 97, "{width}: {same} of {all}");
        assert_eq!(widget.pick(&picture, [-50.0, 10.0]), None);
        assert_eq!(widget.pick(&picture, [f32::NAN, f32::NAN]), None);
    }
}

#[test]
fn what_is_found_out_of_the_window_comes_into_it() {
    let widget = shipped();
    let mut view = view(1200.0, Lang::En);
    let place = |view: &View, datum: u32| {
        widget
            .picture(view)
            .scene
            .outline
            .iter()
            .find(|n| n.datum == datum)
            .map(|n| n.rect_css)
            .unwrap_or_default()
    };
    let found = widget.find("Naver", Lang::En)[0].0;
    assert!(widget.act(&view, &Act::Show { datum: found }).is_empty());
    view.state = State::from_pairs([("at", "0 3000 400")]);
    assert!(place(&view, found)[1] < 0.0);
    for change in widget.act(&view, &Act::Show { datum: found }) {
        view.change(change);
    }
    let ([left, top, right, bottom], [width, height]) =
        (place(&view, found), widget.picture(&view).scene.size_css);
    assert!(
        left >= 0.0 && top >= 0.0 && right <= width && bottom <= height,
        "{left} {top} {right} {bottom}"
    );
    assert!(
        widget.act(&view, &Act::Show { datum: found }).is_empty()
            && widget.act(&view, &Act::Show { datum: NO_DATUM }).is_empty()
    );
}

#[test]
fn organisations_are_found_by_name_by_alias_and_by_initial_consonants() {
    let widget = shipped();
    let found = |words: &str, lang: Lang| -> Vec<String> {
        widget.find(words, lang).into_iter().map(|f| f.1).collect()
    };
    assert_eq!(found("ㅅㅅ", Lang::Ko)[0], "삼성전자");
    assert_eq!(found("삼성", Lang::Ko)[0], "삼성전자");
    assert_eq!(found("nvid", Lang::En), ["NVIDIA"]);
    assert_eq!(found("NVIDIA", Lang::Ko), ["엔비디아"]);
    assert!(
        found("삼선", Lang::Ko).is_empty(),
        "whole syllables are compared whole"
    );
    assert!(found("", Lang::Ko).is_empty() && found("   ", Lang::Ko).is_empty());
    assert!(found("a", Lang::En).len() <= 20);
}
