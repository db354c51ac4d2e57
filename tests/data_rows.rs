//! What the readers leave out of a file with broken rows, and what they say of it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "common/rows.rs"]
mod rows;

use ai_atlas::data::Precision;
use ai_atlas::data::calendar::days_from_civil;
use ai_atlas::data::funding::Funding;
use ai_atlas::data::market_share::{MarketShare, Rest};
use ai_atlas::data::value_chain::ValueChain;
use ai_atlas::error::IssueKind;
use rows::{events, items, links, said};

#[test]
fn a_number_that_cannot_be_drawn_costs_its_row_and_no_other() {
    let rows = r#"{"label":"ok","value":1},{"label":"a","value":-1},{"label":"b","value":NaN},{"label":"c","value":-Infinity},
        {"label":"d","value":1e999},{"label":"e","value":1e301},{"label":"f","value":"12"},{"label":"g"},{"label":"h","value":null},
        {"value":2},7,{"label":"say \"NaN, 1e999\"","value":-0.0}"#;
    let (share, issues) = items(rows);
    use IssueKind::{Missing, Negative, NotFinite, WrongType};
    assert_eq!(
        said(&issues),
        [
            ("items[10]", "items", WrongType),
            ("items[1]", "value", Negative),
            ("items[2]", "value", NotFinite),
            ("items[3]", "value", NotFinite),
            ("items[4]", "value", NotFinite),
            ("items[5]", "value", NotFinite),
            ("items[6]", "value", WrongType),
            ("items[7]", "value", Missing),
            ("items[8]", "value", Missing),
            ("items[9]", "label", Missing),
        ]
    );
    assert_eq!(issues[4].found, "1e999");
    let kept: Vec<&str> = share.tables[0]
        .items
        .iter()
        .map(|item| item.label.en.as_str())
        .collect();
    assert_eq!(kept, ["ok", "say \"NaN, 1e999\""]);
    assert!(share.tables[0].items[1].value.is_sign_positive());
}

#[test]
fn a_link_to_nobody_or_to_itself_is_left_out() {
    let (chain, issues) = links(
        r#"{"from":"a","to":"b","type":"supplies"},{"from":"a","to":"nobody","type":"supplies"},{"from":"a","to":"a","type":"uses"},
           {"from":"a","type":"uses"},{"from":"a","to":"b","type":"marries"},{"from":"a","to":"b","type":"uses","amount_usd":-1},
           {"from":"b","to":"a","type":"uses","date":"2024-13-45"}"#,
    );
    use IssueKind::{BadDate, Missing, Negative, SelfLink, UnknownReference, UnknownWord};
    assert_eq!(
        said(&issues),
        [
            ("links[1]", "to", UnknownReference),
            ("links[2]", "to", SelfLink),
            ("links[3]", "to", Missing),
            ("links[4]", "type", UnknownWord),
            ("links[5]", "amount_usd", Negative),
            ("links[6]", "date", BadDate),
        ]
    );
    assert_eq!(chain.links.len(), 1);
}

