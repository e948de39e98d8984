import type { WorkflowFacts } from './facts';

/** What is known of Argo's work in one namespace. Milliseconds since 1970. */
export interface Activity {
  /** When it last touched a Workflow. */
  touchedAt: number;
  /** When the youngest Workflow was made that it has touched. */
  youngest: number;
}

/** What of a Workflow tells that Argo was at it. */
export type Touched = Pick<
  WorkflowFacts,
  'namespace' | 'createdAt' | 'phase' | 'message' | 'argoChangeAt'
>;

function isTouched(facts: Touched | undefined): facts is Touched {
  return facts !== undefined && facts.phase !== '';
}

/**
 * Follows from the Workflows that go by whether Argo works on those of a namespace, and how far it
 * has come: the silence of one Workflow says nothing while Argo is busy with others.
 */
export class ArgoActivity {
  private readonly namespaces = new Map<string, Activity>();

  of(namespace: string): Activity | undefined {
    return this.namespaces.get(namespace);
  }

  /** @param before undefined when the Workflow is seen for the first time: then Argo's own times count */
  saw(before: Touched | undefined, after: Touched, now: number): void {
    if (!isTouched(after)) return;
    const at = touchedAt(before, after, now);
    const known = this.namespaces.get(after.namespace);
    this.namespaces.set(after.namespace, {
      touchedAt: Math.max(known?.touchedAt ?? 0, at),
      youngest: Math.max(
        known?.youngest ?? 0,
        Date.parse(after.createdAt) || 0,
      ),
    });
  }
}

/** By our clock where we saw it happen, else by Argo's, which may go wrong but not ahead. */
function touchedAt(
  before: Touched | undefined,
  after: Touched,
  now: number,
): number {
  if (!before) return Math.min(now, Date.parse(after.argoChangeAt) || 0);
  const changed =
    before.phase !== after.phase ||
    before.message !== after.message ||
    before.argoChangeAt !== after.argoChangeAt;
  return changed ? now : 0;
}
