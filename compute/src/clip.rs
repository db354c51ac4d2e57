//! What of a scene is painted: its size in device px and the marks and ribbons that meet it, with
//! numbers that every renderer can bear. Not here: painting.

use crate::abi::{Frame, Mark, Ribbon};
use crate::scene::{Scene, Viewport};

/// The longest side of a picture, device px.
pub const MAX_SIDE_PX: u32 = 8192;
/// Texels in a row of the data textures: whole marks and whole ribbons, and no more than every
/// WebGL2 allows.
pub const ROW_TEXELS: u32 = 2046;
/// Rows that every WebGL2 allows.
pub const MAX_ROWS: usize = 2048;

/// Texels that a mark and a ribbon take.
const MARK_TEXELS: usize = size_of::<Mark>() / 16;
const RIBBON_TEXELS: usize = size_of::<Ribbon>() / 16;
/// Farther out than any picture reaches; coordinates beyond it are pulled in, so that f32 keeps its
/// fractions of a px.
const FAR_CSS: f32 = 32768.0;
const EVERYWHERE: [f32; 4] = [
    f32::NEG_INFINITY,
    f32::NEG_INFINITY,
    f32::INFINITY,
    f32::INFINITY,
];
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
pub fn frame(size_px: [u32; 2], scale: f32, window: &Viewport) -> Frame {
    let ([kx, ky], [dx, dy]) = (window.scale, window.translate_css);
    Frame {
        size_css: size_px.map(|px| px as f32 / scale),
        scale,
        row_texels: ROW_TEXELS,
        window: [kx, ky, dx, dy],
    }
}

/// The part of a scene that is painted, with numbers that every renderer can bear. Keeps its memory
/// between frames.
#[derive(Debug, Default)]
pub struct ClippedScene {
    /// Marks, in painter's order.
    pub marks: Vec<Mark>,
    /// How many of them lie under the ribbons.
    pub under: usize,
    /// Ribbons, in painter's order.
    pub ribbons: Vec<Ribbon>,
}

impl ClippedScene {
    /// Takes what meets a picture of `size_px` at `scale`, where the reader sees it, in order.
    pub fn read(&mut self, scene: &Scene, size_px: [u32; 2], scale: f32) {
        let [width, height] = size_px.map(|px| px as f32 / scale);
        self.take(scene, &scene.viewport, [0.0, 0.0, width, height]);
    }

    /// Takes everything, in order, for a GPU that keeps it while the reader looks around.
    pub fn keep(&mut self, scene: &Scene) {
        self.take(scene, &Viewport::default(), EVERYWHERE);
    }

    fn take(&mut self, scene: &Scene, window: &Viewport, view_css: [f32; 4]) {
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
        self.ribbons.extend(
            scene
                .ribbons
                .iter()
                .filter_map(|r| visible_ribbon(&window.ribbon(r), view_css)),
        );
    }

    /// Fills the last row of both lists with nothing, so that one upload takes whole rows, and says
    /// how large the two uploads are.
    ///
    /// # Errors
    /// `too-many`: more rows than every WebGL2 allows, some two million marks.
    pub fn upload(&mut self) -> Result<[Upload; 2], &'static str> {
        Ok([
            rows(&mut self.marks, MARK_TEXELS)?,
            rows(&mut self.ribbons, RIBBON_TEXELS)?,
        ])
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

/// Where the marks come from that [`ClippedScene::keep`] keeps of a scene, and how large the upload is;
/// nothing where there are none, or too many.
pub fn marks_before(scene: &Scene, from: &Scene, out: &mut Vec<Mark>) -> Option<Upload> {
    for (mark, before) in scene.marks.iter().zip(&from.marks) {
        if visible_mark(mark, EVERYWHERE).is_some() {
            out.push(Mark {
                rect_css: before.rect_css.map(|css| css.clamp(-FAR_CSS, FAR_CSS)),
                ..*before
            });
        }
    }
    rows(out, MARK_TEXELS).ok().filter(|upload| upload.rows > 0)
}

fn rows<T: bytemuck::Zeroable + Clone>(
    list: &mut Vec<T>,
    texels: usize,
) -> Result<Upload, &'static str> {
    let in_row = ROW_TEXELS as usize / texels;
    let rows = list.len().div_ceil(in_row);
    if rows > MAX_ROWS {
        return Err("too-many");
    }
    if rows > 1 {
        list.resize(rows * in_row, T::zeroed());
        return Ok(Upload {
            width: ROW_TEXELS,
            rows: rows as u32,
        });
    }
    Ok(Upload {
        width: (list.len() * texels) as u32,
        rows: rows as u32,
    })
}

/// A mark with finite numbers that meets the picture.
pub fn visible_mark(mark: &Mark, view_css: [f32; 4]) -> Option<Mark> {
    let [left, top, right, bottom] = mark.rect_css;
    let (wide, high) = (right - left >= THIN_CSS, bottom - top >= THIN_CSS);
    let meets = right > view_css[0] - 1.0
        && bottom > view_css[1] - 1.0
        && left < view_css[2] + 1.0
        && top < view_css[3] + 1.0;
    // NaN fails every comparison; an infinite side is pulled in like any other that is far out.
    (wide && high && meets).then(|| Mark {
        rect_css: mark.rect_css.map(|css| css.clamp(-FAR_CSS, FAR_CSS)),
        ..*mark
    })
}

/// A ribbon with finite numbers whose control points' hull meets the picture.
pub fn visible_ribbon(ribbon: &Ribbon, view_css: [f32; 4]) -> Option<Ribbon> {
    let [x0, y0, x1, y1] = ribbon.start_css;
    let [x2, y2, x3, y3] = ribbon.end_css;
    let all = [x0, y0, x1, y1, x2, y2, x3, y3, ribbon.half_width_css];
    if !all.iter().all(|css| css.abs() <= FAR_CSS) || ribbon.half_width_css < THIN_CSS {
        return None;
    }
    let reach = ribbon.half_width_css + 4.0;
    let meets = |css: [f32; 4], from: f32, to: f32| {
        css.iter().any(|at| *at > from - reach) && css.iter().any(|at| *at < to + reach)
    };
    (meets([x0, x1, x2, x3], view_css[0], view_css[2])
        && meets([y0, y1, y2, y3], view_css[1], view_css[3]))
    .then_some(*ribbon)
}
