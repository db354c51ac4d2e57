// What the widgets ask of the GPU, by wrapped prototypes: a few calls a frame, none when nothing
// moves, and no shader before the first picture.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";

import { counting, frames } from "./frames.mjs";
import {
  SCRIPT,
  TAGS,
  finish,
  open,
  pageOf,
  root,
  serve,
  settle,
} from "./harness.mjs";

after(finish);

const MOST_CALLS = 24;
const MOST_MOVE_CALLS = 8;
// Of a frame in which pipelines are made or marks sent: the first picture, the first transition,
// which is worked out without kernels, and the first frame with them.
const MOST_FIRST_CALLS = 90;
const MOST_FIRST_BYTES = 24_576;
const MOST_BYTES = 2048;

const element = (path) => {
  const [, tag, renderer] = path.split("/");
  return (
    tag?.startsWith("atlas-") && {
      body: pageOf(
        `${SCRIPT}<${tag} src="shipped" loading="eager" lang="en" renderer="${renderer}"></${tag}>`,
      ),
    }
  );
};
const count = counting();
const server = await serve((path) => count(path) || element(path));
const begin = async (tag, renderer, options) => {
  const page = await open("gpu", `${server.url}/${tag}/${renderer}`, {
    height: 2400,
    ...options,
  });
  await settle(page);
  assert.equal(
    await page.evaluate((tag) => document.querySelector(tag).status.tier, tag),
    renderer,
  );
  return page;
};
const told = ({ list }) =>
  list
    .map(({ type, calls, bytes }) => `${type} ${calls} calls ${bytes} B`)
    .join(", ") || "nothing";
const end = async (page) => {
  assert.deepEqual(page.faults, []);
  await page.context().close();
};

for (const renderer of ["webgpu", "webgl2"])
  for (const tag of TAGS)
    test(`${tag}, ${renderer}: few calls a frame, and none at rest`, async (t) => {
      const page = await begin(tag, renderer, { reducedMotion: "reduce" });
      const first = await frames(page);
      t.diagnostic(`${tag}, first: ${told(first)}`);
      assert.ok(
        first.list.some(({ calls, bytes }) => calls > 5 && bytes > 500),
        `the count sees nothing: ${told(first)}`,
      );

      await page.waitForTimeout(1000);
      const rest = await frames(page);
      assert.deepEqual(
        [rest.list.length, rest.rest.calls],
        [0, 0],
        `at rest: ${told(rest)}`,
      );

      // The same again: what is on the GPU is not sent once more.
      await page.evaluate(
        (tag) =>
          document
            .querySelector(tag)
            .restore(document.querySelector(tag).save()),
        tag,
      );
      await settle(page);
      const again = await frames(page);
      t.diagnostic(`full redraw: ${told(again)}`);
      assert.ok(again.list.length > 0);
      for (const { calls, bytes, by } of again.list)
        assert.ok(
          calls > 0 && calls <= MOST_CALLS && bytes <= MOST_BYTES,
          JSON.stringify(by),
        );

      const stage = await page.locator(`${tag} .stage`).boundingBox();
      for (let i = 0; i < 10; i++) {
        await page.mouse.move(stage.x + 80 + i * 90, stage.y + 120 + i * 25);
        await settle(page);
      }
      const moves = await frames(page);
      t.diagnostic(`ten moves of the pointer: ${told(moves)}`);
      const hits = await page.evaluate(
        (tag) =>
          document
            .querySelector(tag)
            .shadowRoot.querySelector(".stage")
            .classList.contains("hit"),
        tag,
      );
      assert.ok(
        hits || moves.list.length || tag !== "atlas-market-share",
        "the pointer met nothing",
      );
      // Only the chain shows what the pointer is at in its picture: it is another picture then.
      const most = tag === "atlas-value-chain" ? MOST_CALLS : 0;
      for (const { calls, by } of moves.list)
        assert.ok(calls <= most, JSON.stringify(by));
      await page.mouse.move(stage.x + 80 + 9 * 90 + 1, stage.y + 120 + 9 * 25);
      await settle(page);
      const same = await frames(page);
      assert.ok(
        same.list.every(({ calls }) => calls <= MOST_MOVE_CALLS),
        `a move within one mark: ${told(same)}`,
      );

      const zooms = await page.evaluate(
        (tag) =>
          document
            .querySelector(tag)
            .shadowRoot.querySelectorAll(".zoom button").length > 0,
        tag,
      );
      await page.mouse.move(0, 0);
      await settle(page);
      if (zooms) {
        await frames(page);
        const { x, y, width, height } = stage;
        await page.mouse.move(x + width / 2, y + Math.min(height / 2, 300));
        await settle(page);
        await frames(page);
        for (let i = 0; i < 6; i++) {
          await page.keyboard.down("Control");
          await page.mouse.wheel(0, -60);
          await page.keyboard.up("Control");
          await settle(page);
        }
        const zoom = await frames(page);
        t.diagnostic(`zoom: ${told(zoom)}`);
        assert.ok(zoom.list.length >= 3, told(zoom));
        for (const { calls, by } of zoom.list)
          assert.ok(calls > 0 && calls <= MOST_CALLS, JSON.stringify(by));
        // The first step may meet another picture: what the pointer was at. Then only the reader
        // moves.
        if (tag === "atlas-value-chain")
          for (const { bytes, by } of zoom.list.slice(1))
            assert.ok(bytes <= MOST_BYTES, JSON.stringify(by));
      }
      await end(page);
    });

