// Serves the demo from a folder of its own and keeps it up to date while files change: `node
// tools/watch.mjs [--port 8080]`. A change of script bundles anew, a change of Rust, shaders or data
// compiles before that; then every open page loads again. Nothing of this is in dist/.
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  watch as watchFiles,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { serve } from "./serve.mjs";
import { FOLDERS, stale, work } from "./stale.mjs";

const QUIET_MS = 80; // editors write a file in several steps
const EVENTS = "/-/changes";
const SCRIPT = "/-/reload.js";
// A page loads again when it hears of another build than the one it came from, also after the
// server was started anew.
const RELOAD = `let seen;
new EventSource("${EVENTS}").onmessage = ({ data }) => {
  if (seen !== undefined && seen !== data) location.reload();
  seen = data;
};
`;

// Serves `folder`, with a script in every page that loads it again after `reload()`.
export const serveReloading = async (folder, port = 0) => {
  const open = new Set();
  let build = `${Date.now()}`;
  const tell = (response) => response.write(`data: ${build}\n\n`);
  const listen = (response) => {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
    });
    open.add(response);
    response.on("close", () => open.delete(response));
    tell(response);
  };
  const server = await serve({
    root: folder,
    port,
    hook: (path) => {
      if (path === EVENTS) return { raw: listen };
      if (path === SCRIPT) return { body: RELOAD };
      const file = join(
        folder,
        path.endsWith("/") ? path + "index.html" : path,
      );
      if (!file.endsWith(".html") || !existsSync(file)) return undefined;
      return {
        body: `${readFileSync(file, "utf8")}<script src="${SCRIPT}"></script>\n`,
      };
    },
  });
  return {
    ...server,
    reload: () => {
      build = `${Date.now()}`;
      open.forEach(tell);
    },
  };
};

// Calls `build(what)` for what has changed under `root`, one at a time; what changes meanwhile is
// the next. Returns what stops it.
export const watch = (root, build) => {
  let wanted = null;
  let running = false;
  let timer;
  const run = async () => {
    if (running || !wanted) return;
    const what = wanted;
    wanted = null;
    running = true;
    // What a build throws must not be the end of all builds after it.
    try {
      await build(what);
    } catch (error) {
      console.error("watch:", error);
    } finally {
      running = false;
    }
    run();
  };
  const changed = (path) => {
    const what = work(path.replaceAll("\\", "/"));
    if (!what) return;
    if (wanted !== "compile") wanted = what;
    clearTimeout(timer);
    timer = setTimeout(run, QUIET_MS);
  };
  const watchers = [
    watchFiles(root, (_, name) => name && changed(name)),
    ...FOLDERS.filter((folder) => existsSync(join(root, folder))).map(
      (folder) =>
        watchFiles(
          join(root, folder),
          { recursive: true },
          (_, name) => name && changed(`${folder}/${name}`),
        ),
    ),
  ];
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
};

const run = (command, ...rest) =>
  new Promise((done) => {
    const child = spawn(command, rest, {
      stdio: ["ignore", "ignore", "inherit"],
    });
    child.on("error", () => done(false));
    child.on("exit", (code) => done(code === 0));
  });

const main = async () => {
  const root = fileURLToPath(new URL("..", import.meta.url));
  process.chdir(root);
  const at = process.argv.indexOf("--port");
  const port = at > 0 ? Number(process.argv[at + 1]) : 8080;
  const folder = mkdtempSync(join(tmpdir(), "ai-atlas-watch-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => process.exit(0));
  const [site, next, index] = ["site", "next", "index.html"].map((name) =>
    join(folder, name),
  );
  // What `make build` left is good enough until a file changes that is compiled.
  let pkg = join(root, "www/pkg");
  if (existsSync("dist/index.html"))
    cpSync("dist/index.html", index, { preserveTimestamps: true });

  const build = async (what) => {
    const began = Date.now();
    if (what === "compile") {
      console.log("watch: compiling …");
      if (!(await run("tools/build.sh", "--development", folder))) return false;
      pkg = join(folder, "pkg");
    }
    const built = await run(
      ...[process.execPath, "tools/dist.mjs", "--development", "--out", next],
      ...["--pkg", pkg, "--index", index],
    );
    if (!built) return false;
    rmSync(site, { recursive: true, force: true });
    renameSync(next, site);
    const done = what === "compile" ? "compiled and bundled" : "bundled";
    console.log(
      `watch: ${done} in ${((Date.now() - began) / 1e3).toFixed(1)} s`,
    );
    return true;
  };
  const first = stale(root, {
    compile: "www/pkg/shaders.json",
    bundle: "www/pkg/shaders.json",
  });
  if (!(await build(first === "compile" ? "compile" : "bundle")))
    process.exit(1);
  const server = await serveReloading(site, port);
  watch(root, async (what) => {
    if (await build(what)) server.reload();
    else console.log("watch: the pages stay as they were");
  });
  console.log(
    `watch: ${server.url}/ (every widget in every state: ${server.url}/states.html; Ctrl-C ends)`,
  );
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main();
