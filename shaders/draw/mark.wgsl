// Marks: six vertices each, pulled from the texture; the edge is antialiased by the signed distance to it.
// Its twin is compute/src/raster/mark.rs with outline.rs beside it: the same formulas in the same order.

struct MarkVertex {
    @builtin(position) clip: vec4<f32>,
    // From the mark's centre, device px.
    @location(0) at_px: vec2<f32>,
    @location(1) @interpolate(flat) half_px: vec2<f32>,
    @location(2) @interpolate(flat) fill: vec4<f32>,
    @location(3) @interpolate(flat) stroke: vec4<f32>,
    // Stroke width and corner radius in device px, the most that a pixel may be covered, device px per CSS px.
    @location(4) @interpolate(flat) measure: vec4<f32>,
    // Shape, pattern, dashed, grain with its strength.
    @location(5) @interpolate(flat) kind: vec4<u32>,
}

@vertex
fn vertex(@builtin(vertex_index) vertex_index: u32) -> MarkVertex {
    let index = vertex_index / 6u;
    let corner = vertex_index % 6u;
    let rect_px = seen_css(texel(index * 2u)) * frame.scale;
    let paint = texel(index * 2u + 1u);
    let style = paint.z;
    // Whole px, one beyond the edge: positions on the px grid are exact in every rasteriser, so `at_px` is too.
    let low_px = floor(rect_px.xy - 1.0);
    let high_px = ceil(rect_px.zw + 1.0);
    let far = vec2<bool>(corner == 1u || corner >= 4u, corner == 2u || corner == 3u || corner == 5u);
    let here_px = select(low_px, high_px, far);
    let half_px = (rect_px.zw - rect_px.xy) * 0.5;
    // A mark thinner than a px covers no more of it than it is wide.
    let most = min(1.0, 2.0 * half_px.x) * min(1.0, 2.0 * half_px.y);

    var out: MarkVertex;
    out.clip = clip_from_px(here_px);
    out.at_px = here_px - (rect_px.xy + rect_px.zw) * 0.5;
    out.half_px = half_px;
    out.fill = colour(paint.x);
    out.stroke = colour(paint.y);
    out.measure = vec4<f32>(
        f32((style >> 8u) & 255u) * 0.25 * frame.scale,
        min(f32((style >> 16u) & 255u) * 0.25 * frame.scale, min(half_px.x, half_px.y)),
        most,
        frame.scale,
    );
    out.kind = vec4<u32>(style & 15u, (style >> 4u) & 15u, (style >> 24u) & 1u, style >> 25u);
    return out;
}

// A triangle's own axes: x towards its tip, y across.
fn tip_axes(shape: u32, at: vec2<f32>) -> vec2<f32> {
    if shape == SHAPE_TRIANGLE_LEFT {
        return vec2<f32>(-at.x, -at.y);
    }
    if shape == SHAPE_TRIANGLE_DOWN {
        return vec2<f32>(at.y, -at.x);
    }
    if shape == SHAPE_TRIANGLE_UP {
        return vec2<f32>(-at.y, at.x);
    }
    return at;
}

fn is_triangle(shape: u32) -> bool {
    return shape >= SHAPE_TRIANGLE_RIGHT && shape <= SHAPE_TRIANGLE_UP;
}

// Outside a triangle's slanted sides and outside its base, device px.
fn triangle_distances(shape: u32, at_px: vec2<f32>, half_px: vec2<f32>) -> vec2<f32> {
    let at = tip_axes(shape, at_px);
    let half = abs(tip_axes(shape, half_px));
    let side = max(length(vec2<f32>(2.0 * half.x, half.y)), 1e-6);
    let slant = ((at.x - half.x) * half.y + abs(at.y) * 2.0 * half.x) / side;
    return vec2<f32>(slant, -at.x - half.x);
}

// Signed distance to the outline, device px, negative inside.
fn distance_px(shape: u32, at_px: vec2<f32>, half_px: vec2<f32>, radius_px: f32) -> f32 {
    if shape == SHAPE_ELLIPSE {
        // Exact for a circle, exact to first order at the edge of an ellipse. The bias keeps the centre from 0 / 0.
        let unit = (abs(at_px) + 1e-3) / half_px;
        let slope = unit / half_px;
        return length(unit) * (length(unit) - 1.0) / length(slope);
    }
    if shape == SHAPE_DIAMOND {
        let over = abs(at_px.x) * half_px.y + abs(at_px.y) * half_px.x - half_px.x * half_px.y;
        return over / max(length(half_px), 1e-6);
    }
    if is_triangle(shape) {
        let sides = triangle_distances(shape, at_px, half_px);
        return max(sides.x, sides.y);
    }
    let out_px = abs(at_px) - half_px + radius_px;
    return length(max(out_px, vec2<f32>(0.0))) + min(max(out_px.x, out_px.y), 0.0) - radius_px;
}

// The angle of `at` as a part of a turn, from 0 to 1: a polynomial, because atan2 is another function on every GPU.
fn turn(at: vec2<f32>) -> f32 {
    let size = abs(at);
    let ratio = min(size.x, size.y) / max(max(size.x, size.y), 1e-6);
    let square = ratio * ratio;
    var angle = ((-0.0464964749 * square + 0.15931422) * square - 0.327622764) * square * ratio + ratio;
    angle = select(angle, 1.5707964 - angle, size.y > size.x);
    angle = select(angle, 3.1415927 - angle, at.x < 0.0);
    angle = select(angle, -angle, at.y < 0.0);
    return angle / 6.2831855 + 0.5;
}

