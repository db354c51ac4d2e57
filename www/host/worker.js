// @ts-check
// The engine: one wasm, driven by messages. Runs in a module worker or, where that is refused, on
// the page's own thread.
import init, { Engine } from "bindings";
import { assets, fetchWasm, load } from "./assets.js";
import { whyNot } from "./missing-files.js";
import { circleIn } from "./circle.js";
import { FrameRenderer } from "./render-frame.js";
import { TierManager } from "./tiers.js";
import { callWasm, errorMessage } from "./traps.js";

/** @import { Assets, FromEngine, Renderer, Tier, ToEngine } from './messages.d.ts' */
/** @import { Failure, FileReply, LoadReply, TableReader, TableReply } from './protocol.d.ts' */
/** @import { Reopened } from './tiers.js' */
/** @import { TrapError } from './traps.js' */
/** @typedef {{ type: 'kernels', id?: undefined, texts: Record<string, string> }} Kernels */
/**
 * What the page sends, and what the worker sends itself: what took its time, in the order of all other messages.
 * @typedef {ToEngine | Reopened | Kernels} Message
 */
/** @typedef {Message['type']} Type */
/** @template {Type} T @typedef {Extract<Message, { type: T }>} Of */
/** @typedef {(message: FromEngine, transfer?: Transferable[]) => void} Post */
/**
 * The methods of the engine.
 * @typedef {{ [Key in keyof Engine]: Engine[Key] extends (...rest: any) => any ? Key : never }[Exclude<keyof Engine, symbol>]} Method
 */

const MAX_WAIT_MS = 500; // that a GPU may be looked for later, so that first pictures come first
const FRAME_MS = 16;
// Its script and its wasm together are there before the engine is given up.
const TABLES_MS = 9e3;
/** What is no fault of the data. */
const NOT_OF_DATA = ["assets", "engine", "fetch-failed"];
/** The answers of questions. @type {Record<string, string>} */
const ANSWERS = {
  find: "found",
  pick: "picked",
  svg: "svg",
  table: "table",
  tooltip: "tooltip",
};

// A page's policy, or bytes that are no wasm.
/** @param {Error} error */
const causeOf = ({ name, message }) =>
  name !== "CompileError"
    ? ""
    : /policy|unsafe-eval|CSP|embedder/i.test(message)
      ? "wasm-refused: "
      : "file-changed: ";

/**
 * What a page sets as `.data` as JSON, which says what it means: dates become texts, functions nothing.
 * @param {unknown} data
 */
const toJson = (data) => {
  try {
    return JSON.stringify(data) ?? "null";
  } catch {
    throw { code: "circle", detail: circleIn(data) };
  }
};

// What is too much is not copied into the memory of the wasm, which never gets smaller again. A
// text has at least a byte for each of its units.
/** @param {number} size */
const checkSize = (size) => {
  const { bytes } = callWasm(Engine.limits);
  if (size > bytes)
    throw { code: "too-large", detail: `bytes ${size} > ${bytes}` };
};

