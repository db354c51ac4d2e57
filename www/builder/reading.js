// @ts-check
// What the engine reads in a text, and what the author says of it: the kind of graphic, what columns
// are, what numbers count. What is said of one table is not said of the next.
import { decode } from "../host/static-reader.js";
import { chosen, state, ui } from "./page.js";
import { KINDS } from "./roles.js";
import { columnsText, only } from "./table-text.js";
import { word } from "./words.js";

/** @import { AtlasFile, AtlasFileColumn, AtlasReadOptions } from '../host/public-types.d.ts' */
/** @import { Data, Table } from './page.js' */
/**
 * A table as it was read.
 * @typedef {object} Reading
 * @property {string} kind
 * @property {Table} table all of it
 * @property {AtlasFileColumn[]} columns
 * @property {string[]} own what the columns are where the author says nothing
 * @property {NonNullable<AtlasFile["issues"]>} issues
 */
/**
 * @typedef {object} Parsed
 * @property {any} [error]
 * @property {string[]} order the kinds to try
 * @property {Data} [data]
 * @property {Reading} [reading]
 */

/** @type {{ kind: string, roles: Record<string, Map<string, string>>, key: string }} */
const author = { kind: "", roles: {}, key: "" };

/** @param {string[]} head */
const keyOf = (head) => JSON.stringify(head.map((one) => one.trim()));

/** @param {string} kind */
const rolesOf = (kind) => (author.roles[kind] ??= new Map());

/** @param {string} kind */
export const chooseKind = (kind) => {
  author.kind = kind;
};

// What is now text is another table, or the same one with other headings.
/** @param {string[]} [head] */
export const keepChoices = (head) => {
  author.key = head ? keyOf(head) : "";
};

export const forget = () => {
  Object.assign(author, { kind: "", roles: {}, key: "" });
  ui.unit.value = "";
};

// A column is a field, "" is left out; a field belongs to one column, but values may be of several
// periods.
/** @param {Reading} reading @param {number} at @param {string} field */
export const chooseRole = ({ kind, table, own }, at, field) => {
  const roles = rolesOf(kind);
  const heading = table.head[at].trim();
  for (const [other, taken] of roles)
    if (taken === field && field && field !== "value") roles.delete(other);
  // What the engine says by itself nobody has to say.
  if (own[at] === field) roles.delete(heading);
  else roles.set(heading, field);
  author.kind = kind;
};

/** The attributes that say what the author says. @param {string} kind */
export const toldAttributes = (kind) => ({
  columns: columnsText(rolesOf(kind)),
  unit: ui.unit.value.trim(),
});

// A text whose encoding is not known.
const unread = {
  code: "not-text",
  detail: "",
  line: 0,
  ko: word("encoding", "ko"),
  en: word("encoding", "en"),
};

/**
 * Without an engine the element shows what it can.
 * @param {Uint8Array} bytes
 * @param {string} [named]
 * @param {AtlasReadOptions} [options]
 * @returns {Promise<AtlasFile>}
 */
export const examine = async (bytes, named = state.name, options = {}) => {
  /** @type {any} */
  const engine = await customElements.whenDefined("atlas-market-share");
  return engine.read(bytes, named, options).catch(() => {
    const text = decode(bytes);
    if (text === null) return { error: unread };
    return { format: /^\s*[[{]/.test(text) ? "json" : "csv", text };
  });
};

/** @param {string} text @param {AtlasReadOptions} [options] */
const read = (text, options) =>
  examine(new TextEncoder().encode(text), state.name, options);

// The columns as the author wants them. A column that is left out is not handed on at all: then it
// can be nothing by its heading either.
/** @param {Table} table @param {string} kind @param {AtlasFile} plain */
const readAgain = async (table, kind, plain) => {
  const roles = rolesOf(kind);
  const keep = (/** @type {number} */ at) =>
    roles.get(table.head[at].trim()) !== "";
  const { columns, unit } = toldAttributes(kind);
  const asked = only(table, keep);
  const answer = await read(JSON.stringify(asked), { kind, columns, unit });
  const left = [...(answer.columns ?? [])];
  /** @type {AtlasFileColumn[]} */
  const all = table.head.map((heading, at) => {
    const none = { field: "", unit: "", power: 0, period: "", nearest: "" };
    const unused = { ...none, heading, guessed: false, doubtful: false };
    return (keep(at) ? left.shift() : null) ?? unused;
  });
  return { ...plain, ...answer, columns: all, asked };
};

/** @param {AtlasFile} first @param {string} text @returns {Promise<Parsed>} */
const parseTable = async (first, text) => {
  const { head = [], rows = [], lines = [] } = first;
  const key = keyOf(head);
  if (author.key !== key) {
    forget();
    author.key = key;
  }
  const kind = author.kind || first.kind || "market-share";
  /** @type {Table} */
  const table = {
    caption: ui.title.value.trim() || (first.title ?? ""),
    head,
    rows,
    lines,
    ...(first.unit && { unit: first.unit }),
    ...(first.semicolon && { semicolon: true }),
  };
  const unit = ui.unit.value.trim();
  const plain =
    kind === first.kind && !unit ? first : await read(text, { kind, unit });
  /** @type {AtlasFile & { asked?: Table }} */
  const answer = rolesOf(kind).size
    ? await readAgain(table, kind, plain)
    : plain;
  const { columns = [], issues = [], asked = table } = answer;
  const own = (plain.columns ?? []).map(({ field }) => field);
  return {
    data: { table: asked },
    order: [kind],
    reading: { kind, table, columns, own, issues },
  };
};

// The data, and the kinds that it may be, in order; or why it is none.
/** @param {string} text @returns {Promise<Parsed>} */
export const parse = async (text) => {
  if (state.foreign) return { error: state.foreign, order: [] };
  if (!text.trim()) return { order: [chosen("kind")] };
  const first = await read(text);
  // JSON that is none the element refuses, as readers would see it.
  if (first.error && first.format !== "json" && !first.head)
    return { error: first.error, order: [] };
  if (first.head && first.rows) return parseTable(first, text);
  if (author.key) forget();
  const json = first.format === "json";
  const named = KINDS.find((kind) => text.includes(`ai-atlas/${kind}`));
  const order = [author.kind, named ?? "market-share", ...KINDS];
  return {
    data: json ? { json: text } : { text },
    order: [...new Set(order)].filter(Boolean),
  };
};
