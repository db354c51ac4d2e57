#!/usr/bin/env bash
# Instructions a leaf of the treemap's layout, by callgrind, natively: the difference of two
# counts, so that start and end do not count.
# Compiled as readers have it.
# In the short form (BENCH=short) once as `cargo build` compiles it, with few leaves: what it
# counts is held against no goal.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
command -v valgrind >/dev/null || { echo "bench-instructions: needs valgrind" >&2; exit 1; }
counts=$(mktemp -d)
trap 'rm -rf "$counts"' EXIT

count() { # program, leaves, times
  valgrind --tool=callgrind --callgrind-out-file="$counts/out" "$@" >"$counts/said" 2>&1 || { cat "$counts/said" >&2; return 1; }
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$counts/said"
}
measure() { # what it is called, goal, program, leaves
  local once thrice
  once=$(count "$3" "$4" 1)
  thrice=$(count "$3" "$4" 3)
  awk -v a="$once" -v b="$thrice" -v leaves="$4" -v what="$1" -v goal="$2" 'BEGIN {
    n = (b - a) / (2 * leaves)
    if (!(a > 0 && n > 0)) { print "bench-instructions: «" what "»: nothing was counted" >"/dev/stderr"; exit 1 }
    printf "{\"what\":\"instructions a leaf, %s\",\"n\":%d,\"count\":%.1f%s}\n", what, leaves, n, goal == "" ? "" : sprintf(",\"goal\":%d,\"aim\":120,\"ok\":%s", goal, n <= goal ? "true" : "false")
  }'
}

if [ "${BENCH:-}" = short ]; then
  cargo build --quiet --example bench-instructions
  measure "unoptimised" "" "$CARGO_TARGET_DIR/debug/examples/bench-instructions" 2000
  exit
fi
cargo build --quiet --release --example bench-instructions
measure "as readers have it" 196 "$CARGO_TARGET_DIR/release/examples/bench-instructions" 100000
