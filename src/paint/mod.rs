//! Painters: one [`Scene`] in, the same picture out, by WebGPU, by WebGL2, by no GPU at all, or as SVG. Not here: text, data, what a colour means.
//!
//! The first three read the scene through [`Visible`], so hostile numbers end here, and all of them use the formulas of `shaders/draw/`: an edge
//! covers `clamp(0.5 - signed distance, 0, 1)` of a pixel, colours are blended premultiplied into 8 bits, the ground is opaque.

#[cfg(target_arch = "wasm32")]
pub mod gpu;
pub mod raster;
pub mod svg;
#[cfg(target_arch = "wasm32")]
pub mod webgl2;

use crate::abi::{Frame, Mark, NO_DATUM, Ribbon, line, mark_style, pattern, rgba, shape};
use crate::scene::{Scene, Window};

/// The drawing shaders as `build.rs` leaves them: WGSL for WebGPU, GLSL ES 3.00 for WebGL2.
pub mod shaders {
    include!(concat!(env!("OUT_DIR"), "/shaders.rs"));
}

/// The longest side of a picture, device px.
pub const MAX_SIDE_PX: u32 = 8192;
/// Texels in a row of the data textures: whole marks and whole ribbons, and no more than every WebGL2 allows.
pub const ROW_TEXELS: u32 = 2046;
/// Rows that every WebGL2 allows.
pub const MAX_ROWS: usize = 2048;

/// Texels that a mark and a ribbon take.
const MARK_TEXELS: usize = size_of::<Mark>() / 16;
const RIBBON_TEXELS: usize = size_of::<Ribbon>() / 16;
/// Farther out than any picture reaches; coordinates beyond it are pulled in, so that f32 keeps its fractions of a px.
const FAR_CSS: f32 = 32768.0;
const EVERYWHERE: [f32; 4] = [f32::NEG_INFINITY, f32::NEG_INFINITY, f32::INFINITY, f32::INFINITY];
/// A mark thinner than this is nothing.
const THIN_CSS: f32 = 1e-3;

/// Width and height of the picture in device px; `[0, 0]` when there is nothing to paint.
pub fn size_px(scene: &Scene, scale: f32) -> [u32; 2] {
    let side = |css: f32| {
        // A NaN becomes 0 here.
        let px = (css * scale).round().clamp(0.0, MAX_SIDE_PX as f32) as u32;
        if scale > 0.0 { px } else { 0 }
    };
    let size = scene.size_css.map(side);
    if size.contains(&0) { [0, 0] } else { size }
}

/// What is the same for all marks of a picture of `size_px`.
pub fn frame(size_px: [u32; 2], scale: f32, window: &Window) -> Frame {
    let ([kx, ky], [dx, dy]) = (window.times, window.plus_css);
    Frame { size_css: size_px.map(|px| px as f32 / scale), scale, row_texels: ROW_TEXELS, window: [kx, ky, dx, dy] }
}

/// Which picture a painter is given: what it has been sent for `key` is not sent again while `stamp` stays. Stamp 0 is sent every time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    /// Whose picture it is.
    pub key: u32,
    /// Changes with marks, ribbons and their order; not with size, ground and window.
    pub stamp: u32,
}

/// Where a scene comes from.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    /// Marks and ribbons where those of the scene come from, each at the same place in the list.
    pub from: &'a Scene,
    /// How much of the way is done, 0 to 1.
    pub part: f32,
}

/// What paints by a GPU. Called through this trait only: a painter lies in a part of the wasm of its own (`tools/split.mjs`).
#[cfg(target_arch = "wasm32")]
pub trait Painter {
    /// Paints `scene` at `scale` device px per CSS px; the canvas takes the picture's size. Nothing happens when that is zero. With a `way` it is
    /// painted as it comes from another scene, by a painter that [`Painter::moves`].
    ///
    /// # Errors
    /// `lost`: the GPU is gone. `too-large`, `too-many`: the picture, or its marks, are more than this GPU takes. `gpu-error`: the browser refused an
    /// earlier call; `no-frame`: the canvas gives no texture.
    fn paint(&mut self, scene: &Scene, scale: f32, kept: Kept, way: Option<Way<'_>>) -> Result<(), &'static str>;
    /// Forgets what was kept for a picture.
    fn forget(&mut self, key: u32);
    /// Whether the GPU is gone. It does not come back: make another painter on another canvas.
    fn lost(&self) -> bool;
    /// Whether it moves marks along a [`Way`] by itself.
    fn moves(&self) -> bool {
        false
    }
}

impl Kept {
    /// Whether what was sent for `self` shows `other` too.
    #[cfg(target_arch = "wasm32")]
    fn holds(self, other: Self) -> bool {
        self == other && other.stamp != 0
    }
}

/// The part of a scene that is painted, with numbers that every painter can bear. Keeps its memory between frames.
#[derive(Debug, Default)]
pub struct Visible {
    /// Marks, in painter's order.
    pub marks: Vec<Mark>,
    /// How many of them lie under the ribbons.
    pub under: usize,
    /// Ribbons, in painter's order.
    pub ribbons: Vec<Ribbon>,
}

impl Visible {
    /// Takes what meets a picture of `size_px` at `scale`, where the reader sees it, in order.
    pub fn read(&mut self, scene: &Scene, size_px: [u32; 2], scale: f32) {
        let [width, height] = size_px.map(|px| px as f32 / scale);
        self.take(scene, &scene.window, [0.0, 0.0, width, height]);
    }

