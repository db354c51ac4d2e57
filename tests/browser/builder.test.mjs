// The snippet builder as editors use it: data in, lines of what is wrong, a preview, drafts, and
// three forms that hold on the pages they are pasted into.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import {
  TAGS,
  colours,
  finish,
  open,
  pageOf,
  picture,
  ready,
  require,
  root,
  serve,
} from "./harness.mjs";

const axe = readFileSync(require.resolve("axe-core"), "utf8");
let server;
let other; // a site without the library
const pages = {};
before(async () => {
  server = await serve(
    (path) => path === "/my/shares.csv" && { body: CSV, type: "text/csv" },
  );
  other = await serve((path) =>
    pages[path]
      ? { body: pages[path] }
      : path.endsWith(".svg")
        ? {
            body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
            type: "image/svg+xml",
          }
        : { status: 404, body: "" },
  );
});
after(finish);

const build = async (query = "", options = {}) => {
  const page = await open("null", `${server.url}/builder.html${query}`, {
    ready: false,
    permissions: ["clipboard-read", "clipboard-write"],
    ...options,
  });
  await settled(page);
  return page;
};
// The newest data is drawn or refused, and the code says so.
const settled = async (page) => {
  await page.waitForTimeout(350); // the pause that the builder waits for more to be typed
  await page.waitForFunction(
    () =>
      document.querySelector("#preview").getAttribute("aria-busy") === "false",
  );
};
const paste = async (page, text) => {
  await page.locator("#text").fill(text);
  await settled(page);
};
const form = async (page, name) => {
  await page.locator(`input[name=form][value=${name}]`).check();
  await settled(page);
};
const kindOf = (page, kind) =>
  page.locator(`input[name=kind][value=${kind}]`).check();
const code = (page) => page.locator("#code").innerText();
const faults = (page) => page.locator("#faults li").allInnerTexts();
const CSV = "회사,점유율\n가나,60\n다라,30\n마바,10\n";
const BAD =
  'date,label,amount_usd\n2024-05,첫째,1000000\n\n2024-13-45,둘째,2000000\n2024,"셋째\n계속",많이\n';

test("lines are those of the file, across empty lines, lines in cells and what is not drawn", async () => {
  const page = await build("?lang=en");
  await paste(page, 'label,value\n\nA,1\n"B\nb",two\nC,"3"""\n\n"",\n');
  assert.deepEqual(
    (await faults(page)).map((words) =>
      /^Line (\d+) (\w+)/.exec(words)?.slice(1).join(" "),
    ),
    ["4 value", "6 value"], // and a row of empty cells is no row
  );
  await paste(page, 'a,b\nc,"d\n\n');
  assert.match((await faults(page))[0], /^Line 2 .*line 2/);
  await page.context().close();
});

test("without data the shipped set is drawn, and its snippet is the two lines of the README with the height of the figure", async () => {
  const page = await build();
  assert.match(await page.locator("#verdict").innerText(), /실린 자료/);
  assert.match(
    await code(page),
    /^<script type="module" src="http:\/\/[^"]+\/market-share\.js"><\/script>\n<figure aria-label="[^"]{20,}">\n<atlas-market-share src="shipped" style="display:block;min-height:\d{3,4}px"><\/atlas-market-share>\n<\/figure>/,
  );
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a CSV of two columns is drawn, its kind found, and what is wrong is said by line in both languages", async () => {
  const page = await build();
  await paste(page, CSV);
  assert.equal(
    await page.locator("#verdict").innerText(),
    "항목 3개를 그렸습니다.",
  );
  assert.equal(await page.locator("#preview atlas-market-share").count(), 1);
  await paste(page, BAD);
  assert.equal(
    await page.locator("#preview atlas-funding-timeline").count(),
    1,
  );
  const ko = await faults(page);
  assert.match(ko[0], /^4번째 줄 날짜: '2024-13-45'를/);
  assert.match(ko[1], /^5번째 줄 금액 \(달러\): '많이'/);
  await page.getByRole("button", { name: "English" }).click();
  await settled(page);
  const en = await faults(page);
  assert.match(en[0], /^Line 4 date: '2024-13-45' could not be read as a date/);
  assert.match(en[1], /^Line 5 amount in US\$: /);
  await page.locator("#faults button").first().click();
  const selected = await page.evaluate(() => [
    document.activeElement.id,
    document
      .querySelector("#text")
      .value.slice(
        document.querySelector("#text").selectionStart,
        document.querySelector("#text").selectionEnd,
      ),
  ]);
  assert.deepEqual(selected, ["text", "2024-13-45,둘째,2000000"]);
  await page.context().close();
});

