/** When two texts say the same, and how they differ where they do not. */

const SPACES = /[\s\u00a0\u200b\u2060]+/g;
/** A separator between groups of three digits, which one page writes and another leaves out. */
const THOUSANDS = /(?<=\d)[,.'’\s](?=\d{3}(?!\d))/g;

/** One form for what a reader takes for the same: "10 GB" and "10GB", "1,000 users" and "1000 users". */
export function fold(text: string | number): string {
  return String(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(THOUSANDS, '')
    .replace(/[‘’‛′]/g, "'")
    .replace(/[“”„«»″]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(SPACES, '')
    .replace(/[.,;:!…]+$/, '');
}

const AMOUNT =
  /[\d]+(?:[.,:/]\d+)*|unlimited|unbegrenzt\p{L}*|illimité\p{L}*/gu;

/** What stays the same when only the amount in it changes: "5 users" and "10 users". */
export function frame(text: string | number): string {
  return fold(text).replace(AMOUNT, '#');
}

/** Languages whose names of months are known; a date in another one is told as another wording. */
const DATED_IN =
  'en de fr es it pt nl sv da nb fi pl cs sk hu ro hr sl el tr ru uk bg ja ko zh'.split(
    ' ',
  );

function monthNames(): string[] {
  const names = new Set<string>();
  for (const language of DATED_IN)
    for (const style of ['long', 'short'] as const)
      for (let month = 0; month < 12; month += 1) {
        const parts = new Intl.DateTimeFormat(language, {
          day: 'numeric',
          month: style,
          timeZone: 'UTC',
        }).formatToParts(Date.UTC(2024, month, 1));
        const name = parts.find(part => part.type === 'month')?.value;
        const word = name && fold(name);
        if (word && word.length > 2 && /^\p{L}+$/u.test(word)) names.add(word);
      }
  return [...names].sort((a, b) => b.length - a.length);
}

/** Money and parts in a hundred are no counter: "Save 20%" is an offer. */
const OFFERED = /[%\p{Sc}٪]|\b(?:usd|eur|gbp|chf|percent|prozent)\b/iu;

const MONTH = `(?<!\\p{L})(?:${monthNames().join('|')})(?!\\p{L})\\.?`;
const DAY = '\\d{1,2}(?:st|nd|rd|th|er|\\.|º)?(?!\\d)';
const OF = "(?:\\s*(?:of|de|d')\\s*|\\s*)";
/** "3 May 2026", "May 3rd, 2026", "3 de mayo"; a month without a day or a year is a word. */
const WRITTEN_DATE = new RegExp(
  `(?:(?<!\\d)${DAY}${OF})?${MONTH}(?:${OF}${DAY})?(?:,?${OF}(?:19|20)\\d{2}(?!\\d))?`,
  'gu',
);
const NUMBER_DATE =
  /(?<![\d.])(?:\d{1,2}([./-])\d{1,2}\1(?:(?:19|20)\d{2}|\d{2})|(?:19|20)\d{2}-\d{2}-\d{2}|(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?![\d.])/gu;
const YEAR = /(?<![\d.,])(?:19|20)\d{2}(?![\d]|[.,]\d)/g;

function withoutDates(text: string | number, years: boolean): string {
  const plain = String(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(SPACES, ' ')
    .replace(WRITTEN_DATE, date => (/\d/.test(date) ? '@' : date))
    .replace(NUMBER_DATE, '@');
  return fold(years ? plain.replace(YEAR, '@') : plain);
}

/**
 * Two texts that differ only in a date.
 *
 * @param years whether a year alone is one: "2026 report", but not "2000 users"
 */
export function differInDate(
  a: string | number,
  b: string | number,
  years: boolean,
): boolean {
  const bare = years && !OFFERED.test(String(a)) && !OFFERED.test(String(b));
  const rest = withoutDates(a, bare);
  return (
    fold(a) !== fold(b) && rest.includes('@') && rest === withoutDates(b, bare)
  );
}

/** Two texts of which only numbers differ. */
export function differInNumber(
  a: string | number,
  b: string | number,
): boolean {
  return fold(a) !== fold(b) && frame(a) === frame(b);
}

/** Such numbers that count what a company has done, not what it offers. */
export function differInCounter(
  a: string | number,
  b: string | number,
): boolean {
  return (
    differInNumber(a, b) && !OFFERED.test(String(a)) && !OFFERED.test(String(b))
  );
}

function wordsOf(text: string | number): string[] {
  return (
    String(text)
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** 0 to 1: how many words two texts share, of all that the longer one has. Of scripts without spaces, pairs of letters. */
export function likeness(a: string | number, b: string | number): number {
  const of = (text: string | number) => {
    const words = wordsOf(text);
    if (words.length > 1) return words;
    const whole = words.join('');
    return [...whole].slice(1).map((letter, at) => whole[at] + letter);
  };
  const [left, right] = [of(a), of(b)];
  if (left.length === 0 || right.length === 0)
    return fold(a) === fold(b) ? 1 : 0;
  return shared(left, right) / Math.max(left.length, right.length);
}

/** How many of one list stand in the other, each counted once. */
export function shared(
  left: readonly string[],
  right: readonly string[],
): number {
  const rest = [...right];
  let count = 0;
  for (const item of left) {
    const at = rest.indexOf(item);
    if (at < 0) continue;
    rest.splice(at, 1);
    count += 1;
  }
  return count;
}
