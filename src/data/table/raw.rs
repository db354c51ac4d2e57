//! A table as it lies in a file. Not here: which of its lines has the headings (`heads`), and what
//! they mean.

use crate::data::sanitize::{clean, cut};
use crate::data::value::Texts;
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
    /// The line of the headings where it is known, or 0.
    pub(super) head_line: usize,
    /// Its cells are separated by semicolons, so that a comma may be a decimal one.
    pub(super) semicolon: bool,
    /// Its cells are separated by commas, so that one in a number makes two cells of it.
    comma: bool,
    pub(super) issues: Vec<Issue>,
    /// What the table says besides, as a file would: `sources`, `color_ko`.
    pub(super) more: Vec<(&'a str, Value<'a>)>,
}

/// What of a table is read here, and not by the reader of files.
const OWN: [&str; 9] = [
    "caption",
    "title",
    "unit",
    "head",
    "rows",
    "lines",
    "semicolon",
    "comma",
    "kind",
];

/// Columns that a table may have.
pub(super) const MAX_COLUMNS: usize = 1000;
/// What is told of a table's lines; a reader of the list has long stopped.
const MAX_TOLD: usize = 1000;

impl<'a> Raw<'a> {
    /// The table of `{"caption": "…", "head": […], "rows": [[…]], "lines": […], "semicolon": true}`,
    /// where `lines` says where the rows stand.
    ///
    /// # Errors
    /// `bad-table` where it is no table, `too-large`.
    pub(super) fn of(table: &Value<'a>, texts: &'a Texts) -> Result<Self, Error> {
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
            comma: *table.get("comma") == Value::Bool(true),
            head_line: 0,
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
        raw.without_head();
        raw.find_head(texts);
        // Below a title, too.
        raw.without_head();
        raw.unit_of_title();
        raw.without_flags();
        raw.join_heads(texts);
        raw.end_at_next_table();
        raw.take_notes();
        raw.find_extra();
        raw.turn();
        let width = raw.head.len();
        if width > MAX_COLUMNS {
            return Err(too_large("columns", width, MAX_COLUMNS));
        }
        Ok(raw)
    }

    /// Tables of statistical offices have `:` for what is not known, and letters behind numbers that
    /// say how far to trust them, `5.9 p`: neither is a unit. They are told, not drawn.
    fn without_flags(&mut self) {
        let unknown = |text: &str| text == ":" || text.starts_with(": ");
        if !self
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .any(|cell| unknown(cell.text))
        {
            return;
        }
        let mut flags: Vec<&str> = Vec::new();
        for cell in self.rows.iter_mut().flat_map(|row| &mut row.cells) {
            let Some((number, flag)) = cell.text.rsplit_once(' ') else {
                continue;
            };
            let letters = flag.len() < 4 && flag.bytes().all(|b| b.is_ascii_lowercase());
            let number = number.trim_end();
            if letters && (number == ":" || number.ends_with(|c: char| c.is_ascii_digit())) {
                cell.text = number;
                if !flags.contains(&flag) && flags.len() < 20 {
                    flags.push(flag);
                }
            }
        }
        if !flags.is_empty() {
            self.tell(0, &flags.join(", "), IssueKind::Flags);
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
            let (Some(note), rest) = (filled.next(), filled.next()) else {
                break;
            };
            // What stands beside a word such as `Source` belongs to it, and is no number of a row.
            let own = |cell: &Cell<'_>| !cell.text.bytes().any(|b| b.is_ascii_digit());
            let note_of_two =
                rest.is_some_and(own) && filled.next().is_none() && names_note(note.text);
            if !(rest.is_none() && is_note(note.text) || note_of_two) {
                break;
            }
            let line = row.line;
            let text = [
                note.text,
                rest.map_or("", |_| ": "),
                rest.map_or("", |cell| cell.text),
            ]
            .concat();
            self.tell(line, &text, IssueKind::TableNote);
            self.rows.pop();
        }
    }

