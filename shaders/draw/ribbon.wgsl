// Ribbons: a cubic in RIBBON_SEGMENTS straight pieces of six vertices; neighbours share their
// vertices to the bit, so there is no seam.
// Its twin is compute/src/raster/ribbon.rs: the same formulas in the same order.

struct RibbonVertex {
    @builtin(position) clip: vec4<f32>,
    // Along the curve and across it, CSS px; to the nearer end of the curve, device px.
    @location(0) at: vec3<f32>,
    @location(1) @interpolate(flat) fill: vec4<f32>,
    // Half of the width in CSS px, device px per CSS px.
    @location(2) @interpolate(flat) measure: vec2<f32>,
    @location(3) @interpolate(flat) form: u32,
}

fn point_css(start: vec4<f32>, end: vec4<f32>, t: f32) -> vec2<f32> {
    let u = 1.0 - t;
    return start.xy * (u * u * u) + start.zw * (3.0 * u * u * t) + end.xy * (3.0 * u * t * t) + end.zw * (t * t * t);
}

// The derivative, divided by 3.
fn speed_css(start: vec4<f32>, end: vec4<f32>, t: f32) -> vec2<f32> {
    let u = 1.0 - t;
    return (start.zw - start.xy) * (u * u) + (end.xy - start.zw) * (2.0 * u * t) + (end.zw - end.xy) * (t * t);
}

// The second derivative, divided by 6.
fn bend_css(start: vec4<f32>, end: vec4<f32>, t: f32) -> vec2<f32> {
    return (end.xy - start.zw * 2.0 + start.xy) * (1.0 - t) + (end.zw - end.xy * 2.0 + start.zw) * t;
}

fn cross2(a: vec2<f32>, b: vec2<f32>) -> f32 {
    return a.x * b.y - a.y * b.x;
}

// How far a ribbon may reach to `side` without folding over itself and showing through twice:
// somewhat less than the radius of curvature,
// because the pieces are straight.
fn room_css(start: vec4<f32>, end: vec4<f32>, t: f32, side: f32) -> f32 {
    let speed = speed_css(start, end, t);
    let turning = cross2(speed, bend_css(start, end, t)) * side;
    let size = length(speed);
    if size < 1e-3 || turning <= 0.0 {
        return 1e6;
    }
    return min(1.275 * size * size * size / max(turning, 1e-6), 1e6);
}

// How far from the curve anything is drawn.
fn reach_css(form: u32, half_width_css: f32) -> f32 {
    if form == LINE_WAVE {
        return half_width_css + 2.0;
    }
    if form == LINE_TICKS {
        return max(half_width_css, 2.5);
    }
    return half_width_css;
}

