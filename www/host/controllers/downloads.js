// @ts-check
// What a reader or a page takes away: rows and picture, as files or by method. How they are made is
// in a module that only those load who ask for one.
import { load } from "../assets.js";
import { h, say } from "../dom.js";
import { errorText, resolveLanguage, t } from "../i18n.js";
import { codedError } from "./errors.js";

/** @import { ControllerHost } from './host.js' */

const FORMATS = ["csv", "json", "svg", "png"];

// Of options those that are texts or numbers, as they are at the call; reading them may throw too.
/** @param {any} options @param {string[]} names */
const optionsOf = (options, ...names) => {
  /** @type {Record<string, any>} */
  const plain = {};
  for (const name of names) {
    try {
      const value = options[name];
      if (/string|number/.test(typeof value)) plain[name] = value;
    } catch {}
  }
  return plain;
};

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
          () => say(this.#host.ui.error, this.#lost().message),
        ),
      );
      return button;
    });
  }

  #lost() {
    return codedError("assets", errorText("assets", this.#host.theme.lang));
  }

  #load() {
    return load("export").catch(() => Promise.reject(this.#lost()));
  }

  async toCSV() {
    const { toCSV } = await this.#load();
    return toCSV(this.#host, t("saved", this.#host.theme.lang));
  }

  async toJSON() {
    return (await this.#load()).toJSON(this.#host);
  }

  /** @param {any} options */
  async toSVG(options) {
    const asked = optionsOf(options, "width", "theme", "lang");
    const exporter = await load("export").catch(() => null);
    return exporter && exporter.toSVG(this.#host, asked, resolveLanguage);
  }

  /** @param {any} options */
  async toBlob(options) {
    const asked = optionsOf(options, "type", "scale", "quality");
    const svg = await this.#host.element.toSVG(options);
    return svg && (await this.#load()).toBlob(svg, asked);
  }
}
