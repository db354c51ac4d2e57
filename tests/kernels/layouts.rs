//! Jobs of the kernels that lay out: `tree` and `relax`.

use super::{Bind, Dice, Job, POISON, exact, rows, scratch, words_of};
use ai_atlas::abi::{Relax, Tree};
use ai_atlas::kernel::{self, LEAVES, Leaves, Nodes};
use ai_atlas::render::shaders;
use std::hint::black_box;
use std::rc::Rc;

/// Leaves in groups of groups (2 levels), or in groups (1), or in none (0).
pub(super) fn tree(
    size: usize,
    levels: u32,
    inner_groups: u32,
    shown: Vec<u32>,
    dice: &mut Dice,
) -> Job {
    let n = size as u32;
    let values = worths(n, dice);
    let codes: Vec<u32> = (0..n).map(|_| dice.below(140)).collect();
    let (groups, outer) = groups(n, levels, inner_groups, dice);
    let params = Tree {
        size: [960 * 4096, 540 * 4096],
        count: n,
        groups: groups.len() as u32,
        first: 0,
        outer,
    };
    let [blocks, spans, before, lay] = shaders::TREE_PASSES;
    let block_count = n.div_ceil(64);
    let span_count = block_count.div_ceil(64);
    let binds = vec![
        Bind::Uniform(words_of(&params)),
        Bind::Read(values.clone()),
        Bind::Read(codes.clone()),
        Bind::Read(shown.clone()),
        Bind::Read(groups.as_flattened().to_vec()),
        Bind::Write(vec![POISON; (block_count + span_count) as usize]),
        Bind::Write(vec![POISON; size + 1]),
        Bind::Draw(rows(size)),
    ];
    let twin = Rc::new(move |out: &mut Vec<[f32; 4]>| {
        kernel::tree(
            &params,
            &Leaves {
                values: &values,
                codes: &codes,
                shown: &shown,
                groups: &groups,
            },
            out,
        )
    });
    Job {
        name: "tree",
        size,
        wgsl: shaders::TREE_WGSL,
        passes: vec![
            (blocks, block_count),
            (spans, span_count),
            (before, block_count),
            (lay, n),
        ],
        binds,
        lap: Box::new({
            let (twin, mut out) = (twin.clone(), Vec::new());
            move || {
                twin(&mut out);
                black_box(&mut out);
            }
        }),
        twin: Box::new(move || {
            let mut out = Vec::new();
            twin(&mut out);
            // The other texel of a mark is not the kernel's.
            let words = out
                .iter()
                .flat_map(|rect| rect.map(f32::to_bits).into_iter().chain([POISON; 4]))
                .collect();
            vec![scratch(), scratch(), exact(words)]
        }),
    }
}

/// What leaves are worth, all together less than 2³².
fn worths(n: u32, dice: &mut Dice) -> Vec<u32> {
    let most = u32::MAX.checked_div(n).unwrap_or(1);
    // Of small numbers many are as near to the half as others.
    let small = dice.below(2) == 0;
    (0..n)
        .map(|_| {
            if small {
                dice.below(3)
            } else {
                (dice.within(0.0, 1.0).powi(4) * most as f32 * 0.99) as u32
            }
        })
        .collect()
}

/// The records of groups in so many levels, and how many the outermost has.
fn groups(n: u32, levels: u32, inner_groups: u32, dice: &mut Dice) -> (Vec<[u32; 2]>, u32) {
    let mut cuts = |count: u32| {
        let mut cuts: Vec<u32> = (0..count)
            .map(|at| if at == 0 { 0 } else { dice.below(n + 1) })
            .collect();
        cuts.sort_unstable();
        cuts
    };
    // Innermost groups by their first leaf, outer ones by their first inner group; each level ends
    // in a record of its own.
    let inner = if levels > 0 {
        cuts(inner_groups)
    } else {
        Vec::new()
    };
    let mut groups: Vec<[u32; 2]> = Vec::new();
    if levels == 2 {
        let outer = (inner.len() as u32).div_ceil(40);
        let first = |at: u32| (at * 40).min(inner.len() as u32);
        groups.extend((0..=outer).map(|at| {
            [
                inner.get(first(at) as usize).copied().unwrap_or(n),
                outer + 1 + first(at),
            ]
        }));
    }
    let outer = if levels == 2 {
        groups.len() - 1
    } else {
        inner.len()
    } as u32;
    if levels > 0 {
        groups.extend(inner.iter().chain([&n]).map(|&leaf| [leaf, LEAVES]));
    }
    (groups, outer)
}

/// Nodes in 24 columns with 2.62 links each on average, of which a few have many.
pub(super) fn relax(size: usize, dice: &mut Dice) -> Job {
    let n = size as u32;
    let in_column = n.div_ceil(24).max(1);
    let nodes: Vec<[u32; 2]> = (0..n)
        .map(|node| [node / in_column, dice.below(9)])
        .collect();
    let tops: Vec<u32> = (0..n)
        .map(|_| {
            if dice.below(50) == 0 {
                dice.throw()
            } else {
                dice.below(65_536)
            }
        })
        .collect();
    let (starts, links) = links(size, dice);
    let params = Relax {
        count: n,
        pull: dice.below(257),
        gap: dice.below(4),
        height: 60_000,
    };
    let binds = vec![
        Bind::Uniform(words_of(&params)),
        Bind::Read(nodes.as_flattened().to_vec()),
        Bind::Read(starts.clone()),
        Bind::Read(links.as_flattened().to_vec()),
        Bind::Read(tops.clone()),
        Bind::Write(vec![POISON; size]),
    ];
    let twin = Rc::new(move |out: &mut Vec<u32>| {
        kernel::relax(
            &params,
            &Nodes {
                nodes: &nodes,
                starts: &starts,
                links: &links,
                tops: &tops,
            },
            out,
        )
    });
    let [pass] = shaders::RELAX_PASSES;
    Job {
        name: "relax",
        size,
        wgsl: shaders::RELAX_WGSL,
        passes: vec![(pass, n)],
        binds,
        lap: Box::new({
            let (twin, mut out) = (twin.clone(), Vec::new());
            move || {
                twin(&mut out);
                black_box(&mut out);
            }
        }),
        twin: Box::new(move || {
            let mut out = Vec::new();
            twin(&mut out);
            vec![exact(out)]
        }),
    }
}

/// Where the links of each node begin, and the links: the other end and the part of the node's weight.
fn links(size: usize, dice: &mut Dice) -> (Vec<u32>, Vec<[u32; 2]>) {
    let n = size as u32;
    let mut ends: Vec<Vec<[u32; 2]>> = vec![Vec::new(); size];
    for _ in 0..size * 262 / 100 {
        let from = if dice.below(30) == 0 {
            dice.below(n.min(100))
        } else {
            dice.below(n)
        };
        let (to, weight) = (dice.below(n), 1 + dice.below(1000));
        ends[from as usize].push([to, weight]);
        ends[to as usize].push([from, weight]);
    }
    let (mut starts, mut links) = (vec![0], Vec::new());
    for ends in ends {
        let whole: u32 = ends.iter().map(|e| e[1]).sum();
        links.extend(ends.iter().map(|&[other, weight]| {
            [
                other,
                (u64::from(weight) * 65_536 / u64::from(whole)) as u32,
            ]
        }));
        starts.push(links.len() as u32);
    }
    (starts, links)
}
