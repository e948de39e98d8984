import { execFileSync } from 'node:child_process';
import { mockCredentials } from '@backstage/backend-test-utils';
import { parse } from 'yaml';
import {
  EmbeddedApiServer,
  repositoryRoot,
} from './__testUtils__/EmbeddedApiServer';
import { eventually } from './__testUtils__/eventually';
import {
  ownershipOf,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import { waiting, workload, WORKFLOW_UID } from './__testUtils__/workloads';

const REPORT = 'the report of team b';
const OURS = '/apis/agentworkloads.io/v1alpha1/namespaces';
const operator = {
  'impersonate-user':
    'system:serviceaccount:agentworkloads-system:agentworkloads-operator',
};

const people = ['alice', 'bob', 'dave', 'erin', 'frank', 'stranger'];
const peopleRole = execFileSync(
  process.execPath,
  [`${repositoryRoot()}/scripts/portal-people.mjs`, ...people],
  { encoding: 'utf8' },
);

/** alice reads team-a only; bob and frank, who is in no group, ask in team-b; dave decides there; erin only reads team-b. */
describe('what a person may read and do is what the cluster lets them read', () => {
  let cluster: EmbeddedApiServer;
  let portal: Portal;

  async function put(
    namespace: string,
    made: ReturnType<typeof workload>,
  ): Promise<void> {
    const { uid: _, managedFields: __, ...metadata } = made.metadata;
    const path_ = `${OURS}/${namespace}/agentworkloads`;
    await cluster.send(
      'POST',
      path_,
      { ...made, metadata: { ...metadata, namespace } },
      { 'impersonate-user': 'bob', 'impersonate-group': 'system:masters' },
    );
    await cluster.send(
      'PATCH',
      `${path_}/${metadata.name}/status`,
      { status: made.status },
      operator,
    );
  }

  beforeAll(async () => {
    cluster = await EmbeddedApiServer.start();
    await cluster.namespace('team-a', { alice: 'agentworkloads-viewer' });
    await cluster.namespace('team-b', {
      bob: 'agentworkloads-requester',
      dave: 'agentworkloads-approver',
      erin: 'agentworkloads-viewer',
      frank: 'agentworkloads-requester',
    });
    await cluster.send(
      'POST',
      '/apis/rbac.authorization.k8s.io/v1/clusterroles',
      parse(peopleRole),
    );
    const report = {
      bucket: 'artifacts',
      key: `runs/team-b/${WORKFLOW_UID}/r.html`,
    };
    await put('team-a', waiting('of-a'));
    await put('team-b', waiting('of-b'));
    await put(
      'team-b',
      workload('done-b', {
        status: {
          phase: 'Completed',
          argoWorkflow: {
            name: 'done-b-aw',
            namespace: 'team-b',
            uid: WORKFLOW_UID,
            startedAt: '2026-01-01T00:00:01Z',
          },
          workflowArtifacts: { 'report-html': report },
        },
      }),
    );
    await cluster.send(
      'POST',
      `${OURS}/team-b/agentworkloadschedules`,
      {
        apiVersion: 'agentworkloads.io/v1alpha1',
        kind: 'AgentWorkloadSchedule',
        metadata: { name: 'every-b', namespace: 'team-b' },
        spec: {
          schedule: '@weekly',
          requestedBy: { username: 'kim' },
          workloadTemplate: {
            spec: {
              objective: 'What changed?',
              targetUrls: ['https://tidepool.example.com/'],
            },
          },
        },
      },
      { 'impersonate-user': 'kim', 'impersonate-group': 'system:masters' },
    );
    portal = await startPortal({
      prepare: (_api, s3) =>
        void s3.objects.set(`artifacts/${report.key}`, Buffer.from(REPORT)),
      cluster: {
        url: cluster.url,
        caData: cluster.caData,
        token: await cluster.tokenOf(
          'agentworkloads-system',
          'agentworkloads-portal',
        ),
      },
    });
  }, 60_000);

  afterAll(async () => {
    await portal?.stop();
    await cluster?.stop();
  });

  const of_b = '/runs/local/team-b/of-b';
  const done_b = '/runs/local/team-b/done-b';

  it.each([
    ['alice', ['of-a'], ['of-a']],
    ['bob', ['done-b', 'of-b'], ['of-b']],
    ['dave', ['done-b', 'of-b'], ['of-b']],
    ['erin', ['done-b', 'of-b'], ['of-b']],
    ['stranger', [], []],
  ])(
    '%s sees the runs and facets of %j, the gates of %j',
    async (user, names, open) => {
      const nameOf = (run: { name: string }) => run.name;
      const runs = (await portal.get(user, '/runs')).body;
      expect(runs.items.map(nameOf).sort()).toEqual(names);
      expect(runs.total).toBe(names.length);
      expect(runs.facets.requestedBy).toHaveLength(names.length ? 1 : 0);
      const gates = (await portal.get(user, '/gates')).body;
      expect(gates.items.map(nameOf)).toEqual(open);
    },
  );

  it.each([
    ['alice', [], 404],
    ['bob', ['every-b'], 200],
    ['erin', ['every-b'], 200],
    ['stranger', [], 404],
  ])('%s sees the schedules %j', async (user, names, one) => {
    await eventually(async () => {
      const { body } = await portal.get('bob', '/schedules');
      expect(body.items).toHaveLength(1);
    });
    const { body } = await portal.get(user, '/schedules');
    expect(body.items.map((item: { name: string }) => item.name)).toEqual(
      names,
    );
    const path_ = '/schedules/local/team-b/every-b';
    const { status } = await portal.get(user, path_);
    expect(status).toBe(one);
  });

  it('lets those act on a schedule whom the cluster lets, and in their own name', async () => {
    const weekly = '/schedules/local/team-b/every-b';
    const click = { token: 'click-1', requestedBy: 'kim' };
    const erins = (await portal.get('erin', weekly)).body;
    expect([erins.mayRun, erins.mayUpdate]).toEqual([false, false]);
    for (const action of ['run-now', 'suspend', 'resume']) {
      const hidden = await portal.post('alice', `${weekly}/${action}`, click);
      expect(hidden.status).toBe(404);
      const refused = await portal.post('erin', `${weekly}/${action}`, click);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toMatch(
        /^The cluster refused to .*"erin" cannot patch/,
      );
    }
    const { body } = await portal.get('bob', weekly);
    expect(body).toMatchObject({
      requestedBy: 'kim',
      isYours: false,
      mayRun: true,
      mayUpdate: true,
    });
    const suspended = await portal.post('bob', `${weekly}/suspend`);
    expect(suspended.body).toMatchObject({ suspend: true, requestedBy: 'kim' });
    const run = await portal.post('bob', `${weekly}/run-now`, click);
    expect(run.body).toMatchObject({
      runNow: 'click-1',
      requestedBy: 'bob',
      isYours: true,
      suspend: true,
    });
    const requester = async () => {
      const path_ = `${OURS}/team-b/agentworkloadschedules/every-b`;
      const { spec } = await cluster.send('GET', path_);
      return (spec as { requestedBy: object }).requestedBy;
    };
    expect(await requester()).toEqual({
      username: 'bob',
      groups: ['agentworkloads:requesters'],
    });
    const next = { token: 'click-2', requestedBy: 'bob' };
    const franks = await portal.post('frank', `${weekly}/run-now`, next);
    expect(franks.status).toBe(200);
    expect(await requester()).toEqual({ username: 'frank' });
  });

  it.each([
    of_b,
    `${of_b}/yaml`,
    `${of_b}/events`,
    `${of_b}/evidence`,
    `${of_b}/steps/scrape/log`,
    `${done_b}/artifacts/report-html`,
    `${done_b}/objects?key=runs/team-b/${WORKFLOW_UID}/r.html`,
  ])(
    'alice, without a right in team-b, gets of %s what of no run',
    async path_ => {
      const { status, body } = await portal.get('alice', path_);
      const none = await portal.get('alice', path_.replace('of-b', 'no-run'));
      expect([status, none.status]).toEqual([404, 404]);
      expect(body.error.message.replace('of-b', 'no-run')).toBe(
        none.body.error.message,
      );
    },
  );

  it('somebody who is not on the list of people sees nothing and is told so', async () => {
    const { body } = await portal.get('carol', '/runs');
    expect(body).toMatchObject({
      total: 0,
      clusters: [
        {
          error: expect.stringMatching(
            /may not act as "carol".*list of people/,
          ),
        },
      ],
    });
  });

  it("the portal's account is nobody but these people", async () => {
    const token = await cluster.tokenOf(
      'agentworkloads-system',
      'agentworkloads-portal',
    );
    const list = (user: string) =>
      cluster.send('GET', `${OURS}/team-b/agentworkloads`, undefined, {
        authorization: `Bearer ${token}`,
        'impersonate-user': user,
      });
    for (const user of [
      'system:kube-controller-manager',
      'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
      'system:admin',
      'carol',
      'BOB',
    ]) {
      await expect(list(user)).rejects.toThrow(/403.*cannot impersonate/);
    }
    expect((await list('bob')).items).not.toEqual([]);
  });

  it.each(['cancel', 'rerun', 'open-again', 'gate/decision'])(
    'alice can not %s there either',
    async action => {
      const { status } = await portal.post('alice', `${of_b}/${action}`);
      expect(status).toBe(404);
    },
  );

  it('who may read team-b gets its report', async () => {
    for (const user of ['bob', 'dave', 'erin']) {
      const { status, text } = await portal.get(
        user,
        `${done_b}/artifacts/report-html`,
      );
      expect([status, text]).toEqual([200, REPORT]);
    }
  });

  it('buttons are shown to those whom the cluster lets use them', async () => {
    const shown = async (user: string) => {
      const { body } = await portal.get(user, of_b);
      return [body.mayCancel, body.gateDetail.mayDecide.allowed];
    };
    expect(await shown('bob')).toEqual([true, false]);
    expect(await shown('dave')).toEqual([true, true]);
    expect(await shown('erin')).toEqual([false, false]);
    const { body } = await portal.get('erin', of_b);
    expect(body.gateDetail.mayDecide.reason).toMatch(
      /The cluster does not let you decide gates in team-b/,
    );
  });

  /** As the search asks for each document that it has found, on behalf of a person. */
  const found = async (userRef: string, ...resourceRefs: string[]) => {
    const { body, status } = await portal.agent
      .post(
        '/api/agent-workloads/.well-known/backstage/permissions/apply-conditions',
      )
      .set('Authorization', mockCredentials.service.header())
      .send({
        items: resourceRefs.map(resourceRef => ({
          id: resourceRef,
          resourceRef,
          resourceType: 'agent-workload',
          conditions: {
            rule: 'mayReadInCluster',
            resourceType: 'agent-workload',
            params: { userRef, ownershipRefs: ownershipOf(userRef) },
          },
        })),
      });
    expect(status).toBe(200);
    return (body.items as { id: string; result: string }[])
      .filter(({ result }) => result === 'ALLOW')
      .map(({ id }) => id);
  };

  it('finds by search what the cluster lets them read, once they have read here', async () => {
    const documents = ['local/team-b/done-b', 'local/team-a/of-a'];
    await portal.get('alice', '/runs');
    await portal.get('erin', '/runs');
    expect(await found('user:default/alice', ...documents)).toEqual([
      'local/team-a/of-a',
    ]);
    expect(await found('user:default/erin', ...documents)).toEqual([
      'local/team-b/done-b',
    ]);
    await portal.get('stranger', '/runs');
    expect(await found('user:default/stranger', ...documents)).toEqual([]);
    expect(await found('user:default/never-here', ...documents)).toEqual([]);
    expect(await found('user:default/erin', 'local/team-b/gone')).toEqual([]);
  });

  it('hears of changes who may read them', async () => {
    await portal.get('alice', '/runs');
    await portal.get('bob', '/runs');
    portal.signals.length = 0;
    await put('team-b', workload('another'));
    await eventually(() => expect(portal.signals).not.toEqual([]), 5_000);
    for (const signal of portal.signals as { recipients: object }[]) {
      expect(signal.recipients).toEqual({
        type: 'user',
        entityRef: expect.arrayContaining(['user:default/bob']),
      });
      expect(JSON.stringify(signal)).not.toContain('alice');
    }
  });
});
