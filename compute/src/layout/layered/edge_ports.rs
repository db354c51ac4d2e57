//! Where links are tied to the sides of chips, and where they run in the lanes between.

use super::edge_routing::{Edge, RoutingGrid, bows_left, middle};
use crate::layout::order;

/// Ties all links to their chips and lanes: each in the order of where it comes from and goes to,
/// in turn, until that settles.
pub(super) fn settle(grid: &RoutingGrid, edges: &mut [Edge]) {
    for edge in edges.iter_mut() {
        edge.at.clear();
        let Some((a, _, _)) = edge.span(grid) else {
            continue;
        };
        for (step, &gap) in edge.lanes.iter().enumerate() {
            edge.at.push(
                grid.gaps
                    .get(a + 1 + step)
                    .and_then(|g| g.get(gap))
                    .copied()
                    .unwrap_or(0.0),
            );
        }
    }
    for turn in 0..4 {
        ports(grid, edges);
        // From the left, from the right, from both.
        lanes(grid, edges, [1.0, 0.0, 0.5, 0.5][turn]);
    }
    ports(grid, edges);
}

/// Where links are tied to chips: on each side in the order in which they come in, so that they do
/// not cross there.
fn ports(grid: &RoutingGrid, edges: &mut [Edge]) {
    const FAR: f32 = 1e6;
    // Chip and side, key; edge and end.
    let (mut keys, mut ends) = (Vec::new(), Vec::new());
    for (ix, edge) in edges.iter().enumerate() {
        let Some((a, b, back)) = edge.span(grid) else {
            continue;
        };
        let (left, right) = edge.ends(back);
        let (from, to) = (middle(grid, left), middle(grid, right));
        let same = a == b;
        let left_side = usize::from(!same || !bows_left(grid, a));
        let right_side = usize::from(same && left_side == 1);
        let lane = |lane: Option<&f32>, end: f32| lane.copied().unwrap_or(end);
        let (left_key, right_key) = if same {
            // Nested: the nearest outermost on the chip's side.
            let key = |own: f32, other: f32| {
                if other < own {
                    (own - other) - FAR
                } else {
                    FAR - (other - own)
                }
            };
            (key(from, to), key(to, from))
        } else {
            (lane(edge.at.first(), to), lane(edge.at.last(), from))
        };
        for (end, chip, side, key) in [
            (0, left, left_side, left_key),
            (1, right, right_side, right_key),
        ] {
            keys.push(f64::from(key) + ((chip * 2 + side) as f64) * 8.0 * f64::from(FAR));
            ends.push((ix, end, chip * 2 + side));
        }
    }
    let sorted = order(&keys);
    let mut at = 0;
    while let Some(&(_, first)) = sorted.get(at) {
        let side = ends.get(first).map_or(0, |e| e.2);
        // All of one side follow each other.
        let (mut to, mut total) = (at, 0.0);
        while let Some(&(ix, _, of)) = sorted.get(to).and_then(|s| ends.get(s.1)) {
            if of != side {
                break;
            }
            total += edges.get(ix).map_or(0.0, Edge::room);
            to += 1;
        }
        let mut y = middle(grid, side / 2) - total / 2.0;
        for one in sorted.get(at..to).unwrap_or_default() {
            if let Some(&(ix, end, _)) = ends.get(one.1)
                && let Some(edge) = edges.get_mut(ix)
            {
                let half = edge.room() / 2.0;
                *(if end == 0 {
                    &mut edge.left
                } else {
                    &mut edge.right
                }) = y + half;
                y += half * 2.0;
            }
        }
        at = to;
    }
}

/// The y of every lane: in each gap in the order of where the links come from (`left` 1) or go to
/// (0).
fn lanes(grid: &RoutingGrid, edges: &mut [Edge], left: f32) {
    let (mut keys, mut of) = (Vec::new(), Vec::new());
    for (ix, edge) in edges.iter().enumerate() {
        let Some((a, _, _)) = edge.span(grid) else {
            continue;
        };
        for (step, &gap) in edge.lanes.iter().enumerate() {
            let before = step
                .checked_sub(1)
                .and_then(|s| edge.at.get(s))
                .copied()
                .unwrap_or(edge.left);
            let after = edge.at.get(step + 1).copied().unwrap_or(edge.right);
            let group = (a + 1 + step) * 4096 + gap;
            keys.push(f64::from(before * left + after * (1.0 - left)) + group as f64 * 1e7);
            of.push((ix, step, group));
        }
    }
    let sorted = order(&keys);
    let mut at = 0;
    while let Some(&(_, _, group)) = sorted.get(at).and_then(|s| of.get(s.1)) {
        let (mut to, mut total) = (at, 0.0);
        while let Some(&(ix, _, _)) = sorted
            .get(to)
            .and_then(|s| of.get(s.1))
            .filter(|o| o.2 == group)
        {
            total += edges.get(ix).map_or(0.0, Edge::room);
            to += 1;
        }
        let mut y = grid
            .gaps
            .get(group / 4096)
            .and_then(|g| g.get(group % 4096))
            .copied()
            .unwrap_or(0.0)
            - total / 2.0;
        for one in sorted.get(at..to).unwrap_or_default() {
            if let Some(&(ix, step, _)) = of.get(one.1)
                && let Some(edge) = edges.get_mut(ix)
            {
                let half = edge.room() / 2.0;
                if let Some(slot) = edge.at.get_mut(step) {
                    *slot = y + half;
                }
                y += half * 2.0;
            }
        }
        at = to;
    }
}
