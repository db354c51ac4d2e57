//! One event in either orientation: its bar, its dot, its ring, its words, and its node of the
//! accessible tree. Not here: where it stands.

use super::dimensions::{DOT_RADIUS_CSS, SMALL};
use super::dot::PlacedDot;
use super::dot_labels::SUM_GAP_CSS;
use super::draw_context::DrawContext;
use crate::abi::{mark_style, pattern, shape};
use crate::scene::{AccessibleNode, Align};
use crate::text::also;
use crate::widget::STAY;
use crate::widget::figure_builder::Font;
use crate::widget::palette::{fade, over};

/// How strong marks and words are of what steps back from the selection.
const FADED_MARK: f32 = 0.35;
pub(super) const FADED_WORDS: f32 = 0.45;

impl DrawContext<'_> {
    /// One event; with `stop` a stop of the keyboard.
    pub(super) fn event(&mut self, dot: &PlacedDot, stop: bool) {
        let selected = self.has_selection && self.widget.is_selected(self.pen.view, dot.datum);
        let steps_back = self.has_selection && !selected;
        let (strength, words_strength) = if steps_back {
            (FADED_MARK, FADED_WORDS)
        } else {
            (1.0, 1.0)
        };
        if dot.is_bar() {
            self.bar(dot, strength);
        }
        let (low, high) = self.frame.time_ends;
        let inside =
            dot.centre() > low - dot.radius - 1.0 && dot.centre() < high + dot.radius + 1.0;
        if (dot.style.sized || !dot.is_bar()) && inside {
            self.dot(dot, strength);
        }
        if selected {
            let rect = self.around(dot, 2.5);
            let style = mark_style(shape::RECT, pattern::SOLID, 2.0, dot.radius + 2.5, false);
            self.pen
                .mark(rect, 0, self.pen.palette.ink, style, dot.datum);
        }
        if !self.frame.vertical {
            self.dot_labels(dot, words_strength);
        }
        if stop {
            self.add_stop(dot);
        }
    }

    /// The rectangle around bar and dot, with some space.
    fn around(&self, dot: &PlacedDot, space: f32) -> [f32; 4] {
        let (x0, x1) = dot.ends();
        self.oriented([
            x0 - space,
            dot.top - space,
            x1 + space,
            dot.top + dot.radius * 2.0 + space,
        ])
    }

    /// A period as a bar. Only what is in the picture is drawn of it.
    fn bar(&mut self, dot: &PlacedDot, strength: f32) {
        let (low, high) = self.frame.time_ends;
        let (style, color, middle) = (dot.style, dot.style.color, dot.middle());
        let ends = if style.about {
            pattern::SOFT
        } else {
            pattern::SOLID
        };
        // Half its height, the width of its outline, and how it is filled and outlined.
        let (half, stroke_css, fill, stroke, grain) = if style.sized {
            (1.5, 0.0, fade(color, 0.55 * strength), 0, 0)
        } else if style.open {
            (3.0, 1.25, 0, fade(color, strength), 0)
        } else {
            (3.0, 0.0, fade(color, 0.75 * strength), 0, style.grain)
        };
        let rect = self.oriented([
            (dot.from + 0.5).max(low - 2.0),
            middle - half,
            (dot.to - 0.5).min(high + 2.0),
            middle + half,
        ]);
        let style = mark_style(shape::RECT, ends, stroke_css, half, false);
        self.pen.mark(rect, fill, stroke, style | grain, dot.datum);
    }

    /// A day, or an amount, as a circle or a diamond.
    fn dot(&mut self, dot: &PlacedDot, strength: f32) {
        let (palette, style, color) = (self.pen.palette, dot.style, dot.style.color);
        let hollow = style.open || style.hollow;
        // Opaque: dots do not overlap, and grid lines do not shine through.
        let fill = if hollow {
            palette.ground
        } else {
            let part = if style.pale { 0.4 } else { 0.9 };
            over(color, part * strength, palette.ground)
        };
        let (stroke, stroke_css) = if style.disputed {
            (palette.ink, 1.5)
        } else {
            (color, if hollow { 1.5 } else { 0.0 })
        };
        let form = if style.hollow {
            shape::DIAMOND
        } else {
            shape::ELLIPSE
        };
        let edge = if style.soft && !hollow && dot.radius > 6.0 {
            pattern::SOFT
        } else {
            pattern::SOLID
        };
        let grain = if hollow { 0 } else { style.grain };
        let (centre, middle) = (dot.centre(), dot.middle());
        let rect = self.oriented([
            centre - dot.radius,
            middle - dot.radius,
            centre + dot.radius,
            middle + dot.radius,
        ]);
        self.pen.mark(
            rect,
            fill,
            fade(stroke, strength),
            mark_style(form, edge, stroke_css, 0.0, style.disputed) | grain,
            dot.datum,
        );
    }

    /// Label and second line, where time runs to the right.
    fn dot_labels(&mut self, dot: &PlacedDot, strength: f32) {
        let (view, palette) = (self.pen.view, self.pen.palette);
        let (low, high) = self.frame.time_ends;
        let (x0, x1) = dot.ends();
        let second_width = view.metrics.width(&dot.second_line, SMALL.size_css, false);
        let sum_width = view.metrics.width(&dot.sum, SMALL.size_css, true);
        let lines = [
            (&dot.label, dot.label_width, 0.0, palette.ink),
            (&dot.second_line, second_width, 15.0, palette.secondary),
        ];
        for (words, width, drop, color) in lines {
            let width = width + 3.0;
            if words.is_empty() {
                continue;
            }
            let (mut left, align) = if dot.left {
                (x0 - 4.0 - width, Align::End)
            } else {
                (x1 + 4.0, Align::Start)
            };
            let mut top = dot.middle() - 7.5 + drop;
            if dot.over {
                left = dot.centre().max(low).min(high) + dot.radius.max(DOT_RADIUS_CSS) + 3.0;
                top = dot.middle() - 7.5 - 10.0;
            }
            if let Some(across) = dot.across {
                (left, top) = (dot.centre() - width / 2.0, across);
            }
            // The sum behind the name, in bold: together as wide as the label.
            let (mut right, ink) = (left + width, fade(color, strength));
            if drop == 0.0 && !dot.sum.is_empty() {
                let rect = [right - sum_width - 3.0, top, right, top + 15.0];
                let font = Font {
                    bold: true,
                    align,
                    ..SMALL
                };
                self.words_on_ground(rect, &dot.sum, &font, ink, dot.datum);
                right = rect[0] - SUM_GAP_CSS + 3.0;
            }
            let font = Font { align, ..SMALL };
            let rect = [left, top, right, top + 15.0];
            self.words_on_ground(rect, words, &font, ink, dot.datum);
        }
    }

    /// A stop of the keyboard.
    fn add_stop(&mut self, dot: &PlacedDot) {
        let lang = self.pen.view.lang;
        let mut rect = self.around(dot, 2.0);
        // A period that reaches beyond the picture has its ring within.
        rect[0] = rect[0].max(0.0);
        rect[2] = rect[2].min(self.pen.view.width_css);
        let mut said = self.widget.event_name(dot, lang);
        let lane = self
            .prepared
            .lanes
            .get(usize::from(self.prepared.pyramid.lane(dot.rank)));
        let lane_name = lane.map_or(String::new(), |lane| {
            self.widget
                .group_name(self.prepared.group_by, lane.id, lang)
        });
        also(&mut said.name, lang, lane_name);
        let group = self.pen.picture.groups.len() as u32 - 1;
        self.stop_ranks.push(dot.rank);
        self.pen.picture.scene.outline.push(AccessibleNode {
            datum: dot.datum,
            rect_css: rect,
            name: said.name,
            lines: Vec::new(),
            neighbor_lines: STAY,
            key: said.key,
            entity: said.entity,
            group,
            neighbors: STAY,
        });
    }
}
