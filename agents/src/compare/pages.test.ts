import { describe, expect, it } from '@jest/globals';
import { pageIdentity } from '@agentworkloads/api';
import {
  but,
  ENTERPRISE,
  pageOf,
  PRICING,
  pricingHtml,
  runOf,
  STARTER,
  TEAM,
  told,
} from '../../test/observed-runs';
import { compareRuns, type ObservedPage } from './compare-runs';
import { pageKeyOfAnyLocale } from './same-page';

const PAGE = pageOf(pricingHtml());
const DEARER = pricingHtml([
  STARTER,
  TEAM,
  but(ENTERPRISE, { price: '$149 per user per month' }),
]);
const CHANGE = ['changed amount price, Enterprise: 129 -> 149'];
const compare = (before: ObservedPage, after: ObservedPage) =>
  compareRuns(runOf('run-1', before), runOf('run-2', after));

describe('which pages are one', () => {
  it.each([
    'https://acme.example/pricing/',
    'https://www.acme.example/pricing?utm_source=mail&gclid=1#plans',
    'http://acme.example/pricing/index.html',
  ])('%s is the pricing page', address => {
    expect(pageIdentity(address)).toBe(pageIdentity(PRICING));
    const after = pageOf(DEARER, { url: address, finalUrl: address });
    expect(told(compare(PAGE, after).changes)).toEqual(CHANGE);
  });

  it.each([
    'https://acme.example/de/pricing',
    'https://acme.example/en-GB/pricing/',
    'https://de.acme.example/pricing',
    'https://acme.example/pricing?lang=de',
  ])('a redirect to %s, its own locale, is compared', finalUrl => {
    expect(pageKeyOfAnyLocale(finalUrl)).toBe(pageKeyOfAnyLocale(PRICING));
    const comparison = compare(PAGE, pageOf(DEARER, { finalUrl }));
    expect(told(comparison.changes)).toEqual(CHANGE);
    expect(comparison.notCompared).toEqual([]);
  });

  it.each([
    'https://acme.example/',
    'https://acme.example/docs/pricing',
    'https://acme.example/pricing?plan=team',
    'https://acme.other/pricing',
  ])('%s is another page, and a redirect there is not compared', finalUrl => {
    const { changes, notCompared } = compare(
      PAGE,
      pageOf(DEARER, { finalUrl }),
    );
    expect(changes).toEqual([]);
    expect(notCompared).toMatchObject([
      { url: PRICING, reason: 'REDIRECTED', scope: 'page' },
    ]);
    expect(notCompared[0].detail).toContain(finalUrl);
  });

  it('compares a page and its translation each with itself where both are targets', () => {
    const german = { url: 'https://acme.example/de/pricing' };
    const before = runOf('run-1', PAGE, pageOf(pricingHtml(), german));
    const after = runOf('run-2', pageOf(DEARER, german), PAGE);
    expect(compareRuns(before, after).changes.map(({ url }) => url)).toEqual([
      german.url,
    ]);
  });

  it('says which pages only one of the runs was asked for', () => {
    const other = pageOf(pricingHtml(), { url: 'https://acme.example/teams' });
    expect(
      compareRuns(runOf('run-1', PAGE), runOf('run-2', other)).notCompared,
    ).toMatchObject([
      { url: 'https://acme.example/teams', reason: 'ONLY_IN_LATER_RUN' },
      { url: PRICING, reason: 'ONLY_IN_EARLIER_RUN' },
    ]);
  });
});

describe('a page that can not be compared', () => {
  it.each(['LOGIN_WALL', 'HTTP_ERROR', 'BOT_WALL', 'BLANK_PAGE'] as const)(
    'that ended in %s has lost nothing and says why',
    reason => {
      const missing = pageOf('', { reason });
      const now = compare(PAGE, missing);
      expect(now.changes).toEqual([]);
      expect(now.notCompared).toMatchObject([{ reason: 'NOT_OBSERVED_NOW' }]);
      expect(now.notCompared[0].detail).toContain(reason);
      expect(compare(missing, PAGE)).toMatchObject({
        changes: [],
        notCompared: [{ reason: 'NOT_OBSERVED_BEFORE' }],
      });
    },
  );

  it.each([
    ['in its headline', '<h1>Page not found</h1><p>Sorry!</p>', {}],
    ['in its title', pricingHtml([STARTER, TEAM]), { title: '404 – Acme' }],
    ['in German', '<h1>Seite nicht gefunden</h1>', {}],
  ])(
    'that says that it was not found, %s, is doubtful',
    (_where, html, record) => {
      const lost = pageOf(html, record);
      expect(compare(PAGE, lost)).toMatchObject({
        changes: [],
        notCompared: [{ reason: 'DOUBTFUL_NOW', scope: 'page' }],
      });
      expect(compare(lost, PAGE)).toMatchObject({
        changes: [],
        notCompared: [{ reason: 'DOUBTFUL_BEFORE', scope: 'page' }],
      });
    },
  );

  it('with less than a third of its text is doubtful', () => {
    const short = { ...pageOf(pricingHtml([STARTER, TEAM])), textLength: 50 };
    expect(compare(PAGE, short)).toMatchObject({
      changes: [],
      notCompared: [{ reason: 'DOUBTFUL_NOW' }],
    });
  });

  it('that lost most of its facts is doubtful, and one that lost a plan is not', () => {
    const most = pageOf(
      pricingHtml(
        [
          but(STARTER, {
            name: 'Rowing',
            price: '$3 per night',
            features: ['Oars for two'],
          }),
        ],
        { headline: 'Boats on the lake' },
      ),
    );
    expect(
      compare(PAGE, { ...most, textLength: PAGE.textLength }),
    ).toMatchObject({ changes: [], notCompared: [{ reason: 'DOUBTFUL_NOW' }] });
    expect(
      compare(PAGE, pageOf(pricingHtml([STARTER, TEAM]))).notCompared,
    ).toEqual([]);
  });

  it('in another language is compared by its plans and prices alone, and says so', () => {
    const german = pageOf(
      DEARER.replace('Community forum', 'Forum der Gemeinschaft').replace(
        'Prices for teams that ship',
        'Preise für Mannschaften',
      ),
      { lang: 'de-AT', finalUrl: 'https://acme.example/de/pricing' },
    );
    const { changes, notCompared } = compare(PAGE, german);
    expect(told(changes)).toEqual(CHANGE);
    expect(notCompared).toMatchObject([
      { reason: 'OTHER_LANGUAGE', scope: 'part' },
    ]);
  });
});

describe('a page whose reading is known to be of no use', () => {
  const lost = {
    reason: 'NO_LONGER_SAVED',
    detail: 'What was saved is gone.',
  } as const;
  const unread = { reason: 'DOUBTFUL_NOW', detail: 'Not read.' } as const;

  it.each([
    ['of before', { ...PAGE, facts: [], unusable: lost }, pageOf(DEARER), lost],
    ['of now', PAGE, { ...PAGE, facts: [], unusable: unread }, unread],
  ])('%s is not compared, and nothing of it is gone', (_w, a, b, why) => {
    expect(compare(a, b)).toMatchObject({
      changes: [],
      noted: [],
      notCompared: [{ ...why, url: PRICING, scope: 'page' }],
    });
  });

  it('is told as not observed first where that is so', () => {
    const missing = pageOf('', { reason: 'TIMEOUT' });
    expect(compare({ ...PAGE, unusable: lost }, missing).notCompared).toEqual([
      expect.objectContaining({ reason: 'NOT_OBSERVED_NOW' }),
    ]);
  });
});
