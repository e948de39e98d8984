import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AGENT_WORKLOAD,
  API_VERSION,
  GROUP,
  VERSION,
  WORKLOAD_NAMESPACE,
} from '@agentworkloads/api';
import {
  connect,
  HttpKubeClient,
  Reflector,
  resolveAccess,
  Store,
  systemClock,
  type KubeConnection,
} from '@agentworkloads/kube';
import { silentLogger } from '@agentworkloads/kube/testing';
import { KubernetesEventRecorder } from '../../src/adapters/event-recorder';
import {
  toCachedWorkload,
  type CachedWorkload,
} from '../../src/reconcile/cached';
import { KINDS } from '../../src/reconcile/kinds';
import { nextStatus } from '../../src/reconcile/status';
import { aWorkload } from '../builders/workload';

/**
 * Client, caches and status writes against a real API server: the one of AGENTIC_TEST_KUBECONFIG, where our CRDs
 * must be installed and its user be allowed to do what the operator does. Skipped without it; a name of
 * its own, so that nobody's KUBECONFIG of a real cluster is taken by accident.
 * An operator that watches the same namespace would only win some races; the workloads of this test
 * are cancelled from the start, so that none ever runs.
 */
const kubeconfig = process.env.AGENTIC_TEST_KUBECONFIG ?? '';
const name = `operator-int-${Date.now().toString(36)}`;

async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('condition not met within 20 s');
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}

(kubeconfig ? describe : describe.skip)('on a real API server', () => {
  let connection: KubeConnection;
  let client: HttpKubeClient;
  const store = new Store<CachedWorkload>();
  const stop = new AbortController();

  beforeAll(() => {
    connection = connect(
      resolveAccess(
        { kind: 'kubeconfig', path: kubeconfig },
        { programs: 'run' },
      ),
    );
    client = new HttpKubeClient(connection, { name: 'operator-int' });
  });
  afterAll(async () => {
    stop.abort();
    await client.delete(KINDS.workloads, WORKLOAD_NAMESPACE, name, {});
    await connection.close();
  });

  it('sees a workload through list and watch', async () => {
    const reflector = new Reflector({
      name: AGENT_WORKLOAD.plural,
      source: client.listWatch(KINDS.workloads, WORKLOAD_NAMESPACE),
      store,
      namespace: WORKLOAD_NAMESPACE,
      transform: toCachedWorkload,
      onChange: () => undefined,
      clock: systemClock,
      logger: silentLogger(),
      random: Math.random,
    });
    void reflector.run(stop.signal);
    await until(() => reflector.synced);
    await client.create(KINDS.workloads, WORKLOAD_NAMESPACE, {
      apiVersion: API_VERSION,
      kind: AGENT_WORKLOAD.kind,
      metadata: { name },
      spec: {
        objective: 'integration test',
        targetUrls: ['https://example.com/'],
        cancel: true,
      },
    });
    await until(() => store.get(`${WORKLOAD_NAMESPACE}/${name}`) !== undefined);
  });

  it('keeps every field of a status that the operator writes', async () => {
    const waiting = aWorkload().waiting().build();
    const status = nextStatus(
      waiting,
      {
        phase: 'Cancelled',
        reason: 'CancelRequested',
        message: 'integration test',
        fields: {
          ...waiting.status,
          workflowArtifacts: { facts: { bucket: 'b', key: 'k' } },
          summary: { pages: 1, facts: 2, changes: 3, notObserved: 0 },
          steps: [{ name: 'dom', phase: 'Succeeded', retries: 1 }],
          progressHash: '0123456789abcdef',
        },
      },
      new Date(),
    );
    const written = (await client.patch(
      KINDS.workloads,
      WORKLOAD_NAMESPACE,
      name,
      { type: 'merge', subresource: 'status', body: { status } },
    )) as { status: unknown };
    expect(written.status).toMatchObject(status);
  });

  it('is refused a status that was decided on an older state', async () => {
    await expect(
      client.patch(KINDS.workloads, WORKLOAD_NAMESPACE, name, {
        type: 'merge',
        subresource: 'status',
        body: { metadata: { resourceVersion: '1' }, status: { message: 'x' } },
      }),
    ).rejects.toMatchObject({ status: 409 });
  });

  it('is told by status what is not there', async () => {
    await expect(
      client.get(
        { group: GROUP, version: VERSION, plural: AGENT_WORKLOAD.plural },
        WORKLOAD_NAMESPACE,
        'no-such-workload',
      ),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('records an event that the API server takes', async () => {
    const log: Parameters<typeof silentLogger>[0] = [];
    const events = new KubernetesEventRecorder(client, {
      clock: systemClock,
      logger: silentLogger(log),
      instance: 'integration-test',
    });
    const cached = store.get(`${WORKLOAD_NAMESPACE}/${name}`);
    await events.record(
      {
        apiVersion: API_VERSION,
        kind: AGENT_WORKLOAD.kind,
        name,
        namespace: WORKLOAD_NAMESPACE,
        uid: cached?.metadata.uid ?? '',
      },
      { type: 'Normal', reason: 'IntegrationTest', note: 'It works.' },
    );
    expect(log).toEqual([]);
  });
});
