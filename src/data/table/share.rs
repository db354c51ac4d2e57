//! A table of parts, as a file of market shares: a table for each period, without its totals.

use super::quantity::Unit;
use super::write::{Fields, Number, Writer, add_bound, push_text};
use crate::data::order::ordered;
use crate::data::value::Value;
use crate::error::IssueKind;

/// What is copied as it stands.
const PLAIN: &[&str] = &[
    "group", "country", "layer", "as_of", "status", "source", "note", "label_ko", "label_en",
    "note_ko", "note_en", "party", "approx", "bound", "disputed", "planned", "derived",
];

/// One part of a table.
struct Part<'a> {
    row: usize,
    label: &'a str,
    group: &'a str,
    period: &'a str,
    /// NaN where there is none.
    value: f64,
    /// Its value as it stands in the table.
    text: &'a str,
    /// The unit that its cell or its heading says.
    unit: Option<Unit>,
    fields: Fields<'a>,
}

pub(super) fn file<'a>(writer: &mut Writer<'_, 'a>) -> Value<'a> {
    let values: Vec<usize> = writer.plan.values().collect();
    let mut parts: Vec<Part<'a>> = Vec::new();
    for row in 0..writer.raw.rows.len() {
        for at in &values {
            parts.push(part(writer, row, *at));
        }
    }
    let unit = commonest(writer, &mut parts);
    // The newest first, as readers want it.
    let period = |at: usize| parts.get(at).map(|part| part.period);
    let mut order = ordered(parts.len(), &|a, b| period(b).cmp(&period(a)));
    let ends = [order.first(), order.last()].map(|at| period(*at?));
    let several = ends[0] != ends[1];
    // Years that no part has twice are dates of the parts, and not periods of the whole.
    if several && !repeated(&parts) {
        for part in &mut parts {
            if !part.period.is_empty() && !part.fields.iter().any(|(key, _)| *key == "as_of") {
                push_text(&mut part.fields, "as_of", part.period);
            }
            part.period = "";
        }
        order = (0..parts.len()).collect();
    }
    let mut parts: Vec<Option<Part<'a>>> = parts.into_iter().map(Some).collect();
    let (mut tables, mut own) = (Vec::new(), Vec::<Part<'a>>::new());
    let mut totals = vec![false; writer.raw.rows.len()];
    for at in order {
        let Some(part) = parts.get_mut(at).and_then(Option::take) else {
            continue;
        };
        if own.last().is_some_and(|last| last.period != part.period) {
            let parts = core::mem::take(&mut own);
            tables.extend(table(writer, parts, unit.as_ref(), &mut totals));
        }
        own.push(part);
    }
    tables.extend(table(writer, own, unit.as_ref(), &mut totals));
    for (row, _) in totals.iter().enumerate().filter(|(_, total)| **total) {
        // A total may stand where the groups do.
        let name = [writer.text(row, "label"), writer.text(row, "group")];
        let name = name.into_iter().find(|name| !name.is_empty());
        writer.note(row, "label", name.unwrap_or_default(), IssueKind::TotalRow);
    }
    // Of periods the newest is open, and a slider leads to the others.
    let newest = tables
        .first()
        .map_or("", |table| table.get("period").text());
    let mut file = writer.made("market-share", writer.raw.title, "tables", tables);
    if let Value::Row(fields) = &mut file
        && !newest.is_empty()
    {
        fields.push(("board", Value::List(vec![Value::Text(newest)])));
    }
    file
}

/// Whether two parts have one name.
fn repeated(parts: &[Part<'_>]) -> bool {
    let name = |at: usize| parts.get(at).map(|part| (part.group, part.label));
    let names = ordered(parts.len(), &|a, b| name(a).cmp(&name(b)));
    names
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if name(*a) == name(*b)))
}

fn part<'a>(writer: &mut Writer<'_, 'a>, row: usize, at: usize) -> Part<'a> {
    let mut fields = writer.row(row, PLAIN);
    let label = writer.text(row, "label");
    push_text(&mut fields, "label", label);
    let (mut value, mut unit) = (f64::NAN, None);
    match writer.number(row, at, "value") {
        Number::Known(sum) => {
            value = sum.value.number();
            let said = sum.unit.percent || sum.unit.currency.is_some() || !sum.unit.name.is_empty();
            add_bound(&mut fields, &sum);
            unit = said.then_some(sum.unit);
            fields.push(("value", sum.value));
        }
        Number::Unreadable(text) => push_text(&mut fields, "value", text),
        Number::Undisclosed => push_text(&mut fields, "value", "undisclosed"),
        Number::None => {}
    }
    if let Some(color) = writer.find("color")
        && let Number::Known(sum) = writer.number(row, color, "color")
    {
        fields.push(("color", sum.value));
    }
    let own = writer
        .column(at)
        .map_or("", |column| column.period.as_str());
    let period = if own.is_empty() {
        writer.text(row, "period")
    } else {
        writer.keep(own)
    };
    Part {
        row,
        label,
        group: writer.text(row, "group"),
        period,
        value,
        text: writer.raw.cell(row, at).text,
        unit,
        fields,
    }
}

