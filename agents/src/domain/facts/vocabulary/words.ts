/** Words of one meaning by language (ISO 639). */
export type Words = Readonly<Record<string, readonly string[]>>;

/** Scripts that part no words. */
export const UNPARTED =
  /[\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/;
const LETTER = /[\p{L}\p{M}]/u;

/** Small letters, as long as the text: offsets mean the same in both. */
export function lowerCase(text: string): string {
  const lower = text.replace(/İ/g, 'i').toLowerCase();
  return lower.length === text.length ? lower : text;
}

const endsThere = (text: string, word: string, end: number): boolean =>
  end >= text.length ||
  UNPARTED.test(word) ||
  !LETTER.test(word[word.length - 1]) ||
  !LETTER.test(text[end]);
const startsThere = (text: string, word: string, start: number): boolean =>
  start === 0 || UNPARTED.test(word) || !LETTER.test(text[start - 1]);

/**
 * Words looked up by where they stand. A pattern with so many branches takes seconds to compile; this takes none.
 * All texts that are asked about are in small letters: {@link lowerCase}.
 */
export interface Lexicon<Value> {
  /** The longest word that starts at `at`, as a whole word. */
  longestAt(
    text: string,
    at: number,
  ): { value: Value; length: number } | undefined;
  /** All words that start at `at`, the longest first. */
  allAt(text: string, at: number): { value: Value; length: number }[];
  has(word: string): boolean;
  /** Ends of all occurrences as whole words. */
  endsIn(text: string): number[];
}

export function createLexicon<Value>(
  entries: Iterable<readonly [string, Value]>,
): Lexicon<Value> {
  const words = new Map<string, Value>();
  for (const [word, value] of entries) {
    const key = lowerCase(word);
    if (!words.has(key)) words.set(key, value);
  }
  const byFirst = new Map<string, string[]>();
  for (const word of words.keys())
    byFirst.set(word[0], [...(byFirst.get(word[0]) ?? []), word]);
  for (const list of byFirst.values()) list.sort((a, b) => b.length - a.length);
  const fits = (text: string, word: string, at: number) =>
    text.startsWith(word, at) && endsThere(text, word, at + word.length);
  return {
    longestAt(text, at) {
      const word = byFirst.get(text[at])?.find(each => fits(text, each, at));
      return word === undefined
        ? undefined
        : { value: words.get(word)!, length: word.length };
    },
    allAt(text, at) {
      return (byFirst.get(text[at]) ?? [])
        .filter(each => fits(text, each, at))
        .map(word => ({ value: words.get(word)!, length: word.length }));
    },
    has: word => words.has(word),
    endsIn(text) {
      const ends: number[] = [];
      for (const word of words.keys())
        for (
          let at = text.indexOf(word);
          at >= 0;
          at = text.indexOf(word, at + 1)
        )
          if (fits(text, word, at) && startsThere(text, word, at))
            ends.push(at + word.length);
      return ends;
    },
  };
}

/** The words of some languages, as a lexicon of nothing but words. */
export function lexiconOf(
  words: Words,
  languages: readonly string[],
  without?: ReadonlySet<string>,
): Lexicon<true> {
  return createLexicon(
    languages
      .flatMap(language => words[language] ?? [])
      .filter(word => !without?.has(word))
      .map(word => [word, true] as const),
  );
}
