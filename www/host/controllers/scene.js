// @ts-check
// Puts what the engine has painted into the document: the picture first, then the words around it,
// the labels over it and the tree for keyboards and screen readers.
import { say } from "../dom.js";
import { engineClient } from "../engine-client.js";
import { setLabels } from "../labels.js";
import { onIdle } from "./canvas.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Heard } from '../engine-client.js' */
/** @import { Scene } from '../types.d.ts' */
/** @typedef {Extract<Heard, { type: 'scene' }>} SceneMessage */
/** @typedef {Extract<Heard, { type: 'frame' }>} FrameMessage */

const CHUNK = 60; // labels, or items of the tree, that are made in one task
export const DEFAULT_WIDTH = 680; // of a picture that nobody sees yet, and of one on paper

// Lets go of the page's thread for a moment: what takes long is done in chunks, each of them a task
// of its own.
/** @type {((value?: unknown) => void)[]} */
const waiting = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => waiting.shift()?.();
const yieldToMain = () =>
  new Promise((done) => port2.postMessage(waiting.push(done)));

export class SceneController {
  /** @type {ControllerHost} */
  #host;
  /** Number of the view that is put into the document. */
  painting = 0;
  /** A reader changed the view: what is new is said when it is drawn. */
  announce = false;
  /** @type {HTMLElement[]} */
  #labels = [];

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {SceneMessage | FrameMessage} message */
  onFrame(message) {
    const host = this.#host;
    if (message.seq !== host.view.current) return message.bitmap?.close();
    if (message.type === "scene") return host.guard(() => this.#paint(message));
    // A picture on the way to the scene that follows.
    const { stage } = host.ui;
    stage.classList.add("moving");
    stage.style.height = message.size * host.theme.textScale + "px";
    host.canvas.show(message);
  }

  /** @param {SceneMessage} message */
  async #paint(message) {
    const host = this.#host;
    const { captions, placeholder, view } = host;
    const { reply, seq } = message;
    this.painting = seq;
    host.ui.stage.classList.remove("moving");
    view.applyChanges(message.changed);
    if (message.draft) {
      host.draft = reply;
      captions.update();
      view.finishUpdate();
      return view.requestUpdate();
    }
    this.#showPicture(message);
    const before = host.scene ?? host.draft;
    host.scene = reply;
    host.draft = null;
    captions.update();
    this.#sayChanges(before);
    // The words around the picture leave another room than was known.
    const resized =
      view.size[1] > 0 && (!before || before.subline !== reply.subline);
    // The first time there is much to make, and nobody waits for it with a key in hand: in chunks,
    // so that the page goes on.
    if (placeholder.active) {
      if (!(await this.#renderInChunks(seq))) return;
    } else for (const _ of this.#renderOverlay(Infinity));
    if (message.first) engineClient.send({ type: "upgradeTier" });
    host.metadata.update();
    host.canvas.backup();
    host.data.onPainted();
    if (view.current !== seq) return; // by an engine that is no more
    if (view.finishUpdate() || resized) view.requestUpdate();
    else if (!view.updateRequested) {
      view.resolveUpdate();
      onIdle(() => host.print.prepare());
    }
  }

  // Whether it was finished.
  /** @param {number} seq */
  async #renderInChunks(seq) {
    const { ui } = this.#host;
    await yieldToMain();
    for (const _ of this.#renderOverlay(CHUNK)) {
      ui.stage.offsetTop; // laid out now, not all of it in the next frame
      await yieldToMain();
      if (this.painting !== seq || !this.#host.abort) return false;
    }
    return true;
  }

  /** @param {SceneMessage} message */
  #showPicture(message) {
    const { canvas, element, placeholder, scene, status, theme, ui } =
      this.#host;
    const { stage } = ui;
    if (!scene) {
      // What was shown while it was late.
      placeholder.stopWaiting();
      ui.fallback.replaceChildren();
      for (const node of [stage, ui.tableButton, ui.downloads])
        node.hidden = false;
    }
    canvas.show(message);
    stage.style.height = message.reply.height * theme.textScale + "px";
    // Labels and picture belong together at this width only.
    stage.style.setProperty("--screen-width", stage.clientWidth + "px");
    const zoom = Math.min(1, DEFAULT_WIDTH / stage.clientWidth);
    stage.style.setProperty("--print-zoom", `${zoom}`);
    const { tier, reason } = message;
    Object.assign(status, { tier, reason });
    if (element.dataset.tier !== tier) element.dataset.tier = tier;
  }

  // What is new, and how much of it there is.
  /** @param {Scene | null} before */
  #sayChanges(before) {
    if (!this.announce) return;
    this.announce = false;
    const { scene, ui } = this.#host;
    const { title, subline, status } = /** @type {Scene} */ (scene);
    const news = [
      title !== before?.title && title,
      subline !== before?.subline && subline,
      status,
    ];
    say(ui.live, news.filter(Boolean).join(". ") || title);
  }

  // What stands over the picture: first what is seen, then what is read out. The picture does not
  // wait for the last label.
  /** @param {number} chunk */
  *#renderOverlay(chunk) {
    const { keyboard, placeholder, scene, selection, theme, ui } = this.#host;
    const { labels, outline, groups, keys } = /** @type {Scene} */ (scene);
    const rest = setLabels(ui.labels, labels, this.#labels, chunk);
    rest.next();
    placeholder.reveal();
    yield;
    yield* rest;
    yield* keyboard.outline.update(
      outline,
      groups,
      keys,
      (item) => selection.isSelected(item),
      theme.lang,
      chunk,
    );
  }
}
