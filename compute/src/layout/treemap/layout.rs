//! Where the tiles of a node go, and which of them is under a point.

use super::Tree;
use super::headers::{Head, Heads};
use crate::layout::sort::number;
use crate::layout::squarify::{NOUGHT, exact_scale, rows, upright};

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
    pub(super) fn whole(&self, node: u32, skip: u32) -> f64 {
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
    pub(super) fn sizes(
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
    pub(super) fn fill(
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
                while inside
                    .next_if(|head| (head.rank as usize) < row.from + ix)
                    .is_some()
                {}
                let head = inside.next_if(|head| head.node == child);
                frames.extend(self.opened(child, (first + ix) as u32, rect, head, limits));
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

    /// The frame of a child in a tile, below its header; none where it is not to be opened.
    #[inline]
    fn opened(
        &self,
        child: u32,
        tile: u32,
        rect: [f64; 4],
        head: Option<&Head>,
        limits: &Limits,
    ) -> Option<Frame> {
        let list = self.children(child);
        let mut inner = Frame {
            node: child,
            tile,
            rect,
            ..Frame::default()
        };
        if let Some(head) = head {
            inner.header = head.header;
            inner.rect[1] = (rect[1] + head.header).min(rect[3]);
        }
        let room = area(inner.rect);
        let largest = list.first().map_or(0.0, |&c| self.value(c)) / self.value(child) * room;
        let opens = !list.is_empty()
            && meet(rect, limits.view)
            && room >= limits.open
            && (largest >= limits.tile || inner.header > 0.0);
        opens.then_some(inner)
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

pub(super) fn area([x0, y0, x1, y1]: [f64; 4]) -> f64 {
    (x1 - x0) * (y1 - y0)
}

fn meet(a: [f64; 4], b: [f64; 4]) -> bool {
    a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]
}
