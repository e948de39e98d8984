import {
  looksOf,
  runSummarySchema,
  type ChangesFile,
  type Fact,
  type PageRecord,
  type RunSummary,
} from '@agentworkloads/api';
import {
  countChanges,
  countUnusual,
  largestPriceChange,
} from '../compare/change-counts';

/** Argo keeps output parameters in the Workflow object, and the gate's policy reads it there. */
export const MAX_SUMMARY_BYTES = 4096;

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).host;
  } catch {
    return undefined;
  }
}

/** What the policy judges by host; hosts of no target first, for those nobody has judged yet. */
function hostsLedTo(pages: readonly PageRecord[]) {
  const hosts = (urls: readonly string[]) =>
    new Set(urls.map(hostOf).filter((host): host is string => Boolean(host)));
  // A followed page was named by a page, not by who asked.
  const targets = hosts(
    pages.filter(page => !page.followedFrom).map(({ url }) => url),
  );
  const led = hosts(
    pages.flatMap(({ url, finalUrl, redirects, views = [] }) => [
      finalUrl ?? url,
      ...redirects,
      ...views.flatMap(({ frame }) => (frame ? [frame.url] : [])),
    ]),
  );
  const foreign = [...led].filter(host => !targets.has(host)).sort();
  const known = [...led].filter(host => targets.has(host)).sort();
  return { foreign: foreign.length, hosts: [...foreign, ...known] };
}

function countKinds(facts: readonly Fact[]): RunSummary['byKind'] {
  const counts: RunSummary['byKind'] = {};
  for (const fact of facts) counts[fact.kind] = (counts[fact.kind] ?? 0) + 1;
  return counts;
}

function bytes(summary: RunSummary): number {
  return new TextEncoder().encode(JSON.stringify(summary)).length;
}

/** One page without it is a run without it; what is known of some pages only is not known of the run. */
function sandboxOf(
  pages: readonly PageRecord[],
): NonNullable<RunSummary['browserSandbox']> {
  if (pages.some(page => page.sandboxed === false)) return 'off';
  const visited = pages.filter(page => !page.reason);
  const on = visited.length > 0 && visited.every(page => page.sandboxed);
  return on ? 'on' : 'unknown';
}

export type RunComparison = Pick<
  ChangesFile,
  'comparedWith' | 'changes' | 'notCompared'
>;

function changesOf(comparison: RunComparison): Partial<RunSummary> {
  const { reason, valuesLost } = comparison.comparedWith;
  if (reason) return { notComparedReason: reason };
  const largest = largestPriceChange(comparison.changes);
  return {
    changes: comparison.changes.length,
    compared: countChanges(comparison),
    ...(largest !== undefined && { largestPriceChange: largest }),
    unusual: countUnusual(comparison.changes),
    ...(valuesLost && { valuesLost }),
  };
}

/**
 * What the gate decides on, cut to 4 KiB: long lists first lose their ends, totals stay.
 *
 * @param comparison with an earlier run, or why there is none, which is not "no changes"
 */
export function summarize(
  pages: readonly PageRecord[],
  facts: readonly Fact[],
  comparison: RunComparison,
  degraded: boolean,
): RunSummary {
  const missing = pages.filter(page => page.reason);
  const looks = looksOf(pages);
  const { foreign, hosts } = hostsLedTo(looks);
  const followed = pages
    .filter(page => page.followedFrom)
    .map(({ url }) => url.slice(0, 200));
  // A host that is cut would be another host: it is left out, and that is said.
  const told = hosts.filter(host => host.length <= 300).slice(0, 100);
  const summary: RunSummary = {
    pages: pages.length,
    observed: pages.length - missing.length,
    notObserved: missing
      .slice(0, 10)
      .flatMap(page =>
        page.reason
          ? [{ url: page.url.slice(0, 200), reason: page.reason }]
          : [],
      ),
    notObservedTotal: missing.length,
    facts: facts.length,
    byKind: countKinds(facts),
    ...changesOf(comparison),
    hosts: told,
    hostsComplete: false,
    degraded,
    browserSandbox: sandboxOf(looks),
    ...(followed.length > 0 && {
      followed: followed.slice(0, 10),
      followedTotal: followed.length,
    }),
  };
  while (bytes(summary) > MAX_SUMMARY_BYTES - 64) {
    if (summary.notObserved.length > 3) summary.notObserved.pop();
    else if ((summary.followed?.length ?? 0) > 3) summary.followed?.pop();
    else if (summary.hosts.length > 0) summary.hosts.pop();
    else if (summary.notObserved.length > 0) summary.notObserved.pop();
    else break;
  }
  const unknown = hosts.slice(0, foreign);
  summary.hostsComplete = unknown.every(host => summary.hosts.includes(host));
  return runSummarySchema.parse(summary);
}
