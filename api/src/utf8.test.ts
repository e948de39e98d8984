import { describe, expect, it } from '@jest/globals';
import { utf8Bytes } from './utf8';

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
