//! What the readers of data keep, what they leave out, and what they say of it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

use ai_atlas::data::calendar::{civil_from_days, days_from_civil};
use ai_atlas::data::funding::{self, Event, Funding};
use ai_atlas::data::market_share::{Kind, MarketShare, Rest, Table};
use ai_atlas::data::value_chain::{Relation, ValueChain};
use ai_atlas::data::{Layer, Precision};
use ai_atlas::error::{Error, Issue, IssueKind};
use proptest::prelude::*;

const CHAIN: &[u8] = include_bytes!("../data/value-chain.json");
const SHARE: &[u8] = include_bytes!("../data/market-share.json");
const FUNDING: &[u8] = include_bytes!("../data/funding-timeline.json");

fn chain() -> ValueChain {
    ValueChain::parse(CHAIN).unwrap().0
}

fn share() -> MarketShare {
    MarketShare::parse(SHARE).unwrap().0
}

fn money() -> Funding {
    Funding::parse(FUNDING).unwrap().0
}

fn event<'a>(data: &'a Funding, id: &str) -> &'a Event {
    data.events
        .iter()
        .chain(&data.undated)
        .find(|event| event.id == id)
        .unwrap()
}

fn table<'a>(data: &'a MarketShare, id: &str) -> &'a Table {
    data.tables.iter().find(|table| table.id == id).unwrap()
}

/// Issues as `(place, field, kind)`.
fn said(issues: &[Issue]) -> Vec<(&str, &str, IssueKind)> {
    issues
        .iter()
        .map(|issue| (issue.place.as_str(), issue.field, issue.kind))
        .collect()
}

fn code<T>(result: Result<T, Error>) -> (String, String) {
    let error = result.err().expect("an error");
    (error.code().to_string(), error.detail().to_string())
}

