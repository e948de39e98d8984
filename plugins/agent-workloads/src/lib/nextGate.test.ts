import { aGate, aRun } from '../__testUtils__/runs';
import { nextAfter } from './nextGate';

const gateOf = (name: string, allowed = true) =>
  aGate(aRun({ name, phase: 'AwaitingApproval' }), { allowed });
const FIRST = gateOf('first');
const OTHERS = gateOf('of-others', false);
const SECOND = gateOf('second');
const THIRD = gateOf('third');

describe('the next gate of a person', () => {
  it.each([
    ['comes after this one, and has its own place', FIRST, SECOND, 2],
    ['is counted without those of others', SECOND, THIRD, 3],
    ['is the first one after the last', THIRD, FIRST, 1],
  ])('%s', (_what, from, next, place) => {
    expect(nextAfter([FIRST, OTHERS, SECOND, THIRD], from.uid)).toEqual({
      next,
      place,
      count: 3,
    });
  });

  it('is the first one for who looks at a gate that is decided, or of others', () => {
    expect(nextAfter([OTHERS, FIRST, SECOND], OTHERS.uid)).toEqual({
      next: FIRST,
      count: 2,
    });
  });

  it.each([
    ['only this one waits', [OTHERS, FIRST]],
    ['none waits', [OTHERS]],
  ])('is not there where %s', (_what, gates) => {
    expect(nextAfter(gates, FIRST.uid)).toBeUndefined();
  });
});
