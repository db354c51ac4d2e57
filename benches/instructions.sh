#!/usr/bin/env bash
# Instructions a leaf of the treemap's layout, by callgrind, in a native build with the readers' flags: the difference of two counts, so that start and end do not count.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
command -v valgrind >/dev/null || { echo "bench-instructions: needs valgrind" >&2; exit 1; }
RUSTC_BOOTSTRAP=1 RUSTFLAGS="--cfg hot" cargo build --quiet --release --example bench-instructions --target-dir "$CARGO_TARGET_DIR/instructions"
count() {
  valgrind --tool=callgrind --callgrind-out-file="$CARGO_TARGET_DIR/instructions/out.$1" "$CARGO_TARGET_DIR/instructions/release/examples/bench-instructions" "$1" 2>&1 | sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
once=$(count 1)
thrice=$(count 3)
awk -v a="$once" -v b="$thrice" 'BEGIN { n = (b - a) / 200000; printf "{\"what\":\"instructions a leaf\",\"n\":100000,\"count\":%.1f,\"goal\":196,\"aim\":120,\"ok\":%s}\n", n, n <= 196 ? "true" : "false" }'
