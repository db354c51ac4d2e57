// The builder's step between data and picture: what every column is taken for, one menu that
// answers what it cannot know, and words that go with their data.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { finish, open, require, serve } from "./harness.mjs";

const axe = readFileSync(require.resolve("axe-core"), "utf8");
let server;
before(async () => {
  server = await serve();
});
after(finish);

const ROUNDS =
  "날짜;회사;라운드;투자금(억원)\n2024.3.5;업스테이지;시리즈 B;1000\n2024-05;리벨리온;시리즈 B;비공개\n2024-11;퓨리오사AI;시리즈 C;850\n";
const UNKNOWN = "gizmo,widgets 2,widgets 3\nA,1,2\nB,3,4\n";
// Nothing in it can be drawn.
const WORDS = "gizmo,widgets\nA,good\nB,bad\n";
const SHARES = "업체,점유율\n가나,60\n다라,40\n";

const settled = async (page) => {
  await page.waitForTimeout(350); // the pause that the builder waits for more to be typed
  await page.waitForFunction(
    () =>
      document.querySelector("#preview").getAttribute("aria-busy") === "false",
  );
};
const build = async (query = "", options = {}) => {
  const page = await open("null", `${server.url}/builder.html${query}`, {
    ready: false,
    ...options,
  });
  await settled(page);
  return page;
};
const paste = async (page, text) => {
  await page.locator("#text").fill(text);
  await settled(page);
};
const menu = (page, at) => page.locator(`#grid [data-column="${at}"]`);
const choose = async (page, at, field) => {
  await menu(page, at).selectOption(field);
  await settled(page);
};
const form = async (page, name) => {
  await page.locator(`input[name=form][value=${name}]`).check();
  await settled(page);
};
const code = (page) => page.locator("#code").innerText();
const verdict = (page) => page.locator("#verdict").innerText();
const kind = (page) => page.locator("input[name=kind]:checked").inputValue();
// What the menus show, and what stands below each.
const menus = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("#grid select")].map((node) => [
      node.selectedOptions[0].textContent,
      node.nextElementSibling.textContent,
    ]),
  );

