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

/** @param {Point} a @param {Point} b */
const distance = ([x, y], [u, v]) => Math.hypot(u - x, v - y);
/** @param {Point} a @param {Point} b @returns {Point} */
const between = ([x, y], [u, v]) => [(x + u) / 2, (y + v) / 2];

class Gestures {
  // Pointers that are down, by id.
  /** @type {Map<number, { from: Point, to: Point }>} */
  #down = new Map();
  // The view that the acts of the pointers that are down apply to.
  /** @type {any} */
  #base;
  #dragged = false;
  /** @type {[timer: ReturnType<typeof setTimeout>, at: Point] | null} */
  #resting = null;
  #asked = false;

  /** @param {HTMLElement} stage @param {(event: MouseEvent) => Point} at @param {Listener} on */
  constructor(stage, at, on) {
    this.stage = stage;
    this.at = at;
    this.on = on;
  }

  moving = () => this.#dragged && this.#down.size > 0;

  #restart() {
    this.#base = this.on.begin();
    for (const one of this.#down.values()) one.from = one.to;
  }

  #stopResting() {
    clearTimeout(this.#resting?.[0]);
    this.#resting = null;
  }

  /** @param {PointerEvent} event */
  pointerdown = (event) => {
    this.#stopResting();
    this.#asked = false;
    const to = this.at(event);
    const ask = () => {
      this.#asked = true;
      this.on.hold(...to);
    };
    if (event.pointerType === "touch" && event.isPrimary)
      this.#resting = [setTimeout(ask, HOLD_MS), to];
    if (!this.on.zooms() || event.button > 0 || this.#down.size > 1) return;
    if (!this.#down.size) this.#dragged = false;
    this.#down.set(event.pointerId, { from: to, to });
    this.#restart();
  };

  /** @param {PointerEvent} event */
  pointermove = (event) => {
    if (this.#resting && distance(this.#resting[1], this.at(event)) > SLOP)
      this.#stopResting();
    const one = this.#down.get(event.pointerId);
    if (!one) return;
    one.to = this.at(event);
    const alone = this.#down.size === 1;
    if (!this.#dragged && alone && distance(one.from, one.to) < SLOP) return;
    if (!this.#dragged) this.stage.setPointerCapture(event.pointerId);
    this.#dragged = true;
    this.#drag();
  };

  #drag() {
    const [a, b] = this.#down.values();
    if (!b) return this.on.act([["drag", ...a.from, ...a.to]], this.#base);
    const middle = between(a.from, b.from);
    const factor = distance(a.to, b.to) / Math.max(1, distance(a.from, b.from));
    this.on.act(
      [
        ["zoom", ...middle, factor],
        ["drag", ...middle, ...between(a.to, b.to)],
      ],
      this.#base,
    );
  }

  /** @param {PointerEvent} event */
  pointerup = ({ type, pointerId }) => {
    this.#stopResting();
    if (this.#down.delete(pointerId)) this.#restart();
    if (type === "pointercancel") this.#dragged = false; // no click follows
  };

  // The browser's own menu of a long press would lie over the answer.
  /** @param {Event} event */
  contextmenu = (event) => {
    if (this.#resting || this.#asked) event.preventDefault();
  };

  // The end of a drag or of a long press is no click.
  /** @param {Event} event */
  click = (event) => {
    if (this.#dragged || this.#asked) event.stopImmediatePropagation();
    this.#dragged = this.#asked = false;
  };

  /** @param {WheelEvent} event */
  wheel = (event) => {
    if (!this.on.zooms()) return;
    if (!event.ctrlKey && !event.metaKey) return this.on.hint();
    event.preventDefault();
    const lines = event.deltaMode ? 30 : 1;
    const steps = Math.max(-1, Math.min(1, -event.deltaY * lines * 0.004));
    this.on.act([["zoom", ...this.at(event), Math.exp(steps)]]);
  };
}

// at: the place of an event in the picture. Acts: ['zoom', x, y, factor], ['drag', x, y, to x, to
// y]; they apply to base.
/** @param {HTMLElement} stage @param {(event: MouseEvent) => Point} at @param {Listener} on */
export const gestures = (stage, at, on) => {
  const all = new Gestures(stage, at, on);
  stage.addEventListener("pointerdown", all.pointerdown);
  stage.addEventListener("pointermove", all.pointermove);
  stage.addEventListener("pointerup", all.pointerup);
  stage.addEventListener("pointercancel", all.pointerup);
  stage.addEventListener("contextmenu", all.contextmenu);
  stage.addEventListener("click", all.click, true);
  stage.addEventListener("wheel", all.wheel, { passive: false });
  return { moving: all.moving };
};
