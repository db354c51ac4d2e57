// Where no picture can come: a file is missing, a policy forbids it, a frame is closed off. Readers
// get words that are true and the table; authors hear what to do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import { finish, open, pageOf, serve, shipped } from "./harness.mjs";

const SHARE = "atlas-market-share";
const ROWS =
  "<table><caption>Shares</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>Aleph</td><td>60</td></tr><tr><td>Beth</td><td>40</td></tr></tbody></table>";
const STRICT =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; img-src data:";
const NO_DATA = STRICT.replace("connect-src 'self'", "connect-src 'none'");
const WORDS = {
  lost: {
    ko: /서버에 없어/,
    en: /missing on the server, so the data is shown as a table/,
    ja: /サーバーにない/,
  },
  "lost, no table": {
    ko: /서버에 없습니다/,
    en: /missing on the server\.$|could not be loaded\.$/,
    ja: /サーバーにありません|読み込めません/,
  },
  barred: {
    ko: /보안 설정이 그림을 막아/,
    en: /security policy of this page blocks the picture, so/,
    ja: /セキュリティ設定が図/,
  },
  "barred data": {
    ko: /보안 설정이 데이터를 막았/,
    en: /security policy of this page blocks the data/,
    ja: /セキュリティ設定がデータ/,
  },
  away: {
    ko: /받지 못해/,
    en: /could not be loaded, so the data is shown as a table/,
    ja: /読み込めなかったため/,
  },
  data: {
    ko: /데이터를 불러오지/,
    en: /data could not be loaded/,
    ja: /データを読み込めませんでした/,
  },
};
const at = (file, answer) => (path) => path.endsWith(file) && answer;
const onlyTheEntry = (path) =>
  !/^\/(page.*|ai-atlas\.js|favicon\.ico)?$/.test(path) && {
    status: 404,
    body: "no",
  };
const CASES = {
  "a server without the wasm": {
    serve: at(".wasm", { status: 404, body: "no" }),
    table: true,
    words: "lost",
    langs: ["ko", "en", "ja"],
    reason: /^file-missing: ai-atlas\.wasm 404\. .{20}/,
  },
  "a server that answers the wasm with a page": {
    serve: at(".wasm", { body: "<!doctype html><p>Home", type: "text/html" }),
    table: true,
    words: "lost",
    reason: /^file-missing: ai-atlas\.wasm text\/html/,
  },
  "a server that forbids the wasm": {
    serve: at(".wasm", { status: 403, body: "no" }),
    table: true,
    words: "away",
    reason: /^file-refused: \S+\.wasm 403/,
  },
  "another version of the wasm": {
    serve: (path) =>
      path.endsWith("ai-atlas.wasm") && {
        body: Buffer.concat([
          readFileSync(shipped("ai-atlas.wasm")),
          Buffer.from([0, 1, 0]),
        ]),
        type: "application/wasm",
      },
    table: true,
    words: "away",
    reason: /^file-changed: ai-atlas\.wasm/,
  },
  "a connection that breaks at the wasm": {
    serve: at(".wasm", { raw: (response) => response.destroy() }),
    table: true,
    words: "away",
    reason: /^unreachable: \S+\.wasm/,
  },
  "a server without the engine": {
    serve: at("/engine.js", { status: 404, body: "no" }),
    table: true,
    words: "lost",
    reason: /^file-missing: engine\.js 404/,
  },
  "a blocker that lets no engine through": {
    serve: at("/engine.js", { raw: (response) => response.destroy() }),
    table: true,
    words: "away",
    reason: /^unreachable: engine\.js/,
  },
  "a folder that was not uploaded, own table": {
    own: true,
    serve: onlyTheEntry,
    table: true,
    words: "lost",
    langs: ["en"],
    reason: /^file-missing: engine\.js 404/,
  },
  "a folder that was not uploaded, nothing else": {
    serve: onlyTheEntry,
    table: false,
    words: "data",
    langs: ["en"],
    reason: /^file-missing: engine\.js 404/,
  },
  "a policy that lets nothing be asked for": {
    csp: NO_DATA,
    table: true,
    words: "barred",
    langs: ["ko"],
    reason: /^blocked: \S+\.wasm connect-src/,
  },
  "a policy that lets nothing be asked for, own table": {
    csp: NO_DATA,
    own: true,
    table: true,
    words: "barred",
    langs: ["en"],
    reason: /^blocked: \S+\.wasm connect-src/,
  },
  "a policy that lets nothing be asked for, a file of the site": {
    csp: NO_DATA,
    src: "/data/market-share.json",
    table: false,
    words: "barred data",
    langs: ["ko"],
    reason: /^blocked: (\S+\.wasm|market-share\.json) connect-src/,
  },
  "a policy without WebAssembly": {
    csp: STRICT.replace("'wasm-unsafe-eval'", ""),
    table: true,
    words: "barred",
    reason: /^wasm-refused: .*wasm-unsafe-eval/s,
  },
  "a data file that is missing": {
    src: "/none.json",
    table: false,
    words: "data",
    drawn: true,
    reason: /^file-missing: none\.json 404\. .{20}/,
  },
};

