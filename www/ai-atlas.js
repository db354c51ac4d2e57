// Defines the three elements. Loading it twice, or in two versions, is harmless: the first definition stays.
import { define } from './host/element.js';
import { settle } from './host/places.js';

// The rest of this version: tools/dist.mjs says in which folder, and what languages there are.
settle({ folder: new URL(FOLDER, import.meta.url).href, languages: LANGUAGES, integrity: INTEGRITY });

define('value-chain');
define('market-share');
define('funding-timeline');
export { AtlasElement } from './host/element.js';
