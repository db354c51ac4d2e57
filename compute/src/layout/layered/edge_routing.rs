//! Ways for the links of a diagram in columns: out of a chip's side into the gutter, through lanes
//! between the blocks, into the other chip's side.
//!
//! No way runs through a chip by construction: a curve stays within the box of its four points,
//! which is a gutter or a lane. A gutter is crossed in one cubic whose inner points stand on a
//! track, so that links that climb or fall together lie side by side; it leaves and enters
//! horizontally, so that pieces join without a kink. The order of tracks is that of channel routing
//! (A. Hashimoto, J. Stevens, 1971): of links that fall, the higher begins further right. Lengths
//! are CSS px.

use super::edge_ports::settle;
use super::gutter_tracks::{crossings, tracks};

pub use super::gutter_tracks::tangles;

/// Chips in columns. Gutter `g` lies left of column `g`; the last one right of the last column.
#[derive(Debug, Clone, Default)]
pub struct RoutingGrid {
    /// Left and right edge of each column.
    pub columns: Vec<[f32; 2]>,
    /// Column and place of each chip: left, top, right, bottom.
    pub chips: Vec<(usize, [f32; 4])>,
    /// For each column, from above: the middles of the gaps that lanes may run through.
    pub gaps: Vec<Vec<f32>>,
    /// The right edge of everything.
    pub width: f32,
}

/// A link to be drawn.
#[derive(Debug, Clone, Default)]
pub struct Edge {
    /// The chip where it begins.
    pub from: usize,
    /// The chip where it ends.
    pub to: usize,
    /// Width.
    pub width: f32,
    /// It closes a circle: below all columns between it runs back, in the return lane.
    pub returns: bool,
    /// The gap that it runs through in each column between, from left to right; filled by [`plan`].
    pub lanes: Vec<usize>,
    /// Out: its curves from its beginning to its end, each start, two inner points, end.
    pub curves: Vec<[[f32; 2]; 4]>,
    /// Where it is tied to its left and right chip, then its y in the lanes.
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) at: Vec<f32>,
}

/// Space between links that lie side by side.
pub const BETWEEN: f32 = 2.0;

impl Edge {
    /// A link between two chips. One without width takes no room: it lies over what is there.
    pub fn new(from: usize, to: usize, width: f32) -> Self {
        Self {
            from,
            to,
            width,
            ..Self::default()
        }
    }

    /// The room that it takes across.
    pub(super) fn room(&self) -> f32 {
        if self.width > 0.0 {
            self.width + BETWEEN
        } else {
            0.0
        }
    }

    /// Its columns from left to right, and whether it runs from right to left.
    pub(super) fn span(&self, grid: &RoutingGrid) -> Option<(usize, usize, bool)> {
        let (a, b) = (grid.chips.get(self.from)?.0, grid.chips.get(self.to)?.0);
        Some((a.min(b), a.max(b), a > b))
    }

    /// Whether it runs from right to left.
    pub fn runs_back(&self, grid: &RoutingGrid) -> bool {
        self.span(grid).is_some_and(|span| span.2)
    }

    /// The y to which it leads from its left and from its right chip; to be asked after [`tangles`]
    /// or [`route`].
    pub fn leads(&self) -> (f32, f32) {
        (
            self.at.first().copied().unwrap_or(self.right),
            self.at.last().copied().unwrap_or(self.left),
        )
    }

    /// Its chips from left to right.
    pub fn chips(&self, grid: &RoutingGrid) -> Option<(usize, usize)> {
        let (_, _, back) = self.span(grid)?;
        Some(self.ends(back))
    }

    pub(super) fn ends(&self, back: bool) -> (usize, usize) {
        if back {
            (self.to, self.from)
        } else {
            (self.from, self.to)
        }
    }
}

pub(super) fn middle(grid: &RoutingGrid, chip: usize) -> f32 {
    grid.chips
        .get(chip)
        .map_or(0.0, |(_, r)| (r[1] + r[3]) / 2.0)
}

/// The side on which a link within one column bows out: right, but left of the last column.
pub(super) fn bows_left(grid: &RoutingGrid, column: usize) -> bool {
    column > 0 && column + 1 == grid.columns.len()
}

