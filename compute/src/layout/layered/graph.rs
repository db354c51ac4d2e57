//! A graph in flat arrays, ready for the layouts: nodes in layers, links without loops, neighbours
//! as ranges.
//!
//! The order of the caller's rows leaves no trace: nodes are numbered by layer and key, links by
//! their ends and weight. Time and memory grow with nodes and links only; nothing is compared
//! twice, sorts are radix sorts.

use crate::layout::sort::sort_by_upper_half;

/// No node, no link.
pub const NONE: u32 = u32::MAX;
/// More layers than this are folded into the last one.
pub const MOST_LAYERS: u32 = 4096;

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
fn bits(most: usize) -> u32 {
    usize::BITS - most.leading_zeros()
}

/// From how often each number occurs to where each begins.
fn sum_up(starts: &mut [u32]) {
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
            *level = (*level).min(MOST_LAYERS - 1);
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

/// Neighbours as ranges: the first place of each node, then all neighbours.
fn neighbours(nodes: usize, of: &[u32], other: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; nodes + 1];
    for &one in of {
        starts[one as usize] += 1;
    }
    sum_up(&mut starts);
    let mut next = starts.clone();
    let mut list = vec![0_u32; of.len()];
    for (&one, &other) in of.iter().zip(other) {
        list[next[one as usize] as usize] = other;
        next[one as usize] += 1;
    }
    (starts, list)
}

/// Lists of nodes by a number, doubly linked, so that a node changes its list in constant time.
struct Buckets {
    head: Vec<u32>,
    next: Vec<u32>,
    before: Vec<u32>,
}

impl Buckets {
    fn put(&mut self, bucket: usize, node: u32) {
        let head = self.head[bucket];
        self.next[node as usize] = head;
        self.before[node as usize] = NONE;
        if head != NONE {
            self.before[head as usize] = node;
        }
        self.head[bucket] = node;
    }

    fn take(&mut self, bucket: usize, node: u32) {
        let (next, before) = (self.next[node as usize], self.before[node as usize]);
        if before == NONE {
            self.head[bucket] = next;
        } else {
            self.next[before as usize] = next;
        }
        if next != NONE {
            self.before[next as usize] = before;
        }
    }
}

/// Layers by the links alone: an order of the nodes with few links against it, then the longest way
/// along it.
fn by_links(rank: &[u32], from: &[u32], to: &[u32]) -> Vec<u32> {
    let nodes = rank.len();
    let (mut list, mut spare) = (Vec::new(), Vec::new());
    for (&a, &b) in from.iter().zip(to) {
        if let (Some(&a), Some(&b)) = (rank.get(a as usize), rank.get(b as usize))
            && a != b
        {
            list.push(u64::from(b) << 32 | u64::from(a));
        }
    }
    // By both ends, so that the order of rows leaves no trace.
    sort_by_upper_half(&mut list, &mut spare, bits(nodes));
    for one in &mut list {
        *one = one.rotate_left(32);
    }
    sort_by_upper_half(&mut list, &mut spare, bits(nodes));
    let (mut a, mut b) = (
        Vec::with_capacity(list.len()),
        Vec::with_capacity(list.len()),
    );
    for &one in &list {
        a.push((one >> 32) as u32);
        b.push(one as u32);
    }
    let (outs, out) = neighbours(nodes, &a, &b);
    let (ins, into) = neighbours(nodes, &b, &a);

    // What is left of each node's links.
    let (mut outgoing, mut incoming): (Vec<u32>, Vec<u32>) =
        (Vec::with_capacity(nodes), Vec::with_capacity(nodes));
    let mut widest = 0;
    for node in 0..nodes {
        outgoing.push(outs[node + 1] - outs[node]);
        incoming.push(ins[node + 1] - ins[node]);
        widest = widest.max(outgoing[node]).max(incoming[node]);
    }
    let widest = widest as usize;
    // Sinks in the first list, sources in the last, the rest by what goes out less what comes in.
    let last = 2 * widest + 2;
    let bucket = |out: u32, into: u32| match (out, into) {
        (0, _) => 0,
        (_, 0) => last,
        _ => 1 + widest + out as usize - into as usize,
    };
    let mut buckets = Buckets {
        head: vec![NONE; last + 1],
        next: vec![NONE; nodes],
        before: vec![NONE; nodes],
    };
    for node in (0..nodes).rev() {
        buckets.put(bucket(outgoing[node], incoming[node]), node as u32);
    }
    let mut sequence = vec![0_u32; nodes];
    let mut gone = vec![false; nodes];
    let (mut left, mut right) = (0, nodes);
    let mut top = last;
    while left < right {
        let from = if buckets.head[0] != NONE {
            0
        } else {
            top = last.min(top + 1);
            if buckets.head[last] != NONE {
                top = last;
            }
            while top > 0 && buckets.head[top] == NONE {
                top -= 1;
            }
            top
        };
        let node = buckets.head[from];
        if node == NONE {
            break;
        }
        buckets.take(from, node);
        let at = node as usize;
        gone[at] = true;
        if from == 0 {
            right -= 1;
            sequence[at] = right as u32;
        } else {
            sequence[at] = left as u32;
            left += 1;
        }
        for &other in &out[outs[at] as usize..outs[at + 1] as usize] {
            let o = other as usize;
            if !gone[o] {
                buckets.take(bucket(outgoing[o], incoming[o]), other);
                incoming[o] -= 1;
                buckets.put(bucket(outgoing[o], incoming[o]), other);
                top = top.max(bucket(outgoing[o], incoming[o]).min(last - 1));
            }
        }
        for &other in &into[ins[at] as usize..ins[at + 1] as usize] {
            let o = other as usize;
            if !gone[o] {
                buckets.take(bucket(outgoing[o], incoming[o]), other);
                outgoing[o] -= 1;
                buckets.put(bucket(outgoing[o], incoming[o]), other);
            }
        }
    }
    let mut nodes_of = vec![0_u32; nodes];
    for (node, &at) in sequence.iter().enumerate() {
        nodes_of[at as usize] = node as u32;
    }
    // Links against the sequence count as turned round: the longest way stays finite.
    let mut level = vec![0_u32; nodes];
    for &node in &nodes_of {
        let at = node as usize;
        let mut own = 0;
        for &other in into[ins[at] as usize..ins[at + 1] as usize]
            .iter()
            .chain(&out[outs[at] as usize..outs[at + 1] as usize])
        {
            if sequence[other as usize] < sequence[at] {
                own = own.max(level[other as usize] + 1);
            }
        }
        level[at] = own;
    }
    // A node with more links to later than to earlier ones moves on as far as it can: links get
    // shorter and none turns round.
    for _ in 0..4 {
        for &node in nodes_of.iter().rev() {
            let at = node as usize;
            let (mut least, mut most, mut before, mut after) = (0, u32::MAX, 0, 0);
            for &other in into[ins[at] as usize..ins[at + 1] as usize]
                .iter()
                .chain(&out[outs[at] as usize..outs[at + 1] as usize])
            {
                let there = level[other as usize];
                if sequence[other as usize] < sequence[at] {
                    least = least.max(there + 1);
                    before += 1;
                } else {
                    most = most.min(there - 1);
                    after += 1;
                }
            }
            if after > before {
                level[at] = most;
            } else if before > after {
                level[at] = least;
            }
        }
    }
    level
}
