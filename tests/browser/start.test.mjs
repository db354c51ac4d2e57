// How a widget comes to its files and starts: wherever they lie and whoever delivers them, and with
// whatever is thrown on the way, no reader is left at «Loading…».
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { serve as serveFolder } from "../../tools/serve.mjs";
import {
  KINDS,
  SCRIPT,
  TAGS,
  colours,
  dist,
  finish,
  open,
  pageOf,
  picture,
  ready,
  serve,
  shipped,
} from "./harness.mjs";

const SHARE = "atlas-market-share";
const TABLE =
  "<table><caption>표</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>가</td><td>60</td></tr><tr><td>나</td><td>40</td></tr></tbody></table>";
const OPEN = { "access-control-allow-origin": "*" };
const manifest = JSON.parse(readFileSync(join(dist, "manifest.json")));

let server; // of the page
let other; // of the library, where it is of another origin
let moved; // a folder with the entry alone, and another with all the rest
before(async () => {
  moved = mkdtempSync(join(tmpdir(), "atlas-moved-"));
  cpSync(join(dist, manifest.pinned), join(moved, "app/ai-atlas.js"));
  cpSync(join(dist, manifest.folder), join(moved, "static/atlas"), {
    recursive: true,
  });
  other = await serve((path) => (path === "/none" ? null : { headers: OPEN }));
});
after(async () => {
  await finish();
  rmSync(moved, { recursive: true, force: true });
});

const draws = async (page, tag = SHARE) => {
  const { tier, rows, error } = await page.evaluate(
    (tag) => ({ ...document.querySelector(tag).status }),
    tag,
  );
  assert.ok(
    ["webgpu", "webgl2", "canvas"].includes(tier) && rows > 0 && !error,
    JSON.stringify({ tag, tier, rows, error }),
  );
  assert.ok(colours(await picture(page, tag)) >= 3);
};

// ---- where files lie

// The page writes these; the entry lies in /app/, everything else in /static/atlas/.
const FORMS = {
  "by the setter, before anything has begun": `<script type="module">import { AtlasElement } from '/app/ai-atlas.js'; AtlasElement.assets = '/static/atlas/'; document.body.dataset.said = AtlasElement.assets;</script>`,
  "by the setter, without the last stroke and as an address object": `<script type="module">import { AtlasElement } from '/app/ai-atlas.js'; AtlasElement.assets = new URL('/static/atlas', location);</script>`,
  "by the class that is registered": `<script type="module">import '/app/ai-atlas.js'; customElements.get('${SHARE}').assets = 'static/atlas/';</script>`,
  "by the setter, after the engine was sought elsewhere": `<script type="module">import { AtlasElement } from '/app/ai-atlas.js'; document.querySelector('${SHARE}').addEventListener('error', () => (AtlasElement.assets = '/static/atlas/'), { once: true });</script>`,
  "by an attribute of the script": `<script type="module" src="/app/ai-atlas.js" data-ai-atlas-assets="/static/atlas/"></script>`,
  "by an attribute of a script that is not the entry, relative to the page whatever its base": `<base href="https://elsewhere.invalid/"><script data-ai-atlas-assets="static/atlas"></script><script type="module">import('http://HOST/app/ai-atlas.js')</script>`,
};
for (const [form, head] of Object.entries(FORMS))
  test(`a page says where the files lie: ${form}`, async () => {
    const site = await serveFolder({
      root: moved,
      hook: (path, { headers }) =>
        path === "/page"
          ? {
              body: pageOf(
                `<${SHARE} src="shipped" loading="eager" renderer="canvas"></${SHARE}>`,
                { head: head.replace("HOST", headers.host) },
              ),
            }
          : undefined,
    });
    const page = await open("null", site.url + "/page", { ready: false });
    await page.waitForFunction(
      (tag) => document.querySelector(tag).status?.tier === "canvas",
      SHARE,
    );
    await page.evaluate(
      (tag) => document.querySelector(tag).updateComplete,
      SHARE,
    );
    await draws(page);
    assert.equal(page.workers().length, 1);
    // Downloads and words come from there too.
    await page.evaluate((tag) => document.querySelector(tag).toCSV(), SHARE);
    await page.evaluate(
      (tag) => (document.querySelector(tag).lang = "ja"),
      SHARE,
    );
    await page.locator(`${SHARE} .by`, { hasText: "出典：" }).waitFor();
    const wrong = site.log.filter(
      (path) => path.startsWith("/app/") && path !== "/app/ai-atlas.js",
    );
    if (!form.includes("elsewhere")) assert.deepEqual(wrong, []);
    assert.deepEqual(
      page.faults.filter((fault) => !/404|integrity/i.test(fault)),
      [],
    );
    await page.context().close();
    await site.close();
  });

