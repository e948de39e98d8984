import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { synthesisStep } from '../src/steps/synthesis/step';
import {
  but,
  ENTERPRISE,
  PRICING,
  pricingHtml,
  STARTER,
  TEAM,
} from './observed-runs';
import { anyStep } from './support/harness';
import { colourOf } from './support/painted';
import {
  createRuns,
  FIRST,
  pictureKeyOf,
  reportOf,
  SECOND,
} from './support/saved-run';

/** What report.html shows of a change: the place before and the place now, cut out of what both runs saved. */

const runs = createRuns();
const { baselineOf, compared, put, remove } = runs;
beforeAll(runs.open);
afterAll(runs.close);

interface Shown {
  width: number;
  height: number;
  alt: string;
  /** The colour in the middle of the outline. */
  colour: readonly number[];
}

/** The figures of the first pair: a picture, or the words in its place. */
async function figuresOf(html: string): Promise<(Shown | string)[]> {
  const pair = /<div class="pair">(.*?)<\/div><\/li>/s.exec(html)?.[1] ?? '';
  const figures = [...pair.matchAll(/<figure>(.*?)<\/figure>/gs)];
  return Promise.all(
    figures.map(async ([, figure]) => {
      const found =
        /<img src="data:image\/webp;base64,([^"]+)" width="(\d+)" height="(\d+)" alt="([^"]*)"><i style="left:([\d.]+)%;top:([\d.]+)%;width:([\d.]+)%;height:([\d.]+)%"/.exec(
          figure,
        );
      if (!found) return figure.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
      const [, data, width, height, alt, ...mark] = found;
      const [left, top, wide, high] = mark.map(Number);
      const { data: pixels, info } = await sharp(Buffer.from(data, 'base64'))
        .raw()
        .toBuffer({ resolveWithObject: true });
      expect([info.width, info.height]).toEqual([+width, +height]);
      const x = Math.round(((left + wide / 2) / 100) * info.width);
      const y = Math.round(((top + high / 2) / 100) * info.height);
      const at = (y * info.width + x) * info.channels;
      return {
        width: +width,
        height: +height,
        alt,
        colour: [...pixels.subarray(at, at + 3)],
      };
    }),
  );
}

function near(shown: Shown | string, text: string): void {
  if (typeof shown === 'string') throw new Error(`no picture: ${shown}`);
  colourOf(text).forEach((value, channel) =>
    expect(Math.abs(value - shown.colour[channel])).toBeLessThan(25),
  );
}

const htmlOf = async (
  before: typeof FIRST,
  after: typeof FIRST,
): Promise<string> =>
  (await reportOf(await compared(after, await baselineOf(before)))).html;

const only = (...cards: (typeof TEAM)[]) => ({ [PRICING]: pricingHtml(cards) });

describe('the pictures of a changed price', () => {
  it('show the old one and the new one in one size, at their places', async () => {
    const [before, now] = await figuresOf(await htmlOf(FIRST, SECOND));
    near(before, '$29 per user per month');
    near(now, '$39 per user per month');
    expect(before).toMatchObject({
      width: 460,
      height: 260,
      alt: 'Before: “$29 per user per month” on acme.example/pricing',
    });
    expect(now).toMatchObject({
      width: 460,
      height: 260,
      alt: 'Now: “$39 per user per month” on acme.example/pricing',
    });
  });

  it('are the same bytes in each attempt', async () => {
    const run = await compared(SECOND, await baselineOf(FIRST));
    const { html } = await reportOf(run);
    expect(html).toContain('<div class="pair">');
    await run.run(anyStep(synthesisStep));
    expect(await run.readOutput('report.html')).toBe(html);
  });
});

describe('what came or went', () => {
  const more = but(TEAM, { name: 'Scale', price: '$59 per user per month' });
  const four = only(STARTER, TEAM, more, ENTERPRISE);
  const three = only(STARTER, TEAM, ENTERPRISE);

  it('has a picture of now alone, and words for before', async () => {
    const [before, now] = await figuresOf(await htmlOf(three, four));
    expect(before).toContain('It was not there.');
    near(now, 'Scale');
  });

  it('has a picture of before alone, and words for now', async () => {
    const [before, now] = await figuresOf(await htmlOf(four, three));
    near(before, 'Scale');
    expect(now).toContain('It is not there any more.');
  });
});

describe('a picture of the earlier run that can’t be had', () => {
  it.each<[string, (key: string) => Promise<void>, string]>([
    ['is gone', remove, 'no longer in object storage'],
    [
      'was altered',
      key => put(key, 'forged'),
      'does not have the hash that was recorded',
    ],
  ])(
    'is named where it %s, beside the one of now',
    async (_how, spoil, words) => {
      const baseline = await baselineOf(FIRST);
      const run = await compared(SECOND, baseline);
      await spoil(pictureKeyOf(baseline, PRICING));
      const [before, now] = await figuresOf((await reportOf(run)).html);
      expect(before).toContain(words);
      near(now, '$39 per user per month');
    },
  );
});

it('a picture of this run that was altered since the approval makes no report', async () => {
  const run = await compared(SECOND, await baselineOf(FIRST));
  await run.approve();
  const place = { workflowUid: run.uid } as Parameters<typeof pictureKeyOf>[0];
  await put(pictureKeyOf(place, PRICING), 'forged');
  await expect(run.run(anyStep(synthesisStep))).rejects.toThrow(
    'A picture does not have the hash that was approved',
  );
});
