// Scripts that are loaded on demand and do not come: a server that lost one, and one that says
// nothing. Readers get words that are true, and whatever can be had without it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";

import { ON_DEMAND } from "../../tools/dist.mjs";
import { SCRIPT, finish, open, pageOf, serve, shipped } from "./harness.mjs";

after(finish);

const SHARE = "atlas-market-share";
const CHAIN = "atlas-value-chain";
const TABLE =
  "<table><caption>Shares</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>Aleph</td><td>60</td></tr><tr><td>Beth</td><td>40</td></tr></tbody></table>";
const shares = (more = "", inside = "") =>
  `<${SHARE} loading="eager" lang="en" ${more}>${inside}</${SHARE}>`;

// Nobody waits for silence as long as readers do: on the page and in the engine.
const hasten = () => {
  const real = setTimeout;
  globalThis.setTimeout = (run, ms, ...rest) =>
    real(run, ms === 15e3 ? 1500 : ms, ...rest);
  const late = AbortSignal.timeout.bind(AbortSignal);
  AbortSignal.timeout = (ms) => late(ms === 9e3 ? 1500 : ms);
};
const ANSWERS = {
  "is missing": { status: 404, body: "no" },
  "never comes": { raw: () => {} },
};

const status = (page, tag = SHARE) =>
  page.evaluate((tag) => ({ ...document.querySelector(tag).status }), tag);
const error = (page, tag = SHARE) => page.locator(`${tag} [part=error]`);
const settled = (page, code) =>
  page.waitForFunction(
    ([tag, code]) => document.querySelector(tag).status.error === code,
    [SHARE, code],
  );
const NEEDED = "A script that this needs could not be loaded.";

// What stands in the page, the lane, and what is seen; `mend` lets the script come from now on.
const CASES = {
  combobox: {
    body: `<${CHAIN} src="shipped" loading="eager" lang="en"></${CHAIN}>`,
    async look(page, mend) {
      const field = page.locator(`${CHAIN} [role=combobox]`);
      const asked = () => page.waitForRequest(/combobox\.js/);
      await Promise.all([asked(), field.focus()]);
      await page.locator(`${CHAIN} [role=listbox]`).getByText(NEEDED).waitFor();
      mend();
      await field.blur();
      await page.getByText(NEEDED).waitFor({ state: "hidden" });
      await Promise.all([asked(), field.focus()]);
      await field.fill("nvidia");
      await page.locator(`${CHAIN} [role=option]`).first().waitFor();
    },
  },
  "data-help": {
    body: shares(),
    async look(page) {
      await settled(page, "no-data");
      assert.equal(
        await error(page).innerText(),
        "This graphic has no data.",
        JSON.stringify(await status(page)),
      );
      // What is said of files of the library would be false of one of the author's.
      await page.evaluate(
        (tag) => (document.querySelector(tag).src = "/none.json"),
        SHARE,
      );
      await settled(page, "fetch-failed");
      assert.equal((await status(page)).reason, "file-missing: none.json 404");
      assert.match(await error(page).innerText(), /data could not be loaded/);
    },
  },
  "data-table": {
    body: shares('src="shipped"'),
    async look(page) {
      await page.getByRole("button", { name: "as a table" }).click();
      await page.getByText(NEEDED).waitFor();
      assert.equal(await page.locator(`${SHARE} table`).count(), 0);
    },
  },
  export: {
    body: shares('src="shipped"'),
    async look(page, mend) {
      const rejected = await page.evaluate(
        (tag) =>
          Promise.all(
            ["toCSV", "toJSON", "toSVG", "toBlob"].map((method) =>
              document
                .querySelector(tag)
                [method]()
                .catch(({ code, message }) => [code, message]),
            ),
          ),
        SHARE,
      );
      const why = ["assets", NEEDED];
      assert.deepEqual(rejected, [why, why, null, null]);
      await page
        .locator(`${SHARE} button.csv`)
        .evaluate((button) => button.click());
      await error(page).getByText(NEEDED).waitFor();
      assert.equal((await status(page)).error, null);
    },
  },
  language: {
    body: shares('src="shipped"').replace('"en"', '"ja"'),
    async look(page) {
      await page.getByRole("button", { name: "Show the data" }).waitFor();
      assert.equal((await status(page)).error, null);
    },
  },
  "page-table": {
    body: shares("", TABLE),
    async look(page) {
      await settled(page, "fetch-failed");
      assert.ok(await page.getByText("Aleph").isVisible());
      assert.match(await error(page).innerText(), /data could not be loaded/);
    },
  },
  "read-columns": {
    body: shares(),
    async look(page) {
      await page.evaluate(
        (tag) =>
          document
            .querySelector(tag)
            .setColumns({ label: ["a", "b"], value: new Float64Array([1, 2]) }),
        SHARE,
      );
      await settled(page, "assets");
      assert.equal(await error(page).innerText(), NEEDED);
      // The engine goes on: other data are drawn.
      await page.evaluate((tag) => {
        document.querySelector(tag).src = "shipped";
      }, SHARE);
      await settled(page, null);
      await page.waitForFunction(
        (tag) => document.querySelector(tag).status.tier === "canvas",
        SHARE,
      );
    },
  },
  "static-table": {
    lane: "nowasm",
    body: shares('src="shipped"'),
    async look(page) {
      await error(page).waitFor();
      assert.doesNotMatch(await error(page).innerText(), /as a table/);
      assert.equal(await page.locator(`${SHARE} table`).count(), 0);
    },
  },
  "table-reader": {
    body: shares("", TABLE),
    async look(page) {
      await settled(page, "assets");
      assert.ok(await page.getByText("Aleph").isVisible());
      assert.equal(await error(page).innerText(), NEEDED);
    },
  },
};

