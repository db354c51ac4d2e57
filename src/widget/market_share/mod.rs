//! The market-share treemap: every table a whole of its own, areas proportional to values, the
//! unknown drawn as unknown, at any depth and any size. Not here: layout and drawing, in the
//! modules.

mod accessible_tree;
mod captions;
mod columns;
mod details;
mod draw;
mod draw_color;
mod draw_context;
mod draw_tile;
mod interaction;
mod legend;
mod nodes;
mod parts;
mod periods;
mod signs;
mod tile_colors;
mod tile_words;
mod tiles;
mod view_state;

pub use view_state::ViewState;
pub(crate) use view_state::{node_words, window_words};

use std::cell::RefCell;

use self::columns::Columns;
use self::draw_context::DrawContext;
use self::tile_colors::TileColors;
use super::figure_builder::FigureBuilder;
use super::{Act, Change, Figure, Table, Tooltip, View, Widget};
use crate::data::market_share::MarketShare;
use crate::data::{Column, Grid, Lang, Value};
use crate::error::{Error, Issue};
use crate::layout::treemap::{Tree, TreemapLayout};

/// See the module.
///
/// A datum is a node of the tree: rows in the order of the file (items, then the table's rest),
/// then inner nodes (the root, the tables, their groups), then for each inner node what stands
/// together because it is too small to be drawn by itself. Of columns the root is the one table.
#[derive(Debug, Default)]
pub struct MarketShareWidget {
    data: MarketShare,
    tree: Tree,
    /// The first row of each table.
    first_rows: Vec<u32>,
    columns: Option<Columns>,
    /// Of each inner node the mean of its second measure; NaN for none.
    color_means: Vec<f64>,
    /// Least and greatest of the second measure.
    color_range: Option<[f64; 2]>,
    /// Some part of a file has a layer.
    has_layers: bool,
    /// What colours stand for where none has.
    colors: TileColors,
    last_picture: RefCell<LastPicture>,
}

/// What the last picture shows, for questions about it.
#[derive(Debug, Default)]
struct LastPicture {
    /// Inner nodes with small children that stand together, and from which child on.
    others: Vec<(u32, u32)>,
    /// The tiles, where there are many.
    layout: Option<TreemapLayout>,
}

impl Widget for MarketShareWidget {
    fn read(&mut self, file: &Value<'_>) -> Result<Vec<Issue>, Error> {
        let mut data = MarketShare::default();
        let issues = data.read(file)?;
        let mut new = Self {
            data,
            ..Self::default()
        };
        new.build_tree();
        *self = new;
        Ok(issues)
    }

    fn columns(&mut self, columns: Vec<Column>) -> Result<Vec<Issue>, Error> {
        let (grid, issues) = Grid::read(columns)?;
        self.take_columns(grid);
        Ok(issues)
    }

    fn picture(&self, view: &View) -> Figure {
        let opened = self.opened(view);
        let shown = self.shown_tables(view);
        let mut pen = FigureBuilder::new(view, self.data.title.get(view.lang));
        pen.documents(&self.data.sources, Some(&self.cited_sources(&shown)));
        pen.picture.scene.size_css[0] = view.width_css;
        let mut cells = tiles::table_cells(shown.len(), view);
        // A picture without any area needs no more room than the words that say so.
        if let ([table], [cell]) = (shown.as_slice(), cells.as_mut_slice())
            && !self.has_area(*table)
        {
            cell[3] = cell[1] + tiles::NO_AREA_HEIGHT_CSS;
        }
        if let Some(last) = cells.last() {
            pen.picture.scene.size_css[1] = last[3];
        }
        *self.last_picture.borrow_mut() = LastPicture::default();
        let has_selection = view.selects() && self.holds_selection(view, &shown);
        let mut draw = DrawContext::new(self, pen, has_selection);
        for (&table, cell) in shown.iter().zip(cells) {
            let (node, skip) = opened.unwrap_or((self.table_node(table), 0));
            draw.table(table, node, skip, cell, shown.len());
        }
        draw.legend(&shown);
        let mut pen = draw.pen;
        self.captions(&mut pen, &shown);
        self.controls(&mut pen, &shown, opened);
        pen.picture
    }

    fn act(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        self.interact(view, act)
    }

    fn opens(&self, view: &View, datum: u32) -> bool {
        self.can_open(view, datum)
    }

    fn pick(&self, picture: &Figure, point_css: [f32; 2]) -> Option<u32> {
        self.pick_tile(point_css)
            .unwrap_or_else(|| picture.scene.pick(point_css))
    }

    fn find(&self, words: &str, lang: Lang) -> Vec<(u32, String)> {
        self.find_parts(words, lang)
    }

    fn tooltip(&self, datum: u32, lang: Lang) -> Option<Tooltip> {
        self.tooltip(datum, lang)
    }

    fn table(&self, lang: Lang) -> Table {
        self.data_table(lang)
    }

    fn rows(&self) -> usize {
        match self.columns {
            Some(_) => self.tree.leaves() as usize,
            None => self.data.tables.iter().map(|t| t.items.len()).sum(),
        }
    }
}
