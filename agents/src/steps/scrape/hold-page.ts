import type { Page } from 'playwright-core';
import { answerProxy } from './host-policy';

/** A page that is kept where it is while more of it is read and its controls are pressed. */
export interface HeldPage {
  /** Whether it stands at another address than when it was read. */
  left(): boolean;
  /** How often something led to another page and was refused. */
  refusals(): number;
  /** Lets it go where it likes again. */
  release(): Promise<void>;
}

/**
 * Refuses every document that the page itself asks for, before it is asked for, until its context is closed: whatever a press or a timer
 * brings about, it does not leave for another page, by a form or by an address. Its frames and its scripts go on as they like, behind
 * the same proxy and rules.
 * @param address where it was read; it may have moved on by now
 * @param may `itself`: the page may load itself anew, at its own address
 */
export async function holdPage(
  page: Page,
  proxy: { username?: string; password?: string } | undefined,
  address: string,
  may: { itself?: boolean } = {},
): Promise<HeldPage> {
  let refusals = 0;
  const cdp = await page.context().newCDPSession(page);
  const { frameTree } = await cdp.send('Page.getFrameTree');
  cdp.on('Fetch.requestPaused', ({ requestId, frameId, request }) => {
    const again =
      may.itself && request.method === 'GET' && request.url === bare(address);
    const own = frameId === frameTree.frame.id && !again;
    if (own) refusals += 1;
    const answer = own
      ? // "Aborted" leaves the page as it is; other reasons show a page of the browser's.
        cdp.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
      : cdp.send('Fetch.continueRequest', { requestId });
    answer.catch(() => undefined);
  });
  answerProxy(cdp, proxy);
  await cdp.send('Fetch.enable', {
    patterns: [{ urlPattern: '*', resourceType: 'Document' }],
    handleAuthRequests: true,
  });
  return {
    left: () => place(page.url()) !== place(address),
    refusals: () => refusals,
    release: () => cdp.detach().catch(() => undefined),
  };
}

const bare = (url: string): string => url.split('#')[0];

/** What a script may not change without showing another page: an application moves on without asking for a document. */
function place(url: string): string {
  try {
    const { origin, pathname } = new URL(url);
    return origin + pathname;
  } catch {
    return url;
  }
}
