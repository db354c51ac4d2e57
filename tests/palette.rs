//! The colours, computed: contrast on both grounds, and how far apart they stay for those who see
//! fewer colours. `make contrast` prints the figures.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::print_stdout, reason = "the figures are what this is for")]
#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/eyes.rs"]
mod eyes;

use ai_atlas::abi::{Mark, NO_DATUM, mark_style, pattern, rgba, shape};
use ai_atlas::data::Layer;
use ai_atlas::render::raster;
use ai_atlas::scene::Scene;
use ai_atlas::widget::{Organisation, Palette};
use eyes::{APART, EYES, LAYERS, RELATIONS, SHAPE, TEXT, apart, contrast, oklab};

fn hex(color: u32) -> String {
    let [r, g, b, _] = color.to_le_bytes();
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Both grounds and what lies on them.
fn grounds() -> [(&'static str, u32); 4] {
    let (light, dark) = (Palette::of(false), Palette::of(true));
    [
        ("light", light.ground),
        ("light card", light.card),
        ("dark", dark.ground),
        ("dark card", dark.card),
    ]
}

#[test]
fn every_colour_reaches_three_to_one_on_both_grounds() {
    let mut least = f64::MAX;
    println!(
        "contrast, at least {SHAPE}:1{:>16}{}",
        "",
        grounds()
            .map(|(name, color)| format!("{name} {}", hex(color)))
            .join("  ")
    );
    let layers = LAYERS.map(|(name, layer)| (name, Palette::of(false).layer(layer)));
    let relations =
        RELATIONS.map(|(name, relation, _)| (name, Palette::of(false).relation(relation)));
    for (name, color) in layers.into_iter().chain(relations) {
        let figures = grounds().map(|(_, ground)| contrast(color, ground));
        println!(
            "  {name:<16}{}   {}",
            hex(color),
            figures.map(|figure| format!("{figure:>16.2}")).concat()
        );
        least = figures.into_iter().fold(least, f64::min);
    }
    println!("  least {least:.2}");
    assert!(least >= SHAPE, "{least}");
}

#[test]
fn words_reach_four_and_a_half_to_one_on_every_ground() {
    let mut least = f64::MAX;
    for dark in [false, true] {
        let palette = Palette::of(dark);
        for (name, ink) in [("ink", palette.ink), ("secondary", palette.secondary)] {
            let figures = [palette.ground, palette.card].map(|ground| contrast(ink, ground));
            println!(
                "  {name:<10}{} on {} {:.2}, on {} {:.2}",
                hex(ink),
                hex(palette.ground),
                figures[0],
                hex(palette.card),
                figures[1]
            );
            least = figures.into_iter().fold(least, f64::min);
        }
    }
    assert!(least >= TEXT, "{least}");
}

#[test]
fn layers_stay_apart_for_every_eye() {
    let mut least = (f64::MAX, String::new());
    for (eye, matrix) in &EYES {
        println!("distance of layers in OKLab, {eye}, at least {APART}");
        for (at, (name, layer)) in LAYERS.iter().enumerate() {
            let figures: Vec<f64> = LAYERS[..at]
                .iter()
                .map(|(_, other)| {
                    apart(
                        matrix,
                        Palette::of(false).layer(*layer),
                        Palette::of(false).layer(*other),
                    )
                })
                .collect();
            println!(
                "  {name:<16}{}",
                figures
                    .iter()
                    .map(|figure| format!("{figure:>8.3}"))
                    .collect::<String>()
            );
            for (figure, (other, _)) in figures.iter().zip(LAYERS) {
                if *figure < least.0 {
                    least = (*figure, format!("{name} and {other}, {eye}"));
                }
            }
        }
    }
    println!("  least {:.3}: {}", least.0, least.1);
    assert!(least.0 >= APART, "{least:?}");
}

/// The organisations that have a colour, in the markets in which they meet.
const MARKETS: [&[&str]; 6] = [
    &["Samsung", "SK hynix", "Micron"],
    &["NVIDIA", "AMD", "Intel"],
    &["TSMC", "Samsung", "Intel"],
    &["Amazon", "Microsoft", "Google", "Oracle"],
    &["OpenAI", "Anthropic", "xAI"],
    &["Microsoft", "Google", "Meta", "Amazon", "Oracle"],
];

fn organisation(palette: &Palette, name: &str) -> u32 {
    let known = Organisation::named(name);
    palette.organisation(known.unwrap_or_else(|| panic!("{name} has a colour")))
}

/// The least distance of two colours for any eye.
fn least_apart(a: u32, b: u32) -> f64 {
    let figures = EYES.iter().map(|(_, eye)| apart(eye, a, b));
    figures.fold(f64::MAX, f64::min)
}

#[test]
fn organisations_groups_and_the_one_colour_reach_three_to_one_on_their_ground() {
    for dark in [false, true] {
        let palette = Palette::of(dark);
        let named = MARKETS.iter().copied().flatten();
        let organisations = named.map(|name| (*name, organisation(&palette, name)));
        let groups = (0..8).filter_map(|at| Some(("group", palette.group(at)?)));
        let others = [("accent", palette.accent()), ("line", palette.other().1)];
        for (name, color) in organisations.chain(groups).chain(others) {
            let figure = contrast(color, palette.ground);
            println!("  {name:<12}{} {figure:>6.2}", hex(color));
            // The figures of the design are rounded to hundredths.
            assert!(figure >= SHAPE - 0.005, "{name} {} {figure}", hex(color));
        }
    }
    assert_eq!(Palette::of(false).group(8), None);
}

#[test]
fn organisations_of_one_market_and_groups_stay_apart_for_every_eye() {
    for dark in [false, true] {
        let palette = Palette::of(dark);
        let groups: Vec<u32> = (0..8).filter_map(|at| palette.group(at)).collect();
        let markets = MARKETS.iter().map(|market| {
            let colors = market.iter().map(|name| organisation(&palette, name));
            colors.collect::<Vec<u32>>()
        });
        for colors in markets.chain([groups]) {
            for (at, one) in colors.iter().enumerate() {
                for other in &colors[..at] {
                    let figure = least_apart(*one, *other);
                    println!("  {} {} {figure:.3}", hex(*one), hex(*other));
                    assert!(figure >= APART, "{} {} {figure}", hex(*one), hex(*other));
                }
            }
        }
        // The one colour of data without layers is no layer's.
        for (name, layer) in LAYERS {
            let figure = apart(&EYES[0].1, palette.accent(), palette.layer(layer));
            assert!(figure >= APART, "{name}: {figure}");
        }
    }
}

/// What is drawn in the colour of a layer: width, height, form, corner radius. The bar of a chip, a
/// dot, a period, a large amount, a tile, a swatch.
const MARKS: [(&str, f32, f32, u32, f32); 6] = [
    ("bar", 4.0, 18.0, shape::RECT, 0.0),
    ("dot", 8.0, 8.0, shape::ELLIPSE, 0.0),
    ("period", 24.0, 6.0, shape::RECT, 3.0),
    ("amount", 28.0, 28.0, shape::ELLIPSE, 0.0),
    ("tile", 40.0, 30.0, shape::RECT, 2.0),
    ("swatch", 12.0, 12.0, shape::RECT, 2.0),
];

/// How black a mark of one grey is, pixel by pixel from 0 to 1, with the grain of a layer.
fn grey(
    palette: &Palette,
    layer: Layer,
    (_, width, height, form, radius): (&str, f32, f32, u32, f32),
    scale: f32,
) -> Vec<f32> {
    let style = mark_style(form, pattern::SOLID, 0.0, radius, false) | palette.grain(layer);
    // Not on whole px: nothing is, once a reader has scrolled.
    let mark = Mark {
        rect_css: [2.3, 2.6, 2.3 + width, 2.6 + height],
        fill: rgba(0, 0, 0, 255),
        stroke: 0,
        style,
        datum: NO_DATUM,
    };
    let mut pixels = Vec::new();
    let scene = Scene {
        size_css: [width + 5.0, height + 5.0],
        ground: rgba(255, 255, 255, 255),
        marks: vec![mark],
        under: 1,
        ..Scene::default()
    };
    raster::paint(&scene, scale, &mut pixels);
    pixels
        .as_chunks::<4>()
        .0
        .iter()
        .map(|pixel| 1.0 - f32::from(pixel[1]) / 255.0)
        .collect()
}

#[test]
fn layers_are_told_apart_without_their_colours() {
    let mut forced = Palette::of(false);
    forced.dress(&[0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9]);
    // In the smallest mark a seventh of it; where the colour says it too, a quarter of that.
    for (name, palette, enough) in [
        ("one colour for all", forced, 7.0),
        ("own colours, in grey", Palette::of(false), 7.0 * 4.0 / 15.0),
    ] {
        println!("layers without colour, {name}: black that differs, px², at least {enough:.2}");
        for (mark, scale) in MARKS
            .into_iter()
            .flat_map(|mark| [(mark, 1.0), (mark, 1.5), (mark, 2.0)])
        {
            let all = LAYERS.map(|(_, layer)| grey(&palette, layer, mark, scale));
            let mut least = (f32::MAX, "", "");
            for (at, a) in all.iter().enumerate() {
                for (other, b) in all.iter().enumerate().take(at) {
                    let differs =
                        a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum::<f32>() / scale / scale;
                    if differs < least.0 {
                        least = (differs, LAYERS[at].0, LAYERS[other].0);
                    }
                }
            }
            println!("  {:<8}×{scale:<4}{least:?}", mark.0);
            assert!(least.0 >= enough, "{} ×{scale}, {name}: {least:?}", mark.0);
        }
    }
}

#[test]
fn two_relations_that_any_eye_could_take_for_one_differ_in_form() {
    let (mut near, mut least) = (0, f64::MAX);
    for (at, (name, relation, form)) in RELATIONS.iter().enumerate() {
        for (other, another, another_form) in &RELATIONS[..at] {
            let figure = EYES
                .iter()
                .map(|(_, eye)| {
                    apart(
                        eye,
                        Palette::of(false).relation(*relation),
                        Palette::of(false).relation(*another),
                    )
                })
                .fold(f64::MAX, f64::min);
            least = least.min(figure);
            if figure < APART {
                near += 1;
                assert_ne!(form, another_form, "{name} and {other}: {figure}");
            }
        }
    }
    println!(
        "relations: {near} of 36 pairs are nearer than {APART} for some eye (least {least:.3}): their lines differ in form, all do"
    );
}

#[test]
fn a_palette_that_is_not_apart_is_found() {
    // Two colours that are one to a protanope, and far apart to others.
    let (red, green) = (
        u32::from_le_bytes([0xc8, 0x4b, 0x31, 255]),
        u32::from_le_bytes([0x7a, 0x6c, 0x2f, 255]),
    );
    assert!(
        apart(&EYES[0].1, red, green) > APART && apart(&EYES[1].1, red, green) < APART,
        "{:?}",
        EYES.map(|(_, eye)| apart(&eye, red, green))
    );
    assert!((contrast(u32::from_le_bytes([0, 0, 0, 255]), u32::MAX) - 21.0).abs() < 1e-9);
    // Ottosson's own example: white is lightness 1 without colour.
    assert!(
        oklab([1.0; 3])
            .iter()
            .zip([1.0, 0.0, 0.0])
            .all(|(a, b)| (a - b).abs() < 1e-4)
    );
}
