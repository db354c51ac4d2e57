//! Marks, pixel by pixel. The twin of `shaders/draw/mark.wgsl`: the same formulas in the same
//! order; what is known to be inside is filled without asking for the distance.

use super::{Canvas, colour, fract, greater, inked, lesser, over, wrapped};
use crate::abi::{Mark, grain, is_dashed, pattern, shape};

/// Farther out than any edge of a mark that can be told from another; sums of px beyond it would
/// not fit.
const FAR_PX: f32 = 1e8;
/// Colours of a rim that are kept from row to row.
const RIM: usize = 8;

/// What the vertex shader hands to the fragment shader, device px.
struct Shape {
    half_px: [f32; 2],
    fill: [f32; 4],
    stroke: [f32; 4],
    stroke_px: f32,
    radius_px: f32,
    most: f32,
    scale: f32,
    shape: u32,
    pattern: u32,
    dashed: bool,
    grain: u32,
    /// How far inside its outline a pixel is certainly plain fill: farther in than stroke, soft
    /// edge and antialiasing reach. Infinite where none is.
    plain_px: f32,
    /// Whether a rectangle's colours depend on the distance to its outline alone.
    bare: bool,
}

pub(super) fn draw(mark: &Mark, scale: f32, canvas: &mut Canvas<'_>) {
    let [left, top, right, bottom] = mark
        .rect_css
        .map(|css| (css * scale).clamp(-FAR_PX, FAR_PX));
    // A plain rectangle between whole px covers each of them wholly: thousands of them are a
    // picture of density.
    if mark.style == 0
        && mark.fill >> 24 == 255
        && [left, top, right, bottom]
            .iter()
            .all(|edge| edge.fract() == 0.0)
    {
        let [r, g, b, _] = mark.fill.to_le_bytes();
        // What is less than nothing becomes 0 here.
        let [left, top, right, bottom] = [left, top, right, bottom].map(|edge| edge as usize);
        for row in canvas
            .pixels
            .chunks_exact_mut(canvas.width.max(1))
            .take(bottom)
            .skip(top)
        {
            row.get_mut(left..right.min(canvas.width))
                .unwrap_or_default()
                .fill([r, g, b, 255]);
        }
        return;
    }
    let half_px = [(right - left) * 0.5, (bottom - top) * 0.5];
    let centre_px = [(left + right) * 0.5, (top + bottom) * 0.5];
    let most = lesser(2.0 * half_px[0], 1.0) * lesser(2.0 * half_px[1], 1.0);
    let style = mark.style;
    if style == 0 {
        return plain(half_px, centre_px, most, mark.fill, canvas);
    }
    let quarter = |shift: u32| ((style >> shift) & 255) as f32 * 0.25 * scale;
    let (shape, pattern, grain, dashed, stroke_px) = (
        style & 15,
        (style >> 4) & 15,
        style >> 25,
        is_dashed(style),
        quarter(8),
    );
    let (rect, grained) = (shape == shape::RECT, grain & 7 != grain::PLAIN);
    let soft_px = if pattern == pattern::SOFT {
        3.0 * scale
    } else {
        0.0
    };
    let rim_px = if grained {
        grain::RIM_CSS as f32 * scale
    } else {
        0.0
    };
    let it = Shape {
        half_px,
        fill: colour(mark.fill),
        stroke: colour(mark.stroke),
        stroke_px,
        radius_px: lesser(quarter(16), lesser(half_px[0], half_px[1])),
        most,
        scale,
        shape,
        pattern,
        dashed,
        grain,
        plain_px: if pattern == pattern::HATCH || most < 1.0 || grained && !rect {
            f32::INFINITY
        } else {
            greater(stroke_px + 0.5, greater(soft_px, rim_px)) + 0.01
        },
        bare: rect && pattern != pattern::HATCH && !grained && !dashed,
    };
    // A rectangle covers nothing of the ring of px that the GPU's quad adds; the tips of other
    // shapes may.
    let ring = if it.shape == shape::ELLIPSE || it.is_pointed() {
        1
    } else {
        0
    };
    let columns = [left.floor() as i32 - ring, right.ceil() as i32 + ring];
    let rows = [
        (top.floor() as i32 - ring).max(0),
        (bottom.ceil() as i32 + ring).min(canvas.height as i32),
    ];
    // The colours of the rim where it is the same in every row, once they are known.
    let (mut left, mut right) = ([[0.0; 4]; RIM], [[0.0; 4]; RIM]);
    let mut known = false;
    let alpha = it.fill[3];
    let plain = [
        it.fill[0] * alpha,
        it.fill[1] * alpha,
        it.fill[2] * alpha,
        alpha,
    ];
    for y in rows[0]..rows[1] {
        let at_y = y as f32 + 0.5 - centre_px[1];
        // What lies beyond the outline of an ellipse by more than a px is nothing.
        let spare = if it.shape == shape::ELLIPSE {
            it.spare_px(at_y)
        } else {
            0
        };
        let (start, cells) = canvas.row(y, columns[0] + spare, columns[1] - spare);
        // The part of this row that is certainly plain fill, else the part that is of one colour.
        let (mut from, mut to) = (cells.len(), cells.len());
        let mut run = plain;
        let [mut low, mut high] = it.plain_run(at_y);
        let between = low < high && it.bare;
        if low >= high {
            [low, high] = it.level_run(at_y);
            if low < high {
                let mut one = [run];
                it.inks(&mut one, 0.0, at_y);
                [run] = one;
            }
        }
        if low < high {
            let first = (centre_px[0] + low - 0.5).ceil() as i32;
            let last = (centre_px[0] + high - 0.5).floor() as i32;
            from = (first - start).clamp(0, cells.len() as i32) as usize;
            to = (last + 1 - start).clamp(from as i32, cells.len() as i32) as usize;
        }
        let (before, rest) = cells.split_at_mut(from);
        let (inside, after) = rest.split_at_mut(to - from);
        let ends = [start, start + to as i32].map(|x| x as f32 + 0.5 - centre_px[0]);
        for (cells, inks, x) in [(before, &mut left, ends[0]), (after, &mut right, ends[1])] {
            let Some(inks) = inks.get_mut(..cells.len()).filter(|_| between) else {
                it.rim(cells, x, at_y);
                continue;
            };
            if !known {
                it.inks(inks, x, at_y);
            }
            cells
                .iter_mut()
                .zip(inks)
                .for_each(|(pixel, ink)| over(pixel, *ink));
        }
        known |= between;
        if run[3] >= 1.0 {
            inside.fill(run.map(|c| (c * 255.0 + 0.5) as u8));
        } else if run[3] > 0.0 {
            inside.iter_mut().for_each(|pixel| over(pixel, run));
        }
    }
}

