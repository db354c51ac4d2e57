//! Layers where the links alone decide.

use super::graph::{NONE, bits, sum_up};
use crate::layout::sort::sort_by_upper_half;

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

/// The neighbours of all nodes, both ways.
struct Neighbours {
    outs: Vec<u32>,
    out: Vec<u32>,
    ins: Vec<u32>,
    into: Vec<u32>,
}

impl Neighbours {
    /// By ranks; loops and links of nobody are left out.
    fn new(rank: &[u32], from: &[u32], to: &[u32]) -> Self {
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
        Self {
            outs,
            out,
            ins,
            into,
        }
    }

    fn nodes(&self) -> usize {
        self.outs.len() - 1
    }

    /// To which a node has links.
    #[inline]
    fn out(&self, node: usize) -> &[u32] {
        &self.out[self.outs[node] as usize..self.outs[node + 1] as usize]
    }

    /// From which it has links.
    #[inline]
    fn into(&self, node: usize) -> &[u32] {
        &self.into[self.ins[node] as usize..self.ins[node + 1] as usize]
    }

    /// All of them.
    #[inline]
    fn of(&self, node: usize) -> impl Iterator<Item = &u32> {
        self.into(node).iter().chain(self.out(node))
    }
}

/// Layers by the links alone: an order of the nodes with few links against it, then the longest way
/// along it.
pub(super) fn by_links(rank: &[u32], from: &[u32], to: &[u32]) -> Vec<u32> {
    let links = Neighbours::new(rank, from, to);
    let sequence = Feedback::new(&links).sequence(&links);
    let mut nodes_of = vec![0_u32; links.nodes()];
    for (node, &at) in sequence.iter().enumerate() {
        nodes_of[at as usize] = node as u32;
    }
    let mut level = longest_ways(&links, &sequence, &nodes_of);
    shorten(&links, &sequence, &nodes_of, &mut level);
    level
}

/// The search for an order with few links against it: what is left of each node's links, and the
/// nodes by that.
struct Feedback {
    outgoing: Vec<u32>,
    incoming: Vec<u32>,
    widest: usize,
    buckets: Buckets,
}

impl Feedback {
    fn new(links: &Neighbours) -> Self {
        let nodes = links.nodes();
        let (mut outgoing, mut incoming): (Vec<u32>, Vec<u32>) =
            (Vec::with_capacity(nodes), Vec::with_capacity(nodes));
        let mut widest = 0;
        for node in 0..nodes {
            outgoing.push(links.outs[node + 1] - links.outs[node]);
            incoming.push(links.ins[node + 1] - links.ins[node]);
            widest = widest.max(outgoing[node]).max(incoming[node]);
        }
        let widest = widest as usize;
        let mut search = Self {
            outgoing,
            incoming,
            widest,
            buckets: Buckets {
                head: vec![NONE; 2 * widest + 3],
                next: vec![NONE; nodes],
                before: vec![NONE; nodes],
            },
        };
        for node in (0..nodes).rev() {
            search.buckets.put(search.bucket(node), node as u32);
        }
        search
    }

    /// Sinks stand in the first list, sources in the last, the rest by what goes out less what
    /// comes in.
    #[inline]
    fn last(&self) -> usize {
        2 * self.widest + 2
    }

    #[inline]
    fn bucket(&self, node: usize) -> usize {
        match (self.outgoing[node], self.incoming[node]) {
            (0, _) => 0,
            (_, 0) => self.last(),
            (out, into) => 1 + self.widest + out as usize - into as usize,
        }
    }

    /// The last list that is not empty, but the first where there are sinks; `top` is no lower than
    /// the last but one that is not empty.
    fn next_bucket(&self, top: &mut usize) -> usize {
        let (head, last) = (&self.buckets.head, self.last());
        if head[0] != NONE {
            return 0;
        }
        *top = last.min(*top + 1);
        if head[last] != NONE {
            *top = last;
        }
        while *top > 0 && head[*top] == NONE {
            *top -= 1;
        }
        *top
    }

    /// The place of every node.
    fn sequence(mut self, links: &Neighbours) -> Vec<u32> {
        let nodes = links.nodes();
        let last = self.last();
        let mut sequence = vec![0_u32; nodes];
        let mut gone = vec![false; nodes];
        let (mut left, mut right) = (0, nodes);
        let mut top = last;
        while left < right {
            let from = self.next_bucket(&mut top);
            let node = self.buckets.head[from];
            if node == NONE {
                break;
            }
            self.buckets.take(from, node);
            let at = node as usize;
            gone[at] = true;
            if from == 0 {
                right -= 1;
                sequence[at] = right as u32;
            } else {
                sequence[at] = left as u32;
                left += 1;
            }
            for &other in links.out(at) {
                let o = other as usize;
                if !gone[o] {
                    self.buckets.take(self.bucket(o), other);
                    self.incoming[o] -= 1;
                    self.buckets.put(self.bucket(o), other);
                    top = top.max(self.bucket(o).min(last - 1));
                }
            }
            for &other in links.into(at) {
                let o = other as usize;
                if !gone[o] {
                    self.buckets.take(self.bucket(o), other);
                    self.outgoing[o] -= 1;
                    self.buckets.put(self.bucket(o), other);
                }
            }
        }
        sequence
    }
}

/// The layer of every node: the longest way to it. Links against the sequence count as turned
/// round, so that it is finite.
fn longest_ways(links: &Neighbours, sequence: &[u32], nodes_of: &[u32]) -> Vec<u32> {
    let mut level = vec![0_u32; nodes_of.len()];
    for &node in nodes_of {
        let at = node as usize;
        let mut own = 0;
        for &other in links.of(at) {
            if sequence[other as usize] < sequence[at] {
                own = own.max(level[other as usize] + 1);
            }
        }
        level[at] = own;
    }
    level
}

/// A node with more links to later than to earlier ones moves on as far as it can: links get
/// shorter and none turns round.
fn shorten(links: &Neighbours, sequence: &[u32], nodes_of: &[u32], level: &mut [u32]) {
    for _ in 0..4 {
        for &node in nodes_of.iter().rev() {
            let at = node as usize;
            let (mut least, mut most, mut before, mut after) = (0, u32::MAX, 0, 0);
            for &other in links.of(at) {
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
}
