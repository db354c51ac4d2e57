// @ts-check
// Where data hold themselves: `items[0].parent`; empty where they do not, or where they are too
// deep to tell.
/** @param {unknown} data @returns {string} */
export const circleIn = (data) => {
  /** @type {unknown[]} */
  const above = [];
  /** @param {any} one @param {string} path @returns {string} */
  const walk = (one, path) => {
    if (typeof one !== "object" || !one || above.length > 100) return "";
    if (above.includes(one)) return path;
    above.push(one);
    for (const [key, part] of Object.entries(one)) {
      const found = walk(
        part,
        Array.isArray(one) ? `${path}[${key}]` : path ? `${path}.${key}` : key,
      );
      if (found) return found;
    }
    above.pop();
    return "";
  };
  return walk(data, "");
};
