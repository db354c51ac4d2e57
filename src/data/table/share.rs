//! A table of parts, as a file of market shares: a table for each period, without its totals.

use super::quantity::Unit;
use super::write::{Fields, Number, Writer, add_bound};
use crate::data::value::Value;
use crate::error::IssueKind;

/// What is copied as it stands.
const PLAIN: &[&str] = &[
    "group", "country", "layer", "as_of", "status", "source", "note", "label_ko", "label_en",
    "note_ko", "note_en", "approx", "bound", "disputed", "planned", "derived",
];

/// One part of a table.
struct Part<'a> {
    row: usize,
    label: &'a str,
    group: &'a str,
    period: &'a str,
    /// NaN where there is none.
    value: f64,
    /// The unit that its cell or its heading says.
    unit: Option<Unit>,
    fields: Fields<'a>,
}

pub(super) fn file<'a>(writer: &mut Writer<'_, 'a>) -> Value<'a> {
    let values: Vec<usize> = (0..writer.plan.columns.len())
        .filter(|at| {
            writer
                .column(*at)
                .and_then(|column| column.field)
                .is_some_and(|field| field.name == "value")
        })
        .collect();
    let mut periods: Vec<&'a str> = Vec::new();
    let mut parts: Vec<Part<'a>> = Vec::new();
    for row in 0..writer.raw.rows.len() {
        for at in &values {
            let part = part(writer, row, *at);
            if !periods.contains(&part.period) {
                periods.push(part.period);
            }
            parts.push(part);
        }
    }
    // Years that no part has twice are dates of the parts, and not periods of the whole.
    let repeated = {
        let mut names: Vec<_> = parts.iter().map(|part| (part.group, part.label)).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair.first() == pair.last())
    };
    if !repeated && periods.len() > 1 {
        for part in &mut parts {
            if !part.period.is_empty() && !part.fields.iter().any(|(key, _)| *key == "as_of") {
                part.fields.push(("as_of", Value::Text(part.period)));
            }
            part.period = "";
        }
        periods = vec![""];
    }
    let unit = commonest(writer, &mut parts);
    let mut tables = Vec::new();
    for period in &periods {
        let own: Vec<Part<'a>> = take(&mut parts, period);
        if let Some(table) = table(writer, period, own, unit.as_ref()) {
            tables.push(table);
        }
    }
    // The newest first, as readers want it.
    if periods.len() > 1 {
        tables.sort_by(|(a, _), (b, _)| b.cmp(a));
    }
    let mut file = vec![("kind", Value::Text("ai-atlas/market-share"))];
    if !writer.raw.title.is_empty() {
        file.push(("title", Value::Text(writer.raw.title)));
    }
    file.push((
        "tables",
        Value::List(tables.into_iter().map(|(_, table)| table).collect()),
    ));
    Value::Row(file)
}

fn take<'a>(parts: &mut Vec<Part<'a>>, period: &str) -> Vec<Part<'a>> {
    let (own, rest) = core::mem::take(parts)
        .into_iter()
        .partition(|part| part.period == period);
    *parts = rest;
    own
}

fn part<'a>(writer: &mut Writer<'_, 'a>, row: usize, at: usize) -> Part<'a> {
    let mut fields = writer.row(row, PLAIN);
    let label = writer.text(row, "label");
    if !label.is_empty() {
        fields.push(("label", Value::Text(label)));
    }
    let (mut value, mut unit) = (f64::NAN, None);
    match writer.number(row, at, "value") {
        Number::Known(sum) => {
            value = sum.value.number();
            let said = sum.unit.percent || sum.unit.currency.is_some() || !sum.unit.name.is_empty();
            add_bound(&mut fields, &sum);
            unit = said.then_some(sum.unit);
            fields.push(("value", sum.value));
        }
        Number::Unreadable(text) => fields.push(("value", Value::Text(text))),
        Number::Undisclosed => fields.push(("value", Value::Text("undisclosed"))),
        Number::None => {}
    }
    if let Some(color) = writer.plan.find("color")
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
        unit,
        fields,
    }
}

/// The unit that most parts have. What has another is no part of the same whole: noted, and its
/// value is not used.
fn commonest(writer: &mut Writer<'_, '_>, parts: &mut [Part<'_>]) -> Option<Unit> {
    let mut counts: Vec<(Unit, usize)> = Vec::new();
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
    let (unit, _) = counts.into_iter().find(|(_, count)| *count == most)?;
    for part in parts {
        if part.unit.as_ref().is_some_and(|own| *own != unit) {
            let (row, text) = (part.row, writer.text(part.row, "value"));
            writer.note(row, "value", text, IssueKind::OtherUnit);
            part.fields.retain(|(key, _)| *key != "value");
            part.value = f64::NAN;
        }
    }
    Some(unit)
}

/// One table; `None` where nothing is in it.
fn table<'a>(
    writer: &mut Writer<'_, 'a>,
    period: &'a str,
    mut parts: Vec<Part<'a>>,
    unit: Option<&Unit>,
) -> Option<(&'a str, Value<'a>)> {
    let totals: Vec<usize> = (0..parts.len())
        .filter(|at| is_total(&parts, *at))
        .collect();
    for at in totals.iter().rev() {
        let total = parts.remove(*at);
        let words = total.label.to_string();
        writer.note(total.row, "label", &words, IssueKind::TotalRow);
    }
    if parts.is_empty() {
        return None;
    }
    let per_cent = per_cent(writer, &parts, unit);
    let mut table = vec![(
        "kind",
        Value::Text(if per_cent { "share" } else { "parts" }),
    )];
    if !writer.raw.title.is_empty() {
        table.push(("title", Value::Text(writer.raw.title)));
    }
    if !period.is_empty() {
        table.push(("period", Value::Text(period)));
    }
    let unit = if per_cent { "%" } else { unit_of(writer, unit) };
    if !unit.is_empty() {
        table.push(("unit", Value::Text(unit)));
    }
    if let Some(metric) = metric(writer) {
        table.push(("metric", Value::Text(metric)));
    }
    let items = parts
        .into_iter()
        .map(|part| Value::Row(part.fields))
        .collect();
    table.push(("items", Value::List(items)));
    Some((period, Value::Row(table)))
}

/// What the values are called, where that says more than “value”.
fn metric<'a>(writer: &Writer<'_, 'a>) -> Option<&'a str> {
    let column = writer.column(writer.plan.find("value")?)?;
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

/// Whether the values are per cents: a sign or a heading says so.
fn per_cent(writer: &Writer<'_, '_>, parts: &[Part<'_>], unit: Option<&Unit>) -> bool {
    if let Some(unit) = unit {
        return unit.percent;
    }
    let stated = |at| writer.column(at).is_some_and(super::Column::is_per_cent);
    // Counts below a heading such as `share` are no per cents when they are more than a whole.
    let sum: f64 = parts
        .iter()
        .map(|part| part.value)
        .filter(|value| value.is_finite())
        .sum();
    writer.plan.find("value").is_some_and(stated) && sum <= 101.0
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