/// A rectangle of one colour: the sums of [`Shape::ink`] without its questions, because a picture
/// may have a hundred thousand of them.
fn plain(half_px: [f32; 2], centre_px: [f32; 2], most: f32, fill: u32, canvas: &mut Canvas<'_>) {
    let ([w, h], [x, y]) = (half_px, centre_px);
    let (first, last) = (
        (y - h).floor().max(0.0) as i32,
        ((y + h).ceil() as i32).min(canvas.height as i32),
    );
    let (from, to) = ((x - w).floor() as i32, (x + w).ceil() as i32);
    // The columns that are covered wholly, in every row that is.
    let (low, high) = ((x - w).ceil() as i32, (x + w).floor() as i32);
    let [r, g, b, alpha] = colour(fill);
    let ink = [r * alpha, g * alpha, b * alpha, alpha];
    for row in first..last {
        let out_y = (row as f32 + 0.5 - y).abs() - h;
        let (start, cells) = canvas.row(row, from, to);
        let whole = if alpha < 1.0 || out_y > -0.5 {
            [i32::MAX; 2]
        } else {
            [low, high.max(low)]
        };
        let [low, high] =
            whole.map(|at| at.saturating_sub(start).clamp(0, cells.len() as i32) as usize);
        let (inside, after) = cells.split_at_mut(high);
        let (before, inside) = inside.split_at_mut(low);
        inside.fill(fill.to_le_bytes());
        for (cells, first) in [(before, start), (after, start + high as i32)] {
            let at = first as f32 + 0.5 - x;
            // Two loops: in one, a root that is not needed is taken all the same.
            if out_y > 0.0 {
                sides(cells, at, w, ink, |out_x| {
                    lesser(
                        greater(
                            0.5 - if out_x > 0.0 {
                                length(out_x, out_y)
                            } else {
                                out_y
                            },
                            0.0,
                        ),
                        most,
                    )
                });
            } else {
                sides(cells, at, w, ink, |out_x| {
                    lesser(
                        greater(0.5 - if out_x > out_y { out_x } else { out_y }, 0.0),
                        most,
                    )
                });
            }
        }
    }
}

