//! Events as columns: `date`, `amount` or `amountUsd`, and perhaps `dateEnd`, `valuation`, `type`,
//! `target`, `lane`.

use super::FundingTimelineWidget;
use super::frame::DAY_MS;
use crate::data::sanitize::{Hundredths, clean};
use crate::data::{
    Column, Lang, Precision, When, check_codes, lengths, note, noted, odd_cells, strangers,
};
use crate::error::{Code, Error, Issue, IssueKind};
use crate::layout::density::{Events, FARTHEST_MS};
use crate::text::{self, append, fill, say};
use crate::widget::search::{self, NameSearch};
use crate::widget::{Table, Tooltip, status_words};

/// Rows that a table of words has.
const MOST_WORDS: usize = 10_000;

/// What columns bring besides times, amounts and codes.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) kinds: Vec<String>,
    pub(super) lanes: Vec<String>,
    pub(super) targets: Vec<String>,
    /// Half of the period, ms; empty where all are moments.
    pub(super) half: Vec<f32>,
    /// Empty where there is none.
    pub(super) worth: Vec<f32>,
    /// Amounts are in US dollars. Else nothing is said of their currency.
    pub(super) dollars: bool,
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
const SECONDS_MS: f64 = 50.0 * DAY_MS;

/// Whether columns are those of a timeline: a date, and all of one length. What is wrong with a row
/// is noted.
///
/// # Errors
/// `bad-columns` with the name of the column that is missing, of another kind or of another length,
/// `empty` where no date is a number, `too-large` for more types or lanes than can be told apart.
pub(super) fn check(columns: &mut [Column]) -> Result<Vec<Issue>, Error> {
    let mut issues = Vec::new();
    let noted = noted(columns, "date");
    odd_cells(columns, &mut issues);
    strangers(columns, &NAMES, &mut issues);
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
        for (row, &number) in column.numbers.iter().enumerate() {
            if name == "date" && number.is_nan() && noted.get(row) != Some(&true) {
                note(&mut issues, name, row, String::new(), IssueKind::Missing);
            } else if number < 0.0
                && (name == "amount" || name == "amountUsd" || name == "valuation")
            {
                note(
                    &mut issues,
                    name,
                    row,
                    Hundredths(number.max(-1e15)).to_string(),
                    IssueKind::Negative,
                );
            }
        }
        if name == "date"
            && column
                .numbers
                .iter()
                .all(|ms| ms.abs() < SECONDS_MS || ms.is_nan())
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
        let most = match column.name.as_str() {
            "type" => 255,
            "lane" => 65_535,
            _ => usize::MAX,
        };
        if column.names.len() > most {
            return Err(Error::new(Code::TooLarge, column.name.as_str()));
        }
    }
    Ok(issues)
}

