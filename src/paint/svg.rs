//! The painter for paper: a scene as SVG with text as text, for posters, print and newsroom builds. Not here: GPU, wasm, which words there are.
//!
//! Shapes are those of `shaders/draw/`: strokes lie inside a mark's edge, dashes and hatches have the same lengths. Where SVG has no
//! such fill (a soft edge, a wave) the nearest that it has is taken.

use core::fmt::Write;

use crate::abi::{Mark, RIBBON_SEGMENTS, Ribbon, line, pattern, shape};
use crate::scene::{Align, Label, Scene};

/// Words that a picture is wrapped in. Lines above and below are text, size in CSS px, and whether it is bold.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// Language tag.
    pub lang: &'static str,
    /// What a screen reader hears, and the document's title.
    pub title: String,
    /// What the picture says, for those who do not see it.
    pub description: String,
    /// Sources, for the metadata.
    pub sources: Vec<String>,
    /// Lines above the picture.
    pub above: Vec<(String, f32, bool)>,
    /// Lines below it.
    pub below: Vec<(String, f32, bool)>,
    /// Colour of the lines above and below.
    pub ink: u32,
}

/// Height of a line of text of a size.
const LINE: f32 = 1.35;
/// Space around the picture.
const EDGE: f32 = 12.0;

/// A whole SVG document of a scene and its words. `wrap` breaks a label into its lines.
pub fn paint(scene: &Scene, figure: &Figure, wrap: &dyn Fn(&Label) -> Vec<String>) -> String {
    let height = |lines: &[(String, f32, bool)]| lines.iter().map(|(_, size, _)| size * LINE).sum::<f32>();
    let [width, picture] = scene.size_css;
    let (top, tall) = (EDGE + height(&figure.above) + 8.0, picture + height(&figure.above) + height(&figure.below) + 2.0 * EDGE + 16.0);
    let wide = width + 2.0 * EDGE;
    let mut out = Svg::default();
    out.put(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" lang=\"{2}\" font-family=\"Arial,Helvetica,'Noto Sans KR','Apple SD Gothic Neo','Malgun Gothic',sans-serif\">",
        n(wide),
        n(tall),
        figure.lang
    ));
    out.element("title", &figure.title);
    out.element("desc", &figure.description);
    out.put("<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><rdf:Description>");
    out.element("dc:title", &figure.title);
    out.element("dc:language", figure.lang);
    for source in &figure.sources {
        out.element("dc:source", source);
    }
    out.put("</rdf:Description></rdf:RDF></metadata>");
    out.put("<defs>");
    // One hatch for every colour that hatches.
    let mut hatches: Vec<u32> = scene.marks.iter().filter(|m| part(m.style, 4, 15) == pattern::HATCH).map(|m| m.stroke).collect();
    hatches.sort_unstable();
    hatches.dedup();
    for color in &hatches {
        out.put(&format!(
            "<pattern id=\"h{color:08x}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\"><path d=\"M0 3H6\" stroke-width=\"1.25\"{}/></pattern>",
            ink("stroke", *color)
        ));
    }
    out.put("</defs>");
    out.put(&format!("<rect width=\"{}\" height=\"{}\"{}/>", n(wide), n(tall), ink("fill", scene.ground)));
    out.lines(&figure.above, EDGE, figure.ink);
    // An inner document cuts off what a zoomed picture has outside its frame, but not the end of a name in a wider font.
    out.put(&format!("<svg y=\"{0}\" width=\"{1}\" height=\"{2}\" viewBox=\"{3} 0 {1} {2}\">", n(top), n(wide), n(picture), n(-EDGE)));
    let (under, over) = scene.marks.split_at(scene.under.min(scene.marks.len()));
    let window = &scene.window;
    under.iter().for_each(|m| out.mark(&window.mark(m)));
    scene.ribbons.iter().for_each(|r| out.ribbon(&window.ribbon(r), scene.ground));
    over.iter().for_each(|m| out.mark(&window.mark(m)));
    for label in &scene.labels {
        out.label(label, &wrap(label));
    }
    out.put("</svg>");
    out.lines(&figure.below, top + picture + 8.0, figure.ink);
    out.text + "</svg>\n"
}

/// Bits of a style.
fn part(style: u32, from: u32, mask: u32) -> u32 {
    style >> from & mask
}

