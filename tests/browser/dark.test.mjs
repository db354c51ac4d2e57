// Light or dark: the theme of an element without one of its own is that of the ground it stands on,
// however a page says it, and when it changes its mind.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SCRIPT, finish, open, pageOf, serve, settle } from "./harness.mjs";

const SHARE = "atlas-market-share";
const ROWS =
  "<table><caption>Shares</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>Aleph</td><td>60</td></tr><tr><td>Beth</td><td>40</td></tr></tbody></table>";
const ONE = (more = "") =>
  `<${SHARE} lang="en" loading="eager" renderer="canvas" style="display:block;min-height:300px" ${more}>${ROWS}</${SHARE}>`;
const META = (content) => `<meta name="color-scheme" content="${content}">`;
const style = (text) => `<style>${text}</style>`;
const PIXEL =
  "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";

// What the page is (head, body or script before the element's own), by what the reader's system
// prefers: light, then dark.
const CASES = {
  "a page that says nothing": [{}, "light light"],
  "a dark theme on a page that says nothing": [
    { more: 'theme="dark"' },
    "dark dark",
  ],
  "a light theme on a dark ground": [
    { head: style("body{background:#111;color:#eee}"), more: 'theme="light"' },
    "light light",
  ],
  'theme="auto" on a dark ground': [
    { head: style("body{background:#111;color:#eee}"), more: 'theme="auto"' },
    "dark dark",
  ],
  // Colour schemes, nothing painted.
  "meta light dark": [{ head: META("light dark") }, "light dark"],
  "meta dark light": [{ head: META("dark light") }, "light dark"],
  "meta dark": [{ head: META("dark") }, "dark dark"],
  "meta only light": [{ head: META("only light") }, "light light"],
  "meta light dark, but a root that is light": [
    { head: META("light dark") + style(":root{color-scheme:light}") },
    "light light",
  ],
  "color-scheme of the root": [
    { head: style(":root{color-scheme:light dark}") },
    "light dark",
  ],
  "color-scheme dark of an ancestor": [
    { around: 'style="color-scheme:dark"' },
    "dark dark",
  ],
  // Painted grounds.
  "a dark body": [
    { head: style("body{background:#111;color:#eee}") },
    "dark dark",
  ],
  "a dark root": [{ head: style("html{background:#000}") }, "dark dark"],
  "a light body, whatever the scheme": [
    { head: META("light dark") + style("body{background:#fff;color:#111}") },
    "light light",
  ],
  "a dark body, whatever the scheme": [
    {
      head: style(
        ":root{color-scheme:light} body{background:oklch(0.2 0.02 260)}",
      ),
    },
    "dark dark",
  ],
  "a page that follows the system by colours alone": [
    {
      head: style(
        "body{background:#fff}@media (prefers-color-scheme:dark){body{background:#181818;color:#ddd}}",
      ),
    },
    "light dark",
  ],
  "a light card in a dark page": [
    {
      head: style("body{background:#111;color:#eee}"),
      around: 'style="background:#fffdf5;color:#111"',
    },
    "light light",
  ],
  "a dark card in a light page": [
    {
      head: style("body{background:#fff}"),
      around: 'style="background:#202830;color:#fff"',
    },
    "dark dark",
  ],
  "a dark ground of the element itself": [
    { head: style(`${SHARE}{background:#101418}`) },
    "dark dark",
  ],
  "a dark ancestor without a box": [
    { around: 'style="display:contents;background:#111"' },
    "light light",
  ],
  "half transparent black over white": [
    {
      head: style("body{background:#fff}"),
      around: 'style="background:rgb(0 0 0/.75)"',
    },
    "dark dark",
  ],
  "a touch of black over white": [
    {
      head: style("body{background:#fff}"),
      around: 'style="background:rgb(0 0 0/.06)"',
    },
    "light light",
  ],
  "a touch of white over black": [
    {
      head: style("body{background:#0b0b0b;color:#fff}"),
      around: 'style="background:rgb(255 255 255/.06)"',
    },
    "dark dark",
  ],
  "a dark gradient": [
    {
      head: style(
        "body{background:linear-gradient(#0f172a,#1e293b);color:#e2e8f0}",
      ),
    },
    "dark dark",
  ],
  "a light gradient": [
    { head: style("body{background:linear-gradient(#fff,#eef)}") },
    "light light",
  ],
  "a picture under light text": [
    { head: style(`body{background:url(${PIXEL});color:#fff}`) },
    "dark dark",
  ],
  "a picture under dark text": [
    { head: style(`body{background:#fff url(${PIXEL});color:#222}`) },
    "light light",
  ],
  "a line at the edge of a dark card": [
    {
      around:
        'style="background:linear-gradient(#fff,#fff) left/2px 100% no-repeat #161616"',
    },
    "dark dark",
  ],
  "a dark layer behind all, under light text": [
    {
      head: style(
        'body{color:#f5f5f5}body::before{content:"";position:fixed;inset:0;z-index:-1;background:#101010}',
      ),
    },
    "dark dark",
  ],
  "a dark layer of its own, under light text": [
    {
      head: style(
        "body{color:#f5f5f5}#back{position:fixed;inset:0;z-index:-1;background:#101010}",
      ),
      body: '<div id="back"></div>',
    },
    "dark dark",
  ],
  "light text by mistake, on nothing": [
    { head: style("body{color:#fff}") },
    "light light",
  ],
  // By name.
  "class dark, painted (Tailwind)": [
    {
      html: 'class="dark"',
      head: style(".dark body{background:#0f172a;color:#cbd5e1}"),
    },
    "dark dark",
  ],
  "data-bs-theme dark, painted (Bootstrap)": [
    {
      html: 'data-bs-theme="dark"',
      head: style(
        "[data-bs-theme=dark]{--bg:#212529;color-scheme:dark}body{background:var(--bg,#fff)}",
      ),
    },
    "dark dark",
  ],
  "data-theme dark, painted": [
    {
      html: 'data-theme="dark"',
      head: style("[data-theme=dark] body{background:#000}"),
    },
    "dark dark",
  ],
  "class dark of a body that is painted white all the same": [
    { head: style("body{background:#fff}"), around: 'class="dark"' },
    "light light",
  ],
  "class dark, nothing painted": [{ html: 'class="no-js dark"' }, "dark dark"],
  "data-mode dark of an ancestor, nothing painted": [
    { around: 'data-mode="dark"' },
    "dark dark",
  ],
  "a light part of a page that is called dark, nothing painted": [
    { html: 'data-theme="dark"', around: 'data-theme="light"' },
    "light light",
  ],
  "class names that only look like it": [
    { html: 'class="darkroom has-dark-menu"', around: 'class="text-dark"' },
    "light light",
  ],
  // Shadow trees.
  "a dark shadow tree": [
    {
      around: 'id="host"',
      script:
        'const box = host.attachShadow({ mode: "open" }); box.append(Object.assign(document.createElement("div"), { style: "background:#111" })); box.firstChild.append(document.createElement("slot"))',
    },
    "dark dark",
  ],
  "inside of a dark shadow tree, closed": [
    {
      script:
        'const box = inner.attachShadow({ mode: "closed" }); box.append(Object.assign(document.createElement("div"), { style: "background:#111" })); box.firstChild.append(document.querySelector("atlas-market-share"))',
      body: '<div id="inner"></div>',
    },
    "dark dark",
  ],
};

