import type { StartDecision, Timetables } from '@agentworkloads/api';
import { Controller, Store } from '@agentworkloads/kube';
import { BoundedMap } from '../bounded-map';
import type { Judged } from '../policy/answers';
import type {
  Clock,
  EventRecorder,
  KubeClient,
  Logger,
  PolicyEngine,
} from '../ports';
import type { OperatorMetrics } from '../metrics/metrics';
import type { CachedWorkload } from '../reconcile/cached';
import { KINDS } from '../reconcile/kinds';
import {
  toCachedSchedule,
  weighSchedule,
  withoutScheduleBulk,
  type CachedSchedule,
} from './cached';
import { watchClock } from './clock-watch';
import { createScheduleReconciler } from './reconciler';
import { Remembered } from './remembered';
import { ScheduleRuns } from './runs';
import type { RequesterRight } from './state';

/** Of specs and status; those beyond are read when they are needed. */
const BULK_BYTES = 16 * 1024 * 1024;
const REFUSALS = 1_000;

/** How long an answer about a schedule stands: rules and rights change, and nothing tells of it. */
const SURE_MS = 3_600_000;
const REFUSED_MS = 240_000;
const UNKNOWN_MS = 5_000;

function keepPolicyMs(answer: Judged<StartDecision>): number {
  if (answer.kind === 'unavailable') return UNKNOWN_MS;
  return answer.value.allow ? SURE_MS : REFUSED_MS;
}

function keepRightMs({ kind }: RequesterRight): number {
  if (kind === 'unknown') return UNKNOWN_MS;
  return kind === 'may-not' ? REFUSED_MS : SURE_MS;
}

export interface SchedulesOptions {
  client: KubeClient;
  policy: PolicyEngine;
  events: EventRecorder;
  clock: Clock;
  logger: Logger;
  random: () => number;
  workers: number;
  passTimeoutMs: number;
  resyncMs: number;
  timetables: Timetables;
  /** Between looks whether the clock on the wall was set; a minute, unless told otherwise. */
  clockEveryMs?: number;
  metrics?: OperatorMetrics;
}

/** What follows schedules: its caches, and its queue. */
export interface Schedules {
  store: Store<CachedSchedule>;
  runs: ScheduleRuns;
  controller: Pick<Controller, 'queue' | 'start' | 'stop'>;
}

export function createSchedules(
  options: SchedulesOptions,
  workloads: { get(key: string): CachedWorkload | undefined },
): Schedules {
  const { client, clock, logger, metrics } = options;
  const store = new Store<CachedSchedule>(undefined, {
    bytes: BULK_BYTES,
    weigh: weighSchedule,
    withoutBulk: withoutScheduleBulk,
  });
  const runs = new ScheduleRuns(key => controller.queue.add(key));
  const refusals = new BoundedMap<string, string>(REFUSALS);
  const reconcile = createScheduleReconciler(
    {
      schedules: store,
      workloads,
      runs,
      client,
      policy: options.policy,
      timetables: options.timetables,
      asked: {
        policy: new Remembered(clock, keepPolicyMs),
        requester: new Remembered(clock, keepRightMs),
      },
      refusals,
    },
    {
      client,
      events: options.events,
      logger,
      seenSchedule: raw => store.refresh(toCachedSchedule(raw)),
      refused: (uid, why) =>
        why === undefined ? refusals.delete(uid) : refusals.set(uid, why),
      recorded: metrics?.runs.scheduleRecorded,
    },
    clock,
  );
  const name = KINDS.schedules.plural;
  const controller = new Controller({
    name,
    observer: metrics?.controllers.observer(name),
    reconcile,
    clock,
    logger,
    random: options.random,
    workers: options.workers,
    timeoutMs: options.passTimeoutMs,
    resyncMs: options.resyncMs,
    keys: () => store.keys(),
  });
  const follow = () =>
    metrics?.controllers.follow(name, controller.queue, options.workers);
  return {
    store,
    runs,
    controller: withClock(controller, store, options, follow),
  };
}

/** Timers know nothing of a clock that is set: then each schedule is looked at again. */
function withClock(
  controller: Controller,
  store: Store<CachedSchedule>,
  { clock, clockEveryMs }: SchedulesOptions,
  started: () => void,
): Schedules['controller'] {
  const { queue } = controller;
  const lookAtAll = () => store.keys().forEach(key => queue.add(key));
  let end = () => {};
  return {
    queue,
    start() {
      started();
      end = watchClock(clock, lookAtAll, clockEveryMs);
      controller.start();
    },
    stop(graceMs) {
      end();
      return controller.stop(graceMs);
    },
  };
}
