//! Where the blocks of a layered diagram go: layers side by side on wide pictures, below each other
//! on narrow ones, always in columns.
//!
//! A layer is a list of blocks (sublayers), a block a list of chips. Pure geometry: sizes in,
//! rectangles out, all in CSS px. Rectangles are left, top, right, bottom; they are written into
//! the layers that are handed over.

use super::column_breaks::{fill_columns, split};
use super::edge_routing::RoutingGrid;

/// Sizes that the diagram is built from, CSS px.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    /// Height of a layer's heading.
    pub layer_head: f32,
    /// Height of a block's heading.
    pub block_head: f32,
    /// Space above a block that is not the first in its column.
    pub block_gap: f32,
    /// Height of a chip of one line.
    pub chip: f32,
    /// Space between chips.
    pub chip_gap: f32,
    /// Space between columns of one layer.
    pub column_gap: f32,
    /// Space between layers: the links run here.
    pub layer_gap: f32,
}

/// A layer: its place is that of its heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layer {
    /// What the caller knows it by.
    pub item: usize,
    /// The narrowest column in which its names can be read.
    pub least: f32,
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// Blocks go to the shortest column in turn, so that their order is that of their upper edges;
    /// else columns follow each other.
    pub dealt: bool,
    /// Out: the heading.
    pub rect: [f32; 4],
    /// How many columns it has, the height of the tallest, the left edge of the first and the width
    /// of each.
    pub(super) columns: usize,
    tallest: f32,
    left: f32,
    column: f32,
    /// Room for lanes below the blocks of each column, and where its middle is.
    below: Vec<f32>,
    end: Vec<f32>,
}

impl Layer {
    /// A layer without blocks.
    pub fn of(item: usize) -> Self {
        Self {
            item,
            ..Self::default()
        }
    }
}

/// A block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// What the caller knows it by.
    pub item: usize,
    /// Lines of its heading in a column; 0 counts as 1.
    pub lines: u32,
    /// Without a heading.
    pub bare: bool,
    /// Its chips in order.
    pub chips: Vec<Chip>,
    /// Out: the heading.
    pub rect: [f32; 4],
    /// The column of its layer, and how much of it the block takes.
    pub(super) column: usize,
    pub(super) height: f32,
    /// Room for lanes above it, and where its middle is.
    above: f32,
    gap: f32,
}

impl Block {
    /// A block without chips.
    pub fn of(item: usize) -> Self {
        Self {
            item,
            ..Self::default()
        }
    }
}

/// A chip.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chip {
    /// What the caller knows it by.
    pub item: usize,
    /// Lines of its name in a column; 0 counts as 1.
    pub lines: u32,
    /// The height that its links need.
    pub least: f32,
    /// Its links are tied to another chip.
    pub mention: bool,
    /// 1 and 2: the left and right one of two that share a row.
    pub half: u8,
    /// Out: its place.
    pub rect: [f32; 4],
}

/// Layers as columns from left to right; returns the height of it all. Layers that need it get
/// several columns, so that the tallest column is as short as the width allows; what is left is
/// shared out evenly.
pub fn columns(layers: &mut [Layer], width: f32, m: &Measure) -> f32 {
    let gaps = m.layer_gap * (layers.len() as f32 - 1.0);
    let mut least = 0.0;
    for layer in layers.iter_mut() {
        least += layer.least.max(1.0);
        measure(layer, m);
        layer.columns = 1;
        layer.tallest = split(&mut layer.blocks, 1, m.block_gap);
    }
    let mut room = width - gaps - least;
    // The layer with the tallest column gets one more, while there is room for it and it makes the
    // layer shorter.
    while let Some(layer) = tallest(layers) {
        let cost = layer.least.max(1.0) + m.column_gap;
        let shorter = split(&mut layer.blocks, layer.columns + 1, m.block_gap);
        if cost > room || shorter >= layer.tallest {
            break;
        }
        room -= cost;
        layer.columns += 1;
        layer.tallest = shorter;
    }
    let mut shares = 0;
    for layer in layers.iter() {
        shares += layer.columns;
    }
    let more = (room / shares as f32).max(0.0);
    let steps = layers.len().saturating_sub(1).max(1) as f32;
    let mut spare = room;
    for layer in layers.iter_mut() {
        let least = layer.least.max(1.0);
        layer.column = (least + more).min(MAX_COLUMN_CSS.max(least));
        spare -= (layer.column - least) * layer.columns as f32;
    }
    let mut x = 0.0;
    for layer in layers.iter_mut() {
        layer.left = x;
        fill_columns(layer, m);
        x += (layer.column + m.column_gap) * layer.columns as f32 - m.column_gap
            + m.layer_gap
            + spare.max(0.0) / steps;
    }
    stand(layers, m, false)
}

/// A column is no wider than this, CSS px, unless its longest word is: what is left goes to the
/// gaps, where the relations are.
const MAX_COLUMN_CSS: f32 = 200.0;

