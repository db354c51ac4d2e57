//! Periods in headings and cells, `2023년 점유율`, `2024(E)`, `FY24`, `1Q24`, `24.1분기`: which are
//! some, and in which order they follow each other. They are printed as they stand: no century is
//! guessed.

use super::dates::{self, Reading};
use super::units::{has, is_letter, lists};

/// A period that a heading names.
pub(super) struct Period<'a> {
    /// As it is printed.
    pub(super) name: String,
    /// What else the heading says: `점유율` of `2023년 점유율`.
    pub(super) rest: &'a str,
    /// It is said to be an estimate or an outlook.
    pub(super) forecast: bool,
    /// It says no year, so that one alone is no period: `1분기`, `May`.
    pub(super) bare: bool,
}

/// Marks behind a year that nobody has counted yet.
const FORECASTS: &str = "e|f|est|fcst|forecast|estimate|estimated|projected|outlook|예상|전망|전망치|추정|추정치|예측|목표|계획|予想|予測|見込み|見通し";
/// Marks behind a year that may be counted anew.
const PROVISIONAL: &str =
    "p|prov|provisional|preliminary|잠정|잠정치|속보|속보치|速報|실적|actual|a";

const BARE: &str = "상반기|하반기|上半期|下半期|上期|下期|1h|2h|h1|h2|q1|q2|q3|q4|1q|2q|3q|4q|1/4분기|2/4분기|3/4분기|4/4분기";

/// How many places of a heading are tried.
const MAX_TRIES: usize = 8;

/// Whether a text is a period and no more.
pub(super) fn names_period(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 40 && (whole(text.split_at(unmarked(text).0.len()).0).is_some() || bare(text))
}

/// The period that a heading names.
pub(super) fn period_of(heading: &str) -> Option<Period<'_>> {
    if heading.len() > 200 {
        return None;
    }
    if let Some(found) = alone(heading, "") {
        return Some(found);
    }
    // `2023년점유율`, which nothing separates.
    let year = heading
        .split_at_checked(4)
        .filter(|(year, _)| is_year(year));
    if let Some((year, rest)) = year {
        let word = rest.trim_start_matches(['년', '年', '도', '度']);
        if !word.starts_with(|c: char| c.is_ascii_digit())
            && !word.is_empty()
            && word.len() < rest.len()
        {
            let rest = word.trim_start_matches([' ', '_', '-', ':', '/']);
            return alone(year, rest);
        }
    }
    let joints: Vec<(usize, char)> = heading
        .char_indices()
        .filter(|(_, c)| has(" _-:/,", *c))
        .take(MAX_TRIES)
        .collect();
    let ends = [' ', '_', '-', ':', ',', '/'];
    let first = joints.iter().rev().find_map(|(at, joint)| {
        let (front, rest) = heading.split_at_checked(*at)?;
        let rest = rest.get(joint.len_utf8()..)?.trim_start_matches(ends);
        alone(front.trim_end_matches(ends), rest)
    });
    first.or_else(|| {
        joints.iter().find_map(|(at, joint)| {
            let (rest, back) = heading.split_at_checked(*at)?;
            let back = back.get(joint.len_utf8()..)?;
            alone(back.trim_start_matches(ends), rest.trim_end_matches(ends))
        })
    })
}

/// A text that is a period, perhaps with a mark of what it is worth.
fn alone<'a>(text: &str, rest: &'a str) -> Option<Period<'a>> {
    let text = text.trim();
    let (core, forecast) = unmarked(text);
    let name = match whole(core) {
        Some(name) => name,
        None if bare(core) => core.to_owned(),
        None => return None,
    };
    Some(Period {
        name,
        rest: rest.trim(),
        forecast,
        bare: bare(core),
    })
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.bytes().all(|b| b.is_ascii_digit())
}

/// A period without a mark behind it, `2024(E)`, `2025F`, and whether that says that it is still to
/// come.
fn unmarked(text: &str) -> (&str, bool) {
    let in_brackets = text
        .strip_suffix([')', ']', '）'])
        .and_then(|rest| rest.rsplit_once(['(', '[', '（']));
    let letter = || {
        let (front, mark) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let after_digits = front.ends_with(|c: char| c.is_ascii_digit());
        after_digits.then_some((front, mark))
    };
    let spaced = || {
        text.char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace() || matches!(c, '년' | '年'))
            .and_then(|(at, c)| text.split_at_checked(at + c.len_utf8()))
    };
    for (front, mark) in [in_brackets, letter(), spaced()].into_iter().flatten() {
        let mark = mark.trim().trim_end_matches('.');
        if lists(FORECASTS, mark) {
            return (front.trim_end(), true);
        }
        if lists(PROVISIONAL, mark) {
            return (front.trim_end(), false);
        }
    }
    (text, false)
}

