# Two commands do everything on a fresh machine: `make demo` and `make test`. Tools and build caches live outside the checkout (tools/env.sh).
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
ENV := . tools/env.sh
PORT ?= 8080

# No target is a file.
.PHONY: $(shell grep -oE '^[a-z-]+:' $(MAKEFILE_LIST) | tr -d :)
BENCHES := $(shell grep -oE '^bench-[a-z-]+:' $(MAKEFILE_LIST) | tr -d :)

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

demo: build ## build the library and show the demo page on 127.0.0.1 (PORT=8080)
	@$(ENV); node tools/serve.mjs --root dist --port $(PORT)

watch: setup ## serve the demo and the page of states, build what has changed, load open pages again (PORT=8080)
	@$(ENV); node tools/watch.mjs --port $(PORT)

# With ONLY a pattern: test files of that name, or else tests in whose names it stands.
ifdef ONLY
test: setup-test
	@$(ENV); node tools/test-only.mjs '$(subst ','\'',$(ONLY))'
else
test: check test-package test-repository test-wasm test-browser test-benches ## every test: native, in the browser by wasm-pack, the demo page in headless Chromium; every bench in its short form (ONLY=pattern: the tests of that name)
	@echo "make test: all passed"
endif

build: setup ## what a publisher uploads, into dist/
	@tools/build.sh

npm: build ## the npm package, packed, into npm/
	@$(ENV); node tools/npm.mjs

reproducible: setup ## builds dist/ twice from nothing at two paths, and fails where one byte differs (some minutes)
	@tools/reproducible.sh

sizes: build ## JSON: every file a reader downloads, raw and brotli 11, and each bundle in each tier; fails over a limit and 2 % beside the record
	@$(ENV); node tools/sizes.mjs

shots: build setup-test ## screenshots of every widget, tier, theme, width and language into shots/, held against the accepted ones (ACCEPT=1 accepts; ONLY=market-share,canvas)
	@$(ENV); node tools/screenshots.mjs $(if $(ONLY),--only $(ONLY)) $(if $(ACCEPT),--accept)

contrast: setup ## contrast of every colour on both grounds, and distances for the three colour-vision deficiencies
	@$(ENV); cargo test --quiet --test palette --test styles -- --nocapture --test-threads 1

bench-chain: setup ## value chain layouts beside d3-sankey, dagre and elkjs in one run: ratios of medians
	@tools/bench.sh chain

bench-treemap: setup ## treemap layouts beside d3-hierarchy in one run: ratios of medians
	@tools/bench.sh treemap

bench-treemap-page: build setup-test ## treemap in headless Chromium beside ECharts: columns handed over → painted, zoom frames, long tasks
	@tools/bench.sh peers
	@$(ENV); for lane in null gpu; do node benches/page-treemap.mjs $$lane || exit; done

bench-instructions: setup-test ## treemap layout: instructions a leaf, by callgrind
	@benches/instructions.sh

bench-kernels: setup-test ## compute kernels by the GPU's clock beside their CPU references, native and wasm, on the adapter that is here: times, ratios, crossovers
	@tools/bench.sh kernels

bench-messages: setup ## a scene of 2,000 labels from the wasm into script: packed beside JSON text and beside a call for every field
	@tools/bench.sh messages

bench-timeline: setup ## timeline aggregation and dodge beside uPlot and accurate-beeswarm-plot: ratios of medians
	@tools/bench.sh timeline

bench-timeline-page: build setup-test ## a million events in Chromium beside uPlot in one run: first paint, zoom frames, long tasks, memory
	@$(ENV); . tools/peers.sh; for lane in null gpu; do PEERS=$$peers node benches/page-timeline.mjs $$lane || exit; done

bench-frames: build setup-test ## frames of the WebGPU tier: calls, bytes, processor time with a thousand and a million marks; pulled marks beside instances
	@benches/frames.sh
	@$(ENV); node benches/frames.mjs

bench-against: build setup-test ## every layout, frame and first picture as ratios to another revision's (REV=…), in one run; fails above 1.15
	@tools/bench-against.sh $(REV)

check: setup-test ## formatting, clippy for native and wasm32 with tests and benches, documentation, the rules of the tree, the types between host and wasm
	@$(ENV); cargo fmt --all --check
	@$(ENV); prettier --check --log-level warn .
	@$(ENV); cargo clippy --workspace --all-targets -- -D warnings
	@$(ENV); cargo clippy --workspace --all-targets --target wasm32-unknown-unknown -- -D warnings
	@$(ENV); RUSTDOCFLAGS="-D warnings" cargo doc --quiet --workspace --no-deps
	@$(ENV); cargo test --quiet --test tidy
	@tools/protocol.sh
	@$(ENV); tsc -p www/host && tsc -p www/host/tsconfig.page.json && node tools/declarations.mjs
	@tools/package.sh list

test-package: setup-test ## the crate as it is published: what is in it, and its tests there
	@tools/package.sh

test-benches: export BENCH = short
test-benches: $(BENCHES) ## every bench in its short form (BENCH=short): tiny sizes; whatever measures nothing fails, no time is held against it
	@$(ENV); node --test benches/report.test.mjs

test-native: setup-test ## the tests that need no browser
	@$(ENV); cargo test --workspace

# Those that are not in the published crate; `make test` runs all others where the crate was unpacked.
test-repository: setup-test ## of these the ones that need the repository: its pages, a browser's driver, Vulkan
	@$(ENV); cargo test --test tidy --test translations --test styles --test dependencies --test gpu_calls --test kernels --test paint

test-wasm: setup-test ## renderers against each other, kernels against their CPU references and what a frame asks of the GPU, in Chromium by wasm-pack
	@$(ENV); tools/chromedriver.sh wasm-pack test --headless --chrome -- --test paint --test gpu_calls --test kernels -- --nocapture

test-browser: build setup-test ## the demo page and hostile files in headless Chromium
	@$(ENV); node --test tests/browser/*.test.mjs

test-faults: build setup-faults ## every fault × element × lane in Chromium, Firefox and WebKitGTK: recovered, lower tier or static; loss timings
	@$(ENV); node tests/browser/faults/run.mjs $(ONLY)

test-frameworks: build setup-test ## the npm package in Vite, React, Vue, Svelte, Lit, Astro, Next.js, webpack, Rollup, esbuild, Parcel: built, opened, seen (ONLY="next vue")
	@$(ENV); node tests/frameworks/run.mjs $(ONLY)

test-access: build setup-test ## axe in every state, tier and language, 500 key walks, spoken transcripts, touch, motion: figures printed (20 minutes without a GPU)
	@$(ENV); ATLAS_ACCESS=all node --test --test-reporter=tap tests/browser/{access,keys,transcript,touch,table,reflow}.test.mjs | grep -E '^(# |ok|not ok|  error)'

setup: ## install what building needs
	@tools/setup.sh build

setup-test: ## install what testing needs as well
	@tools/setup.sh test

setup-faults: ## install the other two browsers as well
	@tools/setup.sh faults

clean: ## remove dist/, npm/ and shots/ (build caches stay)
	rm -rf dist npm shots
