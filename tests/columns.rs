//! Columns as pages hand them over: what is wrong with one is said by its name and row, and what is
//! not known is never a number.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use ai_atlas::data::{Column, Lang};
use ai_atlas::text;
use ai_atlas::widget::{self, View, Widget};

fn numbers(name: &str, numbers: &[f64]) -> Column {
    Column {
        name: name.to_string(),
        numbers: numbers.to_vec(),
        ..Column::default()
    }
}

fn names(name: &str, names: &[&str]) -> Column {
    Column {
        name: name.to_string(),
        names: names.iter().map(ToString::to_string).collect(),
        ..Column::default()
    }
}

fn coded(name: &str, codes: &[u32], names: &[&str]) -> Column {
    Column {
        name: name.to_string(),
        codes: codes.to_vec(),
        names: names.iter().map(ToString::to_string).collect(),
        ..Column::default()
    }
}

/// The widget, and what is said of the columns, in English.
fn given(kind: &str, columns: Vec<Column>) -> (Box<dyn Widget>, Vec<String>) {
    let mut widget = widget::make(kind).unwrap();
    let issues = widget.columns(columns).unwrap();
    (
        widget,
        issues
            .iter()
            .map(|issue| text::issue(issue, Lang::En))
            .collect(),
    )
}

/// The sentence with which columns are refused, and its code.
fn refused(kind: &str, columns: Vec<Column>) -> (&'static str, String) {
    let error = widget::make(kind).unwrap().columns(columns).unwrap_err();
    (error.code(), text::error(&error, Lang::En))
}

/// All that the widget says of its data, in words.
fn told(widget: &dyn Widget) -> String {
    let picture = widget.picture(&View {
        lang: Lang::En,
        ..View::wide(800.0)
    });
    let mut all = vec![picture.title, picture.takeaway, picture.subline];
    all.extend(picture.notes);
    all.extend(picture.scene.labels.into_iter().map(|label| label.text));
    all.extend(picture.scene.outline.into_iter().map(|node| node.name));
    all.extend(widget.table(Lang::En).rows.into_iter().flatten());
    all.join("\n")
}

#[test]
fn a_value_that_is_not_disclosed_is_neither_zero_nor_left_to_make_the_rest_a_hundred_percent() {
    let labels = ["five", "hidden", "minus", "endless"];
    let (widget, said) = given(
        "market-share",
        vec![
            numbers("value", &[5.0, f64::NAN, -3.0, f64::INFINITY]),
            names("label", &labels),
        ],
    );
    assert_eq!(
        said,
        [
            "value[1]: a required value is missing, so it stands in the table only.",
            "value[2]: '-3' is below zero, so this row is not drawn.",
            "value[3]: '' is not a number that can be drawn, so this row is not drawn.",
        ]
    );
    let words = told(&*widget);
    assert!(
        !words.contains('%') && !words.lines().any(|line| line == "0"),
        "{words}"
    );
    assert!(words.contains("1 part without a value"), "{words}");
    let rows: Vec<(String, String, String)> = widget
        .table(Lang::En)
        .rows
        .into_iter()
        .map(|row| (row[1].clone(), row[2].clone(), row[5].clone()))
        .collect();
    let row = |name: &str, value: &str, status: &str| {
        (name.to_string(), value.to_string(), status.to_string())
    };
    assert_eq!(
        rows,
        [row("five", "5", ""), row("hidden", "", "value not given")]
    );
    assert_eq!(
        widget.tooltip(1, Lang::En).unwrap().value,
        "value not given"
    );
    assert_eq!(widget.tooltip(0, Lang::En).unwrap().share, "");
    // Where all is known the share is said.
    let (widget, said) = given(
        "market-share",
        vec![numbers("value", &[5.0, 15.0]), names("label", &["a", "b"])],
    );
    assert!(
        said.is_empty() && told(&*widget).contains("75%"),
        "{}",
        told(&*widget)
    );
}

#[test]
fn a_group_of_nothing_that_is_disclosed_has_no_value_of_zero() {
    let columns = vec![
        numbers("value", &[5.0, f64::NAN, f64::NAN]),
        coded("levels.0", &[0, 1, 1], &["open", "shut"]),
        names("label", &["a", "b", "c"]),
    ];
    let (widget, _) = given("market-share", columns);
    let cards: Vec<(String, String)> = (0..6)
        .filter_map(|datum| widget.tooltip(datum, Lang::En))
        .map(|card| (card.title, card.value))
        .collect();
    assert!(
        cards.contains(&("shut".to_string(), "value not given".to_string())),
        "{cards:?}"
    );
    assert!(cards.iter().all(|(_, value)| value != "0"), "{cards:?}");
}

#[test]
fn columns_of_different_lengths_are_named_with_their_numbers_of_rows() {
    let (code, words) = refused(
        "market-share",
        vec![
            numbers("value", &[3.0, 2.0, 1.0]),
            names("label", &["X", "Y"]),
        ],
    );
    assert_eq!(
        (code, words.as_str()),
        (
            "bad-columns",
            "The columns have different numbers of rows: label 2, value 3."
        )
    );
    // A padded dictionary.
    let (_, words) = refused(
        "market-share",
        vec![
            numbers("value", &[3.0, 2.0, 1.0]),
            coded("label", &[0, 1, 0, 0], &["X", "Y"]),
        ],
    );
    assert_eq!(
        words,
        "The columns have different numbers of rows: label 4, value 3."
    );
    let (_, words) = refused(
        "funding-timeline",
        vec![numbers("date", &[0.0, 1e12]), numbers("amount", &[1.0])],
    );
    assert_eq!(
        words,
        "The columns have different numbers of rows: amount 1, date 2."
    );
    let chain = |to: &[f64], amount: &[f64]| {
        let label = names("nodes.label", &["a", "b"]);
        let layer = coded("nodes.layer", &[0, 1], &["infra", "model"]);
        vec![
            label,
            layer,
            numbers("links.from", &[0.0, 1.0]),
            numbers("links.to", to),
            numbers("links.amount", amount),
        ]
    };
    assert_eq!(
        refused("value-chain", chain(&[1.0], &[1.0, 2.0])).1,
        "The columns have different numbers of rows: links.to 1, links.from 2."
    );
    assert_eq!(
        refused("value-chain", chain(&[1.0, 0.0], &[1.0])).1,
        "The columns have different numbers of rows: links.amount 1, links.from 2."
    );
}

