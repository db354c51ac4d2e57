//! What `make bench-treemap` measures, as wasm: the layouts that readers run, called from
//! `benches/treemap.mjs`.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, reason = "called by a script beside this file")]

use ai_atlas::data::Column;
use ai_atlas::layout::squarify;
use ai_atlas::layout::treemap::{Hit, Limits, Tree, TreemapLayout};
use ai_atlas::widget::{self, View, Widget};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn flat(values: &[f64], width: f64, height: f64) -> f64 {
    squarify(values, [0.0, 0.0, width, height])
        .iter()
        .map(|r| r[0])
        .sum()
}

/// A tree and its tiles, kept for picking and for measuring memory.
#[wasm_bindgen]
pub struct Treemap {
    tree: Tree,
    laid: TreemapLayout,
}

#[wasm_bindgen]
impl Treemap {
    /// Groups, sums, sorts and lays out every leaf.
    #[wasm_bindgen(constructor)]
    pub fn new(values: Vec<f64>, codes: Vec<u32>, count: usize, width: f64, height: f64) -> Self {
        let (tree, _) = Tree::grouped(values, &[&codes], &[count]);
        drop(codes);
        let laid = tree.lay(tree.leaves(), 0, [0.0, 0.0, width, height], &Limits::ALL);
        Self { tree, laid }
    }

    /// Rectangles in the order of the leaves.
    pub fn rects(&self) -> Vec<f32> {
        let mut out = vec![0.0; self.tree.leaves() as usize * 4];
        for frame in &self.laid.frames {
            self.laid.each(frame, &mut |rank, tile| {
                let leaf = self
                    .tree
                    .children(frame.node)
                    .get(rank as usize)
                    .copied()
                    .unwrap_or(0) as usize
                    * 4;
                if let (Some(slots), Some(tile)) =
                    (out.get_mut(leaf..leaf + 4), self.laid.tiles.get(tile))
                {
                    slots.copy_from_slice(tile);
                }
            });
        }
        out
    }

    /// The leaf at a point, or 2³² − 1.
    pub fn pick(&self, x: f32, y: f32) -> u32 {
        match self.laid.pick(&self.tree, [x, y]) {
            Some(Hit::Node(node)) => node,
            _ => u32::MAX,
        }
    }
}

/// The whole widget with columns and a picture, kept for measuring memory.
#[wasm_bindgen]
pub struct Kept(Box<dyn Widget>);

#[wasm_bindgen]
impl Kept {
    #[wasm_bindgen(constructor)]
    pub fn new(values: Vec<f64>, codes: Vec<u32>, count: usize, labels: Vec<u32>) -> Self {
        let names = |count: usize| (0..count).map(|at| at.to_string()).collect();
        let column = |name: &str, numbers, codes, names| Column {
            name: name.to_string(),
            numbers,
            codes,
            names,
        };
        let columns = vec![
            column("value", values, Vec::new(), Vec::new()),
            column("levels.0", Vec::new(), codes, names(count)),
            column("label", Vec::new(), labels, names(1000)),
        ];
        let mut widget =
            widget::make("market-share").unwrap_or_else(|| core::arch::wasm32::unreachable());
        assert!(widget.columns(columns).is_ok(), "the columns were refused");
        Self(widget)
    }

    /// Lays out for 960 × 540 CSS px, and says how many marks there are.
    pub fn draw(&self) -> usize {
        self.0
            .picture(&View {
                width_css: 960.0,
                height_css: 540.0,
                ..View::default()
            })
            .scene
            .marks
            .len()
    }
}

/// Bytes of the wasm's memory.
#[wasm_bindgen]
pub fn taken() -> f64 {
    core::arch::wasm32::memory_size(0) as f64 * 65536.0
}
