//! What holds for all widgets: every row can be reached, nothing is said that the data does not say.
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
use ai_atlas::widget::{self, Figure, View};
use pictures::{KINDS, every_picture, shipped, view};

#[test]
fn every_node_of_the_outline_is_named_and_leads_only_to_other_nodes() {
    every_picture(|name, picture| {
        let nodes: Vec<u32> = picture.scene.outline.iter().map(|n| n.datum).collect();
        assert!(!nodes.is_empty(), "{name} has no outline");
        let mut unique = nodes.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(
            unique.len(),
            nodes.len(),
            "{name}: a row stands twice in the outline"
        );
        for node in &picture.scene.outline {
            assert!(
                !node.name.is_empty() && (node.group as usize) < picture.groups.len(),
                "{name}: {node:?}"
            );
            assert!(
                node.neighbors
                    .iter()
                    .all(|to| *to == NO_DATUM || nodes.contains(to)),
                "{name}: {node:?}"
            );
        }
    });
}

#[test]
fn every_node_can_be_reached_by_arrows_home_and_page_keys() {
    every_picture(|name, picture| {
        let outline = &picture.scene.outline;
        // Page keys lead to the first node of each group; from there arrows must lead to all of its
        // nodes.
        let mut reached: Vec<u32> = (0..picture.groups.len() as u32)
            .filter_map(|g| outline.iter().find(|n| n.group == g))
            .map(|n| n.datum)
            .collect();
        let mut at = 0;
        while let Some(&datum) = reached.get(at) {
            for to in outline
                .iter()
                .find(|n| n.datum == datum)
                .expect("a node")
                .neighbors
            {
                if to != NO_DATUM && !reached.contains(&to) {
                    reached.push(to);
                }
            }
            at += 1;
        }
        assert_eq!(reached.len(), outline.len(), "{name}");
    });
}

#[test]
fn areas_of_a_treemap_are_proportional_to_values() {
    let widget = shipped("market-share");
    let picture = widget.picture(&View {
        tab: "ai-unicorns".into(),
        ..view(1200.0, Lang::En)
    });
    // Outline rectangles are a tile without the 1 px gap between tiles.
    let area = |key: &str| {
        let node = picture
            .scene
            .outline
            .iter()
            .find(|n| n.key == key)
            .unwrap_or_else(|| panic!("{key}"));
        f64::from(
            (node.rect_css[2] - node.rect_css[0] + 1.0)
                * (node.rect_css[3] - node.rect_css[1] + 1.0),
        )
    };
    let per_company = area("United States") / 53.0;
    for (key, value) in [
        ("China", 19.0),
        ("United Kingdom", 4.0),
        ("Israel", 3.0),
        ("Singapore", 2.0),
        ("Remainder", 10.0),
    ] {
        assert!(
            (area(key) / value / per_company - 1.0).abs() < 1e-3,
            "{key}: {} against {per_company}",
            area(key) / value
        );
    }
}

#[test]
fn a_part_whose_split_is_unknown_has_no_figure_anywhere() {
    let widget = shipped("market-share");
    let picture = widget.picture(&View {
        tab: "hbm-2023".into(),
        ..view(1200.0, Lang::En)
    });
    let unknown = picture
        .scene
        .outline
        .iter()
        .find(|n| n.key.starts_with("Split unknown"))
        .expect("HBM has an unknown rest");
    let card = widget.tooltip(unknown.datum, Lang::En).expect("a card");
    assert!(
        !unknown.name.contains("46") && !card.value.contains("46"),
        "{} / {}",
        unknown.name,
        card.value
    );
    let row = widget
        .table(Lang::En)
        .rows
        .into_iter()
        .find(|r| r[0] == "HBM market, 2023" && r[1].starts_with("Split unknown"))
        .expect("its row");
    assert_eq!(row[2], "");
}

fn small(kind: &str, file: &str) -> Figure {
    let mut widget = widget::make(kind).expect("a known kind");
    widget
        .load(file.as_bytes())
        .expect("a file that can be drawn");
    widget.picture(&view(800.0, Lang::En))
}

#[test]
fn none_of_several_equal_values_is_called_the_largest() {
    let items = |values: [f64; 3]| {
        let [a, b, c] = values;
        format!(
            r#"{{"kind":"ai-atlas/market-share","title":"T","unit":"%","items":[{{"label":"A","value":{a}}},{{"label":"B","value":{b}}},{{"label":"C","value":{c}}}]}}"#
        )
    };
    assert_eq!(small("market-share", &items([33.3, 33.3, 33.3])).title, "T");
    assert_eq!(
        small("market-share", &items([40.0, 30.0, 30.0])).title,
        "T: A 40%"
    );
    let chain = r#"{"kind":"ai-atlas/value-chain","title":"T","layers":[{"id":"infra","label":"I"}],"sublayers":[{"id":"s","layer":"infra","label":"S"}],"entities":[{"id":"a","name":"A","roles":[{"sublayer":"s"}]}],"links":[]}"#;
    assert_eq!(small("value-chain", chain).title, "T");
}

