#!/usr/bin/env bash
# Runs a command with wasm-pack's CHROMEDRIVER and Chromium where they are on this machine;
# webdriver.json has the flags.
set -euo pipefail
driver=${CHROMEDRIVER:-$(command -v chromedriver)}
export CHROMEDRIVER=$driver
# Software GPUs on a busy machine are slow; the default is 20 s.
export WASM_BINDGEN_TEST_TIMEOUT=${WASM_BINDGEN_TEST_TIMEOUT:-180}
exec "$@" 
