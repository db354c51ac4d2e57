// WebGL2's way to marks and ribbons: integer texels. Floats travel by bitcast, because a float texture may flush denormals and NaN.

@group(0) @binding(1) var rows: texture_2d<u32>;

fn texel(index: u32) -> vec4<u32> {
    return textureLoad(rows, vec2<i32>(vec2<u32>(index % frame.row_texels, index / frame.row_texels)), 0);
}
