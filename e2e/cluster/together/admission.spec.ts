import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster, nodeOf } from '../../harness/cluster';
import { resumePatch } from '../../harness/gate';
import { KubeError, type KubeObject } from '../../harness/kube';
import { grant } from '../../harness/rights';
import { ALICE, BOB, eventually, example, Run } from '../../harness/runs';

const MALLORY = { user: 'mallory' };
const AGENT = 'system:serviceaccount:agentworkloads:agentworkloads-agent';
const DRY = '?dryRun=All';
const PATH = '/apis/argoproj.io/v1alpha1/namespaces/agentworkloads';
const TRUE_LABEL = {
  metadata: {
    labels: { 'workflows.argoproj.io/report-outputs-completed': 'true' },
  },
};

/** What the API server says: `200` for yes, else the code and the message. */
async function answer(
  attempt: Promise<unknown>,
): Promise<{ code: number; message: string }> {
  try {
    await attempt;
    return { code: 200, message: '' };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return { code: error.code, message: error.message };
  }
}
const accepted = { code: 200, message: '' };
const refused = (code: number, words: string) => ({
  code,
  message: expect.stringContaining(words),
});

/** Several policies may refuse it; which of them the API server names is open. */
const refusedBy = (policies: RegExp) => ({
  code: 403,
  message: expect.stringMatching(policies),
});

