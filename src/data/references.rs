//! What rows refer to: ids, documents, organisations.

use super::row::{FieldAliases, LABEL, NAME, NOTE, Row, TITLE};
use super::sanitize::{clean, link};
use super::value::Value;
use super::{Cite, MAX_PARTIES, Party, Source, Text};
use crate::error::IssueKind;

/// Entries of a run of [`Ids`].
const RUN: usize = 512;

/// Ids that are taken, and what they stand for: sorted runs in order, so that an insert moves one
/// run at most, whatever the ids are.
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
    /// Where an id is, or where it would be inserted: run, place in the run, and whether it is
    /// there.
    fn seek(&self, id: &str) -> (usize, usize, bool) {
        let run = self
            .runs
            .partition_point(|run| run.first().is_some_and(|first| first.id.as_str() <= id))
            .saturating_sub(1);
        let at = self.runs.get(run).map_or(Err(0), |run| {
            run.binary_search_by(|taken| taken.id.as_str().cmp(id))
        });
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
            entries.insert(
                at,
                Taken {
                    id: id.to_string(),
                    index,
                    times: 1,
                },
            );
            if entries.len() > RUN {
                let rest = entries.split_off(RUN / 2);
                self.runs.insert(run + 1, rest);
            }
        }
        true
    }

    /// The id that the row `index` claims by this. One that is taken is noted and gets `~2`, `~3` …
    /// at its end.
    pub(super) fn claim(&mut self, row: &Row<'_>, id: String, index: usize) -> String {
        if self.take(&id, index) {
            return id;
        }
        row.issue("id", &id, IssueKind::Duplicate);
        let mut number = self.get(&id).map_or(1, |taken| taken.times);
        loop {
            number += 1;
            let fresh = format!("{id}~{number}");
            if self.take(&fresh, index) {
                // Where the search ended is where the next one starts: many equal ids stay cheap.
                let (run, at, _) = self.seek(&id);
                if let Some(taken) = self.runs.get_mut(run).and_then(|run| run.get_mut(at)) {
                    taken.times = number;
                }
                return fresh;
            }
        }
    }

    fn get(&self, id: &str) -> Option<&Taken> {
        let (run, at, found) = self.seek(id);
        if found {
            self.runs.get(run)?.get(at)
        } else {
            None
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.get(id).map(|taken| taken.index)
    }
}

/// A text that is the same in both languages.
pub(super) fn both(text: &str) -> Text {
    Text {
        ko: text.to_string(),
        en: text.to_string(),
    }
}

/// Id and name of a row: either serves for the other. `None`, noted, if it has neither.
pub(super) fn named(row: &Row<'_>, keys: FieldAliases) -> Option<(String, Text)> {
    let (mut id, mut name) = (row.text("id"), row.words(keys));
    if id.is_empty() {
        id.clone_from(&name.en);
    }
    if id.is_empty() {
        row.missing("id");
        return None;
    }
    if name.ko.is_empty() {
        name = both(&id);
    }
    Some((id, name))
}

/// The id of a row, or its number, as it is claimed.
pub(super) fn numbered(row: &Row<'_>, ids: &mut Ids, index: usize) -> String {
    let mut id = row.text("id");
    if id.is_empty() {
        id = (index + 1).to_string();
    }
    ids.claim(row, id, index)
}

/// The documents of a file.
pub(super) struct Sources {
    pub(super) list: Vec<Source>,
    ids: Ids,
    /// The file has no list: what a row cites is itself the document.
    open: bool,
}

const PUBLISHER: FieldAliases = &["publisher_ko", "publisher_en", "publisher"];
const CREDIT: FieldAliases = &["credit_ko", "credit_en", "credit"];

