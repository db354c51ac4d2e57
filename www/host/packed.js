// @ts-check
// The two long lists of a scene as objects. They come from the engine as one block of numbers and
// one of texts (`Packed` in src/protocol/, which says what stands where).

/** @import { Packed, SceneReply } from './protocol.d.ts' */
/** @typedef {'start' | 'middle' | 'end'} Align */
/**
 * @typedef {{ x: number, y: number, w: number, h: number, text: string, size: number, bold: boolean, italic: boolean, align: Align, color: string, lines: number, datum: number }} Label
 */
/**
 * @typedef {object} Item
 * @property {number} datum @property {number} x @property {number} y @property {number} w @property {number} h
 * @property {string} name @property {string} key @property {string} initials @property {string | null} entity
 * @property {number} group
 * @property {number[]} go
 * @property {string[]} [lines]
 * @property {number[]} [via]
 * @property {boolean} [opens]
 */
/** @typedef {Omit<SceneReply, 'labels' | 'outline'> & { labels: Label[], outline: Item[] }} Scene */

/** @type {readonly Align[]} */
const ALIGN = ["start", "middle", "end"];

/** @param {Packed} packed @returns {[Float64Array, string[]]} */
const open = ({ numbers, texts }) => [
  new Float64Array(numbers.buffer),
  texts.split("\0"),
];

// Red is the lowest byte of a colour; one that is opaque needs no fourth byte.
/** @param {number} color */
const css = (color) => {
  const hex = [0, 8, 16, 24]
    .map((bits) => ((color >>> bits) & 255).toString(16).padStart(2, "0"))
    .join("");
  return "#" + (hex.endsWith("ff") ? hex.slice(0, 6) : hex);
};

/** @param {Packed} packed @returns {Label[]} */
export const labelsOf = (packed) => {
  const [numbers, texts] = open(packed);
  const known = new Map(); // a picture has a handful of colours
  const out = [];
  for (let at = 0; at < numbers.length;) {
    const text = texts[at / 9];
    const [x, y, w, h, size, lines, datum, ink, bits] = numbers.subarray(
      at,
      (at += 9),
    );
    if (!known.has(ink)) known.set(ink, css(ink));
    out.push({
      x,
      y,
      w,
      h,
      text,
      size,
      bold: (bits & 1) > 0,
      italic: (bits & 2) > 0,
      align: ALIGN[bits >> 2],
      color: known.get(ink),
      lines,
      datum,
    });
  }
  return out;
};

/** @param {Packed} packed @returns {Item[]} */
export const outlineOf = (packed) => {
  const [numbers, texts] = open(packed);
  const out = [];
  let next = 0;
  for (let at = 0; at < numbers.length;) {
    const [datum, x, y, w, h, group, left, right, up, down, ...rest] =
      numbers.subarray(at, (at += 16));
    const [count, bits] = rest.splice(4);
    const [name, key, initials] = texts.slice(next, (next += 3));
    const entity = bits & 2 ? texts[next++] : null;
    /** @type {Item} */
    const item = {
      datum,
      x,
      y,
      w,
      h,
      name,
      key,
      initials,
      entity,
      group,
      go: [left, right, up, down],
    };
    if (count)
      Object.assign(item, {
        lines: texts.slice(next, (next += count)),
        via: rest,
      });
    if (bits & 1) item.opens = true;
    out.push(item);
  }
  return out;
};

/** @param {SceneReply} reply @returns {Scene} */
export const sceneOf = (reply) => ({
  ...reply,
  labels: labelsOf(reply.labels),
  outline: outlineOf(reply.outline),
});
