// Data as pages have them: objects that cannot be copied, files under any name and type, tables as
// people write them. Read rightly, or refused in words.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SCRIPT, finish, open, pageOf, ready, serve } from "./harness.mjs";

const SHARE = "atlas-market-share";
const CSV = "label,value\nAlpha,60\nBeta,40\n";
const DATA = {
  kind: "ai-atlas/market-share",
  tables: [
    {
      id: "t",
      title: "T",
      kind: "share",
      unit: "%",
      period: "2024",
      items: [
        { label: "Alpha", value: 60 },
        { label: "Beta", value: 40 },
      ],
    },
  ],
};
const JSON_TEXT = JSON.stringify(DATA);
const HTML = "<!doctype html><html><body><h1>404</h1></body></html>";
const FILES = {
  "/dl": { body: CSV, type: "application/octet-stream" },
  "/shares.txt": { body: CSV, type: "text/plain" },
  "/shares.php": { body: CSV, type: "text/html; charset=utf-8" },
  "/shares.csv": { body: "\uFEFF" + CSV, type: "application/vnd.ms-excel" },
  "/quoted": {
    body: '"label";"value (US$, bn, est.)"\nAlpha;60\nBeta;40\n',
    type: "text/plain",
  },
  "/api": { body: " \n" + JSON_TEXT, type: "text/plain" },
  "/wrong.csv": { body: JSON_TEXT, type: "text/csv" },
  "/page.csv": { body: HTML, type: "text/html" },
  "/page.json": { body: HTML, type: "text/html" },
  "/book.csv": {
    body: Buffer.from("PK\x03\x04\x14\0\x06\0\x08\0rest", "latin1"),
    type: "text/csv",
  },
  "/book.xls": {
    body: Buffer.from("d0cf11e0a1b11ae1", "hex"),
    type: "application/octet-stream",
  },
};
const TABLES = {
  "/rowspan":
    '<table><tr><th>group</th><th>label</th><th>value</th></tr><tr><td rowspan="2">Chips</td><td>Alpha</td><td>60</td></tr><tr><td>Beta</td><td>40</td></tr></table>',
  "/headers":
    '<table><thead><tr><th colspan="2">AI chips 2024</th></tr><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>Alpha</td><td>60</td></tr><tr><td>Beta</td><td>40</td></tr></tbody></table>',
  "/headers-bare":
    '<table><tr><th rowspan="2">label</th><th>value</th></tr><tr><th>(%)</th></tr><tr><th scope="row">Alpha</th><td>60</td></tr><tr><th scope="row">Beta</th><td>40</td></tr></table>',
  "/marks":
    '<table><tr><th>label<sup>1</sup></th><th>value</th></tr><tr><td>Alpha<sup><a href="#n">[a]</a></sup></td><td>60<sup>1</sup></td></tr><tr><td><span hidden>000</span>Be<wbr>ta<style>td{color:red}</style></td><td>40*</td></tr></table>',
  "/breaks":
    "<table><tr><th>label</th><th>value</th></tr><tr><td>Alpha<br>Works</td><td>60</td></tr><tr><td></td><td></td></tr><tr><td><p>Beta</p><p>Ltd</p></td><td>40</td></tr></table>",
  "/foot":
    "<table><thead><tr><th>label</th><th>value</th></tr></thead><tfoot><tr><td>Total</td><td>100</td></tr></tfoot><tbody><tr><td>Alpha</td><td>60</td></tr><tr><td>Beta</td><td>40</td></tr></tbody></table>",
  "/nested":
    "<table><tr><th>label</th><th>value</th></tr><tr><td>Alpha<table><tr><td>7</td></tr></table></td><td>60</td></tr><tr><td>Beta</td><td>40</td></tr></table>",
  "/shared":
    '<table><tr><th>label</th><th>value</th></tr><tr><td>Alpha</td><td rowspan="2">60</td></tr><tr><td>Beta</td></tr><tr><td>Gamma</td><td>40</td></tr></table>',
  "/power":
    "<table><tr><th>label</th><th>value</th></tr><tr><td>Alpha</td><td>6 × 10<sup>9</sup></td></tr><tr><td>Beta</td><td>40</td></tr></table>",
  "/lines":
    '<table><thead><tr><th colspan="2">Title</th></tr><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td></td><td></td></tr><tr><td>Alpha</td><td>sixty</td></tr><tr><td>Beta</td><td>40</td></tr></tbody></table>',
};
let server;
before(async () => {
  server = await serve(
    (path) =>
      FILES[path] ??
      (TABLES[path]
        ? {
            body: pageOf(
              `${SCRIPT}<${SHARE} loading="eager" renderer="canvas">${TABLES[path]}</${SHARE}>`,
              { lang: "en" },
            ),
          }
        : path === "/empty" && { body: pageOf(SCRIPT, { lang: "en" }) }),
  );
});
after(finish);

const state = (page) =>
  page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    const { rows } = element.status.rows
      ? await element.toJSON()
      : { rows: [] };
    return {
      error: element.status.error,
      rows: rows.map((row) => [row[1], row[2]].join("|")),
      issues: [...element.shadowRoot.querySelectorAll("[part=issues] li")].map(
        (node) => node.textContent,
      ),
      said: element.shadowRoot.querySelector("[part=error]").textContent,
      title: element.shadowRoot.querySelector("[part=title]").textContent,
    };
  }, SHARE);
const visit = async (path, prepare, ...rest) => {
  const page = await open("null", server.url + path, { ready: false });
  if (prepare)
    await page.evaluate(
      ([tag, prepare, rest]) => {
        const element = Object.assign(document.createElement(tag), {
          loading: "eager",
          renderer: "canvas",
        });
        eval(prepare)(element, ...rest);
        document.body.append(element);
      },
      [SHARE, `(${prepare})`, rest],
    );
  await ready(page, SHARE);
  const seen = { ...(await state(page)), faults: page.faults };
  await page.context().close();
  return seen;
};
const GOOD = ["Alpha|60", "Beta|40"];

