//! The proleptic Gregorian calendar in closed form, and dates of which only a part is known.

pub use ai_atlas_compute::civil::{MAX_YEAR, civil_from_days, days_from_civil};

use super::{Day, Precision, When};

/// What stands between year, month and day.
const JOINTS: &[char] = &['-', '.', '/'];

/// Number of days of a month, 28–31.
pub fn month_length(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The period that a text names: `2024`, `2024-Q3`, `2024-05`, `2024-05-13`, each also with `~` in
/// front for «about»; `.` and `/` serve as `-`, and `2024년 5월 13일`, `2024년 3분기` and a time of day
/// after `T` or a space are understood. A year has four digits, `0044`, with `-` in front as
/// astronomers count; `44 BC` and `기원전 44년` are the year -43. `None` if it is no date, or a day
/// that no calendar has.
///
/// A number of JSON is read as it is spelt: `2024` is a year, `2024.10` October and `2024.1`
/// January, but `44` is no date.
pub fn parse(text: &str) -> Option<When> {
    let mut rest = text.trim();
    let mut about = false;
    for mark in &["~", "≈", "약", "about ", "c. "] {
        if let Some(after) = rest.strip_prefix(*mark) {
            (about, rest) = (true, after.trim());
        }
    }
    let (year, rest) = match before_christ(rest) {
        Some(year) => (year, ""),
        None => {
            let unsigned = rest.strip_prefix('-');
            let (year, after) = four_digits(unsigned.unwrap_or(rest))?;
            (if unsigned.is_some() { -year } else { year }, after)
        }
    };
    let rest = rest.strip_prefix('년').unwrap_or(rest).trim();
    let when = |month: u32, day: u32, months: u32, precision| {
        let last = month + months - 1;
        When {
            from: days_from_civil(year, month, day),
            to: if months == 0 {
                days_from_civil(year, month, day)
            } else {
                days_from_civil(year, last, month_length(year, last))
            },
            precision,
            about,
            minute: None,
        }
    };
    if rest.is_empty() {
        return Some(when(1, 1, 12, Precision::Year));
    }
    let rest = rest.strip_prefix(JOINTS).unwrap_or(rest).trim();
    let quarter = match rest.strip_prefix(['Q', 'q']) {
        Some(after) => Some(after),
        None => rest.strip_suffix("분기"),
    };
    if let Some(quarter) = quarter {
        return match digits(quarter.trim(), 1)? {
            (quarter @ 1..=4, "") => Some(when(quarter * 3 - 2, 1, 3, Precision::Quarter)),
            _ => None,
        };
    }
    let (month, rest) = digits(rest, 2)?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let rest = rest.strip_prefix('월').unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some(when(month, 1, 1, Precision::Month));
    }
    let rest = rest.strip_prefix(JOINTS).unwrap_or(rest).trim();
    if rest.is_empty() {
        return Some(when(month, 1, 1, Precision::Month));
    }
    let (day, rest) = digits(rest, 2)?;
    let rest = rest.strip_prefix(['일', '.']).unwrap_or(rest);
    let minute = if rest.is_empty() { None } else { clock(rest)? };
    (1..=month_length(year, month))
        .contains(&day)
        .then(|| When {
            minute,
            ..when(month, day, 0, Precision::Day)
        })
}

/// The four digits of a year, and what follows. `44` may be a price.
fn four_digits(text: &str) -> Option<(i32, &str)> {
    let (year, rest) = digits(text, 4)?;
    (text.len() - rest.len() == 4).then_some((year as i32, rest))
}

/// The year of `44 BC` and `기원전 44년` as astronomers count, who have a year 0.
fn before_christ(text: &str) -> Option<i32> {
    let korean = text
        .strip_prefix("기원전")
        .map(|rest| rest.strip_suffix('년').unwrap_or(rest));
    let english = || {
        ["BC", "BCE"]
            .iter()
            .find_map(|word| text.strip_suffix(word))
    };
    match digits(korean.or_else(english)?.trim(), 4)? {
        (year @ 1.., "") => Some(1 - year as i32),
        _ => None,
    }
}

