import { ConfigReader } from '@backstage/config';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  agentWorkloadsPermissions,
  artifactReadPermission,
  changeMarkPermission,
  gateDecidePermission,
  reportFindPermission,
  scheduleReadPermission,
  scheduleCreatePermission,
  scheduleDeletePermission,
  scheduleRunPermission,
  scheduleUpdatePermission,
  workloadCancelPermission,
  workloadCreatePermission,
  workloadReadPermission,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { PortalPermissionPolicy } from './PortalPermissionPolicy';

const problems: string[] = [];

/** The policy for these groups of the configuration. */
const policyOf = (groups?: unknown) =>
  PortalPermissionPolicy.fromConfig(
    new ConfigReader({ agentWorkloads: { identity: { groups } } } as never),
    sentence => problems.push(sentence),
  );

const policy = policyOf([
  { ref: 'group:default/product', name: 'agentworkloads:requesters' },
  { ref: 'Group:default/Approvers', name: 'agentworkloads:approvers' },
]);

const person = (name: string, ...groups: string[]) => ({
  credentials: mockCredentials.user(`user:default/${name}`),
  info: {
    userEntityRef: `user:default/${name}`,
    ownershipEntityRefs: [`user:default/${name}`, ...groups],
  },
});
const bob = person('bob', 'group:default/product');
const alice = person('alice', 'group:default/approvers');

const named = (name: string): Permission =>
  createPermission({ name, attributes: {} });

describe('PortalPermissionPolicy', () => {
  it.each(agentWorkloadsPermissions.map(one => [one.name, one] as const))(
    'denies %s to whoever is not signed in',
    async (_name, permission) => {
      expect(await policy.handle({ permission })).toEqual({
        result: AuthorizeResult.DENY,
      });
    },
  );

  it.each([
    ['read a run', workloadReadPermission],
    ['read artifacts', artifactReadPermission],
    ['read schedules', scheduleReadPermission],
    ['make a schedule', scheduleCreatePermission],
    ['run a schedule now', scheduleRunPermission],
    ['suspend and change a schedule', scheduleUpdatePermission],
    [
      'delete a schedule, where the cluster lets them',
      scheduleDeletePermission,
    ],
    ['say that a change is none', changeMarkPermission],
    ['start a run', workloadCreatePermission],
    ['read the catalog', named('catalog.entity.read')],
    ['run a template', named('scaffolder.task.create')],
    ['see pods in the Kubernetes tab', named('kubernetes.resources.read')],
  ])('lets everybody who is signed in %s', async (_what, permission) => {
    for (const user of [bob, alice]) {
      expect(await policy.handle({ permission }, user)).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    }
  });

  it('lets approvers decide, save their own runs under four eyes', async () => {
    expect(
      await policy.handle({ permission: gateDecidePermission }, alice),
    ).toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'agent-workloads',
      resourceType: 'agent-workload',
      conditions: {
        rule: 'isNotRequester',
        resourceType: 'agent-workload',
        params: { userRef: 'user:default/alice' },
      },
    });
    expect(
      await policy.handle({ permission: gateDecidePermission }, bob),
    ).toEqual({ result: AuthorizeResult.DENY });
  });

  it('lets search show what the cluster lets the person read', async () => {
    expect(
      await policy.handle({ permission: reportFindPermission }, bob),
    ).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: {
        rule: 'mayReadInCluster',
        params: {
          userRef: 'user:default/bob',
          ownershipRefs: expect.arrayContaining(['user:default/bob']),
        },
      },
    });
  });

  it('lets approvers cancel any run, others their own', async () => {
    expect(
      await policy.handle({ permission: workloadCancelPermission }, alice),
    ).toEqual({ result: AuthorizeResult.ALLOW });
    expect(
      await policy.handle({ permission: workloadCancelPermission }, bob),
    ).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      conditions: {
        rule: 'isOwner',
        params: { userRefs: ['user:default/bob'] },
      },
    });
  });

  it.each([
    'kubernetes.proxy',
    'catalog.entity.delete',
    'catalog.location.create',
    'scaffolder.template.management',
    'a.permission.of.tomorrow',
  ])('denies %s to all', async name => {
    for (const user of [bob, alice]) {
      expect(await policy.handle({ permission: named(name) }, user)).toEqual({
        result: AuthorizeResult.DENY,
      });
    }
  });

  it('has no approvers where the configuration names none', async () => {
    const empty = policyOf();
    expect(
      await empty.handle({ permission: gateDecidePermission }, alice),
    ).toEqual({ result: AuthorizeResult.DENY });
  });

  it.each([
    [
      'a reference without a kind',
      [{ ref: 'approvers', name: 'agentworkloads:approvers' }],
    ],
    ['a name that is missing', [{ ref: 'group:default/approvers' }]],
    ['no list', 'approvers'],
  ])(
    'has no approvers, says why and starts all the same, with %s',
    async (_, groups) => {
      problems.length = 0;
      const faulty = policyOf(groups);
      expect(
        await faulty.handle({ permission: gateDecidePermission }, alice),
      ).toEqual({ result: AuthorizeResult.DENY });
      expect(problems).toEqual([
        expect.stringMatching(/identity\.groups can't be used/),
      ]);
    },
  );
});