/// Chooses for every long link the gaps that it runs through: the way that climbs and falls least.
/// Returns the room that lanes take in each gap of each column.
pub fn plan(grid: &RoutingGrid, edges: &mut [Edge]) -> Vec<Vec<f32>> {
    let mut room: Vec<Vec<f32>> = Vec::new();
    for gaps in &grid.gaps {
        room.push(vec![0.0; gaps.len()]);
    }
    for edge in edges {
        edge.lanes.clear();
        let Some((a, b, back)) = edge.span(grid) else {
            continue;
        };
        let (first, last) = edge.ends(back);
        let (start, goal) = (middle(grid, first), middle(grid, last));
        // Costs of every gap so far, and for each column where the best way to a gap came from.
        let mut costs = vec![(start, 0.0_f32)];
        let mut came: Vec<Vec<usize>> = Vec::new();
        for column in a + 1..b {
            let (mut next, mut from) = (Vec::new(), Vec::new());
            let gaps = grid.gaps.get(column).map(Vec::as_slice).unwrap_or_default();
            for (at, &gap) in gaps.iter().enumerate() {
                let mut best = (f32::INFINITY, 0);
                if edge.returns && at + 1 < gaps.len() {
                    next.push((gap, best.0));
                    from.push(best.1);
                    continue;
                }
                for (ix, &(y, cost)) in costs.iter().enumerate() {
                    let cost = cost + (y - gap).abs();
                    if cost < best.0 {
                        best = (cost, ix);
                    }
                }
                next.push((gap, best.0));
                from.push(best.1);
            }
            costs = next;
            came.push(from);
        }
        let mut best = (f32::INFINITY, 0);
        for (ix, &(y, cost)) in costs.iter().enumerate() {
            let cost = cost + (y - goal).abs();
            if cost < best.0 {
                best = (cost, ix);
            }
        }
        let mut gap = best.1;
        for from in came.iter().rev() {
            edge.lanes.push(gap);
            gap = from.get(gap).copied().unwrap_or(0);
        }
        edge.lanes.reverse();
        for (step, &gap) in edge.lanes.iter().enumerate() {
            if let Some(room) = room.get_mut(a + 1 + step).and_then(|r| r.get_mut(gap)) {
                *room += edge.room();
            }
        }
    }
    room
}

/// The height that a chip needs for the links on its fuller side.
pub fn needs(grid: &RoutingGrid, edges: &[Edge]) -> Vec<f32> {
    let mut sides = vec![[0.0_f32; 2]; grid.chips.len()];
    for edge in edges {
        let Some((a, b, back)) = edge.span(grid) else {
            continue;
        };
        let (left, right) = edge.ends(back);
        let left_side = usize::from(a != b || !bows_left(grid, a));
        let right_side = usize::from(a == b && left_side == 1);
        for (chip, side) in [(left, left_side), (right, right_side)] {
            if let Some(side) = sides.get_mut(chip).and_then(|s| s.get_mut(side)) {
                *side += edge.room();
            }
        }
    }
    let mut out = Vec::new();
    for side in sides {
        out.push(side[0].max(side[1]));
    }
    out
}

/// Draws all ways: fills the edges' curves.
pub fn route(grid: &RoutingGrid, edges: &mut [Edge]) {
    settle(grid, edges);
    let mut crossings = crossings(grid, edges);
    let tracks = tracks(grid, edges, &mut crossings);
    for edge in edges.iter_mut() {
        edge.curves.clear();
    }
    for crossing in &crossings {
        let Some(edge) = edges.get_mut(crossing.edge) else {
            continue;
        };
        let Some((a, _, _)) = edge.span(grid) else {
            continue;
        };
        let (x0, x1) = gutter(grid, crossing.gutter);
        let most = tracks.get(crossing.gutter).copied().unwrap_or(0).max(1) as f32;
        let [y0, y1] = crossing.y;
        // Tracks share the middle of the gutter.
        let pad = (x1 - x0) * 0.22;
        let step = ((x1 - x0 - 2.0 * pad) / most).min(6.0);
        let middle = (x0 + x1) / 2.0;
        let x = if (y1 - y0).abs() < 6.0 && !crossing.same {
            middle
        } else {
            middle + (crossing.track as f32 + 0.5 - most / 2.0) * step
        };
        if crossing.same {
            // A cubic reaches three quarters of the way to its inner points.
            let (side, sign, depth) = if crossing.gutter == a {
                (x1, -1.0, x1 - x)
            } else {
                (x0, 1.0, x - x0)
            };
            let x = side + sign * (depth * 4.0 / 3.0).min(x1 - x0);
            edge.curves.push([[side, y0], [x, y0], [x, y1], [side, y1]]);
        } else {
            let lane = crossing.gutter.wrapping_sub(a + 2);
            if let Some(&y) = edge.at.get(lane)
                && let Some(&[left, right]) = grid.columns.get(crossing.gutter - 1)
            {
                edge.curves.push(straight([left, y], [right, y]));
            }
            edge.curves.push([[x0, y0], [x, y0], [x, y1], [x1, y1]]);
        }
    }
    for edge in edges {
        let Some((a, b, back)) = edge.span(grid) else {
            continue;
        };
        // Within a column `left` is where it begins.
        if back && a != b {
            edge.curves.reverse();
            for curve in &mut edge.curves {
                curve.reverse();
            }
        }
    }
}

fn straight(a: [f32; 2], b: [f32; 2]) -> [[f32; 2]; 4] {
    let third = (b[0] - a[0]) / 3.0;
    [a, [a[0] + third, a[1]], [b[0] - third, b[1]], b]
}

/// Left and right edge of a gutter.
fn gutter(grid: &RoutingGrid, at: usize) -> (f32, f32) {
    let left = at
        .checked_sub(1)
        .and_then(|c| grid.columns.get(c))
        .map_or(0.0, |c| c[1]);
    let right = grid.columns.get(at).map_or(grid.width.max(left), |c| c[0]);
    (left, right.max(left))
}