/// The minute of the day of `T09:30`, ` 09:30:05Z`. `None` for what is no time of day; no minute
/// where one has an offset or a half of the day, ` 9:30 PM`: then only the day is known here.
fn clock(text: &str) -> Option<Option<u16>> {
    let rest = text.strip_prefix(['T', ' '])?;
    let (hour, rest) = digits(rest.trim(), 2)?;
    // An hour alone is one behind `T` only.
    let (minute, rest) = match rest.strip_prefix(':') {
        Some(rest) => digits(rest, 2).filter(|(minute, _)| *minute < 60)?,
        None if text.starts_with('T') => (60, rest),
        None => return None,
    };
    let zone = rest.trim_start_matches(|c: char| matches!(c, ':' | '.' | '+' | '-' | '0'..='9'));
    let zoned = zone.trim().len() <= 5 && zone.trim().bytes().all(|b| b.is_ascii_alphabetic());
    if hour > 24 || minute > 60 || !zoned {
        return None;
    }
    let exact = matches!(zone, "" | "Z") && !rest.contains(['+', '-']);
    Some((exact && hour < 24 && minute < 60).then_some((hour * 60 + minute) as u16))
}

/// A moment as views and links write it, days since 1970: a date is the beginning of its period,
/// with `end` the day after its last; a time of day after `T` (`2024-05-13T09:30:05.250`, always
/// UTC) is itself. NaN for what is neither.
pub fn moment(text: &str, end: bool) -> f64 {
    let Some(when) = parse(text) else {
        return f64::NAN;
    };
    let Some((_, time)) = text.split_once('T') else {
        return f64::from(if end { when.to + 1 } else { when.from });
    };
    let mut day = f64::from(when.from);
    let mut unit = 24.0;
    for part in time.trim_end_matches('Z').split([':', '.']).take(4) {
        // Thousandths stand after the seconds' point.
        let (Some((number, "")), true) = (digits(part, 3), unit > 0.0) else {
            return f64::NAN;
        };
        day += f64::from(number) / unit;
        unit *= if unit < 86_400.0 { 60.0 } else { 1000.0 };
    }
    day
}

/// A moment as [`moment`] reads it, to the thousandth of a second.
pub fn stamp(day: f64) -> String {
    let ms = (day.clamp(-4_371_587.0, 2_932_896.0) * 86_400_000.0).round() as i64;
    let (year, month, of_month) = civil_from_days(ms.div_euclid(86_400_000) as Day);
    let ms = ms.rem_euclid(86_400_000) as u32;
    let (sign, year) = (if year < 0 { "-" } else { "" }, year.unsigned_abs());
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!(
        "{sign}{year:04}-{month:02}-{of_month:02}T{hour:02}:{minute:02}:{second:02}.{:03}",
        ms % 1000
    )
}

