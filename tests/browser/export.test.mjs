// What a reader or a page takes away: SVG, PNG, CSV, JSON, on the strictest page that still has a
// picture; each with sources, day and version.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import {
  KINDS,
  SCRIPT,
  TAGS,
  colours,
  finish,
  open,
  pageOf,
  require,
  root,
  serve,
} from "./harness.mjs";

const { PNG } = require("pngjs");
const VERSION = /^version = "(.*)"/m.exec(
  readFileSync(`${root}/Cargo.toml`, "utf8"),
)[1];
const MAKER = `AI Atlas ${VERSION}`;
const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self' data:; require-trusted-types-for 'script'; trusted-types 'none'";
const all = (more = "") =>
  TAGS.map((tag) => `<${tag} src="shipped" ${more}></${tag}>`).join("");
const evil = {
  kind: "ai-atlas/market-share",
  tables: [
    {
      id: "t",
      title: '=HYPERLINK("x")</script><b>',
      kind: "share",
      unit: "%",
      period: "2023",
      items: [
        { label: "=1+1", value: 70 },
        { label: "</text><script>alert(1)</script>&amp;", value: 30 },
      ],
    },
  ],
};
const PAGES = {
  "/strict": pageOf(SCRIPT + all()),
  "/far": pageOf(
    `${SCRIPT}<div style="height:9000px"></div>${all('loading="lazy"')}`,
  ),
  "/named": pageOf(SCRIPT + all()),
  "/own": pageOf(SCRIPT + all(), {
    head: '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Dataset","name":"mine"}</script>',
  }),
  "/mute": pageOf(SCRIPT + all("no-metadata")),
  "/both": pageOf(
    SCRIPT +
      ["hbm-2023", "dc-gpu-2023"]
        .map(
          (table) =>
            `<atlas-market-share src="data/market-share.json" table="${table}"></atlas-market-share>`,
        )
        .join(""),
  ),
  "/evil": pageOf(
    `${SCRIPT}<atlas-market-share lang="en"><script type="application/json">${JSON.stringify(evil).replaceAll("<", "\\u003c")}</script></atlas-market-share>`,
  ),
};
let server;
let page;
before(async () => {
  server = await serve(
    (path) =>
      PAGES[path] && {
        body: PAGES[path],
        headers: ["/strict", "/named"].includes(path)
          ? {
              "content-security-policy":
                path === "/strict"
                  ? CSP
                  : CSP.replace(
                      "trusted-types 'none'",
                      "trusted-types ai-atlas",
                    ),
            }
          : {},
      },
  );
  page = await open("null", server.url + "/strict");
});
after(finish);

const today = () => new Date().toISOString().slice(0, 10);
const svgOf = (page, tag, options = {}) =>
  page.evaluate(
    ([tag, options]) => document.querySelector(tag).toSVG(options),
    [tag, options],
  );
// Strict: a document that is not well-formed has a parsererror. Only the test may parse like this,
// on a page without a policy.
const parsed = async (svg) => {
  const clean = await open("null", server.url + "/far", { ready: false });
  const seen = await clean.evaluate((svg) => {
    const tree = new DOMParser().parseFromString(svg, "image/svg+xml");
    const texts = (name) =>
      [...tree.getElementsByTagName(name)].map((node) => node.textContent);
    return {
      wrong: texts("parsererror"),
      text: texts("text"),
      sources: texts("dc:source"),
      creator: texts("dc:creator"),
      date: texts("dc:date"),
      title: texts("title"),
      language: texts("dc:language"),
      names: [
        ...new Set(
          [...tree.querySelectorAll("*")].map((node) => node.nodeName),
        ),
      ],
      width: tree.documentElement.getAttribute("width"),
      fill: tree.querySelector("rect").getAttribute("fill"),
    };
  }, svg);
  await clean.context().close();
  return seen;
};

