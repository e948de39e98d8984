import {
  isFinalPhase,
  POLICY_ENTRYPOINTS,
  type AgentWorkload,
  type StartDecision,
} from '@agentworkloads/api';
import {
  readStartAnswer,
  type Judged,
  type Strictness,
} from '../policy/answers';
import { startInput } from '../policy/input';
import type { PolicyEngine } from '../ports';
import { comparableOf, type CompletedRuns } from './baseline';
import type { CachedApproval } from './cached';
import { openAgain, refusalOf } from './evidence-from';
import type { EarlierRuns, Observed } from './observed';
import type { OpenedAgain } from './opened-again';
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
  /** Whose pages are at a gate already, or had their answer. */
  opened: Pick<OpenedAgain, 'claim'>;
  /** Approvals by `namespace/name` of the workload that they name. */
  approvals: { byIndex(workloadKey: string): CachedApproval[] };
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

export interface ChosenRuns {
  /** Undefined while a run that is named can't be read: then nothing is to be recorded. */
  earlierRuns: EarlierRuns | undefined;
  /** Why the run that `spec.evidenceFrom` names can't be opened again. */
  refusedEvidence?: string;
  /** The gate of the run that is opened again. */
  gateBefore?: Strictness;
}

/**
 * The run that `spec.baselineRef` names, as the API server has it now; that the requester may get it, admission has asked. Nothing fails for want
 * of it: the run says why it compares nothing.
 */
function chosenByName(
  asked: AgentWorkload,
  name: string,
  found: Observed<unknown>,
): EarlierRuns | undefined {
  if (found.kind === 'unreadable') return undefined;
  const unfit = (why: string): EarlierRuns => ({
    unfitBaseline: { name, unfit: `spec.baselineRef names ${name}, ${why}.` },
  });
  if (name === asked.metadata.name) return unfit('which is this run itself');
  if (found.kind === 'absent') return unfit('and there is no such run here');
  const run = comparableOf(found.value);
  return run
    ? { baseline: run.baseline }
    : unfit(
        'which is not Completed, is being deleted, or saved nothing that is held to its bytes',
      );
}

/**
 * What a run that begins now is compared with, and whose pages it uses where it visits none. That is settled with the first name of its Workflow, also where it is nothing: what
 * is tried again, by this process or the next, compares with the same.
 *
 * @param readRun a live read of a run of the same namespace
 */
export async function chooseEarlierRuns(
  { approvals, completed, opened }: StartSources,
  workload: AgentWorkload,
  answer: Judged<StartDecision> | undefined,
  readRun: (name: string) => Promise<Observed<unknown>>,
): Promise<ChosenRuns> {
  const { workflowNames = [], argoWorkflow, phase } = workload.status ?? {};
  const isSettled =
    workflowNames.length > 0 || argoWorkflow || isFinalPhase(phase);
  if (isSettled || !mayStart(workload, answer)) return { earlierRuns: {} };
  const reused = workload.spec.evidenceFrom;
  if (reused) {
    const found = await readRun(reused.name);
    const denialsOf = (run: string) =>
      approvals
        .byIndex(`${workload.metadata.namespace}/${run}`)
        .flatMap(({ denial }) => denial ?? []);
    const again = openAgain(workload, reused, found, denialsOf(reused.name));
    if (!again) return { earlierRuns: undefined };
    if (again.kind === 'unfit')
      return { earlierRuns: undefined, refusedEvidence: again.why };
    const { record, gate } = again;
    const { uid, namespace, name } = workload.metadata;
    const taken = opened.claim(
      { uid, namespace, name },
      record.evidenceFrom.seenInWorkflow,
      // In time or not: a run in between may have ended before its denial was judged. The one that is named was judged above.
      run =>
        run.name === reused.name
          ? undefined
          : denialsOf(run.name).find(
              ({ workloadUid }) => workloadUid === run.uid,
            )?.username,
    );
    return taken === undefined
      ? { earlierRuns: record, gateBefore: gate }
      : {
          earlierRuns: undefined,
          refusedEvidence: refusalOf(reused.name, taken),
        };
  }
  const named = workload.spec.baselineRef?.name;
  if (named !== undefined)
    return { earlierRuns: chosenByName(workload, named, await readRun(named)) };
  const baseline = completed.baselineFor(workload);
  return { earlierRuns: baseline ? { baseline } : {} };
}
