//! The cells of a table as values of a file, and a note of each that cannot be one.

use super::columns::{Column, Plan};
use super::dates;
use super::headings::Takes;
use super::quantity::{self, Bound, Cell, Decimal, Quantity, Unit, Unknown};
use super::raw::Raw;
use super::units::has;
use crate::data::json::number;
use crate::data::sanitize::{clean, cut};
use crate::data::value::{Texts, Value};
use crate::error::{Issue, IssueKind};

/// Issues that are kept; a reader of the list has long stopped.
const MAX_ISSUES: usize = 10_000;

/// The fields of one row of a file.
pub(super) type Fields<'a> = Vec<(&'a str, Value<'a>)>;

/// What a cell of numbers says.
pub(super) enum Number<'a> {
    /// A number in the unit.
    Known(Sum<'a>),
    /// There is none, and nothing says why.
    None,
    /// The author says that it is not disclosed.
    Undisclosed,
    /// There is something, and it is no number, or could be two: noted.
    Unreadable(&'a str),
}

/// A number of a cell with all that is said of it.
pub(super) struct Sum<'a> {
    /// The number, in ones of the unit.
    pub(super) value: Value<'a>,
    pub(super) unit: Unit,
    pub(super) approx: bool,
    pub(super) bound: Bound,
}

/// A table on its way to a file.
pub(super) struct Writer<'t, 'a> {
    pub(super) raw: &'t Raw<'a>,
    pub(super) plan: &'t Plan,
    /// The fields that there are, and their columns.
    places: Vec<(&'static str, usize)>,
    /// The unit of all numbers of which no heading and no cell says one.
    unit: Unit,
    pub(super) texts: &'a Texts,
    pub(super) issues: Vec<Issue>,
}

impl<'t, 'a> Writer<'t, 'a> {
    pub(super) fn new(raw: &'t Raw<'a>, plan: &'t Plan, unit: Unit, texts: &'a Texts) -> Self {
        let columns = plan.columns.iter().enumerate();
        let place = |(at, column): (usize, &Column)| Some((column.field?.name, at));
        Self {
            raw,
            plan,
            places: columns.filter_map(place).collect(),
            unit,
            texts,
            issues: Vec::new(),
        }
    }

    /// Notes what is wrong with a row.
    pub(super) fn note(&mut self, row: usize, field: &'static str, found: &str, kind: IssueKind) {
        if self.issues.len() < MAX_ISSUES {
            let line = self.raw.rows.get(row).map_or(0, |row| row.line);
            self.issues.push(Issue {
                place: format!("line {line}"),
                line,
                field,
                found: cut(&clean(found), 80).to_string(),
                kind,
            });
        }
    }

    /// Notes a cell that can be read in two ways.
    fn note_both(&mut self, row: usize, field: &'static str, both: [&str; 3], kind: IssueKind) {
        let before = self.issues.len();
        self.note(row, field, "", kind);
        if let Some(issue) = self.issues.get_mut(before) {
            let [text, one, other] = both;
            issue.found = [cut(&clean(text), 30), "\n", one, "\n", other].concat();
        }
    }

    pub(super) fn column(&self, at: usize) -> Option<&'t Column> {
        self.plan.columns.get(at)
    }

