// @ts-check
// The data as a table below the picture, for readers who ask for it.
import { h, say } from "../dom.js";
import { errorText, t } from "../i18n.js";
import { tableNode } from "../load-table.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Template } from '../template.js' */
/** @import { Table } from '../types.d.ts' */

const MAX_TRIES = 2; // an engine that ends meanwhile is followed by another

export class PanelController {
  /** @type {ControllerHost} */
  #host;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {Template} ui */
  hostRendered({ panel, tableButton }) {
    tableButton.addEventListener("click", () => this.toggle());
    panel.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape") return;
      this.toggle();
      this.#host.keyboard.outline.focus(undefined, false);
    });
  }

  updateButton() {
    const { theme, ui } = this.#host;
    const key = ui.panel.hidden ? "table" : "hide";
    say(ui.tableButton, t(key, theme.lang));
  }

  // The rows of the data; throws where there are none to be had.
  /** @returns {Promise<Table>} */
  async table() {
    const { data, errors, fallback, session, status } = this.#host;
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      await data.whenArrived();
      if (data.pending) break;
      const table =
        status.tier === "static"
          ? await fallback.table()
          : data.loaded && (await session.request({ type: "table" }));
      if (table) return table;
    }
    throw errors.noTable();
  }

  // The table, or it no more. Whoever comes to it by the key goes to its beginning, and by Escape
  // back.
  /** @param {boolean} [go] */
  async toggle(go) {
    const { captions, focus, theme, ui } = this.#host;
    const { panel, tableButton } = ui;
    const { moves } = focus;
    if (panel.hidden) {
      const lost = (/** @type {string} */ why) => h("p", { tabindex: -1 }, why);
      const node = await this.table().then(
        (table) =>
          tableNode(table, theme.lang).catch(() =>
            lost(errorText("assets", theme.lang)),
          ),
        ({ message }) => lost(message),
      );
      panel.replaceChildren(node);
    }
    panel.hidden = !go && !panel.hidden;
    tableButton.setAttribute("aria-expanded", String(!panel.hidden));
    captions.update();
    // Unless the reader has gone on meanwhile.
    if (go && moves === focus.moves)
      /** @type {HTMLElement} */ (panel.firstChild).focus();
  }
}
