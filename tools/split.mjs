// Cuts the wasm into what every page loads, `core`, and what only some do: a widget, what it does with columns, a GPU tier.
// Usage: node tools/split.mjs LINKED WASM MANGLED FOLDER     (as the linker leaves it, with relocations; as wasm-bindgen leaves that; the same by --no-demangle;
// WASM_FEATURES in the environment, see tools/wasm.sh)
//
// A part begins with functions that stand in the table or are exported, found by their names in Rust: a widget's methods, callbacks, what JavaScript calls.
// All that only they lead to goes with them; what several parts lead to stays in the nearest part that all of them load anyway. Parts use memory, table and
// stack of the core, and put their functions into their slots of the table. Calling what is not loaded is a trap.
//
// Functions with the same code have become one by now, under either's name. So a short one stays in the core, whoever it is named after, unless it calls what is
// its part's own, and so does what is called from outside its part. Only where a part's `doors` say so such a call goes through the table.
// Constants go where their readers are.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { constants } from './constants.mjs';
import { functionNames, sections } from './wasm.mjs';

const widget = (type) => ({
  holds: [new RegExp(`::${type} as ai_atlas::widget::Widget>::`), new RegExp(`drop_in_place::<ai_atlas::widget::\\w+::${type}>`)],
  doors: [new RegExp(`::${type} as core::default::Default>::default$`)],
});
const columns = (type) => [new RegExp(`::${type} as ai_atlas::widget::Widget>::columns$`)];
// From general to special: a function goes to the last part that holds it.
export const PARTS = {
  'value-chain': widget('ValueChainWidget'),
  'market-share': widget('MarketShareWidget'),
  'funding-timeline': widget('FundingTimelineWidget'),
  'value-chain-columns': { in: 'value-chain', holds: columns('ValueChainWidget'), doors: [/::ValueChainWidget>::groups$/] },
  'market-share-columns': { in: 'market-share', holds: columns('MarketShareWidget') },
  'funding-timeline-columns': { in: 'funding-timeline', holds: columns('FundingTimelineWidget') },
  // Nothing else waits for promises or is called back.
  webgpu: { holds: [/openGpu/, /GpuPainter as ai_atlas::paint::Painter>::/, /\bwgpu/, /\bjs_sys::(futures|global)/, /\bJsFuture\b/, /\bconvert::closures::/, /drop_in_place::<ai_atlas::paint::gpu::/] },
  webgl2: { holds: [/openGl/, /GlPainter as ai_atlas::paint::Painter>::/, /drop_in_place::<ai_atlas::paint::webgl2::/] },
};
const SHORT = 20; // lines of a function's text
export const CORE = 'core';
const above = (part) => (part === CORE ? [] : [...above(PARTS[part].in ?? CORE), PARTS[part].in ?? CORE]);
const way = (part) => [...above(part), part];
const common = (all) => way(all[0]).findLast((part) => all.every((other) => way(other).includes(part)));

const must = (value, what) => {
  if (!value) throw Error(`split: ${what}`);
  return value;
};
const tool = (name, ...args) => execFileSync(name, [...process.env.WASM_FEATURES.split(' '), ...args], { maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'pipe'] });
// Exports for other parts: A, B … AA; those of wasm-bindgen are lower case.
const letters = (n) => (n < 26 ? '' : letters(Math.floor(n / 26) - 1)) + String.fromCharCode(65 + (n % 26));

// --- the text of a module: its forms stand one below the other, indented by a blank
const NAME = String.raw`\$(?:"(?:[^"\\]|\\.)*"|[^\s()]+)`;
const names = (text, before) => [...text.matchAll(new RegExp(`${before} (${NAME})`, 'g'))].map((found) => found[1]);
const read = (text) => {
  const forms = {};
  for (const [form, func, kind = func] of text.matchAll(/^ \((?:(func)\b[^]*?\n \)|(\w+).*\))$/gm)) (forms[kind] ??= []).push(form);
  return forms;
};

