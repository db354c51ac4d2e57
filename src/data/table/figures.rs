//! Figures as they are written: digits in groups, decimals, exponents, and the powers of ten that
//! Korean, Japanese and Chinese put between them.

use super::quantity::Decimal;
use super::units::{has, tens};

/// A number without its sign.
#[derive(Default)]
pub(super) struct Figures {
    /// The digits as JSON writes them; of two readings the one in groups.
    pub(super) digits: String,
    /// The reading with decimals, where there are two.
    pub(super) decimals: Option<String>,
    /// The mark that can be either.
    pub(super) mark: char,
    /// What it proves of the mark before decimals.
    pub(super) evidence: Option<Decimal>,
    pub(super) power: i32,
}

/// Whether a number begins here.
pub(super) fn begins(text: &str) -> bool {
    let text = text.strip_prefix('.').unwrap_or(text);
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// The number in front of a text, and what follows: `1조 3,000억` is 13000 times 10^8. `여`, «and
/// some», makes it approximate.
pub(super) fn figures<'a>(text: &'a str, approx: &mut bool) -> Option<(Figures, &'a str)> {
    let (mut terms, mut rest): (Vec<Figures>, _) = (Vec::new(), text);
    // From which term on `만` and its like have not been met.
    let mut open = 0;
    loop {
        let (token, after) = token(rest)?;
        let mut term = shape(token)?;
        let (exponent, after) = exponent(after);
        let spoken = some(after, approx);
        let (small, big, after) = tens(spoken.trim_start());
        term.power = exponent + small;
        terms.push(term);
        if big > 0 {
            for term in terms.iter_mut().skip(open) {
                term.power += big;
            }
            open = terms.len();
        }
        if small + big == 0 {
            rest = spoken;
            break;
        }
        rest = some(after, approx);
        if !begins(rest.trim_start()) {
            break;
        }
        rest = rest.trim_start();
    }
    if terms.len() == 1 {
        return Some((terms.pop()?, rest));
    }
    Some((sum(&terms)?, rest))
}

/// What follows `여`.
fn some<'a>(text: &'a str, approx: &mut bool) -> &'a str {
    let after = text.strip_prefix('여');
    *approx |= after.is_some();
    after.unwrap_or(text)
}

/// The sum of terms each of which ends where the next begins. `None` where they overlap: `1조
/// 13,000억` is a slip of the pen.
fn sum(terms: &[Figures]) -> Option<Figures> {
    let last = terms.last()?;
    let (mut digits, mut above) = (String::new(), None);
    for (at, term) in terms.iter().enumerate() {
        // Between words of Korean a comma groups; decimals end a number.
        let text = match &term.decimals {
            Some(decimals) if term.mark == '.' => decimals,
            _ => &term.digits,
        };
        let whole = text.split('.').next().unwrap_or_default();
        if let Some(above) = above {
            let room = usize::try_from(above - term.power).ok()?;
            let zeros = room.checked_sub(whole.len())?;
            digits.extend(core::iter::repeat_n('0', zeros));
        }
        if at + 1 < terms.len() && has(text, '.') {
            return None;
        }
        digits.push_str(text);
        above = Some(term.power);
    }
    Some(Figures {
        digits: lean(&digits, ""),
        power: last.power,
        mark: last.mark,
        evidence: Some(Decimal::Point),
        decimals: None,
    })
}

/// The digits in front of a text with the marks between them, and what follows. A space stands
/// between them only before three.
fn token(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while let Some(byte) = bytes.get(end) {
        let more = match byte {
            b'0'..=b'9' => true,
            b',' | b'.' | b'\'' => digit(end + 1),
            b' ' => (1..=3).all(|ahead| digit(end + ahead)) && !digit(end + 4),
            _ => false,
        };
        if !more {
            break;
        }
        end += 1;
    }
    text.split_at_checked(end).filter(|_| end > 0)
}

/// What the marks of a number mean. `None` where they mean nothing: `2024.3.5`.
fn shape(token: &str) -> Option<Figures> {
    let groups: Vec<&str> = token.split(|c: char| !c.is_ascii_digit()).collect();
    let marks: Vec<char> = token.chars().filter(|c| !c.is_ascii_digit()).collect();
    let (Some(first), Some(last)) = (marks.first(), marks.last()) else {
        return Some(Figures {
            digits: lean(token, ""),
            ..Figures::default()
        });
    };
    let proof = |point: bool| {
        Some(if point {
            Decimal::Point
        } else {
            Decimal::Comma
        })
    };
    let (fraction, whole) = groups.split_last()?;
    let separates = matches!(last, ',' | '.');
    if marks.iter().all(|mark| mark == first) {
        let digits = lean(&groups.concat(), "");
        let (mut decimals, mut evidence) = (None, None);
        match (grouped(&groups), marks.len()) {
            (true, 1) if separates => decimals = Some(lean(&whole.concat(), fraction)),
            (true, _) => evidence = proof(*last == ',').filter(|_| separates),
            (false, 1) if separates => {
                return Some(Figures {
                    digits: lean(&whole.concat(), fraction),
                    evidence: proof(*last == '.'),
                    ..Figures::default()
                });
            }
            _ => return None,
        }
        return Some(Figures {
            digits,
            decimals,
            mark: *last,
            evidence,
            power: 0,
        });
    }
    let (_, between) = marks.split_last()?;
    let alike = between.iter().all(|mark| mark == first);
    (separates && alike && grouped(whole)).then(|| Figures {
        digits: lean(&whole.concat(), fraction),
        evidence: proof(*last == '.'),
        ..Figures::default()
    })
}

/// Whether groups of digits are those of thousands, or, as in India, of hundreds above one of
/// thousands: `1,23,456`.
fn grouped(groups: &[&str]) -> bool {
    groups.split_first().is_some_and(|(first, rest)| {
        let indian = rest.split_last().is_some_and(|(last, above)| {
            last.len() == 3 && !above.is_empty() && above.iter().all(|group| group.len() == 2)
        });
        (1..=3).contains(&first.len())
            && !first.starts_with('0')
            && (rest.iter().all(|group| group.len() == 3) || indian && first.len() < 3)
    })
}

/// A number as JSON writes it: no zeros in front.
fn lean(whole: &str, fraction: &str) -> String {
    let (whole, more) = whole.split_once('.').unwrap_or((whole, fraction));
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if more.is_empty() { "" } else { "." };
    [whole, point, more].concat()
}

/// A number without an exponent times a hundred: `0.425` is `42.5`.
pub(super) fn hundredfold(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (sign, whole) = match whole.strip_prefix('-') {
        Some(whole) => ("-", whole),
        None => ("", whole),
    };
    let padded = [fraction, "00"].concat();
    let (front, rest) = padded.split_at_checked(2).unwrap_or((&padded, ""));
    let rest = rest.strip_suffix("00").unwrap_or(rest);
    [sign, &lean(&[whole, front].concat(), rest)].concat()
}

/// The exponent in front of a text, `e+07`, and what follows.
fn exponent(text: &str) -> (i32, &str) {
    let read = || {
        let rest = text.strip_prefix(['e', 'E'])?;
        let (sign, rest) = match rest.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, rest.strip_prefix('+').unwrap_or(rest)),
        };
        let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = rest.strip_suffix(after).filter(|d| d.len() <= 4)?;
        let add = |power, digit| power * 10 + i32::from(digit - b'0');
        let power = digits.bytes().fold(0, add);
        (!digits.is_empty()).then_some((sign * power, after))
    };
    read().unwrap_or((0, text))
}
