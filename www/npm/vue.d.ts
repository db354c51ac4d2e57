// Types of the elements in templates of Vue 3. `import 'ai-atlas/vue'` defines the elements as
// `ai-atlas` does.
import type { EmitFn, HTMLAttributes, PublicProps } from "vue";
import type {
  AtlasComponentEvents,
  AtlasEventMap,
  AtlasProperties,
  AtlasTag,
} from "./ai-atlas.js";
export * from "./ai-atlas.js";

type Events = {
  [Name in keyof AtlasEventMap]: (event: AtlasEventMap[Name]) => void;
};
type Elements = {
  [Tag in AtlasTag]: new () => {
    $props: Omit<
      HTMLAttributes,
      keyof AtlasProperties<Tag> | keyof AtlasComponentEvents
    > &
      AtlasProperties<Tag> &
      PublicProps;
    $emit: EmitFn<Events>;
  };
};

declare module "vue" {
  interface GlobalComponents extends Elements {}
}
