//! One row and its fields, and a note of everything that is left out.
//!
//! It works on [`Value`] and not on derived types: one copy of the code serves every row, and a
//! wrong field costs that field, not the file.

use core::cell::RefCell;

use super::sanitize::{clean, cut};
use super::value::Value;
use super::{Layer, MAX_PARTIES, Status, Text, When, calendar, too_large};
use crate::error::{Code, Error, Issue, IssueKind};

/// Issues that are kept; a reader of the list has long stopped.
const MAX_ISSUES: usize = 10_000;
/// Above this a number is as good as infinite: squares and sums stay finite below it.
const MAX_NUMBER: f64 = 1e300;

/// What is left out, in the order in which it was met.
#[derive(Default)]
pub(super) struct IssueLog {
    issues: RefCell<Vec<Issue>>,
    /// A list that is longer than it may be: nothing of the file is drawn.
    error: RefCell<Option<Error>>,
}

impl IssueLog {
    /// The issues, or the error that makes them idle; `empty` names the list in which nothing was
    /// left, if so.
    pub(super) fn end(self, empty: Option<&str>) -> Result<Vec<Issue>, Error> {
        let issues = self.issues.into_inner();
        let nothing = |list: &str| {
            // Why nothing was left: what was wrong with the first row.
            let why = |first: &Issue| {
                let gap = if first.found.is_empty() { "" } else { " " };
                format!(" ({}.{}{gap}{})", first.place, first.field, first.found)
            };
            let detail = list.to_string() + &issues.first().map_or(String::new(), why);
            Error::new(Code::Empty, detail).because(issues.first().cloned())
        };
        match self.error.into_inner().or_else(|| empty.map(nothing)) {
            Some(error) => Err(error),
            None => Ok(issues),
        }
    }
}

/// One object of a file, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    fields: &'a Value<'a>,
    parent: Option<&'a Row<'a>>,
    /// Name of the list that the row stands in; empty for the file itself.
    list: &'static str,
    index: usize,
    log: &'a IssueLog,
}

/// The keys of a text: Korean, English, and then those for both, of which the first that is there
/// counts.
pub(super) type FieldAliases = &'static [&'static str];
/// Of a label.
pub(super) const LABEL: FieldAliases = &["label_ko", "label_en", "label", "title", "name"];
/// Of a title.
pub(super) const TITLE: FieldAliases =
    &["title_ko", "title_en", "title", "label", "name", "caption"];
/// Of a name.
pub(super) const NAME: FieldAliases = &["name_ko", "name_en", "name", "label", "title"];
/// Of a note.
pub(super) const NOTE: FieldAliases = &["note_ko", "note_en", "note"];

impl<'a> Row<'a> {
    /// The file itself.
    pub(super) fn top(file: &'a Value<'a>, log: &'a IssueLog) -> Self {
        Self {
            fields: file,
            parent: None,
            list: "",
            index: 0,
            log,
        }
    }

    /// Whether the row is the file itself.
    pub(super) fn is_top(&self) -> bool {
        self.list.is_empty()
    }

    /// Where it stands: `tables[3].items[0]`, or `line 7`; nothing for the file itself.
    fn place(&self) -> String {
        let Self { list, index, .. } = self;
        if self.is_top() {
            return String::new();
        }
        let line = self.line();
        if line > 0 {
            return format!("line {line}");
        }
        let above = self
            .parent
            .filter(|parent| !parent.is_top())
            .map_or(String::new(), |parent| parent.place() + ".");
        format!("{above}{list}[{index}]")
    }

    /// The line of a table in which the row stood, where one was made a file of; else 0.
    fn line(&self) -> usize {
        if self.is_top() {
            0
        } else {
            self.fields.get("line").number() as usize
        }
    }

    /// Notes what is wrong with a field.
    pub(super) fn issue(&self, field: &'static str, found: &str, kind: IssueKind) {
        let mut issues = self.log.issues.borrow_mut();
        if issues.len() < MAX_ISSUES {
            let line = self.line();
            issues.push(Issue {
                place: self.place(),
                line,
                field,
                found: cut(&clean(found), 80).to_string(),
                kind,
            });
        }
    }

    pub(super) fn missing(&self, field: &'static str) {
        self.issue(field, "", IssueKind::Missing);
    }

    fn wrong(&self, field: &'static str, found: &Value<'_>, kind: IssueKind) {
        let found = match found {
            Value::Text(text) | Value::Number(_, text) => text,
            Value::List(_) => "[…]",
            Value::Row(_) => "{…}",
            Value::Bool(true) => "true",
            Value::Bool(false) => "false",
            Value::Null => "null",
        };
        self.issue(field, found, kind);
    }

    pub(super) fn wrong_type(&self, field: &'static str, found: &Value<'_>) {
        self.wrong(field, found, IssueKind::WrongType);
    }

