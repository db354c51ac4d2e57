// Coming nearer by wheel, fingers, buttons and keys, while the page keeps its own scrolling.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SCRIPT, finish, open, pageOf, serve } from "./harness.mjs";

const TAG = "atlas-funding-timeline";
let server;
before(async () => {
  server = await serve((path) => {
    const body = `<div style="height:300px"></div><${TAG} src="shipped" ${path === "/still" ? "disable-zoom" : ""}></${TAG}><div style="height:2000px"></div>${SCRIPT}`;
    return (path === "/page" || path === "/still") && { body: pageOf(body) };
  });
});
after(finish);

const start = async (path = "/page", options) => {
  const page = await open("null", server.url + path, options);
  await page.evaluate((tag) => {
    window.changes = [];
    document
      .querySelector(tag)
      .addEventListener("atlas-view-change", ({ detail }) =>
        window.changes.push(detail),
      );
  }, TAG);
  const stage = await page.locator(`${TAG} .stage`).boundingBox();
  const middle = [
    stage.x + stage.width / 2,
    stage.y + Math.min(200, stage.height / 2),
  ];
  return { page, middle };
};
const settled = (page) =>
  page.evaluate(
    (tag) =>
      new Promise((done) =>
        setTimeout(
          () => document.querySelector(tag).updateComplete.then(done),
          350,
        ),
      ),
    TAG,
  );
// The period that is shown, in days; nothing while it is all of it.
const period = (page) =>
  page.evaluate((tag) => {
    const { from, to } = document.querySelector(tag);
    return from && to ? (new Date(to) - new Date(from)) / 864e5 : null;
  }, TAG);
const done = async (page) => {
  assert.deepEqual(page.faults, []);
  await page.context().close();
};

test("the bare wheel scrolls the page and says once how to zoom; with Ctrl it zooms and the page stays", async () => {
  const { page, middle } = await start();
  await page.mouse.move(...middle);
  await page.mouse.wheel(0, 120);
  await page.waitForFunction(() => scrollY > 60);
  assert.equal(await page.locator(`${TAG} .hint`).isVisible(), true);
  assert.equal(await period(page), null);
  const before = await page.evaluate(() => scrollY);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await settled(page);
  const first = await period(page);
  assert.ok(first > 30 && first < 6000, `${first} days`);
  assert.equal(await page.evaluate(() => scrollY), before);
  assert.ok((await page.evaluate(() => window.changes.length)) > 0);
  await done(page);
});

test("a drag pans and selects nothing; a click afterwards is a click", async () => {
  const { page, middle } = await start();
  await page.locator(`${TAG} .zoom button`).first().click();
  await settled(page);
  const from = () =>
    page.evaluate((tag) => document.querySelector(tag).from, TAG);
  const before = await from();
  assert.ok(before);
  await page.mouse.move(...middle);
  await page.mouse.down();
  await page.mouse.move(middle[0] + 80, middle[1], { steps: 4 });
  await page.mouse.up();
  await settled(page);
  assert.ok((await from()) < before, "earlier days have come in from the left");
  assert.equal(
    await page.evaluate((tag) => document.querySelector(tag).selected, TAG),
    "",
  );
  await done(page);
});

test("buttons and keys zoom in, out and back to all", async () => {
  const { page } = await start();
  const [nearer, farther, all] = await page
    .locator(`${TAG} .zoom button`)
    .all();
  assert.equal(await all.getAttribute("aria-disabled"), "true");
  await nearer.click();
  await settled(page);
  const once = await period(page);
  await nearer.click();
  await settled(page);
  const twice = await period(page);
  assert.ok(twice < once, `${twice} < ${once}`);
  await farther.click();
  await settled(page);
  assert.ok(Math.abs((await period(page)) / once - 1) < 0.02);
  await all.click();
  await settled(page);
  assert.equal(await period(page), null);
  await page.locator(`${TAG} [part=item]`).first().focus();
  await page.keyboard.press("+");
  await settled(page);
  assert.ok((await period(page)) > 0);
  await page.keyboard.press("0");
  await settled(page);
  assert.equal(await period(page), null);
  await done(page);
});

test("two fingers zoom, one finger scrolls the page", async () => {
  const { page, middle } = await start("/page", {
    hasTouch: true,
    isMobile: true,
    width: 400,
    height: 1000,
  });
  assert.match(
    await page.evaluate(
      (tag) =>
        getComputedStyle(
          document.querySelector(tag).shadowRoot.querySelector(".stage"),
        ).touchAction,
      TAG,
    ),
    /pan-y/,
  );
  const cdp = await page.context().newCDPSession(page);
  const touch = (type, ...points) =>
    cdp.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: points.map(([x, y], id) => ({ x, y, id })),
    });
  const [x, y] = middle;
  await touch("touchStart", [x, y - 30], [x, y + 30]);
  for (const part of [40, 60, 80])
    await touch("touchMove", [x, y - part], [x, y + part]);
  await touch("touchEnd");
  await settled(page);
  assert.ok((await period(page)) > 0, "nearer");
  const before = await page.evaluate(() => scrollY);
  await touch("touchStart", [x, y]);
  for (let step = 1; step < 10; step++) {
    await touch("touchMove", [x, y - step * 20]);
    await page.waitForTimeout(16);
  }
  await touch("touchEnd");
  await page.waitForFunction((before) => scrollY > before + 50, before);
  await done(page);
});

test("`disable-zoom` takes buttons, wheel and keys away", async () => {
  const { page, middle } = await start("/still");
  assert.equal(await page.locator(`${TAG} .zoom button`).count(), 0);
  await page.mouse.move(...middle);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await page.locator(`${TAG} [part=item]`).first().focus();
  await page.keyboard.press("+");
  await settled(page);
  assert.equal(await period(page), null);
  await done(page);
});

test("a saved view comes back, on another page too, by `restore` and by the attribute", async () => {
  const { page } = await start();
  await page.locator(`${TAG} .zoom button`).first().click();
  await page.locator(`${TAG} .legend button`).first().click();
  await settled(page);
  const saved = await page.evaluate(
    (tag) => document.querySelector(tag).save(),
    TAG,
  );
  assert.ok(
    saved.from && saved.to && saved.hidden.length === 1,
    JSON.stringify(saved),
  );
  const again = await start();
  await again.page.evaluate(
    ([tag, saved]) => document.querySelector(tag).restore(saved),
    [TAG, saved],
  );
  await settled(again.page);
  assert.deepEqual(
    await again.page.evaluate((tag) => document.querySelector(tag).save(), TAG),
    saved,
  );
  await again.page.evaluate((tag) => {
    const element = document.querySelector(tag);
    element.fit();
  }, TAG);
  await settled(again.page);
  assert.equal(await period(again.page), null);
  const { hidden, ...keys } = saved;
  await again.page.evaluate(
    ([tag, view]) => (document.querySelector(tag).view = view),
    [TAG, new URLSearchParams(keys).toString()],
  );
  await settled(again.page);
  assert.ok(Math.abs((await period(again.page)) - (await period(page))) < 1);
  await done(page);
  await done(again.page);
});
