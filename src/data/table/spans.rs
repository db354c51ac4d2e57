//! Dates that are more, or less, than a day, a month or a year: `2021~2023`, `2024.3~5`, `2023–24`,
//! `2024년 말`; those of Japanese eras, `令和6年`; and the days that spreadsheets count.

use super::dates::{Order, Reading, figures, whole, whole_number};
use crate::data::calendar::civil_from_days;

/// The year before the first of an era.
const ERAS: [(&str, u32); 5] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("大正", 1911),
    ("明治", 1867),
];

/// Words for a part of a year or of a month that no date names.
const COARSE: &str = "early |mid-|mid |middle of |late |end of |start of |beginning of |spring |summer |autumn |fall |winter |초 |말 ";
const COARSE_AFTER: &str = " 초순| 초반| 초| 중순| 중반| 중| 하순| 후반| 말경| 말| 봄| 여름| 가을| 겨울| 연초| 연말|년초|년말|초순|중순|하순|初め|末|半ば|春|夏|秋|冬| spring| summer| autumn| fall| winter";

/// Marks between two dates.
const JOINTS: [&str; 6] = ["~", "–", "—", " - ", " to ", "〜"];

/// The first day that spreadsheets count, from 1970: that of Windows, and that of old Macs.
const FIRST_DAYS: [i64; 2] = [-25_569, -24_107];

/// A text without the mark of a footnote behind it, `March 2024[13]`.
pub(super) fn without_note(text: &str) -> &str {
    let mark = text
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['));
    match mark {
        Some((bare, mark))
            if (1..=3).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_alphanumeric()) =>
        {
            bare.trim_end()
        }
        _ => text,
    }
}

/// Reads what no single date is; `None` for anything else.
pub(super) fn span(text: &str, order: Option<Order>) -> Option<Reading> {
    era(text, order)
        .or_else(|| counted(text))
        .or_else(|| school_year(text))
        .or_else(|| range(text, order))
        .or_else(|| coarse(text, order))
}

/// `令和6年3月5日`, and its first year, `令和元年`.
fn era(text: &str, order: Option<Order>) -> Option<Reading> {
    let (rest, before) = ERAS
        .iter()
        .find_map(|(name, before)| Some((text.strip_prefix(name)?.trim_start(), before)))?;
    let (year, after) = match rest.strip_prefix('元') {
        Some(after) => (1, after),
        None => {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = rest.strip_suffix(after)?;
            (
                (1..=2)
                    .contains(&digits.len())
                    .then(|| whole_number(digits))?,
                after,
            )
        }
    };
    let year = figures(before + year, 4);
    Some(match whole(&[&year, after].concat(), order) {
        Reading::Date(date, end) => Reading::Date(date, end),
        _ => Reading::NoDate,
    })
}

/// A number of days, as spreadsheets have where they show a date: from which day on, they do not
/// say.
fn counted(text: &str) -> Option<Reading> {
    if text.len() != 5 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let days = i64::from(whole_number(text));
    if !(20_000..60_000).contains(&days) {
        return None;
    }
    let [one, other] = FIRST_DAYS.map(|first| {
        let (year, month, day) = civil_from_days(i32::try_from(days + first).unwrap_or(0));
        let part = |number: i64, digits| figures(u32::try_from(number).unwrap_or(0), digits);
        [
            &part(i64::from(year), 4),
            "-",
            &part(i64::from(month), 2),
            "-",
            &part(i64::from(day), 2),
        ]
        .concat()
    });
    Some(Reading::Doubtful(one, other))
}

/// A year and the next, `2023–24`, `2023/24`, `2024-25`. With a hyphen a number up to twelve is a
/// month.
fn school_year(text: &str) -> Option<Reading> {
    let (year, rest) = text.split_at_checked(4)?;
    let mut rest = rest.chars();
    let joint = rest.next()?;
    let next = rest.as_str();
    if next.len() != 2 || !year.bytes().chain(next.bytes()).all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, next) = (whole_number(year), whole_number(next));
    let follows = (year + 1) % 100 == next;
    let sure = matches!(joint, '–' | '—' | '~') || matches!(joint, '-' | '/') && next > 12;
    (follows && sure && year >= 1000)
        .then(|| Reading::Date(figures(year, 4), Some(figures(year + 1, 4))))
}

