// Browsers, each behind the same few calls: open a page, run a function in it, close. Chromium
// through playwright-core, Firefox through its own Marionette, WebKitGTK through WebKitWebDriver;
// the last two need no package.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { LANES, QUIET, executablePath, require } from "../harness.mjs";

const { chromium } = require("playwright-core");
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const limit = (promise, ms, what) =>
  Promise.race([
    promise,
    sleep(ms).then(() =>
      Promise.reject(Error(`${what}: no answer in ${ms} ms`)),
    ),
  ]);

const GPU = LANES.gpu.args;
// A lane: the browser, what the elements ask for, and the tier that a widget without a fault has
// there.
export const MATRIX = {
  webgpu: { engine: "chromium", args: GPU, renderer: "webgpu", tier: "webgpu" },
  webgl2: { engine: "chromium", args: GPU, renderer: "webgl2", tier: "webgl2" },
  // As most readers have it: nothing is asked for, and the GPU does not say that it is software.
  auto: {
    engine: "chromium",
    args: GPU,
    renderer: "",
    tier: "webgpu",
    disguised: true,
  },
  canvas: { engine: "chromium", args: [], renderer: "canvas", tier: "canvas" },
  static: {
    engine: "chromium",
    args: LANES.nowasm.args,
    renderer: "",
    tier: "static",
  },
  firefox: { engine: "firefox", renderer: "webgl2", tier: "webgl2" },
  webkit: { engine: "webkit", renderer: "", tier: "canvas" },
};

const browsers = new Map();
const chromiumOf = (args) => {
  const key = args.join(" ");
  if (!browsers.has(key))
    browsers.set(
      key,
      chromium.launch({ executablePath, args: [...QUIET, ...args] }),
    );
  return browsers.get(key);
};

// fresh: a browser of its own, for faults that outlive the page.
const openChromium = async (
  lane,
  { fresh, args = [], context: options } = {},
) => {
  const all = [...lane.args, ...args];
  const browser = await (fresh
    ? chromium.launch({ executablePath, args: [...QUIET, ...all] })
    : chromiumOf(all));
  const context = await browser.newContext({
    viewport: { width: 1000, height: 2800 },
    locale: "ko-KR",
    ...options,
  });
  const page = await context.newPage();
  const foreign = [];
  context.on(
    "request",
    (request) =>
      /^(https?:\/\/(127\.0\.0\.1|news\.test)[:/]|data:|blob:|about:)/.test(
        request.url(),
      ) || foreign.push(request.url()),
  );
  return {
    page,
    context,
    browser,
    foreign,
    go: (url) => page.goto(url, { waitUntil: "commit" }),
    run: (act, arg) => page.evaluate(act, arg),
    // As the browser's own tests do it; the sixth time in a row a browser gives its GPU up.
    crash: async () => {
      const session = await browser.newBrowserCDPSession();
      await session.send("Browser.crashGpuProcess");
    },
    close: async () => {
      await context.close().catch(() => {});
      if (fresh) await browser.close();
    },
  };
};

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

// `run` of both WebDrivers: the function is called with its argument, and what it answers comes
// back as JSON, whatever the page has made of that.
const SCRIPT = (
  act,
) => `const done = arguments[arguments.length - 1]; const arg = JSON.parse(arguments[0]);
  const text = (said) => (globalThis.faults && faults.text ? faults.text(said) : JSON.stringify(said));
  Promise.resolve().then(() => (${act})(arg)).then((said) => done(text({ said: said === undefined ? null : said })), (error) => done(text({ error: String(error && error.message || error) })));`;
const unpack = (text) => {
  const { said, error } = JSON.parse(text);
  if (error) throw Error(error);
  return said;
};

const display = ["-a", "-s", "-screen 0 1280x1024x24"];
const software = {
  ...process.env,
  LIBGL_ALWAYS_SOFTWARE: "1",
  MOZ_X11_EGL: "1",
};
const children = new Set();
const start = (command, args, env = software) => {
  const child = spawn(command, args, { env, stdio: "ignore", detached: true });
  children.add(child);
  return child;
};
const stop = (child) => {
  children.delete(child);
  try {
    process.kill(-child.pid, "SIGKILL"); // xvfb-run and all that it started
  } catch {}
};

