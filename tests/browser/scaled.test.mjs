// A page that is larger or smaller than its px: `zoom`, `transform: scale`, the browser's own zoom.
// What is pointed at is what is meant, and the card stands beside it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { SCRIPT, finish, open, pageOf, serve, settle } from "./harness.mjs";

const SHARE = "atlas-market-share";
const TIMELINE = "atlas-funding-timeline";
// What stands around the element, from outside to inside.
const CASES = {
  nothing: [],
  "zoom .5": ["zoom:.5"],
  "zoom 1.5": ["zoom:1.5"],
  "zoom 2": ["zoom:2"],
  "scale .5": ["transform:scale(.5);transform-origin:0 0"],
  "scale 2": ["transform:scale(2);transform-origin:0 0"],
  "scale .7 by 1.3": ["transform:scale(.7,1.3);transform-origin:0 0"],
  "zoom 2 in scale .75": [
    "transform:scale(.75);transform-origin:0 0",
    "zoom:2",
  ],
  "scale 1.5 in zoom .5 in zoom 1.5": [
    "zoom:1.5",
    "zoom:.5",
    "transform:scale(1.5);transform-origin:10px 20px",
  ],
};
const ROWS =
  "<table><caption>Shares</caption><thead><tr><th>label</th><th>value</th></tr></thead><tbody><tr><td>Aleph</td><td>50</td></tr><tr><td>Beth</td><td>30</td></tr><tr><td>Gimel</td><td>20</td></tr></tbody></table>";

let server;
before(async () => {
  server = await serve((path, request) => {
    const asked = new URL(request.url, "http://x").searchParams;
    if (path !== "/page") return;
    const tag = asked.get("tag");
    const around = CASES[asked.get("case")].reduceRight(
      (inner, style) => `<div style="${style}">${inner}</div>`,
      `<${tag} lang="en" loading="eager" renderer="canvas" style="display:block;${tag === SHARE ? "max-width:500px;min-height:460px" : "width:900px"}" ${tag === SHARE ? "" : 'src="shipped"'}>${tag === SHARE ? ROWS : ""}</${tag}>`,
    );
    return {
      body: pageOf(
        `<div style="height:120px"></div><div style="width:min(1000px,calc(100vw - 70px));margin-left:30px">${around}</div>${SCRIPT}`,
      ),
    };
  });
});
after(finish);

const show = async (tag, name, options) => {
  const page = await open(
    "null",
    `${server.url}/page?${new URLSearchParams({ tag, case: name })}`,
    { width: 2000, height: 1200, ...options },
  );
  await settle(page);
  return page;
};
// The marks as they are seen in the window, with their names.
const marksOf = (page, tag) =>
  page.evaluate((tag) => {
    const nodes = [
      ...document.querySelector(tag).shadowRoot.querySelectorAll("[part=item]"),
    ];
    return nodes
      .map((node) => ({
        name: node.getAttribute("aria-label"),
        ...node.getBoundingClientRect().toJSON(),
      }))
      .filter(
        ({ top, bottom, left, right }) =>
          top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth,
      );
  }, tag);
const cardOf = async (page, tag, what) => {
  await page
    .waitForFunction(
      (tag) =>
        !document.querySelector(tag).shadowRoot.querySelector("[part=card]")
          .hidden,
      tag,
      { timeout: 3000 },
    )
    .catch(() => assert.fail(`${what}: no card`));
  return page.evaluate((tag) => {
    const { shadowRoot } = document.querySelector(tag);
    const card = shadowRoot.querySelector("[part=card]");
    const box = (node) => node.getBoundingClientRect().toJSON();
    return {
      title: card.querySelector("b").textContent,
      card: box(card),
      figure: box(shadowRoot.querySelector("[part=figure]")),
    };
  }, tag);
};
// The card stands beside the mark, inside the figure from side to side and inside the window.
const stands = ({ card, figure }, mark, tall, what) => {
  assert.ok(
    card.left >= figure.left - 1 && card.right <= figure.right + 1,
    `${what}: the card reaches from ${card.left} to ${card.right}, the figure from ${figure.left} to ${figure.right}`,
  );
  assert.ok(
    card.top >= -1 && card.bottom <= tall + 1,
    `${what}: the card reaches from ${card.top} to ${card.bottom} in ${tall} px`,
  );
  const apart = (from, to, start, end) => Math.max(0, start - to, from - end);
  const far = Math.max(
    apart(card.left, card.right, mark.left, mark.right),
    apart(card.top, card.bottom, mark.top, mark.bottom),
  );
  assert.ok(far <= 24, `${what}: the card is ${far} px from its mark`);
};

