//! CSV text to values, by `csv-core`: RFC 4180, also with `;` or tab. Not here: what its columns
//! mean.

use std::borrow::Cow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::value::Value;
use super::{MAX_BYTES, MAX_VALUES, too_large};
use crate::error::{Code, Error};

/// The records of a table, the header first.
pub(super) struct Csv {
    /// All cells, one after the other, without their quotation marks.
    cells: String,
    /// Where each cell ends.
    ends: Vec<usize>,
    records: Vec<Record>,
    /// What stands between them.
    comma: u8,
}

struct Record {
    /// How many cells come before it.
    first: usize,
    /// In which line it begins, counted from 1.
    line: usize,
}

/// Marks that may stand between cells.
const COMMAS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many lines say which of them it is.
const SAMPLE: usize = 30;

impl Csv {
    /// Reads CSV text. Lines with nothing in them are passed over.
    ///
    /// # Errors
    /// `bad-table` with the line of a record in which a quotation mark is never closed;
    /// `too-large`.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_BYTES {
            return Err(too_large("bytes", text.len(), MAX_BYTES));
        }
        let (comma, from) = match named(text) {
            Some((comma, header)) => (comma, header),
            None => (commonest(text), 0),
        };
        let text = &*without_blanks(text, comma);
        let mut reader = ReaderBuilder::new().delimiter(comma).build();
        let mut csv = Self {
            cells: String::new(),
            ends: Vec::new(),
            records: Vec::new(),
            comma,
        };
        let text = text.as_bytes();
        let mut bytes = vec![0; text.len()];
        let (mut at, mut line, mut used) = (from, 1 + breaks(text, 0, from), 0);
        while let Some(blank) = text
            .get(at..)
            .unwrap_or_default()
            .iter()
            .position(|byte| !matches!(byte, b'\r' | b'\n'))
        {
            line += breaks(text, at, at + blank);
            at += blank;
            let (first, begin) = (csv.ends.len(), used);
            let record = text.get(at..).unwrap_or_default();
            let taken = csv
                .record(&mut reader, record, &mut bytes, &mut used)?
                .ok_or_else(|| Error::new(Code::BadTable, format!("line {line}")))?;
            let alone = csv.ends.len() == first + 1;
            let cell = bytes.get(begin..used).unwrap_or_default();
            if alone && core::str::from_utf8(cell).is_ok_and(|cell| cell.trim().is_empty()) {
                // A line of white space is no record.
                csv.ends.truncate(first);
                used = begin;
            } else {
                csv.records.push(Record { first, line });
            }
            let values = csv.ends.len() + csv.records.len();
            if values > MAX_VALUES {
                return Err(too_large("values", values, MAX_VALUES));
            }
            line += breaks(text, at, at + taken);
            at += taken;
        }
        bytes.truncate(used);
        // Cells are cut where marks of ASCII stand, so they are text as the whole is.
        csv.cells = String::from_utf8(bytes).unwrap_or_default();
        Ok(csv)
    }

    /// Reads one record: how many bytes it takes, or nothing where a quotation mark is never
    /// closed.
    ///
    /// # Errors
    /// `too-large`.
    fn record(
        &mut self,
        reader: &mut Reader,
        record: &[u8],
        bytes: &mut [u8],
        used: &mut usize,
    ) -> Result<Option<usize>, Error> {
        let (begin, mut taken, mut ends) = (*used, 0, [0; 64]);
        loop {
            let rest = record.get(taken..).unwrap_or_default();
            // The end of the text ends a record as the end of a line does, unless a quotation mark
            // is open.
            let last = rest.is_empty();
            let (result, read, written, cells) = reader.read_record(
                if last { b"\n" } else { rest },
                bytes.get_mut(*used..).unwrap_or_default(),
                &mut ends,
            );
            taken += if last { 0 } else { read };
            *used += written;
            self.ends
                .extend(ends.iter().take(cells).map(|end| begin + end));
            // One line can hold more cells than a file may have values.
            if self.ends.len() > MAX_VALUES {
                return Err(too_large("values", self.ends.len(), MAX_VALUES));
            }
            match result {
                ReadRecordResult::Record => return Ok(Some(taken)),
                ReadRecordResult::InputEmpty if last => return Ok(None),
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputEndsFull => {}
                ReadRecordResult::OutputFull | ReadRecordResult::End => return Ok(None),
            }
        }
    }

    fn cells(&self, at: usize) -> impl Iterator<Item = &str> {
        let first = |at: usize| {
            self.records
                .get(at)
                .map_or(self.ends.len(), |record| record.first)
        };
        let begin = |cell: usize| {
            cell.checked_sub(1)
                .and_then(|before| self.ends.get(before))
                .map_or(0, |end| *end)
        };
        (first(at)..first(at + 1)).map(move |cell| {
            self.cells
                .get(begin(cell)..begin(cell + 1))
                .unwrap_or_default()
        })
    }

    /// `{"head": […], "rows": [[…]], "lines": […], "semicolon": …, "comma": …}`: the lines are those in which
    /// the rows begin.
    pub(super) fn value(&self) -> Value<'_> {
        // In tables of Markdown a bar stands before the first cell, too, and a row of hyphens below
        // the headings.
        let barred = self.comma == b'|'
            && self
                .cells(0)
                .next()
                .is_some_and(|cell| cell.trim().is_empty());
        let texts = |at: usize| {
            let mut cells: Vec<&str> = self.cells(at).skip(usize::from(barred)).collect();
            if barred && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
                cells.pop();
            }
            cells
        };
        let ruled = |at: &usize| {
            let rule = |cell: &str| !cell.is_empty() && cell.bytes().all(|b| b"-: ".contains(&b));
            self.comma == b'|'
                && *at == 1
                && self
                    .cells(*at)
                    .all(|cell| rule(cell) || cell.trim().is_empty())
        };
        let rows: Vec<usize> = (1..self.records.len().max(1))
            .filter(|at| !ruled(at))
            .collect();
        let head = texts(0)
            .into_iter()
            .map(|cell| Value::Text(cell.trim()))
            .collect();
        let line = |at: &usize| self.records.get(*at).map_or(0, |record| record.line);
        Value::Row(vec![
            ("head", Value::List(head)),
            (
                "rows",
                Value::List(
                    rows.iter()
                        .map(|at| Value::List(texts(*at).into_iter().map(Value::Text).collect()))
                        .collect(),
                ),
            ),
            (
                "lines",
                Value::List(
                    rows.iter()
                        .map(|at| Value::Number(line(at) as f64, ""))
                        .collect(),
                ),
            ),
            ("semicolon", Value::Bool(self.comma == b';')),
            ("comma", Value::Bool(self.comma == b',')),
        ])
    }
}

