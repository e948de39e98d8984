import { COUNTRY_WORDS, DIALLED } from '../vocabulary/country-words';
import { hostCountry } from './site';

/** Of which country a page is by its words, where its address does not say so. */

const MAX_TEXT = 200_000;
const PHONE = /(?<![\p{Nd}+])(?:\+|00)(\d{2,3})[\s(-]?\d/gu;
const MAIL = /@([a-z0-9.-]{3,80}\.[a-z]{2})(?![a-z0-9.-])/gi;

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const countryOf = new Map(
  Object.entries(COUNTRY_WORDS).flatMap(([country, words]) =>
    words.map(word => [word, country] as const),
  ),
);
const WORDS = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[...countryOf.keys()]
    .sort((a, b) => b.length - a.length)
    .map(escape)
    .join('|')})(?![\\p{L}\\p{M}])|香港|九龍|台灣|台北`,
  'gu',
);

/** ISO 3166; undefined where its words say none, or several. */
export function countryOfText(text: string): string | undefined {
  const found = new Set<string>();
  const shown = text.slice(0, MAX_TEXT);
  for (const [, code] of shown.matchAll(PHONE)) {
    const country = DIALLED[code] ?? DIALLED[code.slice(0, 2)];
    if (country) found.add(country);
  }
  for (const [, host] of shown.matchAll(MAIL)) {
    const country = hostCountry(`https://${host}`);
    if (country) found.add(country);
  }
  for (const [word] of shown.matchAll(WORDS)) {
    const country = countryOf.get(word);
    if (country) found.add(country);
  }
  return found.size === 1 ? [...found][0] : undefined;
}
