//! What a reader's acts change: the open node and the window; which datum is at a point. Not here:
//! gestures, which the host understands.

use super::MarketShareWidget;
use super::tiles::table_cells;
use super::view_state::{MAX_ZOOM, WHOLE, round_window};
use crate::layout::treemap::Hit;
use crate::widget::{Act, Change, View, Widget};

impl MarketShareWidget {
    /// What an act changes.
    pub(super) fn interact(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        match *act {
            Act::Open { datum } => self.open(datum),
            Act::Show { datum } => self.show(view, datum),
            Act::Key { key: "0", .. } => vec![Change::Zoom(WHOLE)],
            Act::Key { key: "Escape", .. } => self.leave(view),
            Act::Key { .. } => Vec::new(),
            Act::Zoom { at_css, factor } => {
                self.move_window(view, Some((at_css, factor.into())), [0.0; 2])
            }
            Act::Drag { from_css, to_css } => {
                let way = [
                    f64::from(from_css[0] - to_css[0]),
                    f64::from(from_css[1] - to_css[1]),
                ];
                self.move_window(view, None, way)
            }
        }
    }

    /// Opens a node, or what stands together.
    fn open(&self, datum: u32) -> Vec<Change> {
        let (node, skip) = self.others_of(datum).unwrap_or((datum, 0));
        let Some(ix) = self.table_of(node) else {
            return Vec::new();
        };
        let Some(table) = self.data.tables.get(ix) else {
            return Vec::new();
        };
        // A table of a board is opened by its name, which is what the page knows it by.
        if skip == 0 && self.table_node(ix) == node {
            return vec![
                Change::Table(table.id.clone()),
                Change::Node(None),
                Change::Zoom(WHOLE),
            ];
        }
        vec![Change::Node(Some((node, skip))), Change::Zoom(WHOLE)]
    }

    /// Opens the group of a datum that is not in the picture.
    fn show(&self, view: &View, datum: u32) -> Vec<Change> {
        let Some(table) = self.table_of(datum) else {
            return Vec::new();
        };
        let picture = self.picture(view);
        if picture.scene.marks.iter().any(|mark| mark.datum == datum) {
            return Vec::new();
        }
        let id = self
            .data
            .tables
            .get(table)
            .map_or(String::new(), |t| t.id.clone());
        let open = self
            .tree
            .parent(datum)
            .filter(|&above| self.table_node(table) != above)
            .map(|above| (above, 0));
        vec![Change::Table(id), Change::Node(open), Change::Zoom(WHOLE)]
    }

    /// Escape: to the whole window, else to the node above, else to the board.
    fn leave(&self, view: &View) -> Vec<Change> {
        if view.state.market_share.zoom != WHOLE {
            return vec![Change::Zoom(WHOLE)];
        }
        match self.opened(view) {
            Some((node, skip)) if skip > 0 => vec![Change::Node(Some((node, 0)))],
            Some((node, _)) => {
                let above = self
                    .tree
                    .parent(node)
                    .filter(|&above| !self.is_table(above));
                vec![Change::Node(above.map(|above| (above, 0)))]
            }
            // Back to the board, if there is one.
            None if !view.tab.is_empty() && self.data.board.len() > 1 => {
                vec![Change::Table(String::new())]
            }
            None => Vec::new(),
        }
    }

    /// The window after a step nearer at a point, or a way in CSS px.
    fn move_window(
        &self,
        view: &View,
        zoom: Option<([f32; 2], f64)>,
        way: [f64; 2],
    ) -> Vec<Change> {
        let [near, x, y] = view.state.market_share.zoom;
        let shown = self.shown_tables(view);
        let cells = table_cells(1, view);
        let Some(&[left, top, right, bottom]) = cells.first().filter(|_| shown.len() == 1) else {
            return Vec::new();
        };
        let (width, height) = (f64::from(right - left), f64::from(bottom - top));
        let (mut now, mut at) = (
            near,
            [x + way[0] / width / near, y + way[1] / height / near],
        );
        if let Some((point, factor)) = zoom {
            now = (near * factor).clamp(1.0, MAX_ZOOM);
            for (at, part) in at.iter_mut().zip([
                f64::from(point[0] - left) / width,
                f64::from(point[1] - top) / height,
            ]) {
                *at += part.clamp(0.0, 1.0) * (1.0 / near - 1.0 / now);
            }
        }
        let window = round_window([now, at[0], at[1]]);
        if window == view.state.market_share.zoom {
            Vec::new()
        } else {
            vec![Change::Zoom(window)]
        }
    }

    /// Whether a click on a datum opens it.
    pub(super) fn can_open(&self, view: &View, datum: u32) -> bool {
        if self.others_of(datum).is_some() {
            return true;
        }
        let inner = datum > self.tree.leaves() && datum < self.tree.leaves() + self.tree.inner();
        let top = self.table_of(datum).map(|table| self.table_node(table));
        inner
            && self.opened(view).map(|open| open.0) != Some(datum)
            && (top != Some(datum) || self.shown_tables(view).len() > 1)
    }

    /// The datum at a point, where the tree knows the tiles; `None` where the scene is to be asked.
    pub(super) fn pick_tile(&self, point_css: [f32; 2]) -> Option<Option<u32>> {
        let last = self.last_picture.borrow();
        let layout = last.layout.as_ref()?;
        Some(match layout.pick(&self.tree, point_css)? {
            Hit::Node(node) => Some(node),
            Hit::Rest(frame) => layout
                .frames
                .get(frame as usize)
                .map(|frame| self.others_datum(frame.node)),
        })
    }
}
