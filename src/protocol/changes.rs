//! What an act changes of a view.

use serde::Serialize;
#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use crate::data::calendar;
use crate::widget::{self, market_share, value_chain};

/// What an act changes of a view, in the words of `ViewRequest`. What is not there stays as it
/// is; an empty text takes away what was set.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Changes {
    /// The chosen table of market shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    table: Option<String>,
    /// First moment shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// Last moment shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// What the reader has set besides.
    state: StateChanges,
}

/// What an act changes of what the reader has set: the widgets' own keys.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct StateChanges {
    /// Where the reader stands in the value chain.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    /// What is open: groups of the value chain, or a node of the treemap.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    /// What is seen of the treemap.
    #[serde(skip_serializing_if = "Option::is_none")]
    zoom: Option<String>,
}

impl Changes {
    /// What an act changes, as a page keeps it.
    pub fn new(changes: Vec<widget::Change>) -> Self {
        let mut out = Self::default();
        for change in changes {
            let moment = |day: Option<f64>| day.map_or(String::new(), calendar::stamp);
            let (place, words) = match change {
                widget::Change::Table(id) => (&mut out.table, id),
                widget::Change::From(day) => (&mut out.from, moment(day)),
                widget::Change::To(day) => (&mut out.to, moment(day)),
                widget::Change::At(at) => (&mut out.state.at, value_chain::place_words(at)),
                widget::Change::Groups(open) => (&mut out.state.open, open.join(" ")),
                widget::Change::Node(open) => (&mut out.state.open, market_share::node_words(open)),
                widget::Change::Zoom(zoom) => {
                    (&mut out.state.zoom, market_share::window_words(zoom))
                }
            };
            *place = Some(words);
        }
        out
    }
}
