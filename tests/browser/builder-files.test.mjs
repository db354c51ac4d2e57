// Files that are dropped on the builder: what an editor does meanwhile counts, and without an
// engine they are read in the same encodings.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { finish, open, serve } from "./harness.mjs";

let server;
before(async () => {
  server = await serve();
});
after(finish);

const drop = (bytes) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(bytes)], "shares.csv"));
  document.querySelector("#drop").dispatchEvent(
    new DragEvent("drop", {
      dataTransfer: data,
      bubbles: true,
      cancelable: true,
    }),
  );
};
// 회사,점유율 / 가,60 in EUC-KR.
const KOREAN = [
  0xc8, 0xb8, 0xbb, 0xe7, 0x2c, 0xc1, 0xa1, 0xc0, 0xaf, 0xc0, 0xb2, 0x0a, 0xb0,
  0xa1, 0x2c, 0x36, 0x30, 0x0a,
];

const begin = async (lane) => {
  const page = await open(lane, server.url + "/builder.html", { ready: false });
  await page.waitForTimeout(350);
  await page.waitForFunction(
    () =>
      document.querySelector("#preview").getAttribute("aria-busy") === "false",
  );
  return page;
};

test("a file that is still being read does not take the place of what was typed since", async () => {
  const page = await begin("null");
  await page.evaluate(() => {
    const real = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = async function () {
      await new Promise((done) => setTimeout(done, 600));
      return real.call(this);
    };
  });
  await page.evaluate(drop, KOREAN);
  await page.locator("#text").fill("label,value\nmine,1\n");
  await page.waitForTimeout(1500);
  assert.equal(
    await page.locator("#text").inputValue(),
    "label,value\nmine,1\n",
  );
  await page.context().close();
});

test("without an engine a file of a Korean spreadsheet is read all the same", async () => {
  const page = await begin("nowasm");
  await page.evaluate(drop, KOREAN);
  await page.waitForFunction(() => document.querySelector("#text").value);
  assert.equal(
    await page.locator("#text").inputValue(),
    "회사,점유율\n가,60\n",
  );
  await page.context().close();
});

test("a file that is too large is refused in words, and nothing stands in the field", async () => {
  const page = await begin("null");
  await page.locator("#text").fill("label,value\nmine,1\n");
  await page.locator("#file").setInputFiles({
    name: "large.csv",
    mimeType: "text/csv",
    buffer: Buffer.alloc(9 << 20, "label,value\n"),
  });
  await page.waitForFunction(() => !document.querySelector("#text").value);
  await page.waitForFunction(() =>
    /4 MB/.test(document.querySelector("#verdict").textContent),
  );
  assert.ok(await page.locator("#copy").isDisabled());
  assert.equal(await page.locator("#preview > *").count(), 0);
  await page.context().close();
});
