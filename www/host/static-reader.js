// @ts-check
// What an element was given, read where no WebAssembly runs: JSON, CSV and the page's own table,
// without a word about what is wrong. Everywhere else src/data/input.rs reads them.

/** @import { Cell, Input, TableRows } from './types.d.ts' */
/** @import { PageTable } from './page-table.js' */

const BROKEN = /[\uFFFD\u0080-\u009F\uE000-\uF8FF]/;
// Letters that are not ASCII, as src/data/table/units.rs has them: marks such as · and ㈜ are none.
const LETTERS =
  /[ªµºÀ-ÖØ-öø-\u02C1\u0370-\u1FFF\u3005-\u3007\u3031-\u3035\u3041-\u3096\u309D-\u309F\u30A1-\u30FA\u30FC-\u318E\u31A0-\u31FF\u3400-\u4DBF\u4E00-\uA4CF\uAC00-\uD7A3\uF900-\uFDFF\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFDC\u{20000}-\u{3FFFF}]/gu;
/** @param {string} text @param {RegExp} what */
const count = (text, what) => text.match(what)?.length ?? 0;

// In Western words a letter that is not ASCII stands alone; letters of Asia are two such bytes each.
/** @param {string} text */
const standAlone = (text) => {
  const runs = text.match(/[^\x00-\x7F]+/g) ?? [];
  const marked = runs.reduce((sum, { length }) => sum + length, 0);
  return (marked - runs.length) * 4 <= marked;
};

// What a text in an encoding is made of, as src/data/encoding.rs asks it: of its letters at least so
// many tenths are of a kind, and it may say more.
/** @type {[label: string, kind: RegExp, tenths: number, fits?: (text: string) => boolean][]} */
const ENCODINGS = [
  ["euc-kr", /[가-힣]/g, 8],
  // Half-width katakana are what bytes of Latin letters look like.
  ["shift_jis", /[ぁ-ヿ]/g, 3, (text) => !/[｡-ﾟ]/.test(text)],
  ["windows-1252", /[À-ÿŠšŽžŒœŸ]/g, 5, standAlone],
];

/** @param {Uint8Array} bytes @param {(typeof ENCODINGS)[number]} encoding */
const decodeAs = (bytes, [label, kind, tenths, fits]) => {
  const text = new TextDecoder(label).decode(bytes);
  const found = BROKEN.test(text) ? 0 : count(text, kind);
  const mostly = found > 0 && found * 10 >= count(text, LETTERS) * tenths;
  return mostly && (fits?.(text) ?? true) ? text : null;
};

