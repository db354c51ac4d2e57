//! What rows refer to: ids, documents, organisations.

use super::row::{Keys, LABEL, NAME, NOTE, Row, TITLE};
use super::value::Value;
use super::words::{clean, link, push_whole};
use super::{Cite, MAX_PARTIES, Party, Source, Text};
use crate::error::IssueKind;

/// Entries of a run of [`Ids`].
const RUN: usize = 512;

/// Ids that are taken, and what they stand for: sorted runs in order, so that an insert moves one run at most, whatever the ids are.
#[derive(Default)]
pub(super) struct Ids {
    runs: Vec<Vec<Taken>>,
}

struct Taken {
    id: String,
    index: usize,
    /// The highest number that was put behind the id.
    times: usize,
}

impl Ids {
    /// Where an id is, or where it would be inserted: run, place in the run, and whether it is there.
    fn seek(&self, id: &str) -> (usize, usize, bool) {
        let run = self.runs.partition_point(|run| run.first().is_some_and(|first| first.id.as_str() <= id)).saturating_sub(1);
        let at = self.runs.get(run).map_or(Err(0), |run| run.binary_search_by(|taken| taken.id.as_str().cmp(id)));
        (run, at.unwrap_or_else(|at| at), at.is_ok())
    }

    /// Takes an id unless it is taken or empty.
    pub(super) fn take(&mut self, id: &str, index: usize) -> bool {
        let (run, at, found) = self.seek(id);
        if found || id.is_empty() {
            return false;
        }
        if self.runs.is_empty() {
            self.runs.push(Vec::new());
        }
        if let Some(entries) = self.runs.get_mut(run) {
            entries.insert(at, Taken { id: id.to_string(), index, times: 1 });
            if entries.len() > RUN {
                let rest = entries.split_off(RUN / 2);
                self.runs.insert(run + 1, rest);
            }
        }
        true
    }

    /// Claims an id for the row `index`. An id that is taken is noted and gets `~2`, `~3` … at its end.
    pub(super) fn claim(&mut self, row: &Row<'_>, id: &mut String, index: usize) {
        if self.take(id, index) {
            return;
        }
        row.issue("id", id, IssueKind::Duplicate);
        let mut number = self.get(id).map_or(1, |taken| taken.times);
        loop {
            number += 1;
            let mut fresh = id.clone();
            fresh.push('~');
            push_whole(&mut fresh, number as u64);
            if self.take(&fresh, index) {
                // Where the search ended is where the next one starts: many equal ids stay cheap.
                let (run, at, _) = self.seek(id);
                if let Some(taken) = self.runs.get_mut(run).and_then(|run| run.get_mut(at)) {
                    taken.times = number;
                }
                *id = fresh;
                return;
            }
        }
    }

    fn get(&self, id: &str) -> Option<&Taken> {
        let (run, at, found) = self.seek(id);
        if found { self.runs.get(run)?.get(at) } else { None }
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.get(id).map(|taken| taken.index)
    }
}

/// A text that is the same in both languages.
pub(super) fn both(text: &str) -> Text {
    Text { ko: text.to_string(), en: text.to_string() }
}

/// Puts id and name of a row where they belong: either serves for the other. False, noted, if it has neither.
pub(super) fn named(row: &Row<'_>, keys: Keys, id: &mut String, name: &mut Text) -> bool {
    row.put("id", id);
    row.put_words(keys, name);
    if id.is_empty() {
        id.clone_from(&name.en);
    }
    if id.is_empty() {
        row.missing("id");
        return false;
    }
    if name.ko.is_empty() {
        *name = both(id);
    }
    true
}

/// Puts the id of a row where it belongs, or its number, and claims it.
pub(super) fn numbered(row: &Row<'_>, ids: &mut Ids, index: usize, id: &mut String) {
    row.put("id", id);
    if id.is_empty() {
        push_whole(id, index as u64 + 1);
    }
    ids.claim(row, id, index);
}

/// The documents of a file.
pub(super) struct Sources {
    pub(super) list: Vec<Source>,
    ids: Ids,
    /// The file has no list: what a row cites is itself the document.
    open: bool,
}

const PUBLISHER: Keys = &["publisher_ko", "publisher_en", "publisher"];
const CREDIT: Keys = &["credit_ko", "credit_en", "credit"];

impl Sources {
    pub(super) fn read(top: &Row<'_>) -> Self {
        let mut out = Self { list: Vec::new(), ids: Ids::default(), open: !top.has("sources") };
        for row in &top.rows("sources", MAX_PARTIES) {
            let mut source = Source::default();
            if !named(row, TITLE, &mut source.id, &mut source.title) {
                continue;
            }
            out.ids.claim(row, &mut source.id, out.list.len());
            row.put_words(PUBLISHER, &mut source.publisher);
            row.put("date", &mut source.date);
            row.put_words(CREDIT, &mut source.credit);
            row.put_words(NOTE, &mut source.note);
            if let Some(found) = row.get("url") {
                source.url = link(found.text());
                if source.url.is_none() {
                    row.wrong_type("url", found);
                }
            }
            out.list.push(source);
        }
        out
    }

