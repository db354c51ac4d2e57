//! A graph in flat arrays, ready for the layouts: nodes in layers, links without loops, neighbours
//! as ranges.
//!
//! The order of the caller's rows leaves no trace: nodes are numbered by layer and key, links by
//! their ends and weight. Time and memory grow with nodes and links only; nothing is compared
//! twice, sorts are radix sorts.

use super::layer_assignment::by_links;
use crate::layout::sort::sort_by_upper_half;

/// No node, no link.
pub const NONE: u32 = u32::MAX;
/// More layers than this are folded into the last one.
pub const MAX_LAYERS: u32 = 4096;

/// A graph whose nodes are numbered by layer, then by key.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Node → the caller's number.
    pub node_of: Vec<u32>,
    /// Node → layer.
    pub layer: Vec<u32>,
    /// Layer → its first node; one entry more than layers.
    pub first: Vec<u32>,
    /// Link → the caller's number. Loops, links within a layer and links of nobody are not here.
    pub link_of: Vec<u32>,
    /// Link → its end in the lower layer. Links are in the order of this, then of `high`.
    pub low: Vec<u32>,
    /// Link → its end in the higher layer.
    pub high: Vec<u32>,
    /// Link → the caller's link runs from the higher layer to the lower.
    pub back: Vec<bool>,
    /// Link → weight, ≥ 0.
    pub weight: Vec<f32>,
    /// Node → its first link to a higher layer; one entry more than nodes.
    pub up: Vec<u32>,
    /// Node → its first place in `below`; one entry more than nodes.
    pub down: Vec<u32>,
    /// Links to lower layers, node after node, in the order of their lower ends.
    pub below: Vec<u32>,
}

/// How many bits a number needs.
pub(super) fn bits(most: usize) -> u32 {
    usize::BITS - most.leading_zeros()
}

/// From how often each number occurs to where each begins.
pub(super) fn sum_up(starts: &mut [u32]) {
    let mut sum = 0;
    for start in starts {
        let count = *start;
        *start = sum;
        sum += count;
    }
}

/// Nodes in the order of their keys, in the lower halves, and the rank of each.
fn ranks(key: &[u32]) -> (Vec<u64>, Vec<u32>) {
    let mut list = Vec::with_capacity(key.len());
    for (node, &key) in key.iter().enumerate() {
        list.push(u64::from(key) << 32 | node as u64);
    }
    let most = key.iter().copied().max().unwrap_or(0);
    sort_by_upper_half(&mut list, &mut Vec::new(), bits(most as usize));
    let mut rank = vec![0_u32; key.len()];
    for (at, &one) in list.iter().enumerate() {
        rank[one as u32 as usize] = at as u32;
    }
    (list, rank)
}

impl Graph {
    /// Builds one. `key` is a number of each node that does not depend on the order of rows (a rank
    /// of ids); `layer` is empty where the links decide: then cycles are broken by a small feedback
    /// arc set (P. Eades, X. Lin, W. Smyth, «A fast and effective heuristic for the feedback arc
    /// set problem», 1993) and every node stands as low as its links allow. `from`, `to` and
    /// `weight` are as long as each other; a missing weight is 1, one that is no positive number 0.
    pub fn new(key: &[u32], layer: &[u32], from: &[u32], to: &[u32], weight: &[f32]) -> Self {
        if !layer.is_empty() {
            return Self::in_layers(key, layer, from, to, weight);
        }
        let (list, rank) = ranks(key);
        let by_rank = by_links(&rank, from, to);
        let mut layer = vec![0_u32; list.len()];
        for (&one, level) in list.iter().zip(by_rank) {
            layer[one as u32 as usize] = level;
        }
        Self::in_layers(key, &layer, from, to, weight)
    }

