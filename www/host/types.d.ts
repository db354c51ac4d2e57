// Types that the modules of the page share.
import type { AtlasElement, Attributes } from "./element.js";
import type { Tier } from "./messages.d.ts";
import type { Scene } from "./packed.js";
import type { Issue, Table, Tooltip } from "./protocol.d.ts";
import type { AtlasStatus } from "./public-types.d.ts";

export type Kind = "value-chain" | "market-share" | "funding-timeline";

/** What the page reads as `status`; the controllers write it. */
export type Status = { -readonly [Key in keyof AtlasStatus]: AtlasStatus[Key] };

type Union<Types> = (
  Types extends unknown ? (one: Types) => void : never
) extends (all: infer All) => void
  ? All
  : never;

/** The element as its controllers see it. */
export type FigureElement = AtlasElement<never> &
  Union<Attributes[Kind]> & { constructor: Function & { kind: Kind } };

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

export type { Issue, Scene, Table, Tier, Tooltip };

/** A cell of a table that is shown. */
export type Cell = string | number | null | undefined;

/** A table whose cells may be numbers, and which needs no caption. */
export interface TableRows {
  caption?: string;
  head: string[];
  rows: Cell[][];
}
