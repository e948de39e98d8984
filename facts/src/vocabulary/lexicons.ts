import { PRICE_LABELS } from './labels';
import { FROM_WORDS } from './price-words';
import { lexiconOf } from './words';

/** Lexicons of all languages that several rooms ask: built once. */

export const FROM = lexiconOf(FROM_WORDS);
export const PRICE = lexiconOf(PRICE_LABELS);
