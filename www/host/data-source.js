// @ts-check
// Where an element's data comes from: its property, its file, its own children, or what the library
// ships.
import { circleIn } from "./circle.js";
import { address } from "./dom.js";
import { scriptUrl } from "./engine-client.js";
import { heldUp, refused } from "./missing-files.js";
import { assets, load } from "./assets.js";

/** @import { CodedError, FigureElement, Input, Kind } from './types.d.ts' */

const MAX_BYTES = 32 << 20;
const SILENT_MS = 15e3;

/** @param {string} code @param {any} [detail] @returns {CodedError} */
const stop = (code, detail) => Object.assign(Error(code), { code, detail });

// The bytes of an address; told(part) hears how much has come. A bad answer, silence or too much
// throws, mostly an error with a code.
/** @param {string} url @param {AbortController} control @param {(fraction: number) => void} told */
const download = async (url, control, told) => {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), SILENT_MS);
  };
  try {
    listen();
    const response = await fetch(url, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: control.signal,
    });
    if (!response.ok)
      throw stop("fetch-failed", {
        status: response.status,
        reason: refused(url, response.status),
      });
    const total = +(
      /** @type {string} */ (response.headers.get("content-length"))
    );
    if (total > MAX_BYTES) throw stop("too-large");
    const parts = [];
    let size = 0;
    const body = /** @type {ReadableStream} */ (response.body);
    for (
      let reader = body.getReader(), piece;
      !(piece = await reader.read()).done;
    ) {
      listen(); // slow is not silent
      parts.push(piece.value);
      size += piece.value.length;
      if (size > MAX_BYTES) throw stop("too-large");
      if (total) told(Math.min(0.99, size / total));
    }
    return {
      bytes: new Uint8Array(await new Blob(parts).arrayBuffer()),
      type: response.headers.get("content-type") ?? "",
    };
  } catch (error) {
    const silent = control.signal.aborted;
    control.abort(); // ends an endless stream
    if (error.code?.includes?.("-") || (error.name !== "TypeError" && !silent))
      throw error;
    const [name, directive] = [
      new URL(url).pathname.split("/").pop(),
      await heldUp(url),
    ];
    throw stop("fetch-failed", {
      reason: directive
        ? `blocked: ${name} ${directive}`
        : `unreachable: ${name}`,
    });
  } finally {
    clearTimeout(timer);
  }
};

// The data that come with the library, as a script: where a policy lets no data be asked for.
/** @type {any} */
const shipped = globalThis;
const KEY = Symbol.for("ai-atlas-data");
/** @param {string} url @param {Kind} kind @returns {Promise<unknown>} */
const scripted = (url, kind) =>
  new Promise((done, fail) => {
    const script = document.createElement("script");
    setTimeout(() => (script.remove(), fail()), SILENT_MS);
    script.addEventListener(
      "load",
      () => (
        script.remove(),
        shipped[KEY]?.[kind] ? done(shipped[KEY][kind]) : fail()
      ),
    );
    script.addEventListener("error", () => (script.remove(), fail()));
    script.src = scriptUrl(url);
    document.head.append(script);
  });

// Whether a structured clone of data says all that JSON would say of them: no class of its own, no
// toJSON, nothing that cannot be copied. A reactive proxy looks plain; copying it fails, and then
// it is written down.
/** @param {unknown} data */
const isPlain = (data) => {
  /** @type {any[]} */
  const rest = [data];
  for (let seen = 0; rest.length && seen < 7e5; seen++) {
    const one = rest.pop();
    const kind = Object.getPrototypeOf(one);
    if (kind === Date.prototype) continue;
    if (
      (kind !== Object.prototype &&
        kind !== Array.prototype &&
        kind !== null) ||
      Object.hasOwn(one, "toJSON")
    )
      return false;
    for (const part of Array.isArray(one) ? one : Object.values(one)) {
      if (typeof part === "object") part && rest.push(part);
      else if (
        typeof part === "bigint" ||
        typeof part === "function" ||
        typeof part === "symbol"
      )
        return false;
    }
  }
  return true;
};

