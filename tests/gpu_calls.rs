//! A frame does not know how many marks there are: what it asks of WebGPU and sends to it is
//! counted, with a thousand marks and with a million.
//!
//! `wasm-pack test --headless --chrome -- --test gpu_calls`; `make bench-frames` prints the figures of
//! more frames.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[path = "common/gl.rs"]
mod gl;

use ai_atlas::abi::{CELL_CSS, Cull, Mark, Ribbon, mark_style, rgba};
use ai_atlas::kernel;
use ai_atlas::render::{CacheKey, Renderer, Shaders, Transition, raster, webgpu::WebGpuRenderer};
use ai_atlas::scene::{Scene, Viewport};
use ai_atlas::widget::transition;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d};

wasm_bindgen_test_configure!(run_in_browser);

const SIZE: [f32; 2] = [640.0, 400.0];
/// GPU calls and bytes that a frame may cost.
const MAX_CALLS: f64 = 24.0;
const MAX_BYTES: f64 = 2048.0;
/// What a pointer move may.
const MAX_MOVE_CALLS: f64 = 8.0;

fn eval(script: &str) -> JsValue {
    js_sys::eval(script).unwrap()
}

/// Counts from now on; the prototypes are wrapped once.
fn count() {
    if eval("typeof gpuCalls").as_string().unwrap() == "undefined" {
        eval(include_str!("browser/calls.js"));
    }
    eval("gpuCalls.take()");
}

/// Calls and bytes since then, and which calls they were.
fn counted() -> (f64, f64, String) {
    let of = |key: &str| eval(&format!("gpuCalls.now.{key}")).as_f64().unwrap();
    let found = (
        of("calls"),
        of("bytes"),
        eval("JSON.stringify(gpuCalls.now.by)").as_string().unwrap(),
    );
    eval("gpuCalls.take()");
    found
}

fn canvas() -> OffscreenCanvas {
    OffscreenCanvas::new(1, 1).unwrap()
}

/// Some reader's place: nearer, and to the right and down.
fn place(times: f32, right: f32) -> Viewport {
    Viewport {
        scale: [times; 2],
        translate_css: [-right, -right / 2.0],
    }
}

/// A grid of so many marks over the picture, some of them under a few ribbons.
fn grid(count: usize) -> Scene {
    let columns = (count as f32).sqrt() as usize;
    let [width, height] = [
        SIZE[0] / columns as f32,
        SIZE[1] / count.div_ceil(columns) as f32,
    ];
    let marks = (0..count)
        .map(|i| {
            let (x, y) = ((i % columns) as f32 * width, (i / columns) as f32 * height);
            Mark {
                rect_css: [x, y, x + width * 0.8, y + height * 0.8],
                fill: rgba((i * 7) as u8, (i / columns) as u8, 90, 255),
                stroke: 0,
                style: mark_style(0, 0, 0.0, 0.0, false),
                datum: i as u32,
            }
        })
        .collect();
    let ribbon = |y: f32| Ribbon {
        start_css: [0.0, y, 300.0, y],
        end_css: [340.0, 400.0 - y, 640.0, 400.0 - y],
        half_width_css: 3.0,
        fill: rgba(128, 80, 204, 200),
        style: 2,
        datum: 0,
    };
    Scene {
        size_css: SIZE,
        ground: rgba(255, 255, 255, 255),
        marks,
        under: count / 2,
        ribbons: vec![ribbon(30.0), ribbon(350.0)],
        ..Scene::default()
    }
}

/// The pixels of a canvas: waiting for them is waiting for the GPU.
fn read(canvas: &OffscreenCanvas) -> Vec<u8> {
    let [width, height] = SIZE;
    let copy = OffscreenCanvas::new(width as u32, height as u32).unwrap();
    let context: OffscreenCanvasRenderingContext2d =
        copy.get_context("2d").unwrap().unwrap().dyn_into().unwrap();
    context
        .draw_image_with_offscreen_canvas(canvas, 0.0, 0.0)
        .unwrap();
    context
        .get_image_data(0.0, 0.0, width.into(), height.into())
        .unwrap()
        .data()
        .0
}

/// The part of pixels in which two pictures differ by more than rounding.
fn apart(a: &[u8], b: &[u8]) -> f64 {
    assert_eq!(a.len(), b.len());
    let pixels = a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0);
    let (mut all, mut far) = (0, 0);
    for (a, b) in pixels {
        all += 1;
        far += usize::from(a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 6));
    }
    assert!(all > 100_000, "only {all} pixels were compared");
    far as f64 / all as f64
}

fn painted(scene: &Scene) -> Vec<u8> {
    let mut out = Vec::new();
    raster::paint(scene, 1.0, &mut out);
    out
}