for (const kind of KINDS) {
  const tag = "atlas-" + kind;

  test(`${kind}: the SVG is well-formed, has every label as text, and names sources, day and version`, async () => {
    const seen = await parsed(await svgOf(page, tag));
    assert.deepEqual(seen.wrong, []);
    const labels = await page.evaluate(
      (tag) =>
        [
          ...document
            .querySelector(tag)
            .shadowRoot.querySelectorAll(".labels span:not(.wrap)"),
        ].map((node) => node.textContent),
      tag,
    );
    assert.ok(labels.length > 10);
    assert.deepEqual(
      labels.filter((label) => !seen.text.includes(label)),
      [],
    );
    const [title, sources] = await page.evaluate(
      (tag) => [
        document.querySelector(tag).shadowRoot.querySelector("[part=title]")
          .textContent,
        document.querySelector(tag).shadowRoot.querySelector(".by").textContent,
      ],
      tag,
    );
    assert.deepEqual(seen.title, [title]);
    assert.ok(
      seen.sources.length > 0 &&
        seen.sources.every((source) => sources.includes(source)),
      JSON.stringify(seen.sources),
    );
    assert.deepEqual(
      [seen.creator, seen.date, seen.language],
      [[MAKER], [today()], ["ko"]],
    );
    assert.ok(seen.text.includes(`${MAKER} · ${today()}`));
  });

  test(`${kind}: an SVG of another width, theme and language leaves the picture on the page as it is`, async () => {
    const shown = () =>
      page.evaluate(
        (tag) =>
          document
            .querySelector(tag)
            .shadowRoot.querySelector("canvas")
            .toDataURL(),
        tag,
      );
    const pixels = await shown();
    const seen = await parsed(
      await svgOf(page, tag, { width: 500, theme: "dark", lang: "en" }),
    );
    assert.deepEqual(
      [seen.width, seen.fill, seen.language],
      ["524", "#14171c", ["en"]],
    );
    assert.equal(await shown(), pixels);
  });

  test(`${kind}: the image has the size that was asked for and is not blank`, async () => {
    const shoot = (options) =>
      page.evaluate(
        async ([tag, options]) => {
          const blob = await document.querySelector(tag).toBlob(options);
          return [blob.type, [...new Uint8Array(await blob.arrayBuffer())]];
        },
        [tag, options],
      );
    const [one, two] = [
      await shoot({ width: 400, scale: 1 }),
      await shoot({ width: 400, scale: 2.5 }),
    ].map(([type, bytes]) => [type, PNG.sync.read(Buffer.from(bytes))]);
    assert.deepEqual([one[0], two[0]], ["image/png", "image/png"]);
    assert.equal(one[1].width, 424);
    assert.equal(two[1].width, 1060);
    assert.ok(Math.abs(two[1].height / one[1].height - 2.5) < 0.01);
    for (const [, image] of [one, two])
      assert.ok(colours(image) > 20, `${colours(image)} colours`);
    assert.equal(
      (await shoot({ width: 300, scale: 1, type: "image/webp" }))[0],
      "image/webp",
    );
  });

  test(`${kind}: CSV and JSON hold the same rows as the table, with sources, day and version`, async () => {
    const [csv, json, table] = await page.evaluate(async (tag) => {
      const element = document.querySelector(tag);
      const button = element.shadowRoot.querySelector("footer button");
      button.click();
      await new Promise((done) => setTimeout(done, 300));
      const rows = [
        ...element.shadowRoot.querySelectorAll(".panel tbody tr"),
      ].map((row) => [...row.cells].map((cell) => cell.textContent));
      button.click();
      return [await element.toCSV(), await element.toJSON(), rows];
    }, tag);
    assert.equal(csv[0], "\uFEFF");
    const lines = csv.slice(1).trimEnd().split("\r\n");
    assert.equal(lines.length, json.rows.length + 1);
    assert.ok(
      lines.slice(1).every((line) => line.endsWith(`"${today()}, ${MAKER}"`)),
    );
    assert.deepEqual(json.rows.slice(0, table.length), table);
    assert.deepEqual(
      [json.generator, json.date, json.lang],
      [MAKER, today(), "ko"],
    );
    assert.ok(
      json.title &&
        json.credit &&
        json.sources.length > 0 &&
        json.columns.length === json.rows[0].length,
    );
    assert.ok(
      lines[1].includes(json.rows[0].at(-1)),
      "the last column is the source",
    );
  });
}

test("a page under the strictest policy complains of nothing but the worker that it forbids", () => {
  assert.deepEqual(
    page.faults.filter((fault) => !/Trusted/.test(fault)),
    [],
  );
  assert.deepEqual(page.foreign, []);
});

