//! What a file holds, whatever it was written in: one tree of values. Its texts are borrowed: from
//! the file where they stand in it as they are, else from [`Texts`].
//!
//! Files become a tree in `json/`, `csv.rs` and `page_table/`.

/// Texts that do not stand in a file as they are, such as those with escapes. They live as long as
/// the tree of values does.
pub type Texts = typed_arena::Arena<u8>;

/// One value. Numbers keep their spelling: that is what an issue shows, and no table for printing
/// floats is needed.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A number, perhaps not a finite one, and its spelling; in a table also a text that reads as a
    /// number, such as `1,234` or `92%`.
    Number(f64, &'a str),
    /// A text.
    Text(&'a str),
    /// A list.
    List(Vec<Value<'a>>),
    /// An object; of equal keys the last counts.
    Row(Vec<(&'a str, Value<'a>)>),
}

impl<'a> Value<'a> {
    /// The value under a key.
    pub fn get(&self, key: &str) -> &Value<'a> {
        if let Value::Row(fields) = self {
            for (name, value) in fields.iter().rev() {
                if *name == key {
                    return value;
                }
            }
        }
        &Value::Null
    }

    /// The text, or an empty one.
    pub fn text(&self) -> &'a str {
        if let Value::Text(text) = self {
            text
        } else {
            ""
        }
    }

    /// The number, or NaN.
    pub fn number(&self) -> f64 {
        if let Value::Number(number, _) = self {
            *number
        } else {
            f64::NAN
        }
    }

    /// The values of a list, or none.
    pub fn list(&self) -> &[Value<'a>] {
        if let Value::List(list) = self {
            list
        } else {
            &[]
        }
    }

    /// The spelling of a text or a number.
    pub fn spelling(&self) -> Option<&'a str> {
        match self {
            Value::Text(text) | Value::Number(_, text) => Some(text),
            _ => None,
        }
    }
}
