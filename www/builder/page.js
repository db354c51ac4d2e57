// @ts-check
// What every part of the builder has of its page: its fields by id, its language, what it is busy
// with, and what it has read.

/** @import { AtlasFile, AtlasIssue } from '../host/public-types.d.ts' */
/** @import { FigureElement, TableRows } from '../host/types.d.ts' */

/** @typedef {TableRows & { lines?: number[], semicolon?: boolean, unit?: string }} Table */
/** @typedef {{ table?: Table, json?: string, text?: string }} Data */
/**
 * What was drawn last: an element of a kind, with what data, and whether it worked.
 * @typedef {object} Drawn
 * @property {string} kind
 * @property {any} [element]
 * @property {Data} [data]
 * @property {boolean} [ok]
 * @property {boolean} [still] nothing can be drawn in this browser
 * @property {AtlasIssue[]} [issues] the first of them
 * @property {number} [count] how many there are
 * @property {{ line?: number, message: string, code?: string }} [error]
 */

/** Fields of the page by their id. @type {Record<string, any>} */
export const ui = new Proxy(
  {},
  { get: (_, id) => document.getElementById(String(id)) },
);

/** @param {string} name */
export const chosen = (name) =>
  /** @type {HTMLInputElement} */ (
    document.querySelector(`input[name="${name}"]:checked`)
  ).value;

export const lang = () =>
  document.documentElement.lang === "en" ? "en" : "ko";

/** The language that the graphic will be in, as far as it is known here. */
export const own = () => ui.lang.value || lang();

/** @param {HTMLElement} node @param {string} text */
export const tell = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

// What is said to assistive technology while something is being worked out.
let working = 0;
/** @param {() => Promise<void>} work */
export const busy = (work) => async () => {
  ui.preview.setAttribute("aria-busy", String(++working > 0));
  try {
    await work();
  } finally {
    ui.preview.setAttribute("aria-busy", String(--working > 0));
  }
};

export const state = {
  /** How often another text was begun: a file that is still being read is late then. */
  texts: 0,
  /** Why a file that was dropped is no text, until something is typed. @type {any} */
  foreign: null,
  /** How often the text was read. */
  runs: 0,
  /** Of the file. */
  name: "",
  /** @type {Drawn} */
  now: { kind: "market-share" },
  /** Numbers of a column can be read in two ways. */
  doubtful: false,
  /** The words that the element says, as they stand in the fields. @type {Record<string, string>} */
  draft: {},
};
