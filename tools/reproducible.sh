#!/usr/bin/env bash
# Builds dist/ twice from nothing, at two paths of different lengths, and fails where one byte
# differs. Takes what git would take of this checkout,
# committed or not; prints the hash of every file.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/env.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
one=$scratch/a two=$scratch/another/place/that-is-longer
mkdir -p "$one" "$two/ai-atlas"
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done >"$scratch/files"
tar --null -T "$scratch/files" -cf - | tar -xf - -C "$two/ai-atlas" && cp -a "$two/ai-atlas" "$one/"
for place in "$one" "$two"; do
  echo "reproducible: building at a path of ${#place} characters" >&2
  (cd "$place/ai-atlas" && CARGO_TARGET_DIR=$place/target tools/build.sh >&2)
  (cd "$place/ai-atlas/dist" && find . -type f -printf '%P\n' | LC_ALL=C sort | xargs sha256sum) >"$place/hashes"
  rm -rf "$place/target"
done
cat "$one/hashes"
if ! diff "$one/hashes" "$two/hashes"; then
  echo "reproducible: the two builds differ" >&2
  exit 1
fi
echo "reproducible: $(wc -l <"$one/hashes") files, byte for byte the same in both builds"
