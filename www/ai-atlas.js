// Defines the three elements. Loading it twice, or in two versions, is harmless: the first definition stays.
import { define } from './host/element.js';
import { places } from './host/places.js';

// The rest of this version: tools/dist.mjs says in which folder, and what languages there are.
const at = (name) => new URL(FOLDER + name, import.meta.url).href;
places.engine = at('engine.js');
places.still = at('still.js');
places.export = at('export.js');
places.data = (kind) => at(`data/${kind}.json`);
places.language = at('language.js');
places.words = (language) => at(`lang/${language}.json`);
places.languages = LANGUAGES;
places.integrity = INTEGRITY;

define('value-chain');
define('market-share');
define('funding-timeline');
