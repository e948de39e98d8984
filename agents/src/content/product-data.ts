import type { ContentSource } from './content-source';
import { parseLenient } from '@agentworkloads/facts';

/** What a product's own data says of it, where the page shows next to nothing: shops draw it by scripts, or keep it behind tabs. */

const PRODUCT = /^(?:Product|ProductGroup)$/;
const MAX_DEPTH = 12;
const LEAST = 150;

function longest(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH)
    return '';
  const entries = Array.isArray(value) ? value : Object.values(value);
  const node = value as Record<string, unknown>;
  const product = [node['@type']].flat().some(type => PRODUCT.test(`${type}`));
  const own =
    product && typeof node.description === 'string' ? node.description : '';
  return entries
    .map(each => longest(each, depth + 1))
    .reduce((best, each) => (each.length > best.length ? each : best), own);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

const plain = (html: string) =>
  html
    .replace(/&([a-z]{2,6});/g, (all, name) => ENTITIES[name] ?? all)
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const wordsOf = (text: string) =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);

/** The description of the product, where most of its words stand nowhere in `text`, and it says more than half as much. */
export function missingDescription(
  { layout }: ContentSource,
  text: string,
): string | undefined {
  const description = layout.jsonLd
    .map(block => plain(longest(parseLenient(block.slice(0, 500_000)))))
    .reduce((best, each) => (each.length > best.length ? each : best), '');
  if (description.length < LEAST || description.length < text.length / 2)
    return undefined;
  const words = wordsOf(description);
  const known = wordsOf(text);
  const missing = [...words].filter(word => !known.has(word)).length;
  return missing > words.size / 2 ? description : undefined;
}
