// @ts-check
// The reserved heights of all kinds, for the entry that has them all.
import { HEIGHTS as timeline } from "./funding-timeline.js";
import { HEIGHTS as share } from "./market-share.js";
import { HEIGHTS as chain } from "./value-chain.js";

export const HEIGHTS = { ...chain, ...share, ...timeline };
