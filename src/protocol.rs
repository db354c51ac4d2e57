//! Every message between host and engine as a type: questions in, answers out. Not here: wasm, the
//! DOM, the envelope in which a worker sends them.
//!
//! `www/host/protocol.d.ts` is made from these types (`tools/protocol.sh`), so the host is checked
//! against them. Answers borrow what they can; the two long lists of a scene, labels and outline,
//! are [`Packed`].

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use crate::abi::NO_DATUM;
use crate::data::input::{Input, kinds};
use crate::data::{self, Lang, Value, calendar};
use crate::error;
use crate::scene::{AccessibleNode, Align, Label};
use crate::text::{self, Metrics};
use crate::widget::{self, Figure, View, market_share, value_chain};

/// Issues that are put into words; the rest are counted.
const MAX_ISSUES: usize = 200;

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
            linear: self.scale == "linear",
            hidden: self.hidden,
            state: widget::State::from_pairs(self.state.0),
            metrics: Metrics::from_advances(&self.metrics),
        }
    }
}

/// Korean, one of the other languages that there are, or else English.
pub fn language(code: &str, others: &[Lang]) -> Lang {
    for lang in others {
        if lang.code() == code {
            return *lang;
        }
    }
    if code == "ko" { Lang::Ko } else { Lang::En }
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

/// What an act changes of a view, in the words of [`ViewRequest`]. What is not there stays as it
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
                widget::Change::AccessibleNode(open) => {
                    (&mut out.state.open, market_share::node_words(open))
                }
                widget::Change::Zoom(zoom) => {
                    (&mut out.state.zoom, market_share::window_words(zoom))
                }
            };
            *place = Some(words);
        }
        out
    }
}

/// The answer to data.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
#[serde(untagged)]
pub enum LoadReply<'a> {
    /// It could be read: how many rows there are, how much was left out, and of the first of that
    /// what it was.
    Loaded {
        /// Rows that are drawn.
        rows: usize,
        /// All issues.
        count: usize,
        /// The first of them.
        issues: Vec<Issue<'a>>,
    },
    /// It could not, and the widget is as it was.
    Failed {
        /// Why.
        error: Failure<'a>,
    },
}

/// A row, or a field of one, that was left out.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Issue<'a> {
    /// Where it is in the file.
    place: &'a str,
    /// In which line, counted from 1; 0 where no line is known.
    line: usize,
    /// The field that is wrong.
    field: &'a str,
    /// What is wrong, in every language that there is, by its code.
    #[serde(flatten)]
    words: Words,
}

/// Why a file could not be read.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Failure<'a> {
    /// The stable name of the error.
    code: &'a str,
    /// Where it is, as data.
    detail: &'a str,
    /// In which line, counted from 1; 0 where no line is known.
    line: usize,
    /// The sentence about it, in every language that there is, by its code.
    #[serde(flatten)]
    words: Words,
}