    /// The same where layers are known: 0 for a node without.
    pub fn in_layers(key: &[u32], layer: &[u32], from: &[u32], to: &[u32], weight: &[f32]) -> Self {
        let nodes = key.len();
        let (list, mut rank) = ranks(key);
        let mut graph = Self::default();
        // Rank → layer.
        let mut level = vec![0_u32; nodes];
        for (node, &at) in rank.iter().enumerate() {
            level[at as usize] = layer.get(node).copied().unwrap_or(0);
        }
        let mut layers = 0;
        for level in &mut level {
            *level = (*level).min(MAX_LAYERS - 1);
            layers = layers.max(*level + 1);
        }
        graph.first = vec![0; layers as usize + 1];
        for &level in &level {
            graph.first[level as usize] += 1;
        }
        sum_up(&mut graph.first);
        let mut next = graph.first.clone();
        graph.node_of = vec![0; nodes];
        graph.layer = vec![0; nodes];
        // Rank → node, and from there on the caller's number → node.
        let mut place = vec![0_u32; nodes];
        for (at, &level) in level.iter().enumerate() {
            let node = next[level as usize];
            next[level as usize] += 1;
            place[at] = node;
            graph.layer[node as usize] = level;
            graph.node_of[node as usize] = list[at] as u32;
        }
        for rank in &mut rank {
            *rank = place[*rank as usize];
        }
        graph.links(&rank, from, to, weight);
        graph
    }

    /// Sorts the links in; `place` is where the caller's nodes are now.
    fn links(&mut self, place: &[u32], from: &[u32], to: &[u32], weight: &[f32]) {
        let nodes = place.len();
        let amount = |link: usize| {
            weight
                .get(link)
                .map_or(1.0, |&w| if w > 0.0 && w.is_finite() { w } else { 0.0 })
        };
        let mut ends = Vec::with_capacity(from.len());
        let mut list = Vec::with_capacity(from.len());
        for (link, (&a, &b)) in from.iter().zip(to).enumerate() {
            let (Some(&a), Some(&b)) = (place.get(a as usize), place.get(b as usize)) else {
                ends.push([NONE, NONE]);
                continue;
            };
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            ends.push([low, high]);
            if self.layer[low as usize] < self.layer[high as usize] {
                list.push(u64::from(high) << 32 | link as u64);
            }
        }
        let mut spare = Vec::new();
        sort_by_upper_half(&mut list, &mut spare, bits(nodes));
        for one in &mut list {
            let link = *one as u32;
            *one = u64::from(ends[link as usize][0]) << 32 | u64::from(link);
        }
        sort_by_upper_half(&mut list, &mut spare, bits(nodes));
        // Multiple links: by what makes them differ, direction and weight. What does not differ may
        // stand in any order.
        let mut run = Vec::new();
        let mut at = 0;
        while at < list.len() {
            let pair = ends[list[at] as u32 as usize];
            let mut to = at + 1;
            while to < list.len() && ends[list[to] as u32 as usize] == pair {
                to += 1;
            }
            if to > at + 1 {
                run.clear();
                for &one in &list[at..to] {
                    let link = one as u32 as usize;
                    let turned = u32::from(place[from[link] as usize] != pair[0]);
                    run.push(u64::from(amount(link).to_bits() | turned << 31) << 32 | link as u64);
                }
                sort_by_upper_half(&mut run, &mut spare, 32);
                for (slot, &one) in list[at..to].iter_mut().zip(&run) {
                    *slot = one & u64::from(u32::MAX);
                }
            }
            at = to;
        }
        let links = list.len();
        self.link_of = Vec::with_capacity(links);
        self.low = Vec::with_capacity(links);
        self.high = Vec::with_capacity(links);
        self.back = Vec::with_capacity(links);
        self.weight = Vec::with_capacity(links);
        self.up = vec![0; nodes + 1];
        self.down = vec![0; nodes + 1];
        for &one in &list {
            let link = one as u32 as usize;
            let [low, high] = ends[link];
            self.link_of.push(link as u32);
            self.low.push(low);
            self.high.push(high);
            self.back.push(place[from[link] as usize] != low);
            self.weight.push(amount(link));
            self.up[low as usize] += 1;
            self.down[high as usize] += 1;
        }
        sum_up(&mut self.up);
        sum_up(&mut self.down);
        let mut next = self.down.clone();
        self.below = vec![0; links];
        for (link, &high) in self.high.iter().enumerate() {
            let at = &mut next[high as usize];
            self.below[*at as usize] = link as u32;
            *at += 1;
        }
    }

    /// How many nodes.
    pub fn nodes(&self) -> usize {
        self.layer.len()
    }

    /// How many layers.
    pub fn layers(&self) -> usize {
        self.first.len().saturating_sub(1)
    }
}
