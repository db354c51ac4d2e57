//! Treemaps of trees: a million leaves summed, sorted, laid out, seen from any node, and picked.
//! Not here: names, colours, what a tile looks like.
//!
//! Nodes are numbers: leaf `i` is `i`, the inner nodes follow from `leaves` on, the first of them
//! is the root, and a parent has a smaller number than its inner children.

mod headers;
mod layout;

pub use layout::{Frame, Header, Hit, Limits, NONE, TreemapLayout};

use super::sort::{Scratch, arrange, number};

/// Levels that a tree may have.
pub const MAX_LEVELS: usize = 64;

/// Values in a hierarchy, children from the largest down. Per leaf 8 bytes for its value and 4 for
/// its place; no more for flat ones.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    values: Vec<f64>,
    sums: Vec<f64>,
    /// Inner node `i` has the children `child[start[i]..start[i + 1]]`.
    start: Vec<u32>,
    child: Vec<u32>,
    /// Whether an inner node has inner nodes among its children: of the others no child is asked.
    nested: Vec<bool>,
}

impl Tree {
    /// A tree of values in groups, outermost first: `levels[k][i]` is the group of leaf `i` on
    /// level `k`. Groups are those that have the same codes on all levels so far. A code that is
    /// not below `counts[k]` says that the leaf stands in no group of this level nor of deeper
    /// ones.
    ///
    /// Values are finite and not negative (anything else counts as 0). Besides the tree, level and
    /// code of the inner nodes are returned; levels count from 1, the root is 0, 0. Time linear in
    /// leaves, levels and counts. Levels beyond [`MAX_LEVELS`] and leaves beyond 2³¹ are left out.
    pub fn grouped(
        mut values: Vec<f64>,
        levels: &[&[u32]],
        counts: &[usize],
    ) -> (Self, Vec<[u32; 2]>) {
        values.truncate(1 << 31);
        let leaves = values.len();
        let levels = levels.get(..MAX_LEVELS).unwrap_or(levels);
        // Leaves in the order of their codes, outermost level first, ties in their own order:
        // sorted by the innermost level first, stably. Empty: as they come.
        let mut order: Vec<u32> = Vec::new();
        if let Some(last) = levels.len().checked_sub(1) {
            for level in (0..=last).rev() {
                by_code(
                    &mut order,
                    leaves,
                    levels.get(level).copied().unwrap_or_default(),
                    counts.get(level).copied().unwrap_or(0),
                );
            }
        }
        let mut tree = Self {
            values,
            ..Self::default()
        };
        let mut codes = vec![[0, 0]];
        // The runs of leaves that the inner nodes hold, level after level.
        let mut open = vec![[0, leaves as u32]];
        let mut placed = 0;
        for level in 0..=levels.len() {
            // Beyond the last level all stand in no group.
            let count = if level < levels.len() {
                counts.get(level).copied().unwrap_or(0)
            } else {
                0
            };
            if count == 0 {
                // All that are left: no more memory than they need.
                tree.child.reserve_exact(leaves.saturating_sub(placed));
            }
            let groups = Groups {
                codes: levels.get(level).copied().unwrap_or_default(),
                count,
                level: level as u32 + 1,
            };
            let mut next: Vec<[u32; 2]> = Vec::new();
            for &run in &open {
                placed += tree.part(run, &groups, &order, &mut codes, &mut next);
            }
            open = next;
        }
        tree.start.push(tree.child.len() as u32);
        // Leaves of one level are in their own order in each group; those of several may be in that
        // of their inner groups.
        let ordered = order.is_empty() || levels.len() < 2;
        drop(order);
        if !ordered {
            clean(&mut tree.values);
        }
        tree.finish(ordered);
        (tree, codes)
    }

