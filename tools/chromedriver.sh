#!/usr/bin/env bash
# Runs a command with wasm-pack's CHROMEDRIVER and Chromium where they are on this machine; webdriver.json has the flags.
set -euo pipefail
driver=${CHROMEDRIVER:-$(command -v chromedriver)}
export CHROMEDRIVER=$driver
exec "$@" 
