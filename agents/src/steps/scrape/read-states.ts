import type { CDPSession, Page } from 'playwright-core';
import type { Clock } from '../../runtime/clock';
import type { Collected } from '../../page-script/collect';
import type { Control } from '../../page-script/controls';
import type { HeldPage } from './hold-page';
import type { PageMonitor } from './page-monitor';
import { evaluateIsolated, settle, standStill } from './settle';
import type { RawShot } from './shoot';
import { PERIOD_LABELS } from './period-labels';
import { findSwitches, type Press, type Side, type Switch } from './switches';
import type { RawView } from './views';
import { OutOfTimeError, within } from './within';
import {
  findControlsScript,
  isOnScript,
  pressScript,
} from '../../page-script/expressions';

/** States of all switches of a page. */
const MAX_STATES = 6;
const FIND_MS = 10_000;
/** From the press until the state is read, at most. */
const STATE_MS = 15_000;
const SHOT_MS = 4000;
/** A press that changes nothing is waited for as long. */
const ANSWER_MS = 1000;

const TEXT_MARK = `(() => {
  const body = Reflect.get(Document.prototype, 'body', document);
  const text = body ? Reflect.get(HTMLElement.prototype, 'innerText', body) : '';
  let mark = 0;
  for (let i = 0; i < text.length; i++) mark = (mark * 31 + text.charCodeAt(i)) | 0;
  return mark;
})()`;

export interface StateDeps {
  page: Page;
  cdp: CDPSession;
  monitor: PageMonitor;
  clock: Clock;
  held: HeldPage;
  collect(): Promise<Collected>;
  /** Absent where no pictures are wanted. */
  shoot?(): Promise<RawShot | undefined>;
  /** Milliseconds that all states may take together. */
  budgetMs: number;
}

/** The switches between monthly and yearly prices that the page, or a frame of it, shows now; undefined where it does not answer. */
export async function switchesOf(
  cdp: CDPSession,
  frame?: string,
): Promise<Switch[] | undefined> {
  const controls = await within(
    FIND_MS,
    evaluateIsolated<Control[]>(
      cdp,
      findControlsScript(PERIOD_LABELS),
      FIND_MS,
      frame,
    ),
  ).catch(() => undefined);
  return controls && findSwitches(controls);
}

const NOT_LOOKED_FOR =
  'Whether the page has a switch between monthly and yearly prices is not known: it did not answer in time.';

export interface States {
  views: RawView[];
  notes: string[];
  loadedState: string;
}

/**
 * Reads the page with each switch on its other sides, and puts it back. A side that shows nothing new is no view; one that hangs, or that
 * would lead to another page, costs itself and what would come after it, and is said.
 * @param loaded the page as it was read, with all switches as they were
 */
export async function readStates(
  switches: readonly Switch[] | undefined,
  loaded: Collected,
  deps: StateDeps,
): Promise<States> {
  const states: States = { views: [], notes: [], loadedState: '' };
  if (!switches) states.notes.push(NOT_LOOKED_FOR);
  if (!switches?.length) return states;
  const until = deps.clock.elapsed() + deps.budgetMs;
  const seen = new Set([loaded.text]);
  const last = switches.at(-1);
  let tried = 0;
  /** What is chosen on the page as loaded, of each switch that changes it. */
  const told: string[] = [];
  const ended = () => ({
    ...states,
    loadedState: told.filter(Boolean).join(', '),
  });
  for (const each of switches) {
    const found = states.views.length;
    let { loaded: label } = each;
    let same = 0;
    for (const side of each.sides) {
      const left = until - deps.clock.elapsed();
      if (++tried > MAX_STATES || left < 500) {
        states.notes.push(
          `“${side.label}” was not chosen: that would be more states than are read of one page.`,
        );
        return ended();
      }
      const reading = await readSide(each, side, left, deps);
      if ('problem' in reading) {
        states.notes.push(
          `What the page shows with “${side.label}” chosen was not read: ${reading.problem}.`,
        );
        return ended();
      }
      // A choice that changes nothing is the one in force.
      const { text } = reading.seen.collected;
      if (text === loaded.text) label ||= side.label;
      same += Number(text === loaded.text);
      if (!seen.has(text)) {
        seen.add(text);
        states.views.push({
          id: `state-${states.views.length + 1}`,
          state: side.label,
          ...reading.seen,
        });
      }
      if (reading.stuck && (side !== each.sides.at(-1) || each !== last)) {
        states.notes.push(
          `The page could not be put back from “${side.label}”; its other choices were not read.`,
        );
        if (states.views.length > found) told.push(label);
        return ended();
      }
    }
    if (states.views.length > found) told.push(label);
    states.notes.push(...unanswered(each, same));
  }
  return ended();
}

