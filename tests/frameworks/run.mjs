// The npm package in the tools that web developers build with: `node tests/frameworks/run.mjs
// [names]`, or `make test-frameworks ONLY="next vue"`.
//
// Each folder here is a page as its developer would write it, with exact versions. It is copied to
// a temporary folder, gets the packed package, is checked and built for production by its own
// scripts, and opened in Chromium under the content policy of the README. What is installed lies in
// $ATLAS_CACHE/frameworks, outside the checkout.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { filesOf } from "../../tools/dist.mjs";
import { elements } from "../../tools/elements.mjs";
import { fill, pack } from "../../tools/npm.mjs";
import { serve } from "../../tools/serve.mjs";
import {
  cache,
  colours,
  dist,
  finish,
  open,
  pngOf,
} from "../browser/harness.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const home = join(cache, "frameworks");
// The smallest, as the README has it.
const POLICY =
  "script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'";
const QUIET = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  PARCEL_WORKERS: "1",
  CI: "1",
  FORCE_COLOR: "0",
  NODE_ENV: "",
};

const run = (command, args, cwd) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    timeout: 600_000,
    env: QUIET,
  });
  return {
    status,
    said: [stdout, stderr, error?.message]
      .filter(Boolean)
      .join("\n")
      .replace(/\x1b\[\d*m/g, "")
      .trim(),
  };
};
const must = (...call) => {
  const { status, said } = run(...call);
  assert.equal(
    status,
    0,
    `${call[0]} ${call[1].join(" ")}:\n${said.slice(-4000)}`,
  );
  return said;
};

// ---- what is installed, once for each lock file
const install = (name) => {
  const folder = join(home, name);
  const stamp = ["package.json", "package-lock.json"]
    .map((file) => readFileSync(join(here, name, file), "utf8"))
    .join();
  const mark = join(folder, "stamp");
  if (existsSync(mark) && readFileSync(mark, "utf8") === stamp) return folder;
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    cpSync(join(here, name, file), join(folder, file));
  must("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
  writeFileSync(mark, stamp);
  return folder;
};

let packed;
const scratch = [];
// A copy of the page with what it needs. Links to the same files: a copy of them would take longer
// than the build.
const prepare = (name) => {
  const installed = install(name);
  mkdirSync(join(home, "tmp"), { recursive: true });
  const folder = mkdtempSync(join(home, "tmp", name + "-"));
  scratch.push(folder);
  must("cp", ["-al", join(installed, "node_modules"), folder], home);
  cpSync(join(here, name), folder, { recursive: true });
  if (!packed) {
    const at = mkdtempSync(join(home, "tmp", "package-"));
    scratch.push(at);
    fill(at);
    packed = pack(at);
  }
  const own = join(folder, "node_modules/ai-atlas");
  mkdirSync(own);
  must("tar", ["xzf", packed, "--strip-components=1", "-C", own], folder);
  return folder;
};

// ---- what a reader sees of it
const painted = async (element, least) => {
  const status = await element.evaluate(async (node) => {
    node.scrollIntoView();
    for (
      let waits = 0;
      waits < 600 && !node.status?.tier && !node.status?.error;
      waits++
    )
      await new Promise((done) => setTimeout(done, 50));
    await node.updateComplete;
    return { ...node.status };
  });
  assert.ok(
    ["webgpu", "webgl2", "canvas"].includes(status.tier) &&
      status.rows > 0 &&
      !status.error,
    JSON.stringify(status),
  );
  const url = await element.evaluate((node) =>
    node.shadowRoot.querySelector("canvas").toDataURL(),
  );
  assert.ok(
    colours(pngOf(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"))) >=
      least,
    "the picture is blank",
  );
};

const look = async (url) => {
  const page = await open("null", url, { ready: false });
  const share = page.locator("atlas-market-share").first(); // also in a shadow
  await share.waitFor({ state: "attached" });
  await painted(share, 5);
  assert.equal(page.workers().length, 1, "the engine does not run in a worker");
  for (const more of await page.locator("atlas-market-share#own").all()) {
    await painted(more, 3);
    assert.equal(
      await more.evaluate((node) => node.status.rows),
      2,
      "not the data of the property",
    );
  }
  for (const more of await page.locator("atlas-funding-timeline").all())
    await painted(more, 3);
  // An event reaches the page.
  await share.evaluate((node) => {
    const tile = node.shadowRoot.querySelector("[part=item]");
    tile.focus();
    tile.dispatchEvent(
      new KeyboardEvent("keydown", {
        key: "Enter",
        bubbles: true,
        composed: true,
      }),
    );
  });
  await page
    .locator("#chosen", { hasText: "sk-hynix" })
    .waitFor({ timeout: 5000 });
  // What is fetched later: downloads, another language.
  assert.match(await share.evaluate((node) => node.toCSV()), /SK/);
  await share.evaluate((node) => (node.lang = "ja"));
  await share.locator(".by", { hasText: "出典：" }).waitFor({ timeout: 5000 });
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.foreign, []);
  await page.context().close();
};

const built = (name, folder, script = "build") => {
  const { scripts } = JSON.parse(readFileSync(join(folder, "package.json")));
  if (scripts.check && script === "build")
    must("npm", ["run", "--silent", "check"], folder);
  return must("npm", ["run", "--silent", script], folder);
};

// Webpack advises against any file of more than 244 KiB, and the wasm is one; of anything else that
// it says nothing is passed over.
const withoutAdvice = (said) =>
  said
    .replace(
      /WARNING in asset size limit:[^]*?Assets:\s*(?:\S+\.wasm \([^)]*\)\s*)+/,
      "",
    )
    .replace(/WARNING in webpack performance recommendations:[^]*?\n\n/, "")
    .replace(/compiled with 2 warnings/, "");

// A page of files: built by `npm run build`, into dist/.
const files =
  (name, policy = POLICY) =>
  async () => {
    const folder = prepare(name);
    const said = built(name, folder);
    assert.doesNotMatch(
      withoutAdvice(said).replace(/^.*\b0 (errors?|warnings?).*$/gim, ""),
      /\b(warning|error)\b/i,
      said,
    );
    const server = await serve({
      root: join(folder, "dist"),
      hook: () => ({ headers: { "content-security-policy": policy } }),
    });
    try {
      await look(server.url + "/");
    } finally {
      await server.close();
    }
  };

// A page that a server of its own writes, and React takes over.
const freePort = () =>
  new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
const next = (script) => async () => {
  const folder = prepare("next");
  built("next", folder, script);
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      join(folder, "node_modules/next/dist/bin/next"),
      "start",
      "-H",
      "127.0.0.1",
      "-p",
      String(port),
    ],
    { cwd: folder, env: QUIET, stdio: "pipe" },
  );
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (text) => (said += text));
  try {
    const url = `http://127.0.0.1:${port}/`;
    let answer;
    for (
      let tries = 0;
      !answer && tries < 300 && child.exitCode === null;
      tries++
    ) {
      answer = await fetch(url).catch(() => null);
      if (!answer) await new Promise((wait) => setTimeout(wait, 100));
    }
    assert.ok(answer?.ok, said);
    assert.match(
      await answer.text(),
      /<atlas-market-share src="shipped" table="hbm-2023"/,
      "the server has written the element",
    );
    await look(url);
  } finally {
    const gone = new Promise((done) => child.on("exit", done));
    child.kill();
    await gone;
  }
};

