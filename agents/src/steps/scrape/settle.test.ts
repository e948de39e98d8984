import { describe, expect, it } from '@jest/globals';
import type { CDPSession } from 'playwright-core';
import type { PageMonitor } from './page-monitor';
import { settle, type SettleOptions } from './settle';

/** A page that last changed `unchangedMs` ago, and whose last request was `silentMs` ago. */
async function roundsOf(
  options: SettleOptions,
  page: { unchangedMs: number; silentMs: number; inFlight?: number },
): Promise<number> {
  let elapsed = 0;
  let rounds = 0;
  const cdp = {
    send: async (method: string) =>
      method === 'Page.getFrameTree'
        ? { frameTree: { frame: { id: 'main' } } }
        : method === 'Page.createIsolatedWorld'
        ? { executionContextId: 1 }
        : { result: { value: page.unchangedMs + elapsed } },
  };
  const began = performance.now();
  const monitor: Partial<PageMonitor> = {
    verdict: () => undefined,
    inFlight: () => page.inFlight ?? 0,
    lastActivity: () => began - page.silentMs - elapsed,
  };
  const clock = {
    now: () => new Date(0),
    elapsed: () => elapsed,
    sleep: async (ms: number) => {
      elapsed += ms;
      rounds += 1;
    },
  };
  await settle(
    cdp as unknown as CDPSession,
    monitor as PageMonitor,
    clock,
    options,
  );
  return rounds;
}

const options = { quietMs: 150, mutationCapMs: 1000, capMs: 2000 };
const longQuiet = { unchangedMs: 900, silentMs: 900 };

describe('a page comes to rest', () => {
  it('after the quiet time at least, though it was quiet before', async () => {
    expect(await roundsOf(options, longQuiet)).toBeGreaterThan(3);
  });

  it('at once where it was quiet for long and nothing has to pass', async () => {
    expect(await roundsOf({ ...options, leastMs: 0 }, longQuiet)).toBeLessThan(
      3,
    );
  });

  it('not before it is quiet, where nothing has to pass', async () => {
    const changed = { unchangedMs: 0, silentMs: 900 };
    const asked = { unchangedMs: 900, silentMs: 0 };
    for (const page of [changed, asked])
      expect(await roundsOf({ ...options, leastMs: 0 }, page)).toBeGreaterThan(
        3,
      );
  });

  it('not while a request is under way, but for the cap', async () => {
    const page = { unchangedMs: 900, silentMs: 900, inFlight: 1 };
    const short = { ...options, leastMs: 0, capMs: 500 };
    expect(await roundsOf(short, page)).toBeGreaterThan(15);
  });
});