const pageWith = ({
  html = "",
  head = "",
  body = "",
  around = "",
  more = "",
  script = "",
}) =>
  pageOf(
    `${body}<div ${around}>${ONE(more)}</div>${script ? `<script>{${script}}</script>` : ""}${SCRIPT}`,
    { head },
  ).replace("<html ", `<html ${html} `);

let server;
before(async () => {
  server = await serve((path, request) => {
    const asked = new URL(request.url, "http://x").searchParams;
    if (path === "/case")
      return { body: pageWith(CASES[asked.get("name")][0]) };
    if (path === "/page")
      return { body: pageWith(JSON.parse(asked.get("page"))) };
    if (path === "/late.css")
      return { body: "body{background:#111}", type: "text/css" };
  });
});
after(finish);

// The ground that the picture itself is painted on, and the one around it, both as light or dark.
const seen = (page) =>
  page.evaluate((tag) => {
    const find = (node) =>
      node.querySelector(tag) ??
      [...node.querySelectorAll("*")]
        .map((one) => one.shadowRoot && find(one.shadowRoot))
        .find(Boolean);
    const { shadowRoot } = globalThis.element ?? find(document);
    const canvas = shadowRoot.querySelector("canvas");
    const name = (colour) =>
      ["rgb(255, 255, 255)", "255,255,255"].includes(colour)
        ? "light"
        : ["rgb(20, 23, 28)", "20,23,28"].includes(colour)
          ? "dark"
          : colour;
    const pixel = canvas.width
      ? [
          ...canvas
            .getContext("2d", { willReadFrequently: true })
            .getImageData(canvas.width - 1, canvas.height - 1, 1, 1)
            .data.subarray(0, 3),
        ].join()
      : "none";
    const [a, b] = [
      name(pixel),
      name(getComputedStyle(shadowRoot.querySelector(".root")).backgroundColor),
    ];
    return a === b ? a : `${a} in ${b}`;
  }, SHARE);
