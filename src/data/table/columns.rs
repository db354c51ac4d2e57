//! What every column of a table is taken for: by its heading, by what an author says of it, and,
//! where only one column can be meant, by what it holds.

use super::headings::{Field, PER_CENT, SCHEMAS, Schema, Takes, listed};
use super::raw::Raw;
use super::units::{has, with_blanks};
use super::{Ask, dates, quantity};
use crate::data::sanitize::cut;

/// A column as it is understood.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its heading, as it stands.
    pub heading: String,
    /// The heading without its unit.
    pub name: String,
    /// The unit that the heading states.
    pub unit: Option<quantity::Unit>,
    /// The field that it is; `None` where it is not used.
    pub field: Option<&'static Field>,
    /// The author wants it left out.
    pub left_out: bool,
    /// Its heading is none of those that are known: it was the only one that could be meant.
    pub guessed: bool,
    /// The period that its heading names: one of several columns of values.
    pub period: String,
    /// The field that the heading is nearest to, where the column is not used.
    pub nearest: Option<&'static str>,
    /// What separates decimals in it; `None` where that is in doubt.
    pub decimal: Option<quantity::Decimal>,
    /// In which order its dates have day and month; `None` where that is in doubt.
    pub order: Option<dates::Order>,
    /// How many of its cells are filled, how many of these are numbers, and how many dates.
    pub filled: usize,
    numbers: usize,
    dates: usize,
}

/// The columns of a table, read as one kind of data.
pub(super) struct Plan {
    pub(super) schema: &'static Schema,
    pub(super) columns: Vec<Column>,
    /// The first field without which nothing can be drawn.
    pub(super) missing: Option<&'static str>,
    /// What an author says of headings that are not there, or of fields that no table has.
    pub(super) idle: Vec<String>,
    score: usize,
}

/// Cells of a column that say what it holds.
const SAMPLE: usize = 200;

/// The columns of a table, before anything is known of the kind of data.
fn columns(raw: &Raw<'_>) -> Vec<Column> {
    // Who writes in these scripts writes a point before decimals, whatever separates the cells.
    let asian = |text: &str| {
        text.chars()
            .any(|c| matches!(c, 'ぁ'..='ヿ' | '一'..='鿿' | '가'..='힣'))
    };
    let rows = raw.rows.iter().take(SAMPLE).flat_map(|row| &row.cells);
    let semicolon = raw.semicolon
        && !raw.head.iter().any(|heading| asian(heading))
        && !rows.into_iter().any(|cell| asian(cell.text));
    raw.head
        .iter()
        .enumerate()
        .map(|(index, heading)| {
            let (name, unit) = quantity::heading(heading);
            let cells = raw.column(index);
            let decimal = quantity::decimal(cells.clone(), semicolon);
            let order = dates::order(cells.clone());
            let mut column = Column {
                heading: cut(heading, 80).to_string(),
                name,
                unit,
                field: None,
                left_out: false,
                guessed: false,
                period: String::new(),
                nearest: None,
                decimal,
                order,
                filled: cells.clone().count(),
                numbers: 0,
                dates: 0,
            };
            for text in cells.take(SAMPLE) {
                let point = decimal.unwrap_or(quantity::Decimal::Point);
                column.numbers += usize::from(!matches!(
                    quantity::cell(text, point),
                    quantity::Cell::NoNumber
                ));
                column.dates += usize::from(!matches!(
                    dates::date(text, order),
                    dates::Reading::NoDate | dates::Reading::Unknown
                ));
            }
            column
        })
        .collect()
}

impl Column {
    fn holds(&self, found: usize) -> bool {
        let seen = self.filled.min(SAMPLE);
        seen > 0 && found * 10 >= seen * 8
    }

    /// Whether it is one of numbers.
    pub(super) fn is_numbers(&self) -> bool {
        self.holds(self.numbers)
    }

    fn is_dates(&self) -> bool {
        self.holds(self.dates)
    }

    /// What its heading says besides the period: `점유율` of `2023년 점유율`.
    pub(super) fn measure(&self) -> &str {
        if self.period.is_empty() {
            return &self.name;
        }
        let rest = |(_, rest)| rest;
        period_of(&self.name).map_or("", rest)
    }

    /// Whether its numbers are per cents though no sign says so.
    pub(super) fn is_per_cent(&self) -> bool {
        self.unit.as_ref().is_some_and(|unit| unit.percent) || listed(PER_CENT, &self.name)
    }

    fn is_free(&self) -> bool {
        self.field.is_none() && !self.left_out
    }
}

