/** Scheme, who signs in, host with path, query, fragment. Ends at what no URL in a line of JSON or in a sentence holds. */
const URLS =
  /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s"'\\<>/?#@]*@)?([^\s"'\\<>?#]*)(\?[^\s"\\<>#]*)?(#[^\s"\\<>]*)?/gi;

/**
 * A text with what may be secret taken out of its URLs: who signs in, the query, the fragment. People scrape addresses
 * that carry a token; a log, which goes further than a report, has no need of it.
 *
 * As in `api`, which this package does not import; scripts/same-rule.test.mjs holds it to that.
 *
 * @param text a line of a log, for example
 */
export function maskUrls(text: string): string {
  return text.replace(
    URLS,
    (
      _all,
      scheme: string,
      rest: string,
      query: string | undefined,
      fragment: string | undefined,
    ) =>
      `${scheme}${rest}${query && query !== '?' ? '?[masked]' : ''}${
        fragment && fragment !== '#' ? '#[masked]' : ''
      }`,
  );
}
