import { describe, expect, it } from '@jest/globals';
import type { Block } from './blocks';
import { chooseBlocks, evenLists } from './choose-blocks';

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
    expect(chooseBlocks([list, menu], [0.35, 0.02]).has(list)).toBe(true);
  });

  it('is nothing where nothing is likely', () => {
    expect(chooseBlocks([block(5), block(3)], [0.2, 0.02]).size).toBe(0);
    expect(chooseBlocks([], []).size).toBe(0);
  });

  it('has all items of a list or none: each is as likely as all', () => {
    const list = {} as Block['node'];
    const item = (): Block => ({
      ...block(2),
      node: { tag: 'li', parent: list } as Block['node'],
    });
    const even = evenLists([item(), item(), block(9)], [0.8, 0.5, 0.1]);
    expect(even[0]).toBeCloseTo(2 / 3);
    expect(even[1]).toBeCloseTo(2 / 3);
    expect(even[2]).toBe(0.1);
  });
});
