// A language besides Korean and English: the widgets in Japanese from end to end, and who downloads
// what for it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import {
  KINDS,
  SCRIPT,
  TAGS,
  finish,
  open,
  pageOf,
  ready,
  root,
  serve,
  settle,
} from "./harness.mjs";
import { listener } from "./accessibility-tree.mjs";

// Shipped files in which every text of their editors is in letters that no text of the library has:
// what else there is to read is the library's.
const TEXTS =
  /_(ko|en|text)$|^(locator|attributed_to|products|aliases|derived)$/;
const withoutWords = (kind) => {
  let number = 0;
  const hide = (value, key) => {
    if (Array.isArray(value)) return value.map((one) => hide(one, key));
    if (value && typeof value === "object")
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, hide(one, key)]),
      );
    return typeof value === "string" && TEXTS.test(key)
      ? `Ю${++number}`
      : value;
  };
  return JSON.stringify(
    hide(
      JSON.parse(readFileSync(join(root, "data", kind + ".json"), "utf8")),
      "",
    ),
  );
};
// Q: a quarter as files print it.
const NAMES = new Set([
  "AI",
  "NIA",
  "MW",
  "GPU",
  "H",
  "CSV",
  "JSON",
  "SVG",
  "PNG",
  "Ctrl",
  "Q",
]);
const WRONG = "kind: ai-atlas/nothing"; // what a file said
const foreign = (texts) => [
  ...new Set(
    texts.flatMap((text) =>
      (
        text
          .replace(WRONG, "")
          .match(/[A-Za-z]+|[\u1100-\u11FF\u3130-\u318F\uAC00-\uD7A3]+/g) ?? []
      )
        .filter((word) => !NAMES.has(word))
        .map((word) => `${word} in «${text.slice(0, 80)}»`),
    ),
  ),
];
const japanese = (texts) =>
  texts.filter((text) => /[\u3041-\u30FF\u4E00-\u9FFF]/.test(text)).length;

// Everything that stands in the document of a widget, seen or said.
const READ = (tag) => {
  const element = document.querySelector(tag);
  const texts = [];
  const walk = document.createTreeWalker(
    element.shadowRoot,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
  );
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
    else
      for (const name of [
        "aria-label",
        "aria-valuetext",
        "title",
        "placeholder",
        "alt",
        "aria-description",
        "aria-roledescription",
      ])
        if (node.hasAttribute(name)) texts.push(node.getAttribute(name));
  }
  return texts;
};

const page = (lang, more = "") =>
  pageOf(
    SCRIPT +
      KINDS.map(
        (kind) =>
          `<atlas-${kind} renderer="canvas" src="/words/${kind}.json"${more}></atlas-${kind}>`,
      ).join(""),
    { lang },
  );
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types ai-atlas";
let server;
let asked = [];
let replace = {};
before(async () => {
  server = await serve((path) => {
    if (/language\.js$|\/lang\//.test(path))
      asked.push(path.replace(/^\/\d[^/]*/, ""));
    for (const [name, answer] of Object.entries(replace))
      if (path.endsWith(name)) return answer;
    if (path.startsWith("/in/")) return { body: page(path.slice(4)) };
    if (path === "/strict")
      return { body: page("ja"), headers: { "content-security-policy": CSP } };
    if (path === "/shipped")
      return {
        body: pageOf(
          SCRIPT +
            KINDS.map(
              (kind) =>
                `<atlas-${kind} src="shipped" renderer="canvas"></atlas-${kind}>`,
            ).join(""),
          { lang: "ja-JP" },
        ),
      };
    const words = /^\/words\/(.*)\.json$/.exec(path);
    return words && { body: withoutWords(words[1]), type: "application/json" };
  });
});
after(finish);
const visit = async (path, options = {}) => {
  asked = [];
  return open("null", server.url + path, { locale: "en-US", ...options });
};
const told = (page, tag) => page.evaluate(READ, tag);
const langOf = (page, tag) =>
  page.evaluate(
    (tag) => document.querySelector(tag).shadowRoot.querySelector(".root").lang,
    tag,
  );

// What a reader can bring a widget into.
const STATES = {
  plain: () => {},
  "as a table, sorted": async (page, tag) => {
    await page.locator(`${tag} .do button`).first().click();
    await page.locator(`${tag} .sort`).first().click();
    await page.locator(`${tag} .do button`).first().click();
  },
  "lists and downloads open": (page, tag) =>
    page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.querySelectorAll("details")
          .forEach((one) => (one.open = true)),
      tag,
    ),
  "a name that there is not": async (page, tag) => {
    if (!(await page.locator(`${tag} [role=combobox]`).count())) return;
    await page.locator(`${tag} [role=combobox]`).fill("ん");
    await page.locator(`${tag} .found .none`).waitFor();
  },
  filtered: async (page, tag) => {
    const key = page.locator(`${tag} .legend button`).last();
    if (await key.count()) await key.click();
  },
  selected: async (page, tag) => {
    await page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.querySelectorAll("[part=item]")[2]
          .click(),
      tag,
    );
    await page.locator(`${tag} .card.pin`).waitFor();
  },
  nearer: async (page, tag) => {
    await page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.querySelector('[part=item][tabindex="0"]')
          .focus(),
      tag,
    );
    await page.keyboard.press(tag === TAGS[1] ? "Enter" : "+");
  },
  "the wheel turned": async (page, tag) => {
    await page.locator(`${tag} .stage`).hover();
    await page.mouse.wheel(0, 10);
  },
  "with a file that is not there": async (page, tag) => {
    await page.evaluate(
      (tag) => (document.querySelector(tag).src = "/nowhere.json"),
      tag,
    );
    await page.locator(`${tag} [part=error]`).waitFor();
  },
  "with a file of another kind": async (page, tag) => {
    await page.evaluate(
      (tag) =>
        (document.querySelector(tag).data = { kind: "ai-atlas/nothing" }),
      tag,
    );
    await page.locator(`${tag} [part=error]`, { hasText: WRONG }).waitFor();
  },
};