    /// A text that lives as long as the file.
    pub(super) fn keep(&self, text: &str) -> &'a str {
        self.texts.alloc_str(text)
    }

    /// The place of the column of a field.
    pub(super) fn find(&self, field: &str) -> Option<usize> {
        let place = self.places.iter().find(|(name, _)| *name == field)?;
        Some(place.1)
    }

    /// The cell of a row under a field; empty where there is none.
    pub(super) fn text(&self, row: usize, field: &str) -> &'a str {
        self.find(field)
            .map_or("", |at| self.raw.cell(row, at).text)
    }

    /// The code of a row's currency, which may stand there in words: `달러`.
    pub(super) fn currency(&self, row: usize) -> &'a str {
        let text = self.text(row, "currency");
        super::unit_of(text).currency.unwrap_or(text)
    }

    /// A file of a kind with a title and a list.
    pub(super) fn made(
        &self,
        kind: &'static str,
        title: &'a str,
        key: &'static str,
        list: Vec<Value<'a>>,
    ) -> Value<'a> {
        let kind = self.keep(&["ai-atlas/", kind].concat());
        let mut file = Vec::new();
        push_text(&mut file, "kind", kind);
        push_text(&mut file, "title", title);
        file.extend(self.raw.more.iter().cloned());
        file.push((key, Value::List(list)));
        Value::Row(file)
    }

    /// A row of a file: its line, and the texts and flags that its fields hold under their names.
    /// What has a meaning of its own the caller adds.
    pub(super) fn row(&mut self, row: usize, plain: &[&'static str]) -> Fields<'a> {
        let line = self.raw.rows.get(row).map_or(0, |row| row.line);
        let mut fields = vec![("line", Value::Number(line as f64, ""))];
        for field in plain {
            let text = self.text(row, field);
            if text.is_empty() {
                continue;
            }
            let column = self.find(field).and_then(|at| self.column(at)?.field);
            if column.is_some_and(|field| field.takes == Takes::Flag) {
                match yes(text) {
                    Some(yes) => fields.push((field, Value::Bool(yes))),
                    None => self.note(row, field, text, IssueKind::WrongType),
                }
            } else if !matches!(quantity::cell(text, Decimal::Point), Cell::Unknown(_))
                || text.len() == 1
            {
                push_text(&mut fields, field, text);
            }
        }
        fields
    }

    /// The number of a cell, in ones of its unit: that of the cell, of the heading, or of the table.
    pub(super) fn number(&mut self, row: usize, at: usize, field: &'static str) -> Number<'a> {
        let Some(column) = self.column(at) else {
            return Number::None;
        };
        let text = self.raw.cell(row, at).text;
        // Where nothing tells a decimal mark from a mark of groups both readings are looked at.
        let read = match column.decimal {
            _ if self.raw.cell(row, at).number => quantity::settled(text, Decimal::Point),
            Some(decimal) => quantity::cell(text, decimal),
            None => quantity::cell(text, Decimal::Comma),
        };
        match read {
            Cell::Unknown(Unknown::Undisclosed) => Number::Undisclosed,
            Cell::Unknown(_) => Number::None,
            Cell::Number(quantity) if column.decimal.is_some() => self.sum(column, &quantity, text),
            Cell::Number(quantity) => {
                let one = quantity::json_number(&quantity, 0);
                match quantity::settled(text, Decimal::Point) {
                    Cell::Number(other) if quantity::json_number(&other, 0) != one => {
                        let other = quantity::json_number(&other, 0);
                        self.doubt(row, field, text, &one, &other)
                    }
                    _ => self.sum(column, &quantity, text),
                }
            }
            Cell::Doubtful(one, other) => self.doubt(row, field, text, &one, &other),
            Cell::NoNumber => {
                self.note(row, field, text, IssueKind::WrongType);
                Number::Unreadable(text)
            }
        }
    }

    fn doubt(
        &mut self,
        row: usize,
        field: &'static str,
        text: &'a str,
        one: &str,
        other: &str,
    ) -> Number<'a> {
        self.note_both(row, field, [text, one, other], IssueKind::DoubtfulNumber);
        Number::Unreadable(text)
    }

    fn sum(&mut self, column: &Column, quantity: &Quantity, text: &str) -> Number<'a> {
        let own = &quantity.unit;
        let heading = &column.unit.clone().unwrap_or_else(|| self.unit.clone());
        let says = |unit: &Unit| unit.currency.is_some() || unit.percent || !unit.name.is_empty();
        // What a cell says outranks its heading. `5` below `억원` are 5억원, and so are `5억`.
        let mut unit = if says(own) {
            own.clone()
        } else {
            heading.clone()
        };
        let mut power = 0;
        // `5e2` says no more than `500`.
        let exponent = text
            .bytes()
            .zip(text.bytes().skip(1))
            .any(|(digit, e)| digit.is_ascii_digit() && matches!(e, b'e' | b'E'));
        if !says(own) && (quantity.power == 0 || exponent) {
            power = heading.power;
        }
        // `5M` below `$` are millions, though `M` alone may be anything.
        if own.currency.is_none()
            && heading.currency.is_some()
            && let Some(letter) = quantity::letter(&own.name)
        {
            unit = heading.clone();
            power = letter;
        }
        unit.power = 0;
        let spelling = self.keep(&quantity::json_number(quantity, power));
        Number::Known(Sum {
            value: Value::Number(number(spelling), spelling),
            unit,
            approx: quantity.approx || heading.approx,
            bound: quantity.bound,
        })
    }

    /// The date of a row under a field, as files have dates, and its end; noted where it is none.
    pub(super) fn date(&mut self, row: usize, field: &'static str) -> Option<(&'a str, &'a str)> {
        let at = self.find(field)?;
        let cell = self.raw.cell(row, at);
        if cell.number && has(cell.text, '.') {
            self.note(row, field, cell.text, IssueKind::BadDate);
            return None;
        }
        let reading = dates::date(cell.text, self.column(at)?.order);
        self.read_date(row, field, cell.text, reading)
    }

    /// What a date was read as; noted where it is none.
    pub(super) fn read_date(
        &mut self,
        row: usize,
        field: &'static str,
        text: &str,
        reading: dates::Reading,
    ) -> Option<(&'a str, &'a str)> {
        match reading {
            dates::Reading::Date(date, end) => {
                Some((self.keep(&date), self.keep(&end.unwrap_or_default())))
            }
            dates::Reading::Unknown => None,
            dates::Reading::Doubtful(one, other) => {
                self.note_both(row, field, [text, &one, &other], IssueKind::DoubtfulDate);
                None
            }
            dates::Reading::ShortYear => {
                self.note(row, field, text, IssueKind::ShortYear);
                None
            }
            dates::Reading::NoDate => {
                self.note(row, field, text, IssueKind::BadDate);
                None
            }
        }
    }
}

/// Adds a text to the fields of a row, where there is one.
pub(super) fn push_text<'a>(fields: &mut Fields<'a>, key: &'a str, text: &'a str) {
    if !text.is_empty() {
        fields.push((key, Value::Text(text)));
    }
}

/// Adds how exact a sum is to the fields of its row.
pub(super) fn add_bound<'a>(fields: &mut Fields<'a>, sum: &Sum<'a>) {
    let bound = match sum.bound {
        Bound::None => "",
        Bound::AtLeast => "at_least",
        Bound::MoreThan => "more_than",
        Bound::UpTo => "up_to",
        Bound::LessThan => "less_than",
    };
    if sum.approx {
        fields.push(("approx", Value::Bool(true)));
    }
    push_text(fields, "bound", bound);
}

/// A yes or a no as people write it.
fn yes(text: &str) -> Option<bool> {
    const YES: [&str; 10] = ["true", "yes", "1", "y", "o", "예", "네", "✓", "v", "はい"];
    const NO: [&str; 9] = [
        "false",
        "no",
        "0",
        "n",
        "x",
        "아니오",
        "아니요",
        "-",
        "いいえ",
    ];
    let is = |words: &[&str]| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&YES) {
        Some(true)
    } else if is(&NO) {
        Some(false)
    } else {
        None
    }
}
