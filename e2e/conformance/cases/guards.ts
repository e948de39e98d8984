import { expect } from '@jest/globals';
import {
  type Answer,
  approval,
  APPROVALS,
  type Case,
  get,
  merge,
  OPERATOR,
  post,
  refusedBy,
  remove,
  type Request,
  workload,
  WORKLOADS,
} from '../model';

/** What the shipped policies say of the status and the metadata of our kinds. */

/** Somebody with every right: what refuses is the policy. */
const DECIDER = {
  as: { user: 'conformance-decider', groups: ['system:masters'] },
};
const STATUS = 'agentworkloads-status-writers';
const METADATA = 'agentworkloads-metadata';
const NOT_YOURS = 'may not write the status of agentworkloads';

const made = (name: string, metadata: object = {}): Request =>
  post(WORKLOADS, {
    // Cancelled from the start: no operator makes a Workflow of it.
    ...workload(name, { cancel: true }),
    metadata: { name, ...metadata },
  });
const decided = (name: string) =>
  post(APPROVALS, approval(name, DECIDER.as.user), DECIDER);
const forged = {
  gate: { mode: 'human', fourEyes: true, decision: 'approve', via: 'person' },
};
const CONFIG_MAP_OWNER = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  name: 'nope',
  uid: '00000000-0000-0000-0000-000000000001',
};
const GITOPS = {
  labels: { 'app.kubernetes.io/instance': 'runs' },
  annotations: { 'argocd.argoproj.io/tracking-id': 'runs:x' },
};
const metadata = (name: string, change: object, as: object = {}) =>
  merge(`${WORKLOADS}/${name}`, { metadata: change }, as);
/** Set by the operator's account: nobody else can. */
const kept = (name: string, finalizers: string[]) =>
  metadata(name, { finalizers }, OPERATOR);
const applied = (name: string, body: object, manager: string): Request => ({
  method: 'PATCH',
  path: `${WORKLOADS}/${name}?fieldManager=${manager}&force=true`,
  body: { ...workload(name, { cancel: true }), ...body },
  type: 'application/apply-patch+yaml',
});

export const STATUSES: readonly Case[] = [
  {
    what: 'a decision, by an administrator',
    given: [made('forged')],
    request: merge(`${WORKLOADS}/forged/status`, { status: forged }),
    expected: refusedBy(STATUS, NOT_YOURS),
  },
  {
    what: 'a decision, by the operator',
    given: [made('decided')],
    request: merge(`${WORKLOADS}/decided/status`, { status: forged }, OPERATOR),
    expected: { code: 200, object: { status: forged } },
  },
  {
    what: 'an approved gate that is shut, by the operator',
    given: [
      made('shut'),
      merge(`${WORKLOADS}/shut/status`, { status: forged }, OPERATOR),
    ],
    request: merge(
      `${WORKLOADS}/shut/status`,
      { status: { gate: { decision: 'deny', via: 'operator' } } },
      OPERATOR,
    ),
    expected: { code: 200 },
  },
  ...(
    [
      ['opened', { decision: 'deny' }, { decision: 'approve' }],
      ['denied by a person', {}, { decision: 'deny', via: 'person' }],
    ] as const
  ).map(
    ([how, first, then], place): Case => ({
      what: `a decided gate that is ${how}, by the operator`,
      given: [
        made(`once-${place}`),
        merge(
          `${WORKLOADS}/once-${place}/status`,
          { status: { gate: { ...forged.gate, ...first } } },
          OPERATOR,
        ),
      ],
      request: merge(
        `${WORKLOADS}/once-${place}/status`,
        { status: { gate: then } },
        OPERATOR,
      ),
      expected: {
        code: 422,
        reason: 'Invalid',
        says: 'the first decision recorded wins',
      },
    }),
  ),
  {
    what: 'a status that is taken away',
    given: [
      made('emptied'),
      merge(`${WORKLOADS}/emptied/status`, { status: forged }, OPERATOR),
    ],
    request: merge(`${WORKLOADS}/emptied/status`, { status: null }),
    expected: refusedBy(STATUS, NOT_YOURS),
  },
  {
    what: 'a status that stays as it is, by an administrator',
    given: [
      made('unchanged'),
      merge(`${WORKLOADS}/unchanged/status`, { status: forged }, OPERATOR),
    ],
    request: merge(`${WORKLOADS}/unchanged/status`, {}),
    expected: { code: 200 },
  },
  {
    what: 'the acceptance of an approval, by whoever made it',
    given: [
      post(APPROVALS, approval('self-accepted', DECIDER.as.user), DECIDER),
    ],
    request: merge(`${APPROVALS}/self-accepted/status`, {
      status: { conditions: [] },
    }),
    expected: refusedBy(STATUS, 'may not write the status of agentapprovals'),
  },
];

