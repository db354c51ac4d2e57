// What readers download stays within its limits and does not grow unnoticed.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { ENTRIES, engineOf } from "../../tools/dist.mjs";
import { faults, measure, readRecord } from "../../tools/sizes.mjs";
import { finish, open, pageOf, ready, root, serve } from "./harness.mjs";

after(finish);

test("every bundle is within its limit and within two per cent of the record", () => {
  const { files, bundles } = measure();
  console.log(
    `# B brotli: ${Object.entries(bundles)
      .map(
        ([name, tiers]) =>
          `${name} ${Object.entries(tiers)
            .map(([tier, sum]) => `${tier} ${sum}`)
            .join(", ")}`,
      )
      .join("; ")}`,
  );
  assert.ok(
    Object.values(files).every(({ brotli }) => brotli > 500),
    "a file is missing or empty",
  );
  assert.deepEqual(faults(bundles, readRecord()), []);
});

test("the README says the sizes of the record, rounded up", () => {
  const kB = (bytes) => Math.ceil(bytes / 1000);
  const record = readRecord();
  const readme = readFileSync(join(root, "README.md"), "utf8");
  for (const [entry, { webgpu, webgl2, canvas }] of Object.entries(record)) {
    const [, ...said] = RegExp(
      `^\\| \`${entry}\\.js\`[^|]*\\| (\\d+) \\| (\\d+) \\| (\\d+) \\|$`,
      "m",
    ).exec(readme);
    assert.deepEqual(said.map(Number), [webgpu, webgl2, canvas].map(kB), entry);
  }
  const [, bare] = /without WebAssembly take (\d+) kB/.exec(readme);
  const largest = Math.max(...Object.values(record).map((one) => one.static));
  assert.equal(Number(bare), kB(largest));
});

test("the table of what is loaded on demand names every file with about its size", () => {
  const { files, onDemand } = measure();
  const table = readFileSync(join(root, "docs/measurements.md"), "utf8");
  const rows = [...table.matchAll(/^\| `([\w./-]+)` \| ([\d,]+) \|/gm)];
  const said = Object.fromEntries(
    rows.map(([, name, bytes]) => [name, Number(bytes.replace(",", ""))]),
  );
  assert.deepEqual(
    Object.keys(said).toSorted(),
    Object.keys(onDemand).toSorted(),
  );
  for (const [name, bytes] of Object.entries(said))
    assert.ok(
      Math.abs(bytes - files[name].brotli) < 100,
      `${name}: ${files[name].brotli} B`,
    );
});

test("the check sees a bundle that grew, one that is over its limit and one that was not measured", () => {
  const record = { "market-share": { canvas: 100_000 } };
  assert.match(
    String(faults({ "market-share": { canvas: 103_000 } }, record)),
    /the record says 100000/,
  );
  assert.match(
    String(faults({ "market-share": { canvas: 200_001 } }, record)),
    /the limit is 200000/,
  );
  assert.match(
    String(faults({ "market-share": { canvas: 0 } }, record)),
    /nothing was measured/,
  );
  assert.deepEqual(faults({ "market-share": { canvas: 101_000 } }, record), []);
});

for (const [entry, kinds] of Object.entries(ENTRIES))
  test(`a page with ${entry}.js loads its own engine and wasm, declared data and nothing else`, async () => {
    const body = pageOf(
      `${kinds.map((kind) => `<atlas-${kind} src="shipped" loading="eager"></atlas-${kind}>`).join("")}<script type="module" src="/${entry}.js"></script>`,
    );
    const server = await serve((path) => path === "/page" && { body });
    const page = await open("null", server.url + "/page", { ready: false });
    for (const kind of kinds) await ready(page, "atlas-" + kind);
    assert.deepEqual(
      server.log.toSorted(),
      [
        "/page",
        `/${entry}.js`,
        `/${engineOf(entry)}`,
        `/${entry}.wasm`,
        ...kinds.map((kind) => `/data/${kind}.json`),
      ].toSorted(),
    );
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
