import type { ContentSource } from './content-source';

/** What a page is, as far as its main content is looked for in another way. */
export const PAGE_TYPES = [
  'article',
  'forum',
  'product',
  'collection',
  'documentation',
  'other',
] as const;
export type PageType = (typeof PAGE_TYPES)[number];

const FORUM_ADDRESS =
  /forum|\/t\/|thread|viewtopic|showthread|community\.|discuss|\/questions?\/|\/topic|reddit\.com\/r\/|\/ask\//;
const PRODUCT_ADDRESS = /\/(?:products?|dp|item|p)\/[^/]+/;
const COLLECTION_ADDRESS =
  /\/(?:collections?|category|categories|shop|c|browse|departments?)\//;
const DOCUMENTATION_ADDRESS =
  /\bdocs?\b|documentation|\/guide|\/reference|\/manual|readthedocs|\/api\/|\/learn\//;

const typed = (names: string) =>
  new RegExp(`"@type"\\s*:\\s*\\[?\\s*"(?:${names})"`, 'i');
const FORUM = typed('DiscussionForumPosting|QAPage');
const ARTICLE = typed('NewsArticle|Article|BlogPosting|TechArticle|Report');
const PRODUCT = typed('Product|ProductGroup');
const LIST = typed('CollectionPage|ItemList');

/** By what the page says of itself first, then by its address. */
export function pageType({ page, layout }: ContentSource): PageType {
  const url = (page.finalUrl ?? page.url).toLowerCase();
  const data = layout.jsonLd.join(' ').slice(0, 200_000);
  const kind = layout.meta['og:type'] ?? '';
  if (FORUM.test(data) || FORUM_ADDRESS.test(url)) return 'forum';
  if (ARTICLE.test(data)) return 'article';
  // Shops in a blog's program say "article" of every page: there the address knows better.
  if (kind === 'article' && !PRODUCT_ADDRESS.test(url)) return 'article';
  const list = LIST.test(data);
  if ((PRODUCT.test(data) && !list) || /^(?:og:)?product$/.test(kind))
    return 'product';
  if (PRODUCT_ADDRESS.test(url)) return 'product';
  if (list || COLLECTION_ADDRESS.test(url)) return 'collection';
  return DOCUMENTATION_ADDRESS.test(url) ? 'documentation' : 'other';
}
