// Types of the elements in JSX of React 19, and of the components that `ai-atlas/react` exports.
import type { FunctionComponent, HTMLAttributes, Ref } from "react";
import type {
  AtlasAttributes,
  AtlasComponentEvents,
  AtlasEventHandlers,
  AtlasTag,
} from "./ai-atlas.js";

type Own = AtlasAttributes<AtlasTag> &
  AtlasEventHandlers &
  AtlasComponentEvents;
type Plain<Tag extends AtlasTag> = Omit<
  HTMLAttributes<HTMLElementTagNameMap[Tag]>,
  keyof Own
> & {
  ref?: Ref<HTMLElementTagNameMap[Tag]>;
  key?: string | number | bigint | null;
};
type Elements = {
  [Tag in AtlasTag]: Plain<Tag> & AtlasAttributes<Tag> & AtlasEventHandlers;
};

declare module "react" {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}

/**
 * What a component takes: the attributes, `data`, and handlers that are called also where React has
 * taken over a page from a server.
 */
export type AtlasProps<Tag extends AtlasTag> = Plain<Tag> &
  AtlasAttributes<Tag> &
  AtlasComponentEvents;
export declare const AtlasValueChain: FunctionComponent<
  AtlasProps<"atlas-value-chain">
>;
export declare const AtlasMarketShare: FunctionComponent<
  AtlasProps<"atlas-market-share">
>;
export declare const AtlasFundingTimeline: FunctionComponent<
  AtlasProps<"atlas-funding-timeline">
>;
