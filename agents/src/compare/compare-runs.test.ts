import { describe, expect, it } from '@jest/globals';
import { changeSchema, notComparedSchema } from '@agentworkloads/api';
import {
  but,
  ENTERPRISE,
  pageOf,
  pricingHtml,
  runOf,
  STARTER,
  tableHtml,
  TEAM,
  THREE,
  told,
  type CardOf,
} from '../../test/observed-runs';
import { compareRuns } from './compare-runs';

/** Two readings of one page, through the extractor. */
function comparing(before: string, after: string) {
  return compareRuns(
    runOf('run-1', pageOf(before)),
    runOf('run-2', pageOf(after, { fetchedAt: '2026-11-29T08:00:00.000Z' })),
  );
}

const PAGE = pricingHtml();
const withTeam = (other: Partial<CardOf>) =>
  pricingHtml([STARTER, but(TEAM, other), ENTERPRISE]);
const NOTHING = { changes: [], noted: [], notCompared: [] };

describe('a page that is the same', () => {
  it('has no change', () => {
    expect(comparing(PAGE, PAGE)).toEqual(NOTHING);
  });

  it.each([
    ['a plan in capitals', withTeam({ name: 'TEAM' })],
    ['a badge on a plan', withTeam({ name: 'Team · Most popular' })],
    ['10GB without its space', PAGE.replace('10 GB', '10GB')],
    [
      'a banner',
      pricingHtml(THREE, { above: '<aside>Meet us in Turin!</aside>' }),
    ],
    [
      'a sentence with a price in a banner',
      pricingHtml(THREE, {
        above: '<p>This week only: everything for $9/mo!</p>',
      }),
    ],
    [
      'a year in the footer',
      pricingHtml(THREE, { below: '<footer>© 2027 Acme</footer>' }),
    ],
  ])('has none with %s', (_what, after) => {
    expect(comparing(PAGE, after)).toEqual(NOTHING);
  });

  it.each([
    [
      'another order',
      PAGE,
      pricingHtml([ENTERPRISE, TEAM, STARTER]),
      'changed reordered plan, Team: Team -> Team',
    ],
    [
      'another date',
      pricingHtml(THREE, { headline: 'Prices of May 3, 2026' }),
      pricingHtml(THREE, { headline: 'Prices of June 19, 2026' }),
      'changed date headline, acme.example: Prices of May 3, 2026 -> Prices of June 19, 2026',
    ],
    [
      'a counter that went on',
      pricingHtml(THREE, { headline: 'Loved by 12,000 teams' }),
      pricingHtml(THREE, { headline: 'Loved by 13,500 teams' }),
      'changed counter headline, acme.example: Loved by 12,000 teams -> Loved by 13,500 teams',
    ],
  ])('notes %s, and tells no change', (_what, before, after, noted) => {
    const comparison = comparing(before, after);
    expect(comparison.changes).toEqual([]);
    expect(told(comparison.noted)).toEqual([noted]);
  });

  it('has none where cards became a table and only the lists of features are not read there', () => {
    const table = `<main><h1>Prices for teams that ship</h1>${tableHtml(
      THREE,
    )}<p>Try it with a 14-day free trial</p></main>`;
    const { changes, notCompared } = comparing(PAGE, table);
    expect(changes).toEqual([]);
    expect(notCompared).toMatchObject([
      { reason: 'OTHER_LAYOUT', scope: 'part' },
    ]);
  });

  it('has none where its facts are merely less sure than before', () => {
    const before = pageOf(PAGE);
    const after = {
      ...before,
      facts: before.facts.map(fact => ({ ...fact, confidence: 0.75 })),
    };
    expect(compareRuns(runOf('run-1', before), runOf('run-2', after))).toEqual(
      NOTHING,
    );
    expect(compareRuns(runOf('run-2', after), runOf('run-1', before))).toEqual(
      NOTHING,
    );
  });
});

