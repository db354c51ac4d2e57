// The gallery: ten files in the shapes that people have. Each is drawn, with the numbers of the
// file; what was not used of it is said; its code shows the same on another page, and the builder
// reads it as its page does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { ENTRIES } from "../../www/articles/gallery-entries.js";
import {
  TAGS,
  colours,
  finish,
  open,
  pageOf,
  pngOf,
  ready,
  require,
  serve,
} from "./harness.mjs";

const axe = readFileSync(require.resolve("axe-core"), "utf8");
let server;
const pages = {};
before(async () => {
  server = await serve((path) => pages[path] && { body: pages[path] });
});
after(finish);

// Of each file cells that stand together in a row, and how many rows there are and things that are said of it.
const FACTS = {
  "election.csv": { row: ["CDU", "22.6"], rows: 9, issues: [/Quelle/] },
  "seats.csv": {
    row: ["2025", "Die Linke", "64"],
    rows: 16,
    issues: [/Quelle/],
  },
  "sectors.csv": { row: ["Alpha Chips", "2,940"], rows: 17, issues: [] },
  "energy.json": { row: ["Gas", "Power stations", "88"], rows: 27, issues: [] },
  "supply.csv": { row: ["Delta Fab", "Theta Chips"], rows: 26, issues: [] },
  "chronology.json": { row: ["4 June 2018"], rows: 7, issues: [] },
  "rounds.csv": { row: ["Theta Maps", "US$140m"], rows: 9, issues: [] },
  "years.csv": { row: ["2024", "Alphaland"], rows: 24, issues: [/line 7/] },
  "budget.csv": { row: ["Miete", "1,250"], rows: 11, issues: [/Summe/] },
  "korean.csv": {
    row: ["가상전자"],
    rows: 9,
    issues: [/line 12/, /합계/],
  },
};

const tagOf = ({ kind }) => `atlas-${kind}`;
const gallery = async (options = {}, query = "?lang=en") => {
  const page = await open(
    "null",
    `${server.url}/articles/gallery.html${query}`,
    {
      ready: false,
      ...options,
    },
  );
  await page.locator(".entry").first().waitFor();
  await ready(page);
  return page;
};
// What every element of a page says of its data.
const seen = (page) =>
  page.evaluate(async (selector) => {
    const all = [];
    for (const element of document.querySelectorAll(selector)) {
      const { tier, rows, issues, error } = element.status;
      const table = await element.toJSON();
      const root = element.shadowRoot;
      const text = (part) =>
        root.querySelector(`[part~="${part}"]`)?.textContent ?? "";
      all.push({
        status: { tier, rows, issues, error },
        title: text("title"),
        cells: table.rows,
        issues: [...root.querySelectorAll("[part~=issues] li")].map(
          (one) => one.textContent,
        ),
        said: element.closest(".entry")?.querySelector(".facts[role]")
          .innerText,
      });
    }
    return all;
  }, TAGS.join());

test("ten files are drawn with their numbers, and what is not used of each is said", async () => {
  const page = await gallery();
  const all = await seen(page);
  assert.deepEqual(
    ENTRIES.map(({ file }) => file),
    Object.keys(FACTS),
  );
  for (const [i, { file }] of ENTRIES.entries()) {
    const { status, cells, issues, said } = all[i];
    const wanted = FACTS[file];
    assert.equal(status.error, null, file);
    assert.deepEqual(
      [status.tier, status.rows, status.issues],
      ["canvas", wanted.rows, wanted.issues.length],
      `${file}: ${issues}`,
    );
    wanted.issues.forEach((one, at) => assert.match(issues[at], one, file));
    assert.ok(
      cells.some((row) =>
        wanted.row.every((part) =>
          row.some((cell) => String(cell).includes(part)),
        ),
      ),
      `${file}: ${wanted.row} in ${JSON.stringify(cells)}`,
    );
    assert.match(said, new RegExp(`Items read: ${wanted.rows}\\.`), file);
  }
  for (const canvas of await page.locator(".wide > *").all()) {
    await canvas.scrollIntoViewIfNeeded();
    assert.ok(colours(pngOf(await canvas.screenshot())) > 8);
  }
  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.foreign, []);
  await page.context().close();
});

test("a file whose figures are made up says so where its graphic is seen, and others name their source", async () => {
  const page = await gallery();
  const titles = (await seen(page)).map(({ title }) => title);
  for (const [i, { source, file }] of ENTRIES.entries()) {
    if (source)
      assert.match(source.url, /^https:\/\/[^/]*bundeswahlleiterin\.de\//);
    else assert.match(titles[i], /[Mm]ade-up|Erfunden|꾸며 낸/, file);
  }
  await page.context().close();
});

test("the code of each shows the same on another page", async () => {
  const page = await gallery();
  const codes = await page.locator(".entry pre").allInnerTexts();
  pages["/pasted"] = pageOf(
    codes
      .join("\n")
      .replaceAll('src="/ai-atlas/', 'src="/')
      .replaceAll(
        / src="([a-z]+\.(?:csv|json))"/g,
        ' src="/articles/gallery/$1"',
      ),
    { lang: "en" },
  );
  const pasted = await open("null", server.url + "/pasted", { ready: false });
  await ready(pasted);
  const [here, there] = [await seen(page), await seen(pasted)];
  assert.equal(there.length, ENTRIES.length);
  for (const [i, { file }] of ENTRIES.entries())
    assert.deepEqual(
      [there[i].title, there[i].cells, there[i].issues],
      [here[i].title, here[i].cells, here[i].issues],
      file,
    );
  await page.context().close();
  await pasted.context().close();
});

for (const [at, { file, kind }] of ENTRIES.entries())
  test(`the builder reads ${file} as its page does`, async () => {
    const page = await gallery();
    const link = await page.locator(".entry").nth(at).locator("a").nth(1);
    const [href, wanted] = [
      await link.evaluate((one) => one.href),
      (await seen(page))[at],
    ];
    await page.goto(href + "&lang=en");
    await page.waitForFunction((tag) => {
      const [element] = document.querySelectorAll(`#preview > ${tag}`);
      return (
        document.querySelector("#preview").ariaBusy === "false" &&
        element?.status.rows > 0 &&
        document.querySelector("#code").textContent
      );
    }, `atlas-${kind}`);
    const [found] = await seen(page);
    assert.deepEqual(found.cells, wanted.cells);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

for (const [width, lang, theme] of [
  [360, "ko", "light"],
  [360, "en", "dark"],
  [1200, "ko", "dark"],
  [1200, "en", "light"],
])
  test(`the gallery scrolls one way only and axe finds nothing: ${width} px, ${lang}, ${theme}`, async () => {
    const page = await gallery({ width }, `?lang=${lang}&theme=${theme}`);
    const [inside, outside] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      innerWidth,
    ]);
    assert.ok(inside <= outside, `${inside} px in ${outside} px`);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ["violations"] }),
    );
    assert.ok(passes.length >= 20, `axe looked at ${passes.length} rules`);
    assert.deepEqual(
      violations.map(({ id, nodes }) => [
        id,
        nodes[0].target,
        nodes[0].failureSummary,
      ]),
      [],
    );
    await page.context().close();
  });
