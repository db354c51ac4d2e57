// @ts-check
// Why a file did not come, for those who can mend it: `file-missing: ai-atlas.wasm 404`. Readers
// are told in their own words (i18n.js).
const LOOK_MS = 5000;

// What a content policy has held up, by address: browsers say so in an event only, and to the code
// that asked nothing but «failed».
const held = new Map();
globalThis.addEventListener?.(
  "securitypolicyviolation",
  (/** @type {any} */ { blockedURI, effectiveDirective, disposition }) =>
    disposition === "enforce" && held.set(blockedURI, effectiveDirective),
);
/** @param {string} address */
export const heldUp = async (address) => {
  await new Promise((done) => setTimeout(done)); // the event comes a task later
  const { href, origin } = new URL(
    address,
    /** @type {any} */ (globalThis).document?.baseURI ?? location.href,
  );
  return held.get(href) ?? held.get(origin);
};

/** @param {string} address */
const nameOf = (address) =>
  /** @type {string} */ (
    new URL(
      address,
      /** @type {any} */ (globalThis).document?.baseURI ?? location.href,
    ).pathname
      .split("/")
      .pop()
  );

// Of an answer that is none.
/** @param {string} address @param {number} status */
export const refused = (address, status) =>
  `file-${[404, 410].includes(status) ? "missing" : "refused"}: ${nameOf(address)} ${status}`;

// Of a request that failed without an answer, or of a file that was refused for what is in it: it
// is looked at once more, as it lies there.
/** @param {string} address @param {Error} error */
export const whyNot = async (address, error) => {
  const name = nameOf(address);
  const directive = await heldUp(address);
  if (directive) return `blocked: ${name} ${directive}`;
  if (error?.name === "TimeoutError") return `unreachable: ${name} timeout`;
  const look = (/** @type {RequestMode} */ mode) =>
    fetch(address, {
      mode,
      referrerPolicy: "no-referrer",
      credentials: "omit",
      signal: AbortSignal.timeout?.(LOOK_MS),
    });
  try {
    const answer = await look("cors");
    answer.body?.cancel();
    if (!answer.ok) return refused(address, answer.status);
    const type = (answer.headers.get("content-type") ?? "").split(";")[0];
    return /html/.test(type) && !/html$/.test(name)
      ? `file-missing: ${name} ${type}`
      : `file-changed: ${name}`;
  } catch {}
  // Without the header that another site's files need, it can still be heard that there is a file.
  const there = await look("no-cors").catch(() => null);
  return there ? `no-cors: ${name}` : `unreachable: ${name}`;
};