/// A text without the blanks that stand between a mark and a quotation mark, `A, "B, C"`, which
/// would make the quotation mark a part of the cell.
fn without_blanks(text: &str, comma: u8) -> Cow<'_, str> {
    let mut out = String::new();
    let (mut kept, mut inside, mut blanks) = (0, false, None);
    for (at, byte) in text.bytes().enumerate() {
        match (byte, blanks) {
            (b'"', Some(from)) if !inside => {
                if from < at {
                    out.push_str(text.get(kept..from).unwrap_or_default());
                    kept = at;
                }
                inside = true;
            }
            (b'"', _) => inside = !inside && blanks.is_some(),
            (b' ', Some(_)) if !inside => continue,
            _ => {}
        }
        // A cell begins behind a mark and at the beginning of a line.
        let begins = !inside && (byte == comma || matches!(byte, b'\r' | b'\n'));
        blanks = begins.then_some(at + 1);
    }
    if kept == 0 {
        return text.into();
    }
    out.push_str(text.get(kept..).unwrap_or_default());
    out.into()
}

/// The mark that a first line names, `sep=;` as Excel writes and reads it, and where the header
/// begins.
fn named(text: &str) -> Option<(u8, usize)> {
    let line = text.split(['\r', '\n']).next()?;
    let said = line
        .strip_prefix('"')
        .and_then(|line| line.strip_suffix('"'))
        .unwrap_or(line);
    match said.as_bytes() {
        [s, e, p, b'=', comma]
            if [*s, *e, *p].eq_ignore_ascii_case(b"sep")
                && (comma.is_ascii_punctuation() || *comma == b'\t')
                && *comma != b'"' =>
        {
            Some((*comma, line.len()))
        }
        _ => None,
    }
}

