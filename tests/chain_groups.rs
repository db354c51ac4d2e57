//! Large chains, in columns: groups, how they open, and in what order they stand.
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
use ai_atlas::widget::{Act, Figure, State, View};
use common::{columns, drawn_crossings, drawn_lines, empty, shipped, tied_columns, view};

#[test]
fn twenty_to_a_hundred_thousand_organisations_are_shown_and_groups_open() {
    for nodes in [1, 20, 140, 1000, 100_000] {
        let mut widget = empty();
        let left_out = widget
            .columns(columns(nodes))
            .map_err(|e| e.code().to_string());
        assert!(left_out.is_ok(), "{nodes}: {left_out:?}");
        let mut view = view(1200.0, Lang::En);
        let picture = widget.picture(&view);
        let labels = picture.scene.labels.len();
        assert!(
            labels > 0 && labels < 1000 && picture.scene.marks.len() < 5000,
            "{nodes}: {labels}"
        );
        assert_eq!(
            picture
                .scene
                .labels
                .iter()
                .any(|l| l.text.starts_with("Org")),
            nodes <= 150,
            "{nodes}"
        );
        if nodes <= 150 {
            continue;
        }
        // A group opens to countries or organisations, and closes again by the crumbs.
        let group = (0..500)
            .find(|&d| widget.opens(&view, d))
            .unwrap_or(NO_DATUM);
        for change in widget.act(&view, &Act::Open { datum: group }) {
            view.change(change);
        }
        assert!(!view.state.value_chain.open.is_empty());
        let opened = widget.picture(&view);
        assert!(
            opened.scene.outline.len() > picture.scene.outline.len(),
            "{nodes}"
        );
        assert!(
            opened.moved
                && opened
                    .controls
                    .iter()
                    .any(|c| c.kind == "crumbs" && c.options.len() == 2),
            "{nodes}"
        );
        assert!(widget.find("org 7", Lang::En).len() > 1);
        // Every picked point has an answer quickly; see the bench for the time.
        let hits = (0..1000)
            .filter(|i| {
                widget
                    .pick(&opened, [(i % 40) as f32 * 30.0, (i / 40) as f32 * 20.0])
                    .is_some()
            })
            .count();
        assert!(hits > 100, "{hits}");
    }
}

#[test]
fn columns_that_do_not_fit_are_refused_and_the_last_picture_stays() {
    let mut widget = shipped();
    let before = widget.picture(&view(800.0, Lang::Ko)).scene;
    for (wrong, code) in [
        ("nodes.layer", "bad-columns"),
        ("links.to", "bad-columns"),
        ("nodes.label", "empty"),
    ] {
        let given = columns(50)
            .into_iter()
            .filter(|c| c.name != wrong)
            .collect();
        assert_eq!(
            widget.columns(given).map_err(|e| e.code()),
            Err(code),
            "{wrong}"
        );
        assert_eq!(widget.picture(&view(800.0, Lang::Ko)).scene, before);
    }
    let mut odd = columns(50);
    for column in &mut odd {
        column
            .codes
            .iter_mut()
            .for_each(|c| *c = c.wrapping_mul(2_654_435_761));
    }
    assert!(widget.columns(odd).is_ok());
    assert!(widget.picture(&view(800.0, Lang::Ko)).scene.marks.len() < 5000);
}

#[test]
fn who_comes_nearer_to_a_group_opens_it_and_finds_its_members_there() {
    let mut widget = empty();
    assert!(widget.columns(columns(1000)).is_ok());
    let mut view = view(1200.0, Lang::En);
    let closed = widget.picture(&view);
    let place = |picture: &Figure, datum: u32| {
        picture
            .scene
            .outline
            .iter()
            .find(|n| n.datum == datum)
            .map(|n| n.rect_css)
    };
    let group = (30..500)
        .find(|&d| widget.opens(&view, d) && place(&closed, d).is_some())
        .unwrap_or(NO_DATUM);
    let [left, top, right, bottom] = place(&closed, group).unwrap_or_default();
    let at_css = [(left + right) / 2.0, (top + bottom) / 2.0];
    let mut opened = Vec::new();
    for step in 0..12 {
        for change in widget.act(
            &view,
            &Act::Zoom {
                at_css,
                factor: 1.2,
            },
        ) {
            view.change(change);
        }
        let open = view.state.value_chain.open.join(" ");
        let picture = widget.picture(&view);
        let hit = widget.pick(&picture, at_css);
        if opened.last() != Some(&open) {
            println!("{step}: {open:?} {hit:?}");
            assert!(
                open.is_empty() || hit.is_some_and(|d| (d as usize) < 1000),
                "nothing of it lies under the pointer"
            );
            opened.push(open);
        }
    }
    // 1.2 to the power of 12 is 8.9: closed, one open, then at most what is in it.
    assert!(
        opened.len() >= 2 && opened.len() <= 4 && opened[0].is_empty() && !opened[1].is_empty(),
        "{opened:?}"
    );
    let named = widget
        .picture(&view)
        .scene
        .labels
        .iter()
        .filter(|l| l.text.starts_with("Org"))
        .count();
    assert!(named > 0, "at eight times the size organisations are named");
}

