//! JSON text to values, in one go: RFC 8259, its texts borrowed where they stand in it as they are.
//! Half of the size of a reader for any type.

use super::number::number;
use crate::data::value::{Texts, Value};
use crate::data::{MAX_OBJECTS, MAX_VALUES};

/// Lists and objects that may stand in each other.
const MAX_DEPTH: usize = 127;

/// What comes next is no JSON; where, the parser knows.
pub(super) struct Stop;

/// Reads values from a place on.
pub(super) struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// The next byte.
    pub(super) at: usize,
    texts: &'a Texts,
    /// How much has been read.
    pub(super) objects: usize,
    pub(super) values: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, at: usize, texts: &'a Texts) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at,
            texts,
            objects: 0,
            values: 0,
        }
    }

    /// Reads one value that is all of the text.
    pub(super) fn all(&mut self) -> Result<Value<'a>, Stop> {
        let value = self.value(0)?;
        match self.after_blanks() {
            None => Ok(value),
            Some(_) => Err(Stop),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte that is no blank.
    fn after_blanks(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
        self.peek()
    }

    /// Takes a byte that has to come next.
    fn expect(&mut self, byte: u8) -> Result<(), Stop> {
        if self.peek() != Some(byte) {
            return Err(Stop);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads the value that comes next, so deep in others.
    pub(super) fn value(&mut self, depth: usize) -> Result<Value<'a>, Stop> {
        self.values += 1;
        // No memory is taken for what is too much.
        if self.objects > MAX_OBJECTS || self.values > MAX_VALUES {
            return Err(Stop);
        }
        Ok(match self.after_blanks().ok_or(Stop)? {
            b'"' => Value::Text(self.string()?),
            b'-' | b'0'..=b'9' => {
                let from = self.at;
                self.number()?;
                let spelling = self.text.get(from..self.at).unwrap_or_default();
                Value::Number(number(spelling), spelling)
            }
            b'{' if depth < MAX_DEPTH => {
                let mut fields = Vec::new();
                while self.more(b'}', fields.is_empty())? {
                    let key = self.string()?;
                    self.after_blanks();
                    self.expect(b':')?;
                    fields.push((key, self.value(depth + 1)?));
                }
                self.objects += 1;
                Value::Row(fields)
            }
            b'[' if depth < MAX_DEPTH => {
                let mut list = Vec::new();
                while self.more(b']', list.is_empty())? {
                    list.push(self.value(depth + 1)?);
                }
                Value::List(list)
            }
            b't' => self.word("true", Value::Bool(true))?,
            b'f' => self.word("false", Value::Bool(false))?,
            b'n' => self.word("null", Value::Null)?,
            _ => return Err(Stop),
        })
    }

    /// Whether one more comes in a list or an object, be it behind its bracket or behind a comma.
    fn more(&mut self, end: u8, first: bool) -> Result<bool, Stop> {
        if first {
            self.at += 1;
        }
        let next = self.after_blanks();
        if next == Some(end) {
            self.at += 1;
            return Ok(false);
        }
        if !first {
            self.expect(b',')?;
            // No comma stands before the end.
            if self.after_blanks() == Some(end) {
                return Err(Stop);
            }
        }
        Ok(true)
    }

    fn word(&mut self, word: &str, value: Value<'a>) -> Result<Value<'a>, Stop> {
        for byte in word.bytes() {
            self.expect(byte)?;
        }
        Ok(value)
    }

    /// Passes over a number.
    fn number(&mut self) -> Result<(), Stop> {
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
            // No zero stands in front.
            if matches!(self.peek(), Some(b'0'..=b'9')) {
                return Err(Stop);
            }
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), Stop> {
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at > from { Ok(()) } else { Err(Stop) }
    }

    /// Reads a text with its quotation marks.
    fn string(&mut self) -> Result<&'a str, Stop> {
        self.expect(b'"')?;
        let mut from = self.at;
        let mut out = String::new();
        loop {
            let byte = self.peek().filter(|byte| *byte >= b' ').ok_or(Stop)?;
            if byte == b'"' || byte == b'\\' {
                let plain = self.text.get(from..self.at).unwrap_or_default();
                self.at += 1;
                if byte == b'"' && out.is_empty() {
                    return Ok(plain);
                }
                out.push_str(plain);
                if byte == b'"' {
                    return Ok(self.texts.alloc_str(&out));
                }
                out.push(self.escape()?);
                from = self.at;
            } else {
                self.at += 1;
            }
        }
    }

    /// Reads what stands behind a backslash.
    fn escape(&mut self) -> Result<char, Stop> {
        let byte = self.peek().ok_or(Stop)?;
        if byte == b'u' {
            self.at += 1;
            let mut code = self.hex()?;
            if (0xD800..0xDC00).contains(&code) {
                self.expect(b'\\')?;
                self.expect(b'u')?;
                let low = self.hex()?.wrapping_sub(0xDC00);
                if low >= 0x400 {
                    return Err(Stop);
                }
                code = 0x1_0000 + ((code - 0xD800) << 10) + low;
            }
            return char::from_u32(code).ok_or(Stop);
        }
        let sign = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{C}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            _ => return Err(Stop),
        };
        self.at += 1;
        Ok(sign)
    }

    /// Reads four figures.
    fn hex(&mut self) -> Result<u32, Stop> {
        let mut code = 0;
        for _ in 0..4 {
            let byte = self.peek().ok_or(Stop)?;
            let figure = char::from(byte).to_digit(16).ok_or(Stop)?;
            code = code * 16 + figure;
            self.at += 1;
        }
        Ok(code)
    }
}
