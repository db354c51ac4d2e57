//! Marks, pixel by pixel. The twin of `shaders/draw/mark.wgsl`: the same formulas in the same
//! order; what is known to be inside is filled without asking for the distance.

use super::outline::length;
use super::{Canvas, colour, fract, greater, inked, lesser, over, wrapped};
use crate::abi::{Mark, grain, is_dashed, pattern, shape};

/// Farther out than any edge of a mark that can be told from another; sums of px beyond it would
/// not fit.
const FAR_PX: f32 = 1e8;
/// Colours of a rim that are kept from row to row.
const RIM: usize = 8;

/// What the vertex shader hands to the fragment shader, device px.
pub(super) struct Shape {
    pub(super) half_px: [f32; 2],
    fill: [f32; 4],
    stroke: [f32; 4],
    stroke_px: f32,
    pub(super) radius_px: f32,
    most: f32,
    pub(super) scale: f32,
    pub(super) shape: u32,
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
    let edges = mark
        .rect_css
        .map(|css| (css * scale).clamp(-FAR_PX, FAR_PX));
    // A plain rectangle between whole px covers each of them wholly: thousands of them are a
    // picture of density.
    if mark.style == 0 && mark.fill >> 24 == 255 && edges.iter().all(|edge| edge.fract() == 0.0) {
        return whole(edges, mark.fill, canvas);
    }
    let [left, top, right, bottom] = edges;
    let half_px = [(right - left) * 0.5, (bottom - top) * 0.5];
    let centre_px = [(left + right) * 0.5, (top + bottom) * 0.5];
    let most = lesser(2.0 * half_px[0], 1.0) * lesser(2.0 * half_px[1], 1.0);
    if mark.style == 0 {
        return plain(half_px, centre_px, most, mark.fill, canvas);
    }
    Shape::of(mark, scale, half_px, most).paint(edges, centre_px, canvas);
}

/// A rectangle of one opaque colour between whole px.
#[inline(always)]
fn whole(edges: [f32; 4], fill: u32, canvas: &mut Canvas<'_>) {
    let [r, g, b, _] = fill.to_le_bytes();
    // What is less than nothing becomes 0 here.
    let [left, top, right, bottom] = edges.map(|edge| edge as usize);
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
    #[inline(always)]
    fn of(mark: &Mark, scale: f32, half_px: [f32; 2], most: f32) -> Self {
        let style = mark.style;
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
        Self {
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
        }
    }

    /// Paints it row by row; `edges` are those of its rectangle, device px.
    #[inline(always)]
    fn paint(&self, edges: [f32; 4], centre_px: [f32; 2], canvas: &mut Canvas<'_>) {
        let [left, top, right, bottom] = edges;
        // A rectangle covers nothing of the ring of px that the GPU's quad adds; the tips of other
        // shapes may.
        let ring = if self.shape == shape::ELLIPSE || self.is_pointed() {
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
        for y in rows[0]..rows[1] {
            let at_y = y as f32 + 0.5 - centre_px[1];
            // What lies beyond the outline of an ellipse by more than a px is nothing.
            let spare = if self.shape == shape::ELLIPSE {
                self.spare_px(at_y)
            } else {
                0
            };
            let (start, cells) = canvas.row(y, columns[0] + spare, columns[1] - spare);
            let (ink, [low, high], between) = self.run(at_y);
            let (mut from, mut to) = (cells.len(), cells.len());
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
                    self.rim(cells, x, at_y);
                    continue;
                };
                if !known {
                    self.inks(inks, x, at_y);
                }
                cells
                    .iter_mut()
                    .zip(inks)
                    .for_each(|(pixel, ink)| over(pixel, *ink));
            }
            known |= between;
            if ink[3] >= 1.0 {
                inside.fill(ink.map(|c| (c * 255.0 + 0.5) as u8));
            } else if ink[3] > 0.0 {
                inside.iter_mut().for_each(|pixel| over(pixel, ink));
            }
        }
    }

    /// The part of the row at `y` from the centre that is certainly plain fill, else the part that
    /// is of one colour: that colour, premultiplied, from where to where, and whether the rim beside
    /// it is the same in every row.
    #[inline(always)]
    fn run(&self, y: f32) -> ([f32; 4], [f32; 2], bool) {
        let [r, g, b, alpha] = self.fill;
        let [low, high] = self.plain_run(y);
        if low < high {
            let plain = [r * alpha, g * alpha, b * alpha, alpha];
            return (plain, [low, high], self.bare);
        }
        let [low, high] = self.level_run(y);
        let mut one = [[0.0; 4]];
        if low < high {
            self.inks(&mut one, 0.0, y);
        }
        let [ink] = one;
        (ink, [low, high], false)
    }

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
            let period_px = pattern::HATCH_PERIOD_CSS as f32 * self.scale;
            let away_px = wrapped(across_px, 0.5 * period_px, period_px).abs();
            let line = 0.5 - (away_px - 0.625 * self.scale);
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
}
