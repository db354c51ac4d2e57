//! The view: what the page and the reader have set, what a reader does ([`Act`]) and what that
//! changes ([`Change`]). Not here: what a widget draws for a view.

use super::palette::Palette;
use super::{funding_timeline, market_share, value_chain};
use crate::abi::NO_DATUM;
use crate::data::Lang;
use crate::text::Metrics;

/// What the page and the reader have set: everything besides the data that changes the picture.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// Width that the page gives, CSS px.
    pub width_css: f32,
    /// Height that the page gives, CSS px; 0 leaves it to the widget.
    pub height_css: f32,
    /// Language of all words.
    pub lang: Lang,
    /// Dark ground.
    pub dark: bool,
    /// Colours of a house style or of the system, as [`Palette::dress`] takes them; empty for none.
    pub colors: Vec<u32>,
    /// The selected organisation's id, or `#` and a datum; empty for none.
    pub selected: String,
    /// The datum under the pointer or the focus, or [`NO_DATUM`].
    pub hover: u32,
    /// The chosen table or framework; empty for the default.
    pub tab: String,
    /// First day shown, days since 1970; NaN for all.
    pub from_day: f64,
    /// Last day shown; NaN for all.
    pub to_day: f64,
    /// The reader's day, for the line that marks it; NaN for none.
    pub today: f64,
    /// Amounts on a logarithmic scale of area; the default is linear.
    pub log: bool,
    /// Legend keys that are switched off.
    pub hidden: Vec<String>,
    /// What the reader has set besides, in each widget.
    pub state: State,
    /// Advances of the page's font.
    pub metrics: Metrics,
}

impl View {
    /// All of the data in so many CSS px, in Korean, on light ground, nothing selected; the height
    /// is the widget's choice.
    pub fn wide(width_css: f32) -> Self {
        Self {
            width_css,
            from_day: f64::NAN,
            to_day: f64::NAN,
            today: f64::NAN,
            hover: NO_DATUM,
            ..Self::default()
        }
    }

    /// Makes it what an act makes of it.
    pub fn change(&mut self, change: Change) {
        match change {
            Change::Table(id) => self.tab = id,
            Change::From(day) => self.from_day = day.unwrap_or(f64::NAN),
            Change::To(day) => self.to_day = day.unwrap_or(f64::NAN),
            Change::At(at) => self.state.value_chain.at = at,
            Change::Groups(open) => self.state.value_chain.open = open,
            Change::Node(open) => self.state.market_share.open = open,
            Change::Zoom(zoom) => self.state.market_share.zoom = zoom,
        }
    }

    /// The colours to draw with.
    pub fn palette(&self) -> Palette {
        let mut palette = Palette::of(self.dark);
        palette.dress(&self.colors);
        palette
    }

    /// Whether there is any width to draw in.
    pub fn has_room(&self) -> bool {
        self.width_css.is_finite() && self.width_css >= 1.0
    }

    /// Whether something is selected, so that the rest steps back.
    pub fn selects(&self) -> bool {
        !self.selected.is_empty()
    }

    /// Whether a value chain is laid out the same, wherever in it (`at`) the reader is.
    pub(super) fn lays_out_as(&self, other: &Self) -> bool {
        let of = |view: &Self| {
            (
                view.width_css,
                view.height_css,
                view.lang,
                view.dark,
                view.hover,
            )
        };
        of(self) == of(other)
            && self.selected == other.selected
            && self.tab == other.tab
            && self.hidden == other.hidden
            && self.colors == other.colors
            && self.metrics == other.metrics
            && self.state.value_chain.lays_out_as(&other.state.value_chain)
    }

    /// Whether the legend's key is switched off.
    pub fn hides(&self, key: &str) -> bool {
        self.hidden.iter().any(|hidden| hidden == key)
    }

    /// Whether this row is the selected one, by its organisation or by its number.
    pub fn is_selected(&self, entity: Option<&str>, datum: u32) -> bool {
        match self.selected.strip_prefix('#') {
            Some(number) => number.parse() == Ok(datum),
            None => self.selects() && entity == Some(self.selected.as_str()),
        }
    }
}

/// What the reader has set in each widget. Pages keep it as keys with texts, in saved views and in
/// links: these are read here and nowhere else, and each widget takes what it can of those that
/// bear its keys.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// In the value chain.
    pub value_chain: value_chain::ViewState,
    /// In the treemap.
    pub market_share: market_share::ViewState,
    /// In the timeline.
    pub funding_timeline: funding_timeline::ViewState,
}

impl State {
    /// Reads keys with their texts.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        let mut state = Self::default();
        for (key, value) in pairs {
            state.set(key.as_ref(), value.as_ref());
        }
        state
    }

    /// Sets a key; an empty text takes it away, one that cannot be read does so too. A key that
    /// nobody knows sets nothing.
    pub fn set(&mut self, key: &str, value: &str) {
        self.value_chain.set(key, value);
        self.market_share.set(key, value);
        self.funding_timeline.set(key, value);
    }

    /// Keys with their texts, without those that are not set.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs: Vec<(&'static str, String)> = Vec::new();
        for (key, value) in self
            .value_chain
            .pairs()
            .into_iter()
            .chain(self.market_share.pairs())
            .chain(self.funding_timeline.pairs())
        {
            if !value.is_empty() && pairs.iter().all(|known| known.0 != key) {
                pairs.push((key, value));
            }
        }
        pairs
    }
}

/// What a reader does that may change the view. Points are CSS px of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Act<'a> {
    /// Ctrl with the wheel, two fingers, a button or a key: larger or smaller, the point staying
    /// where it is.
    Zoom {
        /// The point that stays.
        at_css: [f32; 2],
        /// Above 1 comes nearer.
        factor: f32,
    },
    /// A drag from one point to another. The view is that of its beginning, so the answer depends
    /// on nothing between.
    Drag {
        /// Where it began.
        from_css: [f32; 2],
        /// Where it is.
        to_css: [f32; 2],
    },
    /// Enter or a click on what [`Widget::opens`](super::Widget::opens).
    Open {
        /// The datum.
        datum: u32,
    },
    /// What was searched or stands in a list comes into view, if it is out of it.
    Show {
        /// The datum.
        datum: u32,
    },
    /// A key that the outline has no use for (`PageUp`, `Escape`, `0` …), as `KeyboardEvent.key`
    /// names it.
    Key {
        /// The key.
        key: &'a str,
        /// The datum that has the focus, or [`NO_DATUM`].
        datum: u32,
    },
}

/// One thing that an act changes in a view. All else stays as it is, whatever becomes of it
/// meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// The chosen table of market shares; empty for the board.
    Table(String),
    /// First moment that the timeline shows, days since 1970; `None` for all.
    From(Option<f64>),
    /// The last one.
    To(Option<f64>),
    /// Where the reader stands in the value chain.
    At([f32; 3]),
    /// The keys of its open groups.
    Groups(Vec<String>),
    /// The open node of the treemap, and how many of its children are left out.
    Node(Option<(u32, u32)>),
    /// What is seen of the treemap.
    Zoom([f64; 3]),
}
