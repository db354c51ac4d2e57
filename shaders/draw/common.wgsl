// What both drawing shaders share. No storage buffers, no derivatives, no instancing: the same text
// becomes GLSL ES 3.00.

@group(0) @binding(0) var<uniform> frame: Frame;
// Marks or ribbons as integer texels: floats travel by bitcast, because a float texture may flush denormals and NaN.
@group(0) @binding(1) var rows: texture_2d<u32>;

fn texel(index: u32) -> vec4<u32> {
    return textureLoad(rows, vec2<i32>(vec2<u32>(index % frame.row_texels, index / frame.row_texels)), 0);
}

// Four numbers of a place, x, y, x, y, from where the scene has them to where the reader sees them, CSS px.
fn seen_css(place_css: vec4<u32>) -> vec4<f32> {
    return bitcast<vec4<f32>>(place_css) * frame.window.xyxy + frame.window.zwzw;
}

fn colour(rgba: u32) -> vec4<f32> {
    return vec4<f32>(vec4<u32>(rgba, rgba >> 8u, rgba >> 16u, rgba >> 24u) & vec4<u32>(255u)) / 255.0;
}

// Device px from the top left to clip space. Rounded, because frame.size_css is the picture's whole
// px divided by the scale.
fn clip_from_px(at_px: vec2<f32>) -> vec4<f32> {
    let size_px = floor(frame.size_css * frame.scale + 0.5);
    return vec4<f32>(at_px.x * 2.0 / size_px.x - 1.0, 1.0 - at_px.y * 2.0 / size_px.y, 0.0, 1.0);
}

// How far `at` is from the nearest of the points centre + n * period, with its sign.
fn wrapped(at: f32, centre: f32, period: f32) -> f32 {
    return (fract((at - centre) / period + 0.5) - 0.5) * period;
}

// Premultiplied `under` with `ink` (straight alpha) over it where `part` says.
fn inked(under: vec4<f32>, ink: vec4<f32>, part: f32) -> vec4<f32> {
    let alpha = ink.a * part;
    return vec4<f32>(ink.rgb * alpha, alpha) + under * (1.0 - alpha);
}
