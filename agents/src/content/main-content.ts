import type { ContentSource } from './content-source';
import {
  isChrome,
  isMainElement,
  isPost,
  isProductChrome,
  isUnseen,
} from './chrome';
import {
  buildContentTree,
  nodesOf,
  piecesOf,
  type ContentNode,
  type ContentTree,
  type Piece,
} from './content-tree';
import { dropAsides } from './asides';
import { blockFeatures, type FeatureInput } from './block-features';
import { blocksOf, type Block } from './blocks';
import { chooseBlocks, evenLists } from './choose-blocks';
import { contentModel, likelihood, type ContentModel } from './content-model';
import { escapeMarkdown, toMarkdown } from './content-markdown';
import { dropCopies } from './copies';
import { missingDescription } from './product-data';
import { describePage } from './page-description';
import { pageType, type PageType } from './page-type';

/** Each can be left out, to see what it brings: docs/main-content.md has the numbers. */
export const CONTENT_RULES = [
  'chromeTags',
  'chromeLabels',
  'mainElement',
  'linkBlocks',
  'cards',
  'linkPages',
  'asides',
  'unseen',
  'posts',
  'productChrome',
  'once',
  'productData',
  'ladder',
  'model',
  'copies',
] as const;
export type ContentRule = (typeof CONTENT_RULES)[number];

/** A stretch of the main content. */
export interface ContentPart {
  text: string;
  /** [start, end) of the saved text; absent for what a visitor does not see before he opens it. */
  start?: number;
  end?: number;
}

export interface MainContent {
  type: PageType;
  /** In the order of the document. */
  parts: ContentPart[];
  /** The parts, one below the other. */
  text: string;
  markdown: string;
}

type Kept = Set<Piece>;
type Rules = ReadonlySet<ContentRule>;

const lengthOf = (piece: Piece) => piece.text.trim().length;
const sum = (pieces: Iterable<Piece>) => {
  let total = 0;
  for (const piece of pieces) total += lengthOf(piece);
  return total;
};

/** Takes what fits out of `kept`, topmost first. */
function drop(
  kept: Kept,
  node: ContentNode,
  fits: (node: ContentNode) => boolean,
): void {
  if (fits(node)) for (const piece of piecesOf(node)) kept.delete(piece);
  else for (const child of node.children) drop(kept, child, fits);
}

const MONEY = /[$€£¥₹]\s?\d|\d\s?(?:€|kr|zł|USD|EUR)/;
const LINK_LIST = /^(?:ul|ol|div|section|p|td)$/;

/** Two headings or two amounts: what is listed here is what the page is about. */
function holdsCards(node: ContentNode): boolean {
  let [headings, amounts] = [0, 0];
  for (const each of nodesOf(node)) {
    if (/^h[2-5]$/.test(each.tag)) headings += 1;
    for (const piece of each.pieces) if (MONEY.test(piece.text)) amounts += 1;
  }
  return headings >= 2 || amounts >= 2;
}

function countLinks(node: ContentNode, inside = false): number {
  const linked = inside || node.tag === 'a';
  return node.children.reduce(
    (total, child) => total + countLinks(child, linked),
    linked ? node.pieces.length : 0,
  );
}

/** A list of short links, as in a menu that has no such name. */
function isLinkBlock(node: ContentNode, rules: Rules): boolean {
  if (!LINK_LIST.test(node.tag) || node.linkChars <= node.chars * 0.75)
    return false;
  const links = countLinks(node);
  if (links < 3 || node.chars / links >= 35) return false;
  return !(rules.has('cards') && holdsCards(node));
}

/** From this share of linked text on a page is a list of links, and no block of it is a menu. */
const LINK_PAGE = 0.6;

/** Characters in links, without those of the frame. */
function linkCharsIn(
  node: ContentNode,
  chrome: ReadonlySet<ContentNode>,
  inside = false,
): number {
  if (chrome.has(node)) return 0;
  const linked = inside || node.tag === 'a';
  let total = linked ? sum(node.pieces) : 0;
  for (const child of node.children)
    total += linkCharsIn(child, chrome, linked);
  return total;
}

/** What is left when the frame is taken away. */
function withoutChrome({ root }: ContentTree, rules: Rules): Kept {
  const chrome = new Set<ContentNode>();
  const live = new Map<ContentNode, number>();
  const prune = (node: ContentNode): number => {
    const share = node.chars / Math.max(1, root.chars);
    if (
      rules.has('chromeTags') &&
      isChrome(node, share, rules.has('chromeLabels'))
    ) {
      chrome.add(node);
      return 0;
    }
    let own = sum(node.pieces);
    for (const child of node.children) own += prune(child);
    live.set(node, own);
    return own;
  };
  const total = prune(root);
  const liveOf = (node: ContentNode) => live.get(node) ?? 0;
  const [main] = [...nodesOf(root)]
    .filter(node => isMainElement(node) && liveOf(node) > 200)
    .sort((a, b) => liveOf(b) - liveOf(a));
  const top =
    rules.has('mainElement') && main && liveOf(main) >= total * 0.3
      ? main
      : root;
  const kept: Kept = new Set();
  const linked = liveOf(top) === 0 ? 0 : linkCharsIn(top, chrome) / liveOf(top);
  const blocks =
    rules.has('linkBlocks') && !(rules.has('linkPages') && linked > LINK_PAGE);
  const take = (node: ContentNode) => {
    if (chrome.has(node)) return;
    if (node !== top && blocks && isLinkBlock(node, rules)) return;
    for (const piece of node.pieces) kept.add(piece);
    for (const child of node.children) take(child);
  };
  take(top);
  return kept;
}

