import { describe, expect, it } from '@jest/globals';
import type { Fact, PageContent } from '@agentworkloads/api';
import { mainFirst } from './main-first';

const SHA = 'a'.repeat(64);
const fact = (id: string, start: number, more: Partial<Fact> = {}) =>
  ({
    id,
    url: 'https://acme.example/',
    source: 'text',
    sourceSha256: SHA,
    start,
    end: start + 5,
    ...more,
  } as Fact);
const content: PageContent = {
  schemaVersion: 1,
  type: 'other',
  textSha256: SHA,
  parts: [{ text: 'x'.repeat(50), start: 100, end: 150 }, { text: 'closed' }],
};
const order = (facts: Fact[], known = true) =>
  mainFirst(
    facts,
    new Map(known ? [['https://acme.example/', content]] : []),
  ).map(each => each.id);

describe('facts for a model', () => {
  it('begin with those of the main content, else in their order', () => {
    const facts = [fact('banner', 0), fact('one', 100), fact('two', 147)];
    expect(order(facts)).toEqual(['one', 'two', 'banner']);
  });

  it('keep their order where the main content is not known', () => {
    const facts = [fact('banner', 0), fact('one', 100)];
    expect(order(facts, false)).toEqual(['banner', 'one']);
  });

  it('do not count as inside by the offsets of another text', () => {
    const other = { sourceSha256: 'b'.repeat(64) };
    expect(order([fact('other', 100, other), fact('one', 100)])).toEqual([
      'one',
      'other',
    ]);
  });
});
