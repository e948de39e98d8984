import {
  ranOutOfTime,
  type AgentWorkload,
  type Condition,
  type Phase,
} from '@agentworkloads/api';
import type {
  GateItem,
  RunDetail,
  RunListItem,
  RunStep,
  ScheduleDetail,
  ScheduleItem,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { SUMMARY } from './evidence';
import { NOT_SEEN, PAGES, WORKFLOW_UID } from './pages';

const MINUTE = 60_000;

const at = (now: number, minutesAgo: number) =>
  new Date(now - minutesAgo * MINUTE).toISOString();

/** A row of the Runs table; times are told from `now`. */
export function aRun(
  part: Partial<RunListItem> & { phase: Phase },
  now: number = Date.now(),
): RunListItem {
  const name = part.name ?? 'pricing-week-47';
  const final = !['Pending', 'Running', 'AwaitingApproval'].includes(
    part.phase,
  );
  return {
    cluster: 'local',
    namespace: 'agentworkloads',
    name,
    uid: `uid-${name}`,
    objective: 'What do our three competitors ask this week?',
    hosts: SUMMARY.hosts,
    requestedBy: 'bob',
    entityRef: 'component:default/pricing-page',
    createdAt: at(now, 6),
    startedAt: part.phase === 'Pending' ? undefined : at(now, 5),
    finishedAt: final ? at(now, 2) : undefined,
    hasReport: part.phase === 'Completed',
    summary:
      part.phase === 'Completed' || part.phase === 'AwaitingApproval'
        ? { pages: 5, notObserved: 2, facts: SUMMARY.facts, changes: 2 }
        : undefined,
    gate:
      part.phase === 'AwaitingApproval'
        ? { openedAt: at(now, 3), deadline: at(now, -27) }
        : undefined,
    ...part,
  };
}

const ORDER: readonly [string, readonly string[]][] = [
  ['scrape', []],
  ['screenshot', ['scrape']],
  ['dom', ['scrape']],
  ['gate', ['screenshot', 'dom']],
  ['synthesis', ['gate']],
];

/** @param done how many of the five steps have ended; the next one runs */
export function steps(
  done: number,
  last: RunStep['phase'] = 'Running',
  now: number = Date.now(),
): RunStep[] {
  return ORDER.map(([name, dependsOn], index) => {
    let phase: RunStep['phase'] = 'Pending';
    if (index < done) {
      phase = 'Succeeded';
    } else if (index === done) {
      phase = last;
    }
    const begun = phase !== 'Pending';
    return {
      name,
      nodeId: `pricing-week-47-${index}`,
      phase,
      dependsOn: [...dependsOn],
      retries: name === 'scrape' ? 1 : 0,
      startedAt: begun ? at(now, 5 - index) : undefined,
      finishedAt:
        begun && phase !== 'Running' ? at(now, 4.4 - index) : undefined,
      hasLog: begun && name !== 'gate',
      podName:
        begun && name !== 'gate' ? `pricing-week-47-${name}-17` : undefined,
      message:
        phase === 'Failed'
          ? 'All pages failed: the egress proxy refused each of them.'
          : undefined,
    };
  });
}

function resourceOf(run: RunListItem): AgentWorkload {
  return {
    apiVersion: 'agentworkloads.io/v1alpha1',
    kind: 'AgentWorkload',
    metadata: {
      name: run.name,
      namespace: run.namespace,
      uid: run.uid,
      generation: 1,
      resourceVersion: '4711',
      creationTimestamp: run.createdAt,
    },
    spec: {
      objective: run.objective,
      targetUrls: [...PAGES, ...NOT_SEEN].map(page => page.url),
      entityRef: run.entityRef,
      requestedBy: run.requestedBy ? { username: run.requestedBy } : undefined,
      workflowTemplateRef: { name: 'competitor-scrape', clusterScope: false },
      gate: { mode: 'human', fourEyes: true },
      timeouts: { execution: '2h', suspendGate: '30m', noProgress: '5m' },
      parameters: {},
      ttlAfterFinished: '90d',
      cancel: false,
    },
  };
}

const STEPS_DONE: Record<Phase, () => RunStep[]> = {
  Pending: () => [],
  Running: () =>
    steps(1).map(step =>
      step.name === 'dom'
        ? { ...steps(1)[1], name: 'dom', nodeId: 'dom' }
        : step,
    ),
  AwaitingApproval: () => steps(3),
  PolicyDenied: () => [],
  Completed: () => steps(5),
  Failed: () => steps(0, 'Failed'),
  TimedOut: () => steps(3, 'Failed'),
  Denied: () => steps(3, 'Failed'),
  Cancelled: () => steps(1, 'Failed'),
};

const DECIDED: Partial<Record<Phase, Partial<RunDetail['gateDetail']>>> = {
  Completed: {
    decision: 'approve',
    decidedBy: 'alice',
    comment: 'The two missing pages do not matter this week.',
    via: 'person',
  },
  Denied: {
    decision: 'deny',
    decidedBy: 'alice',
    comment: 'Half of the pages are missing, please run it again tomorrow.',
    via: 'person',
  },
  TimedOut: { decision: 'deny', via: 'timeout' },
};

export function aRunDetail(
  run: RunListItem,
  mayDecide: GateItem['mayDecide'] = { allowed: true },
): RunDetail {
  const ownSteps = STEPS_DONE[run.phase]();
  const decided = DECIDED[run.phase];
  const hasGate = run.phase === 'AwaitingApproval' || decided !== undefined;
  return {
    ...run,
    resource: resourceOf(run),
    conditions: [],
    steps: ownSteps,
    mayCancel: true,
    ...(ranOutOfTime(resourceOf(run).status)
      ? { mayOpenAgain: { allowed: true } }
      : {}),
    artifacts: {},
    policyStart:
      run.phase === 'PolicyDenied'
        ? {
            decision: 'deny',
            reasons: ['host intranet.example is denied'],
            said: [
              { code: 'hostDenied', values: { host: 'intranet.example' } },
            ],
          }
        : { decision: 'allow', reasons: [] },
    message:
      run.phase === 'Failed'
        ? 'Step scrape failed: all pages failed, the egress proxy refused each of them.'
        : undefined,
    gateDetail: hasGate
      ? {
          mode: 'human',
          fourEyes: true,
          nodeId: 'pricing-week-47-3',
          evidence: 'e'.repeat(64),
          workflowUid: WORKFLOW_UID,
          openedAt: run.gate?.openedAt ?? run.startedAt,
          deadline: run.gate?.deadline,
          deciders: decided
            ? undefined
            : { groups: ['group:default/approvers'], except: run.requestedBy },
          mayDecide: decided
            ? { allowed: false, reason: 'The gate is closed.' }
            : mayDecide,
          summary: SUMMARY,
          policy: {
            decision: 'hold',
            reasons: [
              'Nothing is published in the week of the fair.',
              '2 of 5 pages were not observed',
              'a person decides: the gate is in mode human',
            ],
            said: [
              { code: '', values: {} },
              { code: 'notObserved', values: { number: '2', pages: '5' } },
              { code: 'modeHuman', values: {} },
            ],
            revision: '2026-11-20',
          },
          decidedAt: decided ? run.finishedAt : undefined,
          ...decided,
        }
      : undefined,
  };
}

export function aGate(
  run: RunListItem,
  mayDecide: GateItem['mayDecide'],
): GateItem {
  return {
    ...run,
    workflowUid: WORKFLOW_UID,
    nodeId: 'pricing-week-47-3',
    evidence: 'e'.repeat(64),
    openedAt: run.gate?.openedAt ?? run.createdAt,
    deadline: run.gate?.deadline ?? run.createdAt,
    fourEyes: true,
    mayDecide,
    unchanged: false,
  };
}

/** A row of the Schedules table that starts next in two days; its requester looks at it, who may act on it. */
export function aSchedule(
  part: Partial<ScheduleItem> = {},
  now: number = Date.now(),
): ScheduleItem {
  const name = part.name ?? 'pricing-weekly';
  return {
    cluster: 'local',
    namespace: 'agentworkloads',
    name,
    uid: `uid-${name}`,
    objective: 'What changed in plans and prices since last week?',
    pages: 3,
    schedule: '0 7 * * 1',
    timeZone: 'Europe/Berlin',
    suspend: false,
    requestedBy: 'bob',
    createdAt: at(now, 60),
    conditions: [ready('True', 'Scheduled', 'Runs are started.')],
    nextAt: at(now, -2 * 24 * 60 - 1),
    active: [],
    notStarted: [],
    isYours: true,
    mayRun: true,
    mayUpdate: true,
    ...part,
  };
}

/** What the page of one schedule shows, of its row. */
export function aScheduleDetail(one: ScheduleItem): ScheduleDetail {
  return {
    ...one,
    generation: 3,
    owned: 2,
    mayDelete: true,
    spec: {
      schedule: one.schedule,
      timeZone: one.timeZone,
      concurrencyPolicy: 'Forbid',
      startingDeadline: '12h',
      history: { completed: 20, other: 10, minAge: '7d' },
      objective: one.objective,
      targetUrls: ['https://tidepool.example/pricing'],
    },
  };
}

export function ready(
  status: Condition['status'],
  reason: string,
  message: string,
): Condition {
  return {
    type: 'Ready',
    status,
    reason,
    message,
    lastTransitionTime: '2026-11-22T09:00:00Z',
  };
}