/// A number to a hundredth, as short as it goes.
fn n(number: f32) -> String {
    let text = format!("{:.2}", if number.is_finite() { number } else { 0.0 });
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".into() } else { short.into() }
}

/// A colour as an attribute and, where it lets through, its opacity.
fn ink(name: &str, color: u32) -> String {
    let [r, g, b, a] = color.to_le_bytes();
    let mut out = format!(" {name}=\"#{r:02x}{g:02x}{b:02x}\"");
    if a < 255 {
        let _ = write!(out, " {name}-opacity=\"{}\"", n(f32::from(a) / 255.0));
    }
    out
}

#[derive(Default)]
struct Svg {
    text: String,
}

impl Svg {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                c if c.is_control() => self.text.push(' '),
                c => self.text.push(c),
            }
        }
    }

    fn element(&mut self, name: &str, text: &str) {
        let _ = write!(self.text, "<{name}>");
        self.escaped(text);
        let _ = writeln!(self.text, "</{name}>");
    }

    fn lines(&mut self, lines: &[(String, f32, bool)], mut top: f32, color: u32) {
        for (text, size, bold) in lines {
            let _ = write!(self.text, "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}", n(EDGE), n(top + size * 1.02), n(*size), ink("fill", color));
            self.text.push_str(if *bold { " font-weight=\"600\">" } else { ">" });
            self.escaped(text);
            self.put("</text>");
            top += size * LINE;
        }
    }

    fn mark(&mut self, mark: &Mark) {
        let stroke = part(mark.style, 8, 255) as f32 / 4.0;
        let filling = part(mark.style, 4, 15);
        if filling == pattern::HATCH {
            if mark.fill >> 24 > 0 {
                self.shape(mark, 0.0, &ink("fill", mark.fill));
            }
            self.shape(mark, 0.0, &format!(" fill=\"url(#h{:08x})\"", mark.stroke));
        } else if mark.fill >> 24 > 0 {
            // An edge 3 px wide that fades, as a fainter edge.
            let soft = if filling == pattern::SOFT { 1.5 } else { 0.0 };
            self.shape(mark, soft, &ink("fill", mark.fill));
            if soft > 0.0 {
                self.shape(mark, 0.5, &ink("fill", mark.fill & 0xFF_FFFF | mark.fill >> 1 & 0x7F00_0000));
            }
        }
        if stroke > 0.0 && mark.stroke >> 24 > 0 {
            let dash = if part(mark.style, 24, 1) == 1 { " stroke-dasharray=\"4 3\"" } else { "" };
            self.shape(mark, stroke / 2.0, &format!(" fill=\"none\"{} stroke-width=\"{}\"{dash}", ink("stroke", mark.stroke), n(stroke)));
        }
    }

    /// A mark's outline, pulled in by so much.
    fn shape(&mut self, mark: &Mark, inset: f32, ink: &str) {
        let [x0, y0, x1, y1] = [mark.rect_css[0] + inset, mark.rect_css[1] + inset, mark.rect_css[2] - inset, mark.rect_css[3] - inset];
        let (width, height) = (x1 - x0, y1 - y0);
        // NaN is no size either.
        if !(width > 0.0 && height > 0.0) {
            return;
        }
        let (cx, cy) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
        let polygon = |points: &[(f32, f32)]| {
            let list: Vec<String> = points.iter().map(|(x, y)| format!("{} {}", n(*x), n(*y))).collect();
            format!("<path d=\"M{}Z\"{ink}/>", list.join("L"))
        };
        let text = match part(mark.style, 0, 15) {
            shape::ELLIPSE => format!("<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"{ink}/>", n(cx), n(cy), n(width / 2.0), n(height / 2.0)),
            shape::DIAMOND => polygon(&[(cx, y0), (x1, cy), (cx, y1), (x0, cy)]),
            shape::TRIANGLE_RIGHT => polygon(&[(x0, y0), (x1, cy), (x0, y1)]),
            shape::TRIANGLE_LEFT => polygon(&[(x1, y0), (x0, cy), (x1, y1)]),
            shape::TRIANGLE_DOWN => polygon(&[(x0, y0), (x1, y0), (cx, y1)]),
            shape::TRIANGLE_UP => polygon(&[(x0, y1), (x1, y1), (cx, y0)]),
            _ => {
                let radius = (part(mark.style, 16, 255) as f32 / 4.0 - inset).clamp(0.0, width.min(height) / 2.0);
                let round = if radius > 0.0 { format!(" rx=\"{}\"", n(radius)) } else { String::new() };
                format!("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{round}{ink}/>", n(x0), n(y0), n(width), n(height))
            }
        };
        self.put(&text);
    }

    fn ribbon(&mut self, ribbon: &Ribbon, ground: u32) {
        let width = ribbon.half_width_css * 2.0;
        if width.is_nan() || width <= 0.0 || ribbon.fill >> 24 == 0 {
            return;
        }
        let [x0, y0, x1, y1] = ribbon.start_css;
        let [x2, y2, x3, y3] = ribbon.end_css;
        let curve = format!("M{} {}C{} {} {} {} {} {}", n(x0), n(y0), n(x1), n(y1), n(x2), n(y2), n(x3), n(y3));
        let path = |d: &str, width: f32, color: u32, more: &str| {
            format!("<path d=\"{d}\" fill=\"none\"{} stroke-width=\"{}\"{more}/>", ink("stroke", color), n(width))
        };
        let text = match ribbon.style {
            line::DOUBLE => {
                let inner = width - 2.0 * (ribbon.half_width_css * 2.0 / 3.0).min(1.5);
                path(&curve, width, ribbon.fill, "") + &path(&curve, inner, ground, "")
            }
            line::LONG_DASH => path(&curve, width, ribbon.fill, " stroke-dasharray=\"12 6\""),
            line::SHORT_DASH => path(&curve, width, ribbon.fill, " stroke-dasharray=\"4 4\""),
            line::DOTTED => path(&curve, width, ribbon.fill, &format!(" stroke-linecap=\"round\" stroke-dasharray=\"0 {}\"", n((3.0 * width).max(4.0)))),
            line::WAVE => path(&wave(ribbon), width, ribbon.fill, ""),
            line::TICKS => path(&curve, width, ribbon.fill, "") + &path(&curve, 5.0, ribbon.fill, " stroke-dasharray=\"1 9\" stroke-dashoffset=\"-4.5\""),
            _ => path(&curve, width, ribbon.fill, ""),
        };
        self.put(&text);
    }

    fn label(&mut self, label: &Label, lines: &[String]) {
        let [left, top, right, _] = label.rect_css;
        let (x, anchor) = match label.align {
            Align::Start => (left, ""),
            Align::Middle => ((left + right) / 2.0, " text-anchor=\"middle\""),
            Align::End => (right, " text-anchor=\"end\""),
        };
        let step = label.size_css * 1.25;
        for (at, words) in lines.iter().enumerate() {
            let y = top + step * at as f32 + label.size_css * 0.98;
            let _ = write!(self.text, "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{anchor}{}", n(x), n(y), n(label.size_css), ink("fill", label.ink));
            self.text.push_str(if label.bold { " font-weight=\"600\"" } else { "" });
            self.text.push_str(if label.italic { " font-style=\"italic\">" } else { ">" });
            self.escaped(words);
            self.put("</text>");
        }
    }
}

/// A sine of 2 px amplitude and 8 px length along a ribbon.
fn wave(ribbon: &Ribbon) -> String {
    let [x0, y0, x1, y1] = ribbon.start_css;
    let [x2, y2, x3, y3] = ribbon.end_css;
    let at = |t: f32| {
        let s = 1.0 - t;
        let [a, b, c, d] = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        [a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3]
    };
    let (mut out, mut along, mut from) = (String::new(), 0.0_f32, at(0.0));
    let steps = RIBBON_SEGMENTS * 8;
    for step in 0..=steps {
        let here = at(step as f32 / steps as f32);
        let (dx, dy) = (here[0] - from[0], here[1] - from[1]);
        let size = (dx * dx + dy * dy).sqrt();
        along += size;
        let out_css = 2.0 * (along / 8.0 * core::f32::consts::TAU).sin();
        let (ux, uy) = if size > 1e-6 { (dx / size, dy / size) } else { (1.0, 0.0) };
        let _ = write!(out, "{}{} {}", if step == 0 { "M" } else { "L" }, n(here[0] - uy * out_css), n(here[1] + ux * out_css));
        from = here;
    }
    out
}
