//! In which line of a JSON text a value stands.

use serde::de::IgnoredAny;
use serde_json::de::Deserializer;

use crate::data::Value;

/// Where in a JSON text its values stand.
pub(in crate::data) struct SourceLines<'a> {
    text: &'a str,
    /// Where each line ends.
    ends: Vec<usize>,
}

impl<'a> SourceLines<'a> {
    pub(in crate::data) fn new(text: &'a str) -> Self {
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
    pub(in crate::data) fn line(&self, file: &Value<'_>, place: &str, field: &str) -> usize {
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
    use crate::data::json::read;

    #[test]
    fn places_are_in_the_lines_that_the_fixture_says() {
        // A case a line: place, field, line, text with ¶ for the end of a line.
        let cases: Vec<&str> = include_str!("../../../tests/fixtures/lines.tsv")
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
                    SourceLines::new(text).line(&file, place, field),
                    line.parse::<usize>().unwrap(),
                    "{case}"
                );
                Ok(())
            })
            .unwrap();
        }
    }
}
