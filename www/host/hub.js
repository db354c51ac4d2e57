// One per page: owns the one engine, starts a fresh one after a trap, and carries selections between the elements of a group.
import { places } from './places.js';

const KEY = Symbol.for('ai-atlas@1');
const IDLE_MS = 3e4;
const SILENT_MS = 2e4; // an engine that has said nothing by then never will

// Where a page asks for Trusted Types, `trusted-types ai-atlas` in its policy lets the worker start; otherwise the engine runs on this thread.
let policy;
const trusted = () => {
  if (policy !== undefined) return policy;
  policy = null;
  try {
    policy = globalThis.trustedTypes?.createPolicy('ai-atlas', { createScriptURL: String, createScript: String });
  } catch {} // the page names other policies only
  return policy;
};
const scriptUrl = (url) => trusted()?.createScriptURL(url) ?? url;

// The text of a script element that holds data; nothing where the page trusts nobody.
export const dataText = (text) => trusted()?.createScript(text) ?? (globalThis.trustedTypes ? null : text);

class Hub {
  #members = new Map();
  #last = 0;
  #run = 0;
  #port;
  #end;
  #idle;
  #silence;
  #local;
  #dead;
  #avoid = [];
  #traps = [];
  #chosen = new Map();
  #sharing;

  // member: { hear(message), reopen(), refresh(reason), blame(reason), fail(reason), group(), choose(entity) }
  join(member) {
    clearTimeout(this.#idle);
    this.#members.set(++this.#last, member);
    if (this.#dead) queueMicrotask(() => member.fail(this.#dead));
    return this.#last;
  }

  leave(id) {
    this.#members.delete(id);
    if (this.#port) this.send({ type: 'close', id });
    // Nobody looks: give GPU and memory back, but not between two pages of a one-page application.
    if (!this.#members.size) this.#idle = setTimeout(() => this.#stop(), IDLE_MS);
  }

  send(message, transfer) {
    if (this.#dead) return;
    if (!this.#port) {
      this.#start();
      this.#port({ type: 'boot', avoid: this.#avoid, wasm: places.wasm });
    }
    this.#port(message, transfer);
  }

  // The members of a group follow each other; what they do on being told never comes back here.
  select(id, group, entity) {
    if (!group || this.#sharing) return;
    this.#sharing = true;
    this.#chosen.set(group, entity);
    for (const [other, member] of this.#members) if (other !== id && member.group() === group) member.choose(entity);
    this.#sharing = false;
  }

  chosen(group) {
    return this.#chosen.get(group);
  }

  get sharing() {
    return this.#sharing;
  }

  #start() {
    const run = ++this.#run;
    const hear = (message) => {
      if (run !== this.#run) return;
      clearTimeout(this.#silence);
      this.#hear(message);
    };
    clearTimeout(this.#silence);
    this.#silence = setTimeout(hear, SILENT_MS, { type: 'failed', fatal: true, final: true, reason: 'no-answer' });
    const url = new URL(places.engine);
    if (!this.#local) {
      try {
        const worker = new Worker(scriptUrl(url), { type: 'module' });
        let heard;
        worker.onmessage = ({ data }) => {
          heard = true;
          hear(data);
        };
        worker.onerror = (event) => {
          event.preventDefault();
          if (heard) return hear({ type: 'failed', fatal: true, reason: event.message || 'worker' });
          if (run !== this.#run) return;
          this.#local = true; // refused by CSP, origin or age: the same engine on this thread
          this.#restart();
        };
        this.#end = () => worker.terminate();
        this.#port = (message, transfer) => worker.postMessage(message, transfer);
        return;
      } catch {
        this.#local = true;
      }
    }
    // The query gives every run its own module, hence its own wasm instance.
    if (run > 1) url.search = run;
    const engine = import(url).then(
      ({ start }) => start(hear),
      () => hear({ type: 'failed', fatal: true, final: true, reason: 'no-engine' }),
    );
    this.#end = null;
    this.#port = (message) => engine.then((take) => take?.(message));
  }

  #stop() {
    clearTimeout(this.#silence);
    this.#end?.();
    this.#port = null;
    this.#run++;
  }

  #restart() {
    this.#stop();
    for (const member of this.#members.values()) member.reopen();
  }

  #hear(message) {
    if (message.type === 'refresh') for (const member of this.#members.values()) member.refresh(message.reason);
    else if (!message.fatal) this.#members.get(message.id)?.hear(message);
    else {
      const now = Date.now();
      this.#traps = [...this.#traps.filter((then) => now - then < 6e4), now];
      if (message.tier) this.#avoid.push(message.tier);
      // Data that traps once traps again: its element gives it up, so that the others live.
      if (message.during === 'load') this.#members.get(message.id)?.blame(message.reason);
      if (!message.final && this.#traps.length < 3) return this.#restart();
      this.#dead = message.reason;
      this.#stop();
      for (const member of this.#members.values()) member.fail(this.#dead);
    }
  }
}

export const hub = (globalThis[KEY] ??= new Hub());
