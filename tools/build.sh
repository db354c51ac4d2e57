#!/usr/bin/env bash
# Builds dist/: what a publisher uploads. wasm with std built in and made small, the host bundled, the demo pages with their tables.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/wasm.sh

build_wasm --lib --no-default-features

pkg=$CARGO_TARGET_DIR/small/pkg
wasm-bindgen --target web --no-typescript --out-dir "$pkg" --out-name ai_atlas "$CARGO_TARGET_DIR/small/wasm32-unknown-unknown/release/ai_atlas.wasm"
node tools/shorten.mjs "$pkg/ai_atlas_bg.wasm" "$pkg/ai_atlas.js"
shrink_wasm "$pkg/ai_atlas_bg.wasm" "$pkg/ai_atlas.wasm"

mkdir -p www/pkg
cp "$pkg/ai_atlas.js" www/pkg/ # where the engine imports it from
cp "$pkg/ai_atlas.wasm" www/pkg/ai_atlas_bg.wasm

# The demo's tables: with no script at all the page still has the numbers.
cargo run --quiet --bin ai-atlas -- fill www/index.html data >"$CARGO_TARGET_DIR/small/index.html"
node tools/dist.mjs --index "$CARGO_TARGET_DIR/small/index.html" >/dev/null
echo "build: dist/ is ready ($(du -sh dist | cut -f1))"
