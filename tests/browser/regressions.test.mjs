// What a first reader stumbled over: boxes without a width, focus that gets lost, a GPU that dies,
// paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  LANES,
  SCRIPT,
  TAGS,
  colours,
  finish,
  open,
  pageOf,
  picture,
  serve,
  settle,
} from "./harness.mjs";

const SHARE = "atlas-market-share";
const BOXES = [
  "flex",
  "flex; flex-direction: column; align-items: center",
  "grid; justify-items: start",
  "inline-block",
  "table-cell",
  "block; float: left",
];
LANES.kill = { args: [...LANES.gpu.args, "--enable-gpu-benchmarking"] };

let server;
before(async () => {
  const widget = `<${SHARE} src="shipped" loading="eager" renderer="canvas"></${SHARE}>`;
  server = await serve((path) => {
    if (path === "/boxes")
      return {
        body: pageOf(
          SCRIPT +
            BOXES.map(
              (box) =>
                `<div style="width: 700px; overflow: hidden"><div style="display: ${box}">${widget}</div></div>`,
            ).join(""),
        ),
      };
    if (path === "/hidden")
      return { body: pageOf(`${SCRIPT}<div hidden>${widget}</div>`) };
  });
});
after(finish);

const focused = (page, tag) =>
  page.evaluate(
    (tag) => document.querySelector(tag).shadowRoot.activeElement?.role ?? null,
    tag,
  );

test("an element in a box that fits its content takes the width there is", async () => {
  const page = await open("null", server.url + "/boxes");
  const widths = await page.evaluate(
    (tag) =>
      [...document.querySelectorAll(tag)].map((one) => [
        one.clientWidth,
        one.shadowRoot.querySelector("canvas").width,
      ]),
    SHARE,
  );
  assert.deepEqual(
    widths,
    BOXES.map(() => [700, 700]),
  );
  await page.context().close();
});

test("updateComplete of an element that is not shown resolves, and it draws when it is", async () => {
  const page = await open("null", server.url + "/hidden", { ready: false });
  await page.waitForFunction(
    (tag) => document.querySelector(tag).status?.rows > 0,
    SHARE,
  );
  await settle(page);
  await page.evaluate(
    () => (document.querySelector("[hidden]").hidden = false),
  );
  await page.waitForFunction(
    (tag) => document.querySelector(tag).dataset.tier,
    SHARE,
  );
  assert.ok(colours(await picture(page, SHARE)) >= 3);
  await page.context().close();
});

test("the focus comes back from the card and stays in the picture when its mark goes", async () => {
  const page = await open("null", server.url + "/?renderer=canvas");
  await page.locator(SHARE + ' [part=item][tabindex="0"]').focus();
  for (const key of ["PageDown", "ArrowDown", "Enter"])
    await page.keyboard.press(key);
  await page.locator(SHARE + " .card.pin").waitFor();
  await page.keyboard.press("Tab");
  assert.equal(
    await page.evaluate(
      (tag) => document.querySelector(tag).shadowRoot.activeElement.className,
      SHARE,
    ),
    "x",
  );
  await page.keyboard.press("Enter");
  await settle(page);
  assert.equal(await focused(page, SHARE), "treeitem");
  assert.ok(await page.locator(SHARE + " .card").isHidden());
  await page.evaluate(
    (tag) => (document.querySelector(tag).table = "hbm-2023"),
    SHARE,
  );
  await settle(page);
  assert.equal(await focused(page, SHARE), "treeitem");
  await page.context().close();
});

test("on a phone the mark that has the focus is in sight, above the sheet", async () => {
  const page = await open("null", server.url + "/?renderer=canvas", {
    width: 320,
    height: 568,
  });
  for (const tag of TAGS) {
    await page.locator(tag + ' [part=item][tabindex="0"]').focus();
    for (const key of [
      "PageDown",
      "PageDown",
      "End",
      "ArrowDown",
      ...Array(12).fill("PageUp"),
      "Home",
    ]) {
      await page.keyboard.press(key);
      await settle(page);
      const [top, bottom, sheet] = await page.evaluate((tag) => {
        const { activeElement, querySelector } =
          document.querySelector(tag).shadowRoot;
        const box = activeElement.getBoundingClientRect();
        const card = querySelector
          .call(document.querySelector(tag).shadowRoot, ".card")
          .getBoundingClientRect();
        return [box.top, box.bottom, card.height ? card.top : innerHeight];
      }, tag);
      assert.ok(
        bottom > 0 && top < sheet,
        `${tag} after ${key}: mark ${top} to ${bottom}, sheet from ${sheet}`,
      );
    }
  }
  await page.context().close();
});

test("at 400 % the picture is as tall as its names say", async () => {
  const page = await open("null", server.url + "/?renderer=canvas", {
    width: 320,
    height: 256,
    deviceScaleFactor: 4,
  });
  for (const tag of TAGS) {
    const [across, down] = await page.evaluate((tag) => {
      const canvas = document
        .querySelector(tag)
        .shadowRoot.querySelector("canvas");
      return [
        canvas.width / canvas.clientWidth,
        canvas.height / canvas.clientHeight,
      ];
    }, tag);
    assert.ok(
      Math.abs(across / down - 1) < 0.01,
      `${tag}: ${across} device pixels across, ${down} down`,
    );
  }
  await page.context().close();
});

for (const renderer of ["webgpu", "webgl2"]) {
  test(`the pictures come back after the GPU process has died (${renderer})`, async () => {
    const page = await open("kill", `${server.url}/?renderer=${renderer}`);
    await page.evaluate(() => chrome.gpuBenchmarking.crashGpuProcess());
    await page.waitForTimeout(300);
    for (const tag of TAGS) {
      await page.waitForFunction(
        (tag) =>
          new Set(
            new Uint32Array(
              document
                .querySelector(tag)
                .shadowRoot.querySelector("canvas")
                .getContext("2d")
                .getImageData(0, 0, 800, 400).data.buffer,
            ),
          ).size > 8,
        tag,
      );
    }
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test("on paper the labels keep their places in a picture that is too large to be drawn anew", async () => {
  const page = await open("null", server.url + "/articles/columns.html");
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 700, height: 900 });
  // A printer lays out at once: what is read in the same task was not drawn anew.
  const widths = await page.evaluate(
    (tags) =>
      tags.map((tag) => [
        tag,
        document
          .querySelector(tag)
          .shadowRoot.querySelector(".stage")
          .style.getPropertyValue("--screen-width"),
        document.querySelector(tag).shadowRoot.querySelector("canvas")
          .clientWidth,
      ]),
    TAGS,
  );
  for (const [tag, painted, width] of widths)
    assert.equal(`${width}px`, painted, tag);
  await page.context().close();
});

test("an engine that never says anything is given up, and the data is a table", async () => {
  const mute = await serve(
    (path) => path === "/engine.js" && { body: "onmessage = () => {};" },
  );
  // Long waits pass quickly here.
  const init = () => {
    const wait = setInterval;
    globalThis.setInterval = (run, ms, ...rest) => wait(run, ms / 100, ...rest);
  };
  const page = await open("null", mute.url + "/articles/plain.html", {
    ready: false,
    init,
  });
  await page.waitForFunction(
    (tag) => document.querySelector(tag).status?.reason === "no-answer",
    SHARE,
  );
  await page.locator(SHARE + " table").waitFor();
  await page.context().close();
});
