import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createServiceFactory,
  type PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import searchPlugin from '@backstage/plugin-search-backend';
import agentWorkloadsPlugin from '@agentworkloads/backstage-plugin-agent-workloads-backend';
import searchModule from '@agentworkloads/backstage-plugin-search-backend-module-agent-workloads';
import { FakeApiServer } from '@agentworkloads/kube/testing';
import request from 'supertest';
import { PortalPermissionPolicy } from './modules/permissionPolicy/PortalPermissionPolicy';

const run = (namespace: string, name: string, phase: string) => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkload',
  metadata: {
    name,
    namespace,
    uid: `uid-${namespace}-${name}`,
    creationTimestamp: '2026-11-01T00:00:00Z',
    resourceVersion: '1',
    generation: 1,
  },
  spec: {
    objective: 'What does Tidepool charge?',
    targetUrls: ['https://tidepool.example/pricing'],
    workflowTemplateRef: { name: 'competitor-scrape' },
    gate: { mode: 'human', fourEyes: false },
  },
  status: {
    phase,
    workflowArtifacts: { 'report-json': { bucket: 'b', key: 'k' } },
  },
});

/** Search, its index, the condition and this portal's policy are real; what the permission backend passes on between them is here. */
describe('search', () => {
  /** What RoleBindings of the cluster say: a namespace by the group that reads it. */
  const READS: Record<string, string> = {
    'readers-a': 'team-a',
    'readers-b': 'team-b',
  };
  /** The catalog's groups of people; a test may change them. */
  const GROUPS: Record<string, string[]> = {
    alice: ['group:default/analysts'],
    bob: ['group:default/buyers'],
  };
  const infoOf = (userEntityRef: string) => ({
    userEntityRef,
    ownershipEntityRefs: [
      userEntityRef,
      ...(GROUPS[userEntityRef.split('/')[1]] ?? []),
    ],
  });
  let api: FakeApiServer;
  let backend: TestBackend;

  const scheduler = mockServices.scheduler();
  const policy = new PortalPermissionPolicy([]);
  const decide = (
    permission: Permission,
    { principal }: { principal?: unknown },
  ): Promise<PolicyDecision> => {
    const { userEntityRef } = principal as { userEntityRef: string };
    return policy.handle({ permission }, {
      info: infoOf(userEntityRef),
    } as never);
  };
  const applied = async (
    {
      conditions,
      resourceType,
    }: Extract<PolicyDecision, { conditions: unknown }>,
    resourceRef: string,
  ) => {
    const { body } = await request(backend.server)
      .post(
        '/api/agent-workloads/.well-known/backstage/permissions/apply-conditions',
      )
      .set('Authorization', mockCredentials.service.header())
      .send({ items: [{ id: 'it', resourceRef, resourceType, conditions }] });
    return body.items[0].result as AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  };
  const permissions = mockServices.permissions.mock({
    authorizeConditional: async (queries, options) =>
      Promise.all(
        queries.map(({ permission }) =>
          decide(permission, (options as { credentials: object }).credentials),
        ),
      ),
    authorize: (async (
      queries: { permission: Permission; resourceRef?: string }[],
      { credentials }: { credentials: object },
    ) =>
      Promise.all(
        queries.map(async ({ permission, resourceRef }) => {
          const decision = await decide(permission, credentials);
          return decision.result === AuthorizeResult.CONDITIONAL
            ? { result: await applied(decision, resourceRef!) }
            : decision;
        }),
      )) as PermissionsService['authorize'],
  });

  beforeAll(async () => {
    api = new FakeApiServer();
    api.mayI = ({ namespace }, as, groups) =>
      as === undefined || groups.some(group => READS[group] === namespace);
    api.put('agentworkloads', run('team-a', 'done-a', 'Completed') as never);
    api.put('agentworkloads', run('team-b', 'done-b', 'Completed') as never);
    for (const phase of ['AwaitingApproval', 'Denied', 'TimedOut', 'Running'])
      api.put(
        'agentworkloads',
        run('team-b', phase.toLowerCase(), phase) as never,
      );
    const url = await api.start();
    backend = await startTestBackend({
      features: [
        searchPlugin,
        searchModule,
        agentWorkloadsPlugin,
        permissions.factory,
        mockServices.userInfo.mock({
          getUserInfo: async ({ principal }) =>
            infoOf((principal as { userEntityRef: string }).userEntityRef),
        }).factory,
        createServiceFactory({
          service: coreServices.scheduler,
          deps: {},
          factory: () => scheduler,
        }),
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost' },
            permission: { enabled: true },
            agentWorkloads: {
              clusters: [{ name: 'local', url, token: 't' }],
              identity: {
                groups: [
                  { ref: 'group:default/analysts', name: 'readers-a' },
                  { ref: 'group:default/buyers', name: 'readers-b' },
                ],
              },
              search: { isFiltered: true },
            },
          },
        }),
      ],
    });
  }, 30_000);
  afterAll(async () => {
    await backend?.stop();
    await api.stop();
  });

  const as = (user: string, path: string) =>
    request(backend.server)
      .get(`/api/${path}`)
      .set(
        'Authorization',
        mockCredentials.user.header(`user:default/${user}`),
      );
  const found = async (user: string): Promise<string[]> => {
    const { body } = await as(user, 'search/query?term=tidepool').expect(200);
    return (body.results as { document: { location: string } }[]).map(
      ({ document }) => document.location,
    );
  };

  it('shows a report to those whom the cluster lets read its run, and no run that is not completed', async () => {
    for (const user of ['alice', 'bob', 'carol'])
      await as(user, 'agent-workloads/runs').expect(200);
    for (const { id } of await scheduler.getScheduledTasks())
      await scheduler.triggerTask(id);
    expect(await found('alice')).toEqual([
      '/agent-workloads/runs/local/team-a/done-a',
    ]);
    expect(await found('bob')).toEqual([
      '/agent-workloads/runs/local/team-b/done-b',
    ]);
    expect(await found('carol')).toEqual([]);
    expect(await found('never-here')).toEqual([]);
  });

  it('shows nothing more at the next search to somebody who has left the group that let them read', async () => {
    GROUPS.alice = ['group:default/buyers'];
    expect(await found('alice')).toEqual([]);
    expect(await found('bob')).toEqual([
      '/agent-workloads/runs/local/team-b/done-b',
    ]);
    await as('alice', 'agent-workloads/runs').expect(200);
    expect(await found('alice')).toEqual([
      '/agent-workloads/runs/local/team-b/done-b',
    ]);
  });
});
