//! A table of parts, as a file of market shares: a table for each period, without its totals.

use super::measure::{self, Measure};
use super::quantity::Unit;
use super::wholes::{metric_rows, ranks, repeated};
use super::write::{Fields, Number, Writer, add_bound, push_text};
use super::{Column, dates, paths, totals};
use crate::data::order::ordered;
use crate::data::value::Value;
use crate::error::IssueKind;

/// What is copied as it stands.
const PLAIN: &[&str] = &[
    "group", "country", "layer", "as_of", "status", "source", "note", "label_ko", "label_en",
    "note_ko", "note_en", "party", "approx", "bound", "disputed", "planned", "derived",
];

/// One part of a table.
pub(super) struct Part<'a> {
    pub(super) row: usize,
    pub(super) label: &'a str,
    pub(super) group: &'a str,
    pub(super) period: &'a str,
    /// The place of its period in time.
    rank: usize,
    /// Its heading says that it is still to come.
    forecast: bool,
    /// The first row in which the same is measured.
    pub(super) metric_row: usize,
    /// NaN where there is none.
    pub(super) value: f64,
    /// Its value as it stands in the table.
    pub(super) text: &'a str,
    /// The unit that its cell or its heading says.
    unit: Option<Unit>,
    /// The code beside its name, where there is a column of codes.
    code: Option<&'a str>,
    pub(super) fields: Fields<'a>,
}

pub(super) fn file<'a>(writer: &mut Writer<'_, 'a>) -> Value<'a> {
    let values: Vec<usize> = writer.plan.values().collect();
    let metric_rows = metric_rows(writer);
    let mut parts: Vec<Part<'a>> = Vec::new();
    for (row, metric_row) in metric_rows.iter().enumerate() {
        for at in &values {
            let part = part(writer, row, *at);
            parts.push(Part {
                metric_row: *metric_row,
                ..part
            });
        }
    }
    let mut metrics = metric_rows;
    metrics.sort_unstable();
    metrics.dedup();
    let units: Vec<Option<Unit>> = metrics
        .iter()
        .map(|metric| commonest(writer, &mut parts, *metric))
        .collect();
    let periods = ranks(&parts);
    for part in &mut parts {
        let found = periods.binary_search_by(|(period, _)| period.cmp(&part.period));
        part.rank = found
            .ok()
            .and_then(|at| periods.get(at))
            .map_or(0, |(_, rank)| *rank);
    }
    let order = in_order(&mut parts, periods.len());
    let mut parts: Vec<Option<Part<'a>>> = parts.into_iter().map(Some).collect();
    let mut wholes = Vec::<Vec<Part<'a>>>::new();
    let mut left_out = vec![None; writer.raw.rows.len()];
    for at in order {
        let Some(part) = parts.get_mut(at).and_then(Option::take) else {
            continue;
        };
        match wholes.last_mut() {
            Some(own) if own.last().is_some_and(|last| last.is_beside(&part)) => own.push(part),
            _ => wholes.push(vec![part]),
        }
    }
    for own in &mut wholes {
        without_totals(own, &mut left_out);
    }
    wholes.retain(|own| !own.is_empty());
    for (row, kind) in left_out.into_iter().enumerate() {
        if let Some(kind) = kind {
            let label = writer.text(row, "label");
            let label = if label.is_empty() {
                writer.text(row, "group")
            } else {
                label
            };
            writer.note(row, "label", label, kind);
        }
    }
    let mut tables = Vec::with_capacity(wholes.len());
    for (metric, unit) in metrics.iter().zip(&units) {
        let own = |own: &Vec<Part<'_>>| own.first().is_some_and(|part| part.metric_row == *metric);
        let (mut own, others): (Vec<_>, Vec<_>) = wholes.into_iter().partition(own);
        wholes = others;
        let measured = writer.text(*metric, "metric");
        let measure = measure::of(writer, &mut own, unit.as_ref(), measured);
        if measure.is_side_by_side() {
            ungroup(writer, &mut own);
        }
        for own in own {
            tables.push(table(writer, own, unit.as_ref(), measure));
        }
    }
    // Of periods the newest is open, and a slider leads to the others.
    let newest = tables.first().map_or("", |table| table.get("id").text());
    let mut file = writer.made("market-share", writer.raw.title, "tables", tables);
    if let Value::Row(fields) = &mut file
        && !newest.is_empty()
    {
        fields.push(("board", Value::List(vec![Value::Text(newest)])));
    }
    file
}

