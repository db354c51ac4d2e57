//! A table as it lies in a file, and which of its lines has the headings. Not here: what the
//! headings mean.

use super::headings::SCHEMAS;
use super::quantity;
use crate::data::sanitize::{clean, cut};
use crate::data::{Value, too_large};
use crate::error::{Code, Error, Issue, IssueKind};

/// A row of cells, and the line of the file in which it stands.
pub(super) struct RawRow<'a> {
    pub(super) line: usize,
    pub(super) cells: Vec<Cell<'a>>,
}

/// A cell: its text without blanks around it.
#[derive(Clone, Copy, Default)]
pub(super) struct Cell<'a> {
    pub(super) text: &'a str,
    /// It is a number of JSON, not a text: `2024.10` and `2024.1` are one and the same.
    pub(super) number: bool,
}

/// Headings and rows.
pub(super) struct Raw<'a> {
    /// What the table is called, by its page or in lines above the headings.
    pub(super) title: &'a str,
    /// A unit for all of it that a line above the headings states: `(단위: 억 원)`.
    pub(super) unit: &'a str,
    pub(super) head: Vec<&'a str>,
    pub(super) rows: Vec<RawRow<'a>>,
    /// Its cells are separated by semicolons, so that a comma may be a decimal one.
    pub(super) semicolon: bool,
    pub(super) issues: Vec<Issue>,
    /// What the table says besides, as a file would: `sources`, `color_ko`.
    pub(super) more: Vec<(&'a str, Value<'a>)>,
}

/// What of a table is read here, and not by the reader of files.
const OWN: [&str; 8] = [
    "caption",
    "title",
    "unit",
    "head",
    "rows",
    "lines",
    "semicolon",
    "kind",
];

/// Lines in which headings are looked for.
const HEAD_LINES: usize = 12;
/// Columns that a table may have.
const MAX_COLUMNS: usize = 1000;
/// What is told of a table's lines; a reader of the list has long stopped.
const MAX_TOLD: usize = 1000;

impl<'a> Raw<'a> {
    /// The table of `{"caption": "…", "head": […], "rows": [[…]], "lines": […], "semicolon": true}`,
    /// where `lines` says where the rows stand.
    ///
    /// # Errors
    /// `bad-table` where it is no table, `too-large`.
    pub(super) fn of(table: &Value<'a>) -> Result<Self, Error> {
        let bad = || Error::new(Code::BadTable, "head");
        let (Value::List(head), Value::List(list)) = (table.get("head"), table.get("rows")) else {
            return Err(bad());
        };
        let lines = table.get("lines").list();
        let mut rows = Vec::with_capacity(list.len());
        for (index, row) in list.iter().enumerate() {
            let Value::List(cells) = row else {
                return Err(bad());
            };
            let line = lines
                .get(index)
                .map_or(index + 2, |line| line.number() as usize);
            rows.push(RawRow {
                line,
                cells: cells.iter().map(cell).collect(),
            });
        }
        let mut raw = Self {
            title: table.get("caption").text(),
            unit: table.get("unit").text(),
            head: head
                .iter()
                .map(|cell| cell.spelling().unwrap_or_default().trim())
                .collect(),
            rows,
            semicolon: *table.get("semicolon") == Value::Bool(true),
            issues: Vec::new(),
            more: Vec::new(),
        };
        if let Value::Row(fields) = table {
            let more = fields.iter().filter(|(key, _)| !OWN.contains(key));
            raw.more = more.cloned().collect();
        }
        if raw.title.is_empty() {
            raw.title = table.get("title").text();
        }
        raw.find_head();
        raw.take_notes();
        raw.find_extra();
        let width = raw.head.len();
        if width > MAX_COLUMNS {
            return Err(too_large("columns", width, MAX_COLUMNS));
        }
        Ok(raw)
    }

    /// Where titles stand above the headings the headings are the line of which most is understood,
    /// or else the first that is as wide as the rows below it.
    fn find_head(&mut self) {
        let known = |cells: &[&str]| {
            let mut counts = [0; SCHEMAS.len()];
            for cell in cells.iter().take(MAX_COLUMNS) {
                let name = quantity::heading(cell).0;
                for (count, schema) in counts.iter_mut().zip(SCHEMAS) {
                    *count += usize::from(schema.meant(&name).is_some());
                }
            }
            counts.iter().copied().max().unwrap_or(0)
        };
        let filled = |cells: &[&str]| cells.iter().filter(|cell| !cell.is_empty()).count();
        let texts = |row: &RawRow<'a>| row.cells.iter().map(|cell| cell.text).collect::<Vec<_>>();
        let width = self
            .rows
            .iter()
            .map(|row| filled(&texts(row)))
            .max()
            .unwrap_or(0);
        if filled(&self.head) >= width.min(2) && known(&self.head) > 0 {
            return;
        }
        let found = self
            .rows
            .iter()
            .take(HEAD_LINES)
            .map(texts)
            .position(|cells| known(&cells) >= width.min(2))
            .or_else(|| {
                (filled(&self.head) < width.min(2)).then(|| {
                    self.rows
                        .iter()
                        .take(HEAD_LINES)
                        .position(|row| filled(&texts(row)) >= width.min(2))
                })?
            });
        let Some(found) = found else { return };
        let mut above = vec![core::mem::take(&mut self.head)];
        for row in self.rows.drain(..=found) {
            above.push(row.cells.iter().map(|cell| cell.text).collect());
        }
        self.head = above.pop().unwrap_or_default();
        for text in above.into_iter().flatten().filter(|text| !text.is_empty()) {
            if let Some(unit) = stated_unit(text) {
                self.unit = unit;
            } else if self.title.is_empty() && !is_note(text) {
                self.title = text;
            } else if text != self.title {
                self.tell(0, text, IssueKind::TableNote);
            }
        }
    }

