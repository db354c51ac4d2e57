// @ts-check
// What goes wrong: in words to the reader, as an event to the page, and as the list of rows that
// were left out.
import { h, say } from "../dom.js";
import { errorText, t } from "../i18n.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Issue } from '../types.d.ts' */

export class ErrorsController {
  /** @type {ControllerHost} */
  #host;
  /** What `status.error` is about. @type {{ code: string, message: string } | undefined} */
  #last;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {string} code @param {string | false | null} [text] @param {object} [detail] */
  report(code, text, detail) {
    const host = this.#host;
    const { data, element, fallback, placeholder, scene, status, ui } = host;
    const message = text || errorText(code, host.theme.lang);
    status.error = code;
    this.#last = { code, message };
    say(ui.error, message);
    placeholder.stopWaiting();
    placeholder.reveal();
    if (!scene && status.tier !== "static") {
      ui.stage.hidden = true;
      if (element.querySelector("table")) fallback.showOwnTable();
    }
    host.view.resolveUpdate();
    data.arrived();
    host.emit("error", { code, message, ...detail });
  }

  hide() {
    say(this.#host.ui.error, "");
  }

  /** @param {number} count @param {Issue[]} all */
  showIssues(count, all) {
    const { theme, ui } = this.#host;
    const { issues } = ui;
    issues.hidden = !count;
    const lines = all.map((issue) =>
      h("li", {}, /** @type {any} */ (issue)[theme.lang] ?? issue.en),
    );
    const text = t("troubles", theme.lang).replace("{0}", `${count}`);
    issues.replaceChildren(h("summary", {}, text), h("ul", {}, ...lines));
  }

  // Why there is no table: none is better than an empty one, which would say that there are no
  // data.
  noTable() {
    const { abort, data, status, theme } = this.#host;
    const lang = theme.lang ?? "en";
    if (!abort) return codedError("no-page", errorText("no-page", lang));
    if (status.error && this.#last)
      return codedError(this.#last.code, this.#last.message);
    const code = data.pending ? "slow" : "fetch-failed";
    return codedError(code, errorText(code, lang));
  }
}

/** @param {string} code @param {string} message */
export const codedError = (code, message) =>
  Object.assign(Error(message), { code });