test("what data says is neither markup in the SVG nor a formula in the CSV", async () => {
  const other = await open("null", server.url + "/evil");
  const seen = await parsed(await svgOf(other, "atlas-market-share"));
  assert.deepEqual(seen.wrong, []);
  assert.ok(
    !seen.names.includes("script") &&
      seen.text.some((text) => text.includes("<script>")),
    JSON.stringify(seen),
  );
  const csv = await other.evaluate(() =>
    document.querySelector("atlas-market-share").toCSV(),
  );
  assert.ok(
    csv.includes(`"'=1+1"`) && csv.includes(`"'=HYPERLINK(""x"")</script><b>"`),
    csv,
  );
  await other.context().close();
});

test("after an SVG of another width a point still picks what is seen there", async () => {
  const big = await open("null", server.url + "/far", { ready: false });
  const rows = await big.evaluate(async (tag) => {
    await customElements.whenDefined(tag);
    const element = document.querySelector(tag);
    element.scrollIntoView();
    const size = 2000;
    await element.setColumns({
      value: new Float64Array(size).map((_, i) => 1 + (i % 97)),
      label: Array.from({ length: size }, (_, i) => "n" + i),
    });
    await new Promise((done) =>
      element.addEventListener("load", done, { once: true }),
    );
    await element.updateComplete;
    const stage = element.shadowRoot.querySelector(".stage");
    const at = (x, y) => {
      const { left, top, width, height } = stage.getBoundingClientRect();
      const heard = new Promise((done) =>
        element.addEventListener(
          "atlas-hover",
          ({ detail }) => done(detail.row),
          { once: true },
        ),
      );
      stage.dispatchEvent(
        new PointerEvent("pointermove", {
          clientX: left + width * x,
          clientY: top + height * y,
          pointerType: "mouse",
          bubbles: true,
        }),
      );
      return heard;
    };
    const [first] = [await at(0.3, 0.8), await at(0.6, 0.2)];
    await element.updateComplete;
    await element.toSVG({ width: 800 });
    return [first, await at(0.3, 0.8)];
  }, TAGS[1]);
  assert.ok(rows[0] >= 0);
  assert.equal(rows[1], rows[0]);
  await big.context().close();
});

test("an element that no reader has come near gives its picture when asked, and one that is not in the page gives none", async () => {
  const far = await open("null", server.url + "/far", { ready: false });
  await far.evaluate(
    (tag) => customElements.whenDefined(tag).then(() => 1),
    TAGS[0],
  );
  for (const tag of TAGS) assert.ok((await svgOf(far, tag)).includes("<text"));
  assert.equal(
    await far.evaluate((tag) => document.createElement(tag).toSVG(), TAGS[0]),
    null,
  );
  await far.context().close();
});

test("options are those of the call, whatever the page does with them afterwards", async () => {
  const page = await open("null", server.url + "/far");
  const widths = await page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    const options = { width: 500, scale: 1 };
    const [svg, blob] = [element.toSVG(options), element.toBlob(options)];
    options.width = 900;
    options.scale = 3;
    const { width } = await createImageBitmap(await blob);
    const right = await element.toSVG({ width: 500 });
    const widthOf = (one) => +/ width="(\d+)"/.exec(one)[1];
    return [widthOf(await svg), widthOf(right), width];
  }, TAGS[1]);
  assert.ok(widths[0] < 600, String(widths));
  assert.deepEqual(widths, Array(3).fill(widths[0]));
  await page.context().close();
});

test("without WebAssembly there is the data, and no picture", async () => {
  const still = await open("nowasm", server.url + "/far");
  const [svg, blob, csv, json] = await still.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    return [
      await element.toSVG(),
      await element.toBlob(),
      await element.toCSV(),
      await element.toJSON(),
    ];
  }, TAGS[1]);
  assert.deepEqual([svg, blob], [null, null]);
  assert.ok(
    csv.split("\r\n").length > 10 && json.rows.length > 10 && json.title,
  );
  await still.context().close();
});

const known = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('script[type="application/ld+json"]')].map(
      (node) => JSON.parse(node.textContent),
    ),
  );

