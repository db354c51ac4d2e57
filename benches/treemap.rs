//! What `make bench-treemap` measures, as wasm: the layouts that readers run, called from `benches/treemap.mjs`.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, reason = "called by a script beside this file")]

use ai_atlas::layout::squarify;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
pub fn flat(values: &[f64], width: f64, height: f64) -> f64 {
    squarify(values, [0.0, 0.0, width, height]).iter().map(|r| r[0]).sum()
}
