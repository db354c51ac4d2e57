//! Renderers: one [`Scene`] in, the same picture out, by WebGPU, by WebGL2, by no GPU at all, or as
//! SVG. Not here: text, data, what a colour means.
//!
//! The first three read the scene through [`ClippedScene`], so hostile numbers end here, and all of them
//! use the formulas of `shaders/draw/`: an edge covers `clamp(0.5 - signed distance, 0, 1)` of a
//! pixel, colours are blended premultiplied into 8 bits, the ground is opaque.

pub mod svg;
#[cfg(target_arch = "wasm32")]
pub mod webgl2;
#[cfg(target_arch = "wasm32")]
pub mod webgpu;

pub use ai_atlas_compute::clip::{
    ClippedScene, MAX_ROWS, MAX_SIDE_PX, ROW_TEXELS, Upload, frame, marks_before, size_px,
};
pub use ai_atlas_compute::raster;

use crate::abi::{Mark, NO_DATUM, Ribbon, line, mark_style, pattern, rgba, shape};
use crate::scene::Scene;

/// The drawing shaders as `build.rs` leaves them: WGSL for WebGPU, GLSL ES 3.00 for WebGL2.
pub mod shaders {
    include!(concat!(env!("OUT_DIR"), "/shaders.rs"));
}

/// Where a renderer has the texts of its shaders from: the host, which loads those of its tier, or
/// this library, where it holds them (feature `shaders`).
#[cfg(target_arch = "wasm32")]
#[derive(Debug, Clone, Default)]
pub struct Shaders(Option<js_sys::Object>);

#[cfg(target_arch = "wasm32")]
impl Shaders {
    /// Texts by name, such as `mark.wgsl` or `mark.vertex.glsl`.
    pub fn given(texts: Option<js_sys::Object>) -> Self {
        Self(texts)
    }

    /// The text of a name; empty where nobody has it, which no browser takes for a shader.
    fn text(&self, name: &str) -> String {
        let given = self
            .0
            .as_ref()
            .and_then(|texts| js_sys::Reflect::get(texts, &name.into()).ok());
        given
            .and_then(|text| text.as_string())
            .unwrap_or_else(|| own(name).into())
    }
}

#[cfg(all(target_arch = "wasm32", feature = "shaders"))]
fn own(name: &str) -> &'static str {
    shaders::named(name)
}

#[cfg(all(target_arch = "wasm32", not(feature = "shaders")))]
fn own(_name: &str) -> &'static str {
    ""
}

/// Which picture a renderer is given: what it has been sent for `key` is not sent again while
/// `stamp` stays. Stamp 0 is sent every time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CacheKey {
    /// Whose picture it is.
    pub key: u32,
    /// Changes with marks, ribbons and their order; not with size, ground and window.
    pub stamp: u32,
}

/// Where a scene comes from.
#[derive(Debug, Clone, Copy)]
pub struct Transition<'a> {
    /// Marks and ribbons where those of the scene come from, each at the same place in the list.
    pub from: &'a Scene,
    /// How much of the way is done, 0 to 1.
    pub part: f32,
}

/// What paints by a GPU. Called through this trait only.
#[cfg(target_arch = "wasm32")]
pub trait Renderer {
    /// Paints `scene` at `scale` device px per CSS px; the canvas takes the picture's size. Nothing
    /// happens when that is zero. With a `transition` it is painted as it comes from another scene, by a
    /// renderer that [`Renderer::moves`].
    ///
    /// # Errors
    /// `lost`: the GPU is gone. `too-large`, `too-many`: the picture, or its marks, are more than
    /// this GPU takes. `gpu-error`: the browser refused an earlier call; `no-frame`: the canvas
    /// gives no texture.
    fn paint(
        &mut self,
        scene: &Scene,
        scale: f32,
        cache_key: CacheKey,
        transition: Option<Transition<'_>>,
    ) -> Result<(), &'static str>;
    /// Forgets what was kept for a picture.
    fn forget(&mut self, key: u32);
    /// Whether the GPU is gone. It does not come back: make another renderer on another canvas.
    fn lost(&self) -> bool;
    /// Whether it moves marks along a [`Transition`] by itself.
    fn moves(&self) -> bool {
        false
    }
    /// Takes the texts of the kernels, where it has a use for them.
    fn teach(&mut self, _shaders: &Shaders) {}
}

impl CacheKey {
    /// Whether what was sent for `self` shows `other` too.
    #[cfg(target_arch = "wasm32")]
    fn holds(self, other: Self) -> bool {
        self == other && other.stamp != 0
    }
}

/// A picture of 8 × 8 CSS px that tells a working renderer from a broken one, at any scale: the left
/// half is a mark of [`PROBE_MARK`], the right half a ribbon of [`PROBE_RIBBON`], and a line of
/// the ground, [`PROBE_GROUND`], is left at the bottom.
///
/// At scale 1 the pixels (2, 3), (6, 3) and (4, 7) have these three colours to ± 2 a channel.
pub fn probe() -> Scene {
    let [[mr, mg, mb, _], [rr, rg, rb, _], [gr, gg, gb, _]] =
        [PROBE_MARK, PROBE_RIBBON, PROBE_GROUND];
    Scene {
        size_css: [8.0, 8.0],
        ground: rgba(gr, gg, gb, 255),
        marks: vec![Mark {
            rect_css: [0.0, 0.0, 4.0, 7.0],
            fill: rgba(mr, mg, mb, 255),
            stroke: 0,
            style: mark_style(shape::RECT, pattern::SOLID, 0.0, 0.0, false),
            datum: NO_DATUM,
        }],
        under: 1,
        ribbons: vec![Ribbon {
            start_css: [4.0, 3.5, 5.0, 3.5],
            end_css: [7.0, 3.5, 8.0, 3.5],
            half_width_css: 3.5,
            fill: rgba(rr, rg, rb, 255),
            style: line::SOLID,
            datum: NO_DATUM,
        }],
        ..Scene::default()
    }
}

/// Colour of the probe's mark, RGBA.
pub const PROBE_MARK: [u8; 4] = [25, 121, 121, 255];
/// Colour of the probe's ribbon, RGBA.
pub const PROBE_RIBBON: [u8; 4] = [170, 102, 30, 255];
/// Colour of the probe's ground, RGBA.
pub const PROBE_GROUND: [u8; 4] = [240, 236, 224, 255];