#[test]
fn a_sum_without_a_currency_gets_none() {
    let picture = small(
        "funding-timeline",
        r#"{"head":["날짜","제목","금액"],"rows":[["2024-03","가나","1,234,567"]]}"#,
    );
    let said = &picture.scene.outline[0].name;
    assert!(said.contains("1.23m"), "{said}");
    assert!(
        !said.contains('$') && !picture.title.contains('$'),
        "{said}; {}",
        picture.title
    );
}

#[test]
fn a_picture_without_a_title_has_a_finding_and_no_stray_colon() {
    let picture = small(
        "market-share",
        r#"{"head":["label","value"],"rows":[["A","60"],["B","30"]]}"#,
    );
    assert_eq!(picture.title, "A 60");
}

#[test]
fn a_name_of_five_hundred_characters_loses_words_and_keeps_its_place() {
    let name = "word ".repeat(100);
    let chain = format!(
        r#"{{"kind":"ai-atlas/value-chain","layers":[{{"id":"infra","label":"I"}}],"sublayers":[{{"id":"s","layer":"infra","label":"S"}}],"entities":[{{"id":"a","name":"{name}","roles":[{{"sublayer":"s"}}]}}],"links":[]}}"#
    );
    let picture = small("value-chain", &chain);
    assert!(
        picture
            .scene
            .labels
            .iter()
            .any(|l| l.text.starts_with("word word")),
        "the chip has no name"
    );
    assert!(
        picture.scene.size_css[1] < 400.0,
        "{:?}",
        picture.scene.size_css
    );
}

#[test]
fn every_framework_names_the_layers_in_its_own_words() {
    let widget = shipped("value-chain");
    let heads = |tab: &str| -> Vec<String> {
        let picture = widget.picture(&View {
            tab: tab.into(),
            ..view(1200.0, Lang::En)
        });
        assert_eq!(
            (picture.controls[0].key, picture.controls[0].value.as_str()),
            ("framework", tab)
        );
        picture
            .scene
            .labels
            .iter()
            .filter(|l| l.bold)
            .map(|l| l.text.clone())
            .collect()
    };
    assert!(heads("nia").contains(&"AI computing infrastructure".to_string()));
    assert!(heads("mckinsey").contains(&"Computer hardware + Cloud platforms".to_string()));
    assert!(
        heads("adl")
            .iter()
            .any(|h| h.contains("Not in this framework")),
        "ADL has no layer of data"
    );
    let first = &widget.picture(&view(1200.0, Lang::En)).controls[0];
    assert_eq!((first.kind, first.options.len()), ("tabs", 4));
}

#[test]
fn a_selection_marks_the_same_organisation_in_all_widgets() {
    for kind in KINDS {
        let widget = shipped(kind);
        let plain = widget.picture(&view(1200.0, Lang::Ko));
        let marked = widget.picture(&View {
            selected: "sk-hynix".into(),
            ..view(1200.0, Lang::Ko)
        });
        let elsewhere = widget.picture(&View {
            selected: "nobody".into(),
            ..view(1200.0, Lang::Ko)
        });
        assert_ne!(plain.scene.marks, marked.scene.marks, "{kind}");
        assert_eq!(
            plain.scene.marks, elsewhere.scene.marks,
            "{kind}: a selection that is not in the data must not dim it"
        );
    }
}

#[test]
fn a_failed_load_leaves_the_last_picture() {
    for kind in KINDS {
        let mut widget = shipped(kind);
        let before = widget.picture(&view(800.0, Lang::Ko)).scene;
        assert_eq!(widget.load(b"{").expect_err("not JSON").code(), "not-json");
        assert_eq!(widget.picture(&view(800.0, Lang::Ko)).scene, before);
    }
}

#[test]
fn hostile_views_neither_panic_nor_hang() {
    for kind in KINDS {
        let widget = shipped(kind);
        for width in [0.0, -1.0, 0.5, 1.0, 37.0, 8192.0, f32::NAN, f32::INFINITY] {
            let picture = widget.picture(&View {
                from_day: 1e12,
                to_day: -1e12,
                hover: 5,
                tab: "x".into(),
                selected: "#3".into(),
                ..view(width, Lang::En)
            });
            assert!(picture.scene.marks.len() < 100_000);
        }
    }
}

#[test]
fn the_credit_that_nia_asks_for_is_in_every_picture_that_uses_its_numbers() {
    for kind in KINDS {
        let widget = shipped(kind);
        for (lang, word) in [(Lang::Ko, "한국지능정보사회진흥원"), (Lang::En, "NIA")] {
            let picture = widget.picture(&view(1200.0, lang));
            assert!(
                picture.credit.contains(word),
                "{kind}: {:?}",
                picture.credit
            );
        }
    }
}

#[test]
fn a_table_has_a_row_for_every_row_of_the_data_and_a_source_in_each() {
    for (kind, least) in [
        ("value-chain", 205 + 114),
        ("market-share", 73),
        ("funding-timeline", 122),
    ] {
        for lang in [Lang::Ko, Lang::En] {
            let table = shipped(kind).table(lang);
            assert!(
                table.rows.len() >= least,
                "{kind}: {} rows",
                table.rows.len()
            );
            for row in &table.rows {
                let cited = row.last().is_some_and(|source| !source.is_empty());
                assert!(row.len() == table.head.len() && cited, "{kind}: {row:?}");
            }
        }
    }
}