impl Plan {
    /// The kind of data that fits a table best: the one that is asked for, or the one of which
    /// nothing is missing and most is there.
    pub(super) fn best(raw: &Raw<'_>, ask: &Ask<'_>) -> Option<Self> {
        let columns = columns(raw);
        let mut best: Option<Self> = None;
        for schema in SCHEMAS {
            if !ask.kind.is_empty() && schema.kind != ask.kind {
                continue;
            }
            let plan = Self::new(schema, columns.clone(), raw, ask);
            // Where nothing is understood parts of a whole are what most tables are.
            let rank = |plan: &Self| {
                let (whole, needed) = (plan.missing.is_none(), plan.stated());
                let fits = if whole { plan.score } else { needed };
                (whole, fits, plan.schema.kind == "market-share")
            };
            if best.as_ref().is_none_or(|best| rank(&plan) > rank(best)) {
                best = Some(plan);
            }
        }
        if let Some(plan) = &mut best {
            for column in plan.columns.iter_mut().filter(|column| column.is_free()) {
                column.nearest = plan.schema.nearest(&column.name);
            }
        }
        best
    }

    /// How many of the fields that are needed a heading says.
    fn stated(&self) -> usize {
        let stated = |column: &&Column| {
            let needed = |field: &Field| self.schema.needed.contains(&field.name);
            column.field.is_some_and(needed) && !column.guessed
        };
        self.columns.iter().filter(stated).count()
    }

    /// The places of the columns of values.
    pub(super) fn values(&self) -> impl Iterator<Item = usize> {
        let columns = self.columns.iter().enumerate();
        columns
            .filter(|(_, column)| column.field.is_some_and(|field| field.name == "value"))
            .map(|(at, _)| at)
    }

    fn new(schema: &'static Schema, columns: Vec<Column>, raw: &Raw<'_>, ask: &Ask<'_>) -> Self {
        let mut plan = Self {
            schema,
            columns,
            missing: None,
            idle: Vec::new(),
            score: 0,
        };
        plan.told(ask);
        plan.by_heading();
        plan.by_place();
        let sure = plan
            .columns
            .iter()
            .filter(|column| !column.is_free())
            .count();
        plan.periods();
        plan.by_content();
        plan.missing = schema
            .needed
            .iter()
            .find(|needed| plan.lacks(needed))
            .copied();
        plan.score = 4 * sure
            + plan
                .columns
                .iter()
                .filter(|column| !column.is_free())
                .count();
        // What has dates is a chronology, unless it is values that are compared over years.
        if schema.kind == "funding-timeline" {
            let dated = plan.find("date").or_else(|| plan.find("year"));
            if let Some(date) = dated.and_then(|at| plan.columns.get(at)) {
                let only_years = raw
                    .rows
                    .iter()
                    .enumerate()
                    .all(|(row, _)| raw.cell(row, dated.unwrap_or(0)).text.len() <= 7);
                plan.score += if only_years || date.guessed { 0 } else { 5 };
            }
        }
        plan
    }

