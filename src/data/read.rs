//! Bytes to a JSON value, within limits that are checked before memory is taken.

use serde_json::Value;

use super::words::{clean, cut};
use crate::error::{Code, Error};

/// Bytes of a file.
const MAX_BYTES: usize = 32 << 20;
/// Objects in a file, and values in a file: what 100,000 rows can need. Counted before the file is parsed, because a parsed
/// object takes some 400 bytes even where its text has eight.
const MAX_OBJECTS: usize = 600_000;
const MAX_VALUES: usize = 3_000_000;
/// Items, events, links, roles.
pub(super) const MAX_ROWS: usize = 100_000;
/// Organisations, and everything of which there are fewer.
pub(super) const MAX_PARTIES: usize = 20_000;
/// Characters of a text; the rest is cut.
pub(super) const MAX_TEXT: usize = 4096;

/// Parses a file of one kind.
pub(super) fn file(bytes: &[u8], kind: &str) -> Result<Value, Error> {
    let value = json(bytes)?;
    let found = value.get("kind").and_then(Value::as_str);
    if found != Some(kind) {
        let mut detail = String::from("kind: ");
        detail.push_str(&cut(&clean(found.unwrap_or_default()), 80));
        return Err(Error::new(Code::WrongKind, detail));
    }
    if value.get("version").is_some_and(|version| version.as_u64() != Some(1)) {
        return Err(Error::new(Code::WrongKind, "version"));
    }
    Ok(value)
}

/// Parses JSON of any kind, within the limits.
pub(super) fn json(bytes: &[u8]) -> Result<Value, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large("bytes", bytes.len(), MAX_BYTES));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = core::str::from_utf8(bytes).map_err(|error| Error::new(Code::NotText, error.valid_up_to().to_string()))?;
    let (objects, values) = count(bytes);
    if objects > MAX_OBJECTS {
        return Err(too_large("objects", objects, MAX_OBJECTS));
    }
    if values > MAX_VALUES {
        return Err(too_large("values", values, MAX_VALUES));
    }
    serde_json::from_str(text).or_else(|error| {
        // Some writers put NaN, Infinity or 1e999 into JSON. That is one bad field of one row, not a bad file.
        serde_json::from_str(&quote_infinities(text)).map_err(|_| {
            let mut place = error.line().to_string();
            place.push(':');
            place.push_str(&error.column().to_string());
            Error::new(Code::NotJson, place)
        })
    })
}

/// An error that names what there is too much of, how much there is and how much there may be.
pub(super) fn too_large(what: &str, found: usize, limit: usize) -> Error {
    let mut detail = String::from(what);
    for (mark, number) in [(" ", found), (" > ", limit)] {
        detail.push_str(mark);
        detail.push_str(&number.to_string());
    }
    Error::new(Code::TooLarge, detail)
}

/// Objects, and upper bound of values, that the text can hold.
fn count(bytes: &[u8]) -> (usize, usize) {
    let (mut objects, mut values, mut inside, mut escaped) = (0, 1, false, false);
    for &byte in bytes {
        if inside {
            inside = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => inside = true,
            b'{' => {
                objects += 1;
                values += 1;
            }
            b'[' | b',' => values += 1,
            _ => {}
        }
    }
    (objects, values)
}

/// Puts quotation marks round every bare token that is a number but not a finite one.
fn quote_infinities(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len() + 16), text);
    while let Some(first) = rest.chars().next() {
        let token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        let end = if first == '"' {
            let mut escaped = false;
            let close = rest.bytes().skip(1).position(|byte| {
                let closes = !escaped && byte == b'"';
                escaped = !escaped && byte == b'\\';
                closes
            });
            close.map_or(rest.len(), |close| close + 2)
        } else if token(first) {
            rest.find(|c| !token(c)).unwrap_or(rest.len())
        } else {
            rest.find(|c| c == '"' || token(c)).unwrap_or(rest.len())
        };
        let Some((front, after)) = rest.split_at_checked(end) else {
            break;
        };
        let quoted = token(first) && not_finite(front);
        for part in [if quoted { "\"" } else { "" }, front, if quoted { "\"" } else { "" }] {
            out.push_str(part);
        }
        rest = after;
    }
    out
}

/// Whether a word means a number that is not finite: NaN, infinity, or one that is larger than a number can be.
pub(super) fn not_finite(word: &str) -> bool {
    let word = word.strip_prefix(['-', '+']).unwrap_or(word);
    let (front, power) = word.split_once(['e', 'E']).unwrap_or((word, "0"));
    let power = power.strip_prefix(['-', '+']).unwrap_or(power);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, part) = front.split_once('.').unwrap_or((front, "0"));
    let number = digits(whole) && digits(part) && digits(power) && !whole.starts_with('0');
    ["nan", "inf", "infinity"].iter().any(|name| word.eq_ignore_ascii_case(name)) || (number && serde_json::from_str::<Value>(word).is_err())
}