/// A period with a year, as it is printed: a plain year as a year, any other as it stands.
fn whole(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let digits =
        |text: &str| matches!(text.len(), 2 | 4) && text.bytes().all(|b| b.is_ascii_digit());
    // `FY24`, `FY2024`, `CY 2024`.
    for word in ["fy", "cy"] {
        let rest = lower
            .strip_prefix(word)
            .map(|rest| rest.trim_start_matches([' ', '\'']));
        if rest.is_some_and(digits) {
            return Some(text.to_owned());
        }
    }
    // `1Q24`, `2H2024`, `3Q'24`; `2023.1/4` and `2023 1/4분기` are quarters.
    let part = |c: char, number: &str| {
        let number = number.trim_start_matches(['\'', ' ']);
        matches!(c, 'q' | 'h') && digits(number)
    };
    let mut letters = lower.chars();
    if let (Some('1'..='4'), Some(c)) = (letters.next(), letters.next())
        && part(c, letters.as_str())
    {
        return Some(text.to_owned());
    }
    let quarter = lower
        .trim_end_matches("분기")
        .strip_suffix("/4")
        .and_then(|rest| rest.strip_suffix(['1', '2', '3', '4']))
        .map(|year| year.trim_end_matches(['.', ' ', '년', '-']));
    if quarter.is_some_and(is_year) {
        return Some(text.to_owned());
    }
    match dates::date(text, None) {
        Reading::Date(_, _) => {
            let year = text.trim_end_matches(['년', '年', '度', '도', ' ']);
            let year = year.trim_start_matches(' ');
            if is_year(year) {
                return Some(year.to_owned());
            }
            // A number of four digits may be anything, one that begins as years do is one.
            let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            (!plain || text.len() > 4 && (text.starts_with("19") || text.starts_with("20")))
                .then(|| text.to_owned())
        }
        Reading::ShortYear => Some(text.to_owned()),
        _ => None,
    }
}

/// Whether a text is a part of a year of which nobody says the year.
fn bare(text: &str) -> bool {
    let text = text.trim();
    let numbered = |word: &str, most: u32| {
        text.strip_suffix(word).is_some_and(|number| {
            let number = number.trim_start_matches(['제', '第']).trim();
            (1..=2).contains(&number.len())
                && number.bytes().all(|b| b.is_ascii_digit())
                && number
                    .parse()
                    .is_ok_and(|number| (1..=most).contains(&number))
        })
    };
    lists(BARE, text)
        || dates::month(text.trim_end_matches('.')).is_some()
        || numbered("분기", 4)
        || numbered("四半期", 4)
        || numbered("월", 12)
        || numbered("月", 12)
}

/// What orders periods: their numbers, those of years first, and months by their place in a year.
pub(super) fn key(period: &str) -> Vec<u32> {
    let (core, _) = unmarked(period.trim());
    if let Reading::Date(from, _) = dates::date(core, None)
        && !from.starts_with(['-', '~'])
    {
        return from
            .split(['-', 'Q', 'T'])
            .filter_map(|part| part.parse().ok())
            .collect();
    }
    let mut key = Vec::new();
    let mut rest = core;
    while let Some(first) = rest.chars().next() {
        let same = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit()
            } else {
                is_letter(c)
            }
        };
        let after = rest.trim_start_matches(same);
        let token = rest.strip_suffix(after).unwrap_or_default();
        if first.is_ascii_digit() {
            key.push(
                token
                    .get(..token.len().min(9))
                    .and_then(|token| token.parse().ok())
                    .unwrap_or(0),
            );
        } else if let Some(month) = dates::month(token) {
            key.push(month);
        } else if token.starts_with("상") || token.starts_with('上') {
            key.push(1);
        } else if token.starts_with("하") || token.starts_with('下') {
            key.push(2);
        }
        rest = if token.is_empty() {
            rest.get(first.len_utf8()..).unwrap_or_default()
        } else {
            after
        };
        if key.len() > 6 {
            break;
        }
    }
    // `Q1 2024`, `1Q24`, `Jan-24`: the year stands last.
    if let [.., last] = key.as_slice()
        && key.len() > 1
        && *last > 12
        && key.first().is_some_and(|first| *first <= 12)
    {
        key.rotate_right(1);
    }
    key
}
