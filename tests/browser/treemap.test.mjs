// The treemap in the hands of a reader: opening and coming back, periods, a million leaves in
// columns.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { SCRIPT, finish, open, pageOf, serve, settle } from "./harness.mjs";

after(finish);

const TAG = "atlas-market-share";
const NESTED = {
  kind: "ai-atlas/market-share",
  title: "World",
  table_kind: "parts",
  unit: "companies",
  items: [
    {
      label: "Asia",
      items: [
        {
          label: "Korea",
          items: [
            { label: "A", value: 20 },
            { label: "B", value: 5 },
          ],
        },
        { label: "Japan", items: [{ label: "C", value: 15 }] },
      ],
    },
    {
      label: "Europe",
      items: [
        { label: "D", value: 30 },
        { label: "E", value: 10 },
      ],
    },
  ],
};
const server = await serve(
  (path) =>
    path === "/bare" && {
      body: pageOf(
        `${SCRIPT}<${TAG} lang="en" renderer="canvas" loading="eager"></${TAG}>`,
        { lang: "en" },
      ),
    },
);
const show = async (data, options) => {
  const page = await open("null", server.url + "/bare", {
    ...options,
    reducedMotion: "reduce",
  });
  if (data) {
    await page.evaluate(
      async ([tag, data]) => {
        const element = document.querySelector(tag);
        const loaded = new Promise((done) =>
          element.addEventListener("load", done, { once: true }),
        );
        element.data = data;
        await loaded;
        await element.updateComplete;
        element.heard = [];
        element.addEventListener("atlas-view-change", ({ detail }) =>
          element.heard.push(detail),
        );
      },
      [TAG, data],
    );
    await settle(page);
  }
  return page;
};
const names = (page) =>
  page.evaluate(
    (tag) =>
      [
        ...document
          .querySelector(tag)
          .shadowRoot.querySelectorAll("[part=item]"),
      ].map((node) => node.ariaLabel.split(":")[0]),
    TAG,
  );
const crumbs = (page) =>
  page.evaluate(
    (tag) =>
      [
        ...document.querySelector(tag).shadowRoot.querySelectorAll(".crumb"),
      ].map((node) => node.textContent),
    TAG,
  );
const key = async (page, name) => {
  await page.keyboard.press(name);
  await settle(page);
};

test("A header opens its group by a click, breadcrumbs and Escape lead back, and the page hears of it", async () => {
  const page = await show(NESTED);
  await page
    .locator(`${TAG} .labels span`)
    .filter({ hasText: /^Asia$/ })
    .waitFor();
  const at = await page.evaluate((tag) => {
    const label = [
      ...document
        .querySelector(tag)
        .shadowRoot.querySelectorAll(".labels span"),
    ].find((node) => node.textContent === "Asia");
    const { x, y, height } = label.getBoundingClientRect();
    return [x + 8, y + height / 2];
  }, TAG);
  await page.mouse.click(...at);
  await settle(page);
  assert.deepEqual(await crumbs(page), ["World", "Asia"]);
  assert.ok(!(await names(page)).includes("D"));
  assert.match(
    (await page.evaluate(
      (tag) => document.querySelector(tag).heard.at(-1).open,
      TAG,
    )) ?? "",
    /^\d+$/,
  );
  await page.locator(`${TAG} .crumb`).filter({ hasText: "World" }).click();
  await settle(page);
  assert.deepEqual(await crumbs(page), []);
  assert.ok((await names(page)).includes("D"));
  // A saved view brings the reader to the same place.
  await page.mouse.click(...at);
  await settle(page);
  const saved = await page.evaluate(
    (tag) => document.querySelector(tag).save(),
    TAG,
  );
  await page.evaluate((tag) => document.querySelector(tag).restore({}), TAG);
  await settle(page);
  assert.deepEqual(await crumbs(page), []);
  await page.evaluate(
    ([tag, saved]) => document.querySelector(tag).restore(saved),
    [TAG, saved],
  );
  await settle(page);
  assert.deepEqual(await crumbs(page), ["World", "Asia"]);
  assert.deepEqual(page.faults, []);
});