// ---- types: every attribute and event of custom-elements.json, in each kind of template, and none
// besides
const { declarations } = elements().modules[0];
const VALUES = {
  boolean: "true",
  theme: '"dark"',
  loading: '"eager"',
  renderer: '"canvas"',
  scale: '"log"',
};
const valueOf = ({ name, type }) => VALUES[type.text] ?? VALUES[name] ?? '"x"';
// A line for each element, with all of it and rightly; then a line for each wrong use.
const lines = (attribute, event, wrong) => [
  ...declarations.map(
    ({ tagName, attributes, events }) =>
      `<${tagName} ${[...attributes.map((one) => attribute(one.name, valueOf(one))), ...events.map(({ name }) => event(name))].join(" ")}></${tagName}>`,
  ),
  ...wrong.map((one) => `<atlas-market-share ${one}></atlas-market-share>`),
];
const jsx = lines(
  (name, value) => `${name}={${value}}`,
  (name) => `on${name}={(event) => void event.detail}`,
  ['theme={"blue"}', "onatlas-select={5}", 'framework={"nia"}', 'tabel={"x"}'],
);
const svelte = lines(
  (name, value) => `${name}={${value}}`,
  (name) => `on${name}={(event) => void event.detail}`,
  ['theme={"blue"}', "onatlas-select={5}", 'framework={"nia"}', 'tabel={"x"}'],
);
const vue = lines(
  (name, value) => `:${name}='${value}'`,
  (name) => `@${name}="(event) => void event.detail"`,
  [
    `:theme='"blue"'`,
    '@atlas-select="(event) => event.detail.nothing"',
    'framework="nia"',
    'tabel="x"',
  ],
);
// Nothing is wrong but what is: `said` by a compiler of a file that has those lines from its third
// on.
const judged = (said, file) => {
  const found = [
    ...said.matchAll(
      new RegExp(`${file.replace(".", "\\.")}[(:](\\d+)[,:]`, "g"),
    ),
  ].map(([, line]) => Number(line));
  assert.deepEqual(
    [...new Set(found)].toSorted((a, b) => a - b),
    [6, 7, 8, 9],
    `${file}, where lines 3 to 5 are right and 6 to 9 are wrong: ${said}`,
  );
};

