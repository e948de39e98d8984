import { FIRST_WITH_NUMBER, FIRST_WORDS } from '../vocabulary/first-words';
import { lexiconsOf, lowerCase } from '../vocabulary/words';
import { isInflected, parseTerms, periodOf } from './terms';

const firstWords = lexiconsOf(FIRST_WORDS);
const LEAD = /^[\s,(–—*-]{0,4}/;
/** "3", "12", "three". */
const COUNT = /^\s?(\p{Nd}{1,2})[\s-]{0,2}/u;
const MAX_FIRST = 12;
const ADJECTIVE = /^\s?(?:first|premiers?|primeros?|primi|primeiros?)\s/u;

/**
 * "$1/mo for the first 3 months": what is asked at first, and not what it costs.
 * @param after the line behind the amount
 */
export function isForFirst(after: string, languages: readonly string[]) {
  const rest = lowerCase(after.slice(parseTerms(after, languages).used));
  const start = LEAD.exec(rest)![0].length;
  return firstWords(languages)
    .allAt(rest, start)
    .some(({ length }) => {
      const word = rest.slice(start, start + length);
      const behind = rest.slice(start + length).replace(ADJECTIVE, ' ');
      const [counted = '', count] = COUNT.exec(behind) ?? [];
      // "Przez 24 mies." is as long as the contract is.
      const few = count !== undefined && Number(count) <= MAX_FIRST;
      if (!few && FIRST_WITH_NUMBER.has(word)) return false;
      const unit = behind.slice(counted.length).trimStart();
      const [token = ''] = /^[\p{L}\p{M}]+/u.exec(unit) ?? [];
      return periodOf(unit) !== undefined || isInflected(token);
    });
}
