// @ts-check
// The height that is kept free for a treemap where the page keeps none, by its width (%): that
// of the shipped data's figure, and that of most other data's. An entry has those of its kinds only.
import { below } from "./below.js";

/** @import { Heights } from './below.js' */

/** @type {Heights} */
export const HEIGHTS = {
  "market-share": {
    shipped: (longWords) => {
      const words = (/** @type {string} */ px) =>
        `(${px})*${longWords ? 1.2 : 1}`;
      const narrow = words("max(677px,1475px - 125%) - 540px");
      const phone = words("41% - 5px");
      return [
        "clamp(380px,41.3%,600px)",
        words("540px"),
        below(900, `max(570px,93%) - 380px + ${narrow}`),
        below(520, `min(372%,1800px) - 570px + ${phone}`),
      ].join(" + ");
    },
    other: "clamp(260px,50%,460px) + 155px",
  },
};
