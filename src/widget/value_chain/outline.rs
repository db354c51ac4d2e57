//! What a screen reader hears of organisations and where the arrow keys lead. Not here: the tree of
//! the page, which is the host's.

use super::filters::{is_drawn, touches};
use super::labels::{amount, amount_in, entity_name, first_unit, relations, sublayer_name};
use crate::abi::NO_DATUM;
use crate::data::Lang;
use crate::data::value_chain::{Entity, ValueChain};
use crate::scene::AccessibleNode;
use crate::text::{self, also, append, count, fill, say};
use crate::widget::{STAY, View, date_words, reservations, trim_signs};

/// Roles that are said of an organisation; the rest is counted.
const MAX_ROLES: usize = 4;

/// The nodes of one layer in the making.
pub(super) struct Outline<'a> {
    data: &'a ValueChain,
    view: &'a View,
    group: u32,
    /// The organisation before, or `NO_DATUM`: up and down lead along the layer.
    before: u32,
}

impl<'a> Outline<'a> {
    pub(super) fn new(data: &'a ValueChain, view: &'a View, group: u32) -> Self {
        Self {
            data,
            view,
            group,
            before: NO_DATUM,
        }
    }

    /// The next organisation of the layer.
    pub(super) fn add(
        &mut self,
        nodes: &mut Vec<AccessibleNode>,
        entity: usize,
        row: &Entity,
        rect_css: [f32; 4],
    ) {
        let datum = entity as u32;
        if let Some(last) = nodes.last_mut()
            && self.before != NO_DATUM
        {
            last.neighbors[3] = datum;
        }
        let (mut neighbors, neighbor_lines) = self.partners(entity);
        neighbors[2] = self.before;
        self.before = datum;
        let lines = self.lines(entity);
        nodes.push(AccessibleNode {
            datum,
            rect_css,
            name: sentence(self.data, row, lines.len(), self.view.lang),
            lines,
            neighbor_lines,
            key: row.name.get(self.view.lang).to_string(),
            entity: Some(row.id.clone()),
            group: self.group,
            neighbors,
        });
    }

    /// Left and right lead along the largest relations: to whom, and by which line of the node.
    fn partners(&self, entity: usize) -> ([u32; 4], [u32; 4]) {
        let unit = first_unit(self.data);
        let (mut neighbors, mut lines, mut most) = (STAY, STAY, [f64::NEG_INFINITY; 2]);
        for (line, link) in self
            .data
            .links
            .iter()
            .filter(|l| touches(l, entity) && is_drawn(self.data, l, self.view))
            .enumerate()
        {
            let amount = amount_in(link, unit);
            if link.to == entity && amount >= most[0] {
                (neighbors[0], lines[0], most[0]) = (link.from as u32, line as u32, amount);
            }
            if link.from == entity && amount >= most[1] {
                (neighbors[1], lines[1], most[1]) = (link.to as u32, line as u32, amount);
            }
        }
        (neighbors, lines)
    }

    /// The relations of an organisation that the filters let through, a sentence each.
    fn lines(&self, entity: usize) -> Vec<String> {
        let lang = self.view.lang;
        let mut lines = Vec::new();
        for link in self
            .data
            .links
            .iter()
            .filter(|l| touches(l, entity) && is_drawn(self.data, l, self.view))
        {
            let out = link.from == entity;
            let other = entity_name(self.data, if out { link.to } else { link.from }, lang);
            let mut line = text::related(link.relation, out, other, lang);
            also(&mut line, lang, trim_signs(&amount(link, lang)));
            also(&mut line, lang, date_words(link.when, lang));
            let status = text::status(&link.status, lang);
            also(&mut line, lang, reservations(status, lang));
            lines.push(line);
        }
        lines
    }
}

/// An organisation in words: its name, where it works, how many relations it has.
fn sentence(data: &ValueChain, entity: &Entity, links: usize, lang: Lang) -> String {
    let mut roles: Vec<String> = entity
        .roles
        .iter()
        .take(MAX_ROLES)
        .map(|role| sublayer_name(data, role.sublayer, lang).to_string())
        .collect();
    let more = entity.roles.len().saturating_sub(MAX_ROLES);
    if more > 0 {
        roles.push(fill(
            lang,
            "그 밖의 {0}가지|{0} more",
            &[&count(more, lang)],
        ));
    }
    let mut words = entity.name.get(lang).to_string();
    append(&mut words, say(lang, ": |: "), text::list(&roles, lang));
    let number = if links == 0 {
        say(lang, "관계 없음|no relations").to_string()
    } else {
        relations(links, lang)
    };
    append(&mut words, say(lang, "; |; "), number);
    words
}
