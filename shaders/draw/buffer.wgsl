// WebGPU's way to marks and ribbons: the buffer that the kernels write.

@group(0) @binding(1) var<storage, read> rows: array<vec4<u32>>;

fn texel(index: u32) -> vec4<u32> {
    return rows[index];
}
