// @ts-check
// Where the keyboard is: one tab stop for everything around the picture, and whether the reader has
// gone on since they chose something.
import { rovingTabindex } from "../roving-tabindex.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Template } from '../template.js' */

export class FocusController {
  /** How often the focus has left something. */
  moves = 0;
  /** Makes a node the tab stop. @type {(node: HTMLElement | null) => void} */
  setTabStop = () => {};
  /** How often it had when the next tooltip was asked for by a choice. @type {number | null} */
  #marked = null;

  /** @param {Template} ui */
  hostRendered({ figure, root, stage }) {
    root.addEventListener("focusout", () => this.moves++);
    this.setTabStop = rovingTabindex(
      figure,
      [...figure.children].filter((part) => part !== stage),
    );
  }

  /** @param {boolean} chosen */
  mark(chosen) {
    this.#marked = chosen ? this.moves : null;
  }

  // Whether the focus is still there; asked once.
  takeMark() {
    const still = this.#marked === this.moves;
    this.#marked = null;
    return still;
  }
}
