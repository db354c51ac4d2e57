//! The three widgets: data and view state in, a [`Figure`] out. Not here: painting, DOM, JSON of
//! the messages.

pub mod funding_timeline;
pub mod market_share;
pub mod value_chain;

mod figure_builder;
mod palette;
mod search;
pub mod transition;

pub use palette::Palette;

use crate::abi::NO_DATUM;
use crate::data::input::Input;
use crate::data::{Cite, Column, Lang, Source, Status, Value, When};
use crate::error::{Code, Error, Issue};
use crate::scene::Scene;
use crate::text::{self, Metrics, also, append, push, say};

/// One widget's name and how to make one. Adding a widget is a file here, a line here, and a tag in
/// the host.
pub fn make(kind: &str) -> Option<Box<dyn Widget>> {
    match kind {
        #[cfg(feature = "value-chain")]
        "value-chain" => Some(Box::new(value_chain::ValueChainWidget::default())),
        #[cfg(feature = "market-share")]
        "market-share" => Some(Box::new(market_share::MarketShareWidget::default())),
        #[cfg(feature = "funding-timeline")]
        "funding-timeline" => Some(Box::new(funding_timeline::FundingTimelineWidget::default())),
        _ => None,
    }
}

/// What every widget can do. A widget holds its last valid data; a failed load leaves it as it was.
pub trait Widget {
    /// Reads a file, or with `table` the page's own table, `{"head":[…],"rows":[[…]]}`.
    ///
    /// # Errors
    /// Those of the data set's `read`; the picture drawn so far stays valid.
    fn read(&mut self, file: &Value<'_>, table: bool) -> Result<Vec<Issue>, Error>;
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
    fn card(&self, datum: u32, lang: Lang) -> Option<Card>;
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
        Input::json(bytes)?.read(|file, table| self.read(file, table))
    }
}

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
    /// Amounts on a linear scale of area; the default is logarithmic.
    pub linear: bool,
    /// Legend keys that are switched off.
    pub hidden: Vec<String>,
    /// What the reader has set besides, in each widget.
    pub state: State,
    /// Advances of the page's font.
    pub metrics: Metrics,
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
    /// Enter or a click on what [`Widget::opens`].
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
    fn lays_out_as(&self, other: &Self) -> bool {
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
    pub sources: Vec<Reference>,
    /// Credits that publishers ask for.
    pub credit: String,
    /// What colours and forms mean.
    pub legend: Vec<Key>,
    /// Headings of the outline's groups.
    pub groups: Vec<String>,
    /// What the reader can set; the host draws it.
    pub controls: Vec<Control>,
    /// Lists below the picture, folded.
    pub lists: Vec<List>,
    /// What is in view, in numbers; announced when it changes.
    pub status: String,
    /// Keys that [`Act::Key`] is asked with, by their names with spaces between: `+ - 0 PageUp`.
    /// They come before the outline's own.
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
    /// `tabs`, `select`, `slider`, `crumbs`; `search` picks a row by [`Widget::find`].
    pub kind: &'static str,
    /// Values with their labels, in order.
    pub options: Vec<(String, String)>,
    /// The value that is set.
    pub value: String,
}

