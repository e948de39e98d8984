/** A browser whose system has no locale says `en-US@posix`, at which every formatter of `Intl` throws. */
function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

/**
 * By whose rules numbers, money and dates are written, a BCP 47 tag: the reader's own where they are of that
 * language, for `en-GB` writes dates otherwise than `en-US`.
 * @param language of the words, e.g. `de`
 * @param preferred what the browser says, best first: `navigator.languages`
 */
export function localeOf(
  language: string,
  preferred: readonly string[],
): string {
  return (
    preferred.find(
      own => own.split('-')[0] === language && isLanguageTag(own),
    ) ?? language
  );
}
