//! What a file is, JSON, CSV or a page's own table, and the way from its bytes to values: the same
//! for the element, the builder and the command line. Not here: fetching it, and what has to be in
//! it.

use std::borrow::Cow;

use super::value::Value;
use super::{MAX_BYTES, json, too_large};
#[cfg(feature = "tables")]
use super::{
    csv::Csv,
    encoding, flows,
    order::ordered,
    page_table,
    table::{
        self,
        shapes::{Shape, shape},
    },
    value::Texts,
};
use crate::error::{Code, Error, Issue};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// A header and records, separated by `,`, `;` or tab.
    Csv,
    /// The rows of a page's own table as JSON: `{"caption": "…", "rows": [{"part": "tbody",
    /// "group": 1, "cells": [{"text": "…", "colspan": 1, "rowspan": 1, "header": false, "nested":
    /// false}]}]}`. What a cell does not say is as here; `part` is `thead`, `tbody` or `tfoot`, and
    /// rows of one `group` stand in one of them.
    Cells,
}

impl Format {
    /// The format of a name: `json`, `csv` or `cells`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "json" => Some(Format::Json),
            "csv" => Some(Format::Csv),
            "cells" => Some(Format::Cells),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Csv => "csv",
            Format::Cells => "cells",
        }
    }
}

/// What is known of a file besides its bytes. Neither is trusted where the bytes say something
/// else.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hint<'a> {
    /// Its name or address.
    pub name: &'a str,
    /// The type that a server sends with it.
    pub media_type: &'a str,
}

/// What the author of a page says of a table.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// The kind of data, `market-share`; empty: the one that fits best.
    pub kind: &'a str,
    /// What headings mean: heading, and field or nothing for a column that is left out.
    pub columns: &'a [(String, String)],
    /// What its numbers count, where no heading says it: `억원`, `US$m`, `%`.
    pub unit: &'a str,
}

impl Ask<'_> {
    /// The `columns` of an element or an address: `회사=label; 투자금(억원)=amount`.
    pub fn columns(text: &str) -> Vec<(String, String)> {
        text.split([';', '\n'])
            .filter_map(|part| part.rsplit_once('='))
            .map(|(heading, field)| (heading.trim().to_string(), field.trim().to_string()))
            .collect()
    }
}

/// Decodes bytes by the label of an encoding, as browsers name them; halves become U+FFFD.
pub type Decode<'a> = &'a dyn Fn(&str, &[u8]) -> String;

/// Takes what a file holds.
#[cfg(feature = "tables")]
type Then<'a> = &'a mut dyn FnMut(Shape<'_>, &str, Vec<Issue>) -> Result<Vec<Issue>, Error>;

/// A file as text, and how it is written.
#[derive(Debug)]
pub struct Input<'a> {
    text: Cow<'a, str>,
    format: Format,
}

/// What of a beginning says what a file is.
const BEGIN: usize = 1024;

