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

rm -rf dist && mkdir -p dist/data dist/articles www/pkg
cp "$pkg/ai_atlas.js" www/pkg/ # where the engine imports it from
cp "$pkg/ai_atlas.wasm" dist/ai_atlas_bg.wasm
esbuild www/ai-atlas.js --bundle --format=esm --target=es2022 --minify --legal-comments=none --outfile=dist/ai-atlas.js --log-level=warning
# The engine takes this wasm and no other: another version's, or one that was changed on the way, is refused.
integrity=$(node -p "'sha384-' + crypto.createHash('sha384').update(fs.readFileSync('dist/ai_atlas_bg.wasm')).digest('base64')")
esbuild www/host/engine.js --define:WASM_INTEGRITY="'$integrity'" --bundle --format=esm --target=es2022 --minify --legal-comments=none --outfile=dist/engine.js --log-level=warning
esbuild www/host/still.js --bundle --format=esm --target=es2022 --minify --legal-comments=none --outfile=dist/still.js --log-level=warning
cp www/ai-atlas.d.ts dist/
cp data/*.json dist/data/
cp www/*.css www/demo.js dist/ 2>/dev/null || true
cp www/articles/* dist/articles/

# The demo's tables: with no script at all the page still has the numbers.
cargo run --quiet --bin ai-atlas -- fill www/index.html data >dist/index.html
echo "build: dist/ is ready ($(du -sh dist | cut -f1))"
