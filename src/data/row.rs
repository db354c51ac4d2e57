//! One row and its fields, and a note of everything that is left out.
//!
//! It works on [`Value`] and not on derived types: one copy of the code serves every row, and a wrong field costs that field, not the file.

use serde_json::{Map, Value};

use super::read::{MAX_PARTIES, not_finite, too_large};
use super::table::{CELLS, cell_number};
use super::words::{clean, cut};
use super::{Layer, Status, Text, When, calendar};
use crate::error::{Error, Issue, IssueKind};

/// Issues that are kept; a reader of the list has long stopped.
const MAX_ISSUES: usize = 10_000;
/// Above this a number is as good as infinite: squares and sums stay finite below it.
const MAX_NUMBER: f64 = 1e300;

/// What is left out, in the order in which it was met.
#[derive(Default)]
pub(super) struct Log {
    pub(super) issues: Vec<Issue>,
}

/// Where a row stands, built into words only if there is something to say of it.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    parent: Option<&'a Place<'a>>,
    list: &'static str,
    index: usize,
}

impl Place<'_> {
    fn write(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(out);
            out.push('.');
        }
        out.push_str(self.list);
        if self.list == LINE {
            // The header is line 1.
            out.push_str(&(self.index + 2).to_string());
        } else if !self.list.is_empty() {
            out.push('[');
            out.push_str(&self.index.to_string());
            out.push(']');
        }
    }
}

/// Name of the list of rows of a page's own table.
pub(super) const LINE: &str = "line ";

/// One object of a file, or one line of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    map: &'a Map<String, Value>,
    place: Place<'a>,
    /// From a table: every cell is a text, and numbers may carry commas and signs.
    cells: bool,
}

