//! The picture of a value chain: where relations run, how strong they are, and what moves.
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
use ai_atlas::widget::{Figure, View};
use common::{chips, empty, samples, shipped, view};

#[test]
fn no_relation_runs_through_an_organisation() {
    let widget = shipped();
    for lang in [Lang::Ko, Lang::En] {
        for width in [320.0, 360.0, 480.0, 690.0, 760.0, 1000.0, 1200.0, 1600.0] {
            for selected in ["", "google"] {
                let picture = widget.picture(&View {
                    selected: selected.into(),
                    ..view(width, lang)
                });
                let chips = chips(&picture);
                assert_eq!(chips.len(), 212, "{lang:?} {width}");
                let mut looked = 0;
                for ribbon in &picture.scene.ribbons {
                    for [x, y] in samples(ribbon) {
                        looked += 1;
                        assert!(
                            (-0.1..=width + 0.1).contains(&x)
                                && y >= 0.0
                                && y <= picture.scene.size_css[1],
                            "{lang:?} {width}: {ribbon:?} leaves the picture"
                        );
                        // Its own ends touch the sides of chips; nothing may come further in.
                        let inside = chips.iter().find(|c| {
                            x > c[0] + 0.6 && x < c[2] - 0.6 && y > c[1] - 0.4 && y < c[3] + 0.4
                        });
                        assert!(
                            inside.is_none(),
                            "{lang:?} {width}: {ribbon:?} in {inside:?}"
                        );
                    }
                }
                assert!(looked > 114 * 24, "{looked}");
            }
        }
    }
}

#[test]
fn a_routed_relation_is_one_line_without_a_kink() {
    let picture = shipped().picture(&view(1200.0, Lang::En));
    let mut joints = 0;
    for pair in picture
        .scene
        .ribbons
        .windows(2)
        .filter(|p| p[0].datum == p[1].datum)
    {
        let (a, b) = (pair[0].end_css, pair[1].start_css);
        assert!(
            (a[2] - b[0]).abs() < 0.01 && (a[3] - b[1]).abs() < 0.01,
            "{pair:?}"
        );
        assert!(
            (a[1] - a[3]).abs() < 0.01 && (b[1] - b[3]).abs() < 0.01,
            "not horizontal where they join: {pair:?}"
        );
        joints += 1;
    }
    assert!(joints > 100, "{joints}");
}

#[test]
fn what_closes_a_circular_deal_runs_back_below_all_columns_between() {
    let picture = shipped().picture(&view(1200.0, Lang::En));
    let note = "What closes a circular deal runs back in the lane at the foot.";
    assert!(
        picture.notes.iter().any(|n| n == note),
        "{:?}",
        picture.notes
    );
    let chips = chips(&picture);
    // Every level stretch of these lies below every chip of its column.
    let widget = shipped();
    let mut returning = Vec::new();
    for r in &picture.scene.ribbons {
        let ([ax, ay, ..], [_, _, dx, dy]) = (r.start_css, r.end_css);
        let title = widget
            .tooltip(r.datum, Lang::En)
            .map_or(String::new(), |c| c.title);
        if (ay - dy).abs() < 0.01
            && ["Anthropic → Amazon (AWS)", "OpenAI → Microsoft"].contains(&title.as_str())
            && ax > dx + 30.0
        {
            assert!(
                chips
                    .iter()
                    .filter(|c| c[0] < ax && c[2] > dx)
                    .all(|c| c[3] <= ay + 0.5),
                "{title} at {ay}"
            );
            returning.push(title);
        }
    }
    assert!(returning.len() == 3, "{returning:?}");
    let phone = shipped().picture(&view(360.0, Lang::En));
    assert!(!phone.notes.iter().any(|n| n == note));
}

/// How much of its colour each relation has, with the row's number; of one link the first ribbon.
fn strengths(picture: &Figure) -> Vec<(u32, u32)> {
    let mut seen: Vec<(u32, u32)> = Vec::new();
    for ribbon in picture.scene.ribbons.iter().filter(|r| r.datum != NO_DATUM) {
        if seen.last().is_none_or(|last| last.0 != ribbon.datum) {
            seen.push((ribbon.datum, (ribbon.fill >> 24) * 100 / 255));
        }
    }
    seen
}

#[test]
fn at_rest_relations_with_an_amount_stand_out_and_on_a_phone_the_others_are_nearly_away_while_they_are_many()
 {
    let widget = shipped();
    let bytes = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/value-chain.json"
    ))
    .unwrap();
    let file: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let list = |name: &str| file[name].as_array().unwrap().clone();
    let (entities, links) = (list("entities").len() as u32, list("links"));
    let known = |datum: u32| {
        links[(datum - entities) as usize]
            .as_object()
            .unwrap()
            .keys()
            .any(|key| key.starts_with("amount"))
    };
    for (width, pale) in [(1200.0, 30), (360.0, 10)] {
        let seen = strengths(&widget.picture(&view(width, Lang::En)));
        assert!(
            seen.iter().filter(|(datum, _)| known(*datum)).count() > 10 && seen.len() > 100,
            "{width}: {}",
            seen.len()
        );
        for (datum, strength) in seen {
            let wanted = if known(datum) { 45 } else { pale };
            assert!(
                strength.abs_diff(wanted) <= 1,
                "{width}: {datum} has {strength}"
            );
        }
    }
    // Few are left: there is room for all of them.
    let hidden = ["invests_in", "acquires", "supplies", "partners", "competes"]
        .map(String::from)
        .to_vec();
    let few = strengths(&widget.picture(&View {
        hidden,
        ..view(360.0, Lang::En)
    }));
    assert!(
        !few.is_empty() && few.iter().all(|(_, strength)| *strength >= 29),
        "{few:?}"
    );
    // Whoever is chosen has all of its relations.
    let chosen = strengths(&widget.picture(&View {
        selected: "openai".into(),
        ..view(360.0, Lang::En)
    }));
    assert_eq!(
        chosen
            .iter()
            .filter(|(_, strength)| *strength == 90)
            .count(),
        22,
        "{chosen:?}"
    );
}

