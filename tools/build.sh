#!/usr/bin/env bash
# Builds dist/: what a publisher uploads. wasm with std built in and made small, the host bundled, the demo pages with their tables.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/wasm.sh

# Relocations say which function reads which constant.
link=--emit-relocs build_wasm --lib --no-default-features

pkg=$CARGO_TARGET_DIR/small/pkg
parts=$CARGO_TARGET_DIR/small/parts
linked=$CARGO_TARGET_DIR/small/wasm32-unknown-unknown/release/ai_atlas.wasm
wasm-bindgen --target web --no-typescript --out-dir "$pkg" --out-name ai_atlas "$linked"
wasm-bindgen --target web --no-typescript --no-demangle --out-dir "$pkg/mangled" --out-name ai_atlas "$linked"
node tools/split.mjs "$linked" "$pkg/ai_atlas_bg.wasm" "$pkg/mangled/ai_atlas_bg.wasm" "$parts"
node tools/shorten.mjs "$parts" "$pkg/ai_atlas.js"

rm -rf www/pkg && mkdir -p www/pkg "$pkg/small"
cp "$pkg/ai_atlas.js" "$parts"/*.js www/pkg/ # where the engine and the bundler import them from
for part in "$parts"/*.wasm; do
  small=$pkg/small/$(basename "$part")
  shrink_wasm "$part" "$small"
  cp "$small" www/pkg/
done

# The demo's tables: with no script at all the page still has the numbers.
cargo run --quiet --bin ai-atlas -- fill www/index.html data >"$CARGO_TARGET_DIR/small/index.html"
node tools/dist.mjs --index "$CARGO_TARGET_DIR/small/index.html" >/dev/null
echo "build: dist/ is ready ($(du -sh dist | cut -f1))"
