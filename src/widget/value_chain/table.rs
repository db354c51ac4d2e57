//! All rows as text: a row for every role, then one for every relation. Not here: tooltips
//! (`details`).

use super::details::activity;
use super::labels::{amount, entity_name, sublayer_name};
use crate::data::Lang;
use crate::data::value_chain::{Entity, Link, Role, ValueChain};
use crate::text::{self, fill, say};
use crate::widget::{Table, cites_cell, date_words, joined, status_words};

/// The table of a chain.
pub(super) fn table(data: &ValueChain, lang: Lang) -> Table {
    let head = "조직,하는 일·관계,층·상대,금액,날짜,내용,출처|Organisation,Role or relation,Layer or partner,Amount,Date,What,Source";
    let mut table = Table::new(data.title.get(lang), head, lang);
    for entity in &data.entities {
        for role in &entity.roles {
            role_row(&mut table, data, entity, role, lang);
        }
    }
    for link in &data.links {
        link_row(&mut table, data, link, lang);
    }
    table
}

fn role_row(table: &mut Table, data: &ValueChain, entity: &Entity, role: &Role, lang: Lang) {
    let layer = data
        .sublayers
        .get(role.sublayer)
        .and_then(|s| data.layers.get(s.layer))
        .map_or("", |l| l.label.get(lang));
    let sublayer = sublayer_name(data, role.sublayer, lang);
    table.row();
    table.cell(entity.name.get(lang));
    table.cell(say(lang, "하는 일|role"));
    table.cell(fill(lang, "{0} · {1}", &[layer, sublayer]));
    table.cell("");
    table.cell("");
    table.cell(activity(role, lang));
    table.cell(cites_cell(&role.cites, &data.sources, lang));
}

fn link_row(table: &mut Table, data: &ValueChain, link: &Link, lang: Lang) {
    let status = joined(&status_words(&link.status, lang), lang);
    table.row();
    table.cell(entity_name(data, link.from, lang));
    table.cell(text::relation(link.relation, lang));
    table.cell(entity_name(data, link.to, lang));
    table.cell(amount(link, lang));
    table.cell(date_words(link.when, lang));
    table.cell(fill(
        lang,
        "{0} ({1})|{0} ({1})",
        &[link.label.get(lang), &status],
    ));
    table.cell(cites_cell(&link.cites, &data.sources, lang));
}
