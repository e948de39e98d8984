import {
  type Asker,
  type Case,
  DRY,
  merge,
  OPERATOR,
  post,
  refusedBy,
  type Request,
  SCHEDULES,
  WORKLOADS,
} from '../model';

/** Schedules: who may make and change them in whose name, and what the operator may make of them. */

/** Both with every right: what refuses is the policy. */
const person = (user: string): Asker => ({
  as: { user, groups: ['system:masters'] },
});
const BOB = person('conformance-bob');
const CAROL = person('conformance-carol');
const IDENTITY = 'agentworkloads-schedule-identity';
const NOT_YOUR_NAME = 'must be left out or be your own name';

const template = (objective = 'what do they charge') => ({
  spec: { objective, targetUrls: ['https://example.com/pricing'] },
});
/** Nothing comes due, and nothing runs. */
const schedule = (name: string, spec: object = {}, metadata: object = {}) => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkloadSchedule',
  metadata: { name, ...metadata },
  spec: {
    schedule: '0 0 29 2 *',
    suspend: true,
    requestedBy: { username: BOB.as?.user },
    workloadTemplate: template(),
    ...spec,
  },
});
const tried = (spec: object, by: Asker = BOB, name = 'tried'): Request =>
  post(`${SCHEDULES}${DRY}`, schedule(name, spec), by);
const bobs = (name: string): Request => post(SCHEDULES, schedule(name), BOB);
/** A change of one of bob's that is kept nowhere. */
const changed = (name: string, spec: object, by = CAROL): Request =>
  merge(`${SCHEDULES}/${name}${DRY}`, { spec }, by);

export const SCHEDULE_NAMES: readonly Case[] = [
  {
    what: 'a schedule in the own name',
    request: tried({}),
    expected: { code: 201 },
  },
  {
    what: 'a schedule in nobody’s name',
    request: tried({ requestedBy: undefined }),
    expected: { code: 201 },
  },
  {
    what: 'a schedule in another name',
    request: tried({}, CAROL),
    expected: refusedBy(IDENTITY, NOT_YOUR_NAME),
  },
  {
    what: 'a schedule with a group of the caller',
    request: tried({
      requestedBy: { username: BOB.as?.user, groups: ['system:masters'] },
    }),
    expected: { code: 201 },
  },
  {
    what: 'a schedule with a group of others',
    request: tried({
      requestedBy: { username: BOB.as?.user, groups: ['approvers'] },
    }),
    expected: refusedBy(IDENTITY, 'must be a group of yours'),
  },
  {
    what: 'what is run, changed in the name of another',
    given: [bobs('template')],
    request: changed('template', { workloadTemplate: template('else') }),
    expected: refusedBy(IDENTITY, NOT_YOUR_NAME),
  },
  {
    what: 'a run now in the name of another',
    given: [bobs('run-now')],
    request: changed('run-now', { runNow: 'x' }),
    expected: refusedBy(IDENTITY, NOT_YOUR_NAME),
  },
  {
    what: 'what becomes of an earlier run, in the name of another',
    given: [bobs('replace')],
    request: changed('replace', { concurrencyPolicy: 'Replace' }),
    expected: refusedBy(IDENTITY, NOT_YOUR_NAME),
  },
  {
    what: 'a run now in the own name',
    given: [bobs('run-mine')],
    request: changed('run-mine', { runNow: 'x' }, BOB),
    expected: { code: 200 },
  },
  {
    what: 'a schedule that is taken over',
    given: [bobs('taken')],
    request: changed('taken', {
      requestedBy: { username: CAROL.as?.user },
      workloadTemplate: template('else'),
    }),
    expected: { code: 200 },
  },
  {
    what: 'a schedule of another that is moved, resumed and kept shorter',
    given: [bobs('moved')],
    request: changed('moved', {
      schedule: '0 0 1 1 *',
      suspend: false,
      history: { completed: 3 },
    }),
    expected: { code: 200 },
  },
  {
    what: 'the status of a schedule, by an administrator',
    given: [bobs('status')],
    request: merge(
      `${SCHEDULES}/status/status`,
      { status: { lastScheduleTime: '2026-01-01T00:00:00Z' } },
      BOB,
    ),
    expected: refusedBy(
      'agentworkloads-status-writers',
      'may not write the status',
    ),
  },
  {
    what: 'a finalizer that is added to a schedule',
    given: [bobs('finalizer')],
    request: merge(
      `${SCHEDULES}/finalizer`,
      { metadata: { finalizers: ['example.com/never'] } },
      BOB,
    ),
    expected: refusedBy('agentworkloads-metadata', 'may not add a finalizer'),
  },
];

