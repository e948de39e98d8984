import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { digestsSchema, evidenceOf, evidenceText } from './evidence';

const sha256 = (text: string) =>
  createHash('sha256').update(text, 'utf8').digest('hex');
const [A, B, C] = ['a', 'b', 'c'].map(letter => letter.repeat(64));

/** Counted with `printf '%s' TEXT | sha256sum`. */
const VECTORS: [string, [string, string][], string][] = [
  [
    'nothing',
    [],
    '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945',
  ],
  [
    'one artifact',
    [['manifest', A]],
    'c57796fe198ba5f8f86ea4dc3da3e7fce36f3b67d0c26922be10cada0bb75f6b',
  ],
  [
    'the three of a run, in any order',
    [
      ['shots', C],
      ['facts', B],
      ['manifest', A],
    ],
    '5d096ac072dd840f6cbd4fd62b6c02f4fdf9e66e9180200758f631f8a2274bc6',
  ],
];

describe('the evidence', () => {
  it.each(VECTORS)('of %s is the known hash', (_what, artifacts, expected) => {
    expect(evidenceOf(artifacts, sha256)).toBe(expected);
    expect(evidenceOf([...artifacts].reverse(), sha256)).toBe(expected);
  });

  it('is made of JSON without spaces, sorted by name', () => {
    expect(
      evidenceText([
        ['shots', C],
        ['facts', B],
      ]),
    ).toBe(`[["facts","${B}"],["shots","${C}"]]`);
  });

  it('counts two artifacts of one name, as shards have them', () => {
    const two = evidenceText([
      ['facts', B],
      ['facts', A],
    ]);
    expect(two).toBe(`[["facts","${A}"],["facts","${B}"]]`);
  });

  it.each([
    ['another hash', [['manifest', B]]],
    ['another name', [['manifests', A]]],
    [
      'one artifact more',
      [
        ['manifest', A],
        ['shots', B],
      ],
    ],
    ['none', []],
  ] as [string, [string, string][]][])(
    'is another with %s',
    (_what, artifacts) => {
      expect(evidenceOf(artifacts, sha256)).not.toBe(VECTORS[1][2]);
    },
  );

  it.each([{ x: 'no hash' }, { x: A.toUpperCase() }, { '': A }, [A], 'x'])(
    'is not made of the digests %j',
    value => {
      expect(digestsSchema.safeParse(value).success).toBe(false);
    },
  );
});