#[test]
fn a_chain_of_two_layers_keeps_narrow_columns_and_gives_the_rest_to_its_relations() {
    let mut widget = empty();
    let file = r#"{"kind":"ai-atlas/value-chain","title":"T","layers":[{"id":"infra","label":"I"},{"id":"model","label":"M"}],
        "sublayers":[{"id":"a","layer":"infra","label":"A"},{"id":"b","layer":"model","label":"B"}],
        "entities":[{"id":"x","name":"X","roles":[{"sublayer":"a"}]},{"id":"y","name":"Y","roles":[{"sublayer":"b"}]}],
        "links":[{"from":"x","to":"y","type":"supplies"}]}"#;
    widget.load(file.as_bytes()).unwrap();
    let picture = widget.picture(&view(1000.0, Lang::En));
    let rects: Vec<[f32; 4]> = picture
        .scene
        .outline
        .iter()
        .map(|node| node.rect_css)
        .collect();
    assert!(
        rects[0][0] == 0.0 && rects[0][2] == 200.0 && rects[1][0] == 800.0 && rects[1][2] == 1000.0,
        "{rects:?}"
    );
    assert_eq!(picture.subline, "2 organisations, 1 relation");
    // Layers that nobody is in are not in the legend either.
    assert_eq!(
        picture
            .legend
            .iter()
            .filter(|key| key.form.starts_with("grain"))
            .count(),
        2
    );
}

#[test]
fn very_many_relations_between_the_same_two_share_lines_and_none_is_lost() {
    let mut links: Vec<_> = (0..2600)
        .map(|n| format!(r#"{{"from":"a","to":"b","type":"supplies","label":"s{n}"}}"#))
        .collect();
    links.push(
        r#"{"from":"b","to":"a","type":"invests_in","amount_usd":5e9,"label":"big"}"#.to_string(),
    );
    let mut widget = empty();
    widget
        .load(
            format!(
                r#"{{"kind":"ai-atlas/value-chain","links":[{}]}}"#,
                links.join(",")
            )
            .as_bytes(),
        )
        .unwrap();
    for width in [320.0, 680.0, 1200.0] {
        let picture = widget.picture(&View {
            lang: Lang::En,
            ..View::wide(width)
        });
        assert!(
            picture.scene.size_css[1] < 1000.0,
            "{width}: {:?}",
            picture.scene.size_css
        );
        let mut drawn: Vec<_> = picture
            .scene
            .ribbons
            .iter()
            .map(|ribbon| ribbon.datum)
            .collect();
        drawn.dedup();
        assert!(drawn.len() <= 9 && drawn.contains(&2602), "{drawn:?}");
        assert!(
            picture
                .notes
                .iter()
                .any(|note| note.starts_with("2,592 relations share the lines")),
            "{:?}",
            picture.notes
        );
    }
    assert_eq!(widget.table(Lang::En).rows.len(), 2601);
    assert!(widget.tooltip(2, Lang::En).is_some() && widget.tooltip(2600, Lang::En).is_some());
}

#[test]
fn a_new_organisation_moves_the_others_as_little_as_can_be() {
    let bytes = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/value-chain.json"
    ))
    .unwrap_or_default();
    let more = bytes.replacen("\"entities\":[", r#""entities":[{"id":"newcomer","name_ko":"새내기","name_en":"Newcomer","kind":"startup","roles":[{"sublayer":"consumer-ai","activity_ko":"새 앱","activity_en":"New app","source":{"id":"nia-2024","locator":"x"}}]},"#, 1);
    assert_ne!(bytes, more);
    let mut widget = empty();
    assert!(widget.load(more.as_bytes()).is_ok());
    let order = |picture: &Figure| -> Vec<(i32, String)> {
        let mut names: Vec<(i32, i32, String)> = picture
            .scene
            .labels
            .iter()
            .filter(|l| l.datum != NO_DATUM && l.text != "Newcomer")
            .map(|l| (l.rect_css[0] as i32, l.rect_css[1] as i32, l.text.clone()))
            .collect();
        names.sort();
        names.into_iter().map(|n| (n.0, n.2)).collect()
    };
    let (before, after) = (
        order(&shipped().picture(&view(1200.0, Lang::En))),
        order(&widget.picture(&view(1200.0, Lang::En))),
    );
    assert_eq!(before.len(), after.len());
    // Same column, same order from above: all but few.
    let same = before.iter().zip(&after).filter(|(a, b)| a == b).count();
    assert!(
        same * 100 >= before.len() * 90,
        "{same} of {}",
        before.len()
    );
}
