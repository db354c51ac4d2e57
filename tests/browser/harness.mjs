// What all browser tests share: the packages of package.json (installed outside the checkout), the
// lanes, the server, and how to wait for a widget.
import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

import { cache, require } from "../../tools/installed.mjs";
import { serve as serveFolder } from "../../tools/serve.mjs";

export { cache, require };

const { chromium } = require("playwright-core");
const { PNG } = require("pngjs");
const { default: pixelmatch } = await import(require.resolve("pixelmatch"));

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const dist = join(root, "dist");

export const executablePath =
  process.env.CHROMIUM ??
  ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    .flatMap((name) =>
      process.env.PATH.split(delimiter).map((folder) => join(folder, name)),
    )
    .find(existsSync);

export const QUIET = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

// Kinds of reader. A lane is { args, context }: flags of the browser and options of its contexts.
export const LANES = {
  // WebGPU and WebGL2 that really present, on a software device.
  gpu: {
    args: [
      "--enable-unsafe-webgpu",
      "--enable-unsafe-swiftshader",
      "--use-webgpu-adapter=swiftshader",
      "--enable-features=Vulkan",
      "--use-vulkan=swiftshader",
      "--use-angle=swiftshader",
    ],
  },
  // `navigator.gpu` without an adapter, WebGL2 in software: the commonest desktop Linux.
  null: { args: [] },
  // No WebAssembly: Lockdown Mode and its kind.
  nowasm: { args: ["--js-flags=--jitless"] },
  nojs: { args: [], context: { javaScriptEnabled: false } },
};

const browsers = new Map();
export const browser = (lane) => {
  const args = [...QUIET, ...LANES[lane].args];
  const key = args.join(" ");
  if (!browsers.has(key))
    browsers.set(key, chromium.launch({ executablePath, args }));
  return browsers.get(key);
};

// The files of one version lie in a folder that is named by their hash. Tests name them without it,
// and can ask for them so.
const version = () =>
  JSON.parse(readFileSync(join(dist, "manifest.json"), "utf8")).folder;
export const shipped = (name) => join(dist, version(), name);

const servers = [];
export const serve = async (hook) => {
  // Browsers ask every page without an icon for one; that is no fault of the page.
  const icon = (path) => path === "/favicon.ico" && { status: 204, body: "" };
  const folder = `/${version()}/`;
  const plain = (path) =>
    path.startsWith(folder) ? path.slice(folder.length - 1) : path;
  const server = await serveFolder({
    root: dist,
    plain,
    find: (path) => [path, folder + path],
    hook: (path, request) => icon(path) || hook?.(path, request),
  });
  servers.push(server);
  return server;
};

// Every test file ends with `after(finish)`: an open browser keeps node alive.
export const finish = async () => {
  for (const one of browsers.values()) await (await one).close();
  for (const one of servers) await one.close();
  browsers.clear();
};

// A fresh reader: own context, own cache, no cookies. `page.faults` collects what the console and
// the page complained about.
export const open = async (
  lane,
  url,
  { width = 1200, height = 900, ready: wait = true, init, ...options } = {},
) => {
  const one = await browser(lane);
  const context = await one.newContext({
    viewport: { width, height },
    locale: "ko-KR",
    ...LANES[lane].context,
    ...options,
  });
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  page.faults = [];
  page.foreign = [];
  page.on(
    "console",
    (message) => message.type() === "error" && page.faults.push(message.text()),
  );
  page.on("pageerror", (error) =>
    page.faults.push("uncaught: " + error.message),
  );
  const { origin } = new URL(url);
  context.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(origin) && !/^(data|blob|about):/.test(address))
      page.foreign.push(address);
  });
  if (init) await page.addInitScript(init);
  // A browser that has much to do may lose a navigation: said, and tried once more.
  await page.goto(url).catch((error) => {
    if (error.name !== "TimeoutError") throw error;
    console.log(`# ${url} did not load within 30 s; once more`);
    return page.goto(url);
  });
  if (wait && lane !== "nojs") await ready(page);
  return page;
};

export const KINDS = ["value-chain", "market-share", "funding-timeline"];
export const TAGS = KINDS.map((kind) => "atlas-" + kind);

// Brings every widget near the reader and waits until each has chosen its tier and painted its
// newest view, or said what is wrong.
export const ready = (page, selector = TAGS.join()) =>
  page.evaluate(async (selector) => {
    const settled = (element) =>
      new Promise((done, fail) => {
        const timer = setTimeout(
          () =>
            fail(
              Error(
                `${element.localName} did not settle: ${JSON.stringify(element.status)}`,
              ),
            ),
          25_000,
        );
        const look = async () => {
          if (!element.dataset.tier && !element.status?.error) return;
          watch.disconnect();
          element.removeEventListener("error", look);
          await element.updateComplete;
          clearTimeout(timer);
          done();
        };
        const watch = new MutationObserver(look);
        watch.observe(element, {
          attributes: true,
          attributeFilter: ["data-tier"],
        });
        element.addEventListener("error", look);
        look();
      });
    const all = [...document.querySelectorAll(selector)];
    for (const { localName } of all)
      await customElements.whenDefined(localName);
    for (const element of all) {
      element.scrollIntoView({ block: "center" });
      await settled(element);
    }
    // The words around a first picture change its room, which asks for a second one.
    for (const element of all) await element.updateComplete;
    scrollTo(0, 0);
  }, selector);

// Waits for the newest view of every widget, after something was changed: two frames let observers
// ask first.
export const settle = (page) =>
  page.evaluate(async (selector) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    for (let round = 0; round < 2; round++) {
      await frame();
      await frame();
      for (const element of document.querySelectorAll(selector))
        await element.updateComplete;
    }
  }, TAGS.join());

export const pngOf = (bytes) => PNG.sync.read(bytes);

// The pixels that a widget shows, without its text, which is DOM over them.
export const picture = async (page, tag) => {
  const url = await page.evaluate(
    (tag) =>
      document
        .querySelector(tag)
        .shadowRoot.querySelector("canvas")
        .toDataURL("image/png"),
    tag,
  );
  return PNG.sync.read(Buffer.from(url.slice(url.indexOf(",") + 1), "base64"));
};

// Share of pixels that differ, 0 to 1; pictures of different sizes differ wholly.
export const difference = (a, b, out) => {
  if (a.width !== b.width || a.height !== b.height) return 1;
  const image = out && new PNG({ width: a.width, height: a.height });
  const pixels = pixelmatch(a.data, b.data, image?.data, a.width, a.height, {
    threshold: 0.1,
  });
  if (image) out(PNG.sync.write(image));
  return pixels / (a.width * a.height);
};

// How many colours a picture has: a blank one has one.
export const colours = ({ data }) =>
  new Set(new Uint32Array(data.buffer, data.byteOffset, data.length >> 2)).size;

// A page with nothing but what is given, as an editor would write it.
export const pageOf = (body, { head = "", lang = "ko" } = {}) =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>test</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>`;
export const SCRIPT = '<script type="module" src="/ai-atlas.js"></script>';
