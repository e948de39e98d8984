import {
  agentWorkloadSchema,
  ARTIFACTS,
  deniedInTime,
  evidenceOf,
  pagesSeenAt,
  ranOutOfTime,
  WORKFLOW_PARAMETERS,
  type AgentWorkload,
  type Denial,
  type EvidenceFrom,
  type EvidenceRecord,
} from '@agentworkloads/api';
import { strictnessOf, type Strictness } from '../policy/answers';
import { sha256Hex } from '../workflow/hash';
import type { TemplateFacts } from '../workflow/read-template';
import type { EarlierRuns, Observed } from './observed';

/**
 * A run whose gate ran out of time is opened again: a new run with the saved pages of that one, and a gate of its own. Only what nobody
 * refused: a denial, a cancel and whatever ended because something was not to be trusted stay what they are.
 */

/** What goes on record where the run can be opened again; or why not, a sentence that says what to do. */
export type Reopened =
  | {
      kind: 'fit';
      record: EarlierRuns & { evidenceFrom: EvidenceRecord };
      /** The gate that ran out of time: the next one is no softer. */
      gate: Strictness;
    }
  | { kind: 'unfit'; why: string };

export const VISIT =
  'Ask for a new run without evidenceFrom: that one visits the pages.';

function whyNotItsEnd({ status }: AgentWorkload): string | undefined {
  const { phase = 'Pending', gate } = status ?? {};
  switch (phase) {
    case 'TimedOut':
      if (gate?.decision === 'approve')
        return `was approved${
          gate.decidedBy ? ` by ${gate.decidedBy}` : ''
        }, and its report took too long. ${VISIT}`;
      return ranOutOfTime(status)
        ? undefined
        : `ended before its gate was open, so nobody could have decided on what it saved. ${VISIT}`;
    case 'Pending':
    case 'Running':
    case 'AwaitingApproval':
      return 'has not ended. Decide at its gate, or extend the time that it has.';
    case 'Completed':
      return `is Completed, its report is there. ${VISIT}`;
    case 'Denied':
      return `was denied${
        gate?.decidedBy ? ` by ${gate.decidedBy}` : ''
      }; nobody is asked a second time about the same evidence. ${VISIT}`;
    default:
      return `ended as ${phase}, and only a run whose gate ran out of time is opened again. ${VISIT}`;
  }
}

/** Whether the hashes in status are those that the gate was open with. */
function isWholeEvidence({ status }: AgentWorkload): boolean {
  const digests = Object.entries(status?.workflowArtifacts ?? {}).map(
    ([name, { sha256 = '' }]) => [name, sha256] as const,
  );
  return evidenceOf(digests, sha256Hex) === status?.gate?.evidence;
}

/** The same question: other pages would have no evidence, and pages that were followed belong to who asked for them. */
function whyNotTheSame(
  { spec: asked }: AgentWorkload,
  { spec: before }: AgentWorkload,
): string | undefined {
  if (JSON.stringify(asked.targetUrls) !== JSON.stringify(before.targetUrls))
    return `was about other pages. Give spec.targetUrls as that run has them, in the same order. ${VISIT}`;
  return (asked.follow ?? 'none') === (before.follow ?? 'none')
    ? undefined
    : `was asked for with follow ${
        before.follow ?? 'none'
      }. Set spec.follow to that.`;
}

function recordOf({
  metadata,
  status,
}: AgentWorkload): EvidenceRecord | undefined {
  const { argoWorkflow, workflowArtifacts, evidenceFrom } = status ?? {};
  const { bucket, key, sha256 } = workflowArtifacts?.[ARTIFACTS.manifest] ?? {};
  const seenAt = pagesSeenAt(status) ?? argoWorkflow?.startedAt;
  if (!argoWorkflow || !bucket || !key || !sha256 || !seenAt) return undefined;
  return {
    name: metadata.name,
    workflowUid: argoWorkflow.uid,
    seenAt,
    seenIn: evidenceFrom?.seenIn ?? metadata.name,
    seenInWorkflow: evidenceFrom?.seenInWorkflow ?? argoWorkflow.uid,
    artifacts: { manifest: { bucket, key, sha256 } },
  };
}

