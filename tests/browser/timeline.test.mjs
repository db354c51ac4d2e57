// What a reader does with the timeline: zoom, pan, brush, filter, lanes, keys; and columns of a
// page.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { SCRIPT, finish, open, pageOf, serve, settle } from "./harness.mjs";

after(finish);
const server = await serve(
  (path) =>
    path.startsWith("/timeline") && {
      body: pageOf(
        `${SCRIPT}<atlas-funding-timeline src="shipped" loading="eager" lang="en" renderer="canvas"></atlas-funding-timeline>`,
      ),
    },
);

const TAG = "atlas-funding-timeline";
const shown = (page) =>
  page.evaluate((tag) => {
    const element = document.querySelector(tag);
    const { shadowRoot } = element;
    return {
      from: element.from,
      to: element.to,
      status: shadowRoot.querySelector("[part=status]").textContent,
      state: element.save(),
      stops: shadowRoot.querySelectorAll("[part=item]").length,
    };
  }, TAG);
const begin = async (width = 1200) => {
  const page = await open("null", server.url + "/timeline", {
    width,
    height: 2000,
    reducedMotion: "reduce",
  });
  await settle(page);
  return page;
};
const end = async (page) => {
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.foreign, []);
  await page.context().close();
};
const box = (page) => page.locator(`${TAG} [part=stage]`).boundingBox();

test("buttons, Ctrl with the wheel and drags zoom and pan; «show all» brings all back", async () => {
  const page = await begin();
  const all = await shown(page);
  assert.match(all.status, /^122 events in view$/);
  await page.locator(`${TAG} [part=zoom] button`).first().click();
  await settle(page);
  const near = await shown(page);
  assert.ok(near.from && near.to && near.status !== all.status, near.status);
  const { x, y, width } = await box(page);
  await page.mouse.move(x + width / 2, y + 60);
  await page.mouse.down();
  await page.mouse.move(x + width / 2 - 150, y + 70, { steps: 5 });
  await page.mouse.up();
  await settle(page);
  const panned = await shown(page);
  assert.ok(
    panned.from > near.from,
    `${panned.from} is not after ${near.from}`,
  );
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -300);
  await page.keyboard.up("Control");
  await settle(page);
  const nearer = await shown(page);
  assert.ok(
    Date.parse(nearer.to) - Date.parse(nearer.from) <
      Date.parse(panned.to) - Date.parse(panned.from),
  );
  await page.locator(`${TAG} [part=zoom] button`).nth(2).click();
  await settle(page);
  assert.equal((await shown(page)).status, all.status);
  await end(page);
});

test("a drag on the overview at the bottom shows that period", async () => {
  const page = await begin();
  const { x, y, width, height } = await box(page);
  await page.mouse.move(x + width * 0.6, y + height - 15);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.75, y + height - 15, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  const { from, to } = await shown(page);
  assert.ok(
    Date.parse(to) - Date.parse(from) < 4 * 365.25 * 864e5,
    `${from} to ${to}`,
  );
  // A saved view brings it back on a fresh page.
  const saved = await page.evaluate(
    (tag) => document.querySelector(tag).save(),
    TAG,
  );
  const again = await begin();
  await again.evaluate(
    ([tag, view]) => document.querySelector(tag).restore(view),
    [TAG, saved],
  );
  await settle(again);
  assert.equal((await shown(again)).status, (await shown(page)).status);
  await end(again);
  await end(page);
});

