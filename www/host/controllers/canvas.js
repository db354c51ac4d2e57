// @ts-check
// The canvas that shows what the engine has painted, and a copy of it for when the browser empties
// it.
import { h } from "../dom.js";

/** @import { ControllerHost } from './host.js' */
/** @import { Shot } from '../messages.d.ts' */

const BACKUP_MS = 1000; // by then it is made, however busy the page is
/** What restores the canvas of each element in the page. @type {Set<() => void>} */
const restorers = new Set();
/** @type {(run: () => void, options?: { timeout: number }) => void} */
export const onIdle =
  globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 200));

/** @param {HTMLCanvasElement} canvas */
const contextOf = (canvas) =>
  /** @type {CanvasRenderingContext2D} */ (
    canvas.getContext("2d", { willReadFrequently: true })
  );

export class CanvasController {
  /** @type {ControllerHost} */
  #host;
  /** The pixels of the picture, or of the one before it. @type {ImageData | null} */
  #backup = null;
  #stale = false;
  #scheduled = false;

  /** @param {ControllerHost} host */
  constructor(host) {
    this.#host = host;
  }

  /** @param {AbortSignal} signal */
  hostConnected(signal) {
    const restore = () => this.#host.guard(() => this.#restore());
    restorers.add(restore);
    signal.addEventListener("abort", () => restorers.delete(restore));
  }

  create() {
    const canvas = h("canvas", { "aria-hidden": "true", part: "canvas" });
    // All are lost at once, and some hear of it some frames later.
    canvas.addEventListener(
      "contextlost",
      () => canvas.isConnected && restorers.forEach((restore) => restore()),
    );
    return canvas;
  }

  /** @param {Shot} shot */
  show({ bitmap, pixels, width, height }) {
    const { session, ui } = this.#host;
    const { canvas } = ui;
    const context = contextOf(canvas);
    this.#stale = true;
    // A picture of no size is words alone.
    if (!width || !height) {
      canvas.width = canvas.height = 0;
      return;
    }
    // Setting the size clears the canvas, so it is drawn in the same task.
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    if (bitmap) {
      context.clearRect(0, 0, width, height);
      context.drawImage(bitmap, 0, 0);
      bitmap.close();
    } else if (pixels) {
      const bytes = new Uint8ClampedArray(pixels);
      context.putImageData(new ImageData(bytes, width, height), 0, 0);
      session.send({ type: "back", pixels }, [pixels]);
    }
  }

  forget() {
    this.#backup = null;
  }

  // A browser that loses its GPU empties every canvas, also those that never saw it, and refuses to
  // draw on them for half a second. A new one works: the picture goes on there. Out of view there
  // is nothing to keep: it is painted again when it is due.
  backup() {
    const { scene, view, visibility, ui } = this.#host;
    if (!visibility.near || !scene) return this.forget();
    if ((this.#backup && !this.#stale) || this.#scheduled) return;
    this.#scheduled = true;
    onIdle(
      () => {
        this.#scheduled = false;
        const { canvas } = ui;
        if (!visibility.near || view.current || !canvas.width) return;
        const { width, height } = canvas;
        this.#backup = contextOf(canvas).getImageData(0, 0, width, height);
        this.#stale = false;
      },
      { timeout: BACKUP_MS },
    );
  }

  #restore() {
    const { scene, view, ui } = this.#host;
    const { canvas } = ui;
    if (!scene) return;
    if (!this.#backup && !canvas.getContext("2d")?.isContextLost()) return;
    const fresh = (ui.canvas = this.create());
    if (this.#backup) {
      const { width, height } = this.#backup;
      Object.assign(fresh, { width, height });
      contextOf(fresh).putImageData(this.#backup, 0, 0);
    }
    canvas.replaceWith(fresh);
    view.requestUpdate();
  }
}
