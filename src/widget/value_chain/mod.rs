//! The value chain: layers as columns or bands, organisations in their sublayers, typed relations
//! between them. Here: the widget, which asks the rooms below. Not here: anything that they do.

mod aggregate;
mod bundles;
mod captions;
mod chain;
mod columns;
mod controls;
mod cycles;
mod details;
mod draw;
mod filters;
mod groups;
mod headings;
mod hit_test;
mod interaction;
mod labels;
mod layout;
mod outline;
mod picture;
mod ribbons;
mod steps;
mod table;
mod trace;
mod view_state;

pub use view_state::ViewState;
pub(crate) use view_state::place_words;

use core::cell::RefCell;

use super::search::NameSearch;
use super::{Act, Change, Figure, Table, Tooltip, View, Widget};
use crate::data::value_chain::ValueChain;
use crate::data::value_chain::columnar::ColumnarChain;
use crate::data::{Column, Lang, Value};
use crate::error::{Error, Issue};
use chain::Chain;
use columns::Columns;

/// See the module.
#[derive(Debug, Default)]
pub struct ValueChainWidget {
    /// The chain of a file; empty for one in columns.
    rows: Chain,
    /// A chain in columns.
    columns: Option<Columns>,
    /// The last view that was laid out for zooming, with its figure: pan and zoom lay nothing out.
    laid_out: RefCell<Option<(View, Figure)>>,
}

impl ValueChainWidget {
    /// The figure of a view before pan and zoom. How many groups it shows depends on the scale, in
    /// whole steps.
    fn laid_out(&self, view: &View) -> Figure {
        let scale = view.state.value_chain.at[2];
        let mut laid_out = self.laid_out.borrow_mut();
        if let Some((before, figure)) = &*laid_out
            && before.lays_out_as(view)
            && (self.columns.is_none() || before.state.value_chain.at[2] as u32 == scale as u32)
        {
            return figure.clone();
        }
        let figure = match &self.columns {
            Some(columns) => columns.figure(view, scale),
            None => picture::whole(&self.rows, view),
        };
        *laid_out = Some((view.clone(), figure.clone()));
        figure
    }

    /// Calls with the rows that the pictures speak of: those of a file, or what is shown of
    /// columns.
    fn with_data<T>(&self, answer: impl FnOnce(&ValueChain) -> T) -> T {
        match self.columns.as_ref().and_then(Columns::shown) {
            Some(shown) => answer(&shown),
            None => answer(&self.rows.data),
        }
    }
}

impl Widget for ValueChainWidget {
    fn read(&mut self, file: &Value<'_>) -> Result<Vec<Issue>, Error> {
        let mut data = ValueChain::default();
        let issues = data.read(file)?;
        *self = Self {
            rows: Chain::of_rows(data),
            ..Self::default()
        };
        Ok(issues)
    }

    fn columns(&mut self, columns: Vec<Column>) -> Result<Vec<Issue>, Error> {
        let (big, issues) = ColumnarChain::read(columns)?;
        *self = Self {
            columns: Some(Columns::new(big)),
            ..Self::default()
        };
        Ok(issues)
    }

    fn opens(&self, _view: &View, datum: u32) -> bool {
        let columns = self.columns.as_ref();
        columns.is_some_and(|columns| columns.group(datum).is_some())
    }

    fn act(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        interaction::act(self, self.columns.as_ref(), view, act)
    }

    fn picture(&self, view: &View) -> Figure {
        if view.state.value_chain.at[2] > 1.0 && view.has_room() {
            return picture::zoomed(self.laid_out(view), view);
        }
        match &self.columns {
            Some(columns) => columns.figure(view, 1.0),
            None => picture::whole(&self.rows, view),
        }
    }

    fn pick(&self, picture: &Figure, point_css: [f32; 2]) -> Option<u32> {
        hit_test::pick(&picture.scene, point_css)
    }

    fn find(&self, words: &str, lang: Lang) -> Vec<(u32, String)> {
        if let Some(columns) = &self.columns {
            return columns.find(words);
        }
        let mut search = NameSearch::new(words);
        for (ix, entity) in self.rows.data.entities.iter().enumerate() {
            if search.full() {
                break;
            }
            let label = entity.name.get(lang);
            search.offer(ix as u32, &[&entity.name.ko, &entity.name.en], label);
            for alias in &entity.aliases {
                search.offer(ix as u32, &[alias], label);
            }
        }
        search.found()
    }

    fn tooltip(&self, datum: u32, lang: Lang) -> Option<Tooltip> {
        self.with_data(|data| details::tooltip(data, datum, lang))
    }

    fn table(&self, lang: Lang) -> Table {
        self.with_data(|data| table::table(data, lang))
    }

    fn rows(&self) -> usize {
        let data = &self.rows.data;
        let (nodes, links) = self.columns.as_ref().map_or((0, 0), Columns::rows);
        data.entities.len() + data.links.len() + nodes + links
    }
}