/// The order of parts: what is measured in the order of the table, and of each the newest period
/// first, as readers want it.
fn in_order<'a>(parts: &mut [Part<'a>], periods: usize) -> Vec<usize> {
    let place = |at: usize| {
        parts
            .get(at)
            .map(|part| (part.metric_row, core::cmp::Reverse(part.rank)))
    };
    let mut order = ordered(parts.len(), &|a, b| place(a).cmp(&place(b)));
    // Years that no part has twice are dates of the parts, and not periods of the whole.
    if periods > 1 && !repeated(parts) {
        for part in parts.iter_mut() {
            if !part.period.is_empty() && !part.fields.iter().any(|(key, _)| *key == "as_of") {
                push_text(&mut part.fields, "as_of", part.period);
            }
            part.period = "";
        }
        let place = |at: usize| parts.get(at).map(|part| part.metric_row);
        order = ordered(parts.len(), &|a, b| place(a).cmp(&place(b)));
    }
    order
}

fn part<'a>(writer: &mut Writer<'_, 'a>, row: usize, at: usize) -> Part<'a> {
    let mut fields = writer.row(row, PLAIN);
    let label = without_note(writer.text(row, "label"));
    push_text(&mut fields, "label", label);
    // Codes of three letters name countries for programs; drawn are those of two.
    fields.retain(|(key, value)| {
        *key != "country" || value.spelling().is_none_or(|code| code.len() != 3)
    });
    // Spreadsheets count days where they show dates.
    let as_of = writer.text(row, "as_of");
    if let reading @ dates::Reading::Doubtful(..) = dates::date(as_of, None)
        && as_of.bytes().all(|b| b.is_ascii_digit())
    {
        writer.read_date(row, "as_of", as_of, reading);
        fields.retain(|(key, _)| *key != "as_of");
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
        Number::Unreadable(text) => push_text(&mut fields, "value", text),
        Number::Undisclosed => push_text(&mut fields, "value", "undisclosed"),
        Number::None => {}
    }
    if let Some(color) = writer.find("color")
        && let Number::Known(sum) = writer.number(row, color, "color")
    {
        fields.push(("color", sum.value));
    }
    let column = writer.column(at);
    let own = column.map_or("", |column| column.period.as_str());
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
        rank: 0,
        forecast: column.is_some_and(|column| column.forecast),
        metric_row: 0,
        value,
        text: writer.raw.cell(row, at).text,
        unit,
        code: writer.code(row),
        fields,
    }
}

