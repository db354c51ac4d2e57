//! What of whole files the readers take: JSON and tables of a page, short ones and broken ones.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "common/rows.rs"]
mod rows;
#[path = "common/shipped.rs"]
mod shipped;

use ai_atlas::data::Layer;
use ai_atlas::data::funding::{self, Funding};
use ai_atlas::data::market_share::{Kind, MarketShare, Rest};
use ai_atlas::data::value_chain::{Relation, ValueChain};
use ai_atlas::error::IssueKind;
use proptest::prelude::*;
use rows::{code, events, items, links, said};
use shipped::{CHAIN, FUNDING, SHARE, money};

#[test]
fn a_file_of_the_wrong_sort_is_one_documented_error() {
    let parse = |bytes: &[u8]| code(Funding::parse(bytes));
    let error = |code: &str, detail: &str| (code.to_string(), detail.to_string());
    assert_eq!(parse(b""), error("not-json", "1:1"));
    assert_eq!(parse(b"{\"kind\":\n  oops}").0, "not-json");
    assert_eq!(parse(b"{\"kind\":\n  oops}").1.split(':').next(), Some("2"));
    assert_eq!(parse(b"<!doctype html>"), error("not-json", "1:1"));
    assert_eq!(parse(b"{\"kind\":\"\xFF\"}"), error("not-text", "9"));
    assert_eq!(parse(b"[]"), error("wrong-kind", "kind: "));
    assert_eq!(parse(b"null"), error("wrong-kind", "kind: "));
    assert_eq!(parse(b"{\"events\":[]}"), error("wrong-kind", "kind: "));
    assert_eq!(
        parse(SHARE),
        error("wrong-kind", "kind: ai-atlas/market-share")
    );
    assert_eq!(
        parse(br#"{"kind":"ai-atlas/funding-timeline","version":2}"#),
        error("wrong-kind", "version")
    );
    assert_eq!(
        parse(br#"{"kind":"ai-atlas/funding-timeline"}"#),
        error("empty", "events")
    );
    assert_eq!(
        code(MarketShare::parse(
            br#"{"kind":"ai-atlas/market-share","tables":[]}"#
        )),
        error("empty", "items")
    );
    assert_eq!(
        code(ValueChain::parse(br#"{"kind":"ai-atlas/value-chain"}"#)),
        error("empty", "entities")
    );
    // Where rows were there and none could be kept, the first says why.
    let negative = br#"{"kind":"ai-atlas/market-share","items":[{"label":"a","value":-5}]}"#;
    assert_eq!(
        code(MarketShare::parse(negative)),
        error("empty", "items (items[0].value -5)")
    );
    assert_eq!(
        parse(br#"{"kind":"ai-atlas/funding-timeline","events":[{"date":2024-05-13}]}"#).0,
        "not-json"
    );
    assert_eq!(parse("[".repeat(100_000).as_bytes()).0, "not-json");
}

#[test]
fn too_much_is_refused_before_memory_is_taken() {
    let parse = |text: String| code(Funding::parse(text.as_bytes()));
    let rows = |row: &str, times| {
        format!(
            r#"{{"kind":"ai-atlas/funding-timeline","events":[{}]}}"#,
            vec![row; times].join(",")
        )
    };
    assert_eq!(
        parse(" ".repeat((32 << 20) + 1)),
        (
            "too-large".to_string(),
            "bytes 33554433 > 33554432".to_string()
        )
    );
    assert_eq!(
        parse(rows("{}", 100_001)),
        (
            "too-large".to_string(),
            "events 100001 > 100000".to_string()
        )
    );
    assert_eq!(
        parse(rows(r#"{"":0}"#, 700_000)).1,
        "objects 600001 > 600000"
    );
    assert_eq!(parse(rows("0", 3_100_000)).0, "too-large");
    let many = vec!["{\"id\":\"a\"}"; 20_001].join(",");
    let text = format!(r#"{{"kind":"ai-atlas/value-chain","entities":[{many}]}}"#);
    assert_eq!(
        code(ValueChain::parse(text.as_bytes())).1,
        "entities 20001 > 20000"
    );
}

#[test]
fn a_byte_order_mark_is_no_error() {
    let bytes = [b"\xEF\xBB\xBF", FUNDING].concat();
    assert_eq!(Funding::parse(&bytes).unwrap().0, money());
}

#[test]
fn the_shortest_hand_written_files_work() {
    let (share, issues) = items(r#"{"label":"NVIDIA","value":92},{"label":"AMD","value":3.5}"#);
    assert_eq!(issues, []);
    let table = &share.tables[0];
    assert_eq!(
        (
            share.title.ko.as_str(),
            table.title.en.as_str(),
            table.unit.as_str()
        ),
        ("T", "T", "")
    );
    assert_eq!(
        (table.kind, table.whole, table.rest),
        (Kind::Parts, None, Rest::None)
    );
    assert_eq!(
        (
            table.items[0].label.ko.as_str(),
            table.items[0].label.en.as_str()
        ),
        ("NVIDIA", "NVIDIA")
    );

    let (share, issues) = items(r#"{"name":"A","value":900},{"label_ko":"나","value":300}"#);
    assert_eq!(
        (share.tables[0].kind, share.tables[0].rest, issues.len()),
        (Kind::Parts, Rest::None, 0)
    );

    let dates = ["2024", "2024-Q3", "2024-05", "2024-05-13", "~2024"];
    let rows: Vec<String> = dates
        .iter()
        .map(|date| format!(r#"{{"date":"{date}","label":"x","amount_usd":5}}"#))
        .collect();
    let (funding, issues) = events(&rows.join(","));
    assert_eq!((funding.events.len(), issues.len()), (5, 0));
    assert!(
        funding
            .events
            .iter()
            .all(|event| event.kind == funding::Kind::Event
                && event.amount.as_ref().unwrap().usd == Some(5.0))
    );
    assert_eq!(
        funding
            .events
            .iter()
            .filter(|event| event.when.unwrap().about)
            .count(),
        1
    );

    let (chain, issues) = ValueChain::parse(br#"{"kind":"ai-atlas/value-chain","links":[{"from":"TSMC","to":"NVIDIA","type":"supplies"}]}"#).unwrap();
    assert_eq!(
        (chain.entities.len(), chain.links[0].relation, issues.len()),
        (2, Relation::Supplies, 0)
    );
    let (chain, issues) = links(r#"{"from":"a","to":"b","type":"uses"}"#);
    assert_eq!(
        (chain.entities[0].main, chain.entities[1].main, issues.len()),
        (Layer::Infra, Layer::Model, 0)
    );
    assert_eq!(
        (
            chain.layers.len(),
            chain.sublayers.len(),
            chain.frameworks.len()
        ),
        (2, 2, 1)
    );
}

#[test]
fn a_table_of_events_is_read_in_korean() {
    let (data, issues) = Funding::from_table(
        r#"{"caption":"투자","head":["날짜","대상","금액(달러)","출처","유형","비고"],
            "rows":[["2024-10","오픈AI","6,600,000,000","로이터","라운드",""],["2023년 3분기","코히어","약 270,000,000","","투자","x"],["","미스트랄","","","",""],
                    ["2024-13-45","x","1","","",""],["2024","y","1,5","","",""],["2024","z","n/a","","",""]]}"#
            .as_bytes(),
    )
    .unwrap();
    assert_eq!(
        said(&issues),
        [
            ("line 4", "date", IssueKind::Missing),
            ("line 5", "date", IssueKind::BadDate),
        ]
    );
    assert_eq!(
        (
            data.title.ko.as_str(),
            data.events.len(),
            data.undated.len(),
            data.sources.len()
        ),
        ("투자", 4, 2, 1)
    );
    // `1,5` can only be a decimal, and `n/a` is nothing.
    let amounts = |event: &funding::Event| event.amount.as_ref().and_then(|sum| sum.usd);
    assert_eq!(
        data.events.iter().map(amounts).collect::<Vec<_>>(),
        [Some(2.7e8), Some(1.5), None, Some(6.6e9)]
    );
    assert_eq!(data.events[3].label.ko, "오픈AI");
    assert_eq!(
        (
            data.events[3].kind,
            data.events[3].amount.as_ref().unwrap().usd
        ),
        (funding::Kind::Round, Some(6.6e9))
    );
    assert!(data.events[0].amount.as_ref().unwrap().approx);
}

#[test]
fn a_table_of_shares_is_read_in_english() {
    let (data, issues) =
        MarketShare::from_table(br#"{"title":"GPU","head":["Company","Share"],"rows":[["NVIDIA","92%"],["AMD","~ 3.5 %"],["Total",""]]}"#).unwrap();
    assert_eq!(said(&issues), [("line 4", "label", IssueKind::TotalRow)]);
    let table = &data.tables[0];
    assert_eq!(
        (
            table.unit.as_str(),
            table.kind,
            table.rest,
            table.title.en.as_str()
        ),
        ("%", Kind::Share, Rest::Unknown(4.5), "GPU")
    );
    assert!(table.items[1].status.approx && !table.items[0].status.approx);
}

#[test]
fn a_table_of_relations_is_read_in_english() {
    let (chain, issues) = ValueChain::from_table(
        br#"{"head":["From","To","Type","Amount (USD)","from layer","to layer"],
             "rows":[["NVIDIA","OpenAI","supplies","","infra","model"],["Microsoft","OpenAI","invests_in","$13,000,000,000","service","model"],["a","a","uses","","",""],["b","c","hates","","moon",""]]}"#,
    )
    .unwrap();
    assert_eq!(
        said(&issues),
        [
            ("line 4", "to", IssueKind::SelfLink),
            ("line 5", "type", IssueKind::UnknownWord),
            ("line 5", "from_layer", IssueKind::UnknownWord)
        ]
    );
    assert_eq!(
        (
            chain.entities.len(),
            chain.links.len(),
            chain.links[1].amount
        ),
        (5, 3, Some(1.3e10))
    );
    // What is no relation that is known is one of which the kind is not known, in its own word.
    assert_eq!(
        (chain.links[2].relation, &*chain.links[2].label.en),
        (Relation::Linked, "hates")
    );
    assert_eq!(
        chain
            .entities
            .iter()
            .take(3)
            .map(|entity| entity.main)
            .collect::<Vec<_>>(),
        [Layer::Infra, Layer::Model, Layer::Service]
    );
    assert_eq!(
        chain
            .layers
            .iter()
            .map(|info| info.layer)
            .collect::<Vec<_>>(),
        [Layer::Infra, Layer::Model, Layer::Service]
    );
}

#[test]
fn a_table_without_its_columns_is_a_bad_table() {
    let bad = |text: &str| code(Funding::from_table(text.as_bytes()));
    let error = |detail: &str| ("bad-table".to_string(), detail.to_string());
    assert_eq!(bad("{}"), error("head"));
    assert_eq!(bad(r#"{"head":["a"],"rows":[]}"#), error("date: a"));
    assert_eq!(
        bad(r#"{"head":["date","label"],"rows":[["2024","x"],7]}"#),
        error("head")
    );
    assert_eq!(bad(r#"{"head":["date","label"],"rows":[]}"#).0, "empty");
    assert_eq!(
        code(ValueChain::from_table(br#"{"head":["from"],"rows":[]}"#)),
        error("to: from")
    );
    assert_eq!(
        code(MarketShare::from_table(br#"{"head":["label"],"rows":[]}"#)),
        error("value: label")
    );
    assert_eq!(bad("[").0, "not-json");
}

/// Every parser on the same bytes; what comes back must be sound.
fn read_all(bytes: &[u8]) {
    if let Ok((data, _)) = ValueChain::parse(bytes) {
        for link in &data.links {
            assert!(
                link.from < data.entities.len()
                    && link.to < data.entities.len()
                    && link.from != link.to
            );
            assert!(
                link.cites
                    .iter()
                    .all(|cite| cite.source < data.sources.len())
            );
        }
        assert!(
            data.sublayers
                .iter()
                .all(|sublayer| sublayer.layer < data.layers.len())
        );
        assert!(
            data.entities
                .iter()
                .flat_map(|entity| &entity.roles)
                .all(|role| role.sublayer < data.sublayers.len())
        );
        assert!(
            data.frameworks
                .iter()
                .flat_map(|framework| &framework.layers)
                .flat_map(|layer| &layer.1)
                .all(|&layer| layer < data.layers.len())
        );
    }
    for result in [MarketShare::parse(bytes), MarketShare::from_table(bytes)] {
        let Ok((data, _)) = result else { continue };
        assert!(data.board.iter().all(|&table| table < data.tables.len()));
        for item in data.tables.iter().flat_map(|table| &table.items) {
            assert!(item.value.is_finite() && item.value >= 0.0);
            assert!(
                item.party
                    .into_iter()
                    .chain(item.members.iter().copied())
                    .all(|party| party < data.parties.len())
            );
        }
    }
    for result in [Funding::parse(bytes), Funding::from_table(bytes)] {
        let Ok((data, _)) = result else { continue };
        for event in data.events.iter().chain(&data.undated) {
            assert!(event.when.is_none_or(|when| when.from <= when.to));
            assert!(
                event
                    .actors
                    .iter()
                    .copied()
                    .chain(event.target)
                    .all(|party| party < data.parties.len())
            );
            let sums = event
                .amount
                .iter()
                .chain(&event.valuation)
                .map(|money| money.value);
            assert!(
                sums.chain(event.valuation_high)
                    .all(|value| value.is_finite() && value >= 0.0)
            );
        }
    }
    let _ = ValueChain::from_table(bytes);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_of_bytes_stops_a_reader(
        file in 0..3usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
    ) {
        let mut bytes = [CHAIN, SHARE, FUNDING][file].to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        read_all(&bytes);
    }

    #[test]
    fn no_exchange_of_tokens_stops_a_reader(
        file in 0..3usize,
        swaps in prop::collection::vec((any::<prop::sample::Index>(), 0..12usize), 1..40),
    ) {
        const OTHER: [&str; 12] = [
            "null", "-1", "NaN", "1e999", "\"\"", "[]", "{}", "true", "\"\\u202e\"", "\"2024-13-45\"",
            "[[]]", "0",
        ];
        let text = std::str::from_utf8([CHAIN, SHARE, FUNDING][file]).unwrap();
        // Cut at colons: each piece after the first begins with a value.
        let mut pieces: Vec<String> = text.split("\":").map(str::to_string).collect();
        for (place, other) in swaps {
            let place = 1 + place.index(pieces.len() - 1);
            let piece = &mut pieces[place];
            let end = piece.find(",\"").or_else(|| piece.find('}')).unwrap_or(0);
            piece.replace_range(..end, OTHER[other]);
        }
        read_all(pieces.join("\":").as_bytes());
    }
}
