import { of } from './safely';

/**
 * Scripts that run inside the page, in a world of their own: they scroll through it and keep in mind what came on scrolling. As with the
 * collector, these functions are sent as source and use nothing but each other and the DOM.
 */

/** One way down through all that scrolls. */
export interface Pass {
  /** Heights of all that scrolls, in CSS pixels. */
  height: number;
  elements: number;
  /** Elements that came on the way; a counter that only changes its text is none. */
  came: number;
  /** The end of everything was reached; else it went on as it was scrolled. */
  ended: boolean;
}

/** Something that scrolls and forgets: what was seen of it further down is not in the page any more. */
export interface ForgetfulList {
  index: number;
  /** CSS pixels: all of it, and what is seen at a time. */
  height: number;
  view: number;
}

interface Scrolling {
  /** The first is the page itself. */
  scrollers: Element[];
  /** How far each was scrolled. */
  at: number[];
  /** What came while each was scrolled. */
  texts: string[][];
  current: number;
  came: number;
}

export interface PassOptions {
  /** Steps of one view each; what is further down is only jumped to. */
  steps: number;
  maxMs: number;
}

function scrolling(): Scrolling {
  // A symbol: an element's id is a name of the window in every world, and a page may choose it.
  const key = Symbol.for('agentworkloads.scrolling');
  const world = globalThis as unknown as Record<symbol, Scrolling>;
  if (world[key]) return world[key];
  const root = of(document, 'documentElement');
  const state: Scrolling = {
    scrollers: [root, ...innerScrollers()],
    at: [],
    texts: [],
    current: 0,
    came: 0,
  };
  state.at = state.scrollers.map(() => 0);
  state.texts = state.scrollers.map(() => []);
  new MutationObserver(records => noteComing(records, state)).observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  world[key] = state;
  return state;
}

/** The largest boxes with a scroll bar of their own. */
function innerScrollers(): Element[] {
  const found: Element[] = [];
  const all = of(document, 'getElementsByTagName')('*');
  for (let i = 0; i < all.length && i < 20000 && found.length < 20; i++) {
    const element = all[i];
    const view = of(element, 'clientHeight');
    if (view < 100 || of(element, 'scrollHeight') < view + 100) continue;
    if (
      of(element, 'clientWidth') < 150 ||
      /^(html|body)$/.test(of(element, 'localName'))
    )
      continue;
    if (/auto|scroll/.test(getComputedStyle(element).overflowY))
      found.push(element);
  }
  const size = (element: Element) =>
    of(element, 'clientHeight') * of(element, 'clientWidth');
  return found.sort((a, b) => size(b) - size(a)).slice(0, 3);
}

function noteComing(records: MutationRecord[], state: Scrolling) {
  const texts = state.texts[state.current];
  for (const record of records) {
    const nodes: Node[] =
      record.type === 'childList'
        ? Array.from(record.addedNodes)
        : [record.target];
    for (const node of nodes) {
      if (/^(script|style|link)$/.test(of(node as Element, 'localName') || ''))
        continue;
      if (of(node, 'nodeType') === 1) state.came++;
      if (texts.length >= 400) continue;
      const text = (of(node, 'textContent') || '').slice(0, 120);
      if (/[\p{L}\p{N}]{2}/u.test(text)) texts.push(text);
    }
  }
}

function nextFrame(): Promise<void> {
  return new Promise(done => {
    requestAnimationFrame(() => setTimeout(done, 0));
    setTimeout(done, 100);
  });
}

function scrollBox(state: Scrolling, index: number, top: number) {
  const how = { top, behavior: 'instant' as const };
  if (index === 0) scrollTo(how);
  else of(state.scrollers[index], 'scrollTo')(how);
}

function viewOf(state: Scrolling, index: number): number {
  return index === 0 ? innerHeight : of(state.scrollers[index], 'clientHeight');
}

