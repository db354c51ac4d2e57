// @ts-check
// The engine: one wasm, one painter per tier, driven by messages. Runs in a module worker or, where
// that is refused, on the page's own thread.
import init, { Engine, openGl, openGpu } from "bindings";
import { circleIn } from "./circle.js";
import { whyNot } from "./missing-files.js";
import { fetchWasm, assets } from "./assets.js";

/** @import { Changes, Painter, SceneReply } from 'bindings' */
/** @import { FromEngine, Assets, Renderer, Tier, ToEngine } from './messages.d.ts' */
/** @typedef {{ tier: Tier, key: string, canvas: OffscreenCanvas, painter: Painter }} Opened a tier that paints */
/** @typedef {{ reason: string, again: number, coming?: boolean, painter?: undefined, canvas?: undefined }} Closed a tier that does not, why, and when it may be tried again */
/** @typedef {Extract<FromEngine, { type: 'scene' | 'frame' }>} Answer */
/** What comes to the engine from itself: what took its time, in the order of all other messages. @typedef {{ type: 'revived', id?: undefined, key: string, one: Closed, opening: Promise<Opened | Closed> }} Revived */
/** @typedef {{ type: 'kernels', id?: undefined, texts: Record<string, string> }} Learned */
/** @typedef {ToEngine | Revived | Learned} Message */
/** @typedef {{ [Type in Message['type']]?: (message: Extract<Message, { type: Type }>) => unknown }} Handlers */
/** The methods of the engine. @typedef {{ [Key in keyof Engine]: Engine[Key] extends (...rest: any) => any ? Key : never }[Exclude<keyof Engine, symbol>]} Method */

const STEP_MS = 2500; // a tier that has not opened by then never will
const AGAIN_MS = 2e3; // in which a GPU process comes back, mostly within one second
const RETRY_MS = 125e3; // browsers block a host that loses its GPU twice in two minutes
// The engine's test picture at 8×8: a mark, a ribbon and a line of ground. A context that lies
// about success shows here.
/** @type {[x: number, y: number, colour: number[]][]} */
const CANARY = [
  [2, 3, [25, 121, 121]],
  [6, 3, [170, 102, 30]],
  [4, 7, [240, 236, 224]],
];
const SLACK = 6;
// Rows, from which on a kernel says what of them can be seen, as in compute/src/kernel/mod.rs.
const LARGE = 65_536;
const MOST_PX = 8192; // of a side, as in src/render/mod.rs
const TWEEN_MS = 250;
const WAIT_MS = 500; // that a GPU may be looked for later, so that first pictures come first
/** @type {Record<string, string>} */
// Of questions.
const ANSWERS = {
  card: "card",
  find: "found",
  pick: "picked",
  svg: "svg",
  table: "table",
};
/** @type {Record<string, Tier[]>} */
const TIERS = { webgpu: ["webgpu", "webgl2"], webgl2: ["webgl2"], canvas: [] };

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
const limit = (promise) =>
  Promise.race([
    promise,
    new Promise((_, fail) => setTimeout(fail, STEP_MS, "timeout")),
  ]);
/** @param {any} error */
const words = (error) => String(error?.message ?? error).slice(0, 200);
// A page's policy, or bytes that are no wasm.
/** @param {Error} error */
const kindOf = ({ name, message }) =>
  name !== "CompileError"
    ? ""
    : /policy|unsafe-eval|CSP|embedder/i.test(message)
      ? "wasm-refused: "
      : "file-changed: ";
// Codes come out of the wasm as texts. Anything else is a trap, or flew through it: either way the
// instance is unsound.
/** @param {unknown} error @returns {never} */
const trap = (error) => {
  throw typeof error === "string"
    ? error
    : Object.assign(Error(words(error)), { trap: true });
};
/** @template T @param {() => T} call @returns {T} */
const inside = (call) => {
  try {
    return call();
  } catch (error) {
    return trap(error);
  }
};
/** @param {Painter} painter */
const release = (painter) => inside(() => painter.release());

/**
 * What a page sets as `.data` as JSON, which says what it means: dates become texts, functions nothing.
 * @param {unknown} data
 */