/// A sentence in all languages, by their codes.
#[derive(Debug)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
#[cfg_attr(
    target_arch = "wasm32",
    tsify(type = "{ ko: string; en: string; ja?: string }")
)]
pub struct Words(Vec<(&'static str, String)>);

impl Words {
    fn new(others: &[Lang], say: impl Fn(Lang) -> String) -> Self {
        Self(
            [Lang::Ko, Lang::En]
                .iter()
                .chain(others)
                .map(|lang| (lang.code(), say(*lang)))
                .collect(),
        )
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (code, words) in &self.0 {
            map.serialize_entry(code, words)?;
        }
        map.end()
    }
}

impl<'a> LoadReply<'a> {
    /// The answer to data that a widget has read, so that it has so many rows, or could not read.
    pub fn new(
        read: &'a Result<Vec<error::Issue>, error::Error>,
        rows: usize,
        others: &[Lang],
    ) -> Self {
        match read {
            Ok(issues) => Self::Loaded {
                rows,
                count: issues.len(),
                issues: issues
                    .iter()
                    .take(MAX_ISSUES)
                    .map(|issue| Issue {
                        place: &issue.place,
                        line: issue.line,
                        field: issue.field,
                        words: Words::new(others, |lang| text::issue(issue, lang)),
                    })
                    .collect(),
            },
            Err(error) => Self::failed(error, others),
        }
    }

    /// The answer to a file that could not be read.
    pub fn failed(error: &'a error::Error, others: &[Lang]) -> Self {
        Self::Failed {
            error: Failure::new(error, others),
        }
    }
}

impl<'a> Failure<'a> {
    fn new(error: &'a error::Error, others: &[Lang]) -> Self {
        let words = Words::new(others, |lang| text::error(error, lang));
        Self {
            code: error.code(),
            detail: error.detail(),
            line: error.line().unwrap_or(0),
            words,
        }
    }
}

/// What a file is, before any widget has read it. What is not known is not there.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct FileReply<'a> {
    /// How it is written: `json` or `csv`.
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    /// Its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    /// The kinds of data that it may be, in the order in which they are tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    kinds: Option<Vec<&'static str>>,
    /// The headings of a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<Vec<String>>,
    /// The cells of a table, row by row.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<Vec<Vec<String>>>,
    /// In which line of the file each row begins, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<Vec<f64>>,
    /// Why it could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Failure<'a>>,
}

impl<'a> FileReply<'a> {
    /// It is text.
    pub fn opened(&mut self, input: &Input<'_>) {
        self.format = Some(input.format().name());
        self.text = Some(input.text().to_string());
    }

    /// It holds values, those of a table or others.
    pub fn read(&mut self, file: &Value<'_>, table: bool) {
        let texts = |list: &Value<'_>| {
            list.list()
                .iter()
                .map(|cell| cell.spelling().unwrap_or_default().to_string())
                .collect::<Vec<_>>()
        };
        self.kinds = Some(kinds(file, table));
        if table {
            self.head = Some(texts(file.get("head")));
            self.rows = Some(file.get("rows").list().iter().map(texts).collect());
            self.lines = Some(file.get("lines").list().iter().map(Value::number).collect());
        }
    }

    /// It could not be read.
    pub fn failed(&mut self, error: &'a error::Error, others: &[Lang]) {
        self.error = Some(Failure::new(error, others));
    }
}

/// The most that a file may have.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Limits {
    /// Bytes.
    bytes: usize,
    /// Objects.
    objects: usize,
    /// Values.
    values: usize,
    /// Rows of a column.
    rows: usize,
}

/// The limits of this library.
pub const LIMITS: Limits = Limits {
    bytes: data::MAX_BYTES,
    objects: data::MAX_OBJECTS,
    values: data::MAX_VALUES,
    rows: data::MAX_COLUMN_ROWS,
};

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
    sources: Vec<Reference<'a>>,
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
pub struct Reference<'a> {
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

/// A long list of one kind of thing. An object for each would cost a call into JavaScript for every
/// one of its fields: several times what JSON does (`make bench-messages`), in every frame of a
/// zoom. So numbers go as one block and texts as one; `www/host/packed.js` makes objects of them,
/// where they are needed.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Packed {
    /// Numbers, so many a thing, eight bytes each.
    #[serde(serialize_with = "bytes")]
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Uint8Array<ArrayBuffer>"))]
    numbers: Vec<f64>,
    /// Texts, each ended by a NUL.
    texts: String,
}

fn bytes<S: Serializer>(numbers: &[f64], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_bytes(bytemuck::cast_slice(numbers))
}

impl Packed {
    fn text(&mut self, text: &str) {
        // None holds a NUL; if one did, all that follow would be another's.
        for part in text.split('\0') {
            self.texts.push_str(part);
        }
        self.texts.push('\0');
    }

    fn place(&mut self, [x0, y0, x1, y1]: [f32; 4]) {
        self.numbers
            .extend([x0, y0, x1 - x0, y1 - y0].map(|css| hundredth(f64::from(css))));
    }

    /// Labels. Numbers of each: left, top, width, height, size, lines, row, colour (red in the
    /// lowest byte), and of a last one the bits: 1 bold, 2 italic, then 0 for a text at the start
    /// of its box, 4 in the middle, 8 at the end. One text each.
    pub fn labels(labels: &[Label]) -> Self {
        let mut out = Self::default();
        for label in labels {
            out.place(label.rect_css);
            let align = match label.align {
                Align::Start => 0,
                Align::Middle => 4,
                Align::End => 8,
            };
            let bits = u8::from(label.bold) + 2 * u8::from(label.italic) + align;
            out.numbers.extend([
                hundredth(f64::from(label.size_css)),
                f64::from(label.lines),
                datum(label.datum),
                f64::from(label.color),
                f64::from(bits),
            ]);
            out.text(&label.text);
        }
        out
    }

