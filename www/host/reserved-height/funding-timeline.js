// @ts-check
// The height that is kept free for a timeline where the page keeps none, by its width (%): that
// of the shipped data's figure, and that of most other data's. An entry has those of its kinds only.
import { below } from "./below.js";

/** @import { Heights } from './below.js' */

/** @type {Heights} */
export const HEIGHTS = {
  "funding-timeline": {
    shipped: (longWords) =>
      `(1850px - 50% + ${below(400, "120px")})*${longWords ? 1.12 : 1}`,
    other: `480px + ${below(620, "310px")}`,
  },
};
