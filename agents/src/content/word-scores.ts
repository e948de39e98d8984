import type { ContentNode } from './content-tree';

/** How much a word speaks for content, as the logarithm of odds: above 0 for, below against. Words that say nothing are not in it. */
export type WordScores = ReadonlyMap<string, number>;

export interface WordTables {
  /** Of classes, ids, roles, test ids and tags. */
  hints: WordScores;
  /** Of short texts. */
  text: WordScores;
  /** Of headings, for what stands below them. */
  headings: WordScores;
}

const HINTING = [
  'class',
  'id',
  'role',
  'itemprop',
  'data-testid',
  'aria-label',
];
const MAX_HINTS = 24;

/** What {@link hintsOf} an element are made of: the same for the same text. */
export const hintKey = ({ tag, attributes }: ContentNode): string =>
  HINTING.reduce((key, name) => `${key}\n${attributes[name] ?? ''}`, tag);

/** The words in the names that authors gave an element, lower case: `ProductGrid_item__3x` is product, grid, item. */
export function hintsOf({ tag, attributes }: ContentNode): string[] {
  const hints = new Set([`<${tag}>`]);
  for (const name of HINTING) {
    const value = attributes[name];
    if (!value) continue;
    const words = value
      .slice(0, 300)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z]{2,20}/g);
    for (const word of words ?? []) if (hints.size < MAX_HINTS) hints.add(word);
  }
  return [...hints];
}

const MAX_WORDS = 12;

/** The first words of a text, and its pairs of neighbouring words. */
export function termsOf(words: readonly string[]): string[] {
  const first = words
    .slice(0, MAX_WORDS)
    .map(word => (/^\d+$/.test(word) ? '#' : word));
  const pairs = first.slice(1).map((word, index) => `${first[index]} ${word}`);
  return [...new Set([...first, ...pairs])];
}

export interface Score {
  mean: number;
  least: number;
  most: number;
}

export function scoreOf(terms: readonly string[], scores: WordScores): Score {
  let [sum, known, least, most] = [0, 0, 0, 0];
  for (const term of terms) {
    const score = scores.get(term);
    if (score === undefined) continue;
    sum += score;
    known += 1;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  return { mean: known ? sum / known : 0, least, most };
}
