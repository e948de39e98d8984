import { inReadingOrder, type Change } from './change';

const change = (part: Partial<Change>): Change => ({
  kind: 'changed',
  factKind: 'price',
  subject: 'Team',
  url: 'https://acme.example/pricing',
  ...part,
});

describe('changes in the order of reading', () => {
  it('are the unusual ones, then prices, then plans, then the rest', () => {
    const headline = change({ factKind: 'headline' });
    const feature = change({ factKind: 'feature' });
    const price = change({});
    const plan = change({ factKind: 'plan' });
    const unusual = change({ factKind: 'plan', suspect: ['factor', 'unit'] });
    expect(inReadingOrder([headline, feature, plan, price, unusual])).toEqual([
      unusual,
      price,
      plan,
      feature,
      headline,
    ]);
  });

  it('stay as they were told where nothing sets them apart', () => {
    const told = ['Solo', 'Team', 'Scale'].map(subject => change({ subject }));
    expect(inReadingOrder(told)).toEqual(told);
  });
});
