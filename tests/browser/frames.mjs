// An engine whose GPU calls are counted, frame by frame: what the tests and the bench of frames
// share.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root, shipped } from "./harness.mjs";

const read = (path) => readFileSync(path, "utf8");

// Put before the engine: every picture that it posts is noted with the calls and bytes since the
// one before. What is asked of a renderer stands in `log` too, in order, with the time.
const watch = () => {
  self.frames = [];
  self.log = [];
  const say = self.postMessage;
  self.postMessage = function (message, ...more) {
    if (message.type === "scene" || message.type === "frame") {
      self.frames.push({
        ...self.gpuCalls.take(),
        type: message.type,
        tier: message.tier,
        picture: !!(message.bitmap || message.pixels),
      });
      self.log.push(message.type + " " + message.tier);
    }
    return say.call(self, message, ...more);
  };
};

// `more`: a function that is put before the engine as well.
export const counting = (more) => {
  const body = `${read(join(root, "tests/browser/calls.js"))};(${watch})();${more ? `(${more})();` : ""}${read(shipped("engine.js"))}`;
  return (path) => path === "/engine.js" && { body, type: "text/javascript" };
};

// The frames since the last look, and what was asked outside of any.
export const frames = (page) =>
  page.workers()[0].evaluate(() => {
    const found = { list: self.frames, rest: self.gpuCalls.take() };
    self.frames = [];
    return found;
  });
