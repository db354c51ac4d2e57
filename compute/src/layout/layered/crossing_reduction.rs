//! Layers with few crossings: the order of nodes in each layer, and lanes for long links in the
//! layers that they pass.
//!
//! After K. Sugiyama, S. Tagawa, M. Toda, «Methods for visual understanding of hierarchical system
//! structures», 1981: every long link gets a lane, a place of its own, in each layer between;
//! sweeps to and fro put each place at the barycentre of its neighbours; crossings are counted in
//! O(E log V) (W. Barth, P. Mutzel, M. Jünger, «Simple and efficient bilayer cross counting», 2004)
//! and the best order is kept; at last neighbours change places where that saves crossings (greedy
//! switch).

#![expect(
    clippy::needless_range_loop,
    reason = "flat arrays that are walked together"
)]

use super::graph::{Graph, NONE};
use crate::layout::sort::sort_by_upper_half;

/// Lanes of long links, together. Links beyond it cross layers without a lane.
pub const MAX_LANES: usize = 4_000_000;

/// The nodes of a [`Graph`] and the lanes of its long links, ordered in their layers. «Place» is
/// either: nodes first, then lanes.
#[derive(Debug, Clone, Default)]
pub struct Layered {
    /// Place → its position in its layer.
    pub at: Vec<u32>,
    /// Layer → its first entry in `order`; one more than layers.
    pub first: Vec<u32>,
    /// Places by layer and position.
    pub order: Vec<u32>,
    /// Link → its first lane, a place; the others follow it. [`NONE`] for a link of neighbouring
    /// layers, or one without lanes.
    pub lane: Vec<u32>,
    /// Crossings of links between neighbouring layers, all added up.
    pub crossings: u64,
    /// Pieces of links between one layer and the next: the lower place, the higher place, grouped
    /// by the lower layer.
    low: Vec<u32>,
    high: Vec<u32>,
    /// Layer → its first piece.
    piece: Vec<u32>,
}

/// Reorders; `rounds` is how many sweeps may go by without getting better before it stops, 8 is
/// good.
pub fn layered(graph: &Graph, rounds: u32) -> Layered {
    let mut out = Layered::of(graph);
    let mut work = Work::new(&out);
    work.best(&mut out, rounds);
    out
}

/// The layers of a link's ends.
fn layers_of(graph: &Graph, link: usize) -> (usize, usize) {
    let layer = |node: u32| graph.layer[node as usize] as usize;
    (layer(graph.low[link]), layer(graph.high[link]))
}

impl Layered {
    /// Places in the order of the graph, lanes behind them.
    fn of(graph: &Graph) -> Self {
        let layers = graph.layers();
        let mut out = Self {
            lane: vec![NONE; graph.low.len()],
            piece: vec![0; layers + 1],
            ..Self::default()
        };
        let lanes = out.count(graph);
        let mut sum = 0;
        for piece in &mut out.piece {
            let count = *piece;
            *piece = sum;
            sum += count;
        }
        out.low = vec![0; sum as usize];
        out.high = vec![0; sum as usize];
        out.first = vec![0; layers + 1];
        for layer in 0..layers {
            out.first[layer + 1] =
                out.first[layer] + graph.first[layer + 1] - graph.first[layer] + lanes[layer];
        }
        let places = out.first[layers] as usize;
        out.order = vec![0; places];
        out.at = vec![0; places];
        out.fill(graph);
        out
    }

    /// Gives lanes to long links and counts the pieces of each layer; returns how many lanes each
    /// has.
    fn count(&mut self, graph: &Graph) -> Vec<u32> {
        let mut lanes = vec![0_u32; graph.layers() + 1];
        let mut room = MAX_LANES;
        let mut place = graph.nodes() as u32;
        for link in 0..graph.low.len() {
            let (from, to) = layers_of(graph, link);
            let long = to - from - 1;
            if long > room {
                continue;
            }
            if long > 0 {
                room -= long;
                self.lane[link] = place;
                place += long as u32;
                for layer in from + 1..to {
                    lanes[layer] += 1;
                }
            }
            for layer in from..to {
                self.piece[layer] += 1;
            }
        }
        lanes
    }

