// Nothing is cut: a figure is seen whole without a click, however the reader came to it, the wheel
// over it scrolls the page, and nothing empty stands at its end.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  KINDS,
  SCRIPT,
  TAGS,
  finish,
  open,
  pageOf,
  serve,
  settle,
} from "./harness.mjs";

const SHARE = "atlas-market-share";
const WIDTHS = [360, 680, 1200];
const EMPTY_PX = 8; // at the end of an element, at most
const ROWS = {
  "market-share": [
    ["Company", "Share (%)"],
    ["NVIDIA", 80],
    ["AMD", 12],
    ["Intel", 8],
  ],
  "funding-timeline": [
    ["date", "target", "label", "amount_usd"],
    ...Array.from({ length: 5 }, (_, i) => [
      `${2019 + i}-03-01`,
      `firm ${i}`,
      `round ${i}`,
      (i + 1) * 1e7,
    ]),
  ],
  "value-chain": [
    ["from", "to", "type"],
    ...Array.from({ length: 12 }, (_, i) => [
      `firm ${i % 5}`,
      `firm ${5 + (i % 4)}`,
      "supplies",
    ]),
  ],
};
const BAD = [
  ["what", "ever"],
  ["1", "2"],
];
const TWO = {
  kind: "ai-atlas/market-share",
  tables: [
    {
      id: "t",
      title: "T",
      unit: "%",
      items: [
        { label: "A", value: 70 },
        { label: "B", value: 30 },
      ],
    },
  ],
};
const tableOf = ([head, ...rows]) =>
  `<table><thead><tr>${head.map((cell) => `<th>${cell}</th>`).join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</tbody></table>`;
const csvOf = (rows) => rows.map((row) => row.join(",")).join("\n") + "\n";
const TEXT =
  "<p>A paragraph of the article, as long as paragraphs are, so that something stands below and can be pushed about by what comes late.</p>";
const one = (kind, inside = "", more = "") =>
  `<atlas-${kind} lang="en" renderer="canvas" ${more}>${inside}</atlas-${kind}>`;
const own = (kind, more = "") => one(kind, tableOf(ROWS[kind]), more);
const many = (n) => TEXT.repeat(n);

let server;
let late = 0; // by how much the wasm is late, ms
let pasted = ""; // into an article
const pages = {
  // The first screen, and what stands below it.
  "/first": () => KINDS.map((kind) => own(kind) + TEXT).join("") + many(12),
  "/other": () =>
    [
      one("market-share", "", 'id="data"'),
      ...KINDS.map((kind) => one(kind, "", `src="/rows/${kind}.csv"`)),
      one("market-share", "", 'src="data/market-share.json"'),
      one(
        "market-share",
        `<script type="application/json">${JSON.stringify(TWO)}</script>`,
      ),
      one("market-share", "", 'id="columns"'),
    ].join(TEXT) + many(12),
  "/shipped": () =>
    TEXT +
    TAGS.map(
      (tag) =>
        `<${tag} src="shipped" lang="en" renderer="canvas"></${tag}>${TEXT}`,
    ).join("") +
    one("market-share", "", 'src="shipped" table="hbm-2023"') +
    many(12),
  "/below": () =>
    KINDS.map((kind) => many(30) + own(kind, `id="${kind}"`)).join("") +
    many(30),
  "/hidden": () =>
    `<div id="none" style="display:none">${own("market-share")}</div><details><summary>more</summary>${own("market-share")}</details><div id="box" style="width:320px">${own("market-share")}</div>${many(12)}`,
  "/past": () =>
    `${many(20)}${own("market-share", 'id="it" loading="eager"')}<p id="mark">A place in the article.</p>${many(40)}`,
  "/bad": () =>
    one("market-share", tableOf(BAD), 'id="bad"') +
    TEXT +
    one("value-chain", "", 'id="lost" src="/nowhere.json"') +
    TEXT +
    one(
      "funding-timeline",
      "",
      'id="kept" src="/nowhere.json" style="display:block;min-height:500px"',
    ) +
    many(12),
};
const room = (heights) =>
  KINDS.map(
    (kind) =>
      TEXT + own(kind, `style="display:block;min-height:${heights[kind]}px"`),
  ).join("") + many(12);