/// The unit of the whole: the one that most parts have, if no more parts have none. What has another
/// is no part of the same whole: noted, and its value is not used.
fn commonest(writer: &mut Writer<'_, '_>, parts: &mut [Part<'_>]) -> Option<Unit> {
    let mut counts: Vec<(Unit, usize)> = Vec::new();
    let bare = |part: &&Part<'_>| part.unit.is_none() && part.value.is_finite();
    let bare = parts.iter().filter(bare).count();
    for unit in parts.iter().filter_map(|part| part.unit.as_ref()) {
        let found = counts.iter().position(|(known, _)| known == unit);
        // A column of texts names no end of units.
        let room = counts.len() < 100;
        match found.and_then(|found| counts.get_mut(found)) {
            Some((_, count)) => *count += 1,
            None if room => counts.push((unit.clone(), 1)),
            None => {}
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let found = counts.into_iter().find(|(_, count)| *count == most);
    let unit = found.filter(|_| most >= bare).map(|(unit, _)| unit);
    for part in parts {
        if part.unit.is_some() && part.unit != unit {
            writer.note(part.row, "value", part.text, IssueKind::OtherUnit);
            part.fields.retain(|(key, _)| *key != "value");
            part.value = f64::NAN;
        }
    }
    unit
}

/// One table; `None` where nothing is in it. `totals` hears which rows are sums of others.
fn table<'a>(
    writer: &mut Writer<'_, 'a>,
    mut parts: Vec<Part<'a>>,
    unit: Option<&Unit>,
    totals: &mut [bool],
) -> Option<Value<'a>> {
    let own: Vec<bool> = (0..parts.len()).map(|at| is_total(&parts, at)).collect();
    let mut total = own.into_iter();
    parts.retain(|part| {
        let total = total.next() == Some(true);
        if let Some(noted) = totals.get_mut(part.row).filter(|_| total) {
            *noted = true;
        }
        !total
    });
    let period = parts.first()?.period;
    let per_cent = per_cent(writer, &parts, unit);
    let mut table = vec![(
        "kind",
        Value::Text(if per_cent { "share" } else { "parts" }),
    )];
    push_text(&mut table, "title", title(writer, period));
    if !period.is_empty() {
        table.push(("id", Value::Text(period)));
        table.push(("series", Value::Text("1")));
    }
    table.extend(writer.raw.more.iter().cloned());
    push_text(&mut table, "period", period);
    let unit = if per_cent { "%" } else { unit_of(writer, unit) };
    push_text(&mut table, "unit", unit);
    push_text(&mut table, "metric", metric(writer).unwrap_or_default());
    let color = writer.find("color").and_then(|at| writer.column(at));
    let color = color.map_or("", |column| writer.keep(&column.heading));
    push_text(&mut table, "color_label", color);
    let items = parts
        .into_iter()
        .map(|part| Value::Row(part.fields))
        .collect();
    table.push(("items", Value::List(items)));
    Some(Value::Row(table))
}

/// What a table is called: periods of one market by what is counted in them, or who is.
fn title<'a>(writer: &Writer<'_, 'a>, period: &str) -> &'a str {
    let stated = writer.raw.title;
    if period.is_empty() || !stated.is_empty() {
        return stated;
    }
    let heading = |field| writer.find(field).and_then(|at| writer.column(at));
    let value = heading("value").map_or("", |column| column.measure());
    let label = heading("label").map_or("", |column| column.name.as_str());
    writer.keep(if value.is_empty() { label } else { value })
}

/// What the values are called, where that says more than “value”.
fn metric<'a>(writer: &Writer<'_, 'a>) -> Option<&'a str> {
    let column = writer.column(writer.find("value")?)?;
    let plain = [
        "value", "values", "값", "수치", "値", "number", "count", "수", "数", "size",
    ];
    let said = column.period.is_empty()
        && !column.name.is_empty()
        && !plain
            .iter()
            .any(|word| column.name.eq_ignore_ascii_case(word));
    said.then(|| writer.keep(&column.name))
}

/// Whether the values are per cents: a sign or a heading says so. A heading such as `share` alone
/// does not where they add up to more than a whole, or to one: those are counts, or parts of one.
fn per_cent(writer: &Writer<'_, '_>, parts: &[Part<'_>], unit: Option<&Unit>) -> bool {
    if let Some(unit) = unit {
        return unit.percent;
    }
    let stated = |at| writer.column(at).is_some_and(super::Column::is_per_cent);
    let sum: f64 = parts
        .iter()
        .map(|part| part.value)
        .filter(|value| value.is_finite())
        .sum();
    writer.find("value").is_some_and(stated) && sum > 1.01 && sum <= 101.0
}

/// The unit as files name it.
fn unit_of<'a>(writer: &Writer<'_, 'a>, unit: Option<&Unit>) -> &'a str {
    match unit {
        Some(unit) => unit.currency.unwrap_or_else(|| writer.keep(&unit.name)),
        None => writer.text(0, "unit"),
    }
}

/// Whether a part is the sum of the others: by its name, or, first or last, by its value.
fn is_total(parts: &[Part<'_>], at: usize) -> bool {
    const TOTALS: &str = "합계, 총계, 총합계, 총합, 계, 소계, 누계, 총액, 전체 합계, total, totals, grand total, subtotal, sub total, sum, sum total, 合計, 総計, 計, 小計, insgesamt, summe, gesamt";
    let Some(part) = parts.get(at) else {
        return false;
    };
    if super::headings::listed(TOTALS, part.label) {
        return true;
    }
    if at != 0 && at + 1 != parts.len() {
        return false;
    }
    let others = parts.iter().enumerate().filter(|(other, part)| {
        *other != at && part.value > 0.0 && !super::headings::listed(TOTALS, part.label)
    });
    let (mut count, mut sum) = (0, 0.0);
    for (_, other) in others {
        count += 1;
        sum += other.value;
    }
    count >= 3 && part.value > 0.0 && (sum - part.value).abs() <= part.value * 1e-4
}
