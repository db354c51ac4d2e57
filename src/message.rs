//! The messages between host and engine: a view in; a scene with its words, a card, a table out as JSON. Not here: the DOM, wasm.

use crate::abi::NO_DATUM;
use crate::data::words::push_number;
use crate::data::{Lang, Value, calendar};
use crate::error::{Error, Issue};
use crate::scene::Align;
use crate::text::{self, Metrics};
use crate::widget::{Act, Card, Picture, Reference, Table, View};

/// Issues that are put into words; the rest are counted.
const MAX_ISSUES: usize = 200;

/// Reads a view; `others` are the languages that there are besides Korean and English. Unknown or broken fields take their defaults: a view never fails.
pub fn view(view: &Value<'_>, others: &[Lang]) -> View {
    let text = |key| view.get(key).text();
    let size = |key| (view.get(key).number().max(0.0) as f32).min(8192.0);
    let mut hidden = Vec::new();
    for key in view.get("hidden").list() {
        hidden.push(key.text().to_string());
    }
    // 97 advances of the normal and 97 of the bold face, in em.
    let mut advances = Vec::new();
    for advance in view.get("metrics").list() {
        advances.push(advance.number() as f32);
    }
    let mut colors = Vec::new();
    for color in view.get("colors").list() {
        colors.push(color.number() as u32);
    }
    let mut state = Vec::new();
    for pair in view.get("state").list() {
        if let [key, value] = pair.list() {
            state.push((key.text().to_string(), value.text().to_string()));
        }
    }
    View {
        width_css: size("width"),
        height_css: size("height"),
        lang: language(text("lang"), others),
        dark: text("theme") == "dark",
        colors,
        selected: text("selected").to_string(),
        hover: row(view.get("hover")),
        tab: (if text("table").is_empty() { text("framework") } else { text("table") }).to_string(),
        from_day: day(view.get("from"), false),
        to_day: day(view.get("to"), true),
        today: view.get("today").number(),
        linear: text("scale") == "linear",
        hidden,
        state,
        metrics: Metrics::from_advances(&advances),
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

/// Reads what a reader did, a list of a word and what belongs to it; `None` for what is no act.
pub fn act<'a>(act: &Value<'a>) -> Option<Act<'a>> {
    let list = act.list();
    let at = |place: usize| list.get(place).unwrap_or(&Value::Null);
    let css = |place: usize| (at(place).number() as f32).clamp(-8192.0, 8192.0);
    let finite = |act: Act<'a>, last: usize| (1..=last).all(|place| at(place).number().is_finite()).then_some(act);
    match at(0).text() {
        "zoom" => finite(Act::Zoom { at_css: [css(1), css(2)], factor: css(3).clamp(1e-3, 1e3) }, 3),
        "drag" => finite(Act::Drag { from_css: [css(1), css(2)], to_css: [css(3), css(4)] }, 4),
        "open" => Some(Act::Open { datum: row(at(1)) }),
        "show" => Some(Act::Show { datum: row(at(1)) }),
        "key" => Some(Act::Key { key: at(1).text(), datum: row(at(2)) }),
        _ => None,
    }
}

/// A datum as script sends it: anything but a number from 0 up is none.
fn row(value: &Value<'_>) -> u32 {
    let number = value.number();
    if number >= 0.0 { number as u32 } else { NO_DATUM }
}

/// A day as a number or as a moment.
fn day(value: &Value<'_>, end: bool) -> f64 {
    match value {
        Value::Text(text) => calendar::moment(text, end),
        value => value.number(),
    }
}

/// JSON as it is written. Commas come by themselves: before whatever does not stand first.
#[derive(Default)]
struct Json(String);

impl Json {
    #[inline(never)]
    fn comma(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }

    fn open(&mut self, bracket: char) {
        self.comma();
        self.0.push(bracket);
    }

    fn close(&mut self, bracket: char) {
        self.0.push(bracket);
    }

    #[inline(never)]
    fn string(&mut self, text: &str) {
        self.comma();
        self.0.push('"');
        for c in text.chars() {
            // Control characters never come this far but as line ends; a space serves for all.
            match c {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                '\0'..='\u{1F}' => self.0.push(' '),
                c => self.0.push(c),
            }
        }
        self.0.push('"');
    }

    fn key(&mut self, key: &str) {
        self.string(key);
        self.0.push(':');
    }

