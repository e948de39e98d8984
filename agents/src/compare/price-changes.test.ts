import { describe, expect, it } from '@jest/globals';
import {
  but,
  ENTERPRISE,
  pageOf,
  pricingHtml,
  runOf,
  STARTER,
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

describe('a price', () => {
  it('that went from 129 to 192 is told, though the digits are the same', () => {
    const after = pricingHtml([
      STARTER,
      TEAM,
      but(ENTERPRISE, { price: '$192 per user per month' }),
    ]);
    expect(told(comparing(PAGE, after).changes)).toEqual([
      'changed amount price, Enterprise: 129 -> 192',
    ]);
  });

  it('of a lone product is told, though its facts are less sure', () => {
    const product = (price: string) =>
      `<h1>Kettle</h1><p>${price}</p><button>Add to cart</button>`;
    const { changes } = comparing(product('$99.00'), product('$79.00'));
    expect(told(changes)).toEqual(['changed amount price, Kettle: 99 -> 79']);
    expect(changes[0].confidence).toBe(0.75);
  });

  it('is told by the upper end of its range', () => {
    const { changes } = comparing(
      withTeam({ price: '$800 – $2500 per month' }),
      withTeam({ price: '$800 – $3500 per month' }),
    );
    expect(changes).toMatchObject([
      {
        factKind: 'price',
        aspect: 'amount',
        attributes: ['upTo'],
        was: { value: 800, unit: { upTo: 2500 } },
        is: { value: 800, unit: { upTo: 3500 } },
      },
    ]);
  });

  it.each([
    [
      'of the same terms',
      '$39 per month',
      '$49 per month',
      'changed amount price, Team: 39 -> 49',
    ],
    [
      'of a year',
      '$290 per year',
      '$310 per year',
      'changed amount price, Team: 290 -> 310',
    ],
  ])(
    'beside another one of the plan %s is told alone',
    (_what, was, is, line) => {
      const second = (price: string) =>
        withTeam({ price: `$29 per month</p><p>${price}` });
      expect(told(comparing(second(was), second(is)).changes)).toEqual([line]);
    },
  );

  it('is told from the sale, not from the price that is struck through', () => {
    const after = PAGE.replace('<p>$29 per', '<p><del>$29</del> $19 per');
    expect(told(comparing(PAGE, after).changes)).toEqual([
      'changed amount price, Team: 29 -> 19',
    ]);
  });

  it('of what is used beyond the plan is told', () => {
    const over = (price: string) =>
      withTeam({
        features: ['50 projects', `250 GB included, then ${price} per GB`],
      });
    const { changes } = comparing(over('$0.09'), over('$0.12'));
    expect(changes).toHaveLength(1);
    expect(changes[0].is?.quote).toContain('0.12');
  });

  it.each([
    ['€27', 27],
    ['€29', 29],
  ])(
    'in another currency, %s for $29, is one change with both marks',
    (price, value) => {
      const { changes } = comparing(
        PAGE,
        withTeam({ price: `${price} per user per month` }),
      );
      expect(changes).toMatchObject([
        {
          aspect: 'currency',
          suspect: ['currency'],
          was: {
            value: 29,
            unit: { currency: 'USD' },
            quote: '$29 per user per month',
          },
          is: {
            value,
            unit: { currency: 'EUR' },
            quote: `${price} per user per month`,
          },
        },
      ]);
    },
  );

  it.each([
    ['a year for a month', '$29 per user per year', ['period'], ['unit']],
    ['no longer per user', '$29 per month', ['per'], ['unit']],
    [
      'billed annually',
      '$29 per user per month, billed annually',
      ['billed'],
      undefined,
    ],
    ['from so much', 'from $29 per user per month', ['from'], undefined],
  ])(
    'with other terms, %s, has changed its terms and not its number',
    (_what, price, attributes, suspect) => {
      const { changes } = comparing(PAGE, withTeam({ price }));
      expect(changes).toHaveLength(1);
      expect(changes[0]).toMatchObject({
        factKind: 'price',
        aspect: 'terms',
        attributes,
      });
      expect(changes[0].suspect).toEqual(suspect);
    },
  );

  it('that is shown as billed annually, and lower, is another billing and no cut of the price', () => {
    const { changes } = comparing(
      PAGE,
      withTeam({ price: '$24 per user per month, billed annually' }),
    );
    expect(changes).toMatchObject([
      { aspect: 'terms', attributes: ['billed'], before: 29, after: 24 },
    ]);
  });

  it('that gave way to “Contact us” is hidden: one change, whatever the button says', () => {
    const buttons = (cards: readonly CardOf[], last: string) =>
      pricingHtml(
        cards.map((card, index) =>
          but(card, { cta: index === 2 ? last : 'Start free trial' }),
        ),
      );
    const before = buttons(THREE, 'Start free trial');
    const after = buttons(
      [STARTER, TEAM, but(ENTERPRISE, { price: 'Contact us' })],
      'Talk to sales',
    );
    expect(told(comparing(before, after).changes)).toEqual([
      'changed hidden price, Enterprise: 129 -> Contact us',
    ]);
    expect(told(comparing(after, before).changes)).toEqual([
      'changed shown price, Enterprise: Contact us -> 129',
    ]);
  });

  it.each([
    ['from nothing', 'Free', '$29 per user per month', ['zero']],
    ['to nothing', '$29 per user per month', 'Free', ['zero']],
    [
      'to ten times as much',
      '$29 per user per month',
      '$290 per user per month',
      ['factor'],
    ],
    [
      'to less than a third',
      '$29 per user per month',
      '$9.50 per user per month',
      ['factor'],
    ],
    [
      'to three times as much',
      '$30 per user per month',
      '$90 per user per month',
      undefined,
    ],
  ])('that went %s says whether that is unusual', (_what, was, is, suspect) => {
    const { changes } = comparing(
      withTeam({ price: was }),
      withTeam({ price: is }),
    );
    expect(changes).toHaveLength(1);
    expect(changes[0].suspect).toEqual(suspect);
  });

  it('on a banner beside the plans is a promotion and no plan', () => {
    const banner = '<aside><h3>Black Friday</h3><p>$7 per month</p></aside>';
    const after = pricingHtml(THREE, { above: banner });
    expect(told(comparing(PAGE, after).changes)).toEqual([
      'added promotion price, Black Friday: 7',
    ]);
    expect(told(comparing(after, PAGE).changes)).toEqual([
      'removed promotion price, Black Friday: 7',
    ]);
  });
});
