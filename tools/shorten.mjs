// Takes the names out of what wasm-bindgen made: the modules import and export by number or letter, and the glue says the same.
// Hashes in names do not compress, and stand on both sides. Imports with the same JavaScript become one, so that wasm-opt can merge what calls them.
// What only one part imports goes from the glue into a script of that part's name.
// Usage: node tools/shorten.mjs FOLDER GLUE     (the modules of tools/split.mjs and the glue are rewritten; run it before wasm-opt)
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { reader, sections } from './wasm.mjs';

const [folder, glueFile] = process.argv.slice(2);
const CORE = 'core';
const must = (value, what) => {
  if (!value) throw Error(`shorten: ${what}: wasm-bindgen writes its glue in another way now, tools/shorten.mjs must learn it`);
  return value;
};

// --- wasm: sections, and the two that hold names
const leb = (value) => {
  const bytes = [];
  do {
    bytes.push((value & 127) | (value > 127 ? 128 : 0));
    value >>>= 7;
  } while (value);
  return bytes;
};
const text = (value) => [...leb(value.length), ...new TextEncoder().encode(value)];
const FUNCTION = 0;
const limits = (all) => {
  const most = all.number() & 1;
  all.number();
  if (most) all.number();
};
const IMPORTED = [(all) => all.number(), (all) => (all.byte(), limits(all)), limits, (all) => all.take(2)]; // function, table, memory, global

const read = (name) => {
  const file = readFileSync(join(folder, name + '.wasm'));
  const all = sections(file);
  const list = (id, entry) => {
    const inside = reader(all.find((section) => section.id === id)?.bytes ?? [0]);
    return inside.list(() => entry(inside));
  };
  const imports = list(2, (all) => {
    const [module, name] = [all.text(), all.text()];
    const start = all.at();
    const kind = all.byte();
    IMPORTED[kind](all);
    return { module, name, kind, rest: all.since(start) };
  });
  const exports = list(7, (all) => {
    const name = all.text();
    const start = all.at();
    all.byte();
    all.number();
    return { name, rest: all.since(start) };
  });
  const write = () => {
    const put = (id, entries) => {
      const section = all.find((section) => section.id === id);
      if (section) section.bytes = Uint8Array.from([...leb(entries.length), ...entries.flat()]);
    };
    put(2, imports.map((i) => [...text(i.module), ...text(i.name), ...i.rest]));
    put(7, exports.map((e) => [...text(e.name), ...e.rest]));
    const named = ({ id, name, bytes }) => (id ? bytes : Buffer.concat([Buffer.from(text(name)), bytes]));
    writeFileSync(join(folder, name + '.wasm'), Buffer.concat([file.subarray(0, 8), ...all.flatMap((s) => [Buffer.from([s.id, ...leb(named(s).length)]), named(s)])]));
  };
  return { name, imports, exports, write };
};
const modules = readdirSync(folder).filter((file) => file.endsWith('.wasm')).map((file) => read(file.slice(0, -5)));
const core = must(modules.find(({ name }) => name === CORE), 'no core');

