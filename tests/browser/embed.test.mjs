// The ways in which a page takes a widget up, and the strictest page that still can.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import {
  SCRIPT,
  TAGS,
  colours,
  difference,
  dist,
  finish,
  open,
  pageOf,
  picture,
  ready,
  serve,
  settle,
  shipped,
} from "./harness.mjs";

const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types ai-atlas";
const SHARE = "atlas-market-share";
const WASM = "/ai-atlas.wasm";
const PAGES = {
  "/twice": pageOf(
    `<script type="module" src="/ai-atlas.js"></script><${SHARE} src="shipped"></${SHARE}><script type="module" src="/ai-atlas.js?again"></script>`,
  ),
  "/empty": pageOf(SCRIPT),
  "/table": pageOf(
    `${SCRIPT}<atlas-funding-timeline renderer="canvas"><table><caption>세 번의 라운드</caption><thead><tr><th>date</th><th>target</th><th>label</th><th>amount_usd</th></tr></thead>
     <tbody><tr><td>2023-02</td><td>가나</td><td>시드 라운드</td><td>1000000</td></tr><tr><td>2023-11-05</td><td>가나</td><td>시리즈 A</td><td>20000000</td></tr><tr><td>2024</td><td>다라</td><td>시리즈 B</td><td>300000000</td></tr></tbody></table></atlas-funding-timeline>`,
  ),
  "/relations": pageOf(
    `${SCRIPT}<atlas-value-chain><table><tr><th>from</th><th>to</th><th>type</th><th>amount_usd</th></tr><tr><td>가나</td><td>다라</td><td>invests_in</td><td>1000000</td></tr></table></atlas-value-chain>`,
  ),
  "/script": pageOf(
    `${SCRIPT}<${SHARE} renderer="canvas"><script type="application/json">${JSON.stringify(
      {
        kind: "ai-atlas/market-share",
        tables: [
          {
            id: "t",
            title: "표",
            kind: "share",
            unit: "%",
            period: "2023",
            items: [
              { label: "가", value: 70 },
              { label: "나", value: 30 },
            ],
          },
        ],
      },
    )}</script></${SHARE}>`,
  ),
  "/none": pageOf(`${SCRIPT}<${SHARE} src="shipped"></${SHARE}>`),
  "/strict": pageOf(
    `${SCRIPT}${TAGS.map((tag) => `<${tag} src="shipped" loading="eager"></${tag}>`).join("")}`,
  ),
};

let server;
before(async () => {
  const csp = {
    "/strict": CSP,
    "/none": CSP.replace("trusted-types ai-atlas", "trusted-types 'none'"),
  };
  server = await serve(
    (path) =>
      PAGES[path] && {
        body: PAGES[path],
        headers: csp[path] && { "content-security-policy": csp[path] },
      },
  );
});
after(finish);

const status = (page, tag = SHARE) =>
  page.evaluate((tag) => ({ ...document.querySelector(tag).status }), tag);
const drawsWell = async (page, tag = SHARE, least = 3) => {
  const { tier, rows, error } = await status(page, tag);
  assert.ok(
    ["webgpu", "webgl2", "canvas"].includes(tier) && rows > 0 && !error,
    JSON.stringify({ tier, rows, error }),
  );
  assert.ok(colours(await picture(page, tag)) >= least);
  assert.deepEqual(page.faults, []);
};

test("one script tag and one element are a widget", async () => {
  const page = await open("null", server.url + "/articles/plain.html");
  await drawsWell(page);
  assert.ok(
    (await page.locator(`${SHARE} [part=title]`).innerText()).length > 5,
  );
  await page.context().close();
});

test("the script loaded twice defines each element once and runs one engine", async () => {
  const page = await open("null", server.url + "/twice");
  await drawsWell(page);
  assert.equal(page.workers().length, 1);
  await page.context().close();
});

test("an element made by script takes its data from the property, before or after it is in the page", async () => {
  const page = await open("null", server.url + "/empty", { ready: false });
  const rows = await page.evaluate(
    async ([tag, data]) => {
      await customElements.whenDefined(tag);
      const seen = [];
      for (const early of [true, false]) {
        const element = document.createElement(tag);
        element.renderer = "canvas";
        if (early) element.data = data;
        document.body.append(element);
        if (!early) element.data = data;
        await new Promise((done, fail) => {
          element.addEventListener("load", done, { once: true });
          element.addEventListener(
            "error",
            ({ detail }) => fail(Error(detail.message)),
            { once: true },
          );
        });
        await element.updateComplete;
        seen.push(element.status.rows);
      }
      return seen;
    },
    [SHARE, JSON.parse(readFileSync(`${dist}/data/market-share.json`))],
  );
  assert.equal(rows[0], rows[1]);
  await drawsWell(page);
  await page.context().close();
});