/// What the kernel's twin makes of a scene.
fn culled(scene: &Scene) -> Scene {
    let ([kx, ky], [dx, dy]) = (scene.viewport.scale, scene.viewport.translate_css);
    let cells = SIZE.map(|css| (css as u32).div_ceil(CELL_CSS));
    let params = Cull {
        seen: [
            (-1.0 - dx) / kx,
            (-1.0 - dy) / ky,
            (SIZE[0] + 1.0 - dx) / kx,
            (SIZE[1] + 1.0 - dy) / ky,
        ],
        origin: [-dx / kx, -dy / ky],
        zoom: [kx, ky],
        least: [1.0 / kx, 1.0 / ky],
        cells,
        count: scene.marks.len() as u32,
        under: scene.under as u32,
        room: u32::MAX,
        spare: 0,
    };
    let mut marks = Vec::new();
    let draws = kernel::cull(&params, &scene.marks, &mut marks);
    let ribbons = scene
        .ribbons
        .iter()
        .map(|ribbon| scene.viewport.ribbon(ribbon))
        .collect();
    Scene {
        size_css: scene.size_css,
        ground: scene.ground,
        marks,
        under: draws[0] as usize / 6,
        ribbons,
        ..Scene::default()
    }
}

#[wasm_bindgen_test]
async fn a_frame_asks_the_same_of_the_gpu_with_a_thousand_marks_and_with_a_million() {
    count();
    let shown = canvas();
    let mut renderer = WebGpuRenderer::new(shown.clone(), true, &Shaders::default())
        .await
        .unwrap();
    let mut compared = 0;
    for marks in [1_000, 1_000_000] {
        let mut scene = grid(marks);
        let kept = CacheKey {
            key: marks as u32,
            stamp: 1,
        };
        counted();
        renderer.paint(&scene, 1.0, kept, None).unwrap();
        let (calls, bytes, _) = counted();
        console_log!("{marks} marks, first: {calls} calls, {bytes} bytes");
        assert!(
            bytes > marks as f64 * 32.0,
            "the first frame sends the marks"
        );
        read(&shown);
        for step in 1..6 {
            scene.viewport = place(1.0 + step as f32 * 0.7, step as f32 * 90.0);
            counted();
            renderer.paint(&scene, 1.0, kept, None).unwrap();
            let (calls, bytes, by) = counted();
            console_log!("{marks} marks, nearer: {calls} calls, {bytes} bytes {by}");
            assert!(calls > 0.0 && calls <= MAX_CALLS, "{calls} calls: {by}");
            assert!(bytes > 0.0 && bytes <= MAX_BYTES, "{bytes} bytes: {by}");
            assert!(
                !by.contains("map") && !by.contains("copy"),
                "something is read back: {by}"
            );
            let found = read(&shown);
            if step == 2 || step == 5 {
                let wanted = painted(&if marks > 65_536 {
                    culled(&scene)
                } else {
                    scene.clone()
                });
                let differ = apart(&found, &wanted);
                console_log!(
                    "{marks} marks, step {step}: {:.4} % of the pixels differ from the twin's",
                    differ * 100.0
                );
                assert!(differ < 0.005, "{differ}");
                compared += 1;
            }
        }
        counted();
        renderer.paint(&scene, 1.0, kept, None).unwrap();
        let (calls, bytes, by) = counted();
        console_log!("{marks} marks, the pointer moves: {calls} calls, {bytes} bytes");
        assert!(
            calls <= MAX_MOVE_CALLS && bytes == 0.0,
            "{calls} calls, {bytes} bytes: {by}"
        );
    }
    assert_eq!(compared, 4);
}

#[wasm_bindgen_test]
async fn what_changes_is_sent_again_and_shown_also_where_a_kernel_stands_between() {
    count();
    let shown = canvas();
    let mut renderer = WebGpuRenderer::new(shown.clone(), true, &Shaders::default())
        .await
        .unwrap();
    let mut scene = grid(100_000);
    scene.viewport = place(4.0, 300.0);
    renderer
        .paint(&scene, 1.0, CacheKey { key: 1, stamp: 1 }, None)
        .unwrap();
    let before = read(&shown);
    for mark in &mut scene.marks {
        mark.fill = rgba(10, 200, 30, 255);
    }
    renderer
        .paint(&scene, 1.0, CacheKey { key: 1, stamp: 2 }, None)
        .unwrap();
    let after = read(&shown);
    assert!(
        apart(&before, &after) > 0.2,
        "the old marks are still there"
    );
    assert!(apart(&after, &painted(&culled(&scene))) < 0.005);
    // And one mark that is not where it should be would be seen.
    scene.marks.truncate(99_000);
    assert!(
        apart(
            &after,
            &painted(&culled(&Scene {
                viewport: place(1.0, 0.0),
                ..scene
            }))
        ) > 0.005
    );
}

