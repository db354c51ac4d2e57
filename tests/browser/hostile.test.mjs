// Bad files: words for what is wrong, a picture of what is right, and never the loss of what was
// there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import {
  SCRIPT,
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
  shipped as libraryFile,
} from "./harness.mjs";
import { atReading } from "./reading.js";

const share = (...items) => ({
  kind: "ai-atlas/market-share",
  tables: [
    {
      id: "t",
      title_ko: "표",
      title_en: "Table",
      kind: "share",
      unit: "%",
      period: "2023",
      items: items.map(([label, value]) => ({
        label_ko: label,
        label_en: label,
        value,
      })),
    },
  ],
});
const chain = (...links) => ({
  kind: "ai-atlas/value-chain",
  layers: [
    { id: "infra", label_ko: "인프라", label_en: "Infrastructure" },
    { id: "model", label_ko: "모델", label_en: "Models" },
  ],
  sublayers: [
    { id: "chip", layer: "infra", label_ko: "칩", label_en: "Chips" },
    {
      id: "llm",
      layer: "model",
      label_ko: "언어 모델",
      label_en: "Language models",
    },
  ],
  entities: [
    {
      id: "a",
      name_ko: "가나전자",
      name_en: "Gana",
      roles: [{ sublayer: "chip" }],
    },
    {
      id: "b",
      name_ko: "다라연구",
      name_en: "Dara",
      roles: [{ sublayer: "llm" }],
    },
  ],
  links: links.map(([from, to], i) => ({
    id: "l" + i,
    from,
    to,
    type: "supplies",
    label_ko: "공급",
    label_en: "supply",
  })),
});
const events = (...dates) => ({
  kind: "ai-atlas/funding-timeline",
  events: dates.map((date, i) => ({
    id: "e" + i,
    date,
    type: "round",
    label_ko: `행사 ${i}`,
    label_en: `Event ${i}`,
    amount: { value: 1e9, currency: "USD" },
  })),
});

const shipped = (kind) => JSON.parse(readFileSync(`${dist}/data/${kind}.json`));
const FILES = {
  "broken.json": '{"kind": "ai-atlas/market-share", "tables": [',
  "negative.json": share(["가", 60], ["나", -5], ["다", 30]),
  "nobody.json": chain(["a", "b"], ["a", "nobody"]),
  "date.json": events("2024-02-01", "2024-13-45", "2024-05"),
  "markup.json": share(
    ["<img src=x onerror=alert(1)>", 60],
    ["javascript:alert(1)", 30],
  ),
};
const REAL = {
  "negative-real.json": [
    "market-share",
    (file) =>
      (file.tables.find(({ id }) => id === "hbm-2023").items[0].value = -54),
  ],
  "nobody-real.json": ["value-chain", (file) => (file.links[0].to = "nobody")],
  "date-real.json": [
    "funding-timeline",
    (file) => (file.events[3].date = "2024-13-45"),
  ],
};

let server;
before(async () => {
  server = await serve((path) => {
    const name = path.split("/").pop();
    if (FILES[name])
      return {
        body:
          typeof FILES[name] === "string"
            ? FILES[name]
            : JSON.stringify(FILES[name]),
        type: "application/json",
      };
    if (REAL[name]) {
      const [kind, spoil] = REAL[name];
      const file = shipped(kind);
      spoil(file);
      return { body: JSON.stringify(file), type: "application/json" };
    }
    if (path === "/page") return { body: pageOf(SCRIPT) };
  });
});
after(finish);

const show = async (tag, src, lang) => {
  const page = await open("null", server.url + "/page", { ready: false });
  await page.evaluate(
    ([tag, src, lang]) => {
      globalThis.heard = [];
      for (const type of ["load", "error", "issues"])
        document.addEventListener(type, ({ detail }) =>
          heard.push([type, detail?.code ?? detail?.issues?.length ?? null]),
        );
      const element = document.createElement(tag);
      Object.assign(element, {
        src,
        lang,
        renderer: "canvas",
        loading: "eager",
      });
      document.body.append(element);
    },
    [tag, src, lang],
  );
  await ready(page, tag);
  const state = await page.evaluate((tag) => {
    const element = document.querySelector(tag);
    const text = (part) =>
      [...element.shadowRoot.querySelectorAll(`[part=${part}]:not([hidden])`)]
        .map((node) => node.textContent)
        .join("\n");
    return {
      status: { ...element.status },
      heard,
      error: text("error"),
      issues: text("issues"),
      items: element.shadowRoot.querySelectorAll("[part=item]").length,
    };
  }, tag);
  return { page, ...state };
};

const CASES = [
  [
    "a negative share",
    "atlas-market-share",
    "negative.json",
    { ko: /items\[1\].*-5.*0보다 작아/, en: /items\[1\].*-5.*below zero/ },
    2,
  ],
  [
    "a link to nobody",
    "atlas-value-chain",
    "nobody.json",
    {
      ko: /links\[1\].*nobody.*파일에 없어/,
      en: /links\[1\].*no organisation.*nobody/,
    },
    2,
  ],
  [
    "a date that no calendar has",
    "atlas-funding-timeline",
    "date.json",
    {
      ko: /events\[1\].*2024-13-45.*달력에 없는/,
      en: /events\[1\].*2024-13-45.*not a date/,
    },
    2,
  ],
];
for (const [what, tag, file, words, least] of CASES) {
  for (const lang of ["ko", "en"]) {
    test(`${what} is said in words (${lang}) and the valid rows are drawn`, async () => {
      const { page, status, heard, issues, error, items } = await show(
        tag,
        "/" + file,
        lang,
      );
      assert.equal(status.issues, 1);
      assert.equal(error, "");
      assert.match(issues, words[lang]);
      assert.ok(
        heard.some(([type, n]) => type === "issues" && n === 1),
        JSON.stringify(heard),
      );
      assert.ok(items >= least, `${items} marks in the outline`);
      assert.ok(colours(await picture(page, tag)) >= 2, "the picture is blank");
      assert.deepEqual(page.faults, []);
      await page.context().close();
    });
  }
}

