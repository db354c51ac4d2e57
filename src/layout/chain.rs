//! Where the blocks of a layered diagram go: columns side by side on wide pictures, bands below each other on narrow ones.
//!
//! A layer is a list of blocks (sublayers), a block a list of chips. Pure geometry: sizes in, rectangles out, all in CSS px.
//! Rectangles are left, top, right, bottom; they are written into the layers that are handed over.

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
    /// Out: the heading.
    pub rect: [f32; 4],
    /// How many columns it has, and the height of the tallest.
    columns: usize,
    tallest: f32,
}

impl Layer {
    /// A layer without blocks.
    pub fn of(item: usize) -> Self {
        Self { item, ..Self::default() }
    }
}

/// A block.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// What the caller knows it by.
    pub item: usize,
    /// Lines of its heading in a column; 0 counts as 1.
    pub lines: u32,
    /// Its chips in order.
    pub chips: Vec<Chip>,
    /// Out: the heading.
    pub rect: [f32; 4],
    /// The column of its layer, and how much of it the block takes.
    column: usize,
    height: f32,
}

impl Block {
    /// A block without chips.
    pub fn of(item: usize) -> Self {
        Self { item, ..Self::default() }
    }
}

/// A chip.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Chip {
    /// What the caller knows it by.
    pub item: usize,
    /// Lines of its name in a column; 0 counts as 1.
    pub lines: u32,
    /// Width in a band.
    pub width: f32,
    /// Out: its place.
    pub rect: [f32; 4],
}

/// Layers as columns from left to right; returns the height of it all.
/// Layers that need it get several columns, so that the tallest column is as short as the width allows; what is left is shared out evenly.
pub fn columns(layers: &mut [Layer], width: f32, m: &Measure) -> f32 {
    let gaps = m.layer_gap * (layers.len() as f32 - 1.0);
    let mut least = 0.0;
    for layer in layers.iter_mut() {
        least += layer.least.max(1.0);
        for block in &mut layer.blocks {
            let mut chips = 0.0;
            for chip in &block.chips {
                chips += chip_height(chip, m) + m.chip_gap;
            }
            block.height = head_height(block, m) + chips;
        }
        layer.columns = 1;
        layer.tallest = split(&mut layer.blocks, 1, m.block_gap);
    }
    let mut room = width - gaps - least;
    // The layer with the tallest column gets one more, while there is room for it and it makes the layer shorter.
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

    let (mut x, mut lowest) = (0.0, 0.0_f32);
    for layer in layers.iter_mut() {
        let column = layer.least.max(1.0) + more;
        let layer_width = column * layer.columns as f32 + m.column_gap * (layer.columns as f32 - 1.0);
        layer.rect = [x, 0.0, x + layer_width, m.layer_head];
        split(&mut layer.blocks, layer.columns, m.block_gap);
        let (mut y, mut at) = (m.layer_head, 0);
        for block in &mut layer.blocks {
            if block.column > at {
                (y, at) = (m.layer_head, block.column);
            } else if y > m.layer_head {
                y += m.block_gap;
            }
            let left = x + at as f32 * (column + m.column_gap);
            block.rect = [left, y, left + column, y + head_height(block, m)];
            y += head_height(block, m);
            for chip in &mut block.chips {
                let height = chip_height(chip, m);
                chip.rect = [left, y, left + column, y + height];
                y += height + m.chip_gap;
            }
            lowest = lowest.max(y);
        }
        lowest = lowest.max(m.layer_head);
        x += layer_width + m.layer_gap;
    }
    lowest
}

/// Layers as bands from top to bottom; returns the height of it all. Chips are as wide as they ask for and fill lines as words do.
pub fn bands(layers: &mut [Layer], width: f32, m: &Measure) -> f32 {
    let mut y = 0.0;
    for layer in layers {
        if y > 0.0 {
            y += m.layer_gap;
        }
        layer.rect = [0.0, y, width, y + m.layer_head];
        y += m.layer_head;
        for (at, block) in layer.blocks.iter_mut().enumerate() {
            if at > 0 {
                y += m.block_gap;
            }
            block.rect = [0.0, y, width, y + m.block_head];
            y += m.block_head;
            let mut x = 0.0;
            for chip in &mut block.chips {
                let wide = chip.width.min(width).max(1.0);
                if x > 0.0 && x + wide > width {
                    x = 0.0;
                    y += m.chip + m.chip_gap;
                }
                chip.rect = [x, y, x + wide, y + m.chip];
                x += wide + m.column_gap;
            }
            y += m.chip + m.chip_gap;
        }
    }
    y
}

