import { nameOfSide, readSide, type SwitchStand } from './switch-side';

const STANDS: SwitchStand[] = ['chosen', 'notChosen', 'asLoaded', 'pressed'];

describe('the name of a side of a switch', () => {
  it.each(STANDS)(
    'that has no word of its own is read as written: %s',
    stand => {
      const side = { label: 'Pay yearly: save 10 %', stand };
      expect(readSide(nameOfSide(side))).toEqual(side);
      expect(readSide(`${nameOfSide(side)} (2)`)).toEqual(side);
    },
  );

  it.each([
    ['Yearly', { label: 'Yearly', stand: 'chosen' }],
    ['not “Yearly”', { label: 'Yearly', stand: 'notChosen' }],
    ['not “A “B””', { label: 'A “B”', stand: 'notChosen' }],
    ['Plans: office', { label: 'Plans: office', stand: 'chosen' }],
  ])('%s', (name, side) => {
    expect(readSide(name)).toEqual(side);
  });
});
