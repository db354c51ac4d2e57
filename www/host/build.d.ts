// What tools/dist.mjs puts in place of these names.
declare const VERSION: string;
/** The entry's name, and the kinds that it has. */
declare const ENTRY: string;
declare const KINDS: import("./types.d.ts").Kind[];
declare const FOLDER: string;
declare const LANGUAGES: string[];
/** Of the wasm, and of the file of each language. */
declare const INTEGRITY: string;
declare const LANGUAGE_INTEGRITY: Record<string, string>;
/** The style sheet of styles/, made small. */
declare const STYLES: string;
