import { isFinalPhase } from '@agentworkloads/api';
import type { KubeObject } from '@agentworkloads/kube';

/** What of a run tells whether a demo company may change its pages. */
export interface VisitingRun extends KubeObject {
  /** Demo companies whose pages it visits; empty for runs of other sites. */
  companies: readonly string[];
  phase?: string;
}

export interface Turn {
  company: string;
  /** The run after which it changes its pages. */
  run: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** @param port by which runs name the demo site */
export function companiesOf(
  targetUrls: readonly unknown[],
  port: number,
): string[] {
  const names = targetUrls.flatMap(entry => {
    const url = URL.parse(String(entry));
    if (!url || Number(url.port || 80) !== port) return [];
    return /^([a-z0-9-]+)\.localhost$/.exec(url.hostname)?.[1] ?? [];
  });
  return [...new Set(names)];
}

/** @param raw an AgentWorkload as the API server gives it */
export function visitingRun(raw: unknown, port: number): VisitingRun {
  const { metadata, spec, status } = raw as KubeObject & {
    spec?: { targetUrls?: unknown };
    status?: { phase?: unknown };
  };
  const urls = Array.isArray(spec?.targetUrls) ? spec.targetUrls : [];
  const { name, namespace, uid, resourceVersion } = metadata;
  return {
    metadata: { name, namespace, uid, resourceVersion },
    companies: companiesOf(urls, port),
    phase: text(status?.phase),
  };
}

const completed = (run: VisitingRun | undefined) => run?.phase === 'Completed';

/**
 * Whose turn it is to change: a company whose pages a run that was completed has visited, as soon as no other run is under way
 * that visits them. What was completed before it was first seen counts for nothing, so a restart moves nobody.
 */
export class DemoTurns {
  /** Company -> the run after which it changes. */
  private readonly due = new Map<string, string>();

  /**
   * @param now all runs as they are after the change
   * @returns the companies that change now, each once
   */
  seen(
    { before, after }: { before?: VisitingRun; after?: VisitingRun },
    now: Iterable<VisitingRun>,
  ): Turn[] {
    if (before && after && !completed(before) && completed(after))
      for (const company of after.companies)
        this.due.set(company, after.metadata.name);
    if (this.due.size === 0) return [];
    const busy = new Set(
      [...now]
        .filter(({ phase }) => !isFinalPhase(phase))
        .flatMap(({ companies }) => companies),
    );
    const turns = [...this.due]
      .filter(([company]) => !busy.has(company))
      .map(([company, run]) => ({ company, run }));
    for (const { company } of turns) this.due.delete(company);
    return turns;
  }
}
