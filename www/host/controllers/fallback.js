// @ts-check
// The last tier: where no picture can be painted the page's own table is shown, or one that is made
// here.
import { load } from "../assets.js";
import { h, say, scroller } from "../dom.js";
import { loadData } from "../data-source.js";
import { errorText, faultOf, isMissing, mend, t, translate } from "../i18n.js";
import { tableNode } from "../load-table.js";
import { languageOf } from "./theme.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Input, Table } from '../types.d.ts' */

export class FallbackController {
  /** @type {ControllerHost} */
  #host;
  /** Why there is no picture. @type {string | undefined} */
  #cause;
  /** Files of the library are not where they should be. */
  #missing = false;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  get #ownTable() {
    return this.#host.element.querySelector("table");
  }

  // No picture can be had any more.
  /** @param {string} reason */
  enter(reason) {
    const host = this.#host;
    const { data, element, scene, status, theme } = host;
    this.#cause = faultOf(reason);
    // A browser that runs no wasm is no error of anybody's; files of the library that are not where
    // they should be are.
    const missing = (this.#missing = isMissing(reason) && !scene);
    if (missing) status.error = "assets";
    Object.assign(status, { tier: "static", reason: mend(reason, theme.lang) });
    element.dataset.tier = "static";
    data.loaded = false;
    host.session.reset();
    if (data.input) data.arrived();
    if (data.input || this.#ownTable) this.show();
    else {
      host.opened = true;
      data.load();
    }
    if (missing) {
      const message = errorText(this.#cause, theme.lang);
      host.emit("error", { code: "assets", message, reason });
    }
  }

  // With a picture painted the picture stays; without one the page's own table is shown, or one
  // made here.
  async show(why = "static") {
    const host = this.#host;
    const { data, placeholder, status, theme, ui } = host;
    const { fallback, stage, tools, tableButton, downloads } = ui;
    placeholder.stopWaiting();
    placeholder.reveal();
    host.view.resolveUpdate();
    if (host.scene || status.error === "no-data") return;
    stage.hidden = tableButton.hidden = downloads.hidden = true;
    tools.hidden = false;
    this.showOwnTable();
    const own = this.#ownTable;
    const tell = (/** @type {string} */ code) => {
      if (!status.error || status.error === "assets")
        say(ui.error, errorText(code, theme.lang));
    };
    const cause = this.#cause ?? "static";
    if (own || why === "slow") tell(why === "slow" ? why : cause);
    const { input } = data;
    const table = input && (await this.table());
    const node = own ? null : await this.#node(table);
    if (input !== data.input) return; // what came since then is shown by itself
    if (host.scene || (data.loaded && why !== "slow")) return; // it came after all
    if (why === "static") {
      const bare = cause === "static" ? "engine" : cause + "-bare";
      tell(node || own ? cause : bare);
    }
    downloads.hidden = !table;
    if (node) fallback.replaceChildren(node);
  }

  // The page's own table, in place of the picture.
  showOwnTable() {
    const { element, theme, ui } = this.#host;
    const { fallback, ownTable } = ui;
    if (fallback.contains(ownTable)) return;
    const caption = element.querySelector("caption")?.textContent;
    fallback.replaceChildren(
      scroller(caption || t("table", theme.lang), ownTable),
    );
  }

  // The rows of data that was given up, as the last tier has them, where the page has no table of
  // its own.
  /** @param {Input | null} input */
  async showLostData(input) {
    const host = this.#host;
    if (host.scene || this.#ownTable || !input || input.columns) return;
    const node = await this.#node(await this.#read(input));
    if (node && host.data.crashed && !host.scene)
      host.ui.fallback.replaceChildren(node);
  }

  // The rows as this tier has them; null where they cannot be read. What is wrong with data that
  // are none is said once.
  /** @returns {Promise<Table | null>} */
  async table() {
    const { data, errors, status } = this.#host;
    const { input } = data;
    return this.#read(input, (code, text) => {
      if (input === data.input && status.error !== code)
        errors.report(code, text);
    });
  }

  // Its module is fetched by those who need it.
  /** @param {Input | null} input @param {(code: string, text: string) => void} [onFault] */
  async #read(input, onFault) {
    const { kind, theme } = this.#host;
    if (!input) return null;
    // What could not even be taken from the page is no table without rows. Where the library's files
    // are nowhere that alone is said.
    if (input.refused) {
      const [code] = input.refused;
      if (!this.#missing) onFault?.(code, errorText(code, theme.lang));
      return null;
    }
    try {
      const { staticTable } = await load("static-table");
      const table = staticTable(kind, input, theme.lang, translate);
      if (!table?.fault) return table;
      onFault?.(table.fault, table.text);
    } catch {}
    return null;
  }

  /** @param {Table | null} table */
  async #node(table) {
    const { lang } = this.#host.theme;
    return table && tableNode(table, lang).catch(() => null);
  }

  // New data came: nothing is wrong with them yet.
  forgetFault() {
    const { errors, status } = this.#host;
    status.error = this.#missing ? "assets" : null;
    errors.hide();
  }

  // Not even the figure could be built: what stands in the element is seen as it is, or the data as
  // a table.
  /** @param {string} reason */
  async showBare(reason) {
    const host = this.#host;
    const { data, element, kind, status, theme } = host;
    Object.assign(status, { tier: "static", reason, error: "engine" });
    element.dataset.tier = "static";
    const lang = languageOf(element);
    theme.lang = typeof lang === "string" ? lang : "en";
    const message = errorText("engine", theme.lang);
    const { shadowRoot } = element;
    shadowRoot?.replaceChildren(
      h("slot"),
      h("p", { part: "error", role: "status" }, message),
    );
    host.emit("error", { code: "engine", message, reason });
    if (this.#ownTable) return;
    data.input ??= await loadData(
      element,
      kind,
      new AbortController(),
      () => {},
    ).catch(() => null);
    const node = await this.#node(await this.#read(data.input));
    // A page that has taken shadows away keeps its own table.
    if (node) (shadowRoot ?? element).append(node);
  }
}
