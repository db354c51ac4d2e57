// Whose numbers a reader sees: an element without data says so to its author, and never shows the
// data that come with the library unless it is asked to.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  KINDS,
  SCRIPT,
  TAGS,
  finish,
  open,
  pageOf,
  ready,
  serve,
} from "./harness.mjs";

const TABLE =
  "<table><caption>GPU share</caption><thead><tr><th>Company</th><th>value</th></tr></thead><tbody><tr><td>Alpha</td><td>80</td></tr><tr><td>Beta</td><td>20</td></tr></tbody></table>".replace(
    "Company",
    "label",
  );
const OWN = {
  kind: "ai-atlas/market-share",
  tables: [
    {
      id: "t",
      title: "Ours",
      kind: "share",
      unit: "%",
      period: "2024",
      items: [
        { label: "Alpha", value: 80 },
        { label: "Beta", value: 20 },
      ],
    },
  ],
};
const SHARE = "atlas-market-share";
const FOREIGN = /SK|NVIDIA|HBM|OpenAI|하이닉스|엔비디아|오픈AI/;
const HEARD =
  "<script>globalThis.heard = []; for (const type of ['error', 'load']) document.addEventListener(type, ({ target, detail }) => target.localName?.startsWith('atlas-') && heard.push([type, detail.code ?? null, detail.message ?? '']))</script>";
const PAGES = {
  ...Object.fromEntries(
    KINDS.map((kind) => [
      `/${kind}`,
      `<atlas-${kind} loading="eager"></atlas-${kind}>`,
    ]),
  ),
  "/null": `<${SHARE} loading="eager"></${SHARE}><script>document.querySelector('${SHARE}').data = null</script>`,
  "/null-over-shipped": `<${SHARE} loading="eager" src="shipped"></${SHARE}><script>document.querySelector('${SHARE}').data = null</script>`,
  "/paragraph": `<p><${SHARE} loading="eager">${TABLE}</${SHARE}></p>`,
  "/no-rows": `<${SHARE} loading="eager"><table></table></${SHARE}>`,
  "/no-json": `<${SHARE} loading="eager"><script type="application/json">\n</script></${SHARE}>`,
  "/json-null": `<${SHARE} loading="eager"><script type="application/json">null</script></${SHARE}>`,
  "/shipped": `<${SHARE} loading="eager" src="shipped"></${SHARE}>`,
  "/empty": "",
};

let server;
before(async () => {
  const slow = (path) =>
    path === "/slow" && {
      raw: async (response) => {
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
        const [head, ...rest] = pageOf(
          `${HEARD}${SCRIPT.replace("type", "async type")}<${SHARE} loading="eager">${TABLE}</${SHARE}><p>after</p>`,
        ).split("<tr>");
        response.write(head);
        for (const row of rest) {
          await new Promise((done) => setTimeout(done, 900));
          response.write("<tr>" + row);
        }
        response.end();
      },
    };
  server = await serve(
    (path) =>
      slow(path) ||
      (path in PAGES && {
        body: pageOf(HEARD + SCRIPT + PAGES[path], { lang: "en" }),
      }),
  );
});
after(finish);

// Everything that the page says in and around the element.
const told = (page, tag = SHARE) =>
  page.evaluate(
    (tag) =>
      [...document.querySelector(tag).shadowRoot.querySelectorAll("*")]
        .filter((node) => !node.children.length && node.checkVisibility())
        .map((node) => node.textContent)
        .join(" "),
    tag,
  );
const visit = async (path, options = {}) => {
  const page = await open("null", server.url + path, {
    ready: false,
    ...options,
  });
  const fetched = server.log.length;
  return { page, fetched };
};
const status = (page, tag = SHARE) =>
  page.evaluate((tag) => ({ ...document.querySelector(tag).status }), tag);

