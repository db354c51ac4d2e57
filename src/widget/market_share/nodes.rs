//! The tree of all tables: how it is built from a file, which table a node stands in, what the
//! second measure of a node is, and which nodes a view shows. Not here: what a node is called.

use super::MarketShareWidget;
use crate::data::market_share::{Rest, Table as ShareTable};
use crate::layout::treemap::Tree;
use crate::widget::View;

/// Tables of a board where the file names none.
const MAX_TABLES_OF_BOARD: usize = 6;

impl MarketShareWidget {
    /// The tree of a file's tables: the root, below it the tables, below them their groups.
    pub(super) fn build_tree(&mut self) {
        let mut values = Vec::new();
        let tables = self.data.tables.len();
        // The children of each inner node.
        let mut lists: Vec<Vec<u32>> = Vec::new();
        lists.resize(1 + tables + self.data.groups.len(), Vec::new());
        let mut add = |list: usize, node: u32| {
            if let Some(list) = lists.get_mut(list) {
                list.push(node);
            }
        };
        for (ix, table) in self.data.tables.iter().enumerate() {
            self.first_rows.push(values.len() as u32);
            for item in &table.items {
                let home = item.group.map_or(1 + ix, |group| 1 + tables + group);
                add(home, values.len() as u32);
                values.push(item.value);
            }
            if let Rest::Known(value) | Rest::Unknown(value) = table.rest {
                add(1 + ix, values.len() as u32);
                values.push(value);
            }
        }
        let inner = |ix: usize| (values.len() + ix) as u32;
        for ix in 0..tables {
            add(0, inner(1 + ix));
        }
        for (ix, group) in self.data.groups.iter().enumerate() {
            let home = group
                .parent
                .map_or(1 + group.table, |parent| 1 + tables + parent);
            add(home, inner(1 + tables + ix));
        }
        let items = self.data.tables.iter().flat_map(|table| &table.items);
        let parties = self.data.parties.iter().map(|party| party.layer);
        let groups = self.data.groups.iter().map(|group| group.layer);
        let mut layers = items.map(|item| item.layer).chain(parties).chain(groups);
        self.has_layers = layers.any(|layer| layer.is_some());
        self.tree = Tree::listed(values, &lists);
        self.find_color_values();
        self.find_colors();
    }

    /// Second measures: the range of the leaves, and means of the inner nodes, weighted by value.
    pub(super) fn find_color_values(&mut self) {
        let leaves = self.tree.leaves();
        let mut range: Option<[f64; 2]> = None;
        // A million rows without a second measure are not asked for it.
        let asked = match &self.columns {
            Some(columns) if columns.color_values.is_empty() => 0,
            _ => leaves,
        };
        for leaf in 0..asked {
            let value = self.color_value(leaf);
            if value.is_finite() {
                let [low, high] = range.unwrap_or([value, value]);
                range = Some([low.min(value), high.max(value)]);
            }
        }
        self.color_range = range;
        if range.is_none() {
            return;
        }
        self.color_means = vec![f64::NAN; self.tree.inner() as usize];
        for ix in (0..self.tree.inner()).rev() {
            let (mut sum, mut weight) = (0.0, 0.0);
            for &child in self.tree.children(leaves + ix) {
                let (color, value) = (self.color_value(child), self.tree.value(child));
                if color.is_finite() {
                    sum += color * value;
                    weight += value;
                }
            }
            if let Some(slot) = self.color_means.get_mut(ix as usize) {
                *slot = sum / weight;
            }
        }
    }

    /// The second measure of a node; NaN for none.
    pub(super) fn color_value(&self, datum: u32) -> f64 {
        let value = if let Some(inner) = datum.checked_sub(self.tree.leaves()) {
            self.color_means.get(inner as usize).copied()
        } else if let Some(columns) = &self.columns {
            columns.color_values.get(datum as usize).copied()
        } else {
            self.row(datum)
                .and_then(|(table, at)| table.items.get(at))
                .and_then(|item| item.color)
        };
        value.unwrap_or(f64::NAN)
    }