let now;
let server;
before(async () => {
  server = await serve((path, request) => {
    const { searchParams } = new URL(request.url, "http://x");
    const headers = now?.csp && { "content-security-policy": now.csp };
    if (path === "/page") {
      const one = `<${SHARE} lang="${searchParams.get("lang")}" loading="eager" renderer="canvas" ${now.own ? "" : `src="${now.src ?? "shipped"}"`}>${now.own ? ROWS : ""}</${SHARE}>`;
      return {
        body: pageOf(
          one + one + '<script type="module" src="/ai-atlas.js"></script>',
        ),
        headers,
      };
    }
    const answer = now?.serve?.(path);
    return answer ? { ...answer, headers } : { headers };
  });
});
after(finish);

// What a reader sees, and what its author hears.
const visit = async (name, lang) => {
  now = CASES[name];
  const page = await open("null", "about:blank", { ready: false });
  const said = [];
  page.on(
    "console",
    (message) =>
      message.type() === "warning" &&
      /^AI Atlas/.test(message.text()) &&
      said.push(message.text()),
  );
  await page.goto(`${server.url}/page?lang=${lang}`);
  await page.waitForFunction(
    (tag) =>
      [...document.querySelectorAll(tag)].every(
        ({ status }) => status?.tier === "static" || status?.error,
      ),
    SHARE,
  );
  await page.waitForTimeout(500);
  await page.waitForFunction(
    (tag) =>
      [...document.querySelectorAll(tag)].every(
        ({ shadowRoot }) =>
          shadowRoot.querySelector(".still").childNodes.length ||
          shadowRoot.querySelector("[part=error]").textContent,
      ),
    SHARE,
  );
  const seen = await page.evaluate((tag) => {
    const element = document.querySelector(tag);
    const visible = (node) =>
      node.checkVisibility({ visibilityProperty: true }) &&
      node.getBoundingClientRect().height > 0;
    const cells = [
      ...element.querySelectorAll("td"),
      ...element.shadowRoot.querySelectorAll("td"),
    ].filter(visible).length;
    return {
      cells,
      words: [...element.shadowRoot.querySelectorAll("[part=error]")]
        .filter(visible)
        .map((node) => node.textContent)
        .join(),
      status: { ...element.status },
    };
  }, SHARE);
  await page.context().close();
  return { ...seen, said };
};

for (const [name, { table, words, reason, langs }] of Object.entries(CASES))
  test(`${name}: ${table ? "the table" : "no table"}, true words, and a reason for the author, once on the console`, async () => {
    for (const lang of langs ?? [
      ["ko", "en", "ja"][Object.keys(CASES).indexOf(name) % 3],
    ]) {
      const { cells, words: text, status, said } = await visit(name, lang);
      assert.ok(table ? cells >= 4 : cells === 0, `${lang}: ${cells} cells`);
      assert.match(text, WORDS[words][lang]);
      assert.doesNotMatch(
        text,
        /cannot draw|그릴 수 없어|描けない/,
        "it is not the browser’s fault",
      );
      assert.match(status.reason, reason);
      const heard = said.filter(
        (line) => line === "AI Atlas: " + status.reason,
      );
      assert.equal(heard.length, 1, `${lang}: ${said.join("\n")}`);
    }
  });

test("a wasm of another site that comes without the header says which header", async () => {
  now = null;
  const other = await serve((path) =>
    path.endsWith(".wasm")
      ? undefined
      : { headers: { "access-control-allow-origin": "*" } },
  );
  const article = await serve(
    (path) =>
      path === "/" && {
        body: pageOf(
          `<${SHARE} lang="en" loading="eager" renderer="canvas">${ROWS}</${SHARE}><script type="module" src="${other.url}/ai-atlas.js"></script>`,
        ),
      },
  );
  const page = await open("null", article.url + "/", { ready: false });
  await page.waitForFunction(
    (tag) => document.querySelector(tag).status?.tier === "static",
    SHARE,
  );
  assert.match(
    await page.evaluate(
      (tag) => document.querySelector(tag).status.reason,
      SHARE,
    ),
    /^no-cors: \S+\.wasm\. .*Access-Control-Allow-Origin/,
  );
  await page.context().close();
});

