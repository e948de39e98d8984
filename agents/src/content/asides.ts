import { isAsideHeading } from './chrome';
import {
  nodesOf,
  piecesOf,
  type ContentNode,
  type Piece,
} from './content-tree';

/** More of the page than this is no aside, whatever stands over it. */
const ASIDE_SHARE = 0.5;

/** Sections under a heading that says that they are about something else. */
export function dropAsides(kept: Set<Piece>, root: ContentNode): void {
  const headings = [...nodesOf(root)].filter(
    node => HEADING.test(node.tag) && isAsideHeading(textOf(node)),
  );
  for (const heading of headings) {
    let top = heading;
    while (
      top.parent &&
      firstPiece(top.parent) === firstPiece(heading) &&
      top.parent.chars < root.chars * ASIDE_SHARE
    )
      top = top.parent;
    // A heading without a section of its own stands over what follows, up to the next heading.
    const section = top === heading ? followers(heading) : [top];
    const chars = section.reduce((total, node) => total + node.chars, 0);
    if (chars > root.chars * ASIDE_SHARE) continue;
    for (const node of [heading, ...section])
      for (const piece of piecesOf(node)) kept.delete(piece);
  }
}

function followers(heading: ContentNode): ContentNode[] {
  const siblings = heading.parent?.children ?? [];
  const after = siblings.slice(siblings.indexOf(heading) + 1);
  const end = after.findIndex(node =>
    [...nodesOf(node)].some(each => HEADING.test(each.tag)),
  );
  return end < 0 ? after : after.slice(0, end);
}

const HEADING = /^h[1-6]$/;
const firstPiece = (node: ContentNode): Piece | undefined => {
  for (const piece of piecesOf(node)) return piece;
  return undefined;
};
const textOf = (node: ContentNode) =>
  [...piecesOf(node)].map(piece => piece.text.trim()).join(' ');
