//! A picture of the treemap in the making: what has been seen of the data, what is selected, and
//! how much may still be drawn. Not here: drawing.

use super::MarketShareWidget;
use super::parts::{Part, PartKind};
use super::signs::Seen;
use crate::abi::NO_DATUM;
use crate::widget::figure_builder::FigureBuilder;

/// Nodes that a screen reader walks through.
const MAX_NODES: usize = 500;
/// Labels on tiles.
pub(super) const MAX_LABELS: usize = 2000;

/// A picture in the making.
pub(super) struct DrawContext<'a> {
    pub(super) widget: &'a MarketShareWidget,
    pub(super) pen: FigureBuilder<'a>,
    pub(super) has_selection: bool,
    /// The selected row, where it is selected by its number, and the nodes that it is in: one of
    /// them may be all that shows of it.
    pub(super) selected: u32,
    selected_path: Vec<u32>,
    /// What the legend has to explain.
    pub(super) seen: Seen,
    /// The inner node whose children are drawn.
    pub(super) inside: u32,
    /// The node of the table before.
    pub(super) table_before: u32,
}

impl<'a> DrawContext<'a> {
    pub(super) fn new(
        widget: &'a MarketShareWidget,
        pen: FigureBuilder<'a>,
        has_selection: bool,
    ) -> Self {
        let selected = pen
            .view
            .selected
            .strip_prefix('#')
            .and_then(|number| number.parse().ok())
            .unwrap_or(NO_DATUM);
        let mut selected_path = vec![selected];
        let mut next = widget
            .part(selected)
            .and_then(|_| widget.tree.parent(selected));
        while let Some(node) = next {
            selected_path.push(node);
            next = widget.tree.parent(node);
        }
        Self {
            widget,
            pen,
            has_selection,
            selected,
            selected_path,
            seen: Seen::default(),
            inside: NO_DATUM,
            table_before: NO_DATUM,
        }
    }

    /// Of a million rows the largest are enough to walk through: each costs the page a node.
    pub(super) fn max_nodes(&self) -> usize {
        if self.widget.columns.is_some() {
            MAX_NODES / 2
        } else {
            MAX_NODES
        }
    }

    /// Whether the selected row is all or a part of a tile.
    pub(super) fn holds_selected(&self, part: &Part<'_>) -> bool {
        let tree = &self.widget.tree;
        let on_path = |datum| self.selected_path.contains(datum);
        match part.kind {
            PartKind::Others(from) => {
                let node = self.widget.node_of_others(part.datum);
                let small = tree.children(node).get(from as usize..).unwrap_or_default();
                on_path(&node) && small.iter().any(on_path)
            }
            _ => on_path(&part.datum),
        }
    }
}
