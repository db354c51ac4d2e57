// For the page around: iframes of embed.html that bear `data-ai-atlas` get the height of what is in them.
// A message counts only if it comes from the window of that iframe and from the site that its `src` names.

const KEY = Symbol.for('ai-atlas-frame@1');
const MOST_PX = 30_000;

const frames = () => document.querySelectorAll('iframe[data-ai-atlas]');
const originOf = ({ src }) => {
  try {
    return new URL(src).origin;
  } catch {
    return null; // no address yet
  }
};

if (!globalThis[KEY]) {
  globalThis[KEY] = true;
  addEventListener('message', ({ source, origin, data }) => {
    if (data?.source !== 'ai-atlas' || data.type !== 'height') return;
    const { height } = data;
    if (!Number.isFinite(height) || height <= 0 || height > MOST_PX) return;
    for (const frame of frames()) if (frame.contentWindow === source && originOf(frame) === origin) frame.style.height = Math.ceil(height) + 'px';
  });
}
// What was told before this script came.
for (const frame of frames()) {
  const origin = originOf(frame);
  if (origin && origin !== 'null') frame.contentWindow?.postMessage({ source: 'ai-atlas', type: 'ask' }, origin);
}
