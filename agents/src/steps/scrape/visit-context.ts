import type { Browser, BrowserContext } from 'playwright-core';
import type { EgressClient } from '../../clients/egress-client';
import type { VisitEgress } from '../../clients/visit-egress';
import type { StepDeps } from '../../runtime/step';
import { BrowserLostError, splitHostPort } from './failed-visit';
import type { PageMonitor } from './page-monitor';
import { DESKTOP } from './shoot';

/** What a visit works with: the step's dependencies and a way out of its own. */
export type VisitDeps = StepDeps & {
  egress: EgressClient;
  proxy: VisitEgress['proxy'];
};

export function visitDeps(deps: StepDeps, url: string): VisitDeps {
  const { client, proxy } = deps.egressFor(url);
  return { ...deps, egress: client, proxy };
}

/** A context that nothing leaves but through the proxy, and that keeps nothing of another visit. */
export async function openContext(
  browser: Browser,
  userAgent: string,
  { proxy }: Pick<VisitDeps, 'proxy'>,
): Promise<BrowserContext> {
  try {
    return await browser.newContext({
      proxy,
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
    throw new BrowserLostError('the browser gave no context', 'browser', {
      cause: error,
    });
  }
}

/** The proxy refused these; of a failed tunnel only the proxy knows whether it did. */
export async function blockedHosts(
  monitor: PageMonitor,
  { egress }: Pick<VisitDeps, 'egress'>,
): Promise<string[]> {
  const blocked = new Set(monitor.blocked());
  const asked = monitor
    .failedTunnels()
    .slice(0, 20)
    .map(async at => {
      const [host, port] = splitHostPort(at);
      const failure = await egress
        .probe(host, port, 3000)
        .catch(() => undefined);
      if (failure === 'EGRESS_BLOCKED' || failure === 'POLICY_DENIED')
        blocked.add(at);
    });
  await Promise.all(asked);
  return [...blocked].sort().slice(0, 100);
}
