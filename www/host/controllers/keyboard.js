// @ts-check
// What keyboards and screen readers do in the tree over the picture.
import { AccessibleTree } from "../accessible-tree.js";
import { say } from "../dom.js";
import { ZOOM_FACTOR, zoomAct } from "../zoom-buttons.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Item } from '../packed.js' */
/** @import { Scene } from '../types.d.ts' */

/** @type {Record<string, number>} */
const FACTORS = { "+": ZOOM_FACTOR, "=": ZOOM_FACTOR, "-": 1 / ZOOM_FACTOR };

export class KeyboardController {
  /** @type {ControllerHost} */
  #host;
  /** The tree. @type {AccessibleTree} */
  // @ts-ignore
  outline;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  create() {
    const host = this.#host;
    this.outline = new AccessibleTree(
      {
        focus: (item) => {
          if (!item) return;
          host.tooltip.request(item.datum, host.selection.isSelected(item));
          host.pointer.setHover(item.datum);
        },
        blur: (event) => this.onBlur(event),
        pick: (item) => {
          host.tooltip.anchor = item;
          if (item.opens) host.view.act([["open", item.datum]], null, true);
          else host.selection.toggle(item);
        },
        escape: () => {
          if (host.element.selected) host.selection.toggle(null);
          else if (!host.ui.tooltip.hidden) host.tooltip.hide();
          else host.view.act([["key", "Escape", -1]], null, true);
        },
        table: () => host.panel.toggle(true),
        tell: (words) => say(host.ui.live, words),
        key: (key, item) => this.#onKey(key, item),
      },
      host.kind,
    );
    return this.outline.node;
  }

  /** @param {string} key @param {Item} item */
  #onKey(key, { datum }) {
    const { element, view } = this.#host;
    const scene = /** @type {Scene} */ (this.#host.scene);
    const factor = FACTORS[key];
    if (factor && (!scene.zooms || element.disableZoom)) return;
    view.act(
      [factor ? zoomAct(scene, factor) : ["key", key, datum]],
      null,
      true,
    );
  }

  // The focus has left a mark or its tooltip for something that is neither.
  /** @param {FocusEvent} event */
  onBlur({ relatedTarget }) {
    const { pointer, tooltip, ui } = this.#host;
    const target = /** @type {Node | null} */ (relatedTarget);
    if (ui.tooltip.contains(target) || this.outline.node.contains(target))
      return;
    tooltip.hide();
    pointer.setHover(-1);
  }
}