/// How often each mark stands in a line, and how many commas stand between digits: those may be
/// decimal ones.
#[derive(Default)]
struct Marks {
    counts: [usize; COMMAS.len()],
    decimals: usize,
}

/// The marks of the first lines. What stands in quotation marks separates nothing, be it a comma or
/// the end of a line.
fn marks(text: &str) -> Vec<Marks> {
    let (mut all, mut line, mut length) = (Vec::new(), Marks::default(), 0);
    let (mut inside, mut begins, mut before) = (false, true, b'\n');
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        // A quotation mark opens a cell only where one begins; two of them inside are one.
        if byte == b'"' && inside && bytes.peek() == Some(&b'"') {
            bytes.next();
            continue;
        }
        inside ^= byte == b'"' && (inside || begins);
        let ends = !inside && matches!(byte, b'\r' | b'\n');
        let mark = COMMAS.iter().position(|comma| !inside && *comma == byte);
        begins = ends || mark.is_some();
        let digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        if byte == b',' && !inside && digit(Some(&before)) && digit(bytes.peek()) {
            line.decimals += 1;
        } else if let Some(count) = mark.and_then(|at| line.counts.get_mut(at)) {
            *count += 1;
        }
        before = byte;
        length += usize::from(!ends);
        if ends && length > 0 {
            all.push(std::mem::take(&mut line));
            length = 0;
            if all.len() == SAMPLE {
                return all;
            }
        }
    }
    all.push(line);
    all
}

/// The mark that stands in most lines: a title above the headings has none, or others. Of those the
/// one that most lines have equally often; prose has commas, so the others come first.
fn commonest(text: &str) -> u8 {
    let lines = marks(text);
    let score = |at: usize| {
        let of = |line: &Marks| line.counts.get(at).copied().unwrap_or(0);
        let found: Vec<usize> = lines.iter().map(of).filter(|count| *count > 0).collect();
        let alike = |count: &usize| found.iter().filter(|one| *one == count).count();
        let decimals = lines.iter().filter(|line| line.decimals > 0).count();
        (
            found.len(),
            found.iter().map(alike).max().unwrap_or(0),
            if at == 0 { decimals } else { 0 },
        )
    };
    let best = (0..COMMAS.len()).max_by_key(|at| score(*at));
    best.filter(|at| score(*at) > (0, 0, 0))
        .and_then(|at| COMMAS.get(at).copied())
        .unwrap_or(b',')
}

