// The npm package as a web developer takes it: packed, installed, built and served by Vite, seen in
// a browser; and custom-elements.json beside the real elements.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
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
import { join } from "node:path";
import { after, before, test } from "node:test";

import { serve as serveFolder } from "../../tools/serve.mjs";
import { fill, fillUp, pack } from "../../tools/npm.mjs";
import {
  TAGS,
  cache,
  colours,
  dist,
  finish,
  open,
  pageOf,
  picture,
  ready,
  require,
  root,
  serve,
  SCRIPT,
} from "./harness.mjs";

// A project inside the folder where Vite and React are installed, so that it finds them as its own.
const home = join(cache, "examples");
const vite = join(home, "node_modules/vite/bin/vite.js");
let project;
const run = (command, args, cwd = project) => {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    timeout: 120_000,
  });
  assert.equal(status, 0, `${command} ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout + stderr;
};

before(() => {
  project = mkdtempSync(join(home, "try-"));
  fill(join(project, "package"));
  cpSync(join(root, "examples/react"), project, { recursive: true });
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "page", private: true, type: "module" }),
  );
  run("npm", [
    "install",
    pack(join(project, "package")),
    "--offline",
    "--no-audit",
    "--no-fund",
  ]);
});
after(finish);
after(() => rmSync(project, { recursive: true, force: true }));

const looksRight = async (page, tag, least) => {
  const { tier, rows, error } = await page.evaluate(
    (tag) => ({ ...document.querySelector(tag).status }),
    tag,
  );
  assert.ok(
    ["webgpu", "webgl2", "canvas"].includes(tier) && rows > 0 && !error,
    JSON.stringify({ tag, tier, rows, error }),
  );
  assert.ok(colours(await picture(page, tag)) >= least, `${tag} is blank`);
};

// The React example: data that ships, data by property, an event that changes the page.
const works = async (url) => {
  const page = await open("null", url, { ready: false });
  await page.waitForSelector("atlas-market-share", { state: "attached" });
  await ready(page);
  await looksRight(page, "atlas-market-share", 5);
  await looksRight(page, "atlas-funding-timeline", 2);
  assert.equal(
    await page.evaluate(
      () => document.querySelector("atlas-funding-timeline").status.rows,
    ),
    3,
  );
  assert.equal(page.workers().length, 1, "the engine runs in its worker");
  await page.evaluate(() => {
    const tile = document
      .querySelector("atlas-market-share")
      .shadowRoot.querySelector("[part=item]");
    tile.focus();
    tile.dispatchEvent(
      new KeyboardEvent("keydown", {
        key: "Enter",
        bubbles: true,
        composed: true,
      }),
    );
  });
  await page.getByText("고른 회사: sk-hynix").waitFor();
  await page.evaluate(() => (document.documentElement.lang = "ja"));
  await page.waitForFunction(() =>
    /^出典：/.test(
      document
        .querySelector("atlas-market-share")
        .shadowRoot.querySelector(".by").textContent,
    ),
  );
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.foreign, []);
  await page.context().close();
};

test("the package is installed, built by Vite without settings, and paints", async () => {
  const said = run(process.execPath, [vite, "build", "--logLevel", "warn"]);
  assert.doesNotMatch(said, /warn|error/i);
  const assets = readdirSync(join(project, "dist/assets"));
  for (const name of [
    /^engine-.*\.js$/,
    /^ai-atlas-.*\.wasm$/,
    /^static-table-.*\.js$/,
    /^market-share-.*\.json$/,
    /^ja-.*\.json$/,
  ])
    assert.ok(
      assets.some((asset) => name.test(asset)),
      `${name} is not among ${assets}`,
    );
  const server = await serveFolder({ root: join(project, "dist") });
  await works(server.url + "/");
  await server.close();
});

test("the entry of one widget takes along that widget alone, and paints", async () => {
  const page = join(project, "one");
  mkdirSync(page);
  writeFileSync(
    join(page, "index.html"),
    pageOf(
      '<atlas-market-share src="shipped" loading="eager"></atlas-market-share><script type="module" src="main.js"></script>',
    ),
  );
  writeFileSync(join(page, "main.js"), "import 'ai-atlas/market-share';\n");
  run(process.execPath, [vite, "build", "one", "--logLevel", "warn"]);
  const assets = readdirSync(join(page, "dist/assets"));
  assert.ok(
    assets.some((name) => /^market-share-.*\.wasm$/.test(name)),
    String(assets),
  );
  assert.deepEqual(
    assets.filter((name) =>
      /^(ai-atlas|value-chain|funding-timeline)-.*\.(wasm|json)$/.test(name),
    ),
    [],
  );
  const server = await serveFolder({ root: join(page, "dist") });
  const seen = await open("null", server.url + "/");
  await looksRight(seen, "atlas-market-share", 5);
  assert.equal(
    await seen.evaluate(() => customElements.get("atlas-value-chain")),
    undefined,
  );
  assert.deepEqual(seen.faults, []);
  await seen.context().close();
  await server.close();
});

test("the same under a folder of the site, with relative addresses", async () => {
  run(process.execPath, [
    vite,
    "build",
    "--logLevel",
    "warn",
    "--base",
    "./",
    "--outDir",
    "site/deep/app",
  ]);
  const server = await serveFolder({ root: join(project, "site") });
  await works(server.url + "/deep/app/");
  await server.close();
});

test("Vite's own server shows it while somebody works on the page", async () => {
  const child = spawn(
    process.execPath,
    [
      vite,
      "--host",
      "127.0.0.1",
      "--port",
      "0",
      "--strictPort",
      "--clearScreen",
      "false",
    ],
    { cwd: project },
  );
  try {
    let said = "";
    const url = await new Promise((done, fail) => {
      const hear = (text) => {
        said += text;
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(
          said.replace(/\x1b\[\d*m/g, ""),
        );
        if (found) done(found[0]);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("exit", () => fail(Error(said)));
      setTimeout(fail, 30_000, Error(said)).unref();
    });
    await works(url + "/");
  } finally {
    child.kill();
  }
});

test("on a server the package defines nothing and breaks nothing", () => {
  const said = run(process.execPath, [
    "--input-type=module",
    "-e",
    "import { AtlasElement } from 'ai-atlas'; AtlasElement.assets = '/ai-atlas/'; console.log(typeof customElements)",
  ]);
  assert.match(said, /undefined/);
});

test("every file that is loaded by its address is too large for bundlers to put into the script, and the small ones are what they were", () => {
  const folder = join(project, "node_modules/ai-atlas");
  const entry = readFileSync(join(folder, "ai-atlas.js"), "utf8");
  const names = every(/new URL\("\.\/([^"]+)",\s*import\.meta\.url\)/g, entry);
  assert.ok(
    names.includes("engine.js") &&
      names.includes("language.js") &&
      names.includes("data/market-share.json") &&
      names.some((name) => name.endsWith(".wasm")),
    String(names),
  );
  for (const name of names)
    assert.ok(readFileSync(join(folder, name)).length >= 4096, name);
  const small = {
    "a.js": Buffer.from("export const a = 1;"),
    "a.json": Buffer.from('{"a":1}'),
    "a.wasm": Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]),
  };
  const filled = Object.fromEntries(
    Object.entries(small).map(([name, bytes]) => [name, fillUp(name, bytes)]),
  );
  assert.deepEqual(JSON.parse(filled["a.json"]), { a: 1 });
  assert.ok(
    WebAssembly.validate(filled["a.wasm"]) && filled["a.wasm"].length >= 4096,
  );
  assert.match(
    filled["a.js"].toString(),
    /^export const a = 1;\/\*[^*]*\*\/ +\n$/,
  );
});

test("package.json names all that registries and tools look for, and each file that it names is there", () => {
  const folder = join(project, "node_modules/ai-atlas");
  const about = JSON.parse(readFileSync(join(folder, "package.json")));
  for (const name of [
    "main",
    "module",
    "unpkg",
    "jsdelivr",
    "types",
    "customElements",
  ])
    assert.ok(
      existsSync(join(folder, about[name] ?? "nothing")),
      `${name}: ${about[name]}`,
    );
  const named = (one) =>
    typeof one === "string" ? [one] : Object.values(one).flatMap(named);
  for (const name of named(about.exports))
    assert.ok(name.includes("*") || existsSync(join(folder, name)), name);
  assert.match(about.repository.url, /^git\+https:\/\/.+\.git$/);
  for (const address of [about.homepage, about.bugs.url])
    assert.match(address, /^https:\/\//);
  assert.match(about.engines.node, /\d/);
});

test("what the README in the package links to and shows is in the package", () => {
  const folder = join(project, "node_modules/ai-atlas");
  const links = [
    ...readFileSync(join(folder, "README.md"), "utf8").matchAll(
      /\]\(([^)\s]+)\)/g,
    ),
  ].map(([, to]) => to);
  assert.ok(links.filter((to) => /\.png$/.test(to)).length >= 3, String(links));
  for (const to of links)
    assert.ok(/^(https?:|#)/.test(to) || existsSync(join(folder, to)), to);
});

test("the package finds types and manifest where its package.json says, and all its files are the same each time", () => {
  const about = JSON.parse(
    readFileSync(join(project, "node_modules/ai-atlas/package.json")),
  );
  const types = readFileSync(
    join(project, "node_modules/ai-atlas", about.exports["."].types),
    "utf8",
  );
  assert.match(types, /HTMLElementTagNameMap/);
  const { modules } = JSON.parse(
    readFileSync(join(project, "node_modules/ai-atlas", about.customElements)),
  );
  assert.equal(modules[0].exports.length, 3);
  const hash = (file) =>
    createHash("sha256").update(readFileSync(file)).digest("hex");
  const again = join(project, "again");
  fill(again);
  assert.equal(hash(pack(again)), hash(pack(join(project, "package"))));
});

// ---- custom-elements.json is what the elements are

const manifest = JSON.parse(readFileSync(join(dist, "custom-elements.json")));
const { declarations } = manifest.modules[0];
const names = (list) => list.map(({ name }) => name).toSorted();
const hostCode = () =>
  readdirSync(join(root, "www/host"), { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(root, "www/host", name), "utf8"))
    .join("\n");
const every = (pattern, text = hostCode()) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name))].toSorted();

test("custom-elements.json is valid by its schema", () => {
  const { default: Ajv } = require("ajv");
  const schema = JSON.parse(
    readFileSync(
      createRequire(join(home, "package.json")).resolve(
        "custom-elements-manifest/schema.json",
      ),
    ),
  );
  const check = new Ajv({ allErrors: true, strict: false }).compile(schema);
  assert.ok(check(manifest), JSON.stringify(check.errors?.slice(0, 3)));
  assert.equal(
    check({ ...manifest, modules: [{ kind: "javascript-module" }] }),
    false,
  );
});

test("attributes, properties and methods of custom-elements.json are those of the elements", async () => {
  const server = await serve(
    (path) =>
      path === "/all" && {
        body: pageOf(
          SCRIPT +
            TAGS.map(
              (tag) => `<${tag} src="shipped" renderer="canvas"></${tag}>`,
            ).join(""),
        ),
      },
  );
  const page = await open("null", server.url + "/all");
  const real = await page.evaluate(
    (tags) =>
      tags.map((tag) => {
        const element = document.querySelector(tag);
        const base = Object.getPrototypeOf(customElements.get(tag));
        const own = [
          ...Object.getOwnPropertyNames(base.prototype),
          ...Object.getOwnPropertyNames(element),
        ];
        const members = own.filter(
          (name) => !/^constructor$|Callback$/.test(name),
        );
        const parts = [...element.shadowRoot.querySelectorAll("[part]")].map(
          (node) => node.getAttribute("part"),
        );
        return {
          tag,
          attributes: base.observedAttributes,
          members,
          methods: members.filter(
            (name) => typeof element[name] === "function",
          ),
          parts,
          slots: [...element.shadowRoot.querySelectorAll("slot")].map(
            ({ name }) => name,
          ),
        };
      }),
    TAGS,
  );
  const union = (list) => [...new Set(list)].toSorted();
  // What one kind alone looks at, the others take as well and leave alone.
  assert.deepEqual(
    union(declarations.flatMap(({ attributes }) => names(attributes))),
    union(real.flatMap(({ attributes }) => attributes)),
  );
  assert.deepEqual(
    union(declarations.flatMap(({ members }) => names(members))),
    union(real.flatMap(({ members }) => members)),
  );
  assert.deepEqual(
    union(
      declarations.flatMap(({ members }) =>
        names(members.filter(({ kind }) => kind === "method")),
      ),
    ),
    union(real.flatMap(({ methods }) => methods)),
  );
  for (const { tagName, cssParts, slots } of declarations) {
    const { parts, slots: found } = real.find(({ tag }) => tag === tagName);
    assert.ok(parts.length > 10 && found.length >= 3);
    assert.deepEqual(
      parts.filter((part) => !names(cssParts).includes(part)),
      [],
      tagName,
    );
    assert.deepEqual(
      found.filter((name) => !names(slots).includes(name)),
      [],
      tagName,
    );
  }
  await page.context().close();
});

test("events, parts, slots and CSS properties of custom-elements.json are those of the code", () => {
  for (const {
    events,
    cssParts,
    slots,
    cssProperties,
    tagName,
  } of declarations) {
    assert.deepEqual(names(events), every(/\.emit\(\s*"([^"]+)"/g), tagName);
    assert.deepEqual(names(cssParts), every(/\bpart: "([^"]+)"/g), tagName);
    assert.deepEqual(
      names(slots).filter(Boolean),
      every(/"slot", \{ name: "([^"]+)"/g),
      tagName,
    );
    assert.deepEqual(names(cssProperties), every(/(--atlas-\w+)/g), tagName);
    for (const one of [...events, ...cssParts, ...slots, ...cssProperties])
      assert.ok(one.description, `${tagName} ${one.name} says nothing`);
  }
  // Each of these is written in one way only, or the patterns above would miss some.
  const code = hostCode();
  assert.equal(
    code.match(/\.emit\(/g).length,
    code.match(/\.emit\(\s*"/g).length,
    "an event whose name is computed",
  );
  assert.equal(
    code.match(/\bpart:/g).length,
    code.match(/\bpart: "/g).length,
    "a part whose name is computed",
  );
});

test("every member and attribute of custom-elements.json says what it is", () => {
  for (const { members, attributes, tagName } of declarations)
    for (const one of [...members, ...attributes])
      assert.ok(
        one.description && (one.type?.text || one.return),
        `${tagName} ${one.name}`,
      );
});