for (const [path, tag] of [
  ...KINDS.map((kind) => ["/" + kind, "atlas-" + kind]),
  ...[
    "/null",
    "/null-over-shipped",
    "/paragraph",
    "/no-rows",
    "/no-json",
    "/json-null",
  ].map((path) => [path, SHARE]),
])
  test(`${path}: an element without data says so and shows nobody's numbers`, async () => {
    const { page } = await visit(path);
    await ready(page, tag);
    const { error, rows, tier } = await status(page, tag);
    assert.deepEqual([error, rows], ["no-data", 0]);
    const words = await told(page, tag);
    assert.match(words, /no data/);
    assert.doesNotMatch(words, FOREIGN);
    const seen = await page.evaluate((tag) => {
      const element = document.querySelector(tag);
      const parts = ["canvas", "[part=title]", "[part=table]", ".still"].map(
        (name) => element.shadowRoot.querySelector(name),
      );
      return {
        seen: parts.filter(
          (node) => node?.checkVisibility() && node.offsetHeight,
        ).length,
        heard,
        height: element.offsetHeight,
        taken: null,
      };
    }, tag);
    assert.equal(seen.seen, 0);
    assert.deepEqual(
      seen.heard.map(([type, code]) => [type, code]),
      [["error", "no-data"]],
    );
    assert.match(
      seen.heard[0][2],
      path === "/paragraph" ? /<p>.*<figure>/ : /src="shipped"/,
    );
    assert.ok(seen.height < 200, `${seen.height} px`);
    assert.equal(
      await page.evaluate((tag) => document.querySelector(tag).toSVG(), tag),
      null,
    );
    for (const method of ["toJSON", "toCSV"])
      assert.equal(
        await page.evaluate(
          ([tag, method]) =>
            document
              .querySelector(tag)
              [method]()
              .then(JSON.stringify, ({ code }) => code),
          [tag, method],
        ),
        "no-data",
      );
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

test("the sentence stands in the three languages", async () => {
  for (const [lang, words] of [
    ["ko", /데이터가 없습니다/],
    ["en", /has no data/],
    ["ja", /データがありません/],
  ]) {
    const { page } = await visit("/empty");
    await page.evaluate(
      ([tag, lang]) =>
        document.body.append(
          Object.assign(document.createElement(tag), {
            lang,
            loading: "eager",
          }),
        ),
      [SHARE, lang],
    );
    await ready(page, SHARE);
    assert.match(await told(page), words);
    await page.context().close();
  }
});

test('`src="shipped"` asks for the shipped data, until the page sets data of its own, be it null', async () => {
  const { page } = await visit("/shipped");
  await ready(page, SHARE);
  assert.match(await told(page), FOREIGN);
  const all = await page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    element.data = null;
    await new Promise((done) =>
      element.addEventListener("error", done, { once: true }),
    );
    return {
      ld: document.querySelectorAll('script[type="application/ld+json"]')
        .length,
    };
  }, SHARE);
  assert.doesNotMatch(await told(page), FOREIGN);
  assert.equal(all.ld, 0);
  await page.evaluate(
    async ([tag, data]) => {
      const element = document.querySelector(tag);
      element.data = data;
      await new Promise((done) =>
        element.addEventListener("load", done, { once: true }),
      );
    },
    [SHARE, OWN],
  );
  const words = await told(page);
  assert.match(words, /Alpha/);
  assert.doesNotMatch(words, FOREIGN);
  assert.equal((await status(page)).error, null);
  assert.ok(await page.locator(`${SHARE} canvas`).first().isVisible());
  // Data that cannot be drawn lets nothing of what ships return.
  await page.evaluate(
    (tag) =>
      (document.querySelector(tag).data = {
        kind: "ai-atlas/market-share",
        tables: [],
      }),
    SHARE,
  );
  await page.waitForFunction(
    (tag) => document.querySelector(tag).status.error === "empty",
    SHARE,
  );
  assert.doesNotMatch(await told(page), FOREIGN);
  await page.context().close();
});

test("data that cannot be drawn leave nothing of the shipped picture standing", async () => {
  const { page } = await visit("/shipped");
  await ready(page, SHARE);
  await page.evaluate(
    (tag) =>
      (document.querySelector(tag).data = {
        kind: "ai-atlas/market-share",
        tables: [],
      }),
    SHARE,
  );
  await page.waitForFunction(
    (tag) => document.querySelector(tag).status.error,
    SHARE,
  );
  assert.doesNotMatch(await told(page), FOREIGN);
  await page.context().close();
});

test("data that come a moment later are drawn without a word of complaint", async () => {
  const steps = {
    data: (element, data) => (element.data = data),
    null: (element, data) => (
      (element.data = null),
      setTimeout(() => (element.data = data), 200)
    ),
    script: (element, data) => {
      const script = Object.assign(document.createElement("script"), {
        type: "application/json",
      });
      element.append(script);
      setTimeout(() => (script.textContent = JSON.stringify(data)), 100);
    },
    columns: (element) =>
      element.setColumns({
        value: new Float64Array([80, 20]),
        label: ["Alpha", "Beta"],
      }),
  };
  for (const [name, step] of Object.entries(steps)) {
    const { page } = await visit("/empty");
    await page.evaluate(
      async ([tag, data, step]) => {
        const element = Object.assign(document.createElement(tag), {
          loading: "eager",
        });
        document.body.append(element);
        await new Promise((done) => setTimeout(done, 300));
        eval(step)(element, data);
        await new Promise((done) =>
          element.addEventListener("load", done, { once: true }),
        );
      },
      [SHARE, OWN, `(${step})`],
    );
    await page.waitForTimeout(1300);
    assert.deepEqual(
      await page.evaluate(() => heard.map(([type]) => type)),
      ["load"],
      name,
    );
    assert.equal((await status(page)).rows, name === "columns" ? 2 : 2);
    await page.context().close();
  }
});

test("a table that is still on its way is waited for, and drawn once", async () => {
  const { page } = await visit("/slow");
  await ready(page, SHARE);
  assert.deepEqual(await page.evaluate(() => heard.map(([type]) => type)), [
    "load",
  ]);
  assert.equal((await status(page)).rows, 2);
  await page.context().close();
});

test("an iframe without `src` says what is missing, and an address that was escaped twice is read as it was meant", async () => {
  const page = await open(
    "null",
    `${server.url}/embed.html?kind=market-share&lang=en`,
    { ready: false },
  );
  assert.match(await page.locator("main").innerText(), /src=shipped/);
  assert.equal(await page.locator(TAGS.join()).count(), 0);
  await page.context().close();
  const twice = await open(
    "null",
    `${server.url}/embed.html?kind=market-share&amp;src=shipped&amp;lang=en`,
  );
  assert.match(await told(twice), FOREIGN);
  await twice.context().close();
});

test("without WebAssembly an element without data says so too", async () => {
  const page = await open("nowasm", server.url + "/market-share", {
    ready: false,
  });
  await page.waitForFunction(
    (tag) => document.querySelector(tag).status?.error === "no-data",
    SHARE,
  );
  await page.waitForTimeout(300);
  const words = await told(page);
  assert.match(words, /no data/);
  assert.doesNotMatch(words, FOREIGN);
  assert.equal(await page.locator(`${SHARE} td`).count(), 0);
  await page.context().close();
});
