//! Value chains for tests, and what is read off their pictures.
#![allow(dead_code, reason = "each test binary needs a part of it")]

#[path = "dice.rs"]
mod dice;

use ai_atlas::abi::{NO_DATUM, Ribbon};
use ai_atlas::data::{Column, Lang};
use ai_atlas::widget::{self, Figure, View, Widget};
use dice::Dice;

/// An empty widget.
pub(crate) fn empty() -> Box<dyn Widget> {
    widget::make("value-chain").unwrap_or_else(|| unreachable!())
}

pub(crate) fn shipped() -> Box<dyn Widget> {
    let bytes = std::fs::read(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/value-chain.json"
    ))
    .unwrap_or_default();
    let mut widget = empty();
    assert_eq!(
        widget
            .load(&bytes)
            .map(|issues| issues.len())
            .map_err(|e| e.code().to_string()),
        Ok(0)
    );
    widget
}

pub(crate) fn view(width_css: f32, lang: Lang) -> View {
    View {
        width_css,
        lang,
        hover: NO_DATUM,
        from_day: f64::NAN,
        to_day: f64::NAN,
        today: f64::NAN,
        ..View::default()
    }
}

/// Points along a ribbon.
pub(crate) fn samples(r: &Ribbon) -> impl Iterator<Item = [f32; 2]> + '_ {
    let ([ax, ay, bx, by], [cx, cy, dx, dy]) = (r.start_css, r.end_css);
    (0..=24).map(move |i| {
        let t = i as f32 / 24.0;
        let s = 1.0 - t;
        let w = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
        [
            w[0] * ax + w[1] * bx + w[2] * cx + w[3] * dx,
            w[0] * ay + w[1] * by + w[2] * cy + w[3] * dy,
        ]
    })
}

/// Chips of a picture: the marks with a datum of an organisation that are wide.
pub(crate) fn chips(picture: &Figure) -> Vec<[f32; 4]> {
    let scene = &picture.scene;
    scene.marks[scene.under..]
        .iter()
        .filter(|m| m.datum < 113 && m.rect_css[2] - m.rect_css[0] > 20.0)
        .map(|m| m.rect_css)
        .collect()
}

/// The relations of a picture, each as one line.
pub(crate) fn drawn_lines(picture: &Figure) -> Vec<Vec<[f32; 2]>> {
    let mut lines: Vec<(u32, Vec<[f32; 2]>)> = Vec::new();
    for ribbon in &picture.scene.ribbons {
        if lines.last().is_none_or(|l| l.0 != ribbon.datum) {
            lines.push((ribbon.datum, Vec::new()));
        }
        if let Some(line) = lines.last_mut() {
            line.1.extend(samples(ribbon));
        }
    }
    lines.into_iter().map(|l| l.1).collect()
}

/// The bench's kind of chain as columns: five layers, forty sublayers, twenty countries.
pub(crate) fn columns(nodes: u32) -> Vec<Column> {
    let mut dice = Dice(11);
    let links = nodes * 26 / 10;
    let column = |name: &str, codes: Vec<u32>, names: Vec<String>| Column {
        name: name.into(),
        codes,
        names,
        ..Column::default()
    };
    let named = |what: &str, n: u32| (0..n).map(|i| format!("{what} {i}")).collect();
    let layer: Vec<u32> = (0..nodes).map(|i| i * 5 / nodes).collect();
    let sublayer: Vec<u32> = (0..nodes).map(|i| i * 40 / nodes).collect();
    let country = (0..nodes)
        .map(|_| dice.below(20).min(dice.below(20)))
        .collect();
    let mut amount: Vec<f64> = (0..links).map(|_| f64::from(dice.below(1000))).collect();
    amount.iter_mut().step_by(3).for_each(|a| *a = f64::NAN);
    vec![
        column("nodes.label", (0..nodes).collect(), named("Org", nodes)),
        column("nodes.layer", layer, named("Layer", 5)),
        column("nodes.sublayer", sublayer, named("Sub", 40)),
        column(
            "nodes.country",
            country,
            (0..20)
                .map(|i| {
                    ["US", "KR", "CN", "JP", "GB"]
                        .get(i)
                        .map_or_else(|| format!("C{i}"), |c| (*c).to_string())
                })
                .collect(),
        ),
        column(
            "links.from",
            (0..links).map(|_| dice.below(nodes)).collect(),
            vec![],
        ),
        column(
            "links.to",
            (0..links).map(|_| dice.below(nodes)).collect(),
            vec![],
        ),
        Column {
            name: "links.amount".into(),
            numbers: amount,
            ..Column::default()
        },
        column(
            "links.type",
            (0..links).map(|_| dice.below(3)).collect(),
            vec!["invests_in".into(), "supplies".into(), "partners".into()],
        ),
    ]
}

/// The same with relations as real chains have them: every sublayer deals with few others, which
/// stand anywhere in their layers.
pub(crate) fn tied_columns(nodes: u32) -> Vec<Column> {
    let mut columns = columns(nodes);
    let mut dice = Dice(12);
    let of = |sublayer: u32, dice: &mut Dice| sublayer * nodes / 40 + dice.below(nodes / 40);
    let (mut from, mut to) = (vec![], vec![]);
    for _ in 0..nodes * 26 / 10 {
        let a = dice.below(40);
        let b = (a * 17 + 3 + 11 * dice.below(3)) % 40;
        from.push(of(a, &mut dice));
        to.push(of(b, &mut dice));
    }
    columns[4].codes = from;
    columns[5].codes = to;
    columns
}

/// How often the drawn lines of two relations cross; lines of one organisation are counted too.
pub(crate) fn drawn_crossings(lines: &[Vec<[f32; 2]>]) -> usize {
    let cross = |a: [f32; 2], b: [f32; 2], c: [f32; 2], d: [f32; 2]| {
        let side = |p: [f32; 2], q: [f32; 2], r: [f32; 2]| {
            f64::from(q[0] - p[0]) * f64::from(r[1] - p[1])
                - f64::from(q[1] - p[1]) * f64::from(r[0] - p[0])
        };
        side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
    };
    let mut sum = 0;
    for (i, one) in lines.iter().enumerate() {
        for other in &lines[..i] {
            for a in one.windows(2) {
                let (left, right) = (a[0][0].min(a[1][0]), a[0][0].max(a[1][0]));
                for b in other
                    .windows(2)
                    .filter(|b| b[0][0].max(b[1][0]) >= left && b[0][0].min(b[1][0]) <= right)
                {
                    sum += usize::from(cross(a[0], a[1], b[0], b[1]));
                }
            }
        }
    }
    sum
}