const firefox = async () => {
  const profile = mkdtempSync(join(tmpdir(), "ai-atlas-firefox-"));
  const port = await freePort();
  const prefs = {
    "marionette.port": port,
    "webgl.force-enabled": true,
    "dom.webgpu.enabled": true,
    "dom.webgpu.workers.enabled": true,
    "gfx.webgpu.ignore-blocklist": true,
    "browser.shell.checkDefaultBrowser": false,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": false,
    "toolkit.telemetry.reportingpolicy.firstRun": false,
    "app.update.auto": false,
    "intl.accept_languages": "ko",
    "network.captive-portal-service.enabled": false,
    "network.connectivity-service.enabled": false,
  };
  writeFileSync(
    join(profile, "user.js"),
    Object.entries(prefs)
      .map(
        ([name, value]) =>
          `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
      )
      .join("\n"),
  );
  const child = start("xvfb-run", [
    ...display,
    "firefox-esr",
    "--marionette",
    "--remote-allow-system-access",
    "--no-remote",
    "--profile",
    profile,
    "about:blank",
  ]);
  let socket;
  for (let tries = 0; !socket; tries++) {
    if (tries > 120) throw Error("Firefox does not answer");
    await sleep(250);
    socket = await new Promise((done) => {
      const one = connect(port, "127.0.0.1", () => done(one));
      one.on("error", () => done(null));
    });
  }
  const waits = new Map();
  let bytes = Buffer.alloc(0);
  socket.on("data", (part) => {
    bytes = Buffer.concat([bytes, part]);
    for (;;) {
      const colon = bytes.indexOf(58);
      const size = Number(bytes.subarray(0, colon));
      if (colon < 0 || bytes.length < colon + 1 + size) return;
      const message = JSON.parse(bytes.subarray(colon + 1, colon + 1 + size));
      bytes = bytes.subarray(colon + 1 + size);
      if (Array.isArray(message)) waits.get(message[1])?.(message);
    }
  });
  socket.on("error", () => {});
  let last = 0;
  const command = async (name, parameters = {}) => {
    const id = ++last;
    const body = Buffer.from(JSON.stringify([0, id, name, parameters]));
    const answer = new Promise((done) => waits.set(id, done));
    socket.write(`${body.length}:`);
    socket.write(body);
    const [, , error, said] = await limit(answer, 40_000, name);
    waits.delete(id);
    if (error) throw Error(`${name}: ${error.message ?? error.error}`);
    return said;
  };
  await command("WebDriver:NewSession", {
    capabilities: { alwaysMatch: { pageLoadStrategy: "none" } },
  });
  // A page that still waits for a file is no reason to wait.
  await command("WebDriver:SetTimeouts", { script: 30_000, pageLoad: 3000 });
  return {
    go: (url) =>
      command("WebDriver:Navigate", { url }).catch(
        (error) => /timed out/.test(error.message) || Promise.reject(error),
      ),
    run: async (act, arg) =>
      unpack(
        (
          await command("WebDriver:ExecuteAsyncScript", {
            script: SCRIPT(act),
            args: [JSON.stringify(arg ?? null)],
            newSandbox: true,
            sandbox: null,
          })
        ).value,
      ),
    end: () => {
      socket.destroy();
      stop(child);
      rmSync(profile, { recursive: true, force: true });
    },
  };
};

const MINI = ["4.1", "4.0", "6.0"].map(
  (n) => `/usr/lib/x86_64-linux-gnu/webkit2gtk-${n}/MiniBrowser`,
);
const webkit = async () => {
  const port = await freePort();
  const child = start("xvfb-run", [
    ...display,
    "WebKitWebDriver",
    `--port=${port}`,
  ]);
  const base = `http://127.0.0.1:${port}`;
  const command = async (method, path, body) => {
    const answer = await limit(
      fetch(base + path, {
        method,
        headers: { "content-type": "application/json" },
        body: body && JSON.stringify(body),
      }),
      40_000,
      path,
    );
    const { value } = await answer.json();
    if (value?.error) throw Error(`${path}: ${value.message || value.error}`);
    return value;
  };
  for (let tries = 0; ; tries++) {
    if (tries > 60) throw Error("WebKitWebDriver does not answer");
    await sleep(250);
    if (
      await fetch(base + "/status").then(
        () => true,
        () => false,
      )
    )
      break;
  }
  const binary = MINI.find(existsSync);
  const { sessionId } = await command("POST", "/session", {
    capabilities: {
      alwaysMatch: {
        pageLoadStrategy: "none",
        "webkitgtk:browserOptions": { binary, args: ["--automation"] },
      },
    },
  });
  const at = "/session/" + sessionId;
  await command("POST", at + "/timeouts", { script: 30_000, pageLoad: 30_000 });
  return {
    go: (url) => command("POST", at + "/url", { url }),
    run: async (act, arg) =>
      unpack(
        await command("POST", at + "/execute/async", {
          script: SCRIPT(act),
          args: [JSON.stringify(arg ?? null)],
        }),
      ),
    end: () => stop(child),
  };
};

const drivers = new Map();
const STARTS = { firefox, webkit };
const has = (name) => {
  try {
    execFileSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};
// What is not installed is said by the matrix, not passed over.
export const there = (engine) =>
  engine === "chromium"
    ? !!executablePath
    : has("xvfb-run") &&
      (engine === "firefox"
        ? has("firefox-esr")
        : has("WebKitWebDriver") && MINI.some(existsSync));

// A page in a lane: { go, run, close } and, in Chromium, { page, context, browser, crash }.
export const open = async (lane, options) => {
  if (lane.engine === "chromium") return openChromium(lane, options);
  if (!drivers.has(lane.engine))
    drivers.set(lane.engine, STARTS[lane.engine]());
  const { go, run } = await drivers.get(lane.engine);
  return {
    go,
    run: (act, arg) => run(String(act), arg),
    close: () => go("about:blank"),
  };
};

export const finish = async () => {
  for (const one of browsers.values())
    await (await one).close().catch(() => {});
  for (const one of drivers.values()) (await one.catch(() => null))?.end();
  for (const child of children) stop(child);
  browsers.clear();
  drivers.clear();
};
