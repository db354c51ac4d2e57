// @ts-check
// From a view to a picture: asks the widget for its scene, paints it in the best tier that can, and
// posts both.
import { loadShaders } from "./tiers.js";
import { errorMessage } from "./traps.js";

/** @import { Changes } from 'bindings' */
/** @import { FromEngine, ToEngine } from './messages.d.ts' */
/** @import { Choice, TierManager } from './tiers.js' */
/** @import { EngineWorker } from './worker.js' */
/** @typedef {Extract<FromEngine, { type: 'scene' | 'frame' }>} Answer */
/** @typedef {Extract<ToEngine, { type: 'view' }>} ViewMessage */

// Rows, from which on a kernel says what of them can be seen, as in compute/src/kernel/mod.rs;
// tests/browser/frames.test.mjs holds these two to what is said there.
const MIN_KERNEL_ROWS = 65_536;
const MAX_PX = 8192; // of a side, as in compute/src/clip.rs
const TRANSITION_MS = 250;
const HIDDEN_FRAME_MS = 100; // a page that is not looked at gets no animation frames

// How far a transition is, by cubic easing.
/** @param {number} begin */
const progressSince = (begin) =>
  1 - (1 - Math.min(1, (performance.now() - begin) / TRANSITION_MS)) ** 3;

const nextFrame = () =>
  new Promise((next) => {
    requestAnimationFrame(next);
    setTimeout(next, HIDDEN_FRAME_MS);
  });

export class FrameRenderer {
  /** @type {EngineWorker} */
  #worker;
  /** @type {TierManager} */
  #tiers;
  /** Widgets whose data is here, but that have no picture yet. @type {Set<number>} */
  waiting = new Set();
  /** Widgets with so many rows that a kernel has work. @type {Set<number>} */
  #large = new Set();
  /** The kernels are on their way, or were. */
  #loadingKernels = false;
  /** The memory of a picture that the page has shown. @type {ArrayBuffer | null} */
  spare = null;

  /** @param {EngineWorker} worker @param {TierManager} tiers */
  constructor(worker, tiers) {
    this.#worker = worker;
    this.#tiers = tiers;
  }

  /** @param {number} id @param {number} rows */
  onLoaded(id, rows) {
    this.waiting.add(id);
    rows < MIN_KERNEL_ROWS ? this.#large.delete(id) : this.#large.add(id);
  }

  /** @param {number} id */
  forget(id) {
    this.#large.delete(id);
    this.waiting.delete(id);
  }

  /** @param {ViewMessage} message */
  async renderView(message) {
    const { call, post } = this.#worker;
    const { id, view } = message;
    const { seq } = view;
    const changed = this.#applyActs(message);
    const reply = call("scene", id, view, !!view.animate);
    /** @type {Extract<FromEngine, { type: 'scene' }>} */
    const answer = { type: "scene", id, seq, changed, reply };
    // Before its first picture a page whose room is given wants to know what room the words leave.
    if (view.draft) return post({ ...answer, draft: true });
    // A side that is cut off would be stretched to its place: a tall picture is coarser instead.
    const side = Math.max(view.width, reply.height);
    const dpr = Math.min(view.dpr, MAX_PX / side);
    if (view.animate) {
      const begin = performance.now();
      while (call("tween", id, progressSince(begin))) {
        const size = reply.height;
        await this.#renderFrame({ type: "frame", id, seq, size }, dpr);
        await nextFrame();
      }
    }
    await this.#renderFrame(answer, dpr);
    // Kernels come when there is work for them: this time it was done without.
    if (answer.tier === "webgpu" && (view.animate || this.#large.has(id)))
      this.#loadKernels();
  }

  // What a view becomes by what the reader did: the widget says what changes.
  /** @param {ViewMessage} message */
  #applyActs({ id, view, acts }) {
    /** @type {Changes} */
    const changed = { state: {} };
    for (const act of acts) {
      const { state, ...own } = this.#worker.call("act", id, view, act);
      for (const one of [view, changed])
        Object.assign(one, own, { state: { ...one.state, ...state } });
    }
    return changed;
  }

  // Paints what a widget shows now, in the best tier that can, and posts it with the answer.
  /** @param {Answer} answer @param {number} dpr */
  async #renderFrame(answer, dpr) {
    const { call, post, renderers, workAt } = this.#worker;
    const { id } = answer;
    const renderer = renderers.get(id);
    this.waiting.delete(id);
    /** @type {Choice | undefined} */
    let raster;
    for (;;) {
      workAt();
      const choice = raster ?? (await this.#tiers.select(renderer));
      const { key, tier, gpuRenderer, reasons } = choice;
      Object.assign(answer, { tier, reason: reasons.join("; ") });
      gpuRenderer ? workAt(0, "paint", { tier }) : workAt(id, "paint");
      const size = call("pixels", id, dpr);
      // A picture of no size is a picture: its words are all that there is of it. No canvas and no
      // bitmap can be that small.
      if (!size.width || !size.height) {
        const first = !gpuRenderer && this.#tiers.useRasterFirst(renderer);
        return post({ ...answer, width: 0, height: 0, first });
      }
      if (!gpuRenderer || !key) return this.#postRaster(answer, dpr, size);
      try {
        return this.#postPainted(answer, dpr, size, choice);
      } catch (error) {
        if (error.trap) throw Object.assign(error, { tier });
        // Too much for this GPU is this picture's own affair.
        if (/^too-/.test(error))
          raster = {
            tier: "canvas",
            reasons: [...reasons, key + ": " + error],
          };
        else await this.#tiers.close(key, errorMessage(error));
      }
    }
  }

  /** @param {Answer} answer @param {number} dpr @param {{ width: number, height: number }} size */
  #postRaster(answer, dpr, { width, height }) {
    const { call, post, renderers } = this.#worker;
    const { id } = answer;
    // Fresh memory costs more than a whole picture: what the page gives back is painted again.
    const bytes = 4 * width * height;
    const pixels =
      this.spare?.byteLength === bytes ? this.spare : new ArrayBuffer(bytes);
    this.spare = null;
    call("picture", id, dpr, new Uint8Array(pixels));
    const first = this.#tiers.useRasterFirst(renderers.get(id));
    post({ ...answer, width, height, pixels, first }, [pixels]);
  }

  /**
   * @param {Answer} answer
   * @param {number} dpr
   * @param {{ width: number, height: number }} size
   * @param {Choice} choice
   */
  #postPainted(answer, dpr, { width, height }, { canvas, gpuRenderer }) {
    const { call, post } = this.#worker;
    if (!canvas || !gpuRenderer) return;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    call("paint", gpuRenderer, answer.id, dpr);
    const bitmap = canvas.transferToImageBitmap();
    post({ ...answer, width, height, bitmap }, [bitmap]);
  }

  #loadKernels() {
    if (this.#loadingKernels) return;
    this.#loadingKernels = true;
    loadShaders("kernels").then(
      (texts) => this.#worker.enqueue({ type: "kernels", texts }),
      () => {},
    );
  }

  /** @param {Record<string, string>} texts */
  async onKernels(texts) {
    await this.#tiers.setKernels(texts);
    if (this.#large.size) this.#worker.post({ type: "refresh" });
  }
}
