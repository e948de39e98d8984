import {
  FINAL_PHASES,
  isFinalPhase,
  type AgentWorkloadStatus,
  type NotStarted,
} from '@agentworkloads/api';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { CachedWorkload } from '../reconcile/cached';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** From a policy that lets pass at once to the longest gate that there may be. */
const GATE_BUCKETS = [
  1,
  10,
  MINUTE,
  5 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  4 * HOUR,
  12 * HOUR,
  DAY,
  3 * DAY,
  7 * DAY,
  14 * DAY,
];

const secondsOf = (time: string) => Date.parse(time) / 1000;

/**
 * Due times that stand in `after` and did not in `before`, by reason. A row may have grown: times in a row with the same
 * reason are told as one.
 */
export function newlyLeftOut(
  before: readonly NotStarted[],
  after: readonly NotStarted[],
): Map<string, number> {
  const added = new Map<string, number>();
  for (const { from, reason, times } of after) {
    const known = before.find(
      row => row.from === from && row.reason === reason,
    );
    const more = times - (known?.times ?? 0);
    if (more > 0) added.set(reason, (added.get(reason) ?? 0) + more);
  }
  return added;
}

function countByPhase(
  workloads: Iterable<CachedWorkload>,
): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { metadata, phase = 'Pending' } of workloads) {
    const namespace = metadata.namespace ?? '';
    const phases = counts.get(namespace) ?? new Map<string, number>();
    phases.set(phase, (phases.get(phase) ?? 0) + 1);
    counts.set(namespace, phases);
  }
  return counts;
}

export interface Sources {
  workloads: { values(): Iterable<CachedWorkload> };
}

type Workloads = () => Iterable<CachedWorkload>;

/** @returns the counter of runs that ended */
function phaseMetrics(registry: Registry, workloads: Workloads) {
  const labelNames = ['workload_namespace', 'phase'] as const;
  const registers = [registry];
  const ended = new Counter({
    name: 'agentworkloads_runs_ended_total',
    help: 'Runs that reached a final phase, by namespace and phase, since this process started.',
    labelNames,
    registers,
    collect() {
      // A counter that is born with 1 shows no increase: it must have been there before.
      for (const workload_namespace of countByPhase(workloads()).keys()) {
        for (const phase of FINAL_PHASES)
          this.inc({ workload_namespace, phase }, 0);
      }
    },
  });
  new Gauge({
    name: 'agentworkloads_runs',
    help: 'AgentWorkloads that there are, by namespace and phase.',
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const [workload_namespace, phases] of countByPhase(workloads())) {
        for (const [phase, count] of phases)
          this.set({ workload_namespace, phase }, count);
      }
    },
  });
  return ended;
}

function openGateMetric(
  registry: Registry,
  workloads: Workloads,
  of: 'openedAt' | 'deadline',
  name: string,
  help: string,
): void {
  new Gauge({
    name,
    help,
    labelNames: ['workload_namespace', 'workload'],
    registers: [registry],
    collect() {
      this.reset();
      for (const { metadata, gate } of workloads()) {
        const time = gate?.[of];
        const { namespace: workload_namespace = '', name: workload } = metadata;
        if (time !== undefined)
          this.set({ workload_namespace, workload }, secondsOf(time));
      }
    },
  });
}

/** @returns the histogram of waits until a decision */
function gateMetrics(registry: Registry, workloads: Workloads) {
  openGateMetric(
    registry,
    workloads,
    'openedAt',
    'agentworkloads_gate_opened_timestamp_seconds',
    'When the gate of a run that waits for a decision opened, in seconds since 1970.',
  );
  openGateMetric(
    registry,
    workloads,
    'deadline',
    'agentworkloads_gate_deadline_timestamp_seconds',
    'When the open gate of a run ends if nobody decides, in seconds since 1970.',
  );
  return new Histogram({
    name: 'agentworkloads_gate_wait_seconds',
    help: 'From the opening of a gate to its decision, by the decision and by who decided.',
    labelNames: ['decision', 'via'],
    buckets: GATE_BUCKETS,
    registers: [registry],
  });
}

/** Runs, their gates, and what of a schedule became no run. What there is is read of the caches at each scrape: nothing can drift. */
export function runMetrics(registry: Registry) {
  let sources: Sources | undefined;
  const workloads = () => sources?.workloads.values() ?? [];
  const ended = phaseMetrics(registry, workloads);
  const waits = gateMetrics(registry, workloads);
  const leftOut = new Counter({
    name: 'agentworkloads_schedule_times_not_started_total',
    help: 'Due times of schedules that became no run, by namespace, schedule and reason, since this process started.',
    labelNames: ['workload_namespace', 'schedule', 'reason'],
    registers: [registry],
  });

  return {
    follow(from: Sources): void {
      sources = from;
    },
    /** A status that was written. */
    recorded(
      namespace: string,
      before: AgentWorkloadStatus | undefined,
      after: AgentWorkloadStatus,
    ): void {
      const { phase, gate: now } = after;
      if (isFinalPhase(phase) && !isFinalPhase(before?.phase))
        ended.inc({ workload_namespace: namespace, phase });
      if (!now?.decision || before?.gate?.decision) return;
      const { decision, via = 'unknown', openedAt, decidedAt } = now;
      if (openedAt === undefined || decidedAt === undefined) return;
      waits.observe(
        { decision, via },
        Math.max(0, secondsOf(decidedAt) - secondsOf(openedAt)),
      );
    },
    scheduleRecorded(
      namespace: string,
      schedule: string,
      before: readonly NotStarted[],
      after: readonly NotStarted[],
    ): void {
      for (const [reason, times] of newlyLeftOut(before, after))
        leftOut.inc({ workload_namespace: namespace, schedule, reason }, times);
    },
  };
}
