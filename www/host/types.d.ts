// Types that the modules of the page share.
import type { Tier } from "./messages.d.ts";
import type { Scene } from "./packed.js";
import type { Card, Issue, Table } from "./protocol.d.ts";

export type Kind = "value-chain" | "market-share" | "funding-timeline";

export interface Status {
  tier: Tier | "static" | null;
  reason: string;
  rows: number;
  issues: number;
  error: string | null;
}

/** The element as its controllers see it: every attribute has its property. */
export interface FigureElement extends HTMLElement {
  constructor: Function & { kind: Kind };
  framework: string;
  table: string;
  from: string;
  to: string;
  scale: string;
  selected: string;
  src: string;
  theme: string;
  group: string;
  view: string;
  loading: string;
  poster: string;
  renderer: string;
  touchAction: string;
  disableZoom: boolean;
  noMetadata: boolean;
  data: unknown;
  status: Status;
  toCSV(): Promise<string>;
  toJSON(): Promise<object>;
  toSVG(options?: unknown): Promise<string | null>;
  toBlob(options?: unknown): Promise<Blob | null>;
}

/** Columns of which the buffers go to the worker. */
export interface ColumnsInput {
  columns: object;
  transfer: Transferable[] | null;
  spare?: object;
  format: string;
}

/** Data as the engine takes it: text, a value that can be cloned, the bytes of a file, or columns. */
export interface Input extends Partial<ColumnsInput> {
  text?: string;
  data?: unknown;
  bytes?: Uint8Array<ArrayBuffer>;
  name?: string;
  mediaType?: string;
  /** What could not be read, by its code: the engine answers with the error. */
  refused?: [code: string];
}

/** An error with a code that the page is told. */
export interface CodedError extends Error {
  code?: any;
  detail?: any;
}

/** Where a row is in the picture; in the units of the scene. */
export interface Anchor {
  datum: number;
  entity?: string | null;
  x: number;
  y: number;
  w: number;
  h: number;
  opens?: boolean;
}

export type { Card, Issue, Scene, Table, Tier };
