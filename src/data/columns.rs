//! Columns as a page hands them over: typed arrays and dictionaries, for data too large to be rows. Not here: what a column means.

use super::words::{push_number, push_whole, trim};
use crate::error::{Code, Error, Issue, IssueKind};

/// One column. A plain one has numbers; a dictionary has a code a row and the names that the codes count into. Owned: the buffers that the
/// host transferred become these, without a second copy. Nothing in it has been checked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// What it is: `value`, `label`, `nodes.layer`; of several of one kind the number follows, `levels.0` outermost.
    pub name: String,
    /// Numbers, a row each; empty for a dictionary.
    pub numbers: Vec<f64>,
    /// Places among the names, a row each; empty for plain numbers.
    pub codes: Vec<u32>,
    /// The names.
    pub names: Vec<String>,
}

impl Column {
    /// A column whose names come as one text, each ended by a NUL.
    pub fn new(name: &str, numbers: Vec<f64>, codes: Vec<u32>, names: &str) -> Self {
        let mut column = Self { name: name.to_string(), numbers, codes, names: Vec::new() };
        let mut rest = names;
        while let Some((name, more)) = super::words::halves(rest, 0) {
            column.names.push(name.to_string());
            rest = more;
        }
        column
    }
}

/// Issues that are kept of columns; beyond these there is nothing new to say.
const MAX_ISSUES: usize = 10_000;

/// What a row is called, or which group it is in: codes and the names that they count into. Without codes each row has a name of its own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    /// A code a row.
    pub codes: Vec<u32>,
    /// The names.
    pub names: Vec<String>,
}

impl Names {
    /// The name of a row; empty where it has none.
    pub fn of(&self, row: u32) -> &str {
        let code = if self.codes.is_empty() { Some(row) } else { self.codes.get(row as usize).copied() };
        code.and_then(|code| self.names.get(code as usize)).map_or("", |name| name)
    }
}

/// Values in groups, as columns bring them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// A value a row, finite and not negative.
    pub values: Vec<f64>,
    /// The group of each row, outermost level first.
    pub levels: Vec<Names>,
    /// What each row is called.
    pub label: Names,
    /// A second measure; NaN where there is none. Empty: not given.
    pub color: Vec<f64>,
}

impl Grid {
    /// Checks the columns `value`, `levels.0` … outermost first, `label` and `color`; others are ignored. A value that is no number, not finite or negative
    /// counts as 0 and is an issue; a code that no name has is an issue, but for 2³² − 1, which says that a row is in no group of that level.
    ///
    /// # Errors
    /// `wrong-kind` with the column that is missing, is of another kind or has another number of rows; `empty` without rows.
    pub fn read(columns: Vec<Column>) -> Result<(Self, Vec<Issue>), Error> {
        let (mut grid, mut issues) = (Self::default(), Vec::new());
        let mut groups: Vec<Column> = Vec::new();
        let mut found = false;
        for column in columns {
            match &*column.name {
                "value" => {
                    found = !column.numbers.is_empty() || (column.codes.is_empty() && column.names.is_empty());
                    grid.values = column.numbers;
                }
                "label" => grid.label = Names { codes: column.codes, names: column.names },
                "color" => grid.color = column.numbers,
                name if name.starts_with("levels.") => groups.push(column),
                _ => {}
            }
        }
        let wrong = |name: &str| Err(Error::new(Code::WrongKind, name));
        if !found {
            return wrong("value");
        }
        let rows = grid.values.len();
        if rows == 0 {
            return Err(Error::new(Code::Empty, "value"));
        }
        if !grid.color.is_empty() && grid.color.len() != rows {
            return wrong("color");
        }
        // Numbers may come in any order: `levels.10` stands behind `levels.9`.
        let mut keys = Vec::new();
        for column in &groups {
            keys.push(trim(column.name.get(7..).unwrap_or_default()).parse::<u8>().map_or(f64::NAN, f64::from));
        }
        let mut sorted: Vec<Option<Column>> = groups.into_iter().map(Some).collect();
        for level in 0..sorted.len() {
            let at = keys.iter().position(|&key| key == level as f64);
            let Some(column) = at.and_then(|at| sorted.get_mut(at)).and_then(Option::take) else { return wrong("levels") };
            if column.codes.len() != rows {
                return wrong(&column.name);
            }
            check(&column.codes, column.names.len(), "levels", Some(level), &mut issues);
            grid.levels.push(Names { codes: column.codes, names: column.names });
        }
        let Names { codes, names } = &grid.label;
        if !codes.is_empty() {
            if codes.len() != rows {
                return wrong("label");
            }
            check(codes, names.len(), "label", None, &mut issues);
        }
        for (row, value) in grid.values.iter_mut().enumerate() {
            if !(*value >= 0.0 && *value <= 1e300) {
                let mut found = String::new();
                let kind = if *value < 0.0 && *value >= -1e300 { IssueKind::Negative } else { IssueKind::NotFinite };
                if kind == IssueKind::Negative && *value > -1e15 {
                    push_number(&mut found, *value);
                }
                note(&mut issues, "value", None, row, found, kind);
                *value = 0.0;
            }
        }
        Ok((grid, issues))
    }
}

/// Notes codes that no name has.
fn check(codes: &[u32], names: usize, field: &'static str, level: Option<usize>, issues: &mut Vec<Issue>) {
    for (row, &code) in codes.iter().enumerate() {
        if code as usize >= names && code != u32::MAX {
            let mut found = String::new();
            push_whole(&mut found, code.into());
            note(issues, field, level, row, found, IssueKind::UnknownReference);
        }
    }
}

fn note(issues: &mut Vec<Issue>, field: &'static str, level: Option<usize>, row: usize, found: String, kind: IssueKind) {
    if issues.len() >= MAX_ISSUES {
        return;
    }
    let mut place = String::from(field);
    for (number, around) in [(level, [".", ""]), (Some(row), ["[", "]"])] {
        if let Some(number) = number {
            place.push_str(around[0]);
            push_whole(&mut place, number as u64);
            place.push_str(around[1]);
        }
    }
    issues.push(Issue { place, field, found, kind });
}