describe('a plan', () => {
  it('that came or went is told once, not with each of its facts', () => {
    const two = pricingHtml([STARTER, TEAM]);
    expect(told(comparing(two, PAGE).changes)).toEqual([
      'added plan, Enterprise: Enterprise',
    ]);
    expect(told(comparing(PAGE, two).changes)).toEqual([
      'removed plan, Enterprise: Enterprise',
    ]);
  });

  it('that only got a new name was renamed', () => {
    expect(
      told(comparing(PAGE, withTeam({ name: 'Business' })).changes),
    ).toEqual(['changed name plan, Business: Team -> Business']);
  });

  it('with a new name and a new price has both changes', () => {
    const after = withTeam({
      name: 'Business',
      price: '$39 per user per month',
    });
    expect(told(comparing(PAGE, after).changes)).toEqual([
      'changed amount price, Business: 29 -> 39',
      'changed name plan, Business: Team -> Business',
    ]);
  });

  it('is told by its own prices when two plans swap theirs', () => {
    const after = pricingHtml([
      but(STARTER, { price: TEAM.price }),
      but(TEAM, { price: STARTER.price }),
      ENTERPRISE,
    ]);
    expect(told(comparing(PAGE, after).changes)).toEqual([
      'changed amount price, Starter: 9 -> 29',
      'changed amount price, Team: 29 -> 9',
    ]);
  });

  it('that left one page and stands on another moved', () => {
    const run = (
      uid: string,
      first: readonly CardOf[],
      second: readonly CardOf[],
    ) =>
      runOf(
        uid,
        pageOf(pricingHtml(first)),
        pageOf(pricingHtml(second), { url: 'https://acme.example/teams' }),
      );
    const others = [
      but(STARTER, { name: 'Crew' }),
      but(TEAM, { name: 'Fleet' }),
    ];
    const { changes } = compareRuns(
      run('run-1', THREE, others),
      run('run-2', [STARTER, TEAM], [...others, ENTERPRISE]),
    );
    expect(told(changes)).toEqual([
      'changed moved plan, Enterprise: Enterprise -> Enterprise',
    ]);
    expect(changes[0]).toMatchObject({
      was: { url: 'https://acme.example/pricing' },
      is: { url: 'https://acme.example/teams' },
    });
  });
});

describe('what a page says', () => {
  it.each([
    [
      'a limit',
      PAGE.replace('>5 projects', '>15 projects'),
      'changed amount limit, Starter: 5 projects -> 15 projects',
    ],
    [
      'a trial',
      PAGE.replace('14-day', '30-day'),
      'changed amount trial, acme.example: 14-day free trial -> 30-day free trial',
    ],
    [
      'a feature in other words',
      PAGE.replace('with our staff', 'with our own staff'),
      'changed wording feature, Team: Chat with our staff -> Chat with our own staff',
    ],
    [
      'a feature that is gone',
      PAGE.replace('<li>Audit log</li>', ''),
      'removed feature, Enterprise: Audit log',
    ],
    [
      'a feature in another plan',
      PAGE.replace('<li>Audit log</li>', '').replace(
        '<li>Chat',
        '<li>Audit log</li><li>Chat',
      ),
      'changed moved feature, Team: Audit log -> Audit log',
    ],
    [
      'a headline',
      pricingHtml(THREE, { headline: 'Faster than ever' }),
      'changed wording headline, acme.example: Prices for teams that ship -> Faster than ever',
    ],
  ])('%s is one change', (_what, after, line) => {
    expect(told(comparing(PAGE, after).changes)).toEqual([line]);
  });

  it('a headline whose price or percentage moved is no counter', () => {
    const headline = (text: string) => pricingHtml(THREE, { headline: text });
    const { changes } = comparing(
      headline('Save 20% this month'),
      headline('Save 30% this month'),
    );
    expect(changes).toMatchObject([{ factKind: 'headline', aspect: 'amount' }]);
  });
});

it('gives each side its unit, quote, proof, run and time, as the contract has it', () => {
  const { changes, notCompared } = comparing(
    PAGE,
    withTeam({ price: '$39 per user per month' }),
  );
  for (const change of changes)
    expect(changeSchema.parse(change)).toEqual(change);
  for (const each of notCompared) notComparedSchema.parse(each);
  expect(changes).toMatchObject([
    {
      was: {
        quote: '$29 per user per month',
        unit: { currency: 'USD', period: 'month', per: 'user' },
        workflowUid: 'run-1',
        at: '2026-11-22T08:00:00.000Z',
      },
      is: {
        quote: '$39 per user per month',
        unit: { currency: 'USD', period: 'month', per: 'user' },
        workflowUid: 'run-2',
        at: '2026-11-29T08:00:00.000Z',
      },
    },
  ]);
  const [{ was, is, factId }] = changes;
  expect(is?.factId).toBe(factId);
  expect(was?.sourceSha256).not.toBe(is?.sourceSha256);
  expect(
    was && pageOf(PAGE).facts.find(({ id }) => id === was.factId),
  ).toMatchObject({ start: was?.start, end: was?.end });
});
