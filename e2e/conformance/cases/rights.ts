import { expect } from '@jest/globals';
import {
  approval,
  APPROVALS,
  type Case,
  CONFIG_MAPS,
  configMap,
  DRY,
  get,
  merge,
  post,
  refusedBy,
  type Request,
  workflow,
  WORKFLOWS,
  workload,
  WORKLOADS,
} from '../model';

const RBAC = '/apis/rbac.authorization.k8s.io/v1/namespaces/{ns}';
const ACCOUNTS = '/api/v1/namespaces/{ns}/serviceaccounts';
const AUTH = '/apis/authentication.k8s.io/v1';
const forbidden = (says: string) => ({ code: 403, reason: 'Forbidden', says });
const as = (user: string) => ({ as: { user } });

const account = (name: string) =>
  post(ACCOUNTS, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name },
  });
const role = (name: string, rule: object) =>
  post(`${RBAC}/roles`, { metadata: { name }, rules: [rule] });
const bind = (kind: 'Role' | 'ClusterRole', roleName: string, user: string) =>
  post(`${RBAC}/rolebindings`, {
    metadata: { name: user },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: roleName },
    subjects: [
      { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user },
    ],
  });
const granted = (user: string, rule: object): Request[] => [
  role(user, rule),
  bind('Role', user, user),
];
const READ = { apiGroups: [''], resources: ['configmaps'], verbs: ['get'] };

export const RIGHTS: readonly Case[] = [
  {
    what: 'nobody’s request',
    request: get('/api/v1/namespaces', as('nobody-special')),
    expected: forbidden('cannot list resource "namespaces"'),
  },
  {
    what: 'a right that a role gives',
    given: [
      post(CONFIG_MAPS, configMap('readable')),
      ...granted('conformance-reader', READ),
    ],
    request: get(`${CONFIG_MAPS}/readable`, as('conformance-reader')),
    expected: { code: 200 },
    patient: true,
  },
  {
    what: 'another verb than the role gives',
    given: granted('conformance-getter', READ),
    request: get(CONFIG_MAPS, as('conformance-getter')),
    expected: forbidden('cannot list resource "configmaps"'),
  },
  {
    what: 'a right to one name',
    given: [
      post(CONFIG_MAPS, configMap('only-this')),
      ...granted('conformance-one', { ...READ, resourceNames: ['only-this'] }),
    ],
    request: get(`${CONFIG_MAPS}/only-this`, as('conformance-one')),
    expected: { code: 200 },
    patient: true,
    then: {
      request: get(`${CONFIG_MAPS}/other`, as('conformance-one')),
      expected: forbidden('cannot get resource "configmaps"'),
    },
  },
  {
    what: 'the status with a right to the object alone',
    given: granted('conformance-patcher', {
      apiGroups: ['agentworkloads.io'],
      resources: ['agentworkloads'],
      verbs: ['patch'],
    }),
    request: merge(
      `${WORKLOADS}/any/status`,
      { status: {} },
      as('conformance-patcher'),
    ),
    expected: forbidden('cannot patch resource "agentworkloads/status"'),
  },
  {
    what: 'a token that is none',
    request: { ...get(CONFIG_MAPS), token: 'nonsense' },
    expected: { code: 401, reason: 'Unauthorized' },
  },
];

