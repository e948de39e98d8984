import { describe, expect, it } from '@jest/globals';
import { viewOf, viewsOf, type Fact } from '@agentworkloads/api';
import { savedBundle } from '@agentworkloads/facts/testing';
import { extractFacts } from '@agentworkloads/facts';
import { mergeViews, type ViewFacts } from './view-facts';

const fact = (given: Partial<Fact> & Pick<Fact, 'kind' | 'value'>): Fact => ({
  id: `${given.kind}-${given.subject}-${given.value}`,
  subject: 'Basic',
  url: 'https://acme.example/pricing',
  source: 'text',
  sourceSha256: 'a'.repeat(64),
  start: 0,
  end: 1,
  quote: '$',
  selector: 'p',
  confidence: 0.95,
  ...given,
});
const price = (value: number, subject = 'Basic', more: Partial<Fact> = {}) =>
  fact({
    kind: 'price',
    value,
    subject,
    unit: { currency: 'USD', period: 'month' },
    ...more,
  });
const loaded = (...facts: Fact[]): ViewFacts => ({
  view: { id: 'page', state: 'Monthly' },
  facts,
});
const yearly = (...facts: Fact[]): ViewFacts => ({
  view: { id: 'state-1', state: 'Yearly' },
  facts,
});
const frame = (...facts: Fact[]): ViewFacts => ({
  view: { id: 'frame-1', frame: { url: 'https://widget.example/' } },
  facts,
});

describe('facts of several views of a page', () => {
  it('name their view, and their side of the switch where only one side shows them', () => {
    const facts = mergeViews([loaded(price(12)), yearly(price(10))]);
    expect(facts.map(({ value, view, state }) => [value, view, state])).toEqual(
      [
        [12, 'page', 'Monthly'],
        [10, 'state-1', 'Yearly'],
      ],
    );
  });

  it('name their side where nothing says which side the page is loaded with', () => {
    const facts = mergeViews([
      { view: { id: 'page' }, facts: [price(12)] },
      yearly(price(10)),
    ]);
    expect(facts.map(({ state }) => state)).toEqual([undefined, 'Yearly']);
  });

  it('are told once where two views say the same', () => {
    const both = [
      price(0, 'Free'),
      fact({ kind: 'feature', value: '5 projects' }),
      fact({ kind: 'headline', value: 'Pricing' }),
    ];
    const facts = mergeViews([
      loaded(...both, price(12)),
      yearly(...both, price(10)),
    ]);
    expect(facts.map(({ value, state }) => [value, state])).toEqual([
      [0, undefined],
      ['5 projects', undefined],
      ['Pricing', undefined],
      [12, 'Monthly'],
      [10, 'Yearly'],
    ]);
  });

  it('of the same words in two views are two facts with two ids', () => {
    const same = { id: 'abcdefgh' };
    const ids = mergeViews([
      loaded(price(12, 'Basic', same)),
      yearly(price(10, 'Basic', same)),
    ]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toBe('abcdefgh');
  });

  it('say another thing where another period is meant', () => {
    const year = price(12, 'Basic', {
      unit: { currency: 'USD', period: 'year' },
    });
    expect(mergeViews([loaded(price(12)), yearly(year)])).toHaveLength(2);
  });

  it('of a price list in a frame are the page’s, without headline and buttons', () => {
    const facts = mergeViews([
      { view: { id: 'page' }, facts: [] },
      frame(
        fact({ kind: 'headline', value: 'Our widget' }),
        fact({ kind: 'cta', value: 'Buy' }),
        price(12),
      ),
    ]);
    expect(facts.map(({ kind, view }) => [kind, view])).toEqual([
      ['price', 'frame-1'],
    ]);
  });

  it('of a frame that sells nothing are left out', () => {
    const promise = price(9, '', { confidence: 0.6 });
    expect(
      mergeViews([
        { view: { id: 'page' }, facts: [price(12)] },
        frame(promise, fact({ kind: 'feature', value: 'Watch later' })),
      ]),
    ).toHaveLength(1);
  });
});

describe('a bundle that was saved before there were views', () => {
  const { page, text, html, layout } = savedBundle('without-views');

  it('has one view, made of the files of the page', () => {
    const [view, ...others] = viewsOf(page);
    expect(others).toEqual([]);
    expect(view).toMatchObject({ id: 'page', textSha256: page.textSha256 });
    expect(viewOf(page, {})).toEqual(view);
    expect(viewOf(page, { view: 'state-1' })).toBeUndefined();
  });

  it('has its facts as ever, without a view', () => {
    const facts = extractFacts({ page, text, html, layout });
    expect(facts.some(({ value }) => value === 8.75)).toBe(true);
    expect(facts.every(({ view }) => view === undefined)).toBe(true);
  });
});
