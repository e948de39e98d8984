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

const KATAKANA = /[\u30a1-\u30fa\u30fc]/;
const HANGUL = /[\uac00-\ud7af]/;
/** Syllables of a Korean word below which another word may end in it: "회원가" is no "원가". */
const SHORT_HANGUL = 2;

const endsThere = (text: string, word: string, end: number): boolean => {
  const [last, next] = [word[word.length - 1], text[end]];
  if (end >= text.length || !LETTER.test(last) || !LETTER.test(next))
    return true;
  // Words of katakana are parted from the rest by the script: "オフィス" is no "オフ".
  if (KATAKANA.test(last)) return !KATAKANA.test(next);
  return UNPARTED.test(word);
};
const startsThere = (text: string, word: string, start: number): boolean => {
  const before = text[start - 1];
  if (start === 0 || !LETTER.test(before)) return true;
  if (KATAKANA.test(word[0])) return !KATAKANA.test(before);
  if (HANGUL.test(word[0]))
    return word.length > SHORT_HANGUL || !HANGUL.test(before);
  return UNPARTED.test(word);
};

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
  /** All occurrences as whole words. */
  spansIn(text: string): Span[];
}

/** [start, end) of a text. */
export interface Span {
  start: number;
  end: number;
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
  const spansIn = (text: string): Span[] => {
    const spans: Span[] = [];
    for (const word of words.keys())
      for (
        let at = text.indexOf(word);
        at >= 0;
        at = text.indexOf(word, at + 1)
      )
        if (fits(text, word, at) && startsThere(text, word, at))
          spans.push({ start: at, end: at + word.length });
    return spans;
  };
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
    spansIn,
    endsIn: text => spansIn(text).map(({ end }) => end),
  };
}

/** The words of some languages, or of all. */
export const wordsOf = (
  words: Words,
  languages: readonly string[] = Object.keys(words),
): string[] => languages.flatMap(language => words[language] ?? []);

/** A lexicon of nothing but words. */
export const wordLexicon = (words: readonly string[]): Lexicon<true> =>
  createLexicon(words.map(word => [word, true] as const));

/** The {@link wordsOf} some languages, or all, as a lexicon. */
export const lexiconOf = (
  words: Words,
  languages?: readonly string[],
): Lexicon<true> => wordLexicon(wordsOf(words, languages));

/** As {@link lexiconOf}, for each set of languages once. */
export function lexiconsOf(
  words: Words,
): (languages: readonly string[]) => Lexicon<true> {
  const lexicons = new Map<string, Lexicon<true>>();
  return languages => {
    const key = languages.join(' ');
    let lexicon = lexicons.get(key);
    if (!lexicon) lexicons.set(key, (lexicon = lexiconOf(words, languages)));
    return lexicon;
  };
}