before(async () => {
  server = await serve(async (path, request) => {
    const { searchParams } = new URL(request.url, "http://x");
    if (late && path.endsWith(".wasm"))
      await new Promise((done) => setTimeout(done, late));
    if (path.startsWith("/rows/"))
      return { body: csvOf(ROWS[path.slice(6, -4)]), type: "text/csv" };
    if (path === "/offline")
      return {
        body: pageOf(
          SCRIPT +
            KINDS.map(
              (kind) =>
                `<atlas-${kind} src="/rows/${kind}.csv" lang="en"></atlas-${kind}>`,
            ).join(""),
        ),
        headers: { "content-security-policy": "connect-src 'none'" },
      };
    if (path === "/frames")
      return {
        body: pageOf(
          KINDS.map(
            (kind) =>
              `<iframe data-ai-atlas src="/embed.html?kind=${kind}&lang=en&renderer=canvas&src=/rows/${kind}.csv" title="${kind}" width="100%" height="300" style="border:0"></iframe>${TEXT}`,
          ).join("") +
            '<script defer src="/frame.js"></script>' +
            many(12),
        ),
      };
    if (path === "/pasted")
      return {
        body: pageOf(
          `<style>body{margin:0;width:680px}figure{margin:0}</style>${TEXT}${pasted}${TEXT}`,
          { lang: "en" },
        ),
      };
    if (path === "/room")
      return {
        body: pageOf(SCRIPT + room(JSON.parse(searchParams.get("heights"))), {
          lang: "en",
        }),
      };
    if (pages[path])
      return { body: pageOf(SCRIPT + pages[path](), { lang: "en" }) };
  });
});
after(finish);

const shifts = () => {
  globalThis.shifted = [];
  new PerformanceObserver((list) => {
    for (const { value, sources, hadRecentInput } of list.getEntries())
      if (!hadRecentInput)
        shifted.push([
          value,
          sources.map(
            ({ node, previousRect, currentRect }) =>
              `${node?.nodeName} ${node?.id ?? ""} ${previousRect.y} → ${currentRect.y}`,
          ),
        ]);
  }).observe({ type: "layout-shift", buffered: true });
};

// What is seen of every widget of a page or a frame, and what it would take to see all of it.
const looked = (target, selector = TAGS.join()) =>
  target.evaluate(
    (selector) =>
      [...document.querySelectorAll(selector)].map((element) => {
        const { shadowRoot } = element;
        const [root, figure] = [".root", "figure"].map((name) =>
          shadowRoot.querySelector(name),
        );
        const box = element.getBoundingClientRect();
        let [top, bottom, left, right] = [
          -Infinity,
          Infinity,
          -Infinity,
          Infinity,
        ];
        let masked = false;
        for (
          let node = figure;
          node && node !== document.body;
          node = node.parentElement ?? node.getRootNode().host
        ) {
          const { overflowX, overflowY, maskImage, clipPath } =
            getComputedStyle(node);
          masked ||= maskImage !== "none" || clipPath !== "none";
          const rect = node.getBoundingClientRect();
          if (overflowY !== "visible")
            [top, bottom] = [
              Math.max(top, rect.top),
              Math.min(bottom, rect.bottom),
            ];
          if (overflowX !== "visible")
            [left, right] = [
              Math.max(left, rect.left),
              Math.min(right, rect.right),
            ];
        }
        const whole = figure.getBoundingClientRect();
        const parts = [...figure.children]
          .filter(
            (part) =>
              part.checkVisibility() && part.getBoundingClientRect().height,
          )
          .map((part) => part.getBoundingClientRect().bottom);
        return {
          name: `${element.localName} ${element.id}`,
          element: box.height,
          seen: Math.min(bottom, box.bottom) - Math.max(top, box.top),
          figure: Math.max(figure.scrollHeight, whole.height),
          masked,
          aside: right < Infinity && whole.right > right + 1,
          empty: box.bottom - Math.max(...parts),
          scrollers: [root, ...root.querySelectorAll("*")]
            .filter(
              (node) =>
                node.checkVisibility() &&
                /auto|scroll/.test(getComputedStyle(node).overflowY) &&
                node.scrollHeight > node.clientHeight + 1,
            )
            .map((node) => node.className || node.localName),
          words: root.classList.contains("first") ? "still waiting" : "",
          error: element.status?.error,
        };
      }),
    selector,
  );
