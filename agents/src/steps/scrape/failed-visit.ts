import { failureFromHeaders } from '@agentworkloads/api';
import type { Page } from 'playwright-core';
import {
  EgressProxyAwayError,
  type EgressClient,
} from '../../clients/egress-client';
import type { StepDeps } from '../../runtime/step';
import { readNavigationError } from './navigation-error';
import { notObserved, withoutCredentials } from './outcome';
import { hostPort, type PageMonitor } from './page-monitor';
import { sentence } from './robots';

/** So long the browser may take to tell where a redirect led that it refused. */
const REDIRECT_TOLD_MS = 2000;

/** The browser, or what it was asked to do, failed during the visit; another try may do better. */
export class BrowserLostError extends Error {
  override readonly name = 'BrowserLostError';
  /** @param blame the page, where it alone hung or crashed; the browser, where others were lost with it */
  constructor(
    message: string,
    readonly blame: 'page' | 'browser',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What telling why a page was not observed needs: the limits that were in force, and the proxy to ask. */
export type ExplainingDeps = { egress: EgressClient } & {
  settings: Pick<StepDeps['settings'], 'PAGE_TIMEOUT_MS' | 'PAGE_MAX_BYTES'>;
};

/** After the page has come to rest: is what stands there a document of the site, and HTML? */
export async function checkMain(
  page: Page,
  monitor: PageMonitor,
  deps: ExplainingDeps,
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

/** What a navigation that failed, or was stopped, means for the page. */
export async function explain(
  message: string,
  url: string,
  monitor: PageMonitor,
  deps: ExplainingDeps,
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
  if (verdict === 'CRASHED')
    return new BrowserLostError('the page crashed', 'page');
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
    return new BrowserLostError(message.split('\n')[0], 'browser');
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
  if (read.kind === 'other-scheme') {
    // Where no redirect is told of, what was asked for may be it; but never the address that led away.
    const to =
      (await monitor.redirectedTo(REDIRECT_TOLD_MS)) ??
      (/^https?:/i.test(target) ? '' : target);
    const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(to)?.[1];
    return notObserved(
      'NOT_HTML',
      `The page leads to ${
        scheme
          ? `a ${scheme.toLowerCase()}: address`
          : 'an address of another kind'
      }, which is no page of a site.`,
      known,
    );
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

export function splitHostPort(text: string): [string, number] {
  const at = text.lastIndexOf(':');
  return [text.slice(0, at), Number(text.slice(at + 1))];
}
