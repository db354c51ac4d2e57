// Types of the elements in templates of Svelte 5 and 4. `import 'ai-atlas/svelte'` defines the
// elements as `ai-atlas` does.
import type { HTMLAttributes } from "svelte/elements";
import type {
  AtlasAttributes,
  AtlasEventHandlers,
  AtlasEventMap,
  AtlasTag,
} from "./ai-atlas.js";
export * from "./ai-atlas.js";

type Own = AtlasAttributes<AtlasTag> & AtlasEventHandlers;
type Directives = {
  [Name in keyof AtlasEventMap as `on:${Name}`]?: (
    event: AtlasEventMap[Name],
  ) => void;
};
type Elements = {
  [Tag in AtlasTag]: Omit<
    HTMLAttributes<HTMLElementTagNameMap[Tag]>,
    keyof Own | keyof Directives
  > &
    AtlasAttributes<Tag> &
    AtlasEventHandlers &
    Directives;
};

declare module "svelte/elements" {
  interface SvelteHTMLElements extends Elements {}
}
