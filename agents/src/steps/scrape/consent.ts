import type { CDPSession, Page } from 'playwright-core';
import type { Consent } from '@agentworkloads/api';
import type { Clock } from '../../runtime/clock';
import { consentLibrary } from './consent-library';
import type { FoundLayer, Probe, Question } from '../../page-script/consent';
import { CONSENT_WORDS } from './consent-words';
import { documentsOf, type PageDocument } from './find-frames';
import { holdPage } from './hold-page';
import type { PageMonitor } from './page-monitor';
import { evaluateIsolated, settle } from './settle';
import type { VisitDeps } from './visit-context';
import { within } from './within';
import {
  answersScript,
  findLayerScript,
  probeScript,
  questionsScript,
  refuseScript,
  startScript,
} from '../../page-script/expressions';

/** To find out whether a layer stands there. */
const FIND_MS = 3000;
/** From the press until the page has come to rest. */
const ANSWER_MS = 10_000;
/** An answer of the page's own world. */
const QUESTION_MS = 500;
/** Some layers have a second one behind "Manage". */
const MAX_LAYERS = 3;
/** Looks at a layer that was answered: most fade out. */
const LAST_LOOKS = 4;
const MAX_FRAMES = 10;
/** A frame that hangs costs this much, not the look at the others. */
const FRAME_MS = 1000;

export interface ConsentDeps {
  page: Page;
  cdp: CDPSession;
  monitor: PageMonitor;
  clock: Clock;
  proxy?: VisitDeps['proxy'];
}

/** What came of the layers of a page. */
export interface ConsentSeen {
  /** Absent where nobody could look. */
  consent?: Consent;
  /** One sentence for people, where there is no answer. */
  note?: string;
  /** The page is another one than before the press. */
  changed: boolean;
}

/** A layer and the document that it stands in. */
interface Standing extends FoundLayer {
  in: PageDocument;
}

const UNKNOWN = 'unknown';

/** Kinds that go by the words of their buttons have no name of their own. */
const kindOf = ({ name }: FoundLayer): string =>
  name === '' || name.startsWith('HEURISTIC') ? UNKNOWN : name.slice(0, 100);

const called = (layer: string): string =>
  layer === UNKNOWN ? 'of no known kind' : `(${layer})`;

const NOT_LOOKED_AT: ConsentSeen = {
  note: 'Whether a consent layer stands over the page is not known: it did not answer in time.',
  changed: false,
};

const refused = (layer: string): ConsentSeen => ({
  consent: { layer, answer: 'reject' },
  changed: true,
});

const unanswered = (
  layer: string,
  why: string,
  changed: boolean,
): ConsentSeen => ({
  consent: { layer, answer: 'none', why },
  note: `A consent layer ${called(layer)} was not answered: ${why}.`,
  changed,
});

/**
 * Answers the consent layer that stands over a page with "reject", before the page is read. Never throws because of the page; what could
 * not be answered is said so. While it presses, the page can't leave; it may load itself anew.
 * @param again the page was looked at a moment ago and had none: only what stands over the window now is worth asking about
 * @returns undefined where no layer stands there
 */
export async function answerConsent(
  deps: ConsentDeps,
  again = false,
): Promise<ConsentSeen | undefined> {
  let last: ConsentSeen | undefined;
  for (let count = 0; count < MAX_LAYERS; count++) {
    const look = count > 0 ? 'known' : again ? 'again' : 'first';
    const found = await within(FIND_MS, find(deps, look)).catch(
      () => 'no answer' as const,
    );
    // A page that is busy at first is looked at again.
    if (found === 'no answer' && again && !last) return NOT_LOOKED_AT;
    if (!found || found === 'no answer') return last;
    if (found === 'unknown')
      return unanswered(
        UNKNOWN,
        'how to refuse there is not known',
        last?.changed ?? false,
      );
    last = await answer(found, deps, last?.changed ?? false);
    if (last.consent?.answer !== 'reject') return last;
  }
  return last;
}

/** What stands over the page now. @param look `known`: something stood there a moment ago, so the library is asked in any case */
async function find(
  deps: ConsentDeps,
  look: 'first' | 'again' | 'known',
): Promise<Standing | 'unknown' | undefined> {
  const { page, cdp } = deps;
  const { frameTree } = await cdp.send('Page.getFrameTree');
  const { id } = frameTree.frame;
  const { overlay, marked } = await evaluateIsolated<Probe>(
    cdp,
    probeScript(CONSENT_WORDS),
    1000,
    id,
  );
  const worth = look === 'known' || (look === 'first' && marked);
  if (overlay === 'nothing' && !worth) return undefined;
  const own = await findIn({ cdp, id, url: page.url(), main: true });
  if (own) return own;
  // A frame that stands in the flow of the page is no layer; where one stands over the page, all are asked.
  if (overlay === 'frame' && page.frames().length > 1) {
    const frames = await documentsOf(page, cdp);
    for (const each of frames.slice(0, MAX_FRAMES)) {
      const inside = await within(FRAME_MS, findIn(each)).catch(
        () => undefined,
      );
      if (inside) return inside;
    }
  }
  return overlay === 'layer' ? 'unknown' : undefined;
}

