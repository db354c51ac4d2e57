// Types of the elements that `ai-atlas.js` defines when it is imported. Made by tools/declarations.mjs.

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

/**
 * What the three elements have in common. Attributes have the same names in kebab-case; `lang` is
 * the page's own attribute.
 *
 * @slot - The data where there is no `src`: a `<table>` or a `<script type="application/json">`; a table is also what readers without JavaScript see
 * @slot poster - Shown until the picture is there, in place of `poster`
 * @slot progress - Shown while the data loads
 * @slot footer - What the page adds to the end of the footer
 * @csspart figure - All of the widget
 * @csspart title - The finding
 * @csspart takeaway - One sentence that says what the picture says
 * @csspart subline - Measure, unit, period
 * @csspart controls - What a reader can set, above the picture
 * @csspart tabs - Tables or frameworks to choose from, while they are few
 * @csspart tab - One of them
 * @csspart zoom - Buttons that zoom
 * @csspart stage - The box of picture, labels and outline
 * @csspart canvas - The picture
 * @csspart poster - The image until then
 * @csspart label - A label in the picture
 * @csspart outline - What keyboard and screen reader walk through
 * @csspart item - One of its items
 * @csspart card - What is known of one mark
 * @csspart status - What is in view, in numbers
 * @csspart legend - What colours and forms mean
 * @csspart error - What is wrong, in words
 * @csspart issues - Rows that were left out
 * @csspart list - A folded list below the picture
 * @csspart notes - How to read it, and notes
 * @csspart download - Takes the data or the picture away as a file
 * @csspart footer - Sources, credits, table and CSV
 * @csspart table - The data as a table
 * @cssprop --atlas-ground - Ground
 * @cssprop --atlas-ink - Text and lines
 * @cssprop --atlas-secondary - Text of second rank
 * @cssprop --atlas-hairline - Thin lines
 * @cssprop --atlas-card - Ground of cards
 * @cssprop --atlas-data - Layer: data
 * @cssprop --atlas-infra - Layer: computing infrastructure
 * @cssprop --atlas-model - Layer: models
 * @cssprop --atlas-service - Layer: services
 * @cssprop --atlas-context - Layer: capital, policy and what else stands around
 * @cssprop --atlas-accent - Data that name no layer, group or known organisation
 */
