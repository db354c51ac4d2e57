//! Ribbons as the triangles that the GPU draws. The twin of `shaders/draw/ribbon.wgsl`: the same
//! vertices on the same grid, the same distances carried along, the same fill rule and the same
//! side kept.

use super::{Canvas, colour, greater, lesser, over, wrapped};
use crate::abi::{RIBBON_SEGMENTS, Ribbon, line};

const NODES: usize = RIBBON_SEGMENTS as usize + 1;
/// Vertices stand on a grid of 1/16 px.
const GRID: f32 = 16.0;

type Point = [f32; 2];

/// A vertex: its place in 1/16 px, and what is carried to the pixels (along and across in CSS px,
/// to the nearer end in device px).
#[derive(Clone, Copy, Default)]
struct Corner {
    at: [i64; 2],
    carried: [f32; 3],
}

pub(super) fn draw(ribbon: &Ribbon, scale: f32, canvas: &mut Canvas<'_>) {
    let mut sides = [[Corner::default(); 2]; NODES];
    let mut arc_css = 0.0;
    let mut before = point(ribbon, 0.0);
    for (node, pair) in sides.iter_mut().enumerate() {
        let on_css = point(ribbon, node as f32 * STEP);
        if ribbon.style >= line::LONG_DASH && node > 0 {
            arc_css += size(minus(on_css, before));
        }
        before = on_css;
        *pair = [-1.0, 1.0].map(|side| corner(ribbon, scale, node, side, arc_css));
    }
    for (near, far) in sides.iter().zip(sides.iter().skip(1)) {
        triangle(ribbon, scale, canvas, [near[0], far[0], near[1]]);
        triangle(ribbon, scale, canvas, [near[1], far[0], far[1]]);
    }
}

const STEP: f32 = 1.0 / RIBBON_SEGMENTS as f32;

/// The vertex shader.
fn corner(ribbon: &Ribbon, scale: f32, node: usize, side: f32, arc_css: f32) -> Corner {
    let t = node as f32 * STEP;
    let [x0, y0, ..] = ribbon.start_css;
    let [.., x3, y3] = ribbon.end_css;
    let on_css = point(ribbon, t);
    let room_css = room(ribbon, (t - STEP).max(0.0), side)
        .min(room(ribbon, t, side))
        .min(room(ribbon, (t + STEP).min(1.0), side));
    let mut v = speed(ribbon, t);
    if size(v) < 1e-3 {
        v = minus(
            point(ribbon, (t + STEP).min(1.0)),
            point(ribbon, (t - STEP).max(0.0)),
        );
    }
    let fast = size(v);
    let along = if fast >= 1e-6 {
        [v[0] / fast, v[1] / fast]
    } else {
        [1.0, 0.0]
    };
    let across = [-along[1], along[0]];

    let mut to_end_px = size(minus(on_css, [x0, y0])).min(size(minus(on_css, [x3, y3]))) * scale;
    let px_css = 1.0 / scale;
    let (first, last) = (node == 0, node + 1 == NODES);
    let beyond_css = if first {
        -px_css
    } else if last {
        px_css
    } else {
        0.0
    };
    let out_css = (reach(ribbon) + px_css).min(room_css) * side;
    let wish_px = [0, 1].map(|i| (on_css[i] + along[i] * beyond_css + across[i] * out_css) * scale);
    let grid = wish_px.map(|px| (px * GRID + 0.5).floor());
    let moved_css = [0, 1].map(|i| (grid[i] / GRID - wish_px[i]) * px_css);
    let past_css = beyond_css + dot(moved_css, along);
    if first {
        to_end_px = past_css * scale;
    } else if last {
        to_end_px = -past_css * scale;
    }
    Corner {
        at: grid.map(|cell| cell as i64),
        carried: [
            arc_css + past_css,
            out_css + dot(moved_css, across),
            to_end_px,
        ],
    }
}

/// How far a ribbon may reach to `side` without folding over itself and showing through twice:
/// somewhat less than the radius of curvature, because the pieces are straight.
fn room(ribbon: &Ribbon, t: f32, side: f32) -> f32 {
    let v = speed(ribbon, t);
    let a = bend(ribbon, t);
    let turning = (v[0] * a[1] - v[1] * a[0]) * side;
    let fast = size(v);
    if fast < 1e-3 || turning <= 0.0 {
        return 1e6;
    }
    (1.275 * fast * fast * fast / turning.max(1e-6)).min(1e6)
}

/// The fragment shader: the part of the pixel that is covered.
fn cover(ribbon: &Ribbon, scale: f32, [along, across, to_end_px]: [f32; 3]) -> f32 {
    let half_width = ribbon.half_width_css;
    let body = across.abs() - half_width;
    let mut most = lesser(2.0 * half_width * scale, 1.0);
    let edge = match ribbon.style {
        line::DOUBLE => {
            let line = lesser(half_width * 0.666_666_7, 1.5);
            most = lesser(line * scale, 1.0);
            (across.abs() - (half_width - line * 0.5)).abs() - line * 0.5
        }
        line::LONG_DASH => greater(body, wrapped(along, 6.0, 18.0).abs() - 6.0),
        line::SHORT_DASH => greater(body, wrapped(along, 2.0, 8.0).abs() - 2.0),
        line::DOTTED => {
            most *= most;
            size([
                wrapped(along, half_width, greater(6.0 * half_width, 4.0)),
                across,
            ]) - half_width
        }
        line::WAVE => {
            let slope = core::f32::consts::FRAC_PI_2 * sine(along / 8.0 + 0.25);
            (across - 2.0 * sine(along / 8.0)).abs() / (1.0 + slope * slope).sqrt() - half_width
        }
        line::TICKS => lesser(
            body,
            greater(
                wrapped(along, 5.0, 10.0).abs() - lesser(half_width, 0.75),
                across.abs() - 2.5,
            ),
        ),
        _ => body,
    };
    lesser(greater(0.5 - edge * scale, 0.0), most) * (0.5 + to_end_px).clamp(0.0, 1.0)
}