#[test]
fn cycles_of_links_are_kept_and_cycles_of_parents_are_cut() {
    let (chain, issues) =
        links(r#"{"from":"a","to":"b","type":"uses"},{"from":"b","to":"a","type":"uses"}"#);
    assert_eq!((chain.links.len(), issues.len()), (2, 0));
    let (chain, issues) = ValueChain::parse(
        br#"{"kind":"ai-atlas/value-chain","entities":[{"id":"a","parent":"b"},{"id":"b","parent":"a"},{"id":"c","parent":"c"},{"id":"d","parent":"x"}]}"#,
    )
    .unwrap();
    assert_eq!(
        said(&issues),
        [
            ("entities[1]", "parent", IssueKind::SelfLink),
            ("entities[2]", "parent", IssueKind::SelfLink),
            ("entities[3]", "parent", IssueKind::UnknownReference)
        ]
    );
    assert_eq!(chain.entities[0].parent, Some(1));
}

#[test]
fn an_event_with_an_impossible_date_is_left_out_and_one_with_none_is_undated() {
    let (data, issues) = events(
        r#"{"date":"2024-13-45","label":"a"},{"date":"2023-02-29","label":"b"},{"label":"c"},{"date":2024,"label":"d"},
           {"date":"2024-05","date_end":"2024-03","label":"e"},{"date":true,"label":"f"},{"date":"2023-11","date_end":"2024","label":"g"}"#,
    );
    use IssueKind::{BadDate, Missing};
    assert_eq!(
        said(&issues),
        [
            ("events[0]", "date", BadDate),
            ("events[1]", "date", BadDate),
            ("events[2]", "date", Missing),
            ("events[4]", "date_end", BadDate),
            ("events[5]", "date", BadDate),
        ]
    );
    assert_eq!(issues[0].found, "2024-13-45");
    assert_eq!((data.events.len(), data.undated.len()), (2, 1));
    let when = data.events[0].when.unwrap();
    assert_eq!(
        (when.from, when.to, when.precision),
        (
            days_from_civil(2023, 11, 1),
            days_from_civil(2024, 12, 31),
            Precision::Year
        )
    );
}

#[test]
fn equal_ids_get_a_number_and_both_rows_stay() {
    let (data, issues) = events(
        r#"{"id":"x","date":"2021","label":"1"},{"id":"x","date":"2022","label":"2"},{"id":"x~2","date":"2023","label":"3"},{"id":"x","date":"2024","label":"4"}"#,
    );
    let ids: Vec<&str> = data.events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, ["x", "x~2", "x~2~2", "x~3"]);
    assert_eq!(
        said(&issues),
        [1, 2, 3].map(|row| (
            ["", "events[1]", "events[2]", "events[3]"][row],
            "id",
            IssueKind::Duplicate
        ))
    );
}

#[test]
fn an_unknown_source_costs_the_cite_and_a_free_one_becomes_a_source() {
    let (data, issues) = Funding::parse(
        br#"{"kind":"ai-atlas/funding-timeline","sources":[{"id":"s","title":"S","url":"javascript:alert(1)"}],
            "events":[{"date":"2024","label":"a","source":"s","also":[{"id":"nope"}]}]}"#,
    )
    .unwrap();
    assert_eq!(
        said(&issues),
        [
            ("sources[0]", "url", IssueKind::WrongType),
            ("events[0]", "also", IssueKind::UnknownReference)
        ]
    );
    assert_eq!(
        (data.events[0].cites.len(), data.sources[0].url.as_deref()),
        (1, None)
    );

    let (data, issues) = events(
        r#"{"date":"2024","label":"a","source":"https://example.org/a"},{"date":"2025","label":"b","source":"Annual report"}"#,
    );
    assert_eq!((issues.len(), data.sources.len()), (0, 2));
    assert_eq!(
        data.sources[0].url.as_deref(),
        Some("https://example.org/a")
    );
    assert_eq!(
        (
            data.sources[1].title.en.as_str(),
            data.sources[1].url.as_deref()
        ),
        ("Annual report", None)
    );
}

