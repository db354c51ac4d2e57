// What tools/dist.mjs puts into the scripts that it bundles.
declare const VERSION: string;
