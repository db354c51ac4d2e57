// What a reader can set around a picture: search, lists, folded lists, and the keys that belong to
// them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { difference, finish, open, picture, serve } from "./harness.mjs";

const CHAIN = "atlas-value-chain";
let page;
before(async () => {
  const server = await serve();
  page = await open("null", server.url + "/?renderer=canvas");
});
after(finish);

const settled = () =>
  page.evaluate(
    (tag) =>
      new Promise((done) =>
        setTimeout(
          () => document.querySelector(tag).updateComplete.then(done),
          350,
        ),
      ),
    CHAIN,
  );
const selected = () =>
  page.evaluate((tag) => document.querySelector(tag).selected, CHAIN);
const found = () => page.locator(`${CHAIN} [role=option]`).allTextContents();

test("ㅅㅅ finds 삼성, arrows and Enter choose, and the choice is the selection with its card", async () => {
  const field = page.locator(`${CHAIN} [role=combobox]`);
  await field.fill("ㅅㅅ");
  await page.locator(`${CHAIN} [role=option]`).first().waitFor();
  const names = await found();
  assert.ok(
    names.some((name) => name.startsWith("삼성")),
    names.join(),
  );
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  const at = names.findIndex((name) => name.startsWith("삼성전자"));
  for (let i = 0; i <= at; i++) await field.press("ArrowDown");
  const active = await field.getAttribute("aria-activedescendant");
  assert.match(
    await page.locator(`${CHAIN} [id="${active}"]`).textContent(),
    /^삼성전자/,
  );
  await field.press("Enter");
  await settled();
  assert.equal(await selected(), "samsung-electronics");
  assert.equal(await field.getAttribute("aria-expanded"), "false");
  assert.match(await page.locator(`${CHAIN} .card`).innerText(), /삼성전자/);
});

test("English letters find Korean names, in any case", async () => {
  const field = page.locator(`${CHAIN} [role=combobox]`);
  await field.fill("NviD");
  await page
    .locator(`${CHAIN} [role=option]`)
    .filter({ hasText: "엔비디아" })
    .first()
    .waitFor();
  await field.press("Escape");
  assert.equal(
    await page.locator(`${CHAIN} [role=listbox]`).isVisible(),
    false,
  );
});

test("a name that nobody has says so", async () => {
  const field = page.locator(`${CHAIN} [role=combobox]`);
  await field.fill("qqqq");
  await page.locator(`${CHAIN} .found .none`).waitFor();
  assert.deepEqual(await found(), []);
  await field.fill("");
});

test("a list filters and keeps the focus, and the page hears of it", async () => {
  const list = page.locator(`${CHAIN} .controls select`).first();
  await page.evaluate((tag) => document.querySelector(tag).select(null), CHAIN);
  await settled();
  const before = await picture(page, CHAIN);
  await page.evaluate(
    (tag) =>
      document
        .querySelector(tag)
        .addEventListener(
          "atlas-view-change",
          ({ detail }) => (window.detail = detail),
          { once: true },
        ),
    CHAIN,
  );
  await list.focus();
  const value = await list.locator("option").nth(1).getAttribute("value");
  await list.selectOption(value);
  await settled();
  assert.ok(
    Object.values(await page.evaluate(() => window.detail)).includes(value),
  );
  assert.ok(
    difference(before, await picture(page, CHAIN)) > 0.01,
    "the others step back",
  );
  assert.equal(
    await page.evaluate(
      (tag) => document.querySelector(tag).shadowRoot.activeElement?.localName,
      CHAIN,
    ),
    "select",
  );
  await list.selectOption("");
  await settled();
  assert.equal(difference(before, await picture(page, CHAIN)), 0);
});

test("circular deals are listed in words, and a line leads to its organisation", async () => {
  const list = page.locator(`${CHAIN} .lists details`).first();
  await list.locator("summary").click();
  const line = list.locator("button").first();
  assert.match(await line.innerText(), /→/);
  await line.click();
  await settled();
  assert.ok(await selected());
  assert.deepEqual(page.faults, []);
});
