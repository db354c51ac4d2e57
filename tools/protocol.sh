#!/usr/bin/env bash
# Holds www/host/protocol.d.ts against the types of src/protocol/ and src/web/, which it is made from.
# Usage: tools/protocol.sh [--write]      (--write = writes it anew)
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
committed=www/host/protocol.d.ts
made=$CARGO_TARGET_DIR/protocol
cargo build --quiet --lib --target wasm32-unknown-unknown
wasm-bindgen --target web --out-dir "$made" --out-name bindings "$CARGO_TARGET_DIR/wasm32-unknown-unknown/debug/ai_atlas.wasm"
# How the wasm is loaded comes last, with the exports of one build by their numbers: of that only
# what the engine calls is kept.
{
  echo '// Made from src/protocol/ and src/web/ by `tools/protocol.sh --write`: what the wasm takes and answers.'
  sed -e '/^\/\* [a-z]*lint[:-]/d' -e '/^export type InitInput/,$d' "$made/bindings.d.ts"
  echo 'export default function init(module: { module_or_path: WebAssembly.Module }): Promise<unknown>;'
} >"$made/protocol.d.ts"
if [ "${1:-}" = --write ]; then cp "$made/protocol.d.ts" "$committed"; fi
diff -u "$committed" "$made/protocol.d.ts" >&2 || { echo "protocol: $committed is not what src/protocol/ says: tools/protocol.sh --write" >&2; exit 1; }
