// @ts-check
// A language besides Korean and English: its file, in which the English leads to its own. Fetched
// by those who read it.

const SLOW_MS = 15e3;

/**
 * A language as the host speaks it: what an English text is in it, its texts as the engine takes them,
 * and what makes of a cell of a table one with the signs of Korean or English.
 * @typedef {{ get: (english: string) => string | undefined, plain: (cell: string) => string, texts: string }} Catalog
 */

const STEPS = ["만억조경", "kmbt"];

/** @param {string} address @param {string} language @returns {Promise<Catalog>} */
export const learn = async (address, language) => {
  const answer = await fetch(address, {
    credentials: "omit",
    referrerPolicy: "no-referrer",
    integrity: LANGUAGE_INTEGRITY[language], // tools/dist.mjs puts it here
    signal: AbortSignal.timeout?.(SLOW_MS),
  });
  const file = await answer.json();
  /** @type {Map<string, string>} */
  const words = new Map(
    Object.keys(file)
      .sort()
      .filter((english) => typeof file[english] === "string")
      .map((english) => [english, file[english]]),
  );
  const get = (/** @type {string} */ english) => words.get(english);

  // Sums, dates and numbers are sorted by what they say, so their signs are those that sorting
  // knows.
  const own = (/** @type {string} */ english) =>
    (get(english) ?? "").replace("{0}", "").trim();
  const [zeros, ...steps] = own("3,,m,bn,tn").split(",");
  const [thousands, decimals] = own(",.4");
  const signs = [
    [thousands, ""],
    [decimals, "."],
    [own("{0}"), "년"],
    ...steps.map((step, i) => [step, STEPS[+(zeros !== "4")][i]]),
  ];
  for (const doubt of ["about {0}", "up to {0}", "at least {0}"])
    signs.push([own(doubt), "~"]);
  const plain = (/** @type {string} */ cell) =>
    signs.reduce(
      (text, [sign, ours]) =>
        sign && ours !== undefined ? text.replaceAll(sign, ours) : text,
      cell,
    );
  return { get, plain, texts: [language, ...[...words].flat(), ""].join("\0") };
};