const typescript = async () => {
  const folder = prepare("typescript");
  for (const library of ["react", "preact"])
    writeFileSync(
      join(folder, `${library}.tsx`),
      `/** @jsxImportSource ${library} */ import 'ai-atlas/${library}';\nexport const all = <>\n${jsx.join("\n")}\n</>;\n`,
    );
  const tsc = join(folder, "node_modules/typescript/bin/tsc");
  for (const [module, resolution, ...more] of [
    ["es2022", "bundler", "react.tsx", "preact.tsx"],
    ["nodenext", "nodenext"],
    ["es2022", "node10"],
  ]) {
    const { said } = run(
      process.execPath,
      [
        tsc,
        "--noEmit",
        "--strict",
        "--exactOptionalPropertyTypes",
        "--noUncheckedIndexedAccess",
        "--jsx",
        "react-jsx",
        "--target",
        "es2022",
        "--lib",
        "es2023,dom,dom.iterable",
        "--module",
        module,
        "--moduleResolution",
        resolution,
        "page.ts",
        ...more,
      ],
      folder,
    );
    for (const file of more) judged(said, file);
    assert.equal(
      said
        .split("\n")
        .filter((line) => line && !/^(react|preact)\.tsx|^ /.test(line))
        .join("\n"),
      "",
      resolution,
    );
  }
};
const templates = (name, file, content) => async () => {
  await files(name)();
  const folder = prepare(name);
  const config = JSON.parse(readFileSync(join(folder, "tsconfig.json")));
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ ...config, include: ["main.ts", file] }),
  );
  writeFileSync(join(folder, file), content);
  judged(run("npm", ["run", "--silent", "check"], folder).said, file);
};

// ---- every script that is shipped, through the minifiers that bundlers use
const minify = async () => {
  const installed = install("minify");
  const load = createRequire(join(installed, "package.json"));
  const [terser, swc, esbuild] = ["terser", "@swc/core", "esbuild"].map((one) =>
    load(one),
  );
  const minifiers = {
    terser: async (text) => (await terser.minify(text, { module: true })).code,
    swc: async (text) =>
      (await swc.minify(text, { module: true, compress: true, mangle: true }))
        .code,
    esbuild: async (text) =>
      (await esbuild.transform(text, { minify: true })).code,
  };
  const out = mkdtempSync(join(cache, "npm-"));
  scratch.push(out);
  fill(out);
  const scripts = [dist, out].flatMap((folder) =>
    filesOf(folder)
      .filter((name) => /\.m?js$/.test(name))
      .map((name) => join(folder, name)),
  );
  // What is twice is looked at once.
  const texts = new Map(
    scripts.map((script) => [readFileSync(script, "utf8"), script]),
  );
  assert.ok(texts.size >= 15, String(scripts));
  for (const [text, script] of texts) {
    for (const [name, small] of Object.entries(minifiers)) {
      const code = await small(text).catch((error) =>
        assert.fail(
          `${name} fails on ${script.slice(script.lastIndexOf("/") + 1)}: ${error.message}`,
        ),
      );
      await esbuild.transform(code); // it is a script still
    }
  }
};

export const FRAMEWORKS = {
  minify,
  typescript,
  esbuild: files("esbuild"),
  webpack: files("webpack"),
  rollup: files("rollup"),
  vite: files("vite"),
  react: files("react"),
  vue: templates(
    "vue",
    "All.vue",
    `<script setup lang="ts"></script>\n<template>\n${vue.join("\n")}\n</template>\n`,
  ),
  svelte: templates(
    "svelte",
    "All.svelte",
    `<script lang="ts"></script>\n\n${svelte.join("\n")}\n`,
  ),
  lit: files("lit"),
  astro: files("astro"),
  // It writes scripts into the page, which the smallest policy refuses whoever they are of.
  parcel: files("parcel", "img-src * data:"),
  next: next("build"),
  "next-webpack": next("build:webpack"),
};
export const SHORT = ["minify", "typescript", "esbuild", "webpack"];

export const tidy = async () => {
  await finish();
  for (const folder of scratch)
    rmSync(folder, { recursive: true, force: true });
};

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href
) {
  const asked = process.argv.slice(2);
  if (asked[0] === "--install") {
    for (const name of asked[1] === "short"
      ? SHORT
      : readdirSync(here).filter((one) =>
          existsSync(join(here, one, "package-lock.json")),
        ))
      install(name);
    process.exit();
  }
  const unknown = asked.filter((name) => !FRAMEWORKS[name]);
  if (unknown.length)
    throw Error(`${unknown}: not among ${Object.keys(FRAMEWORKS)}`);
  const names = Object.keys(FRAMEWORKS).filter(
    (name) =>
      !asked.length ||
      asked.some(
        (one) => name === one || (one === "next" && name === "next-webpack"),
      ),
  );
  let failed = 0;
  for (const name of names) {
    const begin = Date.now();
    const time = () => `${((Date.now() - begin) / 1000).toFixed(1)} s`;
    try {
      await FRAMEWORKS[name]();
      console.log(`${name.padEnd(14)} works  ${time()}`);
    } catch (error) {
      failed++;
      console.log(
        `${name.padEnd(14)} FAILS  ${time()}\n${String(error.message).replace(/^/gm, "    ")}`,
      );
    }
  }
  await tidy();
  console.log(
    failed ? `${failed} of ${names.length} fail` : `all ${names.length} work`,
  );
  process.exitCode = failed ? 1 : 0;
}
