// axe finds nothing to complain about: every state of every widget, in every tier and both
// languages; and the demo page as an auditor would see it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import {
  TAGS,
  finish,
  open,
  ready,
  require,
  serve,
  settle,
} from "./harness.mjs";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8") + ";0";
let server;
before(async () => {
  server = await serve();
});
after(finish);

const audit = async (page, selector) => {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(
    (selector) =>
      axe.run(selector ?? document, { resultTypes: ["violations"] }),
    selector,
  );
  return {
    passes: passes.length,
    wrong: violations.map(({ id, impact, help, nodes }) => ({
      id,
      impact,
      help,
      count: nodes.length,
      nodes: nodes
        .slice(0, 4)
        .map(({ target, failureSummary }) => [
          target.flat().join(" "),
          failureSummary,
        ]),
    })),
  };
};

const within = (page, tag, run) =>
  page.evaluate(
    ([tag, run]) =>
      (0, eval)(`(${run})`)(
        document.querySelector(tag),
        document.querySelector(tag).shadowRoot,
      ),
    [tag, run.toString()],
  );
const moved = async (page) => {
  await settle(page);
  await page.waitForTimeout(350);
  await settle(page);
};

// What a reader can bring a widget into.
const STATES = {
  plain: () => {},
  focused: (page, tag) =>
    within(page, tag, (_, root) =>
      root.querySelector('[part=item][tabindex="0"]').focus(),
    ),
  selected: (page, tag) =>
    within(page, tag, (element, root) =>
      root.querySelectorAll("[part=item]")[3].click(),
    ),
  filtered: (page, tag) =>
    within(page, tag, (_, root) =>
      (
        root.querySelector(".legend button") ?? root.querySelector(".do button")
      ).click(),
    ),
  nearer: async (page, tag) => {
    await within(page, tag, (_, root) =>
      root.querySelector('[part=item][tabindex="0"]').focus(),
    );
    await page.keyboard.press(tag === TAGS[1] ? "Enter" : "+");
  },
  "as a table, sorted": async (page, tag) => {
    await within(page, tag, (_, root) =>
      root.querySelector(".do button").click(),
    );
    await page.locator(`${tag} .sort`).nth(1).click();
  },
  "lists open": (page, tag) =>
    within(page, tag, (_, root) =>
      root.querySelectorAll("details").forEach((one) => (one.open = true)),
    ),
  searching: async (page, tag) => {
    const field = page.locator(`${tag} [role=combobox]`).first();
    if (await field.count()) await field.fill("a");
  },
  "with an error": async (page, tag) => {
    await within(page, tag, (element) => (element.data = { kind: "nothing" }));
    await page.locator(`${tag} [part=error]`).waitFor();
  },
};

const TIERS = { canvas: "null", webgl2: "gpu", webgpu: "gpu" };
// The tiers differ in pixels, not in the document: on software GPUs all states of theirs are tried
// by `make test-access` alone.
const ALL = !!process.env.ATLAS_ACCESS;

for (const lang of ["ko", "en"]) {
  for (const [tier, lane] of Object.entries(TIERS)) {
    test(`axe-core: 0 violations in every state of every widget, ${tier}, ${lang}`, async (t) => {
      let runs = 0;
      const page = await open(
        lane,
        `${server.url}/?renderer=${tier}&lang=${lang}&theme=${tier === "webgl2" ? "dark" : "light"}`,
      );
      for (const tag of TAGS)
        assert.equal(await page.locator(tag).getAttribute("data-tier"), tier);
      const fresh = await page.evaluate(
        (tags) => tags.map((tag) => document.querySelector(tag).save()),
        TAGS,
      );
      for (const [name, reach] of Object.entries(STATES).slice(
        0,
        ALL || tier === "canvas" ? undefined : 3,
      )) {
        for (const [i, tag] of TAGS.entries()) {
          await reach(page, tag);
          await moved(page);
          const { passes, wrong } = await audit(page, tag);
          runs++;
          assert.ok(
            passes >= 10,
            `${name}, ${tag}: axe looked at ${passes} rules`,
          );
          assert.deepEqual(wrong, [], `${name}, ${tag}`);
          await within(page, tag, (element, root) => {
            if (!root.querySelector(".panel").hidden)
              root.querySelector(".do button").click();
          });
          await page.evaluate(
            ([tag, view]) =>
              document.querySelector(tag).restore({
                framework: "",
                table: "",
                from: "",
                to: "",
                scale: "",
                selected: "",
                hidden: [],
                ...view,
              }),
            [tag, fresh[i]],
          );
          await page.evaluate(() => document.activeElement?.blur());
        }
      }
      t.diagnostic(`${runs} runs of axe, 0 violations`);
      console.log(`# axe ${tier} ${lang}: ${runs} states, 0 violations`);
      await page.context().close();
    });
  }

  test(`axe-core: 0 violations where there is no WebAssembly, ${lang}`, async () => {
    const page = await open("nowasm", `${server.url}/?lang=${lang}`);
    for (const tag of TAGS) {
      const { passes, wrong } = await audit(page, tag);
      assert.ok(passes >= 5, `${tag}: ${passes} rules`);
      assert.deepEqual(wrong, [], tag);
    }
    await page.context().close();
  });
}

test("axe-core sees a button without a name inside a widget", async () => {
  const page = await open("null", server.url + "/?renderer=canvas");
  await within(page, TAGS[0], (_, root) =>
    root.querySelector(".do").append(document.createElement("button")),
  );
  const { wrong } = await audit(page, TAGS[0]);
  assert.ok(
    wrong.some(({ id }) => id === "button-name"),
    JSON.stringify(wrong),
  );
  await page.context().close();
});

// What Lighthouse asks of a page, measured here without it.
for (const theme of ["light", "dark"]) {
  for (const width of [360, 1200]) {
    test(`the demo page at ${width} px, ${theme}: accessibility 100 by axe's rules, and what shifts`, async (t) => {
      const init = () => {
        window.shift = 0;
        new PerformanceObserver((list) =>
          list
            .getEntries()
            .forEach(
              ({ value, hadRecentInput }) =>
                hadRecentInput || (window.shift += value),
            ),
        ).observe({ type: "layout-shift", buffered: true });
      };
      const page = await open(
        "null",
        `${server.url}/?renderer=canvas&lang=ko&theme=${theme}`,
        { width, init, ready: false },
      );
      // As it loads, at its top, as an auditor looks at it.
      await page.waitForTimeout(4000);
      const shift = await page.evaluate(() => window.shift);
      await ready(page);
      const { passes, wrong } = await audit(page);
      t.diagnostic(`${passes} rules passed, layout shift ${shift.toFixed(4)}`);
      console.log(
        `# demo ${width} ${theme}: ${passes} of axe's rules passed, CLS ${shift.toFixed(4)}`,
      );
      assert.ok(passes >= 20, "axe looked at the page");
      assert.deepEqual(wrong, []);
      // None on a phone; on a wide page the first widget still moves what is below it by a little.
      assert.ok(
        shift <= (width < 480 ? 0.0005 : 0.02),
        `layout shift ${shift}`,
      );
      await page.context().close();
    });
  }
}
