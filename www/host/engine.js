// The engine: one wasm, one painter per tier, driven by messages. Runs in a module worker or, where that is refused, on the page's own thread.
import init, { ask as answer, column, openGl, openGpu, picture } from 'bindings';
import { whyNot } from './missing.js';
import { fetchWasm, places } from './places.js';
import { readColumns, readData, readFile, readTable, tape } from './tape.js';

const STEP_MS = 2500; // a tier that has not opened by then never will
const AGAIN_MS = 2e3; // in which a GPU process comes back, mostly within one second
const RETRY_MS = 125e3; // browsers block a host that loses its GPU twice in two minutes
// The engine's test picture at 8×8: a mark, a ribbon and a line of ground. A context that lies about success shows here.
const CANARY = [
  [2, 3, [25, 121, 121]],
  [6, 3, [170, 102, 30]],
  [4, 7, [240, 236, 224]],
];
const SLACK = 6;
const MOST_PX = 8192; // of a side, as in src/paint/mod.rs
const TWEEN_MS = 250;
const WAIT_MS = 500; // that a GPU may be looked for later, so that first pictures come first
const ANSWERS = { card: 'card', find: 'found', pick: 'picked', svg: 'svg', table: 'table' }; // of questions
const TIERS = { webgpu: ['webgpu', 'webgl2'], webgl2: ['webgl2'], canvas: [] };

const limit = (promise) => Promise.race([promise, new Promise((_, fail) => setTimeout(fail, STEP_MS, 'timeout'))]);
const words = (error) => String(error?.message ?? error).slice(0, 200);
// A page's policy, or bytes that are no wasm.
const kindOf = ({ name, message }) => (name !== 'CompileError' ? '' : /policy|unsafe-eval|CSP|embedder/i.test(message) ? 'wasm-refused: ' : 'file-changed: ');
// Codes come out of the wasm as texts. Anything else is a trap, or flew through it: either way the instance is unsound.
const trap = (error) => {
  throw typeof error === 'string' ? error : Object.assign(Error(words(error)), { trap: true });
};
const inside = (call, ...rest) => {
  try {
    return call(...rest);
  } catch (error) {
    trap(error);
  }
};
// src/web.rs says what can be asked. Without a widget it is asked of number −1.
const ask = (what, id = -1, numbers = [], texts = '') => inside(answer, id, numbers, what + '\0' + texts);
const paint = (painter, id, scale) => {
  const wrong = ask('paint', id, [painter, scale]);
  if (wrong) throw wrong;
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
    throw ['TypeError', 'TimeoutError'].includes(error.name) ? Error(await whyNot(places.wasm, error)) : error;
  }
};

// Whether the CPU does the drawing: not every browser counts that as a caveat. The name is looked at and forgotten.
const drawsInSoftware = (gl) => {
  let name = gl.getParameter(gl.RENDERER);
  // Chromium and WebKit answer «WebKit WebGL»; Firefox answers with the GPU's family and warns about the extension.
  const more = /^WebKit/.test(name) && gl.getExtension('WEBGL_debug_renderer_info');
  if (more) name = gl.getParameter(more.UNMASKED_RENDERER_WEBGL);
  return /swiftshader|llvmpipe|softpipe|software|basic render|warp/i.test(name);
};

const looksRight = (canvas) => {
  const pen = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true });
  const bitmap = canvas.transferToImageBitmap();
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = pen.getImageData(0, 0, 8, 8);
  return CANARY.every(([x, y, colour]) => colour.every((c, i) => Math.abs(data[4 * (8 * y + x) + i] - c) <= SLACK));
};

