import type { Browser } from 'playwright-core';

/** One browser for a step, opened on first use and again after it was lost. */
export interface BrowserLauncher {
  /** @throws RetryableError when no browser can be had. */
  get(): Promise<Browser>;
  /** What is known of the browser that is open; all unknown before the first use. */
  readonly state: BrowserState;
  close(): Promise<void>;
}

export interface BrowserState {
  /** Undefined where nobody can tell: behind a browser service. */
  sandboxed?: boolean;
  /** `performance.now()` when a page's process was last ended because of its memory. */
  pageEndedAt?: number;
  /** Bytes that the browser may take; undefined where its memory can't be read. */
  memoryBudget?: number;
}
