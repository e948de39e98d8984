import { CARD_PAGES } from './cards';
import { TRIAL_PAGES } from './found-by-trial';
import { HARD_PAGES } from './hard-cards';
import { HEAD_AND_CHOICE_PAGES } from './heads-and-choices';
import { LOCALE_PAGES } from './locales';
import { TABLE_AND_LIST_PAGES } from './tables-and-lists';
import type { PricingPage } from './pricing-page';

export const PRICING_PAGES: readonly PricingPage[] = [
  ...CARD_PAGES,
  ...TABLE_AND_LIST_PAGES,
  ...LOCALE_PAGES,
  ...HARD_PAGES,
  ...TRIAL_PAGES,
  ...HEAD_AND_CHOICE_PAGES,
];
