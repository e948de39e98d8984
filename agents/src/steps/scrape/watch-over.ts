import type { Browser } from 'playwright-core';
import type { StepDeps } from '../../runtime/step';
import { BrowserLostError } from './failed-visit';

/** A page's time limit is for its navigation; this many of them are for all that is done with it. */
const VISIT_LIMIT = 4;

export interface Watch {
  /** Rejects when the visit is over. */
  ended: Promise<never>;
  signal: AbortSignal;
  /** Milliseconds until the visit takes too long. */
  leftMs(): number;
  stop(): void;
}

/**
 * Rejects once the browser is gone or a visit takes far too long. A command to a page that was under way
 * when the connection ended is never answered: without this the step would wait for ever.
 */
export function watchOver(browser: Browser, deps: StepDeps): Watch {
  const limitMs = deps.settings.PAGE_TIMEOUT_MS * VISIT_LIMIT;
  const from = performance.now();
  const over = new AbortController();
  const ended = new Promise<never>((_resolve, reject) =>
    over.signal.addEventListener('abort', () => reject(over.signal.reason)),
  );
  const lost = () =>
    over.abort(new BrowserLostError('the browser was lost', 'browser'));
  const timer = setTimeout(
    () =>
      over.abort(new BrowserLostError(`no end after ${limitMs} ms`, 'page')),
    limitMs,
  );
  browser.once('disconnected', lost);
  if (!browser.isConnected()) lost();
  return {
    ended,
    signal: over.signal,
    leftMs: () => limitMs - (performance.now() - from),
    stop() {
      clearTimeout(timer);
      browser.off('disconnected', lost);
    },
  };
}
