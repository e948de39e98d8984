import type { ContentNode, ContentTree, Piece } from './content-tree';

const INLINE =
  /^(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)$/;

export const isInline = (node: ContentNode): boolean => INLINE.test(node.tag);

/** Text that stands in one line of the source's structure: a paragraph, a heading, an item, a cell. Kept or dropped as one. */
export interface Block {
  /** The nearest element that is no part of a line. */
  node: ContentNode;
  pieces: Piece[];
  text: string;
  /** Of its words: how many there are, and how many stand in links. */
  words: string[];
  linkWords: number;
  links: number;
  /** Share of its characters that a visitor sees at once. */
  seen: number;
}

const WORD = /[\p{L}\p{N}_]+/gu;
export const wordsOf = (text: string): string[] =>
  text.toLowerCase().match(WORD) ?? [];

/** Own text and elements of a node, as they stand. */
export function contentOf(node: ContentNode): (Piece | ContentNode)[] {
  if (node.pieces.length === 0) return node.children;
  if (node.children.length === 0) return node.pieces;
  const at = (each: Piece | ContentNode) =>
    'first' in each ? each.first : each.index;
  return [...node.pieces, ...node.children].sort((a, b) => at(a) - at(b));
}

/** The text of a page in blocks, in the order of the document. */
export function blocksOf({ root }: ContentTree): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  const add = (piece: Piece, owner: ContentNode, linked: boolean) => {
    if (!open) {
      open = {
        node: owner,
        pieces: [],
        text: '',
        words: [],
        linkWords: 0,
        links: 0,
        seen: 0,
      };
      blocks.push(open);
    }
    const words = wordsOf(piece.text);
    open.pieces.push(piece);
    open.text += `${open.text ? ' ' : ''}${piece.text.trim()}`;
    open.words.push(...words);
    if (linked) open.linkWords += words.length;
    if (piece.start !== undefined) open.seen += piece.text.length;
  };
  const visit = (node: ContentNode, above: ContentNode, linked: boolean) => {
    const inline = isInline(node);
    const owner = inline ? above : node;
    const inLink = linked || node.tag === 'a';
    if (!inline) open = undefined;
    for (const each of contentOf(node))
      if ('first' in each) visit(each, owner, inLink);
      else add(each, owner, inLink);
    if (node.tag === 'a' && open) open.links += 1;
    if (!inline) open = undefined;
  };
  visit(root, root, false);
  for (const block of blocks) block.seen /= Math.max(1, block.text.length);
  return blocks;
}