const fetchAndCompile = async () => {
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

// Whether the engine says that data are no file of ours.
/** @param {LoadReply} reply */
const isTable = (reply) => "error" in reply && reply.error.code === "table";

// What the reader of tables says, and then what the engine says of the file. Of one cell it is said
// once.
/** @typedef {Extract<LoadReply, { rows: number }>} Loaded */
/** @param {Loaded} table @param {Loaded} reply @returns {LoadReply} */
const joined = (table, reply) => {
  const said = new Set(
    table.issues.map(({ line, field }) => `${line} ${field}`),
  );
  const later = reply.issues.filter(
    ({ line, field }) => !line || !said.has(`${line} ${field}`),
  );
  // What holds for a row in every period is said once.
  const all = [...table.issues, ...later].sort((a, b) => a.line - b.line);
  const words = all.map((issue) => JSON.stringify(issue));
  const issues = all.filter((_, i) => words[i] !== words[i - 1]);
  return {
    rows: reply.rows,
    count:
      table.count +
      reply.count -
      (table.issues.length + reply.issues.length - issues.length),
    issues,
  };
};

export class EngineWorker {
  /** What each widget's element asked for. @type {Map<number, Renderer>} */
  renderers = new Map();
  /** What each widget draws. @type {Map<number, string>} */
  kinds = new Map();
  /** @type {Engine | undefined} */
  #engine;
  /** @type {Promise<void> | undefined} */
  #booted;
  #stopped = false;
  /** The module, from an engine before this one. @type {WebAssembly.Module | null | undefined} */
  #compiled;
  /** Takes the bytes of the wasm that the page fetches. @type {(bytes: ArrayBuffer | undefined) => void} */
  #setBytes = () => {};
  /** @type {Promise<ArrayBuffer | undefined>} */
  #bytes = new Promise((done) => {
    this.#setBytes = done;
  });
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();

  /** @param {Post} post */
  constructor(post) {
    this.post = post;
    this.tiers = new TierManager(this);
    this.frames = new FrameRenderer(this, this.tiers);
  }

  // src/web/ says what can be asked.
  /** @type {<M extends Method>(method: M, ...rest: Parameters<Engine[M]>) => ReturnType<Engine[M]>} */
  call = (method, ...rest) =>
    callWasm(() => /** @type {any} */ (this.#engine)[method](...rest));

  // What is worked at is told before it begins: should it never end, it is known whose it was.
  // Nobody's where the browser is waited for.
  /** @type {(id?: number, what?: string, more?: { bytes?: number, tier?: Tier }) => void} */
  workAt = (id, what, more) => this.post({ type: "at", id, what, ...more });

  // ---- the wasm

  // What the page did not get is fetched here once more.
  async #compile() {
    const compiled = await this.#bytes
      .then((bytes) => WebAssembly.compile(/** @type {ArrayBuffer} */ (bytes)))
      .catch((error) =>
        error instanceof WebAssembly.CompileError
          ? Promise.reject(error)
          : fetchAndCompile(),
      );
    this.post({ type: "compiled", compiled });
    return compiled;
  }

  async #boot() {
    if (typeof WebAssembly !== "object") throw Error("no-webassembly");
    await init({ module_or_path: this.#compiled ?? (await this.#compile()) });
    this.#engine = callWasm(() => new Engine());
    this.post({ type: "ready" });
  }

  // ---- messages

  /** @param {ToEngine} message */
  receive(message) {
    if (message.type === "back") {
      this.frames.spare = message.pixels;
    } else if (message.type === "boot") {
      Object.assign(assets, message.assets);
      this.#compiled = message.compiled;
      this.tiers.badTiers = message.avoid;
      this.tiers.restarted = !!message.compiled;
    } else if (message.type === "wasm") this.#setBytes(message.bytes);
    else if (message.type !== "view" || !this.#engine) this.enqueue(message);
    else {
      // A tier that takes its time must not hold up the other elements of the page.
      const next = () => this.enqueue(message);
      this.tiers.select(this.renderers.get(message.id)).then(next, next);
    }
  }

  /** @type {(message: Message) => void} */
  enqueue = (message) => {
    this.#queue = this.#queue.then(() => this.#handle(message));
  };

  // Everything goes through this one guard, one message after another: nothing calls into the wasm
  // while it is inside a call.
  /** @param {Message} message */
  async #handle(message) {
    if (this.#stopped) return;
    const { id, type } = message;
    try {
      await (this.#booted ??= this.#boot());
      // Whoever asks is answered, also for a widget that is gone or never came.
      if (id && type !== "open" && !this.renderers.has(id))
        return this.#answerNothing(message);
      const bytes = type === "load" ? message.bytes?.byteLength : undefined;
      if (id) this.workAt(id, type, { bytes });
      await /** @type {any} */ (this.#handlers[type])(message);
    } catch (error) {
      this.fail(error, id, type);
    }
    if (id) this.workAt();
  }

  /** @param {any} message */
  #answerNothing({ id, seq, type }) {
    const answer = { type: ANSWERS[type], id, seq, datum: -1 };
    if (answer.type) this.post(/** @type {any} */ (answer));
  }

  /** @type {(error: TrapError, id: number | undefined, during: string) => void} */
  fail = (error, id, during) => {
    if (this.#stopped) return;
    const final = !this.#engine;
    const fatal = final || !!error.trap;
    this.#stopped = fatal;
    const reason = causeOf(error) + errorMessage(error);
    const { tier } = error;
    this.post({ type: "failed", id, fatal, final, tier, during, reason });
  };

  /** @type {{ [T in Type]?: (message: Of<T>) => unknown }} */
  #handlers = {
    words: async ({ texts }) => {
      this.#words.push(texts);
      this.call("teach", texts);
      (await this.#tables?.catch(() => null))?.teach(texts);
    },
    ping: () => this.post({ type: "pong" }),
    releaseGpu: () => this.tiers.releaseGpu(),
    reopened: (message) => this.tiers.onOpened(message),
    kernels: ({ texts }) => this.frames.onKernels(texts),
    upgradeTier: () => this.#upgradeTier(),
    tierProbed: async () => {
      const reason = await this.tiers.finishUpgrade();
      this.post({ type: "refresh", reason });
    },
    open: ({ id, kind, renderer }) => {
      this.renderers.set(id, renderer);
      this.kinds.set(id, kind);
      this.call("open", id, kind);
      // Opened while the data is on its way; the frame reports what went wrong.
      this.tiers.select(renderer).catch(() => {});
    },
    renderer: ({ id, renderer }) => this.renderers.set(id, renderer),
    close: ({ id }) => {
      this.renderers.delete(id);
      this.kinds.delete(id);
      this.frames.forget(id);
      this.call("close", id);
    },
    load: (message) => this.#load(message),
    read: async (message) => {
      const reply = await this.#describe(message);
      this.post({ type: "read", seq: message.seq, reply });
    },
    view: (message) => this.frames.renderView(message),
    pick: ({ id, seq, x, y, lang }) => {
      const { datum, opens } = this.call("pick", id, x, y);
      const tooltip = this.#tooltip(id, datum, lang);
      this.post({ type: "picked", id, seq, datum, opens, tooltip });
    },
    tooltip: ({ id, seq, datum, lang }) => {
      const tooltip = this.#tooltip(id, datum, lang);
      this.post({ type: "tooltip", id, seq, tooltip });
    },
    find: ({ id, seq, text, lang }) => {
      const found = this.call("find", id, text, lang);
      this.post({ type: "found", id, seq, found });
    },
    svg: ({ id, seq, view }) => {
      const { bare = false, font = "" } = view;
      const svg = this.call("svg", id, view, bare, font);
      this.post({ type: "svg", id, seq, svg });
    },
    table: ({ id, seq, lang }) => {
      const table = this.call("table", id, lang);
      this.post({ type: "table", id, seq, table });
    },
  };

  /** @param {number} id @param {number} datum @param {string} lang */
  #tooltip(id, datum, lang) {
    return datum >= 0 ? this.call("tooltip", id, datum, lang) : null;
  }

  // A first picture stands: what can the browser do? With something better than the raster
  // everything is painted again. A GPU that is looked for holds up whoever is about to get a first
  // picture too; but some never ask for one, because nobody sees them.
  #upgradeTier() {
    if (!this.tiers.startUpgrade()) return;
    const next = () => this.enqueue({ type: "tierProbed" });
    const begin = Date.now();
    const probe = () => {
      if (this.frames.waiting.size && Date.now() - begin < MAX_WAIT_MS)
        setTimeout(probe, FRAME_MS);
      else this.tiers.probeTiers().then(next, next);
    };
    probe();
  }

  // ---- data

  /** @param {Of<'load'>} message */
  async #load(message) {
    const { id, seq } = message;
    let reply;
    try {
      reply = await this.#read(message);
    } catch (error) {
      if (error.trap) throw error;
      const { code = "not-json", detail = "" } = error;
      // The engine has no words for what is no fault of the data: the page has.
      reply = NOT_OF_DATA.includes(code)
        ? { error: /** @type {Failure} */ ({ code, detail }) }
        : this.call("refuse", `${code}`, `${detail}`);
    }
    if (!("error" in reply)) this.frames.onLoaded(id, reply.rows);
    this.post({ type: "loaded", id, seq, reply });
  }

  /** @param {Of<'load'>} message */
  async #read(message) {
    const { id, bytes, text, data, columns, refused } = message;
    const { name = "", mediaType = "", format = "json" } = message;
    if (refused) throw { code: refused[0], detail: refused[1] };
    if (columns) return this.#readColumns(id, columns);
    if (bytes) {
      checkSize(bytes.byteLength);
      const own = new Uint8Array(bytes);
      const reply = this.call("loadBytes", id, own, name, mediaType);
      return isTable(reply)
        ? this.#readTable(message, own.length, (reader) =>
            reader.readBytes(own, name, mediaType),
          )
        : reply;
    }
    const json = text ?? toJson(data);
    checkSize(json.length);
    this.workAt(id, "load", { bytes: json.length });
    const reply = this.call("loadText", id, json, format);
    return isTable(reply)
      ? this.#readTable(message, json.length, (reader) =>
          reader.readText(json, format),
        )
      : reply;
  }

  // ---- tables, which a wasm of its own makes files of

  /** @type {Promise<TableReader> | undefined} */
  #tables;
  /** How many there have been: one that traps is never used again. */
  #tableRun = 1;
  /** What it says in besides Korean and English. @type {string[]} */
  #words = [];

  async #openTables() {
    const { openReader, INTEGRITY } = await load(
      "table-reader",
      TABLES_MS,
      this.#tableRun,
    );
    const answer = await fetchWasm(assets.tables, INTEGRITY, TABLES_MS);
    const reader = await openReader(await answer.arrayBuffer());
    for (const words of this.#words) reader.teach(words);
    return reader;
  }

  // Asked for again with the next table where it does not come.
  async #tableReader() {
    this.workAt(undefined, "load");
    try {
      return await (this.#tables ??= this.#openTables());
    } catch (error) {
      this.#tables = undefined;
      const reason = /^file-/.test(error.message)
        ? error.message
        : await whyNot(assets.tables, error);
      throw { code: "assets", detail: reason };
    }
  }

  // A reader that traps is no fault of the engine's, nor of the data that come next.
  /** @template T @param {number | undefined} id @param {number} bytes @param {(reader: TableReader) => T} ask @returns {Promise<T>} */
  async #askReader(id, bytes, ask) {
    const reader = await this.#tableReader();
    this.workAt(id, "load", { bytes });
    try {
      return ask(reader);
    } catch (error) {
      this.#tables = undefined;
      this.#tableRun++;
      console.error("AI Atlas: the reader of tables failed.", error);
      throw { code: "engine" };
    }
  }

  /** @param {Of<'load'>} message @param {number} bytes @param {(reader: TableReader) => TableReply} read */
  async #readTable(message, bytes, read) {
    const { id, headings = "", unit = "" } = message;
    const { file, read: table } = await this.#askReader(id, bytes, (reader) => {
      reader.explain(this.kinds.get(id) ?? "", headings, unit);
      return read(reader);
    });
    if ("error" in table) return table;
    this.workAt(id, "load", { bytes: file.length });
    const reply = this.call("loadText", id, file, "json");
    return "error" in reply ? reply : joined(table, reply);
  }

  // Nothing where there is no reader.
  /** @param {Of<'read'>} message @returns {Promise<FileReply | null>} */
  async #describe({ bytes, name, kind = "", headings = "", unit = "" }) {
    try {
      checkSize(bytes.byteLength);
      return await this.#askReader(undefined, bytes.byteLength, (reader) => {
        reader.explain(kind, headings, unit);
        return reader.describe(new Uint8Array(bytes), name);
      });
    } catch ({ code, detail = "" }) {
      return NOT_OF_DATA.includes(code)
        ? null
        : /** @type {FileReply} */ (this.call("refuse", code, detail));
    }
  }

  /** @param {number} id @param {object} columns */
  async #readColumns(id, columns) {
    this.workAt();
    const { readColumns } = await load("read-columns").catch(() =>
      Promise.reject({ code: "assets" }),
    );
    this.workAt(id, "load");
    const limits = callWasm(Engine.limits);
    for (const [name, numbers, codes, names] of readColumns(columns, [
      limits.bytes,
      limits.objects,
      limits.values,
      limits.rows,
    ]))
      this.call("column", id, name, numbers, codes, names);
    return this.call("loadColumns", id);
  }
}

// post(message, transfer) answers the page; the returned function takes the page's messages.
/** @param {Post} post @returns {(message: ToEngine) => void} */
export const start = (post) => {
  const worker = new EngineWorker(post);
  return (message) => worker.receive(message);
};

if (
  typeof DedicatedWorkerGlobalScope === "function" &&
  self instanceof DedicatedWorkerGlobalScope
) {
  const receive = start((message, transfer) =>
    postMessage(message, { transfer }),
  );
  onmessage = ({ data }) => receive(data);
  postMessage({ type: "hello" });
}
