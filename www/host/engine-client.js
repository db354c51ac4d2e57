// @ts-check
// One per entry on a page: owns its one engine, starts a fresh one after a trap, and carries
// selections between the elements of a group.
import { whyNot } from "./missing-files.js";
import { sceneOf } from "./packed.js";
import { fetchWasm, setAssetsFolder, assets, assetsFor } from "./assets.js";

/** @import { Scene } from './packed.js' */
/** @import { FromEngine, Tier, ToEngine } from './messages.d.ts' */
/** @typedef {Extract<FromEngine, { type: 'scene' }>} Packed */
/**
 * @typedef {Exclude<FromEngine, Packed> | (Omit<Packed, 'reply'> & { reply: Scene })} Heard What an element hears: the lists of a scene are objects.
 */
/** @typedef {Extract<FromEngine, { type: 'at' }>} At */
/** @typedef {Extract<FromEngine, { type: 'read' }>['reply']} FileReply */
/** @typedef {(message: ToEngine, transfer?: Transferable[]) => void} Port */
/**
 * An element as the client knows it.
 * @typedef {object} Session
 * @property {(message: Heard) => void} onMessage
 * @property {(moved?: boolean) => void} reopen
 * @property {() => void} measure
 * @property {(reason?: string) => void} refresh
 * @property {(what?: string) => void} onSuspect
 * @property {(reason: string) => void} onDataCrash
 * @property {(reason: string, code?: string) => void} fail
 * @property {() => string} group
 * @property {(entity: string) => void} choose
 */

/** @type {any} What browsers have that TypeScript does not know yet, and what entries share. */
const page = globalThis;
// Selections that the elements of a group share, whichever entry or version they came with: the
// names in it, and those of `group` and `choose`, stay.
/** @type {{ members: Set<Session>, chosen: Map<string, string>, sharing: boolean }} */
const groups = (page[Symbol.for("ai-atlas.groups@1")] ??= {
  members: new Set(),
  chosen: new Map(),
  sharing: false,
});
const RELEASE_MS = 3e4;
const TICK_MS = 500;
// An engine that has said nothing by then never will.
const [BOOT_MS, LOAD_MS, VIEW_MS, SLOW_MS] = [6e4, 2e4, 3e3, 4500];

// Where a page asks for Trusted Types, `trusted-types ai-atlas` in its policy lets the worker
// start; otherwise the engine runs on this thread.
/** @type {any} */
let policy;
const trusted = () => {
  if (policy !== undefined) return policy;
  policy = null;
  try {
    policy = page.trustedTypes?.createPolicy("ai-atlas", {
      createScriptURL: String,
      createScript: String,
    });
  } catch {} // the page names other policies only
  return policy;
};
/** @param {string} url */
export const scriptUrl = (url) => trusted()?.createScriptURL(url) ?? url;

// The text of a script element that holds data; nothing where the page trusts nobody.
/** @param {string} text */
export const dataText = (text) =>
  trusted()?.createScript(text) ?? (page.trustedTypes ? null : text);

// What came before the engine is handed over to it. Policies ask `script-src` for what is imported
// like this, and for `import …` at the top `worker-src`.
const IMPORT =
  "let early=[];onmessage=(event)=>early.push(event);import(URL).then(()=>early.map((event)=>onmessage(event)),(error)=>setTimeout(()=>{throw error}))";

class EngineClient {
  /** @type {Map<number | undefined, Session>} */
  #sessions = new Map();
  #lastId = 0;
  #run = 0;
  /** @type {Port | null} */
  #port = null;
  /** @type {(() => void) | null} */
  #terminate = null;
  /** @type {number | undefined} */
  #stopTimer;
  /** @type {number | undefined} */
  #watchdog;
  #silentTicks = 0; // ticks of silence
  #ready = false;
  #pendingLoads = 0; // on their way
  #pingedAt = 0;
  #sentSincePing = false; // something was sent after the last ping
  #slowestMs = 0; // of the answers so far: a slow machine gets more time
  /** @type {Map<number, { done: (reply: FileReply | null) => void, fail: (error: Error) => void }>} */
  #reads = new Map(); // questions about files that are no session's
  #lastRead = 0;
  /** @type {At | null} */
  #working = null; // what the engine says it works at
  /** @type {Map<number | undefined, number>} */
  #suspects = new Map(); // sessions whose data took too long, or ended the engine, once → when
  /** @type {Tier | undefined} */
  #tier;
  /** @type {string[]} */
  #languages = []; // of languages, for the engines that will come
  /** @type {WebAssembly.Module | null} */
  #compiled = null; // the wasm, for the next engine
  /** @type {Set<number>} */
  #visible = new Set(); // sessions near the reader
  /** @type {number | undefined} */
  #releaseTimer;
  #inPage = false;
  /** @type {[reason: string, code?: string] | null} */
  #dead = null;
  #sentAssets = ""; // to the newest engine: where its files lie
  /** @type {Tier[]} */
  #badTiers = [];
  /** @type {number[]} */
  #trapTimes = [];