/// A name without the mark of a footnote behind it: `United States[a]`, `Korea†`.
fn without_note(name: &str) -> &str {
    // Marks of lists.
    let name = ["- ", "– ", "· ", "• ", "└ ", "ㄴ ", "∟ ", "▶ "]
        .iter()
        .find_map(|mark| name.strip_prefix(mark))
        .map_or(name, str::trim_start);
    let bare = name.trim_end_matches(['†', '‡', '¹', '²', '³']).trim_end();
    let mark = bare
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['))
        .filter(|(_, mark)| {
            let number = (1..=3).contains(&mark.len()) && mark.bytes().all(|b| b.is_ascii_digit());
            let letter = mark.len() == 1 && mark.bytes().all(|b| b.is_ascii_lowercase());
            number || letter || mark.starts_with("note ") || mark.starts_with('주')
        });
    match mark.map_or(bare, |(bare, _)| bare.trim_end()) {
        "" => name,
        bare => bare,
    }
}

/// The unit of the whole: the one that most parts have, if no more parts have none. What has another
/// is no part of the same whole: noted, and its value is not used.
fn commonest(
    writer: &mut Writer<'_, '_>,
    parts: &mut [Part<'_>],
    metric_row: usize,
) -> Option<Unit> {
    let own = |part: &&Part<'_>| part.metric_row == metric_row;
    let mut counts: Vec<(Unit, usize)> = Vec::new();
    let bare = |part: &&Part<'_>| part.unit.is_none() && part.value >= 0.0;
    let bare = parts.iter().filter(own).filter(bare).count();
    for unit in parts
        .iter()
        .filter(own)
        .filter_map(|part| part.unit.as_ref())
    {
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
    // Below `점유율` a number without a sign is a per cent as those with one are.
    let shares = || {
        writer
            .find("value")
            .and_then(|at| writer.column(at))
            .is_some_and(Column::is_per_cent)
    };
    let unit = found
        .filter(|(unit, _)| most >= bare || unit.percent && shares())
        .map(|(unit, _)| unit);
    for part in parts
        .iter_mut()
        .filter(|part| part.metric_row == metric_row)
    {
        if part.unit.is_some() && part.unit != unit {
            writer.note(part.row, "value", part.text, IssueKind::OtherUnit);
            part.fields.retain(|(key, _)| *key != "value");
            part.value = f64::NAN;
        }
    }
    unit
}

impl Part<'_> {
    /// Whether two parts are of one table: the same is measured, in the same period.
    fn is_beside(&self, other: &Self) -> bool {
        self.metric_row == other.metric_row && self.period == other.period
    }

    /// Neither a name nor a value, nor anything that could be one.
    fn is_idle(&self) -> bool {
        self.value.is_nan() && !self.fields.iter().any(|(key, _)| *key == "value")
    }
}

/// Takes totals from the parts of a table; `left_out` hears which rows.
fn without_totals(parts: &mut Vec<Part<'_>>, left_out: &mut [Option<IssueKind>]) {
    let rows: Vec<totals::Row<'_>> = parts
        .iter()
        .map(|part| totals::Row {
            label: part.label,
            group: part.group,
            code: part.code,
            value: part.value,
        })
        .collect();
    let mut found = totals::of(&rows).into_iter();
    parts.retain(|part| {
        let kind = found.next().flatten();
        if let (Some(kind), Some(told)) = (kind, left_out.get_mut(part.row)) {
            *told = Some(kind);
        }
        kind.is_none()
    });
}

/// One table.
fn table<'a>(
    writer: &mut Writer<'_, 'a>,
    parts: Vec<Part<'a>>,
    unit: Option<&Unit>,
    measure: Measure,
) -> Value<'a> {
    let first = parts.first();
    let period = first.map_or("", |part| part.period);
    let metric_row = first.map_or(0, |part| part.metric_row);
    let mut table = vec![("kind", Value::Text(measure.kind()))];
    let title = title(writer, period, metric_row);
    push_text(&mut table, "title", title);
    if !period.is_empty() || writer.find("metric").is_some() {
        let series = writer.keep(&(metric_row + 1).to_string());
        let id = match (period, metric_row) {
            (period, 0) if !period.is_empty() => period,
            (period, _) => writer.keep(&[series, " ", period].concat()),
        };
        table.push(("id", Value::Text(id)));
        push_text(
            &mut table,
            "series",
            if period.is_empty() { "" } else { series },
        );
    }
    if first.is_some_and(|part| part.forecast) {
        table.push(("forecast", Value::Bool(true)));
    }
    table.extend(writer.raw.more.iter().cloned());
    push_text(&mut table, "period", period);
    let unit = if measure.percent() {
        "%"
    } else {
        unit_of(writer, unit)
    };
    push_text(&mut table, "unit", unit);
    push_text(
        &mut table,
        "metric",
        metric(writer, metric_row).unwrap_or_default(),
    );
    let color = writer.find("color").and_then(|at| writer.column(at));
    let color = color.map_or("", |column| writer.keep(&column.heading));
    push_text(&mut table, "color_label", color);
    let label = writer.find("label").and_then(|at| writer.column(at));
    let heading = label.map_or("", |column| column.name.as_str());
    tell_repeated(writer, &parts);
    // Spreadsheets leave out what is as above, and people what they do not know.
    if parts.iter().any(|part| !part.group.is_empty()) {
        for part in parts
            .iter()
            .filter(|part| part.group.is_empty() && !part.is_idle())
        {
            writer.note(part.row, "group", "", IssueKind::Missing);
        }
    }
    table.push(("items", Value::List(items(parts, measure, heading))));
    Value::Row(table)
}

