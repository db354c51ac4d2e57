// Readers without WebAssembly, without scripts, and one who counts what is fetched and stored.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SCRIPT, TAGS, finish, open, pageOf, serve } from "./harness.mjs";

// Chinese in GBK: Korean, Japanese and Western readers would each see letters of theirs in it.
const MIXED = Buffer.from(
  "label,value\n\xb9\xab\xcb\xbe,60\n\xc6\xe4\xcb\xfb,40\n",
  "latin1",
);
let server;
before(async () => {
  const pages = {
    "/kinds":
      '<atlas-value-chain src="shipped"></atlas-value-chain><atlas-funding-timeline src="shipped"></atlas-funding-timeline>',
    "/workbook":
      '<script>heard = []; addEventListener("error", ({ detail }) => detail && heard.push(detail.code), true)</script><atlas-market-share src="/book.csv" lang="en"></atlas-market-share>',
    "/mixed":
      '<atlas-market-share src="/mixed.csv" lang="en"></atlas-market-share>',
    "/untitled":
      '<atlas-market-share lang="en"><script type="application/json">{"caption":"","head":["label","value"],"rows":[["a",1]]}</script></atlas-market-share>',
  };
  server = await serve((path) =>
    path === "/book.csv"
      ? { body: Buffer.from([80, 75, 3, 4, 0, 0]), type: "text/csv" }
      : path === "/mixed.csv"
        ? { body: MIXED, type: "text/csv" }
        : pages[path] && { body: pageOf(SCRIPT + pages[path]) },
  );
});
after(finish);

// A fact that each table must hold: cells of one row.
const FACTS = {
  "atlas-value-chain": ["TSMC", "엔비디아"],
  "atlas-market-share": ["SK하이닉스", "54"],
  "atlas-funding-timeline": ["SK하이닉스"],
};

const tablesAreThere = async (page) => {
  for (const tag of TAGS) {
    // In the page or in the element's shadow: locators see both.
    const table = page.locator(`${tag} table`).first();
    await table.waitFor({ state: "visible" });
    const rows = table.locator("tbody tr");
    assert.ok(
      (await rows.count()) >= 20,
      `${tag} shows ${await rows.count()} rows`,
    );
    const box = await rows.nth(10).boundingBox();
    assert.ok(
      box.width > 200 && box.height > 10,
      `${tag}: row of ${JSON.stringify(box)}`,
    );
    // A column squeezed to single words makes rows as high as a phone.
    const highest = await rows.evaluateAll((all) =>
      Math.max(...all.map((row) => row.offsetHeight)),
    );
    assert.ok(highest <= 160, `${tag}: a row of ${highest} px`);
    let hit = rows;
    for (const text of FACTS[tag]) hit = hit.filter({ hasText: text });
    assert.ok((await hit.count()) > 0, `${tag} has no row with ${FACTS[tag]}`);
  }
};