/// How many lines end between two places of a text: at `\n`, `\r\n` and `\r`.
fn breaks(text: &[u8], from: usize, to: usize) -> usize {
    let ends = |at: &usize| match text.get(*at) {
        Some(b'\r') => text.get(at + 1) != Some(&b'\n'),
        byte => byte == Some(&b'\n'),
    };
    (from..to).filter(ends).count()
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    /// The records of a text, each with its line, its cells joined by `|`.
    fn records(text: &str) -> Vec<(usize, String)> {
        let csv = Csv::read(text).unwrap();
        csv.records
            .iter()
            .enumerate()
            .map(|(at, record)| (record.line, csv.cells(at).collect::<Vec<_>>().join("|")))
            .collect()
    }

    fn said(records: &[(usize, &str)]) -> Vec<(usize, String)> {
        records
            .iter()
            .map(|(line, cells)| (*line, cells.to_string()))
            .collect()
    }

    #[test]
    fn records_keep_their_lines_across_empty_lines_and_lines_in_cells() {
        let text = "label,value\r\n\r\nA,1\r\n\"B\r\nb\",2\nC,\"3\"\"\"\n\n \n\"\",\n";
        assert_eq!(
            records(text),
            said(&[
                (1, "label|value"),
                (3, "A|1"),
                (4, "B\r\nb|2"),
                (6, "C|3\""),
                (9, "|")
            ])
        );
        assert_eq!(
            records("\n\na,b\r1,2\r3,4"),
            said(&[(3, "a|b"), (4, "1|2"), (5, "3|4")])
        );
        assert_eq!(records("a,b,\n1,2,"), said(&[(1, "a|b|"), (2, "1|2|")]));
        assert_eq!(records(""), said(&[]));
        assert_eq!(records("\n \n"), said(&[]));
    }

    #[test]
    fn a_quotation_mark_that_nothing_closes_is_told_with_its_line() {
        for (text, line) in [
            ("a,b\nc,\"d\n\n", "line 2"),
            ("\"a", "line 1"),
            ("a\n\n\n\"b\"\"\n", "line 4"),
        ] {
            assert_eq!(
                Csv::read(text).err().unwrap(),
                Error::new(Code::BadTable, line),
                "{text:?}"
            );
        }
        assert_eq!(records("a,\"b\""), said(&[(1, "a|b")]));
        // Only where a cell begins does a mark open one.
        assert_eq!(records("5\" disk,\"a\" b"), said(&[(1, "5\" disk|a b")]));
    }

    #[test]
    fn the_mark_between_cells_is_the_one_of_most_lines_or_the_one_that_the_first_names() {
        // A title above the headings has another mark, or none; a comma may be a decimal one.
        assert_eq!(
            records("Budget, made up\na;b\n1,5;2\n2,5;3"),
            said(&[
                (1, "Budget, made up"),
                (2, "a|b"),
                (3, "1,5|2"),
                (4, "2,5|3")
            ])
        );
        assert_eq!(
            records("Shares\na;b\n22,6 %;164"),
            said(&[(1, "Shares"), (2, "a|b"), (3, "22,6 %|164")])
        );
        assert_eq!(
            records("x, y\na\tb\nKim, A\t5\nLee, B\t6"),
            said(&[(1, "x, y"), (2, "a|b"), (3, "Kim, A|5"), (4, "Lee, B|6")])
        );
        assert_eq!(
            records("name,year,n,tags\nA,2020,5,x;y;z;w\nB,2021,6,x;y;z;w"),
            said(&[
                (1, "name|year|n|tags"),
                (2, "A|2020|5|x;y;z;w"),
                (3, "B|2021|6|x;y;z;w")
            ])
        );
        assert_eq!(records("1,2\n3,4"), said(&[(1, "1|2"), (2, "3|4")]));
        assert_eq!(records("a;b\n1,5;2"), said(&[(1, "a|b"), (2, "1,5|2")]));
        assert_eq!(records("a\tb\n1,5\t2"), said(&[(1, "a|b"), (2, "1,5|2")]));
        assert_eq!(
            records("\"value (US$, bn, est.)\";\"label\"\n10;A"),
            said(&[(1, "value (US$, bn, est.)|label"), (2, "10|A")])
        );
        assert_eq!(
            records("\"a\nb, c\";d\n1;2"),
            said(&[(1, "a\nb, c|d"), (3, "1|2")])
        );
        assert_eq!(
            records("TV 55\";price US$\nA;1"),
            said(&[(1, "TV 55\"|price US$"), (2, "A|1")])
        );
        assert_eq!(
            records("\"a \"\"b, c\"\", d\";e\n1;2"),
            said(&[(1, "a \"b, c\", d|e"), (2, "1|2")])
        );
        assert_eq!(
            records("sep=;\r\na,b;c\r\n1;2"),
            said(&[(2, "a,b|c"), (3, "1|2")])
        );
        assert_eq!(records("\"SEP=!\"\na!b\n"), said(&[(2, "a|b")]));
        assert_eq!(records("sep=,;\n1,2"), said(&[(1, "sep=|;"), (2, "1|2")]));
    }

    #[test]
    fn blanks_before_a_quotation_mark_are_passed_over() {
        assert_eq!(
            records("label, value\nA,  \"B, \"\"C\"\", d\" , 2\n \"x\",\"y, z\""),
            said(&[(1, "label| value"), (2, "A|B, \"C\", d | 2"), (3, "x|y, z")])
        );
        assert_eq!(records("a,b \"c\", d"), said(&[(1, "a|b \"c\"| d")]));
    }

    #[test]
    fn a_row_of_very_many_cells_is_whole() {
        let row = (0..1000).map(|cell| cell.to_string()).collect::<Vec<_>>();
        assert_eq!(records(&row.join(",")), said(&[(1, &row.join("|"))]));
        assert_eq!(
            Csv::read(&",".repeat(MAX_VALUES + 1)).err().unwrap().code(),
            "too-large"
        );
    }
}
