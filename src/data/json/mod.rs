//! JSON text to values, by `serde_json`. Not here: what a file has to hold.
//!
//! Limits are counted while it is read, so that no memory is taken for what is too much. What other
//! writers put into JSON although it has no word for it, NaN and halves of characters, costs a
//! field and not the file.

mod lenient;
mod number;
#[cfg(feature = "author-tools")]
mod source_lines;
#[cfg(feature = "tables")]
mod write;

use core::cell::Cell;
use core::fmt;

use serde::de::{DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::de::Deserializer;

use crate::data::value::{Texts, Value};
use crate::data::{MAX_BYTES, MAX_OBJECTS, MAX_VALUES, too_large};
use crate::error::{Code, Error, Issue};

#[cfg(feature = "tables")]
pub(super) use number::{cell_number, number};
#[cfg(feature = "author-tools")]
pub(super) use source_lines::SourceLines;

use lenient::mend;
use number::plain_number;

/// Reads JSON text and hands over what it holds, with the text that it borrows from.
///
/// # Errors
/// `not-json` (detail `line:column`), `too-large`, and those of `then`.
pub(super) fn read<T>(
    text: &str,
    then: impl FnOnce(Value<'_>, &str) -> Result<T, Error>,
) -> Result<T, Error> {
    if text.len() > MAX_BYTES {
        return Err(too_large("bytes", text.len(), MAX_BYTES));
    }
    let texts = Texts::new();
    let mended;
    let (value, text) = match parse(text, &texts) {
        Err(error) if error.code() == "not-json" => {
            mended = mend(text);
            (parse(&mended, &texts).map_err(|_| error)?, &*mended)
        }
        read => (read?, text),
    };
    then(value, text)
}

/// Reads the bytes of JSON by the reader of a kind of file.
pub(super) fn read_bytes<T: Default>(
    bytes: &[u8],
    then: impl FnOnce(&mut T, &Value<'_>) -> Result<Vec<Issue>, Error>,
) -> Result<(T, Vec<Issue>), Error> {
    let mut out = T::default();
    let issues = read(utf8(bytes)?, |file, _| then(&mut out, &file))?;
    Ok((out, issues))
}

/// Reads the bytes of a table, `{"head":[…],"rows":[[…]]}`, by the reader of a kind of file.
#[cfg(feature = "tables")]
pub(super) fn read_table_bytes<T: Default>(
    bytes: &[u8],
    kind: &str,
    then: impl FnOnce(&mut T, &Value<'_>) -> Result<Vec<Issue>, Error>,
) -> Result<(T, Vec<Issue>), Error> {
    let mut out = T::default();
    let issues = read(utf8(bytes)?, |file, _| {
        let ask = crate::data::input::Ask {
            kind,
            ..Default::default()
        };
        let texts = Texts::new();
        crate::data::input::read_table(&file, &ask, &texts, |_, file| then(&mut out, file))
    })?;
    Ok((out, issues))
}

/// Bytes as the text that JSON has to be, without the mark that some editors begin it with.
pub(super) fn utf8(bytes: &[u8]) -> Result<&str, Error> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large("bytes", bytes.len(), MAX_BYTES));
    }
    let text = core::str::from_utf8(bytes)
        .map_err(|error| Error::new(Code::NotText, error.valid_up_to().to_string()))?;
    Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text))
}

impl<'a> Value<'a> {
    /// The value of a JSON text. Texts that stand in it with escapes go to `texts`.
    ///
    /// # Errors
    /// `not-json` (detail `line:column`), `too-large`.
    pub fn parse(text: &'a str, texts: &'a Texts) -> Result<Self, Error> {
        parse(text, texts)
    }
}

fn parse<'a>(text: &'a str, texts: &'a Texts) -> Result<Value<'a>, Error> {
    let limits = Limits::default();
    let mut json = Deserializer::from_str(text);
    let read = Reader {
        limits: &limits,
        texts,
    }
    .deserialize(&mut json)
    .and_then(|value| json.end().map(|()| value));
    if limits.objects.get() > MAX_OBJECTS {
        return Err(too_large("objects", limits.objects.get(), MAX_OBJECTS));
    }
    if limits.values.get() > MAX_VALUES {
        return Err(too_large("values", limits.values.get(), MAX_VALUES));
    }
    read.map_err(|error| {
        // The parser counts a column in bytes.
        let line = text
            .split('\n')
            .nth(error.line().saturating_sub(1))
            .unwrap_or_default();
        let column = line
            .char_indices()
            .take_while(|(at, _)| *at < error.column())
            .count()
            .max(1);
        Error::new(Code::NotJson, format!("{}:{column}", error.line()))
    })
}

/// How much has been read.
#[derive(Default)]
struct Limits {
    objects: Cell<usize>,
    values: Cell<usize>,
}

/// Reads one value.
#[derive(Clone, Copy)]
struct Reader<'l, 'de> {
    limits: &'l Limits,
    texts: &'de Texts,
}

