//! How far along the flow each node stands, where links alone say it: what nothing leads to begins,
//! what leads nowhere ends, and every link leads on, but for those that close a circle.

use super::graph::Graph;
use crate::layout::sort::ascending;

/// The level of each node: the longest way that leads to it, circles taken as one (the condensation
/// of R. Tarjan, «Depth-first search and linear graph algorithms», 1972); within a circle few links
/// lead back. Nodes that nothing leaves have the last level. Linear in nodes and links; links of
/// nobody and loops count for nothing.
pub fn flow_levels(nodes: usize, from: &[u32], to: &[u32]) -> Vec<u32> {
    let mut links: Vec<(u32, u32)> = Vec::new();
    for (&from, &to) in from.iter().zip(to) {
        if from != to && (from as usize) < nodes && (to as usize) < nodes {
            links.push((from, to));
        }
    }
    let circle = circles(nodes, &links);
    let inside = turns(nodes, &links, &circle);
    // Circles are numbered against the flow: a link between two leads to a lower number.
    let place = |node: u32| {
        let at = node as usize;
        (u32::MAX - circle[at], inside[at])
    };
    // Both numbers are smaller than there are nodes, so that the sum is exact.
    let keys: Vec<f64> = (0..nodes)
        .map(|at| f64::from(inside[at]) - f64::from(circle[at]) * nodes as f64)
        .collect();
    let order = ascending(&keys);
    links.retain(|&(from, to)| place(from) < place(to));
    let outgoing = Outgoing::new(nodes, &links);
    let mut level = vec![0_u32; nodes];
    for &node in &order {
        for &next in outgoing.of(node as usize) {
            level[next as usize] = level[next as usize].max(level[node as usize] + 1);
        }
    }
    let last = level.iter().copied().max().unwrap_or(0);
    let mut led_to = vec![false; nodes];
    for &(_, to) in &links {
        led_to[to as usize] = true;
    }
    for node in 0..nodes {
        if led_to[node] && outgoing.of(node).is_empty() {
            level[node] = last;
        }
    }
    level
}

/// The links that leave each node, as ranges.
struct Outgoing {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Outgoing {
    fn new(nodes: usize, links: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for &(from, _) in links {
            starts[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let mut ends = vec![0_u32; links.len()];
        for &(from, to) in links {
            ends[next[from as usize] as usize] = to;
            next[from as usize] += 1;
        }
        Self { starts, ends }
    }

    fn of(&self, node: usize) -> &[u32] {
        &self.ends[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// The circle of each node, itself alone where it is in none: Tarjan's strongly connected
/// components, without recursion. One that leads to another has the higher number.
fn circles(nodes: usize, links: &[(u32, u32)]) -> Vec<u32> {
    const NEW: u32 = u32::MAX;
    let outgoing = Outgoing::new(nodes, links);
    let mut index = vec![NEW; nodes];
    let mut low = vec![0_u32; nodes];
    let mut circle = vec![NEW; nodes];
    let (mut count, mut circles) = (0, 0);
    let mut stack: Vec<usize> = Vec::new();
    // A node, and how many of its links have been followed.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for first in 0..nodes {
        if index[first] != NEW {
            continue;
        }
        path.push((first, 0));
        while let Some(&mut (node, ref mut followed)) = path.last_mut() {
            if *followed == 0 {
                (index[node], low[node]) = (count, count);
                count += 1;
                stack.push(node);
            }
            if let Some(&next) = outgoing.of(node).get(*followed) {
                *followed += 1;
                let next = next as usize;
                if index[next] == NEW {
                    path.push((next, 0));
                } else if circle[next] == NEW {
                    low[node] = low[node].min(index[next]);
                }
                continue;
            }
            path.pop();
            if let Some(&(above, _)) = path.last() {
                low[above] = low[above].min(low[node]);
            }
            if low[node] == index[node] {
                while let Some(member) = stack.pop() {
                    circle[member] = circles;
                    if member == node {
                        break;
                    }
                }
                circles += 1;
            }
        }
    }
    circle
}

/// Of each node its turn in its circle: an order that few links of the circle lead against.
fn turns(nodes: usize, links: &[(u32, u32)], circle: &[u32]) -> Vec<u32> {
    let (mut from, mut to) = (Vec::new(), Vec::new());
    for &(a, b) in links {
        if circle[a as usize] == circle[b as usize] {
            from.push(a);
            to.push(b);
        }
    }
    let mut turns = vec![0_u32; nodes];
    if from.is_empty() {
        return turns;
    }
    let keys: Vec<u32> = (0..nodes as u32).collect();
    let graph = Graph::new(&keys, &[], &from, &to, &[]);
    for (&node, &layer) in graph.node_of.iter().zip(&graph.layer) {
        turns[node as usize] = layer;
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(nodes: usize, links: &[(u32, u32)]) -> Vec<u32> {
        let (from, to): (Vec<u32>, Vec<u32>) = links.iter().copied().unzip();
        flow_levels(nodes, &from, &to)
    }

    #[test]
    fn what_begins_stands_first_and_what_ends_stands_last() {
        assert_eq!(levels(3, &[(0, 1), (1, 2)]), [0, 1, 2]);
        // A source of the last, and a sink of the first.
        assert_eq!(
            levels(5, &[(0, 1), (1, 2), (3, 2), (0, 4)]),
            [0, 1, 2, 0, 2]
        );
        assert_eq!(levels(2, &[]), [0, 0]);
        assert_eq!(levels(0, &[]), [0; 0]);
        assert_eq!(levels(2, &[(0, 0), (0, 9), (9, 1), (1, 0)]), [1, 0]);
    }

    #[test]
    fn a_circle_ends_and_only_its_own_links_lead_back() {
        assert_eq!(levels(3, &[(0, 1), (1, 2), (2, 0)]), [0, 1, 2]);
        let mut seed = 5_u32;
        let mut dice = |most: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % most
        };
        let mut back = 0;
        for _ in 0..5_000 {
            let nodes = 2 + dice(9);
            let links: Vec<(u32, u32)> =
                (0..dice(20)).map(|_| (dice(nodes), dice(nodes))).collect();
            let level = levels(nodes as usize, &links);
            let mut reach = vec![vec![false; nodes as usize]; nodes as usize];
            for _ in 0..nodes {
                for &(a, b) in &links {
                    for (from, reached) in reach.iter_mut().enumerate() {
                        let known = reached[a as usize] || from == a as usize;
                        reached[b as usize] |= known;
                    }
                }
            }
            for &(a, b) in links.iter().filter(|(a, b)| a != b) {
                let (a, b) = (a as usize, b as usize);
                assert!(level[a] < level[b] || reach[b][a], "{links:?} {level:?}");
                back += usize::from(level[a] >= level[b]);
            }
        }
        assert!(back > 1_000, "hardly any circle: {back}");
    }

    #[test]
    fn a_hundred_thousand_in_a_row_need_no_deep_stack() {
        let links: Vec<(u32, u32)> = (0..99_999).map(|at| (at, at + 1)).collect();
        let level = levels(100_000, &links);
        assert_eq!((level[0], level[99_999]), (0, 99_999));
    }
}
