// @ts-check
// Buttons for everything that fingers do: nearer, farther, all of it, and pushing.
import { h } from "./dom.js";
import { t } from "./i18n.js";

/** @import { Act } from './protocol.d.ts' */
/** @import { Scene } from './types.d.ts' */

export const ZOOM_FACTOR = 1.6; // of a button or key

// Nearer or farther about the middle.
/** @param {Scene} scene @param {number} factor @returns {Act} */
export const zoomAct = ({ width, height }, factor) => [
  "zoom",
  width / 2,
  height / 2,
  factor,
];

// `current()` is the scene when a button is pressed, which may have another size by then.
/** @param {Scene} scene @param {string} lang @param {() => Scene} current @param {(act: Act) => void} onAct */
export const zoomButtons = (scene, lang, current, onAct) => {
  const { moved, width, height, keys } = scene;
  /** @param {string} text @param {string} key @param {() => Act} act @param {Record<string, any>} [state] */
  const button = (text, key, act, state) => {
    const name = t(key, lang);
    const node = h(
      "button",
      { type: "button", "aria-label": name, title: name, ...state },
      text,
    );
    node.addEventListener("click", () => onAct(act()));
    return node;
  };
  // What is nearer can be pushed without dragging. Until then there is room for it, so that nothing
  // jumps under two fingers.
  const away = { class: moved ? "way" : "way off" };
  /** @param {string} text @param {string} name @param {number} x @param {number} y */
  const push = (text, name, x, y) => {
    /** @type {Act} */
    const act = [
      "drag",
      width / 2,
      height / 2,
      width * (0.5 + x / 2),
      height * (0.5 + y / 2),
    ];
    return button(text, name, () => act, away);
  };
  /** @param {string} text @param {string} name @param {string} key */
  const turn = (text, name, key) =>
    button(text, name, () => ["key", key, -1], away);
  const whenMoved = { "aria-disabled": !moved && "true" };
  return [
    button("+", "nearer", () => zoomAct(current(), ZOOM_FACTOR)),
    button(
      "−",
      "farther",
      () => zoomAct(current(), 1 / ZOOM_FACTOR),
      whenMoved,
    ),
    button("⤢", "fit", () => ["key", "0", -1], whenMoved),
    ...(keys.includes("PageUp")
      ? [turn("←", "earlier", "PageUp"), turn("→", "later", "PageDown")]
      : [
          push("←", "left", 1, 0),
          push("→", "right", -1, 0),
          push("↑", "up", 0, 1),
          push("↓", "down", 0, -1),
        ]),
  ];
};