test("Keys lead down to a child, up to the parent, Enter opens and Escape comes back", async () => {
  const page = await show(NESTED);
  await page.evaluate(
    (tag) =>
      document
        .querySelector(tag)
        .shadowRoot.querySelector("[part=item][aria-label^=Asia]")
        .focus(),
    TAG,
  );
  const now = () =>
    page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.activeElement?.ariaLabel?.split(":")[0],
      TAG,
    );
  assert.equal(await now(), "Asia");
  await key(page, "ArrowDown");
  assert.equal(await now(), "Korea");
  await key(page, "ArrowDown");
  assert.equal(await now(), "A");
  await key(page, "ArrowUp");
  await key(page, "ArrowUp");
  assert.equal(await now(), "Asia");
  await key(page, "ArrowRight");
  assert.equal(await now(), "Europe");
  await key(page, "Enter");
  assert.deepEqual(await crumbs(page), ["World", "Europe"]);
  await key(page, "Escape"); // closes the card
  if ((await crumbs(page)).length) await key(page, "Escape");
  assert.deepEqual(await crumbs(page), []);
});

test("The slider moves between the periods of a series, and the changes are told in words", async () => {
  const page = await show(null);
  await page.evaluate(
    (tag) =>
      Object.assign(document.querySelector(tag), {
        src: "shipped",
        table: "foundry-2024q1",
      }),
    TAG,
  );
  await settle(page);
  const slider = page.locator(`${TAG} input[type=range]`);
  assert.equal(await slider.getAttribute("aria-valuetext"), "Q1 2024");
  assert.match(
    await page.locator(`${TAG} [part=list]`).textContent(),
    /TSMC: \+0\.7 pp \(61% → 61\.7%\)/,
  );
  await slider.focus();
  await key(page, "ArrowLeft");
  assert.equal(
    await page.evaluate((tag) => document.querySelector(tag).table, TAG),
    "foundry-2023q4",
  );
  assert.match(
    await page.locator(`${TAG} [part=title]`).textContent(),
    /Q4 2023: TSMC 61%/,
  );
});

test("A million leaves in columns are drawn, come nearer, are picked and hold no faults", async () => {
  const page = await show(null);
  const status = await page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    const n = 1_000_000;
    let seed = 1;
    const next = () =>
      (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
    const list = (count, word) =>
      Array.from({ length: count }, (_, i) => `${word} ${i}`);
    const value = Float64Array.from({ length: n }, () => next() ** 4);
    [value[5], value[6]] = [NaN, -1];
    const codes = Uint32Array.from({ length: n }, (_, i) => i / 1000);
    const label = Uint32Array.from({ length: n }, (_, i) => i % 1000);
    element.setColumns({
      value,
      levels: [{ codes, names: list(1000, "Group") }],
      label: { codes: label, names: list(1000, "Leaf") },
    });
    while (element.status.rows !== n)
      await new Promise((done) => setTimeout(done, 10));
    await element.updateComplete;
    return element.status;
  }, TAG);
  assert.deepEqual(
    [status.rows, status.issues, status.error],
    [1_000_000, 2, null],
  );
  const shot = () =>
    page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.querySelector("canvas")
          .toDataURL(),
      TAG,
    );
  const before = await shot();
  for (let i = 0; i < 6; i++) {
    await page.locator(`${TAG} [part=zoom] button`).first().click();
    await settle(page);
  }
  assert.notEqual(await shot(), before);
  const stage = await page.locator(`${TAG} [part=stage]`).boundingBox();
  await page.mouse.move(stage.x + 300, stage.y + 200);
  await page
    .locator(`${TAG} [part=card]`)
    .filter({ hasText: /(Leaf|Group) \d|others/ })
    .waitFor();
  await page.evaluate((tag) => document.querySelector(tag).fit(), TAG);
  await settle(page);
  assert.deepEqual(page.faults, []);
});
