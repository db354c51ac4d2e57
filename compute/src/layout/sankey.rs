//! Flows: nodes as high as what flows through them, moved up and down until the links are as flat
//! as they can be.
//!
//! The method of d3-sankey (M. Bostock, ISC licence): six rounds, each one pass from right to left
//! and one from left to right, in which every node moves towards the weighted mean of its
//! neighbours and then out of the way of its column. Here in flat arrays: the places of links at
//! their nodes come from one walk over all nodes in the order of their y, so that no list of links
//! is ever sorted.

use super::layered::graph::Graph;
use super::sort::sort_by_upper_half;

/// Rounds of relaxation.
const ROUNDS: u32 = 6;

/// Where the nodes of a [`Graph`] are, in the caller's units.
#[derive(Debug, Clone, Default)]
pub struct Sankey {
    /// Node → upper edge.
    pub top: Vec<f32>,
    /// Node → height.
    pub height: Vec<f32>,
    /// Link → thickness.
    pub width: Vec<f32>,
    /// Link → distance from the upper edge of its lower end to the link's upper edge.
    pub leave: Vec<f32>,
    /// The same at the higher end.
    pub enter: Vec<f32>,
    /// Space between nodes.
    pub gap: f32,
}

/// Lays out a graph in a height; `least` is the smallest height of a node, `gap` the space between
/// nodes. Both shrink where the fullest column has no room.
pub fn sankey(graph: &Graph, height: f32, least: f32, gap: f32) -> Sankey {
    let clean = |v: f32| {
        if v.is_finite() && v > 0.0 {
            v.min(1e6)
        } else {
            0.0
        }
    };
    let (height, mut least, mut gap) = (clean(height), clean(least), clean(gap));
    let nodes = graph.nodes();
    let links = graph.low.len();
    let mut value = vec![0.0_f32; nodes];
    // Sums of each side in f64: a million small links count.
    let (mut left, mut right) = (vec![0.0_f64; nodes], vec![0.0_f64; nodes]);
    for link in 0..links {
        let weight = f64::from(graph.weight[link]);
        right[graph.low[link] as usize] += weight;
        left[graph.high[link] as usize] += weight;
    }
    let mut tallest = 0;
    for layer in graph.first.windows(2) {
        tallest = tallest.max(layer[1] - layer[0]);
    }
    if tallest > 1 {
        gap = gap.min(height * 0.5 / (tallest - 1) as f32);
    }
    least = least
        .min((height - gap * (tallest.max(1) - 1) as f32) * 0.5 / tallest.max(1) as f32)
        .max(0.0);
    // Units a px of height: the fullest column decides, after everyone has got the least.
    let mut scale = f64::INFINITY;
    for layer in graph.first.windows(2) {
        let (from, to) = (layer[0] as usize, layer[1] as usize);
        let mut sum = 0.0;
        for node in from..to {
            sum += left[node].max(right[node]);
        }
        let count = (to - from) as f32;
        let room = f64::from(height - (count - 1.0) * gap - count * least).max(0.0);
        if sum > 0.0 {
            scale = scale.min(room / sum);
        }
    }
    if !scale.is_finite() {
        scale = 0.0;
    }
    for node in 0..nodes {
        value[node] = (left[node].max(right[node]) * scale) as f32 + least;
    }
    let mut out = Sankey {
        height: value,
        gap,
        ..Sankey::default()
    };
    out.width.reserve_exact(links);
    for &weight in &graph.weight {
        out.width.push((f64::from(weight) * scale) as f32);
    }
    let mut relax = Relax::new(graph, out, height);
    relax.spread();
    for round in 0..ROUNDS {
        let alpha = 0.99_f32.powi(round as i32);
        let beta = (1.0 - alpha).max((round + 1) as f32 / ROUNDS as f32);
        // The order of links at their nodes hardly changes after the first rounds: tied anew twice,
        // links end as flat as those of d3-sankey.
        if round == 0 || round == 2 {
            relax.ports();
        }
        relax.pass(true, alpha, beta);
        relax.pass(false, alpha, beta);
    }
    relax.finish()
}

/// One end of a link, all that a pass needs of it side by side: at a hundred thousand nodes what
/// counts is how many cache lines are touched.
#[derive(Clone, Copy, Default)]
struct End {
    /// The node at the other end.
    to: u32,
    /// Where the other end's [`End`] is.
    twin: u32,
    width: f32,
    /// How hard it pulls.
    pull: f32,
    /// How far below the other node's upper edge this one's would be if the link were level.
    shift: f32,
    /// Where it is tied at the other node.
    place: f32,
}

