import { describe, expect, it } from '@jest/globals';
import { wordsOf, type Block } from './blocks';
import { dropCopies } from './copies';

const block = (text: string, index: number): Block => ({
  node: {} as Block['node'],
  pieces: [{ index, text }],
  text,
  words: wordsOf(text),
  linkWords: 0,
  links: 0,
  seen: 1,
});

/** Texts that are left, when all of them were kept before but those of `without`. */
function left(
  texts: readonly string[],
  { without = [] as string[], share = 0.8 } = {},
) {
  const blocks = texts.map(block);
  const pieces = blocks.flatMap(each => each.pieces);
  const kept = new Set(pieces.filter(({ text }) => !without.includes(text)));
  dropCopies(kept, blocks, share);
  return [...kept].map(({ text }) => text);
}

const FRAME = 'Steel frame with seven gears, a basket and a bell.';

describe('copies', () => {
  it('are texts that say again what stands above, whole or in part', () => {
    const again = 'Steel frame with seven gears, a basket';
    const more = 'New: steel frame with seven gears, a basket and a bell.';
    expect(left([FRAME, again, more])).toEqual([FRAME]);
  });

  it('are not what shares some words, nor what says more than it repeats', () => {
    const other = 'Carbon frame with eleven gears, and a bell.';
    const longer = `${FRAME} It is built by hand in a small shop by the sea, and comes with a lock.`;
    expect(left([FRAME, other, longer])).toEqual([FRAME, other, longer]);
  });

  it('are only what says nothing new, where every phrase has to be known', () => {
    const answer = `${FRAME} Yes!`;
    const quoted = 'Steel frame with seven gears, a basket';
    expect(left([FRAME, quoted, answer], { share: 1 })).toEqual([
      FRAME,
      answer,
    ]);
  });

  it('are not short texts: two plans may both be free', () => {
    expect(left(['Free for ever', 'Free for ever'])).toHaveLength(2);
  });

  it('are copies of what is kept, not of what was left out above', () => {
    const again = 'Steel frame with seven gears and a basket and a bell';
    const above = `${again} for you`;
    expect(left([above, again], { without: [above] })).toEqual([again]);
  });
});
