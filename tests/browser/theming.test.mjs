// Whose colours a picture wears: the library's, the system's where it forces its own, a house
// style's; light, dark and the page's own choice.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  SCRIPT,
  TAGS,
  finish,
  open,
  pageOf,
  picture,
  serve,
  settle,
} from "./harness.mjs";

const SHARE = "atlas-market-share";
let server;
before(async () => {
  const body = pageOf(
    SCRIPT +
      TAGS.map(
        (tag) =>
          `<${tag} src="shipped" renderer="canvas" loading="eager"></${tag}>`,
      ).join(""),
    {
      head: "<style>.house{--atlas-ground:#fff1e5;--atlas-ink:rgb(20 10 5);--atlas-infra:oklch(0.55 0.15 250);--atlas-card:light-dark(#fff,#222)}</style>",
    },
  );
  server = await serve((path) => path === "/plain" && { body });
});
after(finish);

// The colours that most pixels have, most first.
const most = ({ data }) => {
  const counts = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const key =
      "#" +
      [data[at], data[at + 1], data[at + 2]]
        .map((c) => c.toString(16).padStart(2, "0"))
        .join("");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([key]) => key);
};
const css = (page, colour) =>
  page.evaluate((colour) => {
    const pen = document.createElement("canvas").getContext("2d");
    document.body.style.outlineColor = colour;
    pen.fillStyle = getComputedStyle(document.body).outlineColor;
    pen.fillRect(0, 0, 1, 1);
    return (
      "#" +
      [...pen.getImageData(0, 0, 1, 1).data.subarray(0, 3)]
        .map((c) => c.toString(16).padStart(2, "0"))
        .join("")
    );
  }, colour);
const inks = (page, tag) =>
  page.evaluate(
    (tag) => [
      ...new Set(
        [
          ...document
            .querySelector(tag)
            .shadowRoot.querySelectorAll(".labels span"),
        ].map((node) => node.style.color),
      ),
    ],
    tag,
  );
// Waits until a colour is the ground of a picture: some hundredths of it at least.
const wears = (page, tag, colour) =>
  page.waitForFunction(
    ([tag, colour]) => {
      const canvas = document
        .querySelector(tag)
        .shadowRoot.querySelector("canvas");
      if (!canvas.width) return false;
      const { data } = canvas
        .getContext("2d", { willReadFrequently: true })
        .getImageData(0, 0, canvas.width, canvas.height);
      const [r, g, b] = [1, 3, 5].map((at) =>
        parseInt(colour.slice(at, at + 2), 16),
      );
      let seen = 0;
      for (let at = 0; at < data.length; at += 4)
        if (data[at] === r && data[at + 1] === g && data[at + 2] === b) seen++;
      return seen > data.length / 4 / 50;
    },
    [tag, colour],
    { timeout: 8000, polling: 200 },
  );