#[test]
fn only_plain_web_addresses_become_links() {
    let url = |text: &str| {
        let source = serde_json::json!({
            "kind": "ai-atlas/funding-timeline",
            "sources": [{"id": "s", "url": text}],
            "events": [{"date": "2024", "label": "a"}]
        });
        Funding::parse(source.to_string().as_bytes())
            .unwrap()
            .0
            .sources[0]
            .url
            .clone()
    };
    for good in [
        "https://example.org",
        "HTTP://example.org/a?b#c",
        " https://example.org/ ",
    ] {
        assert_eq!(url(good).as_deref(), Some(good.trim()), "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        " java\tscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "example.org",
        "https:example.org",
        "https://",
        "https:///x",
        "https://a b",
        "https://a\nb",
        "https://a\u{202E}b",
        "https://a\\b",
        "ht\ntps://a",
        "javascript://https://a",
        "file:///etc",
        "https://a\"b",
    ] {
        assert_eq!(url(bad), None, "{bad:?}");
    }
}

#[test]
fn parts_that_exceed_their_whole_are_noted_and_drawn_all_the_same() {
    let row = |table: &str| {
        let (data, issues) = MarketShare::parse(
            format!(r#"{{"kind":"ai-atlas/market-share","tables":[{table}]}}"#).as_bytes(),
        )
        .unwrap();
        (
            data.tables[0].items.len(),
            data.tables[0].rest,
            said(&issues)
                .iter()
                .map(|found| (found.1.to_string(), found.2))
                .collect::<Vec<_>>(),
        )
    };
    let two = r#""items":[{"label":"a","value":60},{"label":"b","value":40.4}]"#;
    assert_eq!(
        row(&format!(r#"{{"kind":"share",{two}}}"#)),
        (2, Rest::None, vec![])
    );
    let three = r#""items":[{"label":"a","value":60},{"label":"b","value":40.6}]"#;
    assert_eq!(
        row(&format!(r#"{{"kind":"share",{three}}}"#)),
        (
            2,
            Rest::None,
            vec![("items".to_string(), IssueKind::ExceedsWhole)]
        )
    );
    assert_eq!(
        row(&format!(
            r#"{{"kind":"parts","whole":90,"unit":"MW",{three}}}"#
        ))
        .2,
        [("items".to_string(), IssueKind::ExceedsWhole)]
    );
    assert_eq!(
        row(&format!(
            r#"{{"kind":"parts","whole":200,"unit":"MW",{two}}}"#
        )),
        (2, Rest::Known(99.6), vec![])
    );
    assert_eq!(
        row(&format!(r#"{{"kind":"comparison",{three}}}"#)),
        (2, Rest::None, vec![])
    );
    assert_eq!(
        row(&format!(
            r#"{{"kind":"share","rest":{{"kind":"half"}},{two}}}"#
        ))
        .2,
        [("kind".to_string(), IssueKind::UnknownWord)]
    );
}

#[test]
fn words_outside_the_lists_are_noted_and_the_row_stays() {
    let (data, issues) = events(
        r#"{"date":"2024","label":"a","type":"gift","status":"rumour","bound":"exactly","amount":{"value":5,"currency":"dollars"}},
           {"date":"2024","label":"b","type":"gift","status":"rumour","bound":"exactly","disputed":"yes","part_of":"nothing","label_en":5}"#,
    );
    use IssueKind::{UnknownReference, UnknownWord, WrongType};
    assert_eq!(
        said(&issues),
        [
            ("events[0]", "currency", UnknownWord),
            ("events[1]", "label_en", WrongType),
            ("events[1]", "type", UnknownWord),
            ("events[1]", "bound", UnknownWord),
            ("events[1]", "status", UnknownWord),
            ("events[1]", "disputed", WrongType),
            ("events[1]", "part_of", UnknownReference),
        ]
    );
    assert_eq!(
        (data.events.len(), data.events[0].label.en.as_str()),
        (1, "b")
    );
}

#[test]
fn text_is_freed_of_controls_and_of_marks_that_turn_it_round_and_is_cut() {
    let long = "가".repeat(5000);
    let (data, _) = events(&format!(
        r#"{{"date":"2024","label":"a\u0000b\u202Ec\u2066d\u0085e\nf\u200d","note":"{long}"}}"#
    ));
    assert_eq!(data.events[0].label.en, "abcde f\u{200d}");
    assert_eq!(data.events[0].note.ko.chars().count(), 4096);
    let (_, issues) = events(&format!(
        r#"{{"date":"{long}","label":"a"}},{{"date":"2024","label":"b"}}"#
    ));
    assert_eq!(issues[0].found.chars().count(), 80);
}

#[test]
fn ids_that_mean_something_to_a_script_are_just_ids() {
    let (data, issues) = events(
        r#"{"id":"__proto__","date":"2024","label":"constructor","actors":["__proto__","toString"]}"#,
    );
    assert_eq!(
        (data.events[0].id.as_str(), data.parties.len(), issues.len()),
        ("__proto__", 2, 0)
    );
}

#[test]
fn twenty_thousand_equal_ids_are_read_in_good_time() {
    let rows = vec![r#"{"id":"x","date":"2024","label":"a"}"#; 20_000].join(",");
    let start = std::time::Instant::now();
    let (data, issues) = events(&rows);
    assert_eq!((data.events.len(), issues.len()), (20_000, 10_000));
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
