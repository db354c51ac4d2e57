// Where an element's data comes from: its property, its file, its own children, or what the library ships.
import { address } from './dom.js';
import { readTable } from './parts.js';
import { places } from './places.js';

const LIMIT = 32 << 20;
const SILENT_MS = 15e3;

const stop = (code, detail) => Object.assign(Error(code), { code, detail });

// The bytes of an address; told(part) hears how much has come. A bad answer, silence or too much throws, mostly an error with a code.
const download = async (url, control, told) => {
  let timer;
  const listen = () => {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), SILENT_MS);
  };
  try {
    listen();
    const response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', signal: control.signal });
    if (!response.ok) throw stop('fetch-failed', { status: response.status });
    const total = +response.headers.get('content-length');
    if (total > LIMIT) throw stop('too-large');
    const parts = [];
    let size = 0;
    for (let reader = response.body.getReader(), piece; !(piece = await reader.read()).done; ) {
      listen(); // slow is not silent
      parts.push(piece.value);
      size += piece.value.length;
      if (size > LIMIT) throw stop('too-large');
      if (total) told(Math.min(0.99, size / total));
    }
    return { bytes: new Uint8Array(await new Blob(parts).arrayBuffer()), type: response.headers.get('content-type') ?? '' };
  } catch (error) {
    control.abort(); // ends an endless stream
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

// What to post to the engine, without id: { bytes | data, format }.
export const gather = async (element, kind, control, told) => {
  if (element.data !== undefined) return { data: element.data, format: 'json' };
  const encode = (text) => new TextEncoder().encode(text);
  const src = element.getAttribute('src');
  if (!src) {
    const script = element.querySelector(':scope > script[type="application/json"]');
    if (script) return { bytes: encode(script.textContent), format: 'json' };
    const table = element.querySelector('table');
    if (table) return { data: readTable(table), format: 'table' };
  }
  const url = src ? address(src, ['http:', 'https:', 'data:', 'blob:', 'file:']) : places.data(kind);
  if (!url) throw stop('fetch-failed');
  const { bytes, type } = await download(url, control, told);
  return { bytes, format: /csv|tab-separated/.test(type) || /\.(csv|tsv)$/i.test(url.split(/[?#]/)[0]) ? 'csv' : 'json' };
};
