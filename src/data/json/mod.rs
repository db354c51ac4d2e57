//! JSON text to values. Not here: what a file has to hold.
//!
//! Limits are counted while it is read, so that no memory is taken for what is too much. What other
//! writers put into JSON although it has no word for it, NaN and halves of characters, costs a
//! field and not the file.

mod lenient;
mod number;
mod parse;
#[cfg(feature = "author-tools")]
mod source_lines;

use crate::data::value::{Texts, Value};
use crate::data::{MAX_BYTES, MAX_OBJECTS, MAX_VALUES, too_large};
use crate::error::{Code, Error, Issue};

#[cfg(feature = "tables")]
pub(super) use number::{cell_number, number};
#[cfg(feature = "author-tools")]
pub(super) use source_lines::SourceLines;

use lenient::mend;
use parse::Parser;

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
    then: impl FnOnce(&mut T, &Value<'_>, bool) -> Result<Vec<Issue>, Error>,
) -> Result<(T, Vec<Issue>), Error> {
    let mut out = T::default();
    let issues = read(utf8(bytes)?, |file, _| then(&mut out, &file, false))?;
    Ok((out, issues))
}

/// Reads the bytes of a table, `{"head":[…],"rows":[[…]]}`, by the reader of a kind of file.
#[cfg(feature = "tables")]
pub(super) fn read_table_bytes<T: Default>(
    bytes: &[u8],
    kind: &str,
    then: impl FnOnce(&mut T, &Value<'_>, bool) -> Result<Vec<Issue>, Error>,
) -> Result<(T, Vec<Issue>), Error> {
    let mut out = T::default();
    let issues = read(utf8(bytes)?, |file, _| {
        let ask = crate::data::input::Ask {
            kind,
            ..Default::default()
        };
        let texts = Texts::new();
        crate::data::input::read_table(&file, &ask, &texts, |_, file| then(&mut out, file, false))
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
    let mut parser = Parser::new(text, 0, texts);
    let read = parser.all();
    if parser.objects > MAX_OBJECTS {
        return Err(too_large("objects", parser.objects, MAX_OBJECTS));
    }
    if parser.values > MAX_VALUES {
        return Err(too_large("values", parser.values, MAX_VALUES));
    }
    read.map_err(|_| {
        // Up to the sign that is wrong; at the end there is none, and the last one is named.
        let before = text.get(..parser.at).unwrap_or(text);
        let begin = before.bytes().rposition(|byte| byte == b'\n');
        let line = 1 + before.bytes().filter(|byte| *byte == b'\n').count();
        let column = before
            .get(begin.map_or(0, |at| at + 1)..)
            .unwrap_or_default();
        let wrong = usize::from(parser.at < text.len());
        let column = (column.chars().count() + wrong).max(1);
        Error::new(Code::NotJson, format!("{line}:{column}"))
    })
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
                "1e+9",
                "1e999",
                "18446744073709551616"
            ]
        );
        assert_eq!(
            (file.get("e").number(), file.get("d").number()),
            (f64::INFINITY, 1e9)
        );
        assert_eq!(parse("1.50"), Value::Number(1.5, "1.50"));
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

    #[test]
    fn what_is_json_and_where_it_is_none_is_as_serde_json_says() {
        let seeds = [
            r#"{"a":[1,-2.50e+3,{"b":null,"c":[true,false]}],"d":"x\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00y"}"#,
            "[0.1, 10, -0, 1E5 ,\t\"\u{e9}\", [ ], { }]\r\n",
            "\n{\"k\" : \"v\",\n\"l\":[[[[1]]]]}",
        ];
        let alphabet = b"{}[]:,\"\\0123.eE+-utfn \n\tax/";
        let (mut seed, mut broken) = (7_u64, 0);
        let mut random = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..60_000 {
            let mut text = seeds[random(3)].as_bytes().to_vec();
            for _ in 0..random(4) {
                let at = random(text.len());
                let byte = alphabet[random(alphabet.len())];
                match random(4) {
                    0 => text.truncate(at.max(1)),
                    1 => drop(text.remove(at)),
                    2 => text.insert(at, byte),
                    _ => text[at] = byte,
                }
                if text.is_empty() {
                    text.push(b'1');
                }
            }
            let Ok(text) = String::from_utf8(text) else {
                continue;
            };
            let texts = Texts::new();
            let ours = Value::parse(&text, &texts);
            match serde_json::from_str::<serde_json::Value>(&text) {
                Ok(_) => assert!(ours.is_ok(), "{text:?}"),
                Err(error) => {
                    let place = ours.unwrap_err().detail().to_string();
                    // The end of a line that is wrong is the end of its own line, and halves of
                    // characters end where they end.
                    if text.is_ascii() && error.column() > 0 && !text.contains("\\u") {
                        broken += 1;
                        assert_eq!(
                            place,
                            format!("{}:{}", error.line(), error.column()),
                            "{text:?}"
                        );
                    }
                }
            }
        }
        assert!(broken > 10_000, "{broken}");
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(Value::parse(&deep(127), &Texts::new()).is_ok());
        assert!(Value::parse(&deep(128), &Texts::new()).is_err());
    }
}