struct Relax<'a> {
    graph: &'a Graph,
    out: Sankey,
    height: f32,
    top: Vec<f32>,
    /// The nodes of each column by their y.
    order: Vec<u32>,
    /// Links to the left, as in `below`, and to the right, as in the graph.
    left: Vec<End>,
    right: Vec<End>,
    list: Vec<u64>,
    spare: Vec<u64>,
    /// For each node: the thickness of what is already tied, without and with the gaps that the
    /// other ends would want.
    tied: Vec<[f32; 2]>,
}

impl<'a> Relax<'a> {
    fn new(graph: &'a Graph, out: Sankey, height: f32) -> Self {
        let (nodes, links) = (graph.nodes(), graph.low.len());
        let mut relax = Self {
            graph,
            out,
            height,
            top: vec![0.0; nodes],
            order: Vec::with_capacity(nodes),
            left: vec![End::default(); links],
            right: vec![End::default(); links],
            list: Vec::with_capacity(nodes),
            spare: Vec::with_capacity(nodes),
            tied: vec![[0.0; 2]; nodes],
        };
        for node in 0..nodes {
            relax.order.push(node as u32);
        }
        for (at, &link) in graph.below.iter().enumerate() {
            let link = link as usize;
            let (low, high) = (graph.low[link], graph.high[link]);
            // Far neighbours pull harder, as in d3-sankey.
            let pull = relax.out.width[link]
                * (graph.layer[high as usize] - graph.layer[low as usize]) as f32;
            let width = relax.out.width[link];
            relax.left[at] = End {
                to: low,
                twin: link as u32,
                width,
                pull,
                ..End::default()
            };
            relax.right[link] = End {
                to: high,
                twin: at as u32,
                width,
                pull,
                ..End::default()
            };
        }
        relax
    }

    /// The first places: one below the other, what is left of the height shared out between them.
    fn spread(&mut self) {
        for layer in self.graph.first.windows(2) {
            let (from, to) = (layer[0] as usize, layer[1] as usize);
            let mut y = 0.0;
            for node in from..to {
                self.top[node] = y;
                y += self.out.height[node] + self.out.gap;
            }
            let more = (self.height - y + self.out.gap).max(0.0) / (to - from + 1) as f32;
            for (at, node) in (from..to).enumerate() {
                self.top[node] += more * (at + 1) as f32;
            }
        }
    }

    /// Where each link is tied: at every node in the order of the other ends' y.
    fn ports(&mut self) {
        let graph = self.graph;
        let nodes = graph.nodes();
        let scale = 4_194_303.0 / self.height.max(1e-6);
        self.list.clear();
        for node in 0..nodes {
            let y = self.top[node] * scale;
            self.list.push(u64::from(y as u32) << 32 | node as u64);
        }
        sort_by_upper_half(&mut self.list, &mut self.spare, 22);
        let gap = self.out.gap;
        for (node, tied) in self.tied.iter_mut().enumerate() {
            *tied = [
                0.0,
                ((graph.up[node + 1] - graph.up[node]) as f32 - 1.0) * -0.5 * gap,
            ];
        }
        tie(&self.list, &graph.down, &mut self.left, &mut self.tied, gap);
        for (node, tied) in self.tied.iter_mut().enumerate() {
            *tied = [
                0.0,
                ((graph.down[node + 1] - graph.down[node]) as f32 - 1.0) * -0.5 * gap,
            ];
        }
        tie(&self.list, &graph.up, &mut self.right, &mut self.tied, gap);
        let (left, right) = (&mut self.left[..], &mut self.right[..]);
        for right in right {
            let left = &mut left[right.twin as usize];
            right.shift -= left.place;
            left.shift -= right.place;
        }
    }

    /// One pass over the columns, to the left or to the right.
    fn pass(&mut self, leftwards: bool, alpha: f32, beta: f32) {
        let graph = self.graph;
        let layers = graph.layers();
        for step in 1..layers {
            let layer = if leftwards { layers - 1 - step } else { step };
            let (from, to) = (graph.first[layer] as usize, graph.first[layer + 1] as usize);
            if leftwards {
                pull(&mut self.top, from, to, &graph.up, &self.right, alpha);
            } else {
                pull(&mut self.top, from, to, &graph.down, &self.left, alpha);
            }
            self.sort(from, to);
            self.collide(from, to, beta);
        }
    }

    /// Puts a column in the order of its y; equals keep theirs.
    fn sort(&mut self, from: usize, to: usize) {
        // A node may have been pulled out of the picture: a quarter of the range on both sides
        // keeps the order there too.
        let (bits, most) = if to - from < 1500 {
            (16, 65_535.0)
        } else {
            (22, 4_194_303.0)
        };
        let (scale, base) = (most * 0.5 / self.height.max(1e-6), self.height * 0.5);
        self.list.clear();
        for &node in &self.order[from..to] {
            let y = ((self.top[node as usize] + base) * scale)
                .max(0.0)
                .min(most);
            self.list.push(u64::from(y as u32) << 32 | u64::from(node));
        }
        sort_by_upper_half(&mut self.list, &mut self.spare, bits);
        for (slot, &one) in self.order[from..to].iter_mut().zip(&self.list) {
            *slot = one as u32;
        }
    }