export interface AtlasElement<Columns> extends HTMLElement {
  /** A JSON or CSV file, or `shipped`: the data that come with the library. */
  src: string;
  /** `auto` follows the ground that is painted under the element, else the colour scheme of the page. */
  theme: "" | "auto" | "light" | "dark";
  /**
   * What the headings of a table mean that do not say it themselves: `회사=label;
   * 투자금(억원)=amount`.
   */
  columns: string;
  /** What the numbers of a table count, where no heading says it: `억원`, `US$m`, `%`. */
  unit: string;
  /** Elements of one group share the selection. */
  group: string;
  /** An organisation's id, or `#` and a row. */
  selected: string;
  /** A saved view as a query string, for deep links. */
  view: string;
  /** `eager` does not wait until the element is near the reader. */
  loading: "" | "auto" | "lazy" | "eager";
  /** An image until the picture is there. */
  poster: string;
  /** Keeps to one tier. */
  renderer: "" | "auto" | "webgpu" | "webgl2" | "canvas";
  /** What a finger on the picture does; the default is `pan-y`. */
  touchAction: string;
  /** Takes zoom away. */
  disableZoom: boolean;
  /** The page describes its data sets itself: no JSON-LD from the element. */
  noMetadata: boolean;
  /**
   * Anything that JSON can say; replaces `src` and the element's own children. null: there is none
   * yet, and what ships is not shown either.
   */
  data: unknown;
  /** What is shown, and why so. */
  readonly status: AtlasStatus;
  /** Resolves when the newest data and view are painted. */
  readonly updateComplete: Promise<void>;
  /** Selects an organisation or a row; null lets go. */
  select(id: string | number | null): void;
  /** Back to the whole picture. */
  fit(): void;
  /** The view as plain data. */
  save(): AtlasView;
  /** Takes a saved view. */
  restore(view: AtlasView): void;
  /**
   * Big data. An array that is all of its buffer is handed over without a copy and is empty
   * afterwards; what is a part of a larger buffer, Arrow's or shared memory is copied, and stays.
   */
  setColumns(columns: Columns | AtlasTableOf): Promise<void>;
  /**
   * The rows with their sources, day and version; with a byte order mark, and nothing that a
   * spreadsheet would run. Waits for the data; rejects with an error with a `code` where there are
   * none.
   */
  toCSV(): Promise<string>;
  /**
   * The same rows as one object, with title, sources, day and version. Waits and rejects as
   * `toCSV()`.
   */
  toJSON(): Promise<AtlasTable>;
  /**
   * The picture with its words and sources, text as text; null without WebAssembly or data. `width`
   * in CSS px; what is left out is as shown.
   */
  toSVG(options?: AtlasPaper): Promise<string | null>;
  /** The same as an image; `scale` in device px per CSS px. */
  toBlob(
    options?: AtlasPaper & {
      type?: string;
      scale?: number;
      quality?: number;
    },
  ): Promise<Blob | null>;
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

/** The AI value chain: layers, organisations in them, typed relations between them. */
export interface AtlasValueChain extends AtlasElement<AtlasValueChainColumns> {
  /** `nia`, `mckinsey`, `adl`, `ubs`: whose names the layers bear. */
  framework: string;
}

/** Market shares as treemaps. */
export interface AtlasMarketShare extends AtlasElement<AtlasMarketShareColumns> {
  /** The id of one table; without it, an overview. */
  table: string;
}

/** Rounds, valuations, acquisitions and programmes in time. */
export interface AtlasFundingTimeline extends AtlasElement<AtlasFundingTimelineColumns> {
  /** Where the period begins: a year, quarter, month or day. */
  from: string;
  /** Where it ends. */
  to: string;
  /** Areas by the logarithm of the amount, or by the amount. */
  scale: "" | "log" | "linear";
}

/** What all elements are. */
export declare const AtlasElement: {
  prototype: AtlasElement<never>;
  /**
   * The folder in which the library's other files lie, for bundlers that move them; relative
   * addresses count from the page. '' is where the entry says. `data-ai-atlas-assets` on a script
   * element says the same.
   */
  get assets(): string;
  set assets(address: string | URL | null);
  /**
   * What a file is, before it is anybody's data, as the builder asks it: `format` (`json`, `csv`),
   * `text`; of a table `head`, `rows` and the `lines` in which they begin, the `kind` of data that
   * fits it best, what its `columns` are taken for, and the `issues`: what is not used of it; or
   * `error`. Where there is no engine it rejects.
   */
  read(
    bytes: Uint8Array,
    name?: string,
    options?: AtlasReadOptions,
  ): Promise<AtlasFile>;
};

// ---- What templates take, for the types of frameworks: made from the interfaces above.

export type AtlasTag = Extract<keyof HTMLElementTagNameMap, `atlas-${string}`>;

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : Name;

type Pascal<Name extends string> = Name extends `${infer First}-${infer Rest}`
  ? `${Capitalize<First>}${Pascal<Rest>}`
  : Capitalize<Name>;

type Settable<Element> = {
  [Name in keyof Element]: Element[Name] extends (...rest: never[]) => unknown
    ? never
    : Name;
}[keyof Element];

type Own<Tag extends AtlasTag> = Exclude<
  Settable<HTMLElementTagNameMap[Tag]>,
  keyof HTMLElement | "status" | "updateComplete" | "data"
> &
  string;

/** Attributes by the names of their properties, and `data`. */
export type AtlasProperties<Tag extends AtlasTag> = {
  [Name in Own<Tag>]?: HTMLElementTagNameMap[Tag][Name];
} & { lang?: AtlasLang; data?: unknown };

/** Attributes as markup names them, and their properties. */
export type AtlasAttributes<Tag extends AtlasTag> = {
  [Name in Own<Tag> as Kebab<Name>]?: HTMLElementTagNameMap[Tag][Name];
} & AtlasProperties<Tag>;

/** `onatlas-select`, `onload` … */
export type AtlasEventHandlers = {
  [Name in keyof AtlasEventMap as `on${Name}`]?: (
    event: AtlasEventMap[Name],
  ) => void;
};

/** `onAtlasSelect`, `onLoad` … of the components for React. */
export type AtlasComponentEvents = {
  [Name in keyof AtlasEventMap as `on${Pascal<Name>}`]?: (
    event: AtlasEventMap[Name],
  ) => void;
};

declare global {
  interface HTMLElementTagNameMap {
    "atlas-value-chain": AtlasValueChain;
    "atlas-market-share": AtlasMarketShare;
    "atlas-funding-timeline": AtlasFundingTimeline;
  }
}
