//! Dates in words, no more precise than the source.

use super::append;
use super::i18n::{fill, say};
use crate::data::calendar::{self, civil_from_days};
use crate::data::{Lang, Precision, When};
use crate::layout::scale::{Level, Tick};

/// Months, where they are called by names.
const MONTHS: &str =
    "|January,February,March,April,May,June,July,August,September,October,November,December";
const SHORT_MONTHS: &str = "|Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec";

/// A date or a period: `2024년 3분기`/`Q3 2024`, `2024년 12월 16일`/`16 December 2024`,
/// `2023~2025년`/`2023–2025`, `2024년 상반기`/`first half of 2024`. An uncertain one reads
/// `2024년경`/`about 2024`: «약» stands before amounts, a date takes «경».
pub fn when(when: &When, lang: Lang) -> String {
    let (y0, m0, d0) = civil_from_days(when.from.min(when.to));
    let (y1, m1, d1) = civil_from_days(when.from.max(when.to));
    let (q0, q1) = (m0.div_ceil(3), m1.div_ceil(3));
    let quarter = when.precision == Precision::Quarter;
    let (part0, part1) = if quarter { (q0, q1) } else { (m0, m1) };
    // Holes: the years, the numbers of quarters or months, the days, the names of months. A dash
    // between single words stands close, one between groups of words has room.
    let (same_year, same_part, same_day) = (y0 == y1, part0 == part1, d0 == d1);
    let words = match when.precision {
        Precision::Year if same_year => "{0}년|{0}",
        Precision::Year => "{0}~{1}년|{0}–{1}",
        Precision::Quarter if !same_year => "{0}년 {2}분기~{1}년 {3}분기|Q{2} {0}–Q{3} {1}",
        Precision::Quarter if same_part => "{0}년 {2}분기|Q{2} {0}",
        Precision::Quarter if (q0, q1) == (1, 2) => "{0}년 상반기|first half of {0}",
        Precision::Quarter if (q0, q1) == (3, 4) => "{0}년 하반기|second half of {0}",
        Precision::Quarter => "{0}년 {2}~{3}분기|Q{2}–Q{3} {0}",
        Precision::Month if !same_year => "{0}년 {2}월~{1}년 {3}월|{6} {0}–{7} {1}",
        Precision::Month if same_part => "{0}년 {2}월|{6} {0}",
        Precision::Month => "{0}년 {2}~{3}월|{6}–{7} {0}",
        Precision::Day if !same_year => {
            "{0}년 {2}월 {4}일~{1}년 {3}월 {5}일|{4} {6} {0} – {5} {7} {1}"
        }
        Precision::Day if !same_part => "{0}년 {2}월 {4}일~{3}월 {5}일|{4} {6} – {5} {7} {0}",
        Precision::Day if same_day => "{0}년 {2}월 {4}일|{4} {6} {0}",
        Precision::Day => "{0}년 {2}월 {4}~{5}일|{4}–{5} {6} {0}",
    };
    let [part0, part1, d0, d1] = [part0, part1, d0, d1].map(|number| number.to_string());
    let said = [
        &*year(y0, lang),
        &year(y1, lang),
        &part0,
        &part1,
        &d0,
        &d1,
        month(MONTHS, m0, lang),
        month(MONTHS, m1, lang),
    ];
    let mut said = fill(lang, words, &said);
    if let Some(minute) = when.minute.filter(|_| when.from == when.to) {
        append(&mut said, " ", clock(minute.into()));
    }
    // Another hole than that of sums: «about» is another word there in other languages.
    if when.about {
        fill(lang, "{1}경|about {1}", &["", &said])
    } else {
        said
    }
}

/// A period as files print it: `2023-Q4`, `2023-02`, `2023`, `2024-12-16`, `2023-Q1/2023-Q3`,
/// `~2024`; anything else comes back as it stands.
pub fn period(text: &str, lang: Lang) -> String {
    let text = text.trim();
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    // A number of three digits is not a year here.
    let read =
        |text: &str| calendar::parse(text).filter(|when| civil_from_days(when.from).0 >= 1000);
    match (read(first), read(last)) {
        (Some(first), Some(last)) if first.precision == last.precision => when(
            &When {
                to: last.to,
                ..first
            },
            lang,
        ),
        (Some(first), Some(last)) => fill(
            lang,
            "{0}~{1}|{0} – {1}",
            &[&when(&first, lang), &when(&last, lang)],
        ),
        _ => text.to_owned(),
    }
}

/// A year, never grouped.
pub fn year(year: i32, lang: Lang) -> String {
    let digits = if year > 0 { year } else { 1 - year }.to_string();
    if year > 0 {
        digits
    } else {
        fill(lang, "기원전 {0}|{0} BC", &[&digits])
    }
}

/// The name of a month, counted from 1.
fn month(names: &'static str, number: u32, lang: Lang) -> &'static str {
    say(lang, names)
        .split(',')
        .nth(number.saturating_sub(1) as usize)
        .unwrap_or("")
}

/// The short name of a month.
pub(super) fn short_month(number: u32, lang: Lang) -> &'static str {
    month(SHORT_MONTHS, number, lang)
}

/// A time of day from its minutes, in both languages: `09:30`.
pub fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60 % 24, minute % 60)
}

/// A tick of the time axis: the year where one begins, else the month, else the day, else the time
/// of day.
pub fn tick(tick: &Tick, lang: Lang) -> String {
    let (of_year, month, of_month) = civil_from_days(tick.day);
    let words = match tick.level {
        Level::Year => "{0}",
        Level::Quarter | Level::Month => "{1}월|{2}",
        Level::Day => "{1}.{3}|{3} {2}",
        Level::Minute => return clock(tick.minute),
    };
    fill(
        lang,
        words,
        &[
            &year(of_year, lang),
            &month.to_string(),
            short_month(month, lang),
            &of_month.to_string(),
        ],
    )
}
