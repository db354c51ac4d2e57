//! The messages between host and engine as JSON: a view in; a scene with its words, a card, a table out. Not here: the DOM, wasm.

use serde_json::{Value, json};

use crate::abi::NO_DATUM;
use crate::data::Lang;
use crate::error::{Error, Issue};
use crate::scene::Align;
use crate::text::{self, Metrics};
use crate::widget::{Card, Picture, Reference, Table, View};

/// Reads a view. Unknown or broken fields take their defaults: a view never fails.
pub fn view(json: &str) -> View {
    let v: Value = serde_json::from_str(json).unwrap_or_default();
    let number = |key: &str| v.get(key).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let string = |key: &str| v.get(key).and_then(Value::as_str).unwrap_or("").to_string();
    let size = |key: &str| (number(key).max(0.0) as f32).min(8192.0);
    let day = |key: &str| {
        let written = string(key);
        if written.is_empty() {
            number(key)
        } else {
            crate::data::calendar::parse(&written).map_or(f64::NAN, |w| f64::from(if key == "to" { w.to + 1 } else { w.from }))
        }
    };
    View {
        width_css: size("width"),
        height_css: size("height"),
        lang: if v.get("lang").and_then(Value::as_str) == Some("en") { Lang::En } else { Lang::Ko },
        dark: v.get("theme").and_then(Value::as_str) == Some("dark"),
        selected: string("selected"),
        hover: v.get("hover").and_then(Value::as_u64).and_then(|h| u32::try_from(h).ok()).unwrap_or(NO_DATUM),
        tab: if string("table").is_empty() { string("framework") } else { string("table") },
        from_day: day("from"),
        to_day: day("to"),
        today: number("today"),
        linear: v.get("scale").and_then(Value::as_str) == Some("linear"),
        hidden: v.get("hidden").and_then(Value::as_array).map_or_else(Vec::new, |a| a.iter().filter_map(Value::as_str).map(str::to_string).collect()),
        metrics: metrics(v.get("metrics")),
    }
}

/// 97 advances of the normal and 97 of the bold face, in em.
fn metrics(v: Option<&Value>) -> Metrics {
    let advances: Vec<f32> = v.and_then(Value::as_array).map_or_else(Vec::new, |a| a.iter().map(|n| n.as_f64().unwrap_or(f64::NAN) as f32).collect());
    Metrics::from_advances(&advances)
}

/// The answer to a file that could be read: how many rows, and what was left out, in words.
pub fn loaded(rows: usize, issues: &[Issue]) -> String {
    let list: Vec<Value> =
        issues.iter().take(200).map(|i| json!({"place": i.place, "field": i.field, "ko": text::issue(i, Lang::Ko), "en": text::issue(i, Lang::En)})).collect();
    json!({"rows": rows, "count": issues.len(), "issues": list}).to_string()
}

/// The answer to a file that could not.
pub fn failed(error: &Error) -> String {
    json!({"error": {"code": error.code(), "detail": error.detail(), "ko": text::error(error, Lang::Ko), "en": text::error(error, Lang::En)}}).to_string()
}

/// A scene without its marks: everything that the host makes DOM of.
pub fn scene(picture: &Picture, rows: usize) -> String {
    let s = &picture.scene;
    let labels: Vec<Value> = s
        .labels
        .iter()
        .map(|l| {
            let align = match l.align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            let [x, y, w, h] = xywh(l.rect_css);
            json!({"x": x, "y": y, "w": w, "h": h, "text": l.text, "size": l.size_css, "bold": l.bold, "italic": l.italic, "align": align, "color": color(l.ink), "lines": l.lines, "datum": datum(l.datum)})
        })
        .collect();
    let outline: Vec<Value> = s
        .outline
        .iter()
        .map(|n| {
            let [x, y, w, h] = xywh(n.rect_css);
            json!({"datum": n.datum, "x": x, "y": y, "w": w, "h": h, "name": n.name, "key": n.key, "initials": text::initials(&n.key), "entity": n.entity, "group": n.group, "go": n.go.map(datum)})
        })
        .collect();
    let legend: Vec<Value> =
        picture.legend.iter().map(|k| json!({"key": k.key, "label": k.label, "color": color(k.color), "form": k.form, "count": k.count})).collect();
    let tabs: Vec<Value> = picture.tabs.iter().map(|(id, label)| json!({"id": id, "label": label})).collect();
    json!({
        "width": s.size_css[0], "height": s.size_css[1],
        "title": picture.title, "subline": picture.subline, "takeaway": picture.takeaway, "howto": picture.howto, "notes": picture.notes,
        "sources": picture.sources.iter().map(reference).collect::<Vec<_>>(), "credit": picture.credit,
        "legend": legend, "labels": labels, "groups": picture.groups, "outline": outline, "tabs": tabs, "tab": picture.tab, "drawn": rows,
    })
    .to_string()
}

/// What the tooltip says.
pub fn card(datum: u32, card: &Card) -> String {
    json!({
        "datum": datum, "entity": card.entity, "title": card.title, "value": card.value, "share": card.share, "date": card.date,
        "status": card.status, "note": card.note, "rows": card.rows, "cites": card.cites.iter().map(reference).collect::<Vec<_>>(),
    })
    .to_string()
}

/// All rows.
pub fn table(table: &Table) -> String {
    json!({"caption": table.caption, "head": table.head, "rows": table.rows}).to_string()
}

fn reference(r: &Reference) -> Value {
    json!({"text": r.text, "url": r.url})
}

/// A datum as script sees it: −1 for none.
fn datum(d: u32) -> i64 {
    if d == NO_DATUM { -1 } else { i64::from(d) }
}

/// Left, top, width, height, to a hundredth of a px.
fn xywh([x0, y0, x1, y1]: [f32; 4]) -> [f64; 4] {
    [x0, y0, x1 - x0, y1 - y0].map(|v| (f64::from(v) * 100.0).round() / 100.0)
}

fn color(color: u32) -> String {
    let [r, g, b, a] = color.to_le_bytes();
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut css = String::from("#");
    for byte in [r, g, b, a] {
        css.push(char::from(HEX[usize::from(byte >> 4)]));
        css.push(char::from(HEX[usize::from(byte & 15)]));
    }
    if a == 255 {
        css.truncate(7);
    }
    css
}
