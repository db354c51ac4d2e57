//! Columns as a page hands them over: typed arrays and dictionaries, for data too large to be rows.
//! [`Grid`] is what the treemap takes of them. Not here: what the other widgets take.

use super::sanitize::{Hundredths, clean, cut};
use crate::error::{Code, Error, Issue, IssueKind};

/// One column. A plain one has numbers; a dictionary has a code a row and the names that the codes
/// count into. Owned: the buffers that the host transferred become these, without a second copy.
/// Nothing in it has been checked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Column {
    /// What it is: `value`, `label`, `nodes.layer`; of several of one kind the number follows,
    /// `levels.0` outermost.
    pub name: String,
    /// Numbers, a row each; empty for a dictionary. Then `codes` are the rows that hold something
    /// else, and `names` what they hold.
    pub numbers: Vec<f64>,
    /// Places among the names, a row each; empty for plain numbers.
    pub codes: Vec<u32>,
    /// The names.
    pub names: Vec<String>,
}

impl Column {
    /// A column whose names come as one text, each ended by a NUL.
    pub fn new(name: &str, numbers: Vec<f64>, codes: Vec<u32>, names: &str) -> Self {
        let mut column = Self {
            name: name.to_string(),
            numbers,
            codes,
            names: Vec::new(),
        };
        let mut rest = names;
        while let Some((name, more)) = rest.split_once('\0') {
            column.names.push(name.to_string());
            rest = more;
        }
        column
    }

    /// How many rows it has.
    pub fn rows(&self) -> usize {
        match (self.numbers.len(), self.codes.len()) {
            (0, 0) => self.names.len(),
            (numbers, codes) => numbers.max(codes),
        }
    }

    /// Whether it holds numbers.
    pub fn is_numbers(&self) -> bool {
        !self.numbers.is_empty()
    }
}

/// Columns of one table that differ in their numbers of rows: `label 2, value 3`.
pub(crate) fn lengths(column: &str, rows: usize, other: &str, others: usize) -> Error {
    Error::new(
        Code::ColumnLength,
        format!("{column} {rows}, {other} {others}"),
    )
}

/// Of a plain column for every row whether what it holds was noted as something else than a number;
/// empty where no row was.
pub(crate) fn noted(columns: &[Column], name: &str) -> Vec<bool> {
    let mut noted = Vec::new();
    if let Some(column) = columns
        .iter()
        .find(|column| column.name == name && column.is_numbers() && !column.codes.is_empty())
    {
        noted.resize(column.numbers.len(), false);
        for &row in &column.codes {
            if let Some(noted) = noted.get_mut(row as usize) {
                *noted = true;
            }
        }
    }
    noted
}

/// Takes out of plain columns what was noted of their cells: `codes` are rows that hold something
/// else than a number, `names` what they hold. There the numbers are NaN.
pub(crate) fn odd_cells(columns: &mut [Column], issues: &mut Vec<Issue>) {
    for column in columns {
        if column.numbers.is_empty() {
            continue;
        }
        let (rows, found) = (
            core::mem::take(&mut column.codes),
            core::mem::take(&mut column.names),
        );
        for (row, found) in rows.into_iter().zip(found) {
            // Where a relation ends a name was looked for among the nodes.
            let kind = if matches!(column.name.as_str(), "links.from" | "links.to") {
                IssueKind::UnknownReference
            } else {
                IssueKind::WrongType
            };
            note(
                issues,
                &column.name,
                row as usize,
                cut(&clean(&found), 80).to_string(),
                kind,
            );
        }
    }
}

/// Notes the columns that are not among those that are read; `levels.0` is read where `levels` is.
pub(crate) fn strangers(columns: &[Column], known: &[&str], issues: &mut Vec<Issue>) {
    for column in columns {
        let group = column.name.split_once('.').map_or("", |parts| parts.0);
        if !known.contains(&column.name.as_str())
            && (group.is_empty() || !known.contains(&group))
            && issues.len() < MAX_ISSUES
        {
            let place = cut(&clean(&column.name), 80).to_string();
            issues.push(Issue {
                place,
                line: 0,
                field: "",
                found: String::new(),
                kind: IssueKind::UnknownColumn,
            });
        }
    }
}

/// Notes codes that no name has; 2³² − 1 says that there is none.
pub(crate) fn check_codes(name: &str, codes: &[u32], names: usize, issues: &mut Vec<Issue>) {
    for (row, &code) in codes.iter().enumerate() {
        if code as usize >= names && code != u32::MAX {
            note(issues, name, row, code.to_string(), IssueKind::UnknownCode);
        }
    }
}

/// The name of what has none; readers see words for it.
pub(crate) const UNNAMED: &str = "-";

/// A dictionary with a name for every row: without codes each row has one of its own, and rows that
/// have none share one more.
pub(crate) fn name_all_codes(mut column: Column) -> Column {
    let names = column.names.len() as u32;
    if column.codes.is_empty() {
        column.codes = (0..names).collect();
    }
    if column.codes.iter().any(|&code| code >= names) {
        column.names.push(UNNAMED.to_string());
        for code in &mut column.codes {
            *code = names.min(*code);
        }
    }
    column
}

/// Issues that are kept of columns; beyond these there is nothing new to say.
const MAX_ISSUES: usize = 10_000;

/// What a row is called, or which group it is in: codes and the names that they count into. Without
/// codes each row has a name of its own.
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
        let code = if self.codes.is_empty() {
            Some(row)
        } else {
            self.codes.get(row as usize).copied()
        };
        code.and_then(|code| self.names.get(code as usize))
            .map_or("", |name| name)
    }
}