for (const colorScheme of ["light", "dark"]) {
  test(`forced colours redraw every widget from the system's own, and let go again: ${colorScheme}`, async () => {
    const page = await open("null", server.url + "/plain", {
      colorScheme: "light",
    });
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    const [canvas, text, mark] = [
      await css(page, "Canvas"),
      await css(page, "CanvasText"),
      await css(page, "LinkText"),
    ];
    for (const tag of TAGS) await wears(page, tag, canvas);
    await settle(page);
    const seen = most(await picture(page, SHARE));
    assert.ok(
      seen.slice(0, 3).includes(canvas) && seen.slice(0, 3).includes(mark),
      JSON.stringify([seen.slice(0, 5), canvas, mark]),
    );
    // No colour of the library's own is left anywhere.
    for (const tag of TAGS)
      for (const own of [
        "#478ee6",
        "#8050cc",
        "#aa661e",
        "#197979",
        "#899099",
        "#c84b31",
        "#f7f7f4",
        "#d9dbd6",
      ])
        assert.ok(
          own === canvas ||
            !most(await picture(page, tag))
              .slice(0, 40)
              .includes(own),
          `${tag} has ${own}`,
        );
    // The layers have one colour now, and are told apart by their grain: in the legend, and by it
    // in the picture.
    const keys = await page.evaluate(() =>
      [
        ...document
          .querySelector("atlas-value-chain")
          .shadowRoot.querySelectorAll(".legend svg"),
      ]
        .map((svg) => svg.outerHTML)
        .filter((svg) => svg.includes("<rect")),
    );
    assert.equal(keys.length, 5);
    assert.equal(
      new Set(keys.map((svg) => svg.match(/ d="(.*?)"/)?.[1])).size,
      5,
      keys.join(),
    );
    assert.ok(
      keys.every((svg) => !/opacity="0?\./.test(svg)),
      "gaps go through: " + keys.join(),
    );
    const own = await page.evaluate(
      (colour) => (
        (document.body.style.color = colour),
        getComputedStyle(document.body).color
      ),
      text,
    );
    assert.ok((await inks(page, "atlas-funding-timeline")).includes(own));
    await page.emulateMedia({ forcedColors: "none", colorScheme: "light" });
    await wears(page, SHARE, "#ffffff");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}

test("a house style reaches the picture, in any notation of CSS, when it is put on and when it is taken off", async () => {
  const page = await open("null", server.url + "/plain", {
    colorScheme: "light",
  });
  await page.evaluate(() => document.body.classList.add("house"));
  for (const tag of TAGS) await wears(page, tag, "#fff1e5");
  await settle(page);
  const infra = await css(page, "oklch(0.55 0.15 250)");
  assert.ok(
    most(await picture(page, SHARE))
      .slice(0, 3)
      .includes(infra),
    JSON.stringify([most(await picture(page, SHARE)).slice(0, 5), infra]),
  );
  assert.ok(
    (await inks(page, "atlas-funding-timeline")).includes("rgb(20, 10, 5)"),
  );
  const svg = await page.evaluate(
    (tag) => document.querySelector(tag).toSVG(),
    SHARE,
  );
  assert.ok(svg.includes("#fff1e5") && svg.includes(infra));
  // On another ground the marks keep their colours and the rest is the library's.
  const dark = await page.evaluate(
    (tag) => document.querySelector(tag).toSVG({ theme: "dark" }),
    SHARE,
  );
  assert.ok(
    !dark.includes("#fff1e5") &&
      dark.includes("#14171c") &&
      dark.includes(infra),
  );
  await page.evaluate(() => document.body.classList.remove("house"));
  for (const tag of TAGS) await wears(page, tag, "#ffffff");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("auto is the page’s own colour scheme, and an explicit theme is stronger", async () => {
  const page = await open("null", server.url + "/plain", {
    colorScheme: "dark",
  });
  // A page that says nothing is light, whatever the system prefers.
  await wears(page, SHARE, "#ffffff");
  const steps = [
    ["colorScheme", "light dark", "#14171c"],
    ["colorScheme", "light", "#ffffff"],
    ["colorScheme", "dark", "#14171c"],
  ];
  for (const [name, value, colour] of steps) {
    await page.evaluate(
      ([name, value]) => (document.documentElement.style[name] = value),
      [name, value],
    );
    await wears(page, SHARE, colour);
  }
  await page.evaluate(
    (tag) => (document.querySelector(tag).theme = "light"),
    SHARE,
  );
  await wears(page, SHARE, "#ffffff");
  await page.context().close();
});

for (const style of ["salmon", "broadsheet"]) {
  test(`the demo wears the house style ${style} when a reader chooses it`, async () => {
    const page = await open("null", server.url + "/?theme=light");
    const paper = { salmon: "#fff1e5", broadsheet: "#fbfaf6" }[style];
    await page.locator(`button[data-style=${style}]`).click();
    for (const tag of TAGS) await wears(page, tag, paper);
    await page.locator("button[data-style=house]").click();
    for (const tag of TAGS) await wears(page, tag, "#ffffff");
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });
}
