//! Which block stands in which column of its layer.

use super::column_layout::{Block, Layer, Measure};

/// The blocks of a layer into its columns.
pub(super) fn fill_columns(layer: &mut Layer, m: &Measure) {
    if !layer.dealt {
        split(&mut layer.blocks, layer.columns, m.block_gap);
        return;
    }
    let mut ends = vec![0.0_f32; layer.columns];
    for block in &mut layer.blocks {
        let mut least = f32::INFINITY;
        for (column, &end) in ends.iter().enumerate() {
            if end < least {
                (block.column, least) = (column, end);
            }
        }
        if let Some(end) = ends.get_mut(block.column) {
            *end += block.height + m.block_gap;
        }
    }
}

/// Blocks in order into at most `max_columns` columns so that the tallest is as short as can be: that
/// height.
pub(super) fn split(blocks: &mut [Block], max_columns: usize, gap: f32) -> f32 {
    let (mut low, mut high) = (0.0, 0.0);
    for block in blocks.iter() {
        high += block.height;
    }
    high += gap * blocks.len() as f32;
    for _ in 0..40 {
        let middle = (low + high) / 2.0;
        if fill(blocks, middle, gap).0 <= max_columns {
            high = middle
        } else {
            low = middle
        }
    }
    fill(blocks, high, gap).1
}

/// Blocks in order into columns that are no taller than a limit, if a block alone is not: how many
/// columns, and the height of the tallest.
fn fill(blocks: &mut [Block], limit: f32, gap: f32) -> (usize, f32) {
    let (mut column, mut height, mut tallest) = (0, 0.0_f32, 0.0_f32);
    for block in blocks {
        let more = if height > 0.0 {
            height + gap + block.height
        } else {
            block.height
        };
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