test("the element's own table is its data", async () => {
  const page = await open("null", server.url + "/table");
  await drawsWell(page, "atlas-funding-timeline", 2);
  const { rows, issues } = await status(page, "atlas-funding-timeline");
  assert.deepEqual([rows, issues], [3, 0]);
  await page.context().close();
});

test("a table of relations is a value chain", async () => {
  const page = await open("null", server.url + "/relations");
  await drawsWell(page, "atlas-value-chain", 3);
  // Both have one relation: none has the most.
  assert.match(
    await page.locator("atlas-value-chain [part=title]").innerText(),
    /조직 2곳/,
  );
  await page.context().close();
});

test("JSON inside the element is its data", async () => {
  const page = await open("null", server.url + "/script");
  await drawsWell(page, SHARE, 2);
  assert.equal((await status(page)).issues, 0);
  await page.context().close();
});

test("an element that is moved, removed and put back draws again", async () => {
  const page = await open("null", server.url + "/articles/plain.html");
  const first = await picture(page, SHARE);
  await page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    document.body.prepend(element); // a move
    await element.updateComplete;
    element.remove();
    await new Promise((done) => setTimeout(done)); // the element gives its place up one task later
    await new Promise((done) => setTimeout(done));
    const canvas = element.shadowRoot.querySelector("canvas");
    canvas.width = canvas.height = 1; // what is seen next was painted next
    document.body.append(element);
    element.scrollIntoView();
  }, SHARE);
  await page.waitForFunction(
    (tag) =>
      document.querySelector(tag).shadowRoot.querySelector("canvas").width > 1,
    SHARE,
  );
  await settle(page);
  await drawsWell(page);
  assert.equal(difference(first, await picture(page, SHARE)), 0);
  await page.context().close();
});

test("a page of the strictest policy shows all three widgets without one violation", async () => {
  const init = () => {
    globalThis.violations = [];
    document.addEventListener(
      "securitypolicyviolation",
      ({ violatedDirective, blockedURI, sample }) =>
        violations.push([violatedDirective, blockedURI, sample]),
    );
  };
  const page = await open("null", server.url + "/strict", {
    init,
    ready: false,
  });
  await ready(page);
  assert.deepEqual(await page.evaluate(() => violations), []);
  for (const tag of TAGS) await drawsWell(page, tag);
  assert.equal(page.workers().length, 1);
  await page.context().close();
});

test("a page that allows no Trusted Types policy at all gets the engine on its own thread", async () => {
  const page = await open("null", server.url + "/none");
  // The browser reports the refused worker, which is how the host learns of it.
  page.faults.length = 0;
  await drawsWell(page);
  assert.equal(page.workers().length, 0);
  await page.context().close();
});

test("a wasm that is not the one that was built with the engine is refused, and the numbers are still there", async () => {
  // An empty section more: still a valid module.
  const bytes = Buffer.concat([
    readFileSync(shipped("ai-atlas.wasm")),
    Buffer.from([0, 1, 0]),
  ]);
  assert.ok(WebAssembly.validate(bytes));
  const server = await serve(
    (path) => path === WASM && { body: bytes, type: "application/wasm" },
  );
  const page = await open("null", server.url + "/articles/plain.html");
  await page
    .locator(`${SHARE} tbody tr`)
    .filter({ hasText: "SK하이닉스" })
    .first()
    .waitFor();
  assert.equal(
    await page.evaluate(
      (tag) => document.querySelector(tag).status.tier,
      SHARE,
    ),
    "static",
  );
  await page.context().close();
});

test("the wasm is on its way while the engine is: a slow network is waited for once, and it comes once", async () => {
  const server = await serve(async (path) => {
    // The engine comes when the wasm has been asked for, or too late.
    for (
      let waits = 0;
      path === "/engine.js" && waits < 40 && !server.log.includes(WASM);
      waits++
    )
      await new Promise((done) => setTimeout(done, 50));
    if (path === "/engine.js") server.log.push("engine answered");
  });
  const page = await open("null", server.url + "/articles/plain.html");
  await drawsWell(page);
  const at = (path) => server.log.indexOf(path);
  assert.ok(
    at(WASM) >= 0 && at(WASM) < at("engine answered"),
    String(server.log),
  );
  assert.equal(server.log.filter((path) => path === WASM).length, 1);
  await page.context().close();
});

test("a wasm that did not come to the page is fetched by the engine", async () => {
  let asked = 0;
  const server = await serve(
    (path) => path === WASM && !asked++ && { status: 500, body: "" },
  );
  const page = await open("null", server.url + "/articles/plain.html");
  page.faults.length = 0; // the browser reports the answer
  await drawsWell(page);
  assert.equal(asked, 2);
  await page.context().close();
});

