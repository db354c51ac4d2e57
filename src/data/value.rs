//! What a message or a file holds, whatever it was written in: one tree of values that borrows its texts.
//!
//! It comes off a tape. In the browser the host parses JSON, which browsers do well and for nothing, and writes the tape
//! (`www/host/tape.js`); elsewhere `json.rs` writes the same tape. A tape is numbers and texts: every value begins with one of the
//! marks below; a number follows its mark and leaves its spelling among the texts; a list or an object follows with its length,
//! an object leaves all its keys among the texts, then come the values in order. Texts end in a NUL and hold none.

use crate::error::{Code, Error};

/// Lists in lists: more has no meaning in any file, and recursion must end.
const MAX_DEPTH: usize = 128;

/// One value. Numbers keep their spelling: that is what an issue shows, and no table for printing floats is needed.
#[derive(Debug, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, perhaps not a finite one, and its spelling; in a table also a text that reads as a number, such as `1,234` or `92%`.
    Number(f64, &'a str),
    /// A text.
    Text(&'a str),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object: keys are unique.
    Row(Vec<(&'a str, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// Reads a tape. Every mark and length is checked: a tape is as untrusted as what it was made from.
    ///
    /// # Errors
    /// `not-json` for values nested too deep and for a tape that breaks off.
    pub fn read(numbers: &'a [f64], texts: &'a str) -> Result<Self, Error> {
        let mut tape = Tape { numbers, texts };
        tape.value(MAX_DEPTH).ok_or_else(|| Error::new(Code::NotJson, ""))
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> &Value<'a> {
        if let Value::Row(fields) = self {
            for (name, value) in fields {
                if *name == key {
                    return value;
                }
            }
        }
        &Value::Null
    }

    /// The text, or an empty one.
    pub fn text(&self) -> &'a str {
        if let Value::Text(text) = self { text } else { "" }
    }

    /// The number, or NaN.
    pub fn number(&self) -> f64 {
        if let Value::Number(number, _) = self { *number } else { f64::NAN }
    }

    /// The values of a list, or none.
    pub fn list(&self) -> &[Value<'a>] {
        if let Value::List(list) = self { list } else { &[] }
    }

    /// The spelling of a text or a number.
    pub(super) fn spelling(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) | Value::Number(_, text) => Some(text),
            _ => None,
        }
    }
}

struct Tape<'a> {
    numbers: &'a [f64],
    texts: &'a str,
}

impl<'a> Tape<'a> {
    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        Some(match self.number()? as u8 {
            0 => Value::Null,
            1 => Value::Bool(false),
            2 => Value::Bool(true),
            3 => Value::Text(self.text()?),
            4 => Value::Number(self.number()?, self.text()?),
            5 => {
                let length = self.length(depth)?;
                let mut list = Vec::with_capacity(length);
                for _ in 0..length {
                    list.push(self.value(depth - 1)?);
                }
                Value::List(list)
            }
            6 => {
                let length = self.length(depth)?;
                let mut fields = Vec::with_capacity(length);
                for _ in 0..length {
                    fields.push((self.text()?, Value::Null));
                }
                for field in &mut fields {
                    field.1 = self.value(depth - 1)?;
                }
                Value::Row(fields)
            }
            _ => return None,
        })
    }

    fn number(&mut self) -> Option<f64> {
        let (first, rest) = self.numbers.split_first()?;
        self.numbers = rest;
        Some(*first)
    }

    fn text(&mut self) -> Option<&'a str> {
        let (first, rest) = self.texts.split_once('\0')?;
        self.texts = rest;
        Some(first)
    }

    /// How many values follow: no more than there are numbers left, so that memory is taken only for what is there.
    fn length(&mut self, depth: usize) -> Option<usize> {
        let length = self.number()? as usize;
        (depth > 0 && length <= self.numbers.len()).then_some(length)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
mod tests {
    use super::*;

    #[test]
    fn a_tape_that_breaks_off_or_lies_is_refused() {
        let whole: [f64; 8] = [6.0, 2.0, 5.0, 2.0, 0.0, 4.0, 7.5, 3.0];
        let texts = "a\0b\x007.5\0x\0";
        let read = Value::read(&whole, texts).unwrap();
        assert_eq!(read.get("a"), &Value::List(vec![Value::Null, Value::Number(7.5, "7.5")]));
        assert_eq!(read.get("b").text(), "x");
        for end in 0..whole.len() {
            assert!(Value::read(&whole[..end], texts).is_err(), "{end}");
        }
        for end in 0..texts.len() {
            assert!(Value::read(&whole, &texts[..end]).is_err(), "{end}");
        }
        for wrong in [[7.0, 0.0], [5.0, 1e300], [5.0, -1.0], [6.0, f64::INFINITY], [f64::NAN, 3.0], [6.0, 2.0]] {
            let read = Value::read(&wrong, "a\0");
            assert!(read.is_err() || matches!(read, Ok(Value::Null | Value::List(_))), "{wrong:?}");
        }
        let deep: Vec<f64> = [5.0, 1.0].repeat(100_000);
        assert_eq!(Value::read(&deep, "").unwrap_err().code(), "not-json");
    }
}
