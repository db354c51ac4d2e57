// Screenshots of every widget × tier × theme × width × language into shots/, named
// widget-tier-theme-width-lang.png, and a page of what differs from the pictures that were accepted
// last (shots/differences.html). `--accept` accepts these; the accepted ones lie in the cache folder,
// outside the checkout. `--only market-share,canvas,light` takes the subset whose names hold each of
// the words; `--out folder` puts it elsewhere.
import { copyFileSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { compare } from "./compare-pictures.mjs";
import {
  cache,
  KINDS,
  SCRIPT,
  finish,
  open,
  pageOf,
  ready,
  root,
  serve,
  settle,
} from "../tests/browser/harness.mjs";

const option = (name, otherwise) =>
  process.argv.includes("--" + name)
    ? process.argv[process.argv.indexOf("--" + name) + 1]
    : otherwise;
const only = option("only", "").split(",").filter(Boolean);
const out = resolve(option("out", join(root, "shots")));
const accepted = join(cache, "shots");

const TIERS = { webgpu: "gpu", webgl2: "gpu", canvas: "gpu", static: "nowasm" };
const page = (kind) =>
  pageOf(
    `${SCRIPT}<atlas-${kind} src="shipped" loading="eager"></atlas-${kind}>`,
    {
      head: '<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="/shots.css">',
    },
  );
const STYLE =
  'body{margin:0;padding:16px;font-family:"Noto Sans CJK KR","Noto Sans KR",sans-serif}:root[data-theme=light]{color-scheme:light;background:#fff}:root[data-theme=dark]{color-scheme:dark;background:#14171c}';

const wanted = [];
for (const [tier, lane] of Object.entries(TIERS))
  for (const kind of KINDS)
    for (const width of [360, 1200])
      for (const theme of ["light", "dark"])
        for (const lang of ["ko", "en"]) {
          const name = [kind, tier, theme, width, lang].join("-");
          if (only.every((word) => `-${name}-`.includes(`-${word}-`)))
            wanted.push({ name, tier, lane, kind, width, theme, lang });
        }

mkdirSync(out, { recursive: true });
const server = await serve((path) => {
  if (path === "/shots.css") return { body: STYLE };
  const kind = /^\/shot-(.*)$/.exec(path)?.[1];
  return KINDS.includes(kind) ? { body: page(kind) } : undefined;
});
// One page per lane, tier and widget; width, theme and language change on it as they do for a
// reader.
const pages = new Map();
let written = 0;
for (const { name, tier, lane, kind, width, theme, lang } of wanted) {
  const key = `${tier} ${kind}`;
  if (!pages.has(key)) {
    for (const old of pages.values()) await old.context().close();
    pages.clear();
    pages.set(
      key,
      await open(lane, `${server.url}/shot-${kind}`, { ready: false }),
    );
  }
  const at = pages.get(key);
  await at.setViewportSize({ width, height: 900 });
  await at.evaluate(
    ([theme, lang, renderer]) => {
      document.documentElement.lang = lang;
      document.documentElement.dataset.theme = theme;
      const element = document.querySelector("[loading]");
      Object.assign(element, { theme, renderer });
    },
    [theme, lang, tier === "static" ? "auto" : tier],
  );
  await ready(at);
  await settle(at);
  const tag = "atlas-" + kind;
  const got = await at.evaluate(
    (tag) => document.querySelector(tag).dataset.tier,
    tag,
  );
  if (got !== tier)
    (console.error(`${name}: drawn in ${got}`), (process.exitCode = 1));
  await at
    .locator(tag)
    .screenshot({ path: join(out, name + ".png"), animations: "disabled" });
  written++;
}
await finish();
console.log(`shots: ${written} screenshots in ${out}`);

const names = wanted.map(({ name }) => name);
if (process.argv.includes("--accept")) {
  mkdirSync(accepted, { recursive: true });
  for (const name of names)
    copyFileSync(join(out, name + ".png"), join(accepted, name + ".png"));
  console.log(`shots: accepted, in ${accepted}`);
} else {
  const { same, differing, added } = compare(accepted, out, names);
  console.log(
    `shots: ${same.length} as accepted, ${differing.length} differ, ${added.length} new: ${join(out, "differences.html")}`,
  );
  for (const { name, share } of differing)
    console.log(`shots: ${name}: ${(share * 100).toFixed(2)} % of the pixels`);
}