test("keys: arrows lead through events and lanes, Page Up and Down by screens, 0 shows all", async () => {
  const page = await begin();
  await page.locator(`${TAG} [part=item][tabindex="0"]`).focus();
  const name = () =>
    page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.activeElement?.getAttribute("aria-label") ??
        document.querySelector(tag).shadowRoot.activeElement?.textContent,
      TAG,
    );
  const first = await name();
  await page.keyboard.press("ArrowRight");
  const second = await name();
  // The lane may be the last one.
  await page.keyboard.press("ArrowDown");
  if ((await name()) === second) await page.keyboard.press("ArrowUp");
  assert.notEqual(await name(), second);
  assert.notEqual(second, first);
  await page.keyboard.press("Enter");
  await settle(page);
  assert.ok(
    await page.locator(`${TAG} [part=card]`).isVisible(),
    "Enter opens the card",
  );
  await page.keyboard.press("Escape");
  for (const key of ["+", "+", "+"]) await page.keyboard.press(key);
  await settle(page);
  const near = await shown(page);
  assert.ok(near.from);
  await page.keyboard.press("PageUp");
  await settle(page);
  assert.ok((await shown(page)).from < near.from);
  await page.keyboard.press("0");
  await settle(page);
  assert.ok(!(await shown(page)).from);
  await end(page);
});

test("lanes, filters and legend recount what is in view", async () => {
  const page = await begin();
  const pick = async (label, value) => {
    await page
      .locator(`${TAG} .controls label`, { hasText: RegExp("^" + label) })
      .locator("select")
      .selectOption(value);
    await settle(page);
  };
  await pick("Lanes", "org");
  assert.equal(
    (await shown(page)).state.state?.lanes ?? (await shown(page)).state.lanes,
    "org",
  );
  assert.match((await shown(page)).status, /^122 events/);
  await pick("Country", "KR");
  const korean = await shown(page);
  assert.match(korean.status, /^\d\d? events in view/);
  await pick("Country", "");
  await pick("Amount", "1e9");
  assert.notEqual((await shown(page)).status, korean.status);
  await pick("Amount", "");
  await page.locator(`${TAG} [part=legend] button`).first().click();
  await settle(page);
  assert.notEqual((await shown(page)).status.split(" ")[0], "122");
  await end(page);
});

test("a hundred thousand events of columns: counted, zoomed to hours, without a long task", async () => {
  const page = await begin();
  const out = await page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    const n = 100_000;
    const start = Date.UTC(2024, 0, 1);
    const date = Float64Array.from(
      { length: n },
      (_, i) => start + ((i * 7919) % n) * 60_000,
    );
    const inside = date.filter(
      (ms) => ms >= Date.UTC(2024, 1, 1, 6) && ms < Date.UTC(2024, 1, 1, 9),
    ).length;
    const long = [];
    new PerformanceObserver((list) =>
      long.push(...list.getEntries().map((e) => e.duration)),
    ).observe({ entryTypes: ["longtask"] });
    element.setColumns({
      date,
      amountUsd: Float64Array.from(date, (_, i) =>
        i % 10 ? 1e6 * (1 + (i % 97)) : NaN,
      ),
      type: {
        codes: Uint32Array.from(date, (_, i) => i % 4),
        names: ["Seed", "A", "B", "C"],
      },
    });
    await element.updateComplete;
    const status = () =>
      element.shadowRoot.querySelector("[part=status]").textContent;
    const all = status();
    element.from = "2024-02-01T06:00";
    element.to = "2024-02-01T09:00";
    await element.updateComplete;
    return {
      all,
      near: status(),
      inside,
      words: element.shadowRoot.textContent,
      long,
    };
  }, TAG);
  assert.match(out.all, /^100,000 events in view, US\$/);
  assert.equal(out.near.split(" ")[0], String(out.inside));
  assert.ok(
    out.words.includes("07:00") && out.words.includes("1 February 2024"),
    "no hours on the axis",
  );
  console.log(`# long tasks: ${out.long.map(Math.round).join(" ") || "none"}`);
  await end(page);
});

test("on a phone time runs down in one column that is not endlessly tall", async () => {
  const page = await begin(360);
  const { height, width } = await box(page);
  assert.ok(height < 1000 && width <= 360, `${width} × ${height}`);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - innerWidth,
  );
  assert.ok(overflow <= 0, `${overflow} px too wide`);
  await end(page);
});
