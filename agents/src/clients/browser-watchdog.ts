import type { Browser } from 'playwright-core';
import type { Logger } from '../runtime/logger';
import { browserProcesses, processToEnd } from './browser-memory';

/** Short against the time in which a page can take what is left of the pod. */
const INTERVAL_MS = 100;

export interface BrowserWatchdog {
  /** `performance.now()` when a process of a page was last ended for its memory. */
  pageEndedAt(): number | undefined;
  stop(): void;
}

/**
 * Ends the largest process of a local browser before the limit of the pod ends the whole step: one page is
 * lost then, and not the run.
 * @param budget bytes
 */
export async function watchMemory(
  browser: Browser,
  budget: number,
  logger: Logger,
): Promise<BrowserWatchdog | undefined> {
  const root = await pidOf(browser);
  if (!root || browserProcesses(root).length === 0) {
    logger.debug('the memory of the browser can not be read here');
    return undefined;
  }
  let endedAt: number | undefined;
  const timer = setInterval(() => {
    const victim = processToEnd(browserProcesses(root), budget);
    if (!victim) return;
    if (victim.type === 'renderer') endedAt = performance.now();
    logger.warn(
      {
        type: victim.type,
        mib: Math.round(victim.bytes / 2 ** 20),
        budgetMib: Math.round(budget / 2 ** 20),
      },
      'the browser took too much memory, its largest process was ended',
    );
    try {
      process.kill(victim.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
  }, INTERVAL_MS);
  timer.unref();
  const stop = () => clearInterval(timer);
  browser.once('disconnected', stop);
  return { pageEndedAt: () => endedAt, stop };
}

async function pidOf(browser: Browser): Promise<number | undefined> {
  try {
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    await session.detach();
    return processInfo.find(({ type }) => type === 'browser')?.id;
  } catch {
    return undefined;
  }
}
