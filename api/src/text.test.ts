import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { atMost, characters, utf8Bytes } from './text';

describe('bytes in UTF-8', () => {
  it.each([
    '',
    'a',
    '\u007f\u0080',
    'é',
    '\u07ff\u0800',
    '€',
    '\uffff\u{10000}',
    '🦊🦊',
    'half of a pair \ud83e',
    'the other \udd8a, and the two turned round \udd8a\ud83e',
  ])('are counted as they are written: %j', text => {
    expect(utf8Bytes(text)).toBe(Buffer.from(text, 'utf8').length);
  });
});

describe('characters', () => {
  it.each([
    ['', 0],
    ['aé€', 3],
    ['🦊🦊', 2],
    ['half \ud83e', 6],
  ])('of %j are %i', (text, count) => {
    expect(characters(text)).toBe(count);
  });

  it('are what a bound counts', () => {
    const bound = atMost(z.string(), 3);
    for (const text of ['', 'abc', '🦊🦊🦊'])
      expect(bound.safeParse(text).success).toBe(true);
    for (const text of ['abcd', '🦊🦊🦊🦊'])
      expect(bound.safeParse(text).error?.issues[0].message).toBe(
        'must have at most 3 characters',
      );
    expect(z.toJSONSchema(bound)).toMatchObject({ maxLength: 3 });
  });
});
