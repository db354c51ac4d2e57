// What has to be made anew after a file has changed: `make watch` and `make test ONLY=…` ask.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

// Of paths in the repository: those that tools/build.sh compiles or fills in, and those that
// tools/dist.mjs puts together.
const COMPILED =
  /^(src|compute|shaders|data)\/|^(build\.rs|Cargo\.(toml|lock)|www\/index\.html|tools\/(build|wasm)\.sh)$/;
const BUNDLED = /^(www|lang)\/|^tools\/(dist|elements)\.mjs$/;
const NEITHER = /^www\/pkg\/|(^|\/)\.|~$/;

// `compile` (the wasm, and then all scripts), `bundle` (the scripts), or null.
export const work = (path) => {
  if (NEITHER.test(path)) return null;
  if (COMPILED.test(path)) return "compile";
  return BUNDLED.test(path) ? "bundle" : null;
};

// The folders that hold such files.
export const FOLDERS = [
  "src",
  "compute",
  "shaders",
  "data",
  "lang",
  "www",
  "tools",
];

const filesUnder = (root, under) =>
  readdirSync(join(root, under), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesUnder(root, `${under}/${entry.name}`)
      : [`${under}/${entry.name}`],
  );

// What the files that were built last lack: `compile`, `bundle` or null. `made` are the files that
// are as old as the last compiling and the last bundling.
export const stale = (root, made) => {
  const age = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
  const compiled = age(made.compile);
  const bundled = age(made.bundle);
  const all = [
    "build.rs",
    "Cargo.toml",
    "Cargo.lock",
    ...FOLDERS.flatMap((folder) => filesUnder(root, folder)),
  ].map((path) => [work(path), age(join(root, path))]);
  const newer = (kind, than) =>
    all.some(([found, at]) => found === kind && at > than);
  if (newer("compile", compiled)) return "compile";
  return newer("bundle", bundled) || bundled < compiled ? "bundle" : null;
};
