import { isSameSite, type PageLayout } from '@agentworkloads/api';
import { PRICE_LABELS, lowerCase } from '@agentworkloads/facts';

/** Where a page says that its prices stand. */

const LABELS = new Set(
  Object.values(PRICE_LABELS).flatMap(words => words.map(lowerCase)),
);
/** Words before and after a label that name no other thing: "See pricing", "Our plans". */
const AROUND =
  /^(?:see|view|our|all|compare|check|zu den|zur|unsere|voir|nos|les|ver|nuestros|i nostri|bekijk|onze|se|zobacz)\s+|\s*[→›»>]+\s*$/giu;
const PATH =
  /(?:^|[/_-])(?:pricing|prices?|plans?|plans-and-pricing|preise?|tarife?|tarifs?|precios?|planes|prezzi|precos?|prijzen|cennik|ceny|cenik|priser|hinnat|hinnasto)(?:[/_.-]|$)/i;
/** A path that is nothing else, in front of it at most a language: "/pricing", "/de/preise". */
const PRICES_ALONE =
  /^(?:\/[a-z]{2}(?:-[a-z]{2})?)?\/(?:pricing|prices|plans-(?:and-)?pricing|pricing-(?:and-)?plans|preise|tarifs|precios|prezzi|precos|prijzen|cennik|cenik|hinnasto)(?:\.\w{2,5})?\/?$/i;
/** What stands between the parts of "Plans & Pricing", "Tarifs et offres". */
const AND =
  /\s*[&+/|,]\s*|\s+(?:and|und|et|y|e|en|og|och|ja|i|a|és|și|и|та|ve|و)\s+/iu;
const MORE_LABELS = ['praghsanna', 'praghsáil', 'prezzijiet'];
const MAX_LABEL = 40;
const MAX_URL = 2000;

const isName = (label: string): boolean => {
  const inner = label.replace(AROUND, '').trim();
  return [label, inner].some(
    each => LABELS.has(each) || MORE_LABELS.includes(each),
  );
};

/** How many halves of a link's words name prices: 2 where all do, 1 where a part does. */
function worthOfLabel(text: string): number {
  if (text.length > MAX_LABEL) return 0;
  const label = lowerCase(text).replace(/\s+/g, ' ').trim();
  if (isName(label)) return 2;
  const parts = label.split(AND).filter(Boolean);
  const names = parts.filter(isName).length;
  if (names === 0) return 0;
  return names === parts.length ? 2 : 1;
}

/** "plan" in an address may be about anything. */
function worthOfPath(path: string): number {
  if (PRICES_ALONE.test(path)) return 2;
  return PATH.test(path) ? 1 : 0;
}

const bare = (host: string): string => host.replace(/^www\./, '');

/** The address without what does not tell pages apart. */
export function pageAddress(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, pathname, search } = new URL(url);
  return `${bare(host)}${pathname.replace(/\/+$/, '')}${search}`;
}

function candidate(href: string, base: URL): URL | undefined {
  if (!URL.canParse(href, base)) return undefined;
  const url = new URL(href, base);
  const goes =
    /^https?:$/.test(url.protocol) &&
    !url.username &&
    !url.password &&
    url.href.length <= MAX_URL;
  if (!goes || !isSameSite(url.host, base.host)) return undefined;
  return pageAddress(url.href) === pageAddress(base.href) ? undefined : url;
}

/**
 * The page of the same site that this one names as that of its prices: by the words of the link, in any language of the vocabulary, and
 * by its path. Undefined where there is none, or it is this page.
 * @param address of the page after redirects
 */
export function findPricingLink(
  address: string,
  text: string,
  { runs }: Pick<PageLayout, 'runs'>,
): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const base = new URL(address);
  let best: { url: URL; worth: number } | undefined;
  for (const { href, start, end } of runs) {
    const url = href === undefined ? undefined : candidate(href, base);
    if (!url) continue;
    const worth =
      worthOfLabel(text.slice(start, end)) + worthOfPath(url.pathname);
    // A word such as "plan" in an address alone may be about anything.
    if (worth >= 2 && worth > (best?.worth ?? 0)) best = { url, worth };
  }
  if (!best) return undefined;
  best.url.hash = '';
  return best.url.href;
}