  /** @param {Session} session */
  attach(session) {
    clearTimeout(this.#stopTimer);
    this.#sessions.set(++this.#lastId, session);
    groups.members.add(session);
    if (this.#dead)
      queueMicrotask(() => this.#dead && session.fail(...this.#dead));
    return this.#lastId;
  }

  /** @param {number} id */
  detach(id) {
    const session = this.#sessions.get(id);
    if (session) groups.members.delete(session);
    this.#sessions.delete(id);
    this.#suspects.delete(id);
    if (this.#port) this.send({ type: "close", id });
    this.setVisible(id, false);
    if (this.#sessions.size) return;
    // The GPU goes back at once, memory a little later: a one-page application may be between two
    // pages.
    this.#releaseGpu();
    this.#stopTimer = setTimeout(() => this.#stop(), RELEASE_MS);
  }

  // A session comes near the reader, or goes.
  /** @param {number} id @param {boolean} near */
  setVisible(id, near) {
    near ? this.#visible.add(id) : this.#visible.delete(id);
    this.#scheduleRelease();
  }

  // The GPU goes back when nobody has looked for a while. Whoever looks again, or asks for a
  // picture, gets it anew.
  #scheduleRelease() {
    clearTimeout(this.#releaseTimer);
    if (!this.#visible.size && this.#port)
      this.#releaseTimer = setTimeout(() => this.#releaseGpu(), RELEASE_MS);
  }

  #releaseGpu() {
    clearTimeout(this.#releaseTimer);
    if (this.#port && !this.#dead) this.#port({ type: "releaseGpu" });
  }

  // What a file holds before it is anybody's data, null where no reader of tables comes; rejects where
  // there is no engine.
  /** @param {Uint8Array} bytes @param {string} name @returns {Promise<FileReply | null>} */
  read(bytes, name, more = {}) {
    return new Promise((done, fail) => {
      this.#reads.set(++this.#lastRead, { done, fail });
      if (
        !this.send({ type: "read", seq: this.#lastRead, bytes, name, ...more })
      )
        this.#rejectReads();
    });
  }

  #rejectReads() {
    for (const { fail } of this.#reads.values()) fail(Error("engine"));
    this.#reads.clear();
  }

  // The words of one more language.
  /** @param {string} texts */
  addLanguage(texts) {
    this.#languages.push(texts);
    if (this.#port) this.#port({ type: "words", texts });
  }

  // A session has other data now.
  /** @param {number} id */
  trust(id) {
    this.#suspects.delete(id);
  }

  // Says whether there is anybody who takes it.
  /** @param {ToEngine} message @param {Transferable[]} [transfer] */
  send(message, transfer) {
    if (this.#dead) return false;
    try {
      let port = this.#port;
      if (!port) {
        port = this.#port = this.#start();
        const told = assetsFor();
        this.#sentAssets = JSON.stringify(told);
        port({
          type: "boot",
          avoid: this.#badTiers,
          assets: told,
          compiled: this.#compiled,
        });
        if (!this.#compiled) this.#fetchWasm();
        for (const texts of this.#languages) port({ type: "words", texts });
      }
      port(message, transfer);
    } catch (error) {
      // What the page gave cannot be copied: its element says so.
      if (error.name === "DataCloneError") throw error;
      // No element is left waiting for an engine that cannot be had or talked to.
      (globalThis.reportError ?? console.error)(error);
      this.#giveUp("" + (error.message ?? error), "engine");
      return false;
    }
    if (message.type === "back") return true; // nothing comes of it
    if (message.type === "load") this.#pendingLoads++;
    if (message.type === "view" && !this.#visible.size) this.#scheduleRelease();
    this.#sentSincePing = true;
    this.#ping();
    return true;
  }

  // The wasm is fetched here while the engine starts: a slow network is waited for once. What does
  // not come the engine fetches itself.
  async #fetchWasm() {
    const port = this.#port;
    if (typeof WebAssembly !== "object" || !port) return;
    let bytes;
    try {
      bytes = await (await fetchWasm()).arrayBuffer();
    } catch {}
    if (port === this.#port) port({ type: "wasm", bytes }, bytes && [bytes]);
  }

  // Every message is followed by a question that the engine answers when it is through with all
  // before it. Only ticks are counted: time in which the page itself stood still, or was frozen, is
  // not the engine's.
  #ping() {
    if (this.#pingedAt || !this.#sentSincePing) return;
    this.#sentSincePing = false;
    this.#pingedAt = Date.now();
    this.#silentTicks = 0;
    this.#port?.({ type: "ping" });
    clearInterval(this.#watchdog);
    this.#watchdog = setInterval(() => {
      if (++this.#silentTicks * TICK_MS >= this.#timeLimit()) this.#onSilence();
    }, TICK_MS);
  }

  // How long the engine may say nothing. A file takes the longer the larger it is; whose data was
  // too slow once gets more time when it is tried again.
  #timeLimit() {
    if (!this.#ready) return BOOT_MS;
    const { id, what, bytes } = this.#working ?? {};
    if (what === "load" && bytes !== undefined && bytes >= 0)
      return Math.min(LOAD_MS, 2 * SLOW_MS + bytes / 1e3);
    if (what === "load" || (!id && this.#pendingLoads)) return LOAD_MS;
    return this.#suspects.has(id)
      ? 2 * SLOW_MS
      : Math.min(SLOW_MS, VIEW_MS + 4 * this.#slowestMs);
  }

  // The engine comes back no more from what it works at: whose data that is gives it up, and the
  // others get a fresh engine. A busy machine may be slow as well, so a picture is tried a second
  // time, when all others have theirs, and with more time. What is nobody's is the engine's own
  // fault.
  #onSilence() {
    const { id, what } = this.#working ?? {};
    const reason = "no-answer";
    if (!this.#ready || !id)
      return this.#onMessage({
        type: "failed",
        fatal: true,
        final: !this.#ready,
        tier: this.#tier,
        reason,
      });
    this.#accuse(id, what, reason, what === "load");
    this.#restart(id);
  }

  // Whoever was suspected before, or is known to be guilty, gives up its data.
  /** @param {number} id @param {string | undefined} what @param {string} reason @param {boolean} sure */
  #accuse(id, what, reason, sure) {
    const session = this.#sessions.get(id);
    if (!session) return;
    if (sure || this.#suspects.has(id)) {
      this.#suspects.delete(id);
      session.onDataCrash(reason);
    } else {
      this.#suspects.set(id, Date.now());
      session.onSuspect(what);
    }
  }

  #stopWatchdog() {
    clearInterval(this.#watchdog);
    this.#pingedAt = 0;
  }

  // The sessions of a group follow each other; what they do on being told never comes back here.
  /** @param {number} id @param {string} group @param {string} entity */
  select(id, group, entity) {
    if (!group || groups.sharing) return;
    groups.sharing = true;
    groups.chosen.set(group, entity);
    const self = this.#sessions.get(id);
    for (const session of groups.members)
      if (session !== self && session.group() === group) session.choose(entity);
    groups.sharing = false;
  }

  /** @param {string} group */
  chosen(group) {
    return groups.chosen.get(group);
  }

  /** @returns {Port} */
  #start() {
    const run = ++this.#run;
    /** @param {FromEngine} message */
    const onMessage = (message) => {
      if (run === this.#run) this.#onMessage(message);
    };
    this.#ready = false;
    this.#pendingLoads = 0;
    this.#working = null;
    this.#stopWatchdog();
    const url = new URL(assets.engine);
    if (!this.#inPage) {
      try {
        // Browsers start workers from the page's own origin only: an engine from another one is
        // imported by a few words that are of the page.
        const line =
          url.origin !== origin &&
          URL.createObjectURL(
            new Blob([IMPORT.replace("URL", () => JSON.stringify(url.href))], {
              type: "text/javascript",
            }),
          );
        const worker = new Worker(scriptUrl(line || url.href), {
          type: "module",
        });
        let started = false;
        worker.onmessage = ({ data }) => {
          if (!started && line) URL.revokeObjectURL(line);
          started = true;
          onMessage(data);
        };
        worker.onerror = (event) => {
          event.preventDefault();
          if (!started && line) URL.revokeObjectURL(line);
          if (started)
            return onMessage({
              type: "failed",
              fatal: true,
              final: false,
              reason: event.message || "worker",
            });
          if (run !== this.#run) return;
          this.#inPage = true; // refused by CSP, origin or age: the same engine on this thread
          this.#restart();
        };
        this.#terminate = () => worker.terminate();
        return (message, transfer) =>
          worker.postMessage(message, transfer ?? []);
      } catch {
        this.#inPage = true;
      }
    }
    // The query gives every run its own module, hence its own wasm instance.
    if (run > 1) url.search = `${run}`;
    const engine = import(url.href).then(
      ({ start }) => start(onMessage),
      async (error) =>
        onMessage({
          type: "failed",
          fatal: true,
          final: true,
          reason: await whyNot(assets.engine, error),
        }),
    );
    this.#terminate = null;
    /** @param {Error} error */
    const wrong = ({ message: reason }) =>
      onMessage({ type: "failed", fatal: true, final: false, reason });
    return (message) => engine.then((take) => take?.(message)).catch(wrong);
  }

  #stop() {
    this.#stopWatchdog();
    this.#rejectReads();
    clearTimeout(this.#releaseTimer);
    this.#terminate?.();
    this.#port = null;
    this.#run++;
  }

  // `last`: who has to wait for the others; `moved`: the files come from elsewhere now, which may
  // help whoever got none.
  /** @param {number} [last] @param {boolean} [moved] */
  #restart(last, moved) {
    this.#stop();
    for (const [id, session] of this.#sessions)
      if (id !== last) session.reopen(moved);
    this.#sessions.get(last)?.reopen(moved);
  }

  /** @param {FromEngine} message */
  #onMessage(message) {
    const { type } = message;
    this.#silentTicks = 0;
    if ("tier" in message && message.tier) this.#tier = message.tier;
    if (type === "at") {
      this.#working = message;
      // A view that waited for its tier begins when the question after it has long been answered:
      // it is asked anew.
      if (message.id) this.#sentSincePing = true;
      return this.#ping();
    }
    if (type === "ready") {
      [this.#ready, this.#pingedAt] = [true, Date.now()];
      // While it takes its first data. Before, this would hold it up: a worker starts only where
      // the page's thread has time for it.
      for (const session of this.#sessions.values()) session.measure();
    }
    if (type === "compiled") this.#compiled = message.compiled;
    if (type === "loaded") this.#pendingLoads--;
    if (type === "read") {
      this.#reads.get(message.seq)?.done(message.reply);
      return this.#reads.delete(message.seq);
    }
    if (type === "pong") {
      this.#slowestMs = Math.max(this.#slowestMs, Date.now() - this.#pingedAt);
      if (!this.#sentSincePing) this.#pendingLoads = 0; // some may have come to nothing
      this.#stopWatchdog();
      this.#ping();
    } else if (type === "refresh")
      for (const session of this.#sessions.values())
        session.refresh(message.reason);
    // Out of what comes packed a page makes objects faster than it takes objects from a worker.
    else if (type === "scene")
      this.#sessions
        .get(message.id)
        ?.onMessage({ ...message, reply: sceneOf(message.reply) });
    else if (type !== "failed" || !message.fatal)
      this.#sessions.get(message.id)?.onMessage(message);
    else {
      const now = Date.now();
      this.#trapTimes = [
        ...this.#trapTimes.filter((then) => now - then < 6e4),
        now,
      ];
      if (message.tier) this.#badTiers.push(message.tier);
      // Data that traps once while it is read traps again: its element gives it up, so that the
      // others live. So it does where what it shows traps twice; a trap in the renderer of a tier is
      // that tier's.
      const { id, during } = message;
      if (id && !message.tier && !message.final) {
        if (now - (this.#suspects.get(id) ?? now) >= 6e4)
          this.#suspects.delete(id);
        this.#accuse(id, during, message.reason, during === "load");
      }
      if (!message.final && this.#trapTimes.length < 3) return this.#restart();
      this.#giveUp(message.reason);
    }
  }

  // `code`: of the error that the page is told of; without one it is no error.
  /** @param {string} reason @param {string} [code] */
  #giveUp(reason, code) {
    this.#dead = [reason, code];
    this.#stop();
    // What the page does about it may be another engine.
    for (const session of this.#sessions.values())
      if (this.#dead) session.fail(reason, code);
  }

  // The page says where the files lie: whoever has begun elsewhere begins again.
  /** @param {string | URL | null} address */
  move(address) {
    setAssetsFolder(address);
    if (!this.#sentAssets || JSON.stringify(assetsFor()) === this.#sentAssets)
      return;
    this.#dead = null;
    this.#inPage = false;
    this.#compiled = null;
    this.#restart(undefined, true);
  }
}

export const engineClient = new EngineClient();
