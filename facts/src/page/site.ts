import type { PageBundle } from './page-bundle';

/** Who a page is of, by its own words. */

const MAX_NAME = 80;
const ORGANISATION =
  /"@type"\s{0,4}:\s{0,4}"(?:Organization|Corporation|LocalBusiness|WebSite|OnlineBusiness|Brand)"[^{}]{0,2000}?"name"\s{0,4}:\s{0,4}"([^"\\]{1,80})"/;
/** What parts the page from its company in a title. */
const PARTS = /\s(?:[|–—·•»«:]|-)\s|[|·»«]|:\s/u;
const PAGE_TITLE =
  /^(?:home|pricing|prices?|plans?(?: (?:&|and) pricing)?|pricing (?:&|and) plans|plans and prices|preise|tarife|prix|tarifs?|precios|planes|prezzi|preços|planos|prijzen|tarieven|priser|hinnat|cennik|ceny|ceník|cenník|árak|prețuri|цени|цены|тарифы|ціни|тарифи|τιμές|fiyatlar|fiyatlandırma|الأسعار|מחירים|कीमत|मूल्य|価格|料金|요금|가격|价格|方案與價格|harga|giá|ราคา|welcome|official site|features|buy|shop|store)$/iu;

function hostOf(bundle: PageBundle): string {
  const url = bundle.page.finalUrl ?? bundle.page.url;
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url.slice(0, MAX_NAME);
  }
}

const labelOf = (host: string): string =>
  host
    .split('.')[0]
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

/** The parts of the title that are not the page's own heading, the shortest words first. */
function titleParts(bundle: PageBundle): string[] {
  return (bundle.page.title ?? '')
    .split(PARTS)
    .map(part => part.trim())
    .filter(part => part.length > 1 && part.length <= MAX_NAME);
}

function organisation(bundle: PageBundle): string | undefined {
  for (const block of bundle.layout.jsonLd) {
    const name = ORGANISATION.exec(block.slice(0, 100_000))?.[1].trim();
    if (name) return name;
  }
  return undefined;
}

/** The part of a title that names the company: the one that the host's name is made of, else the last that names no kind of page. */
function titleName(bundle: PageBundle): string | undefined {
  const parts = titleParts(bundle);
  const host = labelOf(hostOf(bundle));
  const sounds = (part: string) =>
    part.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();
  const same = parts.find(part => host.length > 2 && sounds(part) === host);
  if (same) return same;
  const others = parts.filter(
    part => !PAGE_TITLE.test(part) && part.split(/\s+/).length <= 4,
  );
  return parts.length > 1 ? others[others.length - 1] : undefined;
}

/** What a fact is about when no plan is: the company by the page's own words (Open Graph, JSON-LD, title), else its host. */
export function siteName(bundle: PageBundle): string {
  const own = bundle.layout.meta['og:site_name']?.trim();
  if (own && own.length <= MAX_NAME) return own;
  return (
    organisation(bundle) ??
    bundle.layout.meta['application-name']?.trim().slice(0, MAX_NAME) ??
    titleName(bundle) ??
    hostOf(bundle)
  );
}

/** "Acme vs. the rest": whoever compares names itself first. */
const VERSUS = /^(.{2,40}?)\s(?:vs\.?|versus)\s/i;

/** Every name that the page's own company may stand under, in small letters. */
export function companyNames(bundle: PageBundle): ReadonlySet<string> {
  const host = hostOf(bundle);
  return new Set(
    [
      siteName(bundle),
      organisation(bundle) ?? '',
      ...titleParts(bundle).filter(part => !PAGE_TITLE.test(part)),
      ...titleParts(bundle).map(part => VERSUS.exec(part)?.[1] ?? ''),
      host,
      host.split('.')[0],
    ]
      .map(name => name.toLowerCase())
      .filter(name => name.length > 1),
  );
}

/** Country codes that sites of everywhere use for their names. */
const EVERYWHERE = new Set(
  'io ai co me tv cc ly sh gg to fm la so st vc ws am im in is pro app dev'
    .split(' ')
    .filter(name => name !== 'in' && name !== 'is'),
);

/** ISO 3166 of the country whose domain the host of `url` has; undefined where it has none, or one that sites of everywhere use. */
export function hostCountry(url: string): string | undefined {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(url)?.[1] ?? '';
  const top = host.split('.').pop()?.toLowerCase() ?? '';
  if (!/^[a-z]{2}$/.test(top) || EVERYWHERE.has(top)) return undefined;
  return top === 'uk' ? 'GB' : top.toUpperCase();
}