const written = (data) => {
  try {
    return JSON.stringify(data) ?? "null";
  } catch {
    throw { code: "circle", detail: circleIn(data) };
  }
};

const compile = async () => {
  try {
    const answer = await fetchWasm();
    const spare = answer.clone(); // a server with the wrong MIME type refuses streaming only
    try {
      return await WebAssembly.compileStreaming(answer);
    } catch {
      return await WebAssembly.compile(await spare.arrayBuffer());
    }
  } catch (error) {
    // A browser that failed to get it says no more than that.
    throw ["TypeError", "TimeoutError"].includes(error.name)
      ? Error(await whyNot(assets.wasm, error))
      : error;
  }
};

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
const shadersOf = async (tier) => {
  try {
    return (await import(assets.shaders(tier))).default;
  } catch {
    throw "no-shaders";
  }
};

/** @param {OffscreenCanvas} canvas */
const looksRight = (canvas) => {
  const pen = new OffscreenCanvas(8, 8).getContext("2d", {
    willReadFrequently: true,
  });
  if (!pen) return false;
  const bitmap = canvas.transferToImageBitmap();
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = pen.getImageData(0, 0, 8, 8);
  return CANARY.every(([x, y, colour]) =>
    colour.every((c, i) => Math.abs(data[4 * (8 * y + x) + i] - c) <= SLACK),
  );
};

