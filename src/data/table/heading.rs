//! The unit in a heading: in brackets, behind a comma, an underscore or «in».

use super::quantity::Unit;
use super::units::{
    MAX_BYTES, Words, after_word, cut, has, is_letter, known, lists, plain, with_blanks,
};

/// Words of a heading that make its values estimates.
const ESTIMATES: &str = "estimates|estimated|est.|est|approx.|approx|추정치|추정|추산|推定|약|約";

/// Names of columns that say nothing but that there is a number: in brackets behind them stands what
/// is counted.
const PLAIN_NAMES: &str =
    "value|values|amount|number|count|quantity|수|값|수량|수치|개수|数|値|数量";

/// A word that says neither what is counted nor by what it was multiplied.
const QUALIFIERS: &str =
    "total|net|gross|actual|forecast|planned|nominal|real|annual|cumulative|global|average";

/// How many places of one heading are tried: a heading of commas alone costs no more than others.
const MAX_TRIES: usize = 5;

/// Pairs of brackets.
const BRACKETS: &str = "()[]（）［］【】〔〕";

/// The name of a heading without its unit, and the unit: `투자금(억원)` are 10^8 KRW. A unit is only
/// what is known as one; what stands in brackets behind a bare «value» is what is counted.
pub fn heading(text: &str) -> (String, Option<Unit>) {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return (cut(text), None);
    }
    match bracket(text).or_else(|| tail(text)) {
        // A heading that is all unit still needs a name.
        Some((name, unit)) if name.is_empty() || name.eq_ignore_ascii_case("in") => {
            (text.to_owned(), Some(unit))
        }
        Some((name, unit)) => (name, Some(unit)),
        // `% of respondents`
        None if text.starts_with("% ") => {
            let percent = true;
            (
                text.to_owned(),
                Some(Unit {
                    percent,
                    ..Unit::default()
                }),
            )
        }
        None => (text.to_owned(), None),
    }
}

/// A heading without the last of its brackets in which a unit stands.
fn bracket(text: &str) -> Option<(String, Unit)> {
    let open = |(_, c): &(usize, char)| BRACKETS.chars().step_by(2).any(|open| open == *c);
    let opens = text.char_indices().rev().filter(open);
    opens.take(MAX_TRIES).find_map(|(at, open)| {
        let close = BRACKETS.chars().skip_while(|c| *c != open).nth(1)?;
        let (before, rest) = text.split_at_checked(at)?;
        let (inside, after) = rest.get(open.len_utf8()..)?.split_once(close)?;
        let (before, after) = (before.trim(), after.trim());
        let joint = if before.is_empty() || after.is_empty() {
            ""
        } else {
            " "
        };
        let mut name = [before, joint, after].concat();
        let inside = plain(inside);
        let (unit, left) = pieces(&inside, is_plain(&name))?;
        // What is no unit stays with the name.
        if !left.is_empty() {
            name = [&name, " (", &left.join(", "), ")"].concat();
        }
        Some((name, unit))
    })
}

/// A heading and the unit that it ends with.
fn tail(text: &str) -> Option<(String, Unit)> {
    let split = |at: usize, mark: &str| {
        let (name, rest) = text.split_at_checked(at)?;
        let rest = with_blanks(&plain(rest.get(mark.len()..)?), "_");
        // A space alone joins words: only signs and codes are sure to be units behind it.
        let sure = rest.starts_with(|c| has("$€£₩%", c))
            || has(&rest, '$')
            || rest.bytes().take_while(u8::is_ascii_uppercase).count() == 3;
        if rest.is_empty() || mark == " " && !sure {
            return None;
        }
        let (unit, left) = pieces(&rest, false)?;
        let says = unit.currency.is_some()
            || unit.percent
            || unit.power != 0 && unit.name.is_empty()
            || unit.name.chars().count() > 1
            || !unit.name.is_ascii();
        if !says || mark == " " && unit.currency.is_none() && !unit.percent {
            return None;
        }
        let name = name.trim();
        match (left.is_empty(), mark) {
            (true, _) => Some((name.to_owned(), unit)),
            // «in billions of dollars, as of March» says more behind it.
            (false, " in ") => Some(([name, ", ", &left.join(", ")].concat(), unit)),
            _ => None,
        }
    };
    for mark in [", ", ",", " in ", "_", " "] {
        let stands = |at: &usize| {
            let rest = text.get(*at..);
            rest.is_some_and(|rest| rest.starts_with(mark))
        };
        let places: Vec<usize> = (0..text.len())
            .rev()
            .filter(stands)
            .take(MAX_TRIES)
            .collect();
        for at in places.into_iter().rev() {
            if let Some(found) = split(at, mark) {
                return Some(found);
            }
        }
    }
    let name = text.strip_suffix(['%', '％'])?;
    split(name.len(), "")
}

