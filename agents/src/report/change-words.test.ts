import { describe, expect, it } from '@jest/globals';
import {
  changeSchema,
  reportSchema,
  type Change,
  type ChangeSide,
} from '@agentworkloads/api';
import { changeSentence } from './change-words';

const side = (
  value: string | number,
  unit?: ChangeSide['unit'],
  subject = 'Team',
): ChangeSide => ({
  subject,
  value,
  ...(unit && { unit }),
  quote: String(value),
  factId: 'f'.repeat(24),
  source: 'text',
  sourceSha256: '0'.repeat(64),
  start: 0,
  end: 3,
  url: 'https://acme.example/pricing',
  workflowUid: 'run-1',
});
const monthly = { currency: 'USD', period: 'month' as const };
const change = (
  factKind: Change['factKind'],
  was: ChangeSide | undefined,
  is: ChangeSide | undefined,
  rest: Partial<Change> = {},
): Change => {
  const presence = is ? 'added' : 'removed';
  return {
    kind: was && is ? 'changed' : presence,
    factKind,
    subject: (is ?? was)!.subject,
    url: 'https://acme.example/pricing',
    ...(was && { was, before: was.value }),
    ...(is && { is, after: is.value }),
    ...rest,
  };
};

describe('the sentence of a change', () => {
  it.each<[string, Change]>([
    [
      'The price of “Team” changed from $29 per month to $39 per month.',
      change('price', side(29, monthly), side(39, monthly), {
        aspect: 'amount',
      }),
    ],
    [
      'The price of “Team” changed from $800–$2,500 per month to $800–$3,500 per month.',
      change(
        'price',
        side(800, { ...monthly, upTo: 2500 }),
        side(800, { ...monthly, upTo: 3500 }),
        { aspect: 'amount' },
      ),
    ],
    [
      'The price of “Team” is shown in another currency: €27 per month, it was $29 per month. Unusual: another currency.',
      change(
        'price',
        side(29, monthly),
        side(27, { ...monthly, currency: 'EUR' }),
        {
          aspect: 'currency',
          suspect: ['currency'],
        },
      ),
    ],
    [
      'The terms of the price of “Team” changed from $29 per month to $29 per year. Unusual: another unit.',
      change(
        'price',
        side(29, monthly),
        side(29, { ...monthly, period: 'year' }),
        {
          aspect: 'terms',
          suspect: ['unit'],
        },
      ),
    ],
    [
      'The price of “Team” is now hidden: “Contact us”; it was $129 per month.',
      change('price', side(129, monthly), side('Contact us'), {
        aspect: 'hidden',
      }),
    ],
    [
      'The price of “Team” changed from no charge to $5 per month. Unusual: nothing on one side.',
      change('price', side(0), side(5, monthly), {
        aspect: 'amount',
        suspect: ['zero'],
      }),
    ],
    [
      'The feature “Audit log” moved from “Enterprise” to “Team”.',
      change(
        'feature',
        side('Audit log', undefined, 'Enterprise'),
        side('Audit log'),
        {
          aspect: 'moved',
        },
      ),
    ],
    [
      'Plan “Crew” is now called “Team”.',
      change('plan', side('Crew', undefined, 'Crew'), side('Team'), {
        aspect: 'name',
      }),
    ],
    [
      'Gone, price of “Team”: $29 per month.',
      change('price', side(29, monthly), undefined),
    ],
    [
      'New promotion of “Team”: $9 per month.',
      change('price', undefined, side(9, monthly), { aspect: 'promotion' }),
    ],
  ])('%s', (sentence, told) => {
    expect(changeSentence(changeSchema.parse(told))).toBe(sentence);
  });

  it('says that a range fell since it was shown where its upper end did', () => {
    const range = (upTo: number) => side(20, { ...monthly, upTo });
    const older = {
      ...range(100),
      workflowUid: 'run-0',
      at: '2026-09-06T08:00:00.000Z',
    };
    const told = change('price', range(92), range(88), {
      aspect: 'amount',
      since: { was: older, percent: 12 },
    });
    expect(changeSentence(told)).toContain(
      'Since 2026-09-06: $20–$100 per month → $20–$88 per month (−12 %).',
    );
  });

  it('still reads a change of before, which has no sides', () => {
    const { was: _was, is: _is, ...bare } = change('price', side(8), side(10));
    expect(reportSchema.shape.changes.parse([bare])).toEqual([bare]);
    expect(changeSentence(bare)).toBe(
      'The price of “Team” changed from 8 to 10.',
    );
  });
});