test("files that are nowhere are an error, readers see the own table, and authors read of the setter", async () => {
  const site = await serveFolder({
    root: moved,
    hook: (path) =>
      path === "/page" && {
        body: pageOf(
          `<script type="module" src="/app/ai-atlas.js"></script><${SHARE} loading="eager">${TABLE}</${SHARE}>`,
        ),
      },
  });
  const init = () => {
    globalThis.told = [];
    document.addEventListener(
      "error",
      ({ detail }) => detail?.code && told.push(detail),
    );
  };
  const page = await open("null", site.url + "/page", { ready: false, init });
  const warned = [];
  page.on(
    "console",
    (message) => message.type() === "warning" && warned.push(message.text()),
  );
  await page.waitForFunction(
    (tag) => document.querySelector(tag).status?.tier === "static",
    SHARE,
  );
  assert.deepEqual(
    await page.evaluate(() => told.map(({ code, reason }) => [code, reason])),
    [["assets", "file-missing: engine.js 404"]],
  );
  assert.match(
    await page.locator(`${SHARE} [part=error]`).innerText(),
    /서버에 없/,
  );
  assert.match(
    await page.evaluate(
      (tag) => document.querySelector(tag).status.reason,
      SHARE,
    ),
    /AtlasElement\.assets/,
  );
  assert.ok(await page.locator(`${SHARE} td`).first().isVisible());
  assert.match(warned.join(), /AtlasElement\.assets/);
  await page.context().close();
  await site.close();
});

test("a wasm that is nowhere is an error of the element, and no word says that the browser is to blame", async () => {
  const site = await serve((path) =>
    path === "/page"
      ? {
          body: pageOf(
            `${SCRIPT}<${SHARE} loading="eager">${TABLE}</${SHARE}>`,
          ),
        }
      : path === "/ai-atlas.wasm"
        ? { status: 404, body: "" }
        : undefined,
  );
  const page = await open("null", site.url + "/page", { ready: false });
  await page.waitForFunction(
    (tag) => document.querySelector(tag).status?.error === "assets",
    SHARE,
  );
  assert.match(
    await page.locator(`${SHARE} [part=error]`).innerText(),
    /서버에 없/,
  );
  assert.ok(await page.locator(`${SHARE} td`).first().isVisible());
  await page.context().close();
});

test("an address that is none is refused by the setter, and nothing changes", async () => {
  const site = await serve(
    (path) =>
      path === "/page" && {
        body: pageOf(
          `${SCRIPT}<${SHARE} src="shipped" renderer="canvas"></${SHARE}>`,
        ),
      },
  );
  const page = await open("null", site.url + "/page");
  const said = await page.evaluate(() => {
    const Element = Object.getPrototypeOf(
      customElements.get("atlas-market-share"),
    );
    try {
      Element.assets = "http://[";
      return "taken";
    } catch (error) {
      return `${error.name} ${Element.assets}`;
    }
  });
  assert.equal(said, "TypeError ");
  await draws(page);
  await page.context().close();
});

// ---- from another origin

const foreign = (headers) =>
  serve(
    (path) =>
      path === "/page" && {
        body: pageOf(
          `<script type="module" src="${other.url}/ai-atlas.js"></script>${KINDS.map((kind) => `<atlas-${kind} src="shipped" loading="eager"></atlas-${kind}>`).join("")}`,
        ),
        headers,
      },
  );

