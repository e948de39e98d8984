import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PageBundle } from '../../page/page-bundle';

/** Pages whose bundles are kept, for tests that have no browser. Written by pricing-pages.int.test.ts. */
export const RECORDED_NAMES: readonly string[] = [
  'bootstrap cards',
  'grid of bare divs without classes or headings',
  'split spans, superscript cents and a footnote',
  'monthly and annual both in sight',
  'struck-out former prices and savings',
  'free, from and on request',
  'ids on everything',
  'numbers that are no prices',
  'web components with shadow roots',
  'table with a column for each plan',
  'table with periods as rows and plans as columns',
  'grid filled row by row',
  'german with comma decimals',
  'praise and questions around the cards',
  'a single product',
  'bare numbers under a head with a currency',
  'a caption names the currency and the period',
  'a row of bare numbers under plans',
  'tables of money that offer nothing',
  'choices called by their period alone',
  'amounts that come on top of the price',
  'a bill that is shown as an example',
];

export const RECORDED_FILE = fileURLToPath(
  new URL('./pages.json', import.meta.url),
);

export function readRecorded(): ReadonlyMap<string, PageBundle> {
  return new Map(
    JSON.parse(readFileSync(RECORDED_FILE, 'utf8')) as [string, PageBundle][],
  );
}