    #[inline(never)]
    fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.string(text);
    }

    /// To a hundredth: of a px, that is all that shows.
    #[inline(never)]
    fn number(&mut self, key: &str, number: f64) {
        self.key(key);
        push_number(&mut self.0, number);
    }

    #[inline(never)]
    fn numbers(&mut self, list: &[f64]) {
        self.open('[');
        for number in list {
            self.comma();
            push_number(&mut self.0, *number);
        }
        self.close(']');
    }

    fn count(&mut self, key: &str, count: usize) {
        self.number(key, count as f64);
    }

    #[inline(never)]
    fn flag(&mut self, key: &str, yes: bool) {
        self.key(key);
        self.0.push_str(if yes { "true" } else { "false" });
    }

    /// A text, or null.
    #[inline(never)]
    fn maybe(&mut self, key: &str, text: Option<&String>) {
        match text {
            Some(text) => self.text(key, text),
            None => {
                self.key(key);
                self.0.push_str("null");
            }
        }
    }

    #[inline(never)]
    fn texts(&mut self, texts: &[String]) {
        self.open('[');
        for text in texts {
            self.string(text);
        }
        self.close(']');
    }

    /// Texts in twos.
    #[inline(never)]
    fn pairs(&mut self, pairs: &[(String, String)]) {
        self.open('[');
        for (first, second) in pairs {
            self.open('[');
            self.string(first);
            self.string(second);
            self.close(']');
        }
        self.close(']');
    }

    /// Rows with their words.
    #[inline(never)]
    fn lines(&mut self, lines: &[(u32, String)]) {
        self.open('[');
        for (row, words) in lines {
            self.open('[');
            self.comma();
            push_number(&mut self.0, datum(*row));
            self.string(words);
            self.close(']');
        }
        self.close(']');
    }

    fn list(&mut self, key: &str, texts: &[String]) {
        self.key(key);
        self.texts(texts);
    }

    #[inline(never)]
    fn references(&mut self, key: &str, references: &[Reference]) {
        self.key(key);
        self.open('[');
        for reference in references {
            self.open('{');
            self.text("text", &reference.text);
            self.maybe("url", reference.url.as_ref());
            self.close('}');
        }
        self.close(']');
    }

    /// All languages that there are.
    #[inline(never)]
    fn said(&mut self, others: &[Lang], say: &dyn Fn(Lang) -> String) {
        for lang in [Lang::Ko, Lang::En].iter().chain(others) {
            self.text(lang.code(), &say(*lang));
        }
    }

    #[inline(never)]
    fn rectangle(&mut self, [x0, y0, x1, y1]: [f32; 4]) {
        self.number("x", f64::from(x0));
        self.number("y", f64::from(y0));
        self.number("w", f64::from(x1 - x0));
        self.number("h", f64::from(y1 - y0));
    }

    #[inline(never)]
    fn color(&mut self, color: u32) {
        let mut css = String::from("#");
        // Red is the lowest byte, so half bytes go 1 0 3 2 5 4 7 6; an opaque colour needs no fourth byte.
        for half in 0..if color >> 24 == 255 { 6 } else { 8 } {
            css.push(char::from_digit((color >> ((half ^ 1) * 4)) & 15, 16).unwrap_or('0'));
        }
        self.text("color", &css);
    }
}

/// The answer to a file that could be read: how many rows, and what was left out, in words.
pub fn loaded(rows: usize, issues: &[Issue], others: &[Lang]) -> String {
    let mut out = Json::default();
    out.open('{');
    out.count("rows", rows);
    out.count("count", issues.len());
    out.key("issues");
    out.open('[');
    for issue in issues.iter().take(MAX_ISSUES) {
        out.open('{');
        out.text("place", &issue.place);
        out.text("field", issue.field);
        out.said(others, &|lang| text::issue(issue, lang));
        out.close('}');
    }
    out.0.push_str("]}");
    out.0
}

/// The answer to a file that could not.
pub fn failed(error: &Error, others: &[Lang]) -> String {
    let mut out = Json::default();
    out.0.push_str("{\"error\":{");
    out.text("code", error.code());
    out.text("detail", error.detail());
    out.said(others, &|lang| text::error(error, lang));
    out.0.push_str("}}");
    out.0
}

/// Numbers in a list.
pub fn numbers(list: &[f64]) -> String {
    let mut out = Json::default();
    out.numbers(list);
    out.0
}

