// The iframe form: a widget of one site on a page of another, as tall as it needs to be, and no
// message but its own changes anything.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { dist, finish, open, pageOf, serve } from "./harness.mjs";

let library; // the site that the files are on
let article; // the site of the page
let foreign; // a third one
const frame = (query, more = 'data-ai-atlas height="300"') =>
  `<iframe ${more} src="${library.url}/embed.html?${query}" title="t" width="100%" style="border:0"></iframe>`;
const SCRIPT = () => `<script defer src="${library.url}/frame.js"></script>`;
const pages = {};

before(async () => {
  library = await serve();
  foreign = await serve(
    (path) =>
      path === "/liar" && {
        body: pageOf(
          `<script>const tell = (height) => parent.postMessage({ source: 'ai-atlas', type: 'height', height }, '*'); tell(1234); addEventListener('message', ({ data }) => data.say !== undefined && tell(data.say));</script>`,
        ),
      },
  );
  article = await serve(
    (path) =>
      pages[path] && {
        body: pages[path],
        headers: {
          "content-security-policy": `default-src 'none'; script-src ${library.url}; frame-src ${library.url} ${foreign.url}; style-src 'unsafe-inline'; img-src data:`,
        },
      },
  );
});
after(finish);

const visit = async (body, options) => {
  pages["/"] = pageOf(body);
  return open("null", article.url + "/", { ready: false, ...options });
};
const inner = (page, at = 0) =>
  page.frames().filter((one) => one.url().includes("/embed.html"))[at];
const painted = async (page, at) => {
  await page.waitForFunction(
    (n) => document.querySelectorAll("iframe").length > n,
    at ?? 0,
  );
  let one;
  for (let i = 0; i < 100 && !(one = inner(page, at)); i++)
    await page.waitForTimeout(50);
  await one.waitForFunction(
    () =>
      document.querySelector("[data-tier]")?.status.tier ||
      document.querySelector("[role=alert]"),
  );
  await one.evaluate(
    () => document.querySelector("[data-tier]")?.updateComplete,
  );
  return one;
};
// The iframe shows all of its page and no more.
const fits = async (page, at = 0) => {
  const one = inner(page, at);
  const wanted = () =>
    one.evaluate(() =>
      Math.ceil(document.querySelector("main").getBoundingClientRect().height),
    );
  for (let i = 0; i < 60; i++) {
    const [height, needed] = [
      await page.evaluate(
        (at) => document.querySelectorAll("iframe")[at].clientHeight,
        at,
      ),
      await wanted(),
    ];
    if (
      height === needed &&
      !(await one.evaluate(() => document.querySelector(".moving")))
    )
      return height;
    await page.waitForTimeout(50);
  }
  return assert.fail(
    `the iframe is ${await page.evaluate((at) => document.querySelectorAll("iframe")[at].clientHeight, at)} px tall, its page ${await wanted()}`,
  );
};

test("an iframe of another site shows the widget of its query and becomes as tall as it is", async () => {
  const page = await visit(
    frame("kind=market-share&src=shipped&table=hbm-2023&lang=en") + SCRIPT(),
  );
  const one = await painted(page);
  const { tier, rows } = await one.evaluate(() => ({
    ...document.querySelector("atlas-market-share").status,
  }));
  assert.ok(tier !== "static" && rows > 10);
  assert.match(await one.locator("[part=title]").innerText(), /SK hynix/);
  const wide = await fits(page);
  assert.ok(wide > 300);
  await page.setViewportSize({ width: 360, height: 700 });
  await page.waitForTimeout(300);
  const narrow = await fits(page);
  assert.notEqual(narrow, wide);
  assert.equal(
    await one.evaluate(
      () => document.documentElement.scrollWidth <= innerWidth,
    ),
    true,
  );
  assert.deepEqual(page.faults, []);
  assert.deepEqual(
    page.foreign.filter((address) => !address.startsWith(library.url)),
    [],
  );
  await page.context().close();
});

test("opening the table makes the iframe taller, closing it shorter again", async () => {
  const page = await visit(
    frame("kind=market-share&src=shipped&table=hbm-2023") + SCRIPT(),
  );
  const one = await painted(page);
  const before = await fits(page);
  const button = one.getByRole("button", { name: "데이터를 표로 보기" });
  await button.click();
  await one.locator("[part=table] table").waitFor();
  assert.ok((await fits(page)) > before);
  await one.getByRole("button", { name: "표 닫기" }).click();
  await page.waitForTimeout(100);
  assert.equal(await fits(page), before);
  await page.context().close();
});

test("each of several iframes has its own height, also when the script comes last or twice", async () => {
  const page = await visit(
    frame("kind=market-share&src=shipped&table=hbm-2023") +
      frame("kind=funding-timeline&src=shipped"),
  );
  await painted(page, 0);
  await painted(page, 1);
  assert.deepEqual(
    await page.evaluate(() =>
      [...document.querySelectorAll("iframe")].map(
        ({ clientHeight }) => clientHeight,
      ),
    ),
    [300, 300],
    "without the script they keep the height of the snippet",
  );
  assert.ok(
    await inner(page, 1).evaluate(
      () => document.documentElement.scrollHeight > innerHeight,
    ),
    "and their pages scroll",
  );
  for (const query of ["", "?again"])
    await page.addScriptTag({ url: `${library.url}/frame.js${query}` });
  const heights = [await fits(page, 0), await fits(page, 1)];
  assert.notEqual(heights[0], heights[1]);
  await page.context().close();
});

