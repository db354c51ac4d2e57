//! The renderer for paper: a picture and its words as SVG, text as text, for print, exports and the
//! command line. Not here: GPU, the DOM.
//!
//! Shapes are those of `shaders/draw/`: strokes lie inside a mark's edge, dashes and hatches have
//! the same lengths. Where SVG has no such fill (a soft edge) the nearest that it has is taken.
//! Only what meets the picture is drawn.

mod legend;
mod shapes;
mod writer;

use crate::data::calendar;
use crate::scene::Scene;
use crate::text::{append, say};
use crate::widget::{Figure, View};
use ai_atlas_compute::clip::{visible_mark, visible_ribbon};
use writer::Svg;

/// More marks, links and labels than this are no drawing that paper could show.
pub const MAX_PRINTED_SHAPES: usize = 20_000;
/// More than this would be a document that no program opens.
const MAX_SHAPES: usize = 300_000;
/// A sheet of A4 or Letter within its margins, CSS px, less a few lines for the words above the
/// picture.
const SHEET_CSS: [f32; 2] = [700.0, 880.0];
/// A layout that may fill a sheet better than one of the sheet's own width.
pub const WIDE_CSS: f32 = 1200.0;
/// Who made it.
const MAKER: &str = concat!("AI Atlas ", env!("CARGO_PKG_VERSION"));
/// Sizes of the lines around the picture: title, sentence, what is measured, notes.
const TITLE: f32 = 18.0;
const SENTENCE: f32 = 14.0;
const LABEL: f32 = 12.0;
const NOTE: f32 = 11.0;

/// What of a picture becomes a document.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// Only the picture and its legend: the page has the other words. Empty for more than
    /// [`MAX_PRINTED_SHAPES`] shapes.
    pub bare: bool,
    /// Families of the font, as CSS lists them; empty for the page's own.
    pub font: &'a str,
}

/// A whole SVG document of a picture that was laid out for a view. Empty where there is nothing to
/// show, or far too much.
pub fn paint(picture: &Figure, view: &View, paper: &Paper<'_>) -> String {
    let scene = &picture.scene;
    let [width, height] = scene.size_css;
    let shapes = scene.marks.len() + scene.ribbons.len() + scene.labels.len();
    // A picture that has nothing to place may have words all the same. NaN is no size either.
    let drawn = height > 0.0;
    let worded = !paper.bare
        && [&picture.title, &picture.takeaway, &picture.subline]
            .iter()
            .any(|words| !words.is_empty());
    let limit = if paper.bare {
        MAX_PRINTED_SHAPES
    } else {
        MAX_SHAPES
    };
    if !(width > 0.0 && (drawn || worded)) || shapes > limit {
        return String::new();
    }
    let palette = view.palette();
    // The end of a name in a wider font than the page's has room in the edge.
    let edge = if paper.bare { 4.0 } else { 12.0 };
    let mut body = Svg {
        text: String::new(),
        view,
        ground: scene.ground,
        edge,
        width,
        y: if paper.bare { 0.0 } else { edge },
    };
    if !paper.bare {
        body.lines(&picture.title, TITLE, true, palette.ink);
        if picture.takeaway != picture.title {
            body.lines(&picture.takeaway, SENTENCE, false, palette.ink);
        }
        body.lines(&picture.subline, LABEL, false, palette.secondary);
        body.y += 8.0;
    }
    body.scene(scene, if drawn { height } else { 0.0 });
    body.legend(&picture.legend, palette.ink);
    body.y += 4.0;
    let stamp = if view.today.is_finite() {
        calendar::stamp(view.today)
    } else {
        String::new()
    };
    let day = stamp.get(..10).unwrap_or("");
    if !paper.bare {
        body.notes(picture, day);
    }
    let size = [width + 2.0 * edge, body.y];
    let mut out = Svg {
        text: String::with_capacity(body.text.len() + 4096),
        ..body
    };
    out.open(size, paper.font);
    if !paper.bare {
        out.metadata(picture, day);
        out.say("<rect width=\"@\" height=\"@\"", &size);
        out.ink("fill", scene.ground);
        out.end();
    }
    out.text.push_str(&body.text);
    out.text.push_str("</svg>\n");
    out.text
}

