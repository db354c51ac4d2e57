// An entry of the npm package. Bundlers take a file along where its address is written out, as
// tools/npm.mjs does here for every file; what stands in them is left as it is, so that the engine
// still takes the wasm that it was built with.
import { define } from "../host/element.js";
import { setDelivery } from "../host/assets.js";

setDelivery({
  entry: ENTRY,
  files: FILES,
  languages: LANGUAGES,
  integrity: INTEGRITY,
});

for (const kind of KINDS) define(kind);
export { AtlasElement } from "../host/element.js";