@vertex
fn vertex(@builtin(vertex_index) vertex_index: u32) -> RibbonVertex {
    let index = vertex_index / (6u * RIBBON_SEGMENTS);
    let segment = (vertex_index / 6u) % RIBBON_SEGMENTS;
    let corner = vertex_index % 6u;
    let start = seen_css(texel(index * 3u));
    let end = seen_css(texel(index * 3u + 1u));
    let paint = texel(index * 3u + 2u);
    let half_width_css = bitcast<f32>(paint.x);
    let form = paint.z;
    let scale = frame.scale;

    let node = segment + select(0u, 1u, corner == 1u || corner >= 4u);
    let side = select(-1.0, 1.0, corner == 2u || corner == 3u || corner == 5u);
    let step = 1.0 / f32(RIBBON_SEGMENTS);
    let t = f32(node) * step;
    let on_css = point_css(start, end, t);
    let earlier = max(t - step, 0.0);
    let later = min(t + step, 1.0);
    let here = min(room_css(start, end, earlier, side), room_css(start, end, t, side));
    let room = min(here, room_css(start, end, later, side));
    var speed = speed_css(start, end, t);
    if length(speed) < 1e-3 {
        speed = point_css(start, end, later) - point_css(start, end, earlier);
    }
    let size = length(speed);
    var along = vec2<f32>(1.0, 0.0);
    if size >= 1e-6 {
        along = speed / size;
    }
    let across = vec2<f32>(-along.y, along.x);

    var arc_css = 0.0;
    if form >= LINE_LONG_DASH {
        var before = start.xy;
        for (var k = 1u; k <= node; k = k + 1u) {
            let next = point_css(start, end, f32(k) * step);
            arc_css = arc_css + length(next - before);
            before = next;
        }
    }
    var to_end_px = min(length(on_css - start.xy), length(on_css - end.zw)) * scale;
    // One px beyond both ends and both sides, for the soft edge.
    let px_css = 1.0 / scale;
    var beyond_css = 0.0;
    if node == 0u {
        beyond_css = -px_css;
    }
    if node == RIBBON_SEGMENTS {
        beyond_css = px_css;
    }
    let out_css = min(reach_css(form, half_width_css) + px_css, room) * side;
    // On a grid of 1/16 px every rasteriser agrees; what the snap moves is put back into the distances.
    let wish_px = (on_css + along * beyond_css + across * out_css) * scale;
    let here_px = floor(wish_px * 16.0 + 0.5) * 0.0625;
    let moved_css = (here_px - wish_px) * px_css;
    let past_css = beyond_css + dot(moved_css, along);
    if node == 0u {
        to_end_px = past_css * scale;
    }
    if node == RIBBON_SEGMENTS {
        to_end_px = -past_css * scale;
    }

    var out: RibbonVertex;
    out.clip = clip_from_px(here_px);
    out.at = vec3<f32>(arc_css + past_css, out_css + dot(moved_css, across), to_end_px);
    out.fill = colour(paint.y);
    out.measure = vec2<f32>(half_width_css, scale);
    out.form = form;
    return out;
}

// The sine of a part of a turn, to a thousandth: two parabolas, because `sin` is another function on every GPU.
fn sine(turns: f32) -> f32 {
    let s = wrapped(turns, 0.0, 1.0) * 2.0;
    let bow = 4.0 * s * (1.0 - abs(s));
    return 0.225 * (bow * abs(bow) - bow) + bow;
}

@fragment
fn fragment(ribbon: RibbonVertex) -> @location(0) vec4<f32> {
    let along = ribbon.at.x;
    let across = ribbon.at.y;
    let half_width = ribbon.measure.x;
    let scale = ribbon.measure.y;
    let body = abs(across) - half_width;
    // A line thinner than a px covers no more of it than it is wide.
    var most = min(1.0, 2.0 * half_width * scale);
    var edge = body;
    if ribbon.form == LINE_DOUBLE {
        let line = min(half_width * 0.6666667, 1.5);
        edge = abs(abs(across) - (half_width - line * 0.5)) - line * 0.5;
        most = min(1.0, line * scale);
    }
    if ribbon.form == LINE_LONG_DASH {
        edge = max(body, abs(wrapped(along, 6.0, 18.0)) - 6.0);
    }
    if ribbon.form == LINE_SHORT_DASH {
        edge = max(body, abs(wrapped(along, 2.0, 8.0)) - 2.0);
    }
    if ribbon.form == LINE_DOTTED {
        edge = length(vec2<f32>(wrapped(along, half_width, max(6.0 * half_width, 4.0)), across)) - half_width;
        most = most * most;
    }
    if ribbon.form == LINE_WAVE {
        let slope = 1.5707964 * sine(along / 8.0 + 0.25);
        edge = abs(across - 2.0 * sine(along / 8.0)) / sqrt(1.0 + slope * slope) - half_width;
    }
    if ribbon.form == LINE_TICKS {
        edge = min(body, max(abs(wrapped(along, 5.0, 10.0)) - min(half_width, 0.75), abs(across) - 2.5));
    }
    let alpha = ribbon.fill.a * clamp(0.5 - edge * scale, 0.0, most) * clamp(0.5 + ribbon.at.z, 0.0, 1.0);
    return vec4<f32>(ribbon.fill.rgb * alpha, alpha);
}
