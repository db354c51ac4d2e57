// What developers use every day: a page that loads again when a file has changed, and the choice of
// tests by a pattern. Nothing of it is in what ships.
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { filesOf } from "../../tools/dist.mjs";
import { compare } from "../../tools/compare-pictures.mjs";
import { stale, work } from "../../tools/stale.mjs";
import { commands, matching } from "../../tools/test-only.mjs";
import { serveReloading, watch } from "../../tools/watch.mjs";
import { dist, finish, open, require } from "./harness.mjs";

const folders = [];
const scratch = () => {
  const folder = mkdtempSync(join(tmpdir(), "ai-atlas-development-"));
  folders.push(folder);
  return folder;
};
after(async () => {
  for (const folder of folders) rmSync(folder, { recursive: true });
  await finish();
});

test("a change of script is bundled, a change of Rust, shaders or data is compiled, all else is left alone", () => {
  const expected = {
    "www/host/element.js": "bundle",
    "lang/ja.json": "bundle",
    "tools/dist.mjs": "bundle",
    "src/widget/mod.rs": "compile",
    "compute/src/layout/mod.rs": "compile",
    "shaders/draw/mark.wgsl": "compile",
    "data/market-share.json": "compile",
    "www/index.html": "compile",
    "Cargo.lock": "compile",
    "www/pkg/ai-atlas.wasm": null,
    "www/host/.element.js.swp": null,
    "www/host/element.js~": null,
    "tests/tidy.rs": null,
    "README.md": null,
  };
  for (const [path, what] of Object.entries(expected))
    assert.equal(work(path), what, path);
});

test("what was built is out of date when a file of it is newer", () => {
  const root = scratch();
  const files = ["src/lib.rs", "www/host/dom.js", "compiled", "bundled"];
  for (const file of files) {
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), "");
  }
  for (const folder of ["compute", "shaders", "data", "lang", "tools"])
    mkdirSync(join(root, folder));
  const made = {
    compile: join(root, "compiled"),
    bundle: join(root, "bundled"),
  };
  const aged = (...ages) => {
    for (const [i, file] of files.entries())
      utimesSync(join(root, file), ages[i], ages[i]);
    return stale(root, made);
  };
  assert.equal(aged(1, 1, 2, 3), null);
  assert.equal(aged(1, 4, 2, 3), "bundle");
  assert.equal(aged(4, 1, 2, 3), "compile");
  assert.equal(aged(1, 1, 3, 2), "bundle");
});

test("an open page loads again when a file has changed, once for each build", async () => {
  const root = scratch();
  const site = scratch();
  mkdirSync(join(root, "www"));
  const write = (text) => writeFileSync(join(site, "index.html"), text);
  write("<title>one</title>");
  const server = await serveReloading(site);
  const builds = [];
  const stop = watch(root, async (what) => {
    builds.push(what);
    write("<title>two</title>");
    server.reload();
  });
  const page = await open("null", server.url + "/", { ready: false });
  let loads = 0;
  page.on("load", () => loads++);
  assert.equal(await page.title(), "one");
  await page.waitForTimeout(300);
  assert.equal(loads, 0, "nothing has changed");
  writeFileSync(join(root, "www", "one.js"), "1");
  writeFileSync(join(root, "www", "two.js"), "2");
  await page.waitForFunction(() => document.title === "two");
  await page.waitForTimeout(300);
  assert.deepEqual(builds, ["bundle"]);
  assert.equal(loads, 1);
  stop();
  await page.context().close();
  await server.close();
});

test("a build that throws is told, and the next change is built", async () => {
  const root = scratch();
  mkdirSync(join(root, "www"));
  const builds = [];
  const said = [];
  const { error } = console;
  console.error = (...words) => said.push(words.join(" "));
  const stop = watch(root, async (what) => {
    builds.push(what);
    if (builds.length === 1) throw Error("no disk");
  });
  for (const name of ["one.js", "two.js"]) {
    const before = builds.length;
    writeFileSync(join(root, "www", name), "1");
    for (let i = 0; i < 100 && builds.length === before; i++)
      await new Promise((done) => setTimeout(done, 50));
    await new Promise((done) => setTimeout(done, 200));
  }
  stop();
  console.error = error;
  assert.ok(builds.length >= 2, String(builds));
  assert.match(said.join(), /watch: Error: no disk/);
});

