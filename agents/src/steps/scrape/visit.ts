import type { Browser, CDPSession, Page } from 'playwright-core';
import { describeError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { collectScript, type Collected } from './collect';
import { BrowserLostError, checkMain, explain } from './failed-visit';
import {
  checkHops,
  guardDocuments,
  hopsBefore,
  policyDenied,
} from './host-policy';
import { notObserved, withoutCredentials } from './outcome';
import { monitorPage, type PageMonitor } from './page-monitor';
import { retryAfterMs } from './retry-after';
import {
  bringIntoView,
  evaluateIsolated,
  nextFrame,
  settle,
  standStill,
} from './settle';
import {
  DESKTOP,
  MOBILE,
  shoot,
  toDesktop,
  toMobile,
  type RawShot,
} from './shoot';
import { blockedHosts, openContext, type VisitDeps } from './visit-context';
import { documentArrived, hasText } from './arrival';
import { judgePage } from './walls';
import { watchOver } from './watch-over';

/** A page as it was seen. */
export interface Observation {
  finalUrl: string;
  status: number;
  redirects: string[];
  blocked: string[];
  collected: Collected;
  /** Absent where the browser could not take it. */
  desktop?: RawShot;
  mobile?: RawShot;
}

const LIMITS = { maxText: 2_000_000, maxRuns: 20_000, maxElements: 60_000 };
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
  const work = visitWith(browser, url, userAgent, deps, watch.signal);
  // The loser of the race may fail later; nobody waits for it any more.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, watch.ended]);
  } finally {
    watch.stop();
  }
}

async function visitWith(
  browser: Browser,
  url: string,
  userAgent: string,
  deps: VisitDeps,
  over: AbortSignal,
): Promise<Observation> {
  const context = await openContext(browser, userAgent, deps);
  const from = performance.now();
  const stop = AbortSignal.any([deps.signal, over]);
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
    return await observe(url, page, cdp, monitor, deps);
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
  const { collected, ...known } = reading;
  checkHops(known, hostRules);
  const desktop = await shoot(cdp, DESKTOP.width, DESKTOP.height);
  await toMobile(cdp);
  await nextFrame(page);
  await settle(cdp, monitor, deps.clock, {
    quietMs: 100,
    mutationCapMs: 600,
    capMs: 1500,
  });
  const mobile = await shoot(cdp, MOBILE.width, MOBILE.height);
  return {
    ...known,
    blocked: await blockedHosts(monitor, deps),
    collected,
    desktop,
    mobile,
  };
}

/** What a page shows, without pictures of it. */
export type Reading = Pick<
  Observation,
  'collected' | 'status' | 'finalUrl' | 'redirects'
>;

/** What reading a page needs of the outside world. */
export type ReadingDeps = Pick<VisitDeps, 'clock' | 'signal' | 'egress'> & {
  settings: Pick<
    StepDeps['settings'],
    'PAGE_TIMEOUT_MS' | 'PAGE_SETTLE_MS' | 'PAGE_MAX_BYTES'
  >;
};

/**
 * Goes to `url` in a tab that is watched, waits until the page has come to rest, and reads what a visitor sees.
 * @param quietMs milliseconds without requests and changes that count as rest
 * @throws NotObservedError with the reason where there is nothing to read
 */
export async function readPage(
  url: string,
  page: Page,
  cdp: CDPSession,
  monitor: PageMonitor,
  deps: ReadingDeps,
  quietMs = 250,
): Promise<Reading> {
  await toDesktop(cdp);
  await navigate(url, page, cdp, monitor, deps);
  const settling = {
    quietMs,
    mutationCapMs: Math.min(3000, deps.settings.PAGE_SETTLE_MS),
    capMs: deps.settings.PAGE_SETTLE_MS,
  };
  await settle(cdp, monitor, deps.clock, settling);
  await checkMain(page, monitor, deps);
  await bringIntoView(cdp);
  await settle(cdp, monitor, deps.clock, {
    ...settling,
    quietMs: Math.min(150, quietMs),
    // Scrolling took its frames: where it asked for nothing and changed nothing, there is nothing to wait for.
    leastMs: 0,
    mutationCapMs: 1500,
    capMs: 3000,
  });
  await standStill(cdp);
  await checkMain(page, monitor, deps);

  const collected = await collect(cdp, monitor, deps, settling);
  const response = monitor.mainResponse();
  const status = response?.status() ?? 0;
  const finalUrl = withoutCredentials(page.url());
  const judgement = judgePage({
    requestedUrl: url,
    finalUrl,
    status,
    headers: response?.headers() ?? {},
    title: collected.title,
    text: collected.text,
    passwordFields: collected.passwordFields,
    hasMedia: collected.hasMedia,
  });
  const known = {
    status,
    finalUrl,
    redirects: monitor.redirects().map(withoutCredentials),
  };
  if (!response && !judgement) {
    throw notObserved(
      'CONNECTION_FAILED',
      'The page led to an address that no page came from.',
      { redirects: known.redirects },
    );
  }
  if (judgement) {
    throw notObserved(judgement.reason, judgement.detail, {
      ...known,
      ...rateLimit(status, response?.headers(), deps),
    });
  }
  return { ...known, collected };
}

/** A page that shows nothing yet gets a second chance: some scripts start late. */
async function collect(
  cdp: CDPSession,
  monitor: PageMonitor,
  deps: ReadingDeps,
  settling: { quietMs: number; mutationCapMs: number; capMs: number },
): Promise<Collected> {
  const script = collectScript(LIMITS);
  const once = () => evaluateIsolated<Collected>(cdp, script, 15_000);
  let collected = await once();
  if (!collected.text.trim() && !collected.hasMedia) {
    await deps.clock.sleep(
      Math.min(2000, deps.settings.PAGE_SETTLE_MS),
      deps.signal,
    );
    await settle(cdp, monitor, deps.clock, settling);
    collected = await once();
  }
  if (collected.html.length > deps.settings.PAGE_MAX_BYTES) {
    throw notObserved(
      'TOO_LARGE',
      `The page grew to more than ${deps.settings.PAGE_MAX_BYTES} bytes.`,
    );
  }
  return collected;
}

async function navigate(
  url: string,
  page: Page,
  cdp: CDPSession,
  monitor: PageMonitor,
  deps: ReadingDeps,
): Promise<void> {
  const arrived = documentArrived(cdp, monitor);
  try {
    await Promise.race([
      page.goto(url, {
        waitUntil: 'domcontentloaded',
        timeout: deps.settings.PAGE_TIMEOUT_MS,
      }),
      arrived.afterAWhile,
    ]);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // "Interrupted by another navigation" is a page that moves on at once.
    if (/interrupted by another navigation/i.test(message)) {
      await page
        .waitForLoadState('domcontentloaded', {
          timeout: deps.settings.PAGE_TIMEOUT_MS,
        })
        .catch(() => undefined);
      return;
    }
    // What a visitor could read by now is worth more than the rest that does not come.
    if (await hasText(cdp, monitor)) return;
    throw await explain(message, url, monitor, deps);
  } finally {
    arrived.stop();
  }
}

function rateLimit(
  status: number,
  headers: Readonly<Record<string, string>> | undefined,
  deps: Pick<StepDeps, 'clock'>,
): { retryAfterMs?: number } {
  if (status !== 429 && status !== 503) return {};
  const asked = retryAfterMs(headers?.['retry-after'], deps.clock.now());
  // 503 without a word about when is an error of the site, not a wish.
  if (asked === undefined && status === 503) return {};
  return { retryAfterMs: asked ?? 2000 };
}