test("rounds become a timeline whose columns have names and whose amounts have a unit", async () => {
  const page = await build();
  await paste(page, ROUNDS);
  assert.equal(await kind(page), "funding-timeline");
  assert.deepEqual(await menus(page), [
    ["날짜", ""],
    ["대상 기업", ""],
    ["유형·라운드", ""],
    ["금액", "억 원"],
  ]);
  assert.equal(
    await page.locator("#preview atlas-funding-timeline").count(),
    1,
  );
  assert.match(await verdict(page), /^항목 3개를 그렸/);
  // Nothing was changed, so nothing has to be said.
  assert.doesNotMatch(await code(page), / (columns|unit)=/);
  // The table as people and screen readers read it.
  assert.deepEqual(
    await page
      .locator("#grid thead th")
      .evaluateAll((all) => all.map((one) => [one.scope, one.textContent])),
    [
      ["col", "줄"],
      ["col", "날짜"],
      ["col", "회사"],
      ["col", "라운드"],
      ["col", "투자금(억원)"],
    ],
  );
  assert.deepEqual(
    await page.locator("#grid tbody th").allInnerTexts(),
    ["2", "3", "4"],
    "rows are called by their lines",
  );
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("shares of two years are values of two periods, and money in a heading is a unit", async () => {
  const page = await build("?lang=en");
  await paste(
    page,
    "업체;2024년 점유율;2023년 점유율\nSK하이닉스;52.5;50\n삼성전자;42.4;40\n",
  );
  assert.deepEqual(await menus(page), [
    ["Name", ""],
    ["Value", "2024 · %"],
    ["Value", "2023 · %"],
  ]);
  await paste(page, '회사,매출(백만 달러)\nTSMC,"69,298"\n삼성전자,9000\n');
  assert.deepEqual(await menus(page), [
    ["Name", ""],
    ["Value", "million USD"],
  ]);
  await page.getByRole("button", { name: "한국어" }).click();
  await settled(page);
  assert.deepEqual(await menus(page), [
    ["이름", ""],
    ["값", "백만 달러"],
  ]);
  await page.context().close();
});

test("a unit that stands above the headings, or that the editor states, is that of the values", async () => {
  const page = await build();
  await paste(
    page,
    "우리 자료\n(단위: 억원)\n업체,2023,2024\n가,10,20\n나,30,40\n",
  );
  const units = async () => (await menus(page)).map(([, hint]) => hint);
  assert.deepEqual(await units(), ["", "2023 · 억원", "2024 · 억원"]);
  await page.locator("#unit").fill("US$m");
  await settled(page);
  assert.deepEqual(await units(), ["", "2023 · US$m", "2024 · US$m"]);
  await page.context().close();
});

test("what cannot be drawn is asked; of two unknown columns the first is drawn under its heading, the other is told, one menu changes that, and the snippet carries the answer", async () => {
  const page = await build();
  await paste(page, WORDS);
  assert.match(await verdict(page), /^아직 그릴 수 없습니다.*: 값\.$/);
  assert.equal(await code(page), "");
  assert.equal(await page.locator("#grid tbody tr").count(), 2);
  await paste(page, UNKNOWN);
  assert.match(
    await verdict(page),
    /^항목 2개를 그렸고, 고칠 곳이 1군데 있습니다/,
  );
  assert.doesNotMatch(await code(page), /columns=/);
  await choose(page, 2, "value");
  assert.match(await verdict(page), /^항목 2개를 그렸/);
  const held = /<atlas-market-share columns="widgets 3=value" style=/;
  assert.match(await code(page), held);
  await page.locator("#unit").fill("US$m");
  await settled(page);
  assert.match(await code(page), /columns="widgets 3=value" unit="US\$m"/);
  await form(page, "iframe");
  assert.match(
    await code(page),
    /&amp;columns=widgets\+3%3Dvalue&amp;unit=US%24m"/,
  );
  // Another table, another question.
  await paste(page, SHARES);
  assert.equal(await page.locator("#unit").inputValue(), "");
  assert.doesNotMatch(await code(page), /columns=/);
  await page.context().close();
});

test("the snippet with its columns draws the same where it is pasted", async () => {
  const page = await build();
  await paste(page, UNKNOWN);
  await choose(page, 2, "value");
  const text = await code(page);
  const site = await serve(
    (path) =>
      path === "/article" && {
        body: `<!doctype html><html lang="ko"><body>${text.replaceAll(server.url, site.url)}</body></html>`,
      },
  );
  const article = await open("null", site.url + "/article");
  assert.deepEqual(
    await article.evaluate(() => {
      const { rows, error } =
        document.querySelector("atlas-market-share").status;
      return [rows, error];
    }),
    [2, null],
  );
  await article.context().close();
  await page.context().close();
});

test("headings that the attribute cannot name, or that stand twice, get one that it can", async () => {
  const page = await build();
  for (const [head, at, name] of [
    ['gizmo,c,"a; b"', 2, "a b 3"],
    ["gizmo,w,w", 2, "w 3"],
  ]) {
    await paste(page, `${head}\nA,1,2\nB,3,4\n`);
    await choose(page, at, "value");
    assert.match(await verdict(page), /^항목 2개를 그렸/);
    assert.ok((await code(page)).includes(` columns="${name}=value" `));
    assert.ok((await code(page)).includes(`<th scope="col">${name}</th>`));
  }
  await page.context().close();
});

test("a column that is left out is neither drawn nor handed on, and comes back by its menu", async () => {
  const page = await build();
  await paste(page, "업체,점유율,비고\n가나,60,비밀\n다라,40,비밀\n");
  assert.match(await code(page), /비밀/);
  await choose(page, 2, "");
  assert.deepEqual((await menus(page))[2], ["쓰지 않음", ""]);
  assert.match(await verdict(page), /^항목 2개를 그렸습니다/);
  assert.doesNotMatch(await code(page), /비밀/);
  assert.match(await code(page), /columns="비고="/);
  await choose(page, 2, "note");
  assert.match(await code(page), /비밀/);
  assert.doesNotMatch(await code(page), /columns=/);
  await page.context().close();
});

test("a number that can be read in two ways is a question with two answers", async () => {
  const page = await build();
  await paste(page, "Firm;Sales\nAlpha;1,000\nBeta;2,000\n");
  assert.deepEqual(await page.locator("#grid .doubt button").allInnerTexts(), [
    "1,000 = 1000",
    "1,000 = 1.000",
  ]);
  await page.locator("#grid .doubt button").first().click();
  await settled(page);
  assert.equal(await page.locator("#grid .doubt button").count(), 0);
  assert.equal(
    await page.locator("#text").inputValue(),
    "Firm;Sales\nAlpha;1000\nBeta;2000\n",
  );
  assert.match(await verdict(page), /^항목 2개를 그렸습니다/);
  await page.context().close();
});

test("rows and columns change places, and another kind of graphic has other menus", async () => {
  const page = await build();
  await paste(page, "업체,가나,다라\n점유율,60,40\n");
  await page.locator("#turn").click();
  await settled(page);
  assert.equal(
    await page.locator("#text").inputValue(),
    "업체\t점유율\n가나\t60\n다라\t40\n",
  );
  assert.match(await verdict(page), /^항목 2개를 그렸습니다/);
  await page.locator("input[name=kind][value=value-chain]").check();
  await settled(page);
  assert.match(await verdict(page), /골라 주세요: 주는 쪽, 받는 쪽\.$/);
  await page.context().close();
});

test("old words do not survive data that fail, and what an editor wrote does", async () => {
  const page = await build();
  await paste(page, SHARES);
  assert.match(await page.locator("#alt").inputValue(), /가나/);
  for (const bad of [WORDS, 'a,b\nc,"d\n\n', "<html><body>no</body></html>"]) {
    await paste(page, bad);
    for (const id of ["alt", "takeaway", "title", "notes"])
      assert.equal(await page.locator("#" + id).inputValue(), "", id);
    assert.equal(await code(page), "");
    assert.doesNotMatch(
      await page.evaluate(
        () =>
          document.querySelector("#preview > *")?.shadowRoot.textContent ?? "",
      ),
      /가나/,
      "the picture of before",
    );
    await paste(page, SHARES);
    assert.match(await page.locator("#takeaway").inputValue(), /60%/);
  }
  await page.locator("#alt").fill("내가 쓴 글");
  await paste(page, WORDS);
  assert.equal(await page.locator("#alt").inputValue(), "내가 쓴 글");
  await page.context().close();
});

test("notes and source stand with own data in all three forms, as text and one link", async () => {
  const page = await build();
  await paste(page, SHARES);
  await page.locator("#notes").fill("매출 <기준>");
  await page
    .locator("#source")
    .fill("조사 회사, https://example.org/a?b=1&c=2");
  const link =
    '출처: <a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">조사 회사</a>';
  assert.deepEqual(
    await page.locator('#preview [slot="footer"]').allInnerTexts(),
    ["매출 <기준>\n출처: 조사 회사"],
    "the preview shows them as well",
  );
  for (const [name, note] of [
    ["element", '<p slot="footer">매출 &lt;기준&gt;<br>'],
    ["iframe", "<figcaption>매출 &lt;기준&gt;<br>"],
    ["figure", "<p><small>매출 &lt;기준&gt;</small></p>"],
  ]) {
    await form(page, name);
    const text = await code(page);
    assert.ok(text.includes(note), text);
    assert.ok(text.includes(link), text);
  }
  await page.context().close();
});

test("by keyboard alone: a menu is reached and changed, and keeps the focus", async () => {
  const page = await build("?lang=en");
  await page.locator("#text").focus();
  await page.keyboard.insertText(UNKNOWN);
  await settled(page);
  const focused = () =>
    page.evaluate(() => document.activeElement.dataset.column);
  for (let i = 0; i < 12 && (await focused()) !== "1"; i++)
    await page.keyboard.press("Tab");
  assert.equal(await focused(), "1");
  await page.keyboard.type("Val");
  await settled(page);
  assert.equal(await focused(), "1");
  assert.match(await verdict(page), /^Rows drawn: 2/);
  await page.context().close();
});

for (const theme of ["light", "dark"])
  test(`at 360 px nothing but the table's own box scrolls sideways, and axe finds nothing: ${theme}`, async () => {
    const page = await build(`?theme=${theme}`, {
      width: 360,
      bypassCSP: true,
    });
    await paste(
      page,
      "업체;2024년 점유율;2023년 점유율;아주 긴 머리글이 있는 열\n가;52.5;50;x\n나;40;1,000;x\n",
    );
    const [whole, grid, out] = await page.evaluate(() => [
      document.documentElement.scrollWidth <= innerWidth,
      document.querySelector("#grid").scrollWidth >
        document.querySelector("#grid").clientWidth,
      [...document.querySelectorAll(".builder *")]
        .filter(
          (node) =>
            !node.closest("#grid *, #window *, #text, #column") &&
            node.getBoundingClientRect().right > innerWidth + 1,
        )
        .map((node) => node.id || node.localName),
    ]);
    assert.deepEqual([whole, grid, out], [true, true, []]);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run(document, { exclude: [["#preview"], ["#column"]] }),
    );
    // What is inside of the graphic is tried elsewhere.
    const own = violations.filter(({ nodes }) =>
      nodes.some(({ target }) => !Array.isArray(target[0])),
    );
    assert.deepEqual(
      own.map(({ id, nodes }) => [id, nodes[0].html]),
      [],
    );
    await page.context().close();
  });