for (const [file, [kind]] of Object.entries(REAL)) {
  test(`the shipped ${kind} with one row spoilt is drawn without it`, async () => {
    const { page, status, items } = await show(
      "atlas-" + kind,
      "/" + file,
      "ko",
    );
    assert.ok(
      status.issues >= 1 && status.rows > 0 && items > 3,
      JSON.stringify(status),
    );
    assert.ok(colours(await picture(page, "atlas-" + kind)) >= 8);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

for (const [lang, words] of [
  ["ko", /올바른 JSON이 아니/],
  ["en", /not valid JSON/],
]) {
  test(`a file that is not JSON gives the error not-json, in words (${lang})`, async () => {
    const { page, status, heard, error } = await show(
      "atlas-market-share",
      "/broken.json",
      lang,
    );
    assert.equal(status.error, "not-json");
    assert.deepEqual(heard, [["error", "not-json"]]);
    assert.match(error, words);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test("a missing file gives the error fetch-failed in words", async () => {
  const { page, status, error } = await show(
    "atlas-market-share",
    "/none.json",
    "ko",
  );
  assert.equal(status.error, "fetch-failed");
  assert.match(error, /불러오지 못했습니다/);
  await page.context().close();
});

test("a good picture stays when the next file is bad, and a good file after that is drawn", async () => {
  const { page } = await show(
    "atlas-market-share",
    "/data/market-share.json",
    "ko",
  );
  const good = await picture(page, "atlas-market-share");
  const change = async (src, until) => {
    await page.evaluate(
      (src) => (document.querySelector("atlas-market-share").src = src),
      src,
    );
    await page.waitForFunction(until);
    await settle(page);
  };
  await change(
    "/broken.json",
    () =>
      document.querySelector("atlas-market-share").status.error === "not-json",
  );
  assert.ok(await page.locator("atlas-market-share [part=error]").isVisible());
  assert.ok(await page.locator("atlas-market-share [part=canvas]").isVisible());
  assert.equal(difference(good, await picture(page, "atlas-market-share")), 0);
  await change(
    "/negative.json",
    () => document.querySelector("atlas-market-share").status.issues === 1,
  );
  assert.ok(await page.locator("atlas-market-share [part=error]").isHidden());
  assert.notEqual(
    difference(good, await picture(page, "atlas-market-share")),
    0,
  );
  await page.context().close();
});

test("what is larger than the limit is refused before it is copied into the wasm, whatever it came as", async () => {
  const never = (text) => {
    if (text.length > 1e6) throw Error("it was copied");
  };
  const engine = `(${atReading})(${never});${readFileSync(libraryFile("engine.js"), "utf8")}`;
  const server = await serve((path) =>
    path === "/page"
      ? {
          body: pageOf(
            `${SCRIPT}<atlas-market-share src="shipped" lang="en" loading="eager"></atlas-market-share>`,
          ),
        }
      : path === "/engine.js" && { body: engine, type: "text/javascript" },
  );
  const page = await open("null", server.url + "/page", { ready: false });
  // The shipped data are read there, and smaller.
  await ready(page, "atlas-market-share");
  const refused = await page.evaluate(async () => {
    const element = document.querySelector("atlas-market-share");
    const heard = [];
    element.addEventListener("error", ({ detail }) => heard.push(detail));
    const long = "x".repeat((32 << 20) + 1);
    element.data = { kind: "ai-atlas/market-share", items: [], title: long };
    await element.updateComplete;
    const { error } = await element.constructor.read(
      new TextEncoder().encode(long).buffer,
      "long.csv",
    );
    return [...heard, error].map(({ code, message, en }) => [
      code,
      message ?? en,
    ]);
  });
  assert.equal(refused.length, 2);
  for (const [code, words] of refused) {
    assert.equal(code, "too-large");
    assert.match(words, /larger than the limit.*3355\d+ > 33554432/);
  }
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("markup and script addresses in data stay text", async () => {
  const { page, status } = await show(
    "atlas-market-share",
    "/markup.json",
    "ko",
  );
  assert.equal(status.issues, 0);
  await page
    .locator("atlas-market-share button")
    .filter({ hasText: "표로 보기" })
    .click();
  await page.locator("atlas-market-share [part=table] table").waitFor();
  const found = await page.evaluate(() => {
    const { shadowRoot } = document.querySelector("atlas-market-share");
    return [
      shadowRoot.querySelectorAll("img:not(.poster), script, iframe").length,
      [...shadowRoot.querySelectorAll("a")].filter(
        (a) => !/^(https?|mailto):$/.test(a.protocol),
      ).length,
      shadowRoot.textContent.includes("<img src=x onerror=alert(1)>"),
    ];
  });
  assert.deepEqual(found, [0, 0, true]);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});