/// What an act changes: an object of keys and values.
pub fn changes(changes: &[(&'static str, String)]) -> String {
    let mut out = Json::default();
    out.open('{');
    for (key, value) in changes {
        out.text(key, value);
    }
    out.close('}');
    out.0
}

/// Rows by number and label.
pub fn found(rows: &[(u32, String)]) -> String {
    let mut out = Json::default();
    out.lines(rows);
    out.0
}

/// A scene without its marks: everything that the host makes DOM of. `opens` says of a datum whether Enter opens it.
pub fn scene(picture: &Picture, opens: &dyn Fn(u32) -> bool) -> String {
    let s = &picture.scene;
    let mut out = Json::default();
    out.open('{');
    out.number("width", f64::from(s.size_css[0]));
    out.number("height", f64::from(s.size_css[1]));
    out.text("title", &picture.title);
    out.text("subline", &picture.subline);
    out.text("takeaway", &picture.takeaway);
    let mut howto = picture.choose.clone();
    text::append(&mut howto, " ", &picture.howto);
    out.text("howto", &howto);
    out.text("credit", &picture.credit);
    out.list("notes", &picture.notes);
    out.list("groups", &picture.groups);
    out.references("sources", &picture.sources);
    out.key("legend");
    out.open('[');
    for key in &picture.legend {
        out.open('{');
        out.text("key", &key.key);
        out.text("label", &key.label);
        out.text("form", &key.form);
        out.color(key.color);
        // A count says that the entry filters.
        if let Some(count) = key.count {
            out.count("count", count);
        }
        out.close('}');
    }
    out.close(']');
    out.key("labels");
    out.open('[');
    for label in &s.labels {
        out.open('{');
        out.rectangle(label.rect_css);
        out.text("text", &label.text);
        out.number("size", f64::from(label.size_css));
        out.flag("bold", label.bold);
        out.flag("italic", label.italic);
        let align = match label.align {
            Align::Start => "start",
            Align::Middle => "middle",
            Align::End => "end",
        };
        out.text("align", align);
        out.color(label.ink);
        out.number("lines", f64::from(label.lines));
        out.number("datum", datum(label.datum));
        out.close('}');
    }
    out.close(']');
    out.key("outline");
    out.open('[');
    for node in &s.outline {
        out.open('{');
        out.number("datum", datum(node.datum));
        out.rectangle(node.rect_css);
        out.text("name", &node.name);
        if !node.lines.is_empty() {
            out.list("lines", &node.lines);
            out.key("via");
            out.numbers(&node.via.map(datum));
        }
        out.text("key", &node.key);
        out.text("initials", &text::initials(&node.key));
        out.maybe("entity", node.entity.as_ref());
        out.number("group", f64::from(node.group));
        out.key("go");
        let [left, right, up, down] = node.go;
        out.numbers(&[datum(left), datum(right), datum(up), datum(down)]);
        if opens(node.datum) {
            out.flag("opens", true);
        }
        out.close('}');
    }
    out.close(']');
    out.text("status", &picture.status);
    out.text("keys", picture.keys);
    out.flag("zooms", picture.zooms);
    out.flag("moved", picture.moved);
    out.key("controls");
    out.open('[');
    for control in &picture.controls {
        out.open('{');
        out.text("key", control.key);
        out.text("label", &control.label);
        out.text("kind", control.kind);
        out.text("value", &control.value);
        out.key("options");
        out.pairs(&control.options);
        out.close('}');
    }
    out.close(']');
    out.key("lists");
    out.open('[');
    for list in &picture.lists {
        out.open('{');
        out.text("title", &list.title);
        out.key("lines");
        out.lines(&list.lines);
        out.close('}');
    }
    out.0.push_str("]}");
    out.0
}

/// What the tooltip says.
pub fn card(row: u32, card: &Card) -> String {
    let mut out = Json::default();
    out.open('{');
    out.number("datum", f64::from(row));
    out.maybe("entity", card.entity.as_ref());
    out.text("title", &card.title);
    out.text("value", &card.value);
    out.text("share", &card.share);
    out.text("date", &card.date);
    out.text("note", &card.note);
    out.list("status", &card.status);
    out.key("rows");
    out.pairs(&card.rows);
    out.references("cites", &card.cites);
    out.close('}');
    out.0
}

/// All rows.
pub fn table(table: &Table) -> String {
    let mut out = Json::default();
    out.open('{');
    out.text("caption", &table.caption);
    out.list("head", &table.head);
    out.key("rows");
    out.open('[');
    for row in &table.rows {
        out.texts(row);
    }
    out.0.push_str("]}");
    out.0
}

/// A datum as script sees it: −1 for none.
fn datum(d: u32) -> f64 {
    if d == NO_DATUM { -1.0 } else { f64::from(d) }
}
