//! Events as columns: `date`, `amount` or `amountUsd`, and perhaps `dateEnd`, `valuation`, `type`,
//! `target`, `lane`; and what is said of one of them. Not here: events of a file.

use super::FundingTimelineWidget;
use super::dimensions::DAY_MS;
use super::kinds::NO_AMOUNT;
use crate::data::sanitize::{Hundredths, clean};
use crate::data::{
    Column, Lang, Precision, Status, UNNAMED, When, check_codes, lengths, name_all_codes, note,
    noted, odd_cells, strangers,
};
use crate::error::{Code, Error, Issue, IssueKind};
use crate::layout::density::{Events, FARTHEST_MS};
use crate::text::{self, append, fill, say};
use crate::widget::phrases::cut_row;
use crate::widget::search::{self, NameSearch};
use crate::widget::{Table, Tooltip, status_words};

/// Rows that a table of words has.
const MAX_TABLE_ROWS: usize = 10_000;
/// A name of so many bytes is cleaned in any case.
const MAX_UNCHECKED_NAME_BYTES: usize = 200;
/// Sums from here on are none: beside them all others would be nothing.
const MAX_SUM: f64 = 1e30;

/// Part of the sum of all below which an amount is as good as none.
const LEAST_PART: f64 = 1e-13;

/// What columns bring besides times, amounts and codes.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) kinds: Vec<String>,
    /// Names of the column `lane`.
    pub(super) groups: Vec<String>,
    pub(super) targets: Vec<String>,
    /// Half of the period, ms; empty where all are moments.
    half_ms: Vec<f32>,
    /// Empty where there is none.
    pub(super) valuations: Vec<f32>,
}

/// What columns are called.
const NAMES: [&str; 8] = [
    "date",
    "amount",
    "amountUsd",
    "dateEnd",
    "valuation",
    "type",
    "target",
    "lane",
];

/// Those that hold numbers come first.
const NUMBERS: usize = 5;
/// A date in seconds is this near to 1970 if it is taken for milliseconds, until the year 2100.
const MAX_SECONDS_MS: f64 = 50.0 * DAY_MS;

/// Whether columns are those of a timeline: a date, and all of one length. What is wrong with a row
/// is noted.
///
/// # Errors
/// `bad-columns` with the name of the column that is missing, of another kind or of another length,
/// `empty` where no date is a number, `too-large` for more types or groups than can be told apart.
pub(super) fn check(columns: &mut [Column]) -> Result<Vec<Issue>, Error> {
    let mut issues = Vec::new();
    let noted = noted(columns, "date");
    odd_cells(columns, &mut issues);
    strangers(columns, &NAMES, &mut issues);
    let rows = check_dates(columns)?;
    for column in columns.iter() {
        let (name, length) = (column.name.as_str(), column.rows());
        let Some(at) = NAMES.iter().position(|known| *known == name) else {
            continue;
        };
        if length > 0 && column.is_numbers() != (at < NUMBERS) {
            return Err(Error::new(Code::ColumnKind, name));
        }
        if length != rows {
            return Err(lengths(name, length, "date", rows));
        }
        check_codes(name, &column.codes, column.names.len(), &mut issues);
        note_numbers(column, &noted, &mut issues);
        let max_names = match name {
            "type" => 255,
            "lane" => 65_535,
            _ => usize::MAX,
        };
        if column.names.len() > max_names {
            return Err(Error::new(Code::TooLarge, name));
        }
    }
    drop_tiny(columns, &mut issues);
    Ok(issues)
}

/// How many dates there are.
fn check_dates(columns: &[Column]) -> Result<usize, Error> {
    let rows = match columns.iter().find(|c| c.name == "date") {
        Some(date) if date.is_numbers() => date.rows(),
        Some(date) if date.rows() > 0 => return Err(Error::new(Code::ColumnKind, "date")),
        _ => return Err(Error::new(Code::NoColumn, "date")),
    };
    // Rows without a date are left out; without any other there is nothing to draw.
    if columns
        .iter()
        .any(|c| c.name == "date" && c.numbers.iter().all(|date| date.is_nan()))
    {
        return Err(Error::new(Code::Empty, "date"));
    }
    Ok(rows)
}

