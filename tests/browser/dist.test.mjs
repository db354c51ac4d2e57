// What a publisher uploads: the list of all files holds, a pinned article keeps its picture for
// ever, and what readers have in their caches fits whatever is uploaded.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import {
  ENTRIES,
  ON_DEMAND,
  build,
  engineOf,
  filesOf,
  integrity,
  library,
  list,
} from "../../tools/dist.mjs";
import { serve as serveFolder } from "../../tools/serve.mjs";
import {
  colours,
  dist,
  finish,
  open,
  pageOf,
  picture,
  ready,
  root,
} from "./harness.mjs";

const SHARE = "atlas-market-share";
const element = `<${SHARE} renderer="canvas"><table><caption>표</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>가</td><td>70</td></tr><tr><td>나</td><td>30</td></tr></tbody></table></${SHARE}>`;
const script = (src, more = "") =>
  `<script type="module" src="${src}"${more}></script>`;
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json")));
const pinned = manifest.files.find(({ path }) => path === manifest.pinned);

let site; // the folder of a publisher who uploaded this version, and then a newer one beside it
let newer;
before(() => {
  site = mkdtempSync(join(tmpdir(), "atlas-site-"));
  cpSync(dist, join(site, "before"), { recursive: true });
  cpSync(dist, join(site, "after"), { recursive: true });
  newer = build({ out: join(site, "next"), version: "0.9.9" });
  list(join(site, "next"), newer, "0.9.9");
  cpSync(join(site, "next"), join(site, "after"), { recursive: true });
});
after(finish);
after(() => rmSync(site, { recursive: true, force: true }));

const draws = async (page) => {
  const { tier, rows } = await page.evaluate(
    (tag) => ({ ...document.querySelector(tag).status }),
    SHARE,
  );
  assert.deepEqual([tier, rows], ["canvas", 2]);
  assert.ok(colours(await picture(page, SHARE)) > 2);
};

// A page on a site of files; returns it with the paths that were asked for.
const visit = async (root, html, hook) => {
  const server = await serveFolder({
    root,
    hook: (path) => (path === "/page" ? { body: html } : hook?.(path)),
  });
  const page = await open("null", server.url + "/page", { ready: false });
  return {
    page,
    log: server.log,
    close: async () => (await page.context().close(), server.close()),
  };
};

test("the list names every file with its size and its hash, and no other", () => {
  assert.deepEqual(
    manifest.files.map(({ path }) => path),
    filesOf(dist).filter(
      (path) => path !== "manifest.json" && !/\.(br|gz)$/.test(path),
    ),
  );
  for (const { path, bytes, integrity: said } of manifest.files) {
    const real = readFileSync(join(dist, path));
    assert.equal(bytes, real.length, path);
    assert.equal(said, integrity(real), path);
  }
  const pinned = manifest.files
    .filter(({ immutable }) => immutable)
    .map(({ path }) => path.slice(manifest.folder.length + 1));
  const expected = [
    ...Object.keys(library()),
    ...Object.keys(ENTRIES).map((entry) => `${entry}.js`),
    ...["embed.html", "embed.css", "embed.js"],
    ...["embed-guard.js", "embed-table.js", "frame.js"],
  ];
  assert.deepEqual(pinned.toSorted(), expected.toSorted());
});

test("beside every file lie its compressed forms", () => {
  for (const path of [
    ...manifest.files.map(({ path }) => path),
    "manifest.json",
  ]) {
    const real = readFileSync(join(dist, path));
    assert.ok(
      real.equals(brotliDecompressSync(readFileSync(join(dist, path + ".br")))),
      path,
    );
    assert.ok(
      real.equals(gunzipSync(readFileSync(join(dist, path + ".gz")))),
      path,
    );
  }
});

test("the folder is named by what is in it: the same again for the same, another for another version", () => {
  const out = join(site, "again");
  assert.equal(build({ out }), manifest.folder);
  assert.notEqual(newer, manifest.folder);
  assert.match(newer, /^0\.9\.9-[0-9a-f]{10}$/);
});