test("JSON that is none is refused with its line, JSON with a bad row is drawn with the line of the field", async () => {
  const page = await build("?lang=en");
  await paste(page, '{"kind": "ai-atlas/market-share",\n"tables": [\n}');
  assert.match((await faults(page))[0], /^Line 3 .*not valid JSON/);
  assert.equal(await code(page), "");
  assert.ok(await page.locator("#copy").isDisabled());
  await paste(
    page,
    '{"kind": "ai-atlas/market-share", "tables": [\n{"id": "t", "title": "T", "unit": "%", "items": [\n{"label": "A", "value": 70},\n{"label": "B",\n"value": -3}]}]}',
  );
  assert.match((await faults(page))[0], /^Line 5 .*below zero/);
  assert.match(await page.locator("#verdict").innerText(), /places to mend: 1/);
  await paste(page, 'label,value\n"A,70\n');
  assert.match((await faults(page))[0], /^Line 2 /);
  await paste(page, "what,ever\n1,2\n");
  assert.match((await faults(page))[0], /^Line 1 No column is understood/);
  // The preview says it too, and all of it can be read.
  const whole = await page.evaluate(() => {
    const root = document
      .querySelector("#preview > *")
      .shadowRoot.querySelector(".root");
    return (
      getComputedStyle(root).maskImage === "none" &&
      root.scrollHeight <= root.clientHeight + 1 &&
      root.querySelector("[part=error]").offsetHeight > 10
    );
  });
  assert.ok(whole, "the words of the error are cut");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a dropped file is read, in the encoding of Korean spreadsheets too", async () => {
  const page = await build();
  await page.evaluate(() => {
    // 회사,점유율 / 가,60 in EUC-KR.
    const bytes = Uint8Array.from([
      0xc8, 0xb8, 0xbb, 0xe7, 0x2c, 0xc1, 0xa1, 0xc0, 0xaf, 0xc0, 0xb2, 0x0a,
      0xb0, 0xa1, 0x2c, 0x36, 0x30, 0x0a,
    ]);
    const data = new DataTransfer();
    data.items.add(new File([bytes], "점유율.csv"));
    document.querySelector("#drop").dispatchEvent(
      new DragEvent("drop", {
        dataTransfer: data,
        bubbles: true,
        cancelable: true,
      }),
    );
  });
  await settled(page);
  assert.equal(
    await page.locator("#text").inputValue(),
    "회사,점유율\n가,60\n",
  );
  assert.match(await page.locator("#verdict").innerText(), /1개/);
  await form(page, "iframe");
  assert.match(
    await code(page),
    /src=[^ ]*%25EC%25A0%2590/,
    "the address of the file that was dropped",
  );
  await page.context().close();
});

test("the preview is 320, 680 and 1200 px wide, and the element lays itself out for each", async () => {
  const page = await build();
  for (const width of [320, 680, 1200]) {
    await page.locator(`input[name=width][value="${width}"]`).check();
    await settled(page);
    const [stage, scene] = await page.evaluate(() => {
      const { shadowRoot } = document.querySelector("#preview > *");
      return [
        shadowRoot.querySelector("[part=stage]").clientWidth,
        shadowRoot.querySelector("canvas").width,
      ];
    });
    assert.deepEqual([stage, scene], [width, width]);
  }
  await page.context().close();
});