    /// A field, unless it is absent, null or an empty text.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        match self.fields.get(key) {
            Value::Null | Value::Text("") => None,
            value => Some(value),
        }
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// A text, cleaned; empty if absent.
    pub(super) fn text(&self, key: &'static str) -> String {
        match self.get(key) {
            None => String::new(),
            Some(Value::Text(text)) => clean(text),
            Some(found) => {
                self.wrong_type(key, found);
                String::new()
            }
        }
    }

    /// A text in both languages; where one is missing, the other serves.
    pub(super) fn words(&self, keys: FieldAliases) -> Text {
        let [ko, en, rest @ ..] = keys else {
            return Text::default();
        };
        let (mut ko, mut en) = (self.text(ko), self.text(en));
        if ko.is_empty() && en.is_empty() {
            for key in rest {
                if self.has(key) {
                    ko = self.text(key);
                    break;
                }
            }
        }
        if ko.is_empty() {
            ko.clone_from(&en);
        } else if en.is_empty() {
            en.clone_from(&ko);
        }
        Text { ko, en }
    }

    /// A number of zero or more; none where the field says that it is not disclosed. `Err` if there
    /// is something else: the row cannot be drawn.
    pub(super) fn number(&self, key: &'static str) -> Result<Option<f64>, ()> {
        self.measure(key, 0.0)
    }

    /// A number that is no less than another; else as [`Row::number`].
    pub(super) fn measure(&self, key: &'static str, least: f64) -> Result<Option<f64>, ()> {
        let Some(found) = self.get(key) else {
            return Ok(None);
        };
        let kind = match found {
            Value::Number(value, _) if value.is_nan() || value.abs() > MAX_NUMBER => {
                IssueKind::NotFinite
            }
            Value::Number(value, _) if *value < least => IssueKind::Negative,
            // Minus zero would be drawn as “−0”.
            Value::Number(value, _) => return Ok(Some(value + 0.0)),
            Value::Text(text) if not_finite(text.trim()) => IssueKind::NotFinite,
            Value::Text(_) if self.is_undisclosed(key) => return Ok(None),
            _ => IssueKind::WrongType,
        };
        self.wrong(key, found, kind);
        Err(())
    }

    /// Whether a field says that its number is not disclosed.
    pub(super) fn is_undisclosed(&self, key: &str) -> bool {
        let found = self.get(key).and_then(Value::spelling);
        found.is_some_and(|text| one_of(text.trim(), &["undisclosed", "비공개"]).is_some())
    }

    /// A yes or no; no if absent.
    pub(super) fn flag(&self, key: &'static str) -> bool {
        match self.get(key) {
            None => false,
            Some(Value::Bool(yes)) => *yes,
            Some(found) => {
                self.wrong_type(key, found);
                false
            }
        }
    }

    /// The number of a word in a list; `None` if the field is absent, `Err` if the word is not in
    /// the list.
    pub(super) fn word(&self, key: &'static str, list: &[&str]) -> Result<Option<usize>, ()> {
        if !self.has(key) {
            return Ok(None);
        }
        let found = self.text(key);
        let word = one_of(&found, list);
        if word.is_none() && !found.is_empty() {
            self.issue(key, &found, IssueKind::UnknownWord);
        }
        word.map(Some).ok_or(())
    }

    /// A country code; anything but two letters is noted and dropped.
    pub(super) fn country(&self) -> Option<String> {
        let code = self.text("country");
        if code.len() == 2 && all_letters(&code) {
            return Some(code.to_ascii_uppercase());
        }
        if !code.is_empty() {
            self.issue("country", &code, IssueKind::UnknownWord);
        }
        None
    }

    /// A currency; empty where there is none, `None`, noted, where it is no ISO code.
    pub(super) fn currency(&self) -> Option<String> {
        let code = self.text("currency").to_ascii_uppercase();
        if code.is_empty() || (code.len() == 3 && all_letters(&code)) {
            return Some(code);
        }
        self.issue("currency", &code, IssueKind::UnknownWord);
        None
    }

    /// The layer under a key; an unknown one is noted.
    pub(super) fn layer(&self, key: &'static str) -> Option<Layer> {
        let word = self.text(key);
        let found = Layer::of_word(&word);
        if found.is_none() && !word.is_empty() {
            self.issue(key, &word, IssueKind::UnknownWord);
        }
        found
    }

    /// A date. `Err` if there is one that no calendar has.
    pub(super) fn when(&self) -> Result<Option<When>, ()> {
        let Some(mut first) = self.date("date")? else {
            return Ok(None);
        };
        if let Some(end) = self.date("date_end")? {
            if end.to < first.from {
                self.issue("date_end", &self.text("date_end"), IssueKind::BadDate);
                return Err(());
            }
            first.to = end.to;
            first.precision = first.precision.max(end.precision);
            first.about |= end.about;
        }
        Ok(Some(first))
    }

    fn date(&self, key: &'static str) -> Result<Option<When>, ()> {
        let Some(found) = self.get(key) else {
            return Ok(None);
        };
        // 2024.10 as a number is 2024.1.
        let fraction = matches!(found, Value::Number(_, text) if text.contains('.'));
        let when = calendar::parse(found.spelling().unwrap_or_default()).filter(|_| !fraction);
        if when.is_none() {
            self.wrong(key, found, IssueKind::BadDate);
        }
        when.map(Some).ok_or(())
    }

    /// How far to trust the row.
    pub(super) fn status(&self) -> Status {
        let (approx, bound) = self.bound();
        let word = self
            .word(
                "status",
                &[
                    "in_talks", "reported", "planned", "forecast", "disputed", "approx",
                ],
            )
            .unwrap_or_default();
        Status {
            derived: self.says("derived"),
            part_of: self.says("part_of"),
            approx: approx || bound != 0 || word == Some(5),
            bound,
            disputed: self.flag("disputed") || word == Some(4),
            in_talks: word == Some(0),
            reported: word == Some(1),
            planned: self.flag("planned") || word == Some(2),
            forecast: word == Some(3),
            cumulative: self.flag("cumulative"),
        }
    }

    /// A yes that may also say how or of what.
    fn says(&self, key: &'static str) -> bool {
        match self.get(key) {
            Some(Value::Text(text)) => one_of(text.trim(), &NO).is_none(),
            _ => self.flag(key),
        }
    }

    /// «about», and «at least» (+1), «more than» (+2), «up to» (−1) or «less than» (−2).
    pub(super) fn bound(&self) -> (bool, i8) {
        let word = self
            .word(
                "bound",
                &["about", "at_least", "more_than", "up_to", "less_than"],
            )
            .unwrap_or_default();
        let bound = [0, 1, 2, -1, -2].get(word.unwrap_or(0)).copied();
        (
            self.flag("approx") || word == Some(0),
            bound.unwrap_or_default(),
        )
    }

    /// The objects of a list. Anything in it that is no object is noted and passed over.
    pub(super) fn rows(&'a self, key: &'static str, limit: usize) -> Vec<Row<'a>> {
        let mut out = Vec::new();
        let list = match self.get(key) {
            None => return out,
            Some(Value::List(list)) => list,
            Some(found) => {
                self.wrong_type(key, found);
                return out;
            }
        };
        if list.len() > limit {
            self.log
                .error
                .borrow_mut()
                .get_or_insert(too_large(key, list.len(), limit));
            return out;
        }
        out.reserve(list.len());
        for (index, fields) in list.iter().enumerate() {
            let object = matches!(fields, Value::Row(_));
            let row = Row {
                fields,
                parent: Some(self),
                list: key,
                index,
                log: self.log,
            };
            if object {
                out.push(row);
            } else {
                row.wrong_type(key, fields);
            }
        }
        out
    }

    /// An object of this row as a row, at the same place.
    pub(super) fn inside(&self, fields: &'a Value<'a>) -> Row<'a> {
        Row { fields, ..*self }
    }

    /// One object under a key.
    pub(super) fn child(&self, key: &'static str) -> Option<Row<'a>> {
        let found = self.get(key)?;
        if let Value::Row(_) = found {
            return Some(self.inside(found));
        }
        self.wrong_type(key, found);
        None
    }

    /// A list of names: of texts, or one text.
    pub(super) fn names(&self, key: &'static str) -> Vec<String> {
        let mut names = Vec::new();
        let mut push = |name: String| {
            if !name.is_empty() {
                names.push(name);
            }
        };
        match self.get(key) {
            None => {}
            Some(Value::List(list)) => {
                for value in list.iter().take(MAX_PARTIES) {
                    match value {
                        Value::Text(text) => push(clean(text)),
                        _ => self.wrong_type(key, value),
                    }
                }
            }
            Some(_) => push(self.text(key)),
        }
        names
    }
}

/// What a text says for no.
const NO: [&str; 8] = ["false", "no", "0", "n", "x", "-", "아니요", ""];

/// The number of a word in a list, capital letters or not.
pub(super) fn one_of(word: &str, list: &[&str]) -> Option<usize> {
    list.iter()
        .position(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word means a number that is not finite.
pub(super) fn not_finite(word: &str) -> bool {
    let word = word.strip_prefix(['-', '+']).unwrap_or(word);
    one_of(word, &["nan", "inf", "infinity"]).is_some()
}

/// Whether a text is letters of the Latin alphabet only.
pub(super) fn all_letters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}