impl Sources {
    pub(super) fn read(top: &Row<'_>) -> Self {
        let mut out = Self {
            list: Vec::new(),
            ids: Ids::default(),
            open: !top.has("sources"),
        };
        for row in &top.rows("sources", MAX_PARTIES) {
            let Some((id, title)) = named(row, TITLE) else {
                continue;
            };
            let mut source = Source {
                id: out.ids.claim(row, id, out.list.len()),
                title,
                publisher: row.words(PUBLISHER),
                date: row.text("date"),
                credit: row.words(CREDIT),
                note: row.words(NOTE),
                url: None,
            };
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
    pub(super) fn cites(&mut self, row: &Row<'_>) -> Vec<Cite> {
        let mut cites = Vec::new();
        for key in &["source", "also"] {
            let list = match row.get(key) {
                None => continue,
                Some(Value::List(list)) => list.get(..100).unwrap_or(list),
                Some(one) => core::slice::from_ref(one),
            };
            for value in list {
                cites.extend(self.cite(row, key, value));
            }
        }
        cites
    }

    /// What one value cites; `None`, noted, where it is no document that is known.
    fn cite(&mut self, row: &Row<'_>, key: &'static str, value: &Value<'_>) -> Option<Cite> {
        let mut cite = Cite::default();
        let id = match value {
            Value::Row(_) => {
                let inner = row.inside(value);
                cite.locator = inner.text("locator");
                cite.attributed_to = inner
                    .has("attributed_to")
                    .then(|| inner.text("attributed_to"));
                cite.title_only =
                    inner.word("basis", &["reference-title-only", "editorial"]) == Ok(Some(0));
                inner.text("id")
            }
            Value::Text(text) => clean(text),
            _ => {
                row.wrong_type(key, value);
                return None;
            }
        };
        cite.source = match self.ids.find(&id) {
            Some(index) => index,
            None if self.open
                && self.list.len() < MAX_PARTIES
                && self.ids.take(&id, self.list.len()) =>
            {
                self.list.push(Source {
                    url: link(&id),
                    title: both(&id),
                    id,
                    ..Source::default()
                });
                self.list.len() - 1
            }
            None => {
                row.issue(key, &id, IssueKind::UnknownReference);
                return None;
            }
        };
        Some(cite)
    }
}

/// What the rows of a market-share or funding file refer to: documents, organisations, and each
/// other.
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
            if let Some((id, name)) = named(row, NAME) {
                let id = names.claim(row, id, parties.len());
                parties.push(Party {
                    id,
                    name,
                    layer: row.layer("layer"),
                    country: row.country(),
                });
            }
        }
        for (index, party) in parties.iter().enumerate() {
            names.take(&party.name.ko, index);
            names.take(&party.name.en, index);
        }
        Self {
            sources,
            parties,
            names,
            open: !top.has("parties"),
            ids: Ids::default(),
        }
    }

    /// The organisation of a name; `None`, noted, where there is none and there can be no more.
    fn called(&mut self, row: &Row<'_>, key: &'static str, name: &str) -> Option<usize> {
        let found = self.names.find(name);
        if found.is_some() {
            return found;
        }
        let index = self.parties.len();
        if self.open && index < MAX_PARTIES && self.names.take(name, index) {
            self.parties.push(Party {
                name: both(name),
                id: name.to_string(),
                ..Party::default()
            });
            return Some(index);
        }
        row.issue(key, name, IssueKind::UnknownReference);
        None
    }

    /// The organisation under a key, if the row has one.
    pub(super) fn party(&mut self, row: &Row<'_>, key: &'static str) -> Option<usize> {
        let name = row.text(key);
        if name.is_empty() {
            None
        } else {
            self.called(row, key, &name)
        }
    }

    /// The organisations that are listed under a key.
    pub(super) fn parties(&mut self, row: &Row<'_>, key: &'static str) -> Vec<usize> {
        let mut parties = Vec::new();
        for name in &row.names(key) {
            parties.extend(self.called(row, key, name));
        }
        parties
    }

    /// The label of a row, or else the name of the organisation that it is about. `None`, noted,
    /// where there is neither.
    pub(super) fn label(&self, row: &Row<'_>, party: Option<usize>) -> Option<Text> {
        let label = row.words(LABEL);
        if !label.ko.is_empty() {
            return Some(label);
        }
        let party = party.and_then(|party| self.parties.get(party));
        if party.is_none() {
            row.missing("label");
        }
        party.map(|party| party.name.clone())
    }
}
