// The demo shows the same picture in every drawing tier.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  KINDS,
  colours,
  difference,
  finish,
  open,
  picture,
  serve,
} from "./harness.mjs";

const TIERS = ["webgpu", "webgl2", "canvas"];
const LIMIT = 0.005; // share of pixels that may differ between two tiers
const seen = {};
let server;

before(async () => {
  server = await serve();
  for (const tier of TIERS) {
    const page = await open(
      "gpu",
      `${server.url}/?renderer=${tier}&theme=light`,
    );
    seen[tier] = { faults: page.faults };
    for (const kind of KINDS) {
      const status = await page.evaluate(
        (tag) => document.querySelector(tag).status,
        "atlas-" + kind,
      );
      seen[tier][kind] = {
        status,
        image: await picture(page, "atlas-" + kind),
      };
    }
    await page.context().close();
  }
});
after(finish);

for (const tier of TIERS) {
  test(`each widget draws in ${tier} when the page asks for it`, () => {
    for (const kind of KINDS) {
      const { status, image } = seen[tier][kind];
      assert.equal(status.tier, tier, `${kind}: ${JSON.stringify(status)}`);
      assert.ok(
        status.rows > 0 && status.issues === 0,
        `${kind}: ${JSON.stringify(status)}`,
      );
      assert.ok(
        image.width >= 600 && image.height >= 200,
        `${kind}: ${image.width}×${image.height}`,
      );
      assert.ok(colours(image) >= 8, `${kind} has ${colours(image)} colours`);
    }
    assert.deepEqual(seen[tier].faults, []);
  });
}

for (const kind of KINDS) {
  test(`${kind} looks the same in webgpu, webgl2 and canvas`, (t) => {
    for (const [a, b] of [
      ["canvas", "webgpu"],
      ["canvas", "webgl2"],
      ["webgpu", "webgl2"],
    ]) {
      const share = difference(seen[a][kind].image, seen[b][kind].image);
      t.diagnostic(
        `${kind} ${a} / ${b}: ${(100 * share).toFixed(3)} % of pixels differ`,
      );
      assert.ok(
        share <= LIMIT,
        `${kind}: ${a} and ${b} differ in ${(100 * share).toFixed(3)} % of pixels`,
      );
    }
  });

  test(`a spoilt block in the picture of ${kind} is seen as a difference`, () => {
    const { image } = seen.canvas[kind];
    const copy = { ...image, data: Buffer.from(image.data) };
    // One block of an eighth by an eighth of the picture, turned to its complement.
    const [w, h] = [image.width >> 3, image.height >> 3];
    for (let y = h; y < 2 * h; y++)
      for (let x = w; x < 2 * w; x++)
        for (let c = 0; c < 3; c++)
          copy.data[4 * (y * image.width + x) + c] ^= 0xff;
    assert.ok(difference(image, copy) > LIMIT);
  });
}
