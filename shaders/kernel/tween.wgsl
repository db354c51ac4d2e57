// The specification is compute/src/kernel/tween.rs. One pass, an invocation a mark.

@group(0) @binding(0) var<uniform> params: Tween;
@group(0) @binding(1) var before: texture_2d<u32>;
@group(0) @binding(2) var after: texture_2d<u32>;
@group(0) @binding(3) var between: texture_storage_2d<rgba32uint, write>;

const WHOLE: u32 = 65536u;

fn room(size: vec2<u32>) -> u32 {
    return size.x * size.y / 2u;
}

fn put(index: u32, value: vec4<u32>) {
    let width = textureDimensions(between).x;
    textureStore(between, vec2<u32>(index % width, index / width), value);
}

fn settled(bits: vec4<u32>) -> vec4<u32> {
    return select(vec4<u32>(0u), bits, (bits & vec4<u32>(0x7f800000u)) != vec4<u32>(0u));
}

fn mixed(start: u32, end: u32, part: u32) -> u32 {
    let shifts = vec4<u32>(0u, 8u, 16u, 24u);
    let starts = (vec4<u32>(start) >> shifts) & vec4<u32>(255u);
    let ends = (vec4<u32>(end) >> shifts) & vec4<u32>(255u);
    let mix = ((starts * (WHOLE - part) + ends * part + WHOLE / 2u) / WHOLE) << shifts;
    return mix.x | mix.y | mix.z | mix.w;
}

@compute @workgroup_size(256)
fn tween(@builtin(global_invocation_id) id: vec3<u32>) {
    let index = id.x;
    let ends = min(room(textureDimensions(before)), room(textureDimensions(after)));
    let fits = min(ends, room(textureDimensions(between)));
    if index >= min(params.count, fits) {
        return;
    }
    let part = min(params.part, WHOLE);
    let from_width = textureDimensions(before).x;
    let to_width = textureDimensions(after).x;
    let texels = vec2<u32>(index * 2u, index * 2u + 1u);
    let from_rect = textureLoad(before, vec2<u32>(texels.x % from_width, texels.x / from_width), 0);
    let from_paint = textureLoad(before, vec2<u32>(texels.y % from_width, texels.y / from_width), 0);
    let to_rect = textureLoad(after, vec2<u32>(texels.x % to_width, texels.x / to_width), 0);
    let to_paint = textureLoad(after, vec2<u32>(texels.y % to_width, texels.y / to_width), 0);

    let start = bitcast<vec4<f32>>(settled(from_rect));
    let end = bitcast<vec4<f32>>(settled(to_rect));
    let on_the_way = settled(bitcast<vec4<u32>>(start + (end - start) * (f32(part) / f32(WHOLE))));
    // By bits: what a comparison with NaN says, nobody knows.
    let exponent = vec4<u32>(0x7f800000u);
    let finite = ((from_rect & exponent) != exponent) & ((to_rect & exponent) != exponent);
    var rect = select(to_rect, select(on_the_way, from_rect, vec4<bool>(part == 0u)), finite);
    if part == WHOLE {
        rect = to_rect;
    }
    put(texels.x, rect);
    let fill = mixed(from_paint.x, to_paint.x, part);
    let stroke = mixed(from_paint.y, to_paint.y, part);
    put(texels.y, vec4<u32>(fill, stroke, to_paint.z, to_paint.w));
}
