//! A table that somebody wrote, as a file of the kind that it fits: what its headings and cells
//! mean, in Korean, English and Japanese, which of its rows are totals or notes, and what of it is
//! not used. Element, builder and command line read tables here and nowhere else.
//!
//! What is in doubt is an issue that says both readings, and is not drawn.

mod chain;
mod choice;
mod columns;
pub mod dates;
mod figures;
mod heading;
pub mod headings;
mod heads;
mod measure;
mod paths;
mod periods;
pub mod quantity;
mod raw;
pub mod shapes;
mod share;
mod spans;
mod timeline;
mod totals;
mod turned;
mod units;
mod wholes;
mod write;

use super::input::Ask;
use super::value::{Texts, Value};
use crate::data::sanitize::{clean, cut};
use crate::data::{MAX_ROWS, too_large};
use crate::error::{Code, Error, Issue, IssueKind};

pub use chain::LINKS;
pub use columns::Column;
use columns::Plan;
use raw::Raw;
pub(super) use raw::is_note;
pub use timeline::EVENTS;
pub(super) use units::is_letter;

/// A table that has been read.
pub struct Read<'a> {
    /// The kind of data, `market-share`.
    pub kind: &'static str,
    /// The table as a file of that kind; each row has its `line`.
    pub file: Value<'a>,
    /// What its columns were taken for.
    pub columns: Vec<Column>,
    /// What is not used of it, and what is in doubt.
    pub issues: Vec<Issue>,
}

/// Reads `{"caption": "…", "head": […], "rows": [[…]], "lines": […]}`. The file borrows from the
/// table and from `texts`.
///
/// # Errors
/// `bad-table`, `wrong-kind`.
pub fn read<'a>(table: &Value<'a>, ask: &Ask<'_>, texts: &'a Texts) -> Result<Read<'a>, Error> {
    let mut raw = Raw::of(table, texts)?;
    let Some(plan) = Plan::best(&raw, ask) else {
        return Err(Error::new(Code::WrongKind, cut(ask.kind, 80)));
    };
    if let Some(missing) = plan.missing {
        return Err(no_heading(missing, &raw));
    }
    let unit = if ask.unit.is_empty() {
        raw.unit
    } else {
        ask.unit
    };
    // What a table of several columns of values becomes has a row for each.
    let parts = raw.rows.len() * plan.values().count();
    if parts > MAX_ROWS {
        return Err(too_large("rows", parts, MAX_ROWS));
    }
    let mut stated = unit_of(unit);
    // `(단위: 억원, %)`: per cents say so in their headings, and all else is money.
    stated.percent &= stated.power == 0 && stated.currency.is_none();
    let mut writer = write::Writer::new(&raw, &plan, stated, texts);
    let file = match (plan.schema.kind, plan.find("name").is_some()) {
        ("market-share", _) => share::file(&mut writer),
        ("funding-timeline", _) => timeline::file(&mut writer),
        (_, true) => chain::organisations(&mut writer),
        (_, false) => chain::file(&mut writer),
    };
    let mut issues = writer.issues;
    let mut before = core::mem::take(&mut raw.issues);
    for words in &plan.idle {
        before.push(Issue {
            place: "columns".to_string(),
            line: 0,
            field: "",
            found: cut(&clean(words), 80).to_string(),
            kind: IssueKind::UnknownWord,
        });
    }
    for (at, column) in plan.columns.iter().enumerate() {
        if column.field.is_none() && !column.left_out && column.filled > 0 {
            let (kind, found) = match column.nearest {
                // A second column of one meaning.
                Some(near) if plan.schema.meant(&column.name).is_some() => {
                    (IssueKind::Unused, near)
                }
                Some(near) => (IssueKind::NearColumn, near),
                None => (IssueKind::UnknownColumn, ""),
            };
            let heading = clean(&column.heading);
            let place = match heading.as_str() {
                "" => format!("column {}", at + 1),
                _ => heading,
            };
            before.push(Issue {
                place,
                line: 0,
                field: "",
                found: found.to_string(),
                kind,
            });
        }
    }
    before.append(&mut issues);
    Ok(Read {
        kind: plan.schema.kind,
        file,
        columns: plan.columns,
        issues: before,
    })
}

/// What a table is taken for, also where something is missing.
pub struct Understood<'a> {
    /// The kind of data.
    pub kind: &'static str,
    /// The meaning of each column.
    pub columns: Vec<Column>,
    /// What stands above the headings, and the unit that is stated there for all of it.
    pub title: &'a str,
    /// See `title`.
    pub unit: &'a str,
    /// Semicolons separate its cells.
    pub semicolon: bool,
    /// The headings.
    pub head: Vec<&'a str>,
    /// The rows below them, without notes at the end: the line of each, and its cells.
    pub rows: Vec<(usize, Vec<&'a str>)>,
}

/// What a table is taken for; `None` where it is no table.
pub fn understood<'a>(
    table: &Value<'a>,
    ask: &Ask<'_>,
    texts: &'a Texts,
) -> Option<Understood<'a>> {
    let raw = Raw::of(table, texts).ok()?;
    let plan = Plan::best(&raw, ask)?;
    let cells = |row: &raw::RawRow<'a>| row.cells.iter().map(|cell| cell.text).collect();
    Some(Understood {
        kind: plan.schema.kind,
        columns: plan.columns,
        title: raw.title,
        unit: raw.unit,
        semicolon: raw.semicolon,
        rows: raw.rows.iter().map(|row| (row.line, cells(row))).collect(),
        head: raw.head,
    })
}

/// A unit as an author names it: that of a heading which says no more.
fn unit_of(text: &str) -> quantity::Unit {
    let stated = !text.is_empty();
    let unit = stated.then(|| quantity::heading(&format!("x ({text})")).1);
    unit.flatten().unwrap_or_default()
}

/// What is missing, and the headings that are there.
fn no_heading(missing: &str, raw: &Raw<'_>) -> Error {
    let mut detail = missing.to_string();
    let mut joint = ": ";
    for heading in raw
        .head
        .iter()
        .filter(|heading| !heading.is_empty())
        .take(8)
    {
        detail.push_str(joint);
        detail.push_str(cut(&clean(heading), 40));
        joint = ", ";
    }
    Error::new(Code::NoHeading, detail)
}