test("what ships has no source maps, no page for developers, and nothing that loads again", () => {
  for (const path of filesOf(dist)) {
    assert.ok(!/(^|\/)states\./.test(path), path);
    if (!/\.(js|html|css)$/.test(path)) continue;
    const text = readFileSync(join(dist, path), "utf8");
    assert.ok(!text.includes("sourceMappingURL"), path);
    assert.ok(!text.includes("/-/changes"), path);
  }
});

const FILES = [
  { path: "tests/treemap.rs", text: "#[test]\nfn an_area_is_a_value() {}" },
  {
    path: "tests/paint.rs",
    text: '#![cfg(target_arch = "wasm32")]\nuse wasm_bindgen_test::*;\n#[wasm_bindgen_test]\nfn no_pixel_is_off() {}',
  },
  {
    path: "src/text/number.rs",
    text: "#[test]\nfn a_number_has_its_marks() {}",
  },
  {
    path: "tests/browser/treemap.test.mjs",
    text: 'test("a tile opens", () => {});',
  },
  {
    path: "tests/browser/treemaps.test.mjs",
    text: "test(`no pixel of ${one} is off`, () => {});",
  },
];
const chosen = (pattern) =>
  commands(pattern, matching(pattern, FILES)).map((one) => one.join(" "));

test("a pattern chooses test files by their names, and tests by theirs where no file is named so", () => {
  assert.deepEqual(chosen("treemap"), [
    "cargo test --test treemap --",
    "node --test tests/browser/treemap.test.mjs",
  ]);
  assert.deepEqual(chosen("tile opens"), [
    "node --test --test-name-pattern=/tile opens/i tests/browser/treemap.test.mjs",
  ]);
  assert.deepEqual(chosen("has its marks"), [
    "cargo test --lib -- has_its_marks",
  ]);
  assert.deepEqual(chosen("no pixel"), [
    "tools/chromedriver.sh wasm-pack test --headless --chrome -- --test paint",
    "node --test --test-name-pattern=/no pixel/i tests/browser/treemaps.test.mjs",
  ]);
  assert.deepEqual(chosen("nothing is named so"), []);
});

test("pictures are held against the accepted ones, also of another height, and a page shows what differs", () => {
  const { PNG } = require("pngjs");
  const [accepted, out] = [scratch(), scratch()];
  const write = (folder, name, height, dark = 0) => {
    const png = new PNG({ width: 4, height });
    png.data.fill(255);
    for (let i = 0; i < dark; i++) png.data.fill(0, 4 * i, 4 * i + 3);
    writeFileSync(join(folder, name + ".png"), PNG.sync.write(png));
  };
  write(accepted, "same", 4);
  write(out, "same", 4);
  write(accepted, "darker", 4);
  write(out, "darker", 4, 8);
  write(accepted, "taller", 4);
  write(out, "taller", 8);
  write(out, "new", 4);
  const names = ["same", "darker", "taller", "new"];
  const found = compare(accepted, out, names);
  assert.deepEqual(found.same, ["same"]);
  assert.deepEqual(found.added, ["new"]);
  assert.deepEqual(found.differing.map(({ name }) => name).sort(), [
    "darker",
    "taller",
  ]);
  for (const { share } of found.differing)
    assert.ok(share > 0.2 && share < 1, `${share}`);
  const page = readFileSync(join(out, "differences.html"), "utf8");
  assert.match(page, /2 of 3 pictures differ, 1 are new/);
  for (const [, file] of page.matchAll(/src="([^"]*)"/g))
    assert.ok(existsSync(join(out, file)), file);
});
