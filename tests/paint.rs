//! The three renderers give the same picture. The raster is the reference; WebGPU and WebGL2 are
//! read back through a 2D canvas.
//!
//! `wasm-pack test --headless --chrome -- --test paint`
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "common/gl.rs"]
mod gl;

use ai_atlas::abi::{Mark, NO_DATUM, Ribbon, mark_style, rgba};
use ai_atlas::render::{
    self, CacheKey, Renderer, Shaders, raster, webgl2::WebGl2Renderer, webgpu::WebGpuRenderer,
};
use ai_atlas::scene::Scene;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d};

wasm_bindgen_test_configure!(run_in_browser);

/// What a channel may differ by: 8-bit targets round every layer, each in its own way.
const NEAR: u8 = 2;
/// A pixel that differs by more than this stands on an edge that two rasterisers put on different
/// sides.
const FAR: u8 = 24;

/// The three renderers' canvases live as long as they do.
struct Renderers {
    gpu: WebGpuRenderer,
    gpu_canvas: OffscreenCanvas,
    gl: WebGl2Renderer,
    gl_canvas: OffscreenCanvas,
}

impl Renderers {
    async fn open() -> Self {
        let canvas = || OffscreenCanvas::new(1, 1).unwrap();
        let (gpu_canvas, gl_canvas) = (canvas(), canvas());
        let gpu = WebGpuRenderer::new(gpu_canvas.clone(), true, &Shaders::default())
            .await
            .unwrap();
        let gl = gl::renderer(&gl_canvas);
        Self {
            gpu,
            gpu_canvas,
            gl,
            gl_canvas,
        }
    }

    /// The pictures of the two GPU renderers, in the order WebGPU, WebGL2.
    fn paint(&mut self, scene: &Scene, scale: f32) -> [(&'static str, Vec<u8>); 2] {
        let size = render::size_px(scene, scale);
        self.gpu
            .paint(scene, scale, CacheKey::default(), None)
            .unwrap();
        // In the same task: the picture is gone after it.
        let gpu = read(&self.gpu_canvas, size);
        self.gl
            .paint(scene, scale, CacheKey::default(), None)
            .unwrap();
        [("webgpu", gpu), ("webgl2", read(&self.gl_canvas, size))]
    }
}

/// The pixels of a canvas, copied over a poisoned one.
fn read(canvas: &OffscreenCanvas, [width, height]: [u32; 2]) -> Vec<u8> {
    assert_eq!(
        [canvas.width(), canvas.height()],
        [width, height],
        "the canvas did not take the picture's size"
    );
    let copy = OffscreenCanvas::new(width, height).unwrap();
    let context: OffscreenCanvasRenderingContext2d =
        copy.get_context("2d").unwrap().unwrap().dyn_into().unwrap();
    context.set_fill_style_str("#ff00ff");
    context.fill_rect(0.0, 0.0, f64::from(width), f64::from(height));
    context
        .draw_image_with_offscreen_canvas(canvas, 0.0, 0.0)
        .unwrap();
    context
        .get_image_data(0.0, 0.0, f64::from(width), f64::from(height))
        .unwrap()
        .data()
        .0
}

fn reference(scene: &Scene, scale: f32) -> Vec<u8> {
    let mut out = vec![0xA5; 64];
    let [width, height] = raster::paint(scene, scale, &mut out);
    assert_eq!(out.len(), (width * height * 4) as usize);
    out
}

/// Pixels compared, pixels that differ by more than [`NEAR`], by more than [`FAR`], and the largest
/// difference.
#[derive(Debug)]
struct Difference {
    pixels: usize,
    near: usize,
    far: usize,
    most: u8,
}

fn difference(a: &[u8], b: &[u8]) -> Difference {
    assert_eq!(a.len(), b.len());
    let worst = a
        .as_chunks::<4>()
        .0
        .iter()
        .zip(b.as_chunks::<4>().0)
        .map(|(a, b)| (0..4).map(|i| a[i].abs_diff(b[i])).max().unwrap());
    let mut found = Difference {
        pixels: 0,
        near: 0,
        far: 0,
        most: 0,
    };
    for most in worst {
        found.pixels += 1;
        found.near += usize::from(most > NEAR);
        found.far += usize::from(most > FAR);
        found.most = found.most.max(most);
    }
    found
}

impl Difference {
    fn same(&self) -> bool {
        self.pixels > 0 && self.near * 200 <= self.pixels && self.far * 500 <= self.pixels
    }
}

/// Numbers that look random and are the same on every machine.
struct Dice(u32);

impl Dice {
    fn throw(&mut self) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0 >> 8
    }

    fn within(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.throw() as f32 / (1 << 24) as f32
    }
}