fn events(rows: &str) -> (Funding, Vec<Issue>) {
    Funding::parse(
        format!(r#"{{"kind":"ai-atlas/funding-timeline","events":[{rows}]}}"#).as_bytes(),
    )
    .unwrap()
}

fn items(rows: &str) -> (MarketShare, Vec<Issue>) {
    MarketShare::parse(
        format!(r#"{{"kind":"ai-atlas/market-share","title":"T","items":[{rows}]}}"#).as_bytes(),
    )
    .unwrap()
}

fn links(rows: &str) -> (ValueChain, Vec<Issue>) {
    let head = r#"{"kind":"ai-atlas/value-chain","entities":[{"id":"a","layer":"infra"},{"id":"b","layer":"model"}],"links":["#;
    ValueChain::parse(format!("{head}{rows}]}}").as_bytes()).unwrap()
}

#[test]
fn every_shipped_file_reads_without_an_issue() {
    assert_eq!(ValueChain::parse(CHAIN).unwrap().1, []);
    assert_eq!(MarketShare::parse(SHARE).unwrap().1, []);
    assert_eq!(Funding::parse(FUNDING).unwrap().1, []);
}

#[test]
fn the_shipped_files_hold_as_much_as_the_documents_gave() {
    let chain = chain();
    let people = chain
        .entities
        .iter()
        .filter(|entity| entity.kind == "person")
        .count();
    assert_eq!((chain.entities.len() - people, people), (106, 7));
    assert_eq!(chain.links.len(), 114);
    assert_eq!(
        chain
            .entities
            .iter()
            .map(|entity| entity.roles.len())
            .sum::<usize>(),
        205
    );
    assert_eq!(
        (
            chain.layers.len(),
            chain.sublayers.len(),
            chain.frameworks.len(),
            chain.sources.len()
        ),
        (5, 32, 4, 5)
    );
    assert_eq!(
        chain
            .links
            .iter()
            .filter(|link| link.when.is_some())
            .count(),
        24
    );
    let share = share();
    assert_eq!(share.tables.len(), 32);
    assert_eq!(
        share
            .tables
            .iter()
            .map(|table| table.items.len())
            .sum::<usize>(),
        73
    );
    assert_eq!(
        share
            .tables
            .iter()
            .filter(|table| table.kind == Kind::Share)
            .count(),
        14
    );
    assert_eq!(share.board.len(), 6);
    let money = money();
    assert_eq!((money.events.len(), money.undated.len()), (122, 15));
    assert_eq!(
        money
            .events
            .iter()
            .chain(&money.undated)
            .filter(|event| event.amount.is_some())
            .count(),
        35
    );
    assert_eq!(
        money
            .events
            .iter()
            .filter(|event| event.valuation.is_some())
            .count(),
        24
    );
    assert!(
        money.events.iter().all(|event| event.when.is_some())
            && money.undated.iter().all(|event| event.when.is_none())
    );
}

#[test]
fn every_text_of_the_shipped_files_is_there_in_both_languages() {
    let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
    let (chain, share, money) = (chain(), share(), money());
    let notes = [&chain.title, &share.title, &money.title]
        .into_iter()
        .chain(
            chain
                .layers
                .iter()
                .flat_map(|layer| [&layer.label, &layer.note]),
        )
        .chain(chain.entities.iter().map(|entity| &entity.note))
        .chain(chain.links.iter().map(|link| &link.note))
        .chain(share.tables.iter().flat_map(|table| {
            [
                &table.title,
                &table.metric,
                &table.region,
                &table.note,
                &table.rest_note,
            ]
        }))
        .chain(
            share
                .tables
                .iter()
                .flat_map(|table| &table.items)
                .map(|item| &item.note),
        )
        .chain(
            money
                .events
                .iter()
                .flat_map(|event| [&event.note, &event.date_words]),
        )
        .chain(
            chain
                .sources
                .iter()
                .flat_map(|source| [&source.note, &source.credit]),
        );
    for text in notes.filter(|text| !text.ko.is_empty()) {
        assert!(!text.en.is_empty() && !hangul(&text.en), "{text:?}");
        assert!(hangul(&text.ko), "{text:?}");
    }
    for text in chain
        .entities
        .iter()
        .map(|entity| &entity.name)
        .chain(money.events.iter().map(|event| &event.label))
    {
        assert!(
            !text.ko.is_empty() && !text.en.is_empty() && !hangul(&text.en),
            "{text:?}"
        );
    }
}

#[test]
fn every_number_of_the_shipped_files_says_where_it_is_printed() {
    let (chain, share, money) = (chain(), share(), money());
    assert!(chain.links.iter().all(|link| !link.cites.is_empty()));
    assert!(
        chain
            .entities
            .iter()
            .flat_map(|entity| &entity.roles)
            .all(|role| !role.cites.is_empty())
    );
    assert!(share.tables.iter().all(|table| !table.cites.is_empty()));
    assert!(
        money
            .events
            .iter()
            .chain(&money.undated)
            .all(|event| !event.cites.is_empty())
    );
    assert!(
        money
            .events
            .iter()
            .flat_map(|event| &event.cites)
            .all(|cite| !cite.locator.is_empty())
    );
    assert_eq!(
        money
            .events
            .iter()
            .flat_map(|event| &event.cites)
            .filter(|cite| cite.title_only)
            .count(),
        17
    );
    for sources in [&chain.sources, &share.sources, &money.sources] {
        let nia = sources
            .iter()
            .find(|source| source.id == "nia-2024")
            .unwrap();
        assert!(
            nia.credit.ko.contains("한국지능정보사회진흥원(NIA)")
                && nia.credit.ko.contains("정보통신·방송 연구개발사업")
        );
        assert!(
            nia.credit.en.contains("NIA")
                && nia.credit.en.contains("ICT and broadcasting R&D programme")
        );
    }
}

#[test]
fn the_marks_of_the_documents_survive() {
    let (chain, share, money) = (chain(), share(), money());

    let nvidia = event(&money, "nvidia-openai-2024-10");
    assert_eq!(nvidia.amount.as_ref().unwrap().usd, Some(5e8));
    assert!(nvidia.status.disputed && nvidia.status.part_of && !nvidia.status.cumulative);
    assert_eq!(nvidia.conflict, "C04");
    let round = table(&share, "openai-round-2024");
    assert!(
        round
            .items
            .iter()
            .any(|item| item.label.en == "NVIDIA" && item.value == 0.5 && item.status.disputed)
    );
    assert_eq!(
        (round.whole, round.whole_approx, round.rest),
        (Some(6.6), true, Rest::Known(4.85))
    );

    let total = event(&money, "ms-openai-total-2023-06");
    assert!(total.status.cumulative && total.amount.as_ref().unwrap().approx);
    assert_eq!(
        money
            .events
            .iter()
            .filter(|event| event.status.cumulative)
            .count(),
        3
    );
    assert_eq!(
        money
            .events
            .iter()
            .filter(|event| event.status.part_of)
            .count(),
        3
    );
    let stake = chain
        .links
        .iter()
        .find(|link| link.amount == Some(1.3e10))
        .unwrap();
    assert!(stake.status.cumulative && stake.conflict == "C01" && stake.cites.len() == 3);

    let bytedance = event(&money, "bytedance-val-2023");
    let value = bytedance.valuation.as_ref().unwrap();
    assert!(bytedance.status.disputed && bytedance.conflict == "C03");
    assert_eq!(
        (
            value.value,
            value.currency.as_str(),
            value.usd,
            value.krw_text.as_str()
        ),
        (1.7542e14, "KRW", None, "175조4200억원")
    );
    assert!(
        table(&share, "startup-valuations")
            .items
            .iter()
            .all(|item| item.label.en != "ByteDance")
    );

    let talks = event(&money, "openai-talks-2023-09");
    assert!(talks.status.in_talks && talks.cites[0].title_only);
    assert_eq!(
        (
            talks.valuation.as_ref().unwrap().value,
            talks.valuation_high
        ),
        (8e10, Some(9e10))
    );
    let stargate = event(&money, "stargate-2024-03");
    assert!(stargate.status.planned && stargate.amount.as_ref().unwrap().bound == -1);
    assert_eq!(
        event(&money, "perplexity-9bn-2025")
            .valuation
            .as_ref()
            .unwrap()
            .bound,
        1
    );
    assert!(
        event(&money, "scale-val-2024")
            .valuation
            .as_ref()
            .unwrap()
            .approx
    );
    assert!(event(&money, "mistral-7b-2023").status.derived);
    assert!(event(&money, "musk-exit-2018").exit && event(&money, "samsung-5g-2019").peripheral);
    assert_eq!(
        event(&money, "openai-founded-2015").date_words.ko,
        "2015년 겨울"
    );
    assert_eq!(
        event(&money, "ms-openai-first")
            .amount
            .as_ref()
            .unwrap()
            .bound,
        2
    );
    assert!(event(&money, "altman-7tn-2024-04").status.reported);

    let amazon = &table(&share, "anthropic-backers").items[0];
    assert!(amazon.status.derived && amazon.note.en.contains("4 + 4"));
    let search = &table(&share, "search-pt-2024").items[0];
    assert_eq!((search.status.bound, search.status.approx), (2, true));
    assert!(table(&share, "ubs-2027").forecast && table(&share, "smartphone-2012").peripheral);
    assert_eq!(
        table(&share, "ubs-2027").items[0].layer,
        Some(Layer::Service)
    );
    let mistral = table(&share, "startup-valuations")
        .items
        .iter()
        .find(|item| item.value == 6.2)
        .unwrap();
    assert!(mistral.cites[0].title_only && mistral.as_of == "2024-06");
    assert_eq!(
        mistral.cites[0].attributed_to.as_deref(),
        Some("The New York Times")
    );
}

#[test]
fn precision_is_that_of_the_source_and_never_more() {
    let money = money();
    let count = |precision| {
        money
            .events
            .iter()
            .filter(|event| event.when.unwrap().precision == precision)
            .count()
    };
    assert_eq!(
        [
            Precision::Day,
            Precision::Month,
            Precision::Quarter,
            Precision::Year
        ]
        .map(count),
        [34, 48, 6, 34]
    );
    let when = event(&money, "meta-600k-2024").when.unwrap();
    assert_eq!(
        (civil_from_days(when.from), civil_from_days(when.to)),
        ((2024, 10, 1), (2024, 12, 31))
    );
}

#[test]
fn events_are_in_the_order_of_their_first_day_then_the_longer_first_then_by_id() {
    let key = |event: &Event| {
        (
            event.when.unwrap().from,
            -event.when.unwrap().to,
            event.id.clone(),
        )
    };
    assert!(
        money()
            .events
            .windows(2)
            .all(|pair| key(&pair[0]) < key(&pair[1]))
    );
}

#[test]
fn an_organisation_wears_the_same_layer_in_all_three_files() {
    let (chain, share, money) = (chain(), share(), money());
    for party in share.parties.iter().chain(&money.parties) {
        let entity = chain
            .entities
            .iter()
            .find(|entity| entity.id == party.id)
            .unwrap();
        assert_eq!(
            (&entity.name, Some(entity.main), &entity.country),
            (&party.name, party.layer, &party.country)
        );
    }
    let main = |id: &str| {
        chain
            .entities
            .iter()
            .find(|entity| entity.id == id)
            .unwrap()
            .main
    };
    assert_eq!(
        (
            main("nvidia"),
            main("openai"),
            main("softbank"),
            main("elon-musk")
        ),
        (Layer::Infra, Layer::Model, Layer::Context, Layer::Context)
    );
}

#[test]
fn only_a_known_rest_is_known() {
    let share = share();
    assert_eq!(table(&share, "hbm-2023").rest, Rest::Unknown(46.0));
    assert_eq!(table(&share, "hbm-2023").rest_parties.len(), 2);
    assert_eq!(table(&share, "foundry-2024q1").rest, Rest::Unknown(27.3));
    assert_eq!(table(&share, "ai-unicorns").rest, Rest::Known(10.0));
    assert_eq!(table(&share, "capex-2024q2").rest, Rest::None);
    for table in &share.tables {
        let named: f64 = table.items.iter().map(|item| item.value).sum();
        match (table.rest, table.whole) {
            (Rest::Known(rest) | Rest::Unknown(rest), Some(whole)) => {
                assert!((named + rest - whole).abs() < 1e-6, "{}", table.id)
            }
            (rest, _) => assert_eq!(rest, Rest::None, "{}", table.id),
        }
    }
}

#[test]
fn sublayers_stand_grouped_by_layer_and_roles_still_point_at_them() {
    let chain = chain();
    assert!(chain.sublayers.is_sorted_by_key(|sublayer| sublayer.layer));
    let nvidia = chain
        .entities
        .iter()
        .find(|entity| entity.id == "nvidia")
        .unwrap();
    assert!(
        nvidia
            .roles
            .iter()
            .any(|role| chain.sublayers[role.sublayer].id == "gpu")
    );
    assert!(
        chain
            .frameworks
            .iter()
            .flat_map(|framework| &framework.layers)
            .all(|layer| !layer.1.is_empty())
    );
}

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
        let source = serde_json::json!({"kind":"ai-atlas/funding-timeline","sources":[{"id":"s","url":text}],"events":[{"date":"2024","label":"a"}]});
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
fn a_table_of_the_page_is_read_in_either_language() {
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
            ("line 6", "amount_usd", IssueKind::WrongType),
            ("line 7", "amount_usd", IssueKind::WrongType),
        ]
    );
    assert_eq!(
        (
            data.title.ko.as_str(),
            data.events.len(),
            data.undated.len(),
            data.sources.len()
        ),
        ("투자", 2, 1, 1)
    );
    assert_eq!(data.events[1].label.ko, "오픈AI");
    assert_eq!(
        (
            data.events[1].kind,
            data.events[1].amount.as_ref().unwrap().usd
        ),
        (funding::Kind::Round, Some(6.6e9))
    );
    assert!(data.events[0].amount.as_ref().unwrap().approx);

    let (data, issues) =
        MarketShare::from_table(br#"{"title":"GPU","head":["Company","Share"],"rows":[["NVIDIA","92%"],["AMD","~ 3.5 %"],["Total",""]]}"#).unwrap();
    assert_eq!(said(&issues), [("line 4", "value", IssueKind::Missing)]);
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

    let (chain, issues) = ValueChain::from_table(
        br#"{"head":["From","To","Type","Amount (USD)","from layer","to layer"],
             "rows":[["NVIDIA","OpenAI","supplies","","infra","model"],["Microsoft","OpenAI","invests_in","$13,000,000,000","service","model"],["a","a","uses","","",""],["b","c","hates","","moon",""]]}"#,
    )
    .unwrap();
    assert_eq!(
        said(&issues),
        [
            ("line 4", "to", IssueKind::SelfLink),
            ("line 5", "type", IssueKind::UnknownWord)
        ]
    );
    assert_eq!(
        (
            chain.entities.len(),
            chain.links.len(),
            chain.links[1].amount
        ),
        (3, 2, Some(1.3e10))
    );
    assert_eq!(
        chain
            .entities
            .iter()
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
    assert_eq!(bad(r#"{"head":["a"],"rows":[]}"#), error("date"));
    assert_eq!(
        bad(r#"{"head":["date","label"],"rows":[["2024","x"],7]}"#),
        error("line 3")
    );
    assert_eq!(bad(r#"{"head":["date","label"],"rows":[]}"#).0, "empty");
    assert_eq!(
        code(ValueChain::from_table(br#"{"head":["from"],"rows":[]}"#)),
        error("to")
    );
    assert_eq!(
        code(MarketShare::from_table(br#"{"head":["label"],"rows":[]}"#)),
        error("value")
    );
    assert_eq!(bad("[").0, "not-json");
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
    fn no_change_of_bytes_stops_a_reader(file in 0..3usize, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12)) {
        let mut bytes = [CHAIN, SHARE, FUNDING][file].to_vec();
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        read_all(&bytes);
    }

    #[test]
    fn no_exchange_of_tokens_stops_a_reader(file in 0..3usize, swaps in prop::collection::vec((any::<prop::sample::Index>(), 0..12usize), 1..40)) {
        const OTHER: [&str; 12] = ["null", "-1", "NaN", "1e999", "\"\"", "[]", "{}", "true", "\"\\u202e\"", "\"2024-13-45\"", "[[]]", "0"];
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
