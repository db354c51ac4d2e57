// @ts-check
// What fingers, wheel and mouse do to a picture that can be zoomed, as acts that the engine
// understands. The page keeps scrolling: one finger up and down and the bare wheel are its own. A
// finger that rests asks what is under it.

/** @import { Act } from './protocol.d.ts' */
/** @typedef {[x: number, y: number]} Point */
/**
 * What gestures ask and say.
 * @typedef {object} Listener
 * @property {() => boolean} zooms @property {() => any} begin The view now.
 * @property {(acts: Act[], base?: any) => void} act They apply to `base`, or to the view as it is.
 * @property {() => void} hint @property {(x: number, y: number) => void} hold
 */

const SLOP = 5; // CSS px that a click may tremble
const HOLD_MS = 500;

// at: the place of an event in the picture. on: { zooms() → bool, begin() → the view now, act(acts,
// base), hint(), hold(x, y) }. Acts: ['zoom', x, y, factor], ['drag', x, y, to x, to y]; they apply
// to base.
/** @param {HTMLElement} stage @param {(event: MouseEvent) => Point} at @param {Listener} on */
export const gestures = (stage, at, on) => {
  /** @type {Map<number, { from: Point, to: Point }>} */
  const held = new Map(); // pointers that are down: id → { from, to }
  /** @type {any} */
  let base;
  let dragged = false;
  /** @type {[timer: ReturnType<typeof setTimeout>, x: number, y: number] | null} */
  let rests = null; // [timer, x, y]
  let asked = false;

  const restart = () => {
    base = on.begin();
    for (const one of held.values()) one.from = one.to;
  };
  const far = (/** @type {Point} */ [x, y], /** @type {Point} */ [u, v]) =>
    Math.hypot(u - x, v - y);
  /** @param {Point} a @param {Point} b @returns {Point} */
  const between = ([x, y], [u, v]) => [(x + u) / 2, (y + v) / 2];
  const stirs = () => {
    clearTimeout(rests?.[0]);
    rests = null;
  };

  stage.addEventListener("pointerdown", (event) => {
    stirs();
    asked = false;
    const to = at(event);
    const ask = () => {
      asked = true;
      on.hold(...to);
    };
    if (event.pointerType === "touch" && event.isPrimary)
      rests = [setTimeout(ask, HOLD_MS), ...to];
    if (!on.zooms() || event.button > 0 || held.size > 1) return;
    if (!held.size) dragged = false;
    held.set(event.pointerId, { from: to, to });
    restart();
  });
  stage.addEventListener("pointermove", (event) => {
    if (rests && far([rests[1], rests[2]], at(event)) > SLOP) stirs();
    const one = held.get(event.pointerId);
    if (!one) return;
    one.to = at(event);
    if (!dragged && held.size === 1 && far(one.from, one.to) < SLOP) return;
    if (!dragged) stage.setPointerCapture(event.pointerId);
    dragged = true;
    const [a, b] = held.values();
    if (!b) return on.act([["drag", ...a.from, ...a.to]], base);
    const middle = between(a.from, b.from);
    on.act(
      [
        ["zoom", ...middle, far(a.to, b.to) / Math.max(1, far(a.from, b.from))],
        ["drag", ...middle, ...between(a.to, b.to)],
      ],
      base,
    );
  });
  const gone = (/** @type {PointerEvent} */ { type, pointerId }) => {
    stirs();
    if (held.delete(pointerId)) restart();
    if (type === "pointercancel") dragged = false; // no click follows
  };
  stage.addEventListener("pointerup", gone);
  stage.addEventListener("pointercancel", gone);
  // The browser's own menu of a long press would lie over the answer.
  stage.addEventListener("contextmenu", (event) => {
    if (rests || asked) event.preventDefault();
  });
  stage.addEventListener(
    "click",
    (event) => {
      // The end of a drag or of a long press is no click.
      if (dragged || asked) event.stopImmediatePropagation();
      dragged = asked = false;
    },
    true,
  );
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!on.zooms()) return;
      if (!event.ctrlKey && !event.metaKey) return on.hint();
      event.preventDefault();
      const lines = event.deltaMode ? 30 : 1;
      on.act([
        [
          "zoom",
          ...at(event),
          Math.exp(Math.max(-1, Math.min(1, -event.deltaY * lines * 0.004))),
        ],
      ]);
    },
    { passive: false },
  );
  return { moving: () => dragged && held.size > 0 };
};
