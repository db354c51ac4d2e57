//! The funding timeline: dated events on a true time axis, in lanes, the area of a dot for the sum
//! of money. Ten events of a file or millions of columns: what does not fit as dots is drawn as
//! density, and nothing is left out of the numbers. Not here: layout and drawing, in the modules.

mod accessible_tree;
mod captions;
mod columns;
mod details;
mod dimensions;
mod dot;
mod dot_color;
mod dot_labels;
mod dot_layout;
mod draw;
mod draw_axis;
mod draw_context;
mod draw_density;
mod draw_dot;
mod draw_horizontal;
mod draw_undated;
mod draw_valuations;
mod draw_vertical;
mod events;
mod frame;
mod groups;
mod interaction;
mod kinds;
mod prepared;
mod view_state;

pub use view_state::{GroupBy, ViewState};

use std::cell::RefCell;

use self::columns::Columns;
use self::dot_color::DotColors;
use self::groups::Group;
use self::prepared::PreparedEvents;
use super::figure_builder::FigureBuilder;
use super::{Act, Change, Figure, Table, Tooltip, View, Widget};
use crate::data::funding::Funding;
use crate::data::{Column, Lang, Value};
use crate::error::{Error, Issue};
use crate::layout::density::Events;

/// See the module.
#[derive(Debug, Default)]
pub struct FundingTimelineWidget {
    data: Funding,
    /// What came as columns, in place of the events of `data`.
    columns: Option<Columns>,
    /// All that is drawn, in order of the middle of its period: the place in it is the rank of an
    /// event. Codes: [`crate::data::funding::Kind`]; none; the organisation's place in
    /// `data.parties` and 1, 0 for none.
    events: Events,
    /// The event of `data` at each rank; empty for columns, whose ranks are their data.
    order: Vec<u32>,
    /// How many events each code of the three dictionaries has: type, group, organisation.
    counts: [Vec<u32>; 3],
    /// Codes of countries, of which the first is none; and the country of each organisation's code.
    countries: Vec<String>,
    country_of: Vec<u16>,
    /// The groups of every grouping, in the order of [`GroupBy`].
    groups: [Vec<Group>; 5],
    /// What colours stand for.
    colors: DotColors,
    /// First day of all events, and the day after the last.
    event_days: (f64, f64),
    /// Ranks of a file's events of which the day is not known.
    period_ranks: Vec<u32>,
    /// The currency in which areas and sums are; empty where nobody says it.
    currency: String,
    /// The largest amount that is drawn as an area: it sets the scale.
    largest: f64,
    /// How many amounts are known, and how many of them are in another currency than the areas.
    known_amounts: usize,
    other_currencies: usize,
    prepared: RefCell<PreparedEvents>,
}

impl Widget for FundingTimelineWidget {
    fn read(&mut self, file: &Value<'_>) -> Result<Vec<Issue>, Error> {
        let mut data = Funding::default();
        let issues = data.read(file)?;
        *self = Self::of_file(data);
        self.find_groups();
        Ok(issues)
    }

    fn columns(&mut self, mut columns: Vec<Column>) -> Result<Vec<Issue>, Error> {
        // What was there makes room only once the columns are known to be good.
        let issues = columns::check(&mut columns)?;
        *self = Self::default();
        self.take_columns(columns);
        self.find_groups();
        Ok(issues)
    }

    fn picture(&self, view: &View) -> Figure {
        let mut pen = FigureBuilder::new(view, self.data.title.get(view.lang));
        pen.documents(&self.data.sources, None);
        if !view.has_room() {
            return pen.picture;
        }
        if self.events.is_empty() {
            return if self.data.undated.is_empty() {
                pen.picture
            } else {
                self.draw_undated(pen)
            };
        }
        let prepared = self.prepared(view);
        self.captions(&mut pen);
        self.controls(&mut pen, &prepared);
        self.group_legend(&mut pen, &prepared);
        self.legend(&mut pen);
        let picture = self.draw(pen, &prepared);
        drop(prepared);
        picture
    }

    fn act(&self, view: &View, act: &Act<'_>) -> Vec<Change> {
        if self.events.is_empty() || !view.has_room() {
            Vec::new()
        } else {
            self.interact(view, act)
        }
    }

    fn find(&self, words: &str, lang: Lang) -> Vec<(u32, String)> {
        self.find_events(words, lang)
    }

    fn tooltip(&self, datum: u32, lang: Lang) -> Option<Tooltip> {
        self.tooltip(datum, lang)
    }

    fn table(&self, lang: Lang) -> Table {
        self.data_table(lang)
    }

    fn rows(&self) -> usize {
        // What has no date is drawn where nothing else is.
        if self.events.is_empty() {
            self.data.undated.len()
        } else {
            self.events.len()
        }
    }
}
