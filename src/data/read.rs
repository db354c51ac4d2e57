//! The one reader that all three data sets share: bytes to rows, rows to fields, and a note of everything that is left out.
//!
//! It works on [`Value`] and not on derived types: one copy of the code serves every row, and a wrong field costs that field, not the file.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

use super::{Cite, Layer, Party, Source, Status, Text, When, calendar};
use crate::error::{Code, Error, Issue, IssueKind};

/// Bytes of a file.
const MAX_BYTES: usize = 32 << 20;
/// Objects in a file, and values in a file: what 100,000 rows can need. Counted before the file is parsed, because a parsed
/// object takes some 400 bytes even where its text has eight.
const MAX_OBJECTS: usize = 600_000;
const MAX_VALUES: usize = 3_000_000;
/// Items, events, links, roles.
pub(super) const MAX_ROWS: usize = 100_000;
/// Organisations, and everything of which there are fewer.
pub(super) const MAX_PARTIES: usize = 20_000;
/// Characters of a text; the rest is cut.
const MAX_TEXT: usize = 4096;
/// Issues that are kept; a reader of the list has long stopped.
const MAX_ISSUES: usize = 10_000;
/// Above this a number is as good as infinite: squares and sums stay finite below it.
const MAX_NUMBER: f64 = 1e300;

/// Parses a file of one kind.
pub(super) fn file(bytes: &[u8], kind: &str) -> Result<Value, Error> {
    let value = json(bytes)?;
    let found = value.get("kind").and_then(Value::as_str);
    if found != Some(kind) {
        let mut detail = String::from("kind: ");
        detail.push_str(&cut(&clean(found.unwrap_or_default()), 80));
        return Err(Error::new(Code::WrongKind, detail));
    }
    if value.get("version").is_some_and(|version| version.as_u64() != Some(1)) {
        return Err(Error::new(Code::WrongKind, "version"));
    }
    Ok(value)
}

/// Parses JSON of any kind, within the limits.
fn json(bytes: &[u8]) -> Result<Value, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large("bytes", bytes.len(), MAX_BYTES));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = core::str::from_utf8(bytes).map_err(|error| Error::new(Code::NotText, error.valid_up_to().to_string()))?;
    let (objects, values) = count(bytes);
    if objects > MAX_OBJECTS {
        return Err(too_large("objects", objects, MAX_OBJECTS));
    }
    if values > MAX_VALUES {
        return Err(too_large("values", values, MAX_VALUES));
    }
    serde_json::from_str(text).or_else(|error| {
        // Some writers put NaN, Infinity or 1e999 into JSON. That is one bad field of one row, not a bad file.
        serde_json::from_str(&quote_infinities(text)).map_err(|_| {
            let mut place = error.line().to_string();
            place.push(':');
            place.push_str(&error.column().to_string());
            Error::new(Code::NotJson, place)
        })
    })
}

/// An error that names what there is too much of, how much there is and how much there may be.
fn too_large(what: &str, found: usize, limit: usize) -> Error {
    let mut detail = String::from(what);
    for (mark, number) in [(" ", found), (" > ", limit)] {
        detail.push_str(mark);
        detail.push_str(&number.to_string());
    }
    Error::new(Code::TooLarge, detail)
}

/// Objects, and upper bound of values, that the text can hold.
fn count(bytes: &[u8]) -> (usize, usize) {
    let (mut objects, mut values, mut inside, mut escaped) = (0, 1, false, false);
    for &byte in bytes {
        if inside {
            inside = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => inside = true,
            b'{' => {
                objects += 1;
                values += 1;
            }
            b'[' | b',' => values += 1,
            _ => {}
        }
    }
    (objects, values)
}

/// Puts quotation marks round every bare token that is a number but not a finite one.
fn quote_infinities(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len() + 16), text);
    while let Some(first) = rest.chars().next() {
        let token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let end = if first == '"' {
            let mut escaped = false;
            let close = rest.bytes().skip(1).position(|byte| {
                let closes = !escaped && byte == b'"';
                escaped = !escaped && byte == b'\\';
                closes
            });
            close.map_or(rest.len(), |close| close + 2)
        } else if token(first) {
            rest.find(|c| !token(c)).unwrap_or(rest.len())
        } else {
            rest.find(|c| c == '"' || token(c)).unwrap_or(rest.len())
        };
        let Some((front, after)) = rest.split_at_checked(end) else { break };
        let quoted = token(first) && not_finite(front);
        for part in [if quoted { "\"" } else { "" }, front, if quoted { "\"" } else { "" }] {
            out.push_str(part);
        }
        rest = after;
    }
    out
}

/// Whether a word means a number that is not finite: NaN, infinity, or more digits than a number has room for.
fn not_finite(word: &str) -> bool {
    let word = word.strip_prefix(['-', '+']).unwrap_or(word);
    ["nan", "inf", "infinity"].iter().any(|name| word.eq_ignore_ascii_case(name))
        || (word.starts_with(|c: char| ('1'..='9').contains(&c))
            && word.bytes().all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
            && word.len() > 4
            && serde_json::from_str::<Value>(word).is_err_and(|error| error.is_data() || error.classify() == serde_json::error::Category::Syntax))
}

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
const LINE: &str = "line ";

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

    fn wrong(&self, log: &mut Log, field: &'static str, found: &Value, kind: IssueKind) {
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
        if ko.is_empty() && en.is_empty() {
            if let Some(key) = rest.into_iter().find(|key| self.get(key).is_some()) {
                ko = self.text(log, key);
            }
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
        let Some(found) = self.get(key) else { return Ok(None) };
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
        let Some(first) = self.date(log, "date")? else { return Ok(None) };
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
        let Some(found) = self.get(key) else { return Ok(None) };
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
                _ => self.wrong(log, key, value, IssueKind::WrongType),
            }
        }
        Ok(out)
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
                let inner = Row { map, ..*row };
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
            let Some((id, name)) = named(&row, log) else { continue };
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

