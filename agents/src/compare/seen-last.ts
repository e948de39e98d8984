import { createHash } from 'node:crypto';
import {
  HISTORY_LIMITS,
  type Change,
  type NotCompared,
  type PageHistory,
  type PageRecord,
  type Reading,
} from '@agentworkloads/api';
import { saysNotFound } from './doubt';
import type { ObservedPage } from './observed';
import { pageKeyOfAnyLocale } from './same-page';
import { whatIsSaid } from './second-look';

/** Which reading of a page the next run is held against, and what was told since that one was. Pure. */

const digest = (change: Change) =>
  createHash('sha256')
    .update(whatIsSaid(change))
    .digest('base64url')
    .slice(0, 22);

/** The changes of a page, and those of them that a run between told, which held the page against the same reading. */
export function notToldYet(
  changes: readonly Change[],
  known: PageHistory | undefined,
): [news: Change[], toldBefore: Change[]] {
  const told = new Set(known?.told);
  const isTold = (change: Change) => told.has(digest(change));
  return [changes.filter(change => !isTold(change)), changes.filter(isTold)];
}

/** Whether it was led somewhere else than it was asked for. */
const isElsewhere = ({ url, finalUrl }: PageRecord) =>
  finalUrl !== undefined &&
  pageKeyOfAnyLocale(url) !== pageKeyOfAnyLocale(finalUrl);

/** Why what was seen now is no ground to hold anything against: another page stood there, or two looks at it disagree. */
function isUnsure(
  { record }: ObservedPage,
  doubts: readonly NotCompared[],
): boolean {
  return doubts.some(({ reason, scope }) => {
    if (reason === 'UNSTABLE') return record.secondLook !== undefined;
    if (scope !== 'page') return false;
    return (
      reason === 'DOUBTFUL_NOW' ||
      (reason === 'REDIRECTED' && isElsewhere(record))
    );
  });
}

/**
 * The bundle that later runs hold the page against: its own, unless it was not seen, says that it is not there, or is unsure. An unsure
 * one is passed over, a few times in a row at most: a page that stays so is another one.
 *
 * @param doubts why the page, or a part of it, was not compared
 * @param told changes of the page that this run tells
 */
export function seenLast(
  {
    page,
    reading,
    known,
  }: { page: ObservedPage; reading?: Reading; known?: PageHistory },
  doubts: readonly NotCompared[],
  told: readonly Change[],
): Pick<PageHistory, 'lastObserved' | 'passedOver' | 'told'> {
  const { lastObserved, passedOver = 0, told: before = [] } = known ?? {};
  const own = reading && { lastObserved: reading };
  if (!lastObserved) return own ?? {};
  const all = [...new Set([...before, ...told.map(digest)])];
  const kept = (over: number) => ({
    lastObserved,
    ...(over > 0 && { passedOver: over }),
    ...(all.length > 0 && { told: all }),
  });
  if (!own || saysNotFound(page)) return kept(passedOver);
  const isBounded =
    passedOver < HISTORY_LIMITS.passedOver && all.length <= HISTORY_LIMITS.told;
  return isBounded && isUnsure(page, doubts) ? kept(passedOver + 1) : own;
}
