import {
  pageIdentity,
  pageParameters,
  viewsOf,
  type PageRecord,
} from '@agentworkloads/api';
import type { ObservedPage, ObservedRun } from './observed';

/** Which page of one run is which of the other: addresses without what does not make another page of them. */

const LOCALE_PARAMETERS = /^(?:lang|locale|hl|country|region|cc)$/i;

const names = (type: 'language' | 'region') =>
  new Intl.DisplayNames('en', { type, fallback: 'none' });
const LANGUAGES = names('language');
const REGIONS = names('region');

function isLocale(segment: string): boolean {
  const [first, second] = segment.split(/[-_]/);
  if (!/^[a-z]{2}(?:[-_][a-z]{2})?$/i.test(segment)) return false;
  const language = LANGUAGES.of(first.toLowerCase()) !== undefined;
  const region = (code: string) => REGIONS.of(code.toUpperCase()) !== undefined;
  if (second === undefined) return language || region(first) || first === 'uk';
  return language && region(second);
}

/** {@link pageIdentity} without language and country: "/de/pricing" and "/pricing" are one. */
export function pageKeyOfAnyLocale(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  const [label, ...domain] = url.host.split('.');
  const host =
    domain.length > 1 && (label === 'www' || isLocale(label))
      ? domain.join('.')
      : url.host;
  const segments = url.pathname
    .replace(/index\.html?$/i, '')
    .split('/')
    .filter(Boolean);
  if (segments.length > 0 && isLocale(segments[0])) segments.shift();
  const path = segments.map(segment => `/${segment}`).join('');
  return `${host}${path}${pageParameters(url, LOCALE_PARAMETERS)}`;
}

const finalUrl = ({ record }: ObservedPage) => record.finalUrl ?? record.url;

/** Whether both ended at the same page, whatever the locale. */
export function endAlike(before: ObservedPage, after: ObservedPage): boolean {
  return (
    pageKeyOfAnyLocale(finalUrl(before)) === pageKeyOfAnyLocale(finalUrl(after))
  );
}

/** Whether both say the same, for they are the same bytes in every view: nothing has to be read. */
export function sameFiles(one: PageRecord, other: PageRecord): boolean {
  const hashes = (page: PageRecord) =>
    JSON.stringify(
      viewsOf(page).map(({ id, textSha256, htmlSha256 }) => [
        id,
        textSha256,
        htmlSha256,
      ]),
    );
  return hashes(one) === hashes(other);
}

const KEYS: readonly ((page: ObservedPage) => string)[] = [
  ({ record }) => record.url,
  ({ record }) => pageIdentity(record.url),
  page => pageIdentity(finalUrl(page)),
  ({ record }) => pageKeyOfAnyLocale(record.url),
];

export interface PairedPages {
  both: [ObservedPage, ObservedPage][];
  onlyBefore: ObservedPage[];
  onlyAfter: ObservedPage[];
}

/** Of one page asked for twice, the one that was seen. */
function withoutDoubles({ pages }: ObservedRun): ObservedPage[] {
  const kept = new Map<string, ObservedPage>();
  for (const page of pages) {
    const key = pageIdentity(page.record.url);
    const known = kept.get(key);
    if (!known || (known.record.reason && !page.record.reason))
      kept.set(key, page);
  }
  return [...kept.values()];
}

/** Pages of two runs: by address as written first, last by what is left of it without its locale. */
export function pairPages(
  before: ObservedRun,
  after: ObservedRun,
): PairedPages {
  const both: PairedPages['both'] = [];
  let onlyBefore = withoutDoubles(before);
  let onlyAfter = withoutDoubles(after);
  for (const keyOf of KEYS) {
    const open = new Map(onlyBefore.map(page => [keyOf(page), page]));
    const found = new Set<ObservedPage>();
    for (const page of onlyAfter) {
      const other = open.get(keyOf(page));
      if (!other || found.has(other)) continue;
      both.push([other, page]);
      found.add(other).add(page);
    }
    onlyBefore = onlyBefore.filter(page => !found.has(page));
    onlyAfter = onlyAfter.filter(page => !found.has(page));
  }
  const order = new Map(after.pages.map((page, index) => [page, index]));
  both.sort(([, a], [, b]) => order.get(a)! - order.get(b)!);
  return { both, onlyBefore, onlyAfter };
}
