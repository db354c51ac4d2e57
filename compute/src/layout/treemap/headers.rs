//! Room for the headings of groups: as much as their tiles can give, in the proportions of the data.

use super::Tree;
use super::layout::{Header, Limits, area};
use crate::layout::squarify::rows;

impl Tree {
    /// Nodes with headers, outermost first, and the sizes that leave every leaf its room.
    ///
    /// The rows are made once, without headers. Then nodes are resized in these rows, each by what
    /// its header and those inside take at the present widths, until the room of each is its
    /// value's: wider tiles have larger headers, but much less than in proportion, so it converges.
    pub(super) fn heads(&self, node: u32, skip: u32, rect: [f64; 4], limits: &Limits) -> Heads {
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
        let mut space = Space::default();
        let mut at = 0;
        while at < heads.list.len() {
            self.find_inside(&mut heads, at, least, height, &mut space);
            if heads.list.len() > MAX_HEADS {
                return Heads::default();
            }
            at += 1;
        }
        for _ in 0..MAX_STEPS {
            if heads.take() < 1e-9 {
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
                self.resize_inside(&mut heads, at, &mut space);
            }
        }
        // Headers that leave no room for what they name are of no use.
        Heads::default()
    }

    /// Appends the headers inside one of them: those of its children that are no smaller than
    /// `least` and have children.
    fn find_inside(
        &self,
        heads: &mut Heads,
        at: usize,
        least: [f64; 2],
        height: f64,
        Space { sizes, places }: &mut Space,
    ) {
        let Some(&Head {
            node,
            skip,
            rect,
            value,
            ..
        }) = heads.list.get(at)
        else {
            return;
        };
        let children = self.children(node).get(skip as usize..).unwrap_or_default();
        let (mut words, mut found) = (Vec::new(), Vec::new());
        if children.len() <= MAX_BESIDE && self.nests(node) {
            let scale = self.sizes(node, skip, value, 0.0, 0.0, sizes);
            rows(sizes, value * scale, 0.0, rect, None, &mut |row| {
                words.push(row.word());
                places.resize(row.to - row.from, [0.0; 4]);
                row.tiles(sizes, places);
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
    }

    /// Resizes the nodes inside one with a header, in its rows, by what headers take now.
    fn resize_inside(&self, heads: &mut Heads, at: usize, Space { sizes, places }: &mut Space) {
        let (inside, Some(kept)) = heads.inside(Some(at)) else {
            return;
        };
        let Some(head) = heads.list.get(at) else {
            return;
        };
        let scale = self.sizes(head.node, head.skip, head.value, 0.0, 0.0, sizes);
        let whole = (head.value + heads.enlarge(inside, scale, sizes)) * scale;
        places.clear();
        places.resize(sizes.len(), [0.0; 4]);
        rows(sizes, whole, 0.0, head.rect, Some(kept), &mut |row| {
            row.tiles(sizes, places.get_mut(row.from..row.to).unwrap_or_default());
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

/// Lists that are used again from node to node.
#[derive(Default)]
struct Space {
    sizes: Vec<f64>,
    places: Vec<[f64; 4]>,
}

/// Wider nodes than this have no headers inside: they are all tiny, and sorting them out would take
/// time.
const MAX_BESIDE: usize = 20_000;
/// Headers in one picture.
const MAX_HEADS: usize = 2_000;
/// Steps of their sizes.
const MAX_STEPS: usize = 60;

/// All nodes with headers, outermost first, those inside one after the other.
#[derive(Debug, Default)]
pub(super) struct Heads {
    pub(super) list: Vec<Head>,
    /// px² that a value of 1 gets.
    pub(super) unit: f64,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    pub(super) node: u32,
    pub(super) skip: u32,
    /// Which child of its parent it is.
    pub(super) rank: u32,
    /// Without the header.
    pub(super) rect: [f64; 4],
    pub(super) header: f64,
    pub(super) value: f64,
    /// px² of its header and those inside.
    pub(super) taken: f64,
    /// Words of its rows, where there are headers inside.
    pub(super) rows: Vec<u32>,
    pub(super) inside: [usize; 2],
}

impl Heads {
    /// Sums what headers take, below each node and by itself; returns by how much that has changed,
    /// as a part of a node's room.
    fn take(&mut self) -> f64 {
        let mut off = 0.0_f64;
        for at in (0..self.list.len()).rev() {
            let Some(head) = self.list.get(at) else {
                continue;
            };
            let mut taken = head.header * (head.rect[2] - head.rect[0]);
            for inner in self
                .list
                .get(head.inside[0]..head.inside[1])
                .unwrap_or_default()
            {
                taken += inner.taken;
            }
            if let Some(head) = self.list.get_mut(at) {
                off = off.max((taken - head.taken).abs() / (head.value * self.unit));
                head.taken = taken;
            }
        }
        off
    }

    /// The headers inside one of them and the rows in which they stand.
    pub(super) fn inside(&self, own: Option<usize>) -> (&[Head], Option<&[u32]>) {
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
    pub(super) fn enlarge(&self, inside: &[Head], scale: f64, sizes: &mut [f64]) -> f64 {
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