    /// Pushes the nodes of a column apart, from its middle outwards, then back inside.
    fn collide(&mut self, from: usize, to: usize, beta: f32) {
        let order = &self.order[from..to];
        let middle = order.len() / 2;
        let Some(&subject) = order.get(middle) else {
            return;
        };
        let (top, height, gap) = (&mut self.top[..], &self.out.height[..], self.out.gap);
        rise(
            top,
            height,
            &order[..middle],
            top_of(top, subject) - gap,
            gap,
            beta,
        );
        let below = top_of(top, subject) + height[subject as usize] + gap;
        sink(top, height, &order[middle + 1..], below, gap, beta);
        rise(top, height, order, self.height, gap, beta);
        sink(top, height, order, 0.0, gap, beta);
    }

    /// The places of the links at their ends, and done.
    fn finish(mut self) -> Sankey {
        let links = self.right.len();
        self.out.leave = vec![0.0; links];
        self.out.enter = vec![0.0; links];
        self.tied.fill([0.0; 2]);
        for layer in 0..self.graph.layers() {
            let (from, to) = (
                self.graph.first[layer] as usize,
                self.graph.first[layer + 1] as usize,
            );
            self.sort(from, to);
        }
        // Of all layers at once: a link may end in any of them.
        self.list.clear();
        let scale = 4_194_303.0 / self.height.max(1e-6);
        for &node in &self.order {
            self.list
                .push(u64::from((self.top[node as usize] * scale) as u32) << 32 | u64::from(node));
        }
        sort_by_upper_half(&mut self.list, &mut self.spare, 22);
        for &one in &self.list {
            let node = one as u32 as usize;
            for at in self.graph.down[node] as usize..self.graph.down[node + 1] as usize {
                let link = self.graph.below[at] as usize;
                let sum = &mut self.tied[self.graph.low[link] as usize][0];
                self.out.leave[link] = *sum;
                *sum += self.out.width[link];
            }
            for link in self.graph.up[node] as usize..self.graph.up[node + 1] as usize {
                let sum = &mut self.tied[self.graph.high[link] as usize][1];
                self.out.enter[link] = *sum;
                *sum += self.out.width[link];
            }
        }
        self.out.top = self.top;
        self.out
    }
}

/// Places of links at their other ends: nodes from above to below, each adds its links to what is
/// already tied there.
fn tie(nodes: &[u64], starts: &[u32], ends: &mut [End], tied: &mut [[f32; 2]], gap: f32) {
    for &one in nodes {
        let node = one as u32 as usize;
        for end in &mut ends[starts[node] as usize..starts[node + 1] as usize] {
            let tied = &mut tied[end.to as usize];
            end.place = tied[0];
            end.shift = tied[1];
            tied[0] += end.width;
            tied[1] += end.width + gap;
        }
    }
}

/// Moves nodes towards the weighted mean of where their links would have them.
fn pull(top: &mut [f32], from: usize, to: usize, starts: &[u32], ends: &[End], alpha: f32) {
    for node in from..to {
        let (mut y, mut sum) = (0.0_f32, 0.0_f32);
        for end in &ends[starts[node] as usize..starts[node + 1] as usize] {
            y += (top[end.to as usize] + end.shift) * end.pull;
            sum += end.pull;
        }
        if sum > 0.0 {
            let own = top[node];
            top[node] = own + (y / sum - own) * alpha;
        }
    }
}

fn top_of(top: &[f32], node: u32) -> f32 {
    top[node as usize]
}

/// Pushes up, from the last to the first, what reaches below `y`.
fn rise(top: &mut [f32], height: &[f32], order: &[u32], mut y: f32, gap: f32, beta: f32) {
    for &node in order.iter().rev() {
        let node = node as usize;
        let over = top[node] + height[node] - y;
        if over > 0.0 {
            top[node] -= over * beta;
        }
        y = top[node] - gap;
    }
}

/// Pushes down, from the first to the last, what begins above `y`.
fn sink(top: &mut [f32], height: &[f32], order: &[u32], mut y: f32, gap: f32, beta: f32) {
    for &node in order {
        let node = node as usize;
        let over = y - top[node];
        if over > 0.0 {
            top[node] += over * beta;
        }
        y = top[node] + height[node] + gap;
    }
}
