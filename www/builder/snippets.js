// @ts-check
// The three forms in which a widget goes into an article, as text. Everything that comes from data
// or editor is escaped here and nowhere else.

/** @import { Cell, TableRows } from '../host/types.d.ts' */
/**
 * The folder of one version, and the integrity of its entry.
 * @typedef {{ folder: string, integrity: string }} Pin
 */
/**
 * What the two forms have that load the library. `height` is that of the whole figure: the page keeps
 * it from the beginning, so nothing moves when the figure comes.
 * @typedef {object} Live
 * @property {string} base the folder in which the library lies
 * @property {string} kind
 * @property {Record<string, string | undefined>} view attributes
 * @property {string} [src]
 * @property {string} alt
 * @property {string} caption
 * @property {number | null} [height]
 * @property {Pin | null} [pin]
 * @property {string} [lang] of the words that stand around it
 * @property {Record<string, string> | null} [book]
 * @property {string} [notes] the editor's own
 * @property {string} [source] of the editor's own data
 */

/** @param {unknown} text */
export const escape = (text) =>
  String(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** @param {Record<string, unknown>} all */
const attributes = (all) =>
  Object.entries(all)
    .filter(([, value]) => value || value === 0)
    .map(([name, value]) => ` ${name}="${escape(value)}"`)
    .join("");
/** @param {string} base */
const folder = (base) => (base && !base.endsWith("/") ? base + "/" : base);

// Rows as a plain table: what the element draws, and what readers without JavaScript see.
/** @param {TableRows} rows */
export const table = ({ caption = "", head, rows }) => {
  /** @param {Cell[]} cells @param {string} tag */
  const line = (cells, tag) =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag.split(" ")[0]}>`).join("")}</tr>`;
  return `<table><caption>${escape(caption)}</caption><thead>${line(head, 'th scope="col"')}</thead><tbody>\n${rows.map((row) => line(row, "td")).join("\n")}\n</tbody></table>`;
};

/** @type {Record<string, string>} */
const WORDS = {
  data: "데이터를 표로 보기|The data as a table",
  source: "출처: |Source: ",
};

// `book`: the words of a language besides Korean and English by the English ones.
/** @param {string} key @param {string} [lang] @param {Record<string, string> | null} [book] */
export const worded = (key, lang = "ko", book) => {
  const [ko, en] = WORDS[key].split("|");
  return lang === "ko" ? ko : (book?.[en] ?? en);
};

/** @param {{ text: string, url?: string | null }} source */
const cite = ({ text, url }) =>
  url
    ? `<a href="${escape(url)}" rel="noopener noreferrer nofollow">${escape(text)}</a>`
    : escape(text);