function judged(
  asked: AgentWorkload,
  run: AgentWorkload,
  denials: readonly Denial[],
): Reopened {
  const unfit = (why: string): Reopened => ({ kind: 'unfit', why });
  if (run.metadata.deletionTimestamp)
    return unfit(`is being deleted. ${VISIT}`);
  const uid = run.status?.argoWorkflow?.uid;
  const named = asked.spec.evidenceFrom?.workflowUid;
  if (uid !== named)
    return unfit(
      `is not the run that was meant: its Workflow is ${
        uid ?? 'not made yet'
      }, and evidenceFrom.workflowUid is ${named}. Give the uid in its status.argoWorkflow, once it is sure that this run is meant.`,
    );
  const why = whyNotItsEnd(run) ?? whyNotTheSame(asked, run);
  if (why !== undefined) return unfit(why);
  const who = deniedInTime(run, denials);
  if (who !== undefined)
    return unfit(
      `${who} denied in time, though that could not be judged before the time was over; nobody is asked a second time about the same evidence. ${VISIT}`,
    );
  const record = isWholeEvidence(run) ? recordOf(run) : undefined;
  const gate = run.status?.gate;
  if (!record || !gate)
    return unfit(
      `has not the hash of everything that its gate was open with in its status. ${VISIT}`,
    );
  const { baseline, unfitBaseline } = run.status ?? {};
  return {
    kind: 'fit',
    record: {
      evidenceFrom: record,
      // Not a later one: what was seen before is no change to what was seen after.
      ...(baseline ? { baseline } : {}),
      ...(unfitBaseline ? { unfitBaseline } : {}),
    },
    gate: strictnessOf(gate),
  };
}

/**
 * @param asked the new run
 * @param found the run that it names, as the API server has it now
 * @param denials of that run, judged or not
 * @returns undefined where that can't be read: then nothing is to be recorded
 */
export function openAgain(
  asked: AgentWorkload,
  { name }: EvidenceFrom,
  found: Observed<unknown>,
  denials: readonly Denial[],
): Reopened | undefined {
  if (found.kind === 'unreadable') return undefined;
  const run =
    found.kind === 'present'
      ? agentWorkloadSchema.safeParse(found.value).data
      : undefined;
  const answer: Reopened =
    name === asked.metadata.name
      ? { kind: 'unfit', why: `is this run itself. ${VISIT}` }
      : run
      ? judged(asked, run, denials)
      : {
          kind: 'unfit',
          why: `${
            found.kind === 'absent' ? 'is not there' : "can't be read"
          }. ${VISIT}`,
        };
  return answer.kind === 'fit'
    ? answer
    : { kind: 'unfit', why: refusalOf(name, answer.why) };
}

/** @param why the end of a sentence about that run */
export const refusalOf = (name: string, why: string): string =>
  `spec.evidenceFrom names ${name}, which ${why}`;

/**
 * Each copy is kept for as long as a run's results are; opened again and again, they would outlive what policy lets be kept.
 *
 * @param keptSeconds how long policy lets the results of a run be kept at most
 */
export function whyTooOld(
  { name, seenAt }: EvidenceRecord,
  keptSeconds: number | undefined,
  now: Date,
): string | undefined {
  const age = (now.getTime() - Date.parse(seenAt)) / 1000;
  return keptSeconds === undefined || age <= keptSeconds
    ? undefined
    : refusalOf(
        name,
        `uses pages that were seen at ${seenAt}: longer ago than policy lets the results of a run be kept (${keptSeconds} s). ${VISIT}`,
      );
}

/**
 * A template of before takes no notice of the parameter: its run would visit the pages and say that it did not.
 *
 * @returns why it can't open a run again; undefined where it can
 */
export function whyNotByTemplate({
  name,
  spec,
}: TemplateFacts): string | undefined {
  const parameter = WORKFLOW_PARAMETERS.evidenceFrom;
  const { parameters } = (spec.arguments ?? {}) as { parameters?: unknown };
  const listed =
    Array.isArray(parameters) &&
    parameters.some((one: { name?: unknown }) => one?.name === parameter);
  // Listed and handed on to nothing, it is as good as unknown.
  const used = JSON.stringify(spec.templates ?? []).includes(
    `workflow.parameters.${parameter}`,
  );
  if (listed && used) return undefined;
  const lacks = listed
    ? `hands its parameter ${parameter} to no step`
    : `has no parameter ${parameter}`;
  return `WorkflowTemplate ${name} ${lacks}, so its run would visit the pages. Install the template of this version (deploy/argo), then open the run again.`;
}
