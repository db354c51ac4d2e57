//! JSON that is none of our files: lists of objects, and the trees, flows and chronologies of other
//! libraries, as a table or as a file of ours.

use crate::data::order::ordered;
use crate::data::value::{Texts, Value};
use crate::data::{MAX_VALUES, too_large};
use crate::error::Error;

/// What JSON is.
pub enum Shape<'a> {
    /// One of our files, as it stands.
    File(Value<'a>),
    /// A file of ours that was made of something else.
    Made(Value<'a>),
    /// A table: `{"head": […], "rows": [[…]]}`.
    Table(Value<'a>),
}

/// Columns that a list of objects may make.
const MAX_COLUMNS: usize = 200;

/// Keys under which programs put a list of objects.
const LISTS: [&str; 6] = ["data", "rows", "records", "results", "values", "features"];

/// What a value is, by its keys.
///
/// # Errors
/// `too-large`.
pub fn shape<'a>(mut value: Value<'a>, texts: &'a Texts) -> Result<Shape<'a>, Error> {
    if objects(&value) {
        return list(value, texts);
    }
    // A list of rows, the headings first.
    if let Value::List(rows) = &mut value
        && rows.len() > 1
        && rows.iter().all(|row| matches!(row, Value::List(_)))
        && rows.first().is_some_and(|head| {
            head.list()
                .iter()
                .all(|cell| matches!(cell, Value::Text(_)))
        })
    {
        let head = rows.remove(0);
        let rows = core::mem::take(rows);
        let table = vec![("head", head), ("rows", Value::List(rows))];
        return Ok(Shape::Table(Value::Row(table)));
    }
    let has = |key: &str| matches!(value.get(key), Value::List(_));
    let is_kind = value.get("kind").text().starts_with("ai-atlas/");
    let kind = if has("children") && !has("items") && !has("tables") {
        return Ok(Shape::Made(tree(value, "ai-atlas/market-share")));
    } else if is_kind {
        return Ok(Shape::File(value));
    } else if has("head") && has("rows") {
        return Ok(Shape::Table(value));
    } else if has("nodes") && has("links") {
        return Ok(Shape::Made(flow(&mut value)));
    } else if has("events") {
        let events = value.get("events").list();
        let foreign = |event: &Value<'_>| *event.get("start_date") != Value::Null;
        if events.iter().any(foreign) {
            return Ok(Shape::Made(chronology(value, texts)));
        }
        "ai-atlas/funding-timeline"
    } else if has("items") || has("tables") {
        "ai-atlas/market-share"
    } else if has("entities") || has("links") {
        "ai-atlas/value-chain"
    } else {
        let key = LISTS.iter().find(|key| objects(value.get(key)));
        return match key {
            Some(key) => list(field(&mut value, key), texts),
            None => Ok(Shape::File(value)),
        };
    };
    Ok(Shape::Made(with_kind(value, kind)))
}

/// Whether a value is a list of objects.
fn objects(value: &Value<'_>) -> bool {
    matches!(value.list().first(), Some(Value::Row(_)))
}

/// Takes what stands under a key.
fn field<'a>(value: &mut Value<'a>, key: &str) -> Value<'a> {
    if let Value::Row(fields) = value {
        for (name, found) in fields.iter_mut().rev() {
            if *name == key {
                return core::mem::replace(found, Value::Null);
            }
        }
    }
    Value::Null
}

/// A list of objects as a table, or as a tree where the objects have children.
fn list<'a>(value: Value<'a>, texts: &'a Texts) -> Result<Shape<'a>, Error> {
    let Value::List(list) = value else {
        return Ok(Shape::File(value));
    };
    if list
        .iter()
        .any(|row| !row.get("children").list().is_empty())
    {
        let root = Value::Row(vec![("children", Value::List(list))]);
        return Ok(Shape::Made(tree(root, "ai-atlas/market-share")));
    }
    let mut head: Vec<&str> = Vec::new();
    for row in &list {
        if let Value::Row(fields) = row {
            for (key, _) in fields {
                if head.len() < MAX_COLUMNS && !head.contains(key) {
                    head.push(key);
                }
            }
        }
    }
    // Every row gets a cell for each key of any.
    let values = list.len() * (head.len() + 1);
    if values > MAX_VALUES {
        return Err(too_large("values", values, MAX_VALUES));
    }
    let rows = list
        .into_iter()
        .map(|mut row| {
            Value::List(
                head.iter()
                    .map(|key| flat(field(&mut row, key), texts))
                    .collect(),
            )
        })
        .collect();
    let head = head.into_iter().map(Value::Text).collect();
    Ok(Shape::Table(Value::Row(vec![
        ("head", Value::List(head)),
        ("rows", Value::List(rows)),
    ])))
}

/// A value as a cell: a list of texts as one text.
fn flat<'a>(value: Value<'a>, texts: &'a Texts) -> Value<'a> {
    match value {
        Value::List(list) => {
            let names: Vec<&str> = list.iter().filter_map(Value::spelling).collect();
            Value::Text(texts.alloc_str(&names.join("; ")))
        }
        Value::Row(_) => Value::Text(""),
        value => value,
    }
}

