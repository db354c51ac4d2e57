#!/usr/bin/env bash
# Installs what building and testing need, says what it installs, and does nothing the second time.
# Usage: tools/setup.sh build | test      (test = build + browser and wasm-pack)
# Everything of ours lands in $ATLAS_CACHE (default ~/.cache/ai-atlas), outside the checkout; `make env` prints the variables.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
want=${1:-test}

say() { printf 'setup: %s\n' "$*"; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }
log=$ATLAS_CACHE/setup.log
mkdir -p "$ATLAS_CACHE"

# Runs a long installer quietly; shows the end of its log only when it fails.
quietly() { if ! "$@" >>"$log" 2>&1; then tail -n 30 "$log" >&2; say "failed: $*"; return 1; fi; }

updated=
apt_install() {
  command -v apt-get >/dev/null || { say "needs $*, and this machine has no apt-get: install them by hand"; exit 1; }
  say "apt-get install $*"
  [ -n "$updated" ] || { quietly as_root apt-get update; updated=1; }
  quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

# --- a linker, and Node with npm for the bundler, wasm-opt and the browser tests
command -v cc >/dev/null || apt_install build-essential
command -v node >/dev/null && command -v npm >/dev/null || apt_install nodejs npm

# --- a Rust that knows wasm32 and has the sources of std (the small build compiles std itself)
has_wasm() { # $1 = toolchain or empty
  local root
  root=$(RUSTUP_TOOLCHAIN=$1 rustc --print sysroot 2>/dev/null) || return 1
  ls "$root"/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib >/dev/null 2>&1 && [ -e "$root/lib/rustlib/src/rust/library/std/Cargo.toml" ]
}
if [ ! -s "$ATLAS_CACHE/toolchain" ] || ! has_wasm "$(cat "$ATLAS_CACHE/toolchain")"; then
  if command -v rustup >/dev/null && say "rustup target add wasm32-unknown-unknown" &&
     timeout 300 rustup target add wasm32-unknown-unknown >>"$log" 2>&1 &&
     timeout 300 rustup component add rust-src >>"$log" 2>&1 && has_wasm stable; then
    echo stable >"$ATLAS_CACHE/toolchain"
  else
    say "rustup cannot supply wasm32 here: taking Debian's Rust and building its std once"
    [ -x /usr/bin/rustc ] && [ -e /usr/bin/lld-22 ] && [ -d /usr/lib/rust-web ] 2>/dev/null ||
      apt_install rustc-web cargo-web rust-web-src rust-web-clippy lld-22
    if command -v rustup >/dev/null; then
      rustup toolchain link debian /usr >>"$log" 2>&1
      echo debian >"$ATLAS_CACHE/toolchain"
    else
      echo >"$ATLAS_CACHE/toolchain"
    fi
    chain=$(cat "$ATLAS_CACHE/toolchain")
    root=$(RUSTUP_TOOLCHAIN=$chain rustc --print sysroot)
    host=$(RUSTUP_TOOLCHAIN=$chain rustc -vV | sed -n 's/^host: //p')
    as_root mkdir -p "$root/lib/rustlib/wasm32-unknown-unknown/lib" "$root/lib/rustlib/$host/bin"
    as_root ln -sf "$(command -v lld-22)" "$root/lib/rustlib/$host/bin/rust-lld"
    scratch=$ATLAS_CACHE/std
    rm -rf "$scratch" && mkdir -p "$scratch/src"
    printf '[package]\nname = "std-seed"\nversion = "0.0.0"\nedition = "2021"\n[profile.release]\npanic = "abort"\n' >"$scratch/Cargo.toml"
    : >"$scratch/src/lib.rs"
    # embed-bitcode: without it a later fat LTO finds no bitcode in these files; `test` serves wasm-pack test.
    (cd "$scratch" && RUSTC_BOOTSTRAP=1 RUSTUP_TOOLCHAIN=$chain RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR=$scratch/target \
      quietly cargo build --release --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort,panic_unwind,test)
    find "$scratch/target/wasm32-unknown-unknown/release/deps" -name 'lib*.rlib' ! -name 'libstd_seed*' \
      -exec cp {} "$scratch/" \;
    as_root cp "$scratch"/lib*.rlib "$root/lib/rustlib/wasm32-unknown-unknown/lib/"
    rm -rf "$scratch"
  fi
fi
say "Rust for wasm32: toolchain '$(cat "$ATLAS_CACHE/toolchain")'"

# --- wasm-bindgen, the version that Cargo.lock names
bindgen=$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)
if [ "$("$ATLAS_CACHE/bin/wasm-bindgen" --version 2>/dev/null)" != "wasm-bindgen $bindgen" ]; then
  say "cargo install wasm-bindgen-cli $bindgen (some minutes)"
  (cd "$ATLAS_CACHE" && { RUSTUP_TOOLCHAIN= quietly env -u RUSTUP_TOOLCHAIN CARGO_TARGET_DIR="$ATLAS_CACHE/tools" cargo install wasm-bindgen-cli --version "$bindgen" --locked --force --root "$ATLAS_CACHE" ||
    quietly env -u RUSTUP_TOOLCHAIN CARGO_TARGET_DIR="$ATLAS_CACHE/tools" cargo install wasm-bindgen-cli --version "$bindgen" --force --root "$ATLAS_CACHE"; })
fi

# --- esbuild, wasm-opt and the test tools of package.json, installed outside the checkout
stamp=$(cat package.json package-lock.json | sha256sum)
if [ "$(cat "$ATLAS_CACHE/node/stamp" 2>/dev/null)" != "$stamp" ]; then
  say "npm ci (esbuild, binaryen, playwright-core and other tools of package.json)"
  mkdir -p "$ATLAS_CACHE/node" && cp package.json package-lock.json "$ATLAS_CACHE/node/"
  (cd "$ATLAS_CACHE/node" && quietly npm ci --no-audit --no-fund)
  echo "$stamp" >"$ATLAS_CACHE/node/stamp"
fi

[ "$want" = test ] || exit 0

# --- what only the tests need
if [ "$("$ATLAS_CACHE/bin/wasm-pack" --version 2>/dev/null)" != "wasm-pack 0.15.1" ]; then
  say "cargo install wasm-pack 0.15.1 (some minutes)"
  (cd "$ATLAS_CACHE" && quietly env -u RUSTUP_TOOLCHAIN CARGO_TARGET_DIR="$ATLAS_CACHE/tools" cargo install wasm-pack --version 0.15.1 --locked --force --root "$ATLAS_CACHE")
fi
command -v chromium >/dev/null && command -v chromedriver >/dev/null || apt_install chromium chromium-driver
fc-list :lang=ko 2>/dev/null | grep -q . || apt_install fontconfig fonts-noto-cjk
say "ready"
