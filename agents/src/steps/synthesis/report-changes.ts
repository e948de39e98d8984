import type { Change, NotCompared, Report } from '@agentworkloads/api';
import type { Inputs } from './inputs';
import type { ChangeProofs, Unproven } from './prove-changes';

const WHY: Record<Unproven['side'], Pick<NotCompared, 'reason' | 'detail'>> = {
  is: {
    reason: 'DOUBTFUL_NOW',
    detail:
      'A change was left out, because what this run saved of the page does not prove it.',
  },
  was: {
    reason: 'DOUBTFUL_BEFORE',
    detail:
      'A change was left out, because what the earlier run saved of the page does not prove it.',
  },
};

/** Unusual ones first; within these as they were found: plans, prices, then the rest. */
function unusualFirst(changes: readonly Change[]): Change[] {
  const rank = ({ suspect }: Change) => (suspect ? 0 : 1);
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

/**
 * What the report says of the comparison: each change that is proven, and where one is not, that its page was not compared in full. Empty
 * where the run has no comparison.
 */
export function reportChanges(
  { changes: file }: Pick<Inputs, 'changes'>,
  { unproven }: ChangeProofs,
): Pick<Report, 'changes' | 'notCompared' | 'comparedWith'> {
  if (!file) return { changes: [] };
  const out = new Set(unproven.map(({ index }) => index));
  const doubted = new Map<string, NotCompared>();
  for (const { index, side } of unproven) {
    const { url } = file.changes[index];
    doubted.set(`${side} ${url}`, { url, scope: 'part', ...WHY[side] });
  }
  return {
    changes: unusualFirst(file.changes.filter((_, index) => !out.has(index))),
    notCompared: [...file.notCompared, ...doubted.values()],
    comparedWith: file.comparedWith,
  };
}

/** Sentences on what of the comparison was done without. */
export function changeNotes({ unproven, unread }: ChangeProofs): string[] {
  const out = new Set(unproven.map(({ index }) => index)).size;
  const notes: string[] = [];
  if (out > 0)
    notes.push(
      `${out} ${
        out === 1 ? 'change was' : 'changes were'
      } left out, because the saved pages do not prove them.`,
    );
  if (unread > 0)
    notes.push(
      `What the earlier run saved is gone or altered for ${unread} ${
        unread === 1 ? 'change' : 'changes'
      }: what it said is as it was read before the gate.`,
    );
  return notes;
}
