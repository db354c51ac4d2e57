//! The colour of a tile: its second measure, its layer, its group, its organisation, or whether it
//! leads; and what of that the legend explains. Not here: how that is found (`tile_colors`).

use super::draw_context::DrawContext;
use super::parts::Part;
use super::signs::Sign;
use super::tile_colors::{Meaning, Told};
use crate::abi::NO_DATUM;
use crate::data::Layer;
use crate::data::market_share::Table as ShareTable;
use crate::widget::palette::{over, ramp};

/// How much of the leader's colour the others have; and those that are too small for an outline.
const TINT: f32 = 0.26;
const TINT_ON_DARK: f32 = 0.36;
const SMALL_TINT: f32 = 0.6;

/// The colour of a tile.
#[derive(Debug, Clone, Copy)]
pub(super) struct TileColor {
    pub(super) area: u32,
    /// Around a pale area; 0 for none.
    pub(super) line: u32,
    /// Of a tile that is too small for a line.
    pub(super) small: u32,
    /// Texture of its layer, as a mark's style has it.
    pub(super) grain: u32,
}

/// One colour, all over.
fn full(area: u32, grain: u32) -> TileColor {
    TileColor {
        area,
        line: 0,
        small: area,
        grain,
    }
}

impl DrawContext<'_> {
    /// The colour of a part: its second measure if the data has one, else its layer, else what it
    /// is told by. Notes what the legend has to explain.
    pub(super) fn color(
        &mut self,
        datum: u32,
        part: Option<&Part<'_>>,
        table: &ShareTable,
    ) -> TileColor {
        let palette = self.pen.palette;
        if let Some([low, high]) = self.widget.color_range
            && (self.widget.columns.is_some() || !table.color.en.is_empty())
        {
            let value = self.widget.color_value(datum);
            if value.is_nan() {
                self.seen.add(Sign::Plain);
                return full(palette.layer(Layer::Context), 0);
            }
            // Where all are alike, all have the first colour.
            let part = (value - low) / (high - low).max(f64::MIN_POSITIVE);
            return full(ramp(&palette, part as f32), 0);
        }
        if self.widget.colors.meaning == Meaning::Layer {
            return self.layer_color(part);
        }
        if palette.is_forced() {
            return full(palette.layer(Layer::Context), 0);
        }
        self.told_color(datum)
    }

    /// The colour and texture of the layer of a part.
    fn layer_color(&mut self, part: Option<&Part<'_>>) -> TileColor {
        let layer = part.and_then(|part| self.widget.layer(part));
        match layer.and_then(|layer| self.seen.layers.get_mut(layer as usize)) {
            Some(seen) => *seen = true,
            None => self.seen.add(Sign::Plain),
        }
        let (palette, layer) = (&self.pen.palette, layer.unwrap_or(Layer::Context));
        let grain = part.map_or(0, |_| palette.grain(layer));
        full(palette.layer(layer), grain)
    }

    /// The colour of what a part is told by.
    fn told_color(&mut self, datum: u32) -> TileColor {
        let (widget, palette) = (self.widget, self.pen.palette);
        let table = match widget.data.tables.len() {
            1 => Some(0),
            _ => widget.table_of(datum),
        };
        let told = widget.told(datum, self.inside, table.unwrap_or(usize::MAX));
        let accent = palette.accent();
        match (told, widget.colors.meaning) {
            (Told::Group(place), _) => {
                self.seen.groups.insert(place, datum);
                full(palette.group(place).unwrap_or(accent), 0)
            }
            (Told::Organisation(organisation), _) => {
                self.seen.organisations.insert(organisation.place(), datum);
                full(palette.organisation(organisation), 0)
            }
            (Told::Leader, _) => full(accent, 0),
            (Told::Other, Meaning::Leader) => {
                let tint = if palette.dark { TINT_ON_DARK } else { TINT };
                TileColor {
                    area: over(accent, tint, palette.ground),
                    line: accent,
                    small: over(accent, SMALL_TINT, palette.ground),
                    grain: 0,
                }
            }
            (Told::Other, _) => {
                self.seen.others = self.seen.others.min(datum);
                let (area, line) = palette.other();
                TileColor {
                    area,
                    line,
                    small: over(line, SMALL_TINT, palette.ground),
                    grain: 0,
                }
            }
        }
    }
}

/// Places of colours, and of each the first datum that was drawn in it.
#[derive(Debug)]
pub(super) struct FirstOf<const N: usize>([u32; N]);

impl<const N: usize> Default for FirstOf<N> {
    fn default() -> Self {
        Self([NO_DATUM; N])
    }
}

impl<const N: usize> FirstOf<N> {
    fn insert(&mut self, place: usize, datum: u32) {
        if let Some(first @ &mut NO_DATUM) = self.0.get_mut(place) {
            *first = datum;
        }
    }

    /// Whether something was drawn in a colour that nobody has taken yet.
    pub(super) fn take(&mut self, place: usize) -> bool {
        let first = self.0.get_mut(place);
        first.is_some_and(|first| core::mem::replace(first, NO_DATUM) != NO_DATUM)
    }

    /// Those that were drawn, in order.
    pub(super) fn drawn(&self) -> impl Iterator<Item = (usize, u32)> {
        let all = self.0.iter().copied().enumerate();
        all.filter(|&(_, datum)| datum != NO_DATUM)
    }
}
