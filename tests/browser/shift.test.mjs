// Nothing that follows a reader's pointer or wheel moves by layout: to a browser that is a shift of
// the page, and it counts against whoever publishes it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { TAGS, finish, open, ready, serve, settle } from "./harness.mjs";

let server;
before(async () => {
  server = await serve();
});
after(finish);

// All shifts; `input` where the browser excuses them, because something was clicked or typed within
// half a second.
const watch = () => {
  globalThis.shifted = [];
  const rect = ({ x, y, width, height }) =>
    [x, y, width, height].map(Math.round).join();
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      shifted.push({
        value,
        input: hadRecentInput,
        what: sources.map(
          ({ node, previousRect, currentRect }) =>
            `${node?.nodeName ?? "in a shadow"} ${rect(previousRect)} → ${rect(currentRect)}`,
        ),
      });
  }).observe({ type: "layout-shift", buffered: true });
};
const EXCUSED_MS = 600;
const taken = async (page) => {
  await page.waitForTimeout(200);
  return page.evaluate(() => shifted.splice(0));
};
const shownAt = async (page, tag) => {
  await page.evaluate(
    (tag) =>
      document
        .querySelector(tag)
        .shadowRoot.querySelector(".stage")
        .scrollIntoView({ block: "start" }),
    tag,
  );
  await page.waitForTimeout(100);
  await settle(page);
  return page.evaluate((tag) => {
    const boxes = [
      ...document.querySelector(tag).shadowRoot.querySelectorAll("[part=item]"),
    ].map((node) => node.getBoundingClientRect());
    return boxes
      .filter(
        ({ top, bottom, width }) =>
          top > 0 && bottom < innerHeight && width > 4,
      )
      .map(({ x, y, width, height }) => [x + width / 2, y + height / 2]);
  }, tag);
};
const card = (page, tag) =>
  page.evaluate(
    (tag) =>
      document
        .querySelector(tag)
        .shadowRoot.querySelector("[part=card]:not([hidden])")?.textContent,
    tag,
  );
// One widget after the other, with frames between: where a page is scrolled in the same frame in
// which something above takes its height, the browser counts what nobody has seen move.
const visit = async () => {
  const page = await open("null", server.url + "/?lang=en&renderer=canvas", {
    init: watch,
    ready: false,
  });
  for (const tag of TAGS) {
    await ready(page, tag);
    await settle(page);
  }
  return page;
};

test("the check sees a card that is moved by its place in the layout", async () => {
  const page = await visit();
  const tag = "atlas-market-share";
  const [mark] = await shownAt(page, tag);
  await page.mouse.move(...mark);
  await page.waitForFunction(
    (tag) =>
      !document.querySelector(tag).shadowRoot.querySelector("[part=card]")
        .hidden,
    tag,
  );
  await taken(page);
  await page.evaluate(
    (tag) =>
      Object.assign(
        document.querySelector(tag).shadowRoot.querySelector("[part=card]")
          .style,
        { left: "90px", top: "90px" },
      ),
    tag,
  );
  assert.ok((await taken(page)).length > 0);
  await page.context().close();
});

test(
  "a visit of twenty hovers and nine clicks in the article shifts nothing",
  { timeout: 60_000 },
  async () => {
    const page = await visit();
    assert.deepEqual(await taken(page), [], "loading");
    let hovers = 0;
    let cards = 0;
    for (const tag of TAGS) {
      const marks = await shownAt(page, tag);
      await taken(page);
      await page.waitForTimeout(EXCUSED_MS);
      for (let i = 0; i < 7; i++, hovers++) {
        await page.mouse.move(...marks[(i * 7) % marks.length], { steps: 3 });
        await page.waitForTimeout(70);
        if (await card(page, tag)) cards++;
      }
      assert.deepEqual(await taken(page), [], `${tag}: hovers`);
      for (let i = 0; i < 3; i++) {
        await page.mouse.click(...marks[(i * 5) % marks.length]);
        await page.waitForTimeout(EXCUSED_MS + 100);
      }
      assert.deepEqual(
        (await taken(page)).filter(({ input }) => !input),
        [],
        `${tag}: clicks`,
      );
      await page.keyboard.press("Escape");
    }
    assert.ok(
      hovers >= 20 && cards >= 12,
      `${cards} cards in ${hovers} hovers`,
    );
    assert.deepEqual(page.faults, []);
    await page.context().close();
  },
);

test(
  "coming nearer by the wheel, and dragging on, shifts nothing: labels move with the picture, not with the layout",
  { timeout: 60_000 },
  async () => {
    const page = await visit();
    for (const tag of TAGS) {
      await shownAt(page, tag);
      if (!(await page.locator(`${tag} .zoom button`).count())) continue;
      const box = await page.locator(`${tag} .stage`).boundingBox();
      const [x, y] = [
        box.x + box.width / 2,
        box.y + Math.min(250, box.height / 2),
      ];
      const labels = () =>
        page.evaluate(
          (tag) =>
            [
              ...document
                .querySelector(tag)
                .shadowRoot.querySelectorAll("[part=label]"),
            ]
              .map(
                (node) =>
                  node.textContent + Math.round(node.getBoundingClientRect().x),
              )
              .join(),
          tag,
        );
      const before = await labels();
      await page.mouse.move(x, y);
      await page.keyboard.down("Control");
      await page.waitForTimeout(EXCUSED_MS);
      await taken(page);
      for (let i = 0; i < 5; i++) {
        await page.mouse.wheel(0, -100);
        await page.waitForTimeout(120);
      }
      await settle(page);
      assert.notEqual(await labels(), before, `${tag}: labels have moved`);
      assert.deepEqual(await taken(page), [], `${tag}: wheel`);
      await page.keyboard.up("Control");
      await page.mouse.down();
      await page.waitForTimeout(EXCUSED_MS);
      for (let i = 0; i < 6; i++) {
        await page.mouse.move(x + 15 * i, y);
        await page.waitForTimeout(120);
      }
      await settle(page);
      assert.deepEqual(await taken(page), [], `${tag}: drag`);
      await page.mouse.up();
      await page.mouse.wheel(0, 60); // says how to zoom
      await page.waitForTimeout(100);
      assert.deepEqual(
        (await taken(page)).filter(({ input }) => !input),
        [],
        `${tag}: hint`,
      );
    }
    await page.context().close();
  },
);
