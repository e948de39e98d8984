import {
  type Beside,
  isOn,
  labelOf,
  oneLine,
  sideInForce,
  shortText,
  textOf,
  TOO_LONG,
  wordsAround,
} from './control-words';
import { of } from './safely';

/**
 * Scripts that run inside the page, in a world of their own: what could switch what the page shows, and the press of one of them. As with
 * the collector, these functions are sent as source and use nothing but each other and the DOM. What a control means is judged outside.
 */

/** Something that a visitor could press, with the words on it. */
export interface Control {
  /** Its number in the page's world, for {@link pressScript}. */
  index: number;
  kind: 'choice' | 'toggle' | 'select';
  /** What it says; of a toggle perhaps nothing. */
  label: string;
  /** Words before and after a toggle in the smallest box that holds any. */
  before: string;
  after: string;
  /** The label is seen on it or tied to it; else it is only read out, or stands beside it. */
  labelSeen: boolean;
  /** Whether it is the one in force; undefined where nothing says. */
  on?: boolean;
  /** Of a toggle that does not say it: whether the words after it are marked as what is in force, and not those before it. */
  marked?: boolean;
  /** Numbers of the elements around it, nearest first. */
  around: number[];
  /** What the page calls the set that it belongs to; empty where nothing does. */
  group: string;
  /** Of a select. */
  options: Array<{ label: string; on: boolean }>;
}

interface Finder {
  controls: Control[];
  elements: Element[];
  numbers: Map<Node, number>;
  words: Set<string>;
  parts: readonly string[];
  looked: number;
}

export interface FindOptions {
  /** Small words of which a label of interest holds one. */
  words: readonly string[];
  /** The same for scripts that part no words. */
  parts: readonly string[];
}

interface Memory {
  controls?: Element[];
  formsHeld?: boolean;
}

/** Kept under a symbol: an element's id is a name of the window in every world, and a page may choose it. */
function memory(): Memory {
  const key = Symbol.for('agentworkloads.controls');
  const world = globalThis as unknown as Record<symbol, Memory>;
  return (world[key] ??= {});
}

export function findControls(options: FindOptions): Control[] {
  const finder: Finder = {
    controls: [],
    elements: [],
    numbers: new Map(),
    words: new Set(options.words),
    parts: options.parts,
    looked: 0,
  };
  const body = of(document, 'body');
  if (body) findIn(body, finder);
  memory().controls = finder.elements;
  return finder.controls;
}

function matches(text: string, finder: Finder): boolean {
  const small = text.toLowerCase();
  return (
    small.split(/[^\p{L}\p{M}]+/u).some(word => finder.words.has(word)) ||
    finder.parts.some(part => small.includes(part))
  );
}

function findIn(root: Element | ShadowRoot, finder: Finder) {
  const walker = of(document, 'createTreeWalker')(
    root,
    NodeFilter.SHOW_ELEMENT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (++finder.looked > 20000 || finder.controls.length >= 120) return;
    const element = node as Element;
    const shadow = of(element, 'shadowRoot');
    if (shadow) findIn(shadow, finder);
    noteControl(element, finder);
  }
}

function noteControl(element: Element, finder: Finder) {
  const get = of(element, 'getAttribute');
  const tag: string = of(element, 'localName');
  const role = get('role') || '';
  const type = tag === 'input' ? of(element as HTMLInputElement, 'type') : '';
  if (tag === 'select') {
    noteSelect(element as HTMLSelectElement, finder);
    return;
  }
  if (type === 'radio' || /^(radio|menuitemradio|tab)$/.test(role)) {
    const [label] = labelOf(element);
    if (matches(label, finder)) add(element, 'choice', label, finder);
    return;
  }
  const flips =
    type === 'checkbox' ||
    /^(switch|checkbox)$/.test(role) ||
    (tag === 'button' && get('aria-pressed') !== null);
  const pressable = tag === 'button' || role === 'button' || tag === 'a';
  // The cheap questions come first: this is asked of each element of the page.
  const mayBePressed = pressable || flips || isSmallBox(element, tag);
  if (!mayBePressed) return;
  const text = shortText(element, 60);
  if (flips || (pressable && text === '')) {
    noteToggle(element, finder);
    return;
  }
  if (!text || !matches(text, finder)) return;
  const named = Array.from(of(element, 'children')).filter(child =>
    matches(shortText(child, 60), finder),
  );
  if (named.length > 1) {
    // Both sides stand on one thing: it is a toggle, or the box around two choices.
    const [before, after] = [named[0], named[named.length - 1]].map(child =>
      shortText(child, 60),
    );
    const marked = sideInForce(named[0], named[named.length - 1]);
    if (pressable)
      add(element, 'toggle', '', finder, { before, after, marked });
    return;
  }
  if (pressable || getComputedStyle(element).cursor === 'pointer')
    add(element, 'choice', text, finder);
}

/** What may be pressed without being made for it. */
function isSmallBox(element: Element, tag: string): boolean {
  return (
    /^(div|span|li|p|strong|b)$/.test(tag) &&
    of(element, 'childElementCount') <= 3
  );
}

function noteSelect(select: HTMLSelectElement, finder: Finder) {
  const options = Array.from(of(select, 'options') as ArrayLike<Element>)
    .slice(0, 20)
    .map(option => ({
      label: oneLine(option.textContent || ''),
      on: (option as HTMLOptionElement).selected,
    }));
  const named = options.filter(({ label }) => matches(label, finder));
  if (named.length > 1) add(select, 'select', '', finder, { options });
}

