import { randomBytes } from 'node:crypto';
import type { AgentWorkloadSpecInput } from '@agentworkloads/api';
import { KubernetesEventRecorder } from '../src/adapters/event-recorder';
import {
  connect,
  HttpKubeClient,
  resolveAccess,
  systemClock,
} from '@agentworkloads/kube';
import { ACCOUNTS, installAdmission } from './admission';
import { TEMPLATE } from './builders/template';
import { createMetrics, type OperatorMetrics } from '../src/metrics/metrics';
import { createOperator, type Operator } from '../src/operator';
import { FakeApiServer, type FakeObject } from '@agentworkloads/kube/testing';
import { FakeArgo } from './fake-argo';
import { FakePolicy } from './fake-policy';
import { silentLogger, type LogLine } from '@agentworkloads/kube/testing';

export const NAMESPACE = 'agentworkloads';

/** The whole operator against an API server in memory, with a fake Argo and a fake policy. */
export class World {
  readonly api = new FakeApiServer();
  readonly argo = new FakeArgo(this.api);
  readonly policy = new FakePolicy();
  readonly metrics: OperatorMetrics = createMetrics(systemClock);
  readonly log: LogLine[] = [];
  private readonly operators: { operator: Operator; close: () => unknown }[] =
    [];
  private argoRuns: NodeJS.Timeout | undefined;

  static async open(): Promise<World> {
    const world = new World();
    await world.api.start();
    installAdmission(world.api);
    world.api.create('workflowtemplates', NAMESPACE, {
      metadata: { name: 'competitor-scrape' },
      spec: TEMPLATE,
    });
    return world;
  }

  /** @param client tells the operators of one test apart on the fake API server */
  startOperator(
    client = 'op',
    watchNamespaces: string[] = [],
    argoWorkflowDefaults: Record<string, unknown> = {},
  ): Operator {
    const connection = connect(
      resolveAccess(
        { kind: 'url', url: this.api.url(client), skipTLSVerify: false },
        { programs: 'refuse' },
      ),
    );
    const kube = new HttpKubeClient(connection, {
      name: client,
      answered: this.metrics.requests.answered(connection.server),
    });
    const logger = silentLogger(this.log);
    const operator = createOperator({
      client: kube,
      policy: this.metrics.policy.measured(this.policy),
      events: new KubernetesEventRecorder(kube, {
        clock: systemClock,
        logger,
        instance: client,
      }),
      clock: systemClock,
      logger,
      random: () => 0,
      randomName: () => randomBytes(8).toString('hex'),
      watchNamespaces,
      artifactBucket: 'agentworkloads',
      argoInstanceId: '',
      argoWorkflowDefaults,
      accounts: ACCOUNTS,
      workers: 4,
      passTimeoutMs: 60_000,
      resyncMs: 36_000_000,
      metrics: this.metrics,
    });
    this.operators.push({ operator, close: () => connection.close() });
    void operator.start();
    return operator;
  }

  runArgo(): void {
    this.argoRuns ??= setInterval(() => this.argo.tick(), 10);
  }

  stopArgo(): void {
    clearInterval(this.argoRuns);
    this.argoRuns = undefined;
  }

  ask(name = 'weekly', spec: Partial<AgentWorkloadSpecInput> = {}): FakeObject {
    return this.api.create('agentworkloads', NAMESPACE, {
      metadata: { name },
      spec: {
        objective: 'What do they charge?',
        targetUrls: ['https://acme.example/pricing'],
        requestedBy: { username: 'bob' },
        ...spec,
      },
    });
  }

  workload(name = 'weekly'): FakeObject & { status: Record<string, unknown> } {
    const found = this.api.find('agentworkloads', NAMESPACE, name);
    if (!found) throw new Error(`no workload ${name}`);
    return { ...found, status: found.status ?? {} };
  }

  /** An approval of the gate that is open now. */
  approve(
    approver = 'alice',
    decision: 'approve' | 'deny' = 'approve',
    name = 'weekly',
  ): FakeObject {
    const { metadata, status } = this.workload(name);
    const gate = status.gate as
      | { nodeId?: string; evidence?: string }
      | undefined;
    const workflow = status.argoWorkflow as { uid?: string } | undefined;
    return this.api.create('agentapprovals', NAMESPACE, {
      metadata: { name: `${name}-${approver}-${this.api.writes.length}` },
      spec: {
        workloadRef: { name, uid: metadata.uid },
        gate: {
          workflowUid: workflow?.uid ?? 'none',
          nodeId: gate?.nodeId ?? 'none',
        },
        decision,
        ...(gate?.evidence ? { evidence: gate.evidence } : {}),
        comment: 'because',
        approver: { username: approver },
      },
    });
  }

  /** Waits until the workload's phase is `phase`. */
  async reaches(phase: string, name = 'weekly'): Promise<FakeObject> {
    await this.until(
      () => this.workload(name).status.phase === phase,
      () => `${name} is ${JSON.stringify(this.workload(name).status, null, 1)}`,
    );
    return this.workload(name);
  }

  async until(
    condition: () => boolean,
    otherwise: () => string = () => 'condition not met',
    ms = 20_000,
  ): Promise<void> {
    const end = Date.now() + ms;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`after ${ms} ms: ${otherwise()}`);
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }

  statusWrites(name = 'weekly'): number {
    return this.api.writes.filter(
      ({ request }) =>
        request.kind === 'agentworkloads' && request.name === name,
    ).length;
  }

  async close(): Promise<void> {
    this.stopArgo();
    for (const { operator, close } of this.operators) {
      await operator.stop(0);
      await close();
    }
    await this.api.stop();
  }
}
