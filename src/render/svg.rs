//! The painter for paper: a picture and its words as SVG, text as text, for print, exports and the
//! command line. Not here: GPU, the DOM.
//!
//! Shapes are those of `shaders/draw/`: strokes lie inside a mark's edge, dashes and hatches have
//! the same lengths. Where SVG has no such fill (a soft edge) the nearest that it has is taken.
//! Only what meets the picture is drawn.

use core::fmt::Write as _;

use super::raster::{ribbon_point, sine};
use crate::abi::{
    Mark, NO_DATUM, RIBBON_SEGMENTS, Ribbon, grain, line, mark_style, pattern, shape,
};
use crate::data::calendar;
use crate::data::sanitize::Hundredths;
use crate::scene::{Align, Label};
use crate::text::{append, say};
use crate::widget::{Figure, LegendItem, View};
use ai_atlas_compute::clip::{visible_mark, visible_ribbon};

/// More marks, links and labels than this are no drawing that paper could show.
pub const MOST_ON_PAPER: usize = 20_000;
/// More than this would be a document that no program opens.
const MOST: usize = 300_000;
/// A sheet of A4 or Letter within its margins, CSS px, less a few lines for the words above the
/// picture.
const SHEET_CSS: [f32; 2] = [700.0, 880.0];
/// A layout that may fill a sheet better than one of the sheet's own width.
pub const WIDE_CSS: f32 = 1200.0;
/// Who made it.
const MAKER: &str = concat!("AI Atlas ", env!("CARGO_PKG_VERSION"));
/// Height of a line of text of a size.
const LINE: f32 = 1.35;
/// Sizes of the lines around the picture: title, sentence, what is measured, notes.
const TITLE: f32 = 18.0;
const SENTENCE: f32 = 14.0;
const LABEL: f32 = 12.0;
const NOTE: f32 = 11.0;

/// What of a picture becomes a document.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// Only the picture and its legend: the page has the other words. Empty for more than
    /// [`MOST_ON_PAPER`] shapes.
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
    if !(width > 0.0 && (drawn || worded)) || shapes > if paper.bare { MOST_ON_PAPER } else { MOST }
    {
        return String::new();
    }
    let palette = view.palette();
    // The end of a name in a wider font than the page's has room in the edge.
    let edge = if paper.bare { 4.0 } else { 12.0 };
    let wide = width + 2.0 * edge;
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
    // An inner document cuts off what a zoomed picture has outside its frame.
    let (top, height) = (body.y, if drawn { height } else { 0.0 });
    body.say(
        "<svg y=\"@\" width=\"@\" height=\"@\" viewBox=\"@ 0 @ @\">\n",
        &[top, wide, height, -edge, wide, height],
    );
    let size = [0.0, 0.0, width, height];
    let (under, over) = scene.marks.split_at(scene.under.min(scene.marks.len()));
    let window = &scene.viewport;
    under
        .iter()
        .filter_map(|m| visible_mark(&window.mark(m), size))
        .for_each(|m| body.mark(&m));
    scene
        .ribbons
        .iter()
        .filter_map(|r| visible_ribbon(&window.ribbon(r), size))
        .for_each(|r| body.ribbon(&r));
    over.iter()
        .filter_map(|m| visible_mark(&window.mark(m), size))
        .for_each(|m| body.mark(&m));
    for label in &scene.labels {
        body.label(label);
    }
    body.text.push_str("</svg>\n");
    body.y += height + 8.0;
    body.legend(&picture.legend, palette.ink);
    body.y += 4.0;
    let mut sources = String::new();
    for source in &picture.sources {
        append(&mut sources, " · ", &source.text);
    }
    let day = if view.today.is_finite() {
        calendar::stamp(view.today)
    } else {
        String::new()
    };
    let day = day.get(..10).unwrap_or("");
    if !paper.bare {
        let mut said = |words: &str| body.lines(words, NOTE, false, palette.secondary);
        said(&picture.howto);
        for note in &picture.notes {
            said(note);
        }
        if !sources.is_empty() {
            sources.insert_str(0, say(view.lang, "출처: |Source: "));
        }
        said(&sources);
        said(&picture.credit);
        let mut made = String::from(MAKER);
        append(&mut made, " · ", day);
        said(&made);
        body.y += edge;
    }
    let tall = body.y;
    let mut out = Svg {
        text: String::with_capacity(body.text.len() + 4096),
        ..body
    };
    out.say(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"@\" height=\"@\" viewBox=\"0 0 @ @\" preserveAspectRatio=\"xMinYMin\" role=\"img\" lang=\"",
        &[wide, tall, wide, tall],
    );
    let lang = view.lang.code();
    out.text.push_str(lang);
    if !paper.font.is_empty() {
        out.text.push_str("\" font-family=\"");
        out.escaped(paper.font);
    }
    out.text.push_str("\">\n");
    if !paper.bare {
        let mut told = picture.takeaway.clone();
        append(&mut told, " ", &picture.howto);
        out.element("title", &picture.title);
        out.element("desc", &told);
        out.text.push_str("<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><rdf:Description rdf:about=\"\">\n");
        for (name, text) in [
            ("title", &*picture.title),
            ("description", &told),
            ("language", lang),
            ("date", day),
            ("creator", MAKER),
            ("rights", &picture.credit),
        ] {
            out.core(name, text);
        }
        for source in &picture.sources {
            let mut text = source.text.clone();
            append(&mut text, " ", source.url.as_deref().unwrap_or(""));
            out.core("source", &text);
        }
        out.text
            .push_str("</rdf:Description></rdf:RDF></metadata>\n");
        out.say("<rect width=\"@\" height=\"@\"", &[wide, tall]);
        out.ink("fill", scene.ground);
        out.end();
    }
    out.text.push_str(&body.text);
    out.text.push_str("</svg>\n");
    out.text
}

