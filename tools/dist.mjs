// Puts together what a publisher uploads, from the wasm and its glue that tools/build.sh made
// (www/pkg): `node tools/dist.mjs [--out dist] [--version 0.1.0] [--index FILE] [--pkg www/pkg]
// [--development]`.
//
// `--development` is what `make watch` asks for: scripts that are not minified and hold their
// source maps, the pages that only developers open, and no compressed copies.
//
// Everything that belongs together lies in one folder, named by version and by a hash of all that
// is in it; it never changes once it is uploaded, so that it can be cached for ever and an article
// that names it keeps its picture. Beside it stand the entries, `ai-atlas.js` and one for each
// widget, under their plain names: the same elements, which take everything else from that one
// folder. Whatever a reader's cache holds, old or new, fits together, while an upload goes on too.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { elements } from "./elements.mjs";
import { cache, require } from "./installed.mjs";

const esbuild = require("esbuild");
const terser = require("terser");
const root = fileURLToPath(new URL("..", import.meta.url));
// Set from the command line; the package and the tests take these.
const settings = { pkg: join(root, "www/pkg"), development: false };
export const KINDS = ["value-chain", "market-share", "funding-timeline"];
// What an author can name in a script element, with the elements that it defines: tools/build.sh
// makes a wasm for each.
export const ENTRIES = {
  "ai-atlas": KINDS,
  ...Object.fromEntries(KINDS.map((kind) => [kind, [kind]])),
};

export const integrity = (bytes) =>
  "sha384-" + createHash("sha384").update(bytes).digest("base64");