impl Svg<'_> {
    /// The shapes and labels, as an inner document, which cuts off what a zoomed picture has outside
    /// its frame.
    fn scene(&mut self, scene: &Scene, height: f32) {
        let size = [0.0, 0.0, self.width, height];
        let wide = self.width + 2.0 * self.edge;
        self.say(
            "<svg y=\"@\" width=\"@\" height=\"@\" viewBox=\"@ 0 @ @\">\n",
            &[self.y, wide, height, -self.edge, wide, height],
        );
        let (under, over) = scene.marks.split_at(scene.under.min(scene.marks.len()));
        let window = &scene.viewport;
        under
            .iter()
            .filter_map(|m| visible_mark(&window.mark(m), size))
            .for_each(|m| self.mark(&m));
        scene
            .ribbons
            .iter()
            .filter_map(|r| visible_ribbon(&window.ribbon(r), size))
            .for_each(|r| self.ribbon(&r));
        over.iter()
            .filter_map(|m| visible_mark(&window.mark(m), size))
            .for_each(|m| self.mark(&m));
        for label in &scene.labels {
            self.label(label);
        }
        self.text.push_str("</svg>\n");
        self.y += height + 8.0;
    }

    /// What stands below the picture: how to read it, notes, sources, who made it when.
    fn notes(&mut self, picture: &Figure, day: &str) {
        let color = self.view.palette().secondary;
        let mut said = |words: &str| self.lines(words, NOTE, false, color);
        said(&picture.howto);
        for note in &picture.notes {
            said(note);
        }
        let mut sources = String::new();
        for source in &picture.sources {
            append(&mut sources, " · ", &source.text);
        }
        if !sources.is_empty() {
            sources.insert_str(0, say(self.view.lang, "출처: |Source: "));
        }
        self.lines(&sources, NOTE, false, color);
        self.lines(&picture.credit, NOTE, false, color);
        let mut made = String::from(MAKER);
        append(&mut made, " · ", day);
        self.lines(&made, NOTE, false, color);
        self.y += self.edge;
    }

    /// The opening tag of the document.
    fn open(&mut self, [wide, tall]: [f32; 2], font: &str) {
        self.say(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"@\" height=\"@\" viewBox=\"0 0 @ @\" preserveAspectRatio=\"xMinYMin\" role=\"img\" lang=\"",
            &[wide, tall, wide, tall],
        );
        self.text.push_str(self.view.lang.code());
        if !font.is_empty() {
            self.text.push_str("\" font-family=\"");
            self.escaped(font);
        }
        self.text.push_str("\">\n");
    }

    /// What the document says of itself, for programs.
    fn metadata(&mut self, picture: &Figure, day: &str) {
        let mut description = picture.takeaway.clone();
        append(&mut description, " ", &picture.howto);
        self.element("title", &picture.title);
        self.element("desc", &description);
        self.text.push_str("<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><rdf:Description rdf:about=\"\">\n");
        for (name, text) in [
            ("title", &*picture.title),
            ("description", &description),
            ("language", self.view.lang.code()),
            ("date", day),
            ("creator", MAKER),
            ("rights", &picture.credit),
        ] {
            self.core(name, text);
        }
        for source in &picture.sources {
            let mut text = source.text.clone();
            append(&mut text, " ", source.url.as_deref().unwrap_or(""));
            self.core("source", &text);
        }
        self.text
            .push_str("</rdf:Description></rdf:RDF></metadata>\n");
    }
}

/// How large a picture gets on a sheet of paper that holds all of it: 1 is its own size.
pub fn part_on_sheet(picture: &Figure) -> f32 {
    let [width, height] = picture.scene.size_css;
    (SHEET_CSS[0] / width).min(SHEET_CSS[1] / height)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::text;
    use crate::widget;

    /// Characters that are measured for the picture of a file in several widths, and as a document.
    fn measured(kind: &str, file: &str) -> u64 {
        let Some(mut widget) = widget::make(kind) else {
            return u64::MAX;
        };
        assert!(widget.load(file.as_bytes()).is_ok(), "{kind}");
        let before = text::measured();
        for width in [320.0, 500.0, 680.0, 1000.0] {
            let view = widget::View::wide(width);
            let picture = widget.picture(&view);
            paint(
                &picture,
                &view,
                &Paper {
                    bare: false,
                    font: "",
                },
            );
        }
        text::measured() - before
    }

    /// Files of each kind with so many names of so many bytes, which are made of words of a kind.
    fn files(names: usize, bytes: usize, word: &str) -> Vec<(&'static str, String)> {
        let name = |nth: usize| format!("{}{nth}", word.repeat(bytes / word.len()));
        let list =
            |one: &dyn Fn(usize) -> String| (0..names).map(one).collect::<Vec<_>>().join(",");
        let layer = |nth: usize| ["data", "infra", "model", "service"][nth % 4];
        vec![
            (
                "value-chain",
                format!(
                    r#"{{"kind":"ai-atlas/value-chain","entities":[{}]}}"#,
                    list(&|n| format!(r#"{{"id":"{}","layer":"{}"}}"#, name(n), layer(n)))
                ),
            ),
            (
                "value-chain",
                format!(
                    r#"{{"kind":"ai-atlas/value-chain","title":"{}","links":[{{"from":"a","to":"b","label":"{}"}}]}}"#,
                    name(1),
                    name(2)
                ),
            ),
            (
                "market-share",
                format!(
                    r#"{{"kind":"ai-atlas/market-share","items":[{}]}}"#,
                    list(&|n| format!(r#"{{"label":"{}","value":{}}}"#, name(n), n + 1))
                ),
            ),
            (
                "funding-timeline",
                format!(
                    r#"{{"kind":"ai-atlas/funding-timeline","title":"{}","events":[{}]}}"#,
                    name(0),
                    list(&|n| format!(
                        r#"{{"date":"20{:02}-05","label":"{}","target":"{}"}}"#,
                        n % 30,
                        name(n),
                        name(n)
                    ))
                ),
            ),
        ]
    }

    #[test]
    fn a_text_of_many_words_is_measured_a_few_times_and_not_once_for_every_word() {
        let mut long = 0;
        for word in [
            "a b ",
            "가나 ",
            "a,",
            "x (y) ",
            "of the a ",
            "word·",
            "a\u{200B} ",
        ] {
            for (names, bytes) in [(1, 4096), (15, 4000), (30, 2000), (300, 200)] {
                for (kind, file) in files(names, bytes, word) {
                    let count = measured(kind, &file);
                    assert!(
                        count < 60 * file.len() as u64,
                        "{kind}, {names} names of {bytes} bytes of {word:?}: {count} characters of {} bytes",
                        file.len()
                    );
                    long += usize::from(count as usize > file.len());
                }
            }
        }
        assert!(long > 40, "only {long} files were measured at all");
    }

    #[test]
    fn three_hundred_organisations_with_the_longest_names_are_no_work() {
        for (kind, file) in files(300, 4090, "a b ") {
            let count = measured(kind, &file);
            assert!(
                count < 30 * file.len() as u64,
                "{kind}: {count} characters of {} bytes",
                file.len()
            );
        }
    }
}
