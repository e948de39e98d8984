import type {
  BrowserContext,
  CDPSession,
  Page,
  Request,
  Response,
} from 'playwright-core';
import { BLOCKED_HEADER } from '@agentworkloads/api';
import { asksForDocument, watchRedirects } from './refused-redirect';

/** What happened on the wire while a page was open. */
export interface PageMonitor {
  /** Addresses of the main frame, redirects and moves by script included, in order, without the last. */
  redirects(): string[];
  /** The last document that the main frame asked for. */
  mainRequest(): Request | undefined;
  mainResponse(): Response | undefined;
  /** Did a document of the main frame arrive? What comes after it may still turn out to be none. */
  committed(): boolean;
  /** Where the last redirect of the document led to, as the site wrote it; waits so many milliseconds for word of it. */
  redirectedTo(withinMs: number): Promise<string | undefined>;
  /** Chromium's name of the failure of the main frame's last navigation. */
  mainFailure(): string | undefined;
  /** Set when the visit has to end: too large, a download, a loop of redirects, a crash. */
  verdict():
    | 'TOO_LARGE'
    | 'DOWNLOAD'
    | 'TOO_MANY_REDIRECTS'
    | 'CRASHED'
    | undefined;
  /** HTTP status of the document that last came from this address into a frame; undefined where none did. */
  frameStatus(url: string): number | undefined;
  /** host:port of subrequests that the proxy refused for sure. */
  blocked(): string[];
  /** host:port of tunnels that failed; the proxy knows why. */
  failedTunnels(): string[];
  /** Requests under way, without those that stay open by nature. */
  inFlight(): number;
  /** Time of the last start or end of a request, as `performance.now()`. */
  lastActivity(): number;
  /** The same of what scripts ask for: data, and no pictures, styles or counters. */
  lastData(): number;
}

export interface MonitorLimits {
  /** Decoded bytes of the document. */
  documentBytes: number;
  /** Decoded bytes of all that the page loads; after that it goes on with what it has. */
  pageBytes: number;
  navigations: number;
}

/** Failures of a navigation that leave the visitor where he was. */
const NO_CONTENT = new Set([204, 205]);
const STAYS = /ERR_ABORTED|ERR_UNKNOWN_URL_SCHEME/;

/** Kinds that never end, and need not. */
const OPEN_ENDED = new Set(['websocket', 'eventsource', 'media', 'ping']);