test("outside its folder a version has nothing but the entry, the pages and what pages name", () => {
  const loose = manifest.files
    .filter(({ immutable }) => !immutable)
    .map(({ path }) => path)
    .filter((path) => !/^(articles|data)\//.test(path));
  for (const name of ["engine.js", "static-table.js", "ai-atlas.wasm"])
    assert.ok(!existsSync(join(dist, name)), name);
  assert.ok(loose.includes("ai-atlas.js"));
});

test("an article that names the folder and the hash draws, and takes everything from that folder", async () => {
  const { page, log, close } = await visit(
    dist,
    pageOf(
      script(
        "/" + manifest.pinned,
        ` integrity="${pinned.integrity}" crossorigin`,
      ) + element,
    ),
  );
  await ready(page);
  await draws(page);
  const taken = log.filter((path) => path !== "/page");
  assert.ok(
    taken.length === 6 &&
      taken.every((path) => path.startsWith(`/${manifest.folder}/`)),
    String(taken),
  );
  await close();
});

test("a script that is not the one with that hash does not run, and the table stays", async () => {
  const { page, close } = await visit(
    dist,
    pageOf(
      script(
        "/" + manifest.pinned,
        ` integrity="${pinned.integrity}" crossorigin`,
      ) + element,
    ),
    (path) =>
      path.endsWith("ai-atlas.js") && {
        body: readFileSync(join(dist, manifest.pinned)) + "\n",
        type: "text/javascript",
      },
  );
  await page.waitForLoadState("load");
  assert.equal(
    await page.evaluate((tag) => customElements.get(tag) === undefined, SHARE),
    true,
  );
  assert.ok(await page.getByText("70").isVisible());
  await close();
});

test("when a newer version is uploaded beside it, old articles and new ones draw, each from its own folder", async () => {
  for (const [src, folder] of [
    [`/${manifest.pinned}`, manifest.folder],
    ["/ai-atlas.js", newer],
  ]) {
    const { page, log, close } = await visit(
      join(site, "after"),
      pageOf(script(src) + element),
    );
    await ready(page);
    await draws(page);
    assert.ok(
      log.includes(`/${folder}/engine.js`) &&
        log.includes(`/${folder}/ai-atlas.wasm`),
      String(log),
    );
    await close();
  }
});

test("the entry from a reader's cache draws after the upload of a newer version, and the new entry where the old files were", async () => {
  const old = readFileSync(join(dist, "ai-atlas.js"));
  const { page, log, close } = await visit(
    join(site, "after"),
    pageOf(script("/ai-atlas.js") + element),
    (path) => path === "/ai-atlas.js" && { body: old, type: "text/javascript" },
  );
  await ready(page);
  await draws(page);
  assert.ok(log.includes(`/${manifest.folder}/engine.js`));
  await close();
});

test("both versions on one page define the elements once and run one engine", async () => {
  const { page, close } = await visit(
    join(site, "after"),
    pageOf(script("/" + manifest.pinned) + script("/ai-atlas.js") + element),
  );
  await ready(page);
  await draws(page);
  assert.equal(page.workers().length, 1);
  assert.deepEqual(page.faults, []);
  await close();
});

test("no file for readers names a machine or another site", () => {
  const names = readdirSync(join(dist, manifest.folder)).filter((name) =>
    /\.(js|wasm)$/.test(name),
  );
  const scripts = [
    ...Object.keys(ENTRIES).flatMap((entry) => [
      `${entry}.js`,
      `${entry}.wasm`,
      engineOf(entry),
    ]),
    ...Object.keys(ON_DEMAND).map((name) => `${name}.js`),
    "tables.wasm",
    ...["webgpu", "webgl2", "kernels"].map((tier) => `shaders-${tier}.js`),
    ...["embed.js", "embed-guard.js", "embed-table.js", "frame.js"],
  ];
  assert.deepEqual(names.toSorted(), scripts.toSorted());
  for (const name of names) {
    const text = readFileSync(join(dist, manifest.folder, name), "latin1");
    // Names of vocabularies are no addresses that anybody visits.
    const found =
      /\/(home|root|tmp|work|usr)\/|\.cargo|https?:\/\/(?!www\.w3\.org\/|purl\.org\/dc\/|schema\.org")/.exec(
        text,
      );
    assert.equal(
      found && text.slice(found.index, found.index + 60),
      null,
      name,
    );
  }
  assert.equal(
    spawnSync("git", ["check-ignore", "dist", "npm"], {
      cwd: root,
      encoding: "utf8",
    }).stdout,
    "dist\nnpm\n",
  );
});
