// The core of the fault matrix; `make test-faults` runs the whole of it, in three browsers.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { finish } from "./faults/lanes.mjs";
import { CHECKS, plan, strike } from "./faults/matrix.mjs";
import { finish as finishServers } from "./harness.mjs";

after(async () => {
  await finish();
  await finishServers();
});

for (const [fault, lane] of plan(true))
  test(`${fault.what} (${lane}): each widget ends ${[...new Set(Object.values(fault.want).flat())].join(" or ")}`, async (t) => {
    const { wrong, cells } = await strike(fault, lane);
    t.diagnostic(
      cells
        .map(({ tag, outcome, reason }) => `${tag}: ${outcome} ${reason ?? ""}`)
        .join("; "),
    );
    assert.deepEqual(wrong, []);
    assert.equal(cells.length, (fault.only ?? [1, 2, 3]).length);
  });

for (const [what, fault] of Object.entries(CHECKS))
  test(`the matrix sees ${what}`, async () => {
    const { wrong } = await strike(fault, "canvas");
    assert.ok(
      wrong.some((text) => fault.sees.test(text)),
      JSON.stringify(wrong),
    );
  });
