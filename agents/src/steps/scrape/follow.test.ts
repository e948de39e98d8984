import { describe, expect, it } from '@jest/globals';
import { followable, type SeenTarget } from './follow';

const seen = (
  url: string,
  pricingLink?: string,
  more: Partial<SeenTarget['page']> & { priced?: boolean } = {},
): SeenTarget => {
  const { priced = false, ...page } = more;
  return { page: { url, pricingLink, ...page }, priced };
};

const A = 'https://a.example/';
const A_PRICING = 'https://a.example/pricing';

describe('a pricing page is followed', () => {
  it('from a page without a price that names it', () => {
    expect(followable([seen(A, A_PRICING)])).toEqual([
      { url: A_PRICING, from: A },
    ]);
  });

  it('once a site, from the first page that names one', () => {
    expect(
      followable([
        seen('https://a.example/about', A_PRICING),
        seen('https://www.a.example/', 'https://www.a.example/plans'),
        seen('https://b.example/', 'https://b.example/pricing'),
      ]),
    ).toEqual([
      { url: A_PRICING, from: 'https://a.example/about' },
      { url: 'https://b.example/pricing', from: 'https://b.example/' },
    ]);
  });

  it('once for all targets of a site, whatever sites beside each other they name', () => {
    expect(
      followable([
        seen('https://a.example/one', 'https://eu.a.example/pricing'),
        seen('https://a.example/two', 'https://us.a.example/pricing'),
        seen('https://www.a.example/three', 'https://uk.a.example/pricing'),
      ]),
    ).toEqual([
      { url: 'https://eu.a.example/pricing', from: 'https://a.example/one' },
    ]);
  });

  it('as far as there is room for pages', () => {
    const targets = ['a', 'b', 'c'].map(name =>
      seen(`https://${name}.example/`, `https://${name}.example/pricing`),
    );
    expect(followable(targets, 5)).toHaveLength(2);
    expect(followable(targets, 3)).toEqual([]);
  });
});

describe('nothing is followed', () => {
  const never: Record<string, SeenTarget[]> = {
    'from a page that shows a price': [seen(A, A_PRICING, { priced: true })],
    'from a page that was not observed': [
      seen(A, A_PRICING, { reason: 'LOGIN_WALL' }),
    ],
    'from a page that names none': [seen(A)],
    'to a target': [seen(A, A_PRICING), seen('https://a.example/pricing/')],
    'to where a target was redirected': [
      seen(A, A_PRICING),
      seen('https://a.example/p', undefined, { finalUrl: A_PRICING }),
    ],
    'to an address that a spec may not name': [
      seen(A, 'https://user:secret@a.example/pricing'),
      seen(A, `https://a.example/${'x'.repeat(3000)}`),
    ],
  };
  it.each(Object.keys(never))('%s', kind => {
    expect(followable(never[kind])).toEqual([]);
  });
});
