#!/usr/bin/env bash
# Installs what building and testing need, says what it installs, and does nothing the second time.
# Usage: tools/setup.sh build | test | faults      (test = build + browser and wasm-pack; faults =
# test + Firefox and WebKitGTK)
# Everything of ours lands in $ATLAS_CACHE (default ~/.cache/ai-atlas), outside the checkout.
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
# $ATLAS_CACHE/toolchain holds the name of the rustup toolchain that was found, or `system` where there is no rustup.
with() { if [ "$1" = system ]; then shift; "$@"; else RUSTUP_TOOLCHAIN=$1 "${@:2}"; fi; }
has_wasm() {
  local root
  root=$(with "$1" rustc --print sysroot 2>/dev/null) || return 1
  ls "$root"/lib/rustlib/wasm32-unknown-unknown/lib/libstd-*.rlib >/dev/null 2>&1 && [ -e "$root/lib/rustlib/src/rust/library/std/Cargo.toml" ]
}
from_rustup() {
  command -v rustup >/dev/null || return 1
  local active
  active=$(rustup show active-toolchain | cut -d' ' -f1)
  say "rustup target add wasm32-unknown-unknown, component add rust-src rustfmt clippy ($active)"
  timeout 600 rustup target add --toolchain "$active" wasm32-unknown-unknown >>"$log" 2>&1 &&
    timeout 600 rustup component add --toolchain "$active" rust-src rustfmt clippy >>"$log" 2>&1 && has_wasm "$active" && chain=$active
}
from_debian() {
  say "no wasm32 from rustup here: taking Debian's Rust and building its std for wasm32 once"
  apt_install rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld-22
  chain=system
  if command -v rustup >/dev/null; then
    rustup toolchain link debian /usr >>"$log" 2>&1
    chain=debian
  fi
  local root host scratch
  root=$(with "$chain" rustc --print sysroot)
  host=$(with "$chain" rustc -vV | sed -n 's/^host: //p')
  as_root mkdir -p "$root/lib/rustlib/wasm32-unknown-unknown/lib" "$root/lib/rustlib/$host/bin"
  as_root ln -sf "$(command -v lld-22)" "$root/lib/rustlib/$host/bin/rust-lld"
  scratch=$ATLAS_CACHE/std
  rm -rf "$scratch" && mkdir -p "$scratch/src"
  printf '[package]\nname = "std-seed"\nversion = "0.0.0"\nedition = "2021"\n' >"$scratch/Cargo.toml"
  : >"$scratch/src/lib.rs"
  # embed-bitcode: without it a later fat LTO finds no bitcode in these files; `test` serves wasm-pack test.
  (cd "$scratch" && RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR=$scratch/target \
    with "$chain" quietly cargo build --release --target wasm32-unknown-unknown -Zbuild-std=std,panic_abort,panic_unwind,test)
  find "$scratch/target/wasm32-unknown-unknown/release/deps" -name 'lib*.rlib' ! -name 'libstd_seed*' -exec cp {} "$scratch/" \;
  as_root cp "$scratch"/lib*.rlib "$root/lib/rustlib/wasm32-unknown-unknown/lib/"
  rm -rf "$scratch"
  has_wasm "$chain"
}
chain=$(cat "$ATLAS_CACHE/toolchain" 2>/dev/null || true)
if [ -z "$chain" ] || ! has_wasm "$chain"; then
  from_rustup || from_debian || { say "found no Rust with wasm32; see $log"; exit 1; }
  echo "$chain" >"$ATLAS_CACHE/toolchain"
  say "Rust for wasm32: toolchain $chain, $(with "$chain" rustc --version)"
fi
. tools/env.sh

# --- wasm-bindgen, the version that Cargo.lock names
# Installed as its own lockfile says; without it where a registry does not have one of those versions yet.
tool() { # name version
  if [ "$("$ATLAS_CACHE/bin/${1%-cli}" --version 2>/dev/null)" != "${1%-cli} $2" ]; then
    say "cargo install $1 $2 (some minutes)"
    (cd "$ATLAS_CACHE" && export CARGO_TARGET_DIR="$ATLAS_CACHE/tools" &&
      { cargo install "$1" --version "$2" --locked --force --root "$ATLAS_CACHE" >>"$log" 2>&1 || quietly cargo install "$1" --version "$2" --force --root "$ATLAS_CACHE"; })
    rm -rf "$ATLAS_CACHE/tools"
  fi
}
tool wasm-bindgen-cli "$(sed -n '/^name = "wasm-bindgen"$/{n;s/version = "\(.*\)"/\1/p}' Cargo.lock)"

# --- esbuild, wasm-opt and the test tools of package.json, installed outside the checkout
packages() { # from-folder name what
  local stamp
  stamp=$(cat "$1/package.json" "$1/package-lock.json" | sha256sum)
  [ "$(cat "$ATLAS_CACHE/$2/stamp" 2>/dev/null)" != "$stamp" ] || return 0
  say "npm ci ($3)"
  mkdir -p "$ATLAS_CACHE/$2" && cp "$1/package.json" "$1/package-lock.json" "$ATLAS_CACHE/$2/"
  (cd "$ATLAS_CACHE/$2" && quietly npm ci --no-audit --no-fund)
  echo "$stamp" >"$ATLAS_CACHE/$2/stamp"
}
packages . node "esbuild, binaryen, playwright-core and other tools of package.json"

[ "$want" != build ] || exit 0

# --- what only the tests need
packages examples examples "Vite and React, which the examples are built with"
node tests/frameworks/run.mjs --install short # bundlers and minifiers that the package is tried with
tool wasm-pack 0.15.1
command -v chromium >/dev/null && command -v chromedriver >/dev/null || apt_install chromium chromium-driver
command -v firefox-esr >/dev/null || apt_install firefox-esr # the second browser that prints
command -v pdftotext >/dev/null && command -v pdftoppm >/dev/null || apt_install poppler-utils # reads what was printed
command -v valgrind >/dev/null || apt_install valgrind # counts the instructions of bench-instructions
fc-list :lang=ko 2>/dev/null | grep -q . || apt_install fontconfig fonts-noto-cjk
# A Vulkan driver for the kernels' native tests: Mesa's, which computes on the CPU, where there is none of a GPU.
{ compgen -G '/usr/share/vulkan/icd.d/*.json' || compgen -G '/etc/vulkan/icd.d/*.json'; } >/dev/null && [ -n "$(/sbin/ldconfig -p | grep libvulkan.so.1)" ] ||
  apt_install mesa-vulkan-drivers libvulkan1

[ "$want" = faults ] || exit 0

# --- the other two browsers, drawn in software on a screen that nobody sees
command -v xvfb-run >/dev/null || apt_install xvfb xauth
command -v firefox-esr >/dev/null || apt_install firefox-esr mesa-vulkan-drivers libgl1-mesa-dri libegl1 libgl1
command -v WebKitWebDriver >/dev/null || apt_install webkit2gtk-driver
