// @ts-check
// What a reader or a page takes away: rows and picture, as files or by method. How they are made is
// in a module that only those load who ask for one.
import { load } from "../assets.js";
import { h } from "../dom.js";
import { resolveLanguage, t } from "../i18n.js";

/** @import { ControllerHost } from './host.js' */

const FORMATS = ["csv", "json", "svg", "png"];

export class DownloadsController {
  /** @type {ControllerHost} */
  #host;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  buttons() {
    return FORMATS.map((format) => {
      const button = h(
        "button",
        { type: "button", class: format },
        format.toUpperCase(),
      );
      button.addEventListener("click", () =>
        load("export").then(
          ({ download }) => download(this.#host.element, format),
          () => {},
        ),
      );
      return button;
    });
  }

  async toCSV() {
    const { toCSV } = await load("export");
    return toCSV(this.#host, t("saved", this.#host.theme.lang));
  }

  async toJSON() {
    return (await load("export")).toJSON(this.#host);
  }

  /** @param {any} options */
  async toSVG(options) {
    const exporter = await load("export").catch(() => null);
    return exporter && exporter.toSVG(this.#host, options, resolveLanguage);
  }

  /** @param {any} options */
  async toBlob(options) {
    const svg = await this.#host.element.toSVG(options);
    return svg && (await load("export")).toBlob(svg, options);
  }
}
