//! What `make bench-chain` measures, as wasm: the layouts that readers run, called from `benches/chain.mjs`.
#![cfg(target_arch = "wasm32")]
