import type { Page } from 'playwright-core';
import { answerProxy } from './host-policy';

/** A page that is kept where it is while its controls are pressed. */
export interface HeldPage {
  /** Whether something that was pressed leads to another page. */
  left(): boolean;
  release(): Promise<void>;
}

/**
 * Refuses every document that the page itself asks for, before it is asked for: whatever a press brings about, it neither leaves the page
 * nor sends a form to the site. Frames go on as they like.
 */
export async function holdPage(
  page: Page,
  proxy: { username?: string; password?: string } | undefined,
): Promise<HeldPage> {
  const address = place(page.url());
  let refused = false;
  const cdp = await page.context().newCDPSession(page);
  const { frameTree } = await cdp.send('Page.getFrameTree');
  cdp.on('Fetch.requestPaused', ({ requestId, frameId }) => {
    const own = frameId === frameTree.frame.id;
    refused ||= own;
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
    left: () => refused || place(page.url()) !== address,
    release: () => cdp.detach().catch(() => undefined),
  };
}

/** What a script may not change without showing another page: an application moves on without asking for a document. */
function place(url: string): string {
  try {
    const { origin, pathname } = new URL(url);
    return origin + pathname;
  } catch {
    return url;
  }
}
