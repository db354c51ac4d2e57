// @ts-check
// Tables as files of ours: CSV, a page's own table, and JSON of other libraries, by a wasm that has
// nothing else. Fetched by those whose data are a table.
import init, { TableReader } from "bindings";

// Of the wasm that was built with this script.
export const INTEGRITY = TABLES_INTEGRITY;

/** @param {BufferSource} bytes @returns {Promise<TableReader>} */
export const openReader = async (bytes) => {
  await init({ module_or_path: await WebAssembly.compile(bytes) });
  return new TableReader();
};
