// What readers download stays within its limits and does not grow unnoticed.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { ENTRIES, engineOf } from "../../tools/dist.mjs";
import { faults, measure, readRecord } from "../../tools/sizes.mjs";
import { finish, open, pageOf, ready, serve } from "./harness.mjs";

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