// post(message, transfer) answers the page; the returned function takes the page's messages.
export const start = (post) => {
  let ready;
  let booted;
  let stopped;
  let avoid = [];
  let again; // there was an engine before this one
  let losses = []; // when GPUs were lost
  let spare; // the memory of a picture that the page has shown
  let exploring; // what the browser can do is being found out
  let explored;
  let compiled; // the module, from an engine before this one
  let keepBytes; // takes the bytes of the wasm that the page fetches
  const renderers = new Map(); // widget → what its element asked for
  const due = new Set(); // widgets whose data is here, but that have no picture yet
  const painters = new Map(); // tier, or tier with «!» where a software device was asked for → promise

  // What is worked at is told before it begins: should it never end, it is known whose it was. Nobody's where the browser is waited for.
  const at = (id, what, more) => post({ type: 'at', id, what, ...more });

  const bytes = new Promise((keep) => (keepBytes = keep));

  // What the page did not get is fetched here once more.
  const module = async () => {
    const made = await bytes
      .then((bytes) => WebAssembly.compile(bytes))
      .catch((error) => (error instanceof WebAssembly.CompileError ? Promise.reject(error) : compile()));
    post({ type: 'compiled', compiled: made });
    return made;
  };

  const boot = async () => {
    if (typeof WebAssembly !== 'object') throw Error('no-webassembly');
    await init({ module_or_path: compiled ?? (await module()) });
    ready = true;
    post({ type: 'ready' });
  };

  // Forgets a painter. The first loss is mended at once, the second after a while; after more the GPU rests, as it does where none can be had.
  const drop = async (key, reason) => {
    const { painter } = (await painters.get(key)) ?? {};
    const now = Date.now();
    // One death of the GPU takes all there is.
    if (painter && !(now - losses.at(-1) < 500)) losses = [...losses.filter((then) => now - then < RETRY_MS), now];
    painters.set(key, { reason, again: now + ([0, AGAIN_MS][losses.length - 1] ?? RETRY_MS) });
    try {
      if (painter) ask('free', -1, [painter]);
    } catch {} // it may have died with its device
  };

  const openers = {
    async webgpu(canvas, force) {
      const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'low-power' });
      if (!adapter) throw 'no-adapter';
      if (!force && (adapter.info?.isFallbackAdapter ?? adapter.isFallbackAdapter)) throw 'software-adapter';
      return openGpu(canvas, force).catch(trap);
    },
    async webgl2(canvas, force) {
      const wanted = { alpha: false, antialias: false, depth: false, stencil: false, powerPreference: 'low-power', failIfMajorPerformanceCaveat: !force };
      const context = canvas.getContext('webgl2', wanted);
      if (!context) throw force ? 'no-context' : 'software-context';
      try {
        if (!force && drawsInSoftware(context)) throw 'software-context';
        return inside(openGl, canvas, context);
      } catch (error) {
        context.getExtension('WEBGL_lose_context')?.loseContext();
        throw error;
      }
    },
  };

  const open = async (tier, key) => {
    try {
      if (avoid.includes(tier)) throw 'trap';
      post({ type: 'opening', tier }); // should this thread never come back, it is known why
      const canvas = new OffscreenCanvas(8, 8);
      canvas.addEventListener('webglcontextlost', async (event) => {
        event.preventDefault();
        if ((await painters.get(key))?.canvas !== canvas) return;
        await drop(key, 'lost');
        // The pages' pictures are still there: while a new context comes at once nobody needs others.
        revive(tier, key, await painters.get(key)) || post({ type: 'refresh' });
      });
      const painter = await openers[tier](canvas, key !== tier);
      try {
        paint(painter);
        if (!looksRight(canvas)) throw 'canary';
      } catch (error) {
        if (!error.trap) ask('free', -1, [painter]);
        throw error;
      }
      return { key, tier, canvas, painter };
    } catch (error) {
      if (error.trap) die(Object.assign(error, { tier }), { type: 'open' });
      // What follows the first loss within seconds may still be that loss: a few more tries, farther and farther apart.
      const since = Date.now() - losses.at(-1);
      const soon = losses.length < 2 && since < 2 * AGAIN_MS && Math.min(AGAIN_MS, Math.max(AGAIN_MS / 8, since / 2));
      return { reason: words(error), again: Date.now() + (soon || RETRY_MS) };
    } finally {
      post({ type: 'opened' });
    }
  };

  // What takes its time is not waited for, but taken when it comes: after a death of the GPU a busy machine needs long for a new one.
  const begin = (tier, key) => {
    const opening = open(tier, key);
    const one = { reason: 'timeout', again: Infinity };
    return limit(opening).catch(() => (arrive(key, one, opening), one));
  };
  const arrive = (key, one, opening) => opening.then(() => queue({ type: 'revived', key, one, opening }));

  // The best living painter for what an element asks; without one the canvas tier, with the reasons. An element that does not ask, or had an engine
  // before this one, gets its first picture from the raster: no reader waits for a context or a shader.
  const rastered = (renderer) => !explored && (!TIERS[renderer] || (again && TIERS[renderer].length));
  const choose = async (renderer) => (rastered(renderer) ? { tier: 'canvas', said: ['opening'] } : survey(renderer));

  const survey = async (renderer) => {
    const said = [];
    for (const tier of TIERS[renderer] ?? TIERS.webgpu) {
      for (const key of tier === renderer ? [tier, tier + '!'] : [tier]) {
        if (!painters.has(key)) painters.set(key, begin(tier, key));
        const one = await painters.get(key);
        if (one.painter) return { ...one, said };
        said.push(key + ': ' + one.reason);
        if (revive(tier, key, one)) return { tier: 'canvas', said };
        if (one.reason === 'timeout') break;
      }
    }
    return { tier: 'canvas', said };
  };

  // Opens again what was lost, when its time has come, behind the picture that is there. Says whether that is soon.
  const revive = (tier, key, one) => {
    const wait = one.again - Date.now();
    if (wait > AGAIN_MS) return one.coming; // whoever asks then is soon enough
    one.again = Infinity;
    one.coming = true;
    const go = () => arrive(key, one, open(tier, key));
    // WebGPU opens behind the picture that is painted now; WebGL2 would hold it up.
    tier === 'webgpu' && wait <= 0 ? go() : setTimeout(go, wait);
    return true;
  };

  // Paints what a widget shows now, in the best tier that can, and posts it with the answer.
  const shoot = async (answer, dpr) => {
    due.delete(answer.id);
    for (let raster, { id } = answer; ; ) {
      at();
      const { key, tier, canvas, painter, said } = raster ?? (await choose(renderers.get(id)));
      Object.assign(answer, { tier, reason: said.join('; ') });
      painter ? at(0, 'paint', { tier }) : at(id, 'paint');
      const [width, height] = JSON.parse(ask('pixels', id, [dpr]));
      // A picture of no size is a picture: its words are all that there is of it. No canvas and no bitmap can be that small.
      if (!width || !height) return post({ ...answer, width: 0, height: 0, first: !painter && rastered(renderers.get(id)) });
      if (!painter) {
        // Fresh memory costs more than a whole picture: what the page gives back is painted again.
        const bytes = 4 * width * height;
        const pixels = spare?.byteLength === bytes ? spare : new ArrayBuffer(bytes);
        spare = null;
        inside(picture, id, dpr, new Uint8Array(pixels));
        return post({ ...answer, width, height, pixels, first: rastered(renderers.get(id)) }, [pixels]);
      }
      try {
        if (canvas.width !== width) canvas.width = width;
        if (canvas.height !== height) canvas.height = height;
        paint(painter, id, dpr);
        const bitmap = canvas.transferToImageBitmap();
        return post({ ...answer, width, height, bitmap }, [bitmap]);
      } catch (error) {
        if (error.trap) throw Object.assign(error, { tier });
        // Too much for this GPU is this picture's own affair.
        if (/^too-/.test(error)) raster = { tier: 'canvas', said: [...said, key + ': ' + error] };
        else await drop(key, words(error));
      }
    }
  };

  // What a view becomes by what the reader did: the widget says which keys change.
  const acted = (id, view, acts) => {
    const changed = {};
    for (const act of acts) {
      const changes = JSON.parse(ask('act', id, ...tape({ ...view, state: Object.entries(view.state), act })));
      for (const [key, value] of Object.entries(changes)) (key in view ? view : view.state)[key] = value;
      Object.assign(changed, changes);
    }
    return changed;
  };

  const frame = async ({ id, view, acts }) => {
    const answer = { type: 'scene', id, seq: view.seq, changed: acted(id, view, acts) };
    const reply = (answer.reply = JSON.parse(ask('scene', id, ...tape({ ...view, state: Object.entries(view.state) }))));
    // Before its first picture a page whose room is given wants to know what room the words leave.
    if (view.draft) return post({ ...answer, draft: true });
    // A side that is cut off would be stretched to its place: a tall picture is coarser instead.
    const dpr = Math.min(view.dpr, MOST_PX / Math.max(view.width, reply.height));
    if (view.animate) {
      const begin = performance.now();
      const part = () => 1 - (1 - Math.min(1, (performance.now() - begin) / TWEEN_MS)) ** 3;
      while (JSON.parse(ask('tween', id, [part()]))[0]) {
        await shoot({ type: 'frame', id, seq: view.seq, size: reply.height }, dpr);
        // A page that is not looked at gets no animation frames.
        await new Promise((next) => (requestAnimationFrame(next), setTimeout(next, 100)));
      }
    }
    await shoot(answer, dpr);
  };

  const card = (id, datum, lang) => JSON.parse((datum >= 0 && ask('card', id, [datum], lang)) || null);

  const on = {
    words: ({ texts }) => ask('words', -1, [], texts),
    ping: () => post({ type: 'pong' }),
    // Nobody looks: contexts and devices go back.
    async rest() {
      for (const key of painters.keys()) {
        const { painter } = await painters.get(key);
        painters.delete(key);
        if (painter) ask('free', -1, [painter]);
      }
      exploring = explored = false;
    },
    async revived({ key, one, opening }) {
      const next = await opening;
      if ((await painters.get(key)) === one) painters.set(key, next);
      else if (next.painter) ask('free', -1, [next.painter]); // all was given back meanwhile
      post({ type: 'refresh' }); // also where it failed: the time of the next try counts from there
    },
    open({ id, kind, renderer }) {
      renderers.set(id, renderer);
      ask('open', id, [], kind);
      choose(renderer).catch(() => {}); // opened while the data is on its way; the frame reports what went wrong
    },
    // A first picture stands: what can the browser do? With something better than the raster everything is painted again. A GPU that is looked for holds up
    // whoever is about to get a first picture too; but some never ask for one, because nobody sees them.
    explore() {
      if (exploring) return;
      exploring = true;
      const next = () => queue({ type: 'explored' });
      const begin = Date.now();
      const look = () => (due.size && Date.now() - begin < WAIT_MS ? setTimeout(look, 16) : survey().then(next, next));
      look();
    },
    async explored() {
      const { painter, said } = await survey();
      explored = true;
      post({ type: 'refresh', reason: painter || again ? '' : said.join('; ') });
    },
    renderer: ({ id, renderer }) => renderers.set(id, renderer),
    close({ id }) {
      renderers.delete(id);
      due.delete(id);
      ask('close', id);
    },
    load({ id, seq, bytes, data, columns, format, refused }) {
      let reply;
      try {
        const limits = JSON.parse(ask('limits'));
        if (refused) throw { code: refused[0], detail: refused[1] };
        if (columns) {
          for (const one of readColumns(columns, limits)) inside(column, id, ...one);
          reply = ask('columns', id);
        } else {
          const file = data !== undefined ? readData(data, limits, (bytes) => at(id, 'load', { bytes })) : format === 'csv' ? readTable(bytes, limits) : readFile(bytes, limits);
          const table = format !== 'json';
          reply = ask(table ? 'rows' : 'file', id, ...tape(file, table, limits));
        }
      } catch (error) {
        if (error.trap) throw error;
        reply = ask('refuse', -1, [], `${error.code ?? 'not-json'}\0${error.detail ?? ''}`);
      }
      reply = JSON.parse(reply);
      if (!reply.error) due.add(id);
      post({ type: 'loaded', id, seq, reply });
    },
    view: frame,
    pick({ id, seq, x, y, lang }) {
      const [datum, opens] = JSON.parse(ask('pick', id, [x, y]));
      post({ type: 'picked', id, seq, datum, opens, card: card(id, datum, lang) });
    },
    card: ({ id, seq, datum, lang }) => post({ type: 'card', id, seq, card: card(id, datum, lang) }),
    find: ({ id, seq, text, lang }) => post({ type: 'found', id, seq, found: JSON.parse(ask('find', id, [], text.replaceAll('\0', '') + '\0' + lang)) }),
    svg: ({ id, seq, view }) => post({ type: 'svg', id, seq, svg: ask('svg', id, ...tape({ ...view, state: Object.entries(view.state) })) }),
    table: ({ id, seq, lang }) => post({ type: 'table', id, seq, table: JSON.parse(ask('table', id, [], lang)) }),
  };

  // Everything goes through this one guard, one message after another: nothing calls into the wasm while it is inside a call.
  const die = (error, { id, type }) => {
    if (stopped) return;
    const fatal = !ready || !!error.trap;
    stopped = fatal;
    post({ type: 'failed', id, fatal, final: !ready, tier: error.tier, during: type, reason: kindOf(error) + words(error) });
  };
  const guard = async (message) => {
    if (stopped) return;
    try {
      await (booted ??= boot());
      const { id, seq, type } = message;
      // Whoever asks is answered, also for a widget that is gone or never came.
      if (id && type !== 'open' && !renderers.has(id)) return ANSWERS[type] && post({ type: ANSWERS[type], id, seq, datum: -1 });
      if (id) at(id, type, { bytes: message.bytes?.byteLength });
      await on[type](message);
    } catch (error) {
      die(error, message);
    }
    if (message.id) at();
  };
  let chain = Promise.resolve();
  const queue = (message) => (chain = chain.then(() => guard(message)));
  return (message) => {
    if (message.type === 'back') return (spare = message.pixels);
    if (message.type === 'boot') {
      avoid = message.avoid;
      Object.assign(places, message.places);
      compiled = message.compiled;
      again = !!compiled;
      return;
    }
    if (message.type === 'wasm') return keepBytes(message.bytes);
    if (message.type !== 'view' || !ready) return queue(message);
    // A tier that takes its time must not hold up the other elements of the page.
    const next = () => queue(message);
    choose(renderers.get(message.id)).then(next, next);
  };
};

if (typeof DedicatedWorkerGlobalScope === 'function' && self instanceof DedicatedWorkerGlobalScope) {
  const take = start((message, transfer) => postMessage(message, transfer));
  onmessage = ({ data }) => take(data);
  postMessage({ type: 'hello' });
}
