#!/usr/bin/env bash
# The frame call of the WebGPU painter, with `cull` and without, as readers' files are built: what tests/frames.rs times, in Chromium. Fails where it says no time.
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
  # As it is optimised for readers. Panics unwind, because a test harness cannot do without and cargo takes the two for one.
  export ATLAS_BENCH=1 CARGO_PROFILE_RELEASE_PANIC=unwind
  release=--release all=''
fi
frames() { # what it is called, arguments of cargo and of the tests
  local times
  tools/chromedriver.sh wasm-pack test $release --headless --chrome -- "${@:2}" | tee "$said"
  times=$(sed -n 's/.*frame call, [0-9]* marks resident: \([0-9.]*\) ms.*/\1/p' "$said" | awk '$1 > 0' | wc -l)
  [ "$times" = 2 ] || { echo "bench-frames: $1: $times of 2 frame calls were timed" >&2; exit 1; }
}
frames "with cull" --test frames -- --nocapture $all
echo "the same without \`cull\`, as readers' files are built:"
frames "without cull" --no-default-features --test frames -- --nocapture the_frame_call
