import { eld } from 'eld/small';
import type { PageBundle } from './page-bundle';
import type { Outline } from './outline';
import { hostCountry } from './site';

/** What a page is written in. */
export interface PageLanguage {
  /** ISO 639, of the text itself; what the page says of itself only where the text is too short to tell. */
  language?: string;
  /** ISO 3166, from the page's own tag; its host's country is asked for separately. */
  region?: string;
}

const MAX_TEXT = 6000;
/** Letters below which the text says too little. */
const FEW = 24;
/** Languages that the detector does not know, and reads as others: there the page's own word counts. */
const UNKNOWN_TO_DETECTOR = new Set(['ga', 'mt', 'is', 'id', 'ms', 'bs', 'sr']);
/** One language under several names, or two that only whole sentences part. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  no: ['nb', 'nn', 'no', 'da'],
  da: ['da', 'no', 'nb', 'nn'],
  hr: ['hr', 'bs', 'sr'],
  id: ['id', 'ms'],
  ms: ['ms', 'id'],
};

/** Names of one language under which no table of words has it. */
const NAMED: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };

/** The languages whose words a text may use: those of `tags` (BCP 47), as the tables of words name them, and English, which stands everywhere. */
export function wordLanguages(tags: readonly (string | undefined)[]): string[] {
  const said = tags
    .map(tag => tag?.trim().split(/[-_]/)[0].toLowerCase() ?? '')
    .filter(language => language !== '')
    .map(language => NAMED[language] ?? language);
  return [...new Set([...said, 'en'])];
}

/** The words of the page, without numbers, addresses and marks, the long lines first: they tell most. */
function sample(outline: Outline): string {
  const lines = outline.runs
    .map(run => run.text.replace(/[^\p{L}\p{M}\s'’-]+/gu, ' ').trim())
    .filter(line => line.length > 1);
  return [...lines]
    .sort((a, b) => b.length - a.length)
    .join('\n')
    .slice(0, MAX_TEXT);
}

/** Scripts that only one language of ours is written in. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/g, 'ja'],
  [/[\uac00-\ud7af]/g, 'ko'],
  [/[\u4e00-\u9fff]/g, 'zh'],
  [/[\u0e00-\u0e7f]/g, 'th'],
  [/[\u0590-\u05ff]/g, 'he'],
  [/[\u0370-\u03ff]/g, 'el'],
];

function byScript(text: string): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [pattern, language] of SCRIPTS) {
    const found = text.match(pattern)?.length ?? 0;
    if (found > 0 && found >= letters * (language === 'ja' ? 0.1 : 0.3))
      return language;
  }
  return undefined;
}

/** Reads the language off the text. Templates say `lang="en"` of everything. */
export function pageLanguage(
  bundle: PageBundle,
  outline: Outline,
): PageLanguage {
  const tag = bundle.page.lang || bundle.layout.meta['og:locale'] || '';
  const [, said, place] =
    /^([a-z]{2,3})(?:[-_](?:[a-z]{4}[-_])?([a-z]{2})(?![a-z]))?/i.exec(tag) ??
    [];
  const own = said?.toLowerCase();
  const region =
    place?.toUpperCase() ??
    /[-_]([A-Z]{2})$/.exec(bundle.layout.meta['og:locale'] ?? '')?.[1];
  const text = sample(outline);
  const script = byScript(text);
  if (script) return { language: script, region };
  if (text.length < FEW || (own && UNKNOWN_TO_DETECTOR.has(own)))
    return { language: own, region };
  const found = eld.detect(text);
  if (!found.language) return { language: own, region };
  if (own && (SAME[found.language] ?? [found.language]).includes(own))
    return { language: own, region };
  // Short texts of loan words look like many languages: against the page's own word they need a firm answer.
  const firm = found.isReliable() && text.length > FEW * 2;
  const country = hostCountry(bundle.page.finalUrl ?? bundle.page.url);
  if (own && !firm && country === undefined) return { language: own, region };
  return { language: firm || !own ? found.language : own, region };
}