    /// Puts nodes and lanes into their layers, and the pieces between them.
    fn fill(&mut self, graph: &Graph) {
        let (mut end, mut next) = (self.first.clone(), self.piece.clone());
        for node in 0..graph.nodes() {
            self.put(&mut end, graph.layer[node] as usize, node as u32);
        }
        for link in 0..graph.low.len() {
            let (from, to) = layers_of(graph, link);
            let lane = self.lane[link];
            if lane == NONE && to - from > 1 {
                continue;
            }
            for layer in from..to {
                let past = (layer - from) as u32;
                let low = if past == 0 {
                    graph.low[link]
                } else {
                    lane + past - 1
                };
                let high = if layer + 1 == to {
                    graph.high[link]
                } else {
                    lane + past
                };
                let slot = next[layer] as usize;
                next[layer] += 1;
                self.low[slot] = low;
                self.high[slot] = high;
                if past > 0 {
                    self.put(&mut end, layer, low);
                }
            }
        }
    }

    /// Puts a place at the end of a layer.
    fn put(&mut self, end: &mut [u32], layer: usize, place: u32) {
        let slot = end[layer];
        end[layer] += 1;
        self.order[slot as usize] = place;
        self.at[place as usize] = slot - self.first[layer];
    }

    /// How many layers.
    pub fn layers(&self) -> usize {
        self.first.len().saturating_sub(1)
    }
}

/// Crossings of straight lines between two rows of positions: `links` packs the position on one
/// side (upper half) and on the other (lower half). O(n log m) with `m` positions on the other
/// side: links in order, and for each how many before it end behind it (a Fenwick tree).
pub fn crossings(links: &mut Vec<u64>) -> u64 {
    let mut spare = Vec::new();
    let mut most = 0;
    for one in links.iter_mut() {
        most = most.max(*one as u32);
        // First by the other end, so that links of one place do not cross each other.
        *one = one.rotate_left(32);
    }
    sort_by_upper_half(links, &mut spare, 32);
    for one in links.iter_mut() {
        *one = one.rotate_left(32);
    }
    sort_by_upper_half(links, &mut spare, 32);
    let mut tree = vec![0_u32; (most as usize).min(links.len() + 1_000_000) + 2];
    let (mut sum, mut before) = (0, 0_u64);
    for &one in links.iter() {
        sum += before - prefix(&tree, one as u32);
        add(&mut tree, one as u32);
        before += 1;
    }
    sum
}

/// How many entries are at or below a position.
#[inline]
fn prefix(tree: &[u32], at: u32) -> u64 {
    let (mut at, mut sum) = (at as usize + 1, 0);
    while at > 0 {
        sum += u64::from(tree.get(at).copied().unwrap_or(0));
        at &= at - 1;
    }
    sum
}

/// One more at a position.
#[inline]
fn add(tree: &mut [u32], at: u32) {
    let mut at = at as usize + 1;
    while let Some(count) = tree.get_mut(at) {
        *count += 1;
        at += at & at.wrapping_neg();
    }
}

/// Neighbours as ranges, both ways, and the memory that sweeps use again.
struct Work {
    /// Place → its first neighbour in the layer before, and after; one entry more than places.
    before: Vec<u32>,
    after: Vec<u32>,
    /// The neighbours. Sorted by position only after [`Work::sort_neighbours`].
    left: Vec<u32>,
    right: Vec<u32>,
    next: Vec<u32>,
    tree: Vec<u32>,
    list: Vec<u64>,
    spare: Vec<u64>,
}

