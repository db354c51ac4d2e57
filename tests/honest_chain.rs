//! What a value chain does not say is neither drawn nor said: kinds of relations, currencies,
//! winners.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use ai_atlas::data::value_chain::{Relation, ValueChain};
use ai_atlas::data::{Column, Lang};
use ai_atlas::error::{Issue, IssueKind};
use ai_atlas::widget::{Figure, View, Widget, make};

fn chain(body: &str) -> (ValueChain, Vec<Issue>) {
    let file = format!(r#"{{"kind":"ai-atlas/value-chain",{body}}}"#);
    ValueChain::parse(file.as_bytes()).unwrap()
}

fn widget(body: &str) -> Box<dyn Widget> {
    let mut widget = make("value-chain").unwrap();
    let file = format!(r#"{{"kind":"ai-atlas/value-chain",{body}}}"#);
    widget.load(file.as_bytes()).unwrap();
    widget
}

fn picture(body: &str) -> Figure {
    widget(body).picture(&view())
}

fn view() -> View {
    View {
        lang: Lang::En,
        ..View::wide(1000.0)
    }
}

#[test]
fn a_relation_without_a_type_is_one_of_which_nothing_more_is_known() {
    let (data, issues) = chain(
        r#""links":[{"from":"a","to":"b"},{"from":"b","to":"c","amount":5},{"from":"c","to":"d","amount_usd":5e9}]"#,
    );
    assert!(issues.is_empty());
    assert!(data.links.iter().all(|l| l.relation == Relation::Linked));
    let widget = widget(r#""links":[{"from":"Wheat farm","to":"Mill"}]"#);
    let card = widget.tooltip(2, Lang::En).unwrap();
    assert_eq!(
        (card.title.as_str(), &*card.rows[0].1),
        ("Wheat farm → Mill", "links to")
    );
    // No diamond: it stands for money of which the sum is not known.
    let picture = widget.picture(&view());
    let small = |m: &&ai_atlas::abi::Mark| m.datum == 2 && m.stroke != 0;
    assert_eq!(picture.scene.marks.iter().filter(small).count(), 0);
}

#[test]
fn an_amount_has_the_unit_that_somebody_wrote_and_no_other() {
    let (data, issues) = chain(
        r#""unit":"TWh","links":[{"from":"a","to":"b","amount":26.86},{"from":"b","to":"c","amount":5,"currency":"eur"},
            {"from":"c","to":"d","amount":5,"unit":"PJ"},{"from":"d","to":"e","amount_usd":5},{"from":"e","to":"f","amount_krw":5},
            {"from":"f","to":"g","amount_usd":5,"amount_krw":6000},{"from":"g","to":"h","amount":5,"currency":"dollars"}]"#,
    );
    let units: Vec<&str> = data.links.iter().map(|l| l.unit.as_str()).collect();
    assert_eq!(units, ["TWh", "EUR", "PJ", "USD", "KRW", "USD"]);
    let said: Vec<_> = issues.iter().map(|i| (i.field, i.kind)).collect();
    assert_eq!(
        said,
        [
            ("amount_krw", IssueKind::Unused),
            ("currency", IssueKind::UnknownWord)
        ]
    );
    let table = widget(
        r#""links":[{"from":"Bio","to":"Losses","amount":26.86,"unit":"TWh"},{"from":"Bio","to":"Heat","amount":3}]"#,
    )
    .table(Lang::En);
    let amounts: Vec<&str> = table.rows.iter().map(|row| row[3].as_str()).collect();
    assert_eq!(amounts, ["26.86 TWh", "3"]);
}

#[test]
fn a_table_of_flows_has_no_dollars() {
    let (data, issues) = ValueChain::from_table(
        br#"{"unit":"TWh","head":["from","to","amount"],"rows":[["Bio","Losses","26.86"],["Bio","Heat","3"]]}"#,
    )
    .unwrap();
    assert!(issues.is_empty());
    assert_eq!(
        (
            data.links[0].amount,
            &*data.links[0].unit,
            data.links[0].relation
        ),
        (Some(26.86), "TWh", Relation::Linked)
    );
}

#[test]
fn widths_stand_for_amounts_in_one_unit_only() {
    let picture = picture(
        r#""links":[{"from":"a","to":"b","amount":100,"unit":"TWh"},{"from":"a","to":"c","amount":25,"unit":"TWh"},
            {"from":"d","to":"e","amount_krw":4e12},{"from":"d","to":"f","amount_krw":1e12}]"#,
    );
    let mut widths: Vec<(u32, f32)> = picture
        .scene
        .ribbons
        .iter()
        .map(|r| (r.datum - 6, r.half_width_css * 2.0))
        .collect();
    widths.sort_by_key(|w| w.0);
    widths.dedup();
    assert_eq!(widths, [(0, 12.0), (1, 6.0), (2, 1.25), (3, 1.25)]);
}

#[test]
fn no_organisation_leads_among_equals() {
    let two = picture(r#""links":[{"from":"a","to":"b","type":"uses"}]"#);
    assert_eq!(two.title, "The value chain of 2 organisations");
    let titled = picture(r#""title":"Mine","links":[{"from":"a","to":"b","type":"uses"}]"#);
    assert_eq!(titled.title, "Mine");
    let one = picture(r#""links":[{"from":"a","to":"b"},{"from":"a","to":"c"}]"#);
    assert_eq!(one.title, "a has the most relations, 2");
}

#[test]
fn the_largest_relation_is_one_of_its_kind_and_unit() {
    let unlike = picture(
        r#""links":[{"from":"a","to":"b","type":"invests_in","amount_usd":5},{"from":"b","to":"c","type":"acquires","amount_usd":7},
            {"from":"c","to":"d","type":"invests_in","amount_krw":9}]"#,
    );
    assert_eq!(unlike.takeaway, "");
    let equal = picture(
        r#""links":[{"from":"a","to":"b","type":"invests_in","amount_usd":5},{"from":"b","to":"c","type":"invests_in","amount_usd":5}]"#,
    );
    assert_eq!(equal.takeaway, "");
    let largest = picture(
        r#""links":[{"from":"a","to":"b","type":"invests_in","amount_usd":5},{"from":"b","to":"c","type":"invests_in","amount_usd":7},
            {"from":"c","to":"d","type":"acquires","amount_usd":900},{"from":"c","to":"a","type":"invests_in","amount_usd":70,"status":"reported"}]"#,
    );
    assert_eq!(
        largest.takeaway,
        "The largest of 2 comparable amounts under “invests in”: b → c, US$7."
    );
}

#[test]
fn a_relation_without_a_direction_has_no_arrow() {
    let widget = widget(r#""links":[{"from":"a","to":"b","type":"partners"}]"#);
    assert_eq!(widget.tooltip(2, Lang::En).unwrap().title, "a · b");
    let rows = widget.tooltip(0, Lang::En).unwrap().rows;
    assert!(rows.iter().any(|row| row.1 == "b"), "{rows:?}");
    for kind in Relation::ALL {
        let id = kind.info().id;
        let picture = picture(&format!(
            r#""links":[{{"from":"a","to":"b","type":"{id}"}}]"#
        ));
        let arrows = picture.scene.marks.iter().filter(|m| {
            matches!(
                m.style & 15,
                ai_atlas::abi::shape::TRIANGLE_LEFT | ai_atlas::abi::shape::TRIANGLE_RIGHT
            )
        });
        assert_eq!(arrows.count() > 0, kind.info().directed, "{id}");
    }
}

#[test]
fn a_bound_keeps_its_sign() {
    let widget = widget(
        r#""links":[{"from":"a","to":"b","amount_usd":5,"bound":"more_than"},{"from":"a","to":"c","amount_usd":5,"bound":"at_least"},
            {"from":"a","to":"d","amount_usd":5,"bound":"up_to"},{"from":"a","to":"e","amount_usd":5,"bound":"less_than"},
            {"from":"a","to":"f","amount_usd":5,"approx":true}]"#,
    );
    let said: Vec<(String, String)> = (6..11)
        .map(|datum| widget.tooltip(datum, Lang::En).unwrap())
        .map(|card| (card.value, card.status.join(", ")))
        .collect();
    let expected = [
        ("> US$5", "more than"),
        ("≥ US$5", "at least"),
        ("≤ US$5", "up to"),
        ("< US$5", "less than"),
        ("≈ US$5", "approximate"),
    ];
    assert_eq!(said, expected.map(|(a, b)| (a.to_string(), b.to_string())));
}

fn columns(more: Vec<Column>) -> Vec<Column> {
    let names = |name: &str, codes: Vec<u32>, names: &[&str]| Column {
        name: name.into(),
        codes,
        names: names.iter().map(|n| (*n).to_string()).collect(),
        ..Column::default()
    };
    let mut all = vec![
        names("nodes.label", vec![0, 1], &["a", "b"]),
        names("nodes.layer", vec![0, 0], &["One"]),
    ];
    all.extend(more);
    all
}

fn numbers(name: &str, numbers: &[f64]) -> Column {
    Column {
        name: name.into(),
        numbers: numbers.to_vec(),
        ..Column::default()
    }
}

#[test]
fn columns_without_types_are_relations_of_which_nothing_more_is_known() {
    let mut widget = make("value-chain").unwrap();
    let ends = vec![numbers("links.from", &[0.0]), numbers("links.to", &[1.0])];
    assert!(widget.columns(columns(ends)).unwrap().is_empty());
    let legend = widget.picture(&view()).legend;
    assert!(legend.iter().any(|key| key.label == "links to"));
    assert!(legend.iter().all(|key| key.label != "partners with"));
}

#[test]
fn ends_of_relations_come_in_pairs() {
    let mut widget = make("value-chain").unwrap();
    for (name, missing) in [("links.to", "links.from"), ("links.from", "links.to")] {
        let error = widget.columns(columns(vec![numbers(name, &[1.0])]));
        assert_eq!(error.unwrap_err().detail(), missing);
    }
}

#[test]
fn more_words_for_relations_than_a_byte_counts_keep_their_meaning() {
    let words: Vec<String> = (0..300)
        .map(|n| {
            if n == 299 {
                "uses".into()
            } else {
                format!("w{n}")
            }
        })
        .collect();
    let types = Column {
        name: "links.type".into(),
        codes: vec![299],
        names: words,
        ..Column::default()
    };
    let mut widget = make("value-chain").unwrap();
    let ends = vec![
        numbers("links.from", &[0.0]),
        numbers("links.to", &[1.0]),
        types,
    ];
    widget.columns(columns(ends)).unwrap();
    let legend = widget.picture(&view()).legend;
    assert!(legend.iter().any(|key| key.label == "uses"));
}

#[test]
fn organisations_without_a_layer_or_a_country_are_in_none_of_the_others() {
    let all: Vec<u32> = (0..400).collect();
    let code = |name: &str, codes: Vec<u32>, names: &[&str]| Column {
        name: name.into(),
        codes,
        names: names.iter().map(|n| (*n).to_string()).collect(),
        ..Column::default()
    };
    let last = |names: u32| {
        all.iter()
            .map(move |n| if n % 2 == 0 { u32::MAX } else { n % names })
    };
    let mut widget = make("value-chain").unwrap();
    let issues = widget
        .columns(vec![
            code("nodes.label", all.clone(), &["x"; 400]),
            code("nodes.layer", last(2).collect(), &["One", "Two"]),
            code("nodes.country", last(2).collect(), &["KR", "US"]),
        ])
        .unwrap();
    assert!(issues.is_empty());
    let shown = widget.picture(&view());
    let names: Vec<&str> = shown.scene.outline.iter().map(|n| n.key.as_str()).collect();
    assert_eq!(names, ["Two · 200", "Not given · 200"]);
}

#[test]
fn a_source_that_ends_as_another_does_is_another() {
    let widget = widget(
        r#""sources":[{"id":"s1","title":"Daily News"},{"id":"s2","title":"News"}],
           "sublayers":[{"id":"gpu","layer":"infra","name":"GPU"}],
           "entities":[{"id":"a","roles":[{"sublayer":"gpu","source":"s1"}]},{"id":"b","roles":[{"sublayer":"gpu"}]}],
           "links":[{"from":"a","to":"b","type":"uses","source":"s2"},{"from":"a","to":"b","type":"supplies","source":"s1"}]"#,
    );
    let cites: Vec<String> = widget
        .tooltip(0, Lang::En)
        .unwrap()
        .cites
        .into_iter()
        .map(|cite| cite.text)
        .collect();
    assert_eq!(cites, ["[1] Daily News", "[2] News"]);
}

#[test]
fn circles_that_are_too_many_to_list_are_not_said_to_be_all() {
    let mut links = Vec::new();
    for a in 0..9 {
        for b in 0..9 {
            if a != b {
                links.push(format!(
                    r#"{{"from":"o{a}","to":"o{b}","type":"supplies","amount_usd":{a}}}"#
                ));
            }
        }
    }
    let shown = picture(&format!(r#""links":[{}]"#, links.join(",")));
    assert_eq!(
        shown.lists[0].title,
        "At least 60 circular deals among up to four"
    );
    let few = picture(
        r#""links":[{"from":"a","to":"b","type":"invests_in","amount_usd":5,"status":"planned"},{"from":"b","to":"a","type":"supplies","amount_krw":9}]"#,
    );
    assert_eq!(few.lists[0].title, "1 circular deal among up to four");
    // No sum of what is invested and what is supplied.
    assert_eq!(
        few.lists[0].lines[0].1,
        "a → b (invests in US$5 · planned); b → a (supplies ₩9)"
    );
}

#[test]
fn an_organisation_of_which_nobody_says_what_it_is_is_no_company() {
    let widget = widget(
        r#""entities":[{"id":"a"},{"id":"b","kind":"government"},{"id":"c","kind":"person"}],"links":[{"from":"a","to":"b"}]"#,
    );
    let controls = widget.picture(&view()).controls;
    let kind = controls
        .iter()
        .find(|control| control.key == "kind")
        .unwrap();
    let names: Vec<&str> = kind.options.iter().map(|option| &*option.1).collect();
    assert_eq!(names, ["All", "Government (1)", "People (1)"]);
}
