import type { Browser } from 'playwright-core';
import type { Logger } from '../runtime/logger';
import {
  describeError,
  PermanentError,
  RetryableError,
} from '../runtime/errors';
import type { BrowserLauncher } from './browser';
import { browserBudget, memoryLimit } from './browser-memory';
import { watchMemory, type BrowserWatchdog } from './browser-watchdog';
import { findChromium } from './chromium-path';

/** Loaded on use: most steps have no browser. */
const loadChromium = async () => (await import('playwright-core')).chromium;

/**
 * A proxy given per context stops every request but one kind: STUN goes out by UDP. This flag stops that;
 * `--webrtc-ip-handling-policy` without "force" does nothing.
 */
const FLAGS = [
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-pings',
  '--no-first-run',
  '--mute-audio',
  '--hide-scrollbars',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

export interface PlaywrightBrowserOptions {
  /** A browser service that speaks CDP, such as Browserless at `/chromium`. Else one is started here. */
  wsEndpoint?: string;
  token?: string;
  chromiumPath?: string;
  tries: number;
  baseDelayMs: number;
  timeoutMs: number;
  /** How long a step waits for a place at a service whose places are all taken, in milliseconds; 0: not at all. */
  placeWaitMs: number;
  logger: Logger;
  sleep(ms: number): Promise<void>;
}

export function createPlaywrightBrowser(
  options: PlaywrightBrowserOptions,
): BrowserLauncher {
  let current: Promise<Browser> | undefined;
  let sandboxed: boolean | undefined;
  let watchdog: BrowserWatchdog | undefined;
  const budget = browserBudget(memoryLimit());
  const open = async () => {
    if (options.wsEndpoint) return connect(options, options.wsEndpoint);
    const launched = await launch(options);
    sandboxed = launched.sandboxed;
    watchdog = await watchMemory(launched.browser, budget, options.logger);
    return launched.browser;
  };
  return {
    get state() {
      return {
        sandboxed,
        pageEndedAt: watchdog?.pageEndedAt(),
        memoryBudget: watchdog && budget,
      };
    },
    async get() {
      const before = current;
      const known = await before?.catch(() => undefined);
      if (known?.isConnected()) return known;
      // Two pages may find the browser gone at once; one of them opens the next.
      if (current === before || !current) {
        if (known)
          options.logger.warn('the browser was lost, opening another one');
        current = withTries(options, open);
      }
      return current;
    },
    async close() {
      watchdog?.stop();
      const known = await current?.catch(() => undefined);
      current = undefined;
      await known?.close().catch(() => undefined);
    },
  };
}

/** What Playwright says of the handshake when it was answered so. */
const REFUSED = /WebSocket error: \S+ 40[13]\b/;

/** A service with one session a pod answers so while all are taken: no fault, so it costs no attempt. */
const FULL = /WebSocket error: \S+ 429\b/;
const LONGEST_PAUSE_MS = 5000;

async function withTries(
  options: PlaywrightBrowserOptions,
  open: () => Promise<Browser>,
): Promise<Browser> {
  let waitedMs = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await open();
    } catch (error) {
      if (FULL.test(firstLine(error)) && waitedMs < options.placeWaitMs) {
        if (waitedMs === 0)
          options.logger.info(
            'every place of the browser service is taken, waiting for one',
          );
        const pause = Math.min(
          LONGEST_PAUSE_MS,
          options.baseDelayMs,
          options.placeWaitMs - waitedMs,
        );
        await options.sleep(pause);
        waitedMs += pause;
        attempt--;
        continue;
      }
      if (error instanceof Error && error.name === 'PermanentError')
        throw error;
      if (options.wsEndpoint && REFUSED.test(firstLine(error))) {
        throw new PermanentError(
          'The browser service refused the token: set BROWSER_TOKEN of the steps to the token that the service was started with.',
        );
      }
      if (attempt >= options.tries) {
        throw new RetryableError(
          `The browser can't be ${
            options.wsEndpoint ? 'reached' : 'started'
          }: ${firstLine(error)}`,
        );
      }
      options.logger.warn(
        { attempt, cause: firstLine(error) },
        'no browser yet, trying again',
      );
      await options.sleep(options.baseDelayMs * 2 ** (attempt - 1));
    }
  }
}

/** Playwright's messages carry a call log with the whole command line. */
const firstLine = (error: unknown): string =>
  describeError(error).split('Call log:')[0].split('Browser logs:')[0].trim();

async function connect(
  options: PlaywrightBrowserOptions,
  endpoint: string,
): Promise<Browser> {
  const url = new URL(endpoint);
  // Browserless ends the whole connection after its `timeout`, 30 s where none is asked for.
  if (!url.searchParams.has('timeout')) {
    url.searchParams.set('timeout', String(60 * 60_000));
  }
  if (!url.searchParams.has('launch')) {
    // Null, or Browserless lays each page out in a window of 800 x 600, whatever its context says.
    url.searchParams.set(
      'launch',
      JSON.stringify({ args: FLAGS, defaultViewport: null }),
    );
  }
  const chromium = await loadChromium();
  return chromium.connectOverCDP(url.href, {
    timeout: options.timeoutMs,
    // In a header, not in the query: addresses are logged.
    headers: options.token ? { Authorization: `Bearer ${options.token}` } : {},
  });
}

async function launch(
  options: PlaywrightBrowserOptions,
): Promise<{ browser: Browser; sandboxed: boolean }> {
  const executablePath = await findChromium(options.chromiumPath);
  const chromium = await loadChromium();
  const start = (sandbox: boolean) =>
    chromium.launch({
      executablePath,
      headless: true,
      chromiumSandbox: sandbox,
      args: [...FLAGS, '--disable-dev-shm-usage'],
      timeout: options.timeoutMs * 2,
      handleSIGTERM: false,
      handleSIGINT: false,
      handleSIGHUP: false,
    });
  const root = process.getuid?.() === 0;
  if (!root) {
    try {
      return { browser: await start(true), sandboxed: true };
    } catch (error) {
      options.logger.warn(
        { cause: firstLine(error).slice(0, 200) },
        'no user namespaces for the sandbox of the browser; it runs without',
      );
    }
  } else {
    options.logger.warn(
      'running as root, so the browser runs without its sandbox',
    );
  }
  return { browser: await start(false), sandboxed: false };
}
