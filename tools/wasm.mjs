// Reading the binary form of a WebAssembly module: what tools/split.mjs and tools/shorten.mjs share.

// Numbers, texts and stretches of bytes, one after the other.
export const reader = (bytes) => {
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
  return {
    number,
    take,
    byte: () => bytes[at++],
    text: () => new TextDecoder().decode(take(number())),
    list: (entry) => Array.from({ length: number() }, entry),
    at: () => at,
    done: () => at >= bytes.length,
    since: (start) => bytes.subarray(start, at),
  };
};

// The sections of a module, in order: `id`, the `name` of a custom one (0), and the `bytes` after it.
export const sections = (file) => {
  const out = [];
  for (const all = reader(file.subarray(8)); !all.done(); ) {
    const id = all.byte();
    const bytes = all.take(all.number());
    const inside = reader(bytes);
    out.push(id ? { id, bytes } : { id, name: inside.text(), bytes: bytes.subarray(inside.at()) });
  }
  return out;
};

// Functions by their index, where the module says their names.
export const functionNames = (all) => {
  const names = new Map();
  const section = all.find(({ name }) => name === 'name');
  for (const part = reader(section?.bytes ?? []); !part.done(); ) {
    const kind = part.byte();
    const inside = reader(part.take(part.number()));
    if (kind === 1) inside.list(() => names.set(inside.number(), inside.text()));
  }
  return names;
};