export const OWNERS_AND_LABELS: readonly Case[] = [
  {
    what: 'an owner that does not exist',
    given: [made('victim')],
    request: metadata('victim', { ownerReferences: [CONFIG_MAP_OWNER] }),
    expected: refusedBy(METADATA, 'may not change metadata.ownerReferences'),
  },
  {
    what: 'an owner, by a server-side apply',
    given: [made('applied-victim')],
    request: applied(
      'applied-victim',
      {
        metadata: {
          name: 'applied-victim',
          ownerReferences: [CONFIG_MAP_OWNER],
        },
      },
      'mallory',
    ),
    expected: refusedBy(METADATA, 'may not change metadata.ownerReferences'),
  },
  {
    what: 'the owner of an approval, by the operator',
    given: [decided('owned')],
    // Without its version: where an operator runs, it writes beside this that the approval is of no workload.
    request: merge(
      `${APPROVALS}/owned`,
      { metadata: { ownerReferences: [CONFIG_MAP_OWNER] } },
      OPERATOR,
    ),
    expected: { code: 200 },
  },
  {
    what: 'a finalizer that is added',
    given: [made('kept')],
    request: metadata('kept', { finalizers: ['example.com/for-ever'] }),
    expected: refusedBy(METADATA, 'may not add a finalizer'),
  },
  {
    what: 'one finalizer in place of another',
    given: [made('swapped'), kept('swapped', ['example.com/a'])],
    request: metadata('swapped', { finalizers: ['example.com/b'] }),
    expected: refusedBy(METADATA, 'may not add a finalizer'),
    then: {
      request: metadata('swapped', { finalizers: null }),
      expected: { code: 200 },
    },
  },
  {
    what: 'a finalizer that is taken off',
    given: [
      made('freed'),
      kept('freed', ['example.com/a', 'example.com/b']),
      metadata('freed', { finalizers: ['example.com/b'] }),
    ],
    request: metadata('freed', { finalizers: null }),
    expected: { code: 200 },
  },
  ...(
    [
      ['added', {}, { 'agentworkloads.io/series': 'x' }],
      [
        'changed',
        { 'agentworkloads.io/series': 'x' },
        { 'agentworkloads.io/series': 'y' },
      ],
    ] as const
  ).map(
    ([what, labels, change]): Case => ({
      what: `a label of ours that is ${what}`,
      given: [made(`label-${what}`, { labels })],
      request: metadata(`label-${what}`, { labels: change }),
      expected: refusedBy(METADATA, 'labels agentworkloads.io/'),
    }),
  ),
  {
    what: 'a label of ours that is taken off',
    given: [
      made('label-off', {
        labels: { 'agentworkloads.io/series': 'x', 'example.com/y': 'y' },
      }),
    ],
    request: metadata('label-off', {
      labels: { 'agentworkloads.io/series': null },
    }),
    expected: refusedBy(METADATA, 'labels agentworkloads.io/'),
  },
  {
    what: 'all labels taken off at once, one of ours among them',
    given: [
      made('labels-off', { labels: { 'agentworkloads.io/series': 'x' } }),
    ],
    request: metadata('labels-off', { labels: null }),
    expected: refusedBy(METADATA, 'labels agentworkloads.io/'),
  },
  {
    what: 'label and annotation of a GitOps tool',
    given: [
      made('synced', { labels: { 'agentworkloads.io/series': 'x' } }),
      metadata('synced', GITOPS),
      metadata('synced', { labels: { 'app.kubernetes.io/instance': 'other' } }),
    ],
    request: metadata('synced', {
      labels: { 'app.kubernetes.io/instance': null },
      annotations: null,
    }),
    expected: {
      code: 200,
      object: { metadata: { labels: { 'agentworkloads.io/series': 'x' } } },
    },
  },
  {
    what: 'a server-side apply over a client-side one',
    given: [
      made('applied', {
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '' },
      }),
    ],
    request: applied(
      'applied',
      { metadata: { name: 'applied', ...GITOPS } },
      'kubectl',
    ),
    expected: { code: 200, object: { metadata: GITOPS } },
  },
  {
    what: 'a cancel, beside the metadata',
    given: [made('cancelled-too')],
    request: merge(`${WORKLOADS}/cancelled-too`, { spec: { cancel: true } }),
    expected: { code: 200 },
  },
];

/** The operator ties an approval to its run. */
const tied = (name: string, { object }: Answer, extra: object = {}) =>
  merge(
    `${APPROVALS}/${name}`,
    {
      metadata: {
        ownerReferences: [
          {
            apiVersion: 'agentworkloads.io/v1alpha1',
            kind: 'AgentWorkload',
            name: object.metadata.name,
            uid: object.metadata.uid,
            ...extra,
          },
        ],
      },
    },
    OPERATOR,
  );
const deletion = (propagationPolicy: string): Case => {
  const name = `deleted-${propagationPolicy.toLowerCase()}`;
  const blocked = propagationPolicy === 'Foreground';
  return {
    what: `a deletion, ${propagationPolicy}`,
    given: [
      made(name),
      decided(name),
      given =>
        tied(name, given[0]!, blocked ? { blockOwnerDeletion: true } : {}),
    ],
    request: remove(`${WORKLOADS}/${name}`, { propagationPolicy }),
    expected: { code: 200 },
    then: {
      request: get(
        propagationPolicy === 'Orphan'
          ? `${WORKLOADS}/${name}`
          : `${APPROVALS}/${name}`,
      ),
      expected: { code: 404 },
    },
  };
};

/** With the collector's own writes, which no policy may hold up. */
export const ENDS: readonly Case[] = [
  ...['Background', 'Foreground', 'Orphan'].map(deletion),
  {
    what: 'a workload, Foreground, is gone itself at last',
    given: [
      made('gone-at-last'),
      decided('gone-at-last'),
      given => tied('gone-at-last', given[0]!, { blockOwnerDeletion: true }),
    ],
    request: remove(`${WORKLOADS}/gone-at-last`, {
      propagationPolicy: 'Foreground',
    }),
    expected: { code: 200 },
    then: {
      request: get(`${WORKLOADS}/gone-at-last`),
      expected: { code: 404 },
    },
  },
  {
    what: 'what is left under Orphan has lost its owner',
    given: [made('left'), decided('left'), given => tied('left', given[0]!)],
    request: remove(`${WORKLOADS}/left`, { propagationPolicy: 'Orphan' }),
    expected: { code: 200 },
    then: {
      request: get(`${APPROVALS}/left`),
      expected: {
        code: 200,
        object: {
          metadata: expect.not.objectContaining({
            ownerReferences: expect.anything(),
          }),
        },
      },
    },
  },
];
