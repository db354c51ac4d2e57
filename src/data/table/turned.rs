//! Tables that lie on their side: measures in rows, or names over columns of one measure. They are
//! turned where it is sure that they do.

use super::headings::{SCHEMAS, Schema, listed};
use super::periods::names_period;
use super::quantity::{self, Cell as Quantity, Decimal};
use super::raw::{Cell, Raw, RawRow};
use super::totals::is_named_total;

/// Cells that a table may have to be turned.
const MOST: usize = 10_000;

/// What parts of a whole are read as.
fn schema() -> Option<&'static Schema> {
    SCHEMAS
        .into_iter()
        .find(|schema| schema.kind == "market-share")
}

/// Whether a heading says what is measured.
fn measures(heading: &str) -> bool {
    let name = quantity::heading(heading).0;
    let field = schema().and_then(|schema| schema.meant(&name));
    field.is_some_and(|field| matches!(field.name, "value" | "color" | "unit"))
}

/// A plain number.
fn number(text: &str) -> Option<f64> {
    match quantity::cell(text, Decimal::Point) {
        Quantity::Number(found) if found.power == 0 => {
            Some(crate::data::json::number(&found.digits))
        }
        _ => None,
    }
}

impl<'a> Raw<'a> {
    /// Turns a table that lies on its side.
    pub(super) fn turn(&mut self) {
        let cells = self.head.len() * (self.rows.len() + 1);
        if self.head.len() < 3 || self.rows.is_empty() || cells > MOST {
            return;
        }
        if self.has_measures_in_rows() {
            self.transpose();
        } else if self.has_names_over_columns() {
            self.melt();
        }
    }

    /// Whether the first cells of the rows say what is measured, and no heading does.
    fn has_measures_in_rows(&self) -> bool {
        let firsts = || {
            self.rows
                .iter()
                .map(|row| row.cells.first().map_or("", |cell| cell.text))
        };
        let others = self.head.get(1..).unwrap_or_default();
        self.rows.len() > 1
            && firsts().all(measures)
            && others
                .iter()
                .all(|heading| !heading.is_empty() && !measures(heading) && !names_period(heading))
    }

    fn transpose(&mut self) {
        let line = self.rows.first().map_or(1, |row| row.line);
        let text = |at: usize, row: &RawRow<'a>| row.cells.get(at).copied().unwrap_or_default();
        let mut head = vec![self.head.first().copied().unwrap_or_default()];
        head.extend(self.rows.iter().map(|row| text(0, row).text));
        let rows = (1..self.head.len())
            .map(|at| {
                let name = self.head.get(at).copied().unwrap_or_default();
                let mut cells = vec![Cell {
                    text: name,
                    number: false,
                }];
                cells.extend(self.rows.iter().map(|row| text(at, row)));
                RawRow { line, cells }
            })
            .collect();
        (self.head, self.rows) = (head, rows);
    }

    /// Whether rows are periods, and the columns beside them are of one measure: their numbers add
    /// up to a hundred, or to a column that is called their total, or one unit holds for all.
    fn has_names_over_columns(&self) -> bool {
        let (Some(first), Some(names)) = (self.head.first(), self.head.get(1..)) else {
            return false;
        };
        let period = schema().and_then(|schema| schema.field("period"));
        let periods = period
            .is_some_and(|field| listed(field.headings, first) || field.name == *first)
            && self.rows.iter().all(|row| {
                row.cells
                    .first()
                    .is_some_and(|cell| names_period(cell.text))
            });
        let plain = |name: &&str| {
            let (bare, unit) = quantity::heading(name);
            let known = schema().and_then(|schema| schema.meant(&bare));
            !name.is_empty() && unit.is_none() && !names_period(name) && known.is_none()
        };
        let total = names.iter().position(|name| is_named_total(name));
        let named = names
            .iter()
            .enumerate()
            .all(|(at, name)| Some(at) == total || plain(name));
        if !periods || !named {
            return false;
        }
        let add_up = |row: &RawRow<'a>| {
            let numbers: Option<Vec<f64>> = row
                .cells
                .iter()
                .skip(1)
                .map(|cell| number(cell.text))
                .collect();
            numbers.is_some_and(|numbers| {
                let sum: f64 = numbers.iter().sum();
                let whole = total.and_then(|at| numbers.get(at));
                match whole {
                    Some(whole) => (sum - 2.0 * whole).abs() <= whole.abs() * 1e-3,
                    None => (99.0..=101.0).contains(&sum),
                }
            })
        };
        !self.unit.is_empty() || self.rows.iter().all(add_up)
    }

    /// A row for each cell: its period, the heading above it, and what it holds.
    fn melt(&mut self) {
        let first = self.head.first().copied().unwrap_or_default();
        let names: Vec<&str> = self.head.drain(..).skip(1).collect();
        let mut melted = Vec::new();
        for row in self.rows.drain(..) {
            let mut cells = row.cells.into_iter();
            let period = cells.next().unwrap_or_default();
            for (name, cell) in names.iter().zip(cells) {
                if !cell.text.is_empty() {
                    let name = Cell {
                        text: name,
                        number: false,
                    };
                    melted.push(RawRow {
                        line: row.line,
                        cells: vec![period, name, cell],
                    });
                }
            }
        }
        self.rows = melted;
        // What add up to a hundred are per cents. Nothing else says what the numbers are.
        if self.unit.is_empty() && !names.iter().any(|name| is_named_total(name)) {
            self.unit = "%";
        }
        self.head = vec![first, "", ""];
    }
}
