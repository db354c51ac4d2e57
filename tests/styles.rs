//! The house styles of the demo hold to the limits of the shipped palette. `make contrast` prints
//! the figures.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::print_stdout, reason = "the figures are what this is for")]

#[path = "common/eyes.rs"]
#[allow(dead_code, reason = "the palette's tests read the rest")]
mod eyes;

use ai_atlas::widget::Palette;
use eyes::{APART, EYES, LAYERS, RELATIONS, SHAPE, TEXT, apart, contrast};

/// The values of the custom properties that a rule of the demo's style sheet sets, in the order of
/// [`Palette::dress`].
fn house(css: &str, style: &str) -> Palette {
    let rule = css
        .split(&format!(":root[data-style=\"{style}\"] {{"))
        .nth(1)
        .and_then(|rest| rest.split('}').next())
        .unwrap_or("");
    let names = [
        "ground",
        "card",
        "ink",
        "secondary",
        "hairline",
        "data",
        "infra",
        "model",
        "service",
        "context",
    ];
    let colors = names.map(|name| {
        let value = rule
            .split(&format!("--atlas-{name}: #"))
            .nth(1)
            .and_then(|rest| rest.get(..6))
            .unwrap_or("");
        let number = u32::from_str_radix(value, 16).unwrap_or_default();
        number.swap_bytes() >> 8 | 0xFF00_0000
    });
    let mut palette = Palette::of(false);
    palette.dress(&colors);
    palette
}

#[test]
fn the_house_styles_of_the_demo_hold_to_the_same_limits() {
    let css = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/www/demo.css"))
        .unwrap_or_default();
    for style in ["salmon", "broadsheet"] {
        let palette = house(&css, style);
        assert_ne!(
            palette.ground,
            Palette::of(false).ground,
            "{style} is in the style sheet"
        );
        let layers = LAYERS.map(|(_, layer)| palette.layer(layer));
        let relations = RELATIONS.map(|(_, relation, _)| palette.relation(relation));
        let shapes = layers.iter().chain(&relations).flat_map(|color| {
            [palette.ground, palette.card].map(|ground| contrast(*color, ground))
        });
        let words = [palette.ink, palette.secondary]
            .into_iter()
            .flat_map(|ink| [palette.ground, palette.card].map(|ground| contrast(ink, ground)));
        let (shape, word) = (
            shapes.fold(f64::MAX, f64::min),
            words.fold(f64::MAX, f64::min),
        );
        let mut least = f64::MAX;
        for (at, a) in layers.iter().enumerate() {
            for b in &layers[..at] {
                least = EYES
                    .iter()
                    .map(|(_, eye)| apart(eye, *a, *b))
                    .fold(least, f64::min);
            }
        }
        println!(
            "house style {style}: contrast of shapes {shape:.2}, of words {word:.2}, distance of layers {least:.3}"
        );
        assert!(
            shape >= SHAPE && word >= TEXT && least >= APART,
            "{style}: {shape} {word} {least}"
        );
    }
}