// tests/browser/long-tasks.test.mjs looks at the page's thread.
test("a script from another origin keeps its worker", async () => {
  const site = await foreign();
  const page = await open("null", site.url + "/page");
  for (const tag of TAGS) await draws(page, tag);
  assert.equal(page.workers().length, 1);
  assert.match(page.workers()[0].url(), /^blob:/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

const strict = (more) => ({
  "content-security-policy":
    `script-src ${"" /* the library's site */}HOST 'wasm-unsafe-eval'; connect-src HOST; ${more}`.replaceAll(
      "HOST",
      other.url,
    ),
});
for (const [what, more, workers] of [
  [
    "a policy that allows blobs as workers keeps the worker",
    "worker-src blob:",
    1,
  ],
  [
    "a policy that allows no such worker gets the engine on its own thread",
    "worker-src 'self'",
    0,
  ],
  [
    "Trusted Types with our policy named keep the worker",
    "worker-src blob:; require-trusted-types-for 'script'; trusted-types ai-atlas",
    1,
  ],
  [
    "Trusted Types without it get the engine on the page’s own thread",
    "worker-src blob:; require-trusted-types-for 'script'; trusted-types 'none'",
    0,
  ],
])
  test(`from another origin, ${what}`, async () => {
    const site = await foreign(strict(more));
    const page = await open("null", site.url + "/page");
    for (const tag of TAGS) await draws(page, tag);
    assert.equal(page.workers().length, workers);
    await page.context().close();
  });

// ---- what is thrown

// Each breaks something that a widget does while it starts; said is where.
const THROWS = {
  Worker: () =>
    (globalThis.Worker = class {
      constructor() {
        throw Error("of the test");
      }
    }),
  "postMessage of the worker": () =>
    (Worker.prototype.postMessage = () => {
      throw Error("of the test");
    }),
  "postMessage of the first message": () => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.type === "open") throw Error("of the test");
      return post.call(this, message, ...rest);
    };
  },
  "postMessage of the data": () => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.type === "load") throw Error("of the test");
      return post.call(this, message, ...rest);
    };
  },
  "postMessage of the view": () => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (message.type === "view") throw Error("of the test");
      return post.call(this, message, ...rest);
    };
  },
  "fetch of the wasm": () => {
    const real = fetch;
    globalThis.fetch = (url, ...rest) => {
      if (String(url).endsWith(".wasm")) throw Error("of the test");
      return real(url, ...rest);
    };
  },
  setInterval: () =>
    (globalThis.setInterval = () => {
      throw Error("of the test");
    }),
  IntersectionObserver: () =>
    (globalThis.IntersectionObserver = class {
      constructor() {
        throw Error("of the test");
      }
    }),
  "IntersectionObserver.observe": () =>
    (IntersectionObserver.prototype.observe = () => {
      throw Error("of the test");
    }),
  ResizeObserver: () => delete globalThis.ResizeObserver,
  "MutationObserver.observe": () => {
    const real = MutationObserver.prototype.observe;
    MutationObserver.prototype.observe = function (node, options) {
      if (options.attributeFilter?.includes("lang")) throw Error("of the test");
      return real.call(this, node, options);
    };
  },
  getComputedStyle: () =>
    (globalThis.getComputedStyle = () => {
      throw Error("of the test");
    }),
  measureText: () =>
    (CanvasRenderingContext2D.prototype.measureText = () => {
      throw Error("of the test");
    }),
  putImageData: () =>
    (CanvasRenderingContext2D.prototype.putImageData = () => {
      throw Error("of the test");
    }),
  "the style sheet": () =>
    (CSSStyleSheet.prototype.replaceSync = () => {
      throw Error("of the test");
    }),
  attachShadow: () =>
    (Element.prototype.attachShadow = () => {
      throw Error("of the test");
    }),
};
// Others do their work: the page's own thread, the worker's own fetch.
const GOES_ON = ["Worker", "fetch of the wasm"];
for (const [what, init] of Object.entries(THROWS))
  test(`what is thrown by ${what} leaves nobody at «Loading…»`, async () => {
    const site = await serve(
      (path) =>
        path === "/page" && {
          body: pageOf(
            `${SCRIPT}<${SHARE} id="own" loading="eager" renderer="canvas">${TABLE}</${SHARE}><${SHARE} id="shipped" renderer="canvas" src="/data/market-share.json"></${SHARE}>`,
          ),
        },
    );
    const context = (init) =>
      `(${init})(); globalThis.told = []; document.addEventListener('error', ({ target, detail }) => detail?.code && told.push([target.id, detail.code]));`;
    const page = await open("null", site.url + "/page", {
      ready: false,
      init: context(init),
    });
    let broken = 0;
    for (const id of ["own", "shipped"]) {
      const element = page.locator("#" + id);
      await page.waitForFunction(
        (id) => document.getElementById(id).status?.tier,
        id,
        { timeout: 20_000 },
      );
      const waiting = await element.evaluate((node) =>
        [...(node.shadowRoot?.querySelectorAll(".wait") ?? [])].some((wait) =>
          wait.checkVisibility(),
        ),
      );
      // What broke for the first of them may be well again for the second.
      if ((await element.evaluate((node) => node.status.tier)) === "canvas")
        continue;
      broken++;
      assert.equal(waiting, false, `${id} still says that something is coming`);
      await page.waitForFunction(
        (id) => {
          const node = document.getElementById(id);
          return [
            ...node.querySelectorAll("td"),
            ...(node.shadowRoot ?? node).querySelectorAll("td"),
          ].some((cell) => cell.checkVisibility());
        },
        id,
        { timeout: 10_000 },
      );
      assert.equal(
        await element.evaluate((node) => node.status.tier),
        "static",
        id,
      );
      assert.ok(
        (await page.evaluate(() => told)).some(
          ([at, code]) => at === id && code === "engine",
        ),
        `${id}: no error event`,
      );
    }
    assert.equal(
      broken > 0,
      !GOES_ON.includes(what),
      `${broken} widgets were broken`,
    );
    await page.context().close();
  });