/// Layers below each other, all with the same columns, whose gutters run through from top to
/// bottom; returns the height of it all.
pub fn stacks(layers: &mut [Layer], width: f32, columns: usize, m: &Measure) -> f32 {
    let columns = columns.max(1);
    for layer in layers.iter_mut() {
        measure(layer, m);
        layer.columns = columns;
        layer.left = 0.0;
        layer.column =
            ((width - m.column_gap * (columns as f32 - 1.0).max(1.0)) / columns as f32).max(1.0);
        fill_columns(layer, m);
    }
    stand(layers, m, true)
}

fn measure(layer: &mut Layer, m: &Measure) {
    for block in &mut layer.blocks {
        let mut chips = 0.0;
        for chip in block.chips.iter().filter(|c| c.half != 1) {
            chips += chip_height(chip, m) + m.chip_gap;
        }
        block.height = head_height(block, m) + chips;
    }
}

/// Places everything in the columns that it has; returns the height of it all.
pub fn stand(layers: &mut [Layer], m: &Measure, stacked: bool) -> f32 {
    let (mut top, mut lowest) = (0.0, 0.0_f32);
    for layer in layers.iter_mut() {
        let step = layer.column + m.column_gap;
        let right = layer.left + step * layer.columns as f32 - m.column_gap;
        layer.rect = [layer.left, top, right, top + m.layer_head];
        layer.below.resize(layer.columns, 0.0);
        layer.end = vec![top + m.layer_head; layer.columns];
        lowest = lowest.max(top + m.layer_head);
        for block in &mut layer.blocks {
            let at = block.column;
            let mut y = layer.end.get(at).copied().unwrap_or(0.0);
            let gap = if y <= top + m.layer_head {
                0.0
            } else {
                m.block_gap
            }
            .max(block.above);
            block.gap = y + gap / 2.0;
            y += gap;
            let left = layer.left + at as f32 * step;
            block.rect = [left, y, left + layer.column, y + head_height(block, m)];
            y += head_height(block, m);
            for chip in &mut block.chips {
                let height = chip_height(chip, m);
                let middle = (layer.column - m.chip_gap) / 2.0;
                let (from, wide) = match chip.half {
                    0 => (0.0, layer.column),
                    half => (f32::from(half - 1) * (middle + m.chip_gap), middle),
                };
                chip.rect = [left + from, y, left + from + wide, y + height];
                if chip.half != 1 {
                    y += height + m.chip_gap;
                }
            }
            if let Some(end) = layer.end.get_mut(at) {
                *end = y;
            }
        }
        for (end, below) in layer.end.iter_mut().zip(&layer.below) {
            lowest = lowest.max(*end + below);
            *end += below / 2.0;
        }
        if stacked {
            top = lowest + m.layer_gap;
        }
    }
    lowest
}

/// The columns, chips and gaps for the router. Chips are counted through all layers and blocks.
pub fn routing_grid(layers: &[Layer], width: f32, stacked: bool) -> RoutingGrid {
    let mut grid = RoutingGrid {
        width,
        ..RoutingGrid::default()
    };
    let mut first = 0;
    for layer in layers {
        if stacked {
            first = 0;
        }
        for column in 0..layer.columns {
            if grid.columns.len() <= first + column {
                let next = layer.rect[0]
                    + (layer.rect[2] - layer.rect[0] - layer.column) * column as f32
                        / (layer.columns.max(2) - 1) as f32;
                grid.columns.push([next, next + layer.column]);
                grid.gaps.push(Vec::new());
            }
        }
        for block in &layer.blocks {
            let column = first + block.column;
            if let Some(gaps) = grid.gaps.get_mut(column) {
                gaps.push(block.gap);
            }
            for chip in &block.chips {
                grid.chips.push((column, chip.rect));
            }
        }
        for (column, &end) in layer.end.iter().enumerate() {
            if let Some(gaps) = grid.gaps.get_mut(first + column) {
                gaps.push(end);
            }
        }
        first += layer.columns;
    }
    grid
}

/// Makes room for lanes, as [`super::edge_routing::plan`] says, and for what chips need, as
/// [`super::edge_routing::needs`] says: to be followed by [`stand`].
pub fn lend(layers: &mut [Layer], room: &[Vec<f32>], needs: &[f32], stacked: bool) {
    let mut seen = vec![0; room.len()];
    let mut next = |column: usize| {
        let (Some(room), Some(at)) = (room.get(column), seen.get_mut(column)) else {
            return 0.0;
        };
        *at += 1;
        room.get(*at - 1)
            .copied()
            .filter(|&r| r > 0.0)
            .map_or(0.0, |r| r + 4.0)
    };
    let (mut first, mut chips) = (0, needs.iter());
    for layer in layers {
        for block in &mut layer.blocks {
            block.above = next(first + block.column);
            for chip in &mut block.chips {
                chip.least = chips.next().copied().unwrap_or(0.0);
            }
        }
        layer.below.clear();
        for column in 0..layer.columns {
            layer.below.push(next(first + column));
        }
        if !stacked {
            first += layer.columns;
        }
    }
}

