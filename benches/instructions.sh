#!/usr/bin/env bash
# Instructions a leaf of the treemap's layout, by callgrind, natively: the difference of two counts, so that start and end do not count.
# Once compiled for speed throughout, as peers compile theirs, and once with the flags of what readers download (for size but for the hot functions).
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
command -v valgrind >/dev/null || { echo "bench-instructions: needs valgrind" >&2; exit 1; }
for level in 3 z; do
  target=$CARGO_TARGET_DIR/instructions/$level
  CARGO_PROFILE_RELEASE_OPT_LEVEL=$level RUSTC_BOOTSTRAP=1 RUSTFLAGS="--cfg hot" cargo build --quiet --release --example bench-instructions --target-dir "$target"
  count() {
    valgrind --tool=callgrind --callgrind-out-file="$target/out.$1" "$target/release/examples/bench-instructions" "$1" 2>&1 | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
  }
  once=$(count 1)
  thrice=$(count 3)
  goal=',"goal":196,"aim":120'
  [ "$level" = 3 ] || goal=
  awk -v a="$once" -v b="$thrice" -v level="$level" -v goal="$goal" 'BEGIN { n = (b - a) / 200000; printf "{\"what\":\"instructions a leaf, opt-level %s\",\"n\":100000,\"count\":%.1f%s%s}\n", level, n, goal, goal == "" ? "" : (n <= 196 ? ",\"ok\":true" : ",\"ok\":false") }'
done
