// @ts-check
// The picture for paper: made ahead when nothing else is to be done, for a printer waits for
// nobody. Light, whole, as wide as a sheet, with what the reader has chosen.
import { svgNode } from "../svg-dom.js";
import { DEFAULT_WIDTH } from "./scene.js";

/** @import { ControllerHost } from './host.js' */

const MAX_ROWS = 20_000; // more are printed as the bitmap
const printing = matchMedia("print");

export class PrintController {
  /** @type {ControllerHost} */
  #host;
  /** The picture of this data took too long. */
  tooSlow = false;
  #svg = "";
  /** What it shows. */
  #stamp = "";

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {AbortSignal} signal */
  hostConnected(signal) {
    addEventListener("beforeprint", () => this.#toggle(true), { signal });
    addEventListener("afterprint", () => this.#toggle(false), { signal });
    const onChange = (/** @type {MediaQueryListEvent} */ { matches }) =>
      this.#toggle(matches);
    printing.addEventListener("change", onChange, { signal });
  }

  clear() {
    this.#svg = this.#stamp = "";
  }

  async prepare() {
    const { abort, data, session, status, theme, view } = this.#host;
    if (!abort || !data.loaded || view.current || this.tooSlow) return;
    if (status.rows > MAX_ROWS) return;
    const { metrics, ...wanted } = {
      ...view.environment(),
      ...view.viewState(),
      hover: -1,
      width: DEFAULT_WIDTH,
      height: 0,
      theme: "light",
      colors: theme.markColors(),
      bare: true,
    };
    delete wanted.state.at;
    delete wanted.state.zoom;
    const stamp = JSON.stringify([data.revision, wanted]);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    const request = { type: "svg", view: { ...wanted, metrics } };
    this.#svg = (await session.request(request)) ?? "";
  }

  /** @param {boolean} on */
  #toggle(on) {
    const { opened, placeholder, scene, session, ui } = this.#host;
    const { print, root } = ui;
    if (on && print.firstChild) return;
    if (on && !opened) session.open(); // too late for this sheet
    // But not for the page's own table.
    if (on) placeholder.showTable();
    else placeholder.update();
    const drawn = on && !!scene && !!this.#svg;
    root.classList.toggle("papered", drawn);
    print.replaceChildren(...(drawn ? [svgNode(this.#svg)] : []));
  }
}