impl Limits {
    /// Whether there is too much already. Whoever reads a list or an object then leaves it, which
    /// the parser takes for an error.
    fn passed(&self) -> bool {
        self.objects.get() > MAX_OBJECTS || self.values.get() > MAX_VALUES
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_, 'de> {
    type Value = Value<'de>;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value<'de>, D::Error> {
        self.limits.values.set(self.limits.values.get() + 1);
        from.deserialize_any(self)
    }
}

/// The key under which `serde_json` hands over numbers that it keeps as they are spelled.
const SPELLED: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for Reader<'_, 'de> {
    type Value = Value<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value<'de>, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Value<'de>, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value<'de>, E> {
        Ok(Value::Number(
            number as f64,
            self.texts.alloc_str(&number.to_string()),
        ))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value<'de>, E> {
        Ok(Value::Number(
            number as f64,
            self.texts.alloc_str(&number.to_string()),
        ))
    }

    // Not from JSON, where numbers that are not whole come spelled.
    fn visit_f64<E>(self, number: f64) -> Result<Value<'de>, E> {
        Ok(Value::Number(number, ""))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Value<'de>, E> {
        Ok(Value::Text(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value<'de>, E> {
        Ok(Value::Text(self.texts.alloc_str(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value<'de>, A::Error> {
        let mut list = Vec::new();
        while !self.limits.passed()
            && let Some(value) = seq.next_element_seed(self)?
        {
            list.push(value);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value<'de>, A::Error> {
        let mut fields = Vec::new();
        while !self.limits.passed()
            && let Some(key) = map.next_key_seed(Key(self.texts))?
        {
            match map.next_value_seed(self)? {
                Value::Text(spelling)
                    if fields.is_empty()
                        && key == SPELLED
                        && let Some(number) = plain_number(spelling) =>
                {
                    // The spelling is no value of its own.
                    self.limits.values.set(self.limits.values.get() - 1);
                    // The parser writes 1e9 as 1e+9.
                    let short = spelling.split_once('+').map_or(spelling, |(front, back)| {
                        self.texts.alloc_str(&[front, back].concat())
                    });
                    return Ok(Value::Number(number, short));
                }
                value => fields.push((key, value)),
            }
        }
        self.limits.objects.set(self.limits.objects.get() + 1);
        Ok(Value::Row(fields))
    }
}

/// Reads a key.
struct Key<'de>(&'de Texts);

impl<'de> DeserializeSeed<'de> for Key<'de> {
    type Value = &'de str;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<&'de str, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'de> {
    type Value = &'de str;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<&'de str, E> {
        Ok(text)
    }

    fn visit_str<E>(self, text: &str) -> Result<&'de str, E> {
        Ok(self.0.alloc_str(text))
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_spelling_and_of_equal_keys_the_last_counts() {
        let texts = Texts::new();
        let parse = |text| Value::parse(text, &texts).unwrap();
        let file = parse(
            r#"{"a": 1.50, "b": 12345678901234567890123, "c": -0, "d": 1e+9, "e": 1e999, "a": 2, "f": 18446744073709551616}"#,
        );
        let spelled = |key| file.get(key).spelling().unwrap_or_default().to_string();
        assert_eq!(
            ["a", "b", "c", "d", "e", "f"].map(spelled),
            [
                "2",
                "12345678901234567890123",
                "-0",
                "1e9",
                "1e999",
                "18446744073709551616"
            ]
        );
        assert_eq!(
            (file.get("e").number(), file.get("d").number()),
            (f64::INFINITY, 1e9)
        );
        assert_eq!(parse("1.50"), Value::Number(1.5, "1.50"));
        // Whoever names a field as the parser names a number gets a number where it is one, never
        // a trap.
        assert_eq!(
            parse(r#"{"$serde_json::private::Number": "7"}"#).number(),
            7.0
        );
        for text in ["abc", "", "1 2", "-", "+5", "0x1F"] {
            let file = format!(r#"{{"$serde_json::private::Number": "{text}"}}"#);
            let other = Texts::new();
            let read = Value::parse(&file, &other).unwrap();
            assert_eq!(read.get("$serde_json::private::Number").text(), text);
        }
        assert_eq!(
            parse(r#"{"$serde_json::private::Number": [1]}"#)
                .get("$serde_json::private::Number")
                .list()
                .len(),
            1
        );
    }

    #[test]
    fn what_json_has_no_word_for_costs_a_field_and_not_the_file() {
        let mended = |text| read(text, |file, _| Ok(format!("{file:?}")));
        let text = r#"{"a":NaN,"b":[-Infinity,+inf],"c":"say \"NaN, inf\"","d":"x\ud83d","e":"\ude00\ud83d\ude00"}"#;
        let same =
            r#"{"a":"NaN","b":["-Infinity","+inf"],"c":"say \"NaN, inf\"","d":"x�","e":"�😀"}"#;
        assert_eq!(mended(text), mended(same));
        assert_eq!(mended("NaN"), mended(r#""NaN""#));
        for broken in ["{\"a\":NaN", "\"\\ud83d", "\"\\", "\"\\u\u{e9}\u{e9}"] {
            assert_eq!(mended(broken).unwrap_err().code(), "not-json", "{broken}");
        }
    }

    #[test]
    fn a_text_that_is_no_json_says_where_in_characters() {
        let place = |text: &str| read(text, |_, _| Ok(())).unwrap_err().detail().to_string();
        assert_eq!(place("{\"이름\": 값}"), "1:8");
        assert_eq!(place("{\"a\":1,\n\n\"b\" 2}"), "3:5");
        assert_eq!(place(""), "1:1");
        assert_eq!(place("[1,]"), "1:4");
        assert_eq!(place("1 2"), "1:3");
    }
}
