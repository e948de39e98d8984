import type { Answered } from '@agentworkloads/kube';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock, PolicyEngine } from '../ports';

const BUCKETS = [
  0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60,
];
/** From a Wasm policy that answers in microseconds to an OPA that is late. */
const POLICY_BUCKETS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5,
  10,
];

/** Requests to the API server, by client-go's names. */
export function requestMetrics(registry: Registry) {
  const registers = [registry];
  const requests = new Counter({
    name: 'rest_client_requests_total',
    help: 'Requests to the API server, by status code, method and host.',
    labelNames: ['code', 'method', 'host'],
    registers,
  });
  const seconds = new Histogram({
    name: 'rest_client_request_duration_seconds',
    help: 'Until the API server began to answer, by method and host.',
    labelNames: ['verb', 'host'],
    buckets: BUCKETS,
    registers,
  });
  return {
    /** @param server base address of the API server */
    answered(server: string): (answered: Answered) => void {
      const { host } = new URL(server);
      return ({ method, code, tookMs }) => {
        requests.inc({ code, method, host });
        seconds.observe({ verb: method, host }, tookMs / 1000);
      };
    },
  };
}

/** What the policy was asked, and whether it can be. */
export function policyMetrics(
  registry: Registry,
  clock: Pick<Clock, 'monotonic'>,
) {
  const registers = [registry];
  let asked: PolicyEngine | undefined;
  const seconds = new Histogram({
    name: 'agentworkloads_policy_decision_seconds',
    help: 'How long an answer of the policy took, by entrypoint; failures too.',
    labelNames: ['entrypoint'],
    buckets: POLICY_BUCKETS,
    registers,
  });
  const failures = new Counter({
    name: 'agentworkloads_policy_failures_total',
    help: 'Questions to which the policy gave no defined answer in time, by entrypoint.',
    labelNames: ['entrypoint'],
    registers,
  });
  new Gauge({
    name: 'agentworkloads_policy_ready',
    help: '1 when the policy can be asked, 0 when not; asked at each scrape.',
    registers,
    async collect() {
      if (!asked) return;
      const problem = await asked
        .notReadyBecause()
        .catch(() => 'the check failed');
      this.set(problem === undefined ? 1 : 0);
    },
  });
  return {
    /** The same engine, measured. */
    measured(engine: PolicyEngine): PolicyEngine {
      asked = engine;
      return {
        notReadyBecause: () => engine.notReadyBecause(),
        async decide(entrypoint, input) {
          const began = clock.monotonic();
          const answer = await engine.decide(entrypoint, input);
          seconds.observe({ entrypoint }, (clock.monotonic() - began) / 1000);
          failures.inc({ entrypoint }, answer.kind === 'unavailable' ? 1 : 0);
          return answer;
        },
      };
    },
  };
}
