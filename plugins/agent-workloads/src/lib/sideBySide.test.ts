import type { Fact } from '@agentworkloads/api';
import { FACTS } from '../__testUtils__/evidence';
import { english } from '../__testUtils__/words';
import { sideBySide } from './sideBySide';

const price = FACTS.find(({ kind }) => kind === 'price')!;
const differing = (before: readonly Fact[], after: readonly Fact[]) =>
  sideBySide(before, after, english)
    .flatMap(({ rows }) => rows)
    .filter(({ isSame }) => !isSame)
    .map(({ plan, earlier, later }) => [plan, earlier, later]);

describe('two reports side by side', () => {
  const charge = (value: string): Fact => ({
    ...price,
    id: value,
    kind: 'limit',
    value,
    unit: undefined,
  });

  it('differ in nothing where they say the same', () => {
    expect(differing(FACTS, FACTS)).toEqual([]);
  });

  it('differ where only what is paid on top does', () => {
    expect(
      differing(
        [price, charge('+ $15 per agent')],
        [price, charge('+ $35 per agent')],
      ),
    ).toEqual([
      [
        'Starter',
        ['$19 per user a month', '+ $15 per agent'],
        ['$19 per user a month', '+ $35 per agent'],
      ],
    ]);
  });

  it('have nothing to compare where neither has a price', () => {
    expect(sideBySide([], [], english)).toEqual([]);
  });
});
