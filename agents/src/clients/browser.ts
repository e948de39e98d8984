import type { Browser } from 'playwright-core';

/** One browser for a step, opened on first use and again after it was lost. */
export interface BrowserLauncher {
  /** @throws RetryableError when no browser can be had. */
  get(): Promise<Browser>;
  close(): Promise<void>;
}
