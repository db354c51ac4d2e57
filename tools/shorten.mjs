// Takes the names out of what wasm-bindgen made: wasm imports and exports by number or letter, and the glue says the same.
// Hashes in names do not compress, and stand in both files. Imports with the same JavaScript become one, so that wasm-opt can merge what calls them.
// Usage: node tools/shorten.mjs WASM GLUE     (both are rewritten; run it before wasm-opt)
import { readFileSync, writeFileSync } from 'node:fs';

const [wasmFile, glueFile] = process.argv.slice(2);
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
const reader = (bytes) => {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  };
  const take = (length) => bytes.subarray(at, (at += length));
  return { number, take, text: () => new TextDecoder().decode(take(number())), at: () => at, done: () => at >= bytes.length, since: (start) => bytes.subarray(start, at) };
};
const text = (value) => [...leb(value.length), ...new TextEncoder().encode(value)];
const sections = [];
const file = readFileSync(wasmFile);
for (const all = reader(file.subarray(8)); !all.done(); ) {
  const id = all.number();
  sections.push({ id, bytes: all.take(all.number()) });
}
const section = (id) => must(sections.find((s) => s.id === id), `section ${id}`);
const imports = [];
{
  const all = reader(section(2).bytes);
  for (let left = all.number(); left; left--) {
    const [module, name] = [all.text(), all.text()];
    const start = all.at();
    must(all.take(1)[0] === 0, `import ${name} is no function`);
    all.number();
    imports.push({ module, name, rest: all.since(start) });
  }
}
const exports = [];
{
  const all = reader(section(7).bytes);
  for (let left = all.number(); left; left--) {
    const name = all.text();
    const start = all.at();
    all.take(1);
    all.number();
    exports.push({ name, rest: all.since(start) });
  }
}

// --- glue: the imports, one function each
let glue = readFileSync(glueFile, 'utf8');
const module = imports[0].module;
must(imports.every((i) => i.module === module), 'imports of several modules');
const object = must(/const import0 = \{\n {8}__proto__: null,\n([^]*?)\n {4}\};\n {4}return \{\n {8}__proto__: null,\n {8}"[^"]+": import0,\n {4}\};/.exec(glue), 'import0');
const bodies = new Map(
  object[1].split(/^ {8}(?=\w+: function)/m).slice(1).map((member) => {
    const [, name, body] = must(/^(\w+): ([^]*?),?\s*$/.exec(member), member);
    const bare = body.replace(/^\s*\/\/.*\n/gm, '');
    const caught = bare.replace(/^function\(\) \{ return handleError\(function \((.*?)\) \{([^]*)\}, arguments\); \}$/, 'caught(($1) => {$2})');
    return [name, caught.replace(/^function\((.*?)\) \{/, '($1) => {')];
  }),
);
const given = [...new Set(imports.map(({ name }) => must(bodies.get(name), `no import ${name}`)))];
must(!given.some((body) => /\barguments\b|\bthis\b/.test(body)), 'a function that is no arrow');
glue = glue.replace(object[0], () => `return { a: [\n${given.join(',\n')}\n] };`);
// The engine compiles the wasm itself, so fetching it, and all that surrounds that, is never used.
const init = must(/^async function __wbg_load[^]*(?=^export \{)/m.exec(glue), 'init');
glue = glue.replace(
  init[0],
  () => `async function __wbg_init({ module_or_path: module }) {
    return __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);
}
`,
);
glue = glue.replace(/^export \{.*\}/m, 'export { __wbg_init as default }');
glue += '\nconst caught = (f) => (...args) => handleError(f, args);\n';
imports.forEach((i) => (i.name = String(given.indexOf(bodies.get(i.name)))));

// --- glue: the exports it calls; the others go
const kept = exports.filter(({ name }) => new RegExp(`wasm\\.${name}\\b`).test(glue));
kept.forEach((e, i) => {
  const short = String.fromCharCode(97 + Math.floor(i / 26), 97 + (i % 26));
  glue = glue.replace(new RegExp(`wasm\\.${e.name}\\b`, 'g'), `wasm.${short}`);
  e.name = short;
});
must(!/__wbg_\w*_[0-9a-f]{16}/.test(glue), 'a name is left in the glue');

section(2).bytes = Uint8Array.from([...leb(imports.length), ...imports.flatMap((i) => [...text('a'), ...text(i.name), ...i.rest])]);
section(7).bytes = Uint8Array.from([...leb(kept.length), ...kept.flatMap((e) => [...text(e.name), ...e.rest])]);
writeFileSync(wasmFile, Buffer.concat([file.subarray(0, 8), ...sections.flatMap((s) => [Buffer.from([s.id, ...leb(s.bytes.length)]), s.bytes])]));
writeFileSync(glueFile, glue);

// --- the two fit: every import has its function, every export that the glue calls is there
const made = new WebAssembly.Module(readFileSync(wasmFile));
const has = new Set(WebAssembly.Module.exports(made).map((e) => e.name));
must(WebAssembly.Module.imports(made).every((i) => i.module === 'a' && given[i.name]), 'an import without a function');
must([...glue.matchAll(/\bwasm\.(\w+)/g)].every(([, name]) => has.has(name)), 'an export is missing');
