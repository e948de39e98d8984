import {
  CONDITION_TYPES,
  isFinalPhase,
  type AgentWorkload,
  type AgentWorkloadStatus,
  type Condition,
  type ConditionType,
  type Phase,
  type Reason,
  type StepStatus,
} from '@agentworkloads/api';
import { isObject, type Json } from '../json';

interface ConditionInput {
  type: ConditionType;
  status: Condition['status'];
  reason: Reason;
  message: string;
}

/** Whole seconds, as metav1.Time has them. */
export function isoSeconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** lastTransitionTime moves only when the condition's status does. */
export function withCondition(
  conditions: Condition[],
  input: ConditionInput,
  generation: number,
  now: Date,
): Condition[] {
  const before = conditions.find(({ type }) => type === input.type);
  const next: Condition = {
    type: input.type,
    status: input.status,
    observedGeneration: generation,
    lastTransitionTime:
      before?.status === input.status
        ? before.lastTransitionTime
        : isoSeconds(now),
    reason: input.reason,
    message: input.message.slice(0, 1024),
  };
  return before
    ? conditions.map(condition =>
        condition.type === input.type ? next : condition,
      )
    : [...conditions, next];
}

/** Ready, Reconciling and Stalled follow from the phase; kstatus reads "no Ready" as ready. */
function lifeConditions(
  phase: Phase,
  reason: Reason,
  message: string,
  stalled: boolean,
  hadStalled: boolean,
): ConditionInput[] {
  const over = isFinalPhase(phase);
  const ended = phase === 'Completed' ? 'True' : 'False';
  const life: ConditionInput[] = [
    {
      type: CONDITION_TYPES.ready,
      status: over ? ended : 'Unknown',
      reason,
      message,
    },
    {
      type: CONDITION_TYPES.reconciling,
      status: over ? 'False' : 'True',
      reason,
      message,
    },
  ];
  if (stalled || hadStalled) {
    life.push({
      type: CONDITION_TYPES.stalled,
      status: stalled ? 'True' : 'False',
      reason,
      message,
    });
  }
  return life;
}

/** With a reason and a message of its own, or with those of the change. */
export type ConditionChange =
  | Condition['status']
  | Omit<ConditionInput, 'type'>;

export interface StatusChange {
  phase: Phase;
  /** Why the workload is in this phase; also the reason of Ready and Reconciling. */
  reason: Reason;
  /** A sentence for people. */
  message: string;
  /** True when a person must mend something before it goes on. */
  stalled?: boolean;
  conditions?: Partial<Record<ConditionType, ConditionChange>>;
  /** Other fields, taken over as they are. */
  fields?: Partial<AgentWorkloadStatus>;
}

const ENDED: readonly string[] = [
  'Succeeded',
  'Failed',
  'Error',
  'Skipped',
  'Omitted',
];

export function isEnded(step: { phase: string }): boolean {
  return ENDED.includes(step.phase);
}

/** What is on the way when a run ends won't go on, and nobody will write this status again to say so. */
export function stopped(step: StepStatus, why: string): StepStatus {
  if (isEnded(step)) return step;
  return {
    ...step,
    phase: step.phase === 'Pending' ? 'Omitted' : 'Failed',
    message: `Stopped: ${why}`.slice(0, 1024),
  };
}

function conditionsOf({
  reason,
  message,
  conditions = {},
}: StatusChange): ConditionInput[] {
  return Object.entries(conditions).map(([type, change]) => ({
    type: type as ConditionType,
    ...(typeof change === 'string'
      ? { status: change, reason, message }
      : change),
  }));
}

/** The one place where phase and conditions are made. */
export function nextStatus(
  workload: Pick<AgentWorkload, 'metadata' | 'status'>,
  change: StatusChange,
  now: Date,
): AgentWorkloadStatus {
  const before = workload.status ?? {};
  const { generation } = workload.metadata;
  const hadStalled = (before.conditions ?? []).some(
    ({ type }) => type === CONDITION_TYPES.stalled,
  );
  const inputs = [
    ...lifeConditions(
      change.phase,
      change.reason,
      change.message,
      change.stalled ?? false,
      hadStalled,
    ),
    ...conditionsOf(change),
  ];
  const steps = change.fields?.steps ?? before.steps;
  const over = isFinalPhase(change.phase);
  return {
    ...before,
    ...change.fields,
    ...(over && steps
      ? { steps: steps.map(step => stopped(step, 'the run has ended')) }
      : {}),
    ...(over && !isFinalPhase(before.phase)
      ? { finishedAt: isoSeconds(now) }
      : {}),
    observedGeneration: generation,
    phase: change.phase,
    message: change.message.slice(0, 4096),
    conditions: inputs.reduce(
      (conditions, input) => withCondition(conditions, input, generation, now),
      before.conditions ?? [],
    ),
  };
}

export function conditionOf(
  status: AgentWorkloadStatus | undefined,
  type: ConditionType,
): Condition | undefined {
  return status?.conditions?.find(condition => condition.type === type);
}

/** Names come from Workflows too: `__proto__` must not be read as something else. */
function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Equal as JSON, whatever the order of keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return (
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every(key => sameJson(own(a, key), own(b, key)));
}

/**
 * RFC 7386 patch from one value to another: only what differs, null for what goes.
 * @returns undefined when nothing differs
 */
export function mergeDiff(before: Json, after: Json): Json | undefined {
  const patch: [string, unknown][] = [];
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [from, to] = [own(before, key), own(after, key)];
    if (sameJson(from, to)) continue;
    if (isObject(from) && isObject(to)) patch.push([key, mergeDiff(from, to)]);
    else patch.push([key, to === undefined ? null : to]);
  }
  return patch.length > 0 ? Object.fromEntries(patch) : undefined;
}