/// A text without control characters and without the marks that turn the reading direction of what follows; cut to the limit.
pub(super) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_TEXT));
    let mut room = MAX_TEXT;
    for c in text.trim().chars() {
        let c = match c {
            '\t' | '\n' | '\r' => ' ',
            '\u{0}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => continue,
            c => c,
        };
        if room == 0 {
            break;
        }
        room -= 1;
        out.push(c);
    }
    out
}

/// The first `most` characters.
fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// An address, if its scheme is http or https and nothing in it could hide another.
pub(super) fn link(text: &str) -> Option<String> {
    let text = text.trim_matches(' ');
    let (scheme, rest) = text.split_once("://")?;
    let plain =
        !text.chars().any(|c| c.is_control() || c.is_whitespace() || matches!(c, '\\' | '"' | '<' | '>' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'));
    let known = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':', '@']);
    (plain && known && host && text.len() <= MAX_TEXT).then(|| text.to_string())
}

/// A number as people write it in a cell: `1,234.5`, `92%`, `$5`. A comma must stand before three digits, or it may be a decimal comma.
fn cell_number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let text = text.strip_prefix("US").unwrap_or(text);
    let text = text.strip_prefix(['$', '₩', '+']).unwrap_or(text);
    let whole = text.split_once('.').map_or(text, |parts| parts.0);
    if whole.split(',').skip(1).any(|group| group.len() != 3) || text.len() > 40 {
        return None;
    }
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    serde_json::from_str::<Value>(&plain).ok()?.as_f64()
}

/// Key that marks a document made from a table.
const CELLS: &str = "\u{0}cells";

/// Columns that more than one widget knows: the field and the headings it is found under.
pub(super) type Columns = &'static [(&'static str, &'static [&'static str])];

/// Turns `{"head":[…],"rows":[[…]]}` into a document with one list of rows, its columns named as fields.
/// `needed` are fields without which nothing can be drawn; the document's title is the table's caption.
pub(super) fn table(bytes: &[u8], list: &str, columns: Columns, needed: &[&str], limit: usize) -> Result<Value, Error> {
    let mut value = json(bytes)?;
    let bad = |detail: &str| Err(Error::new(Code::BadTable, detail));
    let (Some(Value::Array(head)), Some(Value::Array(rows))) = (value.get("head"), value.get("rows")) else {
        return bad("head");
    };
    if rows.len() > limit {
        return Err(too_large("rows", rows.len(), limit));
    }
    let fields: Vec<Option<&str>> = head.iter().map(|name| name.as_str().and_then(|name| column(name, columns))).collect();
    if let Some(missing) = needed.iter().find(|field| !fields.contains(&Some(**field))) {
        return bad(missing);
    }
    // A heading or a cell with a per cent sign says the unit of all.
    let percent_head = head.iter().filter_map(Value::as_str).any(|name| name.contains('%') || name.contains("점유율") || name.eq_ignore_ascii_case("share"));
    let mut percent = percent_head;
    let mut out = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let Value::Array(cells) = row else {
            let mut line = String::from(LINE);
            line.push_str(&(index + 2).to_string());
            return bad(&line);
        };
        let mut map = Map::new();
        for (field, cell) in fields.iter().zip(cells) {
            let (Some(field), false) = (field, cell.is_null()) else { continue };
            let mut cell = cell.clone();
            if let Value::String(text) = &mut cell {
                let trimmed = text.trim();
                let about = ["~", "≈", "약 "].iter().find_map(|mark| trimmed.strip_prefix(mark));
                if let (Some(after), false) = (about, field.starts_with("date")) {
                    if cell_number(after).is_some() {
                        *text = after.trim().to_string();
                        map.insert("approx".to_string(), Value::Bool(true));
                    }
                }
                percent |= *field == "value" && text.trim_end().ends_with('%');
            }
            // The first column of a name wins.
            if !map.contains_key(*field) {
                map.insert((*field).to_string(), cell);
            }
        }
        out.push(Value::Object(map));
    }
    let mut document = Map::new();
    for key in ["title", "caption"] {
        if let Some(title) = value.get_mut(key) {
            document.insert("title".to_string(), title.take());
        }
    }
    if percent {
        document.insert("unit".to_string(), Value::String("%".to_string()));
    }
    document.insert(CELLS.to_string(), Value::Bool(true));
    document.insert(list.to_string(), Value::Array(out));
    Ok(Value::Object(document))
}

/// The field that a heading means: as it stands, without a unit in brackets.
fn column(heading: &str, columns: Columns) -> Option<&'static str> {
    let heading = clean(heading).to_lowercase().replace([' ', '-'], "_");
    let short = heading.split_once('(').map_or(heading.as_str(), |parts| parts.0).trim_end_matches('_');
    [heading.as_str(), short].iter().find_map(|name| {
        let found = columns.iter().find(|(field, names)| field == name || names.contains(name));
        found.map(|(field, _)| *field)
    })
}
