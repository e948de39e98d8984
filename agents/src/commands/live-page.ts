import { userAgent } from '@agentworkloads/api';
import type { BrowserLauncher } from '../clients/browser';
import { EgressError, EgressProxyAwayError } from '../clients/egress-client';
import { createVisitEgress } from '../clients/visit-egress';
import { ConfigError } from '../config/env';
import { systemClock } from '../runtime/clock';
import { NotObservedError } from '../steps/scrape/outcome';
import { monitorPage } from '../steps/scrape/page-monitor';
import { createRobots } from '../steps/scrape/robots';
import { DESKTOP } from '../steps/scrape/shoot';
import { holdPage } from '../steps/scrape/hold-page';
import { readMore } from '../steps/scrape/read-more';
import { collectWithin, readPage } from '../steps/scrape/read-page';
import {
  bundleOfFailure,
  bundleOfReading,
  wholePage,
  type WholePage,
} from './bundle';
import type { CommandEnv } from './command-env';

const MAX_NAVIGATIONS = 30;
/** For states and frames of the page. */
const MORE_MS = 30_000;

/**
 * Visits one address as `scrape` does: through the proxy, with robots.txt obeyed.
 * @throws ConfigError without EGRESS_PROXY_URL
 */
export async function readLivePage(
  launcher: BrowserLauncher,
  url: string,
  env: CommandEnv,
): Promise<WholePage> {
  if (!env.EGRESS_PROXY_URL)
    throw new ConfigError(
      'EGRESS_PROXY_URL is not set: pages are visited through the egress proxy.',
    );
  const agent = userAgent(env.SCRAPE_CONTACT);
  const signal = new AbortController().signal;
  const { client: egress, proxy } = createVisitEgress({
    proxyUrl: env.EGRESS_PROXY_URL,
    proxyToken: env.EGRESS_PROXY_TOKEN,
    run: 'command',
    rules: { deny: [] },
  })(url);
  const deps = { clock: systemClock, signal, egress, proxy, settings: env };
  const context = await (
    await launcher.get()
  ).newContext({
    proxy,
    userAgent: agent,
    viewport: DESKTOP,
    deviceScaleFactor: 1,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    acceptDownloads: false,
    permissions: [],
  });
  try {
    if (env.ROBOTS === 'obey')
      await createRobots({
        clock: systemClock,
        signal,
        userAgent: agent,
        crawlDelayCapMs: env.CRAWL_DELAY_CAP_MS,
        retryAfterCapMs: env.RETRY_AFTER_CAP_MS,
      }).check(url, egress);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const monitor = await monitorPage(page, context, cdp, {
      documentBytes: env.PAGE_MAX_BYTES,
      pageBytes: env.PAGE_MAX_BYTES * 5,
      navigations: MAX_NAVIGATIONS,
    });
    const seen = await readPage(url, page, cdp, monitor, deps);
    const more = await readMore(seen, {
      page,
      cdp,
      monitor,
      clock: systemClock,
      held: await holdPage(page, proxy, seen.finalUrl),
      collect: collectWithin(env),
      budgetMs: MORE_MS,
    });
    return wholePage(
      bundleOfReading(url, seen, seen.finalUrl),
      more,
      seen.collected,
    );
  } catch (error) {
    if (error instanceof NotObservedError)
      return wholePage(bundleOfFailure(url, error.outcome));
    if (error instanceof EgressError || error instanceof EgressProxyAwayError)
      return wholePage(
        bundleOfFailure(url, {
          reason: 'CONNECTION_FAILED',
          detail: error.message,
        }),
      );
    throw error;
  } finally {
    await context.close().catch(() => undefined);
  }
}
