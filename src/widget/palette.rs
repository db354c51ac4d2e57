//! Every colour of the library, and which ink stands on which colour. Not here: the colours of
//! relations (`relation_style`) and of organisations (`organisations`).

use super::organisations::Organisation;
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
    /// The one colour of data without layers that a house style or the system has; 0 for the
    /// library's own.
    pub accent: u32,
    /// The ground is dark.
    pub dark: bool,
}

const LIGHT: Palette = Palette {
    ground: rgba(0xff, 0xff, 0xff, 0xff),
    card: rgba(0xf7, 0xf7, 0xf4, 0xff),
    ink: rgba(0x17, 0x19, 0x1c, 0xff),
    secondary: rgba(0x5b, 0x61, 0x6a, 0xff),
    hairline: rgba(0xd9, 0xdb, 0xd6, 0xff),
    layers: [0; Layer::ALL.len()],
    relations: 0,
    accent: 0,
    dark: false,
};

const DARK: Palette = Palette {
    ground: rgba(0x14, 0x17, 0x1c, 0xff),
    card: rgba(0x1c, 0x20, 0x27, 0xff),
    ink: rgba(0xec, 0xee, 0xf0, 0xff),
    secondary: rgba(0xa3, 0xab, 0xb5, 0xff),
    hairline: rgba(0x34, 0x3a, 0x43, 0xff),
    layers: [0; Layer::ALL.len()],
    relations: 0,
    accent: 0,
    dark: true,
};

/// Groups of data without layers that have a colour of their own, on light and on dark ground: as
/// many as any eye tells apart. Further ones are grey.
pub(super) const GROUPS: usize = GROUP_COLOURS.len();
const GROUP_COLOURS: [[u32; 2]; 8] = [
    [rgba(0x25, 0x5e, 0xbc, 255), rgba(0x62, 0x62, 0xcc, 255)],
    [rgba(0xb8, 0x85, 0x13, 255), rgba(0xe5, 0x82, 0x12, 255)],
    [rgba(0x82, 0x32, 0x6c, 255), rgba(0x8d, 0x61, 0x7e, 255)],
    [rgba(0x3b, 0x92, 0xb8, 255), rgba(0x8e, 0xd4, 0xd8, 255)],
    [rgba(0x4e, 0x5d, 0x0e, 255), rgba(0xee, 0xc0, 0x27, 255)],
    [rgba(0xc4, 0x47, 0x63, 255), rgba(0xc4, 0x4f, 0x21, 255)],
    [rgba(0x11, 0x3f, 0x04, 255), rgba(0x55, 0xb3, 0x95, 255)],
    [rgba(0x4d, 0x04, 0x6f, 255), rgba(0xb6, 0x8c, 0xfb, 255)],
];

impl Palette {
    /// The colours for a light or a dark ground.
    pub fn of(dark: bool) -> Self {
        if dark { DARK } else { LIGHT }
    }

    /// With the colours of a house style or of the system in place of its own: ground, card, ink,
    /// secondary, hairline, the five layers, relations, accent. 0 keeps the library's own; colours
    /// are opaque.
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
            &mut self.accent,
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

    /// The colour of a group of data without layers, by its place among them; none for those
    /// behind the last that has one.
    pub fn group(&self, place: usize) -> Option<u32> {
        let colours = GROUP_COLOURS.get(place)?;
        Some(colours[usize::from(self.dark)])
    }

    /// The colour of an organisation that has one of its own.
    pub fn organisation(&self, organisation: Organisation) -> u32 {
        organisation.color(self.dark)
    }

    /// What has no colour beside groups or organisations that have one: a grey area, and the line
    /// around it, without which it would be lost on the ground.
    pub fn other(&self) -> (u32, u32) {
        let area = if self.dark {
            rgba(0x4a, 0x51, 0x5c, 0xff)
        } else {
            rgba(0xc9, 0xcc, 0xc9, 0xff)
        };
        (area, self.layer(Layer::Context))
    }

    /// The one colour of data of which neither layer, group nor organisation is known. It is no
    /// layer's.
    pub fn accent(&self) -> u32 {
        match (self.accent, self.dark) {
            (0, false) => rgba(0x34, 0x59, 0x95, 0xff),
            (0, true) => rgba(0x8f, 0xa9, 0xd6, 0xff),
            (accent, _) => accent,
        }
    }

    /// Whether the system allows but one colour for all that is drawn.
    pub fn is_forced(&self) -> bool {
        self.relations != 0
    }

    /// The colour of a relation.
    pub fn relation(&self, relation: Relation) -> u32 {
        if self.is_forced() {
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

    #[test]
    fn text_on_an_organisation_or_a_group_reaches_four_and_a_half_to_one() {
        for palette in [LIGHT, DARK] {
            let named = ["amd", "intel", "samsung", "google", "anthropic", "nvidia"];
            let organisations = named.into_iter().chain([
                "tsmc",
                "sk hynix",
                "micron",
                "microsoft",
                "meta",
                "oracle",
                "openai",
                "xai",
                "amazon",
            ]);
            let organisations = organisations
                .filter_map(Organisation::named)
                .map(|organisation| palette.organisation(organisation));
            let groups = (0..GROUPS).filter_map(|at| palette.group(at));
            let tint = over(palette.accent(), 0.36, palette.ground);
            let others = [palette.accent(), palette.other().0, tint];
            let all: Vec<u32> = organisations.chain(groups).chain(others).collect();
            assert_eq!(all.len(), 15 + GROUPS + 3);
            for color in all {
                let text = contrast(ink_on(color), color);
                assert!(text >= 4.5, "{color:08x}: {text}");
            }
        }
    }
}