fn is_plain(name: &str) -> bool {
    lists(PLAIN_NAMES, name)
}

/// The unit of a text, in pieces between commas, and the pieces that are none.
fn pieces(text: &str, plain_name: bool) -> Option<(Unit, Vec<&str>)> {
    let (mut words, mut counted, mut left) = (Words::default(), "", Vec::new());
    let text = ["단위", "単位", "units", "unit", "in"]
        .iter()
        .find_map(|word| after_word(text, word))
        .map_or(text, |rest| rest.trim_start().trim_start_matches(':'));
    let (power, text) = multiple(text.trim());
    if text.matches([',', ';', '、']).count() > MAX_TRIES {
        return None;
    }
    for piece in text.split([',', ';', '、']).map(str::trim) {
        if lists(ESTIMATES, piece) {
            words.unit.approx = true;
            continue;
        }
        let waited = words.has_letter();
        // `constant US$`, `current 2015 US$`: what they are worth stays with the name.
        let worth = ["constant", "current", "nominal", "real"]
            .iter()
            .find_map(|word| {
                let rest = after_word(piece, word)?.trim_start();
                let rest = rest
                    .trim_start_matches(|c: char| c.is_ascii_digit())
                    .trim_start();
                (!rest.is_empty() && words.clone().take(rest, false) == Some("")).then_some(rest)
            });
        let piece = worth.map_or(piece, |rest| {
            left.push(piece.strip_suffix(rest).unwrap_or_default().trim_end());
            rest
        });
        let rest = words.take(piece, false)?;
        if rest.is_empty() {
            continue;
        }
        // «A, B and C» has no unit B.
        if words.has_letter() && !waited && words.unit.currency.is_none() {
            return None;
        }
        let begun = rest.len() < piece.len();
        let few = rest.split(' ').count() <= 3
            && rest.starts_with(|c: char| is_letter(c) || c == '/')
            && !rest.bytes().any(|b| b.is_ascii_digit());
        let free = begun || plain_name && !lists(QUALIFIERS, rest);
        if counted.is_empty() && (known(rest, false) || few && free) {
            counted = rest;
        } else if begun {
            return None;
        } else {
            left.push(piece);
        }
    }
    let unit = words.done(counted)?;
    let says = unit.power != 0 || unit.currency.is_some() || unit.percent;
    (says || !unit.name.is_empty()).then(|| {
        let power = unit.power + power;
        (Unit { power, ..unit }, left)
    })
}

/// The power of ten in figures before a unit, `10억 달러`, `1,000명`, and what follows.
fn multiple(text: &str) -> (i32, &str) {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    let figures = text.strip_suffix(rest).unwrap_or_default();
    let zeros = figures.bytes().filter(|b| *b == b'0').count();
    let one = figures
        .strip_prefix('1')
        .is_some_and(|rest| rest.bytes().all(|b| b"0,".contains(&b)));
    if one && !figures.ends_with(',') && zeros > 0 && zeros < 16 && !rest.is_empty() {
        (zeros as i32, rest.trim_start())
    } else {
        (0, text)
    }
}
