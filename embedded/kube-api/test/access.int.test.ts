import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, type JsonObject } from '../src/json';
import { CONFIG_MAPS, configMap, TestApi } from './harness';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1' };

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  await api.namespace('other');
});
afterAll(() => api.close());

async function role(
  namespace: string,
  name: string,
  rules: JsonObject[],
  subjects: JsonObject[],
): Promise<void> {
  const path = `${RBAC}/namespaces/${namespace}`;
  await api.given(`${path}/roles`, {
    ...rbac,
    kind: 'Role',
    metadata: { name },
    rules,
  });
  await api.given(`${path}/rolebindings`, {
    ...rbac,
    kind: 'RoleBinding',
    metadata: { name },
    roleRef: { kind: 'Role', name },
    subjects,
  });
}

const as = (user: string, ...groups: string[]) => ({
  headers: {
    'impersonate-user': user,
    ...(groups.length ? { 'impersonate-group': groups } : {}),
  },
});

describe('authentication', () => {
  it('lets nobody in without a right: 403 anonymous, 401 for a bad token', async () => {
    const anonymous = await api.get(CONFIG_MAPS, { token: null });
    expect([anonymous.code, anonymous.body.message]).toEqual([
      403,
      'configmaps is forbidden: User "system:anonymous" cannot list resource "configmaps" in API group "" in the namespace "default"',
    ]);
    const bad = await api.get('/version', { token: 'bad' });
    expect([bad.code, bad.body.reason]).toEqual([401, 'Unauthorized']);
    expect((await api.get('/version', { token: null })).code).toBe(200);
    expect((await api.get('/nowhere', { token: null })).body.message).toBe(
      'forbidden: User "system:anonymous" cannot get path "/nowhere"',
    );
  });

  it.each([
    ['evil.example', 421],
    ['localhost:6443', 200],
    ['[::1]', 200],
  ])('asked for as %s answers %i, whatever the token', async (host, code) => {
    const answer = await api.get('/version', { headers: { host } });
    expect(answer.code).toBe(code);
    if (code !== 200) {
      expect(answer.body).toMatchObject({
        kind: 'Status',
        reason: 'MisdirectedRequest',
        message: expect.stringContaining('evil.example is not served here'),
      });
    }
  });

  it('knows a service account by its token', async () => {
    const token = await api.tokenOf('default', 'default');
    const { body } = await api.post(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      {},
      { token },
    );
    expect(at(body, 'status', 'userInfo')).toMatchObject({
      username: 'system:serviceaccount:default:default',
      groups: [
        'system:serviceaccounts',
        'system:serviceaccounts:default',
        'system:authenticated',
      ],
    });
  });

  it('ends a token with its account, and a bound one with its pod', async () => {
    const accounts = '/api/v1/namespaces/default/serviceaccounts';
    await api.given(accounts, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'worker' },
    });
    await api.given('/api/v1/namespaces/default/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'run-1' },
      spec: { serviceAccountName: 'worker', containers: [{ name: 'main' }] },
    });
    const bound = await api.tokenOf('default', 'worker', {
      boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: 'run-1' },
    });
    const plain = await api.tokenOf('default', 'worker');
    const review = await api.post(
      '/apis/authentication.k8s.io/v1/tokenreviews',
      { spec: { token: bound } },
    );
    expect(
      at(
        review.body,
        'status',
        'user',
        'extra',
        'authentication.kubernetes.io/pod-name',
      ),
    ).toEqual(['run-1']);
    await api.delete('/api/v1/namespaces/default/pods/run-1');
    const code = async (token: string) =>
      (await api.get('/version', { token })).code;
    expect([await code(bound), await code(plain)]).toEqual([401, 200]);
    await api.delete(`${accounts}/worker`);
    expect(await code(plain)).toBe(401);
  });

  it('refuses tokens for what is not there, and too short ones', async () => {
    const path = '/api/v1/namespaces/default/serviceaccounts';
    const answers = await Promise.all([
      api.post(`${path}/nobody/token`, { spec: {} }),
      api.post(`${path}/default/token`, { spec: { expirationSeconds: 5 } }),
      api.post(`${path}/default/token`, {
        spec: { boundObjectRef: { kind: 'Pod', name: 'none' } },
      }),
      api.post(`${path}/default/token`, {
        spec: { boundObjectRef: { kind: 'Secret', name: 'none' } },
      }),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([404, 422, 404, 422]);
  });
});

