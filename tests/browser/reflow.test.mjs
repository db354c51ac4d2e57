// Readers with large text, with a magnifier, and those who asked for no motion.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { TAGS, finish, open, serve, settle } from './harness.mjs';

let server;
before(async () => {
  server = await serve();
});
after(finish);

// Text that is cut, over another text, or outside: of everything but the labels of the picture, which have a test of their own.
const faults = (tag) => {
  const { shadowRoot } = document.querySelector(tag);
  const wrong = [];
  for (const node of shadowRoot.querySelectorAll('h3,p,button,label,summary,th,td,footer,select')) {
    if (!node.checkVisibility() || node.closest('.stage,.live,.scroll')) continue;
    const box = node.getBoundingClientRect();
    const text = node.textContent.trim().slice(0, 30);
    if (box.right > innerWidth + 1 || box.left < -1) wrong.push(`«${text}» leaves the page: ${Math.round(box.left)} to ${Math.round(box.right)}`);
    if (node.localName !== 'select' && (node.scrollWidth > node.clientWidth + 1.5 || node.scrollHeight > node.clientHeight + 4) && getComputedStyle(node).overflow !== 'visible') wrong.push(`«${text}» is cut`);
  }
  return wrong;
};

for (const [name, view, zoom] of [
  ['200 % text', { width: 1200, height: 900 }, 'html{font-size:200%}'],
  ['400 % page zoom of 1280 px', { width: 320, height: 256, deviceScaleFactor: 4 }, ''],
  ['text spacing (WCAG 1.4.12)', { width: 360, height: 800 }, 'body *{letter-spacing:.12em;word-spacing:.16em;line-height:1.5}'],
]) {
  for (const lang of ['ko', 'en']) {
    test(`with ${name} in ${lang} nothing is cut, outside or to be scrolled sideways`, async () => {
      const page = await open('null', `${server.url}/?renderer=canvas&lang=${lang}`, view);
      if (zoom) await page.addStyleTag({ content: zoom });
      await settle(page);
      for (const tag of TAGS) assert.deepEqual(await page.evaluate(faults, tag), [], tag);
      const [inner, scroll] = await page.evaluate(() => [innerWidth, document.documentElement.scrollWidth]);
      assert.ok(scroll <= inner, `the page is ${scroll} px wide in a window of ${inner}`);
      await page.context().close();
    });
  }
}

test('a page that doubles its text doubles that around the pictures, and the pictures stay whole', async () => {
  const page = await open('null', `${server.url}/?renderer=canvas`, { width: 1200 });
  const size = () => page.evaluate((tags) => tags.map((tag) => parseFloat(getComputedStyle(document.querySelector(tag).shadowRoot.querySelector('.note,.sub')).fontSize)), TAGS);
  const before = await size();
  await page.addStyleTag({ content: 'html{font-size:200%}' });
  await settle(page);
  for (const [i, now] of (await size()).entries()) assert.ok(now >= before[i] * 1.9, `${TAGS[i]}: ${before[i]} px became ${now} px`);
  await page.context().close();
});

// Frames that are asked for, pictures that are painted, transitions that run.
const init = () => {
  window.counted = { frames: 0, pictures: 0, animations: 0 };
  const raf = window.requestAnimationFrame;
  window.requestAnimationFrame = (run) => {
    if (/ai-atlas\.js/.test(Error().stack)) window.counted.frames++;
    return raf(run);
  };
  for (const name of ['drawImage', 'putImageData']) {
    const real = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) {
      if (this.canvas.getRootNode() instanceof ShadowRoot) window.counted.pictures++;
      return real.apply(this, args);
    };
  }
};
// What a reader does, one thing after the other, without a pointer over the picture.
const ACTS = [
  (root) => root.querySelector('.tab:not([aria-pressed=true]), .zoom button, .legend button')?.click(),
  (root) => root.querySelector('.zoom button')?.click(),
  (root) => root.querySelectorAll('.zoom button')[2]?.click(),
  (root) => root.querySelector('.legend button')?.click(),
  (root) => root.querySelector('[part=item]')?.click(),
];
const walk = async (reducedMotion, renderer) => {
  const page = await open(renderer === 'canvas' ? 'null' : 'gpu', `${server.url}/?renderer=${renderer}`, { init, reducedMotion });
  await page.waitForTimeout(500);
  const total = { acts: 0, frames: 0, pictures: 0, most: 0, running: 0 };
  for (const tag of TAGS) {
    for (const act of ACTS) {
      await page.evaluate(() => Object.assign(window.counted, { frames: 0, pictures: 0 }));
      await page.evaluate(([tag, act]) => (0, eval)(`(${act})`)(document.querySelector(tag).shadowRoot), [tag, act.toString()]);
      await page.waitForTimeout(450);
      await page.evaluate((tag) => document.querySelector(tag).updateComplete, tag);
      const { frames, pictures } = await page.evaluate(() => window.counted);
      total.acts++;
      total.frames += frames;
      total.pictures += pictures;
      total.most = Math.max(total.most, pictures);
      total.running += await page.evaluate((tag) => document.querySelector(tag).shadowRoot.getAnimations().length, tag);
    }
  }
  // At rest nothing is painted at all.
  await page.evaluate(() => Object.assign(window.counted, { frames: 0, pictures: 0 }));
  await page.waitForTimeout(1500);
  total.rest = await page.evaluate(() => window.counted.frames + window.counted.pictures);
  await page.context().close();
  return total;
};

for (const renderer of ['canvas', 'webgpu']) {
  test(`under reduced motion every act is one picture a widget and no animation frame, at rest none (${renderer})`, async () => {
    const total = await walk('reduce', renderer);
    console.log(`# reduced motion, ${renderer}: ${total.acts} acts, ${total.pictures} pictures, ${total.frames} animation frames, ${total.rest} at rest`);
    assert.ok(total.pictures >= 8, `${total.pictures} pictures`);
    // A choice is shown by all three widgets of the group, and the focus may light what it stands on.
    assert.ok(total.most <= 6, `${total.most} pictures after one act`);
    assert.deepEqual([total.frames, total.running, total.rest], [0, 0, 0]);
  });
}

test('the count sees motion where motion is wanted', async () => {
  const total = await walk('no-preference', 'canvas');
  assert.ok(total.most > 6, `${total.most} pictures after one act`);
  assert.equal(total.rest, 0);
});
