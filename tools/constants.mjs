// Which function reads which constant, as the linker knows it (`--emit-relocs`): tools/split.mjs puts constants where their readers are.
// The sections are those of the tool conventions for object files, github.com/WebAssembly/tool-conventions, Linking.md.
import { functionNames, reader, sections } from './wasm.mjs';

const SYMBOLS = 8; // a subsection of `linking`
const [DATA, SECTION] = [1, 3]; // kinds of symbols
const [UNDEFINED, NAMED] = [0x10, 0x40]; // flags of symbols
const MEMORY = new Set([3, 4, 5, 11, 14, 15, 16, 17, 21, 23]); // relocations by addresses in memory
const WITH_ADDEND = new Set([...MEMORY, 8, 9, 22]);

// All constants, `{ start, end, readers, names }`: addresses, names of functions, constants that it points to.
export const constants = (linked) => {
  const all = sections(linked);
  const functions = functionNames(all);
  const segments = reader(all.find(({ id }) => id === 11).bytes);
  const bases = segments.list(() => {
    if (segments.number() !== 0 || segments.byte() !== 0x41) throw Error('constants: a segment that is not put at an address');
    const address = segments.number();
    segments.byte(); // end
    const length = segments.number();
    const at = segments.at();
    segments.take(length);
    return { address, at, length };
  });

  const symbols = [];
  const linking = reader(all.find(({ name }) => name === 'linking').bytes);
  linking.number(); // version
  while (!linking.done()) {
    const kind = linking.byte();
    const inside = reader(linking.take(linking.number()));
    if (kind !== SYMBOLS) continue;
    inside.list(() => {
      const [kind, flags] = [inside.byte(), inside.number()];
      let symbol = null;
      if (kind === DATA) {
        inside.text();
        if (!(flags & UNDEFINED)) {
          const [segment, offset, size] = [inside.number(), inside.number(), inside.number()];
          const start = bases[segment].address + offset;
          if (size) symbol = { start, end: start + size, readers: new Set(), names: new Set() };
        }
      } else {
        inside.number();
        if (kind !== SECTION && (!(flags & UNDEFINED) || flags & NAMED)) inside.text();
      }
      symbols.push(symbol);
    });
  }

  // Of every relocation in a section the place and the constant that is meant.
  const meant = (section) => {
    const inside = reader(all.find(({ name }) => name === section)?.bytes ?? [0, 0]);
    inside.number(); // which section
    const found = inside.list(() => {
      const [type, offset, symbol] = [inside.byte(), inside.number(), inside.number()];
      if (WITH_ADDEND.has(type)) inside.number();
      return { offset, symbol: MEMORY.has(type) ? symbols[symbol] : null };
    });
    if (!inside.done()) throw Error(`constants: ${section} was read in the wrong way`);
    return found.filter(({ symbol }) => symbol);
  };
  const within = (places, offset) => {
    let [low, high] = [0, places.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (places[middle].at <= offset) low = middle;
      else high = middle;
    }
    return places[low];
  };

  const code = reader(all.find(({ id }) => id === 10).bytes);
  // Names are those of all functions, the imported ones first; of these none has code.
  const count = reader(all.find(({ id }) => id === 10).bytes).number();
  let index = Math.max(...functions.keys()) + 1 - count;
  const bodies = code.list(() => {
    const length = code.number();
    const at = code.at();
    code.take(length);
    return { at, name: functions.get(index++) };
  });
  for (const { offset, symbol } of meant('reloc.CODE')) symbol.readers.add(within(bodies, offset).name);
  const found = symbols.filter(Boolean).sort((a, b) => a.start - b.start);
  for (const { offset, symbol } of meant('reloc.DATA')) {
    const { address, at } = within(bases, offset);
    const place = address + offset - at;
    for (const one of found) if (one.start <= place && place < one.end) one.names.add(symbol);
  }
  return found;
};
