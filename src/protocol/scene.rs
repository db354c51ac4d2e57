//! A picture without its marks: everything that the host makes DOM of.

use serde::Serialize;
#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use crate::text;
use crate::widget::{self, Figure};

use super::{Packed, color, datum, hundredth};

/// A picture without its marks: everything that the host makes DOM of.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct SceneReply<'a> {
    /// Width, CSS px.
    width: f64,
    /// Height, CSS px.
    height: f64,
    /// The finding.
    title: &'a str,
    /// Measure, unit, period.
    subline: &'a str,
    /// One sentence that says what the picture says.
    takeaway: &'a str,
    /// What to choose and how to read it.
    howto: String,
    /// Credits that publishers ask for.
    credit: &'a str,
    /// Notes below the picture.
    notes: &'a [String],
    /// Headings of the outline's groups.
    groups: &'a [String],
    /// Documents.
    sources: Vec<Citation<'a>>,
    /// What colours and forms mean.
    legend: Vec<LegendItem<'a>>,
    /// Text over the picture: as [`Packed::labels`] leaves it.
    labels: Packed,
    /// Stops of the keyboard: as [`Packed::outline`] leaves them.
    outline: Packed,
    /// What is in view, in numbers.
    status: &'a str,
    /// Keys that acts are made of, with spaces between.
    keys: &'a str,
    /// Zoom is offered.
    zooms: bool,
    /// The view has left its beginning.
    moved: bool,
    /// What the reader can set.
    controls: Vec<Control<'a>>,
    /// Lists below the picture, folded.
    lists: Vec<List<'a>>,
}

/// A text with an address.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Citation<'a> {
    /// Words.
    text: &'a str,
    /// http or https.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    url: Option<&'a str>,
}

/// An entry of the legend.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct LegendItem<'a> {
    /// Stable name.
    key: &'a str,
    /// Words.
    label: &'a str,
    /// What the host draws.
    form: &'a str,
    /// Its colour, as CSS has it.
    color: String,
    /// Rows of this kind; says that the entry filters.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
}

/// Something that the reader can set.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Control<'a> {
    /// The attribute or the widget's own key that it sets.
    key: &'a str,
    /// Its name.
    label: &'a str,
    /// What it looks like.
    #[cfg_attr(
        target_arch = "wasm32",
        tsify(type = "\"tabs\" | \"select\" | \"slider\" | \"crumbs\" | \"search\"")
    )]
    kind: &'a str,
    /// The value that is set.
    value: &'a str,
    /// Values with their labels, in order.
    options: &'a [(String, String)],
}

/// A folded list.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct List<'a> {
    /// What it lists.
    title: &'a str,
    /// Lines; each leads to a row, or is only read with −1.
    lines: Vec<Line<'a>>,
}

impl<'a> SceneReply<'a> {
    /// What there is to say of a picture; `opens` says of a row whether Enter opens it.
    pub fn new(picture: &'a Figure, opens: &dyn Fn(u32) -> bool) -> Self {
        let scene = &picture.scene;
        let [width, height] = scene.size_css.map(|css| hundredth(f64::from(css)));
        let mut howto = picture.choose.clone();
        text::append(&mut howto, " ", &picture.howto);
        let legend = |key: &'a widget::LegendItem| LegendItem {
            key: &key.key,
            label: &key.label,
            form: &key.form,
            color: color(key.color),
            count: key.count,
        };
        Self {
            width,
            height,
            title: &picture.title,
            subline: &picture.subline,
            takeaway: &picture.takeaway,
            howto,
            credit: &picture.credit,
            notes: &picture.notes,
            groups: &picture.groups,
            sources: citations(&picture.sources),
            legend: picture.legend.iter().map(legend).collect(),
            labels: Packed::labels(&scene.labels),
            outline: Packed::outline(&scene.outline, opens),
            status: &picture.status,
            keys: picture.keys,
            zooms: picture.zooms,
            moved: picture.moved,
            controls: picture.controls.iter().map(Control::from).collect(),
            lists: picture
                .lists
                .iter()
                .map(|list| List {
                    title: &list.title,
                    lines: Line::all(&list.lines),
                })
                .collect(),
        }
    }
}

impl SceneReply<'_> {
    /// Bytes of the two long lists.
    pub fn size(&self) -> usize {
        [&self.labels, &self.outline]
            .map(Packed::bytes)
            .iter()
            .sum()
    }
}

impl<'a> From<&'a widget::Control> for Control<'a> {
    fn from(control: &'a widget::Control) -> Self {
        Self {
            key: control.key,
            label: &control.label,
            kind: control.kind,
            value: &control.value,
            options: &control.options,
        }
    }
}

/// A row, or −1, with words.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Line<'a>(f64, &'a str);

impl<'a> Line<'a> {
    /// Rows with their words.
    pub fn all(lines: &'a [(u32, String)]) -> Vec<Self> {
        lines
            .iter()
            .map(|(row, words)| Self(datum(*row), words))
            .collect()
    }
}

pub(super) fn citations(citations: &[widget::Citation]) -> Vec<Citation<'_>> {
    citations
        .iter()
        .map(|citation| Citation {
            text: &citation.text,
            url: citation.url.as_deref(),
        })
        .collect()
}
