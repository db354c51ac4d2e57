//! What the readers make of the shipped files: each mark of the documents survives.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on has failed"
)]

#[path = "common/shipped.rs"]
mod shipped;

use ai_atlas::data::calendar::civil_from_days;
use ai_atlas::data::funding::{Event, Funding};
use ai_atlas::data::market_share::{Kind, MarketShare, Rest, Table};
use ai_atlas::data::value_chain::ValueChain;
use ai_atlas::data::{Layer, Precision};
use shipped::{CHAIN, FUNDING, SHARE, chain, money, share};

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
fn disputed_and_cumulative_sums_keep_the_marks_of_the_documents() {
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
}

#[test]
fn talks_plans_and_bounds_keep_the_marks_of_the_documents() {
    let money = money();
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
}

#[test]
fn shares_keep_the_marks_of_the_documents() {
    let share = share();
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
