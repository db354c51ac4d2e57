//! Files of a few rows for tests, and what is said of them.
#![allow(dead_code, reason = "each test binary needs a part of it")]

use ai_atlas::data::funding::Funding;
use ai_atlas::data::market_share::MarketShare;
use ai_atlas::data::value_chain::ValueChain;
use ai_atlas::error::{Error, Issue, IssueKind};

/// Issues as `(place, field, kind)`.
pub(crate) fn said(issues: &[Issue]) -> Vec<(&str, &str, IssueKind)> {
    issues
        .iter()
        .map(|issue| (issue.place.as_str(), issue.field, issue.kind))
        .collect()
}

pub(crate) fn code<T>(result: Result<T, Error>) -> (String, String) {
    let error = result.err().expect("an error");
    (error.code().to_string(), error.detail().to_string())
}

pub(crate) fn events(rows: &str) -> (Funding, Vec<Issue>) {
    Funding::parse(
        format!(r#"{{"kind":"ai-atlas/funding-timeline","events":[{rows}]}}"#).as_bytes(),
    )
    .unwrap()
}

pub(crate) fn items(rows: &str) -> (MarketShare, Vec<Issue>) {
    MarketShare::parse(
        format!(r#"{{"kind":"ai-atlas/market-share","title":"T","items":[{rows}]}}"#).as_bytes(),
    )
    .unwrap()
}

pub(crate) fn links(rows: &str) -> (ValueChain, Vec<Issue>) {
    let head = r#"{"kind":"ai-atlas/value-chain","entities":[{"id":"a","layer":"infra"},{"id":"b","layer":"model"}],"links":["#;
    ValueChain::parse(format!("{head}{rows}]}}").as_bytes()).unwrap()
}
