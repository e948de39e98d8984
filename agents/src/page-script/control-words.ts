import { of } from './safely';

/** What a control of the page says, in words on it and beside it. Runs in the page, as a part of the scripts that need it. */

/** Stands for a text that is longer than a label. */
export const TOO_LONG = '#too long';

export const oneLine = (text: string): string =>
  text.replace(/\s+/g, ' ').trim();

/** A text that is drawn: what stands in a style or a script is none. */
function isWords(node: Node): boolean {
  const parent = of(node, 'parentElement');
  return (
    !parent ||
    !/^(style|script|noscript|template|title)$/.test(of(parent, 'localName'))
  );
}

/** The text of an element without what is not drawn. */
export function textOf(element: Element): string {
  let text = '';
  const walker = of(document, 'createTreeWalker')(
    element,
    NodeFilter.SHOW_TEXT,
  );
  for (let node = walker.nextNode(), n = 0; node && n < 400; n++) {
    if (isWords(node)) text += ' ' + (node as Text).data;
    node = walker.nextNode();
  }
  return oneLine(text);
}

/** The text of an element, or {@link TOO_LONG} where it is longer than a label. */
export function shortText(element: Element, max: number): string {
  let text = '';
  const walker = of(document, 'createTreeWalker')(
    element,
    NodeFilter.SHOW_TEXT,
  );
  let nodes = 0;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (isWords(node)) text += ' ' + (node as Text).data;
    if (++nodes > 30 || text.length > 4 * max) return TOO_LONG;
  }
  const short = oneLine(text);
  return short.length > max ? TOO_LONG : short;
}

export interface Beside {
  /** Words before and after it, the nearest ones; at most 60 characters. */
  before: string;
  after: string;
  /** Whether the side after it is marked as the one in force; undefined where neither is. */
  marked?: boolean;
}

const MAX_BESIDE = 60;
/** Nodes that are looked at on each side: the box around may be the page. */
const MAX_NODES = 60;

/** The nearest words on each side of an element within a box, as far as they say something. */
export function wordsAround(
  box: Element,
  element: Element,
  says: (words: string) => boolean,
): Beside {
  const before = wordsBeside(box, element, false, says);
  const after = wordsBeside(box, element, true, says);
  const marked = sideInForce(before.last, after.last);
  return { before: before.words, after: after.words, marked };
}

function wordsBeside(
  box: Element,
  element: Element,
  onwards: boolean,
  says: (words: string) => boolean,
): { words: string; last?: Element } {
  const walker = of(document, 'createTreeWalker')(box, NodeFilter.SHOW_ALL);
  walker.currentNode = element;
  let words = '';
  let last: Element | undefined;
  for (let looked = 0; looked < MAX_NODES; looked++) {
    const node: Node | null = onwards
      ? walker.nextNode()
      : walker.previousNode();
    if (!node) break;
    if (of(node, 'nodeType') !== 3 || !isWords(node)) continue;
    const parent = of(node, 'parentElement') as Element;
    if (of(element, 'contains')(node)) continue;
    const piece = oneLine((node as Text).data);
    if (!piece) continue;
    // Another heading is about something else.
    const heading = of(parent, 'closest')('h1, h2, h3, h4, h5, h6');
    if (heading && !of(heading, 'contains')(element)) break;
    const more = oneLine(onwards ? words + ' ' + piece : piece + ' ' + words);
    if (more.length > MAX_BESIDE) {
      if (!words)
        words = onwards ? more.slice(0, MAX_BESIDE) : more.slice(-MAX_BESIDE);
      break;
    }
    words = more;
    last = parent;
    if (says(words)) break;
  }
  return { words, last };
}

/** Which of two sides is marked as the one in force: true for the second, undefined where none or both are. */
export function sideInForce(
  first: Element | undefined,
  second: Element | undefined,
): boolean | undefined {
  const [one, other] = [first, second].map(
    side => (side && isOn(side)) || false,
  );
  return one === other ? undefined : other;
}

export function isOn(element: Element): boolean | undefined {
  const get = of(element, 'getAttribute');
  const tag = of(element, 'localName');
  if (tag === 'input') return of(element as HTMLInputElement, 'checked');
  for (const name of ['aria-checked', 'aria-selected', 'aria-pressed']) {
    const value = get(name);
    if (value !== null) return value === 'true';
  }
  const state = get('data-state');
  if (state && /^(active|inactive|on|off|checked|unchecked)$/.test(state))
    return /^(active|on|checked)$/.test(state);
  const hint = /(^|[\s_-])(active|selected|current|checked)($|[\s_-])/i;
  return hint.test(get('class') || '') || undefined;
}

/** @returns what a control is called, and whether these are words on it that a visitor sees */
export function labelOf(element: Element): [label: string, seen: boolean] {
  const get = of(element, 'getAttribute');
  const said = oneLine(get('aria-label') || '');
  if (said) return [said, false];
  const ids = (get('aria-labelledby') || '').split(/\s+/).filter(Boolean);
  const named = ids
    .slice(0, 4)
    .map(id => {
      const other = of(document, 'getElementById')(id);
      return other ? textOf(other) : '';
    })
    .join(' ')
    .trim();
  if (named) return [named, true];
  const labels =
    of(element, 'localName') === 'input'
      ? of(element as HTMLInputElement, 'labels')
      : null;
  const text = labels
    ? Array.from(labels as ArrayLike<Element>)
        .map(textOf)
        .join(' ')
        .trim()
    : textOf(element);
  if (text) return [text.slice(0, 80), true];
  // An input of type radio without a label: the words that follow.
  const next = of(element, 'nextSibling') as Node | null;
  const beside = next ? oneLine(next.textContent || '') : '';
  return [beside.slice(0, 80), false];
}
