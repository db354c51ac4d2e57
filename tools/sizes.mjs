// Prints what readers download, as JSON: raw and brotli 11 bytes of every file, and the sum of each
// bundle in each tier. Fails where a sum is over its limit, or differs from the committed record
// (tools/sizes.json) by more than two per cent: a change that is worth its bytes says so and writes
// the record anew. Usage: node tools/sizes.mjs [--record]
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

import { ENTRIES, ON_DEMAND, engineOf, languages } from "./dist.mjs";

const RECORD = new URL("sizes.json", import.meta.url);
const TOLERANCE = 0.02;
// Brotli, without data; in bytes.
const LIMIT_ONE_WIDGET = 200_000;
const LIMIT_ALL = 290_000;
const onDemand = {
  "tables.wasm": ON_DEMAND["table-reader"],
  ...Object.fromEntries(
    Object.entries(ON_DEMAND).map(([name, why]) => [`${name}.js`, why]),
  ),
  "shaders-kernels.js": "a transition, or 65,536 rows, with WebGPU",
  ...Object.fromEntries(
    Object.keys(languages()).map((language) => [
      `lang/${language}.json`,
      ON_DEMAND.language,
    ]),
  ),
};

const limitOf = (entry) =>
  ENTRIES[entry].length > 1 ? LIMIT_ALL : LIMIT_ONE_WIDGET;

// One wasm paints in all three tiers that draw, with the shaders of its tier; without WebAssembly
// there is the table.
const tiersOf = (entry) => {
  const drawn = [`${entry}.js`, engineOf(entry), `${entry}.wasm`];
  return {
    webgpu: [...drawn, "shaders-webgpu.js"],
    webgl2: [...drawn, "shaders-webgl2.js"],
    canvas: drawn,
    static: [
      `${entry}.js`,
      engineOf(entry),
      "static-table.js",
      "data-table.js",
    ],
  };
};

export const measure = () => {
  const { folder } = JSON.parse(
    readFileSync(new URL("../dist/manifest.json", import.meta.url)),
  );
  const weigh = (file) => {
    const bytes = readFileSync(
      new URL(
        `${ENTRIES[file.slice(0, -3)] ? "" : `${folder}/`}${file}`,
        new URL("../dist/", import.meta.url),
      ),
    );
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 24,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    };
    return {
      raw: bytes.length,
      brotli: brotliCompressSync(bytes, { params }).length,
    };
  };
  const names = new Set([
    ...Object.keys(ENTRIES).flatMap((entry) =>
      Object.values(tiersOf(entry)).flat(),
    ),
    ...Object.keys(onDemand),
  ]);
  const files = Object.fromEntries(
    [...names].sort().map((file) => [file, weigh(file)]),
  );
  const sum = (list) => list.reduce((sum, file) => sum + files[file].brotli, 0);
  const bundles = Object.fromEntries(
    Object.keys(ENTRIES).map((entry) => [
      entry,
      Object.fromEntries(
        Object.entries(tiersOf(entry)).map(([tier, list]) => [tier, sum(list)]),
      ),
    ]),
  );
  return { files, bundles, onDemand };
};

// What is wrong with those sums, in words; nothing where all is well.
export const faults = (bundles, record) => {
  const found = [];
  for (const [entry, tiers] of Object.entries(bundles)) {
    for (const [tier, bytes] of Object.entries(tiers)) {
      const before = record[entry]?.[tier];
      if (!(bytes > 0)) found.push(`${entry}, ${tier}: nothing was measured`);
      if (bytes > limitOf(entry))
        found.push(
          `${entry}, ${tier}: ${bytes} B, the limit is ${limitOf(entry)}`,
        );
      if (!(Math.abs(bytes / before - 1) <= TOLERANCE))
        found.push(`${entry}, ${tier}: ${bytes} B, the record says ${before}`);
    }
  }
  return found;
};

export const readRecord = () => JSON.parse(readFileSync(RECORD, "utf8"));

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const measured = measure();
  if (process.argv.includes("--record"))
    writeFileSync(RECORD, JSON.stringify(measured.bundles, null, 1) + "\n");
  const wrong = faults(measured.bundles, readRecord());
  console.log(
    JSON.stringify(
      {
        ...measured,
        limits: { one: LIMIT_ONE_WIDGET, all: LIMIT_ALL },
        faults: wrong,
      },
      null,
      2,
    ),
  );
  if (wrong.length) process.exitCode = 1;
}