const tokenOf = (name: string, spec: object = {}) =>
  post(`${ACCOUNTS}/${name}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec,
  });
const granted201 = (given: { object: Record<string, unknown> }[]) =>
  (given.at(-1)?.object.status as { token: string }).token;

export const TOKENS: readonly Case[] = [
  {
    what: 'a token of an account',
    given: [account('asks')],
    request: tokenOf('asks', { expirationSeconds: 3600 }),
    expected: {
      code: 201,
      object: {
        status: {
          token: expect.any(String),
          expirationTimestamp: expect.any(String),
        },
      },
    },
  },
  {
    what: 'an account that is not there',
    request: tokenOf('nobody'),
    expected: { code: 404, reason: 'NotFound' },
  },
  {
    what: 'a time shorter than ten minutes',
    given: [account('short')],
    request: tokenOf('short', { expirationSeconds: 60 }),
    expected: { code: 422, reason: 'Invalid', says: 'expirationSeconds' },
  },
  {
    what: 'bound to a pod that is not there',
    given: [account('bound')],
    request: tokenOf('bound', {
      boundObjectRef: { kind: 'Pod', apiVersion: 'v1', name: 'nowhere' },
    }),
    expected: { code: 404, reason: 'NotFound' },
  },
  {
    what: 'who the token says one is',
    given: [account('is'), tokenOf('is')],
    request: given => ({
      ...post(`${AUTH}/selfsubjectreviews`, {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
      }),
      token: granted201(given),
    }),
    expected: {
      code: 201,
      object: {
        status: {
          userInfo: {
            username: expect.stringMatching(
              /^system:serviceaccount:conformance-.*:is$/,
            ),
            groups: expect.arrayContaining([
              'system:serviceaccounts',
              'system:authenticated',
            ]),
          },
        },
      },
    },
  },
  {
    what: 'acting as somebody without the right to',
    given: [account('acts'), tokenOf('acts')],
    request: given => ({
      ...get(CONFIG_MAPS, as('alice')),
      token: granted201(given),
    }),
    expected: forbidden('cannot impersonate resource "users"'),
  },
  {
    what: 'asking what oneself may',
    request: post(
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {
          resourceAttributes: { verb: 'list', resource: 'secrets' },
        },
      },
      as('nobody-special'),
    ),
    expected: { code: 201, object: { status: { allowed: false } } },
  },
];

const APPROVER = 'conformance-approver';
const ONLY_CREATES = 'conformance-creator';
const REQUESTER = 'conformance-requester';
const COMPARER = 'conformance-comparer';
const ONLY_MAKES = 'conformance-maker';
const ALSO_MAKES = 'conformance-other-maker';
const GETS_ONE = 'conformance-gets-one';
const ON_WORKLOADS = {
  apiGroups: ['agentworkloads.io'],
  resources: ['agentworkloads'],
};
const OPERATOR =
  'system:serviceaccount:agentworkloads-system:agentworkloads-operator';
const ARGO = 'system:serviceaccount:argo:argo';
const OURS = { 'agentworkloads.io/workload-uid': 'u' };
const policy = (name: string) => `ValidatingAdmissionPolicy '${name}'`;

export const POLICIES: readonly Case[] = [
  {
    what: 'an approval in one’s own name, with the right',
    given: [bind('ClusterRole', 'agentworkloads-approver', APPROVER)],
    request: post(
      `${APPROVALS}${DRY}`,
      approval('own', APPROVER),
      as(APPROVER),
    ),
    expected: { code: 201, object: { spec: { comment: '' } } },
    patient: true,
  },
  {
    what: 'an approval in another’s name',
    request: post(
      `${APPROVALS}${DRY}`,
      approval('other', 'alice'),
      as(APPROVER),
    ),
    expected: forbidden(policy('agentworkloads-approval-identity')),
  },
  ...[
    { groups: ['legal'], expected: { code: 201 } },
    {
      groups: ['legal', 'finance'],
      expected: refusedBy(
        'agentworkloads-approval-identity',
        'must be a group of yours',
      ),
    },
  ].map(({ groups, expected }) => ({
    what: `an approval by somebody of legal for ${groups.join(' and ')}`,
    request: post(
      `${APPROVALS}${DRY}`,
      approval('of-legal', APPROVER, {
        approver: { username: APPROVER, groups },
      }),
      { as: { user: APPROVER, groups: ['legal'] } },
    ),
    expected,
  })),
  {
    what: 'an approval without the verb',
    given: granted(ONLY_CREATES, {
      apiGroups: ['agentworkloads.io'],
      resources: ['agentapprovals'],
      verbs: ['create'],
    }),
    request: post(
      `${APPROVALS}${DRY}`,
      approval('verbless', ONLY_CREATES),
      as(ONLY_CREATES),
    ),
    expected: forbidden(`${ONLY_CREATES} may not approve`),
    patient: true,
  },
  {
    what: 'a workload in one’s own name',
    given: [bind('ClusterRole', 'agentworkloads-requester', REQUESTER)],
    request: post(
      `${WORKLOADS}${DRY}`,
      workload('mine', { requestedBy: { username: REQUESTER } }),
      as(REQUESTER),
    ),
    expected: { code: 201 },
    patient: true,
  },
  {
    what: 'a workload in nobody’s name, with a word of how to mend it',
    request: post(`${WORKLOADS}${DRY}`, workload('nobodys'), as(REQUESTER)),
    expected: {
      code: 201,
      warns: `Name the requester: spec.requestedBy.username: ${REQUESTER}`,
    },
    patient: true,
  },
  {
    what: 'a workload in one’s own name, without a word',
    request: post(
      `${WORKLOADS}${DRY}`,
      workload('own', { requestedBy: { username: REQUESTER } }),
      as(REQUESTER),
    ),
    expected: { code: 201, warns: '' },
    patient: true,
  },
  {
    what: 'a workload in another’s name',
    request: post(
      `${WORKLOADS}${DRY}`,
      workload('theirs', { requestedBy: { username: 'alice' } }),
      as(REQUESTER),
    ),
    expected: forbidden(policy('agentworkloads-requester-identity')),
  },
  {
    what: 'a workload that names a run to compare with, by who may get it',
    given: [bind('ClusterRole', 'agentworkloads-requester', COMPARER)],
    request: post(
      `${WORKLOADS}${DRY}`,
      workload('comparing', { baselineRef: { name: 'earlier' } }),
      as(COMPARER),
    ),
    expected: { code: 201 },
    patient: true,
  },
  {
    what: 'a workload that names a run to compare with, by who may only create',
    given: granted(ONLY_MAKES, { ...ON_WORKLOADS, verbs: ['create'] }),
    request: post(
      `${WORKLOADS}${DRY}`,
      workload('curious', { baselineRef: { name: 'earlier' } }),
      as(ONLY_MAKES),
    ),
    expected: forbidden(
      `${ONLY_MAKES} may not get agentworkloads/earlier in conformance-`,
    ),
    patient: true,
    then: {
      request: post(`${WORKLOADS}${DRY}`, workload('plain'), as(ONLY_MAKES)),
      expected: { code: 201 },
    },
  },
  {
    what: 'a workload that uses the pages of a run, by who may only create',
    given: granted(ALSO_MAKES, { ...ON_WORKLOADS, verbs: ['create'] }),
    request: post(
      `${WORKLOADS}${DRY}`,
      workload('curious', {
        evidenceFrom: { name: 'earlier', workflowUid: 'u-1' },
      }),
      as(ALSO_MAKES),
    ),
    expected: forbidden('so spec.evidenceFrom must not name it'),
    patient: true,
  },
  {
    what: 'a workload that names a run to compare with, by who may get that one alone',
    given: [
      post(`${RBAC}/roles`, {
        metadata: { name: GETS_ONE },
        rules: [
          { ...ON_WORKLOADS, verbs: ['create'] },
          { ...ON_WORKLOADS, resourceNames: ['one'], verbs: ['get'] },
        ],
      }),
      bind('Role', GETS_ONE, GETS_ONE),
    ],
    request: post(
      `${WORKLOADS}${DRY}`,
      workload('comparing', { baselineRef: { name: 'one' } }),
      as(GETS_ONE),
    ),
    expected: { code: 201 },
    patient: true,
    then: {
      request: post(
        `${WORKLOADS}${DRY}`,
        workload('comparing', { baselineRef: { name: 'another' } }),
        as(GETS_ONE),
      ),
      expected: forbidden(policy('agentworkloads-baseline-right')),
    },
  },
  {
    what: 'a Workflow of ours, by the operator',
    request: post(`${WORKFLOWS}${DRY}`, workflow('plain', OURS), {
      as: { user: OPERATOR, groups: ['system:masters'] },
    }),
    expected: { code: 201 },
  },
  {
    what: 'a Workflow of ours, by an administrator',
    request: post(`${WORKFLOWS}${DRY}`, workflow('plain', OURS)),
    expected: forbidden(policy('agentworkloads-workflow-creators')),
  },
  {
    what: 'a Workflow of ours, by Argo, as of a CronWorkflow',
    request: post(`${WORKFLOWS}${DRY}`, workflow('plain', OURS), {
      as: { user: ARGO, groups: ['system:masters'] },
    }),
    expected: forbidden(policy('agentworkloads-workflow-creators')),
  },
  {
    what: 'a Workflow of ours with a status, by an administrator',
    request: post(
      `${WORKFLOWS}${DRY}`,
      workflow('done', OURS, { status: { phase: 'Succeeded' } }),
    ),
    // Which of the two that refuse it is told first is not said.
    expected: forbidden("ValidatingAdmissionPolicy 'agentworkloads-workflow-"),
  },
  {
    what: 'a Workflow of somebody else with a status',
    request: post(
      `${WORKFLOWS}${DRY}`,
      workflow('theirs', {}, { status: { phase: 'Succeeded' } }),
    ),
    expected: { code: 201 },
  },
  {
    what: 'the task result of a step, by an administrator',
    request: post(
      `${WORKFLOWS.replace('workflows', 'workflowtaskresults')}${DRY}`,
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'WorkflowTaskResult',
        metadata: { name: 'some-run-1234' },
      },
    ),
    expected: forbidden(policy('agentworkloads-task-result-owner')),
  },
];
