// What pages hand over and are told: a part of the published ai-atlas.d.ts, which
// tools/declarations.mjs makes of this, of element.js and of template-types.d.ts.

/**
 * The language of the words: Korean, English, or one that has a file (`ja`); anything else falls
 * back to English.
 */
export type AtlasLang = "ko" | "en" | (string & {});

/**
 * An Arrow vector, or a column of another library: taken by what it has, whatever version it comes
 * from.
 */
export interface AtlasVector {
  readonly length: number;
  get(row: number): unknown;
}

/** An Arrow table, also DuckDB's. */
export interface AtlasArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  getChild(name: string): unknown;
}

/** An Arquero table. */
export interface AtlasArqueroTable {
  columnNames(): string[];
  array(name: string): unknown;
}

/** A table whose columns bear the names that the element takes. */
export type AtlasTableOf = AtlasArrowTable | AtlasArqueroTable;

/**
 * A dictionary column: `codes[row]` counts into `names`, a code a row; −1, null or 2³² − 1 is no
 * name.
 */
export interface AtlasDictionary {
  codes:
    | Uint32Array
    | Uint16Array
    | Uint8Array
    | Int32Array
    | Int16Array
    | Int8Array
    | readonly (number | null)[];
  names: readonly (string | null)[];
}

/**
 * Numbers, a row each; NaN and null are «not given». Anything but Float64Array is converted,
 * which costs a copy.
 */
export type AtlasNumbers =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | BigInt64Array
  | BigUint64Array
  | readonly (number | bigint | string | Date | null | undefined)[]
  | AtlasVector;

/** Names, a row each, or as a dictionary. */
export type AtlasNames =
  AtlasDictionary | readonly (string | null)[] | AtlasVector;

export interface AtlasMarketShareColumns {
  value: AtlasNumbers;
  /** Groups, outermost first. */
  levels?: AtlasNames[];
  label: AtlasNames;
  /** A second measure, shown as colour. */
  color?: AtlasNumbers;
}

export interface AtlasFundingTimelineColumns {
  /**
   * Milliseconds since 1970-01-01 UTC, Arrow's dates and timestamps, `Date` objects, or ISO texts
   * to the day.
   */
  date: AtlasNumbers;
  /** Without a currency: none is invented. NaN where it is not given. */
  amount?: AtlasNumbers;
  /** In US dollars, in place of `amount`. */
  amountUsd?: AtlasNumbers;
  /** As `date`; NaN for a moment. */
  dateEnd?: AtlasNumbers;
  /** In the unit of the amounts. */
  valuation?: AtlasNumbers;
  type?: AtlasNames;
  target?: AtlasNames;
  lane?: AtlasNames;
}

export interface AtlasValueChainColumns {
  nodes:
    | {
        label: AtlasNames;
        layer: AtlasNames;
        sublayer?: AtlasNames;
        country?: AtlasNames;
      }
    | AtlasTableOf;
  /** `from` and `to` are rows of `nodes`, or labels that one node alone has. */
  links:
    | {
        from: AtlasNumbers | AtlasNames;
        to: AtlasNumbers | AtlasNames;
        amount?: AtlasNumbers;
        type?: AtlasNames;
      }
    | AtlasTableOf;
}

/**
 * What can be saved and restored: attributes, switched off legend keys and the widget's own keys.
 */
export interface AtlasView {
  hidden?: string[];
  [key: string]: string | string[] | undefined;
}

export interface AtlasStatus {
  /** null until the first picture. */
  readonly tier: "webgpu" | "webgl2" | "canvas" | "static" | null;
  /**
   * Why better tiers were not taken; `opening` while they are tried, `slow` while network or engine
   * take their time. Of a file that does not come: which, and what to do.
   */
  readonly reason: string;
  readonly rows: number;
  readonly issues: number;
  /** Code of the last error, or null; `no-data` where the page gives none. */
  readonly error: string | null;
}

export interface AtlasPaper {
  width?: number;
  theme?: "light" | "dark";
  lang?: AtlasLang;
}

