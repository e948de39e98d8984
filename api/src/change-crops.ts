import { changeClass, type Change, type ChangeSide } from './change';
import type { Box } from './fact';
import { looksOf, shotsOf, viewOf, type Manifest, type Shot } from './report';

/**
 * Which parts of two screenshots show a change: the place before and the place now, in one size and one scale. Screenshots have a pixel
 * for each CSS pixel, and nothing here is enlarged or made smaller. The report and the portal show the same parts.
 */

export interface Size {
  width: number;
  height: number;
}
export interface Area extends Size {
  left: number;
  top: number;
}

/** What is around a price says whose it is; two of these stand side by side in the report. */
const LEAST: Size = { width: 460, height: 260 };
/** A longer text shows its middle. */
const MOST: Size = { width: 1000, height: 600 };
const MARGIN = 24;

/** Where a picture is cut out, or why there is none. */
export type Spot = { shot: Shot; box: Box } | { missing: string };

export interface Cut {
  shot: Shot;
  area: Area;
  /** The changed text, in pixels of the area; reaches beyond it where the text is larger. */
  mark: Area;
  /** The text lies in the area as a whole. */
  whole: boolean;
}
export type CutOrMissing = Cut | { missing: string };

/** A side is absent where the change has none: what came was not there before, what went is not there now. */
export interface CutPair {
  before?: CutOrMissing;
  after?: CutOrMissing;
}

/** Prices and plans are shown; for a reworded feature the sentence is enough. */
export const isShown = (change: Change): boolean =>
  changeClass(change) !== 'other' && Boolean(change.was ?? change.is);

/** Where one side of a change stands on what its run saved. @param manifest of that run; absent where it can't be had */
export function spotOf(
  side: ChangeSide,
  manifest: Pick<Manifest, 'pages'> | undefined,
): Spot {
  if (!manifest) return { missing: 'What that run saved can’t be had.' };
  const seen = looksOf(manifest.pages)
    .filter(page => page.url === side.url && !page.reason)
    .map(page => ({ page, view: viewOf(page, side) }))
    .find(({ view }) =>
      [view?.textSha256, view?.htmlSha256].includes(side.sourceSha256),
    );
  if (!seen)
    return { missing: 'The saved page is not among those of the run.' };
  const shot = shotsOf(seen.page, seen.view).find(
    ({ kind }) => kind === 'desktop',
  );
  if (!shot) return { missing: 'There is no screenshot of it.' };
  const { box } = side;
  if (!box)
    return {
      missing: 'Where it stands on the screenshot is not known.',
    };
  if (box.y >= shot.height || box.x >= shot.width)
    return {
      missing: 'It stands outside of what was photographed of the page.',
    };
  return { shot, box };
}

const isSpot = (spot: Spot | undefined): spot is Extract<Spot, { box: Box }> =>
  spot !== undefined && 'box' in spot;

/** One size for both: room for the larger text, and no more than the smaller screenshot has. */
function sizeOf(spots: readonly Extract<Spot, { box: Box }>[]): Size {
  const side = (of: keyof Size) =>
    Math.min(
      Math.max(
        LEAST[of],
        ...spots.map(({ box }) => Math.ceil(box[of]) + 2 * MARGIN),
      ),
      MOST[of],
      ...spots.map(({ shot }) => shot[of]),
    );
  return { width: side('width'), height: side('height') };
}

/** The text in the middle, moved where the screenshot ends. */
function start(at: number, length: number, size: number, end: number): number {
  const middle = Math.floor(at + length / 2 - size / 2);
  return Math.max(0, Math.min(middle, end - size));
}

function cut({ shot, box }: { shot: Shot; box: Box }, size: Size): Cut {
  const area = {
    left: start(box.x, box.width, size.width, shot.width),
    top: start(box.y, box.height, size.height, shot.height),
    ...size,
  };
  const mark = {
    left: box.x - area.left,
    top: box.y - area.top,
    width: box.width,
    height: box.height,
  };
  const whole =
    mark.left >= 0 &&
    mark.top >= 0 &&
    mark.left + mark.width <= size.width &&
    mark.top + mark.height <= size.height;
  return { shot, area, mark, whole };
}

/** Both sides in one size; a side without a place keeps the reason. */
export function cutPair(spots: { before?: Spot; after?: Spot }): CutPair {
  const size = sizeOf([spots.before, spots.after].filter(isSpot));
  const of = (spot: Spot | undefined) =>
    isSpot(spot) ? cut(spot, size) : spot;
  const [before, after] = [of(spots.before), of(spots.after)];
  return { ...(before && { before }), ...(after && { after }) };
}