    /// What a row cites: `source`, an id or an object or a list of them, and `also`.
    pub(super) fn put(&mut self, row: &Row<'_>, out: &mut Vec<Cite>) {
        for key in &["source", "also"] {
            let found = row.get(key);
            let list = match found {
                Some(Value::List(list)) => list.get(..100).unwrap_or(list),
                _ => found.map_or(&[][..], core::slice::from_ref),
            };
            for value in list {
                self.cite(row, key, value, out);
            }
        }
    }

    fn cite(&mut self, row: &Row<'_>, key: &'static str, value: &Value<'_>, out: &mut Vec<Cite>) {
        let (mut cite, mut id) = (Cite::default(), String::new());
        match value {
            Value::Row(_) => {
                let inner = row.inside(value);
                inner.put("locator", &mut cite.locator);
                if inner.has("attributed_to") {
                    cite.attributed_to = Some(inner.text("attributed_to"));
                }
                cite.title_only = inner.word("basis", &["reference-title-only", "editorial"]) == Ok(Some(0));
                inner.put("id", &mut id);
            }
            Value::Text(text) => id = clean(text),
            Value::Number(_, text) if row.cells => id = clean(text),
            _ => return row.wrong_type(key, value),
        }
        cite.source = match self.ids.find(&id) {
            Some(index) => index,
            None if self.open && self.list.len() < MAX_PARTIES && self.ids.take(&id, self.list.len()) => {
                self.list.push(Source { url: link(&id), title: both(&id), id, ..Source::default() });
                self.list.len() - 1
            }
            None => return row.issue(key, &id, IssueKind::UnknownReference),
        };
        out.push(cite);
    }
}

/// What the rows of a market-share or funding file refer to: documents, organisations, and each other.
pub(super) struct Refs {
    pub(super) sources: Sources,
    pub(super) parties: Vec<Party>,
    names: Ids,
    /// The file has no list: the names that rows use are the organisations.
    open: bool,
    /// Ids of events or tables.
    pub(super) ids: Ids,
}

impl Refs {
    pub(super) fn read(top: &Row<'_>) -> Self {
        let (mut parties, mut names) = (Vec::new(), Ids::default());
        let sources = Sources::read(top);
        for row in &top.rows("parties", MAX_PARTIES) {
            let mut party = Party::default();
            if named(row, NAME, &mut party.id, &mut party.name) {
                names.claim(row, &mut party.id, parties.len());
                party.layer = row.layer("layer").unwrap_or_default();
                row.put_country(&mut party.country);
                parties.push(party);
            }
        }
        for (index, party) in parties.iter().enumerate() {
            names.take(&party.name.ko, index);
            names.take(&party.name.en, index);
        }
        Self { sources, parties, names, open: !top.has("parties"), ids: Ids::default() }
    }

    /// The organisation that a row names.
    fn party(&mut self, row: &Row<'_>, key: &'static str, name: &str) -> Option<usize> {
        let found = self.names.find(name);
        if found.is_some() {
            return found;
        }
        let index = self.parties.len();
        if self.open && index < MAX_PARTIES && self.names.take(name, index) {
            self.parties.push(Party { name: both(name), id: name.to_string(), ..Party::default() });
            return Some(index);
        }
        row.issue(key, name, IssueKind::UnknownReference);
        None
    }

    /// The organisation under a key, if the row has one.
    pub(super) fn one(&mut self, row: &Row<'_>, key: &'static str) -> Option<usize> {
        let name = row.text(key);
        if name.is_empty() { None } else { self.party(row, key, &name) }
    }

    /// Puts the organisations listed under a key where they belong.
    pub(super) fn put(&mut self, row: &Row<'_>, key: &'static str, out: &mut Vec<usize>) {
        for name in &row.names(key) {
            if let Some(party) = self.party(row, key, name) {
                out.push(party);
            }
        }
    }

    /// Puts the label of a row where it belongs, or the name of the organisation that it is about. False, noted, where there is neither.
    pub(super) fn label(&self, row: &Row<'_>, party: Option<usize>, out: &mut Text) -> bool {
        row.put_words(LABEL, out);
        if out.ko.is_empty() {
            let Some(party) = party.and_then(|party| self.parties.get(party)) else {
                row.missing("label");
                return false;
            };
            out.clone_from(&party.name);
        }
        true
    }
}