/// Pixels of a plain rectangle side by side from `x` on, covered by what they are outside its
/// sides.
#[inline(always)]
fn sides(cells: &mut [[u8; 4]], mut x: f32, w: f32, ink: [f32; 4], cover: impl Fn(f32) -> f32) {
    for pixel in cells {
        let cover = cover(x.abs() - w);
        let [r, g, b, a] = ink;
        over(pixel, [r * cover, g * cover, b * cover, a * cover]);
        x += 1.0;
    }
}

impl Shape {
    fn is_pointed(&self) -> bool {
        (shape::DIAMOND..=shape::TRIANGLE_UP).contains(&self.shape)
    }

    /// How many px at either end of the row at `y` an ellipse does not reach.
    fn spare_px(&self, y: f32) -> i32 {
        let [w, h] = self.half_px;
        // The ellipse that is larger by what antialiasing reaches, and a little.
        let part = y / (h + 0.75);
        let reach = (w + 0.75) * greater(1.0 - part * part, 0.0).sqrt() + 0.5;
        (w - reach).max(0.0) as i32
    }

    /// From where to where, in the row at `y` from the centre, every pixel is the plain fill.
    /// Upside down where there is no such pixel.
    fn plain_run(&self, y: f32) -> [f32; 2] {
        const NONE: [f32; 2] = [1.0, -1.0];
        let ([w, h], edge) = (self.half_px, self.plain_px);
        match self.shape {
            shape::ELLIPSE => {
                let part = 1.0 - edge / lesser(w, h);
                let rest = part * part - (y / h) * (y / h);
                if part <= 0.0 || rest <= 0.0 {
                    return NONE;
                }
                let x = w * rest.sqrt() - 0.01;
                [-x, x]
            }
            shape::DIAMOND => {
                let x = w - (edge * length(w, h) + y.abs() * w) / h;
                [-x, x]
            }
            shape::TRIANGLE_RIGHT | shape::TRIANGLE_LEFT => {
                let tip = w - (y.abs() * 2.0 * w + edge * length(2.0 * w, h)) / h;
                if self.shape == shape::TRIANGLE_RIGHT {
                    [edge - w, tip]
                } else {
                    [-tip, w - edge]
                }
            }
            shape::TRIANGLE_DOWN | shape::TRIANGLE_UP => {
                let along = if self.shape == shape::TRIANGLE_DOWN {
                    y
                } else {
                    -y
                };
                if along < edge - h {
                    return NONE;
                }
                let x = ((h - along) * w - edge * length(2.0 * h, w)) / (2.0 * h);
                [-x, x]
            }
            _ => {
                let inset = greater(edge, self.radius_px);
                if y.abs() > h - inset {
                    NONE
                } else {
                    [inset - w, w - inset]
                }
            }
        }
    }

    /// From where to where, in the row at `y` from the centre, the nearest side of a rectangle is
    /// the one above or below: all of it is equally far. Upside down where there is no such pixel,
    /// or where more than the distance counts.
    fn level_run(&self, y: f32) -> [f32; 2] {
        let [w, h] = self.half_px;
        let far = w - self.radius_px + lesser(y.abs() - h + self.radius_px, 0.0) - 0.01;
        if self.bare { [-far, far] } else { [1.0, -1.0] }
    }

    /// The colours of pixels side by side from `x` on, in the row at `y` from the centre.
    fn inks(&self, out: &mut [[f32; 4]], mut x: f32, y: f32) {
        for ink in out {
            *ink = self.ink([x, y]);
            x += 1.0;
        }
    }

    /// Pixels side by side from `x` on, in the row at `y` from the centre.
    fn rim(&self, cells: &mut [[u8; 4]], mut x: f32, y: f32) {
        for pixel in cells {
            over(pixel, self.ink([x, y]));
            x += 1.0;
        }
    }