// What JSON has no word for, but anyone would read as a list, a record or a number.
/** @param {string} _ @param {any} one @returns {unknown} */
const plainer = (_, one) => {
  if (typeof one === "bigint") return Number(one);
  if (
    one instanceof Set ||
    (ArrayBuffer.isView(one) && !(one instanceof DataView))
  )
    return [.../** @type {any} */ (one)];
  return one instanceof Map ? Object.fromEntries(one) : one;
};

// Data as the text that JSON has for them.
/** @param {unknown} data @returns {Input} */
export const toJsonInput = (data) => {
  let text;
  try {
    text = JSON.stringify(data, plainer);
  } catch {
    throw stop("circle", circleIn(data));
  }
  return { text: text ?? "null", format: "json" };
};

// `src` of who wants the data that come with the library; they lie where the library lies.
export const SHIPPED = "shipped";

const NONE_MS = 1000; // frameworks put children and data into an element after it is in the page

// Whether the parser may still be inside the element.
/** @param {Element} element */
const arriving = (element) => {
  if (document.readyState !== "loading") return false;
  for (
    let node = /** @type {Node | null} */ (element);
    node;
    node = node.parentNode
  )
    if (node.nextSibling) return false;
  return true;
};

// The element's own children that are data: what they hold, or nothing while there is nothing in
// them.
/** @param {Element} element @returns {Promise<Input | undefined>} */
const inside = async (element) => {
  const script = element.querySelector(
    ':scope > script[type="application/json"]',
  );
  if (script && !/^\s*(null\s*)?$/.test(script.textContent))
    return { text: script.textContent, format: "json" };
  const table = element.querySelector("table");
  if (!table?.rows.length) return;
  const reader = await load("page-table").catch(() => null);
  // Where its module does not come the page's own table is what there is to see. The engine says
  // that they could not be read: where there is none either, that is what is wrong.
  return reader
    ? { data: reader.readTable(table), format: "cells" }
    : { refused: ["fetch-failed"] };
};

// What to post to the engine, without id: { bytes, name, mediaType }, what they are being told
// there by what they begin with, or { text | data, format }. Where the page gives nothing at all,
// nothing is shown: never data that nobody asked for.
/**
 * @param {FigureElement} element
 * @param {Kind} kind
 * @param {AbortController} control
 * @param {(fraction: number) => void} told
 * @returns {Promise<Input>}
 */
export const loadData = async (element, kind, control, told) => {
  const { data } = element;
  if (data !== undefined && data !== "")
    return typeof data !== "object" || isPlain(data)
      ? { data, format: "json" }
      : toJsonInput(data);
  const src = element.getAttribute("src");
  if (!src) {
    if (arriving(element))
      await new Promise((done) =>
        document.addEventListener("DOMContentLoaded", done, { once: true }),
      );
    let own = await inside(element);
    if (!own) {
      await new Promise((done) => setTimeout(done, NONE_MS));
      own = await inside(element);
    }
    if (own) return own;
    throw stop("no-data");
  }
  const url =
    src !== SHIPPED
      ? address(src, ["http:", "https:", "data:", "blob:", "file:"])
      : assets.data(kind);
  if (!url) throw stop("fetch-failed");
  /** @type {any} */
  const answer = await download(url, control, told).catch(async (error) => {
    if (
      !error.detail?.reason?.startsWith("blocked") ||
      !/^(shipped)?$/.test(src ?? "")
    )
      throw error;
    return {
      data: await scripted(url.replace(/json$/, "js"), kind).catch(() =>
        Promise.reject(error),
      ),
    };
  });
  if (answer.data) return { data: answer.data, format: "json" };
  return {
    bytes: answer.bytes,
    name: url.split(/[?#]/)[0].slice(-1000),
    mediaType: answer.type,
  };
};
