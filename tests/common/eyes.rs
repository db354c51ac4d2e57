//! How colours are seen, computed: what the shipped palette and the demo's house styles are held
//! to.

use ai_atlas::data::Layer;
use ai_atlas::data::value_chain::Relation;

/// Least contrast of a shape, WCAG 2 success criterion 1.4.11; of text, 1.4.3.
pub(crate) const SHAPE: f64 = 3.0;
pub(crate) const TEXT: f64 = 4.5;
/// Least distance in OKLab between two colours that stand for different things without a form of
/// their own.
pub(crate) const APART: f64 = 0.095;

pub(crate) const LAYERS: [(&str, Layer); 5] = [
    ("data", Layer::Data),
    ("infrastructure", Layer::Infra),
    ("models", Layer::Model),
    ("services", Layer::Service),
    ("context", Layer::Context),
];
pub(crate) const RELATIONS: [(&str, Relation, &str); 9] = [
    ("invests in", Relation::InvestsIn, "solid"),
    ("acquires", Relation::Acquires, "double"),
    ("supplies", Relation::Supplies, "long dash"),
    ("partners", Relation::Partners, "thin"),
    ("competes", Relation::Competes, "dotted"),
    ("uses", Relation::Uses, "short dash"),
    ("alumni", Relation::FoundedByAlumniOf, "wave"),
    ("standard member", Relation::StandardMember, "ticks"),
    ("linked", Relation::Linked, "solid"),
];

pub(crate) type Rgb = [f64; 3];

/// Linear red, green and blue of an opaque sRGB colour, 0 to 1.
pub(crate) fn linear(color: u32) -> Rgb {
    let [r, g, b, _] = color.to_le_bytes();
    [r, g, b].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// WCAG 2 contrast of two colours, 1 to 21.
pub(crate) fn contrast(a: u32, b: u32) -> f64 {
    let luminance = |color| {
        let [r, g, b] = linear(color);
        0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05
    };
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// How a colour is seen. Matrices for linear RGB at severity 1.0: Machado, Oliveira and Fernandes,
/// «A Physiologically-based Model for Simulation of Color Vision Deficiency», IEEE Transactions on
/// Visualization and Computer Graphics 15 (6), 2009.
pub(crate) const EYES: [(&str, [Rgb; 3]); 4] = [
    (
        "normal",
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    ),
    (
        "protanopia",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

pub(crate) fn times(matrix: &[Rgb; 3], [x, y, z]: Rgb) -> Rgb {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// OKLab of linear RGB: Björn Ottosson, «A perceptual color space for image processing», 2020.
pub(crate) fn oklab(rgb: Rgb) -> Rgb {
    let lms = times(
        &[
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ],
        rgb.map(|c| c.clamp(0.0, 1.0)),
    );
    let matrix = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ];
    times(&matrix, lms.map(f64::cbrt))
}

/// Distance in OKLab of two colours as an eye sees them.
pub(crate) fn apart(eye: &[Rgb; 3], a: u32, b: u32) -> f64 {
    let (a, b) = (oklab(times(eye, linear(a))), oklab(times(eye, linear(b))));
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b) * (a - b))
        .sum::<f64>()
        .sqrt()
}
