import {
  DELIVERED,
  NO_BEFORE,
  NO_BEHIND,
  OR_WORDS,
  OTHER_WORDS,
  SAVED_THINGS,
} from '../vocabulary/innocent-words';
import { ONE_PAYMENT } from '../vocabulary/once-words';
import { SECURITY_WORDS } from '../vocabulary/aside-words';
import { SAVING_WORDS } from '../vocabulary/price-words';
import {
  lexiconOf,
  lexiconsOf,
  lowerCase,
  type Span,
} from '../vocabulary/words';

/** Words beside an amount that seem to refuse it, and do not. All texts are in small letters. */

const noBefore = lexiconsOf(NO_BEFORE);
const noBehind = lexiconsOf(NO_BEHIND);
const otherWords = lexiconsOf(OTHER_WORDS);
const onePayment = lexiconsOf(ONE_PAYMENT);
const delivered = lexiconsOf(DELIVERED);
const orWords = lexiconsOf(OR_WORDS);

const ONLY_MARKS = /^[\s,;·|–—+()（）[\]-]*$/;

const covers = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && outer.end >= inner.end;

/** `found` without the words that are denied ("no deposit"), a part of another word, or delivery that the amount includes. */
export function withoutInnocent(
  text: string,
  found: readonly Span[],
  languages: readonly string[],
): Span[] {
  if (found.length === 0) return [];
  const denied = noBefore(languages)
    .spansIn(text)
    .map(({ end }) => end + /^\s?/.exec(text.slice(end))![0].length);
  const others = [
    ...otherWords(languages).spansIn(text),
    ...onePayment(languages).spansIn(text),
    ...delivered(languages)
      .spansIn(text)
      .filter(({ end }) => ONLY_MARKS.test(text.slice(end))),
  ];
  return found.filter(span => {
    const behind = span.end + /^\s?/.exec(text.slice(span.end))![0].length;
    return !(
      denied.includes(span.start) ||
      noBehind(languages).longestAt(text, behind) !== undefined ||
      others.some(other => covers(other, span))
    );
  });
}

const savings = lexiconsOf(SAVING_WORDS);
const savedThings = lexiconsOf(SAVED_THINGS);
const LEADS_IN = /[:：–—]\s?$/;

/** "Risparmia tempo con noi: 49 €": a line that leads in to a price, and what is saved is no money. @param before up to the amount */
export function savesNoMoney(
  before: string,
  languages: readonly string[] = Object.keys(SAVED_THINGS),
): boolean {
  if (!LEADS_IN.test(before)) return false;
  const text = lowerCase(before);
  return savings(languages)
    .endsIn(text)
    .some(end => {
      const word = /^\s?(?:[\p{L}\p{M}]{1,6}\s)?/u.exec(text.slice(end))![0];
      const gap = /^\s?/.exec(word)![0];
      return [gap, word].some(
        each =>
          savedThings(languages).longestAt(text, end + each.length) !==
          undefined,
      );
    });
}

/** The text up to the first "or": what follows it is about another amount. */
export function upToOr(text: string, languages: readonly string[]): string {
  const first = orWords(languages)
    .spansIn(text)
    .reduce((least, { start }) => Math.min(least, start), text.length);
  return text.slice(0, first);
}

const DENIALS = lexiconOf(NO_BEFORE);
const INCLUDED = lexiconOf(DELIVERED);
const SECURITIES = lexiconOf(SECURITY_WORDS);
const OTHERS = lexiconOf(OTHER_WORDS);

/** "Free delivery", "No deposit": what does not come on top, and the name of nothing. @param label in small letters */
export function saysWhatIsLeftOut(label: string): boolean {
  if (INCLUDED.has(label)) return true;
  const denied = DENIALS.longestAt(label, 0);
  if (denied === undefined) return false;
  const what = label.slice(denied.length).trim();
  return SECURITIES.has(what) || OTHERS.has(what);
}
