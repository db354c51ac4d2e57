//! What anyone's own value chain looks like where no layer is given: columns that follow from the
//! relations, all of the width, no name or colour that nobody gave.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::Lang;
use ai_atlas::widget::{Figure, View, Widget, make};

fn view(width: f32) -> View {
    View {
        lang: Lang::En,
        hover: NO_DATUM,
        ..View::wide(width)
    }
}

fn chain(fields: &str) -> Box<dyn Widget> {
    let mut widget = make("value-chain").unwrap();
    let file = format!(r#"{{"kind":"ai-atlas/value-chain",{fields}}}"#);
    widget.load(file.as_bytes()).unwrap();
    widget
}

fn links(pairs: &[(usize, usize)]) -> String {
    let rows: Vec<String> = pairs
        .iter()
        .map(|(from, to)| format!(r#"{{"from":"n{from}","to":"n{to}"}}"#))
        .collect();
    format!(r#""links":[{}]"#, rows.join(","))
}

/// Box and name of each organisation.
fn chips(picture: &Figure) -> Vec<(String, [f32; 4])> {
    let nodes = picture.scene.outline.iter();
    nodes
        .map(|node| (node.key.clone(), node.rect_css))
        .collect()
}

fn left(picture: &Figure, name: &str) -> f32 {
    let chips = chips(picture);
    let found = chips.iter().find(|(key, _)| key.as_str() == name);
    found.unwrap_or_else(|| panic!("{name} in {chips:?}")).1[0]
}

#[test]
fn sources_stand_left_and_sinks_right() {
    // A diamond with a long way, and a sink of the first.
    let pairs = [(0, 1), (1, 2), (2, 3), (0, 3), (4, 3), (0, 5)];
    let picture = chain(&links(&pairs)).picture(&view(1200.0));
    let x = |node: usize| left(&picture, &format!("n{node}"));
    for (from, to) in pairs {
        assert!(x(from) < x(to), "n{from} → n{to}");
    }
    assert_eq!(x(4), x(0));
    assert_eq!(x(5), x(3));
}

#[test]
fn a_chain_of_six_fills_the_width_at_any_size() {
    let widget = chain(&links(&[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]));
    for width in [320.0, 360.0, 680.0, 1200.0] {
        let picture = widget.picture(&view(width));
        let all = chips(&picture);
        assert_eq!(all.len(), 6);
        let first = all.iter().map(|(_, r)| r[0]).fold(f32::MAX, f32::min);
        let last = all.iter().map(|(_, r)| r[2]).fold(0.0, f32::max);
        assert!(
            first <= 2.0 && last >= width - 2.0 && last <= width + 0.5,
            "{width}: {all:?}"
        );
        assert!(picture.scene.size_css[1] < 400.0);
    }
    let wide = widget.picture(&view(1200.0));
    let mut lefts: Vec<f32> = chips(&wide).iter().map(|(_, r)| r[0]).collect();
    lefts.dedup();
    assert_eq!(lefts.len(), 6);
}

#[test]
fn more_steps_than_the_width_holds_stand_below_each_other_and_none_outside() {
    let pairs: Vec<(usize, usize)> = (0..40).map(|at| (at, at + 1)).collect();
    for width in [320.0, 680.0, 1200.0] {
        let picture = chain(&links(&pairs)).picture(&view(width));
        let all = chips(&picture);
        assert_eq!(all.len(), 41);
        for (name, rect) in &all {
            assert!(
                rect[0] >= -0.5 && rect[2] <= width + 0.5,
                "{name} {rect:?} in {width}"
            );
        }
        let mut columns: Vec<i32> = all.iter().map(|(_, r)| r[0] as i32).collect();
        columns.sort_unstable();
        columns.dedup();
        assert!(
            columns.len() as f32 >= width / 170.0,
            "{columns:?} in {width}"
        );
        for pair in pairs.windows(2) {
            let place = |node: usize| {
                let found = all
                    .iter()
                    .find(|(key, _)| *key == format!("n{node}"))
                    .unwrap()
                    .1;
                (found[0], found[1])
            };
            assert!(place(pair[0].0) < place(pair[0].1));
        }
    }
}

#[test]
fn a_circle_ends_and_what_is_no_part_of_it_leads_on() {
    let pairs = [(0, 1), (1, 2), (2, 1), (2, 3), (3, 4), (4, 2)];
    let picture = chain(&links(&pairs)).picture(&view(1200.0));
    let x = |node: usize| left(&picture, &format!("n{node}"));
    assert!(x(0) < x(1).min(x(2)).min(x(3)).min(x(4)));
    let backward = pairs.iter().filter(|(from, to)| x(*from) >= x(*to)).count();
    assert!((1..=2).contains(&backward), "{backward}");
    let mut all: Vec<f32> = (0..5).map(x).collect();
    all.sort_by(f32::total_cmp);
    all.dedup();
    assert!(all.len() >= 4, "{all:?}");
}

#[test]
fn no_heading_no_colour_and_no_legend_speak_of_a_layer_that_nobody_gave() {
    let picture = chain(&links(&[(0, 1), (1, 2)])).picture(&view(1200.0));
    let labels: Vec<&str> = picture.scene.labels.iter().map(|l| &*l.text).collect();
    assert_eq!(labels, ["n0", "n1", "n2"]);
    assert!(
        picture
            .legend
            .iter()
            .all(|key| !key.key.starts_with("layer:"))
    );
    assert!(!picture.howto.contains("main layer"), "{}", picture.howto);
    assert!(picture.howto.contains("No layers are given"));
    // A box and nothing in it but its name.
    for datum in 0..3 {
        let marks = picture.scene.marks.iter().filter(|m| m.datum == datum);
        assert_eq!(marks.count(), 1);
    }
}

#[test]
fn relations_without_a_direction_give_left_and_right_no_meaning() {
    let file = r#""links":[{"from":"a","to":"b","type":"partners"}]"#;
    let picture = chain(file).picture(&view(680.0));
    assert!(picture.howto.contains("no direction"), "{}", picture.howto);
}

#[test]
fn layers_that_are_given_stay() {
    let file = r#""links":[{"from":"a","from_layer":"infra","to":"b","to_layer":"model"},{"from":"b","to":"c"}]"#;
    let picture = chain(file).picture(&view(1200.0));
    assert!(
        picture
            .scene
            .labels
            .iter()
            .any(|l| l.text == "Infrastructure")
    );
    assert!(picture.howto.contains("main layer"));
}

#[test]
fn organisations_without_relations_stand_apart_and_a_chain_without_any_says_so() {
    let file =
        r#""entities":[{"name":"a"},{"name":"b"},{"name":"lone"}],"links":[{"from":"a","to":"b"}]"#;
    let picture = chain(file).picture(&view(680.0));
    assert!(
        picture
            .scene
            .labels
            .iter()
            .any(|l| l.text == "No relations")
    );
    assert_eq!(chips(&picture).len(), 3);
    let none = chain(r#""entities":[{"name":"a"},{"name":"b"},{"name":"c"}]"#);
    for width in [360.0, 1200.0] {
        let picture = none.picture(&view(width));
        assert_eq!(
            picture.takeaway,
            "The data give no relations, so there are no lines."
        );
        let right = chips(&picture)
            .iter()
            .map(|(_, r)| r[2])
            .fold(0.0, f32::max);
        assert!(right >= width - 2.0, "{right} of {width}");
        assert!(
            !picture
                .notes
                .iter()
                .any(|note| note.contains("relation is as wide"))
        );
    }
}

#[test]
fn a_name_that_cannot_be_broken_neither_widens_the_picture_nor_disappears() {
    let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    let layered = format!(
        r#""links":[{{"from":"a","from_layer":"infra","to":"{long}","to_layer":"model"}}]"#
    );
    let free = format!(r#""links":[{{"from":"a","to":"{long}"}}]"#);
    for file in [layered, free] {
        for width in [320.0, 680.0, 1200.0] {
            let picture = chain(&file).picture(&view(width));
            let names: Vec<&str> = picture.scene.labels.iter().map(|l| &*l.text).collect();
            let begins = |name: &&&str| {
                let beginning = name.strip_suffix('…').unwrap_or("");
                beginning.len() > 4 && long.starts_with(beginning)
            };
            assert!(names.iter().any(|name| begins(&name)), "{width}: {names:?}");
            for (name, rect) in chips(&picture) {
                assert!(rect[2] <= width + 0.5, "{name}: {rect:?} in {width}");
            }
        }
    }
}

#[test]
fn a_great_many_organisations_without_layers_are_laid_out_in_time() {
    let pairs: Vec<(usize, usize)> = (0..6_000).map(|at| (at / 3, at + 1)).collect();
    let started = std::time::Instant::now();
    let picture = chain(&links(&pairs)).picture(&view(1200.0));
    assert_eq!(chips(&picture).len(), 6_001);
    // They stand in one column, of which nothing is said but that.
    assert!(
        picture.howto.contains("too many relations"),
        "{}",
        picture.howto
    );
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
