import { describe, expect, it } from '@jest/globals';
import type { ChangeSide } from './change';
import { cutPair, isShown, spotOf, type CutOrMissing } from './change-crops';
import type { PageRecord, Shot } from './report';

const HASH = 'a'.repeat(64);
const shot = (width = 1280, height = 2000, key = 'desktop'): Shot => ({
  kind: 'desktop',
  key,
  sha256: HASH,
  width,
  height,
  bytes: 1,
  truncated: false,
});
const box = (x: number, y: number, width = 60, height = 24) => ({
  x,
  y,
  width,
  height,
});
const side = (more: Partial<ChangeSide> = {}): ChangeSide => ({
  subject: 'Team',
  value: 29,
  quote: '$29',
  factId: 'f',
  source: 'text',
  sourceSha256: HASH,
  start: 0,
  end: 3,
  box: box(100, 100),
  url: 'https://acme.example/',
  workflowUid: 'w',
  ...more,
});
const page = (more: Partial<PageRecord> = {}): PageRecord => ({
  url: 'https://acme.example/',
  urlSha256: HASH,
  redirects: [],
  blocked: [],
  textKey: 't',
  textSha256: HASH,
  htmlKey: 'h',
  htmlSha256: 'b'.repeat(64),
  layoutKey: 'l',
  layoutSha256: HASH,
  shots: [shot()],
  ...more,
});

function cutOf(made: CutOrMissing | undefined) {
  if (!made || 'missing' in made) throw new Error('there is no picture');
  return made;
}

describe('the parts that show a change', () => {
  it('have the text in the middle', () => {
    const { area, mark } = cutOf(
      cutPair({ after: { shot: shot(), box: box(600, 900) } }).after,
    );
    expect(area).toEqual({ left: 400, top: 782, width: 460, height: 260 });
    expect(mark).toEqual({ left: 200, top: 118, width: 60, height: 24 });
  });

  it('are as large as the larger text of the two', () => {
    const pair = cutPair({
      before: { shot: shot(), box: box(0, 0) },
      after: { shot: shot(), box: box(200, 300, 700, 400) },
    });
    expect(cutOf(pair.before).area).toMatchObject({ width: 748, height: 448 });
    expect(cutOf(pair.after).whole).toBe(true);
  });

  it('say that a text larger than a picture may be is not shown wholly', () => {
    const pair = cutPair({
      after: { shot: shot(), box: box(0, 0, 1200, 24) },
    });
    expect(cutOf(pair.after).whole).toBe(false);
  });

  it('are one where the other can’t be had, or where there is no other', () => {
    const after = { shot: shot(), box: box(600, 900) };
    expect(cutPair({ before: { missing: 'gone' }, after }).before).toEqual({
      missing: 'gone',
    });
    expect(cutPair({ after })).not.toHaveProperty('before');
  });
});

describe('the place of one side', () => {
  it('is on the desktop screenshot of its page', () => {
    expect(spotOf(side(), { pages: [page()] })).toEqual({
      shot: shot(),
      box: box(100, 100),
    });
  });

  it('is on the screenshot of its view, and for a frame on that of the page', () => {
    const files = {
      textKey: 't',
      textSha256: HASH,
      htmlKey: 'h',
      htmlSha256: HASH,
      layoutKey: 'l',
      layoutSha256: HASH,
      truncated: false,
    };
    const views = [
      { id: 'page', shots: [shot()], ...files },
      { id: 'state-1', shots: [shot(1280, 800, 'yearly')], ...files },
      {
        id: 'frame-1',
        shots: [],
        frame: { url: 'https://prices.example/' },
        ...files,
      },
    ];
    const on = (view: string) =>
      spotOf(side({ view }), { pages: [page({ views })] });
    expect(on('state-1')).toMatchObject({ shot: { key: 'yearly' } });
    expect(on('frame-1')).toMatchObject({ shot: { key: 'desktop' } });
  });

  it('is that of the look which it was read in', () => {
    const second = page({
      textSha256: 'c'.repeat(64),
      shots: [shot(1280, 800, 'again')],
    });
    expect(
      spotOf(side({ sourceSha256: 'c'.repeat(64) }), {
        pages: [page({ secondLook: second })],
      }),
    ).toMatchObject({ shot: { key: 'again' } });
  });

  it.each<[string, ChangeSide, PageRecord[] | undefined, string]>([
    ['the run is gone', side(), undefined, 'can’t be had'],
    ['the page is not there', side(), [], 'not among those'],
    [
      'the page was not seen',
      side(),
      [page({ reason: 'TIMEOUT' })],
      'not among those',
    ],
    [
      'the saved page is another one',
      side({ sourceSha256: 'd'.repeat(64) }),
      [page()],
      'not among those',
    ],
    ['there is no screenshot', side(), [page({ shots: [] })], 'no screenshot'],
    ['there is no box', side({ box: undefined }), [page()], 'not known'],
    [
      'the screenshot ends above it',
      side({ box: box(0, 2000) }),
      [page()],
      'outside',
    ],
  ])('is said to be missing where %s', (_where, of, pages, words) => {
    expect(spotOf(of, pages && { pages })).toEqual({
      missing: expect.stringContaining(words),
    });
  });
});

describe('pictures', () => {
  it.each([
    ['price', 'amount', true],
    ['price', 'terms', true],
    ['plan', 'name', true],
    ['price', 'promotion', false],
    ['feature', 'wording', false],
  ] as const)('of a changed %s (%s): %s', (factKind, aspect, shown) => {
    const change = {
      kind: 'changed' as const,
      factKind,
      aspect,
      subject: 'Team',
      url: 'https://acme.example/',
      was: side(),
      is: side(),
    };
    expect(isShown(change)).toBe(shown);
    expect(isShown({ ...change, was: undefined, is: undefined })).toBe(false);
  });
});
