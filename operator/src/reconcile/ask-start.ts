import {
  isFinalPhase,
  POLICY_ENTRYPOINTS,
  type AgentWorkload,
  type Baseline,
  type StartDecision,
} from '@agentworkloads/api';
import { readStartAnswer, type Judged } from '../policy/answers';
import { startInput } from '../policy/input';
import type { PolicyEngine } from '../ports';
import type { CompletedRuns } from './baseline';
import type { RunningRuns } from './running-runs';

/** Who says whether a run may start. */
export interface StartSources {
  policy: PolicyEngine;
  /** What goes on beside a run that is to start. */
  running: Pick<
    RunningRuns,
    'queue' | 'beside' | 'claim' | 'release' | 'giveUp'
  >;
  /** What it may be compared with. */
  completed: Pick<CompletedRuns, 'baselineFor'>;
}

/** Whether policy `start` lets it begin now, by its answer of this pass or by one on record. */
export function mayStart(
  { status }: AgentWorkload,
  answer: Judged<StartDecision> | undefined,
): boolean {
  if (status?.policy?.start) return true;
  return (
    answer?.kind === 'answered' &&
    answer.value.allow &&
    answer.value.wait.length === 0
  );
}

/** As often as others may take a place while the policy thinks about this one. */
const MOST_ASKED = 20;

/**
 * Asks policy `start`, told what else goes on, until that still holds when it has answered: only
 * then has the run its place. With any other answer it has none, also where an earlier pass took one.
 */
export async function askForPlace(
  sources: StartSources,
  workload: AgentWorkload,
): Promise<Judged<StartDecision>> {
  const { running } = sources;
  const { uid } = workload.metadata;
  const answer = await tryForPlace(sources, workload);
  if (answer.kind === 'answered' && !answer.value.allow) running.giveUp(uid);
  else if (!mayStart(workload, answer)) running.release(uid);
  return answer;
}

async function tryForPlace(
  { policy, running }: StartSources,
  workload: AgentWorkload,
): Promise<Judged<StartDecision>> {
  const { uid, namespace, name, creationTimestamp } = workload.metadata;
  const requester = workload.spec.requestedBy?.username ?? '';
  const place = { namespace, requester };
  const key = `${namespace}/${name}`;
  running.queue(uid, { ...place, key, createdAt: creationTimestamp });
  for (let asked = 0; asked < MOST_ASKED; asked += 1) {
    const active = running.beside(uid, place);
    const answer = readStartAnswer(
      await policy.decide(
        POLICY_ENTRYPOINTS.start,
        startInput(workload, active),
      ),
    );
    if (!mayStart(workload, answer)) return answer;
    if (running.claim(uid, place, active)) return answer;
  }
  return { kind: 'unavailable', cause: 'too many runs start at once' };
}

/**
 * What a run that begins now is compared with. That is settled with the first name of its Workflow, also where it is nothing: what
 * is tried again, by this process or the next, compares with the same.
 */
export function chooseBaseline(
  { completed }: StartSources,
  workload: AgentWorkload,
  answer: Judged<StartDecision> | undefined,
): Baseline | undefined {
  const { workflowNames = [], argoWorkflow, phase } = workload.status ?? {};
  const isSettled =
    workflowNames.length > 0 || argoWorkflow || isFinalPhase(phase);
  return isSettled || !mayStart(workload, answer)
    ? undefined
    : completed.baselineFor(workload);
}
