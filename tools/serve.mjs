// Serves a folder on 127.0.0.1 and nothing outside it. `node tools/serve.mjs [--root dist] [--port
// 8080]` prints the address; tests import `serve` and put answers of their own in front of the
// files.
import { createReadStream, realpathSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
};

// The file that a path names inside the root, or null: `..`, links that lead out, NUL and broken
// escapes name none.
const within = (root, path) => {
  try {
    const name = decodeURIComponent(path);
    if (name.includes("\0")) return null;
    let file = realpathSync(join(root, name));
    if (statSync(file).isDirectory())
      file = realpathSync(join(file, "index.html"));
    return file.startsWith(root + sep) && statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
};

// hook(path, request) may answer with { status, headers, type, body } instead of the file, with {
// raw(response) } that does all by itself, or with { headers } to add to the file. `plain` gives a
// path the name under which hook and log know it, `find` the paths at which its file may lie.
// Returns { url, log, close }: `log` holds the path of every request, in order.
export const serve = async ({
  root = "dist",
  port = 0,
  hook,
  plain = (path) => path,
  find = (path) => [path],
} = {}) => {
  const base = realpathSync(resolve(root));
  const log = [];
  const server = createServer(async (request, response) => {
    const asked = new URL(request.url, "http://127.0.0.1").pathname;
    const path = plain(asked);
    log.push(path);
    const own = (await hook?.(path, request)) ?? {};
    const headers = {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...own.headers,
    };
    if (own.raw) return void own.raw(response);
    if (own.body !== undefined) {
      response.writeHead(own.status ?? 200, {
        "content-type": own.type ?? TYPES[extname(path)] ?? TYPES[".html"],
        ...headers,
      });
      return void response.end(own.body);
    }
    const file = ["GET", "HEAD"].includes(request.method)
      ? find(asked).reduce((found, one) => found ?? within(base, one), null)
      : null;
    if (!file || own.status >= 400) {
      response.writeHead(own.status ?? 404, {
        "content-type": TYPES[".txt"],
        ...headers,
      });
      return void response.end("not found\n");
    }
    response.writeHead(200, {
      "content-type":
        own.type ?? TYPES[extname(file)] ?? "application/octet-stream",
      "content-length": statSync(file).size,
      ...headers,
    });
    if (request.method === "HEAD") return void response.end();
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
  });
  const listen = (number) =>
    new Promise((done, fail) => {
      server.once("error", fail);
      server.listen(
        number,
        "127.0.0.1",
        () => (server.off("error", fail), done()),
      );
    });
  // A wished-for port that somebody else holds is no reason to fail: any free one serves as well.
  await listen(port).catch((error) =>
    error.code === "EADDRINUSE" ? listen(0) : Promise.reject(error),
  );
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    log,
    close: () => (
      server.closeAllConnections(),
      new Promise((done) => server.close(done))
    ),
  };
};

if (
  process.argv[1] &&
  realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
) {
  const option = (name, otherwise) =>
    process.argv.includes("--" + name)
      ? process.argv[process.argv.indexOf("--" + name) + 1]
      : otherwise;
  const { url } = await serve({
    root: option("root", "dist"),
    port: Number(option("port", 8080)),
  });
  console.log(
    `AI Atlas demo: ${url}/   (what an editor pastes: ${url}/articles/plain.html; Ctrl-C ends)`,
  );
}
