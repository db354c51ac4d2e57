//! Where the blocks of a layered diagram go: columns side by side on wide pictures, bands below each other on narrow ones.
//!
//! A layer is a list of blocks (sublayers), a block a list of chips. Pure geometry: sizes in, rectangles out, all in CSS px.

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

/// A block before it has a place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Block {
    /// Lines of its heading, 1 or more.
    pub head_lines: u32,
    /// Lines of each chip, 1 or more.
    pub chips: Vec<u32>,
}

/// Where everything goes. Rectangles are left, top, right, bottom.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Placed {
    /// For each layer: its heading.
    pub layers: Vec<[f32; 4]>,
    /// For each layer and block: its heading.
    pub blocks: Vec<Vec<[f32; 4]>>,
    /// For each layer, block and chip: the chip.
    pub chips: Vec<Vec<Vec<[f32; 4]>>>,
    /// Height of it all.
    pub height: f32,
}

/// Layers as columns from left to right. `least[l]` is the narrowest
/// column in which the names of a layer can be read.
/// Layers that need it get several columns, so that the tallest column is as short as the width allows; what is left is shared out evenly.
pub fn columns(layers: &[Vec<Block>], least: &[f32], width: f32, m: &Measure) -> Placed {
    let count = layers.len();
    if count == 0 || width.is_nan() || width <= 0.0 {
        return Placed::default();
    }
    let heights: Vec<Vec<f32>> = layers.iter().map(|blocks| blocks.iter().map(|b| block_height(b, m)).collect()).collect();
    let least = |l: usize| least.get(l).copied().unwrap_or(1.0).max(1.0);
    let gaps = m.layer_gap * (count as f32 - 1.0);
    let mut room = width - gaps - (0..count).map(least).sum::<f32>();
    let mut shares = vec![1usize; count];
    let tall = |l: usize, k: usize| heights.get(l).map_or(0.0, |blocks| split(blocks, k, m.block_gap).1);
    // The layer with the tallest column gets one more, while there is room for it and it makes the layer shorter.
    while let Some(tallest) = (0..count).max_by(|&a, &b| {
        let column = |l: usize| tall(l, shares.get(l).copied().unwrap_or(1));
        column(a).total_cmp(&column(b))
    }) {
        let Some(share) = shares.get_mut(tallest) else { break };
        let cost = least(tallest) + m.column_gap;
        if cost > room || tall(tallest, *share + 1) >= tall(tallest, *share) {
            break;
        }
        room -= cost;
        *share += 1;
    }
    let more = (room / shares.iter().sum::<usize>() as f32).max(0.0);

    let mut placed = Placed::default();
    let mut x = 0.0;
    for (l, blocks) in layers.iter().enumerate() {
        let k = shares.get(l).copied().unwrap_or(1);
        let column = least(l) + more;
        let layer_width = column * k as f32 + m.column_gap * (k as f32 - 1.0);
        placed.layers.push([x, 0.0, x + layer_width, m.layer_head]);
        let own: &[f32] = heights.get(l).map_or(&[], Vec::as_slice);
        let (of_block, _) = split(own, k, m.block_gap);
        let mut tops = vec![m.layer_head; k];
        let (mut heads, mut chips_of) = (Vec::new(), Vec::new());
        for (block, &at) in blocks.iter().zip(&of_block) {
            let Some(top) = tops.get_mut(at) else { continue };
            if *top > m.layer_head {
                *top += m.block_gap;
            }
            let left = x + at as f32 * (column + m.column_gap);
            heads.push([left, *top, left + column, *top + head_height(block, m)]);
            *top += head_height(block, m);
            let mut rects = Vec::new();
            for &lines in &block.chips {
                let height = chip_height(lines, m);
                rects.push([left, *top, left + column, *top + height]);
                *top += height + m.chip_gap;
            }
            chips_of.push(rects);
        }
        placed.height = tops.iter().copied().fold(placed.height, f32::max);
        placed.blocks.push(heads);
        placed.chips.push(chips_of);
        x += layer_width + m.layer_gap;
    }
    placed
}

/// Layers as bands from top to bottom. `layers[l][b][c]` is the width of chip `c`; chips fill lines as words do.
pub fn bands(layers: &[Vec<Vec<f32>>], width: f32, m: &Measure) -> Placed {
    let mut placed = Placed::default();
    if width.is_nan() || width <= 0.0 {
        return placed;
    }
    let mut y = 0.0;
    for (l, blocks) in layers.iter().enumerate() {
        if l > 0 {
            y += m.layer_gap;
        }
        placed.layers.push([0.0, y, width, y + m.layer_head]);
        y += m.layer_head;
        let (mut heads, mut chips_of) = (Vec::new(), Vec::new());
        for (b, chips) in blocks.iter().enumerate() {
            if b > 0 {
                y += m.block_gap;
            }
            heads.push([0.0, y, width, y + m.block_head]);
            y += m.block_head;
            let mut x = 0.0;
            let mut rects = Vec::new();
            for &wanted in chips {
                let chip = wanted.clamp(1.0, width);
                if x > 0.0 && x + chip > width {
                    x = 0.0;
                    y += m.chip + m.chip_gap;
                }
                rects.push([x, y, x + chip, y + m.chip]);
                x += chip + m.column_gap;
            }
            y += m.chip + m.chip_gap;
            chips_of.push(rects);
        }
        placed.blocks.push(heads);
        placed.chips.push(chips_of);
    }
    placed.height = y;
    placed
}