impl<'a> Input<'a> {
    /// Opens the bytes of a file. Text is UTF-16 with the mark of it, else UTF-8; a table may be in
    /// what Korean, Japanese and Western European spreadsheets save when nobody asks them for UTF-8
    /// (EUC-KR, Shift_JIS, Windows-1252), which `decode` decodes: browsers can, and the command line
    /// has a crate for it.
    ///
    /// # Errors
    /// `too-large`, `workbook`, `web-page`; `not-text` for any other encoding (detail: how many
    /// bytes are text).
    #[cfg_attr(
        not(feature = "tables"),
        expect(unused_variables, reason = "files of ours are UTF-8")
    )]
    pub fn open(bytes: &'a [u8], hint: Hint<'_>, decode: Decode<'_>) -> Result<Self, Error> {
        if bytes.len() > MAX_BYTES {
            return Err(too_large("bytes", bytes.len(), MAX_BYTES));
        }
        if let Some(text) = utf16(bytes) {
            return Ok(Self {
                format: format(&text, hint)?,
                text: text.into(),
            });
        }
        // A ZIP archive, which is what `.xlsx` is, or what `.xls` was.
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(Error::new(Code::Workbook, ""));
        }
        match json::utf8(bytes) {
            Ok(text) => Ok(Self {
                text: text.into(),
                format: format(text, hint)?,
            }),
            Err(error) => {
                let begin = bytes.get(..BEGIN).unwrap_or(bytes);
                let begin = begin.utf8_chunks().next().map_or("", |chunk| chunk.valid());
                let format = format(begin, hint)?;
                if format == Format::Json {
                    return Err(error);
                }
                #[cfg(feature = "tables")]
                return encoding::text(bytes, decode)
                    .map(|text| Self {
                        text: text.into(),
                        format,
                    })
                    .ok_or(error);
                #[cfg(not(feature = "tables"))]
                Err(Error::new(Code::Table, ""))
            }
        }
    }

    /// The bytes of a JSON file.
    ///
    /// # Errors
    /// `too-large`, `not-text`.
    pub fn json(bytes: &'a [u8]) -> Result<Self, Error> {
        Ok(Self::new(json::utf8(bytes)?, Format::Json))
    }

    /// A text of which it is known how it is written.
    pub fn new(text: &'a str, format: Format) -> Self {
        Self {
            text: text.strip_prefix('\u{FEFF}').unwrap_or(text).into(),
            format,
        }
    }

    /// How it is written.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Reads it as a file of the kind that is asked for, or that it is: `then` takes the kind and
    /// the file. Issues come back with their lines, after what is told of the table.
    ///
    /// # Errors
    /// `not-json`, `bad-table`, `too-large`, and those of `then`.
    #[cfg(feature = "tables")]
    pub fn read(
        &self,
        ask: &Ask<'_>,
        then: impl FnOnce(&str, &Value<'_>) -> Result<Vec<Issue>, Error>,
    ) -> Result<Vec<Issue>, Error> {
        let mut then = Some(then);
        self.shaped(&mut |shape, text, mut told| {
            let Some(then) = then.take() else {
                return Ok(told);
            };
            let mut issues = match shape {
                Shape::Table(table) => read_table(&table, ask, &Texts::new(), then)?,
                Shape::Made(file) => then(kind_of(&file, ask), &file)?,
                Shape::File(file) => {
                    let issues = then(kind_of(&file, ask), &file)?;
                    with_lines(issues, &file, text)
                }
            };
            told.append(&mut issues);
            Ok(told)
        })
    }

    /// What it holds, with the text that it borrows from and what is told of it.
    #[cfg(feature = "tables")]
    fn shaped(&self, then: Then<'_>) -> Result<Vec<Issue>, Error> {
        let texts = Texts::new();
        match self.format {
            Format::Csv => match flows::table(&self.text) {
                Some(flows) => then(Shape::Table(flows), "", Vec::new()),
                None => then(Shape::Table(Csv::read(&self.text)?.value()), "", Vec::new()),
            },
            format => json::read(&self.text, |file, text| {
                if format == Format::Json {
                    return then(shape(file, &texts)?, text, Vec::new());
                }
                let (table, told) = page_table::table(&file, &texts)?;
                then(Shape::Table(table), text, told)
            }),
        }
    }

    /// Reads it where it is a file of ours. Anything else is for the wasm that reads tables.
    ///
    /// # Errors
    /// `table`, `not-json`, `too-large`, and those of `then`.
    #[cfg(not(feature = "tables"))]
    pub fn read(
        &self,
        ask: &Ask<'_>,
        then: impl FnOnce(&str, &Value<'_>) -> Result<Vec<Issue>, Error>,
    ) -> Result<Vec<Issue>, Error> {
        if self.format != Format::Json {
            return Err(Error::new(Code::Table, ""));
        }
        json::read(&self.text, |file, text| {
            let known = file.get("kind").text().starts_with("ai-atlas/")
                && *file.get("children") == Value::Null;
            if !known {
                return Err(Error::new(Code::Table, ""));
            }
            let issues = then(kind_of(&file, ask), &file)?;
            Ok(with_lines(issues, &file, text))
        })
    }

    /// Hands over the table that a file holds, as it lies in it, where it is one.
    ///
    /// # Errors
    /// As [`Input::read`].
    #[cfg(feature = "tables")]
    pub fn table(&self, then: &mut dyn FnMut(&Value<'_>)) -> Result<(), Error> {
        self.shaped(&mut |shape, _, told| {
            if let Shape::Table(table) = &shape {
                then(table);
            }
            Ok(told)
        })
        .map(|_| ())
    }
}

/// The kind of data that a file is said to be, or that it says it is.
fn kind_of<'a>(file: &Value<'a>, ask: &Ask<'a>) -> &'a str {
    if ask.kind.is_empty() {
        let kind = file.get("kind").text();
        kind.strip_prefix("ai-atlas/").unwrap_or(kind)
    } else {
        ask.kind
    }
}

/// Reads a table, and then the file that it becomes. What the reader of the file notes of a cell of
/// which something was said already is said once.
#[cfg(feature = "tables")]
pub(super) fn read_table<'a>(
    table: &Value<'a>,
    ask: &Ask<'_>,
    texts: &'a Texts,
    then: impl FnOnce(&str, &Value<'_>) -> Result<Vec<Issue>, Error>,
) -> Result<Vec<Issue>, Error> {
    let read = table::read(table, ask, texts)?;
    let mut issues = read.issues;
    let mut later = then(read.kind, &read.file)?;
    if !later.is_empty() {
        let place = |issue: &Issue| (issue.line, issue.field);
        let said = ordered(issues.len(), &|a, b| {
            issues.get(a).map(place).cmp(&issues.get(b).map(place))
        });
        let found = |issue: &Issue| {
            said.binary_search_by(|at| issues.get(*at).map(place).cmp(&Some(place(issue))))
        };
        later.retain(|issue| issue.line == 0 || found(issue).is_err());
    }
    issues.append(&mut later);
    // In the order of their lines; what is the whole table's comes first.
    let line = |at: usize| issues.get(at).map(|issue| issue.line);
    let order = ordered(issues.len(), &|a, b| line(a).cmp(&line(b)));
    let mut issues: Vec<Option<Issue>> = issues.into_iter().map(Some).collect();
    let mut issues: Vec<Issue> = order
        .into_iter()
        .filter_map(|at| issues.get_mut(at).and_then(Option::take))
        .collect();
    // What holds for a row in every period is said once.
    issues.dedup();
    Ok(issues)
}

/// Issues of a JSON file with the lines that they stand in.
#[cfg(feature = "author-tools")]
fn with_lines(mut issues: Vec<Issue>, file: &Value<'_>, text: &str) -> Vec<Issue> {
    if !issues.is_empty() {
        let lines = json::SourceLines::new(text);
        // Rows of a table know their lines already.
        for issue in issues.iter_mut().filter(|issue| issue.line == 0) {
            issue.line = lines.line(file, &issue.place, issue.field);
        }
    }
    issues
}

/// A script with one widget names the place in a JSON file, and no line.
#[cfg(not(feature = "author-tools"))]
fn with_lines(issues: Vec<Issue>, _file: &Value<'_>, _text: &str) -> Vec<Issue> {
    issues
}

/// What a text is: by what it begins with, then by what its type and name say. Nobody who sends a
/// CSV can always choose its type.
fn format(text: &str, hint: Hint<'_>) -> Result<Format, Error> {
    let begin = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let tag: String = begin
        .chars()
        .take(16)
        .collect::<String>()
        .to_ascii_lowercase();
    let (name, media_type) = (
        hint.name
            .split(['?', '#'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase(),
        hint.media_type.to_ascii_lowercase(),
    );
    let says = |word: &str| {
        media_type
            .split([';', ',', ' ', '/', '+'])
            .any(|part| part.ends_with(word))
    };
    let page = ["<!doctype html", "<html", "<head", "<body", "<!--"]
        .iter()
        .any(|page| tag.starts_with(page));
    if page || (tag.starts_with('<') && says("html")) {
        return Err(Error::new(Code::WebPage, ""));
    }
    let list = begin.strip_prefix('[').map(str::trim_start);
    if begin.starts_with('{') || list.is_some_and(|list| list.starts_with(['[', '{', '"', ']'])) {
        return Ok(Format::Json);
    }
    if says("csv")
        || says("separated-values")
        || [".csv", ".tsv", ".txt"]
            .iter()
            .any(|ending| name.ends_with(ending))
    {
        return Ok(Format::Csv);
    }
    let json = list.is_some() || name.ends_with(".json") || says("json");
    Ok(if json { Format::Json } else { Format::Csv })
}

/// Bytes as UTF-16, if they begin with the mark of it; halves of characters become �.
fn utf16(bytes: &[u8]) -> Option<String> {
    let (rest, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xFF, 0xFE, rest @ ..] => (rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => (rest, u16::from_be_bytes),
        _ => return None,
    };
    let units = rest.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    Some(
        char::decode_utf16(units)
            .map(|c| c.unwrap_or('\u{FFFD}'))
            .collect(),
    )
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    fn open<'a>(bytes: &'a [u8], name: &str, media_type: &str) -> Result<Input<'a>, Error> {
        Input::open(bytes, Hint { name, media_type }, &|label, bytes| {
            encoding_rs::Encoding::for_label(label.as_bytes())
                .unwrap()
                .decode_without_bom_handling(bytes)
                .0
                .into_owned()
        })
    }

    #[test]
    fn a_file_is_what_it_begins_with_and_then_what_its_name_and_type_say() {
        for (text, name, media_type, wanted) in [
            ("{\"a\":1}", "a.csv", "text/csv", Format::Json),
            (" \n[{}]", "", "", Format::Json),
            ("\u{FEFF}[\"a\"]", "a.txt", "", Format::Json),
            (
                "label,value\n",
                "dl?id=7",
                "application/octet-stream",
                Format::Csv,
            ),
            (
                "label,value\n",
                "a.php",
                "text/html; charset=utf-8",
                Format::Csv,
            ),
            ("[a],b\n1,2\n", "a.csv?x=1", "", Format::Csv),
            ("[1,2]", "", "", Format::Json),
            ("7", "a.JSON#x", "", Format::Json),
            ("7", "", "application/json", Format::Json),
            ("PK,value\n", "", "", Format::Csv),
            ("", "", "", Format::Csv),
        ] {
            assert_eq!(
                open(text.as_bytes(), name, media_type).unwrap().format(),
                wanted,
                "{text:?} {name} {media_type}"
            );
        }
    }

    #[test]
    fn a_workbook_and_a_web_page_are_called_so() {
        let code = |bytes: &[u8], media_type| open(bytes, "a.csv", media_type).unwrap_err().code();
        assert_eq!(code(b"PK\x03\x04\x14\0", "text/csv"), "workbook");
        assert_eq!(code(b"\xD0\xCF\x11\xE0\xA1", ""), "workbook");
        assert_eq!(code(b"\n<!DOCTYPE html><html>", ""), "web-page");
        assert_eq!(code(b"<!-- x -->", ""), "web-page");
        assert_eq!(code(b"<p>404", "text/html"), "web-page");
        assert!(open(b"<p>404", "a.csv", "text/csv").is_ok());
    }

    #[test]
    fn text_is_utf_8_or_utf_16_with_its_mark_and_a_table_may_be_euc_kr() {
        let utf16 = |order: fn(u16) -> [u8; 2]| {
            "\u{FEFF}값,가\n😀"
                .encode_utf16()
                .flat_map(order)
                .collect::<Vec<u8>>()
        };
        assert_eq!(
            open(&utf16(u16::to_le_bytes), "", "").unwrap().text(),
            "값,가\n😀"
        );
        assert_eq!(
            open(&utf16(u16::to_be_bytes), "", "").unwrap().text(),
            "값,가\n😀"
        );
        assert_eq!(open(b"\xFF\xFE\x00\xD8", "", "").unwrap().text(), "�");
        assert_eq!(
            open(b"\xC8\xB8\xBB\xE7,1", "", "").unwrap().text(),
            "회사,1"
        );
        assert_eq!(
            open(b"{\"\xFF\":1}", "", "").unwrap_err(),
            Error::new(Code::NotText, "2")
        );
        assert_eq!(open(b"\xEF\xBB\xBFa,b", "", "").unwrap().text(), "a,b");
    }
}
