import type { Browser } from 'playwright-core';
import type { Logger } from '../runtime/logger';
import {
  browserProcesses,
  lookAgainAfter,
  processToEnd,
  type BrowserProcess,
} from './browser-memory';

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
  let ended: ReadonlySet<number> = new Set();
  const end = (victim: BrowserProcess) => {
    ended = new Set([...ended, victim.pid]);
    if (victim.type === 'renderer') endedAt = performance.now();
    // First, for it takes more while this is said.
    try {
      process.kill(victim.pid, 'SIGKILL');
    } catch {
      // It ended by itself.
    }
    logger.warn(
      {
        type: victim.type,
        mib: Math.round(victim.bytes / 2 ** 20),
        budgetMib: Math.round(budget / 2 ** 20),
      },
      'the browser took too much memory, its largest process was ended',
    );
  };
  let timer: NodeJS.Timeout;
  const look = () => {
    // One that was ended holds its memory for a moment: it is not ended twice, and no other one for it.
    const all = browserProcesses(root);
    const dying = all.filter(({ pid }) => ended.has(pid));
    const processes = all.filter(({ pid }) => !ended.has(pid));
    // The number of one that is gone may be another one's later.
    ended = new Set(dying.map(({ pid }) => pid));
    const victim = processToEnd(processes, budget);
    if (victim) end(victim);
    timer = setTimeout(look, lookAgainAfter(processes, budget)).unref();
  };
  look();
  const stop = () => clearTimeout(timer);
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