async function findIn(at: PageDocument): Promise<Standing | undefined> {
  const { cdp, id, url, main } = at;
  const look = () =>
    questioned(
      at,
      evaluateIsolated<FoundLayer | 'not started' | undefined>(
        cdp,
        findLayerScript(),
        2000,
        id,
      ),
    );
  let found = await look();
  if (found === 'not started') {
    const { source, rules } = consentLibrary(url, main);
    await evaluateIsolated(cdp, startScript(source, rules), 2000, id);
    found = await look();
  }
  return found && found !== 'not started' ? { ...found, in: at } : undefined;
}

/** Waits for `work` in the library's world while its questions to the page's own are put. */
async function questioned<T>(at: PageDocument, work: Promise<T>): Promise<T> {
  let going = true;
  const over = work.finally(() => {
    going = false;
  });
  const isolated = <R>(script: string) =>
    evaluateIsolated<R>(at.cdp, script, 1000, at.id);
  const ask = async () => {
    while (going) {
      const questions = await isolated<Question[]>(questionsScript());
      const answers = questions.map(
        async ({ id, code }) => [id, await inPagesWorld(at, code)] as const,
      );
      if (answers.length > 0)
        await isolated(answersScript(await Promise.all(answers)));
    }
  };
  ask().catch(() => undefined);
  return over;
}

/**
 * Asks the page's own world, where some rules refuse by the maker's own function. Its yes or no is the page's word and may be a lie: that
 * a layer was refused is believed only together with the layer being gone.
 */
async function inPagesWorld(
  { cdp, main }: PageDocument,
  expression: string,
): Promise<boolean> {
  if (!main) return false;
  const asked = cdp.send('Runtime.evaluate', {
    expression: `Promise.resolve(${expression}).then(Boolean)`,
    returnByValue: true,
    awaitPromise: true,
    timeout: QUESTION_MS,
  });
  return within(QUESTION_MS, asked).then(
    ({ result }) => result.value === true,
    () => false,
  );
}

/** Known by the words of its buttons, and none of them refuses. */
const OFFERS_NO_REFUSAL = /^HEURISTIC-(?!REJECT)/;

/** @param changed what was pressed before has changed the page */
async function answer(
  found: Standing,
  deps: ConsentDeps,
  changed: boolean,
): Promise<ConsentSeen> {
  const layer = kindOf(found);
  if (OFFERS_NO_REFUSAL.test(found.name))
    return unanswered(layer, 'it offers no refusal that is known', changed);
  const { page, cdp, monitor, clock } = deps;
  const address = page.url();
  const held = await within(
    FIND_MS,
    holdPage(page, deps.proxy, address, { itself: true }),
  ).catch(() => undefined);
  if (!held) return unanswered(layer, 'the page did not bear it', changed);
  let over = false;
  try {
    const work = press(found).finally(() => {
      over = true;
    });
    const pressed = await within(ANSWER_MS, work).catch(() => false);
    await settle(cdp, monitor, clock, REST);
    if (held.left()) return unanswered(layer, 'it led to another page', true);
    if (!(await isGone(found, deps)))
      return unanswered(
        layer,
        'it still stands there after it was asked to',
        true,
      );
    if (pressed) return refused(layer);
    return unanswered(layer, 'its refusal did not run to its end', true);
  } catch {
    return unanswered(layer, 'the page did not bear it', true);
  } finally {
    // What was not waited for any longer may still press: the page is held until its context is closed.
    if (over) await held.release();
  }
}

const REST = { quietMs: 150, mutationCapMs: 1500, capMs: 3000 };

/** A document that goes under the press counts as an end, and no failure: a layer takes its frame or its document along. */
async function press({ in: at }: Standing): Promise<boolean> {
  const work = evaluateIsolated<boolean>(
    at.cdp,
    refuseScript(),
    ANSWER_MS,
    at.id,
  ).catch(error => {
    if (/context was destroyed|not find context|detached|closed/i.test(error))
      return true;
    throw error;
  });
  return questioned(at, work);
}

async function isGone(found: Standing, deps: ConsentDeps): Promise<boolean> {
  for (let look = 1; ; look++) {
    const now = await within(FIND_MS, find(deps, 'known'));
    if (!now) return true;
    if (now !== 'unknown' && now.name !== found.name) return true;
    if (look >= LAST_LOOKS) return false;
    await deps.clock.sleep(250);
  }
}
