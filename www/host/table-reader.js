// @ts-check
// Tables as files of ours: CSV, a page's own table, and JSON of other libraries, by a wasm that has
// nothing else. Fetched by those whose data are a table.
import init, { TableReader } from "bindings";
import { refused } from "./missing-files.js";

const SLOW_MS = 3e4;

// The wasm as it was built with this script: another version's is refused.
/** @param {string} address @returns {Promise<TableReader>} */
export const openReader = async (address) => {
  const answer = await fetch(address, {
    referrerPolicy: "no-referrer",
    integrity: TABLES_INTEGRITY,
    signal: AbortSignal.timeout?.(SLOW_MS),
  });
  if (!answer.ok) throw Error(refused(answer.url || address, answer.status));
  const compiled = await WebAssembly.compile(await answer.arrayBuffer());
  await init({ module_or_path: compiled });
  return new TableReader();
};
