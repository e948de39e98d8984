import { extensionChoices } from './extension';

const gate = {
  openedAt: '2026-11-20T10:00:00Z',
  deadline: '2026-11-23T10:00:00Z',
};
const DAY = 86_400;

describe('until when a gate can be left open', () => {
  it('is some hours to a week more, and at last what policy leaves', () => {
    expect(extensionChoices(gate, 14 * DAY)).toEqual([
      '2026-11-23T14:00:00Z',
      '2026-11-24T10:00:00Z',
      '2026-11-26T10:00:00Z',
      '2026-11-30T10:00:00Z',
      '2026-12-04T10:00:00Z',
    ]);
  });

  it('is never later than policy leaves', () => {
    expect(extensionChoices(gate, 3 * DAY + 7200)).toEqual([
      '2026-11-23T12:00:00Z',
    ]);
  });

  it.each([
    ['policy leaves no more', gate, 3 * DAY],
    ['policy did not say', gate, undefined],
    ['the gate has no times', {}, 14 * DAY],
  ])('is nothing where %s', (_what, times, longest) => {
    expect(extensionChoices(times, longest)).toEqual([]);
  });
});