    /// Takes everything, in order, for a GPU that keeps it while the reader looks around.
    pub fn keep(&mut self, scene: &Scene) {
        self.take(scene, &Window::default(), EVERYWHERE);
    }

    #[inline(never)]
    fn take(&mut self, scene: &Scene, window: &Window, view_css: [f32; 4]) {
        let under = scene.under.min(scene.marks.len());
        self.marks.clear();
        self.under = 0;
        for (at, mark) in scene.marks.iter().enumerate() {
            if let Some(mark) = visible_mark(&window.mark(mark), view_css) {
                self.marks.push(mark);
                self.under += usize::from(at < under);
            }
        }
        self.ribbons.clear();
        self.ribbons.extend(scene.ribbons.iter().filter_map(|r| visible_ribbon(&window.ribbon(r), view_css)));
    }

    /// Fills the last row of both lists with nothing, so that one upload takes whole rows, and says how large the two uploads are.
    ///
    /// # Errors
    /// `too-many`: more rows than every WebGL2 allows, some two million marks.
    pub fn upload(&mut self) -> Result<[Upload; 2], &'static str> {
        Ok([rows(&mut self.marks, MARK_TEXELS)?, rows(&mut self.ribbons, RIBBON_TEXELS)?])
    }
}

/// Texels of one upload: all of `rows` rows, or the first `width` of a single one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// Texels in a row.
    pub width: u32,
    /// Rows; 0 when there is nothing to send.
    pub rows: u32,
}

/// Where the marks come from that [`Visible::keep`] keeps of a scene, and how large the upload is; nothing where there are none, or too many.
#[cfg(target_arch = "wasm32")]
fn marks_before(scene: &Scene, from: &Scene, out: &mut Vec<Mark>) -> Option<Upload> {
    for (mark, before) in scene.marks.iter().zip(&from.marks) {
        if visible_mark(mark, EVERYWHERE).is_some() {
            out.push(Mark { rect_css: before.rect_css.map(|css| css.clamp(-FAR_CSS, FAR_CSS)), ..*before });
        }
    }
    rows(out, MARK_TEXELS).ok().filter(|upload| upload.rows > 0)
}

fn rows<T: bytemuck::Zeroable + Clone>(list: &mut Vec<T>, texels: usize) -> Result<Upload, &'static str> {
    let in_row = ROW_TEXELS as usize / texels;
    let rows = list.len().div_ceil(in_row);
    if rows > MAX_ROWS {
        return Err("too-many");
    }
    if rows > 1 {
        list.resize(rows * in_row, T::zeroed());
        return Ok(Upload { width: ROW_TEXELS, rows: rows as u32 });
    }
    Ok(Upload { width: (list.len() * texels) as u32, rows: rows as u32 })
}

/// A mark with finite numbers that meets the picture.
fn visible_mark(mark: &Mark, view_css: [f32; 4]) -> Option<Mark> {
    let [left, top, right, bottom] = mark.rect_css;
    let (wide, high) = (right - left >= THIN_CSS, bottom - top >= THIN_CSS);
    let meets = right > view_css[0] - 1.0 && bottom > view_css[1] - 1.0 && left < view_css[2] + 1.0 && top < view_css[3] + 1.0;
    // NaN fails every comparison; an infinite side is pulled in like any other that is far out.
    (wide && high && meets).then(|| Mark { rect_css: mark.rect_css.map(|css| css.clamp(-FAR_CSS, FAR_CSS)), ..*mark })
}

/// A ribbon with finite numbers whose control points' hull meets the picture.
fn visible_ribbon(ribbon: &Ribbon, view_css: [f32; 4]) -> Option<Ribbon> {
    let [x0, y0, x1, y1] = ribbon.start_css;
    let [x2, y2, x3, y3] = ribbon.end_css;
    let all = [x0, y0, x1, y1, x2, y2, x3, y3, ribbon.half_width_css];
    if !all.iter().all(|css| css.abs() <= FAR_CSS) || ribbon.half_width_css < THIN_CSS {
        return None;
    }
    let reach = ribbon.half_width_css + 4.0;
    let meets = |css: [f32; 4], from: f32, to: f32| css.iter().any(|at| *at > from - reach) && css.iter().any(|at| *at < to + reach);
    (meets([x0, x1, x2, x3], view_css[0], view_css[2]) && meets([y0, y1, y2, y3], view_css[1], view_css[3])).then_some(*ribbon)
}

/// A picture of 8 × 8 CSS px that tells a working painter from a broken one, at any scale: the left half is a mark of [`CANARY_MARK`], the
/// right half a ribbon of [`CANARY_RIBBON`], and a line of the ground, [`CANARY_GROUND`], is left at the bottom.
///
/// At scale 1 the pixels (2, 3), (6, 3) and (4, 7) have these three colours to ± 2 a channel.
pub fn canary() -> Scene {
    let [[mr, mg, mb, _], [rr, rg, rb, _], [gr, gg, gb, _]] = [CANARY_MARK, CANARY_RIBBON, CANARY_GROUND];
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

/// Colour of the canary's mark, RGBA.
pub const CANARY_MARK: [u8; 4] = [25, 121, 121, 255];
/// Colour of the canary's ribbon, RGBA.
pub const CANARY_RIBBON: [u8; 4] = [170, 102, 30, 255];
/// Colour of the canary's ground, RGBA.
pub const CANARY_GROUND: [u8; 4] = [240, 236, 224, 255];
