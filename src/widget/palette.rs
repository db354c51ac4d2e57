//! Every colour of the library, and which ink stands on which colour. Not here: the colours of
//! relations (`relation_style`).

use super::relation_style::relation_style;
use crate::abi::{grain, rgba};
use crate::data::Layer;
use crate::data::value_chain::Relation;

/// The colours of one ground.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    /// Behind everything.
    pub ground: u32,
    /// Chips and cards.
    pub card: u32,
    /// Names, selection.
    pub ink: u32,
    /// Second voice; hatches.
    pub secondary: u32,
    /// Thin lines.
    pub hairline: u32,
    /// Layers that a house style or the system has colours for, in their order; 0 for the library's
    /// own.
    pub layers: [u32; Layer::ALL.len()],
    /// All relations, where the system allows but one colour; 0 for the library's own.
    pub relations: u32,
}

const LIGHT: Palette = Palette {
    ground: rgba(0xff, 0xff, 0xff, 0xff),
    card: rgba(0xf7, 0xf7, 0xf4, 0xff),
    ink: rgba(0x17, 0x19, 0x1c, 0xff),
    secondary: rgba(0x5b, 0x61, 0x6a, 0xff),
    hairline: rgba(0xd9, 0xdb, 0xd6, 0xff),
    layers: [0; Layer::ALL.len()],
    relations: 0,
};

const DARK: Palette = Palette {
    ground: rgba(0x14, 0x17, 0x1c, 0xff),
    card: rgba(0x1c, 0x20, 0x27, 0xff),
    ink: rgba(0xec, 0xee, 0xf0, 0xff),
    secondary: rgba(0xa3, 0xab, 0xb5, 0xff),
    hairline: rgba(0x34, 0x3a, 0x43, 0xff),
    layers: [0; Layer::ALL.len()],
    relations: 0,
};

impl Palette {
    /// The colours for a light or a dark ground.
    pub fn of(dark: bool) -> Self {
        if dark { DARK } else { LIGHT }
    }

    /// With the colours of a house style or of the system in place of its own: ground, card, ink,
    /// secondary, hairline, the five layers, relations. 0 keeps the library's own; colours are
    /// opaque.
    pub fn dress(&mut self, colors: &[u32]) {
        let [a, b, c, d, e] = &mut self.layers;
        let places = [
            &mut self.ground,
            &mut self.card,
            &mut self.ink,
            &mut self.secondary,
            &mut self.hairline,
            a,
            b,
            c,
            d,
            e,
            &mut self.relations,
        ];
        for (place, &color) in places.into_iter().zip(colors) {
            if color != 0 {
                *place = color | 0xFF00_0000;
            }
        }
    }

    /// The colour of a layer: the same on both grounds and in all widgets.
    pub fn layer(&self, layer: Layer) -> u32 {
        match self.layers.get(layer as usize) {
            Some(&color) if color != 0 => return color,
            _ => {}
        }
        match layer {
            Layer::Data => rgba(0x19, 0x79, 0x79, 0xff),
            Layer::Infra => rgba(0x47, 0x8e, 0xe6, 0xff),
            Layer::Model => rgba(0x80, 0x50, 0xcc, 0xff),
            Layer::Service => rgba(0xaa, 0x66, 0x1e, 0xff),
            Layer::Context => rgba(0x89, 0x90, 0x99, 0xff),
        }
    }

    /// The colour and the grain of a layer; where none is given, a grey without grain.
    pub fn of_layer(&self, layer: Option<Layer>) -> (u32, u32) {
        layer.map_or((self.secondary, 0), |layer| {
            (self.layer(layer), self.grain(layer))
        })
    }

    /// The grain of a layer, as a mark's style has it: what is left of its colour on grey paper, to
    /// a few eyes, and where the system forces one colour on all. There the gaps go through; else
    /// they take a quarter, always, because nobody can ask the printer or the eye, and a reader who
    /// sees the colour should see a fine print of it. Most of what is drawn is infrastructure: that
    /// has none.
    pub fn grain(&self, layer: Layer) -> u32 {
        let kind = match layer {
            Layer::Data => grain::UPRIGHT,
            Layer::Infra => grain::PLAIN,
            Layer::Model => grain::LEVEL,
            Layer::Service => grain::GRID,
            Layer::Context => grain::DOTS,
        };
        kind << 25 | if self.relations != 0 { 15 } else { 4 } << 28
    }

    /// The colour of a relation.
    pub fn relation(&self, relation: Relation) -> u32 {
        if self.relations != 0 {
            return self.relations;
        }
        relation_style(relation).color
    }
}

/// The same colour, more transparent: `part` of its alpha stays.
pub(super) fn fade(color: u32, part: f32) -> u32 {
    let [r, g, b, a] = color.to_le_bytes();
    rgba(r, g, b, (f32::from(a) * part).round() as u8)
}

/// The opaque colour that [`fade`] shows over a ground.
pub(super) fn over(color: u32, part: f32, ground: u32) -> u32 {
    let (color, ground) = (color.to_le_bytes(), ground.to_le_bytes());
    let mix = |from: u8, to: u8| {
        (f32::from(from) + (f32::from(to) - f32::from(from)) * part).round() as u8
    };
    rgba(
        mix(ground[0], color[0]),
        mix(ground[1], color[1]),
        mix(ground[2], color[2]),
        255,
    )
}

/// The ramp of a second measure, from 0 to 1: one hue, from near the ground to full.
pub(super) fn ramp(palette: &Palette, part: f32) -> u32 {
    over(
        palette.layer(Layer::Data),
        if part.is_nan() {
            0.5
        } else {
            0.15 + 0.85 * part.clamp(0.0, 1.0)
        },
        palette.ground,
    )
}

/// White or ink on a colour, whichever is easier to read: decided on squares instead of WCAG's
/// powers of 2.4, and a test compares.
pub(super) fn ink_on(color: u32) -> u32 {
    let square = |shift: u32| (color >> shift & 255).pow(2);
    let (r, g, b) = (square(0), square(8), square(16));
    // White and ink are equally readable at a fifth of white's luminance; squares are a little
    // larger than powers.
    if 213 * r + 715 * g + 72 * b < 230 * 255 * 255 {
        rgba(0xff, 0xff, 0xff, 0xff)
    } else {
        LIGHT.ink
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG 2 contrast of two opaque colours, 1 to 21.
    fn contrast(a: u32, b: u32) -> f32 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn luminance(color: u32) -> f32 {
        let [r, g, b, _] = color.to_le_bytes();
        let linear = |channel: u8| {
            let c = f32::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    #[test]
    fn text_on_a_layer_colour_reaches_four_and_a_half_to_one() {
        for layer in Layer::ALL {
            let color = LIGHT.layer(layer);
            let best =
                contrast(rgba(0xff, 0xff, 0xff, 0xff), color).max(contrast(LIGHT.ink, color));
            assert!(
                best >= 4.5 && contrast(ink_on(color), color) == best,
                "{layer:?}: {best}"
            );
        }
    }
}
