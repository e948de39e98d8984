import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ADMISSION_POLICIES,
  APPROVERS_GROUP,
  REQUESTERS_GROUP,
} from '@agentworkloads/api';
import type { JsonObject } from '../src/json';
import { readManifests } from '../src/bootstrap';
import { TestApi, type RequestOptions } from './harness';

const deploy = join(import.meta.dirname, '..', '..', '..', 'deploy');
const OURS = '/apis/agentworkloads.io/v1alpha1/namespaces/agentworkloads';
const WORKFLOWS =
  '/apis/argoproj.io/v1alpha1/namespaces/agentworkloads/workflows';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({
    objects: readManifests(
      ['crds', 'rbac', 'policies'].map(name => join(deploy, name)),
    ),
  });
});
afterAll(() => api.close());

const as = (user: string, group: string) => ({
  headers: { 'impersonate-user': user, 'impersonate-group': group },
});
const bob = as('bob', REQUESTERS_GROUP);
const alice = as('alice', APPROVERS_GROUP);

/** Runs under no account of ours. */
const PAUSE = { entrypoint: 'a', templates: [{ name: 'a', suspend: {} }] };

const account = (name: string) => as(name, 'system:masters');

const workload = (name: string, spec: JsonObject = {}): JsonObject => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkload',
  metadata: { name },
  spec: {
    objective: 'what do they charge',
    targetUrls: ['https://example.com/pricing'],
    workflowTemplateRef: { name: 'competitor-scrape' },
    ...spec,
  },
});

const approval = (name: string, workloadName: string, username: string) => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentApproval',
  metadata: { name },
  spec: {
    workloadRef: {
      name: workloadName,
      uid: '00000000-0000-4000-8000-000000000000',
    },
    gate: {
      workflowUid: '00000000-0000-4000-8000-000000000001',
      nodeId: 'run-1',
    },
    decision: 'approve',
    evidence: 'e'.repeat(64),
    comment: 'fine',
    approver: { username },
  },
});

