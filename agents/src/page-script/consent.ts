import { of } from './safely';

/**
 * Scripts that run inside the page, in a world of their own, around the library that knows consent layers. As with the collector, these
 * functions are sent as source. The page's scripts don't see the library; they may see what it asks, or has done, in the page's own world,
 * where some makers' functions are called. That comes back as yes or no, and is the page's word.
 */

/** What the library finds in a document; see `lib/types.ts` of @duckduckgo/autoconsent. */
interface Cmp {
  name: string;
  detectPopup(): Promise<boolean>;
  optOut(): Promise<boolean>;
}

interface Library {
  state: { findCmpAttempts: number };
  findCmp(retries: number): Promise<Cmp[]>;
  receiveMessageCallback(message: unknown): Promise<void>;
}

/** What is asked of the page's own world, or done in it. */
export interface Question {
  id: string;
  code: string;
}

/** A layer that stands over the page now. */
export interface FoundLayer {
  /** As the library calls its kind; empty where it knows none. */
  name: string;
}

/** What the places of a page where layers stand show. */
export type Overlay = 'nothing' | 'frame' | 'layer';

/** Whether it is worth asking the library, which takes some hundred looks at the document. */
export interface Probe {
  overlay: Overlay;
  /** Something in it is called as such layers are. */
  marked: boolean;
}

interface Memory {
  library: Library;
  found?: Cmp;
  questions: Question[];
  wake?: () => void;
}

function memory(): { consent?: Memory } {
  const key = Symbol.for('agentworkloads.consent');
  const world = globalThis as unknown as Record<symbol, { consent?: Memory }>;
  return (world[key] ??= {});
}

/** Nothing is looked for yet: the library's own start waits for an idle moment and then for half a minute. */
export function startLibrary(
  AutoConsent: {
    prototype: object;
    new (send: unknown, config: unknown, rules: unknown): Library;
  },
  rules: unknown,
): void {
  Reflect.set(AutoConsent.prototype, 'start', () => undefined);
  const questions: Question[] = [];
  const send = (message: Question & { type: string }) => {
    if (message.type === 'eval') {
      questions.push({ id: message.id, code: message.code });
      memory().consent?.wake?.();
    }
    return Promise.resolve();
  };
  const library = new AutoConsent(
    send,
    {
      enabled: true,
      // An answer is given when it is asked for, behind what keeps the page where it is.
      autoAction: null,
      enablePrehide: false,
      // To hide a layer is no answer: rules that do nothing else are left out.
      enableCosmeticRules: false,
      enableGeneratedRules: true,
      // It tells layers with a known refusal from those that offer acceptance alone, which is never pressed.
      heuristicMode: 'tier2',
      logs: {},
    },
    { autoconsent: [], compact: rules },
  );
  memory().consent = { library, questions };
}

/** The layer that stands open, if the library knows one. */
export async function findLayer(): Promise<
  FoundLayer | 'not started' | undefined
> {
  const state = memory().consent;
  if (!state) return 'not started';
  state.found = undefined;
  // It looks by rules alone every first time, and by the words of buttons as well every second.
  state.library.state.findCmpAttempts = 1;
  for (const cmp of await state.library.findCmp(0)) {
    if (!(await cmp.detectPopup().catch(() => false))) continue;
    state.found = cmp;
    return { name: cmp.name };
  }
  return undefined;
}

/** Presses what refuses; false where the library can't, or what it does next was not there. */
export async function refuse(): Promise<boolean> {
  const found = memory().consent?.found;
  // Of buttons known by their words alone only a refusal is one.
  if (!found || /^HEURISTIC-(?!REJECT)/.test(found.name)) return false;
  return found.optOut();
}

/** The library's questions to the page's own world, as soon as there is one. */
export async function nextQuestions(): Promise<Question[]> {
  const state = memory().consent;
  if (!state) return [];
  if (state.questions.length === 0)
    await new Promise<void>(done => {
      state.wake = done;
      setTimeout(done, 250);
    });
  return state.questions.splice(0);
}

export function giveAnswers(
  answers: ReadonlyArray<readonly [string, boolean]>,
): void {
  const library = memory().consent?.library;
  for (const [id, result] of answers)
    void library?.receiveMessageCallback({ type: 'evalResp', id, result });
}

/** Up through shadow roots, to what stands still while the page is scrolled. */
function boxOver(from: Element): Element | undefined {
  let box: Element | undefined;
  for (let at: Node | null = from; at; at = of(at, 'parentNode')) {
    if (at instanceof ShadowRoot) {
      box = boxOver(at.host) ?? box;
      break;
    }
    if (!(at instanceof Element)) continue;
    const modal = of(at, 'getAttribute')('aria-modal') === 'true';
    const { position } = getComputedStyle(at);
    if (modal || position === 'fixed' || position === 'sticky') box = at;
    else if (at instanceof HTMLDialogElement) box = at;
  }
  return box;
}

function wordsIn(root: Node, most: number): string {
  let text = '';
  const walker = of(document, 'createTreeWalker')(
    root,
    NodeFilter.SHOW_TEXT + NodeFilter.SHOW_ELEMENT,
  );
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (text.length > most) break;
    if (node instanceof Element) {
      const shadow = of(node, 'shadowRoot');
      if (shadow) text += ` ${wordsIn(shadow, most)}`;
    } else text += ` ${(node as Text).data}`;
  }
  return text.replace(/\s+/g, ' ').trim();
}

function hasButton(root: Element | ShadowRoot): boolean {
  const buttons =
    'button, [role=button], input[type=button], input[type=submit]';
  if (of(root, 'querySelector')(buttons)) return true;
  const all = of(root, 'querySelectorAll')('*');
  for (const each of Array.from(all).slice(0, 500)) {
    const shadow = of(each, 'shadowRoot');
    if (shadow && hasButton(shadow)) return true;
  }
  return false;
}

/** Whether something that speaks of cookies and waits for a press stands over the window, or a frame does. */
function overlayNow(words: readonly string[]): Overlay {
  const looked = new Set<Element>();
  let frame = false;
  const at = of(document, 'elementsFromPoint');
  for (const x of [0.08, 0.5, 0.92])
    for (const y of [0.04, 0.25, 0.5, 0.75, 0.96])
      for (const hit of at(x * innerWidth, y * innerHeight).slice(0, 6)) {
        const box = boxOver(hit);
        if (!box) continue;
        if (hit instanceof HTMLIFrameElement) frame = true;
        if (looked.has(box)) continue;
        looked.add(box);
        const text = wordsIn(box, 4000).toLowerCase();
        const asks =
          text.length >= 40 &&
          text.length <= 4000 &&
          words.some(word => text.includes(word));
        if (asks && hasButton(box)) return 'layer';
      }
  return frame ? 'frame' : 'nothing';
}

/** Names that makers of layers give their elements. */
const MARKS =
  'cookie consent gdpr ccpa onetrust didomi usercentrics iubenda osano truste- trustarc qc-cmp cmpbox cmpwrapper';

export function probe(words: readonly string[]): Probe {
  const selector = MARKS.split(' ')
    .map(mark => `[id*="${mark}" i], [class*="${mark}" i]`)
    .join(', ');
  const marked = of(document, 'querySelector')(selector) !== null;
  return { overlay: overlayNow(words), marked };
}
