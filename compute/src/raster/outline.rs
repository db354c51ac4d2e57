//! Distances of a pixel to the outline of a mark, and along it. A part of the twin of
//! `shaders/draw/mark.wgsl`: the same formulas in the same order.

use super::mark::Shape;
use super::{greater, lesser, wrapped};
use crate::abi::shape;

impl Shape {
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
    pub(super) fn distance_px(&self, at_px: [f32; 2]) -> f32 {
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
    pub(super) fn dash(&self, at_px: [f32; 2]) -> f32 {
        let [along, outline] = self.round_px(at_px);
        let period = outline / greater((outline / (7.0 * self.scale) + 0.5).floor(), 1.0);
        let half_dash = period * (2.0 / 7.0);
        (0.5 - (wrapped(along, half_dash, period).abs() - half_dash)).clamp(0.0, 1.0)
    }
}

pub(super) fn length(x: f32, y: f32) -> f32 {
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
