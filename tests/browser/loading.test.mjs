// How a widget behaves as a guest: what it fetches and when, that it pushes nothing about, and that
// it gives back what it took.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import {
  KINDS,
  LANES,
  QUIET,
  SCRIPT,
  TAGS,
  executablePath,
  finish,
  open,
  pageOf,
  picture,
  colours,
  ready,
  require,
  serve,
  settle,
  shipped,
} from "./harness.mjs";

const here = (name) =>
  readFileSync(new URL("faults/" + name, import.meta.url), "utf8");
const [PAGE, ENGINE] = [here("page.js"), here("engine.js")];
const SHARE = "atlas-market-share";
const TABLE =
  "<table><caption>표</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>가</td><td>60</td></tr><tr><td>나</td><td>40</td></tr></tbody></table>";
const POSTER =
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#c00"/></svg>';

let server;
let late = 0; // by how much the wasm is late, ms
before(async () => {
  const body = {
    "/far": `${SCRIPT}<div style="height:4000px"></div><${SHARE} src="shipped" poster="/poster.svg" renderer="canvas"></${SHARE}>`,
    "/table": `${SCRIPT}<${SHARE} renderer="canvas" style="display:block;min-height:1100px">${TABLE}</${SHARE}>`,
    "/poster": `${SCRIPT}<${SHARE} src="shipped" renderer="canvas" poster="/poster.svg" style="display:block;min-height:1100px"></${SHARE}>`,
  };
  server = await serve(async (path, request) => {
    const { searchParams } = new URL(request.url, "http://x");
    if (body[path]) return { body: pageOf(body[path]) };
    if (path === "/given")
      return {
        body: articleOf(
          searchParams.get("given"),
          searchParams.get("kind"),
          JSON.parse(searchParams.get("room")),
        ),
      };
    if (path === "/poster.svg") return { body: POSTER, type: "image/svg+xml" };
    if (path === "/prelude.js") return { body: PAGE, type: "text/javascript" };
    if (path === "/shift")
      return {
        body: pageOf(
          `<p>before</p><atlas-${searchParams.get("kind")} src="shipped" loading="eager" renderer="canvas" style="display:block;min-height:${searchParams.get("room")}px"></atlas-${searchParams.get("kind")}><p>after</p>${SCRIPT}`,
        ),
      };
    if (path === "/many") {
      const renderer = searchParams.get("renderer");
      const foreign =
        "<script>globalThis.foreign = Array.from({ length: 8 }, () => document.createElement('canvas').getContext('webgl'))</script>";
      const widgets = Array.from(
        { length: Number(searchParams.get("n")) },
        (_, i) =>
          `<${TAGS[i % 3]} src="shipped" renderer="${renderer}" loading="eager"></${TAGS[i % 3]}>`,
      ).join("");
      return {
        body: pageOf(
          `<script src="/prelude.js"></script>${foreign}<div id="before" style="height:10px"></div><div id="box">${widgets}</div><div id="after" style="height:4000px"></div>${SCRIPT}`,
        ),
      };
    }
    if (path === "/engine.js")
      return {
        body: ENGINE + "\n" + readFileSync(shipped("engine.js"), "utf8"),
        type: "text/javascript",
      };
    if (path.endsWith(".wasm") && late)
      await new Promise((done) => setTimeout(done, late));
  });
});
after(finish);

test("nothing is fetched for a widget far from the reader, and everything once it comes near", async () => {
  const page = await open("null", server.url + "/far", { ready: false });
  await page.waitForTimeout(700);
  server.log.length = 0;
  await page.waitForTimeout(700);
  assert.deepEqual(server.log, []);
  await page.evaluate(
    (tag) => document.querySelector(tag).scrollIntoView(),
    SHARE,
  );
  await page.waitForFunction(
    (tag) => document.querySelector(tag).dataset.tier,
    SHARE,
  );
  for (const name of [
    "/engine.js",
    "/ai-atlas.wasm",
    "/data/market-share.json",
    "/poster.svg",
  ])
    assert.ok(server.log.includes(name), `${name} in ${server.log}`);
  await page.context().close();
});