// All files of a folder, as paths with `/`, in one order on every machine.
export const filesOf = (folder, under = "") =>
  readdirSync(join(folder, under), { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesOf(folder, under + entry.name + "/")
        : [under + entry.name],
    )
    .sort();

export const versionOf = () =>
  /^version = "(.*)"/m.exec(readFileSync(join(root, "Cargo.toml"), "utf8"))[1];

// What esbuild has made small once more: together they leave three per cent less than either alone.
// A second pass of this one saves nothing.
const smaller = (code, format) =>
  Buffer.from(
    terser.minify_sync(code, {
      module: format === "esm",
      ecma: 2022,
      compress: { passes: 1 },
      format: { comments: false, ascii_only: format !== "esm" },
    }).code,
  );

// The style sheet of the elements. It is small in a development build too: what a browser shows of
// it are its rules.
const styles = () =>
  esbuild.buildSync({
    entryPoints: [join(root, "www/host/styles/index.css")],
    bundle: true,
    minify: true,
    write: false,
    logLevel: "warning",
  }).outputFiles[0].text;

// `text`: what stands in the file, if it is not as it lies there.
export const bundle = (
  from,
  define = {},
  format = "esm",
  text = readFileSync(join(root, from), "utf8"),
  alias = {},
) => {
  const [{ contents, text: code }] = esbuild.buildSync({
    alias,
    stdin: {
      contents: text,
      resolveDir: join(root, from, ".."),
      sourcefile: from,
    },
    define: { STYLES: JSON.stringify(styles()), ...define },
    bundle: true,
    write: false,
    format,
    target: "es2022",
    minify: !settings.development,
    sourcemap: settings.development && "inline",
    // Modules are UTF-8 whatever a server says; other scripts are what the page is.
    charset: format === "esm" ? "utf8" : "ascii",
    legalComments: "none",
    logLevel: "warning",
  }).outputFiles;
  return settings.development ? contents : smaller(code, format);
};

// The languages besides Korean and English, a file of lang/ each, as readers load them: texts and
// nothing else. The longer of two tags comes first.
export const languages = () =>
  Object.fromEntries(
    filesOf(join(root, "lang"))
      .filter((name) => name.endsWith(".json"))
      .reverse()
      .map((name) => {
        const texts = Object.entries(
          JSON.parse(readFileSync(join(root, "lang", name), "utf8")),
        );
        if (
          !/^[a-z]{2,8}(-[a-z0-9]{1,8})*\.json$/.test(name) ||
          texts
            .flat()
            .some((text) => typeof text !== "string" || text.includes("\0"))
        )
          throw Error(`lang/${name}: a tag in small letters, and texts in it`);
        return [
          name.slice(0, -5),
          new TextEncoder().encode(JSON.stringify(Object.fromEntries(texts))),
        ];
      }),
  );

export const engineOf = (entry) =>
  entry === "ai-atlas" ? "engine.js" : `engine-${entry}.js`;
export const wasmOf = (entry) =>
  readFileSync(join(settings.pkg, `${entry}.wasm`));

// What an entry is told when it is bundled; `wasm` as it is delivered.
export const entryDefines = (entry, wasm) => ({
  ENTRY: JSON.stringify(entry),
  KINDS: JSON.stringify(ENTRIES[entry]),
  LANGUAGES: JSON.stringify(Object.keys(languages())),
  INTEGRITY: JSON.stringify(integrity(wasm)),
});

// The shaders of a tier, and the kernels, as scripts, from what build.rs made of shaders/.
const SHADERS = {
  webgpu: ["mark.wgsl", "ribbon.wgsl"],
  kernels: ["tween.wgsl", "cull.wgsl"],
  webgl2: [
    "mark.vertex.glsl",
    "mark.fragment.glsl",
    "ribbon.vertex.glsl",
    "ribbon.fragment.glsl",
  ],
};
const shaders = (tier) => {
  const texts = JSON.parse(
    readFileSync(join(settings.pkg, "shaders.json"), "utf8"),
  );
  const named = SHADERS[tier].map((name) => {
    if (!texts[name]) throw Error(`dist: build.rs made no ${name}`);
    return [name, texts[name]];
  });
  return `export default ${JSON.stringify(Object.fromEntries(named))};\n`;
};

// What the modules of an entry import by these names.
export const aliasesOf = (entry) => ({
  "reserved-height": join(root, `www/host/reserved-height/${entry}.js`),
});

// The scripts that only those readers load who need them, besides the shaders, and what they are
// needed for: each is the module of that name in www/host/.
export const ON_DEMAND = {
  combobox: "a search",
  "data-help": "an element without data, or whose file does not come",
  "data-table": "the data as a table",
  export: "a download",
  language: "a language besides Korean and English",
  "page-table": "a table in the element",
  "read-columns": "setColumns",
  "static-table": "data without a picture",
  "table-reader": "a table: CSV, a page's own, JSON of other libraries",
};

const perEntry = (file) => Object.fromEntries(Object.keys(ENTRIES).map(file));

// The scripts that pages name. `folder` leads from them to the rest.
const entries = (folder) =>
  perEntry((entry) => [
    `${entry}.js`,
    bundle(
      "www/ai-atlas.js",
      {
        FOLDER: JSON.stringify(folder),
        ...entryDefines(entry, wasmOf(entry)),
      },
      "esm",
      undefined,
      aliasesOf(entry),
    ),
  ]);

// The shipped data as scripts, for pages that may ask for scripts but not for data.
const scripts = () =>
  Object.fromEntries(
    KINDS.map((kind) => {
      const data = JSON.stringify(
        JSON.parse(readFileSync(join(root, `data/${kind}.json`), "utf8")),
      );
      return [
        `data/${kind}.js`,
        `(globalThis[Symbol.for('ai-atlas-data')] ??= {})['${kind}'] = ${data};\n`,
      ];
    }),
  );

// What readers load besides the scripts that pages name, by name. `fit(name, bytes)` makes of a
// file what is delivered.
export const library = (fit = (name, bytes) => bytes) => {
  const words = Object.entries(languages()).map(([language, bytes]) => [
    language,
    fit(`lang/${language}.json`, bytes),
  ]);
  const known = Object.fromEntries(
    words.map(([language, bytes]) => [language, integrity(bytes)]),
  );
  const tables = fit("tables.wasm", wasmOf("tables"));
  const settled = {
    language: { LANGUAGE_INTEGRITY: JSON.stringify(known) },
    export: { VERSION: JSON.stringify(versionOf()) },
    "table-reader": { TABLES_INTEGRITY: JSON.stringify(integrity(tables)) },
  };
  const files = {
    ...perEntry((entry) => [
      engineOf(entry),
      bundle("www/host/worker.js", {}, "esm", undefined, {
        bindings: join(settings.pkg, `${entry}.js`),
      }),
    ]),
    ...perEntry((entry) => [`${entry}.wasm`, wasmOf(entry)]),
    "tables.wasm": tables,
    ...Object.fromEntries(
      Object.keys(SHADERS).map((tier) => [`shaders-${tier}.js`, shaders(tier)]),
    ),
    ...Object.fromEntries(
      Object.keys(ON_DEMAND).map((name) => [
        `${name}.js`,
        bundle(`www/host/${name}.js`, settled[name], "esm", undefined, {
          bindings: join(settings.pkg, "tables.js"),
        }),
      ]),
    ),
    ...Object.fromEntries(
      KINDS.map((kind) => [
        `data/${kind}.json`,
        readFileSync(join(root, `data/${kind}.json`)),
      ]),
    ),
    ...scripts(),
  };
  const fitted = Object.entries(files).map(([name, bytes]) => [
    name,
    fit(name, bytes),
  ]);
  return {
    ...Object.fromEntries(fitted),
    ...Object.fromEntries(
      words.map(([language, bytes]) => [`lang/${language}.json`, bytes]),
    ),
  };
};

export const write = (folder, files) => {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
};

const page = (name) => readFileSync(join(root, "www", name));
// Pages that publishers do not upload.
const DEVELOPERS = ["states.html", "states.css", "states.js"];

// What reads workbooks in the builder, with the words that its licence asks to be kept.
const workbook = () => {
  const library = join(cache, "node/node_modules/hucre");
  const { name, version } = JSON.parse(
    readFileSync(join(library, "package.json"), "utf8"),
  );
  const licence = readFileSync(join(library, "LICENSE"), "utf8").trim();
  return Buffer.concat([
    Buffer.from(`/*! ${name} ${version}\n\n${licence}\n*/\n`),
    bundle("www/builder/workbook.js", {}, "esm", undefined, {
      "hucre/xlsx": join(library, "dist/xlsx.mjs"),
    }),
  ]);
};

// The page of the iframe form, and what sizes the iframe: no module, so that another site's page
// may load it without CORS.
const frame = () => ({
  "embed.html": page("embed.html"),
  "embed.css": page("embed.css"),
  "embed.js": bundle("www/embed.js"),
  ...Object.fromEntries(
    ["embed-guard.js", "embed-table.js", "frame.js"].map((name) => [
      name,
      bundle("www/" + name, {}, "iife"),
    ]),
  ),
});

export const build = ({
  out = join(root, "dist"),
  version = versionOf(),
} = {}) => {
  const pinned = { ...entries("./"), ...library(), ...frame() };
  const hash = createHash("sha256").update(version);
  for (const [name, bytes] of Object.entries(pinned))
    hash.update(`\0${name}\0${bytes.length}\0`).update(bytes);
  const folder = `${version}-${hash.digest("hex").slice(0, 10)}`;

  rmSync(out, { recursive: true, force: true });
  write(join(out, folder), pinned);
  write(out, { ...entries(`./${folder}/`), ...frame() });
  // What pages name themselves: shipped data, types, the demo with its articles.
  cpSync(join(root, "data"), join(out, "data"), {
    recursive: true,
    filter: (path) => !path.endsWith("schema"),
  });
  write(out, scripts());
  cpSync(join(root, "www/ai-atlas.d.ts"), join(out, "ai-atlas.d.ts"));
  cpSync(join(root, "www/articles"), join(out, "articles"), {
    recursive: true,
  });
  write(out, {
    "custom-elements.json": JSON.stringify(elements(), null, 1) + "\n",
  });
  write(out, {
    "builder.js": bundle("www/builder.js", {
      LANGUAGES: JSON.stringify(Object.keys(languages())),
    }),
    "builder-workbook.js": workbook(),
  });
  const pages = ["demo.css", "demo.js", "builder.css", "builder.html"];
  if (settings.development) pages.push(...DEVELOPERS);
  for (const name of pages) cpSync(join(root, "www", name), join(out, name));
  return folder;
};

// The list of all files, written last: path, size, integrity, and whether it never changes under
// its name.
export const list = (out, folder, version = versionOf()) => {
  const files = filesOf(out)
    .filter((path) => path !== "manifest.json")
    .map((path) => {
      const bytes = readFileSync(join(out, path));
      return {
        path,
        bytes: statSync(join(out, path)).size,
        integrity: integrity(bytes),
        immutable: path.startsWith(folder + "/"),
      };
    });
  writeFileSync(
    join(out, "manifest.json"),
    JSON.stringify(
      {
        name: "ai-atlas",
        version,
        folder,
        entries: Object.keys(ENTRIES).map((entry) => `${entry}.js`),
        entry: "ai-atlas.js",
        pinned: `${folder}/ai-atlas.js`,
        files,
      },
      null,
      1,
    ) + "\n",
  );
};

// Beside each file its compressed forms, for servers that send them as they lie there
// (docs/serving.md). `known` has them for what has not changed, by hash: compressing takes longest.
const FORMS = {
  ".br": (bytes) => brotliCompressSync(bytes),
  ".gz": (bytes) => gzipSync(bytes, { level: 9 }),
};
const compress = (out, known) => {
  for (const path of filesOf(out)) {
    const bytes = readFileSync(join(out, path));
    for (const [ending, form] of Object.entries(FORMS))
      writeFileSync(
        join(out, path + ending),
        known.get(integrity(bytes) + ending) ?? form(bytes),
      );
  }
};

// The compressed forms that lie in a folder from the build before.
const compressed = (out) => {
  const known = new Map();
  if (!existsSync(join(out, "manifest.json"))) return known;
  for (const path of filesOf(out)) {
    for (const ending of Object.keys(FORMS)) {
      const form = join(out, path + ending);
      if (existsSync(form))
        known.set(
          integrity(readFileSync(join(out, path))) + ending,
          readFileSync(form),
        );
    }
  }
  return known;
};

if (
  process.argv[1] &&
  import.meta.url === pathToFileURL(process.argv[1]).href
) {
  const option = (name) =>
    process.argv.includes("--" + name)
      ? process.argv[process.argv.indexOf("--" + name) + 1]
      : undefined;
  const [out, version] = [
    option("out") ?? join(root, "dist"),
    option("version") ?? versionOf(),
  ];
  settings.development = process.argv.includes("--development");
  settings.pkg = resolve(option("pkg") ?? settings.pkg);
  const known = compressed(out);
  const page = option("index");
  const index = page && existsSync(page) && readFileSync(page);
  const folder = build({ out, version });
  if (index) writeFileSync(join(out, "index.html"), index);
  list(out, folder, version);
  if (!settings.development) compress(out, known);
  console.log(folder);
}
