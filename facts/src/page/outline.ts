import type { Box, PageLayout } from '@agentworkloads/api';
import { readElementsById, type Element } from './markup';
import { plainText } from './plain-text';

/** A piece of visible text with its place in the DOM. */
export interface Run {
  index: number;
  start: number;
  end: number;
  text: string;
  box: Box;
  fontSize: number;
  bold: boolean;
  struck: boolean;
  tag: string;
  href?: string;
  selector: string;
  node: OutlineNode;
}

/** An element that has visible text in it. `first`..`last` are the runs of its subtree, inclusive. */
export interface OutlineNode {
  key: string;
  tag: string;
  depth: number;
  parent?: OutlineNode;
  children: OutlineNode[];
  first: number;
  last: number;
}

export interface Outline {
  text: string;
  /**
   * As long as `text`: struck runs are blanked with a stop sign, digits and white space are made plain, and line breaks between runs
   * that touch on screen are spaces. An offset means the same in both.
   */
  flat: string;
  runs: readonly Run[];
  root: OutlineNode;
}

/** Stands for characters that no pattern may read across. */
export const STOP = '\u0001';
const MIN_VISIBLE_PIXELS = 2;
const DEFAULT_FONT_SIZE = 16;
const STRUCK = /(?:^|> )(?:s|del|strike)(?![\w-])/;
const CHILD = ' > ';
const SHADOW_CHILD = ' >>> ';

function isSeen(run: PageLayout['runs'][number]): boolean {
  const { x, y, width, height } = run.box;
  return (
    width > MIN_VISIBLE_PIXELS &&
    height > MIN_VISIBLE_PIXELS &&
    x + width > 0 &&
    y + height > 0 &&
    run.fontSize !== 0
  );
}

/** How much of the smaller one's height two boxes share, 0 to 1. */
export function verticalOverlap(a: Box, b: Box): number {
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, shared) / Math.max(1, Math.min(a.height, b.height));
}

/** How much of the smaller one's width two boxes share, 0 to 1. */
export function horizontalOverlap(a: Box, b: Box): number {
  const shared = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  return Math.max(0, shared) / Math.max(1, Math.min(a.width, b.width));
}

