import type { AgentWorkloadSpecInput } from '@agentworkloads/api';
import { KubernetesEventRecorder } from '../src/adapters/event-recorder';
import { createOperator, type Operator } from '../src/operator';
import { ACCOUNTS, installAdmission } from './admission';
import { FakeApiServer, type FakeObject } from '@agentworkloads/kube/testing';
import { FakeArgo } from './fake-argo';
import { FakeClock } from '@agentworkloads/kube/testing';
import { FakePolicy } from './fake-policy';
import { LocalClient } from './plans/local-client';
import { TEMPLATE } from './builders/template';
import { silentLogger, type LogLine } from '@agentworkloads/kube/testing';

const NAMESPACE = 'agentworkloads';

/** Fires timers one by one, and lets all that they set off end before the next. */
class TurnClock extends FakeClock {
  protected override settle(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve));
  }
}

/** The whole operator and an API server in memory, in a time of their own: days pass in a moment. */
export class TimedWorld {
  readonly clock = new TurnClock(Date.parse('2026-03-02T10:00:00Z'));
  readonly api = new FakeApiServer(() => new Date(this.clock.now()));
  readonly policy = new FakePolicy();
  readonly log: LogLine[] = [];
  readonly argo = new FakeArgo(this.api);
  private running: { operator: Operator; client: LocalClient } | undefined;
  private names = 0;

  constructor() {
    installAdmission(this.api);
    this.api.create('workflowtemplates', NAMESPACE, {
      metadata: { name: 'competitor-scrape' },
      spec: TEMPLATE,
    });
  }

  /** A new process; the one before it is dead. */
  startOperator(): LocalClient {
    this.stop();
    const client = new LocalClient(this.api, this.clock, 'op');
    const { clock, policy } = this;
    const logger = silentLogger(this.log);
    const operator = createOperator({
      client,
      policy,
      events: new KubernetesEventRecorder(client, {
        clock,
        logger,
        instance: 'op',
      }),
      clock,
      logger,
      random: () => 0.5,
      randomName: () => `${(this.names += 1)}abcdefghijkl`,
      watchNamespaces: [],
      artifactBucket: 'agentworkloads',
      accounts: ACCOUNTS,
      argoInstanceId: '',
      argoWorkflowDefaults: {},
      workers: 4,
      passTimeoutMs: 60_000,
      resyncMs: 36_000_000,
    });
    this.running = { operator, client };
    void operator.start();
    return client;
  }

  stop(): void {
    this.running?.client.die();
    void this.running?.operator.stop(0);
  }

  ask(
    name: string,
    spec: Partial<AgentWorkloadSpecInput> = {},
    namespace = NAMESPACE,
  ): FakeObject {
    return this.api.create('agentworkloads', namespace, {
      metadata: { name },
      spec: {
        objective: 'What do they charge?',
        targetUrls: ['https://acme.example/pricing'],
        requestedBy: { username: 'bob' },
        ...spec,
      },
    });
  }

  find(name: string, namespace = NAMESPACE): FakeObject | undefined {
    return this.api.find('agentworkloads', namespace, name);
  }

  phase(name: string, namespace = NAMESPACE): string {
    return String(this.find(name, namespace)?.status?.phase ?? '');
  }

  cancel(name: string, namespace = NAMESPACE): void {
    this.api.change('agentworkloads', namespace, name, object => {
      object.spec = { ...object.spec, cancel: true };
    });
  }

  /** Time passes, in steps of a second while Argo works. */
  async pass(seconds: number, argo = false): Promise<void> {
    if (!argo) return this.clock.advance(seconds * 1000);
    for (let second = 0; second < seconds; second += 1) {
      this.argo.tick();
      await this.clock.advance(1000);
    }
    return undefined;
  }
}
