//! Dates in words, no more precise than the source.

use super::number::push_grouped;
use crate::data::{
    Lang, Precision, When,
    calendar::{civil_from_days, days_from_civil},
};

const MONTHS: [&str; 12] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A date or a period: `2024년 3분기`/`Q3 2024`, `2024년 12월 16일`/`16 December 2024`, `2023~2025년`/`2023–2025`, `2024년 상반기`/`first half of 2024`.
/// An uncertain one reads `2024년경`/`about 2024`.
pub fn when(when: &When, lang: Lang) -> String {
    let (from, to) = (when.from.min(when.to), when.from.max(when.to));
    let (y0, m0, d0) = civil_from_days(from);
    let (y1, m1, d1) = civil_from_days(to);
    let (q0, q1) = (m0.div_ceil(3), m1.div_ceil(3));
    let mut out = String::new();
    let one_year = y0 == y1;
    let half = match (q0, q1) {
        (1, 2) => Some(("상반기", "first half of ")),
        (3, 4) => Some(("하반기", "second half of ")),
        _ => None,
    };
    match lang {
        Lang::Ko => {
            match when.precision {
                Precision::Year => {
                    push_year(&mut out, y0, lang);
                    if !one_year {
                        out.push('~');
                        push_year(&mut out, y1, lang);
                    }
                    out.push('년');
                }
                Precision::Quarter => {
                    if let (true, Some((words, _))) = (one_year, half) {
                        push(&mut out, y0, "년 ", None, words);
                    } else if one_year && q0 != q1 {
                        push(&mut out, y0, "년 ", Some(q0), "~");
                        push_grouped(&mut out, u64::from(q1));
                        out.push_str("분기");
                    } else {
                        push(&mut out, y0, "년 ", Some(q0), "분기");
                        if !one_year {
                            out.push('~');
                            push(&mut out, y1, "년 ", Some(q1), "분기");
                        }
                    }
                }
                Precision::Month => {
                    if one_year && m0 != m1 {
                        push(&mut out, y0, "년 ", Some(m0), "~");
                        push_grouped(&mut out, u64::from(m1));
                        out.push('월');
                    } else {
                        push(&mut out, y0, "년 ", Some(m0), "월");
                        if !one_year {
                            out.push('~');
                            push(&mut out, y1, "년 ", Some(m1), "월");
                        }
                    }
                }
                Precision::Day => {
                    push(&mut out, y0, "년 ", Some(m0), "월 ");
                    push_grouped(&mut out, u64::from(d0));
                    if one_year && m0 == m1 && d0 != d1 {
                        out.push('~');
                        push_grouped(&mut out, u64::from(d1));
                    } else if from != to {
                        out.push_str("일~");
                        if one_year {
                            push_grouped(&mut out, u64::from(m1));
                            out.push_str("월 ");
                        } else {
                            push(&mut out, y1, "년 ", Some(m1), "월 ");
                        }
                        push_grouped(&mut out, u64::from(d1));
                    }
                    out.push('일');
                }
            }
            if when.about {
                // «약» stands before amounts; a date takes «경».
                out.push('경');
            }
        }
        Lang::En => {
            if when.about {
                out.push_str("about ");
            }
            match when.precision {
                Precision::Year => {
                    push_year(&mut out, y0, lang);
                    if !one_year {
                        out.push('–');
                        push_year(&mut out, y1, lang);
                    }
                }
                Precision::Quarter => {
                    if let (true, Some((_, words))) = (one_year, half) {
                        out.push_str(words);
                    } else {
                        out.push('Q');
                        push_grouped(&mut out, u64::from(q0));
                        if !one_year {
                            out.push(' ');
                            push_year(&mut out, y0, lang);
                        }
                        if !one_year || q0 != q1 {
                            out.push_str("–Q");
                            push_grouped(&mut out, u64::from(q1));
                        }
                        out.push(' ');
                    }
                    push_year(&mut out, y1, lang);
                }
                Precision::Month => {
                    if !one_year {
                        push_month(&mut out, m0, y0);
                        out.push('–');
                    } else if m0 != m1 {
                        out.push_str(month_name(m0));
                        out.push('–');
                    }
                    push_month(&mut out, m1, y1);
                }
                Precision::Day => {
                    if from != to {
                        push_grouped(&mut out, u64::from(d0));
                        if !one_year {
                            out.push(' ');
                            push_month(&mut out, m0, y0);
                        } else if m0 != m1 {
                            out.push(' ');
                            out.push_str(month_name(m0));
                        }
                        // A dash between single words stands close, one between groups of words has room.
                        out.push_str(if one_year && m0 == m1 { "–" } else { " – " });
                    }
                    push_grouped(&mut out, u64::from(d1));
                    out.push(' ');
                    push_month(&mut out, m1, y1);
                }
            }
        }
    }
    out
}

