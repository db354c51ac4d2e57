//! A page's own table, an HTML one or a CSV, turned into rows with named fields.

use serde_json::{Map, Value};

use super::read::{json, too_large};
use super::row::LINE;
use super::words::clean;
use crate::error::{Code, Error};

/// A number as people write it in a cell: `1,234.5`, `92%`, `$5`. A comma must stand before three digits, or it may be a decimal comma.
pub(super) fn cell_number(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches('%').trim_end();
    let text = text.strip_prefix("US").unwrap_or(text);
    let text = text.strip_prefix(['$', '₩', '+']).unwrap_or(text);
    let whole = text.split_once('.').map_or(text, |parts| parts.0);
    if whole.split(',').skip(1).any(|group| group.len() != 3) || text.len() > 40 {
        return None;
    }
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    serde_json::from_str::<Value>(&plain).ok()?.as_f64()
}

/// Key that marks a document made from a table.
pub(super) const CELLS: &str = "\u{0}cells";

/// Columns that more than one widget knows: the field and the headings it is found under.
pub(super) type Columns = &'static [(&'static str, &'static [&'static str])];

/// Turns `{"head":[…],"rows":[[…]]}` into a document with one list of rows, its columns named as fields.
/// `needed` are fields without which nothing can be drawn; the document's title is the table's caption.
pub(super) fn read(bytes: &[u8], list: &str, columns: Columns, needed: &[&str], limit: usize) -> Result<Value, Error> {
    let mut value = json(bytes)?;
    let bad = |detail: &str| Err(Error::new(Code::BadTable, detail));
    let (Some(Value::Array(head)), Some(Value::Array(rows))) = (value.get("head"), value.get("rows")) else {
        return bad("head");
    };
    if rows.len() > limit {
        return Err(too_large("rows", rows.len(), limit));
    }
    let fields: Vec<Option<&str>> = head.iter().map(|name| name.as_str().and_then(|name| column(name, columns))).collect();
    if let Some(missing) = needed.iter().find(|field| !fields.contains(&Some(**field))) {
        return bad(missing);
    }
    // A heading or a cell with a per cent sign says the unit of all.
    let percent_head = head.iter().filter_map(Value::as_str).any(|name| name.contains('%') || name.contains("점유율") || name.eq_ignore_ascii_case("share"));
    let mut percent = percent_head;
    let mut out = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let Value::Array(cells) = row else {
            let mut line = String::from(LINE);
            line.push_str(&(index + 2).to_string());
            return bad(&line);
        };
        let mut map = Map::new();
        for (field, cell) in fields.iter().zip(cells) {
            let (Some(field), false) = (field, cell.is_null()) else {
                continue;
            };
            let mut cell = cell.clone();
            if let Value::String(text) = &mut cell {
                let trimmed = text.trim();
                let about = ["~", "≈", "약 "].iter().find_map(|mark| trimmed.strip_prefix(mark));
                if let (Some(after), false) = (about, field.starts_with("date"))
                    && cell_number(after).is_some()
                {
                    *text = after.trim().to_string();
                    map.insert("approx".to_string(), Value::Bool(true));
                }
                percent |= *field == "value" && text.trim_end().ends_with('%');
            }
            // The first column of a name wins.
            if !map.contains_key(*field) {
                map.insert((*field).to_string(), cell);
            }
        }
        out.push(Value::Object(map));
    }
    let mut document = Map::new();
    for key in ["title", "caption"] {
        if let Some(title) = value.get_mut(key) {
            document.insert("title".to_string(), title.take());
        }
    }
    if percent {
        document.insert("unit".to_string(), Value::String("%".to_string()));
    }
    document.insert(CELLS.to_string(), Value::Bool(true));
    document.insert(list.to_string(), Value::Array(out));
    Ok(Value::Object(document))
}

/// The field that a heading means: as it stands, without a unit in brackets.
fn column(heading: &str, columns: Columns) -> Option<&'static str> {
    let heading = clean(heading).to_lowercase().replace([' ', '-'], "_");
    let short = heading.split_once('(').map_or(heading.as_str(), |parts| parts.0).trim_end_matches('_');
    [heading.as_str(), short].iter().find_map(|name| {
        let found = columns.iter().find(|(field, names)| field == name || names.contains(name));
        found.map(|(field, _)| *field)
    })
}
