import type { CDPSession, Page } from 'playwright-core';
import type { Clock } from '../../runtime/clock';
import type { Job } from '../../runtime/step';
import type { Collected } from '../../page-script/collect';
import {
  documentsOf,
  findFrames,
  isBlank,
  isStill,
  type Found,
  type FoundFrame,
} from './find-frames';
import { hostObjection } from './host-policy';
import {
  LATE_MS,
  looksUnfinished,
  somethingComes,
  textLength,
} from './late-content';
import { withoutCredentials } from './outcome';
import { hostPort, type PageMonitor } from './page-monitor';
import type { Collect } from './read-page';
import { switchesOf } from './read-states';
import type { RawView } from './views';
import { within } from './within';

/** Smaller ones hold no price list: buttons, badges, what only counts visitors. */
const MIN_WIDTH = 200;
const MIN_HEIGHT = 100;
/** Frames of at least this width and height that are not read are said; what is smaller is a button or a counter. */
const SAID = 100;
/** Frames that are read; the page's own text is worth more. */
const MAX_READ = 8;
const FIND_MS = 5000;
const FRAME_MS = 5000;
/** Kept for reading a frame again that something came late in. */
const READ_MS = 1500;
const ALL_MS = 10_000;

/** Sizes that advertisements are sold in: what stands in them is not what the page says. */
const ADVERTISEMENTS = new Set(
  '300x250 336x280 728x90 970x90 970x250 160x600 300x600 320x100 468x60 300x1050 250x250 200x200'.split(
    ' ',
  ),
);

const sizeOf = ({ box }: FoundFrame): string =>
  `${Math.round(box.width)}x${Math.round(box.height)}`;

/** As large as what can hold a price list, and as much of it in sight. */
const inSight = ({ box, share }: FoundFrame): boolean =>
  box.width >= MIN_WIDTH &&
  box.height >= MIN_HEIGHT &&
  share * box.width * box.height >= MIN_WIDTH * MIN_HEIGHT;

const isNarrow = ({ box, share }: FoundFrame): boolean =>
  Math.min(box.width, box.height) >= SAID && share > 0.5;

/** Why a frame is not read; undefined where it is. */
function objection(
  frame: FoundFrame,
  { hostRules, monitor }: FrameDeps,
): string | undefined {
  if (frame.failed) return 'it did not load';
  // What stands in it then are the proxy's own words.
  if (monitor.blocked().includes(nameOf(frame)))
    return 'the egress proxy refused it';
  const status = monitor.frameStatus(frame.url) ?? 0;
  // What a site says of an error is not what it sells.
  if (status >= 400) return `it was answered with HTTP ${status}`;
  if (ADVERTISEMENTS.has(sizeOf(frame)))
    return 'it has the size of an advertisement';
  const refused = hostRules && hostObjection(frame.address, hostRules);
  return refused?.replace(/\.$/, '');
}

function nameOf({ url }: Pick<FoundFrame, 'url'>): string {
  return /^https?:/.test(url) ? hostPort(url) : 'no address';
}

/** Boxes of a frame's text are places in the frame; on the page's picture they stand where the frame does. */
function moved(collected: Collected, { box }: FoundFrame): Collected {
  const runs = collected.layout.runs.map(run => ({
    ...run,
    box: { ...run.box, x: run.box.x + box.x, y: run.box.y + box.y },
  }));
  return { ...collected, layout: { ...collected.layout, runs } };
}

/** Undefined where another document came meanwhile, which nobody has judged. */
async function readStill(
  frame: FoundFrame,
  { collect }: FrameDeps,
): Promise<Collected | undefined> {
  const collected = await collect(frame.cdp, frame.id);
  return (await isStill(frame)) ? collected : undefined;
}

/** Whether a frame may still put its prices in: it shows nothing, or looks unfinished on a page that shows no price itself. */
const mayCome = (
  { address, url }: FoundFrame,
  collected: Collected,
  { priced }: FrameDeps,
): boolean =>
  (!isBlank(url) && !collected.text.trim() && !collected.hasMedia) ||
  (!priced && looksUnfinished(address, collected));

/** Reads a frame, once more where something comes late. @param until when waiting ends, by the clock */
async function readFrame(
  frame: FoundFrame,
  until: number,
  deps: FrameDeps,
): Promise<Collected | undefined> {
  const { clock } = deps;
  const collected = await readStill(frame, deps);
  if (!collected || !mayCome(frame, collected, deps)) return collected;
  const length = () => textLength(frame.cdp, frame.id);
  const first = (await length()) ?? 0;
  const left = Math.min(LATE_MS, until - clock.elapsed() - READ_MS);
  if (left <= 0 || !(await somethingComes(length, first, left, { clock })))
    return collected;
  return readStill(frame, deps);
}

