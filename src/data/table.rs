//! What each kind of file is called, and a page's own table, an HTML one or a CSV, turned into such a file.

use super::value::Value;
use super::words::{clean, cut, push_whole};
use super::{MAX_ROWS, too_large};
use crate::error::{Code, Error};

/// What sets one kind of file apart from the others.
pub(super) struct Form {
    /// What the file says of itself under `kind`.
    pub(super) kind: &'static str,
    /// The list that the rows of a table make.
    pub(super) list: &'static str,
    /// The fields that a column can be, each followed by the headings it is found under.
    pub(super) columns: &'static [&'static [&'static str]],
    /// Fields without which nothing can be drawn.
    pub(super) needed: &'static [&'static str],
}

impl Form {
    /// The file, if it is of this kind; with `table` a file made from `{"head":[…],"rows":[[…]]}`, its columns named as fields.
    #[inline(never)]
    pub(super) fn open<'a>(&self, file: Value<'a>, table: bool) -> Result<Value<'a>, Error> {
        if table {
            return self.table(file);
        }
        let kind = file.get("kind").text();
        if kind != self.kind {
            return Err(Error::new(Code::WrongKind, ["kind: ", cut(&clean(kind), 80)].concat()));
        }
        match file.get("version") {
            Value::Null => Ok(file),
            Value::Number(version, _) if *version == 1.0 => Ok(file),
            _ => Err(Error::new(Code::WrongKind, "version")),
        }
    }

    fn table<'a>(&self, table: Value<'a>) -> Result<Value<'a>, Error> {
        let bad = |detail| Err(Error::new(Code::BadTable, detail));
        let (mut head, mut lines, mut title) = (Value::Null, Value::Null, Value::Null);
        if let Value::Row(fields) = table {
            for (key, value) in fields {
                match key {
                    "head" => head = value,
                    "rows" => lines = value,
                    "title" => title = value,
                    "caption" if title == Value::Null => title = value,
                    _ => {}
                }
            }
        }
        let (Value::List(head), Value::List(lines)) = (head, lines) else { return bad("head".to_string()) };
        if lines.len() > MAX_ROWS {
            return Err(too_large("rows", lines.len(), MAX_ROWS));
        }
        let mut names = Vec::new();
        // A heading or a cell with a per cent sign says the unit of all.
        let mut percent = false;
        for heading in &head {
            let heading = heading.text();
            percent |= heading.contains('%') || heading.contains("점유율") || heading.eq_ignore_ascii_case("share");
            names.push(self.column(heading));
        }
        for needed in self.needed {
            if !names.contains(&Some(*needed)) {
                return bad(needed.to_string());
            }
        }
        let mut rows = Vec::with_capacity(lines.len());
        for (index, line) in lines.into_iter().enumerate() {
            let Value::List(cells) = line else {
                let mut detail = String::from("line ");
                push_whole(&mut detail, index as u64 + 2);
                return bad(detail);
            };
            let mut fields: Vec<(&str, Value<'_>)> = Vec::new();
            for (name, cell) in names.iter().zip(cells) {
                // The first column of a name wins.
                let (Some(name), false) = (*name, fields.iter().any(|field| Some(field.0) == *name)) else { continue };
                let spelling = cell.spelling().unwrap_or_default().trim();
                percent |= name == "value" && spelling.ends_with('%');
                if let (Value::Number(..), false) = (&cell, name.starts_with("date"))
                    && spelling.starts_with(['~', '≈', '약'])
                {
                    fields.push(("approx", Value::Bool(true)));
                }
                if cell != Value::Null {
                    fields.push((name, cell));
                }
            }
            rows.push(Value::Row(fields));
        }
        let unit = if percent { Value::Text("%") } else { Value::Null };
        Ok(Value::Row(vec![("title", title), ("unit", unit), (self.list, Value::List(rows))]))
    }

    /// The field that a heading means: as it stands, without a unit in brackets.
    fn column(&self, heading: &str) -> Option<&'static str> {
        let mut whole = String::new();
        for c in clean(heading).chars() {
            whole.push(if matches!(c, ' ' | '-') { '_' } else { c.to_ascii_lowercase() });
        }
        let short = whole.split_once('(').map_or(whole.as_str(), |parts| parts.0).trim_end_matches('_');
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
