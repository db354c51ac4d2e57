//! What the treemap draws of the tables of a file: unknown parts, series, the board, a page's own
//! table.
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
use ai_atlas::widget::{self, Act, Change, Figure, View};
use common::{NESTED, applied, datum, of, shipped, view};

#[test]
fn what_a_group_states_beyond_its_parts_is_drawn_as_unknown() {
    let widget = of(NESTED);
    let picture = widget.picture(&view(1000.0, Lang::En));
    let unknown = picture
        .scene
        .outline
        .iter()
        .find(|node| node.key == "Split unknown")
        .unwrap();
    assert!(unknown.name.contains("value not given"), "{}", unknown.name);
    // Asia states 60 and names 40.
    let area = |key: &str| {
        let [x0, y0, x1, y1] = picture
            .scene
            .outline
            .iter()
            .find(|node| node.key == key)
            .unwrap()
            .rect_css;
        f64::from((x1 - x0 + 1.0) * (y1 - y0 + 1.0))
    };
    for (key, value) in [
        ("A", 20.0),
        ("B", 5.0),
        ("C", 15.0),
        ("D", 30.0),
        ("E", 10.0),
        ("F", 8.0),
    ] {
        assert!(
            (area(key) / value / (area("Split unknown") / 20.0) - 1.0).abs() < 1e-3,
            "{key}"
        );
    }
}

#[test]
fn tables_of_one_series_keep_their_places_and_tell_what_changed() {
    let widget = shipped();
    let now = View {
        tab: "foundry-2024q1".into(),
        ..view(1000.0, Lang::En)
    };
    let picture = widget.picture(&now);
    let slider = picture
        .controls
        .iter()
        .find(|c| c.kind == "slider")
        .unwrap();
    assert_eq!(slider.key, "table");
    assert_eq!(
        slider
            .options
            .iter()
            .map(|o| o.0.as_str())
            .collect::<Vec<_>>(),
        ["foundry-2023q4", "foundry-2024q1"]
    );
    let list = &picture.lists[0];
    assert!(
        list.lines[0].1.starts_with("TSMC: +0.7 pp (61% → 61.7%)"),
        "{:?}",
        list.lines
    );
    assert!(list.title.contains("different sources"), "{}", list.title);
    assert!(
        list.lines
            .iter()
            .any(|l| l.1.contains("Samsung") && l.1.contains("no value given")),
        "{:?}",
        list.lines
    );
    let before = widget.picture(&View {
        tab: "foundry-2023q4".into(),
        ..now.clone()
    });
    assert!(before.lists.is_empty());
    // The same corner, and one datum for a transition.
    let tsmc = |picture: &Figure| {
        let node = picture
            .scene
            .outline
            .iter()
            .find(|node| node.key == "TSMC")
            .unwrap();
        (
            node.rect_css[0],
            node.rect_css[1],
            picture.scene.transition_key(node.datum),
        )
    };
    assert_eq!(tsmc(&picture), tsmc(&before));
    let korean = widget.picture(&View {
        lang: Lang::Ko,
        ..now
    });
    assert!(
        korean.lists[0].lines[0].1.contains("+0.7%p"),
        "{:?}",
        korean.lists
    );
}

#[test]
fn a_heading_of_the_board_opens_its_table_and_a_legend_of_organisations_runs_across() {
    let widget = shipped();
    let start = view(1200.0, Lang::En);
    let picture = widget.picture(&start);
    let heading = widget.pick(&picture, [20.0, 8.0]).unwrap();
    assert!(widget.opens(&start, heading));
    let one = applied(&start, widget.act(&start, &Act::Open { datum: heading }));
    assert_eq!(one.tab, "hbm-2023");
    assert_eq!(
        widget.act(
            &one,
            &Act::Key {
                key: "Escape",
                datum: NO_DATUM
            }
        ),
        [Change::Table(String::new())]
    );
    let keys: Vec<&str> = picture
        .legend
        .iter()
        .filter(|k| k.count.is_some())
        .map(|k| k.key.as_str())
        .collect();
    assert!(
        keys.contains(&"org:tsmc") && keys.contains(&"org:nvidia"),
        "{keys:?}"
    );
    let hidden = widget.picture(&View {
        hidden: vec!["org:tsmc".into()],
        ..start
    });
    assert_ne!(hidden.scene.marks, picture.scene.marks);
}

#[test]
fn a_page_s_own_table_has_groups_and_a_second_measure() {
    let mut widget = widget::make("market-share").unwrap();
    let table = r#"{"head":["묶음","이름","값","색"],"rows":[["아시아","가","30","1"],["유럽","나","20","5"],["아시아","다","10","3"],["","라","5",""]],"color_ko":"성장률"}"#;
    // The last row stands in no group, which may be a slip.
    let issues = widget.load(table.as_bytes()).unwrap();
    let told: Vec<_> = issues
        .iter()
        .map(|issue| (issue.line, issue.field))
        .collect();
    assert_eq!(told, [(5, "group")]);
    let start = view(900.0, Lang::Ko);
    let picture = widget.picture(&start);
    let asia = datum(&picture, "아시아");
    assert_eq!(widget.tooltip(asia, Lang::Ko).unwrap().value, "40");
    assert!(widget.opens(&start, asia));
    // The mean, weighted by value: (30 · 1 + 10 · 3) / 40.
    assert!(
        widget
            .tooltip(asia, Lang::Ko)
            .unwrap()
            .rows
            .iter()
            .any(|row| row.1 == "1.5"),
        "{:?}",
        widget.tooltip(asia, Lang::Ko)
    );
}
