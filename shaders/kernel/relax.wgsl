// The specification is compute/src/kernel/relax.rs. One pass, an invocation a node; whoever calls
// swaps the two lists of tops and calls again.

@group(0) @binding(0) var<uniform> params: Relax;
@group(0) @binding(1) var<storage, read> nodes: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read> starts: array<u32>;
@group(0) @binding(3) var<storage, read> links: array<vec2<u32>>;
@group(0) @binding(4) var<storage, read> tops: array<u32>;
@group(0) @binding(5) var<storage, read_write> next_tops: array<u32>;

fn node_count() -> u32 {
    return min(min(params.count, arrayLength(&nodes)), min(arrayLength(&tops), arrayLength(&next_tops)));
}

fn height(node: u32) -> u32 {
    return min(nodes[node].y, 65535u);
}

fn top(node: u32) -> u32 {
    return min(tops[node], 65535u);
}

fn middle(node: u32) -> u32 {
    if node >= node_count() {
        return 0u;
    }
    return min(top(node) + height(node) / 2u, 65535u);
}

fn over(above: u32, below: u32) -> i32 {
    return (max(i32(top(above) + height(above) + min(params.gap, 65535u)) - i32(top(below)), 0) + 1) >> 1u;
}

@compute @workgroup_size(256)
fn relax(@builtin(global_invocation_id) id: vec3<u32>) {
    let node = id.x;
    if node >= node_count() || node + 1u >= arrayLength(&starts) {
        return;
    }
    let start = starts[node];
    // A list that is not there has no links.
    let end = select(starts[node + 1u], start, starts[node + 1u] > arrayLength(&links));
    var sum = 0u;
    for (var link = start; link < end; link = link + 1u) {
        sum = sum + middle(links[link].x) * min(links[link].y, 65536u);
    }
    var place = i32(top(node));
    if end > start {
        place = place + (((i32(sum >> 16u) - i32(middle(node))) * i32(min(params.pull, 256u))) >> 8u);
    }
    let column = nodes[node].x;
    if node > 0u && nodes[max(node, 1u) - 1u].x == column {
        place = place + over(max(node, 1u) - 1u, node);
    }
    if node + 1u < node_count() && nodes[min(node + 1u, node_count() - 1u)].x == column {
        place = place - over(node, node + 1u);
    }
    let most = min(params.height, 65535u);
    next_tops[node] = u32(clamp(place, 0, i32(most - min(height(node), most))));
}