#[test]
fn to_show_all_again_puts_the_picture_back_and_closes_all_groups() {
    let mut widget = empty();
    assert!(widget.columns(columns(1000)).is_ok());
    let whole = widget.picture(&view(1200.0, Lang::En));
    let mut view = View {
        state: State::from_pairs([("at", "100 50 200"), ("open", "3")]),
        ..view(1200.0, Lang::En)
    };
    let near = widget.picture(&view);
    assert!(near.moved && near.scene != whole.scene);
    let changes = widget.act(
        &view,
        &Act::Key {
            key: "0",
            datum: NO_DATUM,
        },
    );
    for change in changes.clone() {
        view.change(change);
    }
    assert!(
        changes.len() == 2 && view.state.value_chain == State::default().value_chain,
        "{changes:?}"
    );
    let again = widget.picture(&view);
    assert!(!again.moved && again.scene == whole.scene);
}

/// In the order of the dictionary these four drew 16,639 crossings at 720 px, 16,111 at 1200 px.
#[test]
fn groups_stand_in_an_order_that_crosses_less_than_that_of_the_dictionary() {
    // Organisations, ties among few, crossings in the order of the dictionary at 720 and 1200 px.
    let before = [
        (1000, false, [3747, 3825]),
        (1000, true, [4222, 4423]),
        (10_000, false, [4382, 4146]),
        (10_000, true, [4288, 3717]),
    ];
    let mut sums = [0, 0];
    for (nodes, tied, before) in before {
        let mut widget = empty();
        assert!(
            widget
                .columns(if tied {
                    tied_columns(nodes)
                } else {
                    columns(nodes)
                })
                .is_ok()
        );
        for (at, width) in [720.0, 1200.0].into_iter().enumerate() {
            let lines = drawn_lines(&widget.picture(&view(width, Lang::En)));
            assert_eq!(lines.len(), 200);
            let sum = drawn_crossings(&lines);
            println!(
                "{nodes} {tied} {width}: {} crossings, {sum} now",
                before[at]
            );
            assert!(sum <= before[at], "{nodes} {tied} {width}: {sum}");
            sums[at] += sum;
        }
    }
    assert!(sums[0] <= 12_000 && sums[1] <= 10_100, "{sums:?}");
}

#[test]
fn the_other_groups_keep_their_order_when_one_opens() {
    let mut widget = empty();
    assert!(widget.columns(tied_columns(10_000)).is_ok());
    // Closed groups by column, from above.
    let groups = |picture: &Figure| -> Vec<(i32, i32, String)> {
        let mut groups: Vec<_> = picture
            .scene
            .labels
            .iter()
            .filter(|l| l.text.starts_with("Sub ") && l.text.contains(" · "))
            .map(|l| (l.rect_css[0] as i32, l.rect_css[1] as i32, l.text.clone()))
            .collect();
        groups.sort();
        groups
    };
    let closed = widget.picture(&view(1200.0, Lang::En));
    let order: Vec<String> = (0..40)
        .filter_map(|datum| {
            closed
                .scene
                .labels
                .iter()
                .find(|l| l.datum == datum && l.text.contains(" · "))
        })
        .map(|l| l.text.clone())
        .collect();
    assert_eq!(order.len(), 40);
    let by_name: Vec<usize> = order
        .iter()
        .map(|name| {
            name[4..]
                .split(' ')
                .next()
                .and_then(|n| n.parse().ok())
                .unwrap_or(99)
        })
        .collect();
    assert!(
        by_name.windows(2).any(|w| w[0] > w[1]),
        "the order of the dictionary: {by_name:?}"
    );
    for open in 0..40 {
        let mut view = view(1200.0, Lang::En);
        for change in widget.act(&view, &Act::Open { datum: open }) {
            view.change(change);
        }
        let picture = widget.picture(&view);
        let seen = groups(&picture);
        assert_eq!(seen.len(), 39, "{open}");
        for pair in seen.windows(2).filter(|p| p[0].0 == p[1].0) {
            let at = |name: &String| order.iter().position(|o| o == name);
            assert!(at(&pair[0].2) < at(&pair[1].2), "{open}: {pair:?}");
        }
        // Back to all closed: the next datum is counted in that picture.
        let _ = widget.picture(&self::view(1200.0, Lang::En));
    }
}