// Frames that are closed off: their origin is their own, so a module needs a header that most
// servers do not send.
const framed = async (
  query,
  {
    sandbox = "allow-scripts",
    hook,
    wait = ".closed, [data-tier]",
    lane = "null",
  } = {},
) => {
  now = null;
  const library = await serve(hook);
  const script = `<script defer src="${library.url}/frame.js"></script>`;
  const article = await serve(
    (path) =>
      path === "/" && {
        body: pageOf(
          `<iframe data-ai-atlas ${sandbox === null ? "" : `sandbox="${sandbox}"`} width="800" height="90" title="t" src="${library.url}/embed.html?${query}"></iframe>${script}`,
        ),
      },
  );
  const said = [];
  const page = await open(lane, "about:blank", { ready: false });
  page.on(
    "console",
    (message) => message.type() === "warning" && said.push(message.text()),
  );
  await page.goto(article.url + "/");
  const frame = await (
    await page.locator("iframe").elementHandle()
  ).contentFrame();
  if (lane === "null") await frame.waitForSelector(wait, { state: "attached" });
  return { page, frame, said };
};

for (const [lang, words, table] of [
  ["ko", /불러오지 못했습니다/, /받지 못해 데이터를 표로/],
  ["en", /could not be loaded/, /shown as a table/],
])
  test(`a closed frame (sandbox without allow-same-origin) has words, a link and the shipped data as a table, and becomes as tall (${lang})`, async () => {
    const { page, frame, said } = await framed(
      `kind=market-share&src=shipped&lang=${lang}`,
      { wait: ".tabled" },
    );
    const text = await frame.locator("body").innerText();
    assert.match(text, words);
    assert.match(text, table);
    assert.ok((await frame.locator("td:visible").count()) > 50);
    assert.equal(
      await frame.locator(".late p:visible").count(),
      1,
      "in one language",
    );
    assert.equal(
      await frame.locator("a:visible").evaluate((link) => link.href),
      frame.url(),
    );
    assert.ok(
      said.some((line) =>
        /^AI Atlas: no-cors: .*allow-same-origin.*Access-Control-Allow-Origin/.test(
          line,
        ),
      ),
      said.join("\n"),
    );
    await page.waitForFunction(
      () => document.querySelector("iframe").clientHeight > 500,
    );
    await page.context().close();
  });

test("a closed frame with a file of the site says that it could not be loaded, and links to itself", async () => {
  const { page, frame } = await framed(
    "kind=market-share&src=data/market-share.json&lang=en",
  );
  assert.match(
    await frame.locator("body").innerText(),
    /could not be loaded\. Open it in a window/,
  );
  assert.equal(await frame.locator("table").count(), 0);
  await page.context().close();
});

test("no other script than that of the shipped data comes by the address of a closed frame", async () => {
  const asked = [];
  const { page } = await framed(
    `kind=${encodeURIComponent("../articles/foreign")}&src=shipped`,
    { hook: (path) => void asked.push(path) },
  );
  await page.waitForTimeout(400);
  assert.deepEqual(
    asked.filter((path) => !/^\/(embed|frame|ai-atlas)[^/]*$/.test(path)),
    [],
  );
  await page.context().close();
});

test("a closed frame whose server sends the header has the picture, and as much height as it needs", async () => {
  const { page, frame, said } = await framed(
    "kind=market-share&src=shipped&lang=en",
    {
      hook: () => ({ headers: { "access-control-allow-origin": "*" } }),
      wait: "[data-tier]",
    },
  );
  assert.equal(
    await frame.evaluate(
      () => document.querySelector("atlas-market-share").dataset.tier,
    ),
    "canvas",
  );
  assert.equal(await frame.locator(".late").count(), 0);
  await page.waitForFunction(
    () => document.querySelector("iframe").clientHeight > 400,
  );
  assert.deepEqual(
    said.filter((line) => /AI Atlas/.test(line)),
    [],
  );
  await page.context().close();
});

test("an iframe whose library is not on the server says so; with all of it nothing of that is seen", async () => {
  const missing = await framed("kind=market-share&src=shipped&lang=en", {
    sandbox: null,
    hook: (path) => path === "/market-share.js" && { status: 404, body: "no" },
    wait: ".tabled",
  });
  assert.match(
    await missing.frame.locator("body").innerText(),
    /could not be loaded/,
  );
  assert.ok(
    missing.said.some((line) =>
      /^AI Atlas: file-missing: market-share\.js/.test(line),
    ),
  );
  await missing.page.context().close();
  const whole = await framed("kind=market-share&src=shipped&lang=en", {
    sandbox: null,
  });
  assert.equal(await whole.frame.locator(".late").count(), 0);
  await whole.page.context().close();
});

test("an iframe without any script has words and a link", async () => {
  const { page, frame } = await framed("kind=market-share&src=shipped", {
    sandbox: "",
    lane: "nojs",
  });
  await frame.locator(".late a").first().waitFor({ state: "visible" });
  await page.context().close();
});