/** Where the rules leave next to nothing, they took the page's content for its frame: fewer of them, then. */
function withoutFrame(tree: ContentTree, rules: Rules): Kept {
  const unlinked = tree.root.chars - tree.root.linkChars;
  const enough = Math.max(200, unlinked * 0.1);
  let kept = withoutChrome(tree, rules);
  if (!rules.has('ladder')) return kept;
  const fewer = new Set(rules);
  for (const rule of ['mainElement', 'chromeLabels', 'linkBlocks'] as const) {
    if (sum(kept) >= enough) break;
    fewer.delete(rule);
    kept = withoutChrome(tree, fewer);
  }
  return kept;
}

/** The posts of a thread, where the elements that hold them have one of the usual names. */
function postsOf({ root }: ContentTree, kept: Kept): Kept {
  const posts: ContentNode[] = [];
  const find = (node: ContentNode) => {
    if (isPost(node) && node.chars > 20) posts.push(node);
    else node.children.forEach(find);
  };
  find(root);
  const pieces = new Set(posts.flatMap(post => [...piecesOf(post)]));
  const length = sum(pieces);
  if (length <= 300 || length < sum(kept) * 0.25) return kept;
  for (const post of posts)
    drop(pieces, post, node => node.tag === 'button' || isUnseen(node));
  return pieces;
}

/** What stands twice, for a narrow and a wide screen, is kept once. */
function once(kept: Kept, order: readonly Piece[], least: number): void {
  const seen = new Set<string>();
  for (const piece of order) {
    const text = piece.text.trim();
    if (!kept.has(piece) || text.length < least) continue;
    if (seen.has(text)) kept.delete(piece);
    seen.add(text);
  }
}

/** The pieces that the rules take for content. */
export function chooseContent(
  tree: ContentTree,
  type: PageType,
  rules: Rules,
): Kept {
  const { root } = tree;
  const share = (node: ContentNode) => node.chars / Math.max(1, root.chars);
  let kept = withoutFrame(tree, rules);
  if (type === 'product' && rules.has('asides')) dropAsides(kept, root);
  if (rules.has('unseen'))
    drop(kept, root, node => isUnseen(node) && share(node) < 0.2);
  if (type === 'forum' && rules.has('posts')) kept = postsOf(tree, kept);
  if (type === 'product' && rules.has('productChrome'))
    drop(kept, root, node => isProductChrome(node) && share(node) < 0.3);
  if (rules.has('once')) keepOnce(kept, tree, type);
  return kept;
}

function keepOnce(kept: Kept, { pieces }: ContentTree, type: PageType) {
  if (type === 'documentation') return;
  once(kept, pieces, /^(?:product|forum)$/.test(type) ? 3 : 20);
}

/**
 * Types of pages that say things twice, and the share of it at which a block is a copy (see `dropCopies`): a few new words among old ones
 * are an answer in a forum. Elsewhere what is alike is told apart by it: the methods of a reference, the rows of a list.
 */
const COPIED: Partial<Record<PageType, number>> = { product: 0.8, forum: 1 };

/** Of pages with fewer blocks nothing was learned but whether they have content at all. */
const FEW_BLOCKS = 25;

/** Which blocks of a page are content, by what was learned from others: what the rules say is one of many signs. */
export function learnedContent(
  tree: ContentTree,
  blocks: readonly Block[],
  kept: Kept,
  page: Pick<FeatureInput, 'type' | 'title' | 'description'>,
  model: ContentModel,
): Kept {
  const { tables } = model;
  const { rows } = blockFeatures({ tree, blocks, kept, tables, ...page });
  const likely = rows.map(row => likelihood(model, row));
  const chosen = chooseBlocks(blocks, evenLists(blocks, likely));
  if (blocks.length < FEW_BLOCKS && chosen.size > 0) return kept;
  return new Set([...chosen].flatMap(block => block.pieces));
}

/**
 * What a page is there for, without its frame. Pure: the same bundle gives the same content.
 * @param rules those in use; all, but for measuring
 */
export function mainContent(
  bundle: ContentSource,
  rules: Rules = new Set(CONTENT_RULES),
  model: ContentModel = contentModel(),
): MainContent {
  const type = pageType(bundle);
  const tree = buildContentTree(bundle);
  let kept = chooseContent(tree, type, rules);
  if (rules.has('model')) {
    const description = describePage(bundle);
    const { title } = tree;
    const blocks = blocksOf(tree);
    const page = { type, title, description };
    kept = learnedContent(tree, blocks, kept, page, model);
    if (rules.has('once')) keepOnce(kept, tree, type);
    const copied = rules.has('copies') && COPIED[type];
    if (copied) dropCopies(kept, blocks, copied);
  }
  const pieces = tree.pieces.filter(piece => kept.has(piece));
  const parts: ContentPart[] = pieces.map(({ text, start, end }) =>
    start === undefined ? { text: text.trim() } : { text, start, end },
  );
  const markdown = toMarkdown(tree.root, kept);
  const seen = parts.map(part => part.text).join('\n');
  const missing =
    type === 'product' && rules.has('productData')
      ? missingDescription(bundle, seen)
      : undefined;
  return missing
    ? {
        type,
        parts: [...parts, { text: missing }],
        text: `${seen}\n${missing}`.trim(),
        markdown: `${markdown.trimEnd()}\n\n${escapeMarkdown(
          missing,
        )}\n`.trimStart(),
      }
    : { type, parts, text: seen, markdown };
}
