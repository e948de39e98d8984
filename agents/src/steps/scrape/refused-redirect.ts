import type { CDPSession } from 'playwright-core';

/** The part of a DevTools session that tells of redirects. */
type Session = Pick<CDPSession, 'on'>;

/** Whether a request is that for a document, the page's or a frame's; redirects keep its id. */
export const asksForDocument = (event: {
  type?: string;
  requestId: string;
  loaderId: string;
}): boolean => event.type === 'Document' && event.requestId === event.loaderId;

/** So many requests are remembered; a page's document is among its first. */
const MAX_REMEMBERED = 200;

export interface RedirectWatch {
  /**
   * Where the last redirect of the document led to, as the site wrote it.
   *
   * @param withinMs how long to wait for word of it, in milliseconds
   * @returns undefined where the browser told of none in that time
   */
  to(withinMs: number): Promise<string | undefined>;
}

/**
 * Listens for redirects that the browser refuses: of these the raw headers are the only sign. The protocol promises no
 * order between them, the request and the failure of the navigation, so that any of the three may come last.
 */
export function watchRedirects(cdp: Session): RedirectWatch {
  const locations = new Map<string, string>();
  let documentId: string | undefined;
  let told = () => {};
  const known = () => documentId && locations.get(documentId);

  cdp.on('Network.requestWillBeSent', event => {
    if (!asksForDocument(event)) return;
    documentId = event.requestId;
    if (known()) told();
  });
  cdp.on('Network.responseReceivedExtraInfo', event => {
    const location = Object.entries(event.headers).find(
      ([name]) => name.toLowerCase() === 'location',
    );
    if (!location) return;
    if (locations.size >= MAX_REMEMBERED) {
      const [oldest] = locations.keys();
      locations.delete(oldest);
    }
    locations.set(event.requestId, location[1]);
    if (known()) told();
  });

  return {
    async to(withinMs) {
      if (!known()) {
        await new Promise<void>(resolve => {
          const timer = setTimeout(resolve, withinMs);
          told = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return known();
    },
  };
}
