// The specification is compute/src/kernel/cull.rs. Four passes, one after the other:
//   see      an invocation a word of 32 marks: a bit for each that is drawn, sums of those that are too small
//   tally    an invocation a block of 32 words: bits of the cells, and how many are drawn
//   base     an invocation a block: how many are drawn before each word; the first one writes the
//            arguments of the draws
//   place    an invocation a bit: moves its mark to its place; leaves the cells empty for the next frame
// Words of marks come first, those of cells after them. `cells` holds zeros before and after.

@group(0) @binding(0) var<uniform> view: Cull;
@group(0) @binding(1) var marks: texture_2d<u32>;
// Bits, and how many bits there are in the words before.
@group(0) @binding(2) var<storage, read_write> words: array<vec2<u32>>;
@group(0) @binding(3) var<storage, read_write> blocks: array<u32>;
@group(0) @binding(4) var<storage, read_write> cells: array<atomic<u32>>;
@group(0) @binding(5) var<storage, read_write> draws: array<u32, 8>;
@group(0) @binding(6) var seen_marks: texture_storage_2d<rgba32uint, write>;

const FAR_BITS: u32 = 0x5368d4a5u; // 1e12
const FULL: u32 = CELL_CSS * CELL_CSS * 16u;

fn texel(index: u32) -> vec4<u32> {
    let width = textureDimensions(marks).x;
    return textureLoad(marks, vec2<u32>(index % width, index / width), 0);
}

fn mark_count() -> u32 {
    let size = textureDimensions(marks);
    return min(min(view.count, 2097152u), size.x * size.y / 2u);
}

fn cell_count() -> u32 {
    let size = view.cells;
    if size.x == 0u || size.y > 1048576u / size.x {
        return 0u;
    }
    return min(size.x * size.y, arrayLength(&cells) / 5u);
}

fn mark_words() -> u32 {
    return (mark_count() + 31u) / 32u;
}

fn word_count() -> u32 {
    return min(mark_words() + (cell_count() + 31u) / 32u, arrayLength(&words));
}

fn block_count() -> u32 {
    return min((word_count() + 31u) / 32u, arrayLength(&blocks));
}

// What is not finite has no place; what is nearer to nothing than a normal number is nothing. By
// bits: comparisons with NaN may be anything.
fn known(bits: vec4<u32>) -> bool {
    return all((bits & vec4<u32>(0x7fffffffu)) <= vec4<u32>(FAR_BITS));
}

fn settled(bits: vec4<u32>) -> vec4<f32> {
    return bitcast<vec4<f32>>(select(vec4<u32>(0u), bits, (bits & vec4<u32>(0x7f800000u)) != vec4<u32>(0u)));
}

fn quarters(css: f32) -> u32 {
    return u32(clamp(css * 4.0, 0.0, 3.0)) + 1u;
}

fn cell_place(ends: f32, origin: f32, zoom: f32, count: u32) -> u32 {
    let css = (ends * 0.5 - origin) * zoom;
    return u32(clamp(css * (1.0 / f32(CELL_CSS)), 0.0, f32(max(count, 1u) - 1u)));
}

fn add(cell: u32, area: u32, colours: vec4<u32>) {
    if area > 0u && cell < cell_count() {
        atomicAdd(&cells[cell * 5u], area);
        atomicAdd(&cells[cell * 5u + 1u], colours.x);
        atomicAdd(&cells[cell * 5u + 2u], colours.y);
        atomicAdd(&cells[cell * 5u + 3u], colours.z);
        atomicAdd(&cells[cell * 5u + 4u], colours.w);
    }
}

@compute @workgroup_size(256)
fn see(@builtin(global_invocation_id) id: vec3<u32>) {
    let word = id.x;
    if word >= min(mark_words(), arrayLength(&words)) {
        return;
    }
    let end = min(word * 32u + 32u, mark_count());
    var bits = 0u;
    // Neighbours are often in one cell: they are added together.
    var last_cell = 0u;
    var area_sum = 0u;
    var colour_sum = vec4<u32>(0u);
    for (var index = word * 32u; index < end; index = index + 1u) {
        let raw = texel(index * 2u);
        let rect = settled(raw);
        let meets = known(raw)
            && rect.z > rect.x
            && rect.w > rect.y
            && rect.z > view.seen.x
            && rect.x < view.seen.z
            && rect.w > view.seen.y
            && rect.y < view.seen.w;
        if !meets {
            continue;
        }
        let size = rect.zw - rect.xy;
        if size.x < view.least.x && size.y < view.least.y {
            let area = quarters(size.x * view.zoom.x) * quarters(size.y * view.zoom.y);
            let column = cell_place(rect.x + rect.z, view.origin.x, view.zoom.x, view.cells.x);
            let line = cell_place(rect.y + rect.w, view.origin.y, view.zoom.y, view.cells.y);
            let cell = column + view.cells.x * line;
            if cell != last_cell {
                add(last_cell, area_sum, colour_sum);
                last_cell = cell;
                area_sum = 0u;
                colour_sum = vec4<u32>(0u);
            }
            let fill = texel(index * 2u + 1u).x;
            area_sum = area_sum + area;
            let channels = vec4<u32>(fill, fill >> 8u, fill >> 16u, fill >> 24u) & vec4<u32>(255u);
            colour_sum = colour_sum + area * (channels >> vec4<u32>(1u));
        } else {
            bits = bits | (1u << (index % 32u));
        }
    }
    add(last_cell, area_sum, colour_sum);
    words[word].x = bits;
}

