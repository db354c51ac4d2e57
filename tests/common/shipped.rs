//! The shipped files, read.
#![allow(dead_code, reason = "each test binary needs a part of it")]

use ai_atlas::data::funding::Funding;
use ai_atlas::data::market_share::MarketShare;
use ai_atlas::data::value_chain::ValueChain;

pub(crate) const CHAIN: &[u8] = include_bytes!("../../data/value-chain.json");

pub(crate) const SHARE: &[u8] = include_bytes!("../../data/market-share.json");

pub(crate) const FUNDING: &[u8] = include_bytes!("../../data/funding-timeline.json");

pub(crate) fn chain() -> ValueChain {
    ValueChain::parse(CHAIN).unwrap().0
}

pub(crate) fn share() -> MarketShare {
    MarketShare::parse(SHARE).unwrap().0
}

pub(crate) fn money() -> Funding {
    Funding::parse(FUNDING).unwrap().0
}