    /// Adds an inner node with a run of leaves: its groups, whose runs and codes are appended, then
    /// the leaves that stand in none. Returns how many those are.
    #[inline]
    fn part(
        &mut self,
        [from, to]: [u32; 2],
        groups: &Groups<'_>,
        order: &[u32],
        codes: &mut Vec<[u32; 2]>,
        runs: &mut Vec<[u32; 2]>,
    ) -> usize {
        let leaves = self.values.len();
        self.start.push(self.child.len() as u32);
        let mut begin = from;
        let mut group = u32::MAX;
        let end = if groups.count > 0 { to } else { from };
        for at in from..end {
            let leaf = if order.is_empty() {
                at
            } else {
                order.get(at as usize).copied().unwrap_or(at)
            };
            let code = groups.codes.get(leaf as usize).copied().unwrap_or(u32::MAX);
            if code == group {
                continue;
            }
            if group != u32::MAX {
                runs.push([begin, at]);
                begin = at;
            }
            if code as usize >= groups.count {
                group = u32::MAX;
                break;
            }
            group = code;
            self.child.push((leaves + codes.len()) as u32);
            codes.push([groups.level, group]);
        }
        if group != u32::MAX {
            runs.push([begin, to]);
            begin = to;
        }
        if order.is_empty() {
            self.child.extend(begin..to);
        } else {
            self.child
                .extend_from_slice(order.get(begin as usize..to as usize).unwrap_or_default());
        }
        (to - begin) as usize
    }

    /// A tree of children that are listed: `lists[k]` are the children of inner node `k`, in the
    /// numbering of the module. Every leaf and every inner node but the root stands in one list, a
    /// parent's number being smaller than those of its inner children; a child for which that is
    /// not so is left out.
    pub fn listed(mut values: Vec<f64>, lists: &[Vec<u32>]) -> Self {
        clean(&mut values);
        let mut tree = Self {
            values,
            ..Self::default()
        };
        let leaves = tree.values.len();
        for (ix, list) in lists.iter().enumerate() {
            tree.start.push(tree.child.len() as u32);
            for &child in list {
                if (child as usize) < leaves
                    || ((child as usize) > leaves + ix && (child as usize) < leaves + lists.len())
                {
                    tree.child.push(child);
                }
            }
        }
        tree.start.push(tree.child.len() as u32);
        tree.finish(false);
        tree
    }

    /// From the deepest node up: sums a node's children and sorts them.
    fn finish(&mut self, ordered: bool) {
        let inner = self.start.len().saturating_sub(1);
        self.sums = vec![0.0; inner];
        let mut tools = Scratch::default();
        for ix in (0..inner).rev() {
            let [from, to] = bounds(&self.start, ix);
            let Some(children) = self.child.get_mut(from..to) else {
                continue;
            };
            // In order: inner nodes stand first, and leaves from a lower one to a higher one, often
            // without a gap.
            let (first, last) = (
                children.first().copied().unwrap_or(0),
                children.last().copied().unwrap_or(0),
            );
            let straight = ordered
                && (last as usize) < self.values.len()
                && (last.wrapping_sub(first)) as usize + 1 == children.len();
            self.nested.push(if ordered {
                first as usize >= self.values.len()
            } else {
                children
                    .iter()
                    .any(|&child| child as usize >= self.values.len())
            });
            if straight {
                // Now, when they are about to be read anyway.
                clean(
                    self.values
                        .get_mut(first as usize..=last as usize)
                        .unwrap_or_default(),
                );
            } else if ordered {
                for &child in children.iter() {
                    clean(
                        self.values
                            .get_mut(child as usize..=child as usize)
                            .unwrap_or_default(),
                    );
                }
            }
            // Summed from the end, as d3's `sum` does.
            let sum = arrange(
                &self.values,
                &self.sums,
                true,
                straight,
                children,
                &mut tools,
            );
            if let Some(slot) = self.sums.get_mut(ix) {
                *slot = sum;
            }
        }
        self.nested.reverse();
    }

