import { answeredBy, type Answered, type Phase } from '@agentworkloads/api';
import type { CachedWorkload } from './cached';
import { VISIT } from './evidence-from';

/** A run that uses the pages of an earlier one: whose, and how far it has come. */
export interface OpenedRun {
  /** uid of the Workflow that visited them: the same one through all runs that were opened again. */
  pages: string;
  phase: Phase;
}

interface KnownRun extends OpenedRun {
  namespace: string;
  name: string;
}

type AskedAbout = Pick<KnownRun, 'namespace' | 'name'> & { uid: string };

/**
 * Which runs were opened again, so that the same pages stand at one gate at a time, and at none once somebody has answered: who was
 * denied would else ask others until one approves. Nothing here outlives a restart, for the first list fills it again; and a run that is
 * deleted is forgotten.
 */
export class OpenedAgain {
  /** By uid of the workload. */
  private readonly runs = new Map<string, KnownRun>();

  /** What a list, a watch or an answer brought; undefined for what is gone. */
  saw(before: CachedWorkload | undefined, after?: CachedWorkload): void {
    const { uid: known = '' } = before?.metadata ?? {};
    if (known && known !== after?.metadata.uid) this.runs.delete(known);
    const { uid, namespace = '', name } = after?.metadata ?? {};
    if (!after || uid === undefined || name === undefined) return;
    if (after.opened) this.runs.set(uid, { ...after.opened, namespace, name });
    // Until its status says it, the claim alone does; what ended without has used nothing.
    else if (after.ended) this.runs.delete(uid);
  }

  /**
   * Takes the pages for a run that is to start, unless another has them or had its answer.
   *
   * @param pages uid of the Workflow that visited them
   * @param deniedBy who denied at the gate of a run, by any denial that is kept: a run that timed out or was cancelled may have
   * had one that was never judged
   * @returns why it can't have them: a sentence's end about the run that it names
   */
  claim(
    { uid, namespace, name }: AskedAbout,
    pages: string,
    deniedBy: (run: AskedAbout) => string | undefined,
  ): string | undefined {
    for (const [other, run] of this.runs) {
      const same = run.pages === pages && run.namespace === namespace;
      if (!same || other === uid) continue;
      const answer = answeredBy(run, () =>
        deniedBy({ uid: other, namespace, name: run.name }),
      );
      if (answer) return answeredWords(answer);
    }
    this.runs.set(uid, { pages, phase: 'Pending', namespace, name });
    return undefined;
  }
}

function answeredWords(answer: Answered): string {
  const { run } = answer;
  const nobody = `nobody is asked once more about the same pages. ${VISIT}`;
  switch (answer.by) {
    case 'open':
      return `was opened again as ${run} already. Decide at that one's gate.`;
    case 'report':
      return `was opened again as ${run}, and its report is there. ${VISIT}`;
    case 'denial':
      return `was opened again as ${run}, and ${answer.who} denied there; ${nobody}`;
    default:
      return `was opened again as ${run}, which ended as ${answer.phase}; ${nobody}`;
  }
}