// Constants with nothing but padding between them in one stretch; of `all`, a short one may lie there that is another part's.
const joined = (list, all) => {
  const out = [];
  for (const { start, bytes } of list.sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    const end = last && last.start + last.bytes.length;
    const gap = start - end;
    if (gap < 4 && !all.some((other) => other.start < start && other.end > end)) last.bytes = Buffer.concat([last.bytes, Buffer.alloc(gap), bytes]);
    else out.push({ start, bytes });
  }
  return out;
};

const split = (linked, wasm, mangled, folder) => {
  const forms = read(tool('wasm-dis', wasm).toString());
  must(!forms.start && forms.elem?.length === 1 && forms.table?.length === 2 && forms.memory?.length === 1, 'a module of another shape');
  const nameOf = (form) => new RegExp(`^ \\(\\w+ (${NAME})`).exec(form)[1];
  const plain = (name) => name.replace(/^\$"?|"$/g, '').replace(/\[[0-9a-f]+\]/g, '');
  const [memory] = forms.memory.map(nameOf);
  const table = nameOf(forms.table.find((form) => / funcref\)$/.test(form)));
  const refs = nameOf(must(forms.table.find((form) => / externref\)$/.test(form)), 'no table of JavaScript values'));
  const given = new Map(forms.import.map((form) => [must(names(form, '\\(func')[0], 'an import that is no function'), form]));
  const functions = new Map(
    forms.func.map((text) => {
      const [head] = text.split('\n', 1);
      const types = (word) => [...head.matchAll(new RegExp(`\\(${word}((?: ${NAME})?)([^()]*)\\)`, 'g'))].flatMap((found) => found[2].trim().split(' '));
      return [nameOf(text), { text, calls: new Set(names(text, '\\((?:return_call|call|ref\\.func)')), takes: types('param'), gives: types('result') }];
    }),
  );
  const slots = names(forms.elem[0].slice(forms.elem[0].indexOf(' func ')), '').map((name, at) => [at + 1, name]);
  const offered = forms.export.flatMap((form) => names(form, '\\(func'));

  // --- which part a function goes to
  const held = new Map();
  const brief = new Map();
  const doors = new Set();
  const roots = new Set([...offered, ...slots.map(([, name]) => name)].filter((name) => functions.has(name)));
  const hold = (part, names, pattern) => {
    const found = names.filter((name) => pattern.test(plain(name)));
    must(found.length, `${part}: no function is called ${pattern}`);
    for (const name of found) (offered.includes(name) || functions.get(name).text.split('\n').length > SHORT ? held : brief).set(name, part);
    return found;
  };
  for (const [part, { holds, doors: direct = [] }] of Object.entries(PARTS)) {
    for (const pattern of holds) hold(part, [...roots], pattern);
    for (const pattern of direct) for (const name of hold(part, [...functions.keys()], pattern)) doors.add(name);
  }
  const led = (from, stop) => {
    const seen = new Set();
    for (const open = [...from]; open.length; ) {
      const name = open.pop();
      if (seen.has(name) || !functions.has(name) || stop(name)) continue;
      seen.add(name);
      open.push(...functions.get(name).calls);
    }
    return seen;
  };
  const parts = Object.keys(PARTS);
  const spread = () => {
    const core = led([...roots].filter((name) => !held.has(name)), (name) => held.has(name));
    const ofPart = (part) => led([...held.keys()].filter((name) => held.get(name) === part), (name) => core.has(name) || (held.get(name) ?? part) !== part);
    return new Map([[CORE, core], ...parts.map((part) => [part, ofPart(part)])]);
  };
  const calledFrom = (reach, name) => [...reach].filter(([, all]) => [...all].some((caller) => functions.get(caller).calls.has(name))).map(([part]) => part);
  let reach;
  for (let strays = [0]; strays.length; ) {
    for (let more = [0]; more.length; ) {
      more = [...brief].filter(([name, part]) => !held.has(name) && [...functions.get(name).calls].some((callee) => held.get(callee) === part));
      for (const [name, part] of more) held.set(name, part);
    }
    reach = spread();
    strays = [...held].filter(([name, part]) => !doors.has(name) && calledFrom(reach, name).some((from) => !way(from).includes(part))).map(([name]) => name);
    for (const name of strays) held.delete(name);
  }
  const home = new Map();
  for (const name of functions.keys()) {
    const ways = parts.filter((part) => reach.get(part).has(name));
    if (reach.get(CORE).has(name)) home.set(name, CORE);
    else if (ways.length) home.set(name, common(ways));
  }

  // --- which part a constant goes to
  const data = forms.data.map((form) => {
    const [, head, start, text] = /^( \(data \S+) \(i32\.const (\d+)\) "([^]*)"\)$/.exec(form);
    const bytes = text.replace(/\\([0-9a-f]{2}|.)/g, (_, code) => (code.length === 2 ? String.fromCharCode(parseInt(code, 16)) : { n: '\n', t: '\t', r: '\r' }[code] ?? code));
    return { head, start: +start, bytes: Buffer.from(bytes, 'latin1') };
  });
  const quoted = (bytes) => `"${[...bytes].map((byte) => '\\' + byte.toString(16).padStart(2, '0')).join('')}"`;
  const [shown, written] = [wasm, mangled].map((file) => functionNames(sections(readFileSync(file))));
  must(shown.size === written.size, 'the two of wasm-bindgen are not the same module');
  const named = new Map([...functions.keys()].map((name) => [name.replace(/^\$"?|"$/g, ''), name]));
  const partOf = new Map([...written].map(([index, name]) => [name, named.has(shown.get(index)) ? home.get(named.get(shown.get(index))) : CORE]));
  // wasm-bindgen takes the hash from what is exported, and takes out what only describes it. Any other that is not found may be anybody's.
  const partOfReader = (name) => partOf.get(name) ?? partOf.get(name.replace(/_[0-9a-f]{16}$/, '')) ?? (name.includes('__wbindgen_describe') ? null : CORE);
  const all = constants(readFileSync(linked));
  must(all.every(({ end }, at) => !(all[at + 1]?.start < end)), 'constants overlap');
  for (const one of all) one.users = new Set([...one.readers].map(partOfReader).filter(Boolean));
  for (let more = true; more; ) {
    more = false;
    for (const { users, names } of all) {
      for (const { users: theirs } of names) {
        const before = theirs.size;
        for (const user of users) theirs.add(user);
        more ||= theirs.size > before;
      }
    }
  }
  const before = data.map(({ start, bytes }) => ({ start, bytes: Buffer.from(bytes) }));
  const whole = (start, length) => {
    const segment = before.findLast((segment) => segment.start <= start);
    return segment.bytes.subarray(start - segment.start, start - segment.start + length);
  };
  const own = new Map(parts.map((part) => [part, []]));
  for (const { start, end, users } of all) {
    const part = users.size ? common([...users]) : CORE;
    const segment = data.find((segment) => segment.start <= start && end <= segment.start + segment.bytes.length);
    if (part === CORE || !segment) continue;
    const [from, to] = [start - segment.start, end - segment.start];
    own.get(part).push({ start, bytes: Buffer.from(segment.bytes.subarray(from, to)) });
    segment.bytes.fill(0, from, to);
  }

  // What a part writes when it is loaded is what stood there: never over a constant of another.
  const stretches = new Map(parts.map((part) => [part, joined(own.get(part), all)]));
  for (const [part, list] of stretches) for (const { start, bytes } of list) must(whole(start, bytes.length).equals(bytes), `${part} writes over what is not its own at ${start}`);

  // --- the modules
  const slotOf = new Map(slots.map(([at, name]) => [name, at]));
  let free = slots.length + 1;
  const slot = (name) => slotOf.get(name) ?? (slotOf.set(name, free), free++);
  const list = (word, types) => (types.length ? `(${word} ${types.join(' ')})` : '');
  const type = ({ takes, gives }) => `${list('param', takes)} ${list('result', gives)}`;
  const stub = (name) => {
    const one = functions.get(name);
    return ` (func ${name} ${type(one)} (call_indirect ${table} ${type(one)} ${one.takes.map((_, at) => `(local.get ${at})`).join(' ')} (i32.const ${slot(name)})))`;
  };
  const shared = new Map([CORE, ...parts].map((part) => [part, new Map()]));
  const offer = (part, form) => {
    const all = shared.get(part);
    if (!all.has(form)) all.set(form, letters(all.size));
    return all.get(form);
  };
  const modules = [...parts, CORE].map((part) => {
    const mine = [...functions].filter(([name]) => home.get(name) === part);
    const called = new Set(mine.flatMap(([, { calls }]) => [...calls]));
    const out = [...(forms.type ?? []), ...[...given].filter(([name]) => part === CORE ? called.has(name) || offered.includes(name) || slotOf.has(name) : called.has(name)).map(([, form]) => form)];
    const text = mine.map(([, one]) => one.text);
    if (part !== CORE) {
      const take = (from, form, as) => out.push(` (import "${from}" "${offer(from, form)}" ${as})`);
      take(CORE, `(memory ${memory})`, `(memory ${memory} 1)`);
      take(CORE, `(table ${table})`, `(table ${table} ${slots.length} funcref)`);
      take(CORE, `(table ${refs})`, `(table ${refs} 0 externref)`);
      for (const form of forms.global) take(CORE, `(global ${nameOf(form)})`, `(global ${nameOf(form)} ${/\(mut \w+\)/.exec(form)?.[0] ?? must(/ (\w+) \(/.exec(form.slice(form.indexOf(nameOf(form)))), form)[1]})`);
      for (const name of called) {
        const at = home.get(name);
        if (at !== part && above(part).includes(at)) take(at, `(func ${name})`, `(func ${name} ${type(functions.get(name))})`);
      }
    }
    const away = (name) => functions.has(name) && !way(part).includes(home.get(name));
    for (const name of called) must(!away(name) || doors.has(name), `${part} calls ${plain(name)} of ${home.get(name)}`);
    for (const name of new Set([...called, ...(part === CORE ? offered : [])])) if (away(name)) text.push(stub(name));
    return { part, out, text };
  });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { part, out, text } of modules) {
    if (part === CORE) {
      out.push(...forms.memory, ` (table ${table} ${free} funcref)`, ...forms.table.filter((form) => nameOf(form) !== table), ...forms.global, ...forms.export);
      out.push(...data.map(({ head, start, bytes }) => `${head} (i32.const ${start}) ${quoted(bytes)})`));
    } else out.push(...stretches.get(part).map(({ start, bytes }) => ` (data (i32.const ${start}) ${quoted(bytes)})`));
    out.push(...[...shared.get(part)].map(([form, name]) => ` (export "${name}" ${form})`));
    // Slots that belong to nobody (imports, and what only the table names) stay with the core.
    for (const [at, name] of [...slots, ...[...slotOf].map(([name, at]) => [at, name]).filter(([at]) => at > slots.length)])
      if ((home.get(name) ?? CORE) === part) out.push(` (elem (table ${table}) (i32.const ${at}) func ${name})`);
    const file = join(folder, part);
    writeFileSync(file + '.wat', ['(module', ...out, ...text, ')'].join('\n'));
    tool('wasm-as', '-g', file + '.wat', '-o', file + '.wasm');
    rmSync(file + '.wat');
    must(WebAssembly.validate(readFileSync(file + '.wasm')), `${part} is no module`);
  }
  const lost = [...functions.keys()].filter((name) => !home.has(name) && (offered.includes(name) || slotOf.has(name)));
  must(!lost.length, `${lost[0]} went nowhere`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) split(...process.argv.slice(2));
