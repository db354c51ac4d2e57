//! What a file holds, whatever it was written in: one tree of values. Texts are borrowed from where they were read, as far as they stand there as they are.
//!
//! Files become a tree in `json.rs`, `csv.rs` and `cells.rs`.

use std::borrow::Cow;

/// One value. Numbers keep their spelling: that is what an issue shows, and no table for printing floats is needed.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, perhaps not a finite one, and its spelling; in a table also a text that reads as a number, such as `1,234` or `92%`.
    Number(f64, Cow<'a, str>),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object; of equal keys the last counts.
    Row(Vec<(Cow<'a, str>, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The value under a key.
    pub fn get(&self, key: &str) -> &Value<'a> {
        if let Value::Row(fields) = self {
            for (name, value) in fields.iter().rev() {
                if name == key {
                    return value;
                }
            }
        }
        &Value::Null
    }

    /// The text, or an empty one.
    pub fn text(&self) -> &str {
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
    pub fn spelling(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Number(_, text) => Some(text),
            _ => None,
        }
    }
}
