import {
  cronOf,
  paceOf,
  proposedName,
  timeZones,
  upcoming,
  type PaceParts,
} from './pace';

describe('the pace of a schedule', () => {
  it.each<[string, Partial<PaceParts>]>([
    ['0 7 * * 1', { pace: 'week', hour: 7, weekday: 1 }],
    ['0 23 * * 7', { pace: 'week', hour: 23, weekday: 0 }],
    ['0 5 * * *', { pace: 'day', hour: 5 }],
    ['30 5 * * *', { pace: 'own' }],
    ['0 24 * * *', { pace: 'own' }],
    ['@weekly', { pace: 'own' }],
  ])('of %s is found', (schedule, parts) => {
    expect(paceOf(schedule)).toMatchObject(parts);
  });

  it.each(['0 7 * * 1', '0 0 * * 0', '0 13 * * *'])(
    'and %s is what is made of it again',
    schedule => {
      expect(cronOf(paceOf(schedule))).toBe(schedule);
    },
  );

  it('has the next times as the operator has them, also over a change of clocks', () => {
    const now = Date.parse('2026-10-23T00:00:00Z');
    expect(upcoming('30 2 * * *', 'Europe/Berlin', now)).toEqual({
      kind: 'times',
      times: [
        '2026-10-23T00:30:00.000Z',
        '2026-10-24T00:30:00.000Z',
        '2026-10-25T00:30:00.000Z',
      ],
    });
    expect(upcoming('0 0 30 2 *', 'Etc/UTC', now)).toMatchObject({
      kind: 'invalid',
      field: 'schedule',
    });
  });
});

describe('the list of time zones', () => {
  it('has the usual ones once, and what was chosen', () => {
    const zones = timeZones('Mars/Base');
    expect(zones).toEqual(
      expect.arrayContaining(['Etc/UTC', 'Europe/Berlin', 'Mars/Base']),
    );
    expect(new Set(zones).size).toBe(zones.length);
  });
});

describe('the proposed name', () => {
  it.each([
    ['https://www.tidepool.example/pricing', 'week', 'tidepool-weekly'],
    ['http://tidepool.localhost:4180/', 'day', 'tidepool-daily'],
    ['https://a_b.Example.co.uk', 'own', 'a-b-example-co-schedule'],
    ['', 'week', 'pages-weekly'],
    ['not a url', 'demo', 'pages-demo'],
  ] as const)('of %s, each %s, is %s', (url, pace, name) => {
    expect(proposedName(url, pace, [], 40)).toBe(name);
  });

  it('is a free one, and short enough', () => {
    const url = `https://${'x'.repeat(60)}.example`;
    const first = proposedName(url, 'week', [], 40);
    expect(first).toHaveLength(40);
    const second = proposedName(url, 'week', [first], 40);
    expect(second).toMatch(/-weekly-2$/);
    expect(second).toHaveLength(40);
  });
});
