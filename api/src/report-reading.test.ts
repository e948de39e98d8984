import { describe, expect, it } from '@jest/globals';
import type { Fact } from './fact';
import {
  isFree,
  monthlyOf,
  monthText,
  proseNote,
  withoutUpperEnds,
} from './report-reading';

const price = (value: Fact['value'], unit: Fact['unit']) =>
  monthlyOf({ value, unit });

describe('a price for a month', () => {
  it.each([
    ['of a month', 29, { period: 'month' }, 29, false],
    ['of a year', 290, { period: 'year' }, 24.17, true],
    ['of a week', 12, { period: 'week' }, 52, true],
    ['of little', 0.5, { period: 'year' }, 0.0417, true],
  ] as const)('is that %s', (_of, value, unit, month, converted) => {
    expect(price(value, unit)).toEqual({ value: month, converted });
  });

  it.each([
    ['from', 96, { period: 'year', from: true }, 'from ≈ 8'],
    ['exact', 1.125, { period: 'month' }, '1.125'],
    ['of little', 0.00004, { period: 'month' }, '0.00004'],
    ['a range', 120, { period: 'year', upTo: 240 }, '≈ 10–20'],
    ['unknown', 9, {}, ''],
  ] as const)(
    'is written as the page means it: %s',
    (_is, value, unit, text) => {
      expect(monthText(price(value, unit), String)).toBe(text);
    },
  );

  it('has both ends of a range', () => {
    expect(price(120, { period: 'year', upTo: 240 })).toEqual({
      value: 10,
      upTo: 20,
      converted: true,
    });
  });

  it.each([
    ['without a period', {}],
    ['of an hour', { period: 'hour' }],
    ['of a day', { period: 'day' }],
    ['paid once', { period: 'once' }],
  ] as const)('is not known %s', (_of, unit) => {
    expect(price(29, unit)).toBeUndefined();
    expect(price(29, undefined)).toBeUndefined();
    expect(price('on request', { period: 'month' })).toBeUndefined();
  });
});

describe('the upper end of a range', () => {
  const at = (start: number, value: number, more: object = {}) =>
    ({
      kind: 'price',
      subject: 'Pro',
      url: 'https://acme.example/',
      source: 'text',
      start,
      value,
      unit: { currency: 'USD', period: 'month' },
      ...more,
    } as unknown as Fact);
  const low = at(0, 1200, {
    unit: { currency: 'USD', period: 'month', upTo: 2400 },
  });

  it('is no price of its own', () => {
    expect(withoutUpperEnds([low, at(10, 2400)])).toEqual([low]);
  });

  it.each([
    ['of another plan', { subject: 'Max' }],
    ['of another page', { url: 'https://acme.example/more' }],
    ['far away', { start: 900 }],
    ['of another currency', { unit: { currency: 'EUR' } }],
  ])('is one where it is %s', (_case, more) => {
    const other = at(10, 2400, more);
    expect(withoutUpperEnds([low, other])).toEqual([low, other]);
  });

  it('does not make a price free', () => {
    expect(isFree({ value: 0, unit: { upTo: 9 } })).toBe(false);
    expect(isFree({ value: 0 })).toBe(true);
  });
});

describe('how a summary came to be', () => {
  const note = (prose: Parameters<typeof proseNote>[0]['prose']) =>
    proseNote({ prose });

  it('names the model that picked sentences, and what was refused', () => {
    expect(
      note({ source: 'chosen', model: 'm-1', removedSentences: 1 }),
    ).toMatch(
      /picked by m-1; every sentence is written from the facts\. 1 of its choices was not/,
    );
  });

  it('says that there was none', () => {
    expect(note({ source: 'facts', removedSentences: 0 })).toBe(
      'Made from facts alone, without a model.',
    );
  });
});
