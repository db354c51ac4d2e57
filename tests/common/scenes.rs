//! Scenes in which renderers could differ.
#![allow(dead_code, reason = "each test binary needs a part of it")]

use ai_atlas::abi::{Mark, NO_DATUM, Ribbon, mark_style, rgba};
use ai_atlas::render;
use ai_atlas::scene::Scene;

/// Numbers that look random and are the same on every machine.
pub(crate) struct Dice(u32);

impl Dice {
    pub(crate) fn throw(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 8
    }

    pub(crate) fn within(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.throw() as f32 / (1 << 24) as f32
    }
}

pub(crate) fn scene(
    size_css: [f32; 2],
    marks: Vec<Mark>,
    under: usize,
    ribbons: Vec<Ribbon>,
) -> Scene {
    Scene {
        size_css,
        ground: rgba(255, 255, 255, 255),
        marks,
        under,
        ribbons,
        ..Scene::default()
    }
}

/// One grain after the other, each as strong as it can be and a third of that.
pub(crate) fn grain(nth: u32) -> u32 {
    ((nth % 5) << 25) | (if nth.is_multiple_of(2) { 15 } else { 5 } << 28)
}

/// Every shape with every pattern with every kind of stroke, and every grain.
pub(crate) fn shapes() -> Scene {
    let mut marks = Vec::new();
    for form in 0..7 {
        for pattern in 0..3 {
            for (column, (stroke, dashed)) in
                [(0.0, false), (1.5, false), (2.0, true), (0.75, true)]
                    .into_iter()
                    .enumerate()
            {
                let x = 4.3 + 38.0 * (column as f32 + 4.0 * pattern as f32);
                let y = 3.6 + 40.0 * form as f32;
                marks.push(Mark {
                    rect_css: [x, y, x + 31.0, y + 34.5],
                    fill: rgba(25, 121, 121, if column == 1 { 150 } else { 255 }),
                    stroke: rgba(90, 30, 20, 230),
                    style: mark_style(
                        form,
                        pattern,
                        stroke,
                        if column % 2 == 0 { 0.0 } else { 5.0 },
                        dashed,
                    ) | grain(form + pattern + column as u32),
                    datum: NO_DATUM,
                });
            }
        }
    }
    let under = marks.len() / 2;
    scene([465.0, 285.0], marks, under, vec![])
}

/// Every line form, straight and curved, thin and thick.
pub(crate) fn lines() -> Scene {
    let mut ribbons = Vec::new();
    for form in 0..7 {
        for (column, half_width_css) in [0.4, 0.625, 1.5, 4.0].into_iter().enumerate() {
            let x = 6.0 + 115.0 * column as f32;
            let y = 8.0 + 40.0 * form as f32;
            let ribbon = |dy: f32, alpha| Ribbon {
                start_css: [x, y, x + 50.0, y],
                end_css: [x + 50.0, y + dy, x + 100.0, y + dy],
                half_width_css,
                fill: rgba(128, 80, 204, alpha),
                style: form,
                datum: NO_DATUM,
            };
            ribbons.push(ribbon(0.0, 255));
            ribbons.push(ribbon(27.3, 115));
        }
    }
    scene([470.0, 290.0], vec![], 0, ribbons)
}

/// Bends tighter than the ribbon is wide, loops, points, and control points that coincide.
pub(crate) fn bends() -> Scene {
    let ribbon = |start_css, end_css, half_width_css| Ribbon {
        start_css,
        end_css,
        half_width_css,
        fill: rgba(71, 142, 230, 115),
        style: 0,
        datum: NO_DATUM,
    };
    scene(
        [300.0, 200.0],
        vec![],
        0,
        vec![
            ribbon([20.0, 20.0, 90.0, 20.0], [10.0, 90.0, 80.0, 90.0], 18.0),
            ribbon([120.0, 30.0, 290.0, 30.0], [60.0, 90.0, 230.0, 90.0], 6.0),
            ribbon(
                [30.0, 150.0, 30.0, 150.0],
                [130.0, 180.0, 130.0, 180.0],
                5.0,
            ),
            ribbon(
                [200.0, 150.0, 200.0, 150.0],
                [200.0, 150.0, 200.0, 150.0],
                8.0,
            ),
            ribbon(
                [280.0, 110.0, 280.0, 130.0],
                [240.0, 150.0, 240.0, 190.0],
                3.0,
            ),
        ],
    )
}

/// A thousand marks and a hundred ribbons anywhere, also partly outside.
pub(crate) fn crowd() -> Scene {
    let mut dice = Dice(7);
    let marks = (0..1000)
        .map(|_| {
            let [x, y, w, h] = [
                dice.within(-20.0, 380.0),
                dice.within(-20.0, 280.0),
                dice.within(0.2, 40.0),
                dice.within(0.2, 40.0),
            ];
            let style = mark_style(
                dice.throw() % 7,
                dice.throw() % 3,
                dice.within(0.0, 3.0),
                dice.within(0.0, 9.0),
                dice.throw().is_multiple_of(4),
            ) | grain(dice.throw());
            Mark {
                rect_css: [x, y, x + w, y + h],
                fill: dice.throw() | dice.throw() << 16,
                stroke: dice.throw() | dice.throw() << 16,
                style,
                datum: NO_DATUM,
            }
        })
        .collect();
    let ribbons = (0..100)
        .map(|i| {
            let [x0, y0, x1, y1] = [
                dice.within(0.0, 150.0),
                dice.within(0.0, 270.0),
                dice.within(190.0, 360.0),
                dice.within(0.0, 270.0),
            ];
            let middle = (x0 + x1) * 0.5;
            Ribbon {
                start_css: [x0, y0, middle, y0],
                end_css: [middle, y1, x1, y1],
                half_width_css: dice.within(0.3, 5.0),
                fill: dice.throw() | dice.throw() << 16,
                style: i % 8,
                datum: NO_DATUM,
            }
        })
        .collect();
    scene([360.0, 270.0], marks, 500, ribbons)
}

/// More marks than one row of the texture holds, so that textures grow and shrink between pictures.
pub(crate) fn many() -> Scene {
    let tile = |i: u32| {
        let (x, y) = ((i % 90) as f32 * 3.3, (i / 90) as f32 * 3.7);
        Mark {
            rect_css: [x, y, x + 2.6, y + 3.1],
            fill: rgba((i * 7) as u8, (i * 3) as u8, 90, 255),
            stroke: 0,
            style: mark_style(0, 0, 0.0, 0.0, false),
            datum: i,
        }
    };
    scene([300.0, 200.0], (0..4500).map(tile).collect(), 4000, vec![])
}

pub(crate) fn scenes() -> Vec<(&'static str, Scene)> {
    vec![
        ("probe", render::probe()),
        ("shapes", shapes()),
        ("many", many()),
        ("lines", lines()),
        ("bends", bends()),
        ("crowd", crowd()),
        ("shapes again", shapes()),
        ("empty", scene([20.0, 10.0], vec![], 0, vec![])),
    ]
}