export function union(boxes: readonly Box[]): Box {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** "$", "29" and "/mo" of one price are often three boxes side by side. */
export function touches(a: Run, b: Run): boolean {
  const gap = Math.max(
    b.box.x - (a.box.x + a.box.width),
    // Where lines run from right to left, what follows stands at the left.
    a.box.x - (b.box.x + b.box.width),
  );
  const em = Math.max(a.fontSize, b.fontSize);
  return verticalOverlap(a.box, b.box) > 0.25 && gap > -em && gap < 0.75 * em;
}

interface Step {
  key: string;
  tag: string;
}

const TAG = /^[a-z][a-z0-9-]*/i;

/** `div` and `div:nth-of-type(1)` are one place: the collector writes the short form for an only child. */
function toStep(key: string): Step {
  const tag = TAG.exec(key)?.[0].toLowerCase() ?? '';
  return { key: key === tag ? `${tag}:nth-of-type(1)` : key, tag };
}

/** Selectors start at the nearest id; the HTML tells what that element stands in. */
function createChains(html: string): (key: string) => Step[] {
  let byId: ReadonlyMap<string, Element> | undefined;
  return key => {
    if (!key.startsWith('#')) return [toStep(key)];
    byId ??= readElementsById(html);
    const steps: Step[] = [];
    let at = byId.get(key.slice(1));
    for (; at; at = at.parent) steps.push({ key: at.key, tag: at.tag });
    return steps.length > 0 ? steps.reverse() : [toStep(key)];
  };
}

/** The selector of the parent, and the last step; texts of one element after the other share all but a step or two. */
function cutLast(selector: string): [parent: string, key: string] | undefined {
  const child = selector.lastIndexOf(CHILD);
  const shadow = selector.lastIndexOf(SHADOW_CHILD);
  const at = Math.max(child, shadow);
  if (at < 0) return undefined;
  const mark = shadow > child ? SHADOW_CHILD : CHILD;
  return [selector.slice(0, at), selector.slice(at + mark.length)];
}

function createTree(html: string) {
  const root: OutlineNode = {
    key: '',
    tag: '',
    depth: 0,
    children: [],
    first: 0,
    last: 0,
  };
  const chainOf = createChains(html);
  const known = new Map<OutlineNode, Map<string, OutlineNode>>();
  const places = new Map<string, OutlineNode>();
  const childOf = (parent: OutlineNode, { key, tag }: Step, index: number) => {
    let children = known.get(parent);
    if (!children) known.set(parent, (children = new Map()));
    let child = children.get(key);
    if (!child) {
      child = {
        key,
        tag,
        depth: parent.depth + 1,
        parent,
        children: [],
        first: index,
        last: index,
      };
      children.set(key, child);
      parent.children.push(child);
    }
    return child;
  };
  const nodeAt = (selector: string, index: number): OutlineNode => {
    const again = places.get(selector);
    if (again) return again;
    const cut = cutLast(selector);
    let node = root;
    if (cut) node = childOf(nodeAt(cut[0], index), toStep(cut[1]), index);
    else
      for (const step of chainOf(selector)) node = childOf(node, step, index);
    places.set(selector, node);
    return node;
  };
  const place = (selector: string, index: number): OutlineNode => {
    const node = nodeAt(selector, index);
    for (let at: OutlineNode | undefined = node; at; at = at.parent)
      at.last = Math.max(at.last, index);
    return node;
  };
  return { root, place };
}

/** What lies between two seen runs: white space stays, text that nobody sees is stopped over. */
function flattenGap(gap: string, joined: boolean): string {
  return gap.replace(/\S/g, STOP).replace(/\s/g, joined ? ' ' : '\n');
}

function flatten(text: string, runs: readonly Run[]): string {
  const pieces: string[] = [];
  let at = 0;
  let before: Run | undefined;
  for (const run of runs) {
    const gap = text.slice(at, run.start);
    // A tab stands between the cells of a table.
    const joined =
      before && !before.struck && !gap.includes('\t') && touches(before, run);
    pieces.push(flattenGap(gap, joined ?? false));
    const own = text.slice(run.start, run.end);
    pieces.push(
      run.struck ? STOP.repeat(own.length) : plainText(own).replace(/\s/g, ' '),
    );
    at = run.end;
    before = run;
  }
  pieces.push(flattenGap(text.slice(at), false));
  return pieces.join('');
}

/** The visible text as a tree. Text that is too small or off the page to be seen is left out, whatever the collector thought. */
export function buildOutline(
  text: string,
  layout: PageLayout,
  html: string,
): Outline {
  const { root, place } = createTree(html);
  const runs: Run[] = [];
  let end = 0;
  for (const source of layout.runs) {
    const usable =
      source.start >= end &&
      source.end > source.start &&
      source.end <= text.length;
    if (!usable || !isSeen(source)) continue;
    const own = text.slice(source.start, source.end);
    const trimmed = own.trim();
    if (trimmed === '') continue;
    const start = source.start + own.indexOf(trimmed);
    end = source.end;
    const index = runs.length;
    runs.push({
      index,
      start,
      end: start + trimmed.length,
      text: trimmed,
      box: source.box,
      fontSize: source.fontSize ?? DEFAULT_FONT_SIZE,
      bold: source.bold ?? false,
      struck: (source.struck ?? false) || STRUCK.test(source.selector),
      tag: (source.tag ?? '').toLowerCase(),
      href: source.href,
      selector: source.selector,
      node: place(source.selector, index),
    });
  }
  return { text, flat: flatten(text, runs), runs, root };
}

/** The run that holds `offset`, or the next one after it. Undefined past the last. */
export function runAt(outline: Outline, offset: number): Run | undefined {
  const { runs } = outline;
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (runs[middle].end > offset) high = middle;
    else low = middle + 1;
  }
  return runs[low];
}

export function runsBetween(
  outline: Outline,
  start: number,
  end: number,
): readonly Run[] {
  const first = runAt(outline, start);
  if (!first) return [];
  let last = first.index;
  while (last < outline.runs.length && outline.runs[last].start < end)
    last += 1;
  return outline.runs.slice(first.index, last);
}

export function* ancestors(node: OutlineNode): Iterable<OutlineNode> {
  for (let at: OutlineNode | undefined = node; at; at = at.parent) yield at;
}

/** The deepest element that holds both. */
export function commonAncestor(a: OutlineNode, b: OutlineNode): OutlineNode {
  let left = a;
  let right = b;
  while (left !== right) {
    if (left.depth >= right.depth && left.parent) left = left.parent;
    else if (right.parent) right = right.parent;
    else break;
  }
  return left;
}

export function contains(outer: OutlineNode, inner: OutlineNode): boolean {
  let at: OutlineNode | undefined = inner;
  while (at && at.depth > outer.depth) at = at.parent;
  return at === outer;
}

export function closest(
  node: OutlineNode,
  tags: ReadonlySet<string>,
): OutlineNode | undefined {
  // Asked so often that a generator for each would be felt.
  for (let at: OutlineNode | undefined = node; at; at = at.parent)
    if (tags.has(at.tag)) return at;
  return undefined;
}
