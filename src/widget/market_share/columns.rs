//! A treemap that comes as columns: names of its rows and groups, and which rows are not drawn. Not
//! here: reading and checking columns, which the data does.

use super::MarketShareWidget;
use crate::data::market_share::{Kind, Table as ShareTable};
use crate::data::{Grid, Names};
use crate::layout::treemap::Tree;

/// What columns say besides values.
#[derive(Debug)]
pub(super) struct Columns {
    /// Level and code of each inner node.
    codes: Vec<[u32; 2]>,
    /// Names of the groups on each level.
    levels: Vec<Vec<String>>,
    labels: Names,
    /// The second measure, which colours tiles.
    pub(super) color_values: Vec<f64>,
    /// Rows whose value is not disclosed, and rows that are left out; in order.
    pub(super) undisclosed: Vec<u32>,
    left_out: Vec<u32>,
}

impl Columns {
    /// Whether there is more than what is drawn.
    pub(super) fn is_partial(&self) -> bool {
        !self.undisclosed.is_empty() || !self.left_out.is_empty()
    }

    pub(super) fn is_undisclosed(&self, row: u32) -> bool {
        self.undisclosed.binary_search(&row).is_ok()
    }

    pub(super) fn is_left_out(&self, row: u32) -> bool {
        self.left_out.binary_search(&row).is_ok()
    }

    pub(super) fn has_labels(&self) -> bool {
        !self.labels.names.is_empty()
    }

    /// The names of rows, and which of them a row has.
    pub(super) fn dictionary(&self) -> &[String] {
        &self.labels.names
    }

    pub(super) fn name_place(&self, row: u32) -> Option<usize> {
        if self.labels.codes.is_empty() {
            return Some(row as usize);
        }
        self.labels
            .codes
            .get(row as usize)
            .map(|&code| code as usize)
    }

    /// What a row is called.
    pub(super) fn row_name(&self, row: u32) -> &str {
        self.labels.of(row)
    }

    /// What a group is called; nothing for the root.
    pub(super) fn group_name(&self, inner: u32) -> Option<&str> {
        let &[level, code] = self.codes.get(inner as usize)?;
        let names = self.levels.get((level as usize).checked_sub(1)?)?;
        names.get(code as usize).map(String::as_str)
    }
}

impl MarketShareWidget {
    /// Takes columns that have been checked, in place of all that was.
    pub(super) fn take_columns(&mut self, grid: Grid) {
        let Grid {
            values,
            undisclosed,
            left_out,
            levels,
            label,
            color,
        } = grid;
        // What the last data took is given back before the new takes as much.
        *self = Self::default();
        let (mut codes, mut counts, mut names) = (Vec::new(), Vec::new(), Vec::new());
        for level in &levels {
            codes.push(level.codes.as_slice());
            counts.push(level.names.len());
        }
        let (tree, nodes) = Tree::grouped(values, &codes, &counts);
        for level in levels {
            names.push(level.names);
        }
        self.tree = tree;
        self.first_rows.push(0);
        // A sum of some is no whole.
        let whole = Some(self.tree.value(self.tree.leaves()))
            .filter(|_| undisclosed.is_empty() && left_out.is_empty());
        self.data.tables.push(ShareTable {
            kind: Kind::Parts,
            whole,
            ..ShareTable::default()
        });
        self.columns = Some(Columns {
            codes: nodes,
            levels: names,
            labels: label,
            color_values: color,
            undisclosed,
            left_out,
        });
        self.find_color_values();
        self.find_colors();
    }
}
