//! What is asked: a view, and what a reader did in it.

#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use crate::abi::NO_DATUM;
use crate::data::{Lang, calendar};
use crate::text::Metrics;
use crate::widget::{self, View};

use super::{language, row};

/// What a picture is wanted of. What is left out has its default.
#[derive(Debug, Clone, Default)]
#[cfg_attr(
    target_arch = "wasm32",
    derive(Tsify),
    serde(rename_all = "camelCase", default)
)]
pub struct ViewRequest {
    /// Width that the page gives, CSS px.
    pub width: f64,
    /// Height that the page gives, CSS px; 0 leaves it to the widget.
    pub height: f64,
    /// Language of all words, by its code.
    pub lang: String,
    /// `dark` or `light`.
    pub theme: String,
    /// Colours of a house style or of the system, red in the lowest byte, 0 for none.
    pub colors: Vec<u32>,
    /// The selected organisation's id, or `#` and a row; empty for none.
    pub selected: String,
    /// The row under the pointer or the focus; −1 for none.
    pub hover: Option<f64>,
    /// The chosen table of market shares.
    pub table: String,
    /// The chosen framework of the value chain.
    pub framework: String,
    /// First moment shown: `2024`, `2024-05`, `2024-05-13`, with a time of day too; empty for none.
    pub from: String,
    /// Last moment shown.
    pub to: String,
    /// The reader's day, days since 1970.
    pub today: Option<f64>,
    /// `linear` or `log`.
    pub scale: String,
    /// Legend keys that are switched off.
    pub hidden: Vec<String>,
    /// What the reader has set besides: the widget's own keys with their values.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, string>"))]
    pub state: State,
    /// 97 advances of the page's font, in em, and 97 of its bold face.
    pub metrics: Vec<f32>,
}

/// Keys with their values.
#[derive(Debug, Clone, Default)]
pub struct State(pub Vec<(String, String)>);

impl ViewRequest {
    /// The view that is asked for; `others` are the languages that there are besides Korean and
    /// English. Numbers are brought within bounds.
    pub fn view(self, others: &[Lang]) -> View {
        let size = |css: f64| (css.max(0.0) as f32).min(8192.0);
        View {
            width_css: size(self.width),
            height_css: size(self.height),
            lang: language(&self.lang, others),
            dark: self.theme == "dark",
            colors: self.colors,
            selected: self.selected,
            hover: self.hover.map_or(NO_DATUM, row),
            tab: if self.table.is_empty() {
                self.framework
            } else {
                self.table
            },
            from_day: calendar::moment(&self.from, false),
            to_day: calendar::moment(&self.to, true),
            today: self.today.unwrap_or(f64::NAN),
            log: self.scale == "log",
            hidden: self.hidden,
            state: widget::State::from_pairs(self.state.0),
            metrics: Metrics::from_advances(&self.metrics),
        }
    }
}

/// What a reader did, as a list of a word and what belongs to it. Points are CSS px of the picture,
/// rows are −1 for none.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
#[cfg_attr(
    target_arch = "wasm32",
    tsify(
        type = "[\"zoom\", x: number, y: number, factor: number] | [\"drag\", x: number, y: number, toX: number, toY: number] | [\"open\", row: number] | [\"show\", row: number] | [\"key\", key: string, row: number]"
    )
)]
pub enum Act {
    /// `["zoom", x, y, factor]`
    Zoom([f64; 3]),
    /// `["drag", x, y, toX, toY]`
    Drag([f64; 4]),
    /// `["open", row]`
    Open(f64),
    /// `["show", row]`
    Show(f64),
    /// `["key", key, row]`
    Key(String, f64),
}

impl Act {
    /// An act from its word, the key that it may have and its numbers; `None` for what is none.
    pub fn new(what: &str, key: Option<String>, numbers: &[f64]) -> Option<Self> {
        match (what, numbers, key) {
            ("zoom", &[x, y, factor], _) => Some(Self::Zoom([x, y, factor])),
            ("drag", &[x, y, to_x, to_y], _) => Some(Self::Drag([x, y, to_x, to_y])),
            ("open", &[row], _) => Some(Self::Open(row)),
            ("show", &[row], _) => Some(Self::Show(row)),
            ("key", &[row], Some(key)) => Some(Self::Key(key, row)),
            _ => None,
        }
    }

    /// What it is for a widget, within bounds; `None` where a point is nowhere.
    pub fn act(&self) -> Option<widget::Act<'_>> {
        let css = |css: f64| (css as f32).clamp(-8192.0, 8192.0);
        let there = |all: &[f64]| all.iter().all(|number| number.is_finite());
        match self {
            Self::Zoom(all @ [x, y, factor]) => there(all).then(|| widget::Act::Zoom {
                at_css: [css(*x), css(*y)],
                factor: (*factor as f32).clamp(-8192.0, 8192.0).clamp(1e-3, 1e3),
            }),
            Self::Drag(all @ [x, y, to_x, to_y]) => there(all).then(|| widget::Act::Drag {
                from_css: [css(*x), css(*y)],
                to_css: [css(*to_x), css(*to_y)],
            }),
            Self::Open(datum) => Some(widget::Act::Open { datum: row(*datum) }),
            Self::Show(datum) => Some(widget::Act::Show { datum: row(*datum) }),
            Self::Key(key, datum) => Some(widget::Act::Key {
                key,
                datum: row(*datum),
            }),
        }
    }
}