/// Two dates, of which the second may leave out what it shares with the first: `2024.3.5~4.6`.
fn range(text: &str, order: Option<Order>) -> Option<Reading> {
    // A hyphen joins years, and parts of what is no year.
    let years = || {
        let (front, back) = text.split_once('-')?;
        let four = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        (four(front) && four(back)).then_some((front, back))
    };
    let joined = JOINTS.iter().find_map(|joint| {
        let (front, back) = text.split_once(joint)?;
        (!front.trim().is_empty() && !back.trim().is_empty()).then(|| (front.trim(), back.trim()))
    });
    let (front, back) = joined.or_else(years)?;
    // `Jan–Mar 2024`: the year stands behind the second.
    let year = || {
        let (_, year) = back.rsplit_once(' ')?;
        (year.len() == 4).then(|| [front, " ", year].concat())
    };
    let from = match whole(front, order) {
        Reading::NoDate => year().map_or(Reading::NoDate, |front| whole(&front, order)),
        found => found,
    };
    let Reading::Date(from, None) = from else {
        return Some(Reading::NoDate);
    };
    if from.len() > 10 || from.starts_with('-') {
        return Some(Reading::NoDate);
    }
    Some(match whole(back, order) {
        Reading::Date(to, end) => Reading::Date(from, Some(end.unwrap_or(to))),
        Reading::Doubtful(..) => Reading::NoDate,
        _ => match completed(&from, back) {
            Some(to) => Reading::Date(from, Some(to)),
            None => Reading::NoDate,
        },
    })
}

/// The second date of a range with what it leaves out.
fn completed(from: &str, back: &str) -> Option<String> {
    let bare: String = back
        .chars()
        .map(|c| match c {
            '월' | '月' | '.' | '/' => ' ',
            '일' | '日' => ' ',
            c => c,
        })
        .collect();
    let numbers: Vec<u32> = bare
        .split_whitespace()
        .map(|part| {
            ((1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| whole_number(part))
        })
        .collect::<Option<_>>()?;
    let (year, month) = (from.get(..4)?, from.get(5..7));
    let month = month.filter(|month| month.bytes().all(|b| b.is_ascii_digit()));
    let two = |number: u32| figures(number, 2);
    let marked = |words: [char; 2]| back.contains(words);
    match (numbers.as_slice(), month, from.len()) {
        ([day], Some(month), 10) if !marked(['월', '月']) && (1..=31).contains(day) => {
            Some([year, "-", month, "-", &two(*day)].concat())
        }
        ([month], Some(_), 7) if !marked(['일', '日']) && (1..=12).contains(month) => {
            Some([year, "-", &two(*month)].concat())
        }
        ([month, day], Some(_), 10) if (1..=12).contains(month) && (1..=31).contains(day) => {
            Some([year, "-", &two(*month), "-", &two(*day)].concat())
        }
        // `2021~23`: no other century begins between the two.
        ([last], None, 4) if *last > whole_number(year) % 100 && back.len() == 2 => {
            Some([year.get(..2)?, &two(*last)].concat())
        }
        _ => None,
    }
}

/// A date with a word that says in which part of it.
fn coarse(text: &str, order: Option<Order>) -> Option<Reading> {
    let front = COARSE.split('|').find_map(|word| text.strip_prefix(word));
    let back = || {
        COARSE_AFTER.split('|').find_map(|word| {
            let rest = text.strip_suffix(word)?;
            // `년말` ends with what belongs to the year.
            Some(if word.starts_with('년') {
                text.get(..rest.len() + '년'.len_utf8())?
            } else {
                rest
            })
        })
    };
    match whole(front.or_else(back)?.trim(), order) {
        Reading::Date(date, None) => Some(Reading::Coarse(date)),
        _ => None,
    }
}