/** The switch of a frame is not pressed: that it has one is said. */
async function notesOnSwitches(
  frame: Pick<FoundFrame, 'cdp' | 'id' | 'url'>,
): Promise<string[]> {
  const [found] = (await switchesOf(frame.cdp, frame.id)) ?? [];
  const sides = (found?.sides ?? []).map(({ label }) => `“${label}”`);
  return sides.length > 0
    ? [
        `A frame of ${nameOf(frame)} has a switch (${sides.join(
          ', ',
        )}) that was not pressed; only what it showed by itself was read.`,
      ]
    : [];
}

/** The same of frames of the page's own origin, which are a part of its text. */
async function notesOnOwn(page: Page, cdp: CDPSession): Promise<string[]> {
  const documents = await within(FIND_MS, documentsOf(page, cdp)).catch(
    () => [],
  );
  const { origin } = new URL(page.url());
  const own = documents.filter(
    ({ url }) => URL.canParse(url) && new URL(url).origin === origin,
  );
  const notes = await Promise.all(own.slice(0, MAX_READ).map(notesOnSwitches));
  return [...new Set(notes.flat())];
}

export interface Frames {
  views: RawView[];
  notes: string[];
}

export interface FrameDeps {
  hostRules?: Job['hostRules'];
  monitor: Pick<PageMonitor, 'blocked' | 'frameStatus'>;
  clock: Clock;
  collect: Collect;
  /** The page itself shows amounts of money. */
  priced: boolean;
}

/** What the search for frames found that is not read. */
function notesOnFound({ silent, empty, beyond, found }: Found): string[] {
  const notes = silent.map(
    url =>
      `A frame of ${nameOf({ url })} was not read: it did not answer in time.`,
  );
  for (const src of empty)
    notes.push(
      `A frame was not read: nothing came of its address “${withoutCredentials(
        src,
      ).slice(0, 100)}”.`,
    );
  if (beyond > 0)
    notes.push(
      `${beyond} more frames of the page were not looked at: there are more than are looked for.`,
    );
  for (const frame of found.filter(each => !inSight(each) && isNarrow(each)))
    notes.push(
      `A frame of ${nameOf(
        frame,
      )} was not read: it is smaller than ${MIN_WIDTH} × ${MIN_HEIGHT} pixels.`,
    );
  return notes;
}

/**
 * Reads the frames of other origins that a visitor sees: pricing tables that another company serves. Never throws because of the page.
 * What can't be read, or may not be by the run's rules, is a note.
 */
export async function readFrames(
  page: Page,
  cdp: CDPSession,
  deps: FrameDeps,
): Promise<Frames> {
  const frames: Frames = { views: [], notes: [] };
  if (page.frames().length < 2) return frames;
  const until = deps.clock.elapsed() + ALL_MS;
  const asked = await within(FIND_MS, findFrames(page, cdp)).catch(
    () => undefined,
  );
  if (!asked) {
    frames.notes.push('Frames of the page were not read: it did not answer.');
    return frames;
  }
  frames.notes.push(...notesOnFound(asked));
  const lateUntil = deps.clock.elapsed() + LATE_MS + READ_MS;
  for (const frame of asked.found.filter(inSight)) {
    const not = (why: string) =>
      frames.notes.push(`A frame of ${nameOf(frame)} was not read: ${why}.`);
    const why = objection(frame, deps);
    const left = until - deps.clock.elapsed();
    if (why) not(why);
    else if (frames.views.length >= MAX_READ || left < 500)
      not('there are more frames than are read of one page');
    else {
      const collected = await within(
        Math.min(FRAME_MS + LATE_MS, left),
        readFrame(frame, lateUntil, deps),
      ).catch(() => undefined);
      if (!collected)
        not(
          'it did not answer in time, moved on, or there was no room left for it',
        );
      else if (collected.text.trim()) {
        frames.views.push({
          id: `frame-${frames.views.length + 1}`,
          frame: { url: withoutCredentials(frame.address).slice(0, 2000) },
          collected: moved(collected, frame),
        });
        frames.notes.push(...(await notesOnSwitches(frame)));
      } else if (!collected.hasMedia && !isBlank(frame.url)) not('it is empty');
    }
  }
  frames.notes.push(...(await notesOnOwn(page, cdp)));
  return frames;
}
