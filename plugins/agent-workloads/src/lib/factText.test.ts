import type { Change, ChangeSide } from '@agentworkloads/api';
import { changeText, priceTerms } from './factText';
import { formatDate } from './time';
import { english } from '../__testUtils__/words';

const side = (value: number, workflowUid: string, at: string): ChangeSide => ({
  subject: 'Team',
  value,
  unit: { currency: 'USD', period: 'month' },
  quote: `$${value}`,
  factId: 'fact-0001',
  source: 'text',
  sourceSha256: 'a'.repeat(64),
  start: 0,
  end: 3,
  url: 'https://acme.example/pricing',
  workflowUid,
  at,
});
const AUTUMN = '2026-10-25T08:00:00.000Z';
const was = side(22, 'last', '2026-11-22T08:00:00.000Z');
const change: Change = {
  kind: 'changed',
  factKind: 'price',
  subject: 'Team',
  url: was.url,
  before: 22,
  after: 23,
  aspect: 'amount',
  was,
  is: side(23, 'this', '2026-11-29T08:00:00.000Z'),
};

describe('what a visitor chose to be shown a price', () => {
  it.each([
    ['Yearly', 'with “Yearly” chosen'],
    ['not “Yearly”', 'with “Yearly” not chosen'],
  ])('%s', (state, words) => {
    expect(priceTerms({ state }, english)).toBe(words);
  });
});

describe('a changed price', () => {
  it('says what it was and is', () => {
    expect(changeText(change, undefined, english)).toMatch(/^\$22.* → \$23/);
    expect(changeText(change, undefined, english)).not.toContain('since');
  });

  it('says once what both have, and twice what they have not', () => {
    expect(changeText(change, undefined, english)).toBe('$22 → $23 a month');
    const unit = { currency: 'USD', period: 'year' } as const;
    expect(
      changeText(
        { ...change, is: { ...change.is!, unit } },
        undefined,
        english,
      ),
    ).toBe('$22 a month → $23 a year');
    expect(
      changeText({ ...change, is: { ...was, unit } }, undefined, english),
    ).toBe('$22 a month → $22 a year');
  });

  it('says what small steps add up to, and since when', () => {
    const since = { was: side(20, 'older', AUTUMN), percent: 15 };
    expect(changeText({ ...change, since }, undefined, english)).toContain(
      `; since ${formatDate(AUTUMN, english)}: $20, +15 %`,
    );
    const down = { was: side(40, 'older', AUTUMN), percent: 42.5 };
    expect(
      changeText({ ...change, since: down }, undefined, english),
    ).toContain('−42.5 %');
  });

  it('says that a range fell where its upper end did', () => {
    const range = (upTo: number, of: ChangeSide): ChangeSide => ({
      ...of,
      value: 20,
      unit: { ...of.unit, upTo },
    });
    const told = changeText(
      {
        ...change,
        was: range(90, was),
        is: range(88, change.is!),
        since: { was: range(100, side(20, 'older', AUTUMN)), percent: 12 },
      },
      undefined,
      english,
    );
    expect(told).toContain('$20–$100, −12 %');
  });

  it('says of which day the value before is, where no run in between told of it', () => {
    const older = side(20, 'older', AUTUMN);
    const text = changeText(
      {
        ...change,
        was: older,
        since: { was: older, percent: 15 },
      },
      undefined,
      english,
    );
    expect(text).toMatch(/^\$20/);
    expect(text).toContain(` since ${formatDate(AUTUMN, english)}`);
    expect(text).not.toContain('%');
  });
});
