import type { ContentSource } from './content-source';
import {
  createFinder,
  parseHtml,
  type HtmlElement,
  type HtmlTree,
} from './html-tree';

/** A piece of text, in the order of the document. */
export interface Piece {
  index: number;
  text: string;
  /** [start, end) of the saved text; absent for what a visitor does not see at once: a closed accordion, a tab behind another. */
  start?: number;
  end?: number;
}

/** An element with text in it. */
export interface ContentNode {
  tag: string;
  /** Class, id and role, lower case, for what people call their elements. */
  label: string;
  role: string;
  attributes: HtmlElement['attributes'];
  parent?: ContentNode;
  children: ContentNode[];
  /** Text of its own, children's left out. */
  pieces: Piece[];
  /** Of the whole subtree: characters, characters in links. */
  chars: number;
  linkChars: number;
  /** Index of its first piece. */
  first: number;
}

export interface ContentTree {
  root: ContentNode;
  pieces: Piece[];
  title: string;
}

function newNode(element: HtmlElement, parent?: ContentNode): ContentNode {
  const { role = '', id = '' } = element.attributes;
  const label = [element.attributes.class, id, role].join(' ');
  return {
    tag: element.tag,
    label: label.toLowerCase().slice(0, 300),
    role: role.toLowerCase(),
    attributes: element.attributes,
    parent,
    children: [],
    pieces: [],
    chars: 0,
    linkChars: 0,
    first: Infinity,
  };
}

interface Seen {
  start: number;
  end: number;
}

/** Visible runs by the element that they stand in, in order. */
function seenByElement({ layout }: ContentSource, tree: HtmlTree) {
  const find = createFinder(tree);
  const seen = new Map<HtmlElement, Seen[]>();
  for (const run of layout.runs) {
    const element = find(run.selector) ?? tree.root;
    const list = seen.get(element);
    if (list) list.push(run);
    else seen.set(element, [run]);
  }
  return seen;
}

const SKIPPED =
  /^(?:script|style|template|head|title|svg|iframe|object|option)$/;
const MAX_DEPTH = 400;

/** Text of a saved page as a tree of its elements: what is visible with its place in the saved text, what is not without one. */
export function buildContentTree(bundle: ContentSource): ContentTree {
  const source = parseHtml(bundle.html);
  const seen = seenByElement(bundle, source);
  const pieces: Piece[] = [];
  const add = (node: ContentNode, text: string, at?: Seen) => {
    const piece: Piece = at
      ? { index: pieces.length, text, start: at.start, end: at.end }
      : { index: pieces.length, text };
    pieces.push(piece);
    node.pieces.push(piece);
  };
  const takeRuns = (node: ContentNode, left: Seen[], length: number) => {
    let taken = 0;
    while (left.length > 0 && taken < length) {
      const run = left.shift() as Seen;
      taken += Math.max(1, run.end - run.start);
      add(node, bundle.text.slice(run.start, run.end), run);
    }
  };
  const visit = (
    element: HtmlElement,
    parent: ContentNode | undefined,
    linked: boolean,
    depth: number,
  ) => {
    if (SKIPPED.test(element.tag) || depth > MAX_DEPTH) return undefined;
    const node = newNode(element, parent);
    const inLink = linked || element.tag === 'a';
    const left = [...(seen.get(element) ?? [])];
    const visible = left.length > 0;
    for (const child of element.content) {
      if (typeof child !== 'string') {
        const made = visit(child, node, inLink, depth + 1);
        if (made) node.children.push(made);
        continue;
      }
      const text = child.replace(/\s+/g, ' ');
      if (!text.trim()) continue;
      if (visible) takeRuns(node, left, text.trim().length);
      else add(node, text);
    }
    takeRuns(node, left, Infinity);
    for (const piece of node.pieces) measure(node, piece, inLink);
    for (const child of node.children) grow(node, child);
    return node.chars > 0 ? node : undefined;
  };
  const root = visit(source.root, undefined, false, 0) ?? newNode(source.root);
  return { root, pieces, title: source.title };
}

function measure(node: ContentNode, piece: Piece, linked: boolean) {
  const length = piece.text.trim().length;
  node.chars += length;
  node.first = Math.min(node.first, piece.index);
  if (linked) node.linkChars += length;
}

function grow(node: ContentNode, child: ContentNode) {
  node.chars += child.chars;
  node.first = Math.min(node.first, child.first);
  node.linkChars += child.linkChars;
}

/** All text of a subtree, its own before its children's. */
export function* piecesOf(node: ContentNode): Iterable<Piece> {
  for (const each of nodesOf(node)) yield* each.pieces;
}

/** A node and all below it, each before its children. By a list of what is left: one generator a level would cost the depth at each step. */
export function* nodesOf(node: ContentNode): Iterable<ContentNode> {
  const left = [node];
  for (let at = left.pop(); at; at = left.pop()) {
    yield at;
    for (let index = at.children.length - 1; index >= 0; index -= 1)
      left.push(at.children[index]);
  }
}
