import {
  changeClass,
  percentMoved,
  type Change,
  type ChangeCounts,
  type ChangesFile,
} from '@agentworkloads/api';

/** Changes as policy and status see them: counted by kind, and how far prices moved. */

/** Each change counts once; pages and parts of pages that were not compared are counted beside them. */
export function countChanges({
  changes,
  notCompared,
}: Pick<ChangesFile, 'changes' | 'notCompared'>): ChangeCounts {
  const counts: ChangeCounts = {
    price: 0,
    plan: 0,
    terms: 0,
    other: 0,
    notCompared: notCompared.length,
    unstable: notCompared.filter(({ reason }) => reason === 'UNSTABLE').length,
  };
  for (const change of changes) counts[changeClass(change)] += 1;
  return counts;
}

const comparable = ({ factKind, kind, attributes = [] }: Change) =>
  factKind === 'price' &&
  kind === 'changed' &&
  !attributes.includes('currency') &&
  !attributes.includes('period');

/** What a percentage does not tell of, or what looks odd: how many changes a person should see, however small the others are. */
export function countUnusual(changes: readonly Change[]): number {
  return changes.filter(
    change =>
      change.suspect ||
      lostOrGotRange(change) ||
      (changeClass(change) === 'price' && !saidInPercent(change)),
  ).length;
}

/** An upper end that came or went has no percentage, whatever the lower one and the terms did. */
function lostOrGotRange({ factKind, was, is }: Change): boolean {
  if (factKind !== 'price' || !was || !is) return false;
  return (was.unit?.upTo === undefined) !== (is.unit?.upTo === undefined);
}

/** A percentage of nothing says nothing of what did change. */
function saidInPercent(change: Change): boolean {
  const told = [...inPercent(change), change.since?.percent ?? 0];
  return comparable(change) && told.some(each => each > 0);
}

/** How far both ends of a price moved, whichever way; 0 for one that can't be told in percent. */
function inPercent({ was, is }: Change): number[] {
  return [
    percentMoved(was?.value, is?.value),
    percentMoved(was?.unit?.upTo, is?.unit?.upTo),
  ].map(Math.abs);
}

/**
 * How far the price that moved most did, in percent of what it was, whichever way, with two decimals; in one step, or in what steps add
 * up to. Amounts of different currencies or periods are not held against each other, nor is one against nothing: what was free and is no
 * longer has no percentage.
 *
 * @returns undefined where none moved that can be told in percent
 */
export function largestPriceChange(
  changes: readonly Change[],
): number | undefined {
  const found = changes
    .filter(comparable)
    .flatMap(change => [...inPercent(change), change.since?.percent ?? 0])
    .filter(each => each > 0);
  if (found.length === 0) return undefined;
  return Math.max(0.01, Math.round(Math.max(...found) * 100) / 100);
}