test("every script that is loaded on demand has a case", () =>
  assert.deepEqual(Object.keys(CASES), Object.keys(ON_DEMAND)));

const check = async (name, how, { lane = "null", body, look }) => {
  let lost = true;
  const server = await serve((path) => {
    if (path === "/page") return { body: pageOf(SCRIPT + body) };
    if (path === "/engine.js")
      return {
        body: `(${hasten})();${readFileSync(shipped("engine.js"), "utf8")}`,
        type: "text/javascript",
      };
    return lost && path === `/${name}.js` && ANSWERS[how];
  });
  const page = await open(lane, server.url + "/page", {
    ready: false,
    init: hasten,
  });
  await look(page, () => (lost = false));
  assert.ok(server.log.includes(`/${name}.js`), `${name}.js was not asked for`);
  assert.deepEqual(
    page.faults.filter((text) => !text.startsWith("Failed to load resource")),
    [],
  );
  await page.context().close();
};

for (const [name, one] of Object.entries(CASES))
  for (const how of Object.keys(ANSWERS))
    test(`${name}.js ${how}: the reader is told what is true and keeps what there is`, () =>
      check(name, how, one));

// The script of the reader of tables comes, its wasm does not.
const NO_WASM = {
  ...ANSWERS,
  "is a web page": { body: pageOf("Not here"), type: "text/html" },
};
for (const [how, answer] of Object.entries(NO_WASM))
  test(`tables.wasm ${how}: the reader keeps the table of the page, other elements are drawn, and the next table too once it comes`, async () => {
    let lost = true;
    const server = await serve((path) => {
      if (path === "/page")
        return {
          body: pageOf(
            `${SCRIPT}${shares("", TABLE)}<${CHAIN} src="shipped" loading="eager" lang="en"></${CHAIN}>`,
          ),
        };
      if (path === "/engine.js")
        return {
          body: `(${hasten})();${readFileSync(shipped("engine.js"), "utf8")}`,
          type: "text/javascript",
        };
      return lost && path === "/tables.wasm" && answer;
    });
    const page = await open("null", server.url + "/page", { ready: false });
    await settled(page, "assets");
    assert.ok(await page.getByText("Aleph").isVisible());
    assert.equal(await error(page).innerText(), NEEDED);
    assert.match((await status(page)).reason, /tables\.wasm/);
    const isDrawn = (tag) =>
      page.waitForFunction(
        (tag) => {
          const { status } = document.querySelector(tag);
          return status.tier === "canvas" && !status.error && status.rows > 0;
        },
        tag,
        { polling: 100 },
      );
    await isDrawn(CHAIN);
    lost = false;
    await page.evaluate(
      ([tag, table]) => {
        const next = document.createElement(tag);
        Object.assign(next, { loading: "eager", lang: "en" });
        next.append(document.createRange().createContextualFragment(table));
        document.querySelector(tag).replaceWith(next);
      },
      [SHARE, TABLE],
    );
    await isDrawn(SHARE);
    assert.equal((await status(page)).rows, 2);
    await page.context().close();
  });

test("where no rows can be had the table says why, and no empty one stands there", async () => {
  const server = await serve(
    (path) =>
      path === "/page" && { body: pageOf(SCRIPT + shares('src="/none.csv"')) },
  );
  const page = await open("null", server.url + "/page", { ready: false });
  await settled(page, "fetch-failed");
  await page.locator(SHARE).evaluate((element) => {
    element.shadowRoot.querySelector(".do > button").click();
  });
  const panel = page.locator(`${SHARE} [part=table]`);
  await panel.getByText("could not be loaded").waitFor();
  assert.equal(await panel.locator("table").count(), 0);
  await page.context().close();
});
