import { describe, expect, it } from '@jest/globals';
import type { PageRecord } from '@agentworkloads/api';
import {
  but,
  ENTERPRISE,
  pageOf,
  pricingHtml,
  PRICING,
  runOf,
  STARTER,
  TEAM,
  told,
  type CardOf,
} from '../../test/observed-runs';
import { compareRuns, type Comparison } from './compare-runs';
import {
  mostSecondLooks,
  pagesToLookAtAgain,
  seenOnce,
  withSecondLooks,
} from './second-look';

const BEFORE = pricingHtml();
const OTHER = 'https://acme.example/teams';
const withTeam = (other: Partial<CardOf>, headline?: string) =>
  pricingHtml([STARTER, but(TEAM, other), ENTERPRISE], { headline });

function inWords({ changes, notCompared }: Comparison) {
  return {
    changes: told(changes),
    doubts: notCompared.map(({ reason, scope, detail }) => ({
      reason,
      scope,
      detail,
    })),
  };
}

/** Two looks at one page, whose baseline is {@link BEFORE}; `second` is absent where there was none. */
function looked(
  first: string,
  second?: string,
  record: Partial<PageRecord> = {},
) {
  const earlier = runOf('run-1', pageOf(BEFORE));
  const against = (body: string, how?: Partial<PageRecord>) =>
    compareRuns(earlier, runOf('run-2', pageOf(body, how)));
  const again = new Set(second === undefined ? [] : [PRICING]);
  const found = withSecondLooks(
    against(first),
    against(second ?? first, record),
    again,
    'this',
  );
  return inWords({
    ...found,
    notCompared: [...found.notCompared, ...seenOnce(found, again)],
  });
}

/** One look at a page of which the earlier run had two. */
function lookedBefore(first: string, second: string, now: string) {
  const against = (body: string) =>
    compareRuns(runOf('run-1', pageOf(body)), runOf('run-2', pageOf(now)));
  return inWords(
    withSecondLooks(
      against(first),
      against(second),
      new Set([PRICING]),
      'earlier',
    ),
  );
}

const DEARER = 'changed amount price, Team: 29 -> 35';
const at35 = withTeam({ price: '$35 per user per month' });
const at33 = withTeam({ price: '$33 per user per month' });

describe('a change that two looks see', () => {
  it('stands', () => {
    expect(looked(at35, at35)).toEqual({ changes: [DEARER], doubts: [] });
  });

  it('stands where the looks differ in words that no fact is made of', () => {
    const again = at35.replace('<main>', '<p>It is ten past nine.</p><main>');
    expect(looked(at35, again)).toEqual({ changes: [DEARER], doubts: [] });
  });

  it('stands beside a button that only one of them saw', () => {
    const again = withTeam({ price: '$35 per user per month', cta: 'Buy' });
    const { changes, doubts } = looked(at35, again);
    expect(changes).toEqual([DEARER]);
    expect(doubts).toMatchObject([
      {
        reason: 'UNSTABLE',
        detail:
          'Two looks at the page disagree: only the second saw cta Team: nothing became Buy.',
      },
    ]);
  });
});

describe('a change on which two looks disagree', () => {
  it('is none, and both amounts are named', () => {
    const { changes, doubts } = looked(at35, at33);
    expect(changes).toEqual([]);
    expect(doubts).toEqual([
      {
        reason: 'UNSTABLE',
        scope: 'part',
        detail:
          'Two looks at the page disagree: only the first saw price Team: 29 became 35; only the second saw price Team: 29 became 33.',
      },
    ]);
  });

  it('is none where the second look sees the price of before', () => {
    const { changes, doubts } = looked(at35, BEFORE);
    expect(changes).toEqual([]);
    expect(doubts).toMatchObject([
      {
        reason: 'UNSTABLE',
        detail:
          'Two looks at the page disagree: only the first saw price Team: 29 became 35.',
      },
    ]);
  });

  it('takes no other change of the page with it', () => {
    const [first, second] = ['$35', '$33'].map(price =>
      pricingHtml([
        but(STARTER, { price: '$12 per user per month' }),
        but(TEAM, { price: `${price} per user per month` }),
        ENTERPRISE,
      ]),
    );
    expect(looked(first, second).changes).toEqual([
      'changed amount price, Starter: 9 -> 12',
    ]);
  });

  it('is none, too, where it is a headline', () => {
    const price = '$35 per user per month';
    const { changes, doubts } = looked(
      withTeam({ price }, 'Prices for teams that win'),
      withTeam({ price }, 'Prices for teams that grow'),
    );
    expect(changes).toEqual([DEARER]);
    expect(doubts).toMatchObject([{ reason: 'UNSTABLE' }]);
  });
});

