//! One tile: its colour, its outline, and how it steps back from the selection. Not here: where it
//! is, its words, and what its colour stands for.

use super::draw_context::{DrawContext, MAX_LABELS};
use super::parts::{Part, PartKind};
use super::signs::Sign;
use super::tiles::{clip, inset, max_gap};
use crate::abi::{mark_style, pattern, shape};
use crate::widget::palette::{fade, ink_on};

/// The least tile that has words.
const MIN_WORDS_WIDTH_CSS: f32 = 18.0;
const MIN_WORDS_HEIGHT_CSS: f32 = 24.0;
/// How strong tiles are that step back, and words on them.
const FADED_TILE: f32 = 0.35;
const FADED_WORDS: f32 = 0.6;

/// How a tile is filled and outlined.
struct TileStyle {
    fill: u32,
    stroke: u32,
    stroke_css: f32,
    dashed: bool,
    pattern: u32,
    /// Texture of its layer, as a mark's style has it.
    grain: u32,
}

impl DrawContext<'_> {
    /// A tile that shows no children, in the cell of its table.
    pub(super) fn tile(&mut self, part: &Part<'_>, rect: [f32; 4], cell: [f32; 4]) {
        let (palette, datum) = (self.pen.palette, part.datum);
        let rect = clip(rect, cell);
        if rect[2] <= rect[0] || rect[3] <= rect[1] {
            return;
        }
        let selected = self.is_selected(part);
        let faded = (self.has_selection && !selected) || self.is_switched_off(part);
        let strength = if faded { FADED_TILE } else { 1.0 };
        let mut style = self.tile_style(part, rect);
        if selected {
            (style.stroke, style.stroke_css, style.dashed) = (palette.ink, 2.0, false);
        }
        let inner = inset(rect, cell, part.table.kind);
        let radius = if max_gap(rect) > 1.6 { 2.0 } else { 0.0 };
        self.pen.mark(
            inner,
            fade(style.fill, strength),
            fade(style.stroke, strength),
            mark_style(
                shape::RECT,
                style.pattern,
                style.stroke_css,
                radius,
                style.dashed,
            ) | style.grain,
            datum,
        );
        if inner[3] - inner[1] >= MIN_WORDS_HEIGHT_CSS
            && inner[2] - inner[0] >= MIN_WORDS_WIDTH_CSS
            && self.pen.picture.scene.labels.len() < MAX_LABELS
        {
            // On a tile that steps back the ground shows through: there the ground's ink reads
            // better than the colour's.
            let on_ground = style.fill == palette.ground || style.fill >> 24 < 255 || faded;
            let ink = if on_ground {
                fade(palette.ink, if faded { FADED_WORDS } else { 1.0 })
            } else {
                ink_on(style.fill)
            };
            self.tile_words(part, inner, ink);
        }
        self.stop(part, inner);
    }

    fn is_selected(&self, part: &Part<'_>) -> bool {
        let entity = self.widget.party(part).map(|p| p.id.as_str());
        self.holds_selected(part) || self.pen.view.is_selected(entity, part.datum)
    }

    /// Whether its organisation is switched off in the legend.
    fn is_switched_off(&self, part: &Part<'_>) -> bool {
        let entity = self.widget.party(part).map(|p| p.id.as_str());
        let mut hidden = self.pen.view.hidden.iter();
        entity.is_some() && hidden.any(|key| key.strip_prefix("org:") == entity)
    }

    /// How a part is drawn where nothing is selected. Notes what the legend has to explain.
    fn tile_style(&mut self, part: &Part<'_>, rect: [f32; 4]) -> TileStyle {
        let palette = self.pen.palette;
        let mut style = TileStyle {
            fill: palette.ground,
            stroke: palette.hairline,
            stroke_css: 1.0,
            dashed: false,
            pattern: pattern::SOLID,
            grain: 0,
        };
        match part.kind {
            PartKind::Item(_) | PartKind::Group(_) | PartKind::Row => {
                self.known_style(part, &mut style)
            }
            PartKind::Undisclosed => {}
            PartKind::Remainder => self.seen.add(Sign::Remainder),
            PartKind::Unknown(unread) => {
                style.stroke = fade(palette.secondary, 0.55);
                style.pattern = pattern::HATCH;
                self.seen.add(if unread {
                    Sign::Unread
                } else {
                    Sign::SplitUnknown
                });
            }
            PartKind::Others(_) => {
                // Paler than what it is made of; an outline where there is room for words.
                let node = self.widget.node_of_others(part.datum);
                style.fill = fade(self.color(node, None, part.table).small, 0.45);
                let wide = rect[2] - rect[0] >= 60.0 && rect[3] - rect[1] >= 24.0;
                style.stroke = palette.secondary;
                style.stroke_css = f32::from(u8::from(wide));
                style.dashed = wide;
                self.seen.add(Sign::Others);
            }
        }
        style
    }

    /// A part with a value: the colour of its layer, and its status.
    fn known_style(&mut self, part: &Part<'_>, style: &mut TileStyle) {
        let palette = self.pen.palette;
        let color = self.color(part.datum, Some(part), part.table);
        (style.fill, style.grain) = (color.area, color.grain);
        (style.stroke, style.stroke_css) = (color.line, f32::from(u8::from(color.line != 0)));
        let status = part.item().map(|item| item.status).unwrap_or_default();
        if status.approx {
            style.pattern = pattern::SOFT;
            self.seen.add(Sign::Approximate);
        }
        if status.disputed {
            (style.stroke, style.stroke_css, style.dashed) = (palette.ink, 1.5, true);
            self.seen.add(Sign::Disputed);
        }
        if status.is_open() || part.table.forecast {
            // Not closed when written: an open outline instead of a filled tile.
            let line = if color.line == 0 {
                style.fill
            } else {
                color.line
            };
            (style.stroke, style.stroke_css) = (line, 1.5);
            (style.fill, style.grain) = (palette.ground, 0);
        }
    }
}