describe('the shipped manifests', () => {
  it('install every policy', async () => {
    const path =
      '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
    for (const name of Object.values(ADMISSION_POLICIES)) {
      expect((await api.get(`${path}/${name}`)).code).toBe(200);
    }
  });

  it('let a requester ask in the own name only', async () => {
    const path = `${OURS}/agentworkloads`;
    const mine = await api.post(
      path,
      workload('mine', { requestedBy: { username: 'bob' } }),
      bob,
    );
    expect([mine.code, mine.text.slice(0, 200)]).toEqual([
      201,
      expect.any(String),
    ]);
    const forged = await api.post(
      path,
      workload('forged', { requestedBy: { username: 'alice' } }),
      bob,
    );
    expect([forged.code, forged.body.reason]).toEqual([403, 'Forbidden']);
    expect(forged.body.message).toContain(ADMISSION_POLICIES.requesterIdentity);
    const bad = await api.post(
      path,
      workload('bad', { targetUrls: ['ftp://example.com'] }),
      bob,
    );
    expect([bad.code, bad.body.reason]).toEqual([422, 'Invalid']);
  });

  it('let no name of a parameter be an Argo expression', async () => {
    const codes: number[] = [];
    for (const name of ['depth', '{{workflow.uid}}', 'a b', 'x'.repeat(64)]) {
      const asked = workload(`p${codes.length}`, {
        parameters: { [name]: '1' },
      });
      const path = `${OURS}/agentworkloads`;
      codes.push((await api.post(path, asked, bob)).code);
    }
    expect(codes).toEqual([201, 422, 422, 422]);
  });

  it('freeze the spec but for the cancel', async () => {
    const path = `${OURS}/agentworkloads`;
    await api.post(path, workload('frozen'), bob);
    const changed = await api.merge(`${path}/frozen`, {
      spec: { objective: 'another' },
    });
    expect(changed.code).toBe(422);
    const cancel = await api.merge(`${path}/frozen`, {
      spec: { cancel: true },
    });
    expect(cancel.code).toBe(200);
    const undone = await api.merge(`${path}/frozen`, {
      spec: { cancel: false },
    });
    expect(undone.code).toBe(422);
  });

  it('let who asked cancel, and who holds the verb, and nobody else', async () => {
    const path = `${OURS}/agentworkloads`;
    const carol = as('carol', REQUESTERS_GROUP);
    // No verb of their own, but every right on the kind: a namespace owner.
    await api.post(
      '/apis/rbac.authorization.k8s.io/v1/namespaces/agentworkloads/roles',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'owner' },
        rules: [
          {
            apiGroups: ['agentworkloads.io'],
            resources: ['agentworkloads'],
            verbs: ['*'],
          },
        ],
      },
    );
    await api.post(
      '/apis/rbac.authorization.k8s.io/v1/namespaces/agentworkloads/rolebindings',
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'owner' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Role',
          name: 'owner',
        },
        subjects: [{ kind: 'User', name: 'owner' }],
      },
    );
    const owner = as('owner', 'system:authenticated');
    const cancel = async (
      caller: typeof bob,
      spec: JsonObject = { requestedBy: { username: 'bob' } },
    ) => {
      const name = `cancel-${Math.random().toString(36).slice(2, 8)}`;
      const made = await api.post(path, workload(name, spec), bob);
      expect(made.code).toBe(201);
      const body = { spec: { cancel: true } };
      return api.merge(`${path}/${name}`, body, caller);
    };
    expect((await cancel(bob)).code).toBe(200);
    expect((await cancel(alice)).code).toBe(200);
    for (const other of [carol, owner]) {
      const refused = await cancel(other);
      expect([refused.code, refused.body.reason]).toEqual([403, 'Forbidden']);
      expect(refused.body.message).toContain(ADMISSION_POLICIES.cancelRight);
    }
    // Nobody asked by name: the verb alone counts.
    expect((await cancel(bob, {})).code).toBe(403);
    expect((await cancel(alice, {})).code).toBe(200);
  });

  it('let who cancels be named by their own name, once and for all', async () => {
    const path = `${OURS}/agentworkloads`;
    const of = (name: string) => `${path}/${name}`;
    await api.post(path, workload('named'), bob);
    const named = (username: string, cancel = true) => ({
      spec: { cancel, cancelledBy: { username, reason: 'the wrong pages' } },
    });
    const early = await api.merge(of('named'), named('alice', false), alice);
    const foreign = await api.merge(of('named'), named('bob'), alice);
    const own = await api.merge(of('named'), named('alice'), alice);
    const later = await api.merge(of('named'), named('bob'), bob);
    expect([early, foreign, own, later].map(({ code }) => code)).toEqual([
      422, 403, 200, 422,
    ]);
    expect(foreign.body.message).toContain(ADMISSION_POLICIES.cancelRight);
    await api.post(path, workload('unnamed'), bob);
    await api.merge(of('unnamed'), { spec: { cancel: true } }, alice);
    const late = await api.merge(of('unnamed'), named('alice'), alice);
    expect(late.code).toBe(422);
    const made = await api.post(
      path,
      workload('made', { ...named('alice').spec }),
      bob,
    );
    expect([made.code, made.body.reason]).toEqual([403, 'Forbidden']);
  });

  it('let who may get a run compare with it, and nobody else', async () => {
    const path = `${OURS}/agentworkloads`;
    const roles =
      '/apis/rbac.authorization.k8s.io/v1/namespaces/agentworkloads';
    await api.post(`${roles}/roles`, {
      metadata: { name: 'maker' },
      rules: [
        {
          apiGroups: ['agentworkloads.io'],
          resources: ['agentworkloads'],
          verbs: ['create'],
        },
      ],
    });
    await api.post(`${roles}/rolebindings`, {
      metadata: { name: 'maker' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: 'maker',
      },
      subjects: [{ kind: 'User', name: 'maker' }],
    });
    const maker = as('maker', 'system:authenticated');
    const compared = { baselineRef: { name: 'earlier' } };
    expect((await api.post(path, workload('c-1', compared), bob)).code).toBe(
      201,
    );
    expect((await api.post(path, workload('c-2'), maker)).code).toBe(201);
    const refused = await api.post(path, workload('c-3', compared), maker);
    expect([refused.code, refused.body.reason]).toEqual([403, 'Forbidden']);
    expect(refused.body.message).toContain(ADMISSION_POLICIES.baselineRight);
    expect(refused.body.message).toContain(
      'maker may not get agentworkloads/earlier in agentworkloads',
    );
    const opened = { evidenceFrom: { name: 'earlier', workflowUid: 'u-1' } };
    expect((await api.post(path, workload('c-4', opened), bob)).code).toBe(201);
    const hidden = await api.post(path, workload('c-5', opened), maker);
    expect(hidden.body.message).toContain('so spec.evidenceFrom must not name');
    const both = await api.post(
      path,
      workload('c-6', { ...compared, ...opened }),
      bob,
    );
    expect([both.code, both.body.message]).toEqual([
      422,
      expect.stringContaining('leave baselineRef out'),
    ]);
  });

  it('let a requester change what is no cancel on a run of somebody else', async () => {
    const path = `${OURS}/agentworkloads`;
    await api.post(
      path,
      workload('labelled', { requestedBy: { username: 'bob' } }),
      bob,
    );
    const carol = as('carol', REQUESTERS_GROUP);
    const body = { metadata: { annotations: { note: 'seen' } } };
    expect((await api.merge(`${path}/labelled`, body, carol)).code).toBe(200);
    await api.merge(`${path}/labelled`, { spec: { cancel: true } }, bob);
    // What is cancelled already is no cancel any more.
    expect((await api.merge(`${path}/labelled`, body, carol)).code).toBe(200);
  });

  it('let an approver decide in the own name, and nobody without the right', async () => {
    const path = `${OURS}/agentapprovals`;
    const answers = [
      await api.post(path, approval('a1', 'mine', 'alice'), alice),
      await api.post(path, approval('a2', 'mine', 'bob'), alice),
      await api.post(path, approval('a3', 'mine', 'bob'), bob),
      await api.post(
        path,
        approval('a4', 'mine', 'eve'),
        as('eve', 'system:authenticated'),
      ),
    ];
    expect(answers.map(({ code }) => code)).toEqual([201, 403, 403, 403]);
    const edited = await api.merge(`${path}/a1`, {
      spec: { decision: 'deny' },
    });
    expect(edited.code).toBe(422);
  });

  it('let an approval count for groups of the caller only', async () => {
    const path = `${OURS}/agentapprovals`;
    const carries = (name: string, ...groups: string[]) => {
      const made = approval(name, 'mine', 'alice');
      const approver = { username: 'alice', groups };
      return { ...made, spec: { ...made.spec, approver } };
    };
    const own = carries('g1', APPROVERS_GROUP);
    expect((await api.post(path, own, alice)).code).toBe(201);
    const others = carries('g2', APPROVERS_GROUP, 'legal');
    const refused = await api.post(path, others, alice);
    expect(refused.code).toBe(403);
    expect(String(refused.body.message)).toContain(
      'each of spec.approver.groups must be a group of yours, alice',
    );
  });

  const OPERATOR = account(
    'system:serviceaccount:agentworkloads-system:agentworkloads-operator',
  );
  const ARGO = account('system:serviceaccount:argo:argo');
  const LABEL = 'agentworkloads.io/workload-uid';
  const workflow = (name: string, labels?: JsonObject): JsonObject => ({
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { name, ...(labels ? { labels } : {}) },
    spec: labels
      ? { workflowTemplateRef: { name: 'competitor-scrape' } }
      : PAUSE,
  });
  const answer = ({ code, body }: { code: number; body: JsonObject }) =>
    code === 403 ? String(body.message) : code;
  /** One of ours, as Argo has begun it. */
  async function ours(name: string): Promise<string> {
    const made = await api.post(
      WORKFLOWS,
      workflow(name, { [LABEL]: 'u' }),
      OPERATOR,
    );
    expect(made.code).toBe(201);
    const path = `${WORKFLOWS}/${name}`;
    const begun = await api.merge(path, { status: { phase: 'Running' } }, ARGO);
    expect(begun.code).toBe(200);
    return path;
  }

  it('let the operator alone make a Workflow of ours', async () => {
    await ours('made');
    for (const who of [undefined, ARGO]) {
      const forged = workflow('forged', { [LABEL]: 'u' });
      expect(answer(await api.post(WORKFLOWS, forged, who))).toContain(
        ADMISSION_POLICIES.workflowCreators,
      );
    }
    expect(answer(await api.post(WORKFLOWS, workflow('plain')))).toBe(201);
  });

  it.each([
    ['an administrator', undefined],
    ["Argo's controller, out of workflowMetadata", ARGO],
    ['the operator', OPERATOR],
  ])('let the label be set later by nobody: %s', async (_who, who) => {
    await api.post(WORKFLOWS, workflow('later'));
    const path = `${WORKFLOWS}/later`;
    const labels = { [LABEL]: 'u' };
    expect(
      answer(await api.merge(path, { metadata: { labels } }, who)),
    ).toMatch(/agentworkloads-workflow-(label|status-writers)/);
    const other = { metadata: { labels: { team: 'a' } } };
    expect(answer(await api.merge(path, other, who))).toBe(200);
  });

  it.each<[string, JsonObject]>([
    ['its status', { status: { phase: 'Succeeded' } }],
    ['its templates', { spec: { templates: [{ name: 'early' }] } }],
    ['its hooks', { spec: { hooks: { exit: { template: 'x' } } } }],
    ['its arguments', { spec: { arguments: { parameters: [] } } }],
    ['its template', { spec: { workflowTemplateRef: { name: 'other' } } }],
    ['suspend, as argo suspend', { spec: { suspend: true } }],
    ['its deadline', { spec: { activeDeadlineSeconds: 1 } }],
    ['a stop with more', { spec: { shutdown: 'Stop', suspend: true } }],
    ['another shutdown', { spec: { shutdown: 'Later' } }],
    ['our label', { metadata: { labels: { [LABEL]: null } } }],
    [
      "Argo's label, to be forgotten",
      { metadata: { labels: { 'workflows.argoproj.io/completed': 'true' } } },
    ],
    [
      'a finalizer of its own',
      { metadata: { finalizers: ['example.com/never'] } },
    ],
    [
      'its owners',
      {
        metadata: {
          ownerReferences: [
            { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x' },
          ],
        },
      },
    ],
  ])('let others not change %s', async (what, patch) => {
    const path = await ours(
      `w-${what.replace(/[^a-z]+/gi, '-').toLowerCase()}`,
    );
    const refusal = answer(await api.merge(path, patch));
    expect(refusal).toContain('agentworkloads-workflow-');
    if (patch.spec) expect(refusal).toContain('AgentApproval');
    // The operator's and Argo's own work goes on.
    const spec = { spec: { activeDeadlineSeconds: 60 } };
    expect(answer(await api.merge(path, spec, OPERATOR))).toBe(200);
    const status = { status: { phase: 'Failed' } };
    expect(answer(await api.merge(path, status, ARGO))).toBe(200);
  });

  it.each(['Stop', 'Terminate'])(
    'let anybody who may update it stop it: %s, once',
    async shutdown => {
      const path = await ours(`stop-${shutdown.toLowerCase()}`);
      expect(answer(await api.merge(path, { spec: { shutdown } }))).toBe(200);
      const back = { spec: { shutdown: null } };
      expect(answer(await api.merge(path, back))).toContain('AgentApproval');
      const annotations = { metadata: { annotations: { note: 'seen' } } };
      expect(answer(await api.merge(path, annotations))).toBe(200);
    },
  );

  it('let nobody but kubelets have a token of the steps’ account', async () => {
    const token = (name: string, who: RequestOptions) =>
      api.post(
        `/api/v1/namespaces/agentworkloads/serviceaccounts/${name}/token`,
        {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: { expirationSeconds: 600 },
        },
        who,
      );
    const admin = account('somebody');
    const kubelet = {
      headers: {
        'impersonate-user': 'kubelet',
        'impersonate-group': ['system:masters', 'system:nodes'],
      },
    };
    const agent = 'agentworkloads-agent';
    const refusal = answer(await token(agent, admin));
    expect(refusal).toContain(ADMISSION_POLICIES.accountTokens);
    expect(answer(await token(agent, kubelet))).toBe(201);
    expect(answer(await token('default', admin))).toBe(201);
  });
});
