// Runs the tests that match a pattern and nothing else: `make test ONLY=pattern`. The pattern is
// the name of a test file (`treemap`), or what stands in the names of tests (`"stays text"`). Native
// files, files that wasm-pack runs in Chromium, and files of tests/browser are looked through; what
// is out of date in dist/ is built first.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { stale } from "./stale.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path) => readFileSync(join(root, path), "utf8");

const under = (folder, ending) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name}`)
    .filter((path) => path.endsWith(ending))
    .filter((path) => statSync(join(root, path)).isFile())
    .sort();

const flat = (name) => name.toLowerCase().replaceAll(/[\s-]+/g, "_");
const stemOf = (path) => path.split("/").at(-1).split(".")[0];

const RUST_TEST = /#\[(?:wasm_bindgen_)?test\][^{]*?\bfn (\w+)/g;
const SCRIPT_TEST = /\btest\(\s*(["'`])((?:\\.|(?!\1)[^\\])*)\1/g;
const namesOf = (path, text) =>
  path.endsWith(".rs")
    ? [...text.matchAll(RUST_TEST)].map(([, name]) => name)
    : [...text.matchAll(SCRIPT_TEST)].map(([, , name]) => name);

// What of `files`, [{ path, text }], matches: whole files by their name, else files with tests of
// that name, `filtered`. A file that has the very name is preferred to those that contain it.
export const matching = (pattern, files) => {
  const wanted = flat(pattern);
  const named = (test) => files.filter(({ path }) => test(flat(stemOf(path))));
  const exact = named((stem) => stem === wanted);
  const whole = exact.length ? exact : named((stem) => stem.includes(wanted));
  if (whole.length) return whole.map((file) => ({ ...file, filtered: false }));
  return files
    .filter(({ path, text }) =>
      namesOf(path, text).some((name) => flat(name).includes(wanted)),
    )
    .map((file) => ({ ...file, filtered: true }));
};

// The commands that run what was found.
export const commands = (pattern, found) => {
  const filter = (file) => (file.filtered ? [flat(pattern)] : []);
  const escaped = pattern.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  const made = new Map();
  const add = (...command) => made.set(command.join(" "), command);
  const rust = found.filter(({ path }) => path.endsWith(".rs"));
  for (const file of rust) {
    const { path, text } = file;
    const test = ["--test", stemOf(path)];
    if (path.startsWith("src/"))
      add("cargo", "test", "--lib", "--", flat(pattern));
    else if (path.startsWith("compute/"))
      add("cargo", "test", "-p", "ai-atlas-compute", "--", flat(pattern));
    else {
      if (!text.includes('#![cfg(target_arch = "wasm32")]'))
        add("cargo", "test", ...test, "--", ...filter(file));
      if (text.includes("wasm_bindgen_test"))
        add(
          ...["tools/chromedriver.sh", "wasm-pack", "test"],
          ...["--headless", "--chrome", "--", ...test],
        );
    }
  }
  const scripts = found.filter(({ path }) => path.endsWith(".mjs"));
  const whole = scripts.filter(({ filtered }) => !filtered);
  const filtered = scripts.filter((file) => file.filtered);
  const paths = (files) => files.map(({ path }) => path);
  if (whole.length) add("node", "--test", ...paths(whole));
  if (filtered.length)
    add(
      ...["node", "--test", `--test-name-pattern=/${escaped}/i`],
      ...paths(filtered),
    );
  return [...made.values()];
};

const files = () =>
  [
    ...under("tests", ".rs").filter((path) => path.split("/").length === 2),
    ...under("src", ".rs"),
    ...under("compute/src", ".rs"),
    ...under("tests/browser", ".test.mjs"),
    ...under("benches", ".test.mjs"),
  ]
    .map((path) => ({ path, text: read(path) }))
    .filter(({ path, text }) => namesOf(path, text).length);

const run = ([command, ...rest]) => {
  const began = Date.now();
  console.log(`test: ${[command, ...rest].join(" ")}`);
  const { status } = spawnSync(command, rest, { cwd: root, stdio: "inherit" });
  console.log(`test: ${((Date.now() - began) / 1e3).toFixed(1)} s`);
  return status === 0;
};

const main = (pattern) => {
  const found = pattern ? matching(pattern, files()) : [];
  if (!found.length) {
    console.error(`test: no test file and no test is named «${pattern}»`);
    return false;
  }
  if (found.some(({ path }) => path.endsWith(".test.mjs"))) {
    const lacks = stale(root, {
      compile: "www/pkg/shaders.json",
      bundle: "dist/manifest.json",
    });
    if (lacks) console.log("test: dist/ is out of date and is built first");
    if (lacks === "compile" && !run(["tools/build.sh"])) return false;
    if (
      lacks === "bundle" &&
      !run(["node", "tools/dist.mjs", "--index", "dist/index.html"])
    )
      return false;
  }
  return commands(pattern, found)
    .map(run)
    .every((passed) => passed);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exit(main(process.argv[2] ?? "") ? 0 : 1);