const invalid = { code: 422, reason: 'Invalid' };
export const SCHEDULE_SHAPES: readonly Case[] = [
  ...(
    [
      ['six fields', { schedule: '0 0 7 * * 1' }],
      ['a zone before its fields', { schedule: 'TZ=UTC 0 7 * * 1' }],
      ['the last day of a month', { schedule: '0 0 L * *' }],
      ['an offset as its zone', { timeZone: '+02:00' }],
      ['half a minute to start in', { startingDeadline: '30s' }],
      [
        'labels of ours for its runs',
        {
          workloadTemplate: {
            ...template(),
            metadata: { labels: { 'agentworkloads.io/series': 'x' } },
          },
        },
      ],
      [
        'a run of its template to compare with',
        {
          workloadTemplate: {
            spec: { ...template().spec, baselineRef: { name: 'earlier' } },
          },
        },
      ],
      [
        'pages of another run for its runs',
        {
          workloadTemplate: {
            spec: {
              ...template().spec,
              evidenceFrom: { name: 'earlier', workflowUid: 'u-1' },
            },
          },
        },
      ],
      [
        'four eyes and nobody who asks',
        {
          requestedBy: undefined,
          workloadTemplate: {
            spec: { ...template().spec, gate: { fourEyes: true } },
          },
        },
      ],
    ] as const
  ).map(([what, spec]) => ({
    what: `a schedule with ${what}`,
    request: tried(spec),
    expected: invalid,
  })),
  {
    what: 'a schedule with a name of 41 characters',
    request: tried({}, BOB, 'x'.repeat(41)),
    expected: invalid,
  },
  {
    what: 'a schedule with days by their names, and a macro',
    request: tried({ schedule: '0,30 7-9/2 * JAN,Jul MON-FRI' }),
    expected: { code: 201 },
  },
];

const run = (metadata: object, by: Asker = OPERATOR): Request =>
  post(
    `${WORKLOADS}${DRY}`,
    {
      apiVersion: 'agentworkloads.io/v1alpha1',
      kind: 'AgentWorkload',
      metadata: { name: 'of-schedule', ...metadata },
      spec: { ...template().spec, requestedBy: { username: BOB.as?.user } },
    },
    by,
  );
const owner = (change: object = {}) => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkloadSchedule',
  name: 'weekly',
  uid: '00000000-0000-0000-0000-000000000001',
  controller: true,
  ...change,
});
const labels = { 'agentworkloads.io/schedule': 'weekly' };
const notTheirs = refusedBy('agentworkloads-requester-identity', NOT_YOUR_NAME);

export const SCHEDULE_RUNS: readonly Case[] = [
  {
    what: 'a run in the name of who asks, with its schedule, by the operator',
    request: run({ labels, ownerReferences: [owner()] }),
    expected: { code: 201 },
  },
  ...(
    [
      ['without a schedule', { labels }],
      ['without the label', { ownerReferences: [owner()] }],
      [
        'with a schedule that does not control it',
        { labels, ownerReferences: [owner({ controller: false })] },
      ],
      [
        'with an owner of another kind',
        { labels, ownerReferences: [owner({ kind: 'AgentWorkload' })] },
      ],
      [
        'with the label of another schedule',
        { labels, ownerReferences: [owner({ name: 'monthly' })] },
      ],
    ] as const
  ).map(([what, metadata]) => ({
    what: `a run in another name ${what}, by the operator`,
    request: run(metadata),
    expected: notTheirs,
  })),
  {
    what: 'a run in another name with its schedule, by an administrator',
    request: run({ labels, ownerReferences: [owner()] }, CAROL),
    expected: { code: 403, reason: 'Forbidden' },
  },
  {
    what: 'whether somebody without rights may ask for runs',
    request: post(
      '/apis/authorization.k8s.io/v1/namespaces/{ns}/localsubjectaccessreviews',
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'LocalSubjectAccessReview',
        metadata: { namespace: '{ns}' },
        spec: {
          user: 'conformance-nobody',
          groups: ['system:authenticated'],
          resourceAttributes: {
            namespace: '{ns}',
            verb: 'create',
            group: 'agentworkloads.io',
            resource: 'agentworkloads',
          },
        },
      },
    ),
    expected: { code: 201, object: { status: { allowed: false } } },
  },
];
