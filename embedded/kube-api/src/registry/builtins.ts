import type { ResourceDef } from '../model';

const ALL_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

interface Short {
  group?: string;
  version?: string;
  kind: string;
  plural: string;
  namespaced?: boolean;
  shortNames?: string[];
  categories?: string[];
  subresources?: string[];
  verbs?: string[];
  storageKey?: string;
}

function builtin(short: Short): ResourceDef {
  const group = short.group ?? '';
  return {
    group,
    version: short.version ?? 'v1',
    kind: short.kind,
    listKind: `${short.kind}List`,
    plural: short.plural,
    singular: short.kind.toLowerCase(),
    namespaced: short.namespaced ?? true,
    shortNames: short.shortNames ?? [],
    categories: short.categories ?? [],
    verbs: short.verbs ?? ALL_VERBS,
    subresources: short.subresources ?? [],
    storageKey:
      short.storageKey ?? (group ? `${short.plural}.${group}` : short.plural),
  };
}

const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';

/** Everything that is stored and is not a custom resource. */
export const BUILTINS: ResourceDef[] = [
  builtin({
    kind: 'Namespace',
    plural: 'namespaces',
    namespaced: false,
    shortNames: ['ns'],
    subresources: ['status', 'finalize'],
    verbs: ALL_VERBS.filter(verb => verb !== 'deletecollection'),
  }),
  builtin({ kind: 'ConfigMap', plural: 'configmaps', shortNames: ['cm'] }),
  builtin({ kind: 'Secret', plural: 'secrets' }),
  builtin({
    kind: 'ServiceAccount',
    plural: 'serviceaccounts',
    shortNames: ['sa'],
    subresources: ['token'],
  }),
  builtin({
    kind: 'Pod',
    plural: 'pods',
    shortNames: ['po'],
    categories: ['all'],
    subresources: ['status', 'log'],
  }),
  builtin({
    kind: 'Service',
    plural: 'services',
    shortNames: ['svc'],
    categories: ['all'],
    subresources: ['status'],
  }),
  builtin({ kind: 'Event', plural: 'events', shortNames: ['ev'] }),
  builtin({
    group: 'events.k8s.io',
    kind: 'Event',
    plural: 'events',
    shortNames: ['ev'],
    storageKey: 'events',
  }),
  builtin({ group: 'coordination.k8s.io', kind: 'Lease', plural: 'leases' }),
  builtin({ group: RBAC, kind: 'Role', plural: 'roles' }),
  builtin({ group: RBAC, kind: 'RoleBinding', plural: 'rolebindings' }),
  builtin({
    group: RBAC,
    kind: 'ClusterRole',
    plural: 'clusterroles',
    namespaced: false,
  }),
  builtin({
    group: RBAC,
    kind: 'ClusterRoleBinding',
    plural: 'clusterrolebindings',
    namespaced: false,
  }),
  builtin({
    group: ADMISSION,
    kind: 'ValidatingAdmissionPolicy',
    plural: 'validatingadmissionpolicies',
    namespaced: false,
    categories: ['api-extensions'],
    subresources: ['status'],
  }),
  builtin({
    group: ADMISSION,
    kind: 'ValidatingAdmissionPolicyBinding',
    plural: 'validatingadmissionpolicybindings',
    namespaced: false,
    categories: ['api-extensions'],
  }),
  builtin({
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
    plural: 'customresourcedefinitions',
    namespaced: false,
    shortNames: ['crd', 'crds'],
    categories: ['api-extensions'],
    subresources: ['status'],
  }),
];

/** Questions that are answered and never stored. */
export const REVIEWS: ResourceDef[] = [
  review('authentication.k8s.io', 'TokenReview', 'tokenreviews'),
  review('authentication.k8s.io', 'SelfSubjectReview', 'selfsubjectreviews'),
  review('authorization.k8s.io', 'SubjectAccessReview', 'subjectaccessreviews'),
  review(
    'authorization.k8s.io',
    'SelfSubjectAccessReview',
    'selfsubjectaccessreviews',
  ),
  review(
    'authorization.k8s.io',
    'SelfSubjectRulesReview',
    'selfsubjectrulesreviews',
  ),
  {
    ...review(
      'authorization.k8s.io',
      'LocalSubjectAccessReview',
      'localsubjectaccessreviews',
    ),
    namespaced: true,
  },
];

function review(group: string, kind: string, plural: string): ResourceDef {
  return builtin({ group, kind, plural, namespaced: false, verbs: ['create'] });
}