const isWhole = (all, where, { given } = {}) => {
  assert.ok(all.length, "there are widgets");
  for (const found of all) {
    const say = `${where}: ${JSON.stringify(found)}`;
    assert.ok(!found.words && found.error == null && found.figure > 200, say);
    assert.ok(found.seen >= found.figure - 1 && !found.masked, say);
    assert.deepEqual(found.scrollers, [], say);
    if (!given) assert.ok(found.empty <= EMPTY_PX, say);
  }
};
// The wheel over the middle of a widget moves the page and nothing in the widget.
const wheels = async (page, selector, where) => {
  const place = await page.evaluate((selector) => {
    const { left, width, top, bottom } = document
      .querySelector(selector)
      .getBoundingClientRect();
    return [
      left + width / 2,
      (Math.max(0, top) + Math.min(innerHeight, bottom)) / 2,
      scrollY,
    ];
  }, selector);
  await page.mouse.move(place[0], place[1]);
  await page.mouse.wheel(0, 120);
  await page
    .waitForFunction((y) => scrollY >= y + 100, place[2], { timeout: 4000 })
    .catch(() =>
      assert.fail(
        `${where}: the wheel over ${selector} does not move the page`,
      ),
    );
  const inside = await page.evaluate((selector) => {
    const { shadowRoot } = document.querySelector(selector);
    return [...(shadowRoot?.querySelectorAll("*") ?? [])].reduce(
      (sum, node) => sum + node.scrollTop,
      0,
    );
  }, selector);
  assert.equal(inside, 0, `${where}: the wheel moves something in ${selector}`);
};
// Until those that have begun, or all, are painted; nobody scrolls meanwhile.
const painted = (target, selector = TAGS.join()) =>
  target
    .waitForFunction((selector) => {
      const all = [...document.querySelectorAll(selector)];
      return (
        all.length &&
        all.every(({ status, dataset }) => dataset.tier || status?.error)
      );
    }, selector)
    .then(() =>
      target.evaluate(async (selector) => {
        for (const element of document.querySelectorAll(selector))
          await element.updateComplete;
        await new Promise((done) => setTimeout(done, 80));
      }, selector),
    );
const close = (page) => page.context().close();
const visit = (path, options) =>
  open("null", server.url + path, {
    ready: false,
    init: shifts,
    height: 800,
    ...options,
  });