test("drafts come from the data and follow it; what an editor wrote stays until it is given back", async () => {
  const page = await build();
  const first = await page.locator("#alt").inputValue();
  assert.ok(first.includes("SK하이닉스 54%") && first.endsWith("."));
  await paste(page, CSV);
  assert.match(await page.locator("#alt").inputValue(), /가나.*60%/);
  assert.match(await page.locator("#takeaway").inputValue(), /60%/);
  await page.locator("#takeaway").fill("가나가 열에 여섯을 쥐었다.");
  await paste(page, CSV.replace("60", "55").replace("10", "15"));
  assert.match(await page.locator("#alt").inputValue(), /55%/);
  assert.equal(
    await page.locator("#takeaway").inputValue(),
    "가나가 열에 여섯을 쥐었다.",
  );
  assert.match(
    await code(page),
    /<figcaption>가나가 열에 여섯을 쥐었다.<\/figcaption>/,
  );
  await page.locator("#title").fill("세 회사의 몫");
  await settled(page);
  assert.match(await page.locator("#alt").inputValue(), /세 회사의 몫/);
  assert.match(await code(page), /<caption>세 회사의 몫<\/caption>/);
  await page.locator("#redraft").click();
  assert.match(await page.locator("#takeaway").inputValue(), /55%/);
  assert.doesNotMatch(await code(page), /figcaption/);
  await page.context().close();
});

test("every example is valid data of its kind", async () => {
  const page = await build();
  for (const kind of ["market-share", "funding-timeline", "value-chain"]) {
    await kindOf(page, kind);
    await page.locator("#example").click();
    await settled(page);
    assert.ok(
      (await page.locator("#text").inputValue()).split("\n").length > 4,
      kind,
    );
    assert.match(
      await page.locator("#verdict").innerText(),
      /그렸습니다\.$/,
      kind,
    );
    assert.equal(await page.locator(`#preview atlas-${kind}`).count(), 1);
  }
  await page.context().close();
});

test("data that is replaced before it was drawn does not keep the builder busy", async () => {
  const page = await build();
  // As soon as a picture is begun, the next data comes.
  await page.evaluate(() => {
    let more = 5;
    new MutationObserver(
      () => more-- > 0 && document.querySelector("#example").click(),
    ).observe(document.querySelector("#preview"), { childList: true });
    document.querySelector("#example").click();
  });
  await settled(page);
  assert.match(await page.locator("#verdict").innerText(), /그렸습니다\.$/);
  await page.context().close();
});

test("what is set in the preview goes into the code, and stays when language and theme change", async () => {
  const page = await build("?lang=en");
  await page.locator("#preview select").first().selectOption("hbm-2023");
  await settled(page);
  await page.locator("#lang").selectOption("ko");
  await page.locator("#theme").selectOption("dark");
  await settled(page);
  assert.match(
    await code(page),
    /<atlas-market-share src="shipped" lang="ko" theme="dark" table="hbm-2023" style="[^"]+">/,
  );
  assert.match(
    await page.locator("#alt").inputValue(),
    /HBM 시장, 2023: SK하이닉스 54%/,
  );
  await page.locator("#lang").selectOption("");
  await page.locator("#theme").selectOption("");
  await kindOf(page, "funding-timeline");
  await settled(page);
  await page.locator("#preview select").first().selectOption("country");
  await settled(page);
  assert.match(
    await code(page),
    /<atlas-funding-timeline src="shipped" view="lanes=country" style="[^"]+">/,
  );
  await form(page, "iframe");
  assert.match(
    await code(page),
    /embed.html\?kind=funding-timeline&amp;src=shipped&amp;view=lanes%3Dcountry"/,
  );
  await page.context().close();
});

// ---- the three forms where they are pasted

const copied = async (page) => {
  await page.locator("#copy").click();
  await page
    .locator("#said")
    .getByText(/복사했습니다|Copied/)
    .waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
};

test("the element form, copied and pasted, draws with the data in it, and pinned it checks its integrity", async () => {
  const page = await build();
  await paste(page, CSV);
  for (const pin of [false, true]) {
    await page.locator("#pin").setChecked(pin);
    await page.waitForTimeout(300);
    const text = await copied(page);
    assert.equal(/ integrity="sha384-[^"]+" crossorigin>/.test(text), pin);
    // On the library's own site; of another one a module needs CORS.
    let body;
    const site = await serve((path) => path === "/article" && { body });
    body = pageOf(`<p>기사</p>${text.replaceAll(server.url, site.url)}`);
    const article = await open("null", site.url + "/article", { ready: false });
    await ready(article);
    const { rows, issues, error } = await article.evaluate(() => ({
      ...document.querySelector("atlas-market-share").status,
    }));
    assert.deepEqual([rows, issues, error], [3, 0, null]);
    assert.ok(colours(await picture(article, "atlas-market-share")) > 2);
    assert.deepEqual(article.faults, []);
    await article.context().close();
  }
  await page.context().close();
});

