//! A WebGL2 context like the one that the engine asks for, and a renderer on it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ai_atlas::render::{Shaders, webgl2::WebGl2Renderer};
use wasm_bindgen::JsCast;
use web_sys::{OffscreenCanvas, WebGlContextAttributes};

pub(crate) fn renderer(canvas: &OffscreenCanvas) -> WebGl2Renderer {
    let wanted = WebGlContextAttributes::new();
    wanted.set_alpha(false);
    wanted.set_antialias(false);
    wanted.set_depth(false);
    wanted.set_stencil(false);
    let context = canvas
        .get_context_with_context_options("webgl2", &wanted)
        .unwrap()
        .unwrap();
    WebGl2Renderer::new(
        canvas.clone(),
        context.unchecked_into(),
        &Shaders::default(),
    )
    .unwrap()
}