#[wasm_bindgen_test]
async fn a_transition_sends_where_marks_come_from_once_and_then_how_far_they_are() {
    count();
    let shown = canvas();
    let mut renderer = WebGpuRenderer::new(shown.clone(), true, &Shaders::default())
        .await
        .unwrap();
    let before = Scene {
        ribbons: Vec::new(),
        viewport: place(1.5, 40.0),
        ..grid(600)
    };
    let mut after = Scene {
        ribbons: Vec::new(),
        viewport: place(1.0, 0.0),
        ..grid(500)
    };
    for mark in &mut after.marks {
        mark.rect_css = mark.rect_css.map(|css| css * 0.7 + 60.0);
        mark.fill = rgba(200, 10, 10, 160);
    }
    // What no renderer draws is left out of both lists.
    after.marks[7].rect_css[0] = f32::NAN;
    let kept = |stamp| CacheKey { key: 1, stamp };
    renderer.paint(&before, 1.0, kept(1), None).unwrap();
    let from = transition::start(&before, &after);
    let mut between = Scene::default();
    for (step, part) in [0.0, 0.25, 0.5, 0.9].into_iter().enumerate() {
        counted();
        renderer
            .paint(&after, 1.0, kept(2), Some(Transition { from: &from, part }))
            .unwrap();
        let (calls, bytes, by) = counted();
        console_log!("transition at {part}: {calls} calls, {bytes} bytes");
        if step > 0 {
            assert!(
                calls <= MAX_CALLS && bytes <= MAX_BYTES,
                "{calls} calls, {bytes} bytes: {by}"
            );
        }
        transition::between(&from, &after, part, &mut between);
        let differ = apart(&read(&shown), &painted(&between));
        assert!(differ < 0.005, "at {part}: {differ}");
    }
    counted();
    renderer.paint(&after, 1.0, kept(2), None).unwrap();
    assert!(counted().1 <= MAX_BYTES, "what it led to is there already");
    assert!(apart(&read(&shown), &painted(&after)) < 0.005);
}

#[wasm_bindgen_test]
async fn webgl2_keeps_its_marks_too() {
    count();
    let shown = canvas();
    let mut renderer = gl::renderer(&shown);
    let mut scene = grid(10_000);
    let kept = CacheKey { key: 1, stamp: 1 };
    renderer.paint(&scene, 1.0, kept, None).unwrap();
    scene.viewport = place(3.0, 500.0);
    counted();
    renderer.paint(&scene, 1.0, kept, None).unwrap();
    let (calls, bytes, by) = counted();
    console_log!("webgl2, nearer: {calls} calls, {bytes} bytes {by}");
    assert!(
        calls > 0.0 && calls <= MAX_CALLS && bytes > 0.0 && bytes <= MAX_BYTES,
        "{calls} calls, {bytes} bytes: {by}"
    );
    assert!(apart(&read(&shown), &painted(&scene)) < 0.005);
}

#[wasm_bindgen_test]
async fn the_frame_call_takes_the_processor_no_longer_with_a_million_marks() {
    // How often, and with how many marks: `make bench-frames`, its short form, and the test.
    let (turns, many) = match option_env!("ATLAS_BENCH") {
        Some("short") => (5, 100_000),
        Some(_) => (40, 1_000_000),
        None => (7, 1_000_000),
    };
    let now = || eval("performance.now()").as_f64().unwrap();
    let mut medians = Vec::new();
    let mut list = Vec::new();
    for marks in [1_000, many] {
        let shown = canvas();
        let renderer = WebGpuRenderer::new(shown.clone(), true, &Shaders::default())
            .await
            .unwrap();
        list.push((marks, shown, renderer, grid(marks), Vec::new()));
    }
    // In turn, so that a busy machine slows all.
    for turn in 0..turns {
        for (marks, shown, renderer, scene, took) in &mut list {
            // The clock has tenths of a ms.
            const FRAMES: usize = 4;
            let kept = CacheKey {
                key: *marks as u32,
                stamp: 1,
            };
            let mut spent = 0.0;
            for frame in 0..FRAMES {
                scene.viewport = place(8.0, 20.0 + (turn * FRAMES + frame) as f32 * 10.0);
                let begin = now();
                renderer.paint(scene, 1.0, kept, None).unwrap();
                spent += now() - begin;
                // A software GPU takes the processor from whoever is timed meanwhile.
                read(shown);
            }
            took.push(spent / FRAMES as f64);
        }
    }
    for (marks, _, _, _, took) in &mut list {
        took.sort_by(f64::total_cmp);
        medians.push(took[took.len() / 2]);
        console_log!(
            "frame call, {marks} marks resident: {:.3} ms, median of {}",
            took[took.len() / 2],
            took.len()
        );
    }
    console_log!("ratio {many} : 1000 is {:.2}", medians[1] / medians[0]);
    // Far above any noise: a frame that copied a million marks would take tens of ms.
    assert!(medians[1] < 5.0, "{medians:?}");
}