/// How large a picture gets on a sheet of paper that holds all of it: 1 is its own size.
pub fn part_on_sheet(picture: &Figure) -> f32 {
    let [width, height] = picture.scene.size_css;
    (SHEET_CSS[0] / width).min(SHEET_CSS[1] / height)
}

/// Bits of a style.
fn part(style: u32, from: u32, mask: u32) -> u32 {
    style >> from & mask
}

/// A document in the making.
struct Svg<'a> {
    text: String,
    view: &'a View,
    ground: u32,
    edge: f32,
    /// Of the picture.
    width: f32,
    /// Where the next line begins.
    y: f32,
}

impl Svg<'_> {
    /// Markup with a number for every `@`, to a hundredth.
    fn say(&mut self, markup: &str, numbers: &[f32]) {
        let mut numbers = numbers.iter();
        for piece in markup.split_inclusive('@') {
            match piece.strip_suffix('@') {
                Some(before) => {
                    self.text.push_str(before);
                    // A text takes whatever is written.
                    let _ = write!(
                        self.text,
                        "{}",
                        Hundredths(f64::from(*numbers.next().unwrap_or(&0.0)))
                    );
                }
                None => self.text.push_str(piece),
            }
        }
    }

    fn end(&mut self) {
        self.text.push_str("/>\n");
    }

    /// A colour as an attribute and, where it lets through, its opacity.
    fn ink(&mut self, name: &str, color: u32) {
        let [r, g, b, alpha] = color.to_le_bytes();
        let _ = write!(self.text, " {name}=\"#{r:02x}{g:02x}{b:02x}\"");
        if alpha < 255 {
            self.text.push(' ');
            self.text.push_str(name);
            self.say("-opacity=\"@\"", &[f32::from(alpha) / 255.0]);
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                // What XML does not allow.
                '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}' => {
                    self.text.push(' ')
                }
                c => self.text.push(c),
            }
        }
    }

    fn element(&mut self, name: &str, text: &str) {
        let _ = write!(self.text, "<{name}>");
        self.escaped(text);
        let _ = writeln!(self.text, "</{name}>");
    }

    /// Of Dublin Core's fifteen elements.
    fn core(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.element(&format!("dc:{name}"), text);
        }
    }

    /// One line of text; `y` is its base line. `attributes` are markup.
    fn line(&mut self, [x, y]: [f32; 2], size: f32, attributes: &str, color: u32, words: &str) {
        self.say("<text x=\"@\" y=\"@\" font-size=\"@\"", &[x, y, size]);
        self.text.push_str(attributes);
        self.ink("fill", color);
        self.text.push('>');
        self.escaped(words);
        self.text.push_str("</text>\n");
    }

    /// A paragraph over the picture's width; none without words.
    fn lines(&mut self, words: &str, size: f32, bold: bool, color: u32) {
        let view = self.view;
        // A word wider than the picture is an address: it stands as it is.
        let lines = view
            .metrics
            .lines(words, size, bold, self.width)
            .unwrap_or_else(|| vec![words]);
        for words in lines {
            let at = [self.edge, self.y + size * 1.02];
            self.line(
                at,
                size,
                if bold { " font-weight=\"600\"" } else { "" },
                color,
                words,
            );
            self.y += size * LINE;
        }
    }

    /// What colours and forms mean, in lines.
    fn legend(&mut self, keys: &[LegendItem], ink: u32) {
        let (left, right) = (self.edge, self.edge + self.width);
        let (mut x, mut high, mut before) = (left, 0.0_f32, None);
        for key in keys {
            // A switch without a form of its own bears the name of what it switches. What is
            // switched off is not in the picture.
            if key.count.is_some()
                && (key.form == "none" || key.form == "swatch" || self.view.hides(&key.key))
            {
                continue;
            }
            let (sign, line, tall) = sign(key);
            let at = if line.is_some() {
                30.0
            } else {
                tall + 6.0 * tall.min(1.0)
            };
            let wide = at + self.view.metrics.width(&key.label, LABEL, false);
            // Relations, layers and what only explains begin a line each, as on the page.
            let sort = Some((key.count.is_some(), line.is_some()));
            if x > left && (x + wide > right || before != sort) {
                x = left;
                self.y += high;
                high = 0.0;
            }
            before = sort;
            high = high.max(tall.max(12.0) + 6.0);
            let middle = self.y + 9.0_f32.max(tall / 2.0);
            if let Some(mut mark) = sign {
                for (side, by) in mark.rect_css.iter_mut().zip([x, middle, x, middle]) {
                    *side += by;
                }
                self.mark(&mark);
            }
            if let Some(mut line) = line {
                line.start_css = [x, middle, x + 8.0, middle];
                line.end_css = [x + 16.0, middle, x + 24.0, middle];
                self.ribbon(&line);
            }
            self.line([x + at, middle + LABEL * 0.36], LABEL, "", ink, &key.label);
            x += wide + 14.0;
        }
        self.y += high;
    }

    fn mark(&mut self, mark: &Mark) {
        let stroke = part(mark.style, 8, 255) as f32 / 4.0;
        let filling = part(mark.style, 4, 15);
        let soft = filling == pattern::SOFT;
        if mark.fill >> 24 > 0 {
            // An edge 3 px wide that fades, as a fainter edge.
            self.filled(mark, if soft { 1.5 } else { 0.0 }, mark.fill);
            if soft {
                self.filled(
                    mark,
                    0.5,
                    mark.fill & 0xFF_FFFF | mark.fill >> 1 & 0x7F00_0000,
                );
            }
        }
        if part(mark.style, 25, 7) != grain::PLAIN && mark.fill >> 24 > 0 {
            self.grained(mark);
        }
        if filling == pattern::HATCH {
            self.hatched(mark);
        }
        if stroke > 0.0 && mark.stroke >> 24 > 0 && self.shape(mark, stroke / 2.0) {
            self.text.push_str(" fill=\"none\"");
            self.ink("stroke", mark.stroke);
            self.say(" stroke-width=\"@\"", &[stroke]);
            if part(mark.style, 24, 1) == 1 {
                self.text.push_str(" stroke-dasharray=\"4 3\"");
            }
            self.end();
        }
    }

    /// A rectangle's hatch, line by line: where PDFs are made, so fine a pattern becomes a blur.
    fn hatched(&mut self, mark: &Mark) {
        let [x, y, right, bottom] = mark.rect_css;
        let (w, h) = (right - x, bottom - y);
        self.text.push_str("<path d=\"");
        // Where a line meets the left and the top edge, or would.
        let mut at = 3.0 * core::f32::consts::SQRT_2;
        while at < w + h {
            self.say(
                "M@ @L@ @",
                &[
                    x + (at - h).max(0.0),
                    y + at.min(h),
                    x + at.min(w),
                    y + (at - w).max(0.0),
                ],
            );
            at += 6.0 * core::f32::consts::SQRT_2;
        }
        self.text.push_str("\" stroke-width=\"1.25\"");
        self.ink("stroke", mark.stroke);
        self.end();
    }

    /// The gaps of a grain, one by one, as lines of the ground.
    fn grained(&mut self, mark: &Mark) {
        let (kind, round) = (
            part(mark.style, 25, 7),
            part(mark.style, 0, 15) == shape::ELLIPSE,
        );
        let [x0, y0, x1, y1] = mark.rect_css;
        let (x, y, w, h) = (
            (x0 + x1) / 2.0,
            (y0 + y1) / 2.0,
            (x1 - x0) / 2.0,
            (y1 - y0) / 2.0,
        );
        let rim = if round {
            f32::MAX
        } else {
            grain::RIM_CSS as f32
        };
        let shift = if kind == grain::DOTS { 2.0 } else { 0.0 };
        // The first of a row of gaps, or of holes.
        let first = |from: f32| ((from - shift) / 4.0).ceil() * 4.0 + shift;
        self.text.push_str("<path d=\"");
        for upright in [false, true] {
            // A row of holes is a level line of dots.
            if kind
                == if upright {
                    grain::LEVEL
                } else {
                    grain::UPRIGHT
                }
                || upright && shift > 0.0
            {
                continue;
            }
            let (along, across) = if upright { (h, w) } else { (w, h) };
            let mut at = first(-across);
            while at <= across {
                let reach = if round {
                    along * (1.0 - at * at / across / across).max(0.0).sqrt()
                } else {
                    along
                };
                // Along its edge a tile has whole lines, between them the ends of lines.
                let end = if across - at.abs() < rim {
                    reach
                } else {
                    (rim - reach).min(reach)
                };
                for (from, to) in [
                    (-reach, end),
                    (-end, if end < reach { reach } else { -f32::MAX }),
                ] {
                    let from = if shift > 0.0 { first(from) } else { from };
                    if from > to {
                        continue;
                    }
                    if upright {
                        self.say("M@ @V@", &[x + at, y + from, y + to]);
                    } else {
                        self.say("M@ @H@", &[x + from, y + at, x + to]);
                    }
                }
                at += 4.0;
            }
        }
        self.text.push_str(if shift > 0.0 {
            "\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-dasharray=\"0 4\""
        } else {
            "\""
        });
        self.ink(
            "stroke",
            self.ground & 0xFF_FFFF | ((part(mark.style, 28, 15) * 17) << 24),
        );
        self.end();
    }

    fn filled(&mut self, mark: &Mark, inset: f32, color: u32) {
        if self.shape(mark, inset) {
            self.ink("fill", color);
            self.end();
        }
    }

    /// Begins a mark's outline, pulled in by so much; false where nothing is left of it.
    fn shape(&mut self, mark: &Mark, inset: f32) -> bool {
        let [x0, y0, x1, y1] = [
            mark.rect_css[0] + inset,
            mark.rect_css[1] + inset,
            mark.rect_css[2] - inset,
            mark.rect_css[3] - inset,
        ];
        let (width, height) = (x1 - x0, y1 - y0);
        if !(width > 0.0 && height > 0.0) {
            return false;
        }
        let (cx, cy) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let (three, four) = ("<path d=\"M@ @L@ @L@ @Z\"", "<path d=\"M@ @L@ @L@ @L@ @Z\"");
        match part(mark.style, 0, 15) {
            shape::ELLIPSE => self.say(
                "<ellipse cx=\"@\" cy=\"@\" rx=\"@\" ry=\"@\"",
                &[cx, cy, width / 2.0, height / 2.0],
            ),
            shape::DIAMOND => self.say(four, &[cx, y0, x1, cy, cx, y1, x0, cy]),
            shape::TRIANGLE_RIGHT => self.say(three, &[x0, y0, x1, cy, x0, y1]),
            shape::TRIANGLE_LEFT => self.say(three, &[x1, y0, x0, cy, x1, y1]),
            shape::TRIANGLE_DOWN => self.say(three, &[x0, y0, x1, y0, cx, y1]),
            shape::TRIANGLE_UP => self.say(three, &[x0, y1, x1, y1, cx, y0]),
            _ => {
                let radius = (part(mark.style, 16, 255) as f32 / 4.0 - inset)
                    .min(width.min(height) / 2.0)
                    .max(0.0);
                self.say(
                    "<rect x=\"@\" y=\"@\" width=\"@\" height=\"@\"",
                    &[x0, y0, width, height],
                );
                if radius > 0.0 {
                    self.say(" rx=\"@\"", &[radius]);
                }
            }
        }
        true
    }

    fn ribbon(&mut self, ribbon: &Ribbon) {
        let half = ribbon.half_width_css;
        if ribbon.fill >> 24 == 0 {
            return;
        }
        let (color, wide) = (ribbon.fill, half * 2.0);
        match ribbon.style {
            line::DOUBLE => {
                self.path(ribbon, wide, color, "");
                self.path(ribbon, wide - 2.0 * (wide / 3.0).min(1.5), self.ground, "");
            }
            line::LONG_DASH => self.path(ribbon, wide, color, "12 6"),
            line::SHORT_DASH => self.path(ribbon, wide, color, "4 4"),
            // A dash without length and with round ends is a dot.
            line::DOTTED => self.path(ribbon, wide, color, "0 @"),
            line::TICKS => {
                self.path(ribbon, wide, color, "");
                self.path(ribbon, 5.0, color, "1 9\" stroke-dashoffset=\"-4.5");
            }
            _ => self.path(ribbon, wide, color, ""),
        }
    }

    fn path(&mut self, ribbon: &Ribbon, wide: f32, color: u32, dashes: &str) {
        let [x0, y0, x1, y1] = ribbon.start_css;
        let [x2, y2, x3, y3] = ribbon.end_css;
        self.text.push_str("<path fill=\"none\" d=\"");
        if ribbon.style == line::WAVE {
            self.wave(ribbon);
        } else {
            self.say("M@ @C@ @ @ @ @ @", &[x0, y0, x1, y1, x2, y2, x3, y3]);
        }
        self.text.push('"');
        self.ink("stroke", color);
        self.say(" stroke-width=\"@", &[wide]);
        if !dashes.is_empty() {
            self.text.push_str("\" stroke-dasharray=\"");
            self.say(dashes, &[(3.0 * wide).max(4.0)]);
        }
        self.text.push_str(if ribbon.style == line::DOTTED {
            "\" stroke-linecap=\"round\""
        } else {
            "\""
        });
        self.end();
    }

    /// A sine of 2 px amplitude and 8 px length along a ribbon.
    fn wave(&mut self, ribbon: &Ribbon) {
        let (mut along, mut from) = (0.0_f32, ribbon_point(ribbon, 0.0));
        let steps = RIBBON_SEGMENTS * 8;
        for step in 0..=steps {
            let here = ribbon_point(ribbon, step as f32 / steps as f32);
            let (dx, dy) = (here[0] - from[0], here[1] - from[1]);
            let size = (dx * dx + dy * dy).sqrt();
            along += size;
            let out_css = 2.0 * sine(along / 8.0);
            let (ux, uy) = if size > 1e-6 {
                (dx / size, dy / size)
            } else {
                (1.0, 0.0)
            };
            self.text.push(if step == 0 { 'M' } else { 'L' });
            self.say("@ @", &[here[0] - uy * out_css, here[1] + ux * out_css]);
            from = here;
        }
    }

    fn label(&mut self, label: &Label) {
        let [left, top, right, _] = label.rect_css;
        let (x, anchor) = match label.align {
            Align::Start => (left, ""),
            Align::Middle => ((left + right) / 2.0, " text-anchor=\"middle\""),
            Align::End => (right, " text-anchor=\"end\""),
        };
        let mut attributes = String::from(anchor);
        attributes.push_str(if label.bold {
            " font-weight=\"600\""
        } else {
            ""
        });
        attributes.push_str(if label.italic {
            " font-style=\"italic\""
        } else {
            ""
        });
        let view = self.view;
        let size = label.size_css;
        let lines = if label.lines > 1 {
            view.metrics
                .lines(&label.text, size, label.bold, right - left)
                .unwrap_or_default()
        } else {
            vec![&*label.text]
        };
        let mut y = top + size * 0.98;
        for words in lines {
            self.line([x, y], size, &attributes, label.color, words);
            y += size * 1.25;
        }
    }
}

