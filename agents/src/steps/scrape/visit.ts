import type { Browser, CDPSession, Page } from 'playwright-core';
import { describeError } from '../../runtime/errors';
import { BrowserLostError } from './failed-visit';
import {
  checkHops,
  guardDocuments,
  hopsBefore,
  policyDenied,
} from './host-policy';
import { showsAmount } from './late-content';
import { notObserved } from './outcome';
import { monitorPage, type PageMonitor } from './page-monitor';
import { readFrames } from './read-frames';
import { holdPage } from './hold-page';
import {
  NOTHING_MORE,
  notesOn,
  readHidden,
  type HiddenDeps,
} from './read-more';
import { collectWithin, readPage, type Reading } from './read-page';
import { switchesOf } from './read-states';
import { nextFrame, settle } from './settle';
import {
  DESKTOP,
  MOBILE,
  shoot,
  toDesktop,
  toMobile,
  type RawShot,
} from './shoot';
import type { More } from './views';
import { blockedHosts, openContext, type VisitDeps } from './visit-context';
import { watchOver, type Watch } from './watch-over';

/** A page as it was seen. */
export interface Observation extends Reading, More {
  blocked: string[];
  /** Absent where the browser could not take it. */
  desktop?: RawShot;
  mobile?: RawShot;
}

/** What is in hand of a page already, should the rest of the visit fail. */
interface InHand {
  seen?: Observation;
}

const MAX_NAVIGATIONS = 30;

/**
 * One visit of one page: everything that is known of it comes from here.
 * @throws NotObservedError, BrowserLostError, or RetryableError when the proxy or the browser is away
 */
export async function visit(
  url: string,
  userAgent: string,
  deps: VisitDeps,
): Promise<Observation> {
  const browser = await deps.browser.get();
  const watch = watchOver(browser, deps);
  const hand: InHand = {};
  const work = visitWith(browser, url, userAgent, deps, watch, hand);
  // The loser of the race may fail later; nobody waits for it any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, watch.ended]);
  } catch (error) {
    if (!hand.seen || deps.signal.aborted) throw error;
    deps.logger.warn(
      { host: new URL(url).host, cause: describeError(error) },
      'the page was read, but not all that it could show',
    );
    const note =
      'The page did not bear to be looked at further than it shows as it is loaded.';
    return { ...hand.seen, notes: [...hand.seen.notes, note] };
  } finally {
    watch.stop();
  }
}

async function visitWith(
  browser: Browser,
  url: string,
  userAgent: string,
  deps: VisitDeps,
  watch: Watch,
  hand: InHand,
): Promise<Observation> {
  const context = await openContext(browser, userAgent, deps);
  const from = performance.now();
  const stop = AbortSignal.any([deps.signal, watch.signal]);
  const abort = () => void context.close().catch(() => undefined);
  stop.addEventListener('abort', abort, { once: true });
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const monitor = await monitorPage(page, context, cdp, {
      documentBytes: deps.settings.PAGE_MAX_BYTES,
      pageBytes: deps.settings.PAGE_MAX_BYTES * 5,
      navigations: MAX_NAVIGATIONS,
    });
    return await observe(url, page, cdp, monitor, deps, watch, hand);
  } catch (error) {
    if (deps.signal.aborted) throw deps.signal.reason;
    const known = ['NotObservedError', 'RetryableError', 'BrowserLostError'];
    const lost =
      error instanceof Error && known.includes(error.name)
        ? error
        : // Whatever else a page brings the browser to do costs this page at most, never the run.
          new BrowserLostError(describeError(error).split('\n')[0], 'page', {
            cause: error,
          });
    throw (
      endedForMemory(lost, from, deps) ?? (await blamed(lost, browser, deps))
    );
  } finally {
    stop.removeEventListener('abort', abort);
    // Nobody needs it any more: the next page has its place while this one is taken down.
    void context.close().catch(() => undefined);
  }
}

/** A page of a browser that dies is closed, and says so, just before the browser is known to be gone. */
const LOST_AFTER_MS = 500;

/** Whether the page or the browser is to blame, by what is left of the browser. */
async function blamed(error: Error, browser: Browser, deps: VisitDeps) {
  if (!(error instanceof BrowserLostError) || error.blame === 'browser')
    return error;
  if (browser.isConnected()) await deps.clock.sleep(LOST_AFTER_MS, deps.signal);
  return browser.isConnected()
    ? error
    : new BrowserLostError(error.message, 'browser', { cause: error });
}

