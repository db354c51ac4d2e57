//! The cells of a table as values of a file, and a note of each that cannot be one.

use super::columns::{Column, Plan, has_exponent};
use super::dates;
use super::headings::{self, Takes};
use super::quantity::{self, Bound, Cell, Decimal, Quantity, Unit, Unknown};
use super::raw::Raw;
use super::units::has;
use crate::data::calendar;
use crate::data::json::number;
use crate::data::sanitize::{clean, cut};
use crate::data::value::{Texts, Value};
use crate::error::{Issue, IssueKind};

/// Issues that are kept; a reader of the list has long stopped.
const MAX_ISSUES: usize = 10_000;

/// Headings of codes of countries.
const CODES: &str = "code, country code, iso code, iso3, iso, iso3 code, 국가코드, 코드";

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
    /// The column of codes beside names.
    code: Option<usize>,
    /// The columns that say a unit row by row.
    own_units: bool,
    pub(super) texts: &'a Texts,
    pub(super) issues: Vec<Issue>,
}

impl<'t, 'a> Writer<'t, 'a> {
    pub(super) fn new(raw: &'t Raw<'a>, plan: &'t Plan, unit: Unit, texts: &'a Texts) -> Self {
        let columns = plan.columns.iter().enumerate();
        let place = |(at, column): (usize, &Column)| Some((column.field?.name, at));
        let is_code = |column: &Column| headings::listed(CODES, &column.name);
        let places: Vec<_> = columns.filter_map(place).collect();
        let own_units = ["unit", "scale", "currency", "metric"];
        Self {
            raw,
            plan,
            unit,
            code: plan.columns.iter().position(is_code),
            own_units: places.iter().any(|(name, _)| own_units.contains(name)),
            places,
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

    /// Notes that a column is not used.
    pub(super) fn tell_column(&mut self, heading: &str, kind: IssueKind) {
        self.issues.push(Issue {
            place: clean(heading),
            line: 0,
            field: "",
            found: String::new(),
            kind,
        });
    }

    /// The code that stands beside a name; `None` where there is no column of codes.
    pub(super) fn code(&self, row: usize) -> Option<&'a str> {
        self.code.map(|at| self.raw.cell(row, at).text)
    }

    /// Whether what its rows are called are periods, so that they are no parts of one whole.
    pub(super) fn labels_are_periods(&self) -> bool {
        self.plan.labels_are_periods
    }

    /// The unit of a row that stands in columns of its own: what is counted or paid, and by what it
    /// was multiplied; else the one that stands behind what is measured, `GDP (US$)`.
    fn unit_of_row(&self, row: usize) -> Option<Unit> {
        let text = |field| match self.text(row, field) {
            text if matches!(quantity::cell(text, Decimal::Point), Cell::Unknown(_)) => "",
            text => text,
        };
        let own = text("unit");
        let own = match own {
            "" if self.plan.schema.kind == "market-share" => text("currency"),
            own => own,
        };
        let scale = text("scale");
        if own.is_empty() && scale.is_empty() {
            return quantity::heading(self.text(row, "metric")).1;
        }
        let read = |text: &str| Some(super::unit_of(text)).filter(|unit| *unit != Unit::default());
        let stated = [scale, " ", own].concat();
        read(stated.trim()).or_else(|| {
            let power = read(scale).map_or(0, |unit| unit.power);
            let name = super::units::cut(own);
            Some(Unit {
                power,
                name,
                ..Unit::default()
            })
        })
    }

    /// The unit that holds for a whole table, below a heading that says none: shares are no money.
    fn unit_below(&self, column: &Column) -> Unit {
        if self.unit.currency.is_some() && column.is_share() {
            return Unit::default();
        }
        self.unit.clone()
    }

    /// Notes a cell that can be read in two ways.
    pub(super) fn note_both(
        &mut self,
        row: usize,
        field: &'static str,
        both: [&str; 3],
        kind: IssueKind,
    ) {
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
            Cell::Number(quantity) if column.decimal.is_some() => {
                self.sum(row, column, &quantity, text)
            }
            Cell::Number(quantity) => {
                let one = quantity::json_number(&quantity, 0);
                match quantity::settled(text, Decimal::Point) {
                    Cell::Number(other) if quantity::json_number(&other, 0) != one => {
                        let other = quantity::json_number(&other, 0);
                        self.doubt(row, field, text, &one, &other)
                    }
                    _ => self.sum(row, column, &quantity, text),
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

    fn sum(&mut self, row: usize, column: &Column, quantity: &Quantity, text: &str) -> Number<'a> {
        let own = &quantity.unit;
        let of_row = || {
            Some(row)
                .filter(|_| self.own_units)
                .and_then(|row| self.unit_of_row(row))
        };
        let heading = &column
            .unit
            .clone()
            .or_else(of_row)
            .unwrap_or_else(|| self.unit_below(column));
        let says = |unit: &Unit| unit.currency.is_some() || unit.percent || !unit.name.is_empty();
        // What a cell says outranks its heading. `5` below `억원` are 5억원, and so are `5억`.
        let mut unit = if says(own) {
            own.clone()
        } else {
            heading.clone()
        };
        let mut power = 0;
        // `5e2` says no more than `500`.
        let exponent = has_exponent(text);
        let above_zero = quantity.digits != "0" && !quantity.digits.starts_with('-');
        if column.scaled && quantity.power == 0 && !says(own) && above_zero {
            self.note(row, "", text, IssueKind::NoScale);
        }
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
            // A day that no calendar has.
            dates::Reading::Date(date, _) if calendar::parse(&date).is_none() => {
                self.note(row, field, text, IssueKind::BadDate);
                None
            }
            dates::Reading::Date(date, end) => {
                Some((self.keep(&date), self.keep(&end.unwrap_or_default())))
            }
            dates::Reading::Coarse(date) => {
                self.note(row, field, text, IssueKind::Coarse);
                Some((self.keep(&date), ""))
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
