// Which shaders a reader loads: those of the tier that draws, and no others; kernels when there is
// work for them. Without them the next tier draws.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SCRIPT, finish, open, pageOf, serve, settle } from "./harness.mjs";

const SHARE = "atlas-market-share";
let asked = [];
let missing = /(?!)/;
let server;
before(async () => {
  server = await serve((path) => {
    asked.push(/shaders-\w+/.exec(path)?.[0]);
    if (missing.test(path)) return { status: 404, body: "no" };
    const renderer = /^\/draw\/(\w+)/.exec(path)?.[1];
    return (
      renderer && {
        body: pageOf(
          SCRIPT +
            `<${SHARE} src="shipped" loading="eager" lang="en" renderer="${renderer}"></${SHARE}>`,
        ),
      }
    );
  });
});
after(finish);

const draw = async (renderer, gone = /(?!)/) => {
  [asked, missing] = [[], gone];
  const page = await open("gpu", `${server.url}/draw/${renderer}`, {
    height: 2400,
  });
  await settle(page);
  return page;
};
const shaders = () => [...new Set(asked.filter(Boolean))].sort();
const status = (page) =>
  page.evaluate((tag) => document.querySelector(tag).status, SHARE);

for (const [renderer, wanted] of [
  ["webgpu", ["shaders-webgpu"]],
  ["webgl2", ["shaders-webgl2"]],
  ["canvas", []],
])
  test(`${renderer} loads ${wanted.join() || "no shader"}`, async () => {
    const page = await draw(renderer);
    assert.equal((await status(page)).tier, renderer);
    assert.deepEqual(shaders(), wanted);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

test("kernels come with the first transition, and once", async () => {
  const page = await draw("webgpu");
  for (const table of [2, 3, 2]) {
    await page.locator(SHARE).evaluate((element, table) => {
      const list = element.shadowRoot.querySelector(".bar select");
      list.selectedIndex = table;
      list.dispatchEvent(new Event("change"));
    }, table);
    await page.waitForTimeout(400);
    await settle(page);
  }
  assert.deepEqual(asked.filter(Boolean).sort(), [
    "shaders-kernels",
    "shaders-webgpu",
  ]);
  assert.equal((await status(page)).tier, "webgpu");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a server without the shaders gets a picture from the tiers that are left", async () => {
  for (const renderer of ["webgpu", "webgl2"]) {
    const page = await draw(renderer, new RegExp("shaders-" + renderer));
    const { tier, reason, rows } = await status(page);
    // Of the lane's two software devices only the one that was asked for is tried.
    assert.equal(tier, "canvas");
    assert.ok(reason.includes(`${renderer}!: no-shaders`) && rows > 0, reason);
    await page.context().close();
  }
});
