//! The shipped data in every widget, language and width: no label overlaps another, leaves the
//! picture or is wider than its text; every row is reachable.
#![allow(
    clippy::panic,
    clippy::expect_used,
    reason = "a test says what is wrong by failing"
)]
#![cfg(not(target_arch = "wasm32"))]

use ai_atlas::abi::NO_DATUM;
use ai_atlas::data::Lang;
use ai_atlas::text::Metrics;
use ai_atlas::widget::{self, Figure, View};

const KINDS: [&str; 3] = ["value-chain", "market-share", "funding-timeline"];

fn shipped(kind: &str) -> Box<dyn widget::Widget> {
    let bytes = std::fs::read(format!("{}/data/{kind}.json", env!("CARGO_MANIFEST_DIR")))
        .expect("a shipped file");
    let mut widget = widget::make(kind).expect("a known kind");
    let issues = widget.load(&bytes).expect("a valid file");
    assert_eq!(issues, []);
    widget
}

fn view(width_css: f32, lang: Lang) -> View {
    View {
        width_css,
        lang,
        hover: NO_DATUM,
        from_day: f64::NAN,
        to_day: f64::NAN,
        today: f64::NAN,
        ..View::default()
    }
}

/// Runs a check on every shipped picture: three widgets, two languages, five widths, and every
/// table of the treemap alone.
fn every_picture(check: impl Fn(&str, &Figure)) {
    let mut seen = 0;
    for kind in KINDS {
        let widget = shipped(kind);
        for lang in [Lang::Ko, Lang::En] {
            for width in [320.0, 360.0, 680.0, 1000.0, 1200.0] {
                let overview = widget.picture(&view(width, lang));
                check(&format!("{kind} {lang:?} {width}"), &overview);
                seen += 1;
                let views = overview
                    .controls
                    .iter()
                    .filter(|c| ["framework", "table"].contains(&c.key))
                    .flat_map(|c| &c.options);
                for (tab, _) in views {
                    check(
                        &format!("{kind}/{tab} {lang:?} {width}"),
                        &widget.picture(&View {
                            tab: tab.clone(),
                            ..view(width, lang)
                        }),
                    );
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 300, "only {seen} pictures were checked");
}

#[test]
fn whatever_wears_the_colour_of_a_layer_has_its_grain_and_so_does_the_legend() {
    use ai_atlas::data::Layer;
    let palette = ai_atlas::widget::Palette::of(false);
    let layers = [
        Layer::Data,
        Layer::Infra,
        Layer::Model,
        Layer::Service,
        Layer::Context,
    ]
    .map(|layer| (palette.layer(layer), palette.grain(layer) >> 25));
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

#[test]
fn the_hard_cases_are_whole_too_one_datum_long_names_92_against_8_three_equal_and_ten_thousand() {
    let long = [
        "국가인공지능연구자원(NAIRR) 태스크포스|National AI Research Resource Task Force (NAIRR)",
        "한국지능정보사회진흥원|National Information Society Agency",
        "X|X",
    ];
    let title = "반도체와 데이터 센터, 메모리와 파운드리, 클라우드와 응용 프로그램 시장에서 2023년 한 해 동안 상위 기업이 차지한 몫을 한 장의 그림으로 견주어 본 결과";
    let part = |value: f64, name: &str| {
        let (ko, en) = name.split_once('|').unwrap_or((name, name));
        format!(r#"{{"label_ko":"{ko}","label_en":"{en}","value":{value}}}"#)
    };
    let share = |items: &[String]| {
        format!(
            r#"{{"kind":"ai-atlas/market-share","title":"{title}","tables":[{{"id":"t","title":"{title}","unit":"%","items":[{}]}}]}}"#,
            items.join(",")
        )
    };
    let event = |day: usize, value: f64, name: &str| {
        let (ko, en) = name.split_once('|').unwrap_or((name, name));
        format!(
            r#"{{"date":"2024-{:02}-{:02}","type":"round","label_ko":"{ko} 투자 유치","label_en":"{en} raises money","amount":{{"value":{value}e9,"currency":"USD"}}}}"#,
            day / 28 % 12 + 1,
            day % 28 + 1
        )
    };
    let funding = |events: &[String]| {
        format!(
            r#"{{"kind":"ai-atlas/funding-timeline","title":"{title}","events":[{}]}}"#,
            events.join(",")
        )
    };
    let chain = |names: &[&str]| {
        let entity = |(at, name): (usize, &&str)| {
            let (ko, en) = name.split_once('|').unwrap_or((name, name));
            format!(
                r#"{{"id":"e{at}","name_ko":"{ko}","name_en":"{en}","roles":[{{"sublayer":"s{}"}}]}}"#,
                at % 2
            )
        };
        let entities: Vec<String> = names.iter().enumerate().map(entity).collect();
        let links: Vec<String> = (1..names.len())
            .map(|at| {
                format!(r#"{{"from":"e0","to":"e{at}","type":"invests_in","amount_usd":{at}e9}}"#)
            })
            .collect();
        format!(
            r#"{{"kind":"ai-atlas/value-chain","title":"{title}","layers":[{{"id":"infra","label":"I"}},{{"id":"model","label":"M"}}],"sublayers":[{{"id":"s0","layer":"infra","label":"A"}},{{"id":"s1","layer":"model","label":"B"}}],"entities":[{}],"links":[{}]}}"#,
            entities.join(","),
            links.join(",")
        )
    };
    let all =
        |make: &dyn Fn(usize) -> String, number: usize| (0..number).map(make).collect::<Vec<_>>();
    let cases = [
        ("market-share", share(&[part(100.0, long[0])])),
        (
            "market-share",
            share(&[part(92.0, long[0]), part(8.0, long[1])]),
        ),
        ("market-share", share(&all(&|at| part(33.3, long[at]), 3))),
        (
            "market-share",
            share(&all(
                &|at| part(0.01, &format!("회사 {at}|Company {at}")),
                10_000,
            )),
        ),
        ("funding-timeline", funding(&[event(0, 6.6, long[0])])),
        (
            "funding-timeline",
            funding(&[event(0, 92.0, long[0]), event(90, 8.0, long[1])]),
        ),
        (
            "funding-timeline",
            funding(&all(&|at| event(5, 1.0, long[at]), 3)),
        ),
        (
            "funding-timeline",
            funding(&all(
                &|at| event(at, 1.0 + at as f64, &format!("회사 {at}|Company {at}")),
                10_000,
            )),
        ),
        ("value-chain", chain(&long[..1])),
        ("value-chain", chain(&long)),
    ];
    for (at, (kind, file)) in cases.iter().enumerate() {
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
    let card = widget.card(unknown.datum, Lang::En).expect("a card");
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
            assert!(table.rows.iter().all(|r| r.len() == table.head.len() && r.last().is_some_and(|s| !s.is_empty())), "{kind}");
        }
    }
}
