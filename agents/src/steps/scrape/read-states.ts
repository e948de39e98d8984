import type { CDPSession, Page } from 'playwright-core';
import type { Clock } from '../../runtime/clock';
import type { Collected } from './collect';
import {
  findControlsScript,
  isOnScript,
  pressScript,
  type Control,
} from './find-controls';
import { holdPage, type HeldPage } from './hold-page';
import type { PageMonitor } from './page-monitor';
import { evaluateIsolated, settle, standStill } from './settle';
import type { RawShot } from './shoot';
import {
  findSwitches,
  PERIOD_LABELS,
  type Press,
  type Side,
  type Switch,
} from './switches';
import type { RawView } from './views';
import { OutOfTimeError, within } from './within';

/** States of all switches of a page. */
const MAX_STATES = 6;
const FIND_MS = 10_000;
/** From the press until the state is read, at most. */
const STATE_MS = 15_000;
const SHOT_MS = 4000;

export interface StateDeps {
  page: Page;
  cdp: CDPSession;
  monitor: PageMonitor;
  clock: Clock;
  proxy?: { username?: string; password?: string };
  collect(): Promise<Collected>;
  /** Absent where no pictures are wanted. */
  shoot?(): Promise<RawShot | undefined>;
  /** Milliseconds that all states may take together. */
  budgetMs: number;
}

/** The switches between monthly and yearly prices that the page shows now; undefined where it does not answer. */
export async function switchesOf(
  cdp: CDPSession,
): Promise<Switch[] | undefined> {
  const controls = await within(
    FIND_MS,
    evaluateIsolated<Control[]>(
      cdp,
      findControlsScript(PERIOD_LABELS),
      FIND_MS,
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
  const held = await holdPage(deps.page, deps.proxy);
  const until = deps.clock.elapsed() + deps.budgetMs;
  const seen = new Set([loaded.text]);
  let tried = 0;
  try {
    for (const each of switches) {
      const found = states.views.length;
      let { loaded: label } = each;
      for (const side of each.sides) {
        const left = until - deps.clock.elapsed();
        if (++tried > MAX_STATES || left < 500) {
          states.notes.push(
            `“${side.label}” was not chosen: that would be more states than are read of one page.`,
          );
          return states;
        }
        const reading = await readSide(each, side, held, left, deps);
        if ('problem' in reading) {
          states.notes.push(
            `What the page shows with “${side.label}” chosen was not read: ${reading.problem}.`,
          );
          return states;
        }
        // A choice that changes nothing is the one in force.
        if (reading.collected.text === loaded.text) label ||= side.label;
        if (seen.has(reading.collected.text)) continue;
        seen.add(reading.collected.text);
        states.views.push({
          id: `state-${states.views.length + 1}`,
          state: side.label,
          ...reading,
        });
      }
      if (states.views.length > found) states.loadedState ||= label;
    }
    return states;
  } finally {
    await held.release();
  }
}

type Read = { collected: Collected; desktop?: RawShot } | { problem: string };

async function readSide(
  from: Switch,
  side: Side,
  held: HeldPage,
  leftMs: number,
  deps: StateDeps,
): Promise<Read> {
  try {
    return await within(
      Math.min(STATE_MS, leftMs),
      chooseAndRead(from, side, held, deps),
    );
  } catch (error) {
    return {
      problem:
        error instanceof OutOfTimeError
          ? 'the page did not come to rest in time'
          : 'the page did not bear it',
    };
  }
}

async function chooseAndRead(
  from: Switch,
  side: Side,
  held: HeldPage,
  deps: StateDeps,
): Promise<Read> {
  const { cdp } = deps;
  await pressAll(side.presses, cdp);
  await comeToRest(deps);
  if (held.left()) return { problem: 'it would lead to another page' };
  const collected = await deps.collect();
  // The text is worth more than its picture: a busy machine may leave that out.
  const desktop = await within(SHOT_MS, shot(deps)).catch(() => undefined);
  await pressAll(from.back, cdp);
  await comeToRest(deps);
  if (held.left()) return { problem: 'it would lead to another page' };
  return { collected, ...(desktop && { desktop }) };
}

const shot = async ({ shoot }: StateDeps) => shoot?.();

async function pressAll(presses: readonly Press[], cdp: CDPSession) {
  for (const { index, option, only } of presses) {
    if (only) {
      const on = await evaluateIsolated<boolean | undefined>(
        cdp,
        isOnScript(index),
        1000,
      );
      if (only.on !== undefined && on !== only.on) continue;
    }
    await evaluateIsolated(cdp, pressScript(index, option), 2000);
  }
}

async function comeToRest({ cdp, monitor, clock }: StateDeps): Promise<void> {
  await settle(cdp, monitor, clock, {
    quietMs: 150,
    mutationCapMs: 1500,
    capMs: 3000,
  });
  await standStill(cdp);
}
