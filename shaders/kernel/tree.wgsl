// The specification is compute/src/kernel/tree.rs. Four passes:
//   blocks   an invocation a block of 64 leaves: what those that are shown are worth
//   spans    an invocation a span of 64 blocks
//   before   an invocation a block: what stands before each of its leaves
//   lay      an invocation a leaf: from the whole down to itself, and nobody waits for anybody

@group(0) @binding(0) var<uniform> params: Tree;
@group(0) @binding(1) var<storage, read> values: array<u32>;
@group(0) @binding(2) var<storage, read> codes: array<u32>;
@group(0) @binding(3) var<storage, read> shown: array<u32>;
@group(0) @binding(4) var<storage, read> groups: array<vec2<u32>>;
// Blocks, then spans.
@group(0) @binding(5) var<storage, read_write> sums: array<u32>;
@group(0) @binding(6) var<storage, read_write> prefix: array<u32>;
@group(0) @binding(7) var marks: texture_storage_2d<rgba32uint, write>;

const LEAVES: u32 = 0xffffffffu;

fn leaf_count() -> u32 {
    let held = min(min(arrayLength(&values), arrayLength(&codes)), arrayLength(&prefix) - 1u);
    return min(min(params.count, 2097152u), held);
}

fn block_count() -> u32 {
    return min((leaf_count() + 63u) / 64u, arrayLength(&sums));
}

fn worth(leaf: u32) -> u32 {
    let code = codes[leaf];
    if code / 32u >= arrayLength(&shown) {
        return 0u;
    }
    return select(0u, values[leaf], ((shown[code / 32u] >> (code % 32u)) & 1u) == 1u);
}

@compute @workgroup_size(256)
fn blocks(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= block_count() {
        return;
    }
    let end = min(id.x * 64u + 64u, leaf_count());
    var sum = 0u;
    for (var leaf = id.x * 64u; leaf < end; leaf = leaf + 1u) {
        sum = sum + worth(leaf);
    }
    sums[id.x] = sum;
}

@compute @workgroup_size(256)
fn spans(@builtin(global_invocation_id) id: vec3<u32>) {
    let first = id.x * 64u;
    if first >= block_count() || block_count() + id.x >= arrayLength(&sums) {
        return;
    }
    let end = min(first + 64u, block_count());
    var sum = 0u;
    for (var block = first; block < end; block = block + 1u) {
        sum = sum + sums[block];
    }
    sums[block_count() + id.x] = sum;
}

@compute @workgroup_size(256)
fn before(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= block_count() {
        return;
    }
    var sum = 0u;
    for (var span = 0u; span < id.x / 64u; span = span + 1u) {
        sum = sum + sums[min(block_count() + span, arrayLength(&sums) - 1u)];
    }
    for (var block = id.x - id.x % 64u; block < id.x; block = block + 1u) {
        sum = sum + sums[block];
    }
    let end = min(id.x * 64u + 64u, leaf_count());
    for (var leaf = id.x * 64u; leaf < end; leaf = leaf + 1u) {
        prefix[leaf] = sum;
        sum = sum + worth(leaf);
    }
    if end == leaf_count() {
        prefix[end] = sum;
    }
}

fn group_at(index: u32) -> vec2<u32> {
    if index < min(params.groups, arrayLength(&groups)) {
        return groups[index];
    }
    return vec2<u32>(leaf_count(), LEAVES);
}

// What stands before a child, which is a group or a leaf.
fn before_child(grouped: bool, child: u32) -> u32 {
    var leaf = child;
    if grouped {
        leaf = group_at(child).x;
    }
    return prefix[min(leaf, leaf_count())];
}

fn leaf_of(grouped: bool, child: u32) -> u32 {
    if grouped {
        return min(group_at(child).x, leaf_count());
    }
    return min(child, leaf_count());
}

fn share(part: u32, whole: u32) -> u32 {
    let low = 8u - min(countLeadingZeros(whole), 8u);
    var left = part >> low;
    let all = max(whole >> low, 1u);
    if left >= all {
        return 16777216u;
    }
    var digits = 0u;
    for (var digit = 0u; digit < 3u; digit = digit + 1u) {
        let next = (left << 8u) / all;
        digits = (digits << 8u) | next;
        left = (left << 8u) - next * all;
    }
    return digits;
}

fn cut(side: u32, share: u32) -> u32 {
    let a = side >> 12u;
    let b = side & 4095u;
    let c = share >> 12u;
    let d = share & 4095u;
    return a * c + ((a * d + b * c + ((b * d) >> 12u)) >> 12u);
}

@compute @workgroup_size(256)
fn lay(@builtin(global_invocation_id) id: vec3<u32>) {
    let leaf = id.x;
    let texels = textureDimensions(marks);
    if leaf >= min(leaf_count(), texels.x * texels.y / 2u) {
        return;
    }
    var rect = vec4<u32>(0u, 0u, min(params.size, vec2<u32>(16777215u)));
    var grouped = params.outer > 0u;
    var start = select(0u, params.first, grouped);
    var end = select(leaf_count(), select(start + params.outer, LEAVES, start + params.outer < start), grouped);
    var found = vec4<u32>(0u);
    var at_start = before_child(grouped, start);
    var at_end = before_child(grouped, end);
    // Every step takes away children or goes down a level; a tree has fewer than 64 levels, and
    // each halves what is left every other step. What is none ends too.
    for (var step = 0u; step < 8192u && end > start; step = step + 1u) {
        let total = at_end - at_start;
        if total == 0u {
            found = rect.xyxy;
            break;
        }
        if end - start == 1u {
            if !grouped {
                found = rect;
                break;
            }
            let group = group_at(start);
            let next = group_at(end);
            if group.y == LEAVES {
                grouped = false;
                end = min(next.x, leaf_count());
                start = min(group.x, leaf_count());
            } else {
                if group.y <= start {
                    break;
                }
                start = group.y;
                end = next.y;
            }
            at_start = before_child(grouped, start);
            at_end = before_child(grouped, end);
            continue;
        }
        let half = total / 2u;
        var middle = start + 1u;
        var beyond = end - 1u;
        while middle < beyond {
            let between = middle + (beyond - middle) / 2u;
            if before_child(grouped, between) - at_start < half {
                middle = between + 1u;
            } else {
                beyond = between;
            }
        }
        var part = before_child(grouped, middle) - at_start;
        let less = before_child(grouped, middle - 1u) - at_start;
        if middle - 1u > start && part > half && half - min(less, half) < part - half {
            middle = middle - 1u;
            part = less;
        }
        let portion = share(part, total);
        let first = leaf < leaf_of(grouped, middle);
        if rect.z - rect.x > rect.w - rect.y {
            let x = rect.x + cut(rect.z - rect.x, portion);
            if first {
                rect.z = x;
            } else {
                rect.x = x;
            }
        } else {
            let y = rect.y + cut(rect.w - rect.y, portion);
            if first {
                rect.w = y;
            } else {
                rect.y = y;
            }
        }
        if first {
            end = middle;
            at_end = at_start + part;
        } else {
            start = middle;
            at_start = at_start + part;
        }
    }
    let texel = leaf * 2u;
    let at = vec2<u32>(texel % texels.x, texel / texels.x);
    textureStore(marks, at, bitcast<vec4<u32>>(vec4<f32>(found) * (1.0 / 4096.0)));
}
