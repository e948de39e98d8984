import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster, SYSTEM } from '../../harness/cluster';
import { eventually, Run } from '../../harness/runs';

const OPERATOR = 'agentworkloads-operator';
const DEPLOYMENT = `/apis/apps/v1/namespaces/${SYSTEM}/deployments/${OPERATOR}`;
const LEASE = `/apis/coordination.k8s.io/v1/namespaces/${SYSTEM}/leases/${OPERATOR}`;
const URLS = ['http://tidepool.localhost:4180/pricing'];
const LONG = 360_000;

describe('of two operators', () => {
  const cluster = new Cluster();
  const { kube } = cluster;

  const operators = async (env: object, strategy: object, replicas: number) => {
    const operator = { name: 'operator', env: [env] };
    const template = { spec: { containers: [operator] } };
    await kube.request('PATCH', DEPLOYMENT, {
      body: { spec: { replicas, strategy, template } },
      contentType: 'application/strategic-merge-patch+json',
    });
    await eventually(
      `${replicas} operators to be ready`,
      async () => {
        const { metadata, status } = await kube.request('GET', DEPLOYMENT);
        const { observedGeneration, updatedReplicas, readyReplicas } =
          status as Record<string, number>;
        const pods = await podNames();
        return (
          observedGeneration === metadata.generation &&
          updatedReplicas === replicas &&
          readyReplicas === replicas &&
          pods.length === replicas
        );
      },
      LONG,
    );
  };
  const podNames = async () =>
    (await kube.list('pods', `app.kubernetes.io/name=${OPERATOR}`, SYSTEM)).map(
      ({ metadata }) => metadata.name,
    );
  /** The pod that works, once one of those that are there does. */
  const leader = () =>
    eventually(
      'one of the operators to lead',
      async () => {
        const { spec } = await kube.request('GET', LEASE);
        const [holder] = String(spec?.holderIdentity).split('_');
        return (await podNames()).includes(holder) && holder;
      },
      LONG,
    );

  beforeAll(async () => {
    await operators(
      { name: 'LEADER_ELECTION', value: 'on' },
      { type: 'RollingUpdate' },
      2,
    );
  }, LONG);
  afterAll(async () => {
    await operators(
      { name: 'LEADER_ELECTION', $patch: 'delete' },
      { type: 'Recreate', rollingUpdate: null },
      1,
    );
    cluster.close();
  }, LONG);

  it(
    'the other one carries a run on whose operator is gone without a word',
    async () => {
      const first = await leader();
      const run = await Run.start(kube, 'policy-gate', {
        spec: { targetUrls: URLS, gate: { mode: 'human' } },
      });
      await run.until('AwaitingApproval', LONG);
      await kube.request(
        'DELETE',
        `/api/v1/namespaces/${SYSTEM}/pods/${first}`,
        {
          body: { gracePeriodSeconds: 0 },
        },
      );
      await run.decide('approve');
      await run.until('Completed', LONG);
      expect(await leader()).not.toBe(first);
      const workflows = await kube.list(
        'workflows',
        `agentworkloads.io/workload-uid=${(await run.workload()).metadata.uid}`,
      );
      expect(workflows).toHaveLength(1);
    },
    LONG,
  );
});