fn chip_height(chip: &Chip, m: &Measure) -> f32 {
    m.chip + (chip.lines.max(1) - 1) as f32 * 15.0
}

fn head_height(block: &Block, m: &Measure) -> f32 {
    m.block_head + (block.lines.max(1) - 1) as f32 * 14.0
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

/// Blocks in order into at most `most` columns so that the tallest is as short as can be: that height.
fn split(blocks: &mut [Block], most: usize, gap: f32) -> f32 {
    let (mut low, mut high) = (0.0, 0.0);
    for block in blocks.iter() {
        high += block.height;
    }
    high += gap * blocks.len() as f32;
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if fill(blocks, middle, gap).0 <= most { high = middle } else { low = middle }
    }
    fill(blocks, high, gap).1
}

/// Blocks in order into columns that are no taller than a limit, if a block alone is not: how many columns, and the height of the tallest.
fn fill(blocks: &mut [Block], limit: f32, gap: f32) -> (usize, f32) {
    let (mut column, mut height, mut tallest) = (0, 0.0_f32, 0.0_f32);
    for block in blocks {
        let more = if height > 0.0 { height + gap + block.height } else { block.height };
        if more > limit && height > 0.0 {
            column += 1;
            height = block.height;
        } else {
            height = more;
        }
        tallest = tallest.max(height);
        block.column = column;
    }
    (column + 1, tallest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const M: Measure = Measure { layer_head: 30.0, block_head: 18.0, block_gap: 10.0, chip: 20.0, chip_gap: 3.0, column_gap: 12.0, layer_gap: 44.0 };
    const LEAST: [f32; 5] = [110.0, 104.0, 120.0, 90.0, 150.0];

    /// A layer from the lines of its chips.
    fn layer(at: usize, blocks: &[Vec<u32>]) -> Layer {
        let block = |(ix, chips): (usize, &Vec<u32>)| Block {
            lines: 1 + ix as u32 % 2,
            chips: chips.iter().map(|&lines| Chip { lines, width: 100.0, ..Chip::default() }).collect(),
            ..Block::default()
        };
        Layer { least: LEAST[at], blocks: blocks.iter().enumerate().map(block).collect(), ..Layer::default() }
    }

    #[test]
    fn chips_never_overlap_and_stay_inside() {
        let mut layers = [layer(0, &[vec![1; 8]]), layer(1, &vec![vec![1, 2, 1]; 12]), layer(2, &[vec![1; 40], vec![2; 3]]), layer(3, &[vec![], vec![]])];
        for width in [300.0, 720.0, 1200.0, 2400.0] {
            let height = columns(&mut layers, width, &M);
            let all: Vec<[f32; 4]> = layers.iter().flat_map(|l| &l.blocks).flat_map(|b| &b.chips).map(|c| c.rect).collect();
            assert_eq!(all.len(), 8 + 36 + 43);
            for (i, a) in all.iter().enumerate() {
                assert!(a[0] >= -0.01 && a[2] <= width.max(620.0) + 0.1 && a[3] <= height + 0.1, "{a:?} in {width}");
                for b in &all[i + 1..] {
                    assert!(a[2] <= b[0] + 0.01 || b[2] <= a[0] + 0.01 || a[3] <= b[1] + 0.01 || b[3] <= a[1] + 0.01, "{a:?} {b:?}");
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
        let heights: Vec<f32> = [720.0, 900.0, 1200.0, 1600.0].iter().map(|&w| columns(&mut layers, w, &M)).collect();
        assert!(heights.windows(2).all(|w| w[1] <= w[0]), "{heights:?}");
    }

    #[test]
    fn bands_break_lines_like_words() {
        let mut layers = [layer(0, &[vec![1; 4]])];
        bands(&mut layers, 330.0, &M);
        let tops: Vec<f32> = layers[0].blocks[0].chips.iter().map(|c| c.rect[1]).collect();
        assert_eq!(tops[0], tops[1]);
        assert!(tops[3] > tops[0]);
    }

    #[test]
    fn nothing_has_no_place_and_no_height() {
        assert_eq!(columns(&mut [], 100.0, &M), 0.0);
        assert_eq!(bands(&mut [], 100.0, &M), 0.0);
        let mut empty = [Layer::default()];
        assert_eq!(columns(&mut empty, f32::NAN, &M), M.layer_head);
    }
}
