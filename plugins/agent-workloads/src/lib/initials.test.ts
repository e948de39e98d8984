import { initials } from './initials';

describe('the initials of a company', () => {
  it.each([
    ['Cloud Harbor', 'CH'],
    ['Tidepool', 'TI'],
    ['tidepool.example:4180', 'TE'],
    ['équipe', 'ÉQ'],
    ['7Bridges', '7B'],
    ['日本 商事', '日商'],
    ['—', ''],
  ])('of %s are %s', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