test("the iframe form, pasted on another site, shows the data file and has the height of its content", async () => {
  const page = await build();
  await paste(page, CSV);
  await kindOf(page, "market-share");
  await settled(page);
  await form(page, "iframe");
  await page.locator("#src").fill("http://elsewhere.example/a.csv");
  await page.waitForTimeout(200);
  assert.match(await page.locator("#about").innerText(), /같은 사이트/);
  await page.locator("#src").fill("my/shares.csv");
  await page.waitForTimeout(200);
  const text = await copied(page);
  pages["/article"] = pageOf(`<p>기사</p>${text}`);
  const article = await open("null", other.url + "/article", { ready: false });
  const inner = () =>
    article.frames().find((one) => one.url().includes("embed.html"));
  for (let i = 0; i < 60 && !inner(); i++) await article.waitForTimeout(50);
  await inner().waitForFunction(
    () => document.querySelector("[data-tier]")?.status.rows === 3,
  );
  await article.waitForTimeout(600);
  const [height, needed] = [
    await article.evaluate(() => document.querySelector("iframe").clientHeight),
    await inner().evaluate(() =>
      Math.ceil(document.querySelector("main").getBoundingClientRect().height),
    ),
  ];
  assert.equal(height, needed);
  assert.ok((await article.locator("iframe").getAttribute("title")).length > 5);
  assert.deepEqual(article.faults, []);
  await article.context().close();
  await page.context().close();
});

test("a language that has a file can be chosen, and the static form is in it", async () => {
  const page = await build("?lang=en");
  assert.deepEqual(await page.locator("#lang option").allTextContents(), [
    "As the page",
    "한국어",
    "English",
    "日本語",
  ]);
  await page.locator("#lang").selectOption("ja");
  await page.waitForTimeout(300);
  assert.match(await code(page), /<atlas-market-share src="shipped" lang="ja"/);
  await form(page, "figure");
  await page.waitForFunction(() =>
    /出典：/.test(document.querySelector("#code").textContent),
  );
  assert.match(
    await code(page),
    /<figure class="ai-atlas" lang="ja">[^]*<summary>データの表<\/summary>/,
  );
  await page.context().close();
});

test("the static form, pasted where no script runs, has image, words, table and sources, and the images can be had", async () => {
  const page = await build("?lang=en");
  await form(page, "figure");
  const text = await copied(page);
  assert.doesNotMatch(text, /<script|<iframe|style=| on\w+=/);
  const saved = {};
  for (const id of ["save-svg", "save-phone", "save-png"]) {
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#" + id).click(),
    ]);
    saved["/" + file.suggestedFilename()] = readFileSync(await file.path());
  }
  assert.deepEqual(Object.keys(saved), [
    "/market-share.svg",
    "/market-share-phone.svg",
    "/market-share.png",
  ]);
  assert.equal(saved["/market-share.png"].subarray(1, 4).toString(), "PNG");
  const width = (name) => +/width="([\d.]+)"/.exec(saved[name].toString())[1];
  assert.ok(
    width("/market-share.svg") > 600 && width("/market-share-phone.svg") <= 360,
  );
  // The page of the static form, without JavaScript, beside its images.
  const site = await serve((path) =>
    path === "/static"
      ? { body: pageOf(text, { lang: "en" }) }
      : saved[path] && { body: saved[path], type: "image/svg+xml" },
  );
  for (const [viewport, name] of [
    [1200, "/market-share.svg"],
    [360, "/market-share-phone.svg"],
  ]) {
    const article = await open("nojs", site.url + "/static", {
      ready: false,
      width: viewport,
    });
    const image = article.locator("figure img");
    await image.scrollIntoViewIfNeeded();
    await article.waitForLoadState("networkidle");
    assert.ok(site.log.includes(name), `${viewport} px shows ${name}`);
    assert.match(await image.getAttribute("alt"), /SK hynix/);
    assert.ok(
      +(await image.getAttribute("width")) >= 680 &&
        +(await image.getAttribute("height")) > 200,
    );
    await article.locator("summary").click();
    assert.ok((await article.locator("tbody tr").count()) > 10);
    assert.match(await article.locator("figure").innerText(), /Source: .*NIA/s);
    await article.context().close();
    site.log.length = 0;
  }
  await page.context().close();
});