fn scene(size_css: [f32; 2], marks: Vec<Mark>, under: usize, ribbons: Vec<Ribbon>) -> Scene {
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
fn grain(nth: u32) -> u32 {
    ((nth % 5) << 25) | (if nth.is_multiple_of(2) { 15 } else { 5 } << 28)
}

/// Every shape with every pattern with every kind of stroke, and every grain.
fn shapes() -> Scene {
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
fn lines() -> Scene {
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
fn bends() -> Scene {
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
fn crowd() -> Scene {
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
fn many() -> Scene {
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

fn scenes() -> Vec<(&'static str, Scene)> {
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

#[wasm_bindgen_test]
async fn the_three_painters_give_the_same_picture() {
    let mut renderers = Renderers::open().await;
    let mut compared = 0;
    let mut wrong = Vec::new();
    for (name, scene) in scenes() {
        for scale in [1.0, 1.5, 2.0] {
            let wanted = reference(&scene, scale);
            for (tier, found) in renderers.paint(&scene, scale) {
                let it = difference(&found, &wanted);
                console_log!("{name} ×{scale} {tier}: {it:?}");
                compared += it.pixels;
                if !it.same() {
                    wrong.push(format!("{name} ×{scale} {tier}: {it:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(compared > 5_000_000, "only {compared} pixels were compared");
    console_log!("{compared} pixels compared");
}

#[wasm_bindgen_test]
async fn one_mark_out_of_place_is_noticed_in_every_tier() {
    let mut renderers = Renderers::open().await;
    let scene = shapes();
    let mut moved = scene.clone();
    moved.marks[20].rect_css = moved.marks[20].rect_css.map(|css| css + 12.0);
    let mut bent = lines();
    bent.ribbons[6].half_width_css += 4.0;
    for (right, corrupt) in [(scene, moved), (lines(), bent)] {
        let wanted = reference(&right, 1.0);
        for (tier, found) in renderers.paint(&corrupt, 1.0) {
            let it = difference(&found, &wanted);
            assert!(!it.same(), "{tier} went unnoticed: {it:?}");
        }
    }
    assert!(
        !difference(&[], &[]).same(),
        "nothing compared must not count as equal"
    );
}

#[wasm_bindgen_test]
async fn the_canary_shows_its_colours_in_every_tier() {
    let mut renderers = Renderers::open().await;
    for (tier, found) in renderers.paint(&render::probe(), 1.0) {
        for ([x, y], wanted) in [
            ([2, 3], render::PROBE_MARK),
            ([6, 3], render::PROBE_RIBBON),
            ([4, 7], render::PROBE_GROUND),
        ] {
            let at = (y * 8 + x) * 4;
            let pixel = &found[at..at + 4];
            assert!(
                pixel
                    .iter()
                    .zip(&wanted)
                    .all(|(a, b)| a.abs_diff(*b) <= NEAR),
                "{tier} ({x}, {y}): {pixel:?}"
            );
        }
    }
}

#[wasm_bindgen_test]
async fn hostile_scenes_and_empty_ones_end_in_an_answer() {
    let mut renderers = Renderers::open().await;
    let values = [f32::NAN, f32::INFINITY, f32::MAX, -1.0, 0.0, 1e-40, 7.0];
    let mut it = scene([32.0, 32.0], vec![], 99, vec![]);
    for a in values {
        for b in values {
            it.marks.push(Mark {
                rect_css: [0.0, a, b, 9.0],
                fill: u32::MAX,
                stroke: 0,
                style: u32::MAX,
                datum: 0,
            });
            it.ribbons.push(Ribbon {
                start_css: [a, b, 1.0, 2.0],
                end_css: [b, a, 3.0, 4.0],
                half_width_css: a,
                fill: u32::MAX,
                style: u32::MAX,
                datum: 0,
            });
        }
    }
    let wanted = reference(&it, 1.0);
    for (tier, found) in renderers.paint(&it, 1.0) {
        assert!(difference(&found, &wanted).same(), "{tier}");
    }
    for size_css in [[0.0, 5.0], [f32::NAN, 5.0], [-3.0, 5.0]] {
        let none = Scene {
            size_css,
            ..it.clone()
        };
        assert_eq!(
            renderers.gpu.paint(&none, 1.0, CacheKey::default(), None),
            Ok(())
        );
        assert_eq!(
            renderers.gl.paint(&none, 1.0, CacheKey::default(), None),
            Ok(())
        );
    }
    assert_eq!(
        renderers.gl.paint(&it, f32::NAN, CacheKey::default(), None),
        Ok(())
    );
    assert!(!renderers.gpu.lost() && !renderers.gl.lost());
}

#[wasm_bindgen_test]
async fn a_software_gpu_is_refused_unless_it_is_forced() {
    // On a machine with a GPU it opens; here it may end in nothing but its documented code.
    let gpu = WebGpuRenderer::new(
        OffscreenCanvas::new(1, 1).unwrap(),
        false,
        &Shaders::default(),
    )
    .await
    .map(|_| "opened")
    .unwrap_or_else(|code| code);
    console_log!("not forced: webgpu {gpu}");
    assert!(["opened", "software-adapter"].contains(&gpu), "{gpu}");
}

#[wasm_bindgen_test]
async fn a_lost_context_is_an_error_and_not_a_picture() {
    let mut renderers = Renderers::open().await;
    renderers
        .gl
        .paint(&render::probe(), 1.0, CacheKey::default(), None)
        .unwrap();
    let context: web_sys::WebGl2RenderingContext = renderers
        .gl_canvas
        .get_context("webgl2")
        .unwrap()
        .unwrap()
        .dyn_into()
        .unwrap();
    let extension = context
        .get_extension("WEBGL_lose_context")
        .unwrap()
        .unwrap();
    extension
        .unchecked_into::<web_sys::WebglLoseContext>()
        .lose_context();
    assert!(renderers.gl.lost());
    assert_eq!(
        renderers
            .gl
            .paint(&render::probe(), 1.0, CacheKey::default(), None),
        Err("lost")
    );
}

#[wasm_bindgen_test]
async fn forty_painters_one_after_the_other_leave_no_context_behind() {
    let kept = OffscreenCanvas::new(1, 1).unwrap();
    let mut first = gl::renderer(&kept);
    for _ in 0..40 {
        gl::renderer(&OffscreenCanvas::new(1, 1).unwrap())
            .paint(&render::probe(), 1.0, CacheKey::default(), None)
            .unwrap();
    }
    assert!(!first.lost(), "the oldest context was evicted");
    first
        .paint(&render::probe(), 1.0, CacheKey::default(), None)
        .unwrap();
}
