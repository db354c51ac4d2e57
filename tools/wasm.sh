# Sourced: how a wasm is compiled that is measured or shipped.
# std is compiled with the crate: it saves a third of the wasm. Paths of this machine are kept out of the binary.
# A panic ends in a trap either way and the host answers a trap with a fresh instance, so messages and places of panics are left out.
# `--cfg hot` lets the few functions that are marked so be compiled for speed; all others are compiled for size.
# What the wasm may use: every browser of the drawn tiers has it.
export WASM_FEATURES="--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue --enable-simd"

build_wasm() { # arguments of cargo; in `link` what the linker is told
  local home=${CARGO_HOME:-$HOME/.cargo}
  local flags="-Zlocation-detail=none -Zfmt-debug=none -Zunstable-options -Cpanic=immediate-abort --remap-path-prefix=$home=cargo --remap-path-prefix=$PWD=src --remap-path-prefix=$(rustc --print sysroot)=rust -Ctarget-feature=+simd128,+bulk-memory,+nontrapping-fptoint,+sign-ext,+mutable-globals --cfg hot"
  # As a library for Rust too, it could not be optimised as a whole: a cdylib alone can. (Leaving out virtual functions that nobody seems to call saves more, and breaks WebGPU.)
  RUSTC_BOOTSTRAP=1 RUSTFLAGS=$flags cargo rustc --quiet --release "$@" --crate-type cdylib --target wasm32-unknown-unknown --target-dir "$CARGO_TARGET_DIR/small" \
    -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size -- ${link:+-Clink-arg=$link}
}

# What readers load is shrunk the same way, so that a bench times what they run. What was shrunk already, by these very flags, is not shrunk again: it takes longest of all.
shrink_wasm() { # from to
  local made
  made=$(cat "$1" tools/wasm.sh | sha256sum)
  [ "$made" = "$(cat "$2.made" 2>/dev/null)" ] && [ -s "$2" ] && return
  # Nothing lives in the first 1024 bytes: there the stack would be about to overflow. No flag that takes traps for impossible: with --ignore-implicit-traps
  # loads that a condition guards are done before it, and trap where they read far out.
  wasm-opt --low-memory-unused -Oz -ocimfs 30 --converge $WASM_FEATURES \
    --strip-debug --strip-producers --strip-target-features "$1" -o "$2"
  echo "$made" >"$2.made"
}
