// @ts-check
// What pointers do on the picture: hover, click, hold, and the gestures that zoom and pan.
import { boxOf, say } from "../dom.js";
import { gestures } from "../gestures.js";
import { t } from "../i18n.js";
import { idOf } from "./selection.js";

/** @import { ControllerHost } from './host.js' */
/** @import { FromEngine } from '../messages.d.ts' */
/** @import { Template } from '../template.js' */
/** @import { Anchor, Tooltip } from '../types.d.ts' */
/**
 * A place that the engine is asked about.
 * @typedef {object} Pick
 * @property {number} x @property {number} y
 * @property {boolean | 'hold'} click True for a click, `hold` for a finger that rests.
 * @property {boolean} [again] It was moved to a mark that is near.
 * @property {boolean} [gone] The pointer has left the picture.
 */

// Whose picture shows what the pointer is at; the others need no frame for it.
const TRACES_HOVER = "value-chain";
const HINT_MS = 1500;
const HIT_PX = 8; // of a mark that the tree does not have

export class PointerController {
  /** @type {ControllerHost} */
  #host;
  /** The row that the pointer or the keyboard is at; −1 for none. */
  hover = -1;
  /** On its way to the engine, one at a time. @type {Pick | null} */
  #pending = null;
  /** The newest one after it. @type {Pick | null} */
  #next = null;
  #hinted = false;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {Template} ui */
  hostRendered({ stage }) {
    const host = this.#host;
    const at = (/** @type {MouseEvent} */ event) => this.#placeOf(event);
    const { moving } = gestures(stage, at, {
      zooms: () => !!host.scene?.zooms && !host.element.disableZoom,
      begin: () => host.view.viewState(),
      act: (acts, base) => {
        if (base) host.tooltip.hide();
        host.view.act(acts, base);
      },
      hold: (x, y) => this.#pick({ x, y, click: "hold" }),
      hint: () => this.#hint(),
    });
    stage.addEventListener("pointermove", (event) => {
      if (event.pointerType === "touch" || moving()) return;
      const [x, y] = at(event);
      this.#pick({ x, y, click: false });
    });
    stage.addEventListener("pointerleave", () => {
      if (!this.#next?.click) this.#next = null;
      if (this.#pending) this.#pending.gone = true;
      if (host.data.loaded) this.#onHover(null);
    });
    stage.addEventListener("click", (event) => {
      const [x, y] = at(event);
      this.#pick({ x, y, click: true });
    });
  }

  // In the units of the scene.
  /** @param {MouseEvent} event @returns {[number, number]} */
  #placeOf({ clientX, clientY }) {
    const { theme, ui } = this.#host;
    const box = boxOf(ui.stage);
    return [
      (clientX - box.left) / box.x / theme.textScale,
      (clientY - box.top) / box.y / theme.textScale,
    ];
  }

  // Once: who scrolls past does not want to hear it again.
  #hint() {
    if (this.#hinted) return;
    this.#hinted = true;
    const { theme, ui } = this.#host;
    const key = /Mac|iP/.test(navigator.platform) ? "wheelMac" : "wheel";
    say(ui.hint, t(key, theme.lang));
    setTimeout(() => {
      ui.hint.hidden = true;
    }, HINT_MS);
  }

  reset() {
    this.#pending = null;
  }

  /** @param {Pick} pick */
  #pick(pick) {
    const { data, session, theme } = this.#host;
    if (!data.loaded) return;
    if (this.#pending) {
      if (!this.#next?.click) this.#next = pick;
      return;
    }
    this.#pending = pick;
    const { x, y } = pick;
    const seq = session.nextSeq();
    session.send({ type: "pick", seq, x, y, lang: theme.lang });
  }

  /** @param {Extract<FromEngine, { type: 'picked' }>} message */
  onPicked({ datum, opens, tooltip: content }) {
    const { keyboard, selection, tooltip, ui, view } = this.#host;
    const pick = this.#pending;
    const next = this.#next;
    this.#pending = this.#next = null;
    if (!pick) return;
    const { x, y, click } = pick;
    // A mark that a finger can hardly hit is as large as 24 px.
    const near =
      click && datum < 0 && !pick.again && keyboard.outline.near(x, y);
    if (near) {
      const [left, top] = [near.x + near.w / 2, near.y + near.h / 2];
      return this.#pick({ x: left, y: top, click, again: true });
    }
    const item = datum < 0 ? null : this.#itemAt(datum, pick, content);
    ui.stage.classList.toggle("hit", !!item);
    tooltip.anchor = item;
    if (click === "hold") {
      if (content) tooltip.show(content, true);
    } else if (click && opens) {
      tooltip.hide();
      view.act([["open", datum]], null, true);
    } else if (click) {
      tooltip.pinned = false;
      selection.toggle(item, content);
    } else if (!pick.gone) this.#onHover(item, content);
    if (next) this.#pick({ x: next.x, y: next.y, click: next.click });
  }

  /** @param {number} datum @param {Pick} pick @param {Tooltip | null} [content] @returns {Anchor} */
  #itemAt(datum, { x, y }, content) {
    return (
      this.#host.keyboard.outline.get(datum) ?? {
        datum,
        entity: content?.entity,
        x: x - HIT_PX / 2,
        y: y - HIT_PX / 2,
        w: HIT_PX,
        h: HIT_PX,
      }
    );
  }

  /** @param {Anchor | null} item @param {Tooltip | null} [content] */
  #onHover(item, content) {
    const { tooltip } = this.#host;
    const datum = item?.datum ?? -1;
    if (content && item && !tooltip.pinned) tooltip.show(content);
    else if (!item && !tooltip.pinned) tooltip.hide();
    if (!this.setHover(datum)) return;
    this.#host.emit("atlas-hover", {
      id: item ? idOf(item) : null,
      entity: item?.entity ?? null,
      row: item ? datum : null,
    });
  }

  // Whether that is another row than before.
  /** @param {number} datum */
  setHover(datum) {
    const { kind, view } = this.#host;
    if (datum === this.hover) return false;
    this.hover = datum;
    if (kind === TRACES_HOVER) view.requestUpdate();
    return true;
  }
}
