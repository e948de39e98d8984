import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import {
  HttpKubeClient,
  LeaderElection,
  systemClock,
  type KubeConnection,
} from '@agentworkloads/kube';
import type { OperatorMetrics } from '../metrics/metrics';
import type { OperatorOptions } from '../operator';
import type { Logger } from '../ports';

/** Of the Lease. */
const NAME = 'agentworkloads-operator';
/** Of a request that renews it, in ms. */
const REQUEST_MS = 5_000;

export interface Election {
  /** For the operator. */
  option: OperatorOptions['election'];
  /** @throws Error where another replica may work by now: asked before each request */
  assertNotLost(): void;
  /** Once the operator has stopped: the next one may begin. */
  end(): Promise<void>;
}

/** Which of several replicas works, by a Lease; where there is one alone, it works. A process that may no longer work ends at once. */
export function electionOf(
  config: { leaderElection: boolean; systemNamespace: string },
  connection: KubeConnection,
  logger: Logger,
  metrics: Pick<OperatorMetrics, 'followElection'>,
): Election {
  if (!config.leaderElection) {
    return {
      option: undefined,
      assertNotLost: () => undefined,
      end: async () => undefined,
    };
  }
  const ends = new AbortController();
  const election = new LeaderElection({
    // Its own, for it must not wait for the turn of other requests.
    client: new HttpKubeClient(connection, {
      name: NAME,
      requestMs: REQUEST_MS,
    }),
    clock: systemClock,
    logger,
    random: Math.random,
    namespace: config.systemNamespace,
    name: NAME,
    identity: `${hostname()}_${randomBytes(4).toString('hex')}`,
    lost(why) {
      logger.error({ why }, 'no longer leads, ends');
      process.exit(1);
    },
  });
  metrics.followElection(NAME, () => election.isLeading);
  return {
    option: {
      lead: () => election.lead(ends.signal),
      problem: () => election.problem,
    },
    assertNotLost: () => election.assertNotLost(),
    async end() {
      ends.abort();
      await election.release();
    },
  };
}
