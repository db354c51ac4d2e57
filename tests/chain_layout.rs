//! What must hold for every layered layout, however hostile its rows: it ends, stays inside, counts
//! right, and does not depend on the order of rows.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::needless_range_loop,
    reason = "arrays that are walked together"
)]

#[path = "common/dice.rs"]
mod dice;

use ai_atlas::layout::layered::crossing_reduction::{crossings, layered};
use ai_atlas::layout::layered::graph::{Graph, NONE};
use ai_atlas::layout::sankey::sankey;
use dice::Dice;

/// Cases of each property.
const CASES: u32 = 100_000;

struct Rows {
    key: Vec<u32>,
    layer: Vec<u32>,
    from: Vec<u32>,
    to: Vec<u32>,
    weight: Vec<f32>,
}

/// A small graph of any kind: cyclic, in pieces, with loops, multiple links, ends that do not
/// exist, keys twice, weights that are no numbers.
fn rows(dice: &mut Dice, hostile: bool) -> Rows {
    let nodes = dice.below(12);
    let links = if nodes == 0 && !hostile {
        0
    } else {
        dice.below(24)
    };
    let mut rows = Rows {
        key: vec![],
        layer: vec![],
        from: vec![],
        to: vec![],
        weight: vec![],
    };
    let layered = dice.below(3) > 0;
    for node in 0..nodes {
        rows.key.push(if hostile && dice.below(4) == 0 {
            dice.below(3)
        } else {
            node
        });
        if layered {
            rows.layer.push(if hostile && dice.below(20_000) == 0 {
                u32::MAX
            } else {
                dice.below(5)
            });
        }
    }
    for _ in 0..links {
        let beyond = u32::from(hostile) * 2;
        rows.from.push(dice.below(nodes + beyond));
        rows.to.push(dice.below(nodes + beyond));
        let odd = [f32::NAN, f32::INFINITY, -1.0, 0.0, 1e38, 1e-40];
        rows.weight.push(if hostile && dice.below(5) == 0 {
            odd[dice.below(6) as usize]
        } else {
            dice.below(100) as f32
        });
    }
    rows
}

fn graph(rows: &Rows) -> Graph {
    Graph::new(&rows.key, &rows.layer, &rows.from, &rows.to, &rows.weight)
}

#[test]
fn every_graph_ends_and_every_place_is_finite_and_inside() {
    for case in 0..CASES {
        let mut dice = Dice(u64::from(case));
        let rows = rows(&mut dice, true);
        let graph = graph(&rows);
        assert_eq!(graph.nodes(), rows.key.len(), "case {case}");
        let height = [0.0, 1.0, 300.0, 1e5, f32::NAN][dice.below(5) as usize];
        let laid = sankey(&graph, height, dice.below(20) as f32, dice.below(20) as f32);
        let room = if height.is_finite() { height } else { 0.0 };
        for (top, tall) in laid.top.iter().zip(&laid.height) {
            assert!(
                top.is_finite()
                    && tall.is_finite()
                    && *top >= -0.01 * room
                    && top + tall <= room * 1.01 + 0.01,
                "case {case}: {top} + {tall} in {room}"
            );
        }
        let order = layered(&graph, 2);
        for layer in order.first.windows(2) {
            // Every layer has each of its positions once.
            let mut seen: Vec<u32> = order.order[layer[0] as usize..layer[1] as usize]
                .iter()
                .map(|&p| order.at[p as usize])
                .collect();
            seen.dedup();
            assert_eq!(
                seen,
                (0..layer[1] - layer[0]).collect::<Vec<_>>(),
                "case {case}"
            );
        }
    }
}

#[test]
fn no_two_organisations_overlap() {
    for case in 0..CASES {
        let mut dice = Dice(u64::from(case) << 20);
        let graph = graph(&rows(&mut dice, true));
        let height = 40.0 + dice.below(1000) as f32;
        let laid = sankey(&graph, height, 1.0, dice.below(12) as f32);
        for layer in graph.first.windows(2) {
            let mut places: Vec<(f32, f32)> = (layer[0] as usize..layer[1] as usize)
                .map(|n| (laid.top[n], laid.top[n] + laid.height[n]))
                .collect();
            places.sort_by(|a, b| a.0.total_cmp(&b.0));
            for pair in places.windows(2) {
                assert!(
                    pair[1].0 >= pair[0].1 + laid.gap - height * 1e-4,
                    "case {case}: {pair:?} gap {}",
                    laid.gap
                );
            }
        }
    }
}

