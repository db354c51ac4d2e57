//! What rows refer to: ids, documents, organisations.

use std::collections::BTreeMap;

use serde_json::Value;

use super::read::MAX_PARTIES;
use super::row::{Log, NAME, NOTE, Row, TITLE, layer};
use super::words::{clean, link};
use super::{Cite, Party, Source, Text};
use crate::error::{Error, IssueKind};

/// Ids that are taken, and what they stand for.
#[derive(Default)]
pub(super) struct Ids {
    map: BTreeMap<String, (usize, u32)>,
}

impl Ids {
    /// Claims an id for the row `index`. An id that is taken is noted and gets `~2`, `~3` … at its end.
    pub(super) fn claim(&mut self, log: &mut Log, row: &Row<'_>, id: String, index: usize) -> String {
        let Some((_, times)) = self.map.get_mut(&id) else {
            self.map.insert(id.clone(), (index, 1));
            return id;
        };
        let mut number = *times;
        row.issue(log, "id", &id, IssueKind::Duplicate);
        let fresh = loop {
            number = number.saturating_add(1);
            let mut fresh = id.clone();
            fresh.push('~');
            fresh.push_str(&number.to_string());
            if !self.map.contains_key(&fresh) {
                break fresh;
            }
        };
        // Where the search ended is where the next one starts: many equal ids stay cheap.
        if let Some((_, times)) = self.map.get_mut(&id) {
            *times = number;
        }
        self.map.insert(fresh.clone(), (index, 1));
        fresh
    }

    /// Lets a name stand for a row too, where no id has it.
    pub(super) fn alias(&mut self, name: &str, index: usize) {
        if !name.is_empty() && !self.map.contains_key(name) {
            self.map.insert(name.to_string(), (index, 1));
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.map.get(id).map(|found| found.0)
    }
}

/// The documents of a file.
pub(super) struct Sources {
    pub(super) list: Vec<Source>,
    ids: Ids,
    /// The file has no list: what a row cites is itself the document.
    open: bool,
}

impl Sources {
    pub(super) fn read(top: &Row<'_>, log: &mut Log) -> Result<Self, Error> {
        let mut out = Self { list: Vec::new(), ids: Ids::default(), open: top.get("sources").is_none() };
        for row in top.rows(log, "sources", MAX_PARTIES)? {
            let (id, mut title) = (row.text(log, "id"), row.words(log, TITLE));
            if title.ko.is_empty() {
                title = Text { ko: id.clone(), en: id.clone() };
            }
            let id = if id.is_empty() { title.en.clone() } else { id };
            if id.is_empty() {
                row.issue(log, "id", "", IssueKind::Missing);
                continue;
            }
            let url = row.get("url").and_then(|found| {
                let url = found.as_str().and_then(link);
                if url.is_none() {
                    row.wrong(log, "url", found, IssueKind::WrongType);
                }
                url
            });
            let source = Source {
                id: out.ids.claim(log, &row, id, out.list.len()),
                title,
                publisher: row.words(log, ["publisher_ko", "publisher_en", "publisher", "publisher", "publisher"]),
                date: row.text(log, "date"),
                credit: row.words(log, ["credit_ko", "credit_en", "credit", "credit", "credit"]),
                note: row.words(log, NOTE),
                url,
            };
            out.list.push(source);
        }
        Ok(out)
    }

    /// What a row cites: `source`, an id or an object or a list of them, and `also`.
    pub(super) fn cites(&mut self, row: &Row<'_>, log: &mut Log) -> Vec<Cite> {
        let mut out = Vec::new();
        for key in ["source", "also"] {
            match row.get(key) {
                None => {}
                Some(Value::Array(list)) => {
                    for value in list.iter().take(100) {
                        out.extend(self.cite(row, log, key, value));
                    }
                }
                Some(value) => out.extend(self.cite(row, log, key, value)),
            }
        }
        out
    }

