# Sourced: how a wasm is compiled that is measured or shipped. Stable Rust, wasm-bindgen and one run of wasm-opt.
# `wasm-pack build --target web` makes a library that does the same and is larger: it runs `-Oz` once and nothing else.
# What the wasm may use: every browser of the drawn tiers has it.
export WASM_FEATURES="--enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals --enable-reference-types --enable-multivalue --enable-simd"

# Arguments of cargo. Besides what .cargo/config.toml says paths of this machine are kept out of
# the binary: a panic names its file.
# As a library for Rust too it could not be optimised as a whole, so the cdylib alone is asked for.
build_wasm() {
  local home=${CARGO_HOME:-$HOME/.cargo}
  local paths="\"--remap-path-prefix=$home=cargo\",\"--remap-path-prefix=$PWD=src\",\"--remap-path-prefix=$(rustc --print sysroot)=rust\""
  cargo rustc --quiet --release "$@" --crate-type cdylib --target wasm32-unknown-unknown --target-dir "$CARGO_TARGET_DIR/wasm" \
    --config "target.wasm32-unknown-unknown.rustflags=[$paths]"
}
wasm_out=$CARGO_TARGET_DIR/wasm/wasm32-unknown-unknown/release

# Flattened, the control flow is built anew (`--rereloop`), and what that leaves is optimised
# twice: the second pass finds what the first has bared.
# What was shrunk already, by these very flags, is not shrunk again: it takes longest of all.
shrink_wasm() { # from to
  local made
  made=$(cat "$1" tools/wasm.sh | sha256sum)
  [ "$made" = "$(cat "$2.made" 2>/dev/null)" ] && [ -s "$2" ] && return
  wasm-opt --flatten --rereloop -Oz -Oz $WASM_FEATURES --strip-debug --strip-producers --strip-target-features "$1" -o "$2"
  echo "$made" >"$2.made"
}