describe('rights', () => {
  it('reach as far as the binding', async () => {
    await role(
      'default',
      'reader',
      [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] }],
      [{ kind: 'User', name: 'rita' }],
    );
    const codes = await Promise.all([
      api.get(CONFIG_MAPS, as('rita')),
      api.get('/api/v1/namespaces/other/configmaps', as('rita')),
      api.get('/api/v1/configmaps', as('rita')),
      api.post(CONFIG_MAPS, configMap('x'), as('rita')),
      api.get('/api/v1/namespaces/default/secrets', as('rita')),
      api.get(`${CONFIG_MAPS}?watch=1`, as('rita')),
    ]);
    expect(codes.map(({ code }) => code)).toEqual([
      200, 403, 403, 403, 403, 403,
    ]);
  });

  it('may name single objects and subresources', async () => {
    await role(
      'default',
      'narrow',
      [
        {
          apiGroups: [''],
          resources: ['configmaps'],
          resourceNames: ['one'],
          verbs: ['get'],
        },
        { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
      ],
      [{ kind: 'Group', name: 'narrow' }],
    );
    await api.given(CONFIG_MAPS, configMap('one'));
    const user = as('nina', 'narrow');
    const codes = await Promise.all([
      api.get(`${CONFIG_MAPS}/one`, user),
      api.get(`${CONFIG_MAPS}/two`, user),
      api.get('/api/v1/namespaces/default/pods/p/log', user),
      api.get('/api/v1/namespaces/default/pods/p', user),
    ]);
    expect(codes.map(({ code }) => code)).toEqual([200, 403, 404, 403]);
  });

  it('are told by access reviews, with all rules', async () => {
    const ask = (resource: string) =>
      api.post(
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        {
          spec: {
            resourceAttributes: { namespace: 'default', verb: 'get', resource },
          },
        },
        as('rita'),
      );
    expect((await ask('configmaps')).body.status).toEqual({ allowed: true });
    expect((await ask('secrets')).body.status).toEqual({ allowed: false });
    const rules = await api.post(
      '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
      { spec: { namespace: 'default' } },
      as('rita'),
    );
    expect(at(rules.body, 'status', 'resourceRules')).toContainEqual({
      verbs: ['get', 'list'],
      apiGroups: [''],
      resources: ['configmaps'],
    });
    const other = await api.post(
      '/apis/authorization.k8s.io/v1/subjectaccessreviews',
      {
        spec: {
          user: 'rita',
          resourceAttributes: { verb: 'delete', resource: 'nodes' },
        },
      },
    );
    expect(other.body.status).toEqual({ allowed: false });
  });

  it('keep roleRef as it is', async () => {
    const path = `${RBAC}/namespaces/default/rolebindings/reader`;
    const { code } = await api.merge(path, { roleRef: { name: 'narrow' } });
    expect(code).toBe(422);
  });
});

describe('impersonation', () => {
  it('needs the verb for the user, each group and each extra', async () => {
    await api.given(`${RBAC}/clusterroles`, {
      ...rbac,
      kind: 'ClusterRole',
      metadata: { name: 'speaker' },
      rules: [
        { apiGroups: [''], resources: ['users'], verbs: ['impersonate'] },
        {
          apiGroups: [''],
          resources: ['groups'],
          resourceNames: ['team'],
          verbs: ['impersonate'],
        },
      ],
    });
    await api.given(`${RBAC}/clusterrolebindings`, {
      ...rbac,
      kind: 'ClusterRoleBinding',
      metadata: { name: 'speaker' },
      roleRef: { kind: 'ClusterRole', name: 'speaker' },
      subjects: [
        { kind: 'ServiceAccount', name: 'default', namespace: 'other' },
      ],
    });
    const token = await api.tokenOf('other', 'default');
    const who = (headers: Record<string, string | string[]>) =>
      api.post(
        '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        {},
        { token, headers },
      );
    const fine = await who({
      'impersonate-user': 'ann',
      'impersonate-group': 'team',
    });
    expect(at(fine.body, 'status', 'userInfo')).toEqual({
      username: 'ann',
      groups: ['team', 'system:authenticated'],
    });
    const codes = await Promise.all([
      who({
        'impersonate-user': 'ann',
        'impersonate-group': ['team', 'system:masters'],
      }),
      who({ 'impersonate-user': 'system:serviceaccount:default:default' }),
      who({ 'impersonate-user': 'ann', 'impersonate-extra-scopes': 'x' }),
      who({ 'impersonate-user': 'ann', 'impersonate-uid': '1' }),
      who({ 'impersonate-group': 'team' }),
    ]);
    expect(codes.map(({ code }) => code)).toEqual([403, 403, 403, 403, 500]);
    expect(codes[1].body.message).toBe(
      'serviceaccounts "default" is forbidden: User "system:serviceaccount:other:default" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "default"',
    );
  });

  it('gives a service account its groups', async () => {
    const { body } = await api.post(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      {},
      as('system:serviceaccount:argo:argo'),
    );
    expect(at(body, 'status', 'userInfo', 'groups')).toEqual([
      'system:serviceaccounts',
      'system:serviceaccounts:argo',
      'system:authenticated',
    ]);
  });
});
