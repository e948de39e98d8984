import { countryOfText } from '../page/country-of-text';
import type { PageBundle } from '../page/page-bundle';
import type { PageLanguage } from '../page/page-language';
import { hostCountry } from '../page/site';
import { NOT_AMERICAN, TAXED_DOLLAR } from '../vocabulary/country-words';
import { SHARED_MARKS } from '../vocabulary/currency-marks';
import { WRITTEN_SHARED } from '../vocabulary/written-marks';

/** Marks of several currencies: "$", "kr", "Rs". */

/** The key of {@link WRITTEN_SHARED} and {@link SHARED_MARKS} under which a mark is looked up. */
const SAME_AS: Readonly<Record<string, string>> = {
  '￥': '¥',
  ':-': 'kr',
  ',–': ',-',
  ',—': ',-',
  'F CFA': 'FCFA',
  CFA: 'FCFA',
  'F.CFA': 'FCFA',
  'francs CFA': 'FCFA',
  'francos CFA': 'FCFA',
  Pesos: 'pesos',
  'kr.': 'kr',
  Kr: 'kr',
  'Kr.': 'kr',
  kronor: 'kr',
  kroner: 'kr',
  '₨': 'Rs',
  'Rs.': 'Rs',
  'rs.': 'Rs',
  DH: 'Dh',
  'Dh.': 'Dh',
  Dhs: 'Dh',
  'Dhs.': 'Dh',
  DHS: 'Dh',
  dirhams: 'Dh',
  Dirhams: 'Dh',
};

export const keyOf = (mark: string): string => SAME_AS[mark] ?? mark;

function possibleOf(key: string): Set<string> {
  return new Set([
    ...(SHARED_MARKS[key]?.among.split(' ') ?? []),
    ...Object.values(WRITTEN_SHARED[key] ?? {}),
  ]);
}

/** What a mark means where nothing says of which country the page is. */
function ofAnywhere(
  key: string,
  language: string | undefined,
): string | undefined {
  // Most who write Spanish and "$" mean pesos, and nothing says of which country.
  if (key === '$' && language === 'es') return undefined;
  const possible = possibleOf(key);
  return (
    WRITTEN_SHARED[key]?.[''] ??
    (possible.size === 1 ? [...possible][0] : undefined)
  );
}

/** "$10 + GST" is no American dollar; beside "A$12 + GST" it is. */
const isTaxedElsewhere = (text: string): boolean =>
  NOT_AMERICAN.test(text) && !TAXED_DOLLAR.test(text);

/**
 * Reads marks of several currencies: by what the page says itself, by the country of its host, of its words, of its region, by its language.
 * @param said currencies (ISO 4217) that its text and its metadata name
 */
export function createSharedReader(
  { page, text }: PageBundle,
  { language, region }: PageLanguage,
  said: readonly (string | undefined)[],
): (mark: string) => string | undefined {
  const country = hostCountry(page.finalUrl ?? page.url);
  // Templates say "en-US" of everything, and the host of a shop may be of no country.
  const own = region === 'US' ? undefined : region;
  let words: { country: string | undefined } | undefined;
  const told = (): string | undefined => {
    if (country ?? own) return undefined;
    words ??= { country: countryOfText(`${page.title ?? ''}\n${text}`) };
    return words.country;
  };
  return mark => {
    const key = keyOf(mark);
    const written = WRITTEN_SHARED[key];
    const printed = SHARED_MARKS[key]?.home ?? {};
    if (!written && !SHARED_MARKS[key]) return undefined;
    const possible = possibleOf(key);
    const named = said.find(code => code !== undefined && possible.has(code));
    if (named) return named;
    const of = (place: string | undefined) =>
      place === undefined ? undefined : written?.[place] ?? printed[place];
    const home = of(country) ?? of(told());
    if (home) return home;
    if (key === '$' && !(country ?? own) && isTaxedElsewhere(text))
      return undefined;
    return of(region) ?? of(language) ?? ofAnywhere(key, language);
  };
}