export async function monitorPage(
  page: Page,
  context: BrowserContext,
  cdp: CDPSession,
  limits: MonitorLimits,
): Promise<PageMonitor> {
  const chain: string[] = [];
  const blocked = new Set<string>();
  const tunnels = new Set<string>();
  const open = new Set<Request>();
  let mainRequest: Request | undefined;
  let mainResponse: Response | undefined;
  let mainFailure: string | undefined;
  let committed: { request?: Request; response: Response } | undefined;
  let verdict: ReturnType<PageMonitor['verdict']>;
  let lastActivity = performance.now();
  let lastData = 0;
  const noteData = (request: Request) => {
    if (/^(fetch|xhr)$/.test(request.resourceType()))
      lastData = performance.now();
  };
  let bytes = 0;

  const stop = (reason: NonNullable<typeof verdict>) => {
    verdict ??= reason;
    // Closing is what ends a navigation that would go on for ever.
    void page.close().catch(() => undefined);
  };
  const isMain = (request: Request) =>
    request.isNavigationRequest() && request.frame() === page.mainFrame();

  closePopups(page, context);
  page.on('dialog', dialog => void dialog.dismiss().catch(() => undefined));
  page.on('crash', () => stop('CRASHED'));
  /** A download, an answer without content or a program of the visitor's takes no page away. */
  const stayOnPage = () => {
    if (!committed || mainRequest === committed.request) return;
    mainRequest = committed.request;
    mainResponse = committed.response;
    mainFailure = undefined;
    chain.pop();
  };
  page.on('download', download => {
    void download.cancel().catch(() => undefined);
    if (committed) stayOnPage();
    else verdict ??= 'DOWNLOAD';
  });
  page.on('framenavigated', frame => {
    if (frame !== page.mainFrame() || !mainResponse) return;
    const [address] = frame.url().split('#');
    if (mainResponse.url().split('#')[0] !== address) return;
    committed = { request: mainRequest, response: mainResponse };
  });
  page.on('request', request => {
    lastActivity = performance.now();
    noteData(request);
    if (!OPEN_ENDED.has(request.resourceType())) open.add(request);
    if (!safely(() => isMain(request))) return;
    mainRequest = request;
    mainResponse = undefined;
    mainFailure = undefined;
    chain.push(request.url());
    if (chain.length > limits.navigations) stop('TOO_MANY_REDIRECTS');
  });
  page.on('requestfinished', request => {
    lastActivity = performance.now();
    noteData(request);
    open.delete(request);
  });
  page.on('requestfailed', request => {
    lastActivity = performance.now();
    open.delete(request);
    const failure = request.failure()?.errorText ?? '';
    if (request === mainRequest) {
      mainFailure = failure;
      if (STAYS.test(failure)) stayOnPage();
    }
    if (request === mainRequest) return;
    if (failure.includes('ERR_TUNNEL_CONNECTION_FAILED'))
      tunnels.add(hostPort(request.url()));
    else if (failure.includes('ERR_UNSAFE_PORT'))
      blocked.add(hostPort(request.url()));
  });
  page.on('response', response => {
    const headers = response.headers();
    if (response.request() === mainRequest) {
      mainResponse = response;
      const length = Number(headers['content-length'] ?? 0);
      const redirect = response.status() >= 300 && response.status() < 400;
      if (NO_CONTENT.has(response.status())) stayOnPage();
      if (length > limits.documentBytes && !redirect) stop('TOO_LARGE');
    } else if (headers[BLOCKED_HEADER] !== undefined) {
      blocked.add(hostPort(response.url()));
    }
  });
  page.on('websocket', socket => {
    socket.on('socketerror', () => tunnels.add(hostPort(socket.url())));
  });

  let documentId: string | undefined;
  let documentBytes = 0;
  cdp.on('Network.requestWillBeSent', event => {
    if (asksForDocument(event)) {
      documentId = event.requestId;
      documentBytes = 0;
    }
  });
  const redirect = watchRedirects(cdp);
  cdp.on('Network.dataReceived', event => {
    bytes += event.dataLength;
    if (event.requestId === documentId) documentBytes += event.dataLength;
    if (documentBytes > limits.documentBytes) stop('TOO_LARGE');
    else if (bytes > limits.pageBytes) {
      bytes = -Infinity;
      void cdp.send('Page.stopLoading').catch(() => undefined);
    }
  });
  await Promise.all([
    cdp.send('Network.enable', {
      maxTotalBufferSize: 0,
      maxResourceBufferSize: 0,
    }),
    cdp.send('Network.setBlockedURLs', {
      urls: ['*.mp4', '*.webm', '*.mp3', '*.m3u8', '*.zip', '*.dmg', '*.exe'],
    }),
  ]);

  return {
    redirects: () => distinct(chain.slice(0, -1)),
    mainRequest: () => mainRequest,
    mainResponse: () => mainResponse,
    committed: () => committed !== undefined,
    redirectedTo: withinMs => redirect.to(withinMs),
    mainFailure: () => mainFailure,
    verdict: () => verdict,
    frameStatus: watchFrames(page),
    blocked: () => [...blocked],
    failedTunnels: () => [...tunnels],
    inFlight: () => open.size,
    lastActivity: () => lastActivity,
    lastData: () => lastData,
  };
}

/** Neighbours that are the same count once: a reload is no redirect. */
const distinct = (urls: string[]): string[] =>
  urls.filter((url, index) => url !== urls[index - 1]);

/** A request whose frame is gone already throws when asked for it. */
function safely(question: () => boolean): boolean {
  try {
    return question();
  } catch {
    return false;
  }
}

/** A popup has the same proxy; nobody looks at it. */
function closePopups(page: Page, context: BrowserContext): void {
  context.on('page', other => {
    if (other !== page) void other.close().catch(() => undefined);
  });
}

/** From now on keeps the status of each document, by its address. */
function watchFrames(page: Page): PageMonitor['frameStatus'] {
  const statuses = new Map<string, number>();
  page.on('response', response => {
    if (safely(() => response.request().isNavigationRequest()))
      statuses.set(withoutHash(response.url()), response.status());
  });
  return url => statuses.get(withoutHash(url));
}

const withoutHash = (url: string): string => url.split('#')[0];

export function hostPort(url: string): string {
  try {
    const { hostname, port, protocol } = new URL(url);
    return `${hostname}:${
      port || (/^(https|wss):$/.test(protocol) ? 443 : 80)
    }`;
  } catch {
    return 'unknown:0';
  }
}
