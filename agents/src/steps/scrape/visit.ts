import type { Browser, CDPSession, Page } from 'playwright-core';
import { describeError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import {
  failureFromHeaders,
  EgressProxyAwayError,
} from '../../clients/egress-client';
import { collectScript, type Collected } from './collect';
import { readNavigationError } from './navigation-error';
import { notObserved, NotObservedError, withoutCredentials } from './outcome';
import { hostPort, monitorPage, type PageMonitor } from './page-monitor';
import { retryAfterMs } from './retry-after';
import { sentence } from './robots';
import {
  bringIntoView,
  evaluateIsolated,
  nextFrame,
  settle,
  standStill,
} from './settle';
import { DESKTOP, MOBILE, shoot, toMobile, type RawShot } from './shoot';
import { judgePage } from './walls';

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

/** The browser, or what it was asked to do, failed during the visit; another try may do better. */
export class BrowserLostError extends Error {
  override readonly name = 'BrowserLostError';
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
  deps: StepDeps,
): Promise<Observation> {
  const browser = await deps.browser.get();
  const context = await openContext(browser, userAgent, deps);
  const abort = () => void context.close().catch(() => undefined);
  deps.signal.addEventListener('abort', abort, { once: true });
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
    if (error instanceof Error && known.includes(error.name)) throw error;
    // Whatever else a page brings the browser to do costs this page at most, never the run.
    throw new BrowserLostError(describeError(error).split('\n')[0], {
      cause: error,
    });
  } finally {
    deps.signal.removeEventListener('abort', abort);
    await context.close().catch(() => undefined);
  }
}

async function openContext(
  browser: Browser,
  userAgent: string,
  deps: StepDeps,
) {
  try {
    return await browser.newContext({
      proxy: deps.browser.proxy,
      userAgent,
      viewport: DESKTOP,
      deviceScaleFactor: 1,
      locale: 'en-US',
      timezoneId: 'UTC',
      colorScheme: 'light',
      reducedMotion: 'reduce',
      serviceWorkers: 'block',
      acceptDownloads: false,
      permissions: [],
      ignoreHTTPSErrors: false,
    });
  } catch (error) {
    throw new BrowserLostError('the browser gave no context', { cause: error });
  }
}

