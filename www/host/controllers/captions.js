// @ts-check
// The words and controls around the picture; only what changed touches the document.
import { Controls } from "../controls.js";
import { h, link, say } from "../dom.js";
import { t } from "../i18n.js";
import { legendItems } from "../legend.js";
import { zoomButtons } from "../zoom-buttons.js";

/** @import { ControllerHost } from './host.js' */
/** @import { List } from '../protocol.d.ts' */
/** @import { Scene } from '../types.d.ts' */

/** @typedef {HTMLElement & { stamp?: string }} Stamped With what its children were made of. */

export class CaptionsController {
  /** @type {ControllerHost} */
  #host;
  /** @type {Controls} */
  // @ts-ignore
  #controls;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  createControls() {
    const { selection, session, view } = this.#host;
    this.#controls = new Controls({
      set: (key, value) => {
        view.set(key, value);
        view.onReaderChange();
      },
      find: async (text) =>
        (await session.request({ type: "find", text })) ?? [],
      pick: (datum) => selection.focusDatum(datum),
    });
    return this.#controls.node;
  }

  update() {
    const { draft, panel, scene, status, theme, ui } = this.#host;
    const { lang } = theme;
    panel.updateButton();
    say(/** @type {HTMLElement} */ (ui.downloads.firstChild), t("save", lang));
    ui.bar.setAttribute("aria-label", t("settings", lang));
    ui.zoom.setAttribute("aria-label", t("zoom", lang));
    ui.legend.setAttribute("aria-label", t("legend", lang));
    const words = scene ?? draft;
    ui.tools.hidden = !words && status.tier !== "static";
    if (!words) return;
    this.#updateTexts(words);
    this.#updateParts(words);
  }

  /** @param {Scene} scene */
  #updateTexts({ title, subline, takeaway, status }) {
    const { ui } = this.#host;
    say(ui.title, title);
    say(ui.subline, subline);
    say(ui.takeaway, takeaway === title ? "" : takeaway);
    say(ui.count, status);
    ui.figure.setAttribute("aria-label", title);
  }

  /** @param {Scene} scene */
  #updateParts(scene) {
    const { element, theme, ui, view } = this.#host;
    const { lang } = theme;
    const { lists } = ui;
    const zooms = scene.zooms && !element.disableZoom;
    const howto = scene.howto && t("how", lang) + scene.howto;
    this.#redo(ui.notes, [howto, scene.notes], () =>
      [howto, ...scene.notes]
        .filter(Boolean)
        .map((text) => h("p", { class: "note" }, text)),
    );
    this.#redo(ui.sources, [scene.sources, scene.credit], () =>
      sourceLine(scene, lang),
    );
    this.#controls.update(scene.controls, lang);
    this.#redo(ui.zoom, [zooms, scene.moved], () =>
      zooms
        ? zoomButtons(
            scene,
            lang,
            () => this.#host.scene ?? scene,
            (act) => view.act([act], null, true),
          )
        : [],
    );
    const open = [...lists.children].map(
      (list) => /** @type {HTMLDetailsElement} */ (list).open,
    );
    this.#redo(lists, scene.lists, () =>
      scene.lists.map((list, i) => this.#list(list, open[i])),
    );
    const { hiddenKeys } = view;
    this.#redo(ui.legend, [scene.legend, ...hiddenKeys], () =>
      legendItems(scene.legend, hiddenKeys, lang, (key) => {
        if (!hiddenKeys.delete(key)) hiddenKeys.add(key);
        view.onReaderChange();
      }),
    );
  }

  // Makes the children of a node anew where what they are made of has changed, and keeps the focus.
  /** @param {Stamped} node @param {unknown} key @param {() => (Node | string)[]} make */
  #redo(node, key, make) {
    const { element, keyboard, theme } = this.#host;
    const stamp = JSON.stringify([theme.lang, key]);
    if (node.stamp === stamp) return;
    node.stamp = stamp;
    const shadow = /** @type {ShadowRoot} */ (element.shadowRoot);
    const stops = () => [
      .../** @type {NodeListOf<HTMLElement>} */ (
        node.querySelectorAll("button,summary,a[href]")
      ),
    ];
    const focused = stops().indexOf(
      /** @type {HTMLElement} */ (shadow.activeElement),
    );
    node.replaceChildren(...make());
    node.hidden = !node.childNodes.length;
    if (focused < 0) return;
    // What had the focus may be gone, or not to be had now.
    const all = stops();
    for (const next of [all[focused], ...all]) {
      next?.focus({ preventScroll: true });
      if (shadow.activeElement) return;
    }
    keyboard.outline.focus();
  }

  /** @param {List} list @param {boolean} open */
  #list({ title, lines }, open) {
    const items = lines.map(([datum, words]) => {
      if (datum < 0) return h("li", {}, words);
      const button = h("button", { type: "button", class: "line" }, words);
      button.addEventListener("click", () =>
        this.#host.selection.focusDatum(datum),
      );
      return h("li", {}, button);
    });
    return h(
      "details",
      { part: "list", open },
      h("summary", {}, title),
      h("ul", {}, ...items),
    );
  }

  // Nothing of what was there may be seen or said.
  clear() {
    const { theme, ui } = this.#host;
    const { zoom, legend, lists, notes, sources, fallback, panel, print } = ui;
    for (const node of [ui.title, ui.takeaway, ui.subline, ui.count, ui.live])
      say(node, "");
    const parts = [zoom, legend, lists, notes, sources];
    for (const node of [...parts, fallback, panel, print]) {
      node.replaceChildren();
      delete (/** @type {Stamped} */ (node).stamp);
    }
    this.#controls.update([], theme.lang);
    ui.figure.removeAttribute("aria-label");
    for (const node of [...parts, ui.stage, panel, ui.tools, ui.issues])
      node.hidden = true;
    ui.tableButton.setAttribute("aria-expanded", "false");
    ui.root.classList.remove("papered");
  }
}

/** @param {Scene} scene @param {string} lang */
const sourceLine = ({ sources, credit }, lang) => [
  ...(sources.length ? [t("source", lang)] : []),
  ...sources.flatMap(({ text, url }, i) => [i ? " · " : "", link(text, url)]),
  ...(credit ? [h("div", {}, credit)] : []),
];