/** Scrolls from where the last pass ended to the end of each box. */
export async function scrollPass(options: PassOptions): Promise<Pass> {
  const state = scrolling();
  const until = performance.now() + options.maxMs;
  state.came = 0;
  for (let i = 0; i < state.scrollers.length; i++) {
    state.current = i;
    const view = Math.max(50, viewOf(state, i));
    let steps = options.steps;
    let end = of(state.scrollers[i], 'scrollHeight');
    while (state.at[i] + view < end && performance.now() < until) {
      const jump = --steps < 0;
      state.at[i] = jump ? end - view : state.at[i] + view;
      scrollBox(state, i, state.at[i]);
      await nextFrame();
      end = of(state.scrollers[i], 'scrollHeight');
      if (jump) break;
    }
    // What watches for the end of the page is told a frame later, and asks for more in the next.
    if (state.at[i] > 0) {
      await nextFrame();
      await nextFrame();
    }
  }
  const ended = state.scrollers.every(
    (box, i) =>
      state.at[i] + Math.max(50, viewOf(state, i)) + 10 >=
      of(box, 'scrollHeight'),
  );
  const { came } = state;
  return { height: heightNow(), elements: elementsNow(), came, ended };
}

/** Elements at the end of a page that are looked at for a sign of more. */
const LAST = 400;
const LOADER =
  /(^|[\s_-])(load(er|ing|[_-]?more)?|spinner|skeleton|sentinel|infinite)/i;

/** Whether a box of its own was scrolled, or something at the end of the page waits for more: a loader, or an empty box to be seen. */
export function mayGrow(): boolean {
  const state = scrolling();
  if (state.at.some((at, i) => i > 0 && at > 0)) return true;
  const all = of(document, 'getElementsByTagName')('*');
  const end = of(state.scrollers[0], 'scrollHeight');
  for (let i = all.length - 1; i >= 0 && i > all.length - LAST; i--)
    if (waitsForMore(all[i], end)) return true;
  return false;
}

/** @param end height of the page */
function waitsForMore(element: Element, end: number): boolean {
  if (!/^(div|span|li|section|p|ul)$/.test(of(element, 'localName')))
    return false;
  const rect = of(element, 'getBoundingClientRect')();
  if (rect.height < 1 || rect.bottom + scrollY < end - 300) return false;
  const get = of(element, 'getAttribute');
  const named = (get('class') || '') + ' ' + (get('id') || '');
  const busy = get('aria-busy') === 'true' || get('role') === 'progressbar';
  if (busy || LOADER.test(named)) return true;
  const empty =
    of(element, 'childElementCount') === 0 &&
    !(of(element, 'textContent') || '').trim();
  return empty && rect.height <= 100;
}

export function heightNow(): number {
  return scrolling().scrollers.reduce(
    (sum, box) => sum + of(box, 'scrollHeight'),
    0,
  );
}

function elementsNow(): number {
  return of(document, 'getElementsByTagName')('*').length;
}

/** Back to the top of everything; tells which boxes have forgotten what was seen further down. */
export async function scrollHome(): Promise<ForgetfulList[]> {
  const state = scrolling();
  const seen = state.texts.map(texts => Array.from(new Set(texts)));
  for (let i = state.scrollers.length - 1; i >= 0; i--) scrollBox(state, i, 0);
  await nextFrame();
  await nextFrame();
  const some = seen.some(texts => texts.length > 4);
  const body = some ? of(document, 'body') : null;
  const now = (body && of(body, 'textContent')) || '';
  const lists: ForgetfulList[] = [];
  for (let i = 0; i < seen.length; i++) {
    const every = Math.ceil(seen[i].length / 60);
    const sample = seen[i].filter((_text, nth) => nth % every === 0);
    const lost = sample.filter(text => !now.includes(text)).length;
    const height = of(state.scrollers[i], 'scrollHeight');
    const view = viewOf(state, i);
    if (lost > 4 && height > 1.5 * view) lists.push({ index: i, height, view });
  }
  return lists;
}

/** Scrolls one box to a place, for reading what it holds there. Returns how far it came. */
export async function scrollList(index: number, top: number): Promise<number> {
  const state = scrolling();
  scrollBox(state, index, top);
  await nextFrame();
  await nextFrame();
  return index === 0 ? scrollY : of(state.scrollers[index], 'scrollTop');
}
