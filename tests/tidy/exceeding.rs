//! What exceeds the limits of tests/tidy/limits.rs today. Whoever shortens something takes it off;
//! nothing is added.

/// Files of more than 500 lines.
pub(crate) const LONG_FILES: &[&str] = &[
    "benches/page-timeline.mjs",
    "tests/browser/builder.test.mjs",
    "tests/browser/dark.test.mjs",
    "tests/browser/faults/faults.mjs",
    "tests/browser/loading.test.mjs",
    "tests/browser/reliability.test.mjs",
    "tests/browser/whole.test.mjs",
    "tests/browser/words.test.mjs",
    "tests/frameworks/run.mjs",
];

/// Functions of more than 80 lines, by file and name.
pub(crate) const LONG_FUNCTIONS: &[(&str, &[&str])] = &[
    (
        "benches/frames.mjs",
        &["async ([pulled, instanced, quads, turns]) =>"],
    ),
    ("benches/kernels-gpu.rs", &["draws"]),
    (
        "benches/page-timeline.mjs",
        &[
            "async ([n, sorted]) =>",
            "const engine = async (n, sorted = true) =>",
        ],
    ),
    (
        "benches/page-treemap.mjs",
        &["const ours = async (n, standing) =>"],
    ),
    (
        "benches/report.test.mjs",
        &["test(\"a bench that measured nothing fails and says what\", () =>"],
    ),
    ("src/data/columns.rs", &["read"]),
    ("src/data/market_share.rs", &["table"]),
    (
        "tests/browser/accessibility-tree.mjs",
        &["export const listener = async (page) =>"],
    ),
    (
        "tests/browser/faults/lanes.mjs",
        &["const firefox = async () =>"],
    ),
    (
        "tests/browser/faults/matrix.mjs",
        &["const once = async (fault, name) =>"],
    ),
    (
        "tests/browser/faults/page.js",
        &["globalThis.faults = (() =>"],
    ),
    (
        "tests/browser/frames.test.mjs",
        &["test(`${tag}, ${renderer}: few calls a frame, and none at rest`, async (t) =>"],
    ),
    (
        "tests/browser/keys.test.mjs",
        &[
            "test(`${WALKS} random walks by keys, none of which is trapped (SEED=${SEED})`, async () =>",
        ],
    ),
    (
        "tests/browser/print.test.mjs",
        &["const byFirefox = async () =>"],
    ),
    (
        "tests/browser/reliability.test.mjs",
        &[
            "const wrong = await page.evaluate(async (data) =>",
            "test(\"arguments that no method can use throw nothing and leave the view as it was\", async ",
        ],
    ),
    (
        "tests/browser/table.test.mjs",
        &["test(`the table of ${kind} is its file, ${lang}`, async () =>"],
    ),
    (
        "tests/browser/whole.test.mjs",
        &[
            "test(\"the preview of the builder shows the whole figure, and its snippets keep the height ",
        ],
    ),
    ("tools/npm.mjs", &["export const fill = (out) =>"]),
];

/// Files with lines of more than 120 columns that are not one literal.
pub(crate) const LONG_LINES: &[&str] = &[
    "tools/build.sh",
    "tools/package.sh",
    "tools/reproducible.sh",
    "tools/setup.sh",
    "www/host/assets.js",
    "www/host/engine-client.js",
    "www/host/packed.js",
    "www/host/tiers.js",
    "www/host/worker.js",
];
