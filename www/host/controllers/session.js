// @ts-check
// The element's session with the engine: what it sends, the answers it waits for, and what happens
// when the engine ends.
import { engineClient } from "../engine-client.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Heard } from '../engine-client.js' */

export class SessionController {
  /** @type {ControllerHost} */
  #host;
  id = 0;
  #lastSeq = 0;
  /** Questions by number. @type {Map<number, (answer?: any) => void>} */
  #waiting = new Map();

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  hostConnected() {
    const host = this.#host;
    const { data, element, print, status, theme, view } = host;
    this.id = engineClient.attach({
      onMessage: (message) => host.guard(() => this.#onMessage(message)),
      reopen: (moved) =>
        host.opened &&
        (moved || status.tier !== "static") &&
        host.guard(() => this.#reopen()),
      measure: () => host.opened && host.guard(() => theme.metrics()),
      // A reason says that nothing better than what is painted can be had. What the engine has not
      // answered yet it paints with what it has now.
      refresh: (reason) => {
        const answered =
          !view.current || host.picture.painting === view.current;
        if (!reason) answered && view.requestUpdate();
        else if (status.reason === "opening") status.reason = reason;
      },
      // It is tried once more; what is made ahead for paper is not.
      onSuspect: (what) => {
        print.tooSlow ||= what === "svg";
      },
      onDataCrash: (reason) => data.onCrash(reason),
      fail: (reason, code) => {
        if (code && !host.scene) host.errors.report(code, null, { reason });
        host.fallback.enter(reason);
      },
      group: () => element.group,
      choose: (entity) => {
        element.selected = entity;
      },
    });
  }

  hostDisconnected() {
    this.reset();
  }

  detach() {
    engineClient.detach(this.id);
  }

  // Whether there is anybody who takes it.
  /** @param {any} message @param {Transferable[]} [transfer] */
  send(message, transfer) {
    return engineClient.send({ id: this.id, ...message }, transfer);
  }

  sendOpen() {
    const { kind, element } = this.#host;
    this.send({ type: "open", kind, renderer: element.renderer || "auto" });
  }

  sendRenderer() {
    this.send({ type: "renderer", renderer: this.#host.element.renderer });
  }

  nextSeq() {
    return ++this.#lastSeq;
  }

  // Asks the engine to draw this element, with the data that is there.
  open() {
    const host = this.#host;
    host.opened = true;
    host.data.loaded = false;
    this.reset();
    host.placeholder.update();
    this.sendOpen();
    host.data.resend();
  }

  // An engine from elsewhere may do what the one before could not.
  #reopen() {
    const { broken, element, errors, status } = this.#host;
    if (broken) return;
    if (status.tier === "static") {
      Object.assign(status, { tier: null, reason: "", error: null });
      delete element.dataset.tier;
      errors.hide();
    }
    this.open();
  }

  // Nothing is on its way any more: the engine failed or is a new one.
  reset() {
    const { pointer, ui, view } = this.#host;
    view.current = 0;
    pointer.reset();
    ui.stage.classList.remove("moving");
    for (const done of this.#waiting.values()) done();
    this.#waiting.clear();
  }

  // The engine's answer, or nothing if it dies over it, or where there is none.
  /** @param {any} message @returns {Promise<any>} */
  request(message) {
    return new Promise((done) => {
      const seq = this.nextSeq();
      this.#waiting.set(seq, done);
      const { abort, theme } = this.#host;
      if (abort && this.send({ ...message, seq, lang: theme.lang })) return;
      this.#waiting.delete(seq);
      done(undefined);
    });
  }

  /** @param {Heard} message */
  #onMessage(message) {
    const host = this.#host;
    if (!host.abort || host.broken) return;
    const { type } = message;
    const { seq } = /** @type {any} */ (message);
    if (type === "loaded") host.data.onLoaded(message);
    else if (type === "frame" || type === "scene")
      host.picture.onFrame(message);
    else if (type === "picked") host.pointer.onPicked(message);
    else if (this.#waiting.has(seq)) {
      this.#waiting.get(seq)?.(/** @type {any} */ (message)[type]);
      this.#waiting.delete(seq);
    } else if (type === "tooltip") {
      if (seq !== this.#lastSeq) return;
      message.tooltip
        ? host.tooltip.show(message.tooltip)
        : host.tooltip.hide();
    } else if (type === "failed") {
      this.reset();
      host.errors.report("engine", null, { reason: message.reason });
    }
  }
}
