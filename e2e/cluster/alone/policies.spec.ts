import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Cluster, conditionsOf, nodeOf } from '../../harness/cluster';
import { KubeError, type KubeObject } from '../../harness/kube';
import { eventually, example, Run, sleep } from '../../harness/runs';

const BINDINGS =
  '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings';
const LONG = 360_000;

/** Last of all: what is taken away here guards every other test. */
/** The collector of a busy cluster looks for new kinds now and then only. */
const GARBAGE_MS = 180_000;

describe('without an admission policy', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const taken: KubeObject[] = [];

  async function takeAway(name: string): Promise<void> {
    const binding = await kube.request('GET', `${BINDINGS}/${name}`);
    taken.push(binding);
    await kube.request('DELETE', `${BINDINGS}/${name}`);
  }
  async function giveBack(): Promise<void> {
    for (const { apiVersion, kind, metadata, spec } of taken.splice(0)) {
      const { name, labels } = metadata;
      await kube.request('POST', BINDINGS, {
        body: { apiVersion, kind, metadata: { name, labels }, spec },
      });
    }
  }
  afterEach(giveBack);
  afterAll(() => cluster.close());

  async function atTheGate(): Promise<{ run: Run; nodeId: string }> {
    const run = await Run.start(kube, 'competitor-scrape', {
      spec: { targetUrls: ['http://tidepool.localhost:4180/pricing'] },
    });
    const waiting = await run.until('AwaitingApproval', LONG);
    return { run, nodeId: waiting.status!.gate!.nodeId! };
  }

  it('a forged task result of the gate keeps it shut', async () => {
    const { run, nodeId } = await atTheGate();
    const workflow = (await run.workflow())!;
    const [pod] = await cluster.podsOf(workflow, 'scrape');
    const token = await cluster.tokenOfPod(pod!);
    await takeAway('agentworkloads-task-result-owner');
    const forge = () =>
      kube
        .request(
          'POST',
          '/apis/argoproj.io/v1alpha1/namespaces/agentworkloads/workflowtaskresults',
          {
            token,
            body: {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'WorkflowTaskResult',
              metadata: {
                name: nodeId,
                labels: {
                  'workflows.argoproj.io/workflow': workflow.metadata.name,
                  'workflows.argoproj.io/report-outputs-completed': 'true',
                },
              },
              outputs: { parameters: [{ name: 'decision', value: 'approve' }] },
            },
          },
        )
        .then(
          () => true,
          (error: KubeError) => {
            if (error.code === 403) return false;
            throw error;
          },
        );
    // The API server forgets a policy a moment after it is gone.
    await eventually('the forged result to be taken', forge);
    await sleep(10_000);
    const gate = nodeOf(await run.workflow(), 'gate');
    expect(gate?.phase).toBe('Running');
    expect(await cluster.podsOf(workflow, 'synthesis')).toEqual([]);
    await giveBack();
    await kube.mergePatch('agentworkloads', run.name, {
      spec: { cancel: true },
    });
    await run.until('Cancelled', LONG);
  });

  /** As when agentworkloads-system is deleted before the namespaces of workloads: the lists of writers are gone. */
  it('garbage is collected though the lists of writers are gone, and what is guarded stays so', async () => {
    const WRITERS =
      '/api/v1/namespaces/agentworkloads-system/configmaps/agentworkloads-writers';
    const OPERATOR =
      'system:serviceaccount:agentworkloads-system:agentworkloads-operator';
    const owner = await kube.create('agentworkloads', {
      ...example('competitor-scrape', `owner-${Date.now().toString(36)}`),
      spec: {
        ...example('competitor-scrape', 'x').spec,
        cancel: true,
      },
    });
    const { apiVersion, kind, metadata } = owner;
    const make = (name: string) =>
      kube.create(
        'workflows',
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'Workflow',
          metadata: {
            name: `${metadata.name}-${name}`,
            labels: { 'agentworkloads.io/workload-uid': metadata.uid },
            ownerReferences: [
              {
                apiVersion,
                kind,
                name: metadata.name,
                uid: metadata.uid,
                blockOwnerDeletion: true,
              },
            ],
          },
          spec: { entrypoint: 'a', templates: [{ name: 'a', suspend: {} }] },
        },
        { user: OPERATOR },
      );
    const foreground = await make('foreground');
    const orphaned = await make('orphaned');
    const writers = await kube.request<KubeObject>('GET', WRITERS);
    await kube.request('DELETE', WRITERS);
    try {
      await sleep(3_000);
      const remove = (path: string, propagationPolicy: string) =>
        kube.request('DELETE', path, { body: { propagationPolicy } });
      const at = (plural: string, name: string) =>
        plural === 'workflows'
          ? `/apis/argoproj.io/v1alpha1/namespaces/agentworkloads/workflows/${name}`
          : `/apis/agentworkloads.io/v1alpha1/namespaces/agentworkloads/agentworkloads/${name}`;
      const gone = (plural: string, name: string) =>
        eventually(
          `${name} to be gone`,
          () =>
            kube.get(plural, name).then(
              () => false as const,
              (error: KubeError) => error.code === 404,
            ),
          GARBAGE_MS,
        );
      const first = foreground.metadata.name;
      await remove(at('workflows', first), 'Foreground');
      await gone('workflows', first);
      await remove(at('agentworkloads', metadata.name), 'Orphan');
      await gone('agentworkloads', metadata.name);
      const { name } = orphaned.metadata;
      await eventually(
        'the Workflow to be without its owner',
        async () => {
          const { metadata: now } = await kube.get('workflows', name);
          return !now.ownerReferences?.length;
        },
        GARBAGE_MS,
      );
      await expect(
        kube.mergePatch('workflows', name, { spec: { suspend: true } }),
      ).rejects.toThrow('AgentApproval');
      await kube.remove('workflows', name);
    } finally {
      await kube.request('POST', WRITERS.replace(/\/[^/]+$/, ''), {
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: writers.metadata.name,
            labels: writers.metadata.labels,
          },
          data: (writers as unknown as { data: object }).data,
        },
      });
    }
  });

  it('the operator takes no approval of a person, and takes one once it is back', async () => {
    const { run } = await atTheGate();
    await takeAway('agentworkloads-approval-identity');
    const approval = await run.decide('approve');
    const refusal = await eventually('the refusal', async () => {
      const now = await kube.get('agentapprovals', approval.metadata.name);
      return conditionsOf(now).find(
        one => one.type === 'Accepted' && one.status === 'False',
      );
    });
    expect(refusal.reason).toBe('AdmissionPoliciesMissing');
    expect((await run.workload()).status?.phase).toBe('AwaitingApproval');

    await giveBack();
    // Approvals are counted from the policy's return on, in whole seconds.
    await sleep(3_000);
    await run.decide('approve');
    await run.until('Completed', LONG);
  });
});