/// All pieces of all links, counted pair by pair.
fn brute(graph: &Graph, at: &[u32], lane: &[u32]) -> u64 {
    let mut pieces: Vec<(u32, u32, u32)> = Vec::new();
    for link in 0..graph.low.len() {
        let (low, high) = (graph.low[link], graph.high[link]);
        let mut from = (graph.layer[low as usize], at[low as usize]);
        for step in from.0 + 1..=graph.layer[high as usize] {
            let place = if step == graph.layer[high as usize] {
                high
            } else {
                lane[link] + step - graph.layer[low as usize] - 1
            };
            pieces.push((from.0, from.1, at[place as usize]));
            from = (step, at[place as usize]);
        }
    }
    let mut sum = 0;
    for (i, a) in pieces.iter().enumerate() {
        for b in &pieces[..i] {
            sum += u64::from(a.0 == b.0 && (a.1 < b.1 && a.2 > b.2 || a.1 > b.1 && a.2 < b.2));
        }
    }
    sum
}

#[test]
fn counted_crossings_are_those_that_a_look_at_every_pair_finds() {
    let mut all = 0;
    for case in 0..CASES {
        let mut dice = Dice(u64::from(case) << 24);
        let graph = graph(&rows(&mut dice, true));
        let order = layered(&graph, 2);
        let counted = brute(&graph, &order.at, &order.lane);
        assert_eq!(order.crossings, counted, "case {case}");
        all += counted;
        // And of two rows alone.
        let pairs: Vec<(u32, u32)> = (0..dice.below(30))
            .map(|_| (dice.below(9), dice.below(9)))
            .collect();
        let mut packed = pairs
            .iter()
            .map(|p| u64::from(p.0) << 32 | u64::from(p.1))
            .collect();
        let mut sum = 0;
        for (i, a) in pairs.iter().enumerate() {
            sum += pairs[..i]
                .iter()
                .filter(|b| a.0 < b.0 && a.1 > b.1 || a.0 > b.0 && a.1 < b.1)
                .count() as u64;
        }
        assert_eq!(crossings(&mut packed), sum, "case {case}: {pairs:?}");
    }
    assert!(all > 10_000, "hardly anything crossed: {all}");
}

#[test]
fn the_order_of_rows_does_not_change_the_picture() {
    for case in 0..CASES {
        let mut dice = Dice(u64::from(case) << 28);
        let one = rows(&mut dice, false);
        // Nodes and links in another order; keys go with their nodes.
        let (n, m) = (one.key.len(), one.from.len());
        let shuffle = |dice: &mut Dice, n: usize| {
            let mut order: Vec<usize> = (0..n).collect();
            for i in (1..n).rev() {
                order.swap(i, dice.below(i as u32 + 1) as usize);
            }
            order
        };
        let (nodes, links) = (shuffle(&mut dice, n), shuffle(&mut dice, m));
        let mut now = vec![0_u32; n];
        for (to, &from) in nodes.iter().enumerate() {
            now[from] = to as u32;
        }
        let other = Rows {
            key: nodes.iter().map(|&i| one.key[i]).collect(),
            layer: if one.layer.is_empty() {
                vec![]
            } else {
                nodes.iter().map(|&i| one.layer[i]).collect()
            },
            from: links.iter().map(|&i| now[one.from[i] as usize]).collect(),
            to: links.iter().map(|&i| now[one.to[i] as usize]).collect(),
            weight: links.iter().map(|&i| one.weight[i]).collect(),
        };
        let (a, b) = (graph(&one), graph(&other));
        assert!(
            a.low == b.low
                && a.high == b.high
                && a.weight == b.weight
                && a.back == b.back
                && a.layer == b.layer,
            "case {case}"
        );
        assert!(
            a.node_of
                .iter()
                .zip(&b.node_of)
                .all(|(&x, &y)| now[x as usize] == y),
            "case {case}"
        );
        let (x, y) = (sankey(&a, 500.0, 1.0, 4.0), sankey(&b, 500.0, 1.0, 4.0));
        assert!(
            x.top == y.top && x.leave == y.leave && x.enter == y.enter,
            "case {case}"
        );
        assert_eq!(layered(&a, 2).at, layered(&b, 2).at, "case {case}");
    }
}

#[test]
fn links_that_close_a_cycle_point_back_and_few_do() {
    // A ring of four: one link goes back. Two nodes that feed each other: one.
    for (from, to, most) in [
        (vec![0, 1, 2, 3], vec![1, 2, 3, 0], 1),
        (vec![0, 1], vec![1, 0], 1),
        (vec![0, 0, 1], vec![1, 2, 2], 0),
    ] {
        let graph = Graph::new(&[0, 1, 2, 3], &[], &from, &to, &[]);
        assert_eq!(graph.link_of.len(), from.len());
        assert_eq!(
            graph.back.iter().filter(|b| **b).count(),
            most,
            "{from:?} {to:?}"
        );
    }
}

#[test]
fn a_long_link_has_a_lane_in_every_layer_that_it_passes() {
    let graph = Graph::new(&[0, 1, 2], &[0, 1, 3], &[0, 0], &[2, 1], &[]);
    let order = layered(&graph, 4);
    let long = graph.high.iter().position(|&h| h == 2).unwrap_or_default();
    assert!(
        order.lane[long] != NONE && order.first == [0, 1, 3, 4, 5],
        "{order:?}"
    );
    assert_eq!(order.crossings, 0);
}
