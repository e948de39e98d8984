import {
  agentWorkloadScheduleSchema,
  API_VERSION,
  readTimetable,
  type AgentWorkloadSchedule,
  type AgentWorkloadScheduleSpecInput,
  type AgentWorkloadScheduleStatus,
  type StartDecision,
} from '@agentworkloads/api';
import type { RunOfSchedule } from '../../src/schedule/runs';
import type { ScheduleState } from '../../src/schedule/state';

/** A Monday. */
export const NOON = new Date('2026-03-02T12:00:00Z');
export const SCHEDULE_UID = '5c4ed01e-0000-4000-8000-000000000001';

/** `NOON` plus so many minutes. */
export const minutes = (count: number) =>
  new Date(NOON.getTime() + count * 60_000);

export const stamp = (date: Date) => date.toISOString().replace(/\.\d+Z$/, 'Z');

export function aSchedule(
  spec: Partial<AgentWorkloadScheduleSpecInput> = {},
  status?: Partial<AgentWorkloadScheduleStatus>,
): AgentWorkloadSchedule {
  return agentWorkloadScheduleSchema.parse({
    apiVersion: API_VERSION,
    kind: 'AgentWorkloadSchedule',
    metadata: {
      name: 'weekly',
      namespace: 'agentworkloads',
      uid: SCHEDULE_UID,
      generation: 1,
      resourceVersion: '7',
      creationTimestamp: stamp(minutes(-24 * 60)),
    },
    spec: {
      schedule: '0 * * * *',
      requestedBy: { username: 'bob' },
      workloadTemplate: {
        spec: {
          objective: 'What do they charge?',
          targetUrls: ['https://acme.example/pricing'],
        },
      },
      ...spec,
    },
    status,
  });
}

const ALLOW: StartDecision = {
  allow: true,
  reasons: [],
  wait: [],
  gate: { mode: 'policy', fourEyes: false },
  egress: { allow: ['*'], deny: [] },
  templateDigests: [],
};

export const policySays = (
  answer: Partial<StartDecision> = {},
): ScheduleState['policy'] => ({
  kind: 'answered',
  revision: 'rev-1',
  value: { ...ALLOW, ...answer },
});

/** What a pass would see. */
export function stateOf(
  schedule: AgentWorkloadSchedule,
  rest: Partial<ScheduleState> = {},
): ScheduleState {
  const { spec, status } = schedule;
  const { following } = status ?? {};
  return {
    schedule,
    timetable: readTimetable(spec.schedule, spec.timeZone),
    followed:
      following && readTimetable(following.schedule, following.timeZone),
    policy: policySays(),
    requester: spec.requestedBy ? { kind: 'may' } : { kind: 'nobody' },
    runs: [],
    pendingRun: { kind: 'absent' },
    refusal: undefined,
    ...rest,
  };
}

export function aRun(
  name: string,
  rest: Partial<RunOfSchedule> = {},
): RunOfSchedule {
  return {
    owner: { name: 'weekly', uid: SCHEDULE_UID },
    namespace: 'agentworkloads',
    name,
    uid: `uid-of-${name}`,
    resourceVersion: '1',
    phase: 'Running',
    requester: 'bob',
    isDeleting: false,
    isCancelled: false,
    ...rest,
  };
}

/** A run that later ones may be compared with, where it is completed. */
export function anEndedRun(
  name: string,
  endedAt: Date,
  phase = 'Completed',
): RunOfSchedule {
  const artifact = { bucket: 'b', key: 'k', sha256: 'a'.repeat(64) };
  const comparable = {
    template: 'competitor-scrape',
    pages: 'p',
    schedule: SCHEDULE_UID,
    baseline: {
      name,
      workflowUid: `workflow-of-${name}`,
      completedAt: stamp(endedAt),
      artifacts: { manifest: artifact, facts: artifact },
    },
  };
  return aRun(name, {
    phase,
    ended: {
      at: endedAt.getTime(),
      keptAtLeast: 0,
      ...(phase === 'Completed' ? { comparable } : {}),
    },
  });
}
