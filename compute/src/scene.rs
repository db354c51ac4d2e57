//! What to see, in CSS pixels: the one thing that widgets make and renderers read. Not here: data,
//! colours' meaning, GPU, DOM.

use crate::abi::{Mark, NO_DATUM, RIBBON_SEGMENTS, Ribbon};

/// A picture of one widget. Painter's order: `marks[..under]`, then `ribbons`, then
/// `marks[under..]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scene {
    /// Width and height, CSS px.
    pub size_css: [f32; 2],
    /// Colour behind everything.
    pub ground: u32,
    /// From the places of marks and ribbons to where the reader sees them; labels and outline are
    /// there already.
    pub viewport: Viewport,
    /// Shapes.
    pub marks: Vec<Mark>,
    /// How many of the marks lie under the ribbons.
    pub under: usize,
    /// Links.
    pub ribbons: Vec<Ribbon>,
    /// Text over the picture, set by the browser.
    pub labels: Vec<Label>,
    /// What the keyboard and a screen reader walk through, in reading order.
    pub outline: Vec<AccessibleNode>,
    /// Rows that show what another row shows at another time, with that row: a transition takes the
    /// two for one.
    pub transition_pairs: Vec<(u32, u32)>,
}

/// The reader's place in a scene: x and y are multiplied, then added to. Widths, strokes and
/// corners keep their size.
///
/// A scene that differs from the last one in this alone is not sent to the GPU again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewport {
    /// Factors of x and y.
    pub scale: [f32; 2],
    /// What is added to x and y then, CSS px.
    pub translate_css: [f32; 2],
}

impl Default for Viewport {
    fn default() -> Self {
        Self {
            scale: [1.0; 2],
            translate_css: [0.0; 2],
        }
    }
}

impl Viewport {
    /// Where two points, x, y, x, y, are seen.
    pub fn seen(&self, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
        let ([kx, ky], [dx, dy]) = (self.scale, self.translate_css);
        [x0 * kx + dx, y0 * ky + dy, x1 * kx + dx, y1 * ky + dy]
    }

    /// The mark as it is seen.
    pub fn mark(&self, mark: &Mark) -> Mark {
        Mark {
            rect_css: self.seen(mark.rect_css),
            ..*mark
        }
    }

    /// The ribbon as it is seen.
    pub fn ribbon(&self, ribbon: &Ribbon) -> Ribbon {
        Ribbon {
            start_css: self.seen(ribbon.start_css),
            end_css: self.seen(ribbon.end_css),
            ..*ribbon
        }
    }
}

/// Text in a box. The box is as wide as the text may get; what does not fit is shortened by the
/// widget, never cut.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Left, top, right, bottom, CSS px.
    pub rect_css: [f32; 4],
    /// The words.
    pub text: String,
    /// Font size in CSS px: 11, 12, 14, 18 or 28.
    pub size_css: f32,
    /// 600 for a name, 400 for a value.
    pub bold: bool,
    /// Italic: derived by the editor.
    pub italic: bool,
    /// Where the text stands in its box.
    pub align: Align,
    /// Colour of the text.
    pub color: u32,
    /// Lines that the box has room for; 1 = never wrap.
    pub lines: u32,
    /// The row that it names, or [`crate::abi::NO_DATUM`].
    pub datum: u32,
}

/// Horizontal place of a text in its box.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the start of the line.
    Start,
    /// In the middle.
    Middle,
    /// At the end of the line.
    End,
}

/// One stop of the keyboard, one item of the parallel document.
#[derive(Debug, Clone, PartialEq)]
pub struct AccessibleNode {
    /// The row that it stands for; `select` and `atlas-select` speak of it by this number.
    pub datum: u32,
    /// Where it is drawn, for the focus ring: left, top, right, bottom, CSS px.
    pub rect_css: [f32; 4],
    /// What a screen reader says: a whole sentence.
    pub name: String,
    /// What is read below it, a sentence each: the relations of an organisation.
    pub lines: Vec<String>,
    /// Which of the lines an arrow key follows, in the order of `neighbors`.
    pub neighbor_lines: [u32; 4],
    /// What type-ahead compares: the name alone.
    pub key: String,
    /// The organisation's id, the same in all widgets.
    pub entity: Option<String>,
    /// The group's heading: layer, table, lane.
    pub group: u32,
    /// Where the arrow keys lead: left, right, up, down; a datum, or [`crate::abi::NO_DATUM`] to
    /// stay.
    pub neighbors: [u32; 4],
}

impl Scene {
    /// What a datum is matched by in a transition.
    pub fn transition_key(&self, datum: u32) -> f64 {
        f64::from(
            self.transition_pairs
                .iter()
                .find(|pair| pair.0 == datum)
                .map_or(datum, |pair| pair.1),
        )
    }

    /// The row of the topmost mark under a point, then of the nearest ribbon within 4 px; `None`
    /// over ground. Exact and without the GPU.
    pub fn pick(&self, point_css: [f32; 2]) -> Option<u32> {
        let [x, y] = point_css;
        let hit = |m: &&Mark| {
            let [left, top, right, bottom] = self.viewport.seen(m.rect_css);
            m.datum != NO_DATUM && x >= left && x < right && y >= top && y < bottom
        };
        let (under, over) = self.marks.split_at(self.under.min(self.marks.len()));
        over.iter()
            .rev()
            .find(hit)
            .map(|m| m.datum)
            .or_else(|| self.pick_ribbon(point_css))
            .or_else(|| under.iter().rev().find(hit).map(|m| m.datum))
    }

    fn pick_ribbon(&self, [x, y]: [f32; 2]) -> Option<u32> {
        let mut best: Option<(f32, u32)> = None;
        for ribbon in self.ribbons.iter().filter(|r| r.datum != NO_DATUM) {
            let ribbon = &self.viewport.ribbon(ribbon);
            let [ax, ay, bx, by] = ribbon.start_css;
            let [cx, cy, dx, dy] = ribbon.end_css;
            let reach = ribbon.half_width_css.max(4.0);
            // A Bézier curve stays within the box of its four points.
            if x < ax.min(bx).min(cx).min(dx) - reach
                || x > ax.max(bx).max(cx).max(dx) + reach
                || y < ay.min(by).min(cy).min(dy) - reach
                || y > ay.max(by).max(cy).max(dy) + reach
            {
                continue;
            }
            let at = |t: f32| {
                let s = 1.0 - t;
                let (w0, w1, w2, w3) = (s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t);
                [
                    w0 * ax + w1 * bx + w2 * cx + w3 * dx,
                    w0 * ay + w1 * by + w2 * cy + w3 * dy,
                ]
            };
            let mut from = at(0.0);
            for piece in 1..=RIBBON_SEGMENTS {
                let to = at(piece as f32 / RIBBON_SEGMENTS as f32);
                let (ex, ey) = (to[0] - from[0], to[1] - from[1]);
                let length = (ex * ex + ey * ey).max(1e-9);
                let t = (((x - from[0]) * ex + (y - from[1]) * ey) / length).clamp(0.0, 1.0);
                let (dx, dy) = (x - from[0] - t * ex, y - from[1] - t * ey);
                let distance = (dx * dx + dy * dy).sqrt() - ribbon.half_width_css;
                if distance <= reach - ribbon.half_width_css
                    && best.is_none_or(|(d, _)| distance < d)
                {
                    best = Some((distance, ribbon.datum));
                }
                from = to;
            }
        }
        best.map(|b| b.1)
    }
}