    /// What stands in a row beyond the last heading is told. Where it goes on with a number a comma
    /// has made two cells of `1,234`: which, nobody knows, so the row is not used.
    fn find_extra(&mut self) {
        let (width, comma) = (self.head.len(), self.comma);
        let mut told = Vec::new();
        self.rows.retain(|row| {
            let (own, extra) = row
                .cells
                .split_at_checked(width)
                .unwrap_or((&row.cells, &[]));
            if extra.iter().all(|cell| cell.text.is_empty()) {
                return true;
            }
            let goes_on = |cell: &Cell<'_>| {
                let digits = cell.text.bytes().take_while(u8::is_ascii_digit).count();
                digits == 3 || digits > 0 && digits == cell.text.len()
            };
            let cut_in_two = comma
                && extra.first().is_some_and(goes_on)
                && own
                    .iter()
                    .any(|cell| cell.text.ends_with(|c: char| c.is_ascii_digit()));
            if told.len() < MAX_TOLD {
                let shown = if cut_in_two { &row.cells } else { extra };
                let shown: Vec<&str> = shown
                    .iter()
                    .take(8)
                    .map(|cell| cut(cell.text, 80))
                    .collect();
                told.push((row.line, shown.join(", "), cut_in_two));
            }
            !cut_in_two
        });
        for (line, text, cut_in_two) in told {
            let kind = if cut_in_two {
                IssueKind::SplitNumber
            } else {
                IssueKind::ExtraCells
            };
            self.tell(line, &text, kind);
        }
    }

    /// Tells something of a line; of line 0 that it stands above the headings.
    pub(super) fn tell(&mut self, line: usize, found: &str, kind: IssueKind) {
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

/// Words with which notes begin.
const NOTES: [&str; 19] = [
    "source",
    "sources",
    "note",
    "notes",
    "footnote",
    "footnotes",
    "출처",
    "자료",
    "주",
    "주석",
    "비고",
    "각주",
    "출전",
    "出典",
    "注",
    "資料",
    "quelle",
    "quellen",
    "anmerkung",
];

/// What stands before a colon in lines about a table.
const PHRASES: &str = "last updated|last update|updated|data source|data sources|retrieved|accessed|downloaded|created|licence|license|copyright|method|methodology|\
    기준일|기준 시점|기준시점|조사 기간|조사기간|조사 대상|조사대상|작성|작성일|작성자|최종 수정|갱신일|단위|자료 출처|자료출처|출처 및 주|unit|units|単位|調査期間";

/// Whether a text is the word with which a note begins, and no more.
fn names_note(text: &str) -> bool {
    let word = text.trim_end_matches([':', '：', ' ']);
    NOTES.iter().any(|note| word.eq_ignore_ascii_case(note))
}

/// Whether a text says where numbers are from, or explains them. Marks of footnotes begin one: `*`,
/// `†`, `¹`, `1)`, `[1]`.
pub(in crate::data) fn is_note(text: &str) -> bool {
    let begin = text.trim_start_matches(['(', '[', '*', ' ']);
    let word = begin
        .split([':', '：', ' ', ')', '='])
        .next()
        .unwrap_or_default();
    // `주1)`, `Note 2:`
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = |close: char| {
        text.trim_start_matches(['(', '['])
            .split_once(close)
            .is_some_and(|(number, rest)| {
                (1..=2).contains(&number.len())
                    && number.bytes().all(|b| b.is_ascii_digit())
                    && !rest.trim().is_empty()
            })
    };
    let phrase = text.split([':', '：']).next().unwrap_or_default().trim();
    let phrased = phrase.len() < text.len()
        && PHRASES
            .split('|')
            .any(|known| phrase.eq_ignore_ascii_case(known));
    phrased
        || begin.starts_with('※')
        || text.starts_with(['*', '†', '‡', '§', '¹', '²', '³', '⁴'])
        || numbered(')')
        || (text.starts_with('[') && numbered(']'))
        || (begin.contains([':', '：', ')', '='])
            && NOTES.iter().any(|note| word.eq_ignore_ascii_case(note)))
}