fn chip_height(lines: u32, m: &Measure) -> f32 {
    m.chip + (lines.max(1) - 1) as f32 * 15.0
}

fn head_height(block: &Block, m: &Measure) -> f32 {
    m.block_head + (block.head_lines.max(1) - 1) as f32 * 14.0
}

fn block_height(block: &Block, m: &Measure) -> f32 {
    head_height(block, m) + block.chips.iter().map(|&lines| chip_height(lines, m) + m.chip_gap).sum::<f32>()
}

/// Blocks in order into at most `k` columns so that the tallest is as short as can be: the column of each block, and that height.
fn split(blocks: &[f32], k: usize, gap: f32) -> (Vec<usize>, f32) {
    let fill = |limit: f32| {
        let (mut column, mut height, mut tallest) = (0, 0.0_f32, 0.0_f32);
        let of_block: Vec<usize> = blocks
            .iter()
            .map(|&block| {
                let more = if height > 0.0 { height + gap + block } else { block };
                if more > limit && height > 0.0 {
                    column += 1;
                    height = block;
                } else {
                    height = more;
                }
                tallest = tallest.max(height);
                column
            })
            .collect();
        (of_block, column + 1, tallest)
    };
    let (mut low, mut high) = (0.0, blocks.iter().sum::<f32>() + gap * blocks.len() as f32);
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if fill(middle).1 <= k.max(1) { high = middle } else { low = middle }
    }
    let (of_block, _, tallest) = fill(high);
    (of_block, tallest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const M: Measure = Measure { layer_head: 30.0, block_head: 18.0, block_gap: 10.0, chip: 20.0, chip_gap: 3.0, column_gap: 12.0, layer_gap: 44.0 };
    const LEAST: [f32; 5] = [110.0, 104.0, 120.0, 90.0, 150.0];

    fn blocks(chips: &[Vec<u32>]) -> Vec<Block> {
        chips.iter().enumerate().map(|(ix, c)| Block { head_lines: 1 + ix as u32 % 2, chips: c.clone() }).collect()
    }

    #[test]
    fn chips_never_overlap_and_stay_inside() {
        let layers = [blocks(&[vec![1; 8]]), blocks(&vec![vec![1, 2, 1]; 12]), blocks(&[vec![1; 40], vec![2; 3]]), blocks(&[vec![], vec![]])];
        for width in [300.0, 720.0, 1200.0, 2400.0] {
            let placed = columns(&layers, &LEAST, width, &M);
            let all: Vec<[f32; 4]> = placed.chips.iter().flatten().flatten().copied().collect();
            assert_eq!(all.len(), 8 + 36 + 43);
            for (i, a) in all.iter().enumerate() {
                assert!(a[0] >= -0.01 && a[2] <= width.max(620.0) + 0.1 && a[3] <= placed.height + 0.1, "{a:?} in {width}");
                for b in &all[i + 1..] {
                    assert!(a[2] <= b[0] + 0.01 || b[2] <= a[0] + 0.01 || a[3] <= b[1] + 0.01 || b[3] <= a[1] + 0.01, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn a_wider_picture_is_never_taller() {
        let layers = [
            blocks(&vec![vec![1; 8]; 3]),
            blocks(&vec![vec![1; 5]; 12]),
            blocks(&vec![vec![1; 8]; 7]),
            blocks(&vec![vec![1; 8]; 9]),
            blocks(&vec![vec![1; 12]; 2]),
        ];
        let heights: Vec<f32> = [720.0, 900.0, 1200.0, 1600.0].iter().map(|&w| columns(&layers, &LEAST, w, &M).height).collect();
        assert!(heights.windows(2).all(|w| w[1] <= w[0]), "{heights:?}");
    }

    #[test]
    fn bands_break_lines_like_words() {
        let placed = bands(&[vec![vec![100.0, 100.0, 100.0, 100.0]]], 330.0, &M);
        let tops: Vec<f32> = placed.chips[0][0].iter().map(|r| r[1]).collect();
        assert_eq!(tops[0], tops[1]);
        assert!(tops[3] > tops[0]);
    }
}
