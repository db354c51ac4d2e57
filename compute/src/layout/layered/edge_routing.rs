//! Ways for the links of a diagram in columns: out of a chip's side into the gutter, through lanes
//! between the blocks, into the other chip's side.
//!
//! No way runs through a chip by construction: a curve stays within the box of its four points,
//! which is a gutter or a lane. A gutter is crossed in one cubic whose inner points stand on a
//! track, so that links that climb or fall together lie side by side; it leaves and enters
//! horizontally, so that pieces join without a kink. The order of tracks is that of channel routing
//! (A. Hashimoto, J. Stevens, 1971): of links that fall, the higher begins further right. Lengths
//! are CSS px.

use crate::layout::order;

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
    left: f32,
    right: f32,
    at: Vec<f32>,
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
    fn room(&self) -> f32 {
        if self.width > 0.0 {
            self.width + BETWEEN
        } else {
            0.0
        }
    }

    /// The wire's columns from left to right, and whether it runs from right to left.
    fn span(&self, board: &RoutingGrid) -> Option<(usize, usize, bool)> {
        let (a, b) = (board.chips.get(self.from)?.0, board.chips.get(self.to)?.0);
        Some((a.min(b), a.max(b), a > b))
    }

    /// Whether it runs from right to left.
    pub fn runs_back(&self, board: &RoutingGrid) -> bool {
        self.span(board).is_some_and(|span| span.2)
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
    pub fn chips(&self, board: &RoutingGrid) -> Option<(usize, usize)> {
        let (_, _, back) = self.span(board)?;
        Some(self.ends(back))
    }

    fn ends(&self, back: bool) -> (usize, usize) {
        if back {
            (self.to, self.from)
        } else {
            (self.from, self.to)
        }
    }
}

fn middle(board: &RoutingGrid, chip: usize) -> f32 {
    board
        .chips
        .get(chip)
        .map_or(0.0, |(_, r)| (r[1] + r[3]) / 2.0)
}

/// The side on which a link within one column bows out: right, but left of the last column.
fn bows_left(board: &RoutingGrid, column: usize) -> bool {
    column > 0 && column + 1 == board.columns.len()
}

