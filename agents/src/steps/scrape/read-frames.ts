import type { CDPSession, Page } from 'playwright-core';
import type { Job } from '../../runtime/step';
import type { Collected } from '../../page-script/collect';
import { findFrames, isStill, type FoundFrame } from './find-frames';
import { hostObjection } from './host-policy';
import { withoutCredentials } from './outcome';
import { hostPort, type PageMonitor } from './page-monitor';
import type { Collect } from './read-page';
import type { RawView } from './views';
import { within } from './within';

/** Smaller ones hold no price list: buttons, badges, what only counts visitors. */
const MIN_WIDTH = 200;
const MIN_HEIGHT = 100;
/** Frames that are read; the page's own text is worth more. */
const MAX_READ = 8;
const FIND_MS = 5000;
const FRAME_MS = 5000;
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

/** Why a frame is not read; undefined where it is. */
function objection(
  frame: FoundFrame,
  hostRules: Job['hostRules'] | undefined,
  blocked: readonly string[],
): string | undefined {
  if (frame.failed) return 'it did not load';
  // What stands in it then are the proxy's own words.
  if (blocked.includes(nameOf(frame))) return 'the egress proxy refused it';
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
  collect: Collect,
): Promise<Collected | undefined> {
  const collected = await collect(frame.cdp, frame.id);
  return (await isStill(frame)) ? collected : undefined;
}

export interface Frames {
  views: RawView[];
  notes: string[];
}

/**
 * Reads the frames of other origins that a visitor sees: pricing tables that another company serves. Never throws because of the page.
 * What can't be read, or may not be by the run's rules, is a note.
 */
export async function readFrames(
  page: Page,
  cdp: CDPSession,
  hostRules: Job['hostRules'] | undefined,
  monitor: Pick<PageMonitor, 'blocked'>,
  collect: Collect,
): Promise<Frames> {
  const frames: Frames = { views: [], notes: [] };
  if (page.frames().length < 2) return frames;
  const until = performance.now() + ALL_MS;
  const asked = await within(FIND_MS, findFrames(page, cdp)).catch(
    () => undefined,
  );
  if (!asked) {
    frames.notes.push('Frames of the page were not read: it did not answer.');
    return frames;
  }
  for (const url of asked.silent)
    frames.notes.push(
      `A frame of ${nameOf({ url })} was not read: it did not answer in time.`,
    );
  for (const src of asked.empty)
    frames.notes.push(
      `A frame was not read: nothing came of its address “${withoutCredentials(
        src,
      ).slice(0, 100)}”.`,
    );
  if (asked.beyond > 0)
    frames.notes.push(
      `${asked.beyond} more frames of the page were not looked at: there are more than are looked for.`,
    );
  for (const frame of asked.found.filter(inSight)) {
    const not = (why: string) =>
      frames.notes.push(`A frame of ${nameOf(frame)} was not read: ${why}.`);
    const why = objection(frame, hostRules, monitor.blocked());
    const left = until - performance.now();
    if (why) not(why);
    else if (frames.views.length >= MAX_READ || left < 500)
      not('there are more frames than are read of one page');
    else {
      const collected = await within(
        Math.min(FRAME_MS, left),
        readStill(frame, collect),
      ).catch(() => undefined);
      if (!collected)
        not(
          'it did not answer in time, moved on, or there was no room left for it',
        );
      else if (collected.text.trim())
        frames.views.push({
          id: `frame-${frames.views.length + 1}`,
          frame: { url: withoutCredentials(frame.address).slice(0, 2000) },
          collected: moved(collected, frame),
        });
    }
  }
  return frames;
}
