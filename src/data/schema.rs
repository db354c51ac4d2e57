//! What each kind of file is called, and what the columns of a page's own table mean, an HTML one
//! or a CSV.

use super::sanitize::{clean, cut};
use super::value::Value;
use crate::error::{Code, Error};

/// What sets one kind of file apart from the others.
pub(super) struct TableSchema {
    /// What the file says of itself under `kind`.
    pub(super) kind: &'static str,
    /// The fields that a column can be, each followed by the headings it is found under.
    pub(super) columns: &'static [&'static [&'static str]],
    /// Fields without which nothing can be drawn.
    pub(super) needed: &'static [&'static str],
}

impl TableSchema {
    /// Whether a file is of this kind; with `table` whether it is `{"head":[…],"rows":[[…]]}`, and
    /// what its columns mean.
    pub(super) fn check(
        &self,
        file: &Value<'_>,
        table: bool,
    ) -> Result<Vec<Option<&'static str>>, Error> {
        if table {
            return self
                .columns(file)
                .map_err(|detail| Error::new(Code::BadTable, detail));
        }
        let kind = file.get("kind").text();
        if kind != self.kind {
            return Err(Error::new(
                Code::WrongKind,
                String::from("kind: ") + cut(&clean(kind), 80),
            ));
        }
        match file.get("version") {
            Value::Null => Ok(Vec::new()),
            Value::Number(version, _) if *version == 1.0 => Ok(Vec::new()),
            _ => Err(Error::new(Code::WrongKind, "version")),
        }
    }

    fn columns(&self, table: &Value<'_>) -> Result<Vec<Option<&'static str>>, String> {
        let (Value::List(head), Value::List(lines)) = (table.get("head"), table.get("rows")) else {
            return Err("head".to_string());
        };
        let mut names = Vec::new();
        for heading in head {
            names.push(self.column(heading.text()));
        }
        for needed in self.needed {
            if !names.contains(&Some(*needed)) {
                return Err(needed.to_string());
            }
        }
        for (index, line) in lines.iter().enumerate() {
            if !matches!(line, Value::List(_)) {
                return Err(format!("line {}", index + 2));
            }
        }
        Ok(names)
    }

    /// The field that a heading means: as it stands, without a unit in brackets.
    fn column(&self, heading: &str) -> Option<&'static str> {
        let mut whole = String::new();
        for c in clean(heading).chars() {
            whole.push(if matches!(c, ' ' | '-') {
                '_'
            } else {
                c.to_ascii_lowercase()
            });
        }
        let short = whole
            .split_once('(')
            .map_or(whole.as_str(), |parts| parts.0)
            .trim_end_matches('_');
        for name in [whole.as_str(), short] {
            for column in self.columns {
                if column.contains(&name) {
                    return column.first().copied();
                }
            }
        }
        None
    }
}
