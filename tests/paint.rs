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
#[path = "common/scenes.rs"]
mod scenes;

use ai_atlas::abi::{Mark, Ribbon};
use ai_atlas::render::{
    self, CacheKey, Renderer, Shaders, raster, webgl2::WebGl2Renderer, webgpu::WebGpuRenderer,
};
use ai_atlas::scene::Scene;
use scenes::{lines, scene, scenes, shapes};
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

#[wasm_bindgen_test]
async fn the_three_renderers_give_the_same_picture() {
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
async fn forty_renderers_one_after_the_other_leave_no_context_behind() {
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