for (const width of [1200, 360])
  test(`all three widgets are Japanese in every state, ${width} px wide: no word of Korean or English`, async () => {
    for (const tag of TAGS) {
      const page = await visit("/in/ja", { width });
      const hears = await listener(page);
      for (const [state, bring] of Object.entries(STATES)) {
        await bring(page, tag);
        await settle(page);
        await page.waitForTimeout(350);
        await settle(page);
        const texts = await told(page, tag);
        assert.deepEqual(foreign(texts), [], `${tag}, ${state}`);
        assert.ok(
          japanese(texts) > 25,
          `${tag}, ${state}: ${japanese(texts)} Japanese texts`,
        );
        // Roles are the browser's words: names and values are ours.
        const spoken = (await hears.document(tag)).flatMap((line) =>
          [...line.matchAll(/[«[]([^»\]]*)[»\]]/g)].map(([, text]) => text),
        );
        assert.deepEqual(foreign(spoken), [], `${tag}, ${state}, spoken`);
        assert.ok(
          spoken.length > 10,
          `${tag}, ${state}: ${spoken.length} spoken`,
        );
      }
      assert.equal(await langOf(page, tag), "ja");
      assert.deepEqual(
        page.faults.filter((fault) => !/404/.test(fault)),
        [],
      );
      await page.context().close();
    }
  });

test("the same page in English has words that this test sees", async () => {
  const page = await visit("/in/en");
  for (const tag of TAGS)
    assert.ok(foreign(await told(page, tag)).length > 30, tag);
  await page.context().close();
});

test("without WebAssembly the table is Japanese", async () => {
  const page = await open("nowasm", server.url + "/in/ja", { locale: "en-US" });
  for (const tag of TAGS) {
    await page.locator(`${tag} .still table`).waitFor();
    const texts = await told(page, tag);
    assert.deepEqual(foreign(texts), [], tag);
    assert.ok(japanese(texts) > 25, tag);
  }
  await page.context().close();
});