/// The parts as items of a file, those whose names are paths in each other.
fn items<'a>(parts: Vec<Part<'a>>, measure: Measure, heading: &str) -> Vec<Value<'a>> {
    let names: Vec<&str> = parts.iter().map(|part| part.label).collect();
    let grouped = parts.iter().any(|part| !part.group.is_empty());
    let Some(joint) = Some(names)
        .filter(|_| !grouped && measure != Measure::Comparison)
        .and_then(|names| paths::joint(&names, heading))
    else {
        return parts
            .into_iter()
            .map(|part| Value::Row(part.fields))
            .collect();
    };
    paths::tree(
        parts
            .into_iter()
            .map(|part| (part.label, part.fields))
            .collect(),
        joint,
    )
}

/// What stands side by side has no sums, and groups are drawn with theirs.
fn ungroup(writer: &mut Writer<'_, '_>, tables: &mut [Vec<Part<'_>>]) {
    let mut grouped = false;
    for part in tables.iter_mut().flatten() {
        grouped |= !part.group.is_empty();
        part.fields.retain(|(key, _)| *key != "group");
        part.group = "";
    }
    let column = writer.find("group").and_then(|at| writer.column(at));
    if let Some(column) = column.filter(|_| grouped) {
        writer.tell_column(&column.heading, IssueKind::UnknownColumn);
    }
}

/// Tells of parts of one table that have one name: nothing says whether they are one.
fn tell_repeated(writer: &mut Writer<'_, '_>, parts: &[Part<'_>]) {
    let name = |at: usize| parts.get(at).map(|part| (part.group, part.label));
    let order = ordered(parts.len(), &|a, b| name(a).cmp(&name(b)));
    let mut again: Vec<&Part<'_>> = order
        .windows(2)
        .filter(|pair| matches!(pair, [a, b] if name(*a) == name(*b)))
        .filter_map(|pair| parts.get(*pair.get(1)?))
        .filter(|part| !part.label.is_empty() && !part.is_idle())
        .collect();
    again.sort_by_key(|part| part.row);
    for part in again {
        writer.note(part.row, "label", part.label, IssueKind::Repeated);
    }
}

/// What a table is called: periods of one market by what is counted in them, or who is.
fn title<'a>(writer: &Writer<'_, 'a>, period: &str, metric_row: usize) -> &'a str {
    let stated = writer.raw.title;
    let measured = writer.text(metric_row, "metric");
    if !measured.is_empty() && metric_row > 0 {
        return measured;
    }
    if period.is_empty() || !stated.is_empty() {
        return stated;
    }
    if !measured.is_empty() {
        return measured;
    }
    let heading = |field| writer.find(field).and_then(|at| writer.column(at));
    let value = heading("value").map_or("", |column| column.measure());
    let label = heading("label").map_or("", |column| column.name.as_str());
    writer.keep(if value.is_empty() { label } else { value })
}

/// What the values are called, where that says more than “value”.
fn metric<'a>(writer: &Writer<'_, 'a>, metric_row: usize) -> Option<&'a str> {
    let measured = writer.text(metric_row, "metric");
    if !measured.is_empty() {
        let (name, unit) = super::quantity::heading(measured);
        return Some(if unit.is_some() {
            writer.keep(&name)
        } else {
            measured
        });
    }
    let column = writer.column(writer.find("value")?)?;
    let plain = [
        "value", "values", "값", "수치", "値", "number", "count", "수", "数", "size",
    ];
    let name = column.measure();
    let said = !name.is_empty() && !plain.iter().any(|word| name.eq_ignore_ascii_case(word));
    said.then(|| writer.keep(name))
}

/// The unit as files name it.
fn unit_of<'a>(writer: &Writer<'_, 'a>, unit: Option<&Unit>) -> &'a str {
    unit.map_or("", |unit| {
        unit.currency.unwrap_or_else(|| writer.keep(&unit.name))
    })
}
