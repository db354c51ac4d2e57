// @ts-check
// The tiers that paint: opens them, tries whether they really do, notices when a GPU is lost, and
// opens it again when its time has come.
import { openGl, openGpu } from "bindings";
import { load } from "./assets.js";
import {
  callWasm,
  errorMessage,
  releaseRenderer,
  toTrapError,
} from "./traps.js";

/** @import { GpuRenderer } from 'bindings' */
/** @import { FromEngine, Renderer, Tier } from './messages.d.ts' */
/** @import { TrapError } from './traps.js' */
/**
 * @typedef {{ tier: Tier, key: string, canvas: OffscreenCanvas, gpuRenderer: GpuRenderer, kernels: Record<string, string> }} Opened A tier that paints, and the kernels that it knows.
 */
/**
 * @typedef {{ reason: string, retryAt: number, reopening?: boolean, gpuRenderer?: undefined, canvas?: undefined }} Closed A tier that does not, why, and when it may be tried again.
 */
/** @typedef {Opened | Closed} TierState */
/** @typedef {{ tier: Tier, key?: string, canvas?: OffscreenCanvas, gpuRenderer?: GpuRenderer, reasons: string[] }} Choice */
/**
 * @typedef {{ type: 'reopened', id?: undefined, key: string, closed: Closed, opening: Promise<TierState> }} Reopened
 */
/**
 * What the manager needs of the worker.
 * @typedef {object} Worker
 * @property {(message: FromEngine) => void} post
 * @property {(message: any) => void} enqueue
 * @property {(error: TrapError, id: number | undefined, during: string) => void} fail
 */

const OPEN_MS = 2500; // a tier that has not opened by then never will
const REOPEN_MS = 2e3; // in which a GPU process comes back, mostly within one second
const RETRY_MS = 125e3; // browsers block a host that loses its GPU twice in two minutes
const ONE_LOSS_MS = 500; // one death of the GPU takes all there is
const PROBE_PX = 8;
const PROBE_TOLERANCE = 6;
// The engine's test picture: a mark, a ribbon and a line of background. A context that lies about
// success shows here.
/** @type {[x: number, y: number, colour: number[]][]} */
const PROBE_PIXELS = [
  [2, 3, [25, 121, 121]],
  [6, 3, [170, 102, 30]],
  [4, 7, [240, 236, 224]],
];
/** What a renderer may be painted by, best first. @type {Record<string, Tier[]>} */
const TIERS = { webgpu: ["webgpu", "webgl2"], webgl2: ["webgl2"], canvas: [] };

// What the browser can do: not known yet, being found out, known.
const [UNKNOWN, PROBING, KNOWN] = [0, 1, 2];

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
const withTimeout = (promise) =>
  Promise.race([
    promise,
    new Promise((_, fail) => setTimeout(fail, OPEN_MS, "timeout")),
  ]);

// Whether the CPU does the drawing: not every browser counts that as a caveat. The name is looked
// at and forgotten.
/** @param {WebGL2RenderingContext} gl */
const drawsInSoftware = (gl) => {
  let name = gl.getParameter(gl.RENDERER);
  // Chromium and WebKit answer «WebKit WebGL»; Firefox answers with the GPU's family and warns
  // about the extension.
  const more =
    /^WebKit/.test(name) && gl.getExtension("WEBGL_debug_renderer_info");
  if (more) name = gl.getParameter(more.UNMASKED_RENDERER_WEBGL);
  return /swiftshader|llvmpipe|softpipe|software|basic render|warp/i.test(name);
};

// The texts of a tier's shaders, which only that tier loads, or those of the kernels.
/** @param {Tier | 'kernels'} tier @returns {Promise<Record<string, string>>} */
export const loadShaders = async (tier) => {
  try {
    return (await load(`shaders-${tier}`)).default;
  } catch {
    throw "no-shaders";
  }
};

/** @param {OffscreenCanvas} canvas */
const looksRight = (canvas) => {
  const context = new OffscreenCanvas(PROBE_PX, PROBE_PX).getContext("2d", {
    willReadFrequently: true,
  });
  if (!context) return false;
  const bitmap = canvas.transferToImageBitmap();
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, PROBE_PX, PROBE_PX);
  return PROBE_PIXELS.every(([x, y, colour]) =>
    colour.every(
      (c, i) =>
        Math.abs(data[4 * (PROBE_PX * y + x) + i] - c) <= PROBE_TOLERANCE,
    ),
  );
};

/** @param {OffscreenCanvas} canvas @param {boolean} force also in software @param {Record<string, string>} kernels */
const openWebGpu = async (canvas, force, kernels) => {
  const adapter = await /** @type {any} */ (navigator).gpu?.requestAdapter({
    powerPreference: "low-power",
  });
  if (!adapter) throw "no-adapter";
  if (!force && (adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter))
    throw "software-adapter";
  const shaders = { ...(await loadShaders("webgpu")), ...kernels };
  return openGpu(canvas, force, shaders).catch((error) => {
    throw toTrapError(error);
  });
};