// --- glue: the imports, one function each
let glue = readFileSync(glueFile, 'utf8');
const script = core.imports[0].module;
const fromScript = ({ imports }) => imports.filter(({ module }) => module === script);
must(modules.every((module) => fromScript(module).every(({ kind }) => kind === FUNCTION)), 'an import that is no function');
const object = must(/const import0 = \{\n {8}__proto__: null,\n([^]*?)\n {4}\};\n {4}return \{\n {8}__proto__: null,\n {8}"([^"]+)": import0,\n {4}\};/.exec(glue), 'import0');
must(object[2] === script, 'imports of several modules');
const bodies = new Map(
  object[1].split(/^ {8}(?=\w+: function)/m).slice(1).map((member) => {
    const [, name, body] = must(/^(\w+): ([^]*?),?\s*$/.exec(member), member);
    const bare = body.replace(/^\s*\/\/.*\n/gm, '');
    const caught = bare.replace(/^function\(\) \{ return handleError\(function \((.*?)\) \{([^]*)\}, arguments\); \}$/, 'caught(($1) => {$2})');
    return [name, caught.replace(/^function\((.*?)\) \{/, '($1) => {')];
  }),
);
must(![...bodies.values()].some((body) => /\barguments\b|\bthis\b/.test(body)), 'a function that is no arrow');
const bodyOf = ({ name }) => must(bodies.get(name), `no import ${name}`);
const users = new Map();
for (const module of modules) for (const one of fromScript(module)) users.set(bodyOf(one), (users.get(bodyOf(one)) ?? new Set()).add(module));

// Only what needs nothing but these and constants can leave the glue.
const HELPERS = ['getStringFromWasm0', 'getArrayJsValueViewFromWasm0', 'getArrayU8FromWasm0', 'getArrayU32FromWasm0', 'addToExternrefTable0', 'isLikeNone', 'caught'];
const constants = new Map([...glue.matchAll(/^const (__wbindgen_enum_\w+) = .*;\n/gm)].map(([line, name]) => [name, line]));
const tied = /\bwasm\b|WASM_VECTOR_LEN|\bmakeMutClosure\b|\bwasm_bindgen_\w+|\b(?!getString|getArray)\w+(?:To|From)Wasm0\b|\bgetDataViewMemory0\b/;
const leaves = (body, module) => module !== core && users.get(body).size === 1 && !tied.test(body);
const inGlue = [...users.keys()].filter((body) => ![...users.get(body)].some((module) => leaves(body, module)));
const named = (names, bodies) => names.filter((name) => bodies.some((body) => body.includes(name)));
const stays = named([...constants.keys()], inGlue);
for (const module of modules) {
  const own = [...users.keys()].filter((body) => leaves(body, module) && users.get(body).has(module));
  const all = [...inGlue, ...own];
  for (const one of fromScript(module)) [one.module, one.name] = ['a', String(all.indexOf(bodyOf(one)))];
  if (!own.length) continue;
  const lines = named([...constants.keys()], own).map((name) => constants.get(name));
  writeFileSync(join(folder, module.name + '.js'), `${lines.join('')}export default (${HELPERS.join(', ')}) => [\n${own.join(',\n')}\n];\n`);
}
for (const [name, line] of constants) if (!stays.includes(name)) glue = glue.replace(line, '');
glue = glue.replace(object[0], () => `return { a: [\n${inGlue.join(',\n')}\n] };`);
// The engine compiles the wasm itself, so fetching it, and all that surrounds that, is never used.
const init = must(/^async function __wbg_load[^]*(?=^export \{)/m.exec(glue), 'init');
glue = glue.replace(
  init[0],
  () => `async function __wbg_init(module) {
    given = __wbg_get_imports();
    return __wbg_finalize_init(await WebAssembly.instantiate(module, given), module);
}
let given;
const caught = (f) => (...args) => handleError(f, args);
/** Links a part to the core, with the glue of its own and the exports of the parts above it by their names; answers with its exports. */
export async function link(module, own = () => [], parents = {}) {
    const a = [...given.a, ...own(${HELPERS.join(', ')})];
    return (await WebAssembly.instantiate(module, { a, ${CORE}: wasm, ...parents })).exports;
}
`,
);
// Texts go in at once. What wasm-bindgen writes looks at them letter by letter, in code that every page runs for the first time, and takes three times the memory.
const pass = must(/^function passStringToWasm0\(arg, malloc, realloc\) \{\n {4}if \(realloc === undefined\) \{\n([^]*?)^ {4}\}\n[^]*?^\}\n/m.exec(glue), 'passStringToWasm0');
glue = glue.replace(pass[0], () => `function passStringToWasm0(arg, malloc) {\n${pass[1]}}\n`).replaceAll(/(passStringToWasm0\(\w+, wasm\.\w+), wasm\.\w+\)/g, '$1)');
glue = glue.replace(/^export \{.*\}/m, 'export { __wbg_init as default }');

// --- glue: the exports it calls, and those that parts take, which are upper case; the others go
const kept = core.exports.filter(({ name }) => /^[A-Z]+$/.test(name) || new RegExp(`wasm\\.${name}\\b`).test(glue));
kept
  .filter(({ name }) => !/^[A-Z]+$/.test(name))
  .forEach((e, i) => {
    const short = String.fromCharCode(97 + Math.floor(i / 26), 97 + (i % 26));
    glue = glue.replace(new RegExp(`wasm\\.${e.name}\\b`, 'g'), `wasm.${short}`);
    e.name = short;
  });
core.exports.splice(0, Infinity, ...kept);
must(!/__wbg_\w*_[0-9a-f]{16}/.test(glue), 'a name is left in the glue');

for (const module of modules) module.write();
writeFileSync(glueFile, glue);

// --- they fit: every import has its function, every export that the glue or a part asks for is there
const made = new Map(modules.map(({ name }) => [name, new WebAssembly.Module(readFileSync(join(folder, name + '.wasm')))]));
const has = (name) => new Set(WebAssembly.Module.exports(made.get(name)).map((e) => e.name));
for (const module of made.values()) {
  for (const { module: from, name } of WebAssembly.Module.imports(module)) must(from === 'a' || (made.has(from) && has(from).has(name)), `import ${from}.${name} from nowhere`);
}
must([...glue.matchAll(/\bwasm\.(\w+)/g)].every(([, name]) => has(CORE).has(name)), 'an export is missing');