    /// The place of the column of a field.
    pub(super) fn find(&self, field: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.field.is_some_and(|found| found.name == field))
    }

    /// Whether there is no column of a field that is needed; a date may stand in several.
    fn lacks(&self, needed: &str) -> bool {
        self.find(needed).is_none() && (needed != "date" || self.find("year").is_none())
    }

    fn take(&mut self, at: usize, field: &str, guessed: bool) {
        if let Some(column) = self.columns.get_mut(at) {
            column.field = self.schema.field(field);
            column.guessed = guessed;
        }
    }

    /// What an author says of columns: heading and field, or heading and nothing for a column that
    /// is to be left out.
    fn told(&mut self, ask: &Ask<'_>) {
        for (heading, field) in ask.columns {
            let at = self
                .columns
                .iter()
                .position(|column| column.heading.trim() == heading.trim());
            let known = field.is_empty() || self.schema.field(field).is_some();
            let Some(at) = at.filter(|_| known) else {
                // What is not there is left out already.
                if !field.is_empty() {
                    self.idle.push([heading, "=", field].concat());
                }
                continue;
            };
            self.take(at, field, false);
            if let Some(column) = self.columns.get_mut(at) {
                column.left_out = field.is_empty();
            }
        }
    }

    fn by_heading(&mut self) {
        for at in 0..self.columns.len() {
            let Some(column) = self.columns.get(at) else {
                break;
            };
            if !column.is_free() || column.name.is_empty() {
                continue;
            }
            // With its unit first: `금액(원)` is more than `금액`.
            let whole = with_blanks(&column.heading, "()[]（）");
            let names = [whole.as_str(), column.name.as_str()];
            let field = names
                .iter()
                .find_map(|name| self.meant(name))
                .map(|field| field.name);
            if let Some(field) = field {
                self.take(at, field, false);
            }
        }
    }

    /// The first field that a heading means and no other column is.
    fn meant(&self, heading: &str) -> Option<&'static Field> {
        let free = |field: &&'static Field| self.find(field.name).is_none();
        let named = self.schema.meant(heading).filter(free);
        named.or_else(|| {
            self.schema
                .fields
                .iter()
                .filter(|field| listed(field.headings, heading))
                .find(free)
        })
    }

    /// Headings that mean one thing alone and another beside others: `source` and `target` are two
    /// ends, `source` alone is a citation.
    fn by_place(&mut self) {
        for (taken, wanted, beside) in [
            ("source", "from", "to"),
            ("country", "label", "value"),
            ("party", "label", "value"),
            ("group", "label", "value"),
        ] {
            if self.schema.field(wanted).is_some()
                && self.find(wanted).is_none()
                && (self.find(beside).is_some() || wanted == "label")
                && let Some(at) = self.find(taken)
            {
                self.take(at, wanted, false);
            }
        }
        // A name beside what has a name already is a text of its own.
        if self.schema.kind == "funding-timeline"
            && self.find("date").is_none()
            && let Some(at) = self.find("year")
            && self.find("month").is_none()
        {
            self.take(at, "date", false);
        }
    }

    /// Columns of values whose headings are years: `2023년 점유율`, `2024`.
    fn periods(&mut self) {
        if self.schema.field("period").is_none() {
            return;
        }
        let mut found = Vec::new();
        for (at, column) in self.columns.iter().enumerate() {
            let free = column.is_free() || column.field.is_some_and(|field| field.name == "value");
            if !free || !column.is_numbers() {
                continue;
            }
            if let Some((period, rest)) = period_of(&column.name)
                && (rest.is_empty()
                    || self
                        .schema
                        .meant(rest)
                        .is_some_and(|field| field.name == "value"))
            {
                found.push((at, period, listed(PER_CENT, rest)));
            }
        }
        if self.find("value").is_some() && found.len() < 2 {
            return;
        }
        for (at, period, per_cent) in found {
            self.take(at, "value", false);
            if let Some(column) = self.columns.get_mut(at) {
                column.period = period;
                if per_cent {
                    column.unit.get_or_insert_default().percent = true;
                }
            }
        }
    }

    /// What is needed and has no heading that is known, where one column alone can be meant.
    fn by_content(&mut self) {
        let needed: Vec<_> = self
            .schema
            .needed
            .iter()
            .filter(|needed| self.lacks(needed))
            .filter_map(|needed| self.schema.field(needed))
            .collect();
        for field in needed {
            let fits = |column: &&Column| {
                column.is_free()
                    && match field.takes {
                        Takes::Number => column.is_numbers(),
                        Takes::Date => column.is_dates() && !column.is_numbers(),
                        _ => column.filled > 0 && !column.is_numbers() && !column.is_dates(),
                    }
            };
            // Two ends and stages are never guessed.
            if !matches!(field.name, "label" | "value" | "date") {
                continue;
            }
            let mut fitting = self.columns.iter().filter(fits);
            let only = fitting.next().filter(|_| {
                // A first column of names is what the rows are called.
                field.name == "label" || fitting.next().is_none()
            });
            let at = only.and_then(|only| {
                self.columns
                    .iter()
                    .position(|column| core::ptr::eq(column, only))
            });
            if let Some(at) = at {
                self.take(at, field.name, true);
            }
        }
    }
}

/// The period that a heading names, and what else it says: `2023년 점유율` is 2023 and `점유율`.
fn period_of(heading: &str) -> Option<(String, &str)> {
    let year = |text: &str| {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        (digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")))
            .then_some(digits)
    };
    if let Some(found) = year(heading) {
        let rest = heading.get(4..).unwrap_or_default();
        let rest = rest.trim_start_matches(['년', '年', '도', '度', ' ', '_', '-', ':', '/']);
        if !rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'Q' | 'q')) {
            return Some((found, rest.trim()));
        }
        // `2024 Q1`, `2024.06`: as it stands.
        return (!has(rest, ' ') && rest.len() < 8).then(|| (heading.to_string(), ""));
    }
    let (rest, last) = heading.rsplit_once([' ', '_', '-', ':'])?;
    let found = year(last)?;
    let end = last.get(4..).unwrap_or_default();
    matches!(end, "" | "년" | "年").then(|| (found, rest.trim_end_matches([' ', '_', '-', ','])))
}
