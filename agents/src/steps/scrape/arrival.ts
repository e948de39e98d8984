import type { CDPSession } from 'playwright-core';
import type { PageMonitor } from './page-monitor';
import { evaluateIsolated } from './settle';

/** A page whose document is here has this long to move on to another one, which most never want. */
const MOVING_ON_MS = 2000;
const ANSWER_MS = 2000;

/**
 * Resolves some time after the document of the main frame was read to its end. Playwright waits for a page
 * that asks for `mailto:` or a program of the visitor's as for a page that moves on: without an end.
 */
export function documentArrived(cdp: CDPSession, monitor: PageMonitor) {
  let timer: NodeJS.Timeout | undefined;
  let arrived: () => void;
  const afterAWhile = new Promise<void>(resolve => {
    arrived = resolve;
  });
  const onLoaded = () => {
    if (!monitor.committed()) return;
    clearTimeout(timer);
    timer = setTimeout(() => arrived(), MOVING_ON_MS);
  };
  cdp.on('Page.domContentEventFired', onLoaded);
  cdp.send('Page.enable').catch(() => undefined);
  return {
    afterAWhile,
    stop() {
      clearTimeout(timer);
      cdp.off('Page.domContentEventFired', onLoaded);
    },
  };
}

/** Ends the loading of a page that takes too long, and says whether there is something to read. */
export async function hasText(
  cdp: CDPSession,
  monitor: PageMonitor,
): Promise<boolean> {
  if (!monitor.committed() || monitor.verdict()) return false;
  const asked = cdp
    .send('Page.stopLoading')
    .then(() => evaluateIsolated<boolean>(cdp, HAS_TEXT, ANSWER_MS))
    .catch(() => false);
  // A page whose scripts never rest does not answer at all.
  const late = new Promise<boolean>(resolve =>
    setTimeout(() => resolve(false), ANSWER_MS).unref(),
  );
  return Promise.race([asked, late]);
}

const HAS_TEXT = `(() => {
  const get = name => Reflect.get(Document.prototype, name, document);
  return /[\\p{L}\\p{N}]/u.test(get('body')?.innerText ?? '');
})()`;