    /// Lines without any cell that is filled are no rows; lines at the end that hold one text alone
    /// which begins as notes do are notes.
    fn take_notes(&mut self) {
        self.rows
            .retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
        while self.head.len() > 1
            && let Some(row) = self.rows.last()
        {
            let mut filled = row.cells.iter().filter(|cell| !cell.text.is_empty());
            let (Some(note), None) = (filled.next(), filled.next()) else {
                break;
            };
            if !is_note(note.text) {
                break;
            }
            let (line, text) = (row.line, note.text);
            self.tell(line, text, IssueKind::TableNote);
            self.rows.pop();
        }
    }

    /// What stands in a row beyond the last heading is told: mostly a comma of `1,234`, which makes
    /// two cells of one.
    fn find_extra(&mut self) {
        let mut told = Vec::new();
        for row in &self.rows {
            let extra = row.cells.get(self.head.len()..).unwrap_or_default();
            if told.len() < MAX_TOLD && extra.iter().any(|cell| !cell.text.is_empty()) {
                let mut text = String::new();
                for cell in extra.iter().take(8) {
                    if !text.is_empty() {
                        text.push_str(", ");
                    }
                    text.push_str(cut(cell.text, 80));
                }
                told.push((row.line, text));
            }
        }
        for (line, text) in told {
            self.tell(line, &text, IssueKind::ExtraCells);
        }
    }

    /// Tells something of a line; of line 0 that it stands above the headings.
    fn tell(&mut self, line: usize, found: &str, kind: IssueKind) {
        if self.issues.len() < MAX_TOLD {
            let place = match line {
                0 => String::new(),
                line => format!("line {line}"),
            };
            self.issues.push(Issue {
                place,
                line: line.max(1),
                field: "",
                found: cut(&clean(found), 80).to_string(),
                kind,
            });
        }
    }

    /// The cell of a row in a column; empty beyond the row's end.
    pub(super) fn cell(&self, row: usize, column: usize) -> Cell<'a> {
        self.rows
            .get(row)
            .and_then(|row| row.cells.get(column))
            .copied()
            .unwrap_or_default()
    }

    /// The cells of a column that are filled.
    pub(super) fn column(&self, column: usize) -> impl Iterator<Item = &'a str> + Clone {
        self.rows
            .iter()
            .filter_map(move |row| row.cells.get(column))
            .map(|cell| cell.text)
            .filter(|text| !text.is_empty())
    }
}

fn cell<'a>(value: &Value<'a>) -> Cell<'a> {
    match value {
        Value::Number(_, spelling) => Cell {
            text: spelling,
            number: true,
        },
        Value::Bool(yes) => Cell {
            text: if *yes { "true" } else { "false" },
            number: false,
        },
        value => Cell {
            text: value.text().trim(),
            number: false,
        },
    }
}

/// The unit that a line states for the whole table: `(단위: 억 원)`, `Unit: US$m`, `単位：億円`.
fn stated_unit(text: &str) -> Option<&str> {
    let text = text.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | '（' | '）' | ' ' | '※'));
    let (word, unit) = text.split_once([':', '：'])?;
    ["단위", "unit", "units", "単位"]
        .iter()
        .any(|unit| word.trim().eq_ignore_ascii_case(unit))
        .then(|| unit.trim())
}

/// Whether a text says where numbers are from, or explains them.
fn is_note(text: &str) -> bool {
    let begin = text.trim_start_matches(['(', '[', '*', ' ']);
    let word = begin
        .split([':', '：', ' ', ')'])
        .next()
        .unwrap_or_default();
    begin.starts_with('※')
        || text.starts_with('*')
        || (begin.contains([':', '：', ')'])
            && [
                "source",
                "sources",
                "note",
                "notes",
                "출처",
                "자료",
                "주",
                "주석",
                "비고",
                "出典",
                "注",
                "資料",
                "quelle",
                "quellen",
                "anmerkung",
            ]
            .iter()
            .any(|note| word.eq_ignore_ascii_case(note)))
}
