# Sourced by every script: where tools and build caches live, all outside the checkout.
export ATLAS_CACHE=${ATLAS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/ai-atlas}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$ATLAS_CACHE/target}
export PATH=$ATLAS_CACHE/bin:$ATLAS_CACHE/node/node_modules/.bin:$PATH
if [ -s "$ATLAS_CACHE/toolchain" ]; then RUSTUP_TOOLCHAIN=$(cat "$ATLAS_CACHE/toolchain"); export RUSTUP_TOOLCHAIN; fi
