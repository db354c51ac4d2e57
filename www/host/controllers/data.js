// @ts-check
// The element's data: loads it, sends it to the engine, and keeps the newest that could be read.
import { load } from "../assets.js";
import { markTransferred, withBuffers } from "../columns.js";
import { engineClient } from "../engine-client.js";
import { SHIPPED, loadData, toJsonInput } from "../data-source.js";
import { errorText, mend, translate } from "../i18n.js";

/** @import { ControllerHost } from './host.js' */
/** @import { AtlasIssue } from '../public-types.d.ts' */
/** @import { FromEngine } from '../messages.d.ts' */
/** @import { CodedError, ColumnsInput, Input } from '../types.d.ts' */

const HOLD_MS = 8000; // that a page's question waits for data
const HELP_MS = 2500; // that an error waits for what its author can do
// Where there is more to say of it: the code, or the first word of the reason, and what is said
// of a file of the author's where the rest does not come, which is nothing.
const HELP = /^(no-data|file-missing|unreachable)\b/;
const NO_HELP = { remedies: { "file-missing": "", unreachable: "" } };
// Errors that the engine says in words.
const ENGINE_SAYS = ["circle", "column-gone", "column-kind"];

// States of the newest data.
const IDLE = 0; // none, or its picture stands
const SENT = 1; // on its way to the engine
const READ = 2; // the engine has read it; there is no picture of it yet
const CRASHED = 3; // the only data there was brought the engine down

/** @param {number} ms */
const delay = (ms) => new Promise((done) => setTimeout(done, ms));

export class DataController {
  /** @type {ControllerHost} */
  #host;
  /** The engine holds valid data of this element. */
  loaded = false;
  /** Data is on its way to the engine. */
  pending = false;
  /** The page has set data, be it null: what ships is none of its numbers. */
  given = false;
  /** @type {unknown} */
  value;
  /** The newest data, kept for a fresh engine. @type {Input | null} */
  input = null;
  /** How often data was sent, or taken back. */
  revision = 0;
  /** The newest data that could be read: what a fresh engine gets after bad data. @type {Input | null} */
  #lastGood = null;
  /** What `setColumns` was given, or what is wrong with it. @type {(() => Input) | null} */
  #columns = null;
  /** @type {number} */
  #state = IDLE;
  #shipped = false; // what the engine holds is what ships
  #keepError = false; // what was said about bad data stays while the good data comes back
  /** @type {AbortController | null} */
  #fetching = null;
  /** Who waits for the data to arrive. @type {(() => void)[]} */
  #waiting = [];

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {AbortSignal} signal */
  hostConnected(signal) {
    const { element } = this.#host;
    const children = new MutationObserver(() => {
      if (!this.fromPage && !element.src) this.load();
    });
    children.observe(element, {
      childList: true,
      subtree: true,
      characterData: true,
    });
    signal.addEventListener("abort", () => children.disconnect());
  }

  hostDisconnected() {
    this.#fetching?.abort();
    this.#fetching = null;
    this.loaded = false;
    this.arrived();
  }

  // The page has handed over data by script.
  get fromPage() {
    return this.value !== undefined || !!this.#columns;
  }

  /** @param {unknown} value */
  set(value) {
    this.value = value ?? undefined;
    this.#columns = null;
    this.given = value !== undefined;
    this.load();
  }