const JSON_BEGINS = /^\s*(?:\{|\[\s*[[{"\]])/;

// The first bytes of a file as far as they are ASCII.
/** @param {Uint8Array} bytes */
const beginOf = (bytes) =>
  /^[\x00-\x7F]*/.exec(
    new TextDecoder("latin1").decode(bytes.subarray(0, 1024)),
  )?.[0] ?? "";

// UTF-16 with its mark, UTF-8, or, of a table, what Korean, Japanese and Western European
// spreadsheets save when nobody asks them for UTF-8; null where it could be in several encodings or
// is in none of these.
/** @param {Uint8Array} bytes */
export const decode = (bytes) => {
  const mark = (bytes[0] << 8) | bytes[1];
  if (mark === 0xfffe || mark === 0xfeff)
    return new TextDecoder(mark === 0xfeff ? "utf-16be" : "utf-16le").decode(
      bytes.subarray(0, bytes.length & ~1), // half a character is none
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    if (JSON_BEGINS.test(beginOf(bytes))) return null;
    for (const encoding of ENCODINGS) {
      const text = decodeAs(bytes, encoding);
      if (text !== null) return text;
    }
    return null;
  }
};

const SAMPLE = 30; // lines

// The mark between cells, as src/data/csv.rs finds it: that of most lines, then the one that most
// lines have equally often; commas between digits may be decimal ones.
/** @param {string} text */
const commaOf = (text) => {
  const lines = text
    .slice(0, 65536)
    // What stands in quotation marks separates nothing; only where a cell begins does one open it.
    .replace(/(?<![^,;\t|\r\n])"(?:[^"]|"")*"/g, '"')
    .split(/[\r\n]+/)
    .filter(Boolean)
    .slice(0, SAMPLE);
  const decimals = lines.filter((line) => /\d,(?=\d)/.test(line)).length;
  const scores = [/(?<!\d),|,(?!\d)/g, /;/g, /\t/g, /\|/g].map((one, at) => {
    const found = lines.map((line) => count(line, one)).filter(Boolean);
    const alike = found.map((n) => found.filter((m) => m === n).length);
    return [found.length, Math.max(0, ...alike), at ? 0 : decimals];
  });
  const best = [0, 1, 2, 3].reduce((a, b) => {
    const at = [0, 1, 2].find((i) => scores[a][i] !== scores[b][i]);
    return at === undefined || scores[b][at] > scores[a][at] ? b : a;
  });
  return scores[best].some(Boolean) ? ",;\t|"[best] : ",";
};

/** @param {string} text @returns {TableRows} */
const readCsv = (text) => {
  const [named, mark] = /^"?sep=([^"\r\n])"?(?=[\r\n])/i.exec(text) ?? [""];
  text = text.slice(named.length);
  const comma = mark ?? commaOf(text);
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    // A blank before a quotation mark is no part of the cell.
    const quoted = / *(?=")/y;
    quoted.lastIndex = at;
    if (quoted.test(text)) at = quoted.lastIndex;
    if (text[at] === '"') {
      for (;;) {
        const end = text.indexOf('"', ++at);
        if (end < 0) throw Error("bad-table");
        cell += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
    }
    const from = at;
    while (
      at < text.length &&
      text[at] !== comma &&
      text[at] !== "\n" &&
      text[at] !== "\r"
    )
      at++;
    row.push(cell + text.slice(from, at));
    if (text[at] === comma) {
      at++;
      if (at < text.length) continue;
      row.push("");
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    if (row.length > 1 || row[0].trim()) rows.push(row);
    row = [];
  }
  const [head = [], ...rest] = rows;
  return { head: head.map((cell) => cell.trim()), rows: rest };
};

// The page's table as page-table.js takes it down, what spans several cells in each of them; the
// last row of headings is the heading.
/** @param {PageTable} table @returns {TableRows} */
const readCells = ({ caption, rows }) => {
  const grid = rows.map(() => /** @type {string[]} */ ([]));
  rows.forEach(({ cells, part, group }, y) => {
    let x = 0;
    for (const { text, colspan = 1, rowspan = 1 } of cells) {
      while (grid[y][x] !== undefined) x++;
      for (
        let down = 0;
        down < Math.min(rowspan || 1000, 1000) &&
        rows[y + down]?.part === part &&
        rows[y + down].group === group;
        down++
      )
        for (let along = 0; along < Math.min(colspan, 1000); along++)
          grid[y + down][x + along] = text;
    }
    for (let i = 0; i < grid[y].length; i++) grid[y][i] ??= "";
  });
  const first = Math.max(1, rows.filter(({ part }) => part === "thead").length);
  // One heading below two others is two: `2023 sales`, `2024 sales`.
  const [above, head = []] = first > 1 ? grid.slice(first - 2) : [[], grid[0]];
  const again = new Set(head).size < head.length;
  return {
    caption,
    head: head.map((own, i) =>
      again && above[i] && above[i] !== own ? `${above[i]} ${own}` : own,
    ),
    rows: grid
      .slice(first)
      .filter(
        (row, i) => rows[first + i].part === "tbody" && row.some(Boolean),
      ),
  };
};

/** @param {string} code */
const fault = (code) => Object.assign(Error(code), { code });

// What an element was given, as data-source.js has it (bytes, text or data): a file of any kind, or
// a table with caption, head and rows.
/** @param {Input} input @returns {any} JSON may be anything */
export const readStatic = ({ bytes, text, data, format }) => {
  if (data !== undefined)
    return format === "cells"
      ? readCells(/** @type {PageTable} */ (data))
      : data;
  if (/^(?:80,75,3,4|208,207,17,224)$/.test(`${bytes?.slice(0, 4)}`))
    throw fault("workbook");
  const given = bytes ?? new Uint8Array();
  const words = (text ?? decode(given))?.replace(/^\uFEFF/, "");
  if (
    /^\s*<(?:!doctype\s+html|html|head|body|!--)/i.test(words ?? beginOf(given))
  )
    throw fault("web-page");
  if (words === undefined) throw fault("not-text");
  return JSON_BEGINS.test(words) ? JSON.parse(words) : readCsv(words);
};
