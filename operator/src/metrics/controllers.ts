import type {
  ControllerObserver,
  PassResult,
  QueueObserver,
} from '@agentworkloads/kube';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Buckets of controller-runtime's `controller_runtime_reconcile_time_seconds`. */
const PASS_BUCKETS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
  0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9,
  10, 15, 20, 25, 30, 40, 50, 60,
];
/** Buckets of client-go's work queue, from 10 ns in steps of ten. */
const QUEUE_BUCKETS = [
  1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1000,
];
const RESULTS: readonly PassResult[] = ['success', 'error', 'requeue_after'];

/** What is read of a queue. */
export interface QueueView {
  readonly length: number;
  readonly active: number;
  inWorkMs(): number[];
}

interface Followed {
  queue: QueueView;
  workers: number;
}

/** Reads a number of each queue when somebody asks. */
function gauges(
  registry: Registry,
  followed: ReadonlyMap<string, Followed>,
  label: 'name' | 'controller',
  all: readonly [name: string, help: string, of: (one: Followed) => number][],
): void {
  for (const [name, help, of] of all) {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      collect() {
        for (const [which, one] of followed)
          this.set({ [label]: which } as Record<typeof label, string>, of(one));
      },
    });
  }
}

function queueMetrics(
  registry: Registry,
  followed: ReadonlyMap<string, Followed>,
): (name: string) => QueueObserver {
  const common = { labelNames: ['name'] as const, registers: [registry] };
  const adds = new Counter({
    ...common,
    name: 'workqueue_adds_total',
    help: 'Keys that were added to the queue.',
  });
  const retries = new Counter({
    ...common,
    name: 'workqueue_retries_total',
    help: 'Keys that came back because their pass failed.',
  });
  const waited = new Histogram({
    ...common,
    name: 'workqueue_queue_duration_seconds',
    help: 'How long a key waited before it was taken.',
    buckets: QUEUE_BUCKETS,
  });
  const worked = new Histogram({
    ...common,
    name: 'workqueue_work_duration_seconds',
    help: 'How long a key was worked on.',
    buckets: QUEUE_BUCKETS,
  });
  gauges(registry, followed, 'name', [
    ['workqueue_depth', 'Keys that wait now.', ({ queue }) => queue.length],
    [
      'workqueue_unfinished_work_seconds',
      'Seconds of work on keys that are in work now.',
      ({ queue }) => queue.inWorkMs().reduce((sum, ms) => sum + ms, 0) / 1000,
    ],
    [
      'workqueue_longest_running_processor_seconds',
      'For how long the key that is longest in work has been so.',
      ({ queue }) => Math.max(0, ...queue.inWorkMs()) / 1000,
    ],
  ]);
  return name => {
    adds.inc({ name }, 0);
    retries.inc({ name }, 0);
    return {
      added: () => adds.inc({ name }),
      retried: () => retries.inc({ name }),
      taken: ms => waited.observe({ name }, ms / 1000),
      done: ms => worked.observe({ name }, ms / 1000),
    };
  };
}

function passMetrics(
  registry: Registry,
  followed: ReadonlyMap<string, Followed>,
): (controller: string) => ControllerObserver['passed'] {
  const registers = [registry];
  const passes = new Counter({
    name: 'controller_runtime_reconcile_total',
    help: 'Passes per controller, by result.',
    labelNames: ['controller', 'result'],
    registers,
  });
  const errors = new Counter({
    name: 'controller_runtime_reconcile_errors_total',
    help: 'Passes per controller that failed.',
    labelNames: ['controller'],
    registers,
  });
  const seconds = new Histogram({
    name: 'controller_runtime_reconcile_time_seconds',
    help: 'How long a pass took.',
    labelNames: ['controller'],
    buckets: PASS_BUCKETS,
    registers,
  });
  gauges(registry, followed, 'controller', [
    [
      'controller_runtime_active_workers',
      'Workers that are at work now.',
      ({ queue }) => queue.active,
    ],
    [
      'controller_runtime_max_concurrent_reconciles',
      'Passes that may go on at the same time.',
      ({ workers }) => workers,
    ],
  ]);
  return controller => {
    for (const result of RESULTS) passes.inc({ controller, result }, 0);
    errors.inc({ controller }, 0);
    return (result, ms) => {
      passes.inc({ controller, result });
      if (result === 'error') errors.inc({ controller });
      seconds.observe({ controller }, ms / 1000);
    };
  };
}

/** Queues and passes, by the names that controller-runtime and client-go give them: dashboards for those work here. */
export function controllerMetrics(registry: Registry) {
  const followed = new Map<string, Followed>();
  const queueOf = queueMetrics(registry, followed);
  const passesOf = passMetrics(registry, followed);
  return {
    /** @param name the plural of what the controller looks after */
    observer: (name: string): ControllerObserver => ({
      ...queueOf(name),
      passed: passesOf(name),
    }),
    follow(name: string, queue: QueueView, workers: number): void {
      followed.set(name, { queue, workers });
    },
  };
}
