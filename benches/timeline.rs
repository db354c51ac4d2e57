//! What `make bench-timeline` measures, as wasm: the layouts that readers run, called from `benches/timeline.mjs`.
#![cfg(target_arch = "wasm32")]
