//! What a timeline does not say is neither drawn nor said: kinds of events, currencies, sums of
//! unlike things, amounts that are undisclosed.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use ai_atlas::abi::{Mark, NO_DATUM, shape};
use ai_atlas::data::funding::{Funding, Kind};
use ai_atlas::data::{Column, Lang};
use ai_atlas::error::{Issue, IssueKind};
use ai_atlas::widget::{Figure, State, View, Widget, make};

fn read(events: &str) -> (Funding, Vec<Issue>) {
    let file = format!(r#"{{"kind":"ai-atlas/funding-timeline","events":[{events}]}}"#);
    Funding::parse(file.as_bytes()).unwrap()
}

fn widget(events: &str) -> Box<dyn Widget> {
    let mut widget = make("funding-timeline").unwrap();
    let file = format!(r#"{{"kind":"ai-atlas/funding-timeline","events":[{events}]}}"#);
    widget.load(file.as_bytes()).unwrap();
    widget
}

fn view() -> View {
    View {
        lang: Lang::En,
        hover: NO_DATUM,
        ..View::wide(1000.0)
    }
}

fn picture(events: &str) -> Figure {
    widget(events).picture(&view())
}

/// Radii of the dots, by datum.
fn radii(picture: &Figure) -> Vec<(u32, f32)> {
    let round = |mark: &&Mark| mark.datum != NO_DATUM && mark.style & 15 == shape::ELLIPSE;
    let dots = picture.scene.marks[picture.scene.under..]
        .iter()
        .filter(round);
    let mut radii: Vec<(u32, f32)> = dots
        .map(|m| (m.datum, (m.rect_css[2] - m.rect_css[0]) / 2.0))
        .collect();
    radii.sort_by_key(|dot| dot.0);
    radii
}

#[test]
fn an_event_without_a_type_is_an_event_and_no_investment() {
    let (data, issues) = read(
        r#"{"date":"2024-01-01","label":"a"},{"date":"2024-01-02","label":"b","amount_usd":5},{"date":"2024-01-03","label":"c","valuation_usd":5},
           {"date":"2024-01-04","label":"d","type":"gift","valuation_usd":5},{"date":"2024-01-05","label":"e","type":"event"}"#,
    );
    let kinds: Vec<Kind> = data.events.iter().map(|e| e.kind).collect();
    assert_eq!(
        kinds,
        [
            Kind::Event,
            Kind::Event,
            Kind::Valuation,
            Kind::Event,
            Kind::Event
        ]
    );
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].kind, IssueKind::UnknownWord);
    let card = widget(r#"{"date":"2024","label":"a"}"#)
        .tooltip(0, Lang::En)
        .unwrap();
    assert_eq!(card.value, "");
    assert!(
        card.rows.iter().any(|row| row.1 == "Events"),
        "{:?}",
        card.rows
    );
}

#[test]
fn only_what_says_so_is_undisclosed() {
    let widget = widget(
        r#"{"date":"2024-01-01","label":"a","type":"round"},{"date":"2024-01-02","label":"b","type":"round","amount":"undisclosed"},
           {"date":"2024-01-03","label":"c","amount_undisclosed":true},{"date":"2024-01-04","label":"d","type":"policy"}"#,
    );
    let said: Vec<String> = (0..4)
        .map(|datum| widget.tooltip(datum, Lang::En).unwrap().value)
        .collect();
    let hidden = "amount undisclosed";
    assert_eq!(said, ["no amount given", hidden, hidden, ""]);
    let cells: Vec<String> = widget
        .table(Lang::En)
        .rows
        .into_iter()
        .map(|row| row[4].clone())
        .collect();
    assert_eq!(cells, said);
    let picture = widget.picture(&view());
    assert_eq!(picture.takeaway, "0 of 4 events have an amount.");
    let legend: Vec<&str> = picture.legend.iter().map(|key| &*key.label).collect();
    assert!(legend.contains(&"No amount given"), "{legend:?}");
}

#[test]
fn no_dollars_where_nobody_wrote_dollars() {
    let (data, _) = read(
        r#"{"date":"2024-01-01","label":"a","valuation":1300000000000,"currency":"KRW"},{"date":"2024-01-02","label":"b","valuation":5},
           {"date":"2024-01-03","label":"c","amount":{"value":5}},{"date":"2024-01-04","label":"d","amount":{"value":5},"currency":"EUR"},
           {"date":"2024-01-05","label":"e","valuation_usd":5}"#,
    );
    let money: Vec<(&str, Option<f64>)> = data
        .events
        .iter()
        .map(|e| e.amount.as_ref().or(e.valuation.as_ref()).unwrap())
        .map(|m| (m.currency.as_str(), m.usd))
        .collect();
    assert_eq!(
        money,
        [
            ("KRW", None),
            ("", None),
            ("", None),
            ("EUR", None),
            ("USD", Some(5.0))
        ]
    );
    let (data, _) = Funding::from_table(
        r#"{"head":["날짜","이름","기업가치"],"rows":[["2024-05","가","1300000000000"]]}"#
            .as_bytes(),
    )
    .unwrap();
    assert_eq!(data.events[0].valuation.as_ref().unwrap().currency, "");
    // All in won: areas, filters and sums are in won.
    let picture = picture(
        r#"{"date":"2024-01-01","label":"a","type":"round","amount":4000,"currency":"KRW"},{"date":"2024-03-01","label":"b","type":"round","amount":1000,"currency":"KRW"}"#,
    );
    assert_eq!(radii(&picture), [(0, 15.0), (1, 7.5)]);
    assert!(picture.status.ends_with("₩5,000"), "{}", picture.status);
    let words = picture.legend.iter().map(|key| key.label.clone());
    assert!(!words.collect::<String>().contains('$'));
}

#[test]
fn a_valuation_is_not_the_sum_of_a_round() {
    let widget = widget(r#"{"date":"2024","label":"a","type":"round","valuation_usd":5e9}"#);
    assert_eq!(
        widget.tooltip(0, Lang::En).unwrap().value,
        "valuation US$5bn"
    );
    assert_eq!(
        widget.picture(&view()).takeaway,
        "0 of 1 event have an amount."
    );
}

#[test]
fn unlike_amounts_have_no_sum() {
    let event = |kind: &str, sum: &str| {
        format!(r#"{{"date":"2024-01-01","label":"{kind}","type":"{kind}",{sum}}}"#)
    };
    let status = |events: &[String]| picture(&events.join(",")).status;
    let (round, more) = (
        event("round", r#""amount_usd":5"#),
        event("round", r#""amount_usd":6"#),
    );
    assert_eq!(
        status(&[round.clone(), more.clone()]),
        "2 events in view, US$11"
    );
    let bought = event("acquisition", r#""amount_usd":7"#);
    assert_eq!(status(&[round.clone(), bought]), "2 events in view");
    let won = event("round", r#""amount":7,"currency":"KRW""#);
    assert_eq!(status(&[round.clone(), won]), "2 events in view");
    // What is not settled is in no sum, and says what it is.
    for word in ["planned", "forecast", "reported", "in_talks"] {
        let open = event("round", &format!(r#""amount_usd":7,"status":"{word}""#));
        assert_eq!(
            status(&[round.clone(), open]),
            "2 events in view, US$5",
            "{word}"
        );
    }
    let least = event(
        "round",
        r#""amount":{"value":7,"currency":"USD","bound":"at_least"}"#,
    );
    assert_eq!(status(&[round, least]), "2 events in view, at least US$12");
}

#[test]
fn the_largest_amount_is_one_of_its_kind_and_currency_and_untitled_data_have_a_heading() {
    let unlike = picture(
        r#"{"date":"2024-01-01","label":"a","type":"round","amount_usd":5},{"date":"2024-01-02","label":"b","type":"acquisition","amount_usd":9}"#,
    );
    assert_eq!(unlike.title, "A timeline of 2 events");
    let equal = picture(
        r#"{"date":"2024-01-01","label":"a","type":"round","amount_usd":5},{"date":"2024-01-02","label":"b","type":"round","amount_usd":5}"#,
    );
    assert_eq!(equal.title, "A timeline of 2 events");
    let largest = picture(
        r#"{"date":"2024-01-01","label":"a","type":"round","amount_usd":5},{"date":"2024-01-02","label":"b","type":"round","amount_usd":9},
           {"date":"2024-01-02","label":"c","type":"acquisition","amount_usd":900}"#,
    );
    assert_eq!(
        largest.title,
        "The largest of 2 comparable amounts under “Funding rounds” is US$9 (b, 2 January 2024)"
    );
    assert_eq!(largest.takeaway, "Every event has an amount.");
}

#[test]
fn areas_are_linear_in_the_amount_and_the_largest_sets_the_scale() {
    let event = |day: u32, sum: &str| {
        format!(r#"{{"date":"2024-0{day}-01","label":"e{day}","type":"round","amount_usd":{sum}}}"#)
    };
    let three = [event(1, "9e12"), event(3, "1e12"), event(5, "0")];
    let shown = picture(&three.join(","));
    let sizes = radii(&shown);
    assert_eq!(sizes, [(0, 15.0), (1, 5.0), (2, 4.0)]);
    let note = "Amounts below US$640bn all have the smallest circle.";
    assert!(shown.notes.iter().any(|n| n == note), "{:?}", shown.notes);
    // Nothing is as good as infinite: it is left out and said, and the others stay.
    let (data, issues) = read(&[event(1, "1e30"), event(3, "5")].join(","));
    assert_eq!(
        (data.events.len(), issues[0].kind),
        (1, IssueKind::NotFinite)
    );
}

#[test]
fn amounts_in_another_currency_have_no_area_and_that_is_said() {
    let shown = picture(
        r#"{"date":"2024-01-01","label":"a","type":"round","amount_usd":5},{"date":"2024-03-01","label":"b","type":"round","amount":9000,"currency":"KRW"}"#,
    );
    let note = "1 amount in other currencies: no area stands for it.";
    assert!(shown.notes.iter().any(|n| n == note), "{:?}", shown.notes);
}

#[test]
fn a_planned_acquisition_does_not_end_a_lane() {
    let hatched = |status: &str| {
        let widget = widget(&format!(
            r#"{{"date":"2022-01-01","label":"v","type":"valuation","target":"A","valuation_usd":5e9}},
               {{"date":"2023-01-01","label":"v","type":"valuation","target":"B","valuation_usd":6e9}},
               {{"date":"2024-01-01","label":"x","type":"acquisition","target":"A","amount_usd":9e9{status}}},
               {{"date":"2025-01-01","label":"y","type":"policy"}}"#
        ));
        let view = View {
            state: State::from_pairs([("lanes", "org")]),
            ..view()
        };
        let marks = widget.picture(&view).scene.marks;
        marks
            .iter()
            .filter(|m| m.style >> 4 & 15 == ai_atlas::abi::pattern::HATCH)
            .count()
    };
    assert!(hatched("") > hatched(r#","status":"planned""#));
}

#[test]
fn rows_of_columns_without_a_type_are_in_a_lane_of_their_own() {
    let date = |day: f64| 1.7e12 + day * 8.64e7;
    let mut widget = make("funding-timeline").unwrap();
    let issues = widget
        .columns(vec![
            Column {
                name: "date".into(),
                numbers: vec![date(0.0), date(1.0), date(2.0)],
                ..Column::default()
            },
            Column {
                name: "type".into(),
                codes: vec![0, u32::MAX, 7],
                names: vec!["round".into(), "grant".into()],
                ..Column::default()
            },
        ])
        .unwrap();
    assert_eq!(issues.len(), 1);
    let picture = widget.picture(&view());
    let lanes: Vec<(String, usize)> = picture
        .legend
        .iter()
        .filter_map(|key| Some((key.label.clone(), key.count?)))
        .collect();
    assert_eq!(
        lanes,
        [("Not given".to_string(), 2), ("round".to_string(), 1)]
    );
}

#[test]
fn an_endless_amount_of_columns_does_not_take_the_others_away() {
    let mut widget = make("funding-timeline").unwrap();
    let numbers = |name: &str, numbers: &[f64]| Column {
        name: name.into(),
        numbers: numbers.to_vec(),
        ..Column::default()
    };
    let issues = widget
        .columns(vec![
            numbers("date", &[1.7e12, 1.71e12, 1.72e12]),
            numbers("amount", &[1e30, 5e20, 5.0]),
        ])
        .unwrap();
    let said: Vec<(&str, IssueKind)> = issues.iter().map(|i| (&*i.place, i.kind)).collect();
    assert_eq!(
        said,
        [
            ("amount[0]", IssueKind::NotFinite),
            ("amount[2]", IssueKind::NotFinite)
        ]
    );
    let values: Vec<String> = (0..3)
        .map(|datum| widget.tooltip(datum, Lang::En).unwrap().value)
        .collect();
    assert_eq!(values[0], "no amount given");
    assert_eq!(values[2], "no amount given");
    assert!(values[1].starts_with('5'), "{values:?}");
}

#[test]
fn organisations_without_a_layer_are_in_none() {
    let legend = |parties: &str| {
        let mut widget = make("funding-timeline").unwrap();
        let file = format!(
            r#"{{"kind":"ai-atlas/funding-timeline"{parties},"events":[{{"date":"2024-01-01","label":"a","target":"A","type":"policy"}},
               {{"date":"2024-01-02","label":"b","target":"B","type":"policy"}},{{"date":"2024-01-03","label":"c","type":"policy"}}]}}"#
        );
        widget.load(file.as_bytes()).unwrap();
        let view = View {
            state: State::from_pairs([("lanes", "layer")]),
            ..view()
        };
        let legend = widget.picture(&view).legend;
        legend
            .into_iter()
            .map(|key| key.label)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let said = legend("");
    assert!(
        !said.contains("Capital") && !said.contains("layer"),
        "{said}"
    );
    let said = legend(r#","parties":[{"id":"A","layer":"model"},{"id":"B"}]"#);
    assert!(!said.contains("Capital"), "{said}");
    assert!(
        said.contains("Models") && said.contains("No layer given"),
        "{said}"
    );
}

#[test]
fn a_sale_of_a_stake_is_no_investment() {
    let widget = widget(
        r#"{"date":"2024-01-01","label":"a","type":"investment","amount_usd":5},{"date":"2024-01-02","label":"b","type":"investment","direction":"exit","amount_usd":9}"#,
    );
    let card = widget.tooltip(1, Lang::En).unwrap();
    assert!(
        card.rows.iter().any(|row| row.1 == "Sales of stakes"),
        "{:?}",
        card.rows
    );
    let shown = widget.picture(&view());
    assert_eq!(
        (&*shown.title, &*shown.status),
        ("A timeline of 2 events", "2 events in view")
    );
}
