#!/usr/bin/env bash
# Builds one bench's wasm with the flags that readers' wasm has, and runs it beside its peers. Usage: tools/bench.sh chain | treemap | timeline | kernels | peers (installs the peers only)
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/wasm.sh
name=$1

# Kernels have no peers but their twins.
if [ "$name" = kernels ]; then peers=$CARGO_TARGET_DIR/small/bench; else . tools/peers.sh; fi

[ "$name" != peers ] || exit 0

build_wasm --example "bench-$name"
out=$CARGO_TARGET_DIR/small/bench/$name
wasm-bindgen --target nodejs --no-typescript --out-dir "$out" --out-name bench "$CARGO_TARGET_DIR/small/wasm32-unknown-unknown/release/examples/bench_$name.wasm"
mv "$out/bench_bg.wasm" "$out/bench.wasm"
shrink_wasm "$out/bench.wasm" "$out/bench_bg.wasm"
# Node finds packages beside the script that asks for them, so the script moves in with the peers.
mkdir -p "$peers/run" && cp benches/*.mjs "$peers/run/"
if [ "$name" = kernels ]; then
  cargo build --quiet --profile bench --example bench-kernels-gpu
  export BENCH_NATIVE=$CARGO_TARGET_DIR/release/examples/bench-kernels-gpu
fi
BENCH_WASM="$out/bench.js" node --expose-gc --max-old-space-size=8192 "$peers/run/$name.mjs" "${@:2}"