const hovers = async (page, what) => {
  const { height } = page.viewportSize();
  const marks = (await marksOf(page, SHARE)).filter(({ name }) =>
    /Aleph|Beth|Gimel/.test(name),
  );
  assert.equal(marks.length, 3, what);
  for (const mark of marks) {
    await page.mouse.move(2, 2);
    await page.waitForFunction(
      (tag) =>
        document.querySelector(tag).shadowRoot.querySelector("[part=card]")
          .hidden,
      SHARE,
    );
    // Near a corner, where a wrong scale would hit another mark or none.
    await page.mouse.move(
      mark.right - mark.width / 10,
      mark.bottom - mark.height / 10,
    );
    const found = await cardOf(page, SHARE, what);
    assert.ok(
      mark.name.includes(found.title),
      `${what}: ${found.title} over ${mark.name}`,
    );
    if (mark.width < 400) stands(found, mark, height, what);
  }
};

test(
  "a mark that is pointed at gives its own card, beside it, however the page is scaled",
  { timeout: 120_000 },
  async () => {
    for (const name of Object.keys(CASES)) {
      const page = await show(SHARE, name);
      await hovers(page, name);
      assert.deepEqual(page.faults, []);
      await page.context().close();
    }
  },
);

test("the browser’s own zoom: a mark that is pointed at gives its own card", async () => {
  const page = await show(SHARE, "nothing");
  const cdp = await page.context().newCDPSession(page);
  for (const zoom of [2, 0.5]) {
    const [width, height] = [2000 / zoom, 1200 / zoom];
    await page.setViewportSize({ width, height });
    await cdp.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: zoom,
      mobile: false,
    });
    await settle(page);
    await page.evaluate(
      (tag) =>
        document
          .querySelector(tag)
          .shadowRoot.querySelector(".stage")
          .scrollIntoView({ block: "center" }),
      SHARE,
    );
    await hovers(page, `${zoom * 100} %`);
  }
  await page.context().close();
});

test("a scale that changes while the reader looks is followed", async () => {
  const page = await show(SHARE, "zoom 1.5");
  await hovers(page, "before");
  await page.evaluate(
    (tag) =>
      Object.assign(document.querySelector(tag).parentNode.style, {
        zoom: "",
        transform: "scale(.6)",
      }),
    SHARE,
  );
  await settle(page);
  await hovers(page, "after");
  await page.context().close();
});

test("the ring of the mark that has the focus, and its card, are where the mark is seen", async () => {
  for (const name of ["zoom 2", "scale .5", "zoom 2 in scale .75"]) {
    const page = await show(SHARE, name);
    await page.evaluate(
      (tag) =>
        [
          ...document
            .querySelector(tag)
            .shadowRoot.querySelectorAll("[part=item]"),
        ]
          .at(-1)
          .focus(),
      SHARE,
    );
    const found = await cardOf(page, SHARE, name);
    const mark = (await marksOf(page, SHARE)).find((one) =>
      one.name.includes(found.title),
    );
    const under = await page.evaluate(
      ([tag, x, y]) =>
        document.querySelector(tag).shadowRoot.elementFromPoint(x, y)
          ?.localName,
      [SHARE, mark.x + mark.width / 2, mark.y + mark.height / 2],
    );
    assert.ok(under === "canvas" || under === "div", `${name}: ${under}`);
    stands(found, mark, 1200, name);
    await page.context().close();
  }
});

