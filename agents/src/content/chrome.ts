import type { ContentNode } from './content-tree';

/** Which elements are the frame around a page's content: by their tag, their role, and what their authors call them. */

const CHROME_TAGS = new Set([
  'nav',
  'footer',
  'aside',
  'dialog',
  'button',
  'select',
  'form',
  'textarea',
  'menu',
  'header',
]);

const words = (list: string) =>
  new RegExp(`(?:^|[\\s_-])(?:${list})(?=$|[\\s_-])`);

const CHROME_LABEL = words(
  [
    '(?:site|main|global|page|primary|top|mobile|sub|secondary|mega)?-?(?:nav|navbar|navigation|navigations|menu|menus|menubar)',
    'megamenu|breadcrumbs?|crumbs?|(?:site|page|global|main)?-?footer|topbar|top-bar|masthead|skip-?(?:link|to|nav)?s?',
    'cookies?|consent|gdpr|onetrust|popup|pop-up|modal|overlay|lightbox|newsletter|subscribe|subscription|signup|sign-up|login',
    'share|sharing|social|socials|addthis|sidebar|side-bar|rail|widget-area|widget_area|related|recommended|recommendations?',
    'you-may-also-like|upsells?|cross-?sells?|recently-viewed|ads?|advert|advertisement|sponsored|promo-bar|announcement',
    'announcement-bar|pagination|pager|paging|minicart|cart-drawer|drawer|cart|search|searchbox|search-form|toc',
    'table-of-contents|toolbar|filters?|facets?|sort|sorting|language|lang|locale|country|currency|disclaimer|copyright',
    'colophon|legal|tooltip|sr-only|visually-hidden|screen-reader-text|avatar|byline-share|print|rating|ratings',
  ].join('|'),
);

const CHROME_ROLE =
  /^(?:navigation|banner|contentinfo|search|complementary|dialog|alertdialog|menu|menubar|toolbar|button)$/;

/** Words for a reader's device, and what a style sheet would have hidden. */
const UNSEEN =
  /(?:^|\s)(?:sr-only|visually-hidden|visuallyhidden|v-visible-sr|screen-reader-text|hide|d-none|is-hidden|hidden-text|a-offscreen|u-hidden|assistive-text)(?=$|\s)/;

/** On the page of a product: how to buy it, and what others say of it. */
const PRODUCT_CHROME =
  /review|rating|ugc|yotpo|bazaarvoice|\bbv[-_]|question|\bqa\b|recommend|upsell|cross-?sell|rewards?|billboard|chat|pick-?up|shipping|delivery|payment|afterpay|klarna|affirm|financ|quantity|swatch|variant|add-to|addto|wishlist|wish-list|gallery|thumb|sticky|badge|breadcrumb|related|recently|newsletter|compare|inventory|availability|store-|pricing|promo|installment|subscribe|notify|guarantee|login|account|video|carousel|similar|also-|bundle|frequently/;

/** The text of a post in the usual forum programs. */
const POST = words(
  'post-?(?:body|content|text|message)|postbody|post_body|postcontent|message-?(?:body|content|text|usercontent)|messagecontent|bbwrapper|s-prose|js-post-body|comment-?(?:body|text|content|copy)|usertext-body|cooked|ipsrichtext|user-content|lia-message-body-content|topic-body|reply-body|entry-content|postmessage|post_message',
);

const isMain = (node: ContentNode) =>
  node.tag === 'main' || node.role === 'main';

function stands(node: ContentNode, test: (above: ContentNode) => boolean) {
  for (let at = node.parent; at; at = at.parent) if (test(at)) return true;
  return false;
}

const within = (node: ContentNode) =>
  stands(node, above => isMain(above) || above.tag === 'article');

/** @param share of the page's text that stands in it: what holds much of it is no frame, whatever it is called */
export function isChrome(
  node: ContentNode,
  share: number,
  labels: boolean,
): boolean {
  const { tag } = node;
  if (/^(?:html|body|main|article)$/.test(tag)) return false;
  if (CHROME_TAGS.has(tag)) {
    if (tag === 'header') return !within(node);
    if (tag === 'form') return share < 0.4;
    if (tag === 'aside') return share <= 0.3;
    return true;
  }
  if (share >= 0.4) return false;
  return (
    CHROME_ROLE.test(node.role) || (labels && CHROME_LABEL.test(node.label))
  );
}

export const isMainElement = isMain;
export const isUnseen = (node: ContentNode) => UNSEEN.test(node.label);
export const isProductChrome = (node: ContentNode) =>
  PRODUCT_CHROME.test(node.label.slice(0, 120));
export const isPost = (node: ContentNode) => POST.test(node.label);

const ASIDE_HEADING =
  /^(?:related (?:products?|posts?|articles?|items|content|stories|questions|topics|links|reading|searches|resources|pages)|you (?:may|might) (?:also )?(?:like|be interested in|enjoy).*|(?:customers|people|shoppers) (?:who .*|also .*)|recently viewed.*|your recently viewed.*|recommended(?: for you| products| reading| posts| articles)?|more (?:from|like|to|in|stories|articles|posts|products|items|on)\b.*|(?:similar|suggested|sponsored|other|featured) (?:products?|items?|topics?|posts?|articles?|questions?)|frequently bought together.*|complete the (?:look|set)|(?:customer |product |verified )?(?:reviews?|ratings?)(?: (?:&|and) (?:ratings?|reviews?))?(?: \(\d+\))?|questions? (?:&|and) answers?|(?:leave|write|post|add) a (?:reply|comment|review)|comments?(?: \(\d+\))?|\d+ comments?|share(?: this.*)?|follow us.*|connect with us|stay (?:connected|in touch|up to date).*|(?:subscribe|sign ?up)\b.*|newsletter.*|join (?:our|the) (?:newsletter|mailing list).*|get .{0,20}newsletter.*|about the authors?|archives?|recent (?:posts|comments|articles)|popular (?:posts|articles|searches)|trending.*|latest (?:posts|news|articles|stories)|advertisement|compare (?:similar|with similar) .*|shop (?:by|the look).*|trusted by.*|cookies?.*|privacy .*|shipping.*|delivery.*|returns.*|add a product review|pay(?:ment)? (?:options|methods).*|site map|useful links|quick links)$/i;

/** "Related products": what follows is about something else than the page. */
export const isAsideHeading = (text: string): boolean =>
  text.length < 80 && ASIDE_HEADING.test(text.trim().replace(/[:：]$/, ''));