const shifts = () => {
  globalThis.shifted = [];
  new PerformanceObserver((list) => {
    for (const { value, sources, hadRecentInput } of list.getEntries())
      if (!hadRecentInput)
        shifted.push([
          value,
          sources.map(
            ({ node, previousRect, currentRect }) =>
              `${node?.nodeName} ${previousRect.y} → ${currentRect.y}`,
          ),
        ]);
  }).observe({ type: "layout-shift", buffered: true });
};

test("the check sees a paragraph that is pushed down", async () => {
  const page = await open("null", server.url + "/far", {
    ready: false,
    init: shifts,
  });
  await page.evaluate(async () => {
    const add = () =>
      document.body.prepend(
        Object.assign(document.createElement("p"), {
          textContent: "pushed",
          style: "margin:0 0 300px",
        }),
      );
    add();
    await new Promise((done) => setTimeout(done, 300));
    add();
  });
  await page.waitForFunction(() => shifted.length > 0);
  await page.context().close();
});

// What the page gives: nothing but the script before its first picture; the figure's own height,
// too little room, or too much; a poster; an own table, painted before the script came.
const ROWS = {
  "market-share": [
    ["label", "value"],
    ...Array.from({ length: 12 }, (_, i) => [`part ${i}`, 40 - 3 * i]),
  ],
  "funding-timeline": [
    ["date", "target", "label", "amount_usd"],
    ...Array.from({ length: 12 }, (_, i) => [
      `${2010 + i}-03-01`,
      `firm ${i % 5}`,
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
const rowsOf = ([head, ...rows]) =>
  `<table><thead><tr>${head.map((cell) => `<th>${cell}</th>`).join("")}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</tbody></table>`;
// Where it keeps no room, figures grow in view: nothing moves where their ends are out of sight.
const GIVEN = {
  nothing: { early: true, height: 800 },
  "the height of the figures": { room: true },
  "too little room": { style: "min-height:400px", height: 300 },
  "too much room": { style: "min-height:5200px" },
  "a poster": { early: true, attributes: 'poster="/poster.svg"', height: 800 },
  "an own table in the height of the figures": { table: true, room: true },
};
const TEXT =
  "<p>A paragraph of the article, as long as paragraphs are, so that something stands below and can be pushed about by what comes late.</p>";
const articleOf = (given, kind, room, attributes = "") => {
  const { early, style = "", attributes: more = "", table } = GIVEN[given];
  const one = (lang) =>
    `<atlas-${kind} lang="${lang}" loading="eager" renderer="canvas" style="display:block;${style}${room ? `min-height:${room[lang]}px` : ""}" ${more} ${attributes}${table ? "" : ' src="shipped"'}>${table ? rowsOf(ROWS[kind]) : ""}</atlas-${kind}>`;
  return pageOf(
    `<style>body{margin:16px}</style>${early ? "" : SCRIPT}${TEXT}${one("ko")}${TEXT}${one("en")}${TEXT.repeat(12)}`,
    { head: early ? SCRIPT.replace("type", 'blocking="render" type') : "" },
  );
};
const sum = (all) => all.reduce((sum, [much]) => sum + much, 0);

// What was kept for each figure before it came, and what it takes.
const rooms = () => {
  globalThis.rooms = {};
  const look = () => {
    for (const { lang, shadowRoot } of document.querySelectorAll("[loading]")) {
      const root = shadowRoot?.querySelector(".root");
      if (root?.classList.contains("first"))
        globalThis.rooms[lang] = root.offsetHeight;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};
const figures = (page) =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll("[loading]")].map(
        ({ lang, offsetHeight, shadowRoot }) => [
          lang,
          [offsetHeight, shadowRoot.querySelector("figure").offsetHeight],
        ],
      ),
    ),
  );

// Both figures come by themselves, and the reader goes from one to the other when they are at rest:
// the browser counts a figure that grows in the same frame as a scroll as if it had moved in view.
const readOn = async (page) => {
  await page.waitForFunction(() =>
    [...document.querySelectorAll("[loading]")].every(
      ({ dataset }) => dataset.tier,
    ),
  );
  await settle(page);
  for (const figure of await page.locator("[loading]").all()) {
    await figure.evaluate((element) =>
      element.scrollIntoView({ block: "center" }),
    );
    await settle(page);
  }
};

for (const [given, { room, height = 12_000 }] of Object.entries(GIVEN))
  test(
    `nothing moves when figures come, where the page gives ${given}`,
    { timeout: 180_000 },
    async () => {
      for (const kind of KINDS) {
        const said = [];
        for (const width of [320, 360, 680, 1200]) {
          const visit = async (more) => {
            // All is in view where the page keeps room, also the ends of both figures: the hardest
            // case. An own table is painted before the script comes.
            const page = await open(
              "null",
              `${server.url}/given?${new URLSearchParams({ given, kind, ...more })}`,
              {
                width,
                height,
                ready: false,
                init: `(${shifts})();(${rooms})()`,
              },
            );
            await readOn(page);
            await page.waitForTimeout(100);
            return page;
          };
          let more = {};
          if (room) {
            const page = await visit();
            more = {
              room: JSON.stringify(
                Object.fromEntries(
                  Object.entries(await figures(page)).map(
                    ([lang, [, figure]]) => [lang, figure],
                  ),
                ),
              ),
            };
            await page.context().close();
          }
          const page = await visit(more);
          // A table that was painted before the code came moves by less than a line in it.
          const found = (await page.evaluate(() => shifted)).filter(
            ([much]) => !room || much >= 0.0005,
          );
          said.push(`${width} px ${sum(found).toFixed(4)}`);
          assert.deepEqual(found, [], `${kind} at ${width} px`);
          for (const [lang, [element, figure]] of Object.entries(
            await figures(page),
          )) {
            assert.ok(
              figure > 200 && element >= figure - 1,
              `${kind}, ${lang}, ${width} px: ${element} px for ${figure}`,
            );
            if (given !== "too much room")
              assert.ok(
                element <= figure + 8,
                `${kind}, ${lang}, ${width} px: an empty end, ${element} px for ${figure}`,
              );
            const kept =
              given === "nothing"
                ? (await page.evaluate(() => globalThis.rooms))[lang]
                : figure;
            assert.ok(
              Math.abs(kept / figure - 1) < 0.15,
              `${kind}, ${lang}, ${width} px: ${kept} px were kept free for ${figure}`,
            );
          }
          await page.context().close();
        }
        console.log(
          `# layout shift, ${given}, ${kind}, ko and en: ${said.join(", ")}`,
        );
      }
    },
  );

test("a figure that is larger than its room is whole at once; whoever reads on meets figures that have come to rest", async () => {
  const page = await open(
    "null",
    `${server.url}/given?${new URLSearchParams({ given: "too little room", kind: "market-share" })}`,
    { width: 1200, height: 600 },
  );
  await settle(page);
  for (const [element, figure] of Object.values(await figures(page)))
    assert.ok(
      figure > 700 && element === figure,
      `${element} px for ${figure}`,
    );
  await page.context().close();
  const reader = await open(
    "null",
    `${server.url}/given?${new URLSearchParams({ given: "nothing", kind: "value-chain" })}`,
    { width: 680, height: 800, init: shifts, ready: false },
  );
  for (let i = 0; i < 60; i++) {
    await reader.mouse.wheel(0, 100);
    await reader.waitForTimeout(60);
  }
  await ready(reader);
  assert.deepEqual(await reader.evaluate(() => shifted), []);
  await reader.context().close();
});

test("the own table is seen first, in the place of the picture, and the picture takes it over without a shift", async () => {
  late = 1500;
  try {
    const page = await open("null", server.url + "/table", {
      ready: false,
      init: shifts,
    });
    const cell = page.locator(`${SHARE} td`).first();
    await page.waitForFunction((tag) => customElements.get(tag), SHARE);
    // At once where it had been painted before the code came, else after a moment.
    await cell.waitFor({ state: "visible", timeout: 1300 });
    assert.equal(
      await page.evaluate(
        (tag) => document.querySelector(tag).status.tier,
        SHARE,
      ),
      null,
    );
    await ready(page);
    assert.ok(!(await cell.isVisible()));
    // A table that was painted before the code came moves by less than a line in it.
    assert.deepEqual(
      (await page.evaluate(() => shifted)).filter(([much]) => much >= 0.0005),
      [],
    );
    await page.context().close();
  } finally {
    late = 0;
  }
});

test("the poster is seen until the picture is there", async () => {
  late = 1500;
  try {
    const page = await open("null", server.url + "/poster", {
      ready: false,
      init: shifts,
    });
    const poster = page.locator(`${SHARE} [part=poster]`);
    await poster.waitFor({ state: "visible" });
    const [x, y] = await poster.evaluate((node) => {
      const { x, y } = node.getBoundingClientRect();
      return [x + 50, y + 50];
    });
    const top = await page.evaluate(
      ([tag, x, y]) =>
        document.querySelector(tag).shadowRoot.elementFromPoint(x, y)
          ?.className,
      [SHARE, x, y],
    );
    assert.equal(top, "poster");
    await ready(page);
    assert.ok(!(await poster.isVisible()));
    assert.deepEqual(await page.evaluate(() => shifted), []);
    await page.context().close();
  } finally {
    late = 0;
  }
});

test("loading is told: progress that only grows, then load, once", async () => {
  const init = () => {
    globalThis.told = [];
    for (const type of ["progress", "load", "error"])
      document.addEventListener(
        type,
        ({ target, detail }) =>
          target.localName?.startsWith("atlas-") &&
          told.push([type, detail.totalProgress]),
      );
  };
  const page = await open(
    "null",
    server.url + "/shift?kind=market-share&room=700",
    { init },
  );
  const told = await page.evaluate(() => told);
  const parts = told
    .filter(([type]) => type === "progress")
    .map(([, part]) => part);
  assert.ok(
    parts.length >= 2 &&
      parts.at(-1) === 1 &&
      parts.every((part, i) => !i || part >= parts[i - 1]),
    JSON.stringify(told),
  );
  assert.deepEqual(
    told.filter(([type]) => type !== "progress"),
    [["load", undefined]],
  );
  assert.equal(told.at(-1)[0], "load");
  await page.context().close();
});

// Waits of half a minute pass in a second here.
const hasten = () => {
  const wait = setTimeout;
  globalThis.setTimeout = (run, ms, ...rest) =>
    wait(run, ms === 3e4 ? 1000 : ms, ...rest);
};
// A worker that is busy painting answers later.
const counts = async (page) => {
  for (;;) {
    const said = await page.evaluate(() => faults.tell("counts"));
    if (said) return said;
  }
};

for (const [lane, renderer, contexts, devices] of [
  ["gpu", "webgpu", 0, 1],
  ["gpu", "webgl2", 1, 0],
  ["null", "canvas", 0, 0],
])
  test(
    `48 widgets beside 8 foreign contexts: one engine, nobody else's context lost, nothing done at rest (${renderer})`,
    { timeout: 180_000 },
    async (t) => {
      const page = await open(
        lane,
        `${server.url}/many?n=48&renderer=${renderer}`,
        { init: hasten, ready: false },
      );
      await page.waitForFunction(
        (renderer) =>
          faults.widgets().length === 48 &&
          faults.widgets().every(({ status }) => status.tier === renderer),
        renderer,
        { timeout: 90_000 },
      );
      await settle(page);
      const said = await counts(page);
      t.diagnostic(JSON.stringify(said));
      assert.deepEqual(
        [said.alive, said.devices, said.compiles],
        [contexts, devices, 1],
      );
      assert.ok(
        said.low.length === 0 ||
          said.low.every((power) => power === "low-power"),
        String(said.low),
      );
      assert.equal(
        await page.evaluate(
          () => foreign.filter((gl) => gl.isContextLost()).length,
        ),
        0,
      );
      assert.equal(page.workers().length, 1);
      for (const tag of TAGS) assert.ok(colours(await picture(page, tag)) > 3);
      // At rest: no frame is asked for, no picture is made, no message comes.
      const quiet = await page.evaluate(async () => {
        let frames = 0;
        const real = requestAnimationFrame;
        globalThis.requestAnimationFrame = (run) => (frames++, real(run));
        const first = await faults.tell("counts");
        await faults.sleep(1500);
        const second = await faults.tell("counts");
        globalThis.requestAnimationFrame = real;
        return [
          frames,
          second.bitmaps - first.bitmaps,
          second.frames - first.frames,
        ];
      });
      assert.deepEqual(quiet, [0, 0, 0]);
      await page.context().close();
    },
  );

for (const renderer of ["webgl2", "webgpu"]) {
  const living = async (page) => {
    const { alive, devices, destroyed } = await counts(page);
    return alive + devices - destroyed;
  };
  test(`the GPU is given back 30 s after the last widget went out of view, and taken again for the next picture (${renderer})`, async () => {
    const page = await open(
      "gpu",
      `${server.url}/many?n=3&renderer=${renderer}`,
      { init: hasten },
    );
    await page.waitForFunction(
      (renderer) =>
        faults.widgets().every(({ status }) => status.tier === renderer),
      renderer,
    );
    await page.waitForTimeout(1600);
    assert.equal(await living(page), 1, "in view it stays");
    const before = await page.evaluate(() => faults.stamp(faults.widgets()[0]));
    await page.evaluate(() =>
      document.querySelector("#after").scrollIntoView(),
    );
    await page.evaluate(() => scrollBy(0, 2500));
    await page.waitForFunction(
      async () =>
        ((said) => said.alive + said.devices - said.destroyed === 0)(
          await faults.tell("counts"),
        ),
      null,
      { timeout: 8000 },
    );
    await page.evaluate(() => scrollTo(0, 0));
    assert.equal(
      await page.evaluate(() => faults.stamp(faults.widgets()[0])),
      before,
      "the picture is still there",
    );
    await page.evaluate(() => faults.look());
    await settle(page);
    assert.equal(
      await page.evaluate(() => faults.widgets()[0].status.tier),
      renderer,
    );
    assert.equal(await living(page), 1);
    await page.context().close();
  });

  test(`the GPU is given back when the last widget leaves, and a widget that comes then is drawn (${renderer})`, async () => {
    const page = await open(
      "gpu",
      `${server.url}/many?n=3&renderer=${renderer}`,
    );
    await page.waitForFunction(
      (renderer) =>
        faults.widgets().every(({ status }) => status.tier === renderer),
      renderer,
    );
    await page.evaluate(() => {
      globalThis.kept = faults.widgets();
      for (const one of kept) one.remove();
    });
    await page.waitForFunction(
      async () =>
        ((said) => said.alive + said.devices - said.destroyed === 0)(
          await faults.tell("counts"),
        ),
      null,
      { timeout: 5000 },
    );
    await page.evaluate(() => document.querySelector("#box").append(kept[1]));
    await page.waitForFunction(async () =>
      ((said) => said.alive + said.devices - said.destroyed === 1)(
        await faults.tell("counts"),
      ),
    );
    await settle(page);
    assert.equal(await page.evaluate(() => kept[1].status.tier), renderer);
    await page.context().close();
  });
}

test("after a second loss a GPU that cannot be had is asked for once, and again not before 125 s, however much is painted", async () => {
  const page = await open("gpu", `${server.url}/many?n=1&renderer=webgl2`);
  const tries = async () => (await counts(page)).tries;
  const paint = async (times) => {
    for (let i = 0; i < times; i++) {
      await page.evaluate(() => faults.look());
      await page.waitForTimeout(400);
    }
  };
  await page.evaluate(() => (globalThis.never = "reloaded"));
  await page.waitForFunction(
    () => faults.widgets()[0].status.tier === "webgl2",
  );
  await page.evaluate(() => faults.tell("lose"));
  await page.waitForFunction(
    async () =>
      (await faults.tell("counts")).alive === 1 &&
      faults.widgets()[0].status.tier === "webgl2",
  );
  await page.waitForTimeout(700); // what follows within half a second is the same loss
  await page.evaluate(() => faults.tell("refuse"));
  const before = await tries();
  await page.evaluate(() => faults.tell("lose"));
  await paint(15);
  assert.equal((await tries()) - before, 1);
  assert.equal(
    await page.evaluate(() => faults.widgets()[0].status.tier),
    "canvas",
  );
  await page.evaluate(() => faults.tell("clock", 126e3));
  await paint(6);
  // Each way in has its own turn: with and without software.
  assert.ok(
    [1, 2].includes((await tries()) - before - 1),
    `${await tries()} tries`,
  );
  assert.equal(await page.evaluate(() => globalThis.never), "reloaded");
  await page.context().close();
});

for (const renderer of ["canvas", "webgl2", "webgpu"])
  test(`back from the browser's own cache of pages a widget goes on where it was, though the GPU died meanwhile (${renderer})`, async () => {
    const { chromium } = require("playwright-core");
    const gpu = renderer !== "canvas";
    // Automation turns that cache off; pages that forbid storing are not kept in it.
    const browser = await chromium.launch({
      executablePath,
      args: [...QUIET, ...LANES[gpu ? "gpu" : "null"].args],
      ignoreDefaultArgs: ["--disable-back-forward-cache"],
    });
    const headers = { "cache-control": "max-age=60" };
    const stay = `<script>addEventListener('pageshow', ({ persisted }) => (globalThis.persisted = persisted))</script>`;
    const server = await serve((path) => ({
      headers,
      ...(path === "/page" && {
        body: pageOf(
          `${stay}${SCRIPT}<${SHARE} src="shipped" lang="en" loading="eager" renderer="${renderer}"></${SHARE}>`,
        ),
      }),
      ...(path === "/away" && { body: pageOf("away") }),
    }));
    const page = await browser.newPage();
    const faults = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    const tier = () =>
      page.waitForFunction(
        ([tag, tier]) => document.querySelector(tag)?.status.tier === tier,
        [SHARE, renderer],
      );
    await page.goto(server.url + "/page");
    await tier();
    await page.evaluate(
      (tag) => document.querySelector(tag).restore({ table: "hbm-2023" }),
      SHARE,
    );
    await settle(page);
    const saved = await page.evaluate(
      (tag) => document.querySelector(tag).save(),
      SHARE,
    );
    await page.goto(server.url + "/away");
    if (gpu)
      await (
        await browser.newBrowserCDPSession()
      ).send("Browser.crashGpuProcess");
    await page.goBack({ waitUntil: "commit" }); // nothing loads
    assert.equal(
      await page.evaluate(() => globalThis.persisted),
      true,
      "the page itself came back, not a new one",
    );
    assert.deepEqual(
      await page.evaluate((tag) => document.querySelector(tag).save(), SHARE),
      saved,
    );
    await settle(page);
    assert.ok(colours(await picture(page, SHARE)) > 2);
    await tier();
    const title = page.locator(`${SHARE} [part=title]`);
    const before = await title.innerText();
    await page.evaluate(
      (tag) => (document.querySelector(tag).table = "dc-gpu-2023"),
      SHARE,
    );
    await settle(page);
    assert.notEqual(await title.innerText(), before);
    assert.ok(colours(await picture(page, SHARE)) > 2);
    assert.deepEqual(faults, []);
    await browser.close();
  });