/** @param same sides that showed what the page showed as loaded */
const unanswered = ({ sides }: Switch, same: number): string[] =>
  same < sides.length
    ? []
    : [
        `The page showed nothing else with “${
          sides.at(-1)?.label
        }” chosen; prices that come later than a second were not seen.`,
      ];

type Read =
  | {
      seen: { collected: Collected; desktop?: RawShot };
      /** It could not be put back: what is pressed next would be read with this side on. */
      stuck: boolean;
    }
  | { problem: string };

async function readSide(
  from: Switch,
  side: Side,
  leftMs: number,
  deps: StateDeps,
): Promise<Read> {
  try {
    return await within(
      Math.min(STATE_MS, leftMs),
      chooseAndRead(from, side, deps),
    );
  } catch (error) {
    return {
      problem:
        error instanceof OutOfTimeError
          ? 'the page did not come to rest in time'
          : 'the page did not bear it, or there was no room for more',
    };
  }
}

async function chooseAndRead(
  from: Switch,
  side: Side,
  deps: StateDeps,
): Promise<Read> {
  const { cdp, held } = deps;
  const before = held.refusals();
  const leads = () => held.left() || held.refusals() > before;
  const asLoaded = await textMark(cdp);
  // Else the page as it was would stand under the name of the other side.
  if (!(await pressAll(side.presses, cdp)))
    return { problem: 'its control is no longer there' };
  await comeToRest(deps);
  // Some answer by a timer, with nothing to be seen until then.
  const late =
    (await textMark(cdp)) === asLoaded &&
    !leads() &&
    (await changes(mark => mark !== asLoaded, deps));
  if (late) await comeToRest(deps);
  if (leads()) return { problem: 'it would lead to another page' };
  const collected = await deps.collect();
  // The text is worth more than its picture: a busy machine may leave that out.
  const desktop = await within(SHOT_MS, shot(deps)).catch(() => undefined);
  const stuck = !(await pressAll(from.back, cdp));
  if (late) await changes(mark => mark === asLoaded, deps);
  await comeToRest(deps);
  if (leads()) return { problem: 'it would lead to another page' };
  return { seen: { collected, ...(desktop && { desktop }) }, stuck };
}

/** A mark of the text that the page shows now; another text has another. */
const textMark = (cdp: CDPSession): Promise<number | undefined> =>
  evaluateIsolated<number>(cdp, TEXT_MARK, 2000).catch(() => undefined);

/** Waits until the text of the page is as asked for; false where it is not in time. */
async function changes(
  is: (mark: number | undefined) => boolean,
  { cdp, clock }: StateDeps,
): Promise<boolean> {
  const until = clock.elapsed() + ANSWER_MS;
  while (clock.elapsed() < until) {
    await clock.sleep(100);
    if (is(await textMark(cdp))) return true;
  }
  return false;
}

const shot = async ({ shoot }: StateDeps) => shoot?.();

/** @returns false where a control is no longer in the page */
async function pressAll(
  presses: readonly Press[],
  cdp: CDPSession,
): Promise<boolean> {
  for (const { index, option, only } of presses) {
    if (only) {
      const on = await evaluateIsolated<boolean | undefined>(
        cdp,
        isOnScript(index),
        1000,
      );
      if (only.on !== undefined && on !== only.on) continue;
    }
    const pressed = await evaluateIsolated<boolean>(
      cdp,
      pressScript(index, option),
      2000,
    );
    if (!pressed) return false;
  }
  return true;
}

async function comeToRest({ cdp, monitor, clock }: StateDeps): Promise<void> {
  await settle(cdp, monitor, clock, {
    quietMs: 150,
    mutationCapMs: 1500,
    capMs: 3000,
  });
  await standStill(cdp);
}
