// @ts-check
// Where the other files of this version lie. The entry alone knows how it was delivered and settles
// it: { entry }, its name; { folder } where they all lie by their names, or { files }, an address
// each, where a bundler may have moved them; { languages } besides Korean and English; { integrity
// } of the wasm. What the page says comes before that: `AtlasElement.assets = address`, or
// `data-ai-atlas-assets` on a script element (a module script has no document.currentScript, so the
// page is searched for one). The engine, which may be a worker, is told whole addresses.
import { refused } from "./missing-files.js";

/** @import { Assets } from './messages.d.ts' */
/**
 * What the entry settles, and the addresses that follow from it.
 * @typedef {Assets & { languages: string[], engine: string, wasm: string, tables: string, data: (kind: string) => string, words: (language: string) => string }} Delivered
 */

export const assets = /** @type {Delivered} */ ({
  get engine() {
    return assetUrl(
      assets.entry === "ai-atlas" ? "engine.js" : `engine-${assets.entry}.js`,
    );
  },
  get wasm() {
    return assetUrl(`${assets.entry}.wasm`);
  },
  get tables() {
    return assetUrl("tables.wasm");
  },
  data: (kind) => assetUrl(`data/${kind}.json`),
  words: (language) => assetUrl(`lang/${language}.json`),
});

// Some bundlers write addresses without an origin. They are the page's, whatever its <base> says; a
// page that is no file of a site has its base only.
const page = () =>
  /^(about|blob|data):/.test(location.protocol)
    ? /** @type {any} */ (globalThis).document?.baseURI
    : location.href;

/** @param {string} name */
const assetUrl = (name) =>
  new URL(assets.files?.[name] ?? new URL(name, assets.folder).href, page())
    .href;

const LOAD_MS = 15e3; // the engine is given up after 20 s of silence

// A script that only those load who need it. A server that says nothing holds up nobody for ever.
// Another run gives a module of its own: a wasm that trapped cannot be used again.
/** @param {string} name @returns {Promise<any>} */
export const load = (name, limit = LOAD_MS, run = 1) =>
  Promise.race([
    import(assetUrl(`${name}.js`) + (run > 1 ? `?${run}` : "")),
    new Promise((_, fail) => setTimeout(fail, limit, Error(name))),
  ]);

/** @type {Pick<Assets, "folder" | "files">} */
let own;
/** @param {Assets & { languages: string[] }} delivered */
export const setDelivery = (delivered) => {
  Object.assign(assets, delivered);
  const { folder, files } = delivered;
  own = { folder, files };
  const { document } = /** @type {any} */ (globalThis);
  const script = document.querySelector("script[data-ai-atlas-assets]");
  try {
    setAssetsFolder(script?.dataset.aiAtlasAssets);
  } catch (error) {
    console.error("AI Atlas: data-ai-atlas-assets is no address.", error);
  }
};

// All files lie in that folder; with nothing, where the entry says. An address that is none throws.
/** @param {string | URL | null | undefined} address @returns {unknown} */
export const setAssetsFolder = (address) => {
  if (!address) return Object.assign(assets, own);
  const url = new URL(address, page());
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  Object.assign(assets, { folder: url.href, files: undefined });
};

// The same for an engine: it knows nothing of the page.
export const assetsFor = ({ entry, folder, files, integrity } = assets) => ({
  entry,
  folder: folder && new URL(folder, page()).href,
  files:
    files &&
    Object.fromEntries(
      Object.keys(files).map((name) => [name, assetUrl(name)]),
    ),
  integrity,
});

const SLOW_MS = 3e4;

// The wasm as it was built with this entry: another version's, or one that was changed on the way,
// is refused.
export const fetchWasm = async (
  address = assets.wasm,
  integrity = assets.integrity,
  limit = SLOW_MS,
) => {
  const answer = await fetch(address, {
    referrerPolicy: "no-referrer",
    integrity,
    signal: AbortSignal.timeout?.(limit),
  });
  if (!answer.ok) throw Error(refused(answer.url || address, answer.status));
  return answer;
};
