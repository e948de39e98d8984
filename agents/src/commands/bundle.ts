import { createHash } from 'node:crypto';
import type { PageBundle } from '../domain/facts/page-bundle';
import type { NotObserved } from '../steps/scrape/outcome';
import type { Reading } from '../steps/scrape/visit';

const sha256 = (text: string): string =>
  createHash('sha256').update(text).digest('hex');

/** What `scrape` would have saved of this page, without storing it. @param finalUrl the address that the page says is its own */
export function bundleOfReading(
  url: string,
  { collected, status, redirects }: Reading,
  finalUrl: string,
): PageBundle {
  const { text, html, title, lang, layout } = collected;
  return {
    page: {
      url,
      urlSha256: sha256(url),
      finalUrl,
      status,
      redirects: redirects.slice(0, 30),
      title,
      lang,
      textSha256: sha256(text),
      htmlSha256: sha256(html),
      blocked: [],
      shots: [],
    },
    text,
    html,
    layout,
  };
}

/** A page that could not be read: no facts, and the reason why. */
export function bundleOfFailure(
  url: string,
  { reason, detail }: NotObserved,
): PageBundle {
  return {
    page: {
      url,
      urlSha256: sha256(url),
      reason,
      detail,
      redirects: [],
      blocked: [],
      shots: [],
    },
    text: '',
    html: '',
    layout: {
      viewport: { width: 0, height: 0 },
      pageHeight: 0,
      runs: [],
      jsonLd: [],
      meta: {},
      hiddenText: [],
    },
  };
}
