//! Long lists of a scene as one block of numbers and one of texts.

use serde::{Serialize, Serializer};
#[cfg(target_arch = "wasm32")]
use tsify::Tsify;

use crate::scene::{AccessibleNode, Align, Label};
use crate::text;

use super::{datum, hundredth};

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
    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.numbers.as_slice()) + self.texts.len()
    }

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
