// @ts-check
// What is selected: a row, or the organisation that it is about; shared by the elements of a group.
import { engineClient } from "../engine-client.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Tooltip } from '../types.d.ts' */
/** @typedef {{ datum: number, entity?: string | null }} Row */

// An id, or `#` and the number of a row where there is none.
/** @param {Row} row */
export const idOf = ({ datum, entity }) => entity || "#" + datum;

export class SelectionController {
  /** @type {ControllerHost} */
  #host;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  hostConnected() {
    const { element } = this.#host;
    const chosen = element.group && engineClient.chosen(element.group);
    if (element.selected) this.share(element.selected);
    else if (chosen) element.selected = chosen;
  }

  // Rows are this element's own affair.
  /** @param {string} selected */
  share(selected) {
    const { element, session } = this.#host;
    const entity = selected.startsWith("#") ? "" : selected;
    engineClient.select(session.id, element.group, entity);
  }

  /** @param {Row} row */
  isSelected({ entity, datum }) {
    const { selected } = this.#host.element;
    return !!selected && (selected === entity || selected === "#" + datum);
  }

  // Selects a row, or nothing where it was selected.
  /** @param {Row | null} item @param {Tooltip | null} [content] */
  toggle(item, content) {
    const host = this.#host;
    const { element, focus, tooltip } = host;
    const id = item ? idOf(item) : "";
    const next = id === element.selected ? "" : id;
    if (next === element.selected) return;
    element.selected = next;
    host.emit("atlas-select", {
      id: next || null,
      entity: (next && item?.entity) || null,
      row: next ? (item?.datum ?? null) : null,
    });
    focus.mark(!!next);
    if (!next || !item) tooltip.hide();
    else if (content) tooltip.show(content, true);
    else tooltip.request(item.datum, true);
  }

  // A row that was found or listed becomes the selected one, wherever it is.
  /** @param {number} datum */
  async focusDatum(datum) {
    const { keyboard, session, tooltip, view } = this.#host;
    const content = await session.request({ type: "tooltip", datum });
    if (!content) return;
    view.act([["show", datum]], null, true);
    const item = keyboard.outline.get(datum);
    tooltip.anchor = item;
    const { entity } = content;
    if (this.isSelected({ entity, datum })) tooltip.show(content, true);
    else this.toggle({ datum, entity }, content);
  }
}
