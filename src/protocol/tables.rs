//! The answers of the reader of tables.

use serde::Serialize;
#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use super::load::{Failure, Issue, LoadReply};
use crate::data::input::{Ask, Input};
use crate::data::table::{self, Column};
use crate::data::{Lang, Texts};
use crate::error;

/// A table as a file, or why it is none.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct TableReply<'a> {
    /// The file, as JSON; empty where there is an error.
    file: String,
    /// What was not used, or the error.
    read: LoadReply<'a>,
}

impl<'a> TableReply<'a> {
    /// The answer to a table that was read, or could not be read.
    pub fn new(
        read: &'a Result<Vec<error::Issue>, error::Error>,
        file: String,
        others: &[Lang],
    ) -> Self {
        Self {
            file,
            read: LoadReply::new(read, 0, others),
        }
    }
}

/// What a column of a table is taken for.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct ColumnReply {
    /// Its heading.
    heading: String,
    /// The field of the file that it is; empty where it is not used.
    field: &'static str,
    /// The unit that the heading states, in words of the field: `KRW`, `%`, `TWh`.
    unit: String,
    /// Tens that the heading multiplies by: 8 for `억`.
    power: i32,
    /// The period that the heading names.
    period: String,
    /// Nothing but its cells says what it is.
    guessed: bool,
    /// The field that the heading is nearest to, where it is not used; empty where none is near.
    nearest: &'static str,
    /// Its numbers could be read in two ways.
    doubtful: bool,
}

impl ColumnReply {
    fn new(column: Column) -> Self {
        let unit = column.unit.unwrap_or_default();
        let doubtful = column.decimal.is_none();
        Self {
            heading: column.heading,
            field: column.field.map_or("", |field| field.name),
            unit: if unit.percent {
                "%".to_string()
            } else {
                unit.currency.map_or(unit.name, str::to_string)
            },
            power: unit.power,
            period: column.period,
            guessed: column.guessed,
            nearest: column.nearest.unwrap_or_default(),
            doubtful,
        }
    }
}

/// What a file is, before any widget has read it. What is not known is not there.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct FileReply<'a> {
    /// How it is written: `json` or `csv`.
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The kind of data that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    /// What the columns of a table are taken for.
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<Vec<ColumnReply>>,
    /// What is not used of a table, and what is in doubt.
    #[serde(skip_serializing_if = "Option::is_none")]
    issues: Option<Vec<Issue>>,
    /// What stands above the headings of a table.
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    /// The unit that is stated there for all of it.
    #[serde(skip_serializing_if = "String::is_empty")]
    unit: String,
    /// Semicolons separate the cells of a table.
    semicolon: bool,
    /// The headings of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<Vec<String>>,
    /// The cells of a table, row by row.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<Vec<String>>>,
    /// In which line of the file each row begins, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Vec<usize>>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure<'a>>,
}

impl<'a> FileReply<'a> {
    /// It is text.
    pub fn opened(&mut self, input: &Input<'_>) {
        self.format = Some(input.format().name());
        self.text = Some(input.text().to_string());
    }

    /// It holds a table or anything else.
    ///
    /// # Errors
    /// As [`Input::read`].
    pub fn read(
        &mut self,
        input: &Input<'_>,
        ask: &Ask<'_>,
        others: &[Lang],
    ) -> Result<(), error::Error> {
        let texts = |list: &[&str]| list.iter().map(|text| text.to_string()).collect();
        input.table(&mut |table| {
            let made = Texts::new();
            let Some(found) = table::understood(table, ask, &made) else {
                return;
            };
            self.kind = Some(found.kind);
            self.columns = Some(found.columns.into_iter().map(ColumnReply::new).collect());
            self.title = found.title.to_string();
            self.unit = found.unit.to_string();
            self.semicolon = found.semicolon;
            self.head = Some(texts(&found.head));
            self.lines = Some(found.rows.iter().map(|(line, _)| *line).collect());
            self.rows = Some(found.rows.iter().map(|(_, row)| texts(row)).collect());
            if let Ok(read) = table::read(table, ask, &made) {
                self.issues = Some(Issue::all(&read.issues, others));
            }
        })
    }

    /// It could not be read.
    pub fn failed(&mut self, error: &'a error::Error, others: &[Lang]) {
        self.error = Some(Failure::new(error, others));
    }
}
