//! Treemaps of trees: a million leaves summed, sorted, laid out, seen from any node, and picked.
//! Not here: names, colours, what a tile looks like.
//!
//! Nodes are numbers: leaf `i` is `i`, the inner nodes follow from `leaves` on, the first of them
//! is the root, and a parent has a smaller number than its inner children.

use super::sort::{Scratch, arrange, number};
use super::squarify::{NOUGHT, exact_scale, rows, upright};

/// Levels that a tree may have.
pub const MOST_LEVELS: usize = 64;

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

/// What of a tree is drawn where: CSS px.
#[derive(Debug, Clone, Default)]
pub struct TreemapLayout {
    /// The nodes that show their children, parents before their children, in the order of the tiles
    /// that they fill.
    pub frames: Vec<Frame>,
    /// Rectangles of all tiles, row after row: left, top, right, bottom.
    pub tiles: Vec<[f32; 4]>,
    /// Rows of tiles: the number of the first tile, and its place among the children of its frame's
    /// node.
    rows: Vec<[u32; 2]>,
}

/// One node that shows its children.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame {
    /// The node.
    pub node: u32,
    /// The tile that it fills; [`NONE`] for the outermost.
    pub tile: u32,
    /// How many of the node's largest children are left out.
    pub skip: u32,
    /// From this one on, in the order of [`Tree::children`], the children stand together in `rest`.
    pub end: u32,
    /// Where its children stand, without its header.
    pub rect: [f64; 4],
    /// Where the children that are too small stand together; empty where there are none.
    pub rest: [f64; 4],
    /// Height of its header, which stands above `rect`.
    pub header: f64,
    /// Its first row and the one after its last.
    rows: [u32; 2],
}

/// No node, no tile.
pub const NONE: u32 = u32::MAX;

/// What stands at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hit {
    /// A node: its tile, or its header.
    Node(u32),
    /// The small children of a frame, by its number.
    Rest(u32),
}

/// From what size on a part is drawn by itself, CSS px; what is smaller is drawn together.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Least area of a tile.
    pub tile: f64,
    /// Least area of a node that shows its children.
    pub open: f64,
    /// Headers of nodes that are at least so wide and high, and how high they are; nothing for
    /// none.
    pub header: Option<Header>,
    /// What can be seen: parts outside are not opened.
    pub view: [f64; 4],
}

/// See [`Limits::header`].
#[derive(Debug, Clone, Copy)]
pub struct Header {
    /// Least width and height of a node with a header.
    pub least: [f64; 2],
    /// Height of the header.
    pub height: f64,
}

impl Limits {
    /// Every node is opened and every leaf is a tile.
    pub const ALL: Self = Self {
        tile: 0.0,
        open: 0.0,
        header: None,
        view: [
            f64::NEG_INFINITY,
            f64::NEG_INFINITY,
            f64::INFINITY,
            f64::INFINITY,
        ],
    };
}

