import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { thumbnail, TILE_SIDE, tileAreas, tiles } from './images';

const shot = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#36c' } })
    .webp({ lossless: true })
    .toBuffer();

describe('tiles', () => {
  it('cover the picture, do not overlap and are never too large', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: 1, max: 5000 }),
        (width, height) => {
          const areas = tileAreas(width, height);
          expect(
            areas.reduce((sum, area) => sum + area.width * area.height, 0),
          ).toBe(width * height);
          for (const area of areas) {
            expect(area.width).toBeGreaterThan(0);
            expect(Math.max(area.width, area.height)).toBeLessThanOrEqual(
              TILE_SIDE,
            );
            expect(area.left + area.width).toBeLessThanOrEqual(width);
            expect(area.top + area.height).toBeLessThanOrEqual(height);
          }
        },
      ),
    );
  });

  it('are cut from top to bottom', async () => {
    const cut = await tiles(await shot(1280, 4000));
    expect(cut.map(({ file, width, height }) => [file, width, height])).toEqual(
      [
        ['tile-0.webp', 1280, 1333],
        ['tile-1.webp', 1280, 1334],
        ['tile-2.webp', 1280, 1333],
      ],
    );
  });
});

describe('thumbnails', () => {
  it.each([
    [1280, 4000, 480, 600, true],
    [1280, 800, 480, 300, false],
    [200, 100, 200, 100, false],
  ])('of %ix%i are %ix%i', async (width, height, w, h, truncated) => {
    expect(await thumbnail(await shot(width, height), 'desktop')).toMatchObject(
      { width: w, height: h, truncated },
    );
  });

  it('of what is no picture fail', async () => {
    await expect(thumbnail(Buffer.from('<svg'), 'mobile')).rejects.toThrow();
  });
});