/// The sine of a part of a turn, to a thousandth: two parabolas, because `sin` is another function
/// on every GPU.
pub fn sine(turns: f32) -> f32 {
    let s = wrapped(turns, 0.0, 1.0) * 2.0;
    let bow = 4.0 * s * (1.0 - s.abs());
    0.225 * (bow * bow.abs() - bow) + bow
}

/// Fills a triangle whose corners go clockwise on the screen; one that a tight bend has turned over
/// is left out, as on the GPU.
fn triangle(ribbon: &Ribbon, scale: f32, canvas: &mut Canvas<'_>, [a, b, c]: [Corner; 3]) {
    let area = edge(a.at, b.at, c.at);
    if area <= 0 {
        return;
    }
    let fill = colour(ribbon.fill);
    let inverse = 1.0 / area as f32;
    let low = a.at[1].min(b.at[1]).min(c.at[1]);
    let high = a.at[1].max(b.at[1]).max(c.at[1]);
    let left = a.at[0].min(b.at[0]).min(c.at[0]);
    let right = a.at[0].max(b.at[0]).max(c.at[0]);
    // Weights at the centre of pixel 0 of a row; a centre on an edge belongs to the left or top
    // triangle.
    let edges = [(b, c), (c, a), (a, b)];
    for y in low.div_euclid(16).max(0)..(high.div_euclid(16) + 1).min(canvas.height as i64) {
        let mut span = [left.div_euclid(16), right.div_euclid(16) + 1];
        let mut starts = [0_i64; 3];
        let mut steps = [0_i64; 3];
        for ((p, q), (start, step)) in edges.iter().zip(starts.iter_mut().zip(&mut steps)) {
            *start = edge(p.at, q.at, [8, y * 16 + 8]);
            *step = 16 * (p.at[1] - q.at[1]);
            let top_left = p.at[1] > q.at[1] || (p.at[1] == q.at[1] && p.at[0] < q.at[0]);
            let least = if top_left { 0 } else { 1 };
            // start + x * step >= least
            if *step > 0 {
                span[0] = span[0].max((least - *start + *step - 1).div_euclid(*step));
            } else if *step < 0 {
                span[1] = span[1].min((*start - least).div_euclid(-*step) + 1);
            } else if *start < least {
                span[1] = span[0];
            }
        }
        let [from, to] = span.map(|x| x.clamp(0, i32::MAX.into()) as i32);
        let (from, cells) = canvas.row(y as i32, from, to);
        for (x, pixel) in (i64::from(from)..).zip(cells) {
            let [_, wb, wc] = [0, 1, 2].map(|i| (starts[i] + x * steps[i]) as f32 * inverse);
            let carried = [0, 1, 2].map(|i| {
                a.carried[i]
                    + (b.carried[i] - a.carried[i]) * wb
                    + (c.carried[i] - a.carried[i]) * wc
            });
            let alpha = fill[3] * cover(ribbon, scale, carried);
            over(
                pixel,
                [fill[0] * alpha, fill[1] * alpha, fill[2] * alpha, alpha],
            );
        }
    }
}

/// Twice the area of the triangle, positive when it goes clockwise on a screen whose y points down.
fn edge(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// How far from the curve anything is drawn, CSS px.
fn reach(ribbon: &Ribbon) -> f32 {
    match ribbon.style {
        line::WAVE => ribbon.half_width_css + 2.0,
        line::TICKS => ribbon.half_width_css.max(2.5),
        _ => ribbon.half_width_css,
    }
}

/// The point of the curve at a parameter from 0 to 1.
pub fn point(ribbon: &Ribbon, t: f32) -> Point {
    let ([x0, y0, x1, y1], [x2, y2, x3, y3]) = (ribbon.start_css, ribbon.end_css);
    let u = 1.0 - t;
    let [a, b, c, d] = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
    [
        x0 * a + x1 * b + x2 * c + x3 * d,
        y0 * a + y1 * b + y2 * c + y3 * d,
    ]
}

/// The derivative, divided by 3.
fn speed(ribbon: &Ribbon, t: f32) -> Point {
    let ([x0, y0, x1, y1], [x2, y2, x3, y3]) = (ribbon.start_css, ribbon.end_css);
    let u = 1.0 - t;
    let [a, b, c] = [u * u, 2.0 * u * t, t * t];
    [
        (x1 - x0) * a + (x2 - x1) * b + (x3 - x2) * c,
        (y1 - y0) * a + (y2 - y1) * b + (y3 - y2) * c,
    ]
}

/// The second derivative, divided by 6.
fn bend(ribbon: &Ribbon, t: f32) -> Point {
    let ([x0, y0, x1, y1], [x2, y2, x3, y3]) = (ribbon.start_css, ribbon.end_css);
    let u = 1.0 - t;
    [
        (x2 - x1 * 2.0 + x0) * u + (x3 - x2 * 2.0 + x1) * t,
        (y2 - y1 * 2.0 + y0) * u + (y3 - y2 * 2.0 + y1) * t,
    ]
}

fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1]]
}

fn dot(a: Point, b: Point) -> f32 {
    a[0] * b[0] + a[1] * b[1]
}

fn size(a: Point) -> f32 {
    dot(a, a).sqrt()
}
