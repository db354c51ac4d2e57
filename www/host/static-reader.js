// @ts-check
// What an element was given, read where no WebAssembly runs: JSON, CSV and the page's own table,
// without a word about what is wrong. Everywhere else src/data/input.rs reads them.

/** @import { Cell, Input, TableRows } from './types.d.ts' */
/** @import { PageTable } from './page-table.js' */

const BROKEN = /[\uFFFD\u0080-\u009F\uE000-\uF8FF]/;
// What a text in an encoding is made of, as src/data/encoding.rs asks it.
/** @type {[string, RegExp, number][]} */
const ENCODINGS = [
  ["euc-kr", /[가-힣]/g, 0.8],
  ["shift_jis", /[ぁ-ヿ]/g, 0.3],
  ["windows-1252", /[À-ÿŠšŽžŒœŸ]/g, 0.5],
];

// UTF-16 with its mark, UTF-8, or what Korean, Japanese and Western European spreadsheets save when
// nobody asks them for UTF-8.
/** @param {Uint8Array} bytes */
export const decode = (bytes) => {
  const mark = (bytes[0] << 8) | bytes[1];
  if (mark === 0xfffe || mark === 0xfeff)
    return new TextDecoder(mark === 0xfeff ? "utf-16be" : "utf-16le").decode(
      bytes,
    );
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    for (const [label, own, least] of ENCODINGS) {
      const text = new TextDecoder(label).decode(bytes);
      const letters = text.match(/(?![\x00-\x7F])\p{L}/gu)?.length ?? 0;
      const found = text.match(own)?.length ?? 0;
      if (found && found >= letters * least && !BROKEN.test(text)) return text;
    }
    // Names in another encoding would be others.
    throw Object.assign(Error(), { code: "not-text" });
  }
};

/** @param {string} text @returns {TableRows} */
const readCsv = (text) => {
  // What stands in quotation marks separates nothing, be it a comma or the end of a line.
  const [named, mark] = /^"?sep=([^"\r\n])"?(?=[\r\n])/i.exec(text) ?? [""];
  text = text.slice(named.length);
  // Only where a cell begins a mark opens one.
  const [, line = ""] =
    /^[\r\n]*((?:(?<![^,;\t\r\n])"(?:[^"]|"")*"|[^\r\n])*)/.exec(
      text.slice(0, 65536),
    ) ?? [];
  const first = line.replace(/(?<![^,;\t\r\n])"(?:[^"]|"")*"/g, "");
  const comma =
    mark ??
    [",", ";", "\t"].reduce((a, b) =>
      first.split(b).length > first.split(a).length ? b : a,
    );
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

// What an element was given, as data-source.js has it (bytes, text or data): a file of any kind, or
// a table with caption, head and rows.
/** @param {Input} input @returns {any} JSON may be anything */
export const readStatic = ({ bytes, text, data, format }) => {
  if (data !== undefined)
    return format === "cells"
      ? readCells(/** @type {PageTable} */ (data))
      : data;
  if (/^(?:80,75,3,4|208,207,17,224)$/.test(`${bytes?.slice(0, 4)}`))
    throw Object.assign(Error(), { code: "workbook" });
  const words = (text ?? decode(bytes ?? new Uint8Array())).replace(
    /^\uFEFF/,
    "",
  );
  if (/^\s*<(?:!doctype\s+html|html|head|body|!--)/i.test(words))
    throw Object.assign(Error(), { code: "web-page" });
  return /^\s*(?:\{|\[\s*[[{"\]])/.test(words)
    ? JSON.parse(words)
    : readCsv(words);
};