/// Notes what is wrong with the numbers of a column: dates that are missing or seconds, sums below
/// nothing.
fn note_numbers(column: &Column, noted: &[bool], issues: &mut Vec<Issue>) {
    let name = column.name.as_str();
    for (row, &number) in column.numbers.iter().enumerate() {
        if name == "date" && number.is_nan() && noted.get(row) != Some(&true) {
            note(issues, name, row, String::new(), IssueKind::Missing);
        } else if number < 0.0 && (name == "amount" || name == "amountUsd" || name == "valuation") {
            let found = Hundredths(number.max(-1e15)).to_string();
            note(issues, name, row, found, IssueKind::Negative);
        } else if number >= MAX_SUM && name != "date" && name != "dateEnd" {
            note(
                issues,
                name,
                row,
                "≥ 1e30".to_string(),
                IssueKind::NotFinite,
            );
        }
    }
    if name == "date"
        && column
            .numbers
            .iter()
            .all(|ms| ms.abs() < MAX_SECONDS_MS || ms.is_nan())
        && column.numbers.iter().any(|ms| ms.abs() >= 1e6)
    {
        issues.push(Issue {
            place: name.to_string(),
            line: 0,
            field: "",
            found: String::new(),
            kind: IssueKind::Seconds,
        });
    }
}

/// Takes out amounts that beside all others cannot be told from nothing, and notes them: a picture
/// that shows them as 0 would be wrong.
fn drop_tiny(columns: &mut [Column], issues: &mut Vec<Issue>) {
    for column in columns.iter_mut().filter(|c| c.name.starts_with("amount")) {
        let known = column
            .numbers
            .iter()
            .filter(|a| (0.0..MAX_SUM).contains(*a));
        let least = known.sum::<f64>() * LEAST_PART;
        for (row, amount) in column.numbers.iter_mut().enumerate() {
            if *amount > 0.0 && *amount < least {
                let found = "≈ 0".to_string();
                note(issues, &column.name, row, found, IssueKind::NotFinite);
                *amount = f64::NAN;
            }
        }
    }
}

impl FundingTimelineWidget {
    /// Takes columns that have been checked. Dates are ms since 1970; a date that is no number
    /// leaves its row out; the buffers go as they are used.
    pub(super) fn take_columns(&mut self, mut columns: Vec<Column>) {
        let mut out = Columns::default();
        let mut take = |name: &str| {
            columns
                .iter()
                .position(|c| c.name == name)
                .map(|at| columns.swap_remove(at))
                .unwrap_or_default()
        };
        let mut ms = take("date").numbers;
        let (mut amount, dollars) = (take("amount").numbers, take("amountUsd").numbers);
        if !dollars.is_empty() {
            amount = dollars;
            self.currency.push_str("USD");
        }
        let ends = take("dateEnd").numbers;
        let valuations = take("valuation").numbers;
        let [kind, target, group] =
            [take("type"), take("target"), take("lane")].map(name_all_codes);
        drop(columns);
        let half_ms = take_periods(&mut ms, &ends);
        let (events, order) = Events::new(ms, &amount, &kind.codes, &group.codes, &target.codes);
        drop((ends, amount));
        self.counts = [
            count_codes(&kind, kind.names.len().max(1), &order),
            count_codes(&group, group.names.len(), &order),
            count_codes(&target, target.names.len(), &order),
        ];
        if kind.codes.is_empty() {
            self.counts[0] = vec![events.len() as u32];
        }
        out.kinds = clean_names(kind.names);
        out.groups = clean_names(group.names);
        out.targets = clean_names(target.names);
        if !half_ms.is_empty() {
            out.half_ms.reserve_exact(order.len());
            for &row in &order {
                out.half_ms
                    .push(half_ms.get(row as usize).copied().unwrap_or(0.0));
            }
        }
        if !valuations.is_empty() {
            out.valuations.reserve_exact(order.len());
            for &row in &order {
                out.valuations.push(
                    valuations
                        .get(row as usize)
                        .filter(|v| **v < MAX_SUM)
                        .map_or(f32::NAN, |&v| v as f32),
                );
            }
        }
        drop(valuations);
        self.event_days = days_of(&events, &out.half_ms);
        let amounts = || events.amount.iter().map(|&amount| f64::from(amount));
        self.known_amounts = amounts().filter(|amount| !amount.is_nan()).count();
        self.read_scale(amounts());
        self.events = events;
        self.columns = Some(out);
    }