/** @param {OffscreenCanvas} canvas @param {boolean} force also in software */
const openWebGl2 = async (canvas, force) => {
  const context = canvas.getContext("webgl2", {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    powerPreference: "low-power",
    failIfMajorPerformanceCaveat: !force,
  });
  if (!context) throw force ? "no-context" : "software-context";
  try {
    if (!force && drawsInSoftware(context)) throw "software-context";
    const shaders = await loadShaders("webgl2");
    return callWasm(() => openGl(canvas, context, shaders));
  } catch (error) {
    context.getExtension("WEBGL_lose_context")?.loseContext();
    throw error;
  }
};

export class TierManager {
  /** Tiers that have trapped. @type {Tier[]} */
  badTiers = [];
  /** There was an engine before this one. */
  restarted = false;
  /** Texts of the compute kernels, when they are here. @type {Record<string, string>} */
  #kernels = {};
  /**
   * By tier, or by tier with «!» where a software device was asked for.
   * @type {Map<string, TierState | Promise<TierState>>}
   */
  #tiers = new Map();
  /** When GPUs were lost. @type {number[]} */
  #lossTimes = [];
  #state = UNKNOWN;
  /** @type {Worker} */
  #worker;

  /** @param {Worker} worker */
  constructor(worker) {
    this.#worker = worker;
  }

  // ---- choosing

  // An element that does not ask, or had an engine before this one, gets its first picture from the
  // raster: no reader waits for a context or a shader.
  /** @param {Renderer} [renderer] */
  useRasterFirst(renderer = "auto") {
    const tiers = TIERS[renderer];
    return (
      this.#state !== KNOWN && (!tiers || (this.restarted && tiers.length > 0))
    );
  }

  /** @param {Renderer} [renderer] @returns {Promise<Choice>} */
  async select(renderer) {
    return this.useRasterFirst(renderer)
      ? { tier: "canvas", reasons: ["opening"] }
      : this.probeTiers(renderer);
  }

  // the best living renderer for what an element asks; without one the canvas tier, with the
  // reasons.
  /** @param {Renderer} [renderer] @returns {Promise<Choice>} */
  async probeTiers(renderer = "auto") {
    const reasons = [];
    for (const tier of TIERS[renderer] ?? TIERS.webgpu) {
      for (const key of tier === renderer ? [tier, tier + "!"] : [tier]) {
        if (!this.#tiers.has(key)) this.#tiers.set(key, this.#begin(tier, key));
        const state = await this.#stateOf(key);
        if (state?.gpuRenderer) return { ...state, reasons };
        const closed = /** @type {Closed} */ (state);
        reasons.push(key + ": " + closed.reason);
        if (this.#reopen(tier, key, closed)) return { tier: "canvas", reasons };
        if (closed.reason === "timeout") break;
      }
    }
    return { tier: "canvas", reasons };
  }

  /** @param {string} key @returns {Promise<TierState | undefined>} */
  async #stateOf(key) {
    return this.#tiers.get(key);
  }

  // Whether a better tier than the raster is still to be looked for: says so once.
  startUpgrade() {
    if (this.#state !== UNKNOWN) return false;
    this.#state = PROBING;
    return true;
  }

  // What the browser can do is known: why it is no better than the raster, or nothing.
  async finishUpgrade() {
    const { gpuRenderer, reasons } = await this.probeTiers();
    this.#state = KNOWN;
    return gpuRenderer || this.restarted ? "" : reasons.join("; ");
  }

  // ---- opening

  // What takes its time is not waited for, but taken when it comes: after a death of the GPU a busy
  // machine needs long for a new one.
  /** @param {Tier} tier @param {string} key */
  #begin(tier, key) {
    const opening = this.#open(tier, key);
    /** @type {Closed} */
    const closed = { reason: "timeout", retryAt: Infinity };
    return withTimeout(opening).catch(() => {
      this.#enqueueOpened(key, closed, opening);
      return closed;
    });
  }

  /** @param {string} key @param {Closed} closed @param {Promise<TierState>} opening */
  #enqueueOpened(key, closed, opening) {
    opening.then(() =>
      this.#worker.enqueue({ type: "reopened", key, closed, opening }),
    );
  }

