#!/usr/bin/env bash
# Builds dist/: what a publisher uploads. One wasm with all widgets and one for each of them, the host bundled, the demo pages with their tables.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
. tools/wasm.sh

rm -rf www/pkg && mkdir -p www/pkg
for entry in ai-atlas value-chain market-share funding-timeline; do
  if [ $entry = ai-atlas ]; then features=value-chain,market-share,funding-timeline,read-file; else features=$entry; fi
  build_wasm --lib --no-default-features --features $features --message-format=json-render-diagnostics >"$CARGO_TARGET_DIR/wasm-messages.json"
  made=$CARGO_TARGET_DIR/wasm/pkg/$entry
  wasm-bindgen --target web --no-typescript --omit-default-module-path --out-dir "$made" --out-name bindings "$wasm_out/ai_atlas.wasm"
  shrink_wasm "$made/bindings_bg.wasm" "$made/small.wasm"
  cp "$made/small.wasm" www/pkg/$entry.wasm
  cp "$made/bindings.js" www/pkg/$entry.js
done

# The texts of the shaders are files of their own: they lie where build.rs wrote them.
node -e '
  const messages = require("fs").readFileSync(0, "utf8").trim().split("\n").map(JSON.parse);
  console.log(messages.find((message) => message.reason === "build-script-executed" && /\bai-atlas[@#]/.test(message.package_id)).out_dir);
' <"$CARGO_TARGET_DIR/wasm-messages.json" | while read -r out; do cp "$out/shaders.json" www/pkg/shaders.json; done

# The demo's tables: with no script at all the page still has the numbers.
index=$CARGO_TARGET_DIR/wasm/index.html
cargo run --quiet --bin ai-atlas -- fill www/index.html data >"$index"
node tools/dist.mjs --index "$index" >/dev/null
echo "build: dist/ is ready ($(du -sh dist | cut -f1))"
