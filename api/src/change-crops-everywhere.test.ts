import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutPair, type CutOrMissing } from './change-crops';
import type { Shot } from './report';

/** The parts that are cut out, over all places and sizes of a text on screenshots of all sizes. */

const size = fc.tuple(
  fc.integer({ min: 300, max: 1400 }),
  fc.integer({ min: 200, max: 4000 }),
);
const share = fc.double({ min: 0, max: 0.99, noNaN: true });
const spot = fc
  .tuple(size, share, share, share, share)
  .map(([[width, height], x, y, wide, high]) => {
    const [left, top] = [x * width, y * height];
    const shot: Shot = {
      kind: 'desktop',
      key: 'shot',
      sha256: 'a'.repeat(64),
      width,
      height,
      bytes: 1,
      truncated: false,
    };
    const box = {
      x: left,
      y: top,
      width: Math.min(1 + wide * 900, width - left),
      height: Math.min(1 + high * 500, height - top),
    };
    return { shot, box };
  });

function cutOf(made: CutOrMissing | undefined) {
  if (!made || 'missing' in made) throw new Error('there is no picture');
  return made;
}
const bothOf = (
  before: Parameters<typeof cutPair>[0]['before'],
  after = before,
) => {
  const pair = cutPair({ before, after });
  return [cutOf(pair.before), cutOf(pair.after)];
};

describe('the parts that show a change', () => {
  it('have one size, in whole pixels, and lie on their screenshots', () => {
    fc.assert(
      fc.property(spot, spot, (before, after) => {
        const both = bothOf(before, after);
        for (const { area, shot } of both) {
          expect(area).toMatchObject({
            width: both[0].area.width,
            height: both[0].area.height,
          });
          expect(Object.values(area).every(Number.isInteger)).toBe(true);
          expect(Math.min(area.left, area.top)).toBeGreaterThanOrEqual(0);
          expect(area.left + area.width).toBeLessThanOrEqual(shot.width);
          expect(area.top + area.height).toBeLessThanOrEqual(shot.height);
        }
      }),
    );
  });

  it('hold the text wholly where it is not larger than they are', () => {
    fc.assert(
      fc.property(spot, spot, (before, after) => {
        const torn = bothOf(before, after).filter(
          ({ area, mark, whole }) =>
            !whole &&
            mark.width + 2 <= area.width &&
            mark.height + 2 <= area.height,
        );
        expect(torn).toEqual([]);
      }),
    );
  });
});
