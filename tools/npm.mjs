// Makes the npm package from what tools/build.sh left: `node tools/npm.mjs [--out FOLDER]` fills FOLDER (npm/) and packs it there into ai-atlas-VERSION.tgz.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { bundle, hashes, languages, library, versionOf, write } from './dist.mjs';
import { elements } from './elements.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const said = (key) => new RegExp(`^${key} = "(.*)"`, 'm').exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))[1];

export const fill = (out) => {
  rmSync(out, { recursive: true, force: true });
  const { 'ai-atlas.js': _, ...files } = library('./');
  // Bundlers must leave alone what is imported by an address that is known only at run time.
  const known = Object.keys(languages());
  const addresses = known.map((language) => `'${language}': new URL('./lang/${language}.json', import.meta.url).href`);
  const entry = readFileSync(join(root, 'www/npm.js'), 'utf8').replace('WORDS = {}', `WORDS = {${addresses}}`);
  const text = new TextDecoder().decode(bundle('www/npm.js', { LANGUAGES: JSON.stringify(known), INTEGRITY: hashes() }, 'esm', entry));
  const marked = text.replaceAll(/\bimport\((?!["'`])/g, 'import(/* webpackIgnore: true */ /* @vite-ignore */ ');
  if (marked.split('@vite-ignore').length !== 5) throw Error('npm: expected four imports by address: engine, last tier, languages, exports');
  const about = {
    name: 'ai-atlas',
    version: versionOf(),
    description: said('description'),
    license: said('license'),
    keywords: ['web-components', 'custom-elements', 'treemap', 'timeline', 'value-chain', 'webgpu', 'wasm'],
    type: 'module',
    // On a server there are no elements to define: the page that it writes holds the tags, and the browser defines them.
    exports: {
      '.': { types: './ai-atlas.d.ts', browser: './ai-atlas.js', node: './server.js', default: './ai-atlas.js' },
      './custom-elements.json': './custom-elements.json',
      './data/*': './data/*',
      './package.json': './package.json',
    },
    types: './ai-atlas.d.ts',
    customElements: 'custom-elements.json',
    sideEffects: true,
  };
  const all = {
    ...files,
    'ai-atlas.js': marked,
    'server.js': '// On a server: nothing to define.\nexport {};\n',
    'custom-elements.json': JSON.stringify(elements(), null, 1) + '\n',
    'ai-atlas.d.ts': readFileSync(join(root, 'www/ai-atlas.d.ts')),
  };
  for (const name of ['README.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'CHANGELOG.md']) all[name] = readFileSync(join(root, name));
  about.files = Object.keys(all).sort();
  write(out, { ...all, 'package.json': JSON.stringify(about, null, 2) + '\n' });
};

// The path of the packed file.
export const pack = (out) => {
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--ignore-scripts', '--offline'], { cwd: out, encoding: 'utf8' });
  if (status) throw Error(stderr);
  return join(out, JSON.parse(stdout)[0].filename);
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : join(root, 'npm');
  fill(out);
  console.log(pack(out));
}
