// @ts-check
// Errors of the engine. Codes come out of the wasm as texts. Anything else is a trap, or flew
// through it: either way the instance is unsound.

/** @import { GpuRenderer } from 'bindings' */
/** @import { Tier } from './messages.d.ts' */
/** @typedef {Error & { trap?: boolean, tier?: Tier }} TrapError */

const MAX_LENGTH = 200;

/** @param {any} error */
export const errorMessage = (error) =>
  String(error?.message ?? error).slice(0, MAX_LENGTH);

/** @param {unknown} error */
export const toTrapError = (error) =>
  typeof error === "string"
    ? error
    : Object.assign(Error(errorMessage(error)), { trap: true });

/** @template T @param {() => T} call @returns {T} */
export const callWasm = (call) => {
  try {
    return call();
  } catch (error) {
    throw toTrapError(error);
  }
};

/** @param {GpuRenderer} gpuRenderer */
export const releaseRenderer = (gpuRenderer) =>
  callWasm(() => gpuRenderer.release());