impl Tree {
    /// A tree of values in groups, outermost first: `levels[k][i]` is the group of leaf `i` on
    /// level `k`. Groups are those that have the same codes on all levels so far. A code that is
    /// not below `counts[k]` says that the leaf stands in no group of this level nor of deeper
    /// ones.
    ///
    /// Values are finite and not negative (anything else counts as 0). Besides the tree, level and
    /// code of the inner nodes are returned; levels count from 1, the root is 0, 0. Time linear in
    /// leaves, levels and counts. Levels beyond [`MOST_LEVELS`] and leaves beyond 2³¹ are left out.
    pub fn grouped(
        mut values: Vec<f64>,
        levels: &[&[u32]],
        counts: &[usize],
    ) -> (Self, Vec<[u32; 2]>) {
        values.truncate(1 << 31);
        let leaves = values.len();
        let levels = levels.get(..MOST_LEVELS).unwrap_or(levels);
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
            let mut next: Vec<[u32; 2]> = Vec::new();
            // Beyond the last level all stand in no group.
            let (groups, count) = (
                levels.get(level).copied().unwrap_or_default(),
                counts.get(level).copied().unwrap_or(0),
            );
            let count = if level < levels.len() { count } else { 0 };
            if count == 0 {
                // All that are left: no more memory than they need.
                tree.child.reserve_exact(leaves.saturating_sub(placed));
            }
            for &[from, to] in &open {
                tree.start.push(tree.child.len() as u32);
                let mut begin = from;
                let mut group = u32::MAX;
                let end = if count > 0 { to } else { from };
                for at in from..end {
                    let leaf = if order.is_empty() {
                        at
                    } else {
                        order.get(at as usize).copied().unwrap_or(at)
                    };
                    let code = groups.get(leaf as usize).copied().unwrap_or(u32::MAX);
                    if code == group {
                        continue;
                    }
                    if group != u32::MAX {
                        next.push([begin, at]);
                        begin = at;
                    }
                    if code as usize >= count {
                        group = u32::MAX;
                        break;
                    }
                    group = code;
                    tree.child.push((leaves + codes.len()) as u32);
                    codes.push([level as u32 + 1, group]);
                }
                if group != u32::MAX {
                    next.push([begin, to]);
                    begin = to;
                }
                placed += (to - begin) as usize;
                if order.is_empty() {
                    tree.child.extend(begin..to);
                } else {
                    tree.child.extend_from_slice(
                        order.get(begin as usize..to as usize).unwrap_or_default(),
                    );
                }
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

    /// Lays out what stands below a node in a rectangle (CSS px), without its `skip` largest
    /// children.
    ///
    /// Areas of leaves are proportional to values, with headers too: a node with a header gets as
    /// much more room as the header takes. What is below the limits is not opened or not drawn by
    /// itself: the smallest children of a node stand together in [`Frame::rest`], which is as large
    /// as their sum. Rows that cannot be seen have no tiles.
    pub fn lay(&self, node: u32, skip: u32, rect: [f64; 4], limits: &Limits) -> TreemapLayout {
        let mut laid = TreemapLayout::default();
        let heads = self.heads(node, skip, upright(rect), limits);
        if limits.tile <= 0.0 {
            laid.tiles.reserve_exact(self.child.len());
        }
        laid.frames.push(Frame {
            node,
            tile: NONE,
            skip,
            rect: upright(rect),
            ..Frame::default()
        });
        let (mut sizes, mut at, mut next) = (Vec::new(), 0, 0);
        while let Some(&(mut frame)) = laid.frames.get(at) {
            // Both lists are in the order of the tiles.
            let own = heads
                .list
                .get(next)
                .filter(|head| head.node == frame.node)
                .map(|_| next);
            next += usize::from(own.is_some());
            self.fill(&mut frame, &heads, own, limits, &mut sizes, &mut laid);
            if let Some(slot) = laid.frames.get_mut(at) {
                *slot = frame;
            }
            at += 1;
        }
        laid
    }

    /// Sum of the children of a node without the `skip` largest.
    fn whole(&self, node: u32, skip: u32) -> f64 {
        if skip == 0 {
            return self.value(node);
        }
        self.children(node)
            .get(skip as usize..)
            .unwrap_or_default()
            .iter()
            .rev()
            .fold(0.0, |sum, &child| sum + self.value(child))
    }

    /// The sizes of a node's children, from `skip` on, down to the last that gets `least` px² where
    /// all get `room` px², and the power of two that they are scaled by. A single one that is less
    /// goes with the others: by itself it is no sum.
    fn sizes(
        &self,
        node: u32,
        skip: u32,
        whole: f64,
        room: f64,
        least: f64,
        sizes: &mut Vec<f64>,
    ) -> f64 {
        sizes.clear();
        let children = self.children(node).get(skip as usize..).unwrap_or_default();
        let largest = children.first().map_or(0.0, |&child| self.value(child));
        let scale = exact_scale(largest);
        let mut floor = largest * NOUGHT;
        let unit = room / whole;
        if unit > 0.0 && floor * unit < least {
            floor = least / unit;
        }
        let least = children.last().map_or(0.0, |&child| self.value(child));
        let mut count = children.len();
        if least < floor || least <= 0.0 {
            count = children
                .partition_point(|&child| self.value(child) >= floor && self.value(child) > 0.0);
            if count + 1 == children.len() && least > largest * NOUGHT {
                count += 1;
            }
        }
        sizes.extend(
            children
                .get(..count)
                .unwrap_or_default()
                .iter()
                .map(|&child| number(&self.values, &self.sums, child) * scale),
        );
        scale
    }

    /// Lays out one frame and appends those of its children that are to be opened.
    fn fill(
        &self,
        frame: &mut Frame,
        heads: &Heads,
        own: Option<usize>,
        limits: &Limits,
        sizes: &mut Vec<f64>,
        laid: &mut TreemapLayout,
    ) {
        let children = self
            .children(frame.node)
            .get(frame.skip as usize..)
            .unwrap_or_default();
        let mut whole = self.whole(frame.node, frame.skip);
        let scale = self.sizes(
            frame.node,
            frame.skip,
            whole,
            area(frame.rect),
            limits.tile,
            sizes,
        );
        frame.end = frame.skip + sizes.len() as u32;
        let (inside, kept) = heads.inside(own);
        whole = (whole + heads.enlarge(inside, scale, sizes)) * scale;
        let mut beyond = 0.0;
        if sizes.len() < children.len() {
            beyond = (whole - sizes.iter().rev().fold(0.0, |sum, &v| sum + v)).max(0.0);
        }
        let (sizes, nests) = (&*sizes, self.nests(frame.node));
        let TreemapLayout {
            frames,
            tiles,
            rows: ends,
        } = laid;
        frame.rows[0] = ends.len() as u32;
        let mut places = Vec::new();
        let mut inside = inside.iter().peekable();
        let rest = rows(sizes, whole, beyond, frame.rect, kept, &mut |row| {
            let some = children.get(row.from..row.to).unwrap_or_default();
            if !meet(row.rect, limits.view) {
                return true;
            }
            let first = tiles.len();
            ends.push([first as u32, frame.skip + row.from as u32]);
            row.marks(sizes, tiles);
            // Leaves are the most and cannot be opened.
            if !nests {
                return true;
            }
            places.resize(some.len(), [0.0; 4]);
            row.tiles(sizes, &mut places);
            for (ix, (&child, &rect)) in some.iter().zip(&places).enumerate() {
                let list = self.children(child);
                let mut inner = Frame {
                    node: child,
                    tile: (first + ix) as u32,
                    rect,
                    ..Frame::default()
                };
                while inside
                    .next_if(|head| (head.rank as usize) < row.from + ix)
                    .is_some()
                {}
                if let Some(head) = inside.next_if(|head| head.node == child) {
                    inner.header = head.header;
                    inner.rect[1] = (rect[1] + head.header).min(rect[3]);
                }
                let room = area(inner.rect);
                let largest =
                    list.first().map_or(0.0, |&c| self.value(c)) / self.value(child) * room;
                if !list.is_empty()
                    && meet(rect, limits.view)
                    && room >= limits.open
                    && (largest >= limits.tile || inner.header > 0.0)
                {
                    frames.push(inner);
                }
            }
            true
        });
        frame.rest = if beyond > 0.0 {
            rest
        } else {
            [rest[0], rest[1], rest[0], rest[1]]
        };
        frame.rows[1] = ends.len() as u32;
    }

    /// Nodes with headers, outermost first, and the sizes that leave every leaf its room.
    ///
    /// The rows are made once, without headers. Then nodes are resized in these rows, each by what
    /// its header and those inside take at the present widths, until the room of each is its
    /// value's: wider tiles have larger headers, but much less than in proportion, so it converges.
    fn heads(&self, node: u32, skip: u32, rect: [f64; 4], limits: &Limits) -> Heads {
        let mut heads = Heads::default();
        let Some(Header { least, height }) = limits.header else {
            return heads;
        };
        heads.list.push(Head {
            node,
            skip,
            rect,
            value: self.whole(node, skip),
            ..Head::default()
        });
        let (mut at, mut sizes, mut places) = (0, Vec::new(), Vec::new());
        while let Some(&Head {
            node,
            skip,
            rect,
            value,
            ..
        }) = heads.list.get(at)
        {
            let children = self.children(node).get(skip as usize..).unwrap_or_default();
            let (mut words, mut found) = (Vec::new(), Vec::new());
            if children.len() <= MOST_BESIDE && self.nests(node) {
                let scale = self.sizes(node, skip, value, 0.0, 0.0, &mut sizes);
                rows(&sizes, value * scale, 0.0, rect, None, &mut |row| {
                    words.push(row.word());
                    places.resize(row.to - row.from, [0.0; 4]);
                    row.tiles(&sizes, &mut places);
                    for (ix, (&[x0, y0, x1, y1], &child)) in places
                        .iter()
                        .zip(children.get(row.from..).unwrap_or_default())
                        .enumerate()
                    {
                        if x1 - x0 >= least[0]
                            && y1 - y0 >= least[1]
                            && !self.children(child).is_empty()
                        {
                            let rect = [x0, (y0 + height).min(y1), x1, y1];
                            let rank = (row.from + ix) as u32;
                            found.push(Head {
                                node: child,
                                rank,
                                rect,
                                header: height,
                                value: self.value(child),
                                ..Head::default()
                            });
                        }
                    }
                    true
                });
            }
            if found.is_empty() {
                words.clear();
            }
            let first = heads.list.len();
            heads.list.extend(found);
            let end = heads.list.len();
            if let Some(head) = heads.list.get_mut(at) {
                (head.rows, head.inside) = (words, [first, end]);
            }
            if end > MOST_HEADS {
                return Heads::default();
            }
            at += 1;
        }
        for _ in 0..MOST_STEPS {
            // What headers take, below each node and by itself.
            let mut off = 0.0_f64;
            for at in (0..heads.list.len()).rev() {
                let Some(head) = heads.list.get(at) else {
                    continue;
                };
                let mut taken = head.header * (head.rect[2] - head.rect[0]);
                for inner in heads
                    .list
                    .get(head.inside[0]..head.inside[1])
                    .unwrap_or_default()
                {
                    taken += inner.taken;
                }
                if let Some(head) = heads.list.get_mut(at) {
                    off = off.max((taken - head.taken).abs() / (head.value * heads.unit));
                    head.taken = taken;
                }
            }
            if off < 1e-9 {
                return heads;
            }
            let Some(root) = heads.list.first() else {
                break;
            };
            heads.unit = (area(root.rect) - root.taken) / root.value;
            if heads.unit <= 0.0 || heads.unit.is_nan() {
                break;
            }
            for at in 0..heads.list.len() {
                let (inside, Some(kept)) = heads.inside(Some(at)) else {
                    continue;
                };
                let Some(head) = heads.list.get(at) else {
                    break;
                };
                let scale = self.sizes(head.node, head.skip, head.value, 0.0, 0.0, &mut sizes);
                let whole = (head.value + heads.enlarge(inside, scale, &mut sizes)) * scale;
                places.clear();
                places.resize(sizes.len(), [0.0; 4]);
                rows(&sizes, whole, 0.0, head.rect, Some(kept), &mut |row| {
                    row.tiles(&sizes, places.get_mut(row.from..row.to).unwrap_or_default());
                    true
                });
                let [from, to] = head.inside;
                for inner in heads.list.get_mut(from..to).unwrap_or_default() {
                    if let Some(&[x0, y0, x1, y1]) = places.get(inner.rank as usize) {
                        inner.rect = [x0, (y0 + inner.header).min(y1), x1, y1];
                    }
                }
            }
        }
        // Headers that leave no room for what they name are of no use.
        Heads::default()
    }
}

/// Wider nodes than this have no headers inside: they are all tiny, and sorting them out would take
/// time.
const MOST_BESIDE: usize = 20_000;
/// Headers in one picture.
const MOST_HEADS: usize = 2_000;
/// Steps of their sizes.
const MOST_STEPS: usize = 60;

/// All nodes with headers, outermost first, those inside one after the other.
#[derive(Debug, Default)]
struct Heads {
    list: Vec<Head>,
    /// px² that a value of 1 gets.
    unit: f64,
}

#[derive(Debug, Clone, Default)]
struct Head {
    node: u32,
    skip: u32,
    /// Which child of its parent it is.
    rank: u32,
    /// Without the header.
    rect: [f64; 4],
    header: f64,
    value: f64,
    /// px² of its header and those inside.
    taken: f64,
    /// Words of its rows, where there are headers inside.
    rows: Vec<u32>,
    inside: [usize; 2],
}

impl Heads {
    /// The headers inside one of them and the rows in which they stand.
    fn inside(&self, own: Option<usize>) -> (&[Head], Option<&[u32]>) {
        match own
            .and_then(|own| self.list.get(own))
            .filter(|head| !head.rows.is_empty())
        {
            Some(head) => (
                self.list
                    .get(head.inside[0]..head.inside[1])
                    .unwrap_or_default(),
                Some(&head.rows),
            ),
            None => (&[], None),
        }
    }

    /// Adds what headers take to the sizes of their nodes, and returns the sum, unscaled.
    fn enlarge(&self, inside: &[Head], scale: f64, sizes: &mut [f64]) -> f64 {
        let mut sum = 0.0;
        for head in inside {
            let more = head.taken / self.unit;
            sum += more;
            if let Some(size) = sizes.get_mut(head.rank as usize) {
                *size += more * scale;
            }
        }
        sum
    }
}

impl TreemapLayout {
    /// Calls `each` with every tile of a frame: which of [`Tree::children`] it is, and its place in
    /// `tiles`.
    pub fn each(&self, frame: &Frame, each: &mut dyn FnMut(u32, usize)) {
        for row in frame.rows[0]..frame.rows[1] {
            let [first, rank] = self.row(row as usize);
            for tile in first..self.row(row as usize + 1)[0] {
                each(rank + (tile - first), tile as usize);
            }
        }
    }

    fn row(&self, row: usize) -> [u32; 2] {
        self.rows
            .get(row)
            .copied()
            .unwrap_or([self.tiles.len() as u32, 0])
    }

    /// The frame in a tile.
    pub fn frame_in(&self, tile: u32) -> Option<usize> {
        // The outermost frame fills no tile, all others are in order.
        let inner = self.frames.get(1..)?;
        let at = inner.partition_point(|frame| frame.tile < tile);
        inner
            .get(at)
            .filter(|frame| frame.tile == tile)
            .map(|_| at + 1)
    }

    /// What stands at a point (CSS px): down the tree, frame by frame, by the rows and then within
    /// the row.
    pub fn pick(&self, tree: &Tree, [x, y]: [f32; 2]) -> Option<Hit> {
        let mut at = 0;
        let mut hit = None;
        while let Some(frame) = self.frames.get(at) {
            let [left, top, right, bottom] = frame.rect;
            let (px, py) = (f64::from(x), f64::from(y));
            if px < left || px >= right || py < top || py >= bottom {
                return hit;
            }
            if px >= frame.rest[0]
                && px < frame.rest[2]
                && py >= frame.rest[1]
                && py < frame.rest[3]
            {
                return Some(Hit::Rest(at as u32));
            }
            let mut found = None;
            for row in frame.rows[0]..frame.rows[1] {
                let [first, rank] = self.row(row as usize);
                let tiles = self
                    .tiles
                    .get(first as usize..self.row(row as usize + 1)[0] as usize)
                    .unwrap_or_default();
                if let (Some(a), Some(z)) = (tiles.first(), tiles.last())
                    && x >= a[0]
                    && x < z[2]
                    && y >= a[1]
                    && y < z[3]
                {
                    let ix = tiles.partition_point(|tile| tile[2] <= x || tile[3] <= y) as u32;
                    found = tree
                        .children(frame.node)
                        .get((rank + ix) as usize)
                        .map(|&node| (node, first + ix));
                    break;
                }
            }
            let Some((node, tile)) = found else {
                return hit;
            };
            hit = Some(Hit::Node(node));
            match self.frame_in(tile) {
                Some(inner) => at = inner,
                None => return hit,
            }
        }
        hit
    }
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

fn area([x0, y0, x1, y1]: [f64; 4]) -> f64 {
    (x1 - x0) * (y1 - y0)
}

fn meet(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]
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
