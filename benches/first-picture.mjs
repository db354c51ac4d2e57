// How long until a reader sees a first picture, of two built libraries in turn: each measurement is
// a browser of its own that nobody watches, for a debugger holds up workers and requests. The clock
// starts when the page's script runs and stops after the frame in which the figure is visible.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { serve } from "../tools/serve.mjs";
import {
  LANES,
  QUIET,
  executablePath,
  pageOf,
} from "../tests/browser/harness.mjs";

const LATEST_MS = 60_000;
const KINDS = ["market-share", "value-chain", "funding-timeline"];

// In the page.
const seen = async (tag) => {
  const element = document.querySelector(tag);
  await customElements.whenDefined(tag);
  const root = element.shadowRoot.querySelector(".root");
  if (root.classList.contains("first"))
    await new Promise((done) =>
      new MutationObserver(
        () => root.classList.contains("first") || done(),
      ).observe(root, { attributeFilter: ["class"] }),
    );
  await new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done)),
  );
  if (element.status.tier !== "canvas")
    throw Error(JSON.stringify(element.status));
  return performance.now() - globalThis.begun;
};

// folders: { name: dist }. Answers with one { what, name: [ms, …], … } a page.
export const firstPictures = async (folders, rounds) => {
  const all = KINDS.map((kind) => ({
    what: `first picture of the shipped ${kind}`,
    kind,
    ...Object.fromEntries(Object.keys(folders).map((name) => [name, []])),
  }));
  for (let round = 0; round < rounds; round++)
    for (const one of all)
      for (const [name, root] of Object.entries(folders))
        one[name].push(await measure(root, one.kind));
  return all.map(({ kind: _, ...one }) => one);
};

const measure = async (root, kind) => {
  let take;
  const taken = new Promise((done) => (take = done));
  const tag = "atlas-" + kind;
  const timed = `<script>globalThis.begun = performance.now()</script><script type="module" src="/ai-atlas.js"></script><${tag} src="/data/${kind}.json" renderer="canvas" style="display:block;min-height:900px"></${tag}>
    <script type="module">const seen = ${seen}; const send = (took) => fetch('/took', { method: 'POST', body: JSON.stringify(took) }); seen('${tag}').then((ms) => send({ ms }), (error) => send({ wrong: String(error) }));</script>`;
  const server = await serve({
    root,
    hook: (path, request) => {
      if (path === "/page") return { body: pageOf(timed) };
      if (path === "/favicon.ico") return { status: 204, body: "" };
      if (path !== "/took") return undefined;
      let text = "";
      request
        .on("data", (part) => (text += part))
        .on("end", () => take(JSON.parse(text)));
      return { body: "" };
    },
  });
  const folder = mkdtempSync(join(tmpdir(), "atlas-bench-"));
  const child = spawn(
    executablePath,
    [
      "--headless=new",
      ...QUIET,
      ...LANES.null.args,
      "--window-size=1200,900",
      "--user-data-dir=" + folder,
      `${server.url}/page`,
    ],
    { stdio: "ignore", detached: true },
  );
  const gone = new Promise((done) => child.on("exit", done));
  const timer = setTimeout(() => take({ wrong: "no answer" }), LATEST_MS);
  const { ms, wrong } = await taken;
  clearTimeout(timer);
  // And all that it started, or it goes on writing into the folder.
  process.kill(-child.pid, "SIGKILL");
  await gone;
  await server.close();
  rmSync(folder, {
    recursive: true,
    force: true,
    maxRetries: 20,
    retryDelay: 100,
  });
  if (wrong) throw Error(`${kind} of ${root}: ${wrong}`);
  return ms;
};