test("the first picture waits for no context: they are opened behind it", async () => {
  const init = () => {
    window.order = [];
    const real = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
      if (kind === "webgl2") window.order.push(kind);
      return real.call(this, kind, ...rest);
    };
    document.addEventListener(
      "load",
      ({ target }) =>
        target.localName?.startsWith("atlas-") && window.order.push("picture"),
      true,
    );
  };
  // The engine on the page's thread, where it can be watched.
  const page = await open("null", server.url + "/none", { init });
  await page.waitForFunction(() => window.order.length > 1);
  assert.deepEqual(await page.evaluate(() => window.order), [
    "picture",
    "webgl2",
  ]);
  await page.context().close();
});

test("the first picture is drawn once, in its size, and is seen before its last label", async () => {
  const init = () => {
    window.Worker = class extends Worker {
      constructor(...rest) {
        super(...rest);
        this.addEventListener(
          "message",
          ({ data }) => data.pixels && window.pictures++,
        );
      }
      postMessage(message, ...rest) {
        if (message.type === "view")
          window.views.push(message.view.draft ? "words" : "picture");
        super.postMessage(message, ...rest);
      }
    };
  };
  const page = await open("null", server.url + "/empty", {
    init,
    ready: false,
  });
  for (const [given, views] of [
    ["", ["picture"]],
    ["900px", ["words", "picture"]],
  ]) {
    const found = await page.evaluate(
      async ([tag, given]) => {
        await customElements.whenDefined(tag);
        Object.assign(window, { views: [], pictures: 0 });
        const element = Object.assign(document.createElement(tag), {
          loading: "eager",
          renderer: "canvas",
        });
        element.style.minHeight = given;
        document.body.append(element);
        element.setColumns({
          value: new Float64Array(150).fill(1),
          label: Array.from({ length: 150 }, (_, i) => "T" + i),
        });
        const [root, figure] = [".root", "figure"].map((one) =>
          element.shadowRoot.querySelector(one),
        );
        const labels = () =>
          element.shadowRoot.querySelectorAll("[part=label]").length;
        const seen = await new Promise((done) =>
          new MutationObserver(
            () => root.classList.contains("first") || done(labels()),
          ).observe(root, { attributeFilter: ["class"] }),
        );
        await element.updateComplete;
        await new Promise((done) => setTimeout(done, 300));
        const found = {
          views,
          pictures,
          seen,
          labels: labels(),
          height: figure.offsetHeight,
        };
        element.remove();
        return found;
      },
      [SHARE, given],
    );
    assert.deepEqual([found.views, found.pictures], [views, 1], given);
    assert.ok(
      found.seen > 0 && found.seen < found.labels,
      `${found.seen} of ${found.labels} labels`,
    );
    if (given)
      assert.ok(Math.abs(found.height - 900) < 2, `${found.height} px of 900`);
  }
  await page.context().close();
});

test("words that were laid out for a picture that never comes are no picture: the reader gets the table", async () => {
  const init = () => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.type !== "view" || message.view.draft)
        return post.call(this, message, ...rest);
      setTimeout(() =>
        this.onmessage({
          data: { type: "failed", fatal: true, reason: "no picture" },
        }),
      );
    };
  };
  const page = await open("null", server.url + "/empty", {
    init,
    ready: false,
  });
  const found = await page.evaluate(async (tag) => {
    await customElements.whenDefined(tag);
    const element = Object.assign(document.createElement(tag), {
      src: "shipped",
      loading: "eager",
      renderer: "canvas",
    });
    element.style.minHeight = "900px";
    document.body.append(element);
    for (
      let waits = 0;
      waits < 100 && element.status.tier !== "static";
      waits++
    )
      await new Promise((done) => setTimeout(done, 50));
    await new Promise((done) => setTimeout(done, 500));
    return {
      tier: element.status.tier,
      cells: [...element.shadowRoot.querySelectorAll("td")].filter((cell) =>
        cell.checkVisibility(),
      ).length,
    };
  }, SHARE);
  assert.equal(found.tier, "static");
  assert.ok(found.cells > 20, `${found.cells} cells`);
  await page.context().close();
});

test("a page hands a million tiles, a million events and twenty thousand organisations over as columns", async () => {
  const server = await serve();
  const page = await open("null", server.url + "/articles/columns.html");
  const rows = Object.fromEntries(
    await Promise.all(
      TAGS.map(async (tag) => [
        tag,
        await page.evaluate(
          (tag) => document.querySelector(tag).status.rows,
          tag,
        ),
      ]),
    ),
  );
  assert.deepEqual(rows, {
    "atlas-value-chain": 60_000,
    "atlas-market-share": 1_000_000,
    "atlas-funding-timeline": 1_000_000,
  });
  for (const tag of TAGS) await drawsWell(page, tag);
  await page.context().close();
});