/// The number at the front of a text, at most `most` digits, and what follows it; `None` if there
/// is none or more digits follow.
fn digits(text: &str, most: usize) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let front = text
        .strip_suffix(rest)
        .filter(|front| front.len() <= most)?;
    Some((front.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_clamped_years_goes_there_and_back() {
        let (first, last) = (
            days_from_civil(-MAX_YEAR, 1, 1),
            days_from_civil(MAX_YEAR, 12, 31),
        );
        let mut day = first;
        while day <= last {
            let (y, m, d) = civil_from_days(day);
            assert_eq!(days_from_civil(y, m, d), day);
            assert!(d >= 1 && d <= month_length(y, m));
            day += 1;
        }
        assert_eq!(civil_from_days(0), (1970, 1, 1));
        assert_eq!(days_from_civil(2000, 3, 1), 11_017);
        assert_eq!(civil_from_days(i32::MAX), (MAX_YEAR, 12, 31));
        assert_eq!(civil_from_days(i32::MIN), (-MAX_YEAR, 1, 1));
        assert_eq!(days_from_civil(i32::MAX, u32::MAX, u32::MAX), last);
    }

    #[test]
    fn a_partial_date_spans_its_whole_period() {
        let span = |text| {
            let when = parse(text)?;
            Some((
                civil_from_days(when.from),
                civil_from_days(when.to),
                when.precision,
                when.about,
            ))
        };
        use Precision::{Day, Month, Quarter, Year};
        assert_eq!(
            span("2024"),
            Some(((2024, 1, 1), (2024, 12, 31), Year, false))
        );
        assert_eq!(
            span("2024-Q3"),
            Some(((2024, 7, 1), (2024, 9, 30), Quarter, false))
        );
        assert_eq!(span("2024년 3분기"), span("2024-Q3"));
        assert_eq!(
            span("2024-02"),
            Some(((2024, 2, 1), (2024, 2, 29), Month, false))
        );
        assert_eq!(
            span("2023.2"),
            Some(((2023, 2, 1), (2023, 2, 28), Month, false))
        );
        assert_eq!(
            span("2024-05-13"),
            Some(((2024, 5, 13), (2024, 5, 13), Day, false))
        );
        assert_eq!(span("2024년 5월 13일"), span("2024-05-13"));
        assert_eq!(span("2024. 5. 13."), span("2024-05-13"));
        assert_eq!(span("2024-05-13T09:00:00Z"), span("2024-05-13"));
        assert_eq!(
            span("~2024"),
            Some(((2024, 1, 1), (2024, 12, 31), Year, true))
        );
        assert_eq!(span("약 2024년"), span("~2024"));
        assert_eq!(
            span("44 BC"),
            Some(((-43, 1, 1), (-43, 12, 31), Year, false))
        );
        assert_eq!(span("기원전 44년"), span("-0043"));
        assert_eq!(span("44BCE"), span("-0043"));
        assert_eq!(span("1 BC"), span("0000"));
        assert_eq!(span("0044").map(|(from, ..)| from), Some((44, 1, 1)));
    }

    #[test]
    fn behind_a_day_stands_a_time_of_day_or_nothing() {
        let minute = |text| parse(text).map(|when| when.minute);
        for text in [
            "2024-05-13T09:30",
            "2024-05-13 9:30",
            "2024-05-13 09:30:05",
            "2024. 5. 13. 09:30:05.250Z",
        ] {
            assert_eq!(minute(text), Some(Some(570)), "{text}");
        }
        for text in [
            "2024-05-13T09",
            "2024-05-13T09:30+09:00",
            "2024-05-13 9:30 PM",
            "2024-05-13 09:30 KST",
            "2024-05-13T24:00",
        ] {
            assert_eq!(minute(text), Some(None), "{text}");
        }
        for text in [
            "2024-05-13 soon",
            "2024-05-13 (planned)",
            "2024-05-13 2024-05-14",
            "2024-05-13 09",
            "2024-05-13T",
            "2024-05-13Tx",
            "2024-05-13 25:00",
            "2024-05-13 09:60",
            "2024-05-13 09:30 or later",
        ] {
            assert_eq!(minute(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_goes_there_and_back_to_the_millisecond() {
        assert_eq!(moment("2024-05-13", false), 19_856.0);
        assert_eq!(moment("2024-05-13", true), 19_857.0);
        assert_eq!(moment("2024", true), moment("2025", false));
        assert_eq!(moment("2024-05-13T12:00", true), 19_856.5);
        assert_eq!(moment("2024-05-13T06:00:00Z", false), 19_856.25);
        assert_eq!(stamp(19_856.25), "2024-05-13T06:00:00.000");
        assert_eq!(
            stamp(f64::from(days_from_civil(-44, 3, 15))),
            "-0044-03-15T00:00:00.000"
        );
        for text in [
            "",
            "2024-05-13Tx",
            "2024-05-13T09:30:05.2500",
            "T",
            "2024-05-13T9:-3",
        ] {
            assert!(moment(text, false).is_nan(), "{text}");
        }
        let mut ms = -3.7e14;
        while ms < 2.5e14 {
            let day = (ms / 86_400_000.0 * 86_400_000.0_f64).round() / 86_400_000.0;
            assert_eq!(
                (moment(&stamp(day), false) * 86_400_000.0).round(),
                (day * 86_400_000.0).round()
            );
            ms += 1.234_567_891e11;
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_no_date() {
        for text in [
            "",
            "~",
            "-",
            "2024-13-45",
            "2023-02-29",
            "2024-00",
            "2024-04-31",
            "2024-Q5",
            "2024-Q0",
            "2024-Q",
            "20240513",
            "soon",
            "2024-05-13x",
            "2024--05",
            "99999",
            "2024-123",
            "２０２４",
            "44",
            "-44",
            "224",
            "24-05-13",
            "0 BC",
            "BC",
            "-44 BC",
            "44 BC-05",
            "기원전",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
