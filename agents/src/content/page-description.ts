import { wordsOf } from './blocks';
import type { ContentSource } from './content-source';

/** What a page says of itself where no visitor reads it: most of it stands on the page once more, and then it is its content. */
export interface PageDescription {
  /** Of its own data (JSON-LD): pairs of neighbouring words. */
  data: ReadonlySet<string>;
  /** Of its description for searchers. */
  meta: ReadonlySet<string>;
}

const MAX_DATA = 200_000;
const DESCRIBING =
  /"(?:description|articleBody|text|name|headline)"\s*:\s*"((?:[^"\\]|\\.){1,20000})"/g;
const META = ['description', 'og:description', 'twitter:description'];

/** @returns each two neighbouring words, and a word that stands alone */
export function pairsOf(words: readonly string[]): string[] {
  if (words.length === 1) return [...words];
  return words.slice(1).map((word, index) => `${words[index]} ${word}`);
}

const plain = (text: string) =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_all, code) =>
      String.fromCharCode(parseInt(code, 16)),
    )
    .replace(/\\[nrt]/g, ' ')
    .replace(/\\(.)/g, '$1')
    .replace(/<[^>]{0,2000}>|&\w{2,6};/g, ' ');

export function describePage({ layout }: ContentSource): PageDescription {
  const data = layout.jsonLd.join('\n').slice(0, MAX_DATA);
  const pairs = (texts: readonly string[]) =>
    new Set(texts.flatMap(text => pairsOf(wordsOf(text))));
  return {
    data: pairs([...data.matchAll(DESCRIBING)].map(([, text]) => plain(text))),
    meta: pairs(META.map(name => layout.meta[name] ?? '')),
  };
}
