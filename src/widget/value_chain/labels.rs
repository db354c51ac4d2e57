//! Short texts of rows: names, amounts, counts, keys of the legend. Not here: sentences
//! (`captions`, `outline`).

use crate::data::value_chain::{ENTITY_KINDS, Link, ValueChain};
use crate::data::{Lang, Layer};
use crate::text::{self, count, fill, say};
use crate::widget::fit::OPENS;
use crate::widget::phrases::marked;

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

/// The sum of a relation with its marks; of a bundle what is known of it.
pub(super) fn amount(link: &Link, lang: Lang) -> String {
    if link.number == 0 {
        return link.amount.map_or(String::new(), |amount| {
            marked(&text::amount(amount, &link.unit, lang), &link.status, lang)
        });
    }
    let number = relations(link.number as usize, lang);
    link.amount.map_or(number.clone(), |sum| {
        fill(
            lang,
            "{0}, 알려진 금액 합계 {1}|{0}, known amounts {1} in all",
            &[&number, &text::amount(sum, "", lang)],
        )
    })
}

/// The unit in which the amounts of a chain are compared: dollars, else the first that there is.
/// Amounts of unlike units have no order.
pub(super) fn first_unit(data: &ValueChain) -> &str {
    let mut unit = None;
    for link in data.links.iter().filter(|link| link.amount.is_some()) {
        if unit.is_none() || link.unit == "USD" {
            unit = Some(&*link.unit);
        }
    }
    unit.unwrap_or_default()
}

/// The amount of a relation in a unit; nothing where it has none in that.
pub(super) fn amount_in(link: &Link, unit: &str) -> f64 {
    link.amount
        .filter(|_| link.unit == unit)
        .unwrap_or_default()
}

/// «조직 173곳, 관계 256건», «173 organisations, 256 relations».
pub(super) fn counts(organisations: usize, relations: usize, lang: Lang) -> String {
    fill(
        lang,
        "조직 {0}곳, 관계 {1}건|{0} organisation{0|s}, {1} relation{1|s}",
        &[&count(organisations, lang), &count(relations, lang)],
    )
}

/// The headline of a chain of which nothing else is certain.
pub(super) fn chain_of(organisations: usize, lang: Lang) -> String {
    fill(
        lang,
        "조직 {0}곳의 가치 사슬|The value chain of {0} organisation{0|s}",
        &[&count(organisations, lang)],
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
