#!/usr/bin/env bash
# Builds one bench's wasm with the flags that readers' wasm has, and runs it beside its peers.
# Usage: tools/bench.sh chain | treemap | timeline | kernels | peers (installs the peers only)
# In the short form (BENCH=short, benches/report.mjs) the wasm is the one that `cargo build` makes:
# it is there in seconds, and no time is held against it.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/wasm.sh
name=$1

# Kernels have no peers but their CPU references, messages none but their other forms.
if [ "$name" = kernels ] || [ "$name" = messages ]; then peers=$CARGO_TARGET_DIR/wasm/bench; else . tools/peers.sh; fi

[ "$name" != peers ] || exit 0

if [ "${BENCH:-}" = short ]; then
  out=$CARGO_TARGET_DIR/bench-short/$name
  cargo build --quiet --example "bench-$name" --target wasm32-unknown-unknown
  wasm-bindgen --target nodejs --no-typescript --out-dir "$out" --out-name bench "$CARGO_TARGET_DIR/wasm32-unknown-unknown/debug/examples/bench_$name.wasm"
else
  out=$CARGO_TARGET_DIR/wasm/bench/$name
  build_wasm --example "bench-$name"
  wasm-bindgen --target nodejs --no-typescript --out-dir "$out" --out-name bench "$wasm_out/examples/bench_$name.wasm"
  mv "$out/bench_bg.wasm" "$out/bench.wasm"
  shrink_wasm "$out/bench.wasm" "$out/bench_bg.wasm"
fi
# Node finds packages beside the script that asks for them, so the script moves in with the peers.
mkdir -p "$peers/run" && cp benches/*.mjs www/host/packed.js "$peers/run/"
if [ "$name" = kernels ]; then
  if [ "${BENCH:-}" = short ]; then
    cargo build --quiet --example bench-kernels-gpu
    export BENCH_NATIVE=$CARGO_TARGET_DIR/debug/examples/bench-kernels-gpu
  else
    cargo build --quiet --profile bench --example bench-kernels-gpu
    export BENCH_NATIVE=$CARGO_TARGET_DIR/release/examples/bench-kernels-gpu
  fi
fi
BENCH_WASM="$out/bench.js" node --expose-gc --max-old-space-size=8192 "$peers/run/$name.mjs" "${@:2}"
