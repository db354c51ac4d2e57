//! The crossings of a gutter, and the track that each takes: links that climb or fall together lie
//! side by side.

use super::edge_ports::settle;
use super::edge_routing::{Edge, RoutingGrid, bows_left};
use crate::layout::order;

/// One crossing of a gutter: y on its left and right side; where both ends are on one side, `same`
/// says that it comes back.
pub(super) struct Crossing {
    pub(super) edge: usize,
    pub(super) gutter: usize,
    pub(super) y: [f32; 2],
    pub(super) same: bool,
    pub(super) track: usize,
}

/// All crossings of gutters by all edges; those of a edge follow each other from left to right.
pub(super) fn crossings(grid: &RoutingGrid, edges: &[Edge]) -> Vec<Crossing> {
    let mut crossings: Vec<Crossing> = Vec::new();
    for (ix, edge) in edges.iter().enumerate() {
        let Some((a, b, _)) = edge.span(grid) else {
            continue;
        };
        if a == b {
            let gutter = if bows_left(grid, a) { a } else { a + 1 };
            crossings.push(Crossing {
                edge: ix,
                gutter,
                y: [edge.left, edge.right],
                same: true,
                track: 0,
            });
        }
        for gutter in a + 1..=b {
            let y = |at: usize, end: f32| edge.at.get(at).copied().unwrap_or(end);
            let from = if gutter == a + 1 {
                edge.left
            } else {
                y(gutter - a - 2, edge.left)
            };
            let to = if gutter == b {
                edge.right
            } else {
                y(gutter - a - 1, edge.right)
            };
            crossings.push(Crossing {
                edge: ix,
                gutter,
                y: [from, to],
                same: false,
                track: 0,
            });
        }
    }
    crossings
}

/// How many crossings of links cannot be avoided by tracks: pairs that change their order in a
/// gutter. Between edges that lead on and those that come back in one column: those that begin
/// within the other's ends.
pub fn tangles(grid: &RoutingGrid, edges: &mut [Edge]) -> usize {
    settle(grid, edges);
    let all = crossings(grid, edges);
    let mut sum = 0;
    for (ix, a) in all.iter().enumerate() {
        for b in all.get(..ix).unwrap_or_default() {
            if a.gutter != b.gutter || a.edge == b.edge {
                continue;
            }
            let within = |c: &Crossing, y: f32| y > c.y[0].min(c.y[1]) && y < c.y[0].max(c.y[1]);
            let side = |c: &Crossing| usize::from(bows_left(grid, c.gutter));
            sum += usize::from(match (a.same, b.same) {
                (false, false) => (a.y[0] - b.y[0]) * (a.y[1] - b.y[1]) < 0.0,
                (true, true) => within(a, b.y[0]) != within(a, b.y[1]),
                (true, false) => within(a, b.y[side(a)]),
                (false, true) => within(b, a.y[side(b)]),
            });
        }
    }
    sum
}

/// Gives every crossing a track of its gutter; returns how many each gutter has.
pub(super) fn tracks(grid: &RoutingGrid, edges: &[Edge], crossings: &mut [Crossing]) -> Vec<usize> {
    let mut counts = vec![0; grid.columns.len() + 1];
    let mut keys = Vec::new();
    for c in crossings.iter() {
        let [y0, y1] = c.y;
        let (top, long) = (y0.min(y1), (y1 - y0).abs());
        // First what comes back, the shortest first; then what falls, the lowest first; then what
        // climbs, the highest first.
        let key = if c.same {
            long - 3e6
        } else if y1 > y0 {
            -top
        } else {
            3e6 + top
        };
        keys.push(f64::from(key) + c.gutter as f64 * 1e8);
    }
    let mut taken: Vec<(usize, usize, f32, f32, u8)> = Vec::new();
    for (_, ix) in order(&keys) {
        let Some(c) = crossings.get_mut(ix) else {
            continue;
        };
        let [y0, y1] = c.y;
        if (y1 - y0).abs() < 6.0 && !c.same {
            continue;
        }
        let half = edges.get(c.edge).map_or(0.0, |w| w.width) / 2.0 + 1.0;
        let (top, bottom) = (y0.min(y1) - half, y0.max(y1) + half);
        let direction = if c.same { 0 } else { 1 + u8::from(y1 > y0) };
        let mut least = 0;
        for t in &taken {
            if t.0 == c.gutter && t.4 == direction && t.2 < bottom && top < t.3 {
                least = least.max(t.1 + 1);
            }
        }
        // What runs the other way must only not lie on the same track.
        while taken
            .iter()
            .any(|t| t.0 == c.gutter && t.1 == least && t.2 < bottom && top < t.3)
        {
            least += 1;
        }
        c.track = least;
        taken.push((c.gutter, least, top, bottom, direction));
        if let Some(count) = counts.get_mut(c.gutter) {
            *count = (*count).max(least + 1);
        }
    }
    // Where what comes back bows to the left, tracks count from the right.
    for c in crossings.iter_mut() {
        if c.same && c.gutter + 1 == grid.columns.len() && bows_left(grid, c.gutter) {
            c.track = counts.get(c.gutter).copied().unwrap_or(1) - 1 - c.track;
        }
    }
    counts
}