    /// The node that is a table.
    pub(super) fn table_node(&self, table: usize) -> u32 {
        self.tree.leaves()
            + if self.columns.is_some() {
                0
            } else {
                1 + table as u32
            }
    }

    /// Whether a node is a table, or stands in none.
    pub(super) fn is_table(&self, node: u32) -> bool {
        self.table_of(node)
            .is_none_or(|table| self.table_node(table) == node)
    }

    /// What stands for the small children of an inner node.
    pub(super) fn others_datum(&self, node: u32) -> u32 {
        node + self.tree.inner()
    }

    /// The node whose small children a datum stands for.
    pub(super) fn node_of_others(&self, datum: u32) -> u32 {
        datum - self.tree.inner()
    }

    /// The node whose small children a datum stands for in the last picture, and from which child
    /// on.
    pub(super) fn others_of(&self, datum: u32) -> Option<(u32, u32)> {
        let node = datum.checked_sub(self.tree.inner())?;
        self.last_picture
            .borrow()
            .others
            .iter()
            .find(|others| others.0 == node)
            .copied()
    }

    /// The table in which a node stands.
    pub(super) fn table_of(&self, datum: u32) -> Option<usize> {
        let Some(inner) = datum.checked_sub(self.tree.leaves()) else {
            return self
                .first_rows
                .partition_point(|&first| first <= datum)
                .checked_sub(1);
        };
        if self.columns.is_some() {
            return (inner < self.tree.inner()).then_some(0);
        }
        let (inner, tables) = ((inner as usize).checked_sub(1)?, self.data.tables.len());
        if inner < tables {
            Some(inner)
        } else {
            self.data
                .groups
                .get(inner - tables)
                .map(|group| group.table)
        }
    }

    /// The table of a row, and its place in it.
    pub(super) fn row(&self, datum: u32) -> Option<(&ShareTable, usize)> {
        let table = self.table_of(datum)?;
        Some((
            self.data.tables.get(table)?,
            datum.checked_sub(*self.first_rows.get(table)?)? as usize,
        ))
    }

    /// The node that the reader has opened, and how many of its children are left out; `None` for a
    /// whole table.
    pub(super) fn opened(&self, view: &View) -> Option<(u32, u32)> {
        let (node, skip) = view.state.market_share.open?;
        let table = self.table_of(node)?;
        // What was opened in a table that is not shown is closed.
        let other =
            !view.tab.is_empty() && self.data.tables.get(table).is_none_or(|t| t.id != view.tab);
        let inside = node != self.table_node(table) || skip > 0;
        let shown = (skip as usize) < self.tree.children(node).len();
        (inside && shown && !other).then_some((node, skip))
    }

    /// The tables in the picture: the one that is chosen or in which something is open, else the
    /// board.
    pub(super) fn shown_tables(&self, view: &View) -> Vec<usize> {
        let opened = self.opened(view).and_then(|(node, _)| self.table_of(node));
        let chosen = opened.or_else(|| self.data.tables.iter().position(|t| t.id == view.tab));
        match chosen {
            Some(ix) => vec![ix],
            None if self.data.board.is_empty() => {
                (0..self.data.tables.len().min(MAX_TABLES_OF_BOARD)).collect()
            }
            None => self.data.board.clone(),
        }
    }

    /// Whether anything shown is selected: only then does the rest step back.
    pub(super) fn holds_selection(&self, view: &View, shown: &[usize]) -> bool {
        if let Some(number) = view.selected.strip_prefix('#') {
            // Of columns a selection is a ring: a million others need not step back.
            return self.columns.is_none()
                && number
                    .parse()
                    .ok()
                    .and_then(|datum| self.table_of(datum))
                    .is_some_and(|table| shown.contains(&table));
        }
        let holds = |party: Option<usize>| {
            party
                .and_then(|party| self.data.parties.get(party))
                .is_some_and(|party| party.id == view.selected)
        };
        for table in shown.iter().filter_map(|&ix| self.data.tables.get(ix)) {
            if table.items.iter().any(|item| holds(item.party)) {
                return true;
            }
        }
        self.data
            .groups
            .iter()
            .any(|group| shown.contains(&group.table) && holds(group.party))
    }
}
