//! An SVG document in the making: numbers, colours, escaped text, lines of words.

use core::fmt::Write as _;

use crate::data::sanitize::Hundredths;
use crate::widget::View;

/// Height of a line of text of a size.
const LINE: f32 = 1.35;
/// A document in the making.
pub(super) struct Svg<'a> {
    pub(super) text: String,
    pub(super) view: &'a View,
    pub(super) ground: u32,
    pub(super) edge: f32,
    /// Of the picture.
    pub(super) width: f32,
    /// Where the next line begins.
    pub(super) y: f32,
}

impl Svg<'_> {
    /// Markup with a number for every `@`, to a hundredth.
    pub(super) fn say(&mut self, markup: &str, numbers: &[f32]) {
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

    pub(super) fn end(&mut self) {
        self.text.push_str("/>\n");
    }

    /// A colour as an attribute and, where it lets through, its opacity.
    pub(super) fn ink(&mut self, name: &str, color: u32) {
        let [r, g, b, alpha] = color.to_le_bytes();
        let _ = write!(self.text, " {name}=\"#{r:02x}{g:02x}{b:02x}\"");
        if alpha < 255 {
            self.text.push(' ');
            self.text.push_str(name);
            self.say("-opacity=\"@\"", &[f32::from(alpha) / 255.0]);
        }
    }

    pub(super) fn escaped(&mut self, text: &str) {
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

    pub(super) fn element(&mut self, name: &str, text: &str) {
        let _ = write!(self.text, "<{name}>");
        self.escaped(text);
        let _ = writeln!(self.text, "</{name}>");
    }

    /// Of Dublin Core's fifteen elements.
    pub(super) fn core(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.element(&format!("dc:{name}"), text);
        }
    }

    /// One line of text; `y` is its base line. `attributes` are markup.
    pub(super) fn line(
        &mut self,
        [x, y]: [f32; 2],
        size: f32,
        attributes: &str,
        color: u32,
        words: &str,
    ) {
        self.say("<text x=\"@\" y=\"@\" font-size=\"@\"", &[x, y, size]);
        self.text.push_str(attributes);
        self.ink("fill", color);
        self.text.push('>');
        self.escaped(words);
        self.text.push_str("</text>\n");
    }

    /// A paragraph over the picture's width; none without words.
    pub(super) fn lines(&mut self, words: &str, size: f32, bold: bool, color: u32) {
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
}
