import { parseHTML } from 'linkedom';
import type { ContentSource } from './content-source';

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
  parent?: ContentNode;
  children: ContentNode[];
  /** Text of its own, children's left out. */
  pieces: Piece[];
  /** Of the whole subtree: characters, characters in links. */
  chars: number;
  linkChars: number;
}

export interface ContentTree {
  root: ContentNode;
  pieces: Piece[];
  /** The document, for what needs one; elements with text of their own carry {@link MARK}. */
  document: Document;
  nodeOf: ReadonlyMap<string, ContentNode>;
}

export const MARK = 'data-piece-node';

const STEP = /^([a-z][a-z0-9-]*)(?::nth-of-type\((\d+)\))?$/i;

/** The element that a selector of the collector names; of what lies in a shadow root or a frame, the element that holds it. */
function createFinder(document: Document) {
  const known = new Map<string, Element | undefined>();
  const childOf = (parent: Element, step: string): Element | undefined => {
    const match = STEP.exec(step);
    if (!match) return undefined;
    let left = Number(match[2] ?? 1);
    for (let at = parent.firstElementChild; at; at = at.nextElementSibling)
      if (at.localName === match[1] && --left === 0) return at;
    return undefined;
  };
  const find = (selector: string): Element | undefined => {
    if (known.has(selector)) return known.get(selector);
    const cut = selector.lastIndexOf(' > ');
    let found: Element | undefined;
    if (cut >= 0) {
      const parent = find(selector.slice(0, cut));
      found = parent && childOf(parent, selector.slice(cut + 3));
    } else if (selector.startsWith('#'))
      found = document.getElementById(unescape(selector.slice(1))) ?? undefined;
    else found = document.documentElement;
    known.set(selector, found);
    return found;
  };
  return (selector: string) => find(selector.split(' >>> ')[0]);
}

/** CSS escapes of an id: `\31 a` is `1a`. */
function unescape(id: string): string {
  return id.replace(/\\([0-9a-f]{1,6})\s?|\\(.)/gi, (_all, hex, plain) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : plain,
  );
}

function newNode(element: Element, parent?: ContentNode): ContentNode {
  const role = element.getAttribute('role') ?? '';
  const label = [element.getAttribute('class'), element.id, role].join(' ');
  return {
    tag: element.localName,
    label: label.toLowerCase().slice(0, 300),
    role: role.toLowerCase(),
    parent,
    children: [],
    pieces: [],
    chars: 0,
    linkChars: 0,
  };
}

interface Seen {
  start: number;
  end: number;
}

/** Visible runs by the element that they stand in, in order. */
function seenByElement(bundle: ContentSource, document: Document) {
  const find = createFinder(document);
  const seen = new Map<Element, Seen[]>();
  for (const run of bundle.layout.runs) {
    const element = find(run.selector) ?? document.documentElement;
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
  const { document } = parseHTML(bundle.html || '<html><body></body></html>');
  const seen = seenByElement(bundle, document);
  const pieces: Piece[] = [];
  const nodeOf = new Map<string, ContentNode>();
  const add = (
    node: ContentNode,
    element: Element,
    text: string,
    at?: Seen,
  ) => {
    if (node.pieces.length === 0) {
      const mark = String(nodeOf.size);
      element.setAttribute(MARK, mark);
      nodeOf.set(mark, node);
    }
    const piece = {
      index: pieces.length,
      text,
      ...(at ? { start: at.start, end: at.end } : {}),
    };
    pieces.push(piece);
    node.pieces.push(piece);
  };
  const takeRuns = (
    node: ContentNode,
    element: Element,
    left: Seen[],
    length: number,
  ) => {
    let taken = 0;
    while (left.length > 0 && taken < length) {
      const run = left.shift() as Seen;
      taken += Math.max(1, run.end - run.start);
      add(node, element, bundle.text.slice(run.start, run.end), run);
    }
  };
  const visit = (
    element: Element,
    parent: ContentNode | undefined,
    linked: boolean,
    depth: number,
  ) => {
    if (SKIPPED.test(element.localName) || depth > MAX_DEPTH) return undefined;
    const node = newNode(element, parent);
    const inLink = linked || element.localName === 'a';
    const left = [...(seen.get(element) ?? [])];
    const visible = left.length > 0;
    for (const child of element.childNodes) {
      if (child.nodeType === 1) {
        const made = visit(child as Element, node, inLink, depth + 1);
        if (made) node.children.push(made);
      } else if (child.nodeType === 3) {
        const text = (child.textContent ?? '').replace(/\s+/g, ' ');
        if (!text.trim()) continue;
        if (visible) takeRuns(node, element, left, text.trim().length);
        else add(node, element, text);
      }
    }
    takeRuns(node, element, left, Infinity);
    for (const piece of node.pieces) measure(node, piece, inLink);
    for (const child of node.children) grow(node, child);
    return node.chars > 0 ? node : undefined;
  };
  const root =
    visit(document.documentElement, undefined, false, 0) ??
    newNode(document.documentElement);
  return { root, pieces, document, nodeOf };
}

function measure(node: ContentNode, piece: Piece, linked: boolean) {
  const length = piece.text.trim().length;
  node.chars += length;
  if (linked) node.linkChars += length;
}

function grow(node: ContentNode, child: ContentNode) {
  node.chars += child.chars;
  node.linkChars += child.linkChars;
}

/** All text of a subtree, its own before its children's. */
export function* piecesOf(node: ContentNode): Iterable<Piece> {
  yield* node.pieces;
  for (const child of node.children) yield* piecesOf(child);
}

/** A node and all below it. */
export function* nodesOf(node: ContentNode): Iterable<ContentNode> {
  yield node;
  for (const child of node.children) yield* nodesOf(child);
}