test("one page of three elements fetches one file of words, by its tag or what it begins with; Korean, English and languages without a file fetch none", async () => {
  for (const [tag, want, spoken] of [
    ["ja", ["/language.js", "/lang/ja.json"], "ja"],
    ["JA-jp", ["/language.js", "/lang/ja.json"], "ja"],
    ["ko", [], "ko"],
    ["ko-KR", [], "ko"],
    ["kok", [], "en"],
    ["en-GB", [], "en"],
    ["fr", [], "en"],
    ["jam", [], "en"],
    ["constructor", [], "en"],
  ]) {
    const page = await visit("/in/" + tag);
    assert.deepEqual(asked, want, tag);
    for (const one of TAGS) assert.equal(await langOf(page, one), spoken, tag);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});

test("the language follows the element, the page and a download; sums sort by what they say", async () => {
  const page = await visit("/in/en");
  const [chain, , timeline] = TAGS;
  const title = (tag) => page.locator(`${tag} [part=title]`).textContent();
  const svg = (lang) =>
    page.evaluate(
      async ([tag, lang]) => document.querySelector(tag).toSVG({ lang }),
      [chain, lang],
    );
  assert.match(await title(chain), /has the most relations/);
  assert.match(await svg("ja"), /lang="ja"[^]*関係が最も多いのは/);
  assert.match(await svg("fr"), /lang="en"/);
  assert.match(await title(chain), /has the most relations/);
  await page.evaluate(() => (document.documentElement.lang = "ja"));
  await settle(page);
  assert.match(await title(chain), /関係が最も多いのは/);
  await page.evaluate(
    (tag) => (document.querySelector(tag).lang = "ko"),
    chain,
  );
  await settle(page);
  assert.match(await title(chain), /관계가 가장 많은 곳은/);
  assert.match(await title(timeline), /最大の金額は/);
  assert.deepEqual(asked, ["/language.js", "/lang/ja.json"], "once");
  const { csv, lang } = await page.evaluate(
    async (tag) => ({
      csv: await document.querySelector(tag).toCSV(),
      lang: (await document.querySelector(tag).toJSON()).lang,
    }),
    timeline,
  );
  assert.match(csv.split("\r\n")[0], /日付.*企業価値.*ダウンロード日/);
  assert.equal(lang, "ja");

  const column = async (nth) => {
    await page.locator(`${timeline} .sort`).nth(nth).click();
    return page
      .locator(`${timeline} .panel tbody tr`)
      .evaluateAll(
        (rows, nth) => rows.map((row) => row.cells[nth].textContent),
        nth,
      );
  };
  await page.locator(`${timeline} .do button`).first().click();
  const sums = (await column(4)).filter((cell) => /[兆億万].*ドル/.test(cell));
  const worth = (cell) =>
    [...cell.matchAll(/(\d+(?:\.\d+)?)([兆億万]?)/g)].reduce(
      (sum, [, number, unit]) =>
        sum + number * ({ 兆: 1e12, 億: 1e8, 万: 1e4 }[unit] ?? 1),
      0,
    );
  assert.ok(
    sums.length > 20 &&
      new Set(sums.map((cell) => cell.replace(/[^兆億万]/g, ""))).size > 2,
    `${sums.length} sums of several sizes`,
  );
  assert.deepEqual(
    sums.map(worth),
    sums.map(worth).sort((a, b) => a - b),
  );
  const days = (await column(0)).filter((cell) => /^\d+年(\d+月)?$/.test(cell));
  const month = (cell) =>
    Number(cell.match(/\d+/)[0]) * 12 + Number(cell.match(/(\d+)月/)?.[1] ?? 0);
  assert.ok(days.length > 30);
  assert.deepEqual(
    days.map(month),
    days.map(month).sort((a, b) => a - b),
  );
  await page.context().close();
});

test("an engine that is replaced speaks Japanese too", async () => {
  const page = await visit("/in/ja", {
    init: () => {
      const Real = Worker;
      globalThis.Worker = class extends Real {
        constructor(...all) {
          super(...all);
          globalThis.newest = this;
        }
      };
    },
  });
  const [chain] = TAGS;
  await page.evaluate(() => {
    globalThis.before = newest;
    newest.onerror(
      new ErrorEvent("error", { message: "a test", cancelable: true }),
    );
  });
  await page.waitForFunction(() => newest !== before);
  await page.evaluate(
    (tag) => (
      (document.querySelector(tag).data = {
        kind: "ai-atlas/value-chain",
        links: [
          { from: "Ю", to: "Я", type: "supplies" },
          { from: "Ю", to: "nobody", type: 7 },
        ],
      }),
      document.querySelector(tag).updateComplete
    ),
    chain,
  );
  await ready(page);
  await settle(page);
  assert.match(
    await page.locator(`${chain} [part=subline]`).textContent(),
    /組織.*関係/,
  );
  await page.context().close();
});

test("where the words cannot be had, or are not those that were published, the page is English and says so", async () => {
  for (const answer of [
    { "/lang/ja.json": { status: 404, body: "no" } },
    {
      "/lang/ja.json": {
        body: '{"Source: ": "owned"}',
        type: "application/json",
      },
    },
    { "/language.js": { status: 500, body: "" } },
  ]) {
    replace = answer;
    const page = await visit("/in/ja");
    replace = {};
    for (const tag of TAGS) {
      assert.equal(await langOf(page, tag), "en");
      assert.match(await page.locator(`${tag} .by`).textContent(), /^Source: /);
    }
    await page.context().close();
  }
});

test("words that are markup, no texts, or full of holes stay text", async () => {
  const file = {
    "Source: ": '<img src=x onerror="globalThis.owned=1">',
    "Zoom in": 7,
    "Zoom out": null,
    Legend: ["x"],
    "{0} relation{0|s}": "{9}{0|}{{{",
    __proto__: "x",
    "3,K,M,B,T": ",,,",
    ",.4": "",
  };
  const language = readFileSync(
    join(root, "www/host/language.js"),
    "utf8",
  ).replace("integrity: LANGUAGE_INTEGRITY[language],", "");
  replace = {
    "/lang/ja.json": { body: JSON.stringify(file), type: "application/json" },
    "/language.js": { body: language, type: "text/javascript" },
  };
  const page = await visit("/in/ja");
  replace = {};
  for (const tag of TAGS) {
    assert.match(await page.locator(`${tag} .by`).textContent(), /^<img src=x/);
    assert.equal(
      await page.locator(`${tag} .legend`).getAttribute("aria-label"),
      "Legend",
    );
    if (tag !== TAGS[1])
      assert.equal(
        await page
          .locator(`${tag} .zoom button`)
          .first()
          .getAttribute("aria-label"),
        "Zoom in",
      );
  }
  assert.equal(await page.evaluate(() => globalThis.owned), undefined);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("under the strictest policy and in an iframe the words come as well", async () => {
  const strict = await visit("/strict");
  for (const tag of TAGS) assert.equal(await langOf(strict, tag), "ja", tag);
  assert.deepEqual(strict.faults, []);
  await strict.context().close();
  for (const [query, spoken, written] of [
    ["ja", "ja", "ja"],
    ["ja-JP", "ja", "ja-JP"],
    ['"><b>', "en", "ko"],
    ["", "ko", "ko"],
  ]) {
    const embedded = await visit(
      `/embed.html?kind=market-share&src=shipped${query && "&lang=" + encodeURIComponent(query)}`,
    );
    assert.equal(await langOf(embedded, TAGS[1]), spoken, query);
    assert.equal(
      await embedded.evaluate(() => document.documentElement.lang),
      written,
      query,
    );
    assert.deepEqual(embedded.faults, []);
    await embedded.context().close();
  }
});

test("a Japanese reader of the shipped data sees Japanese words around English names, with no line cut off", async () => {
  const page = await visit("/shipped", { width: 360 });
  for (const tag of TAGS) {
    assert.ok(japanese(await told(page, tag)) > 25);
    const wide = await page.evaluate(
      (tag) =>
        [
          ...document
            .querySelector(tag)
            .shadowRoot.querySelectorAll(".lead, .sub, .note, .legend li, h3"),
        ]
          .filter(
            (node) =>
              node.scrollWidth > node.clientWidth + 1 && node.clientWidth,
          )
          .map((node) => node.textContent),
      tag,
    );
    assert.deepEqual(wide, [], tag);
    // Japanese has no spaces to break lines at; the names of lists are too short to be broken.
    const breaks = await page.evaluate(
      (tag) =>
        [".note", ".controls label"].map(
          (name) =>
            getComputedStyle(
              document.querySelector(tag).shadowRoot.querySelector(name),
            ).wordBreak,
        ),
      tag,
    );
    assert.ok(
      ["normal", "auto-phrase"].includes(breaks[0]) && breaks[1] === "keep-all",
      `${tag}: ${breaks}`,
    );
  }
  assert.ok(
    await page.evaluate(
      () => document.documentElement.scrollWidth <= innerWidth,
    ),
  );
  await page.context().close();
});