impl FundingTimelineWidget {
    /// Takes columns that have been checked. Dates are ms since 1970; a date that is no number
    /// leaves its row out; the buffers go as they are used.
    pub(super) fn take(&mut self, mut columns: Vec<Column>) {
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
            (amount, out.dollars) = (dollars, true);
        }
        let ends = take("dateEnd").numbers;
        let worth = take("valuation").numbers;
        let [kind, target, lane] = [take("type"), take("target"), take("lane")];
        drop(columns);
        let mut half = Vec::new();
        for (time, &end) in ms.iter_mut().zip(&ends) {
            *time = time.clamp(-FARTHEST_MS, FARTHEST_MS);
            // What has no end is a moment.
            let length = if end > *time {
                end.min(FARTHEST_MS) - *time
            } else {
                0.0
            };
            *time += length / 2.0;
            half.push((length / 2.0) as f32);
        }
        let (events, order) = Events::new(ms, &amount, &kind.codes, &lane.codes, &target.codes);
        drop((ends, amount));
        self.counts = [
            vec![0; kind.names.len().max(1)],
            vec![0; lane.names.len()],
            vec![0; target.names.len()],
        ];
        for (dictionary, codes) in [&kind.codes, &lane.codes, &target.codes]
            .into_iter()
            .enumerate()
        {
            for &row in &order {
                if let Some(count) = codes
                    .get(row as usize)
                    .and_then(|&code| self.counts[dictionary].get_mut(code as usize))
                {
                    *count += 1;
                }
            }
        }
        if kind.codes.is_empty() {
            self.counts[0] = vec![events.len() as u32];
        }
        let named = |mut names: Vec<String>| {
            for name in &mut names {
                // Most names need no cleaning, and there may be many.
                if name.len() > 200 || !name.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
                    *name = clean(name);
                }
            }
            names
        };
        out.kinds = named(kind.names);
        out.lanes = named(lane.names);
        out.targets = named(target.names);
        if !half.is_empty() {
            out.half.reserve_exact(order.len());
            for &row in &order {
                out.half
                    .push(half.get(row as usize).copied().unwrap_or(0.0));
            }
        }
        if !worth.is_empty() {
            out.worth.reserve_exact(order.len());
            for &row in &order {
                out.worth.push(
                    worth
                        .get(row as usize)
                        .filter(|v| **v < 1e30)
                        .map_or(f32::NAN, |&v| v as f32),
                );
            }
        }
        drop(worth);
        self.span = (
            events.ms(0) / DAY_MS,
            events.ms(events.len().saturating_sub(1)) / DAY_MS,
        );
        // The longest may begin first and end last wherever its middle is.
        for (rank, &half) in out.half.iter().enumerate() {
            let (ms, half) = (events.ms(rank), f64::from(half));
            self.span = (
                self.span.0.min((ms - half) / DAY_MS),
                self.span.1.max((ms + half) / DAY_MS),
            );
        }
        if self.span.0.is_nan() {
            self.span = (0.0, 1.0);
        }
        let mut most = 0.0_f32;
        for &amount in &events.amount {
            self.known += usize::from(!amount.is_nan());
            most = most.max(amount);
        }
        // The power of ten that holds the largest amount, and five below.
        let mut top = 1.0;
        while top < f64::from(most) {
            top *= 10.0;
        }
        self.scale = (top / 1e5, top);
        self.events = events;
        self.columns = Some(out);
    }

    /// A moment or a period of columns.
    pub(super) fn column_when(&self, rank: usize) -> (f64, f64) {
        let half = f64::from(
            self.columns
                .as_ref()
                .and_then(|c| c.half.get(rank))
                .copied()
                .unwrap_or(0.0),
        );
        let ms = self.events.ms(rank);
        ((ms - half) / DAY_MS, (ms + half) / DAY_MS)
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
            .or_else(|| {
                columns.and_then(|c| c.kinds.get(usize::from(*self.events.kind.get(rank)?)))
            })
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
                if out.len() < search::MOST && fits.get(code as usize) == Some(&Some(wanted)) {
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
            Some(amount) if !amount.is_nan() => self.plain(f64::from(*amount), lang),
            _ => say(lang, "금액 비공개|amount undisclosed").to_string(),
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

    pub(super) fn column_card(&self, rank: usize, lang: Lang) -> Option<Tooltip> {
        let columns = self.columns.as_ref().filter(|_| rank < self.events.len())?;
        let mut card = Tooltip {
            title: self.column_label(rank, lang),
            value: self.column_sum(rank, lang),
            date: self.column_date(rank, lang),
            status: status_words(&crate::data::Status::default(), lang),
            ..Tooltip::default()
        };
        if let Some(worth) = self.worth(rank) {
            card.row(say(lang, "기업가치|Valuation"), self.plain(worth, lang));
        }
        for (words, name) in [
            (
                "유형|Type",
                self.events
                    .kind
                    .get(rank)
                    .and_then(|&code| columns.kinds.get(usize::from(code))),
            ),
            (
                "구분|Lane",
                self.events
                    .lane(rank)
                    .and_then(|code| columns.lanes.get(code as usize)),
            ),
        ] {
            if let Some(name) = name {
                card.row(say(lang, words), name.clone());
            }
        }
        Some(card)
    }

    /// The first rows as words: a table of a million is no text.
    pub(super) fn column_table(&self, lang: Lang) -> Table {
        let mut table = Table::new(
            self.data.title.get(lang),
            "날짜,이름,유형,금액,기업가치|Date,Name,Type,Amount,Valuation",
            lang,
        );
        for rank in 0..self.events.len().min(MOST_WORDS) {
            table.row();
            table.cell(self.column_date(rank, lang));
            table.cell(self.column_name(rank));
            table.cell(
                self.columns
                    .as_ref()
                    .and_then(|c| c.kinds.get(usize::from(*self.events.kind.get(rank)?)))
                    .map_or("", String::as_str),
            );
            table.cell(self.column_sum(rank, lang));
            table.cell(
                self.worth(rank)
                    .map_or(String::new(), |worth| self.plain(worth, lang)),
            );
        }
        if self.events.len() > MOST_WORDS {
            table.row();
            table.cell(fill(
                lang,
                "모두 {0}줄 가운데 처음 {1}줄|The first {1} of {0} rows",
                &[
                    &text::count(self.events.len(), lang),
                    &text::count(MOST_WORDS, lang),
                ],
            ));
            for _ in 1..5 {
                table.cell("");
            }
        }
        table
    }
}
