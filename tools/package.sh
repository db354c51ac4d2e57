#!/usr/bin/env bash
# The crate as it is published: packs it, holds the list of its files against what builds and tests
# it, and runs its tests where it was unpacked.
# Usage: tools/package.sh [list]      (list = the list of files only; nothing is compiled)
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() { echo "test-package: $*" >&2; exit 1; }

# Whoever uses the crate has other crates beside it, which may want a newer patch of the same ones.
! grep -nE '"=[^"]*[0-9]' Cargo.toml compute/Cargo.toml >&2 || fail "Cargo.toml pins a version with «=»: Cargo.lock keeps what is built"

# What must be in it is what git has of these folders and files; what is not in it runs in the repository only.
git ls-files --cached --others --exclude-standard -- build.rs src shaders lang data Cargo.toml Cargo.lock README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT \
  'tests/*.rs' tests/fixtures 'tests/golden/chain-*' |
  grep -vxE 'tests/(tidy|translations|styles|dependencies|gpu_calls|kernels|paint)\.rs|tests/(browser|kernels|tidy)/.*|tests/common/(gl|scenes)\.rs' |
  while read -r file; do [ ! -e "$file" ] || echo "$file"; done >"$scratch/list"
printf '%s\n' .cargo_vcs_info.json Cargo.toml.orig >>"$scratch/list"
cargo package --quiet --allow-dirty --list >"$scratch/packed"
# Outside of a repository no commit is noted.
diff <(sort -u "$scratch/list") <({ cat "$scratch/packed"; echo .cargo_vcs_info.json; } | sort -u) >&2 || fail "«<» is not in the crate and should be, «>» is and should not: see \`include\` in Cargo.toml"
echo "test-package: $(wc -l <"$scratch/packed") files, as expected"
[ "${1:-}" != list ] || exit 0

cargo package --workspace --quiet --allow-dirty --no-verify
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
for crate in ai-atlas ai-atlas-compute; do tar -xzf "$CARGO_TARGET_DIR/package/$crate-$version.crate" -C "$scratch"; done
# Compiled beside this checkout's own tests, so that the crates it needs are there already; its
# member as it is packed too.
packed_tests() { (cd "$scratch/$1-$version" && cargo test --offline "${@:2}"); }
{
  packed_tests ai-atlas-compute
  packed_tests ai-atlas --config "patch.crates-io.ai-atlas-compute.path='$scratch/ai-atlas-compute-$version'"
} | tee "$scratch/said"
tests=$(sed -n 's/^test result: ok\. \([0-9]*\) passed.*/\1/p' "$scratch/said" | awk '{ sum += $1 } END { print sum + 0 }')
[ "$tests" -gt 100 ] || fail "only $tests tests ran in the packed crate"
! grep -E '^running 0 tests' -B 1 "$scratch/said" | grep 'tests/' >&2 || fail "a test file of the packed crate has no test"
echo "test-package: $tests tests passed in the packed crate"
