// Fingers: the page scrolls under one, two zoom and push, one that rests asks, and everything they
// do has a button too.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SCRIPT, TAGS, finish, open, pageOf, serve } from "./harness.mjs";

const [CHAIN, SHARE, TIMELINE] = TAGS;
let server;
before(async () => {
  const file = (tag) => `src="/data/${tag.slice(6)}.json"`;
  const table = `table="ai-unicorns"`;
  server = await serve((path) => {
    const tag = "atlas-" + path.slice(1);
    return (
      TAGS.includes(tag) && {
        body: pageOf(
          `<div style="height:300px"></div><${tag} renderer="canvas" ${file(tag)} ${tag === SHARE ? table : ""}></${tag}><div style="height:2000px"></div>${SCRIPT}`,
        ),
      }
    );
  });
});
after(finish);

const start = async (tag, options = {}) => {
  const page = await open("null", `${server.url}/${tag.slice(6)}`, {
    hasTouch: true,
    isMobile: true,
    width: 400,
    height: 800,
    ...options,
  });
  const cdp = await page.context().newCDPSession(page);
  await page
    .locator(`${tag} .stage`)
    .evaluate((stage) =>
      scrollTo(0, stage.getBoundingClientRect().top + scrollY - 60),
    );
  const box = await page.locator(`${tag} .stage`).boundingBox();
  return {
    page,
    middle: [box.x + box.width / 2, Math.min(box.y + box.height / 2, 450)],
    touch: (type, ...points) =>
      cdp.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: points.map(([x, y], id) => ({ x, y, id })),
      }),
    settled: () =>
      page.evaluate(
        (tag) =>
          new Promise((done) =>
            setTimeout(
              () => document.querySelector(tag).updateComplete.then(done),
              350,
            ),
          ),
        tag,
      ),
    saved: () =>
      page.evaluate((tag) => document.querySelector(tag).save(), tag),
    done: async () => {
      assert.deepEqual(page.faults, []);
      await page.context().close();
    },
  };
};

for (const tag of TAGS) {
  test(`one finger on ${tag} scrolls the page and changes nothing`, async () => {
    const {
      page,
      middle: [x, y],
      touch,
      settled,
      saved,
      done,
    } = await start(tag);
    const [before, view] = [await page.evaluate(() => scrollY), await saved()];
    await touch("touchStart", [x, y]);
    for (let step = 1; step < 12; step++) {
      await touch("touchMove", [x + step, y - step * 18]);
      await page.waitForTimeout(16);
    }
    await touch("touchEnd");
    await page.waitForFunction((before) => scrollY > before + 80, before);
    await settled();
    assert.deepEqual(await saved(), view);
    await done();
  });

  test(`a finger that rests on ${tag} opens what is known of the mark, and selects nothing`, async () => {
    const { page, touch, settled, saved, done } = await start(tag);
    const at = await page.evaluate((tag) => {
      const { shadowRoot } = document.querySelector(tag);
      for (const node of shadowRoot.querySelectorAll("[part=item]")) {
        const { left, top, width, height } = node.getBoundingClientRect();
        const [x, y] = [left + width / 2, top + height / 2];
        if (
          top > 20 &&
          y < innerHeight - 20 &&
          x > 5 &&
          x < innerWidth - 5 &&
          !node.getAttribute("aria-expanded")
        )
          return [x, y, node.ariaLabel];
      }
    }, tag);
    const [x, y, name] = at;
    await touch("touchStart", [x, y]);
    await page.waitForTimeout(650);
    await touch("touchEnd");
    await page.locator(`${tag} .card.pin`).waitFor();
    assert.ok(
      name.startsWith(
        (await page.locator(`${tag} .card b`).textContent()).slice(0, 6),
      ),
      `${name} under the finger`,
    );
    await settled();
    assert.equal((await saved()).selected, undefined, "asking is no choice");
    // A finger that moves away in time asks nothing.
    await page.locator(`${tag} .card .x`).evaluate((node) => node.click());
    await touch("touchStart", [x, y]);
    await page.waitForTimeout(100);
    await touch("touchMove", [x + 30, y]);
    await page.waitForTimeout(600);
    await touch("touchEnd");
    assert.equal(
      (await page.locator(`${tag} .card.pin`).count()) &&
        (await page.locator(`${tag} .card.pin`).isVisible()),
      0 || false,
    );
    await done();
  });
}

for (const [tag, key] of [
  [CHAIN, "at"],
  [TIMELINE, "from"],
]) {
  test(`two fingers come nearer in ${tag} and push, and the page stays`, async () => {
    const {
      page,
      middle: [x, y],
      touch,
      settled,
      saved,
      done,
    } = await start(tag);
    const scrolled = await page.evaluate(() => scrollY);
    await touch("touchStart", [x - 20, y - 30], [x + 20, y + 30]);
    for (const part of [40, 60, 80])
      await touch("touchMove", [x - 20, y - part], [x + 20, y + part]);
    await touch("touchEnd");
    await settled();
    const near = (await saved())[key];
    assert.ok(near, "nearer");
    await touch("touchStart", [x - 30, y], [x + 30, y]);
    for (let step = 1; step <= 6; step++) {
      await touch(
        "touchMove",
        [x - 30 - step * 8, y - step * 8],
        [x + 30 - step * 8, y - step * 8],
      );
      await page.waitForTimeout(16);
    }
    await touch("touchEnd");
    await settled();
    assert.notEqual((await saved())[key], near, "pushed");
    assert.equal(await page.evaluate(() => scrollY), scrolled);
    await done();
  });

  test(`what two fingers do in ${tag}, buttons do too`, async () => {
    const { page, settled, saved, done } = await start(tag);
    const press = async (name) => {
      await page.locator(`${tag} .zoom button[aria-label="${name}"]`).click();
      await settled();
      return (await saved())[key];
    };
    const near = await press("확대");
    assert.ok(near);
    const names = await page
      .locator(`${tag} .zoom button`)
      .evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel));
    const pushed = await press(tag === TIMELINE ? "다음 기간" : "아래로");
    assert.notEqual(pushed, near, names.join());
    assert.equal(await press("전체 보기"), undefined);
    await done();
  });
}

test("a mark of a few pixels can be hit a finger’s breadth beside it", async () => {
  const { page, touch, settled, saved, done } = await start(TIMELINE);
  const at = await page.evaluate((tag) => {
    const boxes = [
      ...document.querySelector(tag).shadowRoot.querySelectorAll("[part=item]"),
    ].map((node) => node.getBoundingClientRect());
    const clear = (x, y) =>
      boxes.every(
        ({ left, right, top, bottom }) =>
          x < left || x > right || y < top || y > bottom,
      );
    for (const { left, top, width, height } of boxes) {
      const [x, y] = [left + width / 2 - 10, top + height / 2];
      if (width < 16 && top > 20 && y < innerHeight - 60 && clear(x, y))
        return [x, y];
    }
  }, TIMELINE);
  assert.ok(at, "no small mark with room beside it");
  await touch("touchStart", at);
  await touch("touchEnd");
  await settled();
  assert.ok((await saved()).selected, "the mark beside the finger");
  await done();
});
