import type { Change, NotCompared } from '@agentworkloads/api';
import type { Comparison, ObservedPage } from '../../compare/compare-runs';
import { notCompared } from '../../compare/doubt';
import { fold } from '../../compare/wording';
import type { StepDeps } from '../../runtime/step';
import { readProven } from './page-facts';

/**
 * A plan is said to be gone only where its name is gone, too. Where the name still stands in a line of its own, the price has become
 * something that nobody could read ("ask your dealer"), or the plans stand in a layout that was not understood: it is not known.
 */

const isPlanGone = ({ kind, factKind }: Change) =>
  kind === 'removed' && factKind === 'plan';

/** Each line and each cell of the page as it was loaded, as `fold` has them. */
async function linesOf(
  { record }: ObservedPage,
  deps: Pick<StepDeps, 'store'>,
): Promise<ReadonlySet<string>> {
  const { textKey, textSha256, url } = record;
  const text = await readProven(deps, textKey, textSha256, url);
  return new Set(text.split(/[\n\t]/).map(fold));
}

const unsure = ({ url, subject }: Change): NotCompared =>
  notCompared(
    url,
    'OTHER_LAYOUT',
    `The plan ${subject.slice(
      0,
      100,
    )} is still named on the page, and what it costs could not be read: it is not said to be gone.`,
    'part',
  );

/**
 * Takes back that plans are gone whose names still stand there.
 *
 * @param pages of the later run, as they were seen first
 * @throws RetryableError where object storage is away, FileAltered where a text is not the one that the facts were read from
 */
export async function withoutStillNamed(
  comparison: Comparison,
  pages: readonly ObservedPage[],
  deps: Pick<StepDeps, 'store'>,
): Promise<Comparison> {
  const kept = new Set(comparison.changes);
  const doubts: NotCompared[] = [];
  // By address: a page may have lost many plans, and is read once.
  const read = new Map<string, ReadonlySet<string>>();
  for (const change of comparison.changes.filter(isPlanGone)) {
    const page = pages.find(({ record }) => record.url === change.url);
    if (!page) continue;
    const lines = read.get(change.url) ?? (await linesOf(page, deps));
    read.set(change.url, lines);
    if (!lines.has(fold(change.subject))) continue;
    kept.delete(change);
    doubts.push(unsure(change));
  }
  if (doubts.length === 0) return comparison;
  return {
    ...comparison,
    changes: [...kept],
    notCompared: [...comparison.notCompared, ...doubts],
  };
}
