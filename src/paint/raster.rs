//! The painter without a GPU: the reference that the other two are compared with. Not here: threads, canvases, text.

mod mark;
mod ribbon;

pub(super) use ribbon::{point as ribbon_point, sine};

use super::{Visible, size_px};
use crate::scene::Scene;

/// Paints `scene` at `scale` device px per CSS px into `out`: RGBA, opaque, rows from the top, nothing between them.
///
/// Returns width and height in device px, at most 8192 each; `[0, 0]` and an empty `out` when the scene has no size.
pub fn paint(scene: &Scene, scale: f32, out: &mut Vec<u8>) -> [u32; 2] {
    let size = size_px(scene, scale);
    out.clear();
    if size.contains(&0) {
        return size;
    }
    let mut visible = Visible::default();
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
    let mut canvas = Canvas { pixels: out.as_chunks_mut::<4>().0, width, height };
    let (under, above) = visible.marks.split_at(visible.under.min(visible.marks.len()));
    under.iter().for_each(|m| mark::draw(m, scale, &mut canvas));
    visible.ribbons.iter().for_each(|r| ribbon::draw(r, scale, &mut canvas));
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
    fn row(&mut self, y: i64, from: i64, to: i64) -> (i64, &mut [[u8; 4]]) {
        let from = from.clamp(0, self.width as i64);
        let to = to.clamp(from, self.width as i64);
        let start = if (0..self.height as i64).contains(&y) { y as usize * self.width } else { self.pixels.len() };
        let cells = self.pixels.get_mut(start + from as usize..start + to as usize);
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

/// WGSL's fract: never negative.
fn fract(value: f32) -> f32 {
    value - value.floor()
}

/// Premultiplied `under` with `ink` (straight alpha) over it where `part` says.
#[inline(always)]
fn inked(under: [f32; 4], ink: [f32; 4], part: f32) -> [f32; 4] {
    let alpha = ink[3] * part;
    let [r, g, b, a] = under.map(|c| c * (1.0 - alpha));
    [ink[0] * alpha + r, ink[1] * alpha + g, ink[2] * alpha + b, alpha + a]
}

/// Blends a premultiplied colour over a pixel, rounded as an 8-bit target rounds.
#[inline(always)]
fn over(pixel: &mut [u8; 4], ink: [f32; 4]) {
    let [r, g, b, a] = ink;
    if a <= 0.0 {
        return;
    }
    let rest = 1.0 - a;
    let [pr, pg, pb, _] = *pixel;
    let mix = |ink: f32, under: u8| (ink * 255.0 + f32::from(under) * rest + 0.5) as u8;
    *pixel = [mix(r, pr), mix(g, pg), mix(b, pb), 255];
}
