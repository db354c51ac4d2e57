//! What every column of a table is taken for: by its heading, by what an author says of it, and,
//! where only one column can be meant, by what it holds.

use super::headings::{Field, PER_CENT, SCHEMAS, Schema, listed};
use super::raw::Raw;
use super::units::with_blanks;
use super::{Ask, dates, periods, quantity, units};
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
    /// Its heading says that this period is an outlook: `2025F`.
    pub forecast: bool,
    /// The field that the heading is nearest to, where the column is not used.
    pub nearest: Option<&'static str>,
    /// What separates decimals in it; `None` where that is in doubt.
    pub decimal: Option<quantity::Decimal>,
    /// In which order its dates have day and month; `None` where that is in doubt.
    pub order: Option<dates::Order>,
    /// How many of its cells are filled, how many of these are numbers, and how many dates.
    pub filled: usize,
    /// How many of the first cells that are filled differ.
    pub(super) distinct: usize,
    /// Some of its cells have a word for a power of ten, `3조`, and its heading has none.
    pub(super) scaled: bool,
    numbers: usize,
    dates: usize,
    years: usize,
}

/// The columns of a table, read as one kind of data.
pub(super) struct Plan {
    pub(super) schema: &'static Schema,
    pub(super) columns: Vec<Column>,
    /// The first field without which nothing can be drawn.
    pub(super) missing: Option<&'static str>,
    /// What an author says of headings that are not there, or of fields that no table has.
    pub(super) idle: Vec<String>,
    /// What the rows are called are periods.
    pub(super) labels_are_periods: bool,
    score: usize,
}

/// Cells of a column that say what it holds.
pub(super) const SAMPLE: usize = 200;

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
            let (name, unit) = quantity::heading(without_marks(heading));
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
                forecast: false,
                nearest: None,
                decimal,
                order,
                filled: cells.clone().count(),
                distinct: 0,
                scaled: false,
                numbers: 0,
                dates: 0,
                years: 0,
            };
            let mut seen: Vec<&str> = cells.clone().take(SAMPLE).collect();
            seen.sort_unstable();
            seen.dedup();
            column.distinct = seen.len();
            for text in cells.take(SAMPLE) {
                let point = decimal.unwrap_or(quantity::Decimal::Point);
                let read = quantity::cell(text, point);
                column.scaled |= column.unit.is_none()
                    && matches!(&read, quantity::Cell::Number(found) if found.power != 0)
                    && text.chars().any(units::is_letter)
                    && !has_exponent(text);
                column.numbers += usize::from(!matches!(read, quantity::Cell::NoNumber));
                column.years += usize::from(
                    text.len() == 4
                        && matches!(text.get(..2), Some("19" | "20"))
                        && text.bytes().all(|b| b.is_ascii_digit()),
                );
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

    pub(super) fn is_dates(&self) -> bool {
        self.holds(self.dates)
    }

    /// Whether its numbers can all be years.
    pub(super) fn is_years(&self) -> bool {
        self.years > 0 && self.years == self.filled.min(SAMPLE)
    }

    /// What its heading says besides the period: `점유율` of `2023년 점유율`.
    pub(super) fn measure(&self) -> &str {
        if self.period.is_empty() {
            return &self.name;
        }
        periods::period_of(&self.name).map_or("", |period| period.rest)
    }

    /// Whether its heading says that its numbers are shares of a whole.
    pub(super) fn is_share(&self) -> bool {
        listed(PER_CENT, self.measure())
    }

    /// Whether its numbers are per cents though no sign says so.
    pub(super) fn is_per_cent(&self) -> bool {
        self.unit.as_ref().is_some_and(|unit| unit.percent) || listed(PER_CENT, &self.name)
    }

    pub(super) fn is_free(&self) -> bool {
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
            labels_are_periods: false,
            score: 0,
        };
        plan.told(ask);
        let said = plan
            .columns
            .iter()
            .filter(|column| column.field.is_some())
            .count();
        plan.by_heading();
        // `Units` above numbers are what was sold.
        for at in 0..plan.columns.len() {
            let unit = |column: &Column| {
                column.field.is_some_and(|field| field.name == "unit") && column.is_numbers()
            };
            if plan.columns.get(at).is_some_and(unit) {
                plan.release(at);
            }
        }
        plan.by_place();
        if said == 0 && schema.kind == "market-share" {
            plan.names_and_groups();
            plan.strong_value();
        }
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
            .copied()
            .or_else(|| {
                (schema.kind == "funding-timeline" && plan.lacks_name()).then_some("label")
            });
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
    pub(super) fn lacks(&self, needed: &str) -> bool {
        self.find(needed).is_none() && (needed != "date" || self.find("year").is_none())
    }

    pub(super) fn take(&mut self, at: usize, field: &str, guessed: bool) {
        if let Some(column) = self.columns.get_mut(at) {
            column.field = self.schema.field(field);
            column.guessed = guessed;
        }
    }

    /// Makes a column one that is not used, for another to be taken.
    pub(super) fn release(&mut self, at: usize) {
        if let Some(column) = self.columns.get_mut(at) {
            column.field = None;
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
        // Beside an owner or an investor a company is what is owned.
        if self.schema.field("to").is_some()
            && self.find("from").is_some()
            && self.find("to").is_none()
            // With a date it is a round of funding.
            && self.find("date").is_none()
        {
            const OWNED: &str = "company, company name, organization name, organisation, organization, startup, 회사, 회사명, 기업, 기업명, 업체, 업체명, 企業, 会社";
            let owned = |column: &Column| column.is_free() && listed(OWNED, &column.name);
            if let Some(at) = self.columns.iter().position(owned) {
                self.take(at, "to", false);
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
}

/// Whether a number is written as `1.2E+09`.
pub(super) fn has_exponent(text: &str) -> bool {
    text.bytes()
        .zip(text.bytes().skip(1))
        .any(|(digit, e)| digit.is_ascii_digit() && matches!(e, b'e' | b'E'))
}

/// A heading without marks of footnotes behind it, `Country[1]`, `매출†`, and the number of a level
/// behind it, `시도별(1)`.
fn without_marks(heading: &str) -> &str {
    let heading = heading
        .trim()
        .trim_end_matches(['*', '†', '‡', '§'])
        .trim_end();
    let mark = |open: char, close: char| {
        let (bare, mark) = heading.strip_suffix(close)?.rsplit_once(open)?;
        let short = (1..=2).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit());
        let letter = open == '[' && mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_lowercase());
        (!bare.is_empty() && (short || letter)).then(|| bare.trim_end())
    };
    mark('[', ']').or_else(|| mark('(', ')')).unwrap_or(heading)
}
