//! JSON to a tape where no host does it: for the command line and the tests. Not in the wasm.

use serde_json::Value as Json;

use super::value::Value;
use super::{MAX_BYTES, MAX_OBJECTS, MAX_VALUES, too_large};
use crate::error::{Code, Error, Issue};

/// What [`Value::read`] reads, made from JSON.
#[derive(Debug, Default)]
pub struct Tape {
    numbers: Vec<f64>,
    texts: String,
}

impl Tape {
    /// Parses JSON within the limits, which are checked before memory is taken. `cells` says that texts may be numbers as people write them.
    ///
    /// # Errors
    /// `not-text`, `not-json` (detail `line:column`), `too-large`.
    pub fn parse(bytes: &[u8], cells: bool) -> Result<Self, Error> {
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
        let json: Json = serde_json::from_str(text).or_else(|error| {
            serde_json::from_str(&quote_infinities(text)).map_err(|_| Error::new(Code::NotJson, format!("{}:{}", error.line(), error.column())))
        })?;
        let mut tape = Self::default();
        tape.write(&json, cells);
        Ok(tape)
    }

    /// The value on the tape.
    ///
    /// # Errors
    /// As [`Value::read`].
    pub fn value(&self) -> Result<Value<'_>, Error> {
        Value::read(&self.numbers, &self.texts)
    }

    fn text(&mut self, text: &str) {
        self.texts.extend(text.chars().filter(|c| *c != '\0'));
        self.texts.push('\0');
    }

    fn write(&mut self, json: &Json, cells: bool) {
        match json {
            Json::Null => self.numbers.push(0.0),
            Json::Bool(yes) => self.numbers.push(if *yes { 2.0 } else { 1.0 }),
            Json::String(text) => {
                match cell_number(text).filter(|_| cells) {
                    Some(number) => self.numbers.extend([4.0, number]),
                    None => self.numbers.push(3.0),
                }
                self.text(text);
            }
            Json::Number(number) => {
                // A number that is too large for f64 is one bad field of one row, not a bad file.
                self.numbers.extend([4.0, number.as_f64().unwrap_or(f64::INFINITY)]);
                // The parser writes 1e9 as 1e+9.
                self.text(&number.as_str().replace("e+", "e"));
            }
            Json::Array(list) => {
                self.numbers.extend([5.0, list.len() as f64]);
                for value in list {
                    self.write(value, cells);
                }
            }
            Json::Object(map) => {
                self.numbers.extend([6.0, map.len() as f64]);
                for key in map.keys() {
                    self.text(key);
                }
                for value in map.values() {
                    self.write(value, cells);
                }
            }
        }
    }
}

/// Reads bytes by the reader of a kind of file.
pub(super) fn read<T: Default>(
    bytes: &[u8],
    table: bool,
    read: impl FnOnce(&mut T, &Value<'_>, bool) -> Result<Vec<Issue>, Error>,
) -> Result<(T, Vec<Issue>), Error> {
    let mut out = T::default();
    let issues = read(&mut out, &Tape::parse(bytes, table)?.value()?, table)?;
    Ok((out, issues))
}

/// A number as people write it in a cell: `1,234.5`, `92%`, `$5`, `약 7`. Commas stand before three digits, or they may be decimal ones.
/// `www/host/tape.js` has the same rule; `tests/fixtures/cells.json` holds both to it.
fn cell_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let text = ["~", "≈", "약 "].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text).trim_start();
    let text = text.trim_end_matches('%').trim_end();
    let text = text.strip_prefix("US").unwrap_or(text);
    let text = text.strip_prefix(['$', '₩', '+']).unwrap_or(text);
    let whole = text.split_once('.').map_or(text, |parts| parts.0);
    let mut groups = whole.split(',');
    if matches!(groups.next(), Some("" | "-")) || groups.any(|group| group.len() != 3) || text.len() > 40 {
        return None;
    }
    serde_json::from_str::<serde_json::Number>(&text.replace(',', "")).ok()?.as_f64()
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

/// Puts quotation marks round NaN and Infinity, which some writers put into JSON: that is one bad field of one row, not a bad file.
fn quote_infinities(text: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::with_capacity(text.len() + 16), false, false);
    let mut from = 0;
    let word = |until: usize, out: &mut String, from: usize| {
        let word = text.get(from..until).unwrap_or_default();
        let quote = if super::row::not_finite(word) { "\"" } else { "" };
        out.extend([quote, word, quote]);
    };
    for (at, c) in text.char_indices() {
        if !inside && (c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')) {
            continue;
        }
        if !inside {
            word(at, &mut out, from);
        }
        out.push(c);
        from = at + c.len_utf8();
        (inside, escaped) = (inside ^ (c == '"' && !escaped), inside && c == '\\' && !escaped);
    }
    if !inside {
        word(text.len(), &mut out, from);
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn cells_read_as_numbers_as_the_fixture_says() {
        let cells: Vec<(String, Option<f64>)> = match serde_json::from_str(include_str!("../../tests/fixtures/cells.json")).unwrap() {
            Json::Object(map) => map.into_iter().map(|(text, number)| (text, number.as_f64())).collect(),
            _ => vec![],
        };
        assert!(cells.len() > 30);
        for (text, number) in cells {
            assert_eq!(cell_number(&text), number, "{text:?}");
        }
    }
}
