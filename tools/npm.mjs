// Makes the npm package from what tools/build.sh left: `node tools/npm.mjs [--out FOLDER]` fills
// FOLDER (npm/) and packs it there into ai-atlas-VERSION.tgz.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import {
  ENTRIES,
  KINDS,
  aliasesOf,
  bundle,
  engineOf,
  entryDefines,
  filesOf,
  library,
  versionOf,
  wasmOf,
  write,
} from "./dist.mjs";
import { elements, pascal } from "./elements.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (name) => readFileSync(join(root, name));
const said = (key) =>
  new RegExp(`^${key} = "(.*)"`, "m").exec(read("Cargo.toml"))?.[1];
const HOME = "https://github.com/ai-atlas/ai-atlas"; // where Cargo.toml says nothing

// Vite puts a file of less than this into the script as a `data:` address, which a content policy
// refuses to load: each file that is loaded by its address is larger.
const LEAST = 4096;
const WHY = "/* Filled up, for bundlers put small files into the script. */";
export const fillUp = (name, bytes) => {
  bytes = Buffer.from(bytes);
  const lacks = LEAST - bytes.length;
  if (lacks <= 0) return bytes;
  if (name.endsWith(".js"))
    return Buffer.concat([bytes, Buffer.from(`${WHY}${" ".repeat(lacks)}\n`)]);
  if (name.endsWith(".json"))
    return Buffer.concat([bytes, Buffer.alloc(lacks, " ")]);
  if (!name.endsWith(".wasm"))
    throw Error(`${name}: a small file of a new kind`);
  // A custom section without a name: its number, its size in two bytes of seven bits each, and
  // nothing.
  const size = lacks + 1;
  return Buffer.concat([
    bytes,
    Buffer.from([0, (size & 127) | 128, size >> 7]),
    Buffer.alloc(size),
  ]);
};

// The README links to files that are in the package, or it does not link.
const readme = (all) =>
  read("README.md")
    .toString()
    .replaceAll("](www/ai-atlas.d.ts)", "](ai-atlas.d.ts)")
    .replace(
      /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)]+)\)/g,
      (link, picture, words, to) => {
        if (
          Object.keys(all).some(
            (name) => name === to || name.startsWith(to + "/"),
          )
        )
          return link;
        if (picture)
          throw Error(`npm: the README shows ${to}, which is not packed`);
        return words;
      },
    );

export const fill = (out) => {
  rmSync(out, { recursive: true, force: true });
  const files = library(fillUp);
  // Bundlers must leave alone what is imported by an address that is known only at run time.
  const ofOthers = (entry) =>
    Object.keys(ENTRIES)
      .filter((other) => other !== entry)
      .flatMap((other) => [engineOf(other), `${other}.wasm`]);
  const module = (entry) => {
    const strange = [
      ...ofOthers(entry),
      ...KINDS.filter((kind) => !ENTRIES[entry].includes(kind)).map(
        (kind) => `data/${kind}.json`,
      ),
    ];
    const addresses = Object.keys(files)
      .filter((name) => !strange.includes(name))
      .map((name) => `'${name}': new URL('./${name}', import.meta.url).href`);
    const text = read("www/npm/entry.js")
      .toString()
      .replace("FILES", `{${addresses}}`);
    const bundled = new TextDecoder().decode(
      bundle(
        "www/npm/entry.js",
        entryDefines(entry, wasmOf(entry)),
        "esm",
        text,
        aliasesOf(entry),
      ),
    );
    const marked = bundled.replaceAll(
      /\bimport\((?!["'`]|URL\))/g,
      "import(/* webpackIgnore: true */ /* @vite-ignore */ ",
    );
    if (marked.split("@vite-ignore").length !== 3)
      throw Error(
        "npm: expected two imports by address: the engine, and what is loaded on demand",
      );
    return [`${entry}.js`, marked];
  };
  const manifest = elements();
  const events = manifest.modules[0].declarations[0].events.map(({ name }) => [
    `on${pascal(name)}`,
    name,
  ]);
  const all = {
    ...files,
    ...Object.fromEntries(Object.keys(ENTRIES).map(module)),
    "server.js": read("www/npm/server.js"),
    "react.js": read("www/npm/react.js")
      .toString()
      .replace(
        "EVENTS = {}",
        `EVENTS = ${JSON.stringify(Object.fromEntries(events))}`,
      ),
    "custom-elements.json": JSON.stringify(manifest, null, 1) + "\n",
    "ai-atlas.d.ts": read("www/ai-atlas.d.ts"),
  };
  for (const name of filesOf(join(root, "www/npm")).filter((name) =>
    name.endsWith(".d.ts"),
  ))
    all[name] = read(`www/npm/${name}`);
  for (const folder of ["docs", "data/schema"])
    for (const name of filesOf(join(root, folder)))
      all[`${folder}/${name}`] = read(`${folder}/${name}`);
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"])
    all[name] = read(name);
  all["README.md"] = readme(all);

  // On a server there are no elements to define: the page that it writes holds the tags, and the
  // browser defines them.
  const server = Object.fromEntries(
    ["react-server", "edge-light", "workerd", "deno", "bun", "node"].map(
      (one) => [one, "./server.js"],
    ),
  );
  const code = (types, entry = "ai-atlas") => ({
    types: `./${types}.d.ts`,
    browser: `./${entry}.js`,
    ...server,
    default: `./${entry}.js`,
  });
  const repository = said("repository") ?? HOME;
  const about = {
    name: "ai-atlas",
    version: versionOf(),
    description: said("description"),
    license: said("license"),
    keywords: [
      "web-components",
      "custom-elements",
      "treemap",
      "timeline",
      "value-chain",
      "webgpu",
      "wasm",
    ],
    homepage: said("homepage") ?? repository,
    repository: { type: "git", url: `git+${repository}.git` },
    bugs: { url: `${repository}/issues` },
    type: "module",
    exports: {
      ".": code("ai-atlas"),
      ...Object.fromEntries(
        Object.keys(ENTRIES).map((entry) => [
          `./${entry}`,
          code("ai-atlas", entry),
        ]),
      ),
      "./react": { types: "./react.d.ts", default: "./react.js" },
      "./preact": code("preact"),
      "./vue": code("vue"),
      "./svelte": code("svelte"),
      "./custom-elements.json": "./custom-elements.json",
      "./data/*": "./data/*",
      "./package.json": "./package.json",
    },
    // For tools that do not read `exports`, and for sites that hand out packages.
    main: "./ai-atlas.js",
    module: "./ai-atlas.js",
    unpkg: "./ai-atlas.js",
    jsdelivr: "./ai-atlas.js",
    types: "./ai-atlas.d.ts",
    customElements: "custom-elements.json",
    sideEffects: true,
    engines: { node: ">=18" },
    peerDependencies: { react: ">=19" },
    peerDependenciesMeta: { react: { optional: true } },
  };
  about.files = Object.keys(all).sort();
  write(out, { ...all, "package.json": JSON.stringify(about, null, 2) + "\n" });
};

// The path of the packed file.
export const pack = (out) => {
  const { status, stdout, stderr } = spawnSync(
    "npm",
    ["pack", "--json", "--ignore-scripts", "--offline"],
    { cwd: out, encoding: "utf8" },
  );
  if (status) throw Error(stderr);
  return join(out, JSON.parse(stdout)[0].filename);
};

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href
) {
  const out = process.argv.includes("--out")
    ? process.argv[process.argv.indexOf("--out") + 1]
    : join(root, "npm");
  fill(out);
  console.log(pack(out));
}
