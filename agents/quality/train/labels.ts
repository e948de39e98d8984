import { wordsOf, type Block } from '../../src/content/blocks';

/** So many words in a row, at least, prove a place in the truth. */
const PHRASE = 4;
const REACH = 6;

/** Words of the truth that no block has claimed yet. */
function createBag(words: readonly string[]) {
  const left = new Map<string, number>();
  for (const word of words) left.set(word, (left.get(word) ?? 0) + 1);
  const has = (word: string) => (left.get(word) ?? 0) > 0;
  /** @returns how many of the words were there; they stay there where that is less than half of them */
  const take = (wanted: readonly string[]) => {
    const found = wanted.filter(word => {
      const there = has(word);
      if (there) left.set(word, (left.get(word) ?? 0) - 1);
      return there;
    });
    if (found.length * 2 >= wanted.length) return found.length;
    for (const word of found) left.set(word, (left.get(word) ?? 0) + 1);
    return 0;
  };
  return { has, take };
}

function phrasesOf(words: readonly string[]): Set<string> {
  const phrases = new Set<string>();
  for (let length = 1; length <= PHRASE; length += 1)
    for (let at = 0; at + length <= words.length; at += 1)
      phrases.add(words.slice(at, at + length).join(' '));
  return phrases;
}

/** Words that stand in a phrase of the truth. */
function covered(words: readonly string[], phrases: ReadonlySet<string>) {
  const inside = new Set<number>();
  for (let at = 0; at + PHRASE <= words.length; at += 1)
    if (phrases.has(words.slice(at, at + PHRASE).join(' ')))
      for (let each = at; each < at + PHRASE; each += 1) inside.add(each);
  return words.filter((_word, index) => inside.has(index));
}

/**
 * Which share of each block's words belongs to the truth, from 0 to 1. Each word of the truth is given to one block: to the long
 * ones first, by phrases, then to those of few words, first where the blocks around belong to it.
 */
export function labelBlocks(blocks: readonly Block[], truth: string): number[] {
  const words = wordsOf(truth);
  const phrases = phrasesOf(words);
  const bag = createBag(words);
  const labels = blocks.map(() => 0);
  const isLong = (index: number) => blocks[index].words.length >= PHRASE;
  const order = blocks
    .map((_block, index) => index)
    .sort((a, b) => blocks[b].words.length - blocks[a].words.length);
  for (const index of order.filter(isLong)) {
    const own = blocks[index].words;
    const inside = covered(own, phrases);
    const share = inside.length / own.length;
    if (share >= 0.2) labels[index] = (bag.take(inside) / own.length) * share;
  }
  const around = (index: number) => {
    let [sum, weight] = [0, 0];
    for (let step = 1; step <= REACH; step += 1)
      for (const at of [index - step, index + step])
        if (blocks[at] && isLong(at)) {
          sum += labels[at] / step;
          weight += 1 / step;
        }
    return weight > 0 ? sum / weight : 0;
  };
  const short = order
    .filter(index => !isLong(index) && blocks[index].words.length > 0)
    .map(index => ({ index, near: around(index) }))
    .sort((a, b) => b.near - a.near);
  for (const { index } of short) {
    const own = blocks[index].words;
    if (phrases.has(own.join(' ')) && own.every(bag.has))
      labels[index] = bag.take(own) / own.length;
  }
  return labels;
}