for (const width of WIDTHS) {
  test(`at ${width} px the first screen shows figures whole, of an own table, of a file, of JSON, of properties and columns`, async () => {
    const look = async (path) => {
      const page = await visit(path, { width });
      if (path === "/other") {
        await page.waitForFunction((tag) => customElements.get(tag), SHARE);
        await page.evaluate((two) => {
          document.querySelector("#data").data = two;
          document.querySelector("#columns").setColumns({
            value: new Float64Array(30).fill(1),
            label: Array.from({ length: 30 }, (_, i) => "T" + i),
          });
        }, TWO);
      }
      // What is far below comes when the page has loaded.
      await painted(page);
      isWhole(await looked(page), path);
      await wheels(page, path === "/first" ? TAGS[0] : SHARE, path);
      await close(page);
    };
    await Promise.all(["/first", "/other"].map(look));
  });

  test(`at ${width} px a figure below the first screen, jumped to or an anchor, is whole, and an anchor stays where it was jumped to`, async () => {
    const [page, anchor] = await Promise.all([
      visit("/below", { width }),
      visit("/below#value-chain", { width }),
    ]);
    await painted(anchor, "#value-chain");
    isWhole(await looked(anchor, "#value-chain"), "anchor");
    await anchor.waitForFunction(
      () =>
        Math.abs(
          document.querySelector("#value-chain").getBoundingClientRect().top,
        ) < 5,
      null,
      { timeout: 4000 },
    );
    await wheels(anchor, "#value-chain", "anchor");
    await close(anchor);
    await page.evaluate(() =>
      document.querySelector("#funding-timeline").scrollIntoView(),
    );
    await painted(page, "#funding-timeline");
    isWhole(await looked(page, "#funding-timeline"), "jumped to");
    await page.mouse.move(width / 2, 400);
    for (let i = 0; i < 40; i++) {
      await page.mouse.wheel(0, i % 20 < 10 ? 400 : -400);
      await page.waitForTimeout(5);
    }
    await painted(page);
    isWhole(await looked(page), "scrolled to");
    await close(page);
  });

  test(`at ${width} px an iframe shows the whole figure, and keeps its height until that is known`, async () => {
    const page = await visit("/frames", {
      width,
      init: () => {
        globalThis.told = [];
        addEventListener(
          "message",
          ({ data }) => data?.type === "height" && told.push(data.height),
        );
      },
    });
    await page.waitForFunction(() => new Set(told).size >= 3);
    const frames = page
      .frames()
      .filter((frame) => frame.url().includes("/embed.html"));
    assert.equal(frames.length, 3);
    for (const frame of frames) {
      await painted(frame);
      isWhole(await looked(frame), frame.url());
      await page.waitForFunction((url) => {
        const frame = [...document.querySelectorAll("iframe")].find(
          ({ src }) => src === url,
        );
        const { scrollHeight } = frame.contentDocument.documentElement;
        return (
          frame.clientHeight >= scrollHeight &&
          frame.clientHeight ===
            Math.ceil(
              frame.contentDocument
                .querySelector("main")
                .getBoundingClientRect().height,
            )
        );
      }, frame.url());
    }
    assert.equal(
      await page.evaluate(() => new Set(told).size),
      3,
      "a height that was only kept free is told",
    );
    await wheels(page, "iframe", "iframe");
    await close(page);
  });

  test(`at ${width} px nothing moves where the page keeps the height of the figures`, async () => {
    const first = await visit("/first", { width });
    await painted(first);
    const heights = Object.fromEntries(
      (await looked(first)).map(({ name, figure }) => [
        name.trim().slice(6),
        Math.ceil(figure),
      ]),
    );
    await close(first);
    // All is in view, also the ends: the hardest case.
    const page = await visit("/room?heights=" + JSON.stringify(heights), {
      width,
      height: 4000,
    });
    await painted(page);
    isWhole(await looked(page), "with room");
    // A table that was painted before the code came moves by less than a line in it.
    assert.deepEqual(
      (await page.evaluate(() => shifted)).filter(([much]) => much >= 0.0005),
      [],
    );
    await close(page);
  });

  test(`at ${width} px words alone take the room of words, and no more than what the page keeps`, async () => {
    for (const path of ["/bad", "/offline"]) {
      const page = await visit(path, { width });
      await page.waitForFunction(
        (tags) =>
          [...document.querySelectorAll(tags)].every(
            ({ status }) => status?.error,
          ),
        TAGS.join(),
      );
      await page.waitForTimeout(100);
      for (const found of await looked(page)) {
        const say = `${path}: ${JSON.stringify(found)}`;
        if (/kept/.test(found.name))
          assert.ok(found.element >= 500 && found.element < 502, say);
        else
          assert.ok(
            found.element < 260 &&
              found.seen >= found.figure - 1 &&
              !found.masked &&
              found.empty <= EMPTY_PX,
            say,
          );
      }
      await close(page);
    }
  });

  test(`at ${width} px the shipped figures end where their elements end`, async () => {
    const page = await visit("/shipped", { width, height: 12_000 }); // all is in view
    await painted(page);
    isWhole(await looked(page), "shipped");
    await close(page);
  });
}

test("a figure that was hidden, stands in details, or gets another width or other data is whole", async () => {
  const page = await visit("/hidden", { width: 680 });
  await painted(page, "#box atlas-market-share");
  isWhole(await looked(page, "#box atlas-market-share"), "narrow");
  await page.evaluate(
    () => (document.querySelector("#box").style.width = "600px"),
  );
  await settle(page);
  isWhole(await looked(page, "#box atlas-market-share"), "wide");
  await page.evaluate(
    (table) => (document.querySelector("#box table").outerHTML = table),
    tableOf([
      ["label", "value"],
      ...Array.from({ length: 30 }, (_, i) => [`part ${i}`, 1]),
    ]),
  );
  await page.waitForTimeout(100);
  await settle(page);
  isWhole(await looked(page, "#box atlas-market-share"), "other data");
  await page.evaluate(() => {
    document.querySelector("#none").style.display = "";
    document.querySelector("details").open = true;
  });
  await painted(page);
  isWhole(await looked(page), "shown");
  await close(page);
});

test("a table that a reader opens is below the picture and takes nothing of the room that the page keeps", async () => {
  const page = await visit('/room?heights={"market-share":900}', {
    width: 680,
  });
  const picture = () =>
    page.evaluate(
      (tag) =>
        document.querySelector(tag).shadowRoot.querySelector(".stage")
          .offsetHeight,
      SHARE,
    );
  await painted(page, SHARE);
  const before = await picture();
  await page
    .locator(SHARE)
    .getByRole("button", { name: "Show the data as a table" })
    .click();
  await page.locator(SHARE).locator(".panel tbody tr").first().waitFor();
  await page.evaluate(
    (tag) => document.querySelector(tag).setAttribute("theme", "dark"),
    SHARE,
  );
  await settle(page);
  assert.equal(await picture(), before);
  isWhole(await looked(page, SHARE), "opened");
  await close(page);
});