/// What a legend's entry shows before its words, about the origin from x = 0 on: a mark or a line,
/// and how large.
fn sign(key: &LegendItem) -> (Option<Mark>, Option<Ribbon>, f32) {
    let form = key.form.as_str();
    if form == "none" {
        return (None, None, 0.0);
    }
    if let Some(name) = form.strip_prefix("line-") {
        let (style, half_width_css) = match name {
            "double" => (line::DOUBLE, 2.5),
            "long-dash" => (line::LONG_DASH, 0.75),
            "short-dash" => (line::SHORT_DASH, 0.75),
            "dotted" => (line::DOTTED, 1.25),
            "wave" => (line::WAVE, 0.75),
            "ticks" => (line::TICKS, 0.5),
            "thin" => (line::SOLID, 0.75),
            _ => (line::SOLID, 2.0),
        };
        return (
            None,
            Some(Ribbon {
                start_css: [0.0; 4],
                end_css: [0.0; 4],
                half_width_css,
                fill: key.color,
                style,
                datum: NO_DATUM,
            }),
            12.0,
        );
    }
    // The digits of a form are a radius, which has whole px and perhaps hundredths, or bits.
    let (mut number, mut place) = (0.0_f32, 0.0_f32);
    for digit in form.bytes() {
        match digit {
            b'.' => place = 1.0,
            b'0'..=b'9' => {
                number = number * 10.0 + f32::from(digit - b'0');
                place *= 10.0;
            }
            _ => {}
        }
    }
    number /= place.max(1.0);
    let (open, filled) = ((0, key.color, 1.5), (key.color, 0, 0.0));
    let (grain, mut radius) = if form.starts_with("grain") {
        (number as u32, 0.0)
    } else {
        (0, number)
    };
    let (kind, filling, (fill, stroke, wide), corner, dashed) = match form {
        "dot" => (shape::ELLIPSE, pattern::SOLID, filled, 0.0, false),
        "diamond" => (shape::DIAMOND, pattern::SOLID, open, 0.0, false),
        "hatch" => (shape::RECT, pattern::HATCH, (0, key.color, 1.0), 0.0, false),
        "ring" => (shape::RECT, pattern::SOLID, open, 2.0, false),
        "dashed" => (shape::RECT, pattern::SOLID, open, 2.0, true),
        // 45 % of it.
        "soft" => (
            shape::RECT,
            pattern::SOLID,
            (key.color & 0xFF_FFFF | 115 << 24, 0, 0.0),
            2.0,
            false,
        ),
        _ if radius > 0.0 => (shape::ELLIPSE, pattern::SOLID, open, 0.0, false),
        _ => (shape::RECT, pattern::SOLID, filled, 2.0, false),
    };
    radius = match form {
        "dot" => 4.0,
        _ if radius > 0.0 => radius.min(24.0),
        _ => 6.0,
    };
    let side = 2.0 * radius;
    let mark = Mark {
        rect_css: [0.0, -radius, side, radius],
        fill,
        stroke,
        style: mark_style(kind, filling, wide, corner, dashed) | grain << 25,
        datum: NO_DATUM,
    };
    (Some(mark), None, side)
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
