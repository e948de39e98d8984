import type { JsonObject } from './json';

const RBAC = { apiVersion: 'rbac.authorization.k8s.io/v1' };

const binding = (name: string, role: string, groups: string[]): JsonObject => ({
  ...RBAC,
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: {
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'ClusterRole',
    name: role,
  },
  subjects: groups.map(group => ({
    apiGroup: 'rbac.authorization.k8s.io',
    kind: 'Group',
    name: group,
  })),
});

const role = (name: string, rules: JsonObject[]): JsonObject => ({
  ...RBAC,
  kind: 'ClusterRole',
  metadata: { name },
  rules,
});

const reviews = (resource: string, group: string): JsonObject => ({
  apiGroups: [group],
  resources: [resource],
  verbs: ['create'],
});

const INFO = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const DISCOVERY = [
  ...INFO,
  '/api',
  '/api/*',
  '/apis',
  '/apis/*',
  '/openapi',
  '/openapi/*',
];

/** What every cluster has before anybody installs something. */
export const BOOTSTRAP_OBJECTS: JsonObject[] = [
  ...['default', 'kube-system', 'kube-public'].map(name => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name },
  })),
  role('cluster-admin', [
    { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
    { nonResourceURLs: ['*'], verbs: ['*'] },
  ]),
  role('system:discovery', [{ nonResourceURLs: DISCOVERY, verbs: ['get'] }]),
  role('system:public-info-viewer', [
    { nonResourceURLs: INFO, verbs: ['get'] },
  ]),
  role('system:basic-user', [
    reviews('selfsubjectaccessreviews', 'authorization.k8s.io'),
    reviews('selfsubjectrulesreviews', 'authorization.k8s.io'),
    reviews('selfsubjectreviews', 'authentication.k8s.io'),
  ]),
  role('system:auth-delegator', [
    reviews('tokenreviews', 'authentication.k8s.io'),
    reviews('subjectaccessreviews', 'authorization.k8s.io'),
  ]),
  binding('cluster-admin', 'cluster-admin', ['system:masters']),
  binding('system:discovery', 'system:discovery', ['system:authenticated']),
  binding('system:basic-user', 'system:basic-user', ['system:authenticated']),
  binding('system:public-info-viewer', 'system:public-info-viewer', [
    'system:authenticated',
    'system:unauthenticated',
  ]),
];
