import { isPost, isProductChrome, isUnseen } from './chrome';
import type { ContentNode } from './content-tree';
import {
  hintKey,
  hintsOf,
  scoreOf,
  type Score,
  type WordTables,
} from './word-scores';

/** An element that holds more than the one in it that leads to the block. */
export interface Level {
  node: ContentNode;
  child: ContentNode;
}

/** What is known of an element, and of those above it. */
export interface ElementFacts {
  /** Tags of the element and of all above it. */
  above: ReadonlySet<string>;
  /** Has it, or one above it, a role of frames? */
  framed: boolean;
  depth: number;
  hints: Score;
  /** Of the element and those above it: the lowest, the highest, and a sum in which the nearer weigh more. */
  hintLeast: number;
  hintMost: number;
  hintSum: number;
  productChrome: boolean;
  post: boolean;
  unseen: boolean;
  hidden: boolean;
  levels: readonly Level[];
}

const FRAME_ROLE =
  /^(?:navigation|banner|contentinfo|search|complementary|dialog|alertdialog|menu|menubar|toolbar|button|tablist)/;
const FADING = 0.8;
export const LEVELS = 3;

const isHidden = ({ attributes }: ContentNode) =>
  'hidden' in attributes ||
  attributes['aria-hidden'] === 'true' ||
  /display:\s*none/.test(attributes.style ?? '');

function levelsOf(node: ContentNode): Level[] {
  const levels: Level[] = [];
  for (let at = node; at.parent && levels.length < LEVELS; at = at.parent)
    if (at.parent.chars > at.chars * 1.001 + 1)
      levels.push({ node: at.parent, child: at });
  return levels;
}

/** Facts about elements, each made once. */
export function createElementFacts(tables: WordTables) {
  const known = new Map<ContentNode, ElementFacts>();
  const scores = new Map<string, ReturnType<typeof scoreOf>>();
  // Cards of a list are called alike.
  const scoreOfHints = (node: ContentNode) => {
    const key = hintKey(node);
    let score = scores.get(key);
    if (!score) scores.set(key, (score = scoreOf(hintsOf(node), tables.hints)));
    return score;
  };
  const factsOf = (node: ContentNode): ElementFacts => {
    const found = known.get(node);
    if (found) return found;
    const up = node.parent && factsOf(node.parent);
    const hints = scoreOfHints(node);
    const made: ElementFacts = {
      above: up?.above.has(node.tag)
        ? up.above
        : new Set(up?.above).add(node.tag),
      framed: Boolean(up?.framed) || FRAME_ROLE.test(node.role),
      depth: (up?.depth ?? 0) + 1,
      hints,
      hintLeast: Math.min(up?.hintLeast ?? 0, hints.least),
      hintMost: Math.max(up?.hintMost ?? 0, hints.most),
      hintSum: (up?.hintSum ?? 0) * FADING + hints.mean,
      productChrome: Boolean(up?.productChrome) || isProductChrome(node),
      post: Boolean(up?.post) || isPost(node),
      unseen: Boolean(up?.unseen) || isUnseen(node),
      hidden: Boolean(up?.hidden) || isHidden(node),
      levels: levelsOf(node),
    };
    known.set(node, made);
    return made;
  };
  return factsOf;
}

export interface Siblings {
  /** With the same tag and first class, and the place of this one among them. */
  alike: number;
  place: number;
  all: number;
}

const MAX_PLACE = 20;
const signature = (node: ContentNode) =>
  `${node.tag}.${(node.attributes.class ?? '').split(/\s+/)[0]}`;

/** How an element repeats among its siblings: the cards of a list, the rows of a table. */
export function createSiblings() {
  const known = new Map<ContentNode, Map<ContentNode, Siblings>>();
  const count = (parent: ContentNode) => {
    const groups = new Map<string, ContentNode[]>();
    for (const each of parent.children) {
      const key = signature(each);
      const group = groups.get(key);
      if (group) group.push(each);
      else groups.set(key, [each]);
    }
    const made = new Map<ContentNode, Siblings>();
    const all = parent.children.length;
    for (const group of groups.values())
      group.forEach((each, index) => {
        const place = Math.min(index, MAX_PLACE);
        made.set(each, { alike: group.length, place, all });
      });
    return made;
  };
  return ({ node, child }: Level): Siblings => {
    let siblings = known.get(node);
    if (!siblings) {
      siblings = count(node);
      known.set(node, siblings);
    }
    return siblings.get(child) ?? { alike: 0, place: 0, all: 0 };
  };
}
