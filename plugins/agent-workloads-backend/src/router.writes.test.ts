import { mockCredentials } from '@backstage/backend-test-utils';
import {
  workloadCancelPermission,
  workloadCreatePermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { eventually } from './__testUtils__/eventually';
import { waiting, workload } from './__testUtils__/workloads';
import {
  agentWorkloadsConditions,
  createAgentWorkloadsConditionalDecision,
} from './permissions';

const RUN = '/runs/local/agentworkloads/tidepool-1';
const spec = {
  objective: 'What do they charge?',
  targetUrls: ['https://www.Tidepool.example.com/pricing'],
};

describe('starting and cancelling runs', () => {
  let portal: Portal;

  beforeEach(async () => {
    portal = await startPortal({
      prepare(api) {
        api.put('agentworkloads', waiting());
        api.put(
          'agentworkloads',
          workload('over', { status: { phase: 'Completed' } }),
        );
      },
    });
  });

  afterEach(() => portal.stop());

  /** A question about rights writes nothing. */
  const writes = () =>
    portal.api.requests.filter(
      one => one.method !== 'GET' && !one.path.includes('/authorization.k8s'),
    );

  it('starts a run as the person, under a name that says what it is about', async () => {
    const { status, body } = await portal.post('bob', '/runs', { spec });
    expect(status).toBe(201);
    expect(body).toEqual({
      cluster: 'local',
      namespace: 'agentworkloads',
      name: expect.stringMatching(
        /^tidepool-example-com-\d{8}-\d{4}-[0-9a-z]{4}$/,
      ),
    });
    expect(
      portal.api.find('agentworkloads', 'agentworkloads', body.name)?.spec,
    ).toMatchObject({
      requestedBy: { username: 'bob' },
      workflowTemplateRef: { name: 'competitor-scrape' },
      gate: { mode: 'human', fourEyes: false },
      timeouts: { execution: '2h' },
      cancel: false,
    });
    expect(writes()[0].headers['impersonate-user']).toBe('bob');
    expect(writes()[0].groups).toEqual(['agentworkloads:requesters']);
    expect(portal.audits).toEqual([
      expect.objectContaining({
        eventId: 'agent-workloads-run-create',
        outcome: 'success',
      }),
    ]);
  });

  it.each([
    ['a request', '/runs', { key: 'click-1', spec }],
    ['the same again', `${RUN}/rerun`, { key: 'click-1' }],
  ])('makes one run of %s that is sent twice', async (_what, path, sent) => {
    const count = () => portal.api.list('agentworkloads').length;
    const before = count();
    const first = await portal.post('bob', path, sent);
    const second = await portal.post('bob', path, sent);
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual(first.body);
    expect(count()).toBe(before + 1);
    const others = await portal.post('alice', path, sent);
    expect(others.status).toBe(201);
    expect(others.body.name).not.toBe(first.body.name);
  });

  it('makes one run of two clicks at once, and tells other input under its name', async () => {
    const sent = { name: 'weekly', spec };
    const answers = await Promise.all([
      portal.post('bob', '/runs', sent),
      portal.post('bob', '/runs', sent),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201]);
    const other = await portal.post('bob', '/runs', {
      name: 'weekly',
      spec: { ...spec, objective: 'Something else' },
    });
    expect(other.status).toBe(409);
    expect(other.body.error.message).toMatch(
      /another run called "weekly" in agentworkloads, with other input/,
    );
  });

  it.each([
    ['nothing', ''],
    ['a text', 'x'.repeat(256)],
    ['a number', 7],
  ])('refuses %s as a key', async (_what, key) => {
    const { status, body } = await portal.post('bob', '/runs', { key, spec });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/key: /);
  });

  it('ignores who the body says asks', async () => {
    const { body } = await portal.post('bob', '/runs', {
      requestedBy: 'alice',
      spec: { ...spec, requestedBy: { username: 'alice' }, cancel: true },
    });
    expect(
      portal.api.find('agentworkloads', 'agentworkloads', body.name)?.spec,
    ).toMatchObject({
      requestedBy: { username: 'bob' },
      cancel: false,
    });
  });

  it('lets the API server check a run and makes nothing', async () => {
    const { status } = await portal.post('bob', '/runs?dryRun=true', { spec });
    expect(status).toBe(200);
    expect(writes()[0].query.get('dryRun')).toBe('All');
    expect(portal.api.list('agentworkloads')).toHaveLength(2);
    expect(
      (await portal.post('bob', '/runs?dryRun=perhaps', { spec })).status,
    ).toBe(400);
  });

  it('lets the scaffolder start a run for a person', async () => {
    const { status } = await portal.agent
      .post('/api/agent-workloads/runs')
      .set(
        'Authorization',
        `Bearer ${mockCredentials.user.token('user:default/bob', {
          actor: { subject: 'plugin:scaffolder' },
        })}`,
      )
      .send({ spec });
    expect(status).toBe(201);
  });

  it.each([
    ['no URL', { ...spec, targetUrls: [] }, /targetUrls/],
    [
      '501 URLs',
      { ...spec, targetUrls: Array(501).fill('https://a.example/') },
      /targetUrls/,
    ],
    [
      'more than 64 KiB of URLs',
      {
        ...spec,
        targetUrls: Array(40).fill(`https://a.example/${'x'.repeat(1900)}`),
      },
      /at most 65536 fit/,
    ],
    [
      'an ftp URL',
      { ...spec, targetUrls: ['ftp://a.example/'] },
      /targetUrls\[0\]: must be an http or https URL/,
    ],
    [
      'credentials in a URL',
      { ...spec, targetUrls: ['https://me:pw@a.example/'] },
      /without credentials/,
    ],
    ['no objective', { targetUrls: spec.targetUrls }, /objective/],
    [
      'a gate of five seconds',
      { ...spec, timeouts: { suspendGate: '5s' } },
      /at least 10s/,
    ],
    [
      'a duration of "soon"',
      { ...spec, timeouts: { execution: 'soon' } },
      /timeouts.execution: must be a duration/,
    ],
    ['no spec', undefined, /.+/],
  ])(
    'refuses %s with a sentence, before the cluster is asked',
    async (_what, given, message) => {
      const { status, body } = await portal.post('bob', '/runs', {
        spec: given,
      });
      expect(status).toBe(400);
      expect(body.error.message).toMatch(message);
      expect(writes()).toHaveLength(0);
    },
  );

  it('refuses names, namespaces and clusters that it must not use', async () => {
    const bad = await portal.post('bob', '/runs', { name: 'A/../b', spec });
    expect(bad.status).toBe(400);
    const namespace = await portal.post('bob', '/runs', {
      namespace: 'kube-system',
      spec,
    });
    expect(namespace.status).toBe(400);
    expect(namespace.body.error.message).toMatch(
      /starts no runs in namespace "kube-system"; use one of: agentworkloads/,
    );
    const cluster = await portal.post('bob', '/runs', {
      cluster: 'mars',
      spec,
    });
    expect(cluster.status).toBe(404);
    expect(writes()).toHaveLength(0);
  });

  it('passes on what admission says, and a name that is taken', async () => {
    const taken = await portal.post('bob', '/runs', { name: 'over', spec });
    expect(taken.status).toBe(409);
    portal.api.fault = () => ({
      answer: 422,
      reason: 'Invalid',
      message: 'spec.targetUrls: not more than 500',
    });
    const { status, body } = await portal.post('bob', '/runs', { spec });
    expect(status).toBe(400);
    expect(body.error.message).toBe(
      'The cluster refused to start the run: spec.targetUrls: not more than 500',
    );
  });

  it('runs again with the same input, asked for by the caller', async () => {
    const { status, body } = await portal.post('alice', `${RUN}/rerun`);
    expect(status).toBe(201);
    const again = portal.api.find(
      'agentworkloads',
      'agentworkloads',
      body.name,
    );
    expect(again?.spec).toMatchObject({
      objective: 'Plans and prices of Tidepool',
      entityRef: 'component:default/tidepool',
      requestedBy: { username: 'alice' },
    });
  });

  describe('a run whose gate ran out of time', () => {
    const LATE = '/runs/local/agentworkloads/late';
    const late = (status: object) =>
      portal.api.put(
        'agentworkloads',
        workload('late', {
          spec: { gate: { mode: 'human', approvals: 2, groups: ['legal'] } },
          status: {
            phase: 'TimedOut',
            argoWorkflow: {
              name: 'late-1',
              namespace: 'agentworkloads',
              uid: 'uid-of-the-workflow',
            },
            gate: {
              mode: 'human',
              fourEyes: false,
              decision: 'deny',
              via: 'timeout',
              evidence: 'e'.repeat(64),
            },
            ...status,
          },
        }),
      );
    const known = () =>
      eventually(async () => {
        expect((await portal.get('bob', LATE)).status).toBe(200);
      });

    it('is opened again on what it saw, for the same people, and then run again without', async () => {
      late({});
      await known();
      const sent = { key: 'click-1' };
      const first = await portal.post('alice', `${LATE}/open-again`, sent);
      const second = await portal.post('alice', `${LATE}/open-again`, sent);
      expect([first.status, second.status]).toEqual([201, 200]);
      const made = portal.api.find(
        'agentworkloads',
        'agentworkloads',
        first.body.name,
      )!;
      portal.api.put('agentworkloads', {
        ...made,
        status: {
          phase: 'AwaitingApproval',
          evidenceFrom: {
            name: 'late',
            workflowUid: 'uid-of-the-workflow',
            seenAt: '2026-01-05T09:00:00Z',
            seenIn: 'late',
            seenInWorkflow: 'uid-of-the-workflow',
            artifacts: {
              manifest: { bucket: 'b', key: 'k', sha256: 'a'.repeat(64) },
            },
          },
        },
      });
      await eventually(async () => {
        const { body } = await portal.get('bob', LATE);
        expect(body.mayOpenAgain.allowed).toBe(false);
      });
      const third = await portal.post('alice', `${LATE}/open-again`, sent);
      expect([third.status, third.body]).toEqual([200, first.body]);
      const other = await portal.post('alice', `${LATE}/open-again`, {
        key: 'click-2',
      });
      expect(other.status).toBe(409);
      const find = (name: string) =>
        portal.api.find('agentworkloads', 'agentworkloads', name)?.spec;
      expect(find(first.body.name)).toMatchObject({
        evidenceFrom: { name: 'late', workflowUid: 'uid-of-the-workflow' },
        gate: { mode: 'human', approvals: 2, groups: ['legal'] },
        requestedBy: { username: 'alice' },
      });
      const again = `/runs/local/agentworkloads/${first.body.name}`;
      await eventually(async () => {
        expect((await portal.get('bob', again)).status).toBe(200);
      });
      const { body } = await portal.post('bob', `${again}/rerun`);
      expect(find(body.name)).not.toHaveProperty('evidenceFrom');
    });

    it('is not opened again where somebody denied in time, and its page says so', async () => {
      const deadline = '2026-01-05T12:00:00Z';
      late({
        gate: {
          mode: 'human',
          fourEyes: false,
          decision: 'deny',
          via: 'timeout',
          evidence: 'e'.repeat(64),
          nodeId: 'late-gate',
          deadline,
        },
      });
      portal.api.put('agentapprovals', {
        apiVersion: 'agentworkloads.io/v1alpha1',
        kind: 'AgentApproval',
        metadata: {
          name: 'carol-says-no',
          namespace: 'agentworkloads',
          uid: 'uid-of-the-denial',
          creationTimestamp: deadline,
        },
        spec: {
          workloadRef: { name: 'late', uid: 'uid-of-late' },
          gate: { workflowUid: 'uid-of-the-workflow', nodeId: 'late-gate' },
          decision: 'deny',
          comment: 'wrong pages',
          approver: { username: 'carol' },
        },
      });
      await known();
      const said = { code: 'runDeniedInTime', values: { who: 'carol' } };
      await eventually(async () => {
        const { body } = await portal.get('bob', LATE);
        expect(body.mayOpenAgain).toMatchObject({ allowed: false, said });
      });
      const { status, body } = await portal.post('bob', `${LATE}/open-again`);
      expect(status).toBe(409);
      expect(body.error.said).toEqual(said);
    });

    it('is the only one that is opened again', async () => {
      late({ phase: 'Denied' });
      await known();
      const { status, body } = await portal.post('bob', `${LATE}/open-again`);
      expect(status).toBe(409);
      expect(body.error.said).toEqual({
        code: 'runNotOpenedAgain',
        values: { phase: 'Denied' },
      });
    });
  });

  it('cancels as the person, who is named with the reason, and only the run that was looked at', async () => {
    const reason = ' The wrong pages. ';
    const { status } = await portal.post('bob', `${RUN}/cancel`, { reason });
    expect(status).toBe(204);
    expect(writes()[0]).toMatchObject({
      method: 'PATCH',
      body: {
        metadata: { uid: 'uid-of-tidepool-1' },
        spec: {
          cancel: true,
          cancelledBy: { username: 'bob', reason: 'The wrong pages.' },
        },
      },
    });
    expect(writes()[0].headers['impersonate-user']).toBe('bob');
    const over = await portal.post(
      'bob',
      '/runs/local/agentworkloads/over/cancel',
    );
    expect(over.status).toBe(409);
    expect(over.body.error.message).toMatch(/ended already \(Completed\)/);
  });

  it('leaves it to who cancelled first, and takes no novel for a reason', async () => {
    const cancelled = () => portal.post('bob', `${RUN}/cancel`);
    portal.api.fault = ({ body }) =>
      JSON.stringify(body).includes('cancelledBy')
        ? { answer: 422, reason: 'Invalid', message: 'never changes' }
        : undefined;
    expect((await cancelled()).status).toBe(204);
    expect(writes().at(-1)?.body).toEqual({
      metadata: { uid: 'uid-of-tidepool-1' },
      spec: { cancel: true },
    });
    const reason = 'x'.repeat(301);
    const long = await portal.post('bob', `${RUN}/cancel`, { reason });
    expect(long.status).toBe(400);
  });

  it("does not cancel another person's run where the policy says owners only", async () => {
    portal.setPolicy((permission, credentials) =>
      permission.name === workloadCancelPermission.name
        ? createAgentWorkloadsConditionalDecision(
            workloadCancelPermission,
            agentWorkloadsConditions.isOwner({
              userRefs: [
                (credentials.principal as { userEntityRef: string })
                  .userEntityRef,
              ],
            }),
          )
        : ALLOW,
    );
    expect((await portal.post('carol', `${RUN}/cancel`)).status).toBe(403);
    expect((await portal.get('carol', RUN)).body.mayCancel).toBe(false);
    expect((await portal.post('bob', `${RUN}/cancel`)).status).toBe(204);
  });

  it.each([
    ['/runs', { spec }],
    [`${RUN}/rerun`, {}],
    [`${RUN}/cancel`, {}],
  ])(
    'refuses %s without the permission, and to services',
    async (path, body) => {
      portal.setPolicy(permission =>
        [workloadCreatePermission.name, workloadCancelPermission.name].includes(
          permission.name,
        )
          ? DENY
          : ALLOW,
      );
      const denied = await portal.post('bob', path, body);
      expect(denied.status).toBe(403);
      expect(denied.body.error.message).toMatch(
        /agent-workloads\.workload\.(create|cancel)/,
      );
      const service = await portal.agent
        .post(`/api/agent-workloads${path}`)
        .set('Authorization', mockCredentials.service.header())
        .send(body);
      expect(service.status).toBe(403);
      expect(writes()).toHaveLength(0);
    },
  );
});

describe('a person whose name Kubernetes keeps for itself', () => {
  it('starts and decides nothing', async () => {
    const portal = await startPortal({
      prepare: api => api.put('agentworkloads', waiting()),
    });
    try {
      const made = await portal.post('system:masters', '/runs', { spec });
      expect(made.status).toBe(400);
      expect(
        portal.api.requests.filter(one => one.method === 'POST'),
      ).toHaveLength(0);
    } finally {
      await portal.stop();
    }
  });
});
