// @ts-check
// The height that is kept free for a value chain where the page keeps none, by its width (%): that
// of the shipped data's figure, and that of most other data's. An entry has those of its kinds only.
import { below } from "./below.js";

/** @import { Heights } from './below.js' */

/** @type {Heights} */
export const HEIGHTS = {
  "value-chain": {
    shipped: (longWords) => {
      const steps = [
        "max(1420px,2700px - 105%)",
        below(1000, "105% - 560px"),
        below(780, "280px"),
        below(700, "1090px - 120%"),
        below(430, "585px"),
      ];
      return `(${steps.join(" + ")})*${longWords ? 1.1 : 1}`;
    },
    other: "540px",
  },
};