impl Control {
    /// Tables or frameworks to choose from: buttons while they are few. None where there is no
    /// choice.
    fn views(
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
pub struct Key {
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
pub struct Reference {
    /// Words.
    pub text: String,
    /// http or https.
    pub url: Option<String>,
}

/// What the tooltip says of one row, in the order in which it is shown.
#[derive(Debug, Clone, Default)]
pub struct Card {
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
    pub cites: Vec<Reference>,
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

impl Card {
    /// A further line.
    fn row(&mut self, label: &str, text: String) {
        self.rows.push((label.to_string(), text));
    }
}

impl Table {
    /// A table without rows; `head` is its headings, separated by commas,
    /// `Korean,Korean|English,English`.
    fn new(caption: &str, head: &str, lang: Lang) -> Self {
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
    fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// The next cell of the row.
    fn cell(&mut self, text: impl Into<String>) {
        if let Some(row) = self.rows.last_mut() {
            row.push(text.into());
        }
    }
}

/// A citation in one line: who, when, where in the document, after whom.
fn cite(cite: &Cite, sources: &[Source], lang: Lang) -> Reference {
    let Some(source) = sources.get(cite.source) else {
        return Reference::default();
    };
    let publisher = source.publisher.get(lang);
    let mut text = String::from(if publisher.is_empty() {
        source.title.get(lang)
    } else {
        publisher
    });
    append(&mut text, ", ", &source.date);
    append(&mut text, ", ", &cite.locator);
    if let Some(outside) = &cite.attributed_to {
        push(&mut text, lang, " (원자료: {0})| (data: {0})", &[outside]);
    }
    if cite.title_only {
        text.push_str(say(
            lang,
            " — 참고 문헌 제목에만 나옴| — only in the title of a cited item",
        ));
    }
    Reference {
        text,
        url: source.url.clone(),
    }
}

/// Citations, a line each.
fn cites(list: &[Cite], sources: &[Source], lang: Lang) -> Vec<Reference> {
    let mut lines = Vec::new();
    for one in list {
        lines.push(cite(one, sources, lang));
    }
    lines
}

/// Citations in one cell of the table.
fn cites_cell(list: &[Cite], sources: &[Source], lang: Lang) -> String {
    let mut cell = String::new();
    for one in list {
        append(&mut cell, say(lang, "; |; "), cite(one, sources, lang).text);
    }
    cell
}

/// The status in words; «reported» where nothing else is to be said.
fn status_words(status: &Status, lang: Lang) -> Vec<String> {
    let mut words = text::status(status, lang);
    if words.is_empty() {
        words.push(text::reported(lang));
    }
    words
}

/// The status as it is said of a stop of the keyboard: a number that is reported as it stands needs
/// no word.
fn reservations(mut words: Vec<String>, lang: Lang) -> String {
    let plain = text::reported(lang);
    words.retain(|word| *word != plain);
    let mut line = String::new();
    for word in &words {
        also(&mut line, lang, trim_signs(word));
    }
    line
}

/// How near the view is, at the end of the status.
fn nearness(status: &mut String, near: f64, lang: Lang) {
    let percent = text::count((near * 100.0).round() as usize, lang);
    also(
        status,
        lang,
        text::fill(lang, "{0}%로 확대|zoomed to {0}%", &[&percent]),
    );
}

/// Without the signs that words beside it say as well.
fn trim_signs(text: &str) -> &str {
    text.trim_matches(['≈', '†', ' '])
}

/// A list of equals.
fn joined(words: &[String], lang: Lang) -> String {
    let mut line = String::new();
    for word in words {
        also(&mut line, lang, word);
    }
    line
}

/// The date in words; nothing where there is none.
fn date_words(when: Option<When>, lang: Lang) -> String {
    when.map_or(String::new(), |when| text::when(&when, lang))
}

/// Arrow keys that lead nowhere.
const STAY: [u32; 4] = [NO_DATUM; 4];

/// The longest form of a heading that fits one line: whole, without what is in brackets, without
/// the last parts.
fn fit<'a>(metrics: &Metrics, full: &'a str, size: f32, bold: bool, width: f32) -> &'a str {
    shorter(full, metrics.held(full, size, bold, width))
}

/// As [`fit`], in lines that break at spaces: the longest beginning that stands in so many of them.
fn fit_lines<'a>(
    metrics: &Metrics,
    full: &'a str,
    size: f32,
    bold: bool,
    width: f32,
    most: usize,
) -> &'a str {
    shorter(full, metrics.set(full, size, bold, width, most).1)
}

/// Brackets, of both widths.
const OPENS: &[char] = &['(', '（'];
const CLOSES: &[char] = &[')', '）'];
/// Between the parts of a heading.
const BREAKS: &[char] = &[' ', ',', '·'];

/// How many brackets a text opens more than it closes.
fn open(text: &str) -> i64 {
    text.chars()
        .map(|c| i64::from(OPENS.contains(&c)) - i64::from(CLOSES.contains(&c)))
        .sum()
}

/// A text without its last words, so many that no more than `most` bytes are left; empty where one
/// word alone is longer.
fn shorter(full: &str, most: usize) -> &str {
    if full.len() <= most {
        return full;
    }
    // What stands behind the first break after those bytes goes whatever it is: it is not looked
    // at, for there may be much of it.
    let rest = full.get(most..).unwrap_or("");
    let end = rest
        .char_indices()
        .find(|(_, c)| BREAKS.contains(c))
        .map_or(full.len(), |(at, c)| most + at + c.len_utf8());
    let mut text = full.get(..end).unwrap_or("");
    let mut depth = open(text);
    let mut cut = |text: &mut &str, at: usize| {
        depth -= open(text.get(at..).unwrap_or(""));
        *text = text.get(..at).unwrap_or("");
        depth
    };
    while let Some(at) = text.rfind(BREAKS) {
        // Half of what stands in brackets says less than nothing.
        let mut depth = cut(&mut text, at);
        while depth > 0
            && let Some(at) = text.rfind(OPENS)
        {
            depth = cut(&mut text, at);
        }
        text = text.trim_end_matches([' ', ',', '·', ':']);
        // A heading must not end in a word that waits for another.
        let last = text
            .rfind(' ')
            .map_or("", |at| text.get(at..).unwrap_or(""));
        let waits = [
            " and", " or", " of", " the", " a", " in", " by", " at", " to", " up", " for", " with",
        ]
        .contains(&last);
        if !waits && text.len() <= most {
            return text;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_shortened_by_words_and_never_inside_brackets() {
        let metrics = Metrics::default();
        let width = |text: &str| metrics.width(text, 11.0, false) + 0.5;
        let fitted =
            |room: &str, full: &str| fit(&metrics, full, 11.0, false, width(room)).to_string();
        assert_eq!(
            fitted("AI 메모리(HBM·DDR5)", "AI 메모리(HBM·DDR5)"),
            "AI 메모리(HBM·DDR5)"
        );
        assert_eq!(fitted("AI 메모리(HBM", "AI 메모리(HBM·DDR5)"), "AI 메모리");
        assert_eq!(fitted("Edge and on", "Edge and on-device hardware"), "Edge");
        assert_eq!(
            fitted("Stargate plan of up to", "Stargate plan of up to US$100bn"),
            "Stargate plan"
        );
        assert_eq!(fitted("A", "Accelerators"), "");
    }

    #[test]
    fn a_heading_of_two_lines_loses_what_needs_a_third() {
        let metrics = Metrics::default();
        let width = metrics.width("supercomputers", 11.0, false) + 0.5;
        assert_eq!(
            fit_lines(
                &metrics,
                "AI supercomputers and clusters",
                11.0,
                false,
                width,
                2
            ),
            "AI supercomputers"
        );
        assert_eq!(
            fit_lines(
                &metrics,
                "AI supercomputers and clusters",
                11.0,
                false,
                width,
                3
            ),
            "AI supercomputers and clusters"
        );
    }

    /// Word after word away, and all that is left measured anew each time: what [`fit`] and
    /// [`fit_lines`] answer, said plainly.
    fn fitted(full: &str, fits: &dyn Fn(&str) -> bool) -> String {
        let mut text = full;
        while !fits(text) && !text.is_empty() {
            text = shorter(text, text.len() - 1);
        }
        text.to_string()
    }

    #[test]
    fn measuring_once_shortens_as_measuring_after_every_word_does() {
        let metrics = Metrics::default();
        let parts = [
            "AI",
            "of",
            "메모리",
            "(HBM",
            "DDR5)",
            "and",
            "·",
            ",",
            "supercomputers",
            "a",
            " ",
            ":",
            "(x)",
            "（둘）",
            "to",
        ];
        let mut seed = 7_u32;
        let mut next = |most: usize| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as usize % most
        };
        let mut cut = 0;
        for _ in 0..20_000 {
            let mut full = String::new();
            for _ in 0..next(12) {
                full.push_str(parts[next(parts.len())]);
                full.push_str(["", " ", ",", "·"][next(4)]);
            }
            let (width, most) = (next(220) as f32, 1 + next(3));
            let line = fitted(&full, &|text| metrics.width(text, 11.0, true) <= width);
            assert_eq!(
                fit(&metrics, &full, 11.0, true, width),
                line,
                "{full:?} in {width}"
            );
            let lines = fitted(&full, &|text| {
                metrics
                    .lines(text, 11.0, false, width)
                    .is_some_and(|lines| lines.len() <= most)
            });
            assert_eq!(
                fit_lines(&metrics, &full, 11.0, false, width, most),
                lines,
                "{full:?} in {most} lines of {width}"
            );
            cut += usize::from(line.len() < full.len());
        }
        assert!(cut > 5_000, "only {cut} of the texts were too long");
    }
}
