//! The renderer without a GPU: the reference that the other two are compared with. Not here:
//! threads, canvases, text.

mod mark;
mod outline;
mod ribbon;

pub use ribbon::{point as ribbon_point, sine};

use crate::clip::{ClippedScene, size_px};
use crate::scene::Scene;

/// Paints `scene` at `scale` device px per CSS px into `out`: RGBA, opaque, rows from the top,
/// nothing between them.
///
/// Returns width and height in device px, at most 8192 each; `[0, 0]` and an empty `out` when the
/// scene has no size.
pub fn paint(scene: &Scene, scale: f32, out: &mut Vec<u8>) -> [u32; 2] {
    let size = size_px(scene, scale);
    out.clear();
    if size.contains(&0) {
        return size;
    }
    let mut visible = ClippedScene::default();
    visible.read(scene, size, scale);
    let [r, g, b, _] = scene.ground.to_le_bytes();
    let [width, height] = size.map(|px| px as usize);
    let bytes = width * height * 4;
    out.reserve_exact(bytes);
    out.extend_from_slice(&[r, g, b, 255]);
    // The ground doubles itself: a copy of memory is faster than any loop.
    while out.len() < bytes {
        out.extend_from_within(..out.len().min(bytes - out.len()));
    }
    let mut canvas = Canvas {
        pixels: out.as_chunks_mut::<4>().0,
        width,
        height,
    };
    let (under, above) = visible
        .marks
        .split_at(visible.under.min(visible.marks.len()));
    under.iter().for_each(|m| mark::draw(m, scale, &mut canvas));
    visible
        .ribbons
        .iter()
        .for_each(|r| ribbon::draw(r, scale, &mut canvas));
    above.iter().for_each(|m| mark::draw(m, scale, &mut canvas));
    size
}

/// The pixels that are painted on.
struct Canvas<'a> {
    pixels: &'a mut [[u8; 4]],
    width: usize,
    height: usize,
}

impl Canvas<'_> {
    /// The pixels of row `y` from `from` to before `to`, cut to the picture.
    #[inline(always)]
    fn row(&mut self, y: i32, from: i32, to: i32) -> (i32, &mut [[u8; 4]]) {
        let from = from.clamp(0, self.width as i32);
        let to = to.clamp(from, self.width as i32);
        let start = if (0..self.height as i32).contains(&y) {
            y as usize * self.width
        } else {
            self.pixels.len()
        };
        let cells = self
            .pixels
            .get_mut(start + from as usize..start + to as usize);
        (from, cells.unwrap_or_default())
    }
}

/// Straight-alpha colour, 0 to 1.
fn colour(rgba: u32) -> [f32; 4] {
    rgba.to_le_bytes().map(|c| f32::from(c) / 255.0)
}

/// How far `at` is from the nearest of the points `centre + n * period`, with its sign.
fn wrapped(at: f32, centre: f32, period: f32) -> f32 {
    (fract((at - centre) / period + 0.5) - 0.5) * period
}

/// As `f32::max` and `f32::min`, which are calls in wasm, for what is a number.
#[inline(always)]
fn greater(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn lesser(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

/// WGSL's fract: never negative.
fn fract(value: f32) -> f32 {
    value - value.floor()
}

/// Premultiplied `under` with `ink` (straight alpha) over it where `part` says.
#[inline(always)]
fn inked(under: [f32; 4], ink: [f32; 4], part: f32) -> [f32; 4] {
    let alpha = ink[3] * part;
    let rest = 1.0 - alpha;
    // Written out: `map` is a call where code is made for size.
    let [r, g, b, a] = under;
    [
        ink[0] * alpha + r * rest,
        ink[1] * alpha + g * rest,
        ink[2] * alpha + b * rest,
        alpha + a * rest,
    ]
}

/// Blends a premultiplied colour over a pixel, rounded as an 8-bit target rounds. The sums never
/// pass 255.5.
#[cfg(not(target_feature = "simd128"))]
#[inline(always)]
fn over(pixel: &mut [u8; 4], ink: [f32; 4]) {
    let [r, g, b, a] = ink;
    if a <= 0.0 {
        return;
    }
    let rest = 1.0 - a;
    let [pr, pg, pb, _] = *pixel;
    let mix = |ink: f32, under: u8| (ink * 255.0 + f32::from(under) * rest + 0.5) as i32 as u8;
    *pixel = [mix(r, pr), mix(g, pg), mix(b, pb), 255];
}

/// The same, all channels at once: a picture of many small tiles takes a tenth less time.
#[cfg(target_feature = "simd128")]
#[inline(always)]
fn over(pixel: &mut [u8; 4], ink: [f32; 4]) {
    use core::arch::wasm32::{
        f32x4, f32x4_add, f32x4_convert_i32x4, f32x4_mul, f32x4_splat, i16x8_narrow_i32x4,
        i32x4_trunc_sat_f32x4, u8x16_narrow_i16x8, u16x8_extend_low_u8x16, u32x4_extend_low_u16x8,
        u32x4_extract_lane, u32x4_splat,
    };
    let [r, g, b, a] = ink;
    if a <= 0.0 {
        return;
    }
    let under = f32x4_convert_i32x4(u32x4_extend_low_u16x8(u16x8_extend_low_u8x16(u32x4_splat(
        u32::from_le_bytes(*pixel),
    ))));
    let sum = f32x4_add(
        f32x4_mul(f32x4(r, g, b, a), f32x4_splat(255.0)),
        f32x4_mul(under, f32x4_splat(1.0 - a)),
    );
    let sum = i32x4_trunc_sat_f32x4(f32x4_add(sum, f32x4_splat(0.5)));
    let sum = i16x8_narrow_i32x4(sum, sum);
    *pixel = (u32x4_extract_lane::<0>(u8x16_narrow_i16x8(sum, sum)) | 0xff00_0000).to_le_bytes();
}