/** A page whose process was ended for its memory would take as much the next time. */
function endedForMemory(error: Error, from: number, { browser }: VisitDeps) {
  const { pageEndedAt, memoryBudget } = browser.state;
  const crashed =
    error.name === 'BrowserLostError' && /crash/i.test(error.message);
  if (!crashed || !pageEndedAt || pageEndedAt < from) return undefined;
  return notObserved(
    'TOO_LARGE',
    `The page took more memory than the browser may have (${Math.round(
      (memoryBudget ?? 0) / 2 ** 20,
    )} MiB).`,
  );
}

async function observe(
  url: string,
  page: Page,
  cdp: CDPSession,
  monitor: PageMonitor,
  deps: VisitDeps,
  watch: Watch,
  hand: InHand,
): Promise<Observation> {
  const { hostRules } = deps.job;
  const guard = await guardDocuments(cdp, hostRules, deps.proxy);
  let reading: Reading;
  try {
    reading = await readPage(url, page, cdp, monitor, deps);
  } catch (error) {
    const refused = guard.refused();
    throw refused
      ? policyDenied(refused, hopsBefore(refused.url, monitor))
      : error;
  }
  checkHops(reading, hostRules);
  // From here on: what it would lead to was not judged, and is not what was read.
  const held = await holdPage(page, deps.proxy, reading.finalUrl);
  const collect = collectWithin(deps.settings);
  const desktop = await shoot(cdp, DESKTOP.width, DESKTOP.height);
  const moved = held.left();
  const frames = moved
    ? { views: [], notes: [MOVED_ON] }
    : await readFrames(page, cdp, {
        hostRules,
        monitor,
        clock: deps.clock,
        collect,
        priced: showsAmount(reading.collected.text),
      });
  const switches = moved ? [] : await switchesOf(cdp);
  await toMobile(cdp);
  await nextFrame(page);
  await settle(cdp, monitor, deps.clock, RELAYOUT);
  const mobile = await shoot(cdp, MOBILE.width, MOBILE.height);
  const seen: Observation = {
    ...reading,
    ...NOTHING_MORE,
    ...frames,
    notes: [...notesOn(reading), ...frames.notes],
    blocked: monitor.blocked(),
    desktop,
    mobile,
  };
  // All that follows may cost what it brings, but not the page.
  hand.seen = seen;
  const further =
    !moved && (switches?.length !== 0 || reading.growth.lists.length > 0);
  if (further) {
    const more = await lookFurther(
      { page, cdp, monitor, held, collect },
      reading,
      switches,
      watch,
      deps,
    );
    hand.seen = {
      ...seen,
      views: [...frames.views, ...more.views],
      notes: [...frames.notes, ...more.notes],
      loadedState: more.loadedState,
    };
  }
  return { ...hand.seen, blocked: await blockedHosts(monitor, deps) };
}

const MOVED_ON =
  'The page moved on after it was read; its frames, lists and switches were not looked at.';

async function lookFurther(
  at: Pick<HiddenDeps, 'page' | 'cdp' | 'monitor' | 'held' | 'collect'>,
  reading: Reading,
  found: Awaited<ReturnType<typeof switchesOf>>,
  watch: Watch,
  deps: VisitDeps,
): Promise<More> {
  const { page, cdp, monitor } = at;
  await toDesktop(cdp);
  await nextFrame(page);
  await settle(cdp, monitor, deps.clock, RELAYOUT);
  const hidden: HiddenDeps = {
    ...at,
    clock: deps.clock,
    shoot: () => shoot(cdp, DESKTOP.width, DESKTOP.height),
    budgetMs: Math.min(
      deps.settings.PAGE_TIMEOUT_MS,
      MORE_MS,
      watch.leftMs() - LAST_MS,
    ),
  };
  // One that did not answer is not asked again; one that did may have been drawn anew since.
  return readHidden(reading, hidden, () =>
    found?.length ? switchesOf(cdp) : Promise.resolve(found),
  );
}

/** After the window has another width. */
const RELAYOUT = { quietMs: 100, mutationCapMs: 600, capMs: 1500 };
/** For all that is read beyond the page as loaded, at most. */
const MORE_MS = 30_000;
/** Kept for what follows it in a visit. */
const LAST_MS = 3000;