impl Work {
    fn new(out: &Layered) -> Self {
        let places = out.at.len();
        let pieces = out.low.len();
        let mut work = Self {
            before: vec![0; places + 1],
            after: vec![0; places + 1],
            left: vec![0; pieces],
            right: vec![0; pieces],
            next: Vec::new(),
            tree: Vec::new(),
            list: Vec::new(),
            spare: Vec::new(),
        };
        let (mut b, mut a) = (0, 0);
        let mut counts = vec![[0_u32; 2]; places + 1];
        for (&low, &high) in out.low.iter().zip(&out.high) {
            counts[low as usize][1] += 1;
            counts[high as usize][0] += 1;
        }
        for (place, count) in counts.iter().enumerate() {
            work.before[place] = b;
            work.after[place] = a;
            b += count[0];
            a += count[1];
        }
        let (mut next_b, mut next_a) = (work.before.clone(), work.after.clone());
        for (&low, &high) in out.low.iter().zip(&out.high) {
            let (b, a) = (&mut next_b[high as usize], &mut next_a[low as usize]);
            work.left[*b as usize] = low;
            work.right[*a as usize] = high;
            *b += 1;
            *a += 1;
        }
        work.next = next_b;
        work
    }

    /// Lists the neighbours of a layer in the order of their positions: the places of the layer
    /// beside it, in order, each enter themselves.
    fn sort_side(&mut self, out: &Layered, layer: usize, before: bool) {
        let own = out.first[layer] as usize..out.first[layer + 1] as usize;
        let (starts, list, from, others) = if before {
            (&self.before, &mut self.left, &self.after, &self.right)
        } else {
            (&self.after, &mut self.right, &self.before, &self.left)
        };
        let side = if before {
            layer.checked_sub(1)
        } else {
            Some(layer + 1).filter(|&l| l < out.layers())
        };
        let Some(side) = side else { return };
        for &place in &out.order[own] {
            self.next[place as usize] = starts[place as usize];
        }
        for &other in &out.order[out.first[side] as usize..out.first[side + 1] as usize] {
            for &place in &others[from[other as usize] as usize..from[other as usize + 1] as usize]
            {
                let next = &mut self.next[place as usize];
                list[*next as usize] = other;
                *next += 1;
            }
        }
    }

    /// The crossings between a layer and the next; the neighbours must be in order.
    fn count(&mut self, out: &Layered, layer: usize) -> u64 {
        self.sort_side(out, layer, false);
        let size = (out.first[layer + 2] - out.first[layer + 1]) as usize;
        self.tree.clear();
        self.tree.resize(size + 1, 0);
        let (mut sum, mut seen) = (0, 0_u64);
        for &place in &out.order[out.first[layer] as usize..out.first[layer + 1] as usize] {
            for &other in &self.right
                [self.after[place as usize] as usize..self.after[place as usize + 1] as usize]
            {
                let at = out.at[other as usize];
                sum += seen - prefix(&self.tree, at);
                add(&mut self.tree, at);
                seen += 1;
            }
        }
        sum
    }

    fn count_all(&mut self, out: &Layered) -> u64 {
        let mut sum = 0;
        for layer in 1..out.layers() {
            sum += self.count(out, layer - 1);
        }
        sum
    }

    /// Puts a layer in the order of its neighbours' barycentres; `flip` turns round the order of
    /// those that are equal.
    fn sweep(&mut self, out: &mut Layered, layer: usize, before: bool, flip: bool) {
        let side = if before { layer - 1 } else { layer + 1 };
        let (from, to) = (out.first[layer] as usize, out.first[layer + 1] as usize);
        let (own, other) = (
            (to - from) as f32,
            (out.first[side + 1] - out.first[side]) as f32,
        );
        let (starts, list) = if before {
            (&self.before, &self.left)
        } else {
            (&self.after, &self.right)
        };
        let (bits, most) = if to - from < 1500 {
            (16, 65_535.0)
        } else {
            (22, 4_194_303.0)
        };
        let (scale, keep) = (most / other.max(1.0), other / own.max(1.0));
        self.list.clear();
        for &place in &out.order[from..to] {
            let range = &list[starts[place as usize] as usize..starts[place as usize + 1] as usize];
            let mean = if range.is_empty() {
                out.at[place as usize] as f32 * keep
            } else {
                let mut sum = 0;
                for &one in range {
                    sum += out.at[one as usize];
                }
                sum as f32 / range.len() as f32
            };
            self.list
                .push(u64::from((mean * scale).min(most) as u32) << 32 | u64::from(place));
        }
        if flip {
            self.list.reverse();
        }
        sort_by_upper_half(&mut self.list, &mut self.spare, bits);
        for (at, &one) in self.list.iter().enumerate() {
            out.order[from + at] = one as u32;
            out.at[one as u32 as usize] = at as u32;
        }
    }

