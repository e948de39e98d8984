import { parseRunsQuery } from './queryRuns';

describe('the query of a list of runs', () => {
  it('takes one value where a list may stand, and words for yes and no', () => {
    expect(
      parseRunsQuery({
        phase: 'Failed',
        hasReport: 'false',
        mine: 'true',
        from: '2026-01-01T00:00:00+01:00',
      }),
    ).toMatchObject({
      phase: ['Failed'],
      hasReport: false,
      mine: true,
      from: Date.parse('2025-12-31T23:00:00Z'),
      sort: 'createdAt',
      order: 'desc',
      offset: 0,
      limit: 25,
    });
  });

  it.each([
    ['hasReport', 'perhaps'],
    ['from', 'yesterday'],
    ['url', 'no address'],
    ['outcome', 'good'],
    ['sort', 'colour'],
  ])('names the parameter that it can not use: %s', (name, value) => {
    expect(() => parseRunsQuery({ [name]: value })).toThrow(name);
  });
});
