// The package in what web developers build with, in short: `make test-frameworks` does all of them.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { FRAMEWORKS, SHORT, tidy } from "../frameworks/run.mjs";
import { root } from "./harness.mjs";

after(tidy);

const WHAT = {
  minify: "every shipped script passes through terser, swc and esbuild",
  typescript:
    "strict pages compile with what package managers resolve to, and JSX of React and Preact knows every attribute and event, and no other",
  esbuild:
    "a page built by esbuild paints with the files where it says they lie",
  webpack:
    "a page built by webpack for production, with its default minimiser, paints",
};
for (const name of SHORT)
  test(WHAT[name], { timeout: 600_000 }, FRAMEWORKS[name]);

test("every page of tests/frameworks names exact versions, and is tried", () => {
  const folder = join(root, "tests/frameworks");
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  assert.ok(names.length >= 13);
  for (const name of names) {
    assert.ok(FRAMEWORKS[name], name);
    const { dependencies = {}, devDependencies } = JSON.parse(
      readFileSync(join(folder, name, "package.json")),
    );
    for (const [one, version] of Object.entries({
      ...dependencies,
      ...devDependencies,
    }))
      assert.match(version, /^\d+\.\d+\.\d+$/, `${name}: ${one}`);
    assert.doesNotMatch(
      readFileSync(join(folder, name, "package-lock.json"), "utf8"),
      /"resolved"/,
      `${name}: the lock file names a host`,
    );
  }
});
