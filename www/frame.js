// @ts-check
// For the page around: iframes of embed.html that bear `data-ai-atlas` get the height of what is in
// them, and are told on what ground they stand. A message counts only if it comes from the window
// of that iframe and from the site that its `src` names.
import {
  darkScheme,
  backgroundOf,
  watchBackground,
} from "./host/background.js";

/** @type {Record<symbol, unknown>} */
const shared = /** @type {any} */ (globalThis);
const KEY = Symbol.for("ai-atlas-frame@1");
const MOST_PX = 30_000;

/** @returns {NodeListOf<HTMLIFrameElement>} */
const frames = () => document.querySelectorAll("iframe[data-ai-atlas]");
/** @param {HTMLIFrameElement} frame */
const originOf = ({ src, sandbox }) => {
  try {
    return sandbox?.length && !sandbox.contains("allow-same-origin")
      ? "null"
      : new URL(src).origin;
  } catch {
    return null; // no address yet
  }
};
// A page of an origin of its own, which has no name, hears only what is said to all. Nothing that
// is said here is a secret.
/** @param {HTMLIFrameElement} frame @param {object} message */
const say = (frame, message) => {
  const origin = originOf(frame);
  if (origin)
    frame.contentWindow?.postMessage(
      { source: "ai-atlas", ...message },
      origin === "null" ? "*" : origin,
    );
};

// The ground that a frame stands on: told whenever it tells its height, for it may have been loaded
// anew, and when it changes.
/** @type {WeakSet<HTMLIFrameElement>} */
const watched = new WeakSet();
/** @param {HTMLIFrameElement} frame */
const ground = (frame) => {
  const gone = new AbortController();
  let last = "";
  const tell = (always = false) => {
    if (!frame.isConnected) return (watched.delete(frame), gone.abort());
    const now = { ...backgroundOf(frame), scheme: darkScheme(frame) };
    if (!always && last === JSON.stringify(now)) return;
    last = JSON.stringify(now);
    say(frame, { type: "ground", ...now });
  };
  if (!watched.has(frame)) watchBackground(frame, () => tell(), gone.signal);
  watched.add(frame);
  tell(true);
};

if (!shared[KEY]) {
  shared[KEY] = true;
  addEventListener("message", ({ source, origin, data }) => {
    if (data?.source !== "ai-atlas" || data.type !== "height") return;
    const { height } = data;
    if (!Number.isFinite(height) || height <= 0 || height > MOST_PX) return;
    for (const frame of frames()) {
      if (frame.contentWindow !== source || originOf(frame) !== origin)
        continue;
      frame.style.height = Math.ceil(height) + "px";
      ground(frame);
    }
  });
}
// What was told before this script came.
for (const frame of frames()) say(frame, { type: "ask" });
