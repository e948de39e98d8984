import type { CDPSession, Page } from 'playwright-core';
import type { StepDeps } from '../../runtime/step';
import { documentArrived, hasText } from './arrival';
import type { Collected } from '../../page-script/collect';
import { answerConsent, type ConsentSeen } from './consent';
import { checkMain, explain } from './failed-visit';
import { comesLate, looksUnfinished, saysBusy } from './late-content';
import { notObserved, withoutCredentials } from './outcome';
import type { PageMonitor } from './page-monitor';
import { retryAfterMs } from './retry-after';
import { hasGrown, scrollThrough, type Growth } from './scroll';
import { evaluateIsolated, settle, standStill } from './settle';
import { toDesktop } from './shoot';
import type { VisitDeps } from './visit-context';
import { judgePage } from './walls';
import { collectScript } from '../../page-script/expressions';

const LIMITS = {
  maxText: 2_000_000,
  maxRuns: 20_000,
  maxElements: 60_000,
  maxMs: 10_000,
};
const COLLECT_MS = 25_000;
/** For a page that grows on scrolling, of the time that any page may take to come to rest. */
const GROW_SHARE = 2.5;

/** What a page shows, without pictures of it. */
export interface Reading {
  finalUrl: string;
  status: number;
  redirects: string[];
  collected: Collected;
  growth: Growth;
  /** It showed no price, and said that more is on its way. */
  unfinished?: boolean;
  /** The consent layer that stood over it; absent where none did. */
  consent?: ConsentSeen;
}

/** What reading a page needs of the outside world. */
export type ReadingDeps = Pick<VisitDeps, 'clock' | 'signal' | 'egress'> & {
  /** Absent where there is none. */
  proxy?: VisitDeps['proxy'];
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
  const asked = { page, cdp, monitor, clock: deps.clock, proxy: deps.proxy };
  let consent = await answerConsent(asked);
  const scrolling = { cdp, monitor, clock: deps.clock };
  const growMs = GROW_SHARE * deps.settings.PAGE_SETTLE_MS;
  const rest = {
    ...settling,
    quietMs: Math.min(150, quietMs),
    // Scrolling took its frames: where it asked for nothing and changed nothing, there is nothing to wait for.
    leastMs: 0,
    mutationCapMs: 1500,
    capMs: 3000,
  };
  const comeToRest = async () => {
    await settle(cdp, monitor, deps.clock, rest);
    await standStill(cdp);
    await checkMain(page, monitor, deps);
  };
  let growth = await scrollThrough(scrolling, growMs);
  await comeToRest();
  // Some wait for a while, or for the first scrolling.
  consent ??= await answerConsent(asked, true);
  if (consent?.changed) await comeToRest();
  let collected = await collect(cdp, monitor, deps, settling);
  if (!growth.endless && (await hasGrown(cdp, collected))) {
    growth = await scrollThrough(scrolling, growMs, true);
    await comeToRest();
    collected = await collect(cdp, monitor, deps, settling);
  }
  if (await comesLate(scrolling, { url: page.url(), collected }, deps)) {
    growth = await scrollThrough(scrolling, growMs);
    await comeToRest();
    collected = await collect(cdp, monitor, deps, settling);
  }
  const unfinished =
    looksUnfinished(page.url(), collected) && saysBusy(collected);
  const known = judged(url, page, collected, monitor, deps);
  return {
    ...known,
    collected,
    growth,
    ...(unfinished && { unfinished }),
    ...(consent && { consent }),
  };
}

/** @throws NotObservedError where what was read is no page, or one that asks for a login or for people */
function judged(
  url: string,
  page: Page,
  collected: Collected,
  monitor: PageMonitor,
  deps: ReadingDeps,
): Pick<Reading, 'finalUrl' | 'status' | 'redirects'> {
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
  return known;
}

/** What the page, or a frame of it, shows at this moment. */
const collectNow = (cdp: CDPSession, frame?: string): Promise<Collected> =>
  evaluateIsolated<Collected>(cdp, collectScript(LIMITS), COLLECT_MS, frame);

/** Reads what a page or a frame of it shows; throws once all that was read takes more room than there is. */
export type Collect = (cdp: CDPSession, frame?: string) => Promise<Collected>;

/**
 * For what is read of a page beyond the page as loaded: each part may be as large as a page, and all of them are in memory at once. They
 * have room for twice as many characters of HTML as a page.
 */
export function collectWithin({
  PAGE_MAX_BYTES,
}: Pick<StepDeps['settings'], 'PAGE_MAX_BYTES'>): Collect {
  let left = 2 * PAGE_MAX_BYTES;
  return async (cdp, frame) => {
    if (left <= 0) throw new Error('there is no room for more of the page');
    const collected = await collectNow(cdp, frame);
    left -= collected.html.length;
    if (left < 0) throw new Error('there is no room for more of the page');
    return collected;
  };
}

/** A page that shows nothing yet gets a second chance: some scripts start late. */
async function collect(
  cdp: CDPSession,
  monitor: PageMonitor,
  deps: ReadingDeps,
  settling: { quietMs: number; mutationCapMs: number; capMs: number },
): Promise<Collected> {
  const once = () => collectNow(cdp);
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
