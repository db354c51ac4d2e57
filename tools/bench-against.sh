#!/usr/bin/env bash
# Builds another revision beside this one and prints, for every layout and frame, and for the first
# picture of a page, how this one's time compares with that one's.
# Usage: tools/bench-against.sh REV      Fails where a ratio is above 1.15.
# In the short form (BENCH=short) this revision beside itself, as `cargo build` compiles it: to see
# that everything is measured; no time is held against it.
#
# Both run in one process, in turn, so that a busy machine slows both. The same measuring code runs
# on both sides; where it does not compile with that
# revision's library, that revision's own does.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
built=$CARGO_TARGET_DIR/against
mkdir -p "$built"

if [ "${BENCH:-}" = short ]; then
  for name in chain treemap timeline; do
    cargo build --quiet --example "bench-$name" --target wasm32-unknown-unknown
    wasm-bindgen --target nodejs --no-typescript --out-dir "$built/short/$name" --out-name bench "$CARGO_TARGET_DIR/wasm32-unknown-unknown/debug/examples/bench_$name.wasm"
  done
  BENCH_BASE=$built/short BENCH_HERE=$built/short node --expose-gc benches/against.mjs dist --short
  exit
fi
rev=$(git rev-parse --verify "${1:?which revision: tools/bench-against.sh REV}^{commit}")
here=$PWD
base=$ATLAS_CACHE/against/$rev
if [ ! -e "$base/tools/wasm.sh" ]; then
  echo "bench-against: taking $rev" >&2
  mkdir -p "$base" && git archive "$rev" | tar -x -C "$base"
fi
# A run that was broken off has left the benches as it changed them.
git archive "$rev" benches | tar -x -C "$base"
rm -f "$base"/benches/*.own "$base"/benches/*.new

# The wasm of the benches, for Node: OUT/NAME/bench.js.
build() { # folder of the revision, out
  (
    cd "$1"
    . tools/wasm.sh
    for name in chain treemap timeline; do
      cp "benches/$name.rs" "benches/$name.rs.own"
      # This revision's code, then by older names, then that revision's own.
      for names in /dev/null "$here/benches/old-names.sed" own; do
        if [ "$names" = own ]; then
          cp "benches/$name.rs.own" "benches/$name.rs"
        else
          sed '/^\/\/ Not compared with other revisions/,$d' "$here/benches/$name.rs" | sed -f "$names" >"benches/$name.rs.new"
          mv "benches/$name.rs.new" "benches/$name.rs"
        fi
        build_wasm --example "bench-$name" 2>"$2.log" && break
        [ "$names" != own ] || { cat "$2.log" >&2; exit 1; }
      done
      mv "benches/$name.rs.own" "benches/$name.rs"
      made=$(find "$CARGO_TARGET_DIR" -path "*wasm32-unknown-unknown/release/examples/bench_$name.wasm" | head -n 1)
      wasm-bindgen --target nodejs --no-typescript --out-dir "$2/$name" --out-name bench "$made"
      mv "$2/$name/bench_bg.wasm" "$2/$name/bench.wasm"
      shrink_wasm "$2/$name/bench.wasm" "$2/$name/bench_bg.wasm"
    done
  )
}
echo "bench-against: building that revision's benches and page" >&2
CARGO_TARGET_DIR=$base/target build "$base" "$built/base"
[ -e "$base/dist/manifest.json" ] || (cd "$base" && CARGO_TARGET_DIR=$base/target tools/build.sh >&2)
echo "bench-against: building this revision's" >&2
build "$here" "$built/here"
tools/build.sh >&2
BENCH_BASE=$built/base BENCH_HERE=$built/here node --expose-gc --max-old-space-size=8192 benches/against.mjs "$base/dist"
