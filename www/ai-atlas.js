// @ts-check
// Defines the elements of one entry: all three, or one. Loading several entries, or several
// versions, is harmless: the first definition of an element stays.
import { define } from "./host/element.js";
import { setDelivery } from "./host/assets.js";

// The rest of this version: tools/dist.mjs says in which folder it lies, which elements this entry
// has and what languages there are.
setDelivery({
  entry: ENTRY,
  folder: new URL(FOLDER, import.meta.url).href,
  languages: LANGUAGES,
  integrity: INTEGRITY,
});

for (const kind of KINDS) define(kind);
export { AtlasElement } from "./host/element.js";