/** A switch says what it does in its own words or in those to its left and right. */
function noteToggle(element: Element, finder: Finder) {
  const [own, labelSeen] = labelOf(element);
  const says = (words: string) => matches(words, finder);
  let around: Beside | undefined;
  let box = of(element, 'parentElement');
  for (let level = 0; box && level < 4; level++) {
    const here = wordsAround(box, element, says);
    const both = says(here.before) && says(here.after);
    if (both || (!around && (says(here.before) || says(here.after))))
      around = here;
    if (both) break;
    box = of(box, 'parentElement');
  }
  if (!around && !says(own)) return;
  const beside = around || { before: '', after: '' };
  add(element, 'toggle', own, finder, { ...beside, labelSeen });
}

function add(
  element: Element,
  kind: Control['kind'],
  label: string,
  finder: Finder,
  more: Partial<Control> = {},
) {
  // The outermost of nested ones is what is pressed; a label's words are its input's.
  const nested = finder.elements.some(
    other => other !== element && of(other, 'contains')(element),
  );
  if (nested || leadsAway(element) || !isShown(element)) return;
  const around: number[] = [];
  let at = of(element, 'parentNode') as Node | null;
  while (at && around.length < 8) {
    if (!finder.numbers.has(at)) finder.numbers.set(at, finder.numbers.size);
    around.push(finder.numbers.get(at) as number);
    at =
      at instanceof ShadowRoot
        ? at.host
        : (of(at, 'parentNode') as Node | null);
  }
  finder.elements.push(element);
  finder.controls.push({
    index: finder.elements.length - 1,
    kind,
    label: label.slice(0, 80),
    labelSeen: true,
    before: '',
    after: '',
    around,
    group: groupOf(element),
    options: [],
    on: isOn(element),
    ...more,
  });
}

/** The name of the set that a control belongs to: as it is read out, its legend, or the words just before it. */
function groupOf(element: Element): string {
  const one = (text: string | null) =>
    (text || '').replace(/\s+/g, ' ').trim().slice(0, 40);
  const set = of(
    element,
    'closest',
  )('fieldset, [role=group], [role=radiogroup], [role=tablist], select');
  if (set) {
    const get = of(set, 'getAttribute');
    const id = (get('aria-labelledby') || '').split(/\s+/)[0];
    const legend = of(set, 'querySelector')('legend');
    const label =
      of(set, 'localName') === 'select'
        ? (of(set as HTMLSelectElement, 'labels') as ArrayLike<Element>)[0]
        : undefined;
    const said =
      one(get('aria-label')) ||
      (id && one(of(document, 'getElementById')(id)?.textContent ?? '')) ||
      one(legend || label ? textOf((legend || label) as Element) : '');
    if (said) return said;
  }
  let at: Element | null = set || element;
  for (let level = 0; at && level < 3; level++) {
    const before: Element | null = of(at, 'previousElementSibling');
    if (before) {
      const words = shortText(before, 60);
      const named = /^(h[1-6]|label|legend|p|strong|dt)$/;
      if (words && words !== TOO_LONG && named.test(of(before, 'localName')))
        return one(words);
    }
    at = of(at, 'parentElement');
  }
  return '';
}

/** A link to another page, a button that sends a form, something that can't be pressed. */
function leadsAway(element: Element): boolean {
  const get = of(element, 'getAttribute');
  if (get('disabled') !== null || get('aria-disabled') === 'true') return true;
  const closest = of(element, 'closest');
  const link = closest('a[href], area[href]');
  if (link) {
    const href = (of(link, 'getAttribute')('href') || '').trim();
    if (href !== '' && !/^#|^javascript:/i.test(href)) return true;
  }
  const button = closest('button, input');
  if (!button) return false;
  const type = of(button as HTMLButtonElement, 'type');
  const form = of(button as HTMLButtonElement, 'form');
  return /^(submit|image|reset)$/.test(type) && form !== null;
}

function isShown(element: Element): boolean {
  const boxes: Element[] = [element];
  const labels = (element as HTMLInputElement).labels;
  if (labels instanceof NodeList)
    boxes.push(...Array.from(labels as unknown as Element[]));
  const parent = of(element, 'parentElement');
  if (parent) boxes.push(parent);
  return boxes.some(box => {
    const rect = of(box, 'getBoundingClientRect')();
    return (
      rect.width > 0 &&
      rect.height > 0 &&
      getComputedStyle(box).visibility === 'visible'
    );
  });
}

/** Presses a control as a visitor would, or chooses an option of a select; false where it is no longer in the page. */
export function pressControl(index: number, option: number): boolean {
  holdForms();
  const known = memory().controls || [];
  const element = known[index];
  if (!element || !of(element, 'isConnected')) return false;
  const dispatch = (event: Event) => of(element, 'dispatchEvent')(event);
  if (option >= 0) {
    const select = element as HTMLSelectElement;
    Reflect.set(HTMLSelectElement.prototype, 'selectedIndex', option, select);
    dispatch(new Event('input', { bubbles: true, composed: true }));
    dispatch(new Event('change', { bubbles: true, composed: true }));
    return true;
  }
  const how = { bubbles: true, cancelable: true, composed: true, button: 0 };
  const pointer = { ...how, pointerId: 1, isPrimary: true };
  dispatch(new PointerEvent('pointerdown', pointer));
  dispatch(new MouseEvent('mousedown', how));
  of(element as HTMLElement, 'focus')({ preventScroll: true });
  dispatch(new PointerEvent('pointerup', pointer));
  dispatch(new MouseEvent('mouseup', how));
  of(element as HTMLElement, 'click')();
  return true;
}

/** Whether a control is in force. */
export function controlIsOn(index: number): boolean | undefined {
  const known = memory().controls || [];
  return known[index] ? isOn(known[index]) : undefined;
}

/** Nothing that a press brings about may send a form. */
function holdForms() {
  const state = memory();
  if (state.formsHeld) return;
  state.formsHeld = true;
  addEventListener(
    'submit',
    event => {
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}
