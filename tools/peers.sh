# Sourced: installs the peers that benches run beside this library, outside the checkout, as
# benches/package-lock.json pins them. Sets `peers`.
peers=$ATLAS_CACHE/peers
stamp=$(cat benches/package.json benches/package-lock.json | sha256sum)
if [ "$(cat "$peers/stamp" 2>/dev/null)" != "$stamp" ]; then
  echo "bench: npm ci (the peers of benches/package.json)" >&2
  mkdir -p "$peers" && cp benches/package.json benches/package-lock.json "$peers/"
  (cd "$peers" && npm ci --no-audit --no-fund >/dev/null)
  echo "$stamp" >"$peers/stamp"
fi
