//! The three widgets: what each can do ([`Widget`]), and how one is made by its name ([`make`]).
//! Data and view state go in, a [`Figure`] comes out. Not here: painting, DOM, JSON of the
//! messages.

pub mod funding_timeline;
pub mod market_share;
pub mod value_chain;

mod figure;
mod figure_builder;
mod fit;
mod organisations;
mod palette;
mod phrases;
mod relation_style;
mod search;
pub mod transition;
mod view;

pub use figure::{Citation, Control, Figure, LegendItem, List, Table, Tooltip};
pub use organisations::Organisation;
pub use palette::Palette;
pub use view::{Act, Change, State, View};

use figure::STAY;
use fit::{fit, fit_lines};
use phrases::{
    cites, cites_cell, date_words, joined, nearness, reservations, status_words, trim_signs,
};

use crate::data::input::{Ask, Input};
use crate::data::{Column, Lang, Value};
use crate::error::{Code, Error, Issue};

/// A kind of widget.
#[derive(Debug)]
pub struct Kind {
    /// Its name, as files and pages write it.
    pub name: &'static str,
    /// Makes an empty one.
    pub make: fn() -> Box<dyn Widget>,
}

/// Every kind of widget in this build. A new widget is a module here, a row here, and a tag in the
/// host.
pub static KINDS: &[Kind] = &[
    #[cfg(feature = "value-chain")]
    Kind {
        name: "value-chain",
        make: || Box::new(value_chain::ValueChainWidget::default()),
    },
    #[cfg(feature = "market-share")]
    Kind {
        name: "market-share",
        make: || Box::new(market_share::MarketShareWidget::default()),
    },
    #[cfg(feature = "funding-timeline")]
    Kind {
        name: "funding-timeline",
        make: || Box::new(funding_timeline::FundingTimelineWidget::default()),
    },
];

/// An empty widget by the name of its kind.
pub fn make(name: &str) -> Option<Box<dyn Widget>> {
    let kind = KINDS.iter().find(|kind| kind.name == name)?;
    Some((kind.make)())
}

/// What every widget can do. A widget holds its last valid data; a failed load leaves it as it was.
pub trait Widget {
    /// Reads a file.
    ///
    /// # Errors
    /// Those of the data set's `read`; the picture drawn so far stays valid.
    fn read(&mut self, file: &Value<'_>) -> Result<Vec<Issue>, Error>;
    /// Takes columns instead of a file; the contract is that of [`Widget::read`].
    ///
    /// # Errors
    /// Those of the data set; `wrong-kind` for a widget that takes no columns.
    fn columns(&mut self, _columns: Vec<Column>) -> Result<Vec<Issue>, Error> {
        Err(Error::new(Code::WrongKind, "columns"))
    }
    /// What an act changes in the view.
    fn act(&self, _view: &View, _act: &Act<'_>) -> Vec<Change> {
        Vec::new()
    }
    /// Whether a click or Enter on a datum opens it ([`Act::Open`]) instead of selecting it.
    fn opens(&self, _view: &View, _datum: u32) -> bool {
        false
    }
    /// The datum at a point of the picture, CSS px.
    fn pick(&self, picture: &Figure, point_css: [f32; 2]) -> Option<u32> {
        picture.scene.pick(point_css)
    }
    /// Rows whose names begin with, or else hold, what a reader types, initial consonants too; at
    /// most twenty: datum and label.
    fn find(&self, _words: &str, _lang: Lang) -> Vec<(u32, String)> {
        Vec::new()
    }
    /// Lays out. Total: an empty widget gives an empty picture, hostile views give a small one.
    fn picture(&self, view: &View) -> Figure;
    /// What is known of one row; `None` for a datum that no row has.
    fn tooltip(&self, datum: u32, lang: Lang) -> Option<Tooltip>;
    /// All rows as text.
    fn table(&self, lang: Lang) -> Table;
    /// How many rows are drawn.
    fn rows(&self) -> usize;
}

impl dyn Widget + '_ {
    /// Reads the bytes of a JSON file, `{"head":[…],"rows":[[…]]}` of a table too; [`Input::read`]
    /// reads all others.
    ///
    /// # Errors
    /// As [`Widget::read`], and those of [`Input::json`] and [`Input::read`].
    pub fn load(&mut self, bytes: &[u8]) -> Result<Vec<Issue>, Error> {
        Input::json(bytes)?.read(&Ask::default(), |_, file| self.read(file))
    }
}
