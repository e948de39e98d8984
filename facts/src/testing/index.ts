/** Pages for tests, and what is right about them. */
export { bundleOf, twoCards, type Line } from './bundles';
export { savedBundle, savedPageOf } from './saved-pages';
export { PRICING_PAGES } from './pricing-pages';
export { toDocument, type PricingPage } from './pricing-pages/pricing-page';
export { findMistakes } from './pricing-pages/score';
export { RECORDED_FILE, RECORDED_NAMES, readRecorded } from './recorded/pages';