    /// Whether a node has inner nodes among its children.
    fn nests(&self, node: u32) -> bool {
        (node as usize)
            .checked_sub(self.values.len())
            .and_then(|ix| self.nested.get(ix))
            .is_some_and(|&nested| nested)
    }

    /// How many leaves there are; the number of the root.
    pub fn leaves(&self) -> u32 {
        self.values.len() as u32
    }

    /// How many inner nodes there are.
    pub fn inner(&self) -> u32 {
        self.sums.len() as u32
    }

    /// A leaf's value, or the sum of an inner node's leaves; 0 beyond.
    pub fn value(&self, node: u32) -> f64 {
        number(&self.values, &self.sums, node)
    }

    /// Children from the largest down, ties in the order of the input; none of a leaf.
    pub fn children(&self, node: u32) -> &[u32] {
        match (node as usize).checked_sub(self.values.len()) {
            Some(ix) => run(&self.start, &self.child, ix),
            None => &[],
        }
    }

    /// The node that has this child; the search is linear in the tree.
    pub fn parent(&self, child: u32) -> Option<u32> {
        let at = self.child.iter().position(|&c| c == child)? as u32;
        let ix = self.start.partition_point(|&start| start <= at);
        Some(self.leaves() + ix.checked_sub(1)? as u32)
    }

    /// How many leaves stand below a node; 1 for a leaf. Linear in what is below.
    pub fn leaves_below(&self, node: u32) -> usize {
        if node < self.leaves() {
            return 1;
        }
        let (mut count, mut open) = (0, vec![node]);
        while let Some(node) = open.pop() {
            for &child in self.children(node) {
                if child < self.leaves() {
                    count += 1
                } else {
                    open.push(child)
                }
            }
        }
        count
    }
}

/// The groups of one level.
struct Groups<'a> {
    /// The code of each leaf; from `count` on it stands in none.
    codes: &'a [u32],
    count: usize,
    level: u32,
}

/// What is no number, not finite or negative counts as 0.
fn clean(values: &mut [f64]) {
    for value in values {
        // The sign is the first bit, the exponent of what is not finite is all ones.
        if value.to_bits() >= f64::INFINITY.to_bits() {
            *value = 0.0;
        }
    }
}

fn bounds(start: &[u32], ix: usize) -> [usize; 2] {
    let at = |ix: usize| start.get(ix).copied().unwrap_or(0) as usize;
    [at(ix), at(ix + 1)]
}

fn run<'a>(start: &[u32], child: &'a [u32], ix: usize) -> &'a [u32] {
    let [from, to] = bounds(start, ix);
    child.get(from..to).unwrap_or_default()
}

/// Sorts leaves by their codes, stably, by counting; all codes of `count` or more are one, the
/// last.
fn by_code(leaves: &mut Vec<u32>, count_leaves: usize, codes: &[u32], count: usize) {
    let last = count as u32;
    let code = |leaf: u32| codes.get(leaf as usize).copied().unwrap_or(last).min(last);
    // Who exports groups exports them one after the other.
    if leaves.is_empty() {
        if codes.len() >= count_leaves && codes.is_sorted() {
            return;
        }
        leaves.extend(0..count_leaves as u32);
    } else {
        let (mut sorted, mut before) = (true, 0);
        for &leaf in leaves.iter() {
            let code = code(leaf);
            sorted &= code >= before;
            before = code;
        }
        if sorted {
            return;
        }
    }
    let mut ends = vec![0_u32; count + 2];
    for &leaf in leaves.iter() {
        if let Some(end) = ends.get_mut(code(leaf) as usize + 1) {
            *end += 1;
        }
    }
    let mut sum = 0;
    for end in &mut ends {
        sum += *end;
        *end = sum;
    }
    let mut out = vec![0; leaves.len()];
    for &leaf in leaves.iter() {
        if let Some(end) = ends.get_mut(code(leaf) as usize) {
            if let Some(slot) = out.get_mut(*end as usize) {
                *slot = leaf;
            }
            *end += 1;
        }
    }
    *leaves = out;
}
