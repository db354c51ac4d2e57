// Entries of one widget each: two of them on one page are two engines that share group, theme and
// nothing else; an entry on top of another adds what it has more.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import {
  colours,
  finish,
  open,
  pageOf,
  picture,
  ready,
  serve,
} from "./harness.mjs";

after(finish);

const [SHARE, TIMELINE, CHAIN] = [
  "atlas-market-share",
  "atlas-funding-timeline",
  "atlas-value-chain",
];
const entry = (name) => `<script type="module" src="/${name}.js"></script>`;
const element = (tag) =>
  `<${tag} src="shipped" group="g" loading="eager"></${tag}>`;
const server = await serve(
  (path) =>
    ({
      "/two": {
        body: pageOf(
          entry("market-share") +
            element(SHARE) +
            element(TIMELINE) +
            entry("funding-timeline"),
        ),
      },
      "/more": {
        body: pageOf(
          entry("market-share") +
            element(SHARE) +
            element(CHAIN) +
            entry("ai-atlas"),
        ),
      },
    })[path],
);

test("two entries on one page draw, each with its own engine, and share the selection of a group", async () => {
  const page = await open("null", server.url + "/two", { ready: false });
  for (const tag of [SHARE, TIMELINE]) {
    await ready(page, tag);
    assert.ok(colours(await picture(page, tag)) > 20, `${tag} is blank`);
  }
  assert.equal(page.workers().length, 2);
  await page.evaluate(
    (tag) => document.querySelector(tag).select("nvidia"),
    SHARE,
  );
  assert.equal(
    await page.evaluate(
      (tag) => document.querySelector(tag).selected,
      TIMELINE,
    ),
    "nvidia",
  );
  await page.evaluate(
    (tag) => document.querySelector(tag).select(""),
    TIMELINE,
  );
  assert.equal(
    await page.evaluate((tag) => document.querySelector(tag).selected, SHARE),
    "",
  );
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("who comes into a group later takes what is selected there, from another entry too", async () => {
  const page = await open("null", server.url + "/two", { ready: false });
  await ready(page, SHARE);
  const selected = await page.evaluate(async (tag) => {
    document.querySelector("atlas-market-share").select("nvidia");
    await customElements.whenDefined(tag);
    const late = Object.assign(document.createElement(tag), { group: "g" });
    document.body.append(late);
    return late.selected;
  }, TIMELINE);
  assert.equal(selected, "nvidia");
  await page.context().close();
});

test("the entry with all widgets beside that of one defines what is missing, and both draw", async () => {
  const page = await open("null", server.url + "/more", { ready: false });
  for (const tag of [SHARE, CHAIN]) {
    await ready(page, tag);
    assert.ok(colours(await picture(page, tag)) > 20, `${tag} is blank`);
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
