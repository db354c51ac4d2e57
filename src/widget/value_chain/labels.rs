//! Short texts of rows: names, amounts, counts, keys of the legend. Not here: sentences
//! (`captions`, `outline`).

use crate::data::value_chain::{ENTITY_KINDS, Link, ValueChain};
use crate::data::{Lang, Layer};
use crate::text::{self, count, fill, say};
use crate::widget::fit::OPENS;

/// The name of an organisation.
pub(super) fn entity_name(data: &ValueChain, entity: usize, lang: Lang) -> &str {
    data.entities.get(entity).map_or("", |e| e.name.get(lang))
}

/// The name of an organisation without what stands in brackets at its end.
pub(super) fn short_name(data: &ValueChain, entity: usize, lang: Lang) -> &str {
    short(entity_name(data, entity, lang))
}

/// The name of a sublayer.
pub(super) fn sublayer_name(data: &ValueChain, sublayer: usize, lang: Lang) -> &str {
    data.sublayers
        .get(sublayer)
        .map_or("", |s| s.label.get(lang))
}

/// A name without what stands in brackets at its end.
pub(super) fn short(name: &str) -> &str {
    name.split(OPENS).next().map_or(name, str::trim)
}

/// What an organisation can be, in words.
pub(super) fn kind_name(kind: &str, lang: Lang) -> &str {
    let row = ENTITY_KINDS.iter().find(|row| row.id == kind);
    say(lang, row.map_or(kind, |row| row.name))
}

/// The sum of a relation with its marks: ≈ before an approximate one, † after a disputed one.
pub(super) fn amount(link: &Link, lang: Lang) -> String {
    let sum = match (link.usd, link.krw) {
        (Some(usd), _) => text::usd(usd, lang),
        (None, Some(krw)) => text::krw(krw, lang),
        (None, None) if link.number > 0 => {
            let number = relations(link.number as usize, lang);
            return link.amount.map_or(number.clone(), |sum| {
                fill(
                    lang,
                    "{0}, 합계 {1}|{0}, {1} in all",
                    &[&number, &text::compact(sum, lang)],
                )
            });
        }
        (None, None) => return String::new(),
    };
    fill(
        lang,
        "{0}{1}{2}",
        &[
            if link.status.approx { "≈ " } else { "" },
            &sum,
            if link.status.disputed { "†" } else { "" },
        ],
    )
}

/// «조직 173곳, 관계 256건», «173 organisations, 256 relations».
pub(super) fn counts(organisations: usize, relations: usize, lang: Lang) -> String {
    fill(
        lang,
        "조직 {0}곳, 관계 {1}건|{0} organisation{0|s}, {1} relation{1|s}",
        &[&count(organisations, lang), &count(relations, lang)],
    )
}

/// «관계 3건», «3 relations».
pub(super) fn relations(number: usize, lang: Lang) -> String {
    fill(
        lang,
        "관계 {0}건|{0} relation{0|s}",
        &[&count(number, lang)],
    )
}

/// The legend's key of a layer.
pub(super) fn layer_key(layer: Layer) -> String {
    let name = match layer {
        Layer::Data => "data",
        Layer::Infra => "infra",
        Layer::Model => "model",
        Layer::Service => "service",
        Layer::Context => "context",
    };
    format!("layer:{name}")
}