// post(message, transfer) answers the page; the returned function takes the page's messages.
/** @param {(message: FromEngine, transfer?: Transferable[]) => void} post @returns {(message: ToEngine) => void} */
export const start = (post) => {
  /** @type {Engine} */
  let engine;
  let ready = false;
  /** @type {Promise<void> | undefined} */
  let booted;
  let stopped = false;
  /** @type {Tier[]} */
  let avoid = [];
  let again = false; // there was an engine before this one
  /** @type {number[]} */
  let losses = []; // when GPUs were lost
  /** @type {ArrayBuffer | null} */
  let spare = null; // the memory of a picture that the page has shown
  let exploring = false; // what the browser can do is being found out
  let explored = false;
  /** @type {WebAssembly.Module | null | undefined} */
  let compiled; // the module, from an engine before this one
  /** @type {(bytes: ArrayBuffer | undefined) => void} */
  let keepBytes; // takes the bytes of the wasm that the page fetches
  /** @type {Map<number, Renderer>} */
  const renderers = new Map(); // widget → what its element asked for
  /** @type {Set<number>} */
  const large = new Set(); // widgets with so many rows that a kernel has work
  let kernels = {}; // their texts, when they are here
  let learning = false; // they are on their way, or were
  /** @type {Set<number>} */
  const due = new Set(); // widgets whose data is here, but that have no picture yet
  /** @type {Map<string, Opened | Closed | Promise<Opened | Closed>>} */
  const painters = new Map(); // tier, or tier with «!» where a software device was asked for

  // src/web.rs says what can be asked.
  /** @template {Method} M @param {M} method @param {Parameters<Engine[M]>} rest @returns {ReturnType<Engine[M]>} */
  const ask = (method, ...rest) =>
    inside(() => /** @type {any} */ (engine)[method](...rest));

  // What is worked at is told before it begins: should it never end, it is known whose it was.
  // Nobody's where the browser is waited for.
  /** @param {number} [id] @param {string} [what] @param {{ bytes?: number, tier?: Tier }} [more] */
  const at = (id, what, more) => post({ type: "at", id, what, ...more });

  /** @type {Promise<ArrayBuffer | undefined>} */
  const bytes = new Promise((keep) => (keepBytes = keep));

  // What the page did not get is fetched here once more.
  const module = async () => {
    const made = await bytes
      .then((bytes) => WebAssembly.compile(/** @type {ArrayBuffer} */ (bytes)))
      .catch((error) =>
        error instanceof WebAssembly.CompileError
          ? Promise.reject(error)
          : compile(),
      );
    post({ type: "compiled", compiled: made });
    return made;
  };

  const boot = async () => {
    if (typeof WebAssembly !== "object") throw Error("no-webassembly");
    await init({ module_or_path: compiled ?? (await module()) });
    engine = inside(() => new Engine());
    ready = true;
    post({ type: "ready" });
  };

  // Forgets a painter. The first loss is mended at once, the second after a while; after more the
  // GPU rests, as it does where none can be had.
  /** @param {string} key @param {string} reason */
  const drop = async (key, reason) => {
    const painter = (await painters.get(key))?.painter;
    const now = Date.now();
    // One death of the GPU takes all there is.
    if (painter && !(now - (losses.at(-1) ?? NaN) < 500))
      losses = [...losses.filter((then) => now - then < RETRY_MS), now];
    painters.set(key, {
      reason,
      again: now + ([0, AGAIN_MS][losses.length - 1] ?? RETRY_MS),
    });
    try {
      painter?.release();
    } catch {} // it may have died with its device
  };

  /** @type {Record<string, (canvas: OffscreenCanvas, force: boolean) => Promise<Painter>>} */
  const openers = {
    async webgpu(canvas, force) {
      const adapter = await /** @type {any} */ (navigator).gpu?.requestAdapter({
        powerPreference: "low-power",
      });
      if (!adapter) throw "no-adapter";
      if (
        !force &&
        (adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter)
      )
        throw "software-adapter";
      return openGpu(canvas, force, {
        ...(await shadersOf("webgpu")),
        ...kernels,
      }).catch(trap);
    },
    async webgl2(canvas, force) {
      const wanted = {
        alpha: false,
        antialias: false,
        depth: false,
        stencil: false,
        powerPreference: "low-power",
        failIfMajorPerformanceCaveat: !force,
      };
      const context = canvas.getContext("webgl2", wanted);
      if (!context) throw force ? "no-context" : "software-context";
      try {
        if (!force && drawsInSoftware(context)) throw "software-context";
        const shaders = await shadersOf("webgl2");
        return inside(() => openGl(canvas, context, shaders));
      } catch (error) {
        context.getExtension("WEBGL_lose_context")?.loseContext();
        throw error;
      }
    },
  };

  /** @param {Tier} tier @param {string} key @returns {Promise<Opened | Closed>} */
  const open = async (tier, key) => {
    try {
      if (avoid.includes(tier)) throw "trap";
      post({ type: "opening", tier }); // should this thread never come back, it is known why
      const canvas = new OffscreenCanvas(8, 8);
      canvas.addEventListener("webglcontextlost", async (event) => {
        event.preventDefault();
        if ((await painters.get(key))?.canvas !== canvas) return;
        await drop(key, "lost");
        // The pages' pictures are still there: while a new context comes at once nobody needs
        // others.
        const one = await painters.get(key);
        (one && !one.painter && revive(tier, key, one)) ||
          post({ type: "refresh" });
      });
      const painter = await openers[tier](canvas, key !== tier);
      try {
        inside(() => painter.canary());
        if (!looksRight(canvas)) throw "canary";
      } catch (error) {
        if (!error.trap) release(painter);
        throw error;
      }
      return { key, tier, canvas, painter };
    } catch (error) {
      if (error.trap) die(Object.assign(error, { tier }), undefined, "open");
      // What follows the first loss within seconds may still be that loss: a few more tries,
      // farther and farther apart.
      const since = Date.now() - (losses.at(-1) ?? NaN);
      const soon =
        losses.length < 2 &&
        since < 2 * AGAIN_MS &&
        Math.min(AGAIN_MS, Math.max(AGAIN_MS / 8, since / 2));
      return { reason: words(error), again: Date.now() + (soon || RETRY_MS) };
    } finally {
      post({ type: "opened" });
    }
  };

  // What takes its time is not waited for, but taken when it comes: after a death of the GPU a busy
  // machine needs long for a new one.
  /** @param {Tier} tier @param {string} key */
  const begin = (tier, key) => {
    const opening = open(tier, key);
    /** @type {Closed} */
    const one = { reason: "timeout", again: Infinity };
    return limit(opening).catch(() => (arrive(key, one, opening), one));
  };
  /** @param {string} key @param {Closed} one @param {Promise<Opened | Closed>} opening */
  const arrive = (key, one, opening) =>
    opening.then(() => queue({ type: "revived", key, one, opening }));

  // The best living painter for what an element asks; without one the canvas tier, with the
  // reasons. An element that does not ask, or had an engine before this one, gets its first picture
  // from the raster: no reader waits for a context or a shader.
  /** @param {Renderer} [renderer] */
  const rastered = (renderer = "auto") =>
    !explored && (!TIERS[renderer] || (again && TIERS[renderer].length > 0));
  /** @typedef {{ tier: Tier, key?: string, canvas?: OffscreenCanvas, painter?: Painter, said: string[] }} Choice */
  /** @param {Renderer} [renderer] @returns {Promise<Choice>} */
  const choose = async (renderer) =>
    rastered(renderer)
      ? { tier: "canvas", said: ["opening"] }
      : survey(renderer);

  /** @param {Renderer} [renderer] @returns {Promise<Choice>} */
  const survey = async (renderer = "auto") => {
    const said = [];
    for (const tier of TIERS[renderer] ?? TIERS.webgpu) {
      for (const key of tier === renderer ? [tier, tier + "!"] : [tier]) {
        if (!painters.has(key)) painters.set(key, begin(tier, key));
        const one = /** @type {Opened | Closed} */ (await painters.get(key));
        if (one.painter) return { ...one, said };
        said.push(key + ": " + one.reason);
        if (revive(tier, key, one)) return { tier: "canvas", said };
        if (one.reason === "timeout") break;
      }
    }
    return { tier: "canvas", said };
  };

  // Opens again what was lost, when its time has come, behind the picture that is there. Says
  // whether that is soon.
  /** @param {Tier} tier @param {string} key @param {Closed} one */
  const revive = (tier, key, one) => {
    const wait = one.again - Date.now();
    if (wait > AGAIN_MS) return one.coming; // whoever asks then is soon enough
    one.again = Infinity;
    one.coming = true;
    const go = () => arrive(key, one, open(tier, key));
    // WebGPU opens behind the picture that is painted now; WebGL2 would hold it up.
    tier === "webgpu" && wait <= 0 ? go() : setTimeout(go, wait);
    return true;
  };

  // Paints what a widget shows now, in the best tier that can, and posts it with the answer.
  /** @param {Answer} answer @param {number} dpr */
  const shoot = async (answer, dpr) => {
    const { id } = answer;
    due.delete(id);
    for (let /** @type {Choice | undefined} */ raster; ;) {
      at();
      const { key, tier, canvas, painter, said } =
        raster ?? (await choose(renderers.get(id)));
      Object.assign(answer, { tier, reason: said.join("; ") });
      painter ? at(0, "paint", { tier }) : at(id, "paint");
      const { width, height } = ask("pixels", id, dpr);
      // A picture of no size is a picture: its words are all that there is of it. No canvas and no
      // bitmap can be that small.
      if (!width || !height)
        return post({
          ...answer,
          width: 0,
          height: 0,
          first: !painter && rastered(renderers.get(id)),
        });
      if (!painter || !canvas || !key) {
        // Fresh memory costs more than a whole picture: what the page gives back is painted again.
        const bytes = 4 * width * height;
        const pixels =
          spare?.byteLength === bytes ? spare : new ArrayBuffer(bytes);
        spare = null;
        ask("picture", id, dpr, new Uint8Array(pixels));
        return post(
          {
            ...answer,
            width,
            height,
            pixels,
            first: rastered(renderers.get(id)),
          },
          [pixels],
        );
      }
      try {
        if (canvas.width !== width) canvas.width = width;
        if (canvas.height !== height) canvas.height = height;
        ask("paint", painter, id, dpr);
        const bitmap = canvas.transferToImageBitmap();
        return post({ ...answer, width, height, bitmap }, [bitmap]);
      } catch (error) {
        if (error.trap) throw Object.assign(error, { tier });
        // Too much for this GPU is this picture's own affair.
        if (/^too-/.test(error))
          raster = { tier: "canvas", said: [...said, key + ": " + error] };
        else await drop(key, words(error));
      }
    }
  };

  // What a view becomes by what the reader did: the widget says what changes.
  /** @param {Extract<ToEngine, { type: 'view' }>} message */
  const acted = ({ id, view, acts }) => {
    /** @type {Changes} */
    const changed = { state: {} };
    for (const act of acts) {
      const { state, ...own } = ask("act", id, view, act);
      for (const told of [view, changed])
        Object.assign(told, own, { state: { ...told.state, ...state } });
    }
    return changed;
  };

  /** @param {Extract<ToEngine, { type: 'view' }>} message */
  const frame = async (message) => {
    const { id, view } = message;
    const { seq } = view;
    const changed = acted(message);
    const reply = ask("scene", id, view, !!view.animate);
    /** @type {Extract<FromEngine, { type: 'scene' }>} */
    const answer = { type: "scene", id, seq, changed, reply };
    // Before its first picture a page whose room is given wants to know what room the words leave.
    if (view.draft) return post({ ...answer, draft: true });
    // A side that is cut off would be stretched to its place: a tall picture is coarser instead.
    const dpr = Math.min(
      view.dpr,
      MOST_PX / Math.max(view.width, reply.height),
    );
    if (view.animate) {
      const begin = performance.now();
      const part = () =>
        1 - (1 - Math.min(1, (performance.now() - begin) / TWEEN_MS)) ** 3;
      while (ask("tween", id, part())) {
        await shoot({ type: "frame", id, seq, size: reply.height }, dpr);
        // A page that is not looked at gets no animation frames.
        await new Promise(
          (next) => (requestAnimationFrame(next), setTimeout(next, 100)),
        );
      }
    }
    await shoot(answer, dpr);
    // Kernels come when there is work for them: this time it was done without.
    if (answer.tier === "webgpu" && (view.animate || large.has(id))) learn();
  };

  const learn = () => {
    if (learning) return;
    learning = true;
    shadersOf("kernels").then(
      (texts) => queue({ type: "kernels", texts }),
      () => {},
    );
  };

  /** @param {number} id @param {number} datum @param {string} lang */
  const card = (id, datum, lang) =>
    datum >= 0 ? ask("card", id, datum, lang) : null;

  /** @type {Handlers} */
  const on = {
    words: ({ texts }) => ask("teach", texts),
    ping: () => post({ type: "pong" }),
    // Nobody looks: contexts and devices go back.
    async rest() {
      for (const key of painters.keys()) {
        const painter = (await painters.get(key))?.painter;
        painters.delete(key);
        if (painter) release(painter);
      }
      exploring = explored = false;
    },
    async revived({ key, one, opening }) {
      const next = await opening;
      if ((await painters.get(key)) === one) painters.set(key, next);
      else if (next.painter) release(next.painter); // all was given back meanwhile
      post({ type: "refresh" }); // also where it failed: the time of the next try counts from there
    },
    async kernels({ texts }) {
      kernels = texts;
      for (const painter of painters.values())
        (await painter).painter?.teach(texts);
      if (large.size) post({ type: "refresh" });
    },
    open({ id, kind, renderer }) {
      renderers.set(id, renderer);
      ask("open", id, kind);
      // Opened while the data is on its way; the frame reports what went wrong.
      choose(renderer).catch(() => {});
    },
    // A first picture stands: what can the browser do? With something better than the raster
    // everything is painted again. A GPU that is looked for holds up whoever is about to get a
    // first picture too; but some never ask for one, because nobody sees them.
    explore() {
      if (exploring) return;
      exploring = true;
      const next = () => queue({ type: "explored" });
      const begin = Date.now();
      const look = () =>
        due.size && Date.now() - begin < WAIT_MS
          ? setTimeout(look, 16)
          : survey().then(next, next);
      look();
    },
    async explored() {
      const { painter, said } = await survey();
      explored = true;
      post({
        type: "refresh",
        reason: painter || again ? "" : said.join("; "),
      });
    },
    renderer: ({ id, renderer }) => renderers.set(id, renderer),
    close({ id }) {
      renderers.delete(id);
      large.delete(id);
      due.delete(id);
      ask("close", id);
    },
    async load({
      id,
      seq,
      bytes,
      text,
      data,
      columns,
      name = "",
      mediaType = "",
      format = "json",
      refused,
    }) {
      let reply;
      try {
        if (refused) throw { code: refused[0], detail: refused[1] };
        if (columns) {
          at();
          const { readColumns } = await import(assets.columns).catch(() =>
            Promise.reject({ code: "fetch-failed" }),
          );
          at(id, "load");
          const most = inside(Engine.limits);
          for (const [name, numbers, codes, names] of readColumns(columns, [
            most.bytes,
            most.objects,
            most.values,
            most.rows,
          ]))
            ask("column", id, name, numbers, codes, names);
          reply = ask("loadColumns", id);
        } else if (bytes)
          reply = ask("loadBytes", id, new Uint8Array(bytes), name, mediaType);
        else {
          const words = text ?? written(data);
          at(id, "load", { bytes: words.length });
          reply = ask("loadText", id, words, format);
        }
      } catch (error) {
        if (error.trap) throw error;
        reply = ask(
          "refuse",
          `${error.code ?? "not-json"}`,
          `${error.detail ?? ""}`,
        );
      }
      if (!("error" in reply)) {
        due.add(id);
        reply.rows < LARGE ? large.delete(id) : large.add(id);
      }
      post({ type: "loaded", id, seq, reply });
    },
    read({ seq, bytes, name }) {
      post({
        type: "read",
        seq,
        reply: ask("readFile", new Uint8Array(bytes), name),
      });
    },
    view: frame,
    pick({ id, seq, x, y, lang }) {
      const { datum, opens } = ask("pick", id, x, y);
      post({
        type: "picked",
        id,
        seq,
        datum,
        opens,
        card: card(id, datum, lang),
      });
    },
    card: ({ id, seq, datum, lang }) =>
      post({ type: "card", id, seq, card: card(id, datum, lang) }),
    find: ({ id, seq, text, lang }) =>
      post({ type: "found", id, seq, found: ask("find", id, text, lang) }),
    svg: ({ id, seq, view }) =>
      post({
        type: "svg",
        id,
        seq,
        svg: ask("svg", id, view, view.bare ?? false, view.font ?? ""),
      }),
    table: ({ id, seq, lang }) =>
      post({ type: "table", id, seq, table: ask("table", id, lang) }),
  };

  // Everything goes through this one guard, one message after another: nothing calls into the wasm
  // while it is inside a call.
  /** @param {Error & { trap?: boolean, tier?: Tier }} error @param {number | undefined} id @param {string} during */
  const die = (error, id, during) => {
    if (stopped) return;
    const fatal = !ready || !!error.trap;
    stopped = fatal;
    post({
      type: "failed",
      id,
      fatal,
      final: !ready,
      tier: error.tier,
      during,
      reason: kindOf(error) + words(error),
    });
  };
  /** @param {Message} message */
  const guard = async (message) => {
    if (stopped) return;
    try {
      await (booted ??= boot());
      const { id, type } = message;
      // Whoever asks is answered, also for a widget that is gone or never came.
      if (id && type !== "open" && !renderers.has(id))
        return (
          ANSWERS[type] &&
          post(
            /** @type {any} */ ({
              type: ANSWERS[type],
              id,
              seq: /** @type {any} */ (message).seq,
              datum: -1,
            }),
          )
        );
      if (id)
        at(id, type, {
          bytes: type === "load" ? message.bytes?.byteLength : undefined,
        });
      await /** @type {any} */ (on[type])(message);
    } catch (error) {
      die(error, message.id, message.type);
    }
    if (message.id) at();
  };
  /** @type {Promise<unknown>} */
  let chain = Promise.resolve();
  /** @param {Message} message */
  const queue = (message) => (chain = chain.then(() => guard(message)));
  return (message) => {
    if (message.type === "back") return void (spare = message.pixels);
    if (message.type === "boot") {
      avoid = message.avoid;
      Object.assign(assets, message.assets);
      compiled = message.compiled;
      again = !!compiled;
      return;
    }
    if (message.type === "wasm") return keepBytes(message.bytes);
    if (message.type !== "view" || !ready) return queue(message);
    // A tier that takes its time must not hold up the other elements of the page.
    const next = () => queue(message);
    choose(renderers.get(message.id)).then(next, next);
  };
};

if (
  typeof DedicatedWorkerGlobalScope === "function" &&
  self instanceof DedicatedWorkerGlobalScope
) {
  const take = start((message, transfer) => postMessage(message, { transfer }));
  onmessage = ({ data }) => take(data);
  postMessage({ type: "hello" });
}
