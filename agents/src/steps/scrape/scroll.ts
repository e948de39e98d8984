import type { CDPSession } from 'playwright-core';
import type { Clock } from '../../runtime/clock';
import type { Collected } from '../../page-script/collect';
import type { PageMonitor } from './page-monitor';
import type { ForgetfulList, Pass } from '../../page-script/scroll';
import { evaluateIsolated, settle } from './settle';
import type { RawView } from './views';
import { within } from './within';
import {
  heightScript,
  homeScript,
  listScript,
  mayGrowScript,
  passScript,
} from '../../page-script/expressions';

/** Views of the window that are scrolled through one by one; a page that is longer is jumped to its end. */
const STEPS = 15;
/** How often a page may grow. */
const MAX_PASSES = 40;
/** A page of more elements is not read to its end anyway. */
const MAX_ELEMENTS = 60_000;
const PASS_MS = 5000;
/** What may come on scrolling is waited for as long as this is quiet. */
/** A timer of a page that is longer is not waited for. */
const SLOW_MS = 800;
const COMING = { quietMs: 400, mutationCapMs: 1500, capMs: 2500 };

/** What scrolling brought to light. */
export interface Growth {
  /** It went on growing when it was left. */
  endless: boolean;
  /** What holds only what is in sight of it. */
  lists: ForgetfulList[];
}

export interface ScrollDeps {
  cdp: CDPSession;
  monitor: PageMonitor;
  clock: Clock;
}

/**
 * Scrolls to the end, and on while the page grows, then back to the top: what comes on scrolling is there then. A page that asks for
 * nothing and changes nothing on the way costs the way alone.
 * @param capMs for all of it, milliseconds
 * @param patient waits for something to come where nothing says that it will
 */
export async function scrollThrough(
  { cdp, monitor, clock }: ScrollDeps,
  capMs: number,
  patient = false,
): Promise<Growth> {
  const until = clock.elapsed() + capMs;
  let endless = false;
  let waits = patient;
  try {
    for (let pass = 1; ; pass++) {
      const from = performance.now();
      const { came, elements, height, ended } = await evaluateIsolated<Pass>(
        cdp,
        passScript({ steps: STEPS, maxMs: PASS_MS }),
        PASS_MS + 2000,
      );
      const still = came === 0 && monitor.lastData() < from && !waits;
      if (!still) await settle(cdp, monitor, clock, COMING);
      const grows =
        !ended ||
        (!still && (await heightOf(cdp)) > height + 10) ||
        (await comesSlowly({ cdp, clock }, height, waits));
      if (!grows) break;
      // What grew once may do so again, whatever brings it about.
      waits = true;
      const most = pass >= MAX_PASSES || elements > MAX_ELEMENTS;
      if (most || clock.elapsed() > until || monitor.verdict()) {
        endless = true;
        break;
      }
    }
    const lists = await evaluateIsolated<ForgetfulList[]>(
      cdp,
      homeScript(),
      4000,
    );
    return { endless, lists };
  } catch {
    // A page that moves on meanwhile is looked at as it is then.
    return { endless, lists: [] };
  }
}

const heightOf = (cdp: CDPSession) =>
  evaluateIsolated<number>(cdp, heightScript(), 2000);

/** Whether a script of the page is told when it is scrolled. */
async function hearsScrolling(cdp: CDPSession): Promise<boolean> {
  for (const expression of ['window', 'document']) {
    const { result } = await cdp.send('Runtime.evaluate', { expression });
    if (!result.objectId) continue;
    const { listeners } = await cdp.send('DOMDebugger.getEventListeners', {
      objectId: result.objectId,
    });
    if (listeners.some(({ type }) => type === 'scroll')) return true;
  }
  return false;
}

/**
 * Waits for what a page may put in by a timer, with nothing that says so: where its end shows a loader, where a script hears of scrolling,
 * or where it grew before.
 * @param grew it did
 */
async function comesSlowly(
  { cdp, clock }: Pick<ScrollDeps, 'cdp' | 'clock'>,
  height: number,
  grew: boolean,
): Promise<boolean> {
  const shows =
    grew || (await evaluateIsolated<boolean>(cdp, mayGrowScript(), 2000));
  if (!shows && !(await hearsScrolling(cdp))) return false;
  const until = clock.elapsed() + SLOW_MS;
  while (clock.elapsed() < until) {
    await clock.sleep(100);
    if ((await heightOf(cdp)) > height + 10) return true;
  }
  return false;
}

/** Whether the page is longer than it was when it was read: something came late. */
export async function hasGrown(
  cdp: CDPSession,
  { layout }: Pick<Collected, 'layout'>,
): Promise<boolean> {
  const height = await evaluateIsolated<number>(
    cdp,
    `Reflect.get(Element.prototype, 'scrollHeight', Reflect.get(Document.prototype, 'documentElement', document))`,
    1000,
  ).catch(() => 0);
  return height > layout.pageHeight + 50;
}

/** Places of all lists that are read, and time for each and for all of them: a record has room for so many views. */
const MAX_PLACES = 15;
const PLACE_MS = 10_000;
const LISTS_MS = 20_000;

export interface Lists {
  views: RawView[];
  notes: string[];
}

/**
 * Reads lists that hold only what is in sight, from place to place. What is not reached is a note; a page that hangs on the way costs the
 * rest of its lists.
 */
export async function readLists(
  lists: readonly ForgetfulList[],
  { cdp, monitor, clock }: ScrollDeps,
  collect: () => Promise<Collected>,
  budgetMs: number,
): Promise<Lists> {
  const done: Lists = { views: [], notes: [] };
  const until = clock.elapsed() + Math.min(LISTS_MS, budgetMs);
  const readAt = async (index: number, top: number) => {
    const at = await evaluateIsolated<number>(
      cdp,
      listScript(index, top),
      2000,
    );
    await settle(cdp, monitor, clock, {
      quietMs: 100,
      mutationCapMs: 500,
      capMs: 1500,
    });
    return { at, collected: await collect() };
  };
  for (const { index, height, view } of lists) {
    const step = Math.max(50, Math.floor(view * 0.9));
    let read = view;
    for (let place = 1; read < height - 5; place++) {
      const left = until - clock.elapsed();
      const next =
        done.views.length >= MAX_PLACES || left < 300
          ? undefined
          : await within(
              Math.min(PLACE_MS, left),
              readAt(index, place * step),
            ).catch(() => undefined);
      if (!next || next.at + view <= read) break;
      read = next.at + view;
      done.views.push({
        id: `scroll-${done.views.length + 1}`,
        scrolled: Math.round(next.at),
        collected: next.collected,
      });
    }
    if (read < height - 5)
      done.notes.push(
        `A list of the page holds only what is in sight of it; ${Math.round(
          (100 * read) / height,
        )} % of its length was read.`,
      );
    await within(2000, evaluateIsolated(cdp, listScript(index, 0), 2000)).catch(
      () => undefined,
    );
  }
  return done;
}
