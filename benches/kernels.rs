//! The twins of the kernels as wasm, for `benches/kernels.mjs`: what readers without a GPU run.
#![cfg(target_arch = "wasm32")]
#![allow(
    missing_docs,
    clippy::panic,
    unreachable_pub,
    reason = "called by a script beside this file"
)]

#[allow(dead_code, reason = "the tests read the rest")]
#[path = "../tests/kernels/cases.rs"]
mod cases;

use wasm_bindgen::prelude::wasm_bindgen;

/// A twin with inputs of one size.
#[wasm_bindgen]
pub struct Lap(cases::Job);

#[wasm_bindgen]
impl Lap {
    #[wasm_bindgen(constructor)]
    pub fn new(kernel: &str, size: usize) -> Self {
        Self(cases::timed(kernel, size))
    }

    pub fn run(&mut self) {
        (self.0.lap)();
    }
}
