import type { CDPSession, Page } from 'playwright-core';
import type { Clock } from '../../runtime/clock';
import type { PageMonitor } from './page-monitor';

/** Evaluates in a world of its own: the page's scripts can neither see nor change what runs there. */
export async function evaluateIsolated<T>(
  cdp: CDPSession,
  expression: string,
  timeoutMs: number,
  /** The session's own where it is not given. */
  frame?: string,
): Promise<T> {
  const frameId =
    frame ?? (await cdp.send('Page.getFrameTree')).frameTree.frame.id;
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', {
    frameId,
    worldName: 'agent-workloads',
  });
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
    contextId: executionContextId,
    expression,
    returnByValue: true,
    awaitPromise: true,
    timeout: timeoutMs,
  });
  if (exceptionDetails) {
    throw new Error(
      exceptionDetails.exception?.description?.slice(0, 300) ??
        exceptionDetails.text,
    );
  }
  return result.value as T;
}

export interface SettleOptions {
  /** Neither requests nor changes for this long, in milliseconds, is quiet. */
  quietMs: number;
  /** Time that has to pass in any case; `quietMs` where it is not given. */
  leastMs?: number;
  /** Changes are not waited for any longer than this: a ticker never ends. */
  mutationCapMs: number;
  /** Nothing is waited for any longer than this. */
  capMs: number;
}

const POLL_MS = 25;
/** A request this old without an end is a poll or a stuck tracker. */
const STUCK_MS = 3000;

/** The document as the browser defines it: an `<img name=documentElement>` takes the place of the property. */
const DOC = `const doc = name => {
  const value = Reflect.get(Document.prototype, name, document);
  return typeof value === 'function' ? value.bind(document) : value;
};`;

const WATCH = `(() => {
  ${DOC}
  const state = (globalThis[Symbol.for('agentworkloads.settle')] ??= { at: performance.now() });
  if (!state.observer && doc('documentElement')) {
    state.observer = new MutationObserver(() => { state.at = performance.now(); });
    state.observer.observe(doc('documentElement'),
      { subtree: true, childList: true, characterData: true });
  }
  return performance.now() - state.at;
})()`;

/** Waits until a page that has its DOM shows what its scripts make of it. */
export async function settle(
  cdp: CDPSession,
  monitor: PageMonitor,
  clock: Clock,
  options: SettleOptions,
): Promise<void> {
  const from = clock.elapsed();
  const least = options.leastMs ?? options.quietMs;
  for (;;) {
    const passed = clock.elapsed() - from;
    if (passed > options.capMs || monitor.verdict()) return;
    // A navigation by script takes the world away; the next round finds the new one.
    const unchanged = await evaluateIsolated<number>(cdp, WATCH, 1000).catch(
      () => 0,
    );
    const silent = performance.now() - monitor.lastActivity();
    const requestsDone =
      (monitor.inFlight() === 0 && silent > options.quietMs) ||
      silent > STUCK_MS;
    const stillDom =
      unchanged > options.quietMs || passed > options.mutationCapMs;
    if (requestsDone && stillDom && passed > least) return;
    await clock.sleep(POLL_MS);
  }
}

/** Ends the animations of a page where they would end. */
const STAND_STILL = `(async () => {
  ${DOC}
  for (const animation of doc('getAnimations')()) {
    try { animation.finish(); } catch { animation.cancel(); }
  }
  await Promise.race([doc('fonts').ready, new Promise(done => setTimeout(done, 1500))]);
})()`;

export async function standStill(cdp: CDPSession): Promise<void> {
  await evaluateIsolated(cdp, STAND_STILL, 4000).catch(() => undefined);
}

/** One frame drawn. */
export async function nextFrame(page: Page): Promise<void> {
  await page
    .evaluate(
      () =>
        new Promise<void>(done => {
          requestAnimationFrame(() => done());
          setTimeout(done, 150);
        }),
    )
    .catch(() => undefined);
}
