import { mockCredentials } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { eventually } from './__testUtils__/eventually';
import {
  ALLOW,
  DENY,
  startPortal,
  type Portal,
} from './__testUtils__/startPortal';
import {
  NODE_ID,
  pod,
  waiting,
  workflow,
  workload,
} from './__testUtils__/workloads';
import {
  createAgentWorkloadsConditionalDecision,
  agentWorkloadsConditions,
} from './permissions';
import { workloadReadPermission } from '@agentworkloads/backstage-plugin-agent-workloads-common';

const RUN = '/runs/local/agentworkloads/tidepool-1';

describe('reading runs', () => {
  let portal: Portal;

  beforeAll(async () => {
    portal = await startPortal({
      prepare(api) {
        api.put('agentworkloads', waiting());
        api.put(
          'agentworkloads',
          workload('metricly-1', {
            spec: {
              objective: 'Headlines of Metricly',
              targetUrls: ['https://metricly.example.com:8443/'],
              entityRef: 'component:default/metricly',
              requestedBy: { username: 'alice' },
            },
            status: { phase: 'Completed' },
          }),
        );
        api.put(
          'agentworkloads',
          workload('elsewhere', { namespace: 'other' }),
        );
        api.put('workflows', workflow());
        api.put('pods', pod('scrape', 'tidepool-1-aw-3'));
        api.put('pods', pod('dom', 'tidepool-1-aw-4'));
        api.logs.set('pod-of-scrape', 'line 1\nline 2\n');
        api.put('events', {
          metadata: { name: 'e1', namespace: 'agentworkloads', uid: 'e1' },
          type: 'Warning',
          reason: 'GateOpened',
          message: 'The gate is open',
          count: 2,
          firstTimestamp: '2026-01-01T00:01:00Z',
          lastTimestamp: '2026-01-01T00:02:00Z',
          involvedObject: {
            kind: 'AgentWorkload',
            name: 'tidepool-1',
            uid: 'uid-of-tidepool-1',
          },
        });
        api.put('events', {
          metadata: { name: 'e2', namespace: 'agentworkloads', uid: 'e2' },
          reason: 'NotOurs',
          involvedObject: { kind: 'Pod', name: 'other-pod', uid: 'x' },
        });
      },
    });
  });

  afterAll(() => portal.stop());

  afterEach(() => portal.setPolicy(() => ALLOW));

  it('lists what the caller may see, with facets and the state of the cluster', async () => {
    const { status, body } = await portal.get('bob', '/runs');
    expect(status).toBe(200);
    expect(body.total).toBe(3);
    expect(body.facets.hosts).toEqual([
      'metricly.example.com:8443',
      'tidepool.example.com',
    ]);
    expect(body.facets.requestedBy).toEqual(['alice', 'bob']);
    expect(body.clusters).toEqual([{ name: 'local', synced: true }]);
    const row = body.items.find(
      (one: { name: string }) => one.name === 'tidepool-1',
    );
    expect(row).toMatchObject({
      cluster: 'local',
      phase: 'AwaitingApproval',
      requestedBy: 'bob',
      hosts: ['tidepool.example.com'],
      startedAt: '2026-01-01T00:00:01Z',
      hasReport: false,
    });
  });

  it('filters, searches, sorts and pages', async () => {
    const byHost = await portal.get(
      'bob',
      '/runs?host=tidepool.example.com&phase=AwaitingApproval',
    );
    expect(byHost.body.items.map((one: { name: string }) => one.name)).toEqual([
      'tidepool-1',
    ]);
    const two = await portal.get(
      'bob',
      '/runs?phase=AwaitingApproval&phase=Completed',
    );
    expect(two.body.total).toBe(2);
    const found = await portal.get('bob', '/runs?search=HEADLINES');
    expect(found.body.total).toBe(1);
    const mine = await portal.get('bob', '/runs?mine=true&hasReport=false');
    const askers = mine.body.items.map(
      (one: { requestedBy: string }) => one.requestedBy,
    );
    expect(new Set(askers)).toEqual(new Set(['bob']));
    const byPage = await portal.get(
      'bob',
      '/runs?url=https%3A%2F%2Ftidepool.example.com%2F&search=%2Fpricing',
    );
    expect(byPage.body.total).toBeGreaterThan(0);
    expect(byPage.body.facets.hosts.length).toBeGreaterThan(1);
    const page = await portal.get(
      'bob',
      '/runs?sort=name&order=asc&offset=1&limit=1',
    );
    expect(page.body).toMatchObject({
      total: 3,
      items: [{ name: 'metricly-1' }],
    });
  });

  it.each([
    '/runs?limit=0',
    '/runs?limit=9999',
    '/runs?phase=Nope',
    '/runs?sort=secret',
    '/runs?search[a]=b',
  ])('says what is wrong with %s', async path => {
    const { status, body } = await portal.get('bob', path);
    expect(status).toBe(400);
    expect(body.error.message).toMatch(
      /^The list can't be made: (limit|phase|sort|search)/,
    );
  });

  it('shows only the runs that the condition of the policy allows', async () => {
    portal.setPolicy(permission =>
      permission.name === workloadReadPermission.name
        ? createAgentWorkloadsConditionalDecision(
            workloadReadPermission,
            agentWorkloadsConditions.isOwner({
              userRefs: ['user:default/alice'],
            }),
          )
        : DENY,
    );
    const list = await portal.get('alice', '/runs');
    expect(list.body.items.map((one: { name: string }) => one.name)).toEqual([
      'metricly-1',
    ]);
    expect(list.body.facets.requestedBy).toEqual(['alice']);
    expect((await portal.get('alice', RUN)).status).toBe(403);
    expect(
      (await portal.get('alice', '/runs/local/agentworkloads/metricly-1'))
        .status,
    ).toBe(200);
  });

  it('shows a run with its steps from the live Workflow', async () => {
    const { status, body } = await portal.get('alice', RUN);
    expect(status).toBe(200);
    expect(body.steps.map((one: { name: string }) => one.name)).toEqual([
      'scrape',
      'screenshot',
      'dom',
      'gate',
      'synthesis',
    ]);
    expect(body.steps[0]).toMatchObject({
      phase: 'Succeeded',
      retries: 1,
      hasLog: true,
      dependsOn: [],
      nodeId: 'tidepool-1-aw-3',
    });
    expect(body.steps[1]).toMatchObject({
      phase: 'Pending',
      hasLog: false,
      dependsOn: ['scrape'],
    });
    expect(body.steps[3]).toMatchObject({
      dependsOn: ['screenshot', 'dom'],
      hasLog: false,
    });
    expect(body.gateDetail).toMatchObject({
      nodeId: NODE_ID,
      mayDecide: { allowed: true },
      summary: { facts: 7 },
    });
    expect(body.mayCancel).toBe(true);
    expect(body.resource.metadata.managedFields).toBeUndefined();
  });

  it('gives the resource as YAML', async () => {
    const { status, text, headers } = await portal.get('alice', `${RUN}/yaml`);
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/yaml/);
    expect(text).toContain('kind: AgentWorkload\n');
  });

  it("lists the run's own events only, newest first", async () => {
    const { body } = await portal.get('alice', `${RUN}/events`);
    expect(body.items).toEqual([
      {
        type: 'Warning',
        reason: 'GateOpened',
        message: 'The gate is open',
        count: 2,
        firstSeen: '2026-01-01T00:01:00Z',
        lastSeen: '2026-01-01T00:02:00Z',
        regarding: 'AgentWorkload/tidepool-1',
      },
    ]);
  });

  it('gives the log of the last attempt of a step', async () => {
    const { status, text, headers } = await portal.get(
      'alice',
      `${RUN}/steps/scrape/log`,
    );
    expect(status).toBe(200);
    expect(text).toBe('line 1\nline 2\n');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('follows a log: each piece arrives before the next is written', async () => {
    let write: (text: string) => void = () => {};
    let end = () => {};
    portal.api.logs.set('pod-of-dom', res => {
      write = text => res.write(text);
      end = () => res.end();
      res.write('first\n');
    });
    const pieces: string[] = [];
    const done = new Promise<void>((resolve, reject) => {
      portal
        .get('alice', `${RUN}/steps/dom/log?follow=true`)
        .buffer(false)
        .parse((res, callback) => {
          res.on('data', chunk => pieces.push(String(chunk)));
          res.on('end', () => callback(null, undefined));
        })
        .end(error => (error ? reject(error) : resolve()));
    });
    await eventually(() => expect(pieces.join('')).toBe('first\n'));
    write('second\n');
    await eventually(() => expect(pieces.join('')).toBe('first\nsecond\n'));
    end();
    await done;
  });

  it('lets go of the log in the cluster when the reader leaves', async () => {
    let left = false;
    portal.api.logs.set('pod-of-dom', res => {
      res.on('close', () => {
        left = true;
      });
      res.write('first\n');
    });
    const reader = new AbortController();
    const response = await fetch(
      `${portal.url}${RUN}/steps/dom/log?follow=true`,
      {
        headers: { Authorization: mockCredentials.user.header() },
        signal: reader.signal,
      },
    );
    await response.body?.getReader().read();
    expect(left).toBe(false);
    reader.abort();
    await eventually(() => expect(left).toBe(true));
  });

  it.each([
    ['gate', /has no log: it runs no container/],
    ['synthesis', /has no log yet/],
    ['nope', /no step "nope"/],
  ])('explains why step %s has no log', async (step, message) => {
    const { status, body } = await portal.get(
      'alice',
      `${RUN}/steps/${step}/log`,
    );
    expect(status).toBe(404);
    expect(body.error.message).toMatch(message);
  });

  it('answers 404 with a sentence for a run or cluster that is not there', async () => {
    const run = await portal.get('alice', '/runs/local/agentworkloads/nope');
    expect(run.status).toBe(404);
    expect(run.body.error.message).toBe(
      'There is no run agentworkloads/nope in cluster "local"',
    );
    expect(
      (await portal.get('alice', '/runs/mars/agentworkloads/x')).status,
    ).toBe(404);
  });

  it.each([
    '/runs',
    '/gates',
    RUN,
    `${RUN}/yaml`,
    `${RUN}/events`,
    `${RUN}/evidence`,
    `${RUN}/steps/scrape/log`,
    `${RUN}/artifacts/manifest`,
    `${RUN}/objects?key=x`,
  ])('refuses %s without the permission, and to services', async path => {
    portal.setPolicy(() => DENY);
    expect((await portal.get('alice', path)).status).toBe(403);
    portal.setPolicy(() => ALLOW);
    const service = await portal.agent
      .get(`/api/agent-workloads${path}`)
      .set('Authorization', mockCredentials.service.header());
    expect(service.status).toBe(403);
    const nobody = await portal.agent
      .get(`/api/agent-workloads${path}`)
      .set('Authorization', mockCredentials.none.header());
    expect(nobody.status).toBe(401);
  });

  it("asks the policy with the caller's credentials", async () => {
    const asked: string[] = [];
    portal.setPolicy((_permission, credentials) => {
      const { userEntityRef } = credentials.principal as {
        userEntityRef: string;
      };
      asked.push(userEntityRef);
      return { result: AuthorizeResult.ALLOW };
    });
    await portal.get('bob', RUN);
    expect(new Set(asked)).toEqual(new Set(['user:default/bob']));
  });

  it('sends a notice without data when something changes, to those who read here', async () => {
    await portal.get('alice', '/runs');
    portal.signals.length = 0;
    portal.api.put('agentworkloads', waiting());
    await eventually(() =>
      expect(portal.signals).toContainEqual({
        channel: 'agent-workloads:changed',
        recipients: {
          type: 'user',
          entityRef: expect.arrayContaining(['user:default/alice']),
        },
        message: {
          cluster: 'local',
          namespace: 'agentworkloads',
          name: 'tidepool-1',
        },
      }),
    );
  });
});
