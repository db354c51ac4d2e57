//! JSON text to values, by `serde_json`. Not here: what a file has to hold.
//!
//! Limits are counted while it is read, so that no memory is taken for what is too much. What other
//! writers put into JSON although it has no word for it, NaN and halves of characters, costs a
//! field and not the file.

use core::cell::Cell;
use core::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::de::Deserializer;

use super::value::{Texts, Value};
use super::{MAX_BYTES, MAX_OBJECTS, MAX_VALUES, too_large};
use crate::error::{Code, Error, Issue};

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
    match parse(text, &texts) {
        Ok(value) => then(value, text),
        Err(error) if error.code() == "not-json" => {
            let mended = mend(text);
            let Ok(value) = parse(&mended, &texts) else {
                return Err(error);
            };
            then(value, &mended)
        }
        Err(error) => Err(error),
    }
}

/// Reads bytes by the reader of a kind of file; with `table` a page's own table,
/// `{"head":[…],"rows":[[…]]}`.
pub(super) fn read_bytes<T: Default>(
    bytes: &[u8],
    table: bool,
    then: impl FnOnce(&mut T, &Value<'_>, bool) -> Result<Vec<Issue>, Error>,
) -> Result<(T, Vec<Issue>), Error> {
    let mut out = T::default();
    let issues = read(utf8(bytes)?, |file, _| {
        then(&mut out, &if table { as_cells(file) } else { file }, table)
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
                Value::Text(spelling) if fields.is_empty() && key == SPELLED => {
                    // The parser writes 1e9 as 1e+9.
                    let short = spelling.split_once('+').map_or(spelling, |(front, back)| {
                        self.texts.alloc_str(&[front, back].concat())
                    });
                    return Ok(Value::Number(number(spelling), short));
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

/// JSON of the form `{"head": […], "rows": [[…]]}` with its texts as cells: numbers where people
/// mean one.
pub(super) fn as_cells(table: Value<'_>) -> Value<'_> {
    match table {
        Value::Text(text) => match cell_number(text) {
            Some(number) => Value::Number(number, text),
            None => Value::Text(text),
        },
        Value::List(list) => Value::List(list.into_iter().map(as_cells).collect()),
        Value::Row(fields) => Value::Row(
            fields
                .into_iter()
                .map(|(key, value)| (key, as_cells(value)))
                .collect(),
        ),
        other => other,
    }
}

/// A number as people write it in a cell: `1,234.5`, `92%`, `$5`, `약 7`. Commas stand before three
/// digits, or they may be decimal ones. `www/host/read-columns.js` has the same rule for columns of
/// texts; `tests/fixtures/cells.json` holds both to it.
pub(super) fn cell_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let text = ["~", "≈", "약 "]
        .iter()
        .find_map(|mark| text.strip_prefix(mark))
        .unwrap_or(text)
        .trim_start();
    let text = text.trim_end_matches('%').trim_end();
    let text = text.strip_prefix("US").unwrap_or(text);
    let text = text.strip_prefix(['$', '₩', '+']).unwrap_or(text);
    if !text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) || text.len() > 40 {
        return None;
    }
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if !whole.contains(',') {
        return plain_number(text);
    }
    let mut groups = whole.split(',');
    if groups.next() == Some("-") || groups.any(|group| group.len() != 3) {
        return None;
    }
    plain_number(&text.replace(',', ""))
}

/// A number as JSON spells it.
fn plain_number(text: &str) -> Option<f64> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (front, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, part) = front.split_once('.').unwrap_or((front, "0"));
    let whole = whole.strip_prefix('-').unwrap_or(whole);
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let spelled = digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && digits(part)
        && digits(exponent);
    spelled.then(|| number(text))
}

/// The number that is spelled so, as JSON spells numbers; what is too large for a float is
/// infinite, one bad field of one row and not a bad file.
fn number(text: &str) -> f64 {
    short_number(text).unwrap_or_else(|| long_number(text))
}

/// A number of few digits, exactly: both parts are floats themselves, so that it is rounded once.
fn short_number(text: &str) -> Option<f64> {
    let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let (negative, whole) = whole
        .strip_prefix('-')
        .map_or((false, whole), |whole| (true, whole));
    let value = whole
        .bytes()
        .chain(part.bytes())
        .try_fold(0_u64, |value, digit| {
            value.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
        })?;
    let power = exponent
        .parse::<i32>()
        .ok()?
        .checked_sub(i32::try_from(part.len()).ok()?)?;
    let scale = TENS
        .get(power.unsigned_abs() as usize)
        .filter(|_| value < 1 << 53)?;
    let number = if power < 0 {
        value as f64 / scale
    } else {
        value as f64 * scale
    };
    Some(if negative { -number } else { number })
}

/// Powers of ten that are floats.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// Any other. Browsers read them as std does, whose table of powers would weigh more than all of
/// this.
fn long_number(text: &str) -> f64 {
    #[cfg(target_arch = "wasm32")]
    return js_sys::parse_float(text);
    #[cfg(not(target_arch = "wasm32"))]
    return text.parse().unwrap_or(f64::NAN);
}

/// Text that is JSON but for what it has no word for: NaN and infinities get quotation marks,
/// halves of characters become �.
fn mend(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    loop {
        // Outside of texts: words, up to the next text.
        let (outside, more) = split(rest, rest.find('"'));
        for part in outside
            .split_inclusive(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '+' | '-' | '.'))
        {
            let word = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
            let (word, end) = split(part, Some(word.len()));
            let quote = if super::row::not_finite(word) {
                "\""
            } else {
                ""
            };
            out.extend([quote, word, quote, end]);
        }
        let Some(more) = more.strip_prefix('"') else {
            return out;
        };
        out.push('"');
        rest = more;
        // Inside of one: up to the mark that ends it.
        loop {
            let (plain, more) = split(rest, rest.find(['"', '\\']));
            out.push_str(plain);
            let taken = match more.bytes().next() {
                None => return out,
                Some(b'"') => 1,
                _ => match (surrogate(more), more.get(6..).and_then(surrogate)) {
                    (Some(0xD800..0xDC00), Some(0xDC00..0xE000)) => 12,
                    (Some(_), _) => {
                        out.push('\u{FFFD}');
                        rest = more.get(6..).unwrap_or_default();
                        continue;
                    }
                    (None, _) => 1 + more.chars().nth(1).map_or(0, char::len_utf8),
                },
            };
            let (taken, more) = split(more, Some(taken));
            out.push_str(taken);
            rest = more;
            if taken == "\"" {
                break;
            }
        }
    }
}

/// A text in two, or all of it.
fn split(text: &str, at: Option<usize>) -> (&str, &str) {
    at.and_then(|at| text.split_at_checked(at))
        .unwrap_or((text, ""))
}

/// The half of a character that a text begins with, as `\ud83d`.
fn surrogate(text: &str) -> Option<u32> {
    let code = u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    (0xD800..0xE000).contains(&code).then_some(code)
}

/// Where in a JSON text its values stand.
pub(super) struct Places<'a> {
    text: &'a str,
    /// Where each line ends.
    ends: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            ends: text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(at, _)| at)
                .collect(),
        }
    }

    /// The line, counted from 1, in which a field of a place begins (`tables[3].items[0]`,
    /// `value`). A field that is not there is looked for in the objects of its row, and then the
    /// row itself is the answer.
    pub(super) fn line(&self, file: &Value<'_>, place: &str, field: &str) -> usize {
        let mut here = (file, self.after(0));
        'path: for step in place.split('.').filter(|step| !step.is_empty()) {
            let (name, indexes) = step.split_once('[').unwrap_or((step, ""));
            let Some(next) = self.member(here, name) else {
                break;
            };
            here = next;
            for index in indexes.split(['[', ']']).filter(|part| !part.is_empty()) {
                let Some(next) = index
                    .parse()
                    .ok()
                    .and_then(|index| self.element(here, index))
                else {
                    break 'path;
                };
                here = next;
            }
        }
        let inside = || {
            let Value::Row(fields) = here.0 else {
                return None;
            };
            fields
                .iter()
                .find_map(|(key, value)| self.member((value, self.after_key(key)?), field))
        };
        let (_, at) = self.member(here, field).or_else(inside).unwrap_or(here);
        self.ends.partition_point(|end| *end < at) + 1
    }

    /// From an object to the value under a key.
    fn member<'v, 'f>(
        &self,
        (row, _): (&'v Value<'f>, usize),
        name: &str,
    ) -> Option<(&'v Value<'f>, usize)> {
        let Value::Row(fields) = row else { return None };
        let (key, value) = fields.iter().rev().find(|(key, _)| *key == name)?;
        Some((value, self.after_key(key)?))
    }

    /// From a list to an element: most know themselves where they stand, others are counted from
    /// the nearest one that does.
    fn element<'v, 'f>(
        &self,
        (list, at): (&'v Value<'f>, usize),
        index: usize,
    ) -> Option<(&'v Value<'f>, usize)> {
        let before = list.list().get(..=index)?;
        let (near, mut at) = before
            .iter()
            .enumerate()
            .rev()
            .find_map(|(near, value)| Some((near, self.begin(value)?)))
            .unwrap_or((0, self.after(at + 1)));
        for _ in near..index {
            let mut values = Deserializer::from_str(self.text.get(at..)?).into_iter::<IgnoredAny>();
            values.next()?.ok()?;
            at = self.after(at + values.byte_offset());
            at = self.after(at + 1);
        }
        Some((before.last()?, at))
    }

    /// Where a value begins, if anything in it is borrowed from the text.
    fn begin(&self, value: &Value<'_>) -> Option<usize> {
        match value {
            Value::Row(fields) => self.before(self.offset(fields.first()?.0)? - 1),
            Value::List(list) => self.before(self.begin(list.first()?)?),
            Value::Text(text) | Value::Number(_, text) => Some(self.offset(text)? - 1),
            _ => None,
        }
    }

    /// Where the value after a key begins.
    fn after_key(&self, key: &str) -> Option<usize> {
        let colon = self.after(self.offset(key)? + key.len() + 1);
        Some(self.after(colon + 1))
    }

    /// Where a text stands that is borrowed from this one; its quotation mark stands before it.
    /// What is not borrowed lies elsewhere.
    fn offset(&self, part: &str) -> Option<usize> {
        let at = part
            .as_ptr()
            .addr()
            .checked_sub(self.text.as_ptr().addr())?;
        (at > 0 && at + part.len() < self.text.len()).then_some(at)
    }

    /// The first place from here on that is no white space.
    fn after(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        at + rest.len() - rest.trim_start().len()
    }

    /// The last bracket before a place.
    fn before(&self, at: usize) -> Option<usize> {
        self.text.get(..at)?.trim_end().len().checked_sub(1)
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
    fn cells_read_as_numbers_as_the_fixture_says() {
        let texts = Texts::new();
        let file = Value::parse(include_str!("../../tests/fixtures/cells.json"), &texts).unwrap();
        let Value::Row(cells) = file else {
            panic!("an object")
        };
        assert!(cells.len() > 30);
        for (text, number) in cells {
            assert_eq!(
                cell_number(text),
                Some(number.number()).filter(|number| !number.is_nan()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn places_are_in_the_lines_that_the_fixture_says() {
        // A case a line: place, field, line, text with ¶ for the end of a line.
        let cases: Vec<&str> = include_str!("../../tests/fixtures/lines.tsv")
            .lines()
            .skip(1)
            .collect();
        assert!(cases.len() > 10);
        for case in cases {
            let [place, field, line, text] = *case.split('\t').collect::<Vec<_>>() else {
                panic!("{case}")
            };
            read(&text.replace('¶', "\n"), |file, text| {
                assert_eq!(
                    Places::new(text).line(&file, place, field),
                    line.parse::<usize>().unwrap(),
                    "{case}"
                );
                Ok(())
            })
            .unwrap();
        }
    }

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
        // Whoever names a field as the parser names a number gets a number or an error, never a
        // trap.
        assert_eq!(
            parse(r#"{"$serde_json::private::Number": "7"}"#).number(),
            7.0
        );
        assert_eq!(
            parse(r#"{"$serde_json::private::Number": [1]}"#)
                .get("$serde_json::private::Number")
                .list()
                .len(),
            1
        );
    }

    #[test]
    fn a_number_is_the_float_that_std_reads() {
        for text in [
            "0",
            "-0",
            "7",
            "-1.50",
            "0.1",
            "123456789.123456",
            "9007199254740993",
            "1e22",
            "1e23",
            "12e-22",
            "0.30000000000000004",
            "1e999",
            "1E-400",
        ] {
            let wanted: f64 = text.parse().unwrap();
            assert_eq!(number(text).to_bits(), wanted.to_bits(), "{text}");
        }
        let mut seed = 1_u64;
        for _ in 0..100_000 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let text = format!(
                "{}.{}e{}",
                seed >> 44,
                (seed >> 20) & 0xFFFFF,
                (seed % 60) as i64 - 30
            );
            assert_eq!(number(&text), text.parse::<f64>().unwrap(), "{text}");
        }
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