    fn cite(&mut self, row: &Row<'_>, log: &mut Log, key: &'static str, value: &Value) -> Option<Cite> {
        let mut cite = Cite::default();
        let id = match value {
            Value::String(text) => clean(text),
            Value::Object(map) => {
                let inner = row.inside(map);
                cite.locator = inner.text(log, "locator");
                cite.attributed_to = Some(inner.text(log, "attributed_to")).filter(|name| !name.is_empty());
                cite.title_only = inner.word(log, "basis", &["reference-title-only", "editorial"]) == Ok(Some(0));
                inner.text(log, "id")
            }
            _ => {
                row.wrong(log, key, value, IssueKind::WrongType);
                return None;
            }
        };
        cite.source = match self.ids.find(&id) {
            Some(index) => index,
            None if self.open && !id.is_empty() && self.list.len() < MAX_PARTIES => {
                let index = self.list.len();
                self.ids.alias(&id, index);
                let title = Text { ko: id.clone(), en: id.clone() };
                self.list.push(Source { url: link(&id), id, title, ..Source::default() });
                index
            }
            None => {
                row.issue(log, key, &id, IssueKind::UnknownReference);
                return None;
            }
        };
        Some(cite)
    }
}

/// The organisations of a market-share or funding file.
pub(super) struct Parties {
    pub(super) list: Vec<Party>,
    ids: Ids,
    /// The file has no list: the names that rows use are the organisations.
    open: bool,
}

impl Parties {
    pub(super) fn read(top: &Row<'_>, log: &mut Log) -> Result<Self, Error> {
        let mut out = Self { list: Vec::new(), ids: Ids::default(), open: top.get("parties").is_none() };
        for row in top.rows(log, "parties", MAX_PARTIES)? {
            let Some((id, name)) = named(&row, log) else {
                continue;
            };
            let party = Party {
                id: out.ids.claim(log, &row, id, out.list.len()),
                name,
                layer: layer(&row, log, "layer").unwrap_or_default(),
                country: row.country(log),
            };
            out.list.push(party);
        }
        for (index, party) in out.list.iter().enumerate() {
            out.ids.alias(&party.name.ko, index);
            out.ids.alias(&party.name.en, index);
        }
        Ok(out)
    }

    /// The organisation that a row names.
    pub(super) fn find(&mut self, row: &Row<'_>, log: &mut Log, key: &'static str, name: String) -> Option<usize> {
        if let Some(index) = self.ids.find(&name) {
            return Some(index);
        }
        if self.open && self.list.len() < MAX_PARTIES {
            let index = self.list.len();
            self.ids.alias(&name, index);
            let text = Text { ko: name.clone(), en: name.clone() };
            self.list.push(Party { id: name, name: text, ..Party::default() });
            return Some(index);
        }
        row.issue(log, key, &name, IssueKind::UnknownReference);
        None
    }

    /// The organisation under a key, if the row has one.
    pub(super) fn one(&mut self, row: &Row<'_>, log: &mut Log, key: &'static str) -> Option<usize> {
        let name = row.text(log, key);
        if name.is_empty() { None } else { self.find(row, log, key, name) }
    }

    /// The organisations listed under a key.
    pub(super) fn many(&mut self, row: &Row<'_>, log: &mut Log, key: &'static str) -> Vec<usize> {
        let mut out = Vec::new();
        for name in row.names(log, key) {
            out.extend(self.find(row, log, key, name));
        }
        out
    }
}

/// Id and name of an organisation: either serves for the other. `None`, noted, if it has neither.
pub(super) fn named(row: &Row<'_>, log: &mut Log) -> Option<(String, Text)> {
    let (mut id, mut name) = (row.text(log, "id"), row.words(log, NAME));
    if id.is_empty() {
        id.clone_from(&name.en);
    }
    if name.ko.is_empty() {
        name = Text { ko: id.clone(), en: id.clone() };
    }
    if id.is_empty() {
        row.issue(log, "id", "", IssueKind::Missing);
        return None;
    }
    Some((id, name))
}
