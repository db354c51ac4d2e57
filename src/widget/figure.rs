//! A [`Figure`]: the scene and everything that is said around it, such as legend, controls, lists,
//! table, tooltip and citations. Not here: how a widget fills it (`figure_builder`), and the
//! messages that carry it to the host (`protocol`).

use crate::abi::NO_DATUM;
use crate::data::Lang;
use crate::scene::Scene;
use crate::text::say;

/// Arrow keys that lead nowhere.
pub(crate) const STAY: [u32; 4] = [NO_DATUM; 4];

/// A scene and the words around it.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// What is drawn.
    pub scene: Scene,
    /// The finding.
    pub title: String,
    /// Measure, unit, period.
    pub subline: String,
    /// One sentence that says what the picture says.
    pub takeaway: String,
    /// What to choose, for readers who can.
    pub choose: String,
    /// How to read it.
    pub howto: String,
    /// Notes below the picture.
    pub notes: Vec<String>,
    /// Documents, with address where there is one.
    pub sources: Vec<Citation>,
    /// Credits that publishers ask for.
    pub credit: String,
    /// What colours and forms mean.
    pub legend: Vec<LegendItem>,
    /// Headings of the outline's groups.
    pub groups: Vec<String>,
    /// What the reader can set; the host draws it.
    pub controls: Vec<Control>,
    /// Lists below the picture, folded.
    pub lists: Vec<List>,
    /// What is in view, in numbers; announced when it changes.
    pub status: String,
    /// Keys that [`Act::Key`](super::Act::Key) is asked with, by their names with spaces between:
    /// `+ - 0 PageUp`. They come before the outline's own.
    pub keys: &'static str,
    /// Zoom is offered: buttons, Ctrl with the wheel, two fingers, drags.
    pub zooms: bool,
    /// The view has left its beginning, so that «show all» is offered.
    pub moved: bool,
}

/// Something that the reader can set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Control {
    /// The attribute or the widget's own key that it sets.
    pub key: &'static str,
    /// Its name.
    pub label: String,
    /// `tabs`, `select`, `slider`, `crumbs`; `search` picks a row by
    /// [`Widget::find`](super::Widget::find).
    pub kind: &'static str,
    /// Values with their labels, in order.
    pub options: Vec<(String, String)>,
    /// The value that is set.
    pub value: String,
}

impl Control {
    /// Tables or frameworks to choose from: buttons while they are few. None where there is no
    /// choice.
    pub(crate) fn views(
        key: &'static str,
        label: &str,
        options: Vec<(String, String)>,
        value: &str,
    ) -> Option<Self> {
        let kind = if options.len() > 6 { "select" } else { "tabs" };
        (options.len() > 1).then(|| Self {
            key,
            label: label.to_string(),
            kind,
            options,
            value: value.to_string(),
        })
    }
}

/// A folded list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// What it lists.
    pub title: String,
    /// Lines; each leads to a datum, or is only read with [`NO_DATUM`].
    pub lines: Vec<(u32, String)>,
}

/// An entry of the legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendItem {
    /// Stable name; entries with a count can be switched off by it.
    pub key: String,
    /// Words.
    pub label: String,
    /// Colour.
    pub color: u32,
    /// `swatch`, `grain:43`, `hatch`, `line-solid`, `circle:8` …: what the host draws.
    pub form: String,
    /// Rows of this kind, 0 to say nothing of their number; `None` where it is no filter.
    pub count: Option<usize>,
}

/// A text with an address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Citation {
    /// Words.
    pub text: String,
    /// http or https.
    pub url: Option<String>,
}

/// What the tooltip says of one row, in the order in which it is shown.
#[derive(Debug, Clone, Default)]
pub struct Tooltip {
    /// The organisation's id.
    pub entity: Option<String>,
    /// Name.
    pub title: String,
    /// Value, large.
    pub value: String,
    /// Share of what.
    pub share: String,
    /// Date, in words.
    pub date: String,
    /// Status, in words; never empty where there is a value.
    pub status: Vec<String>,
    /// Note.
    pub note: String,
    /// Further lines: label and text.
    pub rows: Vec<(String, String)>,
    /// Where it is printed.
    pub cites: Vec<Citation>,
}

impl Tooltip {
    /// A further line.
    pub(crate) fn row(&mut self, label: &str, text: String) {
        self.rows.push((label.to_string(), text));
    }
}

/// Rows as text, each as long as the head.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Caption.
    pub caption: String,
    /// Column headings.
    pub head: Vec<String>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows; `head` is its headings, separated by commas,
    /// `Korean,Korean|English,English`.
    pub(crate) fn new(caption: &str, head: &str, lang: Lang) -> Self {
        let mut table = Self {
            caption: caption.to_string(),
            ..Self::default()
        };
        for heading in say(lang, head).split(',') {
            table.head.push(heading.to_string());
        }
        table
    }

    /// Starts a row: [`Table::cell`] fills it.
    pub(crate) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// The next cell of the row.
    pub(crate) fn cell(&mut self, text: impl Into<String>) {
        if let Some(row) = self.rows.last_mut() {
            row.push(text.into());
        }
    }
}