test("whoever has read on before a figure came keeps the place", async () => {
  late = 1200;
  try {
    const page = await visit("/past", { width: 680 });
    // Far past it, and with its end still in sight.
    for (const above of [-300, 60]) {
      await page.reload();
      await page.waitForFunction((tag) => customElements.get(tag), SHARE);
      await page.evaluate(
        (above) =>
          scrollTo(
            0,
            scrollY +
              document.querySelector("#mark").getBoundingClientRect().top -
              above,
          ),
        above,
      );
      const place = () =>
        page.evaluate(
          () => document.querySelector("#mark").getBoundingClientRect().top,
        );
      await page.waitForTimeout(200);
      const before = await place();
      assert.equal(
        await page.evaluate(
          (tag) => document.querySelector(tag).dataset.tier,
          SHARE,
        ),
        undefined,
      );
      await painted(page);
      isWhole(await looked(page), "read past");
      assert.ok(
        Math.abs((await place()) - before) < 3,
        `${above}: ${before} → ${await place()}`,
      );
      assert.deepEqual(await page.evaluate(() => shifted), []);
    }
    await close(page);
  } finally {
    late = 0;
  }
});

test("the preview of the builder shows the whole figure, and its snippets keep the height that it takes", async () => {
  const page = await visit("/builder.html?lang=en", { width: 1400 });
  const settled = async () => {
    await page.waitForTimeout(350);
    await page.waitForFunction(
      () =>
        document.querySelector("#preview").getAttribute("aria-busy") ===
        "false",
    );
  };
  const code = () => page.locator("#code").innerText();
  const form = async (name) => {
    await page.locator(`input[name=form][value=${name}]`).check();
    await settled();
    return code();
  };
  await settled();
  await page.locator("#text").fill(csvOf(ROWS["value-chain"]));
  await settled();
  for (const width of [320, 680, 1200]) {
    await page.locator(`input[name=width][value="${width}"]`).check();
    await settled();
    const [found] = await looked(page, "#preview > *");
    isWhole([found], `preview of ${width} px`);
    if (width === 1200) continue;
    await wheels(page, "#preview > *", `preview of ${width} px`);
  }
  await page.locator('input[name=width][value="680"]').check();
  await settled();
  const [{ figure }] = await looked(page, "#preview > *");
  const height = Math.ceil(figure);
  const snippets = { element: await form("element") };
  await form("iframe");
  await page.locator("#src").fill("rows/value-chain.csv");
  await settled();
  snippets.iframe = await code();
  assert.match(
    snippets.element,
    new RegExp(
      `<atlas-value-chain style="display:block;min-height:${height}px">`,
    ),
  );
  assert.match(snippets.iframe, new RegExp(` height="${height + 2}"`));
  // A preview as on a phone is no column.
  await page.locator('input[name=width][value="320"]').check();
  await settled();
  assert.notEqual(
    Math.ceil((await looked(page, "#preview > *"))[0].figure),
    height,
  );
  assert.match(await code(), new RegExp(` height="${height + 2}"`));
  assert.equal(await page.locator("#column > *").count(), 0);
  assert.deepEqual(page.faults, []);
  await close(page);
  // In the column of an article nothing moves and nothing is cut, also where a CMS drops the script
  // beside the iframe.
  snippets.bare = snippets.iframe.replace(/<script.*<\/script>/, "");
  assert.notEqual(snippets.bare, snippets.iframe);
  for (const [name, text] of Object.entries(snippets)) {
    pasted = text;
    const article = await visit("/pasted", { width: 680, height: 1600 });
    const frame =
      name === "element"
        ? article
        : await article
            .locator("iframe")
            .elementHandle()
            .then((node) => node.contentFrame());
    await painted(frame);
    await article.waitForTimeout(200);
    isWhole(await looked(frame), name);
    assert.deepEqual(
      (await article.evaluate(() => shifted)).filter(
        ([much]) => much >= 0.0005,
      ),
      [],
      name,
    );
    if (name !== "element")
      assert.ok(
        await frame.evaluate(
          () => document.documentElement.scrollHeight <= innerHeight,
        ),
        `${name}: the iframe is too small`,
      );
    await close(article);
  }
});
