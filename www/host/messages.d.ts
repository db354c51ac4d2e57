// What crosses between the page and its engine, which may be a worker: the envelopes. What is in
// them is in protocol.d.ts.
import type {
  Act,
  Changes,
  FileReply,
  Line,
  LoadReply,
  SceneReply,
  Table,
  Tooltip,
  ViewRequest,
} from "./protocol.d.ts";

export type Tier = "webgpu" | "webgl2" | "canvas";
export type Renderer = "auto" | "webgpu" | "webgl2" | "canvas";

/** Where the files lie, for an engine that knows nothing of the page. */
export interface Assets {
  entry: string;
  folder?: string;
  files?: Record<string, string>;
  integrity?: string;
}

/** A view as the page asks for it; all but what a widget needs to know is the engine's own affair. */
export interface View extends ViewRequest {
  seq: number;
  width: number;
  /** Device px a CSS px. */
  dpr: number;
  state: Record<string, string>;
  /** What changes moves there. */
  animate?: boolean;
  /** Words alone: what room they leave is to be known first. */
  draft?: boolean;
}

/** A view for paper. */
export interface PaperView extends ViewRequest {
  /** Without words around it. */
  bare?: boolean;
  font?: string;
}

/** A cell of a list, as a structured clone takes it. */
export type ListCell =
  string | number | bigint | boolean | Date | null | undefined;

/** A chunk of an Arrow vector: buffers of its own, cut to what the vector covers. */
export interface ArrowChunk {
  length: number;
  /** Which rows there are: a bit each, from `bit` of the first byte on. */
  nulls?: Uint8Array;
  bit?: number;
  /** Of texts: where the first begins, and where each ends. */
  ends?: Int32Array | BigInt64Array;
  /** A typed array; of which kind follows from the id of the type and from the version of Arrow. */
  values?: any;
  dictionary?: { arrow: ArrowColumn };
}

/** An Arrow vector. `typeId` and what follows are what Arrow says of its type. */
export interface ArrowColumn {
  typeId: number;
  bitWidth: number;
  unit: number;
  precision: number;
  scale: number;
  /** For words about a type that is none of ours. */
  name: string;
  length: number;
  chunks: ArrowChunk[];
}

/**
 * A column on its way: an array, a list, a vector, a dictionary or, where it is none of these, a
 * group of columns by their names. Which it is the worker finds out.
 */
export interface Columns {
  arrow?: ArrowColumn;
  codes?: Columns;
  names?: Columns;
  [name: string]: any;
}

/** What the engine takes: numbers or codes, and names that each end in a zero. */
export type EngineColumn = [
  name: string,
  numbers: Float64Array,
  codes: Uint32Array,
  names: string,
];

interface Question {
  id: number;
  seq: number;
}

/** What the page sends. `id` is the widget's number. */
export type ToEngine =
  | {
      type: "boot";
      id?: undefined;
      avoid: Tier[];
      assets: Assets;
      compiled?: WebAssembly.Module | null;
    }
  | { type: "wasm"; id?: undefined; bytes?: ArrayBuffer }
  | { type: "words"; id?: undefined; texts: string }
  | { type: "ping"; id?: undefined }
  | { type: "releaseGpu"; id?: undefined }
  | { type: "upgradeTier"; id?: undefined }
  | { type: "tierProbed"; id?: undefined }
  | { type: "open"; id: number; kind: string; renderer: Renderer }
  | { type: "renderer"; id: number; renderer: Renderer }
  | { type: "close"; id: number }
  | ({
      type: "load";
      bytes?: ArrayBuffer;
      text?: string;
      data?: unknown;
      columns?: object;
      name?: string;
      mediaType?: string;
      format?: string;
      /** What the author says of headings, and of what numbers count. */
      headings?: string;
      unit?: string;
      refused?: [code: string, detail: string];
    } & Question)
  /** What is in a file, before it is anybody's data. */
  | {
      type: "read";
      id?: undefined;
      seq: number;
      bytes: Uint8Array;
      name: string;
      kind?: string;
      headings?: string;
      unit?: string;
    }
  | { type: "view"; id: number; view: View; acts: Act[] }
  | ({ type: "pick"; x: number; y: number; lang: string } & Question)
  | ({ type: "tooltip"; datum: number; lang: string } & Question)
  | ({ type: "find"; text: string; lang: string } & Question)
  | ({ type: "svg"; view: PaperView } & Question)
  | ({ type: "table"; lang: string } & Question)
  /** The memory of a picture that was shown. */
  | { type: "back"; id?: number; pixels: ArrayBuffer };

/** A picture, by a GPU or without one. */
export interface Shot {
  id: number;
  seq: number;
  tier?: Tier;
  /** Why better tiers were not taken. */
  reason?: string;
  width?: number;
  height?: number;
  bitmap?: ImageBitmap;
  pixels?: ArrayBuffer;
  /** It came from the raster, because nobody was to wait. */
  first?: boolean;
}

/** What the engine sends. */
export type FromEngine =
  | { type: "hello" | "ready" | "opened" | "pong"; id?: undefined }
  | { type: "compiled"; compiled: WebAssembly.Module; id?: undefined }
  | { type: "opening"; tier: Tier; id?: undefined }
  /** What it works at, and whose that is. */
  | { type: "at"; id?: number; what?: string; bytes?: number; tier?: Tier }
  | { type: "refresh"; reason?: string; id?: undefined }
  | { type: "loaded"; id: number; seq: number; reply: LoadReply }
  | { type: "read"; id?: undefined; seq: number; reply: FileReply | null }
  | ({
      type: "scene";
      changed: Changes;
      reply: SceneReply;
      draft?: boolean;
    } & Shot)
  /** A picture on the way to the scene that follows; `size` is the height there. */
  | ({ type: "frame"; size: number } & Shot)
  | {
      type: "picked";
      id: number;
      seq: number;
      datum: number;
      opens?: boolean;
      tooltip?: Tooltip | null;
    }
  | { type: "tooltip"; id: number; seq: number; tooltip?: Tooltip | null }
  | { type: "found"; id: number; seq: number; found?: Line[] }
  | { type: "svg"; id: number; seq: number; svg?: string }
  | { type: "table"; id: number; seq: number; table?: Table }
  | {
      type: "failed";
      id?: number;
      fatal: boolean;
      final: boolean;
      tier?: Tier;
      during?: string;
      reason: string;
    };