/// Values in groups, as columns bring them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// A value a row, finite and not negative; 0 where `undisclosed` or `left_out` has the row.
    pub values: Vec<f64>,
    /// Rows whose value is not disclosed, in order.
    pub undisclosed: Vec<u32>,
    /// Rows whose value cannot be drawn, in order.
    pub left_out: Vec<u32>,
    /// The group of each row, outermost level first.
    pub levels: Vec<Names>,
    /// What each row is called.
    pub label: Names,
    /// A second measure; NaN where there is none. Empty: not given.
    pub color: Vec<f64>,
}

impl Grid {
    /// Checks the columns `value`, `levels.0` … outermost first, `label` and `color`; others are
    /// issues. A value that is no number is not disclosed, one that is infinite or negative is left
    /// out, and both are issues; so is a code that no name has, but for 2³² − 1, which says that a
    /// row is in no group of that level.
    ///
    /// # Errors
    /// `bad-columns` with the column that is missing, is of another kind or has another number of
    /// rows; `empty` without rows.
    pub fn read(mut columns: Vec<Column>) -> Result<(Self, Vec<Issue>), Error> {
        let (mut grid, mut issues) = (Self::default(), Vec::new());
        let mut odd = Vec::new();
        // Cells that are noted as they stand.
        let noted = noted(&columns, "value");
        odd_cells(&mut columns, &mut odd);
        strangers(&columns, &["value", "label", "color", "levels"], &mut odd);
        let mut groups: Vec<Column> = Vec::new();
        let mut found = false;
        for column in columns {
            let (numbers, rows) = (column.is_numbers(), column.rows());
            match &*column.name {
                "value" => {
                    if !numbers && rows > 0 {
                        return Err(Error::new(Code::ColumnKind, "value"));
                    }
                    found = true;
                    grid.values = column.numbers;
                }
                "label" if numbers => return Err(Error::new(Code::ColumnKind, "label")),
                "label" => {
                    grid.label = Names {
                        codes: column.codes,
                        names: column.names,
                    }
                }
                "color" if !numbers && rows > 0 => {
                    return Err(Error::new(Code::ColumnKind, "color"));
                }
                "color" => grid.color = column.numbers,
                name if name.starts_with("levels.") => groups.push(column),
                _ => {}
            }
        }
        if !found {
            return Err(Error::new(Code::NoColumn, "value"));
        }
        let rows = grid.values.len();
        if rows == 0 {
            return Err(Error::new(Code::Empty, "value"));
        }
        if !grid.color.is_empty() && grid.color.len() != rows {
            return Err(lengths("color", grid.color.len(), "value", rows));
        }
        // Numbers may come in any order: `levels.10` stands behind `levels.9`.
        let mut keys = Vec::new();
        for column in &groups {
            keys.push(
                column
                    .name
                    .get(7..)
                    .unwrap_or_default()
                    .trim()
                    .parse::<u8>()
                    .map_or(f64::NAN, f64::from),
            );
        }
        let mut sorted: Vec<Option<Column>> = groups.into_iter().map(Some).collect();
        for level in 0..sorted.len() {
            let at = keys.iter().position(|&key| key == level as f64);
            let Some(column) = at.and_then(|at| sorted.get_mut(at)).and_then(Option::take) else {
                return Err(Error::new(Code::NoColumn, "levels"));
            };
            if column.is_numbers() {
                return Err(Error::new(Code::ColumnKind, column.name));
            }
            if column.codes.len() != rows {
                return Err(lengths(&column.name, column.codes.len(), "value", rows));
            }
            check_codes(&column.name, &column.codes, column.names.len(), &mut issues);
            grid.levels.push(Names {
                codes: column.codes,
                names: column.names,
            });
        }
        let Names { codes, names } = &grid.label;
        let labels = if codes.is_empty() {
            names.len()
        } else {
            codes.len()
        };
        if labels > 0 && labels != rows {
            return Err(lengths("label", labels, "value", rows));
        }
        check_codes("label", codes, names.len(), &mut issues);
        for (row, value) in grid.values.iter_mut().enumerate() {
            if !(*value >= 0.0 && *value <= 1e300) {
                let kind = match *value {
                    v if v.is_nan() => IssueKind::Missing,
                    v if (-1e300..0.0).contains(&v) => IssueKind::Negative,
                    _ => IssueKind::NotFinite,
                };
                let found = if kind == IssueKind::Negative && *value > -1e15 {
                    Hundredths(*value).to_string()
                } else {
                    String::new()
                };
                let list = if kind == IssueKind::Missing {
                    &mut grid.undisclosed
                } else {
                    &mut grid.left_out
                };
                list.push(row as u32);
                if noted.get(row) != Some(&true) {
                    note(&mut issues, "value", row, found, kind);
                }
                *value = 0.0;
            }
        }
        odd.append(&mut issues);
        odd.truncate(MAX_ISSUES);
        Ok((grid, odd))
    }
}

/// Fields of columns, as issues have them.
const FIELDS: [&str; 17] = [
    "value",
    "label",
    "levels",
    "color",
    "date",
    "amount",
    "amountUsd",
    "dateEnd",
    "valuation",
    "type",
    "target",
    "lane",
    "layer",
    "sublayer",
    "country",
    "from",
    "to",
];

/// Notes what is wrong with a row of a column.
pub(crate) fn note(
    issues: &mut Vec<Issue>,
    column: &str,
    row: usize,
    found: String,
    kind: IssueKind,
) {
    if issues.len() >= MAX_ISSUES {
        return;
    }
    // `links.to` is `to`, `levels.2` is `levels`.
    let field = FIELDS
        .into_iter()
        .find(|field| column.split('.').any(|part| part == *field))
        .unwrap_or("");
    issues.push(Issue {
        place: format!("{column}[{row}]"),
        line: 0,
        field,
        found,
        kind,
    });
}
