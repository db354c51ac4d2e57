// The specification is compute/src/kernel/bin.rs. Two passes:
//   empty    an invocation a cell: zeros
//   sum      an invocation a run of 32 events: neighbours in one cell are added together before the others hear of it

struct Sum {
    count: u32,
    low: u32,
    high: u32,
}

@group(0) @binding(0) var<uniform> params: Bin;
@group(0) @binding(1) var<storage, read> codes: array<u32>;
@group(0) @binding(2) var<storage, read> targets: array<u32>;
@group(0) @binding(3) var<storage, read> amounts: array<u32>;
@group(0) @binding(4) var<storage, read> bounds: array<u32>;
@group(0) @binding(5) var<storage, read> tables: array<u32>;
@group(0) @binding(6) var<storage, read_write> cells: array<atomic<u32>>;

fn cell_count() -> u32 {
    if params.lanes == 0u || params.columns > 1048576u / params.lanes {
        return 0u;
    }
    return min(params.columns * params.lanes, arrayLength(&cells) / 3u);
}

// What a table that stands in front of `end` says of a code.
fn table(start: u32, end: u32, code: u32) -> u32 {
    let index = start + code;
    if index < start || index >= end || index / 4u >= arrayLength(&tables) {
        return 0u;
    }
    return (tables[index / 4u] >> (index % 4u * 8u)) & 255u;
}

fn add(cell: u32, sum: Sum) {
    if sum.count == 0u || cell >= cell_count() {
        return;
    }
    atomicAdd(&cells[cell * 3u], sum.count);
    var high = sum.high;
    if sum.low > 0u {
        let old = atomicAdd(&cells[cell * 3u + 1u], sum.low);
        high = high + u32(old + sum.low < old);
    }
    if high > 0u {
        atomicAdd(&cells[cell * 3u + 2u], high);
    }
}

@compute @workgroup_size(256)
fn empty(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x < cell_count() {
        atomicStore(&cells[id.x * 3u], 0u);
        atomicStore(&cells[id.x * 3u + 1u], 0u);
        atomicStore(&cells[id.x * 3u + 2u], 0u);
    }
}

@compute @workgroup_size(256)
fn sum(@builtin(global_invocation_id) id: vec3<u32>) {
    let held = min(min(arrayLength(&codes), arrayLength(&targets)), arrayLength(&amounts));
    let end = min(id.x * 32u + 32u, min(params.count, held));
    var rank = id.x * 32u;
    let columns = min(params.columns, arrayLength(&bounds) - 1u);
    if rank >= end || columns == 0u {
        return;
    }
    rank = max(rank, bounds[0]);
    // The first column that ends behind the first event.
    var column = 0u;
    var beyond = columns;
    while column < beyond {
        let middle = (column + beyond) / 2u;
        if bounds[middle + 1u] <= rank {
            column = middle + 1u;
        } else {
            beyond = middle;
        }
    }
    var last_cell = 0u;
    var all = Sum(0u, 0u, 0u);
    while rank < end {
        while column < columns && bounds[column + 1u] <= rank {
            column = column + 1u;
        }
        if column >= columns {
            break;
        }
        let code = codes[rank];
        let amount = amounts[rank];
        let lane = table(0u, params.second, code & 255u)
            + table(params.second, params.third, (code >> 8u) & 65535u)
            + table(params.third, params.entries, targets[rank]);
        let known = amount < 0x7f800000u;
        if lane < params.lanes && (params.least == 0u || (known && amount >= params.least)) {
            let cell = column * params.lanes + lane;
            if cell != last_cell {
                add(last_cell, all);
                last_cell = cell;
                all = Sum(0u, 0u, 0u);
            }
            all.count = all.count + 1u;
            if known {
                let exponent = max(amount >> 23u, 1u);
                let mantissa = select(amount, (amount & 0x7fffffu) | 0x800000u, amount >= 0x800000u);
                var low = 0u;
                if exponent >= params.unit {
                    let shift = min(exponent - params.unit, 39u);
                    if shift >= 32u {
                        all.high = all.high + (mantissa << (shift - 32u));
                    } else {
                        low = mantissa << shift;
                        if shift > 8u {
                            all.high = all.high + (mantissa >> (32u - shift));
                        }
                    }
                } else {
                    low = mantissa >> min(params.unit - exponent, 31u);
                }
                let grown = all.low + low;
                all.high = all.high + u32(grown < low);
                all.low = grown;
            }
        }
        rank = rank + 1u;
    }
    add(last_cell, all);
}
