// The types say what the elements take: a page that uses them rightly compiles, and each wrong use
// is an error.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { declarations } from "../../tools/declarations.mjs";
import { require, root } from "./harness.mjs";

const tsc = require.resolve("typescript/bin/tsc");

const compile = (page) => {
  const folder = mkdtempSync(join(tmpdir(), "atlas-types-"));
  writeFileSync(
    join(folder, "page.ts"),
    `import { AtlasElement } from ${JSON.stringify(join(root, "www/ai-atlas.d.ts").replace(/\.d\.ts$/, ""))};\n${page}`,
  );
  const { stdout } = spawnSync(
    process.execPath,
    [
      tsc,
      "--noEmit",
      "--strict",
      "--target",
      "es2022",
      "--moduleResolution",
      "bundler",
      "--module",
      "es2022",
      "--lib",
      "es2023,dom",
      join(folder, "page.ts"),
    ],
    { encoding: "utf8" },
  );
  rmSync(folder, { recursive: true });
  return stdout.split("\n").filter((line) => line.includes("error"));
};

const RIGHT = `
const share = document.querySelector('atlas-market-share')!;
share.addEventListener('atlas-select', ({ detail }) => detail.entity?.toUpperCase());
share.addEventListener('error', ({ detail }) => detail.code.length + (detail.line ?? 0));
share.theme = 'dark';
const done: Promise<void> = share.setColumns({ value: new Float64Array(2), label: ['a', 'b'], levels: [{ codes: new Uint32Array(2), names: ['g'] }] });
const rows: number = share.status.rows;
const chain = document.createElement('atlas-value-chain');
chain.framework = 'nia';
chain.restore(chain.save());
const timeline = document.createElement('atlas-funding-timeline');
timeline.setColumns({ date: new BigInt64Array(1), amount: new Float64Array(1) }).then(() => timeline.fit());
timeline.toBlob({ scale: 2 }).then((blob) => blob?.size);
AtlasElement.read(new Uint8Array(1)).then(({ error }) => error?.ko.length);
`;

test("the published types are what the code says: node tools/declarations.mjs --write", async () => {
  const published = readFileSync(join(root, "www/ai-atlas.d.ts"), "utf8");
  assert.equal(published, await declarations());
});

test("a page that uses the elements as documented compiles", () => {
  assert.deepEqual(compile(RIGHT), []);
});

test("wrong uses are errors", () => {
  const wrong = [
    "share.theme = 'blue';",
    "share.setColumns({ label: [] });",
    "share.status.rows = 1;",
    "AtlasElement.read('text');",
    "chain.table = 'x';",
    "timeline.setColumns({ date: 1, amount: new Float64Array(1) });",
  ];
  const faults = compile(RIGHT + wrong.join("\n"));
  assert.equal(faults.length, wrong.length, faults.join("\n"));
});
