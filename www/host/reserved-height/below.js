// @ts-check
// Steps of a height: where the pictures take another column.

/**
 * Heights by kind. A wrong one moves what stands below the figure when it comes, where that is in
 * sight. `longWords`: words in most languages are longer than in Korean.
 * @typedef {Record<string, { shipped: (longWords: boolean) => string, other: string }>} Heights
 */

// `more` below that width, 0 from it on.
/** @param {number} width @param {string} more */
export const below = (width, more) =>
  `clamp(0px,(${width}px - 100%)*999,${more})`;
