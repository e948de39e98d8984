import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Cluster } from '../../harness/cluster';
import { KubeError, type KubeObject, type Person } from '../../harness/kube';
import { ALICE, BOB } from '../../harness/runs';

/** Needs deploy/crds, deploy/rbac, deploy/policies and the list of people alice and bob; no operator, no pods. */
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const IN_NAMESPACE = `${RBAC}/namespaces/agentworkloads/rolebindings`;
const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const BUILT_IN = ['view', 'edit', 'admin'] as const;

async function codeOf(attempt: Promise<unknown>): Promise<number> {
  try {
    await attempt;
    return 200;
  } catch (error) {
    if (error instanceof KubeError) return error.code;
    throw error;
  }
}

describe('who may do what', () => {
  const cluster = new Cluster();
  const { kube } = cluster;
  const made: string[] = [];

  /** The person of the built-in role `role` in the namespace of workloads. */
  const holder = (role: string): Person => ({ user: `e2e-${role}` });
  const may = async (
    as: Person,
    verb: string,
    resource: string,
    subresource?: string,
    token?: string,
  ): Promise<boolean> => {
    const { status } = await kube.request<KubeObject>('POST', REVIEWS, {
      as,
      token,
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: {
            verb,
            group: 'agentworkloads.io',
            resource,
            subresource,
            namespace: 'agentworkloads',
          },
        },
      },
    });
    return status?.allowed === true;
  };
  const bobsRun = async (): Promise<string> => {
    const name = `e2e-rights-${Math.random().toString(36).slice(2, 8)}`;
    await kube.create(
      'agentworkloads',
      {
        apiVersion: 'agentworkloads.io/v1alpha1',
        kind: 'AgentWorkload',
        metadata: { name },
        spec: {
          objective: 'who may cancel this',
          targetUrls: ['https://example.com/'],
          requestedBy: { username: 'bob' },
          workflowTemplateRef: { name: 'e2e-no-such-template' },
        },
      },
      BOB,
    );
    made.push(name);
    return name;
  };
  const cancel = async (as: Person): Promise<number> => {
    const name = await bobsRun();
    const body = { spec: { cancel: true } };
    return codeOf(kube.mergePatch('agentworkloads', name, body, as));
  };

  beforeAll(async () => {
    for (const role of BUILT_IN) {
      await kube
        .request('DELETE', `${IN_NAMESPACE}/e2e-${role}`)
        .catch(() => undefined);
      await kube.request('POST', IN_NAMESPACE, {
        body: {
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: { name: `e2e-${role}` },
          roleRef: {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'ClusterRole',
            name: role,
          },
          subjects: [{ kind: 'User', name: holder(role).user }],
        },
      });
    }
  });
  afterAll(async () => {
    for (const role of BUILT_IN)
      await kube.request('DELETE', `${IN_NAMESPACE}/e2e-${role}`);
    for (const name of made) await kube.remove('agentworkloads', name);
    cluster.close();
  });

  it('view reads, edit and admin ask and cancel their own, and none of them decides', async () => {
    const rights = async (role: string) => ({
      read: await may(holder(role), 'get', 'agentworkloads'),
      readApprovals: await may(holder(role), 'list', 'agentapprovals'),
      ask: await may(holder(role), 'create', 'agentworkloads'),
      readSchedules: await may(holder(role), 'list', 'agentworkloadschedules'),
      schedule: await may(holder(role), 'create', 'agentworkloadschedules'),
      // Its runs would go with it.
      unschedule: await may(holder(role), 'delete', 'agentworkloadschedules'),
      patch: await may(holder(role), 'patch', 'agentworkloads'),
      approve: await may(holder(role), 'approve', 'agentworkloads', 'approval'),
      cancel: await may(holder(role), 'cancel', 'agentworkloads', 'cancel'),
      decide: await may(holder(role), 'create', 'agentapprovals'),
      status: await may(holder(role), 'patch', 'agentworkloads', 'status'),
    });
    const reader = {
      read: true,
      readApprovals: true,
      readSchedules: true,
      schedule: false,
      unschedule: false,
      ask: false,
      patch: false,
      approve: false,
      cancel: false,
      decide: false,
      status: false,
    };
    const requester = { ...reader, ask: true, schedule: true, patch: true };
    expect(await rights('view')).toEqual(reader);
    expect(await rights('edit')).toEqual(requester);
    expect(await rights('admin')).toEqual(requester);
  });

  it('a run is cancelled by who asked and by who holds the verb, not by edit or admin of the namespace', async () => {
    expect(await cancel(BOB)).toBe(200);
    expect(await cancel(ALICE)).toBe(200);
    expect(await cancel(holder('edit'))).toBe(403);
    expect(await cancel(holder('admin'))).toBe(403);
    expect(await cancel({ ...BOB, user: 'carol' })).toBe(403);
  });

  it("the portal's account is nobody but the listed people", async () => {
    const account =
      '/api/v1/namespaces/agentworkloads-system/serviceaccounts/agentworkloads-portal/token';
    const { status } = await kube.request<KubeObject>('POST', account, {
      body: {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 3600 },
      },
    });
    const { token } = status as unknown as { token: string };
    const manager = { user: 'system:kube-controller-manager' };
    const aggregator =
      '/api/v1/namespaces/kube-system/serviceaccounts/clusterrole-aggregation-controller/token';
    // Three commands, with which it was a cluster admin.
    expect([
      await codeOf(
        kube.request('GET', '/api/v1/secrets', { token, as: manager }),
      ),
      await codeOf(
        kube.request('POST', aggregator, {
          token,
          as: manager,
          body: {
            apiVersion: 'authentication.k8s.io/v1',
            kind: 'TokenRequest',
            spec: {},
          },
        }),
      ),
      await codeOf(
        kube.request(
          'PATCH',
          `${RBAC}/clusterroles/agentworkloads-portal?dryRun=All`,
          {
            token,
            contentType: 'application/merge-patch+json',
            body: {
              rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
            },
          },
        ),
      ),
    ]).toEqual([403, 403, 403]);
    expect(
      await may(ALICE, 'approve', 'agentworkloads', 'approval', token),
    ).toBe(true);
    expect(await may(BOB, 'approve', 'agentworkloads', 'approval', token)).toBe(
      false,
    );
    await expect(
      may({ user: 'carol' }, 'get', 'agentworkloads', undefined, token),
    ).rejects.toThrow(/cannot impersonate/);
  });
});
