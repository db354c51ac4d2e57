#!/usr/bin/env bash
# The frame call of the WebGPU painter: what tests/gpu_calls.rs times, in Chromium. Fails where it says no time.
# In the short form (BENCH=short) as the tests are compiled, with a tenth of the marks and few frames.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
said=$(mktemp)
trap 'rm -f "$said"' EXIT

if [ "${BENCH:-}" = short ]; then
  export ATLAS_BENCH=short
  release='' all='the_frame_call'
else
  # As it is optimised for readers. Panics unwind, because a test harness cannot do without and
  # cargo takes the two for one.
  export ATLAS_BENCH=1 CARGO_PROFILE_RELEASE_PANIC=unwind
  release=--release all=''
fi
tools/chromedriver.sh wasm-pack test $release --headless --chrome -- --test gpu_calls -- --nocapture $all | tee "$said"
times=$(sed -n 's/.*frame call, [0-9]* marks resident: \([0-9.]*\) ms.*/\1/p' "$said" | awk '$1 > 0' | wc -l)
[ "$times" = 2 ] || { echo "bench-frames: $times of 2 frame calls were timed" >&2; exit 1; }