test("data that would be markup stays text in all three forms", async () => {
  const evil =
    '<img src=x onerror=globalThis.hit=1 ></script></table><script>globalThis.hit=1</script>" onfocus="globalThis.hit=1\'&amp;';
  const csv = `label,value\n"${evil.replaceAll('"', '""')}",70\nB,30\n`;
  const json = JSON.stringify({
    kind: "ai-atlas/market-share",
    tables: [
      {
        id: "t",
        title: evil,
        unit: "%",
        items: [
          { label: evil, value: 70 },
          { label: "B", value: 30 },
        ],
      },
    ],
  });
  const page = await build();
  for (const data of [csv, json]) {
    await paste(page, data);
    await page.locator("#alt").fill(evil);
    await page.locator("#takeaway").fill(evil);
    for (const name of ["element", "iframe", "figure"]) {
      await form(page, name);
      const text = await code(page);
      assert.ok(text.length > 100, name);
      pages["/evil"] = pageOf(text.replaceAll(server.url, other.url));
      const article = await open("null", other.url + "/evil", { ready: false });
      await article.waitForLoadState("load");
      const seen = await article.evaluate(() => [
        globalThis.hit,
        document.querySelectorAll("[onerror], [onfocus]").length,
        document.querySelectorAll(
          'script:not([src], [type="application/json"])',
        ).length,
      ]);
      assert.deepEqual(seen, [undefined, 0, 0], name);
      await article.context().close();
    }
  }
  assert.equal(await page.evaluate(() => globalThis.hit), undefined);
  await page.context().close();
});

// ---- for every editor

test("by keyboard alone: data, width, form, copy", async () => {
  const page = await build();
  await page.locator("#text").focus();
  await page.keyboard.insertText(CSV);
  await settled(page);
  await page.locator("input[name=width]:checked").focus();
  await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.equal(
    await page.evaluate(() => document.querySelector("#preview").clientWidth),
    1200,
  );
  await page.locator("input[name=form]:checked").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(300);
  assert.match(await code(page), /<iframe/);
  await page.locator("#copy").focus();
  await page.keyboard.press("Enter");
  await page.locator("#said").getByText("복사했습니다.").waitFor();
  // Every stop can be seen.
  const stops = await page.evaluate(
    () =>
      [
        ...document.querySelectorAll(
          '.builder :is(button, input, select, textarea, [tabindex="0"])',
        ),
      ].filter((node) => node.checkVisibility()).length,
  );
  assert.ok(stops > 15);
  await page.context().close();
});

for (const [lang, theme, width] of [
  ["ko", "light", 1200],
  ["en", "dark", 360],
])
  test(`axe finds nothing: ${lang}, ${theme}, ${width} px`, async () => {
    const page = await build(`?lang=${lang}&theme=${theme}`, {
      width,
      bypassCSP: true,
    });
    await paste(page, BAD);
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() =>
      globalThis.axe.run(document, { exclude: [["#preview"]] }),
    );
    assert.ok(passes.length > 15);
    assert.deepEqual(
      violations.map(({ id, nodes }) => [id, nodes[0].html]),
      [],
    );
    assert.equal(
      await page.evaluate(
        () => document.documentElement.scrollWidth <= innerWidth,
      ),
      true,
      "the page itself scrolls sideways",
    );
    await page.context().close();
  });

test("the builder keeps to its own policy, asks this site only, and is no part of what readers load", async () => {
  const page = await build("", {
    init: () => {
      globalThis.violations = [];
      document.addEventListener(
        "securitypolicyviolation",
        ({ violatedDirective, blockedURI }) =>
          violations.push([violatedDirective, blockedURI]),
      );
    },
  });
  for (const name of ["iframe", "figure", "element"]) await form(page, name);
  await page.locator("#pin").check();
  await page.waitForTimeout(300);
  assert.deepEqual(await page.evaluate(() => violations), []);
  assert.deepEqual(page.foreign, []);
  assert.deepEqual(page.faults, []);
  for (const name of ["ai-atlas.js", "engine.js", "static-table.js"])
    assert.doesNotMatch(
      readFileSync(
        `${root}/dist/${JSON.parse(readFileSync(`${root}/dist/manifest.json`)).folder}/${name}`,
        "utf8",
      ),
      /figcaption|recordLines|embed\.html/,
    );
  assert.ok(TAGS.length === 3);
  await page.context().close();
});
