// What tools/dist.mjs puts into table-reader.js: the integrity of tables.wasm.
declare const TABLES_INTEGRITY: string;