fn with_kind<'a>(value: Value<'a>, kind: &'a str) -> Value<'a> {
    match value {
        Value::Row(mut fields) => {
            fields.retain(|(key, _)| *key != "kind");
            fields.push(("kind", Value::Text(kind)));
            Value::Row(fields)
        }
        value => value,
    }
}

/// The tree of d3-hierarchy, `{"name", "children", "value"}`, as items in items.
fn tree<'a>(value: Value<'a>, kind: &'a str) -> Value<'a> {
    let mut value = with_kind(value, kind);
    let children = field(&mut value, "children");
    let title = field(&mut value, "name");
    if let Value::Row(fields) = &mut value {
        fields.retain(|(_, value)| *value != Value::Null);
        if title != Value::Null && !fields.iter().any(|(key, _)| *key == "title") {
            fields.push(("title", title));
        }
        fields.push(("items", items(children)));
    }
    value
}

fn items<'a>(children: Value<'a>) -> Value<'a> {
    let Value::List(children) = children else {
        return Value::List(Vec::new());
    };
    let item = |mut child: Value<'a>| {
        let below = field(&mut child, "children");
        let Value::Row(mut fields) = child else {
            return child;
        };
        fields.retain(|(_, value)| *value != Value::Null);
        let valued = fields.iter().any(|(key, _)| *key == "value");
        for (key, _) in &mut fields {
            if !valued && matches!(*key, "size" | "weight" | "amount") {
                *key = "value";
            }
        }
        if matches!(&below, Value::List(list) if !list.is_empty()) {
            fields.push(("items", items(below)));
        }
        Value::Row(fields)
    };
    Value::List(children.into_iter().map(item).collect())
}

/// The nodes and links of d3-sankey, where links name nodes by number, id or name.
fn flow<'a>(value: &mut Value<'a>) -> Value<'a> {
    let nodes = field(value, "nodes");
    let nodes = nodes.list();
    // Every link looks for two ids.
    let id = |at: usize| nodes.get(at).and_then(|node| node.get("id").spelling());
    let by_id = ordered(nodes.len(), &|a, b| id(a).cmp(&id(b)));
    let name = |end: &Value<'a>| {
        let node = match end {
            Value::Number(number, _) => nodes.get(*number as usize),
            Value::Text(wanted) => {
                let first = by_id.partition_point(|at| id(*at) < Some(wanted));
                let found = by_id.get(first).filter(|at| id(**at) == Some(wanted));
                found.and_then(|at| nodes.get(*at))
            }
            Value::Row(_) => Some(end),
            _ => None,
        };
        let named = node.and_then(|node| {
            ["name", "label", "title", "id"]
                .iter()
                .find_map(|key| node.get(key).spelling())
        });
        Value::Text(named.or_else(|| end.spelling()).unwrap_or_default())
    };
    let Value::List(links) = field(value, "links") else {
        return Value::Null;
    };
    let links = links
        .into_iter()
        .map(|mut link| {
            let (from, to) = (field(&mut link, "source"), field(&mut link, "target"));
            let Value::Row(mut fields) = link else {
                return link;
            };
            fields.retain(|(_, value)| *value != Value::Null);
            for (key, _) in &mut fields {
                match *key {
                    "value" => *key = "amount",
                    "units" => *key = "unit",
                    _ => {}
                }
            }
            for (key, end) in [("from", from), ("to", to)] {
                if end != Value::Null {
                    fields.push((key, name(&end)));
                }
            }
            Value::Row(fields)
        })
        .collect();
    Value::Row(vec![
        ("kind", Value::Text("ai-atlas/value-chain")),
        ("title", field(value, "title")),
        ("unit", field(value, "unit")),
        ("links", Value::List(links)),
    ])
}

/// The JSON of TimelineJS.
fn chronology<'a>(mut value: Value<'a>, texts: &'a Texts) -> Value<'a> {
    let date = |date: &Value<'a>| {
        let part = |key: &str| date.get(key).spelling().unwrap_or_default();
        match super::dates::parts(part("year"), part("month"), part("day")) {
            super::dates::Reading::Date(date, _) => Value::Text(texts.alloc_str(&date)),
            _ => Value::Text(part("year")),
        }
    };
    let list = |value: Value<'a>| {
        let Value::List(list) = value else {
            return Value::List(Vec::new());
        };
        let event = |event: Value<'a>| {
            let text = event.get("text");
            let mut fields = vec![
                ("date", date(event.get("start_date"))),
                ("label", Value::Text(text.get("headline").text())),
                ("note", Value::Text(text.get("text").text())),
            ];
            if *event.get("end_date") != Value::Null {
                fields.push(("date_end", date(event.get("end_date"))));
            }
            Value::Row(fields)
        };
        Value::List(list.into_iter().map(event).collect())
    };
    let title = field(&mut value, "title");
    let mut fields = vec![
        ("kind", Value::Text("ai-atlas/funding-timeline")),
        ("events", list(field(&mut value, "events"))),
        ("eras", list(field(&mut value, "eras"))),
    ];
    let title = title
        .spelling()
        .unwrap_or_else(|| title.get("text").get("headline").text());
    if !title.is_empty() {
        fields.push(("title", Value::Text(title)));
    }
    Value::Row(fields)
}
