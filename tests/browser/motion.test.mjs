// A change that the reader made is shown on its way, 250 ms, unless the reader asks for no motion.
import assert from "node:assert/strict";
import { after, test } from "node:test";

import { finish, open, serve } from "./harness.mjs";

after(finish);
const server = await serve();

// Every picture that reaches the visible canvas, with what it shows of one organisation's place.
const count = () => {
  window.pictures = 0;
  for (const name of ["drawImage", "putImageData"]) {
    const real = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) {
      if (this.canvas.getRootNode() instanceof ShadowRoot) window.pictures++;
      return real.apply(this, args);
    };
  }
};

const switched = async (reducedMotion) => {
  const page = await open("null", server.url + "/", {
    init: count,
    reducedMotion,
  });
  await page.evaluate(() => customElements.whenDefined("atlas-value-chain"));
  const chain = page.locator("atlas-value-chain");
  await chain.scrollIntoViewIfNeeded();
  await chain.evaluate((element) => element.updateComplete);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(400);
  await page.evaluate(() => (window.pictures = 0));
  await chain.locator("button.tab").nth(1).click();
  await page.waitForTimeout(600);
  await chain.evaluate((element) => element.updateComplete);
  const out = await chain.evaluate((element) => ({
    pictures: window.pictures,
    moving: !!element.shadowRoot.querySelector(".moving"),
    pressed: element.framework,
  }));
  assert.deepEqual(page.faults, []);
  await page.context().close();
  return out;
};

test("a framework that the reader chooses moves into place, and the labels come back", async () => {
  const { pictures, moving, pressed } = await switched("no-preference");
  console.log(`# ${pictures} pictures`);
  assert.ok(pictures >= 3, `${pictures} pictures`);
  assert.equal(moving, false);
  assert.ok(pressed);
});

test("under reduced motion there is one picture", async () => {
  const { pictures } = await switched("reduce");
  // The pointer over the picture may ask for one more.
  assert.ok(pictures >= 1 && pictures <= 2, `${pictures} pictures`);
});