const becomes = async (page, want, what) => {
  let found;
  for (let i = 0; i < 60; i++) {
    found = await seen(page);
    if (found === want) return;
    await page.waitForTimeout(50);
  }
  assert.equal(found, want, what);
};

test(
  "auto is the ground that the element stands on, in every case of the table",
  { timeout: 120_000 },
  async () => {
    const wrong = [];
    const init = () =>
      (Element.prototype.attachShadow = ((real) =>
        function (options) {
          if (this.localName === "atlas-market-share")
            globalThis.element = this;
          return real.call(this, options);
        })(Element.prototype.attachShadow));
    const page = await open(
      "null",
      server.url + "/case?name=" + encodeURIComponent(Object.keys(CASES)[0]),
      { init, ready: false },
    );
    for (const [name, [, want]] of Object.entries(CASES)) {
      const found = [];
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(`${server.url}/case?name=${encodeURIComponent(name)}`);
      await page.waitForFunction(() => globalThis.element?.dataset.tier);
      for (const [i, colorScheme] of ["light", "dark"].entries()) {
        await page.emulateMedia({ colorScheme });
        await becomes(page, want.split(" ")[i]).catch(() => {});
        found.push(await seen(page));
      }
      if (found.join(" ") !== want)
        wrong.push(`${name}: ${found.join(" ")}, not ${want}`);
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  },
);

test("at load in a dark system the first picture is right already", async () => {
  for (const [name, want] of [
    ["meta light dark", "dark"],
    ["a page that says nothing", "light"],
    ["a page that follows the system by colours alone", "dark"],
  ]) {
    const page = await open(
      "null",
      `${server.url}/case?name=${encodeURIComponent(name)}`,
      { colorScheme: "dark" },
    );
    assert.equal(await seen(page), want, name);
    await page.context().close();
  }
});

// What a page does later: what it is, what it does, light or dark after it.
const DARK = "body{background:#111;color:#eee}";
const TOGGLES = {
  "a class of the body": [
    { head: style(`.dark{background:#111}`) },
    () => document.body.classList.toggle("dark"),
  ],
  "a class of the root, in a transition": [
    {
      head: style(
        "body{background:#fff;transition:background-color .6s}.dark body{background:#111}",
      ),
    },
    () => document.documentElement.classList.toggle("dark"),
  ],
  "an attribute of the root": [
    { head: style("[data-theme=dark] body{background:#111}") },
    () =>
      (document.documentElement.dataset.theme = document.documentElement.dataset
        .theme
        ? ""
        : "dark"),
  ],
  "a style of the root alone": [
    {},
    () =>
      (document.documentElement.style.background = document.documentElement
        .style.background
        ? ""
        : "#111"),
  ],
  "a colour scheme": [
    {},
    () =>
      (document.documentElement.style.colorScheme = document.documentElement
        .style.colorScheme
        ? ""
        : "dark"),
  ],
  "the meta element": [
    { head: META("light") },
    () =>
      ((meta) => (meta.content = meta.content === "light" ? "dark" : "light"))(
        document.querySelector("meta[name=color-scheme]"),
      ),
  ],
  "a sheet that comes and goes": [
    {},
    () => {
      const old = document.querySelector('link[href="/late.css"]');
      old
        ? old.remove()
        : document.head.append(
            Object.assign(document.createElement("link"), {
              rel: "stylesheet",
              href: "/late.css",
            }),
          );
    },
  ],
  "a sheet that is made by script, with another colour of text": [
    {},
    () => {
      globalThis.sheet ??= new CSSStyleSheet();
      globalThis.sheet.replaceSync(
        globalThis.sheet.cssRules.length
          ? ""
          : "body{background:#111;color:#eee}",
      );
      document.adoptedStyleSheets = [globalThis.sheet];
    },
  ],
  "a wrapper far above": [
    { around: 'id="far"', head: style(".night{background:#0a0a0a}") },
    () => document.querySelector("#far").classList.toggle("night"),
  ],
  "a move into another part of the page": [
    {
      body: '<div id="dark" style="background:#111"></div><div id="light" style="background:#fff"></div>',
    },
    () => {
      const element = document.querySelector("atlas-market-share");
      document
        .querySelector(element.parentNode.id === "dark" ? "#light" : "#dark")
        .append(element);
    },
  ],
};
for (const [name, [page, act]] of Object.entries(TOGGLES))
  test(`a page that is toggled is followed at once, and back: ${name}`, async () => {
    const one = await open(
      "null",
      `${server.url}/page?page=${encodeURIComponent(JSON.stringify(page))}`,
    );
    await becomes(one, "light", "before");
    await one.evaluate(act);
    await becomes(one, "dark", "toggled");
    await one.evaluate(act);
    await becomes(one, "light", "toggled back");
    assert.deepEqual(one.faults, []);
    await one.context().close();
  });

test("a box that is ticked turns the page dark by a style sheet alone", async () => {
  const page = await open(
    "null",
    `${server.url}/page?page=${encodeURIComponent(JSON.stringify({ head: style("body:has(#night:checked){background:#111}"), body: '<input id="night" type="checkbox">' }))}`,
  );
  await becomes(page, "light");
  await page.locator("#night").click();
  await becomes(page, "dark");
  await page.locator("#night").click();
  await becomes(page, "light");
  await page.context().close();
});

test("of a change that takes its time the end counts: the picture is painted once", async () => {
  const page = await open(
    "null",
    `${server.url}/page?page=${encodeURIComponent(JSON.stringify({ head: style("body{background:#fff;transition:background-color 2s}.dark body{background:#111}") }))}`,
  );
  await becomes(page, "light");
  const begin = Date.now();
  await page.evaluate(() => document.documentElement.classList.add("dark"));
  await becomes(page, "dark");
  assert.ok(Date.now() - begin < 1600, "it did not wait for the end");
  await page.context().close();
});

test("words keep away from the edge where the ground of the page is another one, and only there", async () => {
  for (const [colour, least, most] of [
    ["#fff", 0, 0],
    ["#f5e9da", 8, 24],
    ["#14171c", 0, 0],
    ["#30343c", 8, 24],
    ["#101826", 8, 24],
  ]) {
    const page = await open(
      "null",
      `${server.url}/page?page=${encodeURIComponent(JSON.stringify({ head: style(`body{background:${colour}}`) }))}`,
    );
    const gaps = await page.evaluate((tag) => {
      const element = document.querySelector(tag);
      const [host, title, stage] = [
        element,
        element.shadowRoot.querySelector("h3"),
        element.shadowRoot.querySelector(".stage"),
      ].map((node) => node.getBoundingClientRect());
      return [
        title.left - host.left,
        stage.left - host.left,
        host.right - stage.right,
      ];
    }, SHARE);
    for (const gap of gaps)
      assert.ok(gap >= least && gap <= most, `${colour}: ${gaps}`);
    await page.context().close();
  }
});

test("only attributes of what is around an element are watched, and a busy page costs no picture", async () => {
  const page = await open(
    "null",
    `${server.url}/page?page=${encodeURIComponent(JSON.stringify({ around: 'id="far"' }))}`,
  );
  const painted = await page.evaluate(async (tag) => {
    const element = document.querySelector(tag);
    let pictures = 0;
    for (const name of ["putImageData", "drawImage"]) {
      const real = CanvasRenderingContext2D.prototype[name];
      CanvasRenderingContext2D.prototype[name] = function (...rest) {
        if (this.canvas.getRootNode().host === element) pictures++;
        return real.apply(this, rest);
      };
    }
    for (let i = 0; i < 40; i++) {
      document.querySelector("#far").style.opacity = 1 - i / 1000;
      document.body.className = "step-" + i;
      document.body.append(document.createElement("p"));
      await new Promise(requestAnimationFrame);
    }
    return pictures;
  }, SHARE);
  assert.equal(painted, 0);
  await page.context().close();
});

test("an iframe of another site stands on the ground of the page around it, also when that is toggled; a theme in its address is stronger", async () => {
  const library = await serve();
  const frame = (query) =>
    `<iframe data-ai-atlas height="300" title="t" width="600" style="border:0" src="${library.url}/embed.html?kind=market-share&src=shipped&table=hbm-2023&${query}"></iframe>`;
  const body =
    ["", "theme=auto", "theme=light", "theme=dark"].map(frame).join("") +
    `<script defer src="${library.url}/frame.js"></script>`;
  const article = await serve(
    (path) =>
      path === "/" && {
        body: pageOf(body, {
          head: style(
            "body{background:#fff}.night body{background:#20242b;color:#ddd}",
          ),
        }),
      },
  );
  const page = await open("null", article.url + "/", {
    ready: false,
    colorScheme: "dark",
  });
  const all = async (wants, what) => {
    for (const [at, want] of wants.entries()) {
      for (
        let i = 0;
        i < 100 &&
        !(await page.evaluate(
          () => document.querySelectorAll("iframe").length,
        ));
        i++
      )
        await page.waitForTimeout(50);
      const one = await (
        await page.locator("iframe").nth(at).elementHandle()
      ).contentFrame();
      await one.waitForFunction(() => document.querySelector("[data-tier]"));
      await becomes(one, want, `${what}, frame ${at}`);
    }
  };
  await all(
    ["light", "light", "light", "dark"],
    "a light page in a dark system",
  );
  await page.evaluate(() => document.documentElement.classList.add("night"));
  await all(["dark", "dark", "light", "dark"], "toggled");
  // A frame that is loaded anew hears it again.
  await page.evaluate(() =>
    ((one) => (one.src += "&again"))(document.querySelector("iframe")),
  );
  await page.waitForTimeout(300);
  await all(["dark"], "loaded anew");
  await page.evaluate(() => document.documentElement.classList.remove("night"));
  await all(["light", "light", "light", "dark"], "toggled back");
  await page.context().close();
});
