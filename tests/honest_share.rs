//! What a table of parts does not say is neither drawn nor said: per cents, wholes, winners,
//! noughts.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use ai_atlas::data::Lang;
use ai_atlas::data::market_share::{Kind, MarketShare, Rest};
use ai_atlas::error::IssueKind;
use ai_atlas::text::{number, percent, value};
use ai_atlas::widget::{Figure, View, Widget, make};

fn read(table: &str) -> (MarketShare, Vec<IssueKind>) {
    let file = format!(r#"{{"kind":"ai-atlas/market-share","tables":[{{{table}}}]}}"#);
    let (data, issues) = MarketShare::parse(file.as_bytes()).unwrap();
    (data, issues.into_iter().map(|i| i.kind).collect())
}

fn widget(table: &str) -> Box<dyn Widget> {
    let mut widget = make("market-share").unwrap();
    let file = format!(r#"{{"kind":"ai-atlas/market-share","tables":[{{{table}}}]}}"#);
    widget.load(file.as_bytes()).unwrap();
    widget
}

fn picture(table: &str) -> Figure {
    widget(table).picture(&View {
        lang: Lang::En,
        ..View::wide(1000.0)
    })
}

fn items(values: &[&str]) -> String {
    let items: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(at, value)| format!(r#"{{"label":"i{at}","value":{value}}}"#))
        .collect();
    format!(r#""items":[{}]"#, items.join(","))
}

fn words(figure: &Figure) -> String {
    let labels = figure.scene.labels.iter().map(|l| l.text.clone());
    let legend = figure.legend.iter().map(|key| key.label.clone());
    labels.chain(legend).collect::<Vec<_>>().join("\n")
}

#[test]
fn numbers_without_a_unit_are_numbers_and_their_whole_is_not_known() {
    let counts = items(&["40", "15", "5"]);
    let (data, issues) = read(&counts);
    let table = &data.tables[0];
    assert_eq!(
        (
            table.kind,
            &*table.unit,
            table.whole,
            table.rest,
            issues.len()
        ),
        (Kind::Parts, "", None, Rest::None, 0)
    );
    let shown = words(&picture(&counts));
    assert!(
        !shown.contains('%') && !shown.contains("unknown"),
        "{shown}"
    );
    // A page's own table, too.
    let (data, _) = MarketShare::from_table(
        br#"{"head":["label","value"],"rows":[["a","40"],["b","15"],["c","5"]]}"#,
    )
    .unwrap();
    assert_eq!(
        (data.tables[0].kind, &*data.tables[0].unit),
        (Kind::Parts, "")
    );
}

#[test]
fn per_cents_are_what_somebody_calls_so() {
    for said in [r#""unit":"%","#, r#""kind":"share","#] {
        let (data, _) = read(&format!("{said}{}", items(&["40", "15"])));
        let table = &data.tables[0];
        assert_eq!(
            (table.kind, &*table.unit, table.rest),
            (Kind::Share, "%", Rest::Unknown(45.0))
        );
    }
    let (data, issues) = read(&format!(
        r#""kind":"share","unit":"USD bn",{}"#,
        items(&["40"])
    ));
    let table = &data.tables[0];
    assert_eq!(
        (table.kind, table.whole, table.rest),
        (Kind::Parts, None, Rest::None)
    );
    assert_eq!(issues, [IssueKind::Unused]);
}

#[test]
fn a_rest_that_holds_what_could_not_be_read_says_so() {
    let label = "Rest, with values that could not be read";
    for lost in [r#""many""#, "-5", "null", r#""undisclosed""#] {
        let shown = picture(&format!(r#""unit":"%",{}"#, items(&["40", lost])));
        let said = words(&shown);
        assert!(
            said.contains(label) && !said.contains("Split unknown"),
            "{said}"
        );
        let node = shown.scene.outline.iter().find(|n| n.name.contains(label));
        assert!(node.unwrap().name.ends_with("value not given"));
        // Of a stated whole the rest is no longer what is known by subtraction.
        let parts = format!(r#""unit":"MW","whole":100,{}"#, items(&["40", lost]));
        assert_eq!(read(&parts).0.tables[0].rest, Rest::Unknown(60.0));
        assert!(words(&picture(&parts)).contains(label));
        assert!(!read(&parts).1.is_empty());
    }
    let said = words(&picture(&format!(r#""unit":"%",{}"#, items(&["40"]))));
    assert!(
        said.contains("Split unknown") && !said.contains(label),
        "{said}"
    );
}

#[test]
fn a_group_has_what_could_not_be_read_of_it_and_the_table_has_not() {
    let shown = picture(
        r#""unit":"%","items":[{"label":"G","value":60,"items":[{"label":"a","value":30},{"label":"b","value":"?"}]}]"#,
    );
    let unread = shown
        .scene
        .outline
        .iter()
        .filter(|n| n.name.contains("could not"));
    let unknown = shown
        .scene
        .outline
        .iter()
        .filter(|n| n.name.contains("Split unknown"));
    assert_eq!((unread.count(), unknown.count()), (1, 1));
}

#[test]
fn nothing_is_all_and_nothing_is_nothing_but_what_is() {
    let cent = |v| percent(v, Lang::En);
    assert_eq!(cent(99.996), "> 99.9%");
    assert_eq!(cent(99.94), "99.9%");
    assert_eq!(cent(100.0), "100%");
    assert_eq!(cent(0.004), "0.004%");
    assert_eq!(cent(1e-9), "1×10^−9%");
    assert_eq!(cent(0.0), "0%");
    assert_eq!(number(1e-7, Lang::En, 2), "1×10^−7");
    assert_eq!(number(-0.0004, Lang::En, 2), "−0.0004");
    assert_eq!(
        value(1e-7, "USD", Lang::Ko),
        "1×10^−7달러".replace('달', " 달")
    );
    let shown = picture(&format!(r#""unit":"%",{}"#, items(&["99.996", "0.004"])));
    let said = words(&shown) + &shown.title;
    assert!(!said.contains("100%") && !said.contains(" 0%"), "{said}");
}

#[test]
fn when_all_values_are_nothing_that_is_said() {
    let shown = picture(&format!(r#""unit":"MW",{}"#, items(&["0", "0"])));
    assert_eq!(
        shown.takeaway,
        "All values are 0, so there is no area to draw."
    );
    assert_eq!(picture(&items(&["0", "1"])).takeaway, "");
}

#[test]
fn none_leads_where_another_could_be_larger() {
    let title = |table: &str| picture(&format!(r#""title":"T",{table}"#)).title;
    assert_eq!(title(&items(&["5", "3"])), "T: i0 5");
    assert_eq!(title(&items(&["5", "5", "3"])), "T");
    // Half of it is nobody knows whose.
    assert_eq!(
        title(&format!(r#""unit":"%",{}"#, items(&["40", "10"]))),
        "T"
    );
    assert_eq!(title(&items(&["5", "null"])), "T");
    let bound = |bound: &str, of: usize| {
        let item = |at: usize, value: u32| {
            let bound = if at == of {
                format!(r#","bound":"{bound}""#)
            } else {
                String::new()
            };
            format!(r#"{{"label":"i{at}","value":{value}{bound}}}"#)
        };
        title(&format!(r#""items":[{},{}]"#, item(0, 5), item(1, 3)))
    };
    assert_eq!(bound("at_least", 0), "T: i0 ≥ 5");
    assert_eq!(bound("more_than", 0), "T: i0 > 5");
    assert_eq!(bound("up_to", 0), "T");
    assert_eq!(bound("more_than", 1), "T");
    assert_eq!(bound("less_than", 1), "T: i0 5");
    // Untitled data have a heading all the same.
    assert_eq!(picture(&items(&["5", "5"])).title, "2 parts");
}

#[test]
fn periods_of_unlike_units_have_no_difference() {
    let lists = |unit: &str| {
        let table = |period: &str, unit: &str| {
            format!(
                r#"{{"id":"{period}","series":"s","period":"{period}","unit":"{unit}",{}}}"#,
                items(&["40", "15"])
            )
        };
        let file = format!(
            r#"{{"kind":"ai-atlas/market-share","tables":[{},{}]}}"#,
            table("2023", "MW"),
            table("2024", unit)
        );
        let mut widget = make("market-share").unwrap();
        widget.load(file.as_bytes()).unwrap();
        let view = View {
            tab: "2024".into(),
            ..View::wide(800.0)
        };
        widget.picture(&view).lists.len()
    };
    assert_eq!((lists("MW"), lists("USD bn")), (1, 0));
}

#[test]
fn a_table_that_is_cut_says_so() {
    let mut widget = make("market-share").unwrap();
    let numbers = (0..20_003).map(f64::from).collect();
    widget
        .columns(vec![ai_atlas::data::Column {
            name: "value".into(),
            numbers,
            ..Default::default()
        }])
        .unwrap();
    let rows = widget.table(Lang::En).rows;
    assert_eq!(rows.len(), 20_001);
    assert_eq!(rows[20_000][0], "The first 20,000 of 20,003 rows");
}

#[test]
fn a_no_in_words_is_a_no() {
    let (data, issues) = MarketShare::from_table(
        br#"{"head":["label","value","derived"],"rows":[["a","40","FALSE"],["b","15","no"],["c","5","yes"],["d","5","4 + 1"]]}"#,
    )
    .unwrap();
    assert!(issues.is_empty(), "{issues:?}");
    let derived: Vec<bool> = data.tables[0]
        .items
        .iter()
        .map(|i| i.status.derived)
        .collect();
    assert_eq!(derived, [false, false, true, true]);
}

#[test]
fn a_whole_that_is_about_is_said_to_be_about() {
    let table = format!(
        r#""unit":"MW","whole":200,"whole_approx":true,{}"#,
        items(&["40", "15"])
    );
    let shown = picture(&table);
    assert!(
        shown
            .notes
            .iter()
            .any(|note| note == "The whole is ≈ 200 MW."),
        "{:?}",
        shown.notes
    );
    assert_eq!(
        widget(&table).tooltip(0, Lang::En).unwrap().share,
        "20% of ≈ 200 MW"
    );
}

#[test]
fn an_issue_says_what_became_of_its_line() {
    let said = |table: &str| {
        let (_, issues) = MarketShare::from_table(table.as_bytes()).unwrap();
        ai_atlas::text::issue(&issues[0], Lang::En)
    };
    assert_eq!(
        said(r#"{"head":["label","value"],"rows":[["a","40"],["b",""]]}"#),
        "line 3, value: a required value is missing, so this line is not drawn."
    );
}
