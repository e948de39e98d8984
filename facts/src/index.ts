/** From a saved page to its facts, each with its proof; pure and without I/O. */
export { isProven } from './evidence';
export { explainFacts, extractFacts } from './extract-facts';
export { readMoney } from './money/read-money';
export { REFUSALS, type Candidate } from './money/refusals';
export { parseLenient } from './page/lenient-json';
export type { PageBundle } from './page/page-bundle';
export { PRICE_LABELS } from './vocabulary/labels';
export { PERIOD_WORDS, type PeriodName } from './vocabulary/periods';
export { createLexicon, lowerCase } from './vocabulary/words';
