//! What layers, relations, kinds of events and units are called.

use super::i18n::{fill, look_up, say};
use crate::data::funding::Kind;
use crate::data::value_chain::Relation;
use crate::data::{Lang, Layer};

/// A layer, short.
pub fn layer(layer: Layer, lang: Lang) -> &'static str {
    let names = match layer {
        Layer::Data => "데이터|Data",
        Layer::Infra => "컴퓨팅 인프라|Infrastructure",
        Layer::Model => "AI 모델|Models",
        Layer::Service => "AI 서비스|Services",
        Layer::Context => "자본·정책|Capital and policy",
    };
    say(lang, names)
}

/// A kind of relation.
pub fn relation(relation: Relation, lang: Lang) -> &'static str {
    say(lang, relation.info().name)
}

/// A relation as it is said of one organisation, with the name of the other: `오픈AI에 투자`, `is
/// supplied by TSMC`.
pub fn related(relation: Relation, out: bool, other: &str, lang: Lang) -> String {
    let row = relation.info();
    let words = if out { row.outgoing } else { row.incoming };
    fill(lang, words, &[other])
}

/// A kind of event.
pub fn event_kind(kind: Kind, lang: Lang) -> &'static str {
    let names = match kind {
        Kind::Round => "투자 유치|Funding rounds",
        Kind::Investment => "투자|Investments",
        Kind::Acquisition => "인수|Acquisitions",
        Kind::Valuation => "기업가치|Valuations",
        Kind::Program => "정부 사업|Government programmes",
        Kind::Infrastructure => "인프라|Infrastructure",
        Kind::Founding => "창업|Foundings",
        Kind::Launch => "제품 공개|Product launches",
        Kind::Policy => "정책|Policy",
        Kind::Event => "사건|Events",
    };
    say(lang, names)
}

const UNITS: &str = "USD bn=단위 10억 달러|US$bn;USD m=단위 100만 달러|US$m;USD tn=단위 1조 달러|US$tn;KRW tn=단위 조 원|₩tn;KRW bn=단위 10억 원|₩bn;\
    companies=단위 개사|companies;regions=단위 개 지역|regions;zones=단위 개 영역|zones;bn parameters=단위 10억 개|bn parameters;bn=단위 10억|bn";

/// A unit as a heading: `USD bn` is «십억 달러» and «US$bn». An unknown unit comes back as it stands.
pub fn unit(unit: &str, lang: Lang) -> &str {
    look_up(UNITS, unit).map_or(unit, |names| say(lang, names))
}