    /// The fragment shader: premultiplied colour at `at_px` from the centre.
    #[inline(always)]
    fn ink(&self, at_px: [f32; 2]) -> [f32; 4] {
        let edge_px = self.distance_px(at_px);
        let cover = lesser(greater(0.5 - edge_px, 0.0), self.most);
        if cover <= 0.0 {
            return [0.0; 4];
        }
        let [r, g, b, mut fill] = self.fill;
        if self.pattern == pattern::SOFT {
            let fade_px = greater(
                lesser(3.0 * self.scale, lesser(self.half_px[0], self.half_px[1])),
                1e-3,
            );
            fill *= (-edge_px / fade_px).clamp(0.0, 1.0);
        }
        if self.grain & 7 != grain::PLAIN
            && (self.shape != shape::RECT || edge_px > -(grain::RIM_CSS as f32) * self.scale)
        {
            fill *= self.grained(at_px);
        }
        let mut ink = [r * fill, g * fill, b * fill, fill];
        if self.pattern == pattern::HATCH {
            let across_px = ((at_px[0] + self.half_px[0]) + (at_px[1] + self.half_px[1]))
                * core::f32::consts::FRAC_1_SQRT_2;
            let line = 0.5
                - (wrapped(across_px, 3.0 * self.scale, 6.0 * self.scale).abs()
                    - 0.625 * self.scale);
            ink = inked(ink, self.stroke, line.clamp(0.0, 1.0));
        }
        if self.stroke_px > 0.0 {
            let mut line = 1.0 - (0.5 - (edge_px + self.stroke_px)).clamp(0.0, 1.0);
            if self.dashed {
                line *= self.dash(at_px);
            }
            ink = inked(ink, self.stroke, line);
        }
        let [r, g, b, a] = ink;
        [r * cover, g * cover, b * cover, a * cover]
    }

    /// How much of the fill the grain leaves.
    #[inline(always)]
    fn grained(&self, at_px: [f32; 2]) -> f32 {
        let scale = self.scale;
        // From the nearest line, or from where two would cross and back.
        let [x, y] = at_px.map(|at| (fract(at * 0.25 / scale + 0.5) - 0.5).abs() * 4.0 * scale);
        let edge_px = match self.grain & 7 {
            grain::LEVEL => y - 0.5 * scale,
            grain::UPRIGHT => x - 0.5 * scale,
            grain::DOTS => length(x - 2.0 * scale, y - 2.0 * scale) - scale,
            _ => lesser(x, y) - 0.5 * scale,
        };
        1.0 - (0.5 - edge_px).clamp(0.0, 1.0) * (self.grain >> 3) as f32 / 15.0
    }

    /// A triangle's own axes: x towards its tip, y across.
    fn tip_axes(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        match self.shape {
            shape::TRIANGLE_LEFT => [-x, -y],
            shape::TRIANGLE_DOWN => [y, -x],
            shape::TRIANGLE_UP => [-y, x],
            _ => [x, y],
        }
    }

    /// Outside a triangle's slanted sides and outside its base.
    fn triangle_distances(&self, at_px: [f32; 2]) -> [f32; 2] {
        let at = self.tip_axes(at_px);
        let half = self.tip_axes(self.half_px).map(f32::abs);
        let slant = ((at[0] - half[0]) * half[1] + at[1].abs() * 2.0 * half[0])
            / greater(length(2.0 * half[0], half[1]), 1e-6);
        [slant, -at[0] - half[0]]
    }

    /// Signed distance to the outline, negative inside.
    fn distance_px(&self, at_px: [f32; 2]) -> f32 {
        let [x, y] = at_px;
        let [half_x, half_y] = self.half_px;
        match self.shape {
            // The same as below where both halves are one, with a third of the work: most ellipses
            // are circles.
            shape::ELLIPSE if half_x == half_y => length(x.abs() + 1e-3, y.abs() + 1e-3) - half_x,
            shape::ELLIPSE => {
                let unit = [(x.abs() + 1e-3) / half_x, (y.abs() + 1e-3) / half_y];
                let size = length(unit[0], unit[1]);
                size * (size - 1.0) / length(unit[0] / half_x, unit[1] / half_y)
            }
            shape::DIAMOND => {
                (x.abs() * half_y + y.abs() * half_x - half_x * half_y)
                    / greater(length(half_x, half_y), 1e-6)
            }
            shape::TRIANGLE_RIGHT..=shape::TRIANGLE_UP => {
                let [slant, base] = self.triangle_distances(at_px);
                greater(slant, base)
            }
            _ => {
                let out_x = x.abs() - half_x + self.radius_px;
                let out_y = y.abs() - half_y + self.radius_px;
                length(greater(out_x, 0.0), greater(out_y, 0.0))
                    + lesser(greater(out_x, out_y), 0.0)
                    - self.radius_px
            }
        }
    }

