import {
  runSummarySchema,
  type Change,
  type Fact,
  type PageRecord,
  type RunSummary,
} from '@agentic/api';

/** Argo keeps output parameters in the Workflow object, and the gate's policy reads it there. */
export const MAX_SUMMARY_BYTES = 4096;

function hostOf(url: string): string | undefined {
  try {
    return new URL(url).host.slice(0, 100);
  } catch {
    return undefined;
  }
}

function countKinds(facts: readonly Fact[]): RunSummary['byKind'] {
  const counts: RunSummary['byKind'] = {};
  for (const fact of facts) counts[fact.kind] = (counts[fact.kind] ?? 0) + 1;
  return counts;
}

function bytes(summary: RunSummary): number {
  return new TextEncoder().encode(JSON.stringify(summary)).length;
}

/** What the gate decides on, cut to 4 KiB: long lists first lose their ends, totals stay. */
export function summarize(
  pages: readonly PageRecord[],
  facts: readonly Fact[],
  changes: readonly Change[],
  degraded: boolean,
): RunSummary {
  const missing = pages.filter(page => page.reason);
  const hosts = pages
    .map(page => hostOf(page.finalUrl ?? page.url))
    .filter((host): host is string => host !== undefined);
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
    changes: changes.length,
    hosts: [...new Set(hosts)].sort().slice(0, 20),
    degraded,
  };
  while (bytes(summary) > MAX_SUMMARY_BYTES - 64) {
    if (summary.hosts.length > 0) summary.hosts.pop();
    else if (summary.notObserved.length > 0) summary.notObserved.pop();
    else break;
  }
  return runSummarySchema.parse(summary);
}
