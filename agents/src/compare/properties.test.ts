import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Change, Fact } from '@agentworkloads/api';
import {
  pageOf,
  pricingHtml,
  runOf,
  withFacts,
} from '../../test/observed-runs';
import { compareRuns, type ObservedPage } from './compare-runs';

const PAGE = pageOf(pricingHtml());
const compare = (before: ObservedPage, after: ObservedPage) =>
  compareRuns(runOf('run-1', before), runOf('run-2', after));

describe('over 200 pages made by chance', () => {
  const SEED = 20261129;
  const plain: Fact = { ...PAGE.facts[0] };
  const plan = fc.record({
    name: fc.constantFrom('Free', 'Basic', 'Plus', 'Pro', 'Team', 'Max'),
    prices: fc.array(
      fc.record({
        value: fc.constantFrom(0, 5, 9, 12.5, 29, 129),
        unit: fc.record(
          {
            currency: fc.constantFrom('USD', 'EUR'),
            period: fc.constantFrom('month' as const, 'year' as const),
            per: fc.constantFrom('user', 'site'),
            upTo: fc.constantFrom(200, 300),
          },
          { requiredKeys: [] },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    details: fc.uniqueArray(
      fc.constantFrom(
        '5 users',
        '10 users',
        'Audit log',
        'Single sign-on',
        'API',
        'Chat',
      ),
      { maxLength: 4 },
    ),
    confidence: fc.constantFrom(0.5, 0.75, 0.95),
  });
  const pages = fc
    .uniqueArray(plan, {
      selector: ({ name }) => name,
      minLength: 1,
      maxLength: 5,
    })
    .map((plans): ObservedPage => {
      const fact = (
        kind: Fact['kind'],
        subject: string,
        value: Fact['value'],
        index: number,
        more: Partial<Fact>,
      ): Fact => ({
        ...plain,
        ...more,
        id: `${kind}-${subject}-${index}-${value}`,
        kind,
        subject,
        value,
        selector: `html > body > div:nth-of-type(${subject.length}) > ${kind}`,
      });
      return withFacts(PAGE, () =>
        plans.flatMap(({ name, prices, details, confidence }) => [
          fact('plan', name, name, 0, { confidence }),
          ...prices.map(({ value, unit }, index) =>
            fact('price', name, value, index, { unit, confidence }),
          ),
          ...details.map((value, index) =>
            fact('feature', name, value, index, { confidence: 0.9 }),
          ),
        ]),
      );
    });
  const mirror: Record<Change['kind'], Change['kind']> = {
    added: 'removed',
    removed: 'added',
    changed: 'changed',
  };
  const lines = (changes: readonly Change[], turned: boolean) =>
    changes
      .map(({ kind, factKind, before, after, was, is }) => {
        const sides = [
          [before, was?.unit],
          [after, is?.unit],
        ];
        return JSON.stringify([
          turned ? mirror[kind] : kind,
          factKind,
          ...(turned ? sides.reverse() : sides),
        ]);
      })
      .sort();

  it('a run compared with itself gives nothing', () => {
    fc.assert(
      fc.property(pages, page => {
        expect(compare(page, page)).toEqual({
          changes: [],
          noted: [],
          notCompared: [],
        });
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  it('the other way round, what came has gone, and what changed has changed back', () => {
    let compared = 0;
    fc.assert(
      fc.property(pages, pages, (before, after) => {
        const there = compare(before, after);
        const back = compare(after, before);
        if (there.notCompared.length + back.notCompared.length > 0) return;
        compared += 1;
        expect(lines(back.changes, true)).toEqual(lines(there.changes, false));
      }),
      { seed: SEED, numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('no change has equal sides', () => {
    fc.assert(
      fc.property(pages, pages, (before, after) => {
        for (const { was, is, aspect } of compare(before, after).changes)
          if (was && is && aspect !== 'moved')
            expect([was.value, was.unit]).not.toEqual([is.value, is.unit]);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