async function observe(
  url: string,
  page: Page,
  cdp: CDPSession,
  monitor: PageMonitor,
  deps: StepDeps,
): Promise<Observation> {
  await navigate(url, page, monitor, deps);
  const settling = {
    quietMs: 250,
    mutationCapMs: Math.min(3000, deps.settings.PAGE_SETTLE_MS),
    capMs: deps.settings.PAGE_SETTLE_MS,
  };
  await settle(cdp, monitor, deps.clock, settling);
  await checkMain(page, monitor, deps);
  await bringIntoView(cdp);
  await settle(cdp, monitor, deps.clock, {
    ...settling,
    quietMs: 150,
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
  if (judgement) {
    throw notObserved(judgement.reason, judgement.detail, {
      ...known,
      ...rateLimit(status, response?.headers(), deps),
    });
  }
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

/** A page that shows nothing yet gets a second chance: some scripts start late. */
async function collect(
  cdp: CDPSession,
  monitor: PageMonitor,
  deps: StepDeps,
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
  monitor: PageMonitor,
  deps: StepDeps,
): Promise<void> {
  try {
    await page.goto(url, {
      waitUntil: 'domcontentloaded',
      timeout: deps.settings.PAGE_TIMEOUT_MS,
    });
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
    throw await explain(message, url, monitor, deps);
  }
}

/** After the page has come to rest: is what stands there a document of the site, and HTML? */
async function checkMain(
  page: Page,
  monitor: PageMonitor,
  deps: StepDeps,
): Promise<void> {
  const failure = monitor.mainFailure();
  if (
    monitor.verdict() ||
    (failure && page.url().startsWith('chrome-error:'))
  ) {
    throw await explain(failure ?? '', page.url(), monitor, deps);
  }
  const response = monitor.mainResponse();
  if (!response) return;
  const headers = response.headers();
  const known = {
    status: response.status(),
    finalUrl: withoutCredentials(response.url()),
    redirects: monitor.redirects(),
  };
  const own = failureFromHeaders(headers);
  if (own)
    throw notObserved(own, sentence(own, hostPort(response.url())), {
      redirects: known.redirects,
    });
  if (response.status() === 407) {
    throw new EgressProxyAwayError(
      'The egress proxy wants a token: set EGRESS_PROXY_TOKEN in agents-secrets.',
    );
  }
  if (!isHtml(headers)) {
    throw notObserved(
      'NOT_HTML',
      `The address holds ${contentType(headers) || 'data'}, not a page.`,
      known,
    );
  }
}

const contentType = (headers: Readonly<Record<string, string>>): string =>
  (headers['content-type'] ?? '')
    .split(';')[0]
    .trim()
    .toLowerCase()
    .slice(0, 100);

function isHtml(headers: Readonly<Record<string, string>>): boolean {
  if (/^attachment\b/i.test(headers['content-disposition'] ?? '')) return false;
  const type = contentType(headers);
  // Without a type the browser sniffs, and shows what it takes for a page.
  return (
    type === '' || type === 'text/html' || type === 'application/xhtml+xml'
  );
}

async function explain(
  message: string,
  url: string,
  monitor: PageMonitor,
  deps: StepDeps,
): Promise<Error> {
  const target = monitor.mainRequest()?.url() ?? url;
  const response = monitor.mainResponse();
  const known = {
    redirects: monitor.redirects().map(withoutCredentials),
    ...(response ? { status: response.status() } : {}),
  };
  const verdict = monitor.verdict();
  if (verdict === 'TOO_LARGE') {
    return notObserved(
      'TOO_LARGE',
      `The document has more than ${deps.settings.PAGE_MAX_BYTES} bytes.`,
      known,
    );
  }
  if (verdict === 'TOO_MANY_REDIRECTS')
    return notObserved(
      verdict,
      'The page leads from one address to the next without an end.',
      known,
    );
  if (verdict === 'CRASHED') return new BrowserLostError('the page crashed');
  if (
    verdict === 'DOWNLOAD' ||
    (response &&
      !isHtml(response.headers()) &&
      response.status() < 400 &&
      !failureFromHeaders(response.headers()))
  ) {
    const type = response ? contentType(response.headers()) : '';
    return notObserved(
      'NOT_HTML',
      `The address holds ${type || 'a file to download'}, not a page.`,
      known,
    );
  }
  const read = readNavigationError(message);
  if (read.kind === 'browser-lost')
    return new BrowserLostError(message.split('\n')[0]);
  if (read.kind === 'proxy-away') {
    return new EgressProxyAwayError(
      'The egress proxy does not answer the browser.',
    );
  }
  const at = hostPort(target);
  if (read.kind === 'ask-proxy') {
    const [host, port] = splitHostPort(at);
    const reason =
      (await deps.egress.probe(host, port, 10_000)) ?? 'CONNECTION_FAILED';
    return notObserved(reason, sentence(reason, at), known);
  }
  const { reason } = read;
  const detail =
    reason === 'TIMEOUT'
      ? `No page within ${Math.round(deps.settings.PAGE_TIMEOUT_MS / 1000)} s.`
      : reason === 'TOO_MANY_REDIRECTS'
      ? 'The site redirects without an end.'
      : sentence(reason as Parameters<typeof sentence>[0], at);
  return notObserved(reason, detail, known);
}

function splitHostPort(text: string): [string, number] {
  const at = text.lastIndexOf(':');
  return [text.slice(0, at), Number(text.slice(at + 1))];
}

function rateLimit(
  status: number,
  headers: Readonly<Record<string, string>> | undefined,
  deps: StepDeps,
): { retryAfterMs?: number } {
  if (status !== 429 && status !== 503) return {};
  const asked = retryAfterMs(headers?.['retry-after'], deps.clock.now());
  // 503 without a word about when is an error of the site, not a wish.
  if (asked === undefined && status === 503) return {};
  return { retryAfterMs: asked ?? 2000 };
}

/** The proxy refused these; of a failed tunnel only the proxy knows whether it did. */
async function blockedHosts(
  monitor: PageMonitor,
  deps: StepDeps,
): Promise<string[]> {
  const blocked = new Set(monitor.blocked());
  const asked = monitor
    .failedTunnels()
    .slice(0, 20)
    .map(async at => {
      const [host, port] = splitHostPort(at);
      if (
        (await deps.egress.probe(host, port, 3000).catch(() => undefined)) ===
        'EGRESS_BLOCKED'
      )
        blocked.add(at);
    });
  await Promise.all(asked);
  return [...blocked].sort().slice(0, 100);
}
