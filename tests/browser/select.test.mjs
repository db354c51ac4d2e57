// Choosing an organisation in one widget marks it in the others, by mouse and by keyboard.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";

import {
  TAGS,
  difference,
  finish,
  open,
  picture,
  serve,
  settle,
} from "./harness.mjs";

const NAME = "SK하이닉스";
const [CHAIN, SHARE, TIMELINE] = TAGS;
let page;
let clear; // the pictures with nothing chosen

before(async () => {
  const server = await serve();
  page = await open("null", server.url + "/?renderer=canvas&theme=light");
  clear = Object.fromEntries(
    await Promise.all(TAGS.map(async (tag) => [tag, await picture(page, tag)])),
  );
});
after(finish);

const chosen = (tag) =>
  page.evaluate((tag) => {
    const element = document.querySelector(tag);
    return {
      selected: element.selected,
      names: [
        ...element.shadowRoot.querySelectorAll(
          "[part=item]:is([aria-selected=true],[aria-pressed=true])",
        ),
      ].map((node) => node.ariaLabel ?? node.getAttribute("aria-label")),
    };
  }, tag);

const marked = async () => {
  await page.waitForFunction(
    (tags) =>
      tags.every((tag) => document.querySelector(tag).selected === "sk-hynix"),
    TAGS,
  );
  await settle(page);
  for (const tag of TAGS) {
    const { names } = await chosen(tag);
    assert.ok(names.length > 0, `${tag} marks nothing in its outline`);
    assert.ok(
      names.every((name) => name.includes(NAME)),
      `${tag} marks ${names}`,
    );
    assert.ok(
      difference(clear[tag], await picture(page, tag)) > 0.001,
      `the picture of ${tag} did not change`,
    );
  }
};

const unmarked = async () => {
  await page.waitForFunction(
    (tags) => tags.every((tag) => document.querySelector(tag).selected === ""),
    TAGS,
  );
  await settle(page);
  for (const tag of TAGS) {
    assert.deepEqual((await chosen(tag)).names, [], tag);
    // The pointer or the focus may still rest on the mark and light it.
    assert.ok(
      difference(clear[tag], await picture(page, tag)) < 0.05,
      `${tag} still looks chosen`,
    );
  }
};

// Middle of the mark's box in the outline, brought into view.
const placeOf = async (tag, name) => {
  const item = page
    .locator(`${tag} [part=item]`)
    .filter({
      has: page.locator(`xpath=self::*[starts-with(@aria-label, "${name}")]`),
    })
    .first();
  await item.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await item.boundingBox();
  return [x + width / 2, y + height / 2];
};

beforeEach(async () => {
  await page.evaluate((tag) => document.querySelector(tag).select(""), SHARE);
  await page.mouse.move(2, 2);
  await settle(page);
});

test("a click on SK hynix in the treemap marks it in the chain and the timeline, a second click clears it", async () => {
  const events = page.evaluate(
    (tag) =>
      new Promise((done) =>
        document.addEventListener(
          "atlas-select",
          (event) => done([event.target.localName, event.detail.id]),
          { once: true },
        ),
      ),
    SHARE,
  );
  await page.mouse.click(...(await placeOf(SHARE, NAME)));
  await marked();
  assert.deepEqual(await events, [SHARE, "sk-hynix"]);
  await page.mouse.click(...(await placeOf(SHARE, NAME)));
  await unmarked();
});

test("with the keyboard alone SK hynix is found, chosen, marked in the others and let go with Escape", async () => {
  // The last thing before the treemap that takes the focus, then Tab alone.
  await page.evaluate(() => {
    document.activeElement?.blur();
    const anchor = document.createElement("span");
    anchor.tabIndex = -1;
    document.querySelector("atlas-market-share").before(anchor);
    anchor.focus();
    anchor.remove();
  });
  const focus = () =>
    page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.activeElement?.getAttribute("role"),
      SHARE,
    );
  for (let i = 0; i < 12 && (await focus()) !== "treeitem"; i++)
    await page.keyboard.press("Tab");
  assert.equal(await focus(), "treeitem", "Tab reaches the outline");
  const here = () =>
    page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.activeElement.getAttribute("aria-label"),
      SHARE,
    );
  await page.keyboard.press("End");
  await page.keyboard.type("sk");
  assert.ok(
    (await here()).startsWith(NAME),
    `typing «sk» leads to ${await here()}`,
  );
  await page.keyboard.press("Enter");
  await marked();
  await page.keyboard.press("Escape");
  await unmarked();
});

test("the arrow keys move from mark to mark and come back", async () => {
  const labels = await page.evaluate(async (tag) => {
    const { shadowRoot } = document.querySelector(tag);
    shadowRoot.querySelector('[part=item][tabindex="0"]').focus();
    const press = (key) =>
      shadowRoot.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, composed: true }),
      );
    const seen = [];
    for (const key of [
      "Home",
      "ArrowRight",
      "ArrowDown",
      "ArrowLeft",
      "ArrowUp",
      "ArrowRight",
      "ArrowDown",
      "PageDown",
      "PageUp",
    ]) {
      press(key);
      seen.push(shadowRoot.activeElement.getAttribute("aria-label"));
    }
    return seen;
  }, SHARE);
  assert.ok(new Set(labels).size >= 2, `the focus stays at ${labels[0]}`);
});