    /// How far round the outline a point stands, clockwise, and the outline's length.
    fn round_px(&self, at_px: [f32; 2]) -> [f32; 2] {
        let [x, y] = at_px;
        let [w, h] = self.half_px;
        match self.shape {
            shape::ELLIPSE => {
                let outline = core::f32::consts::PI
                    * (3.0 * (w + h) - ((3.0 * w + h) * (w + 3.0 * h)).sqrt());
                [turn(x / w, y / h) * outline, outline]
            }
            shape::DIAMOND => {
                let side = greater(length(w, h), 1e-6);
                let part = ((x.abs() * w + (h - y.abs()) * h) / (side * side)).clamp(0.0, 1.0);
                let at = match (x >= 0.0, y < 0.0) {
                    (true, true) => part,
                    (true, false) => 2.0 - part,
                    (false, false) => 2.0 + part,
                    (false, true) => 4.0 - part,
                };
                [at * side, 4.0 * side]
            }
            shape::TRIANGLE_RIGHT..=shape::TRIANGLE_UP => {
                let [slant, base] = self.triangle_distances(at_px);
                let at = self.tip_axes(at_px);
                let half = self.tip_axes(self.half_px).map(f32::abs);
                let side = greater(length(2.0 * half[0], half[1]), 1e-6);
                let outline = 2.0 * side + 2.0 * half[1];
                if base > slant {
                    return [2.0 * side + half[1] - at[1], outline];
                }
                let part =
                    ((at[0] + half[0]) * 2.0 * half[0] + (half[1] - at[1].abs()) * half[1]) / side;
                [if at[1] < 0.0 { part } else { 2.0 * side - part }, outline]
            }
            _ => {
                let level = if y < 0.0 {
                    x + w
                } else {
                    3.0 * w + 2.0 * h - x
                };
                let upright = if x >= 0.0 {
                    2.0 * w + h + y
                } else {
                    4.0 * w + 3.0 * h - y
                };
                [
                    if y.abs() - h >= x.abs() - w {
                        level
                    } else {
                        upright
                    },
                    4.0 * w + 4.0 * h,
                ]
            }
        }
    }

    /// 4 CSS px drawn, 3 left out, stretched a little so that a whole number of dashes goes round
    /// the outline.
    fn dash(&self, at_px: [f32; 2]) -> f32 {
        let [along, outline] = self.round_px(at_px);
        let period = outline / greater((outline / (7.0 * self.scale) + 0.5).floor(), 1.0);
        let half_dash = period * (2.0 / 7.0);
        (0.5 - (wrapped(along, half_dash, period).abs() - half_dash)).clamp(0.0, 1.0)
    }
}

fn length(x: f32, y: f32) -> f32 {
    (x * x + y * y).sqrt()
}

/// The angle as a part of a turn, from 0 to 1: a polynomial, because atan2 is another function on
/// every GPU.
fn turn(x: f32, y: f32) -> f32 {
    use core::f32::consts::{FRAC_PI_2, PI, TAU};
    let (size_x, size_y) = (x.abs(), y.abs());
    let ratio = lesser(size_x, size_y) / greater(greater(size_x, size_y), 1e-6);
    let square = ratio * ratio;
    let mut angle =
        ((-0.046_496_473 * square + 0.159_314_22) * square - 0.327_622_77) * square * ratio + ratio;
    if size_y > size_x {
        angle = FRAC_PI_2 - angle;
    }
    if x < 0.0 {
        angle = PI - angle;
    }
    if y < 0.0 {
        angle = -angle;
    }
    angle / TAU + 0.5
}
