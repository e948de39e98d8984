import { describe, expect, it } from '@jest/globals';
import { bundleOf, twoCards } from '@agentworkloads/facts/testing';
import { wholePage } from './bundle';
import { explainPage } from './facts';

const linesOf = (...more: string[]) =>
  explainPage(bundleOf(twoCards(...more)))
    .join('\n')
    .split(/\n(?= {2}\[)|\n\n/);
const lineAbout = (words: string, ...more: string[]) =>
  linesOf(...more).find(line => line.includes(words));

describe('what became of each candidate for a price', () => {
  it('is the fact, with what was read', () => {
    expect(lineAbout('"$10 per month"')).toBe(
      '  [6,19) "$10 per month" read as 10 USD\n    price of "Basic": 10 USD a month',
    );
  });

  it.each([
    ['We raised $5M in 2024', '"$5"', 'largeNumber'],
    ['Save $200 a year', '"$200"', 'saving'],
    ['+ $5', '"$5"', 'addedWithoutTerms'],
  ])('is a reason of the closed list: %s', (line, words, reason) => {
    expect(lineAbout(words, line)).toContain(`dropped: ${reason} — `);
  });

  it('is nothing on a page that was not observed, which says why', () => {
    const bundle = bundleOf(twoCards(), {
      reason: 'LOGIN_WALL',
      detail: 'The site asks for a login.',
    });
    expect(explainPage(bundle)[1]).toBe(
      'not observed: LOGIN_WALL: The site asks for a login.',
    );
  });
});

it('a page that was not read to its end says so', () => {
  const bundle = bundleOf(twoCards());
  const seen = (truncated: boolean) =>
    wholePage(bundle, undefined, { truncated }).notes;
  expect(seen(false)).toEqual([]);
  expect(seen(true)).toEqual([
    'The page is larger than what is read; its end is missing.',
  ]);
});