/// Keys of a text: Korean, English, and those for both.
pub(super) type Keys = [&'static str; 5];
/// Of a label.
pub(super) const LABEL: Keys = ["label_ko", "label_en", "label", "title", "name"];
/// Of a title.
pub(super) const TITLE: Keys = ["title_ko", "title_en", "title", "label", "name"];
/// Of a name.
pub(super) const NAME: Keys = ["name_ko", "name_en", "name", "label", "title"];
/// Of a note.
pub(super) const NOTE: Keys = ["note_ko", "note_en", "note", "note", "note"];

impl<'a> Row<'a> {
    /// The file itself.
    pub(super) fn top(value: &'a Value, empty: &'a Map<String, Value>) -> Self {
        Self { map: value.as_object().unwrap_or(empty), place: Place { parent: None, list: "", index: 0 }, cells: false }
    }

    /// Whether the row is the file itself.
    pub(super) fn is_top(&self) -> bool {
        self.place.list.is_empty()
    }

    /// Whether the row is a line of a page's own table.
    pub(super) fn cells(&self) -> bool {
        self.cells
    }

    /// Notes what is wrong with a field.
    pub(super) fn issue(&self, log: &mut Log, field: &'static str, found: &str, kind: IssueKind) {
        if log.issues.len() >= MAX_ISSUES {
            return;
        }
        let mut place = String::new();
        self.place.write(&mut place);
        log.issues.push(Issue { place, field, found: cut(&clean(found), 80), kind });
    }

    pub(super) fn wrong(&self, log: &mut Log, field: &'static str, found: &Value, kind: IssueKind) {
        match found {
            Value::String(text) => self.issue(log, field, text, kind),
            Value::Array(_) => self.issue(log, field, "[…]", kind),
            Value::Object(_) => self.issue(log, field, "{…}", kind),
            _ => self.issue(log, field, &found.to_string(), kind),
        }
    }

    /// A field, unless it is absent, null or an empty cell.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// A text, cleaned; empty if absent.
    pub(super) fn text(&self, log: &mut Log, key: &'static str) -> String {
        match self.get(key) {
            None => String::new(),
            Some(Value::String(text)) => clean(text),
            Some(Value::Number(number)) if self.cells => number.to_string(),
            Some(found) => {
                self.wrong(log, key, found, IssueKind::WrongType);
                String::new()
            }
        }
    }

    /// A text in both languages; where one is missing, the other serves.
    pub(super) fn words(&self, log: &mut Log, keys: Keys) -> Text {
        let [ko, en, rest @ ..] = keys;
        let (mut ko, mut en) = (self.text(log, ko), self.text(log, en));
        if ko.is_empty()
            && en.is_empty()
            && let Some(key) = rest.into_iter().find(|key| self.get(key).is_some())
        {
            ko = self.text(log, key);
        }
        if ko.is_empty() {
            ko.clone_from(&en);
        } else if en.is_empty() {
            en.clone_from(&ko);
        }
        Text { ko, en }
    }

    /// A number of zero or more. `Err` if there is something else: the row cannot be drawn.
    pub(super) fn number(&self, log: &mut Log, key: &'static str) -> Result<Option<f64>, ()> {
        let Some(found) = self.get(key) else {
            return Ok(None);
        };
        let value = match found {
            Value::Number(number) => number.as_f64(),
            Value::String(text) if not_finite(text.trim()) => Some(f64::NAN),
            Value::String(text) if self.cells => cell_number(text),
            _ => None,
        };
        let kind = match value {
            None => IssueKind::WrongType,
            Some(value) if value.is_nan() || value.abs() > MAX_NUMBER => IssueKind::NotFinite,
            Some(value) if value < 0.0 => IssueKind::Negative,
            // Minus zero would be drawn as “−0”.
            Some(value) => return Ok(Some(value + 0.0)),
        };
        self.wrong(log, key, found, kind);
        Err(())
    }

    /// A yes or no; no if absent.
    pub(super) fn flag(&self, log: &mut Log, key: &'static str) -> bool {
        match self.get(key) {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(Value::String(text)) if self.cells => ["true", "yes", "1", "y", "o", "예"].iter().any(|yes| text.trim().eq_ignore_ascii_case(yes)),
            Some(found) => {
                self.wrong(log, key, found, IssueKind::WrongType);
                false
            }
        }
    }

    /// The number of a word in a list; `None` if the field is absent, `Err` if the word is not in the list.
    pub(super) fn word(&self, log: &mut Log, key: &'static str, list: &[&str]) -> Result<Option<usize>, ()> {
        if self.get(key).is_none() {
            return Ok(None);
        }
        let found = self.text(log, key);
        if found.is_empty() {
            return Err(());
        }
        match list.iter().position(|word| found.eq_ignore_ascii_case(word)) {
            Some(position) => Ok(Some(position)),
            None => {
                self.issue(log, key, &found, IssueKind::UnknownWord);
                Err(())
            }
        }
    }

    /// A country code; anything but two letters is noted and dropped.
    pub(super) fn country(&self, log: &mut Log) -> Option<String> {
        let code = self.text(log, "country");
        if code.is_empty() {
            return None;
        }
        if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Some(code.to_ascii_uppercase());
        }
        self.issue(log, "country", &code, IssueKind::UnknownWord);
        None
    }

    /// A date. `Err` if there is one that no calendar has.
    pub(super) fn when(&self, log: &mut Log) -> Result<Option<When>, ()> {
        let Some(first) = self.date(log, "date")? else {
            return Ok(None);
        };
        match self.date(log, "date_end")? {
            None => Ok(Some(first)),
            Some(end) if end.to >= first.from => {
                Ok(Some(When { to: end.to, precision: first.precision.max(end.precision), about: first.about || end.about, ..first }))
            }
            Some(_) => {
                let found = self.text(log, "date_end");
                self.issue(log, "date_end", &found, IssueKind::BadDate);
                Err(())
            }
        }
    }

    fn date(&self, log: &mut Log, key: &'static str) -> Result<Option<When>, ()> {
        let Some(found) = self.get(key) else {
            return Ok(None);
        };
        let when = match found {
            Value::String(text) => calendar::parse(text),
            Value::Number(year) => calendar::parse(&year.to_string()),
            _ => None,
        };
        if when.is_none() {
            self.wrong(log, key, found, IssueKind::BadDate);
        }
        when.ok_or(()).map(Some)
    }

    /// How far to trust the row.
    pub(super) fn status(&self, log: &mut Log) -> Status {
        let (approx, bound) = self.bound(log);
        const WORDS: [&str; 6] = ["in_talks", "reported", "planned", "forecast", "disputed", "approx"];
        let word = self.word(log, "status", &WORDS).ok().flatten();
        // `derived` and `part_of` may say how and of what.
        let mut said = |key| match self.get(key) {
            Some(Value::String(text)) => !self.cells || !text.trim().is_empty(),
            _ => self.flag(log, key),
        };
        Status {
            derived: said("derived"),
            part_of: said("part_of"),
            approx: approx || bound != 0 || word == Some(5),
            bound,
            disputed: self.flag(log, "disputed") || word == Some(4),
            in_talks: matches!(word, Some(0 | 1)),
            planned: self.flag(log, "planned") || matches!(word, Some(2 | 3)),
            cumulative: self.flag(log, "cumulative"),
        }
    }

    /// «about», and «at least» (+1) or «up to» (−1).
    pub(super) fn bound(&self, log: &mut Log) -> (bool, i8) {
        match self.word(log, "bound", &["at_least", "more_than", "up_to", "about"]) {
            Ok(Some(0 | 1)) => (self.flag(log, "approx"), 1),
            Ok(Some(2)) => (self.flag(log, "approx"), -1),
            Ok(Some(_)) => (true, 0),
            _ => (self.flag(log, "approx"), 0),
        }
    }

    /// The objects of a list. Anything in it that is no object is noted and passed over.
    pub(super) fn rows<'b>(&'b self, log: &mut Log, key: &'static str, limit: usize) -> Result<Vec<Row<'b>>, Error> {
        let mut out = Vec::new();
        let list = match self.get(key) {
            None => return Ok(out),
            Some(Value::Array(list)) => list,
            Some(found) => {
                self.wrong(log, key, found, IssueKind::WrongType);
                return Ok(out);
            }
        };
        if list.len() > limit {
            return Err(too_large(key, list.len(), limit));
        }
        out.reserve(list.len());
        let parent = if self.place.list.is_empty() { None } else { Some(&self.place) };
        for (index, value) in list.iter().enumerate() {
            let name = if self.map.contains_key(CELLS) { LINE } else { key };
            let place = Place { parent, list: name, index };
            match value {
                Value::Object(map) => out.push(Row { map, place, cells: name == LINE }),
                _ => Row { place, ..*self }.wrong(log, key, value, IssueKind::WrongType),
            }
        }
        Ok(out)
    }

    /// An object of this row as a row, at the same place.
    pub(super) fn inside<'b>(&'b self, map: &'b Map<String, Value>) -> Row<'b> {
        Row { map, ..*self }
    }

    /// One object under a key.
    pub(super) fn child(&self, log: &mut Log, key: &'static str) -> Option<Row<'a>> {
        match self.get(key)? {
            Value::Object(map) => Some(Row { map, ..*self }),
            found => {
                self.wrong(log, key, found, IssueKind::WrongType);
                None
            }
        }
    }

    /// A list of names: of texts, or one text; the cells of a table separate names by `;` or a comma.
    pub(super) fn names(&self, log: &mut Log, key: &'static str) -> Vec<String> {
        let mut out = Vec::new();
        match self.get(key) {
            Some(Value::Array(list)) => {
                for value in list.iter().take(MAX_PARTIES) {
                    match value {
                        Value::String(text) => out.push(clean(text)),
                        _ => self.wrong(log, key, value, IssueKind::WrongType),
                    }
                }
            }
            Some(Value::String(text)) if self.cells => out.extend(text.split([';', ',']).map(clean)),
            Some(_) => out.push(self.text(log, key)),
            None => {}
        }
        out.retain(|name| !name.is_empty());
        out
    }
}

/// The layers and the words for them.
const LAYERS: [(Layer, &str); 15] = [
    (Layer::Data, "data"),
    (Layer::Infra, "infra"),
    (Layer::Model, "model"),
    (Layer::Service, "service"),
    (Layer::Context, "context"),
    (Layer::Data, "데이터"),
    (Layer::Infra, "인프라"),
    (Layer::Model, "모델"),
    (Layer::Service, "서비스"),
    (Layer::Context, "자본·정책"),
    (Layer::Infra, "infrastructure"),
    (Layer::Model, "models"),
    (Layer::Service, "services"),
    (Layer::Context, "capital"),
    (Layer::Context, "policy"),
];

/// The layer that a word means.
pub(super) fn layer_word(word: &str) -> Option<Layer> {
    LAYERS.iter().find(|(_, name)| word.eq_ignore_ascii_case(name)).map(|found| found.0)
}

/// The layer under a key; an unknown one is noted.
pub(super) fn layer(row: &Row<'_>, log: &mut Log, key: &'static str) -> Option<Layer> {
    let word = row.text(log, key);
    let found = layer_word(&word);
    if found.is_none() && !word.is_empty() {
        row.issue(log, key, &word, IssueKind::UnknownWord);
    }
    found
}
