// The value chain as a reader uses it: search, filters, frameworks, circular deals, and large
// chains in columns whose groups open.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  SCRIPT,
  difference,
  finish,
  open,
  pageOf,
  picture,
  serve,
  settle,
} from "./harness.mjs";

const TAG = "atlas-value-chain";
let page;
let server;

before(async () => {
  server = await serve(
    (path) =>
      path === "/chain" && {
        body: pageOf(
          `${SCRIPT}<${TAG} src="shipped" loading="eager" renderer="canvas" theme="light"></${TAG}>`,
        ),
      },
  );
  page = await open("null", server.url + "/chain", { reducedMotion: "reduce" });
});
after(finish);

const names = (page) =>
  page.evaluate(
    (tag) =>
      [
        ...document
          .querySelector(tag)
          .shadowRoot.querySelectorAll("[part=item]"),
      ].map((node) => node.getAttribute("aria-label")),
    TAG,
  );
const headings = (page) =>
  page.evaluate(
    (tag) => document.querySelector(tag).shadowRoot.textContent,
    TAG,
  );

test("initial consonants find Samsung, and choosing it selects it", async () => {
  const field = page.locator(`${TAG} input[type=search]`);
  await field.fill("ㅅㅅ");
  const found = page.locator(`${TAG} [role=option]`);
  await found.first().waitFor();
  const texts = await found.allTextContents();
  assert.ok(
    texts.some((text) => text.includes("삼성전자")),
    texts.join(),
  );
  const before = await picture(page, TAG);
  await found
    .filter({ hasText: "삼성전자" })
    .first()
    .dispatchEvent("pointerdown");
  await page.waitForFunction(
    (tag) => document.querySelector(tag).selected === "samsung-electronics",
    TAG,
  );
  await settle(page);
  assert.ok(difference(before, await picture(page, TAG)) > 0.01);
  await page.evaluate((tag) => document.querySelector(tag).select(""), TAG);
  await field.fill("");
  await settle(page);
});

test("a kind of relation, a layer and a country can be taken out, and come back", async () => {
  const clear = await picture(page, TAG);
  for (const name of [/투자 23|투자/, /AI 모델 개발/]) {
    const key = page
      .locator(`${TAG} .legend`)
      .getByRole("button", { name })
      .first();
    await key.click();
    await page.mouse.move(2, 2);
    await settle(page);
    assert.ok(
      difference(clear, await picture(page, TAG)) > 0.002,
      String(name),
    );
    await key.click();
    await page.mouse.move(2, 2);
    await settle(page);
    assert.ok(
      difference(clear, await picture(page, TAG)) < 0.0005,
      `${name} does not come back`,
    );
  }
  const country = page.locator(`${TAG} select`).first();
  await country.selectOption("KR");
  await settle(page);
  assert.ok(difference(clear, await picture(page, TAG)) > 0.01);
  await country.selectOption("");
  await settle(page);
  assert.ok(difference(clear, await picture(page, TAG)) < 0.0005);
});

test("another framework names the layers, and says what NIA calls them", async () => {
  await page.locator(`${TAG} button.tab`).filter({ hasText: "UBS" }).click();
  await settle(page);
  const text = await headings(page);
  assert.match(text, /인에이블링 레이어/);
  assert.match(text, /NIA: AI 컴퓨팅 인프라/);
  await page.locator(`${TAG} button.tab`).first().click();
  await settle(page);
});

test("circular deals are told in words", async () => {
  const list = page
    .locator(`${TAG} details`)
    .filter({ hasText: "돌고 도는 거래" });
  await list.locator("summary").click();
  assert.match(await list.textContent(), /아마존.*앤트로픽.*40억/s);
});

test("a large chain in columns is groups that open by click and close by the path above", async () => {
  await page.evaluate(async (tag) => {
    const n = 3000,
      m = 8000;
    const code = (f, count) =>
      Uint32Array.from({ length: count }, (_, i) => f(i));
    const element = document.querySelector(tag);
    element.setColumns({
      nodes: {
        label: Array.from({ length: n }, (_, i) => "조직 " + i),
        layer: {
          codes: code((i) => Math.floor((i * 4) / n), n),
          names: ["칩", "클라우드", "모델", "앱"],
        },
        sublayer: {
          codes: code((i) => Math.floor((i * 16) / n), n),
          names: Array.from({ length: 16 }, (_, i) => "분야 " + i),
        },
        country: {
          codes: code((i) => (i * 7919) % 5, n),
          names: ["KR", "US", "CN", "JP", "DE"],
        },
      },
      links: {
        from: code((i) => (i * 7) % n, m),
        to: code((i) => (i * 13 + 5) % n, m),
        amount: Float64Array.from({ length: m }, (_, i) => (i % 3 ? i : NaN)),
        type: {
          codes: code((i) => i % 2, m),
          names: ["invests_in", "supplies"],
        },
      },
    });
    await element.updateComplete;
  }, TAG);
  await settle(page);
  const groups = await names(page);
  assert.equal(groups.length, 16);
  assert.ok(
    groups.every((name) => /분야 \d+ · 1\d\d/.test(name)),
    groups[0],
  );
  await page.locator(`${TAG} [part=item]`).first().click({ force: true });
  await page.waitForFunction(
    ([tag, count]) =>
      document.querySelector(tag).shadowRoot.querySelectorAll("[part=item]")
        .length > count,
    [TAG, 16],
  );
  const opened = await names(page);
  assert.ok(
    opened.some((name) => /^한국 · /.test(name)),
    opened.slice(0, 6).join(),
  );
  await page.locator(`${TAG} button.crumb`).first().click();
  await settle(page);
  assert.equal((await names(page)).length, 16);
  assert.deepEqual(page.faults, []);
});