/// Chooses for every long link the gaps that it runs through: the way that climbs and falls least.
/// Returns the room that lanes take in each gap of each column.
pub fn plan(board: &RoutingGrid, wires: &mut [Edge]) -> Vec<Vec<f32>> {
    let mut room: Vec<Vec<f32>> = Vec::new();
    for gaps in &board.gaps {
        room.push(vec![0.0; gaps.len()]);
    }
    for wire in wires {
        wire.lanes.clear();
        let Some((a, b, back)) = wire.span(board) else {
            continue;
        };
        let (first, last) = wire.ends(back);
        let (start, goal) = (middle(board, first), middle(board, last));
        // Costs of every gap so far, and for each column where the best way to a gap came from.
        let mut costs = vec![(start, 0.0_f32)];
        let mut came: Vec<Vec<usize>> = Vec::new();
        for column in a + 1..b {
            let (mut next, mut from) = (Vec::new(), Vec::new());
            let gaps = board
                .gaps
                .get(column)
                .map(Vec::as_slice)
                .unwrap_or_default();
            for (at, &gap) in gaps.iter().enumerate() {
                let mut best = (f32::INFINITY, 0);
                if wire.returns && at + 1 < gaps.len() {
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
            wire.lanes.push(gap);
            gap = from.get(gap).copied().unwrap_or(0);
        }
        wire.lanes.reverse();
        for (step, &gap) in wire.lanes.iter().enumerate() {
            if let Some(room) = room.get_mut(a + 1 + step).and_then(|r| r.get_mut(gap)) {
                *room += wire.room();
            }
        }
    }
    room
}

/// The height that a chip needs for the links on its fuller side.
pub fn needs(board: &RoutingGrid, wires: &[Edge]) -> Vec<f32> {
    let mut sides = vec![[0.0_f32; 2]; board.chips.len()];
    for wire in wires {
        let Some((a, b, back)) = wire.span(board) else {
            continue;
        };
        let (left, right) = wire.ends(back);
        let left_side = usize::from(a != b || !bows_left(board, a));
        let right_side = usize::from(a == b && left_side == 1);
        for (chip, side) in [(left, left_side), (right, right_side)] {
            if let Some(side) = sides.get_mut(chip).and_then(|s| s.get_mut(side)) {
                *side += wire.room();
            }
        }
    }
    let mut out = Vec::new();
    for side in sides {
        out.push(side[0].max(side[1]));
    }
    out
}

/// One crossing of a gutter: y on its left and right side; where both ends are on one side, `same`
/// says that it comes back.
struct Crossing {
    wire: usize,
    gutter: usize,
    y: [f32; 2],
    same: bool,
    track: usize,
}

/// Ties all links to their chips and lanes: each in the order of where it comes from and goes to,
/// in turn, until that settles.
fn settle(board: &RoutingGrid, wires: &mut [Edge]) {
    for wire in wires.iter_mut() {
        wire.at.clear();
        let Some((a, _, _)) = wire.span(board) else {
            continue;
        };
        for (step, &gap) in wire.lanes.iter().enumerate() {
            wire.at.push(
                board
                    .gaps
                    .get(a + 1 + step)
                    .and_then(|g| g.get(gap))
                    .copied()
                    .unwrap_or(0.0),
            );
        }
    }
    for turn in 0..4 {
        ports(board, wires);
        // From the left, from the right, from both.
        lanes(board, wires, [1.0, 0.0, 0.5, 0.5][turn]);
    }
    ports(board, wires);
}

/// All crossings of gutters by all wires; those of a wire follow each other from left to right.
fn gutters(board: &RoutingGrid, wires: &[Edge]) -> Vec<Crossing> {
    let mut crossings: Vec<Crossing> = Vec::new();
    for (ix, wire) in wires.iter().enumerate() {
        let Some((a, b, _)) = wire.span(board) else {
            continue;
        };
        if a == b {
            let gutter = if bows_left(board, a) { a } else { a + 1 };
            crossings.push(Crossing {
                wire: ix,
                gutter,
                y: [wire.left, wire.right],
                same: true,
                track: 0,
            });
        }
        for gutter in a + 1..=b {
            let y = |at: usize, end: f32| wire.at.get(at).copied().unwrap_or(end);
            let from = if gutter == a + 1 {
                wire.left
            } else {
                y(gutter - a - 2, wire.left)
            };
            let to = if gutter == b {
                wire.right
            } else {
                y(gutter - a - 1, wire.right)
            };
            crossings.push(Crossing {
                wire: ix,
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
/// gutter. Between wires that lead on and those that come back in one column: those that begin
/// within the other's ends.
pub fn tangles(board: &RoutingGrid, wires: &mut [Edge]) -> usize {
    settle(board, wires);
    let all = gutters(board, wires);
    let mut sum = 0;
    for (ix, a) in all.iter().enumerate() {
        for b in all.get(..ix).unwrap_or_default() {
            if a.gutter != b.gutter || a.wire == b.wire {
                continue;
            }
            let within = |c: &Crossing, y: f32| y > c.y[0].min(c.y[1]) && y < c.y[0].max(c.y[1]);
            let side = |c: &Crossing| usize::from(bows_left(board, c.gutter));
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

/// Draws all ways: fills the wires' curves.
pub fn route(board: &RoutingGrid, wires: &mut [Edge]) {
    settle(board, wires);
    let mut crossings = gutters(board, wires);
    let tracks = tracks(board, wires, &mut crossings);
    for wire in wires.iter_mut() {
        wire.curves.clear();
    }
    for crossing in &crossings {
        let Some(wire) = wires.get_mut(crossing.wire) else {
            continue;
        };
        let Some((a, _, _)) = wire.span(board) else {
            continue;
        };
        let (x0, x1) = gutter(board, crossing.gutter);
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
            let (edge, sign, depth) = if crossing.gutter == a {
                (x1, -1.0, x1 - x)
            } else {
                (x0, 1.0, x - x0)
            };
            let x = edge + sign * (depth * 4.0 / 3.0).min(x1 - x0);
            wire.curves.push([[edge, y0], [x, y0], [x, y1], [edge, y1]]);
        } else {
            let lane = crossing.gutter.wrapping_sub(a + 2);
            if let Some(&y) = wire.at.get(lane)
                && let Some(&[left, right]) = board.columns.get(crossing.gutter - 1)
            {
                wire.curves.push(straight([left, y], [right, y]));
            }
            wire.curves.push([[x0, y0], [x, y0], [x, y1], [x1, y1]]);
        }
    }
    for wire in wires {
        let Some((a, b, back)) = wire.span(board) else {
            continue;
        };
        // Within a column `left` is where it begins.
        if back && a != b {
            wire.curves.reverse();
            for curve in &mut wire.curves {
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
fn gutter(board: &RoutingGrid, at: usize) -> (f32, f32) {
    let left = at
        .checked_sub(1)
        .and_then(|c| board.columns.get(c))
        .map_or(0.0, |c| c[1]);
    let right = board
        .columns
        .get(at)
        .map_or(board.width.max(left), |c| c[0]);
    (left, right.max(left))
}

/// Where links are tied to chips: on each side in the order in which they come in, so that they do
/// not cross there.
fn ports(board: &RoutingGrid, wires: &mut [Edge]) {
    const FAR: f32 = 1e6;
    // Chip and side, key; wire and end.
    let (mut keys, mut ends) = (Vec::new(), Vec::new());
    for (ix, wire) in wires.iter().enumerate() {
        let Some((a, b, back)) = wire.span(board) else {
            continue;
        };
        let (left, right) = wire.ends(back);
        let (from, to) = (middle(board, left), middle(board, right));
        let same = a == b;
        let left_side = usize::from(!same || !bows_left(board, a));
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
            (lane(wire.at.first(), to), lane(wire.at.last(), from))
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
            total += wires.get(ix).map_or(0.0, Edge::room);
            to += 1;
        }
        let mut y = middle(board, side / 2) - total / 2.0;
        for one in sorted.get(at..to).unwrap_or_default() {
            if let Some(&(ix, end, _)) = ends.get(one.1)
                && let Some(wire) = wires.get_mut(ix)
            {
                let half = wire.room() / 2.0;
                *(if end == 0 {
                    &mut wire.left
                } else {
                    &mut wire.right
                }) = y + half;
                y += half * 2.0;
            }
        }
        at = to;
    }
}

/// The y of every lane: in each gap in the order of where the links come from (`left` 1) or go to
/// (0).
fn lanes(board: &RoutingGrid, wires: &mut [Edge], left: f32) {
    let (mut keys, mut of) = (Vec::new(), Vec::new());
    for (ix, wire) in wires.iter().enumerate() {
        let Some((a, _, _)) = wire.span(board) else {
            continue;
        };
        for (step, &gap) in wire.lanes.iter().enumerate() {
            let before = step
                .checked_sub(1)
                .and_then(|s| wire.at.get(s))
                .copied()
                .unwrap_or(wire.left);
            let after = wire.at.get(step + 1).copied().unwrap_or(wire.right);
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
            total += wires.get(ix).map_or(0.0, Edge::room);
            to += 1;
        }
        let mut y = board
            .gaps
            .get(group / 4096)
            .and_then(|g| g.get(group % 4096))
            .copied()
            .unwrap_or(0.0)
            - total / 2.0;
        for one in sorted.get(at..to).unwrap_or_default() {
            if let Some(&(ix, step, _)) = of.get(one.1)
                && let Some(wire) = wires.get_mut(ix)
            {
                let half = wire.room() / 2.0;
                if let Some(slot) = wire.at.get_mut(step) {
                    *slot = y + half;
                }
                y += half * 2.0;
            }
        }
        at = to;
    }
}

/// Gives every crossing a track of its gutter; returns how many each gutter has.
fn tracks(board: &RoutingGrid, wires: &[Edge], crossings: &mut [Crossing]) -> Vec<usize> {
    let mut counts = vec![0; board.columns.len() + 1];
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
        let half = wires.get(c.wire).map_or(0.0, |w| w.width) / 2.0 + 1.0;
        let (top, bottom) = (y0.min(y1) - half, y0.max(y1) + half);
        let way = if c.same { 0 } else { 1 + u8::from(y1 > y0) };
        let mut least = 0;
        for t in &taken {
            if t.0 == c.gutter && t.4 == way && t.2 < bottom && top < t.3 {
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
        taken.push((c.gutter, least, top, bottom, way));
        if let Some(count) = counts.get_mut(c.gutter) {
            *count = (*count).max(least + 1);
        }
    }
    // Where what comes back bows to the left, tracks count from the right.
    for c in crossings.iter_mut() {
        if c.same && c.gutter + 1 == board.columns.len() && bows_left(board, c.gutter) {
            c.track = counts.get(c.gutter).copied().unwrap_or(1) - 1 - c.track;
        }
    }
    counts
}