describe('a change that one look saw', () => {
  it('stands, and it is said that it was seen once', () => {
    expect(looked(at35)).toEqual({
      changes: [DEARER],
      doubts: [
        {
          reason: 'SEEN_ONCE',
          scope: 'part',
          detail:
            'What changed on the page was seen in one look only: it was not looked at again.',
        },
      ],
    });
  });

  it('stands where the second look found a page that is hardly the same', () => {
    const { changes, doubts } = looked(at35, '<h1>Not found</h1>');
    expect(changes).toEqual([DEARER]);
    expect(doubts).toMatchObject([
      {
        reason: 'SEEN_ONCE',
        detail: expect.stringContaining('says that it was not found'),
      },
    ]);
  });

  it('stands where the second look was cut short before it', () => {
    const without = pricingHtml([STARTER, ENTERPRISE]);
    const whole = looked(without, without);
    expect(whole.changes).not.toEqual([]);
    const cut = looked(without, without, { truncated: true });
    expect(cut.changes).toEqual(whole.changes);
    expect(cut.doubts).toMatchObject([
      {
        reason: 'SEEN_ONCE',
        detail: expect.stringContaining('more on the page than was collected'),
      },
    ]);
  });

  it('needs no second look where it is no price and no plan', () => {
    const after = pricingHtml(undefined, { headline: 'Prices for all of us' });
    const { changes, doubts } = looked(after);
    expect(changes).toHaveLength(1);
    expect(doubts).toEqual([]);
  });
});

describe('a page of which the earlier run was not sure', () => {
  it.each([
    ['one of its looks', at35],
    ['the other of them', at33],
    ['neither of them', withTeam({ price: '$40 per user per month' })],
  ])('has no change, whether it says what %s said', (_what, now) => {
    const { changes, doubts } = lookedBefore(at35, at33, now);
    expect(changes).toEqual([]);
    expect(doubts).toMatchObject([
      {
        reason: 'UNSTABLE',
        detail: expect.stringContaining(
          'Two looks of the earlier run disagree',
        ),
      },
    ]);
  });

  it('has the changes of what both its looks said alike', () => {
    const now = pricingHtml([
      but(STARTER, { price: '$12 per user per month' }),
      but(TEAM, { price: '$35 per user per month' }),
      ENTERPRISE,
    ]);
    expect(lookedBefore(at35, at33, now).changes).toEqual([
      'changed amount price, Starter: 9 -> 12',
    ]);
  });
});

describe('what is looked at again', () => {
  it('are the pages of changed prices and plans, each once', () => {
    const run = (uid: string, team: string, other: string) =>
      runOf(uid, pageOf(team), pageOf(other, { url: OTHER }));
    const renamed = pricingHtml([
      but(STARTER, { name: 'Basic', price: '$11 per user per month' }),
      TEAM,
      ENTERPRISE,
    ]);
    const headline = pricingHtml(undefined, { headline: 'For all of us' });
    const { changes } = compareRuns(
      run('run-1', BEFORE, BEFORE),
      run('run-2', renamed, headline),
    );
    expect(changes.length).toBeGreaterThan(2);
    expect(pagesToLookAtAgain(changes)).toEqual([PRICING]);
  });

  it.each([
    [1, 10],
    [50, 10],
    [51, 11],
    [500, 100],
  ])('of %d pages are %d at most', (pages, most) => {
    expect(mostSecondLooks(pages)).toBe(most);
  });
});