describe('what the API server refuses', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  let run: Run;
  let workflow: KubeObject;
  let gateId: string;
  let podToken: string;
  let revocations: (() => Promise<void>)[];

  beforeAll(async () => {
    run = await Run.start(kube, 'competitor-scrape', {
      spec: { targetUrls: ['http://tidepool.localhost:4180/pricing'] },
    });
    const workflows = {
      apiGroups: ['argoproj.io'],
      resources: ['workflows'],
      verbs: ['get', 'create', 'update', 'patch'],
    };
    // More than anybody should have: what refuses is the policy, not a missing right.
    revocations = await Promise.all([
      grant(kube, 'e2e-mallory', { kind: 'User', name: 'mallory' }, [
        workflows,
        {
          apiGroups: ['agentworkloads.io'],
          resources: ['agentapprovals'],
          verbs: ['create', 'patch'],
        },
      ]),
      grant(
        kube,
        'e2e-agent',
        { kind: 'ServiceAccount', name: 'agentworkloads-agent' },
        [workflows],
      ),
    ]);
    const waiting = await run.until('AwaitingApproval', 400_000);
    gateId = waiting.status!.gate!.nodeId!;
    workflow = (await run.workflow())!;
    const [pod] = await cluster.podsOf(workflow, 'scrape');
    podToken = await cluster.tokenOfPod(pod!);
  }, 420_000);
  afterAll(async () => {
    await Promise.all((revocations ?? []).map(revoke => revoke()));
    cluster.close();
  });

  describe('of an approval', () => {
    const approve = (approval: object, as: typeof ALICE | typeof MALLORY) =>
      answer(kube.create('agentapprovals', approval, as, DRY));

    it('one by a user without the verb, while one with it may', async () => {
      expect(
        await approve(await run.approval('approve', MALLORY, 'x'), MALLORY),
      ).toEqual(refused(403, 'agentworkloads-approval-identity'));
      expect(
        await approve(await run.approval('approve', ALICE, 'x'), ALICE),
      ).toEqual(accepted);
    });

    it("one in another's name, while one's own is taken", async () => {
      const carols = await run.approval('approve', { user: 'carol' }, 'x');
      expect(await approve(carols, ALICE)).toEqual(
        refused(403, 'agentworkloads-approval-identity'),
      );
      expect(await approve(carols, { ...ALICE, user: 'carol' })).toEqual(
        accepted,
      );
    });

    it('a change of its spec, while its labels may change', async () => {
      const old = (await run.approval('approve', ALICE, 'for another')) as {
        spec: { gate: object };
      };
      // Without effect on this run, so that the gate stays as it is.
      old.spec.gate = { workflowUid: 'none', nodeId: 'none' };
      const { metadata } = await kube.create('agentapprovals', old, ALICE);
      const patch = (body: object) =>
        answer(kube.mergePatch('agentapprovals', metadata.name, body));
      expect(await patch({ spec: { decision: 'deny' } })).toEqual(
        refused(422, 'never changes'),
      );
      expect(await patch({ metadata: { labels: { seen: 'yes' } } })).toEqual(
        accepted,
      );
    });
  });

  it('a run in the name of somebody else, while the own name is taken', async () => {
    const ask = (username: string) => {
      const object = example('competitor-scrape', 'in-whose-name');
      const spec = { ...object.spec, requestedBy: { username } };
      return answer(
        kube.create('agentworkloads', { ...object, spec }, BOB, DRY),
      );
    };
    expect(await ask('carol')).toEqual(
      refused(403, 'agentworkloads-requester-identity'),
    );
    expect(await ask('bob')).toEqual(accepted);
  });

  it('a run made with an owner or a finalizer, while one with a label and an annotation is taken', async () => {
    const ask = (metadata: object) => {
      const object = example('competitor-scrape', 'made-with');
      return answer(
        kube.create(
          'agentworkloads',
          { ...object, metadata: { ...object.metadata, ...metadata } },
          BOB,
          DRY,
        ),
      );
    };
    const policy = 'agentworkloads-metadata';
    const ownerReferences = [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'nope',
        uid: '00000000-0000-0000-0000-000000000001',
      },
    ];
    expect(await ask({ ownerReferences })).toEqual(refused(403, policy));
    expect(await ask({ finalizers: ['example.com/never'] })).toEqual(
      refused(403, policy),
    );
    expect(
      await ask({
        labels: { 'app.kubernetes.io/instance': 'runs' },
        annotations: { seen: 'yes' },
      }),
    ).toEqual(accepted);
  });

  describe('of our Workflow', () => {
    const policy = 'agentworkloads-workflow-status-writers';

    it('its status from a user, while other fields are not held', async () => {
      const { name } = workflow.metadata;
      expect(
        await answer(
          kube.jsonPatch('workflows', name, resumePatch(gateId), {
            as: MALLORY,
          }),
        ),
      ).toEqual(refused(403, policy));
      expect(
        await answer(
          kube.mergePatch(
            'workflows',
            name,
            { metadata: { annotations: { seen: 'yes' } } },
            MALLORY,
          ),
        ),
      ).toEqual(accepted);
    });

    it('its status from an admin of the cluster', async () => {
      expect(
        await answer(
          kube.jsonPatch(
            'workflows',
            workflow.metadata.name,
            resumePatch(gateId),
          ),
        ),
      ).toEqual(refused(403, policy));
    });

    it("its status from an agent pod's token, while the operator's is taken", async () => {
      const patch = (options: object) =>
        answer(
          kube.request(
            'PATCH',
            `${PATH}/workflows/${workflow.metadata.name}${DRY}`,
            {
              body: resumePatch(gateId),
              contentType: 'application/json-patch+json',
              ...options,
            },
          ),
        );
      const asAgent = await patch({ token: podToken });
      expect(asAgent).toEqual(refused(403, policy));
      // By its own name, not by that of whoever runs the tests.
      expect(asAgent.message).toContain(`${AGENT} may not write`);
      const operator =
        'system:serviceaccount:agentworkloads-system:agentworkloads-operator';
      expect(await patch({ as: { user: operator } })).toEqual(accepted);
    });

    it.each<[string, string, object]>([
      ['a task more, before its gate', policy, { spec: { templates: [] } }],
      ['argo suspend', policy, { spec: { suspend: true } }],
      ['argo resume', policy, { spec: { suspend: false } }],
      [
        'argo retry',
        policy,
        {
          status: { phase: 'Pending' },
          metadata: { labels: { 'workflows.argoproj.io/completed': 'true' } },
        },
      ],
      ['argo set', policy, { status: { message: 'set' } }],
      [
        'a finalizer that nobody takes off',
        policy,
        { metadata: { finalizers: ['example.com/never'] } },
      ],
      [
        'an owner that does not exist',
        policy,
        {
          metadata: {
            ownerReferences: [
              {
                apiVersion: 'v1',
                kind: 'ConfigMap',
                name: 'nope',
                uid: '00000000-0000-0000-0000-000000000001',
              },
            ],
          },
        },
      ],
    ])('%s, from a user and from an admin', async (_what, by, patch) => {
      const { name } = workflow.metadata;
      for (const who of [MALLORY, undefined]) {
        const said = await answer(
          kube.mergePatch('workflows', name, patch, who),
        );
        expect(said).toEqual(refused(403, by));
        if ('spec' in patch || 'status' in patch) {
          expect(said.message).toContain('AgentApproval');
        }
      }
    });

    it('nothing of argo stop and argo terminate', async () => {
      for (const shutdown of ['Stop', 'Terminate']) {
        const stop = kube.request(
          'PATCH',
          `${PATH}/workflows/${workflow.metadata.name}${DRY}`,
          {
            body: { spec: { shutdown } },
            contentType: 'application/merge-patch+json',
            as: MALLORY,
          },
        );
        expect(await answer(stop)).toEqual(accepted);
      }
    });

    it('one by hand, under its label or from its template, while one under another account is taken', async () => {
      const make = (labels: object, spec: object) =>
        answer(
          kube.create(
            'workflows',
            {
              apiVersion: 'argoproj.io/v1alpha1',
              kind: 'Workflow',
              metadata: { generateName: 'by-hand-', labels },
              spec,
            },
            MALLORY,
            DRY,
          ),
        );
      const ours = { 'agentworkloads.io/workload-uid': run.name };
      const fromTemplate = {
        workflowTemplateRef: { name: 'competitor-scrape' },
      };
      const pause = {
        entrypoint: 'a',
        templates: [{ name: 'a', suspend: {} }],
      };
      expect(await make(ours, pause)).toEqual(
        refused(403, 'agentworkloads-workflow-creators'),
      );
      for (const spec of [
        fromTemplate,
        { ...pause, serviceAccountName: 'agentworkloads-agent' },
      ]) {
        expect(await make({}, spec)).toEqual(
          refused(403, 'agentworkloads-account-workflows'),
        );
      }
      expect(await make({}, pause)).toEqual(accepted);
    });

    it('the loss of the label that makes it ours', async () => {
      const labels = { 'agentworkloads.io/workload-uid': null };
      expect(
        await answer(
          kube.mergePatch(
            'workflows',
            workflow.metadata.name,
            { metadata: { labels } },
            MALLORY,
          ),
        ),
      ).toEqual(refusedBy(/agentworkloads-workflow-(label|status-writers)/));
    });
  });

  it("the gate's task result from an agent pod's token, while the pod's own is taken", async () => {
    const results = `${PATH}/workflowtaskresults`;
    const forged = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTaskResult',
      metadata: {
        name: gateId,
        labels: {
          ...TRUE_LABEL.metadata.labels,
          'workflows.argoproj.io/workflow': workflow.metadata.name,
        },
      },
      outputs: { parameters: [{ name: 'decision', value: 'approve' }] },
    };
    const asAgent = await answer(
      kube.request('POST', results, { body: forged, token: podToken }),
    );
    expect(asAgent).toEqual(refused(403, 'agentworkloads-task-result-owner'));
    expect(asAgent.message).toContain(`${AGENT} may not write`);

    const [pod] = await cluster.podsOf(workflow, 'scrape');
    const hash = pod!.metadata.name.split('-').at(-1);
    const own = `${workflow.metadata.name}-${hash}`;
    const others = (await cluster.podsOf(workflow, 'dom'))[0]!;
    const othersHash = others.metadata.name.split('-').at(-1);
    const patch = (name: string) =>
      answer(
        kube.request('PATCH', `${results}/${name}${DRY}`, {
          body: { outputs: { exitCode: '0', result: 'changed' } },
          contentType: 'application/merge-patch+json',
          token: podToken,
        }),
      );
    expect(await patch(own)).toEqual(accepted);
    expect(await patch(`${workflow.metadata.name}-${othersHash}`)).toEqual(
      refused(403, 'agentworkloads-task-result-owner'),
    );
  });

  it('and after all of this the gate is shut, until somebody with the right opens it', async () => {
    const now = await run.workflow();
    expect(nodeOf(now, 'gate')).toMatchObject({
      phase: 'Running',
      type: 'Suspend',
    });
    expect(await cluster.podsOf(workflow, 'synthesis')).toEqual([]);
    expect((await run.workload()).status?.phase).toBe('AwaitingApproval');
    await run.decide('approve');
    await run.until('Completed', 300_000);
    await eventually(
      'the report to be named',
      async () =>
        (
          await run.workload()
        ).status?.workflowArtifacts?.['report-md'],
    );
  });
});
