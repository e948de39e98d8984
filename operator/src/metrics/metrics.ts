import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Clock } from '../ports';
import { controllerMetrics } from './controllers';
import { policyMetrics, requestMetrics } from './requests';
import { runMetrics } from './runs';
import { watchMetrics } from './watches';

export interface OperatorMetrics {
  registry: Registry;
  controllers: ReturnType<typeof controllerMetrics>;
  requests: ReturnType<typeof requestMetrics>;
  policy: ReturnType<typeof policyMetrics>;
  watches: ReturnType<typeof watchMetrics>;
  runs: ReturnType<typeof runMetrics>;
  /** @param isLeading of the process now: 1, else 0; client-go's name */
  followElection(name: string, isLeading: () => boolean): void;
}

/** All that `/metrics` answers: docs/runbook.md and deploy/monitoring build on these names. */
export function createMetrics(
  clock: Pick<Clock, 'monotonic'>,
): OperatorMetrics {
  const registry = new Registry();
  // Memory, processor, event loop: `process_*` and `nodejs_*`.
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    controllers: controllerMetrics(registry),
    requests: requestMetrics(registry),
    policy: policyMetrics(registry, clock),
    watches: watchMetrics(registry),
    runs: runMetrics(registry),
    followElection: (name, isLeading) => {
      const gauge: Gauge<'name'> = new Gauge({
        name: 'leader_election_master_status',
        help: 'Whether this process leads',
        labelNames: ['name'],
        registers: [registry],
        collect(): void {
          gauge.set({ name }, isLeading() ? 1 : 0);
        },
      });
    },
  };
}
