# Sourced by every script: where tools and build caches live, all outside the checkout.
export ATLAS_CACHE=${ATLAS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ai-atlas}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$ATLAS_CACHE/target}
export PATH=$ATLAS_CACHE/bin:$ATLAS_CACHE/node/node_modules/.bin:$PATH
# Which Rust has wasm32: a rustup toolchain, or `system` where there is no rustup (tools/setup.sh finds out).
case $(cat "$ATLAS_CACHE/toolchain" 2>/dev/null) in
  '' | system) ;;
  *) RUSTUP_TOOLCHAIN=$(cat "$ATLAS_CACHE/toolchain"); export RUSTUP_TOOLCHAIN ;;
esac
