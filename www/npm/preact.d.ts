// Types of the elements in JSX of Preact. `import 'ai-atlas/preact'` defines the elements as
// `ai-atlas` does.
import type { HTMLAttributes, Ref } from "preact";
import type {
  AtlasAttributes,
  AtlasEventHandlers,
  AtlasTag,
} from "./ai-atlas.js";
export * from "./ai-atlas.js";

type Own = AtlasAttributes<AtlasTag> & AtlasEventHandlers;
type Elements = {
  [Tag in AtlasTag]: Omit<
    HTMLAttributes<HTMLElementTagNameMap[Tag]>,
    keyof Own | "ref"
  > &
    AtlasAttributes<Tag> &
    AtlasEventHandlers & { ref?: Ref<HTMLElementTagNameMap[Tag]> };
};

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements extends Elements {}
  }
}