test("the limits that the host's script repeats are those of the engine", () => {
  const number = (file, pattern) => {
    const [, digits] = pattern.exec(readFileSync(join(root, file), "utf8"));
    return Number(digits.replaceAll("_", ""));
  };
  const host = "www/host/render-frame.js";
  assert.equal(
    number(host, /MIN_KERNEL_ROWS = ([\d_]+);/),
    number("compute/src/kernel/mod.rs", /Kernel::Cull [^>]*=> ([\d_]+),/),
  );
  assert.equal(
    number(host, /MAX_PX = ([\d_]+);/),
    number("compute/src/clip.rs", /MAX_SIDE_PX: u32 = ([\d_]+);/),
  );
});

test("a transition of the treemap and of the timeline sends a number a frame", async (t) => {
  for (const [tag, change] of [
    [
      "atlas-market-share",
      (element) => {
        const list = element.shadowRoot.querySelector(".bar select");
        list.selectedIndex = list.selectedIndex === 2 ? 3 : 2;
        list.dispatchEvent(new Event("change"));
      },
    ],
    [
      "atlas-funding-timeline",
      (element) =>
        element.shadowRoot.querySelectorAll(".legend button")[0].click(),
    ],
  ]) {
    const page = await begin(tag, "webgpu");
    await page.mouse.move(0, 0);
    // The first transition asks for the kernels, and is worked out without.
    const kernels = page
      .context()
      .waitForEvent("response", (response) =>
        response.url().endsWith("shaders-kernels.js"),
      );
    await page.locator(tag).evaluate(change);
    await kernels;
    await page.waitForTimeout(500);
    await settle(page);
    const first = await frames(page);
    t.diagnostic(`${tag}, first: ${told(first)}`);
    await page.locator(tag).evaluate(change);
    await page.waitForTimeout(500);
    await settle(page);
    const found = await frames(page);
    t.diagnostic(`${tag}: ${told(found)}`);
    const moving = found.list.filter(({ type }) => type === "frame");
    assert.ok(moving.length >= 3, told(found));
    assert.ok(first.list.length >= 3, told(first));
    for (const { calls, bytes, by } of [...first.list, moving[0]])
      assert.ok(
        calls <= MOST_FIRST_CALLS && bytes <= MOST_FIRST_BYTES,
        `${bytes} ${JSON.stringify(by)}`,
      );
    for (const { calls, bytes, by } of [...moving.slice(1), found.list.at(-1)])
      assert.ok(
        calls <= MOST_CALLS && bytes <= MOST_BYTES,
        `${bytes} ${JSON.stringify(by)}`,
      );
    await end(page);
  }
});

test("the first picture waits for no shader: pipelines are few, and made once behind it", async (t) => {
  // A GPU that is a real one as far as the engine can tell, with a compiler that takes its time for
  // everything.
  const slow = () => {
    for (const of of [GPUAdapterInfo, GPUAdapter])
      if ("isFallbackAdapter" in of.prototype)
        Object.defineProperty(of.prototype, "isFallbackAdapter", {
          get: () => false,
        });
    for (const name of [
      "createShaderModule",
      "createRenderPipeline",
      "createComputePipeline",
    ]) {
      const real = GPUDevice.prototype[name];
      GPUDevice.prototype[name] = function (...all) {
        self.log.push(name);
        for (const end = performance.now() + 60; performance.now() < end;);
        return real.apply(this, all);
      };
    }
  };
  const slowly = counting(slow);
  const server = await serve(
    (path) =>
      slowly(path) ||
      (path === "/all" && {
        body: pageOf(
          SCRIPT +
            TAGS.map(
              (tag) =>
                `<${tag} src="shipped" loading="eager" lang="en"></${tag}>`,
            ).join(""),
        ),
      }),
  );
  // On a busy machine a software GPU may not answer in the time that a tier has: then the page is
  // loaded anew.
  let page;
  for (let load = 0; load < 4; load++) {
    await page?.context().close();
    page = await open("gpu", `${server.url}/all`, { height: 4000 });
    const opened = () =>
      page.waitForFunction(
        (tags) =>
          tags.every(
            (tag) => document.querySelector(tag).status.tier === "webgpu",
          ),
        TAGS,
        { timeout: 8000 },
      );
    if (await opened().catch(() => false)) break;
    t.diagnostic(
      await page.evaluate(
        (tag) => document.querySelector(tag).status.reason,
        TAGS[0],
      ),
    );
  }
  const log = await page.workers()[0].evaluate(() => self.log);
  t.diagnostic(log.join(", "));
  const first = log.findIndex((what) => what.startsWith("create"));
  assert.ok(
    log.indexOf("scene canvas") >= 0 && log.indexOf("scene canvas") < first,
    "a picture came before any shader",
  );
  const made = (name) => log.filter((what) => what === name).length;
  assert.ok(
    made("createRenderPipeline") === 3 &&
      made("createComputePipeline") <= 2 &&
      made("createShaderModule") <= 4,
    "few, and once for all widgets",
  );
  assert.ok(
    log.lastIndexOf("createRenderPipeline") < log.indexOf("scene webgpu"),
    "and not within a frame",
  );
  await end(page);
});
