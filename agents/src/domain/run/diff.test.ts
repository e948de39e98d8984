import { describe, expect, it } from '@jest/globals';
import type { Change } from '@agentworkloads/api';
import { bundleOf, twoCards, type Line } from '../../../test/bundles';
import { extractFacts } from '../../facts/extract-facts';
import { diffRuns, type ObservedRun } from './diff';

function runOf(
  lines: readonly (Line | string)[],
  page: Parameters<typeof bundleOf>[1] = {},
): ObservedRun {
  const bundle = bundleOf(lines, page);
  return { facts: extractFacts(bundle), pages: [bundle.page] };
}

const told = (changes: readonly Change[]) =>
  changes.map(
    change =>
      `${change.kind} ${change.factKind} ${change.subject}: ${
        change.before ?? '-'
      } -> ${change.after ?? '-'}`,
  );

function withText(lines: Line[], from: string, to: string): Line[] {
  return lines.map(line => (line.text === from ? { ...line, text: to } : line));
}

const third: Line[] = [
  {
    text: 'Royal',
    selector: 'html > body > div:nth-of-type(1) > div:nth-of-type(3) > h3',
    fontSize: 20,
    bold: true,
  },
  {
    text: '$192 per month',
    selector: 'html > body > div:nth-of-type(1) > div:nth-of-type(3) > p',
    fontSize: 30,
  },
];

describe('the difference of two runs', () => {
  it('is empty when nothing changed', () => {
    expect(diffRuns(runOf(twoCards()), runOf(twoCards()))).toEqual([]);
  });

  it('tells 129 -> 192, which have the same digits', () => {
    const before = withText(
      [...twoCards(), ...third],
      '$192 per month',
      '$129 per month',
    );
    expect(
      told(diffRuns(runOf(before), runOf([...twoCards(), ...third]))),
    ).toEqual(['changed price Royal: 129 -> 192']);
  });

  it('tells swapped prices as two changes', () => {
    const after = twoCards();
    [after[1].text, after[3].text] = [after[3].text, after[1].text];
    expect(told(diffRuns(runOf(twoCards()), runOf(after)))).toEqual([
      'changed price Basic: 10 -> 20',
      'changed price Deluxe: 20 -> 10',
    ]);
  });

  it('tells a plan that came or went once, not with each of its facts', () => {
    const more = runOf([...twoCards(), ...third]);
    const less = runOf(twoCards());
    expect(told(diffRuns(less, more))).toEqual([
      'added plan Royal: - -> Royal',
    ]);
    expect(told(diffRuns(more, less))).toEqual([
      'removed plan Royal: Royal -> -',
    ]);
  });

  it('tells a new name of the same plan', () => {
    const after = withText(twoCards(), 'Deluxe', 'Splendid');
    expect(told(diffRuns(runOf(twoCards()), runOf(after)))).toEqual([
      'changed plan Splendid: Deluxe -> Splendid',
    ]);
  });

  it('does not take a banner, a date or another order for a change', () => {
    const before = runOf([...twoCards(), 'Updated 3 May 2026']);
    const after = runOf([
      { text: 'Meet us in Turin!', selector: 'html > body > aside' },
      ...twoCards(),
      'Updated 9 June 2026',
    ]);
    expect(diffRuns(before, after)).toEqual([]);
  });

  it.each(['LOGIN_WALL', 'HTTP_ERROR', 'BOT_WALL', 'BLANK_PAGE'] as const)(
    'says nothing is gone from a page that ended in %s',
    reason => {
      expect(diffRuns(runOf(twoCards()), runOf([], { reason }))).toEqual([]);
    },
  );

  it('compares no page with another to which it was redirected', () => {
    const moved = runOf(['Hello'], { finalUrl: 'https://acme.example/' });
    expect(diffRuns(runOf(twoCards()), moved)).toEqual([]);
  });
});
