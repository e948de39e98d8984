import { describe, expect, it } from '@jest/globals';
import type { Fact } from '@agentworkloads/api';
import {
  but,
  ENTERPRISE,
  FULL_COLLECTOR,
  pageOf,
  pricingHtml,
  runOf,
  STARTER,
  TEAM,
  told,
  withFacts,
} from '../../test/observed-runs';
import { compareRuns, type ObservedPage } from './compare-runs';

const PAGE = pageOf(pricingHtml());
const DEARER = pricingHtml([
  STARTER,
  TEAM,
  but(ENTERPRISE, { price: '$149 per user per month' }),
]);
const CHANGE = ['changed amount price, Enterprise: 129 -> 149'];
const compare = (before: ObservedPage, after: ObservedPage) =>
  compareRuns(runOf('run-1', before), runOf('run-2', after));

describe('what another collector saw', () => {
  const yearly = (facts: readonly Fact[]): Fact[] => [
    ...facts,
    ...facts
      .filter(({ kind, subject }) => kind === 'price' && subject === 'Team')
      .map(fact => ({
        ...fact,
        id: `${fact.id}-y`,
        view: 'state-1',
        state: 'Yearly',
        value: 24,
        unit: { ...fact.unit, billed: 'billed annually' },
      })),
  ];
  const without = (...missing: string[]) => ({
    collector: {
      version: 1,
      abilities: FULL_COLLECTOR.abilities.filter(
        each => !missing.includes(each),
      ),
    },
  });
  const both = withFacts(PAGE, yearly);

  it('is new where both could see the sides of a switch', () => {
    expect(told(compare(PAGE, both).changes)).toEqual([
      'added price, Team: 24',
    ]);
  });

  it('is not compared where one could not', () => {
    const old = withFacts(PAGE, facts => facts, without('switches-by-name'));
    expect(compare(old, both)).toMatchObject({
      changes: [],
      notCompared: [{ reason: 'READ_MORE_FULLY', scope: 'part' }],
    });
    expect(compare(both, old)).toMatchObject({
      changes: [],
      notCompared: [{ reason: 'READ_LESS_FULLY', scope: 'part' }],
    });
  });

  it('of the page as loaded is compared all the same where only the switch is new', () => {
    const old = withFacts(
      pageOf(pricingHtml([STARTER, TEAM])),
      facts => facts,
      without('switches-by-name'),
    );
    expect(told(compare(old, both).changes)).toEqual([
      'added plan, Enterprise: Enterprise',
    ]);
  });

  it('after more scrolling did not come, but a price that both saw has changed', () => {
    const old = withFacts(
      pageOf(
        pricingHtml([STARTER, but(TEAM, { price: '$19 per user per month' })]),
      ),
      facts => facts,
      without('scrolled-into-view'),
    );
    const { changes, notCompared } = compare(old, PAGE);
    expect(told(changes)).toEqual(['changed amount price, Team: 19 -> 29']);
    expect(notCompared).toMatchObject([{ reason: 'READ_MORE_FULLY' }]);
  });

  it('without a record of what it could see has lost nothing to say', () => {
    const old = withFacts(pageOf(DEARER), facts => facts, {
      collector: undefined,
    });
    expect(told(compare(PAGE, old).changes)).toEqual(CHANGE);
  });

  it('of a page that was cut short is not gone', () => {
    const cut = pageOf(pricingHtml([STARTER, TEAM]), { truncated: true });
    expect(compare(PAGE, cut)).toMatchObject({
      changes: [],
      notCompared: [{ reason: 'CUT_SHORT' }],
    });
  });

  it('with the switch loaded on its other side has changed nothing', () => {
    const turned = withFacts(both, facts =>
      facts.map(fact => {
        if (fact.kind !== 'price' || fact.subject !== 'Team') return fact;
        const { state, ...bare } = fact;
        return state
          ? { ...bare, view: 'page' }
          : { ...fact, view: 'state-1', state: 'Monthly' };
      }),
    );
    expect(compare(both, turned)).toEqual({
      changes: [],
      noted: [],
      notCompared: [],
    });
  });

  it('tells the prices of both sides of a switch each with its own', () => {
    const raised = withFacts(both, facts =>
      facts.map(fact =>
        fact.kind === 'price' && fact.subject === 'Team'
          ? { ...fact, value: fact.state ? 29 : 35 }
          : fact,
      ),
    );
    expect(told(compare(both, raised).changes)).toEqual([
      'changed amount price, Team: 29 -> 35',
      'changed amount price, Team: 24 -> 29',
    ]);
  });
});