for (const width of [360, 1200]) {
  test(`without WebAssembly every widget of the demo shows its table and says why, at ${width} px`, async () => {
    const page = await open("nowasm", server.url + "/", { width });
    for (const tag of TAGS)
      assert.equal(await page.locator(tag).getAttribute("data-tier"), "static");
    await tablesAreThere(page);
    for (const tag of TAGS)
      assert.match(
        await page.locator(tag).locator("[part=error]").innerText(),
        /표로 보여/,
      );
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  test(`with JavaScript off every widget of the demo shows its table, at ${width} px`, async () => {
    const page = await open("nojs", server.url + "/", { width });
    await tablesAreThere(page);
    await page.context().close();
  });
}

test("without WebAssembly an element with nothing but a file shows that file as a table", async () => {
  const page = await open("nowasm", server.url + "/articles/plain.html");
  const rows = page.locator("atlas-market-share table tbody tr");
  await rows
    .filter({ hasText: "SK하이닉스" })
    .filter({ hasText: "54" })
    .first()
    .waitFor({ state: "visible" });
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("without WebAssembly a table takes the room of the figure at most, and no more than a finger can get round; the keyboard scrolls it to its end", async () => {
  for (const path of ["/", "/articles/plain.html"]) {
    const page = await open("nowasm", server.url + path, {
      width: 360,
      height: 800,
      ready: path === "/",
    });
    await page.locator("atlas-market-share td").first().waitFor();
    const room = await page.evaluate(async () => {
      const { shadowRoot } = document.querySelector("atlas-market-share");
      const [root, box] = [".root", ".still .scroll"].map((name) =>
        shadowRoot.querySelector(name),
      );
      const { length } = [
        ...shadowRoot.querySelectorAll("tr"),
        ...document.querySelectorAll("atlas-market-share tr"),
      ];
      await new Promise((done) => setTimeout(done, 300));
      const found = {
        length,
        box: box.offsetHeight,
        kept:
          160 +
          Number(
            /(\d+)px\)\)$/.exec(root.style.getPropertyValue("--table"))[1],
          ),
        height: root.offsetHeight,
        figure: root.querySelector("figure").offsetHeight,
        longer: box.scrollHeight > box.clientHeight,
        named: !!box.ariaLabel,
      };
      box.focus();
      return found;
    });
    assert.ok(
      room.length > 20 && room.longer && room.named && room.kept >= 480,
      JSON.stringify(room),
    );
    assert.ok(
      room.height <= room.kept + 1,
      `the table pushes the page apart: ${JSON.stringify(room)}`,
    );
    assert.ok(
      room.box <= 0.85 * 800,
      `a finger finds no page beside the table: ${JSON.stringify(room)}`,
    );
    assert.ok(
      room.height - room.figure <= 8,
      `empty room under the table: ${JSON.stringify(room)}`,
    );
    await page.keyboard.press("End");
    await page.waitForFunction(() => {
      const box = document
        .querySelector("atlas-market-share")
        .shadowRoot.querySelector(".still .scroll");
      return (
        box.scrollTop > 0 &&
        box.scrollTop + box.clientHeight >= box.scrollHeight - 2
      );
    });
    await page.context().close();
  }
});

test("without WebAssembly the kinds of relations and events are said in words, and money as Koreans write it", async () => {
  const page = await open("nowasm", server.url + "/kinds");
  const text = async (tag) =>
    (await page.locator(`${tag} tbody`).innerText()).replaceAll(/\s+/g, " ");
  await page.locator("atlas-value-chain tbody tr").first().waitFor();
  await page.locator("atlas-funding-timeline tbody tr").first().waitFor();
  assert.match(
    await text("atlas-value-chain"),
    /마이크로소프트.* 투자 오픈AI 130억 달러/,
  );
  for (const tag of ["atlas-value-chain", "atlas-funding-timeline"])
    assert.doesNotMatch(await text(tag), /[a-z]+_[a-z]+/);
  await page.context().close();
});

test("without WebAssembly what is wrong with data is said once, and no more when other data come", async () => {
  const page = await open("nowasm", server.url + "/workbook", { ready: false });
  const status = (code) =>
    page.waitForFunction(
      (code) =>
        document.querySelector("atlas-market-share").status?.error === code,
      code,
    );
  await status("workbook");
  const said = await page.evaluate(async () => {
    const element = document.querySelector("atlas-market-share");
    for (const theme of ["dark", "light"]) {
      element.theme = theme;
      await new Promise((done) => setTimeout(done, 100));
    }
    const { code } = await element.toCSV().catch((error) => error);
    return { code, heard };
  });
  assert.deepEqual(said, { code: "workbook", heard: ["workbook"] });
  await page.evaluate(() => {
    document.querySelector("atlas-market-share").src = "shipped";
  });
  await page.locator("atlas-market-share td").first().waitFor();
  await status(null);
  assert.match(
    await page.locator("atlas-market-share [part=error]").innerText(),
    /shown as a table/,
  );
  await page.context().close();
});

test("without WebAssembly a table of the page that cannot be read is no empty one: it stands as it is, and what is wrong is said", async () => {
  const lost = await serve((path) =>
    path === "/page-table.js"
      ? { status: 404, body: "no" }
      : path === "/own" && {
          body: pageOf(
            SCRIPT +
              '<atlas-market-share lang="en"><table><tr><th>label</th><th>value</th></tr><tr><td>Aleph</td><td>60</td></tr></table></atlas-market-share>',
          ),
        },
  );
  const page = await open("nowasm", lost.url + "/own", { ready: false });
  const share = page.locator("atlas-market-share");
  await page.waitForFunction(
    () => document.querySelector("atlas-market-share").status?.error,
  );
  assert.match(
    await share.locator("[part=error]").innerText(),
    /data could not be loaded/,
  );
  assert.ok(await page.getByText("Aleph").isVisible());
  const { status, message } = await page.evaluate(async () => {
    const element = document.querySelector("atlas-market-share");
    const failed = await element.toCSV().then(
      (text) => ({ message: `a file: ${text}` }),
      (error) => error,
    );
    return { status: element.status.error, message: failed.message };
  });
  assert.equal(status, "fetch-failed");
  assert.match(message, /data could not be loaded/);
  await page.context().close();
});

test("without WebAssembly a file whose encoding is not clear is refused, as the engine refuses it", async () => {
  const page = await open("nowasm", server.url + "/mixed", { ready: false });
  await page.waitForFunction(
    () =>
      document.querySelector("atlas-market-share").status?.error === "not-text",
  );
  const share = page.locator("atlas-market-share");
  assert.match(await share.locator("[part=error]").innerText(), /not UTF-8/);
  assert.equal(await share.locator("table").count(), 0);
  await page.context().close();
});

test("without WebAssembly a table without a title has a name all the same", async () => {
  const page = await open("nowasm", server.url + "/untitled");
  const box = page.locator("atlas-market-share .scroll");
  await box.waitFor();
  assert.match(await box.getAttribute("aria-label"), /as a table/);
  await page.context().close();
});

test("the demo fetches the page, its script and style, library, engine, wasm and declared data, each once, and nothing else", async () => {
  server.log.length = 0;
  const page = await open("null", server.url + "/");
  const once = [
    "/",
    "/ai-atlas.js",
    "/ai-atlas.wasm",
    "/data/funding-timeline.json",
    "/data/market-share.json",
    "/data/value-chain.json",
    "/demo.css",
    "/demo.js",
    "/engine.js",
  ];
  assert.deepEqual(server.log.toSorted(), once);
  assert.deepEqual(page.foreign, []);
  assert.deepEqual(page.faults, []);
  const stored = await page.evaluate(async () => [
    document.cookie,
    localStorage.length,
    sessionStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
    (await navigator.serviceWorker.getRegistrations()).length,
  ]);
  assert.deepEqual(stored, ["", 0, 0, 0, 0, 0]);
  assert.deepEqual(await page.context().cookies(), []);
  await page.context().close();
});
