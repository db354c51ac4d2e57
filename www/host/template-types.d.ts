// The elements by their tags, and what templates take: the end of the published ai-atlas.d.ts, made
// from the interfaces above it there.
import type {
  AtlasFundingTimeline,
  AtlasMarketShare,
  AtlasValueChain,
} from "../ai-atlas.d.ts";
import type { AtlasEventMap, AtlasLang } from "./public-types.d.ts";

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
