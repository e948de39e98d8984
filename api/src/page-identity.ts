/** Parameters that tell by which way a visitor came: they make no other page of an address. */
const TRACKING =
  /^(?:utm_\w+|gclid|gbraid|wbraid|gad_\w+|dclid|fbclid|msclkid|yclid|ttclid|twclid|li_fat_id|mc_[ce]id|_ga|_gl|_hs\w+|hsa_\w+|igshid|ref|ref_src|source|campaign)$/i;

/**
 * The parameters of an address that make a page of it, in an order of their own.
 * @param drop names of further ones that don't
 * @returns with its question mark, or empty
 */
export function pageParameters(url: URL, drop?: RegExp): string {
  if (url.search === '') return '';
  const kept = [...url.searchParams]
    .filter(([name]) => !TRACKING.test(name) && !drop?.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return kept.length > 0 ? `?${kept.join('&')}` : '';
}

/**
 * @returns the address without scheme, "www.", slash at the end, fragment and what tells a visitor's way; the same for one page however it
 * is written. What is no address stays as it is.
 */
export function pageIdentity(address: string): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  const path = url.pathname.replace(/\/(?:index\.html?)?\/*$/i, '');
  return `${url.host.replace(/^www\./, '')}${path}${pageParameters(url)}`;
}
