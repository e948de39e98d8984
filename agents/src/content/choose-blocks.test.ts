import { describe, expect, it } from '@jest/globals';
import type { Block } from './blocks';
import { chooseBlocks } from './choose-blocks';

const block = (count: number): Block => ({
  node: {} as Block['node'],
  pieces: [],
  text: '',
  words: Array.from({ length: count }, () => 'word'),
  linkWords: 0,
  links: 0,
  seen: 1,
});

describe('what is chosen of a page', () => {
  it('is what is likely, and not what is unlikely', () => {
    const [text, menu] = [block(50), block(50)];
    expect(chooseBlocks([text, menu], [0.9, 0.1])).toEqual(new Set([text]));
  });

  it('is unlikely text too, where there is no likelier one', () => {
    const [list, menu] = [block(50), block(10)];
    expect(chooseBlocks([list, menu], [0.3, 0.02]).has(list)).toBe(true);
  });

  it('is nothing where nothing is likely', () => {
    expect(chooseBlocks([block(5), block(3)], [0.05, 0.02]).size).toBe(0);
    expect(chooseBlocks([], []).size).toBe(0);
  });
});