    /// A moment or a period of columns.
    pub(super) fn column_when(&self, rank: usize) -> (f64, f64) {
        let half_ms = f64::from(
            self.columns
                .as_ref()
                .and_then(|c| c.half_ms.get(rank))
                .copied()
                .unwrap_or(0.0),
        );
        let ms = self.events.ms(rank);
        ((ms - half_ms) / DAY_MS, (ms + half_ms) / DAY_MS)
    }

    /// The amount, where one is known.
    pub(super) fn column_amount(&self, rank: usize) -> Option<f64> {
        self.events
            .amount
            .get(rank)
            .copied()
            .filter(|amount| *amount >= 0.0)
            .map(f64::from)
    }

    /// The date in words, with the time of day where there is one.
    pub(super) fn column_date(&self, rank: usize, lang: Lang) -> String {
        let (from, to) = self.column_when(rank);
        let day = |day: f64| (day + 1e-9).floor() as i32;
        let (first, last) = (day(from), day(to).max(day(from)));
        let mut words = text::when(
            &When {
                from: first,
                to: last,
                precision: Precision::Day,
                about: false,
                minute: None,
            },
            lang,
        );
        // A clock says the minute that has begun; the hair is for what days cannot hold exactly.
        let minute = ((from - f64::from(first)) * 1440.0 + 1e-4).floor() as u32;
        if first == last && (minute > 0 || to > from) {
            append(&mut words, " ", text::clock(minute));
        }
        words
    }

    fn column_name(&self, rank: usize) -> &str {
        let columns = self.columns.as_ref();
        let target = columns.and_then(|c| c.targets.get(*self.events.target.get(rank)? as usize));
        target
            .filter(|name| *name != UNNAMED)
            .or_else(|| self.column_kind(columns?, rank))
            .map_or("", String::as_str)
    }

    /// Events by the names of their targets: first those that begin with what is wanted. A name is
    /// looked at once, however many events it has.
    pub(super) fn find_column(&self, finder: &NameSearch, lang: Lang) -> Vec<(u32, String)> {
        let (mut fits, mut out) = (Vec::new(), Vec::new());
        if finder.full() {
            return out;
        }
        for name in self.columns.iter().flat_map(|c| &c.targets) {
            fits.push(finder.begins(name));
        }
        for wanted in [true, false] {
            for (rank, &code) in self.events.target.iter().enumerate() {
                if out.len() < search::MAX_HITS && fits.get(code as usize) == Some(&Some(wanted)) {
                    out.push((
                        rank as u32,
                        fill(
                            lang,
                            "{0} · {1}",
                            &[self.column_name(rank), &self.column_date(rank, lang)],
                        ),
                    ));
                }
            }
        }
        out
    }

    /// The amount in words.
    pub(super) fn column_sum(&self, rank: usize, lang: Lang) -> String {
        match self.events.amount.get(rank) {
            Some(amount) if !amount.is_nan() => self.derived_money(f64::from(*amount), lang),
            _ => say(lang, NO_AMOUNT).to_string(),
        }
    }

    /// What an event of columns is called.
    pub(super) fn column_label(&self, rank: usize, lang: Lang) -> String {
        let name = self.column_name(rank);
        if name.is_empty() {
            self.column_date(rank, lang)
        } else {
            name.to_string()
        }
    }

