import { createHash } from 'node:crypto';
import { PAGE_VIEW, type Fact } from '@agentworkloads/api';
import { extractFacts, type PageBundle } from '@agentworkloads/facts';
import type { Collected } from '../page-script/collect';
import { notesOfPage } from '../steps/scrape/notes';
import type { NotObserved } from '../steps/scrape/outcome';
import { NOTHING_MORE } from '../steps/scrape/read-more';
import type { More, RawView } from '../steps/scrape/views';
import { findPricingLink } from '../content/pricing-link';
import { mergeViews } from '../content/view-facts';
import type { Reading } from '../steps/scrape/read-page';

const sha256 = (text: string): string =>
  createHash('sha256').update(text).digest('hex');

/** A page with all that was seen of it, as `scrape` would have saved it. */
export interface WholePage {
  bundle: PageBundle;
  /** What is chosen on the page as it is loaded; empty where it has no switch. */
  loadedState: string;
  /** Other states and frames, each as a bundle of its own. */
  others: Array<{ view: RawView; bundle: PageBundle }>;
  /** What of the page was not read. */
  notes: readonly string[];
}

/** @param page the record of the page as loaded */
function bundleOfView(page: PageBundle['page'], view: RawView): PageBundle {
  const { text, html, layout } = view.collected;
  return {
    page: { ...page, textSha256: sha256(text), htmlSha256: sha256(html) },
    text,
    html,
    layout,
  };
}

/** @param seen what the page showed as it was loaded; absent where it was not read */
export const wholePage = (
  bundle: PageBundle,
  more: More = NOTHING_MORE,
  seen?: Pick<Collected, 'truncated'>,
): WholePage => ({
  bundle,
  loadedState: more.loadedState,
  others: more.views.map(view => ({
    view,
    bundle: bundleOfView(bundle.page, view),
  })),
  notes: seen ? notesOfPage(seen, more.views, more.notes) : more.notes,
});

/** What is said of a page without a price: where it says that its prices stand. */
export function noteOnPrices(
  { bundle: { page, text, layout } }: WholePage,
  facts: readonly Fact[],
): string[] {
  if (page.reason || facts.some(({ kind }) => kind === 'price')) return [];
  const link = findPricingLink(page.finalUrl ?? page.url, text, layout);
  return link
    ? [`The page shows no price; it names ${link} as the page of its prices.`]
    : [];
}

/** The facts of all views, as `dom` tells them. */
export function factsOf({ bundle, others, loadedState }: WholePage): Fact[] {
  const first = {
    view: { id: PAGE_VIEW, ...(loadedState && { state: loadedState }) },
    facts: extractFacts(bundle),
  };
  const rest = others.map(({ view, bundle: seen }) => ({
    view,
    facts: extractFacts(seen),
  }));
  return mergeViews([first, ...rest]);
}

/** What `scrape` would have saved of this page, without storing it. @param finalUrl the address that the page says is its own */
export function bundleOfReading(
  url: string,
  { collected, status, redirects, consent }: Reading,
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
      ...(consent?.consent && { consent: consent.consent }),
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
