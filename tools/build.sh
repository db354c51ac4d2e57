#!/usr/bin/env bash
# Builds dist/: what a publisher uploads. One wasm with all widgets and one for each of them, the
# host bundled, the demo pages with their tables.
# Usage: tools/build.sh [--development FOLDER]      (for `make watch`: one wasm, compiled quickly
# and not shrunk, and the demo page, into FOLDER)
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/wasm.sh

# The texts of the shaders are files of their own: they lie where build.rs wrote them. From cargo's messages.
shaders_of() {
  node -e '
    const messages = require("fs").readFileSync(0, "utf8").trim().split("\n").map(JSON.parse);
    console.log(messages.find((message) => message.reason === "build-script-executed" && /\bai-atlas[@#]/.test(message.package_id)).out_dir);
  ' <"$1" | while read -r out; do cp "$out/shaders.json" "$2/shaders.json"; done
}
# The demo's tables: with no script at all the page still has the numbers.
fill_index() { cargo run --quiet --bin ai-atlas -- fill www/index.html data >"$1"; }

if [ "${1:-}" = --development ]; then
  to=$2
  mkdir -p "$to/pkg"
  whole=value-chain,market-share,funding-timeline,author-tools,shaders
  for features in tables $whole; do
    cargo rustc --quiet --lib --no-default-features --features $features --crate-type cdylib --target wasm32-unknown-unknown \
      --message-format=json-render-diagnostics >"$to/messages.json"
    wasm-bindgen --target web --keep-debug --no-typescript --omit-default-module-path --out-dir "$to/$features" --out-name bindings \
      "$CARGO_TARGET_DIR/wasm32-unknown-unknown/debug/ai_atlas.wasm"
  done
  cp "$to/tables/bindings_bg.wasm" "$to/pkg/tables.wasm"
  cp "$to/tables/bindings.js" "$to/pkg/tables.js"
  for entry in ai-atlas value-chain market-share funding-timeline; do
    cp "$to/$whole/bindings_bg.wasm" "$to/pkg/$entry.wasm"
    cp "$to/$whole/bindings.js" "$to/pkg/$entry.js"
  done
  shaders_of "$to/messages.json" "$to/pkg"
  # The tables are those of the data: another wasm changes nothing in them.
  [ -s "$to/index.html" ] && [ -z "$(find data www/index.html -newer "$to/index.html")" ] || fill_index "$to/index.html"
  exit 0
fi

rm -rf www/pkg && mkdir -p www/pkg "$CARGO_TARGET_DIR"
for entry in ai-atlas value-chain market-share funding-timeline tables; do
  if [ $entry = ai-atlas ]; then features=value-chain,market-share,funding-timeline,author-tools; else features=$entry; fi
  build_wasm --lib --no-default-features --features $features --message-format=json-render-diagnostics >"$CARGO_TARGET_DIR/wasm-messages.json"
  made=$CARGO_TARGET_DIR/wasm/pkg/$entry
  wasm-bindgen --target web --no-typescript --omit-default-module-path --out-dir "$made" --out-name bindings "$wasm_out/ai_atlas.wasm"
  shrink_wasm "$made/bindings_bg.wasm" "$made/small.wasm"
  cp "$made/small.wasm" www/pkg/$entry.wasm
  cp "$made/bindings.js" www/pkg/$entry.js
done

shaders_of "$CARGO_TARGET_DIR/wasm-messages.json" www/pkg
index=$CARGO_TARGET_DIR/wasm/index.html
fill_index "$index"
node tools/dist.mjs --index "$index" >/dev/null
echo "build: dist/ is ready ($(du -sh dist | cut -f1))"
