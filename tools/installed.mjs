// The packages of package.json lie outside the checkout (tools/setup.sh): where that is, and how to
// load one of them.
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";

export const cache =
  process.env.ATLAS_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "ai-atlas");
export const require = createRequire(join(cache, "node", "package.json"));