test("each data set of a page is described once for search engines, in words that no data can break out of", async () => {
  const one = await open("null", server.url + "/named");
  const sets = await known(one);
  assert.equal(sets.length, 3);
  const titles = await one.evaluate(
    (tags) =>
      tags.map(
        (tag) =>
          document.querySelector(tag).shadowRoot.querySelector("[part=title]")
            .textContent,
      ),
    TAGS,
  );
  assert.deepEqual(sets.map((set) => set.name).sort(), [...titles].sort());
  for (const set of sets)
    assert.ok(
      set["@type"] === "Dataset" &&
        set.description.length >= 40 &&
        set.citation.length > 0 &&
        set.creditText.includes("NIA") &&
        set.inLanguage === "ko",
      JSON.stringify(set),
    );
  // The same again, taken out and put back; then in the other language.
  await one.evaluate(async (tag) => {
    document.body.append(document.querySelector(tag).cloneNode(true));
    document.querySelector(tag).remove();
    await new Promise((done) => setTimeout(done, 50));
  }, TAGS[0]);
  await one.locator(TAGS[0]).scrollIntoViewIfNeeded();
  await one.waitForFunction(
    () =>
      document.querySelectorAll('script[type="application/ld+json"]').length ===
      3,
  );
  assert.deepEqual(
    (await known(one)).map((set) => set.name).sort(),
    [...titles].sort(),
  );
  await one.evaluate(() => (document.documentElement.lang = "en"));
  await one.waitForFunction(() =>
    [...document.querySelectorAll('script[type="application/ld+json"]')].every(
      (node) => JSON.parse(node.textContent).inLanguage === "en",
    ),
  );
  assert.equal((await known(one)).length, 3);
  assert.deepEqual(one.faults, []);
  await one.context().close();
  // A page that lets nobody write a script has none, and hears nothing of it but what it hears for
  // the worker.
  const none = await open("null", server.url + "/strict");
  assert.deepEqual([await known(none), none.faults.length], [[], 2]);
  await none.context().close();

  const other = await open("null", server.url + "/evil");
  const text = await other.evaluate(
    () =>
      document.querySelector('script[type="application/ld+json"]').textContent,
  );
  assert.ok(JSON.parse(text).name && !text.includes("<"), text);
  await other.context().close();
});

test("a page with a description of its own, or an element that is told so, gets none; two elements of one file share one", async () => {
  for (const path of ["/own", "/mute"]) {
    const one = await open("null", server.url + path);
    assert.deepEqual(
      (await known(one)).map((set) => set.name),
      path === "/own" ? ["mine"] : [],
    );
    await one.context().close();
  }
  const both = await open("null", server.url + "/both");
  const [set, ...more] = await known(both);
  assert.ok(
    set.distribution.contentUrl.endsWith("/data/market-share.json") &&
      more.length === 0,
    JSON.stringify(more),
  );
  await both.context().close();
});

for (const [lang, name] of [
  ["ko", "내려받기"],
  ["en", "Download"],
]) {
  test(`a reader downloads each format by one quiet control, in ${lang}`, async () => {
    const one = await open("null", server.url + "/far");
    await one.evaluate((lang) => (document.documentElement.lang = lang), lang);
    const box = one.locator("atlas-funding-timeline details.save");
    const summary = box.locator("summary");
    await one.waitForFunction(
      (name) =>
        document
          .querySelector("atlas-funding-timeline")
          .shadowRoot.querySelector(".save summary").textContent === name,
      name,
    );
    await summary.focus();
    await one.keyboard.press("Enter");
    const begins = { CSV: '\uFEFF"', JSON: "{", SVG: "<svg", PNG: "\x89PNG" };
    for (const [format, begin] of Object.entries(begins)) {
      const [download] = await Promise.all([
        one.waitForEvent("download"),
        box.getByRole("button", { name: format, exact: true }).click(),
      ]);
      assert.equal(
        download.suggestedFilename(),
        `funding-timeline-${today()}.${format.toLowerCase()}`,
      );
      const bytes = readFileSync(await download.path());
      assert.ok(
        bytes
          .subarray(0, 8)
          .toString(format === "PNG" ? "latin1" : "utf8")
          .startsWith(begin),
        format,
      );
    }
    await one.context().close();
  });
}