  // Columns are taken at the call, also by an element that nobody has come near yet: what the page
  // does with its arrays afterwards is its own affair.
  /** @param {object} columns */
  setColumns(columns) {
    this.value = undefined;
    try {
      const input = /** @type {Input} */ (withBuffers(columns));
      this.#columns = () => input;
    } catch (error) {
      this.#columns = () => {
        throw error;
      };
    }
    this.given = true;
    this.load();
  }

  // Columns went to the engine and cannot be read again.
  srcChanged() {
    this.#columns = null;
    this.given = false;
    this.load();
  }

  // ---- waiting

  // The engine has the data, or it is known that it will not get it.
  arrived() {
    this.pending = false;
    for (const done of this.#waiting.splice(0)) done();
  }

  // Waits for that. An element that nobody has come near yet is opened for it.
  async whenArrived() {
    const { abort, opened, session } = this.#host;
    if (abort && !opened) session.open();
    if (this.pending)
      await Promise.race([
        new Promise((done) => this.#waiting.push(() => done(undefined))),
        delay(HOLD_MS),
      ]);
  }

  // ---- loading

  async load() {
    const host = this.#host;
    const { element, kind, status } = host;
    if (!host.opened) return;
    this.#fetching?.abort();
    const fetching = (this.#fetching = new AbortController());
    const isStale = () => fetching !== this.#fetching;
    this.pending = true;
    const shipped = element.src === SHIPPED && !this.given;
    if (this.#shipped && !shipped) this.clear();
    this.#shipped = shipped;
    host.view.startUpdate();
    host.placeholder.waitForData();
    try {
      const nothing = this.given && !this.fromPage && element.src === SHIPPED;
      if (nothing) throw Object.assign(Error(), { code: "no-data" });
      const input = this.#columns
        ? this.#columns()
        : await loadData(element, kind, fetching, (part) =>
            host.emit("progress", { totalProgress: part }),
          );
      await host.theme.languageReady;
      if (isStale()) return;
      this.input = input;
      this.#state = SENT;
      host.print.tooSlow = this.#keepError = false;
      engineClient.trust(host.session.id);
      if (status.tier !== "static") return this.#send();
      host.fallback.forgetFault();
      this.arrived();
      return host.fallback.show();
    } catch (error) {
      await host.theme.languageReady;
      if (isStale()) return;
      const helps = HELP.test(error.detail?.reason ?? error.code);
      const help = helps
        ? await load("data-help", HELP_MS).catch(() => NO_HELP)
        : NO_HELP;
      if (!isStale()) return this.#onError(error, help);
    }
  }

  // After a fresh engine has come.
  resend() {
    if (this.input) this.#send();
    else if (this.#state !== CRASHED) this.load();
  }

  #send() {
    this.revision++;
    this.pending = true;
    const input = /** @type {Input} */ (this.input);
    try {
      if (input.columns) this.#sendColumns(/** @type {ColumnsInput} */ (input));
      else if (!this.#post(input)) this.arrived();
    } catch (error) {
      if (error.name !== "DataCloneError") throw error;
      this.#sendAsText(input);
    }
  }

  /** @param {any} content @param {Transferable[]} [transfer] */
  #post(content, transfer) {
    const seq = this.revision;
    const { columns: headings, unit } = this.#host.element;
    return this.#host.session.send(
      { type: "load", seq, headings, unit, ...content },
      transfer,
    );
  }

  // Their buffers are ours once: after a trap the page has to hand over again what is large.
  /** @param {ColumnsInput} input */
  #sendColumns(input) {
    const { errors, kind } = this.#host;
    const { transfer, spare, format } = input;
    if (!transfer && !spare) return errors.report("gone");
    input.transfer = null;
    const columns = transfer ? input.columns : spare;
    if (!this.#post({ kind, columns, format }, transfer ?? [])) this.arrived();
    if (transfer) markTransferred(transfer);
  }

  // A reactive proxy, a function or a DOM node inside `.data` cannot be copied, but what JSON says
  // of it can.
  /** @param {Input} input */
  #sendAsText({ data }) {
    if (data === undefined) return this.#host.errors.report("bad-columns");
    try {
      this.input = toJsonInput(data);
    } catch (error) {
      return this.#sendRefusal(error);
    }
    this.#post(this.input);
  }

  // What the page could not make of its own data the engine says in words.
  /** @param {CodedError} error */
  #sendRefusal({ code, detail }) {
    const { errors, status } = this.#host;
    if (status.tier === "static")
      return errors.report(code === "circle" ? "not-json" : "bad-columns");
    this.revision++;
    this.#post({ refused: [code, detail] });
  }

  /** @param {CodedError} error @param {any} help */
  #onError(error, { noDataText, remedies }) {
    const { element, errors, fallback, status, theme } = this.#host;
    const { code, detail } = error;
    if (ENGINE_SAYS.includes(code)) return this.#sendRefusal(error);
    const reason = detail?.reason;
    const remedy = reason && mend(reason, theme.lang, remedies);
    if (remedy && status.tier !== "static") status.reason = remedy;
    if (code === "no-data") this.clear();
    const words =
      code === "no-data"
        ? noDataText?.(element, (/** @type {string} */ text) =>
            translate(text, theme.lang),
          )
        : reason?.startsWith("blocked") &&
          errorText("data-blocked", theme.lang);
    errors.report(
      typeof code === "string" ? code : "fetch-failed",
      words,
      detail,
    );
    if (status.tier === "static") return fallback.show();
  }

  // ---- answers

  /** @param {Extract<FromEngine, { type: 'loaded' }>} message */
  onLoaded({ seq, reply }) {
    const host = this.#host;
    const { errors, status, theme, ui } = host;
    if (seq !== this.revision) return;
    if ("error" in reply) {
      this.input = this.#lastGood;
      const { code, detail, line } = reply.error;
      const text = /** @type {any} */ (reply.error)[theme.lang];
      // Of a file of the library the detail says why it did not come.
      if (code === "assets" && detail) status.reason = detail;
      return errors.report(code, text, line ? { line } : {});
    }
    this.#lastGood = this.input;
    this.loaded = true;
    if (this.#state === SENT) this.#state = READ;
    const { stage, tableButton, downloads } = ui;
    // An error may have hidden them; now there is a width again.
    stage.hidden = tableButton.hidden = downloads.hidden = false;
    host.pointer.hover = -1;
    const { rows, count, issues } = reply;
    Object.assign(status, { rows, issues: count });
    if (!this.#keepError) {
      status.error = null;
      errors.hide();
    }
    this.#keepError = false;
    errors.showIssues(count, issues);
    const told = /** @type {AtlasIssue[]} */ (issues);
    if (count) host.emit("issues", { count, issues: told });
    host.view.requestUpdate();
    this.arrived();
  }

  // The first picture of that data stands.
  onPainted() {
    const host = this.#host;
    if (this.#state !== READ) return;
    this./** @type {number} */ #state = IDLE;
    host.emit("progress", { totalProgress: 1 });
    host.emit("load", { rows: host.status.rows });
  }

  // This data brought the engine down: the newest that did not comes back, if there is any.
  /** @param {string} reason */
  onCrash(reason) {
    const { errors, fallback } = this.#host;
    const bad = this.input;
    this.input = this.#lastGood =
      this.#lastGood === bad ? null : this.#lastGood;
    if (!this.input) this.#state = CRASHED;
    this.loaded = false;
    errors.report(reason === "no-answer" ? "too-slow" : "engine", null, {
      reason,
    });
    this.#keepError = !!this.input;
    if (!this.input) fallback.showLostData(bad);
  }

  get crashed() {
    return this.#state === CRASHED;
  }

  // There is no data any more: nothing of what was there may be seen, said or taken away.
  clear() {
    const host = this.#host;
    host.session.reset();
    this.revision++;
    host.view.clear();
    this.input = this.#lastGood = host.scene = host.draft = null;
    this.loaded = this.#keepError = false;
    if (!this.crashed) this./** @type {number} */ #state = IDLE;
    Object.assign(host.status, { rows: 0, issues: 0, error: null });
    host.canvas.forget();
    host.print.clear();
    host.metadata.remove();
    host.tooltip.hide();
    host.captions.clear();
    // The engine forgets too.
    if (host.status.tier !== "static") host.session.sendOpen();
  }
}
