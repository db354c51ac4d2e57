// Compares pictures with those that were accepted and writes a page that shows what differs.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { require } from "../tests/browser/harness.mjs";

const { PNG } = require("pngjs");
const { default: pixelmatch } = await import(require.resolve("pixelmatch"));

// The picture on a transparent ground of that size: pictures of different heights are compared too.
const onGround = (png, width, height) => {
  const ground = new PNG({ width, height });
  PNG.bitblt(png, ground, 0, 0, png.width, png.height, 0, 0);
  return ground;
};

// The share of pixels that differ, 0 to 1, and a picture of them.
export const differing = (before, now) => {
  const [a, b] = [before, now].map((bytes) => PNG.sync.read(bytes));
  const width = Math.max(a.width, b.width);
  const height = Math.max(a.height, b.height);
  const picture = new PNG({ width, height });
  const pixels = pixelmatch(
    onGround(a, width, height).data,
    onGround(b, width, height).data,
    picture.data,
    width,
    height,
    { threshold: 0.1 },
  );
  return { share: pixels / (width * height), picture: PNG.sync.write(picture) };
};

const escape = (text) =>
  text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const figure = (file, caption) =>
  `<figure><img src="${encodeURI(file)}" alt="" loading="lazy"><figcaption>${escape(caption)}</figcaption></figure>`;
const pageOf = ({ same, differing, added }) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Differences</title>
<style>body{font-family:sans-serif;margin:16px}section div{display:flex;gap:8px}figure{flex:1;margin:0}img{max-width:100%;border:1px solid #999}</style></head>
<body><h1>${differing.length} of ${differing.length + same.length} pictures differ, ${added.length} are new</h1>
<p><code>make shots ACCEPT=1</code> accepts the pictures as they are now.</p>
${differing
  .map(
    ({ name, share }) =>
      `<section><h2>${escape(name)}: ${(share * 100).toFixed(2)} %</h2><div>${figure(`differences/${name}-accepted.png`, "accepted")}${figure(`${name}.png`, "now")}${figure(`differences/${name}-differs.png`, "what differs")}</div></section>`,
  )
  .join("\n")}
${added.map((name) => `<section><h2>${escape(name)}: new</h2>${figure(`${name}.png`, "now")}</section>`).join("\n")}
</body></html>
`;

// Compares the pictures of those names in `out` with the accepted ones, and writes
// differences.html beside them. Returns the names: { same, differing: [{ name, share }], added }.
export const compare = (accepted, out, names) => {
  const found = { same: [], differing: [], added: [] };
  const beside = join(out, "differences");
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  for (const name of names) {
    const before = join(accepted, name + ".png");
    if (!existsSync(before)) {
      found.added.push(name);
      continue;
    }
    const now = readFileSync(join(out, name + ".png"));
    const { share, picture } = differing(readFileSync(before), now);
    if (share === 0) {
      found.same.push(name);
      continue;
    }
    copyFileSync(before, join(beside, name + "-accepted.png"));
    writeFileSync(join(beside, name + "-differs.png"), picture);
    found.differing.push({ name, share });
  }
  found.differing.sort((a, b) => b.share - a.share);
  writeFileSync(join(out, "differences.html"), pageOf(found));
  return found;
};