// How far round the outline a point stands, clockwise, and the outline's length, device px.
fn round_px(shape: u32, at_px: vec2<f32>, half_px: vec2<f32>) -> vec2<f32> {
    if shape == SHAPE_ELLIPSE {
        let a = half_px.x;
        let b = half_px.y;
        let outline_px = 3.1415927 * (3.0 * (a + b) - sqrt((3.0 * a + b) * (a + 3.0 * b)));
        return vec2<f32>(turn(at_px / half_px) * outline_px, outline_px);
    }
    if shape == SHAPE_DIAMOND {
        let side_px = max(length(half_px), 1e-6);
        // 0 at the top and bottom tips, 1 at the left and right ones.
        let along = abs(at_px.x) * half_px.x + (half_px.y - abs(at_px.y)) * half_px.y;
        let part = clamp(along / (side_px * side_px), 0.0, 1.0);
        let right = select(2.0 - part, part, at_px.y < 0.0);
        let left = select(2.0 + part, 4.0 - part, at_px.y < 0.0);
        return vec2<f32>(select(left, right, at_px.x >= 0.0), 4.0) * side_px;
    }
    if is_triangle(shape) {
        let sides = triangle_distances(shape, at_px, half_px);
        let at = tip_axes(shape, at_px);
        let half = abs(tip_axes(shape, half_px));
        let side_px = max(length(vec2<f32>(2.0 * half.x, half.y)), 1e-6);
        let outline_px = 2.0 * side_px + 2.0 * half.y;
        if sides.y > sides.x {
            return vec2<f32>(2.0 * side_px + half.y - at.y, outline_px);
        }
        let part_px = ((at.x + half.x) * 2.0 * half.x + (half.y - abs(at.y)) * half.y) / side_px;
        return vec2<f32>(select(2.0 * side_px - part_px, part_px, at.y < 0.0), outline_px);
    }
    let out_px = abs(at_px) - half_px;
    let w = half_px.x;
    let h = half_px.y;
    let level = select(3.0 * w + 2.0 * h - at_px.x, at_px.x + w, at_px.y < 0.0);
    let upright = select(4.0 * w + 3.0 * h - at_px.y, 2.0 * w + h + at_px.y, at_px.x >= 0.0);
    return vec2<f32>(select(upright, level, out_px.y >= out_px.x), 4.0 * w + 4.0 * h);
}

// 4 CSS px drawn, 3 left out, stretched a little so that a whole number of dashes goes round the outline.
fn dash(shape: u32, at_px: vec2<f32>, half_px: vec2<f32>, scale: f32) -> f32 {
    let along_px = round_px(shape, at_px, half_px);
    let period_px = along_px.y / max(floor(along_px.y / (7.0 * scale) + 0.5), 1.0);
    let half_dash_px = period_px * (2.0 / 7.0);
    return clamp(0.5 - (abs(wrapped(along_px.x, half_dash_px, period_px)) - half_dash_px), 0.0, 1.0);
}

// How much of the fill the grain leaves.
fn grained(grain: u32, at_px: vec2<f32>, scale: f32) -> f32 {
    let kind = grain & 7u;
    // From the nearest line, or from where two would cross and back.
    let far_px = abs(fract(at_px * 0.25 / scale + 0.5) - 0.5) * 4.0 * scale;
    let upright_px = select(far_px.x, far_px.y, kind == GRAIN_LEVEL);
    let level_px = select(far_px.y, far_px.x, kind == GRAIN_UPRIGHT);
    var edge_px = min(upright_px, level_px) - 0.5 * scale;
    if kind == GRAIN_DOTS {
        edge_px = length(far_px - 2.0 * scale) - scale;
    }
    return 1.0 - clamp(0.5 - edge_px, 0.0, 1.0) * f32(grain >> 3u) / 15.0;
}

// `drawn`: how much of the stroke there is here.
fn shaded(mark: MarkVertex, drawn: f32) -> vec4<f32> {
    let scale = mark.measure.w;
    let edge_px = distance_px(mark.kind.x, mark.at_px, mark.half_px, mark.measure.y);
    var fill = mark.fill.a;
    if mark.kind.y == PATTERN_SOFT {
        fill = fill * clamp(-edge_px / max(min(3.0 * scale, min(mark.half_px.x, mark.half_px.y)), 1e-3), 0.0, 1.0);
    }
    if (mark.kind.w & 7u) != GRAIN_PLAIN && (mark.kind.x != SHAPE_RECT || edge_px > -f32(GRAIN_RIM_CSS) * scale) {
        fill = fill * grained(mark.kind.w, mark.at_px, scale);
    }
    var ink = vec4<f32>(mark.fill.rgb * fill, fill);
    if mark.kind.y == PATTERN_HATCH {
        let from_corner_px = mark.at_px + mark.half_px;
        let across_px = (from_corner_px.x + from_corner_px.y) * 0.70710677;
        let period_px = f32(HATCH_PERIOD_CSS) * scale;
        let away_px = abs(wrapped(across_px, 0.5 * period_px, period_px));
        let line = clamp(0.5 - (away_px - 0.625 * scale), 0.0, 1.0);
        ink = inked(ink, mark.stroke, line);
    }
    if mark.measure.x > 0.0 {
        ink = inked(ink, mark.stroke, drawn * (1.0 - clamp(0.5 - (edge_px + mark.measure.x), 0.0, 1.0)));
    }
    return ink * clamp(0.5 - edge_px, 0.0, mark.measure.z);
}

// Marks without dashes. Dashes cost as much as all the rest, and a software GPU takes every branch for every pixel.
@fragment
fn fragment(mark: MarkVertex) -> @location(0) vec4<f32> {
    return shaded(mark, 1.0);
}

// Any marks.
@fragment
fn dashed(mark: MarkVertex) -> @location(0) vec4<f32> {
    return shaded(mark, select(1.0, dash(mark.kind.x, mark.at_px, mark.half_px, mark.measure.w), mark.kind.z == 1u));
}
