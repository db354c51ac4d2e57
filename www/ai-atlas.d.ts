// Types of the elements that `ai-atlas.js` defines. Importing it defines them and exports nothing.

/** Values `ko` and `en` choose the words; anything else falls back to English. */
export type AtlasLang = 'ko' | 'en';

/** A dictionary column: `codes[row]` counts into `names`. Arrow's dictionary vectors have both. */
export interface AtlasDictionary {
  codes: Uint32Array | Uint16Array | Uint8Array | Int32Array | Int16Array | Int8Array;
  names: string[];
}

/** Numbers, a row each; NaN is «not disclosed». Anything but Float64Array is converted, which costs a copy. */
export type AtlasNumbers = Float64Array | Float32Array | Int32Array | Uint32Array | BigInt64Array | BigUint64Array;

export interface AtlasMarketShareColumns {
  value: AtlasNumbers;
  /** Groups, outermost first. */
  levels?: AtlasDictionary[];
  label: AtlasDictionary | string[];
  /** A second measure, shown as colour. */
  color?: AtlasNumbers;
}

export interface AtlasFundingTimelineColumns {
  /** Milliseconds since 1970-01-01 UTC. */
  date: AtlasNumbers;
  /** Without a currency: none is invented. NaN where it was not disclosed. */
  amount?: AtlasNumbers;
  /** In US dollars, in place of `amount`. */
  amountUsd?: AtlasNumbers;
  /** As `date`; NaN for a moment. */
  dateEnd?: AtlasNumbers;
  /** In the unit of the amounts. */
  valuation?: AtlasNumbers;
  type?: AtlasDictionary;
  target?: AtlasDictionary;
  lane?: AtlasDictionary;
}

export interface AtlasValueChainColumns {
  nodes: { label: string[] | AtlasDictionary; layer: AtlasDictionary; sublayer?: AtlasDictionary; country?: AtlasDictionary };
  /** `from` and `to` are rows of `nodes`. */
  links: { from: Uint32Array; to: Uint32Array; amount?: AtlasNumbers; type?: AtlasDictionary };
}

/** What can be saved and restored: attributes, switched off legend keys and the widget's own keys. */
export interface AtlasView {
  hidden?: string[];
  [key: string]: string | string[] | undefined;
}

export interface AtlasStatus {
  /** null until the first picture. */
  readonly tier: 'webgpu' | 'webgl2' | 'canvas' | 'static' | null;
  /** Why better tiers were not taken; `opening` while they are tried, `slow` while network or engine take their time. */
  readonly reason: string;
  readonly rows: number;
  readonly issues: number;
  /** Code of the last error, or null. */
  readonly error: string | null;
}

export interface AtlasIssue {
  place: string;
  field: string;
  ko: string;
  en: string;
}

export interface AtlasEventMap {
  /** The data is painted. */
  load: CustomEvent<{ rows: number }>;
  progress: CustomEvent<{ totalProgress: number }>;
  error: CustomEvent<{ code: string; message: string; [more: string]: unknown }>;
  issues: CustomEvent<{ count: number; issues: AtlasIssue[] }>;
  'atlas-select': CustomEvent<{ id: string | null; entity: string | null; row: number | null }>;
  'atlas-hover': CustomEvent<{ id: string | null; entity: string | null; row: number | null }>;
  'atlas-view-change': CustomEvent<AtlasView>;
}

/** What the three elements have in common. Attributes have the same names in kebab-case. */
export interface AtlasElement<Columns> extends HTMLElement {
  src: string;
  theme: '' | 'auto' | 'light' | 'dark';
  group: string;
  /** An organisation's id, or `#` and a row. */
  selected: string;
  /** A saved view as a query string, for deep links. */
  view: string;
  loading: '' | 'auto' | 'lazy' | 'eager';
  poster: string;
  renderer: '' | 'auto' | 'webgpu' | 'webgl2' | 'canvas';
  touchAction: string;
  disableZoom: boolean;
  /** Anything that JSON can say; replaces `src` and the element's own children. */
  data: unknown;
  readonly status: AtlasStatus;
  /** Resolves when the newest data and view are painted. */
  readonly updateComplete: Promise<void>;
  select(id: string | number | null): void;
  fit(): void;
  save(): AtlasView;
  restore(view: AtlasView): void;
  /** Big data. The buffers are transferred: the arrays are empty afterwards. */
  setColumns(columns: Columns): Promise<void>;
  toCSV(): Promise<string>;
  toBlob(options?: { type?: string; scale?: number; quality?: number }): Promise<Blob | null>;
  addEventListener<K extends keyof AtlasEventMap>(type: K, listener: (event: AtlasEventMap[K]) => void, options?: boolean | AddEventListenerOptions): void;
  addEventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | AddEventListenerOptions): void;
}

export interface AtlasValueChain extends AtlasElement<AtlasValueChainColumns> {
  framework: string;
}

export interface AtlasMarketShare extends AtlasElement<AtlasMarketShareColumns> {
  table: string;
}

export interface AtlasFundingTimeline extends AtlasElement<AtlasFundingTimelineColumns> {
  from: string;
  to: string;
  scale: '' | 'log' | 'linear';
}

declare global {
  interface HTMLElementTagNameMap {
    'atlas-value-chain': AtlasValueChain;
    'atlas-market-share': AtlasMarketShare;
    'atlas-funding-timeline': AtlasFundingTimeline;
  }
}
