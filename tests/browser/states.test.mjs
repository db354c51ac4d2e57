// The page of states (www/states.html): every widget reaches every state that it shows, and no page
// complains.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { KINDS, finish, open, root, serve } from "./harness.mjs";

// What the console may say in some of them: a file that is not there, a policy that is in the way.
const EXPECTED = {
  "file not found": /404/,
  "static tier": /Content Security Policy|no-wasm|wasm-refused/,
};

// The page is for developers: it is not in dist/.
const page = (path) => {
  const name = /^\/(states\.(html|css|js))$/.exec(path)?.[1];
  return name && { body: readFileSync(join(root, "www", name), "utf8") };
};
let server;
let names;
before(async () => {
  server = await serve(page);
  const all = await open("null", `${server.url}/states.html?state=none`, {
    ready: false,
  });
  const links = all.locator('#index a[href^="?state="]');
  await links.first().waitFor();
  names = await links.allTextContents();
  await all.context().close();
});
after(finish);

// Whether each widget of a page of states reached its own, and what the page complained about.
const reached = async (url, query) => {
  const page = await open(
    "null",
    `${url}/states.html?${new URLSearchParams(query)}`,
    { ready: false },
  );
  await page.waitForFunction(
    (count) =>
      document.querySelectorAll("section[data-reached]").length === count,
    KINDS.length,
  );
  const found = await page
    .locator("section")
    .evaluateAll((all) => all.map(({ dataset }) => dataset.reached));
  const { faults, foreign } = page;
  await page.context().close();
  return { found, faults, foreign };
};

test("every widget reaches every state of the page of states, and no page complains", async (t) => {
  assert.ok(names.length > 20, `${names.length} states`);
  for (const name of names) {
    const { found, faults, foreign } = await reached(server.url, {
      state: name,
    });
    assert.deepEqual(
      found,
      KINDS.map(() => "true"),
      `${name}: ${KINDS}`,
    );
    assert.deepEqual(
      faults.filter((fault) => !EXPECTED[name]?.test(fault)),
      [],
      name,
    );
    assert.deepEqual(foreign, [], name);
  }
  t.diagnostic(`${names.length} states of ${KINDS.length} widgets`);
});

test("a state that is not reached is told", async () => {
  const { url } = await serve((path) =>
    path === "/data/market-share.json" ? { status: 404, body: "" } : page(path),
  );
  const { found } = await reached(url, { state: "plain" });
  assert.deepEqual(found, ["true", "false", "true"]);
});
