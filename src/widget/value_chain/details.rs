//! The tooltip: what is known of one organisation or relation. Not here: the table of all rows
//! (`table`).

use super::filters::touches;
use super::labels::{
    amount, amount_in, entity_name, first_unit, relations, short_name, sublayer_name,
};
use crate::data::value_chain::{Entity, Link, Role, ValueChain};
use crate::data::{Cite, Lang};
use crate::layout::order;
use crate::text::{self, also, append, count, fill, push, say};
use crate::widget::phrases::cite;
use crate::widget::{Citation, Tooltip, cites, date_words, joined, status_words};

/// Lines of a tooltip; the rest is in the table.
const MAX_ROLES: usize = 4;
const MAX_RELATIONS: usize = 6;

/// The tooltip of a datum; `None` where no row has it.
pub(super) fn tooltip(data: &ValueChain, datum: u32, lang: Lang) -> Option<Tooltip> {
    let ix = datum as usize;
    if let Some(entity) = data.entities.get(ix) {
        return Some(of_entity(data, ix, entity, lang));
    }
    let link = data.links.get(ix.checked_sub(data.entities.len())?)?;
    Some(of_link(data, link, lang))
}

fn of_link(data: &ValueChain, link: &Link, lang: Lang) -> Tooltip {
    let (from, to) = (
        entity_name(data, link.from, lang),
        entity_name(data, link.to, lang),
    );
    let mut tooltip = Tooltip {
        title: fill(
            lang,
            if link.relation.info().directed {
                "{0} → {1}"
            } else {
                "{0} · {1}"
            },
            &[from, to],
        ),
        value: amount(link, lang),
        date: date_words(link.when, lang),
        status: status_words(&link.status, lang),
        note: link.label.get(lang).to_string(),
        cites: cites(&link.cites, &data.sources, lang),
        ..Tooltip::default()
    };
    tooltip.row(
        say(lang, "관계|Relation"),
        text::relation(link.relation, lang).to_string(),
    );
    tooltip
}

fn of_entity(data: &ValueChain, ix: usize, entity: &Entity, lang: Lang) -> Tooltip {
    let mut details = Details {
        data,
        lang,
        tooltip: Tooltip {
            entity: Some(entity.id.clone()),
            title: entity.name.get(lang).to_string(),
            note: entity.note.get(lang).to_string(),
            ..Tooltip::default()
        },
    };
    details.country(entity);
    details.roles(&entity.roles);
    details.relations(ix);
    for one in &entity.cites {
        details.number(one);
    }
    details.tooltip
}

/// What an organisation does, with its products.
pub(super) fn activity(role: &Role, lang: Lang) -> String {
    let mut words = role.activity.get(lang).to_string();
    if !role.products.is_empty() {
        push(
            &mut words,
            lang,
            " ({0})| ({0})",
            &[&joined(&role.products, lang)],
        );
    }
    words
}

/// The tooltip of an organisation in the making.
struct Details<'a> {
    data: &'a ValueChain,
    lang: Lang,
    tooltip: Tooltip,
}

impl Details<'_> {
    /// The number of a source in the list, which it joins once.
    fn number(&mut self, one: &Cite) -> String {
        let cite = cite(one, &self.data.sources, self.lang);
        let list = &mut self.tooltip.cites;
        // Behind the number that it has got here.
        let same = |known: &Citation| {
            let printed = known.text.split_once("] ").map(|parts| parts.1);
            printed == Some(&*cite.text) && known.url == cite.url
        };
        let at = list.iter().position(same).unwrap_or(list.len());
        let number = count(at + 1, self.lang);
        if at == list.len() {
            list.push(Citation {
                text: fill(self.lang, "[{0}] {1}", &[&number, &cite.text]),
                url: cite.url,
            });
        }
        number
    }

    /// A line with the numbers of its sources behind it.
    fn sourced(&mut self, mut line: String, list: &[Cite]) -> String {
        for one in list {
            let number = self.number(one);
            if !line.is_empty() {
                push(&mut line, self.lang, " [{0}]", &[&number]);
            }
        }
        line
    }

    fn country(&mut self, entity: &Entity) {
        let Some(code) = &entity.country else {
            return;
        };
        let mut country = text::country(code, self.lang);
        if entity.country_assumed {
            let note = " (편집부 보완)| (added by the editor)";
            country.push_str(say(self.lang, note));
        }
        self.tooltip.row(say(self.lang, "나라|Country"), country);
    }

    fn roles(&mut self, roles: &[Role]) {
        for role in roles.iter().take(MAX_ROLES) {
            let what = self.sourced(activity(role, self.lang), &role.cites);
            let sublayer = sublayer_name(self.data, role.sublayer, self.lang);
            self.tooltip.row(sublayer, what);
        }
        self.more(
            "그 밖의 하는 일 {0}가지는 표에|{0} more role{0|s} in the table",
            roles.len().saturating_sub(MAX_ROLES),
        );
    }

    /// The largest relations first, each with its partner, its sum and its source; and how many
    /// there are.
    fn relations(&mut self, ix: usize) {
        let (data, lang) = (self.data, self.lang);
        let (mut keys, mut links, unit) = (Vec::new(), Vec::new(), first_unit(data));
        for link in data.links.iter().filter(|l| touches(l, ix)) {
            keys.push(-amount_in(link, unit));
            links.push(link);
        }
        for (place, (_, at)) in order(&keys).into_iter().enumerate() {
            let Some(link) = links.get(at).filter(|_| place < MAX_RELATIONS) else {
                break;
            };
            let (other, way) = match (link.relation.info().directed, link.from == ix) {
                (false, out) => (if out { link.to } else { link.from }, "{0}"),
                (_, true) => (link.to, "→ {0}"),
                (_, false) => (link.from, "← {0}"),
            };
            let mut what = fill(lang, way, &[short_name(data, other, lang)]);
            append(&mut what, " ", amount(link, lang));
            also(&mut what, lang, date_words(link.when, lang));
            let what = self.sourced(what, &link.cites);
            self.tooltip.row(text::relation(link.relation, lang), what);
        }
        self.more(
            "그 밖의 관계 {0}건은 표에|{0} more relation{0|s} in the table",
            links.len().saturating_sub(MAX_RELATIONS),
        );
        self.tooltip.value = relations(links.len(), lang);
    }

    /// How many lines are left out, if any.
    fn more(&mut self, words: &str, number: usize) {
        if number > 0 {
            let line = fill(self.lang, words, &[&count(number, self.lang)]);
            self.tooltip.row("", line);
        }
    }
}