test("a message from another window, another site or with no sensible height changes nothing", async () => {
  const liar = (more) =>
    `<iframe ${more} src="${foreign.url}/liar" title="liar"></iframe>`;
  const page = await visit(
    frame("kind=market-share&src=shipped&table=hbm-2023") +
      liar('height="77"') +
      SCRIPT(),
  );
  await painted(page);
  const height = await fits(page);
  const heights = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("iframe")].map(
        ({ clientHeight }) => clientHeight,
      ),
    );
  assert.deepEqual(
    await heights(),
    [height, 77],
    "a frame that is not marked keeps its height, and so does ours",
  );
  // The page itself, a window that is no frame of ours.
  await page.evaluate(() =>
    postMessage({ source: "ai-atlas", type: "height", height: 999 }, "*"),
  );
  // Our frame, but not in our words.
  for (const wrong of [NaN, Infinity, -5, 0, 1e9, "500", null, { valueOf: 5 }])
    await inner(page).evaluate(
      (height) =>
        parent.postMessage({ source: "ai-atlas", type: "height", height }, "*"),
      wrong,
    );
  for (const wrong of [
    null,
    "height",
    { type: "height", height: 10 },
    { source: "ai-atlas", type: "width", height: 10 },
  ])
    await inner(page).evaluate((data) => parent.postMessage(data, "*"), wrong);
  await page.waitForTimeout(200);
  assert.deepEqual(await heights(), [height, 77]);
  // The frame was led to another site meanwhile: its window is the same, its origin is not.
  await page.evaluate(
    (url) =>
      document.querySelector("iframe").contentWindow.location.replace(url),
    foreign.url + "/liar",
  );
  await page.waitForTimeout(400);
  assert.ok(
    page.frames().filter((one) => one.url().endsWith("/liar")).length === 2,
  );
  assert.deepEqual(await heights(), [height, 77]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("the check of the tests above can fail: a marked frame of the site that its address names is resized", async () => {
  const page = await visit(
    `<iframe data-ai-atlas height="77" src="${foreign.url}/liar" title="t"></iframe>` +
      SCRIPT(),
  );
  await page.waitForFunction(
    () => document.querySelector("iframe").contentWindow,
  );
  await page.waitForTimeout(300);
  await page.evaluate(
    (origin) =>
      document
        .querySelector("iframe")
        .contentWindow.postMessage({ say: 456 }, origin),
    foreign.url,
  );
  await page.waitForFunction(
    () => document.querySelector("iframe").clientHeight === 456,
  );
  await page.context().close();
});

test("data of this site is shown, of another it is not, nor is a kind that there is not", async () => {
  for (const [query, words] of [
    [
      `kind=market-share&src=${encodeURIComponent(foreign.url + "/data/market-share.json")}`,
      /다른 사이트/,
    ],
    ["kind=market-share&src=javascript:alert(1)&lang=en", /another site/],
    ["kind=market-share&src=data:application/json,{}", /다른 사이트/],
    ["kind=script", /종류/],
    ["", /종류/],
  ]) {
    const page = await visit(frame(query) + SCRIPT());
    const one = await painted(page);
    assert.match(await one.locator("[role=alert]").innerText(), words);
    assert.equal(
      await one.evaluate(() => document.querySelectorAll("[data-tier]").length),
      0,
    );
    await page.context().close();
  }
  foreign.log.length = 0;
  const page = await visit(
    frame(
      "kind=funding-timeline&src=data/funding-timeline.json&onload=alert(1)&poster=https://example.org/x.png",
    ) + SCRIPT(),
  );
  const one = await painted(page);
  assert.ok(
    await one.evaluate(
      () => document.querySelector("atlas-funding-timeline").status.rows > 10,
    ),
  );
  assert.deepEqual(
    await one.evaluate(() =>
      document
        .querySelector("atlas-funding-timeline")
        .getAttributeNames()
        .sort(),
    ),
    ["data-tier", "loading", "src"],
  );
  assert.deepEqual(foreign.log, []);
  await page.context().close();
});

test("on a phone the card of a mark stands beside it, not at the end of a tall iframe", async () => {
  const page = await visit(frame("kind=value-chain&src=shipped") + SCRIPT(), {
    width: 360,
    height: 640,
  });
  const one = await painted(page);
  assert.ok((await fits(page)) > 1280);
  await one.evaluate(() =>
    document
      .querySelector("atlas-value-chain")
      .shadowRoot.querySelector("[part=item]")
      .focus(),
  );
  await one.waitForFunction(
    () =>
      !document
        .querySelector("atlas-value-chain")
        .shadowRoot.querySelector("[part=card]").hidden,
  );
  const [card, mark] = await one.evaluate(() => {
    const { shadowRoot } = document.querySelector("atlas-value-chain");
    return ["[part=card]", "[part=item]"].map(
      (name) => shadowRoot.querySelector(name).getBoundingClientRect().top,
    );
  });
  assert.ok(Math.abs(card - mark) < 400, `${card} and ${mark}`);
  await page.context().close();
});

test("the versioned folder has an embed page of its own, for articles that name it", async () => {
  const { folder } = JSON.parse(readFileSync(`${dist}/manifest.json`));
  const page = await visit(
    `<iframe data-ai-atlas src="${library.url}/${folder}/embed.html?kind=market-share&src=shipped" title="t" height="300"></iframe>` +
      SCRIPT(),
  );
  await painted(page);
  assert.ok((await fits(page)) > 300);
  await page.context().close();
});