@compute @workgroup_size(256)
fn tally(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= block_count() {
        return;
    }
    let end = min(id.x * 32u + 32u, word_count());
    var sum = 0u;
    for (var word = id.x * 32u; word < end; word = word + 1u) {
        if word >= mark_words() {
            let first = (word - mark_words()) * 32u;
            let last = min(first + 32u, cell_count());
            var bits = 0u;
            for (var cell = first; cell < last; cell = cell + 1u) {
                bits = bits | (u32(atomicLoad(&cells[cell * 5u]) > 0u) << (cell % 32u));
            }
            words[word].x = bits;
        }
        sum = sum + countOneBits(words[word].x);
    }
    blocks[id.x] = sum;
}

@compute @workgroup_size(256)
fn base(@builtin(global_invocation_id) id: vec3<u32>) {
    var sum = 0u;
    if id.x == 0u {
        // All of them, and those before the first mark over the ribbons.
        let under_word = min(min(view.under, mark_count()) / 32u, word_count());
        var under = 0u;
        for (var block = 0u; block < block_count(); block = block + 1u) {
            if block == under_word / 32u {
                under = sum;
            }
            sum = sum + blocks[block];
        }
        if under_word / 32u >= block_count() {
            under = sum;
        }
        for (var word = under_word - under_word % 32u; word < under_word; word = word + 1u) {
            under = under + countOneBits(words[word].x);
        }
        if under_word < mark_words() && under_word < word_count() {
            let before = (1u << (min(view.under, mark_count()) % 32u)) - 1u;
            under = under + countOneBits(words[under_word].x & before);
        }
        under = min(under, view.room) * 6u;
        draws = array<u32, 8>(under, 1u, 0u, 0u, min(sum, view.room) * 6u - under, 1u, under, 0u);
    }
    if id.x >= block_count() {
        return;
    }
    sum = 0u;
    for (var block = 0u; block < id.x; block = block + 1u) {
        sum = sum + blocks[block];
    }
    let end = min(id.x * 32u + 32u, word_count());
    for (var word = id.x * 32u; word < end; word = word + 1u) {
        words[word].y = sum;
        sum = sum + countOneBits(words[word].x);
    }
}

fn mean(sum: u32, area: u32) -> u32 {
    let seven = (sum + area / 2u) / max(area, 1u);
    return (seven << 1u) | (seven >> 6u);
}

fn put(index: u32, value: vec4<u32>) {
    let size = textureDimensions(seen_marks);
    if index < size.x * size.y {
        textureStore(seen_marks, vec2<u32>(index % size.x, index / size.x), value);
    }
}

@compute @workgroup_size(256)
fn place(@builtin(global_invocation_id) id: vec3<u32>) {
    let word = id.x / 32u;
    if word >= word_count() {
        return;
    }
    let bit = id.x % 32u;
    let found = words[word];
    if ((found.x >> bit) & 1u) == 0u {
        return;
    }
    let slot = found.y + countOneBits(found.x & ((1u << bit) - 1u));
    let fits = slot < view.room;
    if word < mark_words() {
        if fits {
            let rect = settled(texel(id.x * 2u));
            let css = clamp((rect - view.origin.xyxy) * view.zoom.xyxy, vec4<f32>(-32768.0), vec4<f32>(32768.0));
            put(slot * 2u, bitcast<vec4<u32>>(settled(bitcast<vec4<u32>>(css))));
            put(slot * 2u + 1u, texel(id.x * 2u + 1u));
        }
        return;
    }
    let cell = (word - mark_words()) * 32u + bit;
    if cell >= cell_count() {
        return;
    }
    let area = atomicExchange(&cells[cell * 5u], 0u);
    let r = mean(atomicExchange(&cells[cell * 5u + 1u], 0u), area);
    let g = mean(atomicExchange(&cells[cell * 5u + 2u], 0u), area);
    let b = mean(atomicExchange(&cells[cell * 5u + 3u], 0u), area);
    let a = mean(atomicExchange(&cells[cell * 5u + 4u], 0u), area);
    if fits {
        let alpha = max((a * min(area, FULL) + FULL / 2u) / FULL, 1u);
        let corner = vec2<u32>(cell % max(view.cells.x, 1u), cell / max(view.cells.x, 1u)) * CELL_CSS;
        put(slot * 2u, bitcast<vec4<u32>>(vec4<f32>(vec4<u32>(corner, corner + CELL_CSS))));
        put(slot * 2u + 1u, vec4<u32>(r | (g << 8u) | (b << 16u) | (alpha << 24u), 0u, 0u, 0xffffffffu));
    }
}