  /** @param {Reopened} message */
  async onOpened({ key, closed, opening }) {
    const next = await opening;
    if ((await this.#stateOf(key)) === closed) {
      this.#tiers.set(key, next);
      this.#teach(next);
    } else if (next.gpuRenderer) releaseRenderer(next.gpuRenderer); // all was given back meanwhile
    // Also where it failed: the time of the next try counts from there.
    this.#worker.post({ type: "refresh" });
  }

  /** @param {Tier} tier @param {string} key @returns {Promise<TierState>} */
  async #open(tier, key) {
    const { fail, post } = this.#worker;
    try {
      if (this.badTiers.includes(tier)) throw "trap";
      post({ type: "opening", tier }); // should this thread never come back, it is known why
      const canvas = new OffscreenCanvas(PROBE_PX, PROBE_PX);
      canvas.addEventListener("webglcontextlost", (event) => {
        event.preventDefault();
        this.#onLost(tier, key, canvas);
      });
      const force = key !== tier;
      const kernels = this.#kernels;
      const gpuRenderer =
        tier === "webgpu"
          ? await openWebGpu(canvas, force, kernels)
          : await openWebGl2(canvas, force);
      try {
        callWasm(() => gpuRenderer.probe());
        if (!looksRight(canvas)) throw "wrong-pixels";
      } catch (error) {
        if (!error.trap) releaseRenderer(gpuRenderer);
        throw error;
      }
      return { key, tier, canvas, gpuRenderer, kernels };
    } catch (error) {
      if (error.trap) fail(Object.assign(error, { tier }), undefined, "open");
      const retryAt = Date.now() + this.#retryDelay();
      return { reason: errorMessage(error), retryAt };
    } finally {
      post({ type: "opened" });
    }
  }

  // What follows the first loss within seconds may still be that loss: a few more tries, farther
  // and farther apart.
  #retryDelay() {
    const since = Date.now() - (this.#lossTimes.at(-1) ?? NaN);
    const soon =
      this.#lossTimes.length < 2 &&
      since < 2 * REOPEN_MS &&
      Math.min(REOPEN_MS, Math.max(REOPEN_MS / 8, since / 2));
    return soon || RETRY_MS;
  }

  // ---- losing and opening again

  /** @param {Tier} tier @param {string} key @param {OffscreenCanvas} canvas */
  async #onLost(tier, key, canvas) {
    if ((await this.#stateOf(key))?.canvas !== canvas) return;
    await this.close(key, "lost");
    const state = await this.#stateOf(key);
    // The pages' pictures are still there: while a new context comes at once nobody needs others.
    const reopening =
      state && !state.gpuRenderer && this.#reopen(tier, key, state);
    if (!reopening) this.#worker.post({ type: "refresh" });
  }

  // Forgets a GPU renderer. The first loss is mended at once, the second after a while; after more the
  // GPU rests, as it does where none can be had.
  /** @param {string} key @param {string} reason */
  async close(key, reason) {
    const gpuRenderer = (await this.#stateOf(key))?.gpuRenderer;
    const now = Date.now();
    if (gpuRenderer && !(now - (this.#lossTimes.at(-1) ?? NaN) < ONE_LOSS_MS)) {
      const recent = this.#lossTimes.filter((then) => now - then < RETRY_MS);
      this.#lossTimes = [...recent, now];
    }
    const delay = [0, REOPEN_MS][this.#lossTimes.length - 1] ?? RETRY_MS;
    this.#tiers.set(key, { reason, retryAt: now + delay });
    try {
      gpuRenderer?.release();
    } catch {} // it may have died with its device
  }

  // Opens again what was lost, when its time has come, behind the picture that is there. Says
  // whether that is soon.
  /** @param {Tier} tier @param {string} key @param {Closed} closed */
  #reopen(tier, key, closed) {
    const wait = closed.retryAt - Date.now();
    if (wait > REOPEN_MS) return closed.reopening; // whoever asks then is soon enough
    closed.retryAt = Infinity;
    closed.reopening = true;
    const go = () => this.#enqueueOpened(key, closed, this.#open(tier, key));
    // WebGPU opens behind the picture that is painted now; WebGL2 would hold it up.
    tier === "webgpu" && wait <= 0 ? go() : setTimeout(go, wait);
    return true;
  }

  // Nobody looks: contexts and devices go back.
  async releaseGpu() {
    for (const key of this.#tiers.keys()) {
      const gpuRenderer = (await this.#stateOf(key))?.gpuRenderer;
      this.#tiers.delete(key);
      if (gpuRenderer) releaseRenderer(gpuRenderer);
    }
    this.#state = UNKNOWN;
  }

  /** @param {Record<string, string>} kernels */
  async setKernels(kernels) {
    this.#kernels = kernels;
    for (const state of this.#tiers.values()) this.#teach(await state);
  }

  // What was opened before the kernels came, or while they did, gets them now.
  /** @param {TierState} state */
  #teach(state) {
    const { gpuRenderer } = state;
    if (!gpuRenderer || state.kernels === this.#kernels) return;
    state.kernels = this.#kernels;
    callWasm(() => gpuRenderer.teach(this.#kernels));
  }
}