#[test]
fn a_column_that_is_missing_or_of_another_kind_is_named() {
    assert_eq!(
        refused("market-share", vec![names("label", &["X"])]),
        (
            "bad-columns",
            "A column that is needed is missing or empty: value.".to_string()
        )
    );
    assert_eq!(
        refused("funding-timeline", vec![numbers("amount", &[1.0])]),
        (
            "bad-columns",
            "A column that is needed is missing or empty: date.".to_string()
        )
    );
    let (code, words) = refused(
        "funding-timeline",
        vec![coded("date", &[0], &["2024-01-01"])],
    );
    assert!(
        code == "bad-columns" && words.starts_with("A column could not be read: date."),
        "{words}"
    );
    let (_, words) = refused(
        "market-share",
        vec![numbers("value", &[1.0]), numbers("label", &[1.0])],
    );
    assert!(
        words.starts_with("A column could not be read: label."),
        "{words}"
    );
}

#[test]
fn codes_of_no_name_and_ends_of_no_node_are_issues_with_their_row() {
    let (widget, said) = given(
        "market-share",
        vec![
            numbers("value", &[3.0, 2.0]),
            coded("label", &[0, 7], &["X"]),
        ],
    );
    assert_eq!(
        said,
        ["label[1]: no name has the code '7', so it is drawn without this value."]
    );
    let words = told(&*widget);
    assert!(
        words.contains("no name") && !words.contains("No. 2"),
        "{words}"
    );
    let columns = vec![
        names("nodes.label", &["a", "b"]),
        coded("nodes.layer", &[0, 9], &["infra"]),
        numbers("links.from", &[0.0, 0.0, 1.0, f64::NAN]),
        numbers("links.to", &[1.0, 7.0, 1.0, 0.0]),
        numbers("links.amount", &[1.0, 1.0, 1.0, 1.0]),
    ];
    let (_, said) = given("value-chain", columns);
    assert_eq!(
        said,
        [
            "nodes.layer[1]: no name has the code '9', so it is drawn without this value.",
            "links.to[1]: the file has no organisation '7', so this row is not drawn.",
            "links.to[2]: '1' points to itself, so this row is not drawn.",
            "links.from[3]: the file has no organisation '', so this row is not drawn.",
        ]
    );
}

#[test]
fn an_end_that_names_nobody_is_told_once_by_its_name() {
    let from = Column {
        codes: vec![1],
        names: vec!["nobody".to_string()],
        ..numbers("links.from", &[1.0, f64::NAN])
    };
    let columns = vec![
        names("nodes.label", &["a", "b"]),
        coded("nodes.layer", &[0, 0], &["infra"]),
        from,
        numbers("links.to", &[0.0, 0.0]),
    ];
    assert_eq!(
        given("value-chain", columns).1,
        ["links.from[1]: the file has no organisation 'nobody', so this row is not drawn."]
    );
}

#[test]
fn dates_that_are_missing_amounts_below_zero_and_seconds_are_noted() {
    let year = 1.7e12;
    let (widget, said) = given(
        "funding-timeline",
        vec![
            numbers("date", &[year, f64::NAN, year]),
            numbers("amount", &[1.0, 2.0, -5.0]),
        ],
    );
    assert_eq!(
        said,
        [
            "date[1]: a required value is missing, so this row is not drawn.",
            "amount[2]: '-5' is below zero, so it is drawn without this value."
        ]
    );
    assert!(told(&*widget).contains("no amount given"));
    let (_, said) = given("funding-timeline", vec![numbers("date", &[1.7e9, 1.6e9])]);
    assert_eq!(
        said,
        [
            "date: all dates lie at the beginning of 1970. They are milliseconds since 1970, not seconds."
        ]
    );
    assert!(
        given("funding-timeline", vec![numbers("date", &[0.0, 1e12])])
            .1
            .is_empty()
    );
}

#[test]
fn cells_that_are_no_numbers_and_columns_that_nobody_knows_are_noted() {
    // The host leaves NaN where a list held something else, and says what.
    let odd = Column {
        codes: vec![1],
        names: vec!["n/a?".to_string()],
        ..numbers("value", &[5.0, f64::NAN])
    };
    let (_, said) = given(
        "market-share",
        vec![
            odd,
            names("label", &["a", "b"]),
            numbers("price", &[1.0, 2.0]),
        ],
    );
    assert_eq!(
        said,
        [
            "value[1]: 'n/a?' is of the wrong type, so it stands in the table only.",
            "price: this graphic knows no such column, so it was not used."
        ]
    );
    let odd = Column {
        codes: vec![0],
        names: vec!["soon".to_string()],
        ..numbers("date", &[f64::NAN, 1e12])
    };
    assert_eq!(
        given("funding-timeline", vec![odd]).1,
        ["date[0]: 'soon' is of the wrong type, so this row is not drawn."]
    );
}