// A source as an editor writes it: words, and perhaps an address, which they then link to.
/** @param {string} text */
export const sourceOf = (text) => {
  const url = /https?:\/\/[^\s<>"]+/.exec(text)?.[0].replace(/[.,;)\]]+$/, "");
  const rest = url
    ? text
        .replace(url, "")
        .replace(/[\s,;(:)]+$/, "")
        .trim()
    : text;
  return { text: rest || url || "", url };
};

// What the editor says below the graphic, a paragraph each.
/** @param {Pick<Live, "notes" | "source" | "lang" | "book">} words */
const belowOf = ({ notes, source, lang, book }) => [
  ...(notes ?? "")
    .split(/\n+/)
    .filter((line) => line.trim())
    .map(escape),
  ...(source
    ? [escape(worded("source", lang, book)) + cite(sourceOf(source))]
    : []),
];

// JSON in a script element: nothing in it may end the element.
/** @param {string} text */
const json = (text) => text.trim().replaceAll("<", "\\u003c");

/** @param {Live & { data?: { table?: TableRows, json?: string } | null }} figure */
export const element = ({
  base,
  kind,
  view,
  src,
  data,
  alt,
  caption,
  height,
  pin,
  ...more
}) => {
  const tag = "atlas-" + kind;
  const script = pin
    ? `<script type="module" src="${escape(folder(base) + pin.folder)}/${kind}.js" integrity="${escape(pin.integrity)}" crossorigin></script>`
    : `<script type="module" src="${escape(folder(base))}${kind}.js"></script>`;
  const held = data?.table
    ? `\n${table(data.table)}\n`
    : data?.json
      ? `\n<script type="application/json">\n${json(data.json)}\n</script>\n`
      : "";
  // The element shows them at its end; without it they stand there as they are.
  const lines = belowOf(more).join("<br>\n");
  const below = lines && `<p slot="footer">${lines}</p>\n`;
  const inside = (held || (below && "\n")) + below;
  const widget = `<${tag}${attributes({ src: held ? "" : src, ...view, style: height ? `display:block;min-height:${height}px` : "" })}>${inside}</${tag}>`;
  return `${script}\n<figure${attributes({ "aria-label": alt })}>\n${widget}\n${caption ? `<figcaption>${escape(caption)}</figcaption>\n` : ""}</figure>\n`;
};

// The iframe's height is that of the whole figure in a column of an article; frame.js then sets it
// to what the content needs. Absolute addresses: an article may stand anywhere.
/** @param {Live} figure */
export const iframe = ({
  base,
  kind,
  view,
  src,
  alt,
  caption,
  height,
  pin,
  ...more
}) => {
  const query = new URLSearchParams({
    kind,
    ...(src && { src }),
    ...Object.fromEntries(Object.entries(view).filter(([, value]) => value)),
  });
  const page = `${folder(base)}${pin ? pin.folder + "/" : ""}embed.html?${query}`;
  const frame = `<iframe data-ai-atlas src="${escape(page)}"${attributes({ title: alt, width: "100%", height })} style="border:0" loading="lazy"></iframe>`;
  const script = pin
    ? `<script defer src="${escape(folder(base) + pin.folder)}/frame.js"></script>`
    : `<script defer src="${escape(folder(base))}frame.js"></script>`;
  const body = `${frame}\n${script}\n`;
  const lines = [caption && escape(caption), ...belowOf(more)].filter(Boolean);
  return lines.length
    ? `<figure>\n${body}<figcaption>${lines.join("<br>\n")}</figcaption>\n</figure>\n`
    : body;
};

// Beside an image for wide columns lies one for phones: letters of the one are too small there.
/** @param {string} image */
export const phoneOf = (image) =>
  image.replace(/(\.\w+)?$/, (ending) => "-phone" + ending);

// No script: the image, which bears title, notes and legend itself, and what it cannot be: words,
// links, a table.
/**
 * @param {object} figure
 * @param {string} figure.lang
 * @param {Record<string, string> | null} [figure.book]
 * @param {string} figure.image
 * @param {string} figure.alt
 * @param {string} figure.caption
 * @param {number} figure.width
 * @param {number} figure.height
 * @param {TableRows} figure.rows
 * @param {{ text: string, url?: string | null }[]} figure.sources
 * @param {string} [figure.credit]
 * @param {string} [figure.notes]
 * @param {string} [figure.source]
 */
export const figure = ({
  lang,
  book,
  image,
  alt,
  caption,
  width,
  height,
  rows,
  sources,
  credit,
  notes,
  source,
}) => {
  const word = (/** @type {string} */ key) => worded(key, lang, book);
  const small = (/** @type {string} */ text) => `<p><small>${text}</small></p>`;
  return [
    `<figure class="ai-atlas" lang="${lang}">`,
    `<picture>\n<source media="(max-width: 479px)" srcset="${escape(phoneOf(image))}">`,
    `<img src="${escape(image)}" alt="${escape(alt)}" width="${Math.round(width)}" height="${Math.round(height)}" loading="lazy">\n</picture>`,
    `<details>\n<summary>${escape(word("data"))}</summary>\n${table(rows)}\n</details>`,
    ...belowOf({ notes, source, lang, book }).map(small),
    sources.length
      ? small(escape(word("source")) + sources.map(cite).join(" · "))
      : "",
    credit ? small(escape(credit)) : "",
    caption ? `<figcaption>${escape(caption)}</figcaption>` : "",
    "</figure>\n",
  ]
    .filter(Boolean)
    .join("\n");
};