    /// What is known of one event.
    pub(super) fn column_tooltip(&self, rank: usize, lang: Lang) -> Option<Tooltip> {
        let columns = self.columns.as_ref().filter(|_| rank < self.events.len())?;
        let mut card = Tooltip {
            title: self.column_label(rank, lang),
            value: self.column_sum(rank, lang),
            date: self.column_date(rank, lang),
            status: status_words(&Status::default(), lang),
            ..Tooltip::default()
        };
        if let Some(valuation) = self.valuation(rank) {
            card.row(
                say(lang, "기업가치|Valuation"),
                self.derived_money(valuation, lang),
            );
        }
        let kind = self.column_kind(columns, rank);
        let group = self
            .events
            .lane(rank)
            .and_then(|code| columns.groups.get(code as usize))
            .filter(|name| *name != UNNAMED);
        for (words, name) in [("유형|Type", kind), ("구분|Lane", group)] {
            if let Some(name) = name {
                card.row(say(lang, words), name.clone());
            }
        }
        Some(card)
    }

    fn column_kind<'a>(&self, columns: &'a Columns, rank: usize) -> Option<&'a String> {
        let &code = self.events.kind.get(rank)?;
        let kind = columns.kinds.get(usize::from(code));
        kind.filter(|name| *name != UNNAMED)
    }

    /// The first rows as words: a table of a million is no text.
    pub(super) fn column_table(&self, lang: Lang) -> Table {
        let mut table = Table::new(
            self.data.title.get(lang),
            "날짜,이름,유형,금액,기업가치|Date,Name,Type,Amount,Valuation",
            lang,
        );
        for rank in 0..self.events.len().min(MAX_TABLE_ROWS) {
            let kind = self
                .columns
                .as_ref()
                .and_then(|columns| self.column_kind(columns, rank));
            table.row();
            table.cell(self.column_date(rank, lang));
            table.cell(self.column_name(rank));
            table.cell(kind.map_or("", String::as_str));
            table.cell(self.column_sum(rank, lang));
            table.cell(self.valuation(rank).map_or(String::new(), |valuation| {
                self.derived_money(valuation, lang)
            }));
        }
        cut_row(&mut table, self.events.len(), lang);
        table
    }
}

/// Moves dates to the middle of their periods, of which half the length is returned, ms; nothing
/// where there are no ends. What has no end is a moment.
fn take_periods(ms: &mut [f64], ends: &[f64]) -> Vec<f32> {
    let mut half_ms = Vec::new();
    for (time, &end) in ms.iter_mut().zip(ends) {
        *time = time.clamp(-FARTHEST_MS, FARTHEST_MS);
        let length = if end > *time {
            end.min(FARTHEST_MS) - *time
        } else {
            0.0
        };
        *time += length / 2.0;
        half_ms.push((length / 2.0) as f32);
    }
    half_ms
}

/// How many of the rows that are kept have each of so many codes.
fn count_codes(column: &Column, codes: usize, order: &[u32]) -> Vec<u32> {
    let mut counts = vec![0; codes];
    for &row in order {
        if let Some(count) = column
            .codes
            .get(row as usize)
            .and_then(|&code| counts.get_mut(code as usize))
        {
            *count += 1;
        }
    }
    counts
}

/// Names that can be shown. Most need no cleaning, and there may be many.
fn clean_names(mut names: Vec<String>) -> Vec<String> {
    for name in &mut names {
        if name.len() > MAX_UNCHECKED_NAME_BYTES
            || !name.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        {
            *name = clean(name);
        }
    }
    names
}

/// First and last day of all events.
fn days_of(events: &Events, half_ms: &[f32]) -> (f64, f64) {
    let mut days = (
        events.ms(0) / DAY_MS,
        events.ms(events.len().saturating_sub(1)) / DAY_MS,
    );
    // The longest may begin first and end last wherever its middle is.
    for (rank, &half) in half_ms.iter().enumerate() {
        let (ms, half) = (events.ms(rank), f64::from(half));
        days = (
            days.0.min((ms - half) / DAY_MS),
            days.1.max((ms + half) / DAY_MS),
        );
    }
    if days.0.is_nan() {
        days = (0.0, 1.0);
    }
    days
}