fn chip_height(chip: &Chip, m: &Measure) -> f32 {
    (m.chip + (chip.lines.max(1) - 1) as f32 * 15.0).max(chip.least)
}

fn head_height(block: &Block, m: &Measure) -> f32 {
    if block.bare {
        0.0
    } else {
        m.block_head + (block.lines.max(1) - 1) as f32 * 14.0
    }
}

/// The layer with the tallest column, the last of several.
fn tallest(layers: &mut [Layer]) -> Option<&mut Layer> {
    let mut found: Option<&mut Layer> = None;
    for layer in layers {
        if found.as_ref().is_none_or(|f| layer.tallest >= f.tallest) {
            found = Some(layer);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const M: Measure = Measure {
        layer_head: 30.0,
        block_head: 18.0,
        block_gap: 10.0,
        chip: 20.0,
        chip_gap: 3.0,
        column_gap: 12.0,
        layer_gap: 44.0,
    };
    const MIN_COLUMNS_CSS: [f32; 5] = [110.0, 104.0, 120.0, 90.0, 150.0];

    /// A layer from the lines of its chips.
    fn layer(at: usize, blocks: &[Vec<u32>]) -> Layer {
        let block = |(ix, chips): (usize, &Vec<u32>)| Block {
            lines: 1 + ix as u32 % 2,
            chips: chips
                .iter()
                .map(|&lines| Chip {
                    lines,
                    ..Chip::default()
                })
                .collect(),
            ..Block::default()
        };
        Layer {
            least: MIN_COLUMNS_CSS[at],
            blocks: blocks.iter().enumerate().map(block).collect(),
            ..Layer::default()
        }
    }

    #[test]
    fn chips_never_overlap_and_stay_inside() {
        let mut layers = [
            layer(0, &[vec![1; 8]]),
            layer(1, &vec![vec![1, 2, 1]; 12]),
            layer(2, &[vec![1; 40], vec![2; 3]]),
            layer(3, &[vec![], vec![]]),
        ];
        for width in [300.0, 720.0, 1200.0, 2400.0] {
            let height = columns(&mut layers, width, &M);
            let all: Vec<[f32; 4]> = layers
                .iter()
                .flat_map(|l| &l.blocks)
                .flat_map(|b| &b.chips)
                .map(|c| c.rect)
                .collect();
            assert_eq!(all.len(), 8 + 36 + 43);
            for (i, a) in all.iter().enumerate() {
                assert!(
                    a[0] >= -0.01 && a[2] <= width.max(620.0) + 0.1 && a[3] <= height + 0.1,
                    "{a:?} in {width}"
                );
                for b in &all[i + 1..] {
                    assert!(
                        a[2] <= b[0] + 0.01
                            || b[2] <= a[0] + 0.01
                            || a[3] <= b[1] + 0.01
                            || b[3] <= a[1] + 0.01,
                        "{a:?} {b:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_wider_picture_is_never_taller() {
        let mut layers = [
            layer(0, &vec![vec![1; 8]; 3]),
            layer(1, &vec![vec![1; 5]; 12]),
            layer(2, &vec![vec![1; 8]; 7]),
            layer(3, &vec![vec![1; 8]; 9]),
            layer(4, &vec![vec![1; 12]; 2]),
        ];
        let heights: Vec<f32> = [720.0, 900.0, 1200.0, 1600.0]
            .iter()
            .map(|&w| columns(&mut layers, w, &M))
            .collect();
        assert!(heights.windows(2).all(|w| w[1] <= w[0]), "{heights:?}");
    }

    #[test]
    fn layers_below_each_other_share_their_columns() {
        let mut layers = [
            layer(0, &[vec![1; 4], vec![2; 3]]),
            layer(1, &[vec![1; 9], vec![1; 2], vec![3]]),
        ];
        let height = stacks(&mut layers, 330.0, 2, &M);
        let mut lefts: Vec<i32> = layers
            .iter()
            .flat_map(|l| &l.blocks)
            .flat_map(|b| &b.chips)
            .map(|c| c.rect[0] as i32)
            .collect();
        lefts.sort_unstable();
        lefts.dedup();
        assert_eq!(lefts.len(), 2, "{lefts:?}");
        assert!(layers[1].rect[1] > layers[0].rect[3] && layers[1].rect[3] < height);
    }

    #[test]
    fn nothing_has_no_place_and_no_height() {
        assert_eq!(columns(&mut [], 100.0, &M), 0.0);
        assert_eq!(stacks(&mut [], 100.0, 2, &M), 0.0);
        let mut empty = [Layer::default()];
        assert_eq!(columns(&mut empty, f32::NAN, &M), M.layer_head);
    }
}