const OBJECTS = {
  "a reactive proxy": (element, data) => {
    const deep = (one) =>
      typeof one === "object" && one
        ? new Proxy(one, {
            get: (target, key, self) => deep(Reflect.get(target, key, self)),
          })
        : one;
    element.data = deep(data);
  },
  "an object with functions": (element, data) =>
    (element.data = {
      ...data,
      refresh: () => 1,
      tables: [{ ...data.tables[0], format: () => 2 }],
    }),
  "instances of classes, one of which says itself what it is in JSON": (
    element,
    data,
  ) => {
    class Item {
      constructor({ label, value }) {
        this.label = label;
        this.hidden = value;
      }
      toJSON() {
        return { label: this.label, value: this.hidden };
      }
    }
    element.data = {
      ...data,
      tables: [
        {
          ...data.tables[0],
          items: data.tables[0].items.map((item) => new Item(item)),
        },
      ],
    };
  },
  "big integers and a set": (element, data) =>
    (element.data = {
      ...data,
      tables: [
        {
          ...data.tables[0],
          items: new Set([
            { label: "Alpha", value: 60n },
            { label: "Beta", value: 40n },
          ]),
        },
      ],
    }),
};
for (const [name, set] of Object.entries(OBJECTS))
  test(`${name} is read as data`, async () => {
    const seen = await visit("/empty", set, DATA);
    assert.deepEqual([seen.error, seen.rows, seen.faults], [null, GOOD, []]);
  });

test("data that hold themselves are refused, with the place", async () => {
  for (const proxied of [false, true]) {
    const seen = await visit(
      "/empty",
      (element, data, proxied) => {
        data.tables[0].items[1].up = data.tables[0];
        element.data = proxied ? { ...data, tell: () => 1 } : data;
      },
      DATA,
      proxied,
    );
    assert.equal(seen.error, "not-json");
    assert.match(seen.said, /hold themselves.*tables\[0\]\.items\[1\]\.up/);
  }
});

for (const path of [
  "/dl?id=7",
  "/shares.txt",
  "/shares.php",
  "/shares.csv?download=1",
  "/quoted",
  "/api",
  "/wrong.csv",
])
  test(`${path} is read, whatever its name and type`, async () => {
    const seen = await visit(
      "/empty",
      (element, src) => (element.src = src),
      path,
    );
    // Its heading says billions of dollars.
    const rows =
      path === "/quoted" ? GOOD.map((row) => row + ",000,000,000") : GOOD;
    assert.deepEqual([seen.error, seen.rows], [null, rows]);
  });

test("a web page and a workbook in place of data are called so, in three languages", async () => {
  for (const [path, code, words] of [
    [
      "/page.csv",
      "web-page",
      { ko: /웹 페이지/, en: /web page/, ja: /ウェブページ/ },
    ],
    ["/page.json", "web-page", { en: /web page/ }],
    [
      "/book.csv",
      "workbook",
      {
        ko: /엑셀.*CSV/,
        en: /Excel workbook: save it as CSV \(UTF-8\)/,
        ja: /Excelブック.*CSV/,
      },
    ],
    ["/book.xls", "workbook", { en: /Excel workbook/ }],
  ])
    for (const [lang, said] of Object.entries(words)) {
      const seen = await visit(
        "/empty",
        (element, src, lang) => Object.assign(element, { src, lang }),
        path,
        lang,
      );
      assert.equal(seen.error, code);
      assert.match(seen.said, said);
    }
});

test("cells that span rows stand in each of them, titles above the headings are none", async () => {
  for (const path of ["/rowspan", "/headers", "/headers-bare"]) {
    const seen = await visit(path);
    assert.deepEqual(
      [seen.error, seen.issues, seen.rows],
      [null, [], GOOD],
      path,
    );
  }
  assert.match((await visit("/headers")).title, /^AI chips 2024/);
});

test("marks of footnotes, hidden text, line breaks and empty rows are not part of a cell", async () => {
  const marks = await visit("/marks");
  assert.deepEqual([marks.error, marks.issues, marks.rows], [null, [], GOOD]);
  const breaks = await visit("/breaks");
  assert.deepEqual(
    [breaks.error, breaks.issues, breaks.rows],
    [null, [], ["Alpha Works|60", "Beta Ltd|40"]],
  );
});

test("a total in the foot is left out and told, so are a table in a cell and a number that several cells share", async () => {
  const foot = await visit("/foot");
  assert.deepEqual(
    [foot.error, foot.rows, foot.issues.length],
    [null, GOOD, 1],
  );
  assert.match(foot.issues[0], /tfoot.*Total 100/);
  const nested = await visit("/nested");
  assert.deepEqual([nested.rows, nested.issues.length], [GOOD, 1]);
  assert.match(nested.issues[0], /^line 2: Cell 1/);
  const shared = await visit("/shared");
  assert.deepEqual(
    shared.rows.filter((row) => /^(Alpha|Beta)/.test(row)),
    [],
  );
  assert.match(
    shared.issues[0],
    /^line 2: The number 60 in cell 2 spans several/,
  );
});

test("ten to the ninth is not ten, and an issue names the row as the page has it", async () => {
  const power = await visit("/power");
  assert.deepEqual(
    power.rows.filter((row) => /^Alpha/.test(row)),
    [],
  );
  assert.match(power.issues.join(), /line 2.*10\^9/);
  assert.match((await visit("/lines")).issues.join(), /^line 4.*sixty/);
});
