import type { PageBundle } from './page-bundle';

/** What a fact is about when no plan is: the site by its own name, else its host. */
export function siteName(bundle: PageBundle): string {
  const own = bundle.layout.meta['og:site_name']?.trim();
  if (own && own.length <= 80) return own;
  const url = bundle.page.finalUrl ?? bundle.page.url;
  try {
    return new URL(url).hostname.replace(/^www\./, '');
  } catch {
    return url.slice(0, 80);
  }
}
