import { arrayAt, at, objectAt, stringAt, type Json } from '../json';
import type { KubeObject, ResourceDef } from '../model';
import { age, podStatus, readyContainers } from './human';

export interface BuiltinColumn {
  name: string;
  type?: string;
  priority?: number;
  cell: (object: KubeObject, now: Date) => Json;
}

const AGE: BuiltinColumn = {
  name: 'Age',
  cell: (object, now) => age(object.metadata.creationTimestamp, now),
};

const text =
  (...path: string[]) =>
  (object: KubeObject): Json =>
    stringAt(object, ...path) ?? '';

const roleRef: BuiltinColumn = {
  name: 'Role',
  cell: object =>
    `${stringAt(object, 'roleRef', 'kind')}/${stringAt(
      object,
      'roleRef',
      'name',
    )}`,
};

const subjects = (kind: string) => (object: KubeObject) =>
  arrayAt(object, 'subjects')
    .filter(subject => stringAt(subject, 'kind') === kind)
    .map(subject =>
      kind === 'ServiceAccount'
        ? `${stringAt(subject, 'namespace')}/${stringAt(subject, 'name')}`
        : stringAt(subject, 'name') ?? '',
    )
    .join(', ');

const BINDING: BuiltinColumn[] = [
  roleRef,
  AGE,
  { name: 'Users', priority: 1, cell: subjects('User') },
  { name: 'Groups', priority: 1, cell: subjects('Group') },
  { name: 'ServiceAccounts', priority: 1, cell: subjects('ServiceAccount') },
];

const CREATED_AT: BuiltinColumn = {
  name: 'Created At',
  cell: object => object.metadata.creationTimestamp ?? '',
};

const count = (key: string): BuiltinColumn['cell'] => {
  return object => Object.keys(objectAt(object, key)).length;
};

const restarts = (pod: KubeObject) =>
  arrayAt(pod, 'status', 'containerStatuses').reduce<number>(
    (sum, status) => sum + Number(at(status, 'restartCount') ?? 0),
    0,
  );

const COLUMNS: Record<string, BuiltinColumn[]> = {
  namespaces: [{ name: 'Status', cell: text('status', 'phase') }, AGE],
  configmaps: [{ name: 'Data', type: 'integer', cell: count('data') }, AGE],
  secrets: [
    { name: 'Type', cell: text('type') },
    { name: 'Data', type: 'integer', cell: count('data') },
    AGE,
  ],
  serviceaccounts: [
    {
      name: 'Secrets',
      type: 'integer',
      cell: object => arrayAt(object, 'secrets').length,
    },
    AGE,
  ],
  pods: [
    { name: 'Ready', cell: readyContainers },
    { name: 'Status', cell: podStatus },
    { name: 'Restarts', type: 'integer', cell: restarts },
    AGE,
    {
      name: 'IP',
      priority: 1,
      cell: pod => stringAt(pod, 'status', 'podIP') ?? '<none>',
    },
    {
      name: 'Node',
      priority: 1,
      cell: pod => stringAt(pod, 'spec', 'nodeName') ?? '<none>',
    },
  ],
  services: [
    { name: 'Type', cell: text('spec', 'type') },
    { name: 'Cluster-IP', cell: text('spec', 'clusterIP') },
    AGE,
  ],
  events: [
    {
      name: 'Last Seen',
      cell: (event, now) =>
        age(
          stringAt(event, 'lastTimestamp') ??
            stringAt(event, 'eventTime') ??
            event.metadata.creationTimestamp,
          now,
        ),
    },
    { name: 'Type', cell: text('type') },
    { name: 'Reason', cell: text('reason') },
    {
      name: 'Object',
      cell: event => {
        const about = objectAt(event, 'involvedObject');
        const kind = String(about.kind ?? '').toLowerCase();
        return `${kind}/${about.name ?? ''}`;
      },
    },
    { name: 'Message', cell: event => text('message')(event) },
  ],
  'leases.coordination.k8s.io': [
    { name: 'Holder', cell: text('spec', 'holderIdentity') },
    AGE,
  ],
  'roles.rbac.authorization.k8s.io': [CREATED_AT],
  'clusterroles.rbac.authorization.k8s.io': [CREATED_AT],
  'rolebindings.rbac.authorization.k8s.io': BINDING,
  'clusterrolebindings.rbac.authorization.k8s.io': BINDING,
  'customresourcedefinitions.apiextensions.k8s.io': [CREATED_AT],
  'validatingadmissionpolicies.admissionregistration.k8s.io': [
    {
      name: 'Validations',
      type: 'integer',
      cell: object => arrayAt(object, 'spec', 'validations').length,
    },
    {
      name: 'ParamKind',
      cell: object => {
        const kind = objectAt(object, 'spec', 'paramKind');
        return kind.kind ? `${kind.apiVersion}/${kind.kind}` : '<unset>';
      },
    },
    AGE,
  ],
  'validatingadmissionpolicybindings.admissionregistration.k8s.io': [
    { name: 'PolicyName', cell: text('spec', 'policyName') },
    {
      name: 'ParamRef',
      cell: object => {
        const ref = objectAt(object, 'spec', 'paramRef');
        if (!Object.keys(ref).length) return '<unset>';
        return [ref.namespace, ref.name ?? '*'].filter(Boolean).join('/');
      },
    },
    AGE,
  ],
};

export function builtinColumns(def: ResourceDef): BuiltinColumn[] {
  return COLUMNS[def.storageKey] ?? [AGE];
}