    /// Neighbours of a layer change places where that saves crossings; returns how many it saved.
    fn switch(&mut self, out: &mut Layered, layer: usize) -> u64 {
        self.sort_side(out, layer, true);
        self.sort_side(out, layer, false);
        let (from, to) = (out.first[layer] as usize, out.first[layer + 1] as usize);
        let mut saved = 0;
        // Back and forth a few times: what is left after that is little.
        for _ in 0..4 {
            let mut gain = 0_i64;
            for at in from + 1..to {
                let (u, v) = (out.order[at - 1], out.order[at]);
                let left = pair(&out.at, &self.left, &self.before, u, v);
                let more = left + pair(&out.at, &self.right, &self.after, u, v);
                if more > 0 {
                    gain += more;
                    out.order[at - 1] = v;
                    out.order[at] = u;
                    out.at[v as usize] -= 1;
                    out.at[u as usize] += 1;
                }
            }
            saved += gain as u64;
            if gain == 0 {
                break;
            }
        }
        saved
    }

    /// Sweeps until nothing gets better, from the order that is given and from its reverse, then
    /// switches; the best stays.
    fn best(&mut self, out: &mut Layered, rounds: u32) {
        let layers = out.layers();
        out.crossings = self.count_all(out);
        let mut order = out.order.clone();
        let first = order.clone();
        for start in 0..2 {
            if start == 1 {
                out.take(&first);
            }
            let mut least = u64::MAX;
            let (mut idle, mut round) = (0, start);
            while idle < rounds && out.crossings > 0 {
                let flip = round % 4 >= 2;
                // Every other start begins from the other side.
                if round % 2 == 0 {
                    for layer in 1..layers {
                        self.sweep(out, layer, true, flip);
                    }
                } else {
                    for layer in (1..layers).rev() {
                        self.sweep(out, layer - 1, false, flip);
                    }
                }
                let count = self.count_all(out);
                idle = if count < least { 0 } else { idle + 1 };
                least = least.min(count);
                if count < out.crossings {
                    out.crossings = count;
                    order.copy_from_slice(&out.order);
                }
                round += 1;
            }
        }
        out.take(&order);
        for _ in 0..8 {
            let mut saved = 0;
            for layer in 0..layers {
                saved += self.switch(out, layer);
            }
            out.crossings -= saved.min(out.crossings);
            if saved == 0 {
                break;
            }
        }
    }
}

impl Layered {
    /// Takes an order over.
    fn take(&mut self, order: &[u32]) {
        self.order.copy_from_slice(order);
        for layer in self.first.windows(2) {
            for (at, &place) in self.order[layer[0] as usize..layer[1] as usize]
                .iter()
                .enumerate()
            {
                self.at[place as usize] = at as u32;
            }
        }
    }
}

/// How many crossings between the links of two places go when the two change places; negative where
/// some come. Their neighbours are in order.
#[inline]
fn pair(at: &[u32], list: &[u32], starts: &[u32], u: u32, v: u32) -> i64 {
    let us = &list[starts[u as usize] as usize..starts[u as usize + 1] as usize];
    let vs = &list[starts[v as usize] as usize..starts[v as usize + 1] as usize];
    // Pairs that cross now: u's neighbour behind v's; pairs that would: before it.
    let (mut sum, mut behind, mut equal) = (0_i64, 0_usize, 0_usize);
    for &one in us {
        let one = at[one as usize];
        while behind < vs.len() && at[vs[behind] as usize] < one {
            behind += 1;
        }
        equal = equal.max(behind);
        while equal < vs.len() && at[vs[equal] as usize] == one {
            equal += 1;
        }
        sum += behind as i64 - (vs.len() - equal) as i64;
    }
    sum
}