test("on a small phone the sheet takes half the window, also where the page is scaled", async () => {
  for (const name of ["nothing", "zoom .5", "zoom 1.5", "scale .5"]) {
    const page = await show(SHARE, name, {
      width: 390,
      height: 700,
      hasTouch: true,
    });
    const [mark] = await marksOf(page, SHARE);
    await page.touchscreen.tap(
      mark.x + mark.width / 2,
      mark.y + mark.height / 2,
    );
    const { card, title } = await cardOf(page, SHARE, name);
    assert.ok(mark.name.includes(title), `${name}: ${title} for ${mark.name}`);
    const full = await page.evaluate((tag) => {
      const card = document
        .querySelector(tag)
        .shadowRoot.querySelector("[part=card]");
      card.append(
        Object.assign(document.createElement("p"), { style: "height:3000px" }),
      );
      return card.getBoundingClientRect().top;
    }, SHARE);
    assert.ok(
      Math.abs(full - 350) < 2,
      `${name}: full to the brim it begins at ${full} of 700 px`,
    );
    assert.ok(
      card.top >= 349 &&
        Math.abs(card.bottom - 700) < 2 &&
        card.left <= 1 &&
        card.right >= 389,
      `${name}: ${JSON.stringify(card)}`,
    );
    await page.context().close();
  }
});

test(
  "the wheel and a drag keep the day that is under the pointer, however the page is scaled",
  { timeout: 120_000 },
  async () => {
    for (const name of Object.keys(CASES)) {
      const page = await show(TIMELINE, name);
      await page.evaluate(
        (tag) =>
          document
            .querySelector(tag)
            .shadowRoot.querySelector(".stage")
            .scrollIntoView({ block: "center" }),
        TIMELINE,
      );
      await settle(page);
      // A mark well inside: after coming nearer about its middle it is still there, and it goes
      // where it is dragged.
      const box = await page.locator(`${TIMELINE} .stage`).boundingBox();
      const share = ({ x, width }) => (x + width / 2 - box.x) / box.width;
      const wanted = (await marksOf(page, TIMELINE)).filter(
        (one) => share(one) > 0.5 && share(one) < 0.8 && one.y > box.y,
      );
      const mark =
        wanted[Math.floor(wanted.length / 2)] ??
        assert.fail(
          `${name}: no mark in view, the stage is ${JSON.stringify(box)}`,
        );
      const [x, y] = [mark.x + mark.width / 2, mark.y + mark.height / 2];
      const at = async () => {
        await settle(page);
        const one =
          (await page.evaluate(
            ([tag, name]) => {
              const node = [
                ...document
                  .querySelector(tag)
                  .shadowRoot.querySelectorAll("[part=item]"),
              ].find((node) => node.getAttribute("aria-label") === name);
              return node?.getBoundingClientRect().toJSON();
            },
            [TIMELINE, mark.name],
          )) ?? assert.fail(`${name}: ${mark.name} is gone`);
        return one.x + one.width / 2;
      };
      await page.mouse.move(x, y);
      await page.keyboard.down("Control");
      for (let i = 0; i < 2; i++) await page.mouse.wheel(0, -100);
      await page.keyboard.up("Control");
      const near = await at();
      const slip = Math.max(4, mark.width);
      assert.ok(Math.abs(near - x) <= slip, `${name}: from ${x} to ${near}`);
      await page.mouse.down();
      for (let i = 1; i <= 4; i++) await page.mouse.move(x - 10 * i, y);
      await page.mouse.up();
      const gone = await at();
      assert.ok(
        Math.abs(near - 40 - gone) <= slip,
        `${name}: dragged by −40 px, went from ${near} to ${gone}`,
      );
      await page.context().close();
    }
  },
);

test("a picture that is seen larger has as many px more", async () => {
  const page = await show(SHARE, "zoom 2");
  const [px, wide] = await page.evaluate((tag) => {
    const canvas = document
      .querySelector(tag)
      .shadowRoot.querySelector("canvas");
    return [canvas.width, canvas.getBoundingClientRect().width];
  }, SHARE);
  assert.ok(Math.abs(px - wide) <= 2, `${px} px for ${wide}`);
  await page.context().close();
});
