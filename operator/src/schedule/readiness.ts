import {
  REASONS,
  specProblems,
  type AgentWorkloadSchedule,
  type Reason,
} from '@agentworkloads/api';
import { strictestGate } from '../policy/answers';
import { runSpec } from './build-run';
import type { ScheduleState } from './state';

/** Whether due times lead to runs. */
export interface Readiness {
  /** `blocked`: what comes due is left out. `waiting`: it is started once that can be, within `startingDeadline`. */
  kind: 'ready' | 'blocked' | 'waiting';
  reason: Reason;
  /** A sentence. */
  message: string;
}

/** Reasons for which what came due was left out. */
const BLOCKING: readonly string[] = [
  REASONS.suspended,
  REASONS.invalidSchedule,
  REASONS.invalidTimeZone,
  REASONS.invalidSpec,
  REASONS.policyDenies,
  REASONS.requesterMayNot,
] satisfies Reason[];

const blocked = (reason: Reason, message: string): Readiness => ({
  kind: 'blocked',
  reason,
  message,
});

const waiting = (reason: Reason, message: string): Readiness => ({
  kind: 'waiting',
  reason,
  message,
});

/** A template may have 64 KiB, and one object is looked at again and again. */
const judged = new WeakMap<AgentWorkloadSchedule, string[]>();

function problemsOf(schedule: AgentWorkloadSchedule): string[] {
  const problems = judged.get(schedule) ?? specProblems(runSpec(schedule));
  judged.set(schedule, problems);
  return problems;
}

function templateProblem({ schedule }: ScheduleState): Readiness | undefined {
  const problems = problemsOf(schedule);
  return problems.length > 0
    ? blocked(
        REASONS.invalidSpec,
        `spec.workloadTemplate can't be run: ${problems.join('; ')}.`,
      )
    : undefined;
}

function policyProblem({ schedule, policy }: ScheduleState) {
  if (!policy || policy.kind === 'unavailable') {
    const cause = policy?.cause ?? 'not asked';
    return waiting(
      REASONS.policyUnavailable,
      `Policy start can't be had (${cause}); runs wait until it can.`,
    );
  }
  const { allow, reasons, gate } = policy.value;
  if (!allow) {
    return blocked(
      REASONS.policyDenies,
      `Policy would deny each run: ${reasons.join('; ')}`,
    );
  }
  const { workloadTemplate, requestedBy } = schedule.spec;
  const { fourEyes } = strictestGate(workloadTemplate.spec.gate, gate);
  return fourEyes && !requestedBy
    ? blocked(
        REASONS.policyDenies,
        'Policy would deny each run: four eyes are required, and the schedule names no requester',
      )
    : undefined;
}

function requesterProblem({ schedule, requester }: ScheduleState) {
  const name = schedule.spec.requestedBy?.username ?? '';
  if (requester.kind === 'may-not') {
    return blocked(
      REASONS.requesterMayNot,
      `${name} may not make AgentWorkloads here: ${requester.why}. Somebody who may has to take the schedule over, by spec.requestedBy.`,
    );
  }
  return requester.kind === 'unknown'
    ? waiting(
        REASONS.requesterUnknown,
        `Whether ${name} may make AgentWorkloads can't be found out (${requester.cause}); runs wait until it can.`,
      )
    : undefined;
}

/**
 * @param byHand for a run that somebody asks for now: a suspended schedule can be run by hand
 */
export function readinessOf(state: ScheduleState, byHand = false): Readiness {
  const { spec, status } = state.schedule;
  const { timetable, refusal } = state;
  if (timetable.kind === 'invalid') {
    const reason =
      timetable.field === 'schedule'
        ? REASONS.invalidSchedule
        : REASONS.invalidTimeZone;
    return blocked(reason, `spec.${timetable.field}: ${timetable.problem}.`);
  }
  if (spec.suspend && !byHand) {
    return blocked(
      REASONS.suspended,
      'Nothing is started at due times until spec.suspend is false.',
    );
  }
  const problem =
    templateProblem(state) ?? policyProblem(state) ?? requesterProblem(state);
  if (problem) return problem;
  if (status?.pending && refusal !== undefined) {
    return waiting(
      REASONS.runNotMade,
      `Run ${status.pending.name} can't be made, and is tried again until it is too late: ${refusal}`,
    );
  }
  return {
    kind: 'ready',
    reason: REASONS.scheduled,
    message: `Runs are started at "${spec.schedule}" in ${spec.timeZone}.`,
  };
}

/** What status says kept due times from being started until now. */
export function blockedBefore(state: ScheduleState): Readiness | undefined {
  const ready = state.schedule.status?.conditions?.find(
    ({ type }) => type === 'Ready',
  );
  return ready?.status === 'False' && BLOCKING.includes(ready.reason)
    ? blocked(ready.reason as Reason, ready.message)
    : undefined;
}
