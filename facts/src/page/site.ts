import { isCompanyName } from '@agentworkloads/api';
import type { PageBundle } from './page-bundle';
import { isPagePart, titleName, titleParts } from './title-name';

/** Who a page is of, by its own words. */

const MAX_NAME = 80;
const ORGANISATION =
  /"@type"\s{0,4}:\s{0,4}"(?:Organization|Corporation|LocalBusiness|WebSite|OnlineBusiness|Brand)"[^{}]{0,2000}?"name"\s{0,4}:\s{0,4}"([^"\\]{1,80})"/;
function hostOf(bundle: PageBundle): string {
  const url = bundle.page.finalUrl ?? bundle.page.url;
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url.slice(0, MAX_NAME);
  }
}

function organisation(bundle: PageBundle): string | undefined {
  for (const block of bundle.layout.jsonLd) {
    const name = ORGANISATION.exec(block.slice(0, 100_000))?.[1].trim();
    if (name) return name;
  }
  return undefined;
}

const COPYRIGHT = /©|\(c\)|copyright/iu;
const MAX_REPEATED = 120;

/** Where companies name themselves on their pages: the link to the first page, and the line with the copyright. */
function namingTexts({ text, layout, page }: PageBundle): string[] {
  const base = page.finalUrl ?? page.url;
  const root = URL.canParse('/', base) ? new URL('/', base).href : undefined;
  return layout.runs.flatMap(({ start, end, href }) => {
    if (end - start > MAX_REPEATED) return [];
    const said = text.slice(start, end);
    const isHome =
      href !== undefined &&
      URL.canParse(href, base) &&
      new URL(href, base).href === root;
    return isHome || COPYRIGHT.test(said) ? [said] : [];
  });
}

/**
 * What a fact is about when no plan is: the company by the page's own words (Open Graph, JSON-LD, the title), where they have the form
 * of a name, else its host.
 */
export function siteName(bundle: PageBundle): string {
  const host = hostOf(bundle);
  const { meta } = bundle.layout;
  const said = [
    meta['og:site_name'],
    organisation(bundle),
    meta['application-name'],
  ]
    .map(name => name?.replace(/\s+/g, ' ').trim())
    .find(name => name && isCompanyName(name, host));
  if (said) return said;
  const { title } = bundle.page;
  return (title && titleName(title, host, namingTexts(bundle))) || host;
}

/** "Acme vs. the rest": whoever compares names itself first. */
const VERSUS = /^(.{2,40}?)\s(?:vs\.?|versus)\s/i;

/** Every name that the page's own company may stand under, in small letters. */
export function companyNames(bundle: PageBundle): ReadonlySet<string> {
  const host = hostOf(bundle);
  const parts = titleParts(bundle.page.title ?? '');
  return new Set(
    [
      siteName(bundle),
      organisation(bundle) ?? '',
      bundle.layout.meta['og:site_name']?.trim() ?? '',
      ...parts.filter(part => !isPagePart(part)),
      ...parts.map(part => VERSUS.exec(part)?.[1] ?? ''),
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