export interface AtlasTable {
  generator: string;
  /** The day of the download. */
  date: string;
  lang: AtlasLang;
  title: string;
  subline?: string;
  sources?: { text: string; url: string | null }[];
  credit?: string;
  columns: string[];
  rows: string[][];
}

export interface AtlasIssue {
  place: string;
  /**
   * Of the file, counted from 1, or the row of the page's own table; 0 where it is not known: data
   * have no lines, and a script with one widget counts none in JSON.
   */
  line: number;
  field: string;
  ko: string;
  en: string;
  /** In other languages that the page shows. */
  [language: string]: string | number;
}

export interface AtlasEventMap {
  /** The data is painted. */
  load: CustomEvent<{ rows: number }>;
  /** How much of the data has come, 0 to 1. */
  progress: CustomEvent<{ totalProgress: number }>;
  /** The data could not be read or drawn; the code is one of those in the README. */
  error: CustomEvent<{
    code: string;
    message: string;
    /** Of the file, counted from 1, where it is known. */
    line?: number;
    /** What did not come, and why; of what went wrong while drawing, what was thrown. */
    reason?: string;
    /** What a server answered. */
    status?: number;
    [more: string]: unknown;
  }>;
  /** Rows that were left out; where no WebAssembly runs nobody is told. */
  issues: CustomEvent<{ count: number; issues: AtlasIssue[] }>;
  /** A reader selected a mark, or let go. */
  "atlas-select": CustomEvent<{
    id: string | null;
    entity: string | null;
    row: number | null;
  }>;
  /** A reader points at a mark, or no longer does. */
  "atlas-hover": CustomEvent<{
    id: string | null;
    entity: string | null;
    row: number | null;
  }>;
  /** A reader changed the view. */
  "atlas-view-change": CustomEvent<AtlasView>;
}

/** What {@link AtlasElement.read} tells of a file. What is not known is not there. */
export interface AtlasFile {
  format?: "json" | "csv";
  text?: string;
  /** Of a table: the kind of data that fits it best. */
  kind?: "value-chain" | "market-share" | "funding-timeline";
  /** What its columns are taken for, in their order. */
  columns?: AtlasFileColumn[];
  /** What of it is not used, or is in doubt: a sentence in each language, by its code. */
  issues?: {
    /** Counted from 1; 0 where it is the whole table's. */
    line: number;
    place: string;
    ko: string;
    en: string;
    [language: string]: string | number;
  }[];
  /** What stands above its headings. */
  title?: string;
  /** The unit that is stated there for all of it. */
  unit?: string;
  /** Semicolons separate its cells, so that a comma may be a decimal one. */
  semicolon?: boolean;
  head?: string[];
  rows?: string[][];
  lines?: number[];
  /** Why it could not be read: a sentence in each language, by its code. */
  error?: {
    code: string;
    /** Where it is, as data. */
    detail: string;
    /** Counted from 1; 0 where no line is known. */
    line: number;
    ko: string;
    en: string;
    [language: string]: string | number;
  };
}

/** What a column of a table is taken for. */
export interface AtlasFileColumn {
  heading: string;
  /** The field of a file; "" where the column is not used. */
  field: string;
  /** The unit that the heading states: `KRW`, `%`, `TWh`. */
  unit: string;
  /** Tens that the heading multiplies by: 8 for `억`. */
  power: number;
  /** The period that the heading names. */
  period: string;
  /** Nothing but its cells says what it is. */
  guessed: boolean;
  /** The field that the heading of a column that is not used is nearest to. */
  nearest: string;
  /** Its numbers could be read in two ways. */
  doubtful: boolean;
}

/** What an author says of a table. */
export interface AtlasReadOptions {
  kind?: string;
  /** What headings mean: `회사=label; 투자금(억원)=amount`. */
  columns?: string;
  /** What its numbers count: `억원`, `US$m`, `%`. */
  unit?: string;
}

/** How elements are listened to: members of the elements, and nothing of its own. */
export interface AtlasListeners {
  addEventListener<K extends keyof AtlasEventMap>(
    type: K,
    listener: (event: AtlasEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}