/// A period as files print it: `2023-Q4`, `2023-02`, `2023`, `2024-12-16`, `2023-Q1/2023-Q3`, `~2024`; anything else comes back as it stands.
pub fn period(text: &str, lang: Lang) -> String {
    let text = text.trim();
    let (about, dates) = match text.strip_prefix('~') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (first, last) = dates.split_once('/').unwrap_or((dates, dates));
    match (part(first), part(last)) {
        (Some((from, _, precision)), Some((_, to, other))) if precision == other => when(&When { from, to, precision, about }, lang),
        (Some((from, end, precision)), Some((start, to, other))) => {
            let first = When { from, to: end, precision, about };
            let last = When { from: start, to, precision: other, about: false };
            let dash = if lang == Lang::Ko { "~" } else { " – " };
            [&when(&first, lang), dash, &when(&last, lang)].concat()
        }
        _ => text.to_owned(),
    }
}

/// First and last day of `2023`, `2023-02`, `2023-Q4` or `2024-12-16`.
fn part(text: &str) -> Option<(i32, i32, Precision)> {
    let mut fields = text.trim().split('-');
    let year = fields.next().filter(|y| y.len() == 4).and_then(digits)? as i32;
    let month = fields.next();
    let day = fields.next();
    if fields.next().is_some() {
        return None;
    }
    let span = |from: u32, months: u32| {
        let (next_year, next) = if from + months > 12 { (year + 1, 1) } else { (year, from + months) };
        // The last day of the last year that a calendar has is found from its first.
        let last = if next_year > 9999 { days_from_civil(year, 12, 31) } else { days_from_civil(next_year, next, 1) - 1 };
        (days_from_civil(year, from, 1), last)
    };
    match (month, day) {
        (None, None) => {
            let (from, to) = span(1, 12);
            Some((from, to, Precision::Year))
        }
        (Some(quarter), None) if quarter.starts_with(['Q', 'q']) => {
            let number = digits(quarter.get(1..)?).filter(|n| (1..=4).contains(n))?;
            let (from, to) = span(number * 3 - 2, 3);
            Some((from, to, Precision::Quarter))
        }
        (Some(month), None) => {
            let number = digits(month).filter(|n| (1..=12).contains(n))?;
            let (from, to) = span(number, 1);
            Some((from, to, Precision::Month))
        }
        (Some(month), Some(day)) => {
            let date = (year, digits(month)?, digits(day)?);
            if !(1..=12).contains(&date.1) || !(1..=31).contains(&date.2) {
                return None;
            }
            let at = days_from_civil(date.0, date.1, date.2);
            (civil_from_days(at) == date).then_some((at, at, Precision::Day))
        }
        (None, Some(_)) => None,
    }
}

/// Up to four digits and nothing else.
fn digits(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(text.bytes().fold(0, |n, b| n * 10 + u32::from(b - b'0')))
}

fn push(out: &mut String, year: i32, between: &str, number: Option<u32>, after: &str) {
    push_year(out, year, Lang::Ko);
    out.push_str(between);
    if let Some(number) = number {
        push_grouped(out, u64::from(number));
    }
    out.push_str(after);
}

pub(super) fn push_year(out: &mut String, year: i32, lang: Lang) {
    let n = if year > 0 { year.unsigned_abs() } else { year.unsigned_abs().saturating_add(1) };
    if year <= 0 && lang == Lang::Ko {
        out.push_str("기원전 ");
    }
    // Years are never grouped.
    if n >= 1000 {
        push_grouped(out, u64::from(n / 1000));
        for place in [100, 10, 1] {
            push_grouped(out, u64::from(n / place % 10));
        }
    } else {
        push_grouped(out, u64::from(n));
    }
    if year <= 0 && lang == Lang::En {
        out.push_str(" BC");
    }
}

pub(super) fn month_name(number: u32) -> &'static str {
    MONTHS.get(number.wrapping_sub(1) as usize).copied().unwrap_or("")
}

fn push_month(out: &mut String, number: u32, year: i32) {
    out.push_str(month_name(number));
    out.push(' ');
    push_year(out, year, Lang::En);
}