    /// The outline; `opens` says of a row whether Enter opens it. Numbers of each stop: its row,
    /// left, top, width, height, its group, where the four arrow keys lead, which of its lines they
    /// follow, how many lines it has, and of a last one the bits: 1 it opens, 2 it has an
    /// organisation. Texts of each: its name, what type-ahead compares, the initial consonants of
    /// that, the organisation's id if it has one, its lines.
    pub fn outline(outline: &[AccessibleNode], opens: &dyn Fn(u32) -> bool) -> Self {
        let mut out = Self::default();
        for node in outline {
            out.numbers.push(datum(node.datum));
            out.place(node.rect_css);
            out.numbers.push(f64::from(node.group));
            out.numbers.extend(node.neighbors.map(datum));
            out.numbers.extend(node.neighbor_lines.map(datum));
            let bits = u8::from(opens(node.datum)) + 2 * u8::from(node.entity.is_some());
            out.numbers
                .extend([node.lines.len() as f64, f64::from(bits)]);
            for text in [&node.name, &node.key, &text::initials(&node.key)]
                .into_iter()
                .chain(&node.entity)
                .chain(&node.lines)
            {
                out.text(text);
            }
        }
        out
    }
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
            sources: references(&picture.sources),
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
            .map(|list| size_of_val(list.numbers.as_slice()) + list.texts.len())
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

fn references(references: &[widget::Citation]) -> Vec<Reference<'_>> {
    references
        .iter()
        .map(|reference| Reference {
            text: &reference.text,
            url: reference.url.as_deref(),
        })
        .collect()
}

/// What the tooltip says of a row.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Card<'a> {
    /// The row.
    datum: u32,
    /// The organisation's id.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "string | null"))]
    entity: Option<&'a str>,
    /// Name.
    title: &'a str,
    /// Value, large.
    value: &'a str,
    /// Share of what.
    share: &'a str,
    /// Date, in words.
    date: &'a str,
    /// Note.
    note: &'a str,
    /// Status, in words.
    status: &'a [String],
    /// Further lines: label and text.
    rows: &'a [(String, String)],
    /// Where it is printed.
    cites: Vec<Reference<'a>>,
}

impl<'a> Card<'a> {
    /// The card of a row.
    pub fn new(datum: u32, card: &'a widget::Tooltip) -> Self {
        Self {
            datum,
            entity: card.entity.as_deref(),
            title: &card.title,
            value: &card.value,
            share: &card.share,
            date: &card.date,
            note: &card.note,
            status: &card.status,
            rows: &card.rows,
            cites: references(&card.cites),
        }
    }
}

/// What is under a point.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Picked {
    /// The row, or −1.
    datum: f64,
    /// Whether a click opens it.
    opens: bool,
}

impl Picked {
    /// A row, or none, and whether a click opens it.
    pub fn new(row: Option<u32>, opens: bool) -> Self {
        Self {
            datum: row.map_or(-1.0, datum),
            opens,
        }
    }
}

/// All rows as text.
#[derive(Debug, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Table<'a> {
    /// Caption.
    caption: &'a str,
    /// Column headings.
    head: &'a [String],
    /// Rows, each as long as the head.
    rows: &'a [Vec<String>],
}

impl<'a> From<&'a widget::Table> for Table<'a> {
    fn from(table: &'a widget::Table) -> Self {
        Self {
            caption: &table.caption,
            head: &table.head,
            rows: &table.rows,
        }
    }
}

/// Size of a picture, device px.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(target_arch = "wasm32", derive(Tsify))]
pub struct Size {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// A row as script sends it: anything but a number from 0 up is none.
fn row(number: f64) -> u32 {
    if number >= 0.0 {
        number as u32
    } else {
        NO_DATUM
    }
}

/// A row as script sees it: −1 for none.
fn datum(row: u32) -> f64 {
    if row == NO_DATUM {
        -1.0
    } else {
        f64::from(row)
    }
}

/// To a hundredth: of a px, that is all that shows. NaN becomes 0.
fn hundredth(number: f64) -> f64 {
    ((number * 100.0 + 0.5).floor() as i64) as f64 / 100.0
}

/// A colour as CSS has it.
fn color(color: u32) -> String {
    let [r, g, b, a] = color.to_le_bytes();
    if a == 255 {
        format!("#{r:02x}{g:02x}{b:02x}")
    } else {
        format!("#{r:02x}{g:02x}{b:02x}{a:02x}")
    }
}
