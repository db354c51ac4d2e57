// Defines the three elements. Loading it twice, or in two versions, is harmless: the first definition stays.
import { define } from './host/element.js';

define('value-chain');
define('market-share');
define('funding-timeline');
