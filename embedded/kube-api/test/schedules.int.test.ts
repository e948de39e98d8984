import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ADMISSION_POLICIES,
  APPROVERS_GROUP,
  REQUESTERS_GROUP,
} from '@agentworkloads/api';
import type { JsonObject } from '../src/json';
import { readManifests } from '../src/bootstrap';
import { TestApi, type RequestOptions } from './harness';

const deploy = join(import.meta.dirname, '..', '..', '..', 'deploy');
const OURS = '/apis/agentworkloads.io/v1alpha1/namespaces/agentworkloads';
const SCHEDULES = `${OURS}/agentworkloadschedules`;
const RUNS = `${OURS}/agentworkloads`;
const OPERATOR_NAME =
  'system:serviceaccount:agentworkloads-system:agentworkloads-operator';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({
    objects: readManifests(
      ['crds', 'rbac', 'policies'].map(name => join(deploy, name)),
    ),
  });
});
afterAll(() => api.close());

const as = (user: string, ...groups: string[]): RequestOptions => ({
  headers: { 'impersonate-user': user, 'impersonate-group': groups },
});
const bob = as('bob', REQUESTERS_GROUP);
const carol = as('carol', REQUESTERS_GROUP);
const admin = as('admin', 'system:masters');
/** With the rights that are shipped, and no other. */
const operator = as(OPERATOR_NAME, 'system:serviceaccounts');

const template = (objective = 'what do they charge') => ({
  spec: { objective, targetUrls: ['https://example.com/pricing'] },
});
const schedule = (
  name: string,
  spec: JsonObject = {},
  metadata: JsonObject = {},
): JsonObject => ({
  apiVersion: 'agentworkloads.io/v1alpha1',
  kind: 'AgentWorkloadSchedule',
  metadata: { name, ...metadata },
  spec: { schedule: '0 7 * * 1', workloadTemplate: template(), ...spec },
});
const of = (username: string, ...groups: string[]) => ({
  requestedBy: { username, ...(groups.length ? { groups } : {}) },
});

/** The code, and of a refusal what refused it. */
const answer = ({ code, body }: { code: number; body: JsonObject }) =>
  code >= 400 ? `${code} ${String(body.message)}` : code;
const IDENTITY = expect.stringContaining(ADMISSION_POLICIES.scheduleIdentity);
const METADATA = expect.stringContaining(ADMISSION_POLICIES.metadata);

async function bobs(name: string, spec: JsonObject = {}): Promise<JsonObject> {
  const made = await api.post(
    SCHEDULES,
    schedule(name, { ...of('bob'), ...spec }),
    bob,
  );
  expect(answer(made)).toBe(201);
  return made.body;
}

describe('a schedule', () => {
  it('is made in the own name, or in nobody’s', async () => {
    const tried = [
      [of('bob'), bob],
      [{}, bob],
      [of('alice'), bob],
      [of('alice'), admin],
    ] as const;
    const answers: unknown[] = [];
    for (const [spec, who] of tried) {
      const name = `made-${answers.length}`;
      answers.push(
        answer(await api.post(SCHEDULES, schedule(name, spec), who)),
      );
    }
    expect(answers).toEqual([201, 201, IDENTITY, IDENTITY]);
  });

  it('names no group that is not the caller’s', async () => {
    const mine = schedule('groups-1', of('bob', REQUESTERS_GROUP));
    expect(answer(await api.post(SCHEDULES, mine, bob))).toBe(201);
    const forged = schedule('groups-2', of('bob', APPROVERS_GROUP));
    expect(answer(await api.post(SCHEDULES, forged, bob))).toEqual(IDENTITY);
  });

  it.each<[string, JsonObject]>([
    ['its template', { workloadTemplate: template('something else') }],
    ['a run now', { runNow: 'one' }],
    ['what becomes of an earlier run', { concurrencyPolicy: 'Replace' }],
    ['the groups of who asks', of('bob', REQUESTERS_GROUP)],
  ])(
    'of somebody else is not changed in their name: %s',
    async (what, spec) => {
      const name = `theirs-${what.length}`;
      await bobs(name);
      const path = `${SCHEDULES}/${name}`;
      expect(answer(await api.merge(path, { spec }, carol))).toEqual(IDENTITY);
      const taken = {
        spec: { ...spec, requestedBy: { username: 'carol', groups: null } },
      };
      expect(answer(await api.merge(path, taken, carol))).toBe(200);
      // Now it is hers.
      const back = { spec: { runNow: 'two' } };
      expect(answer(await api.merge(path, back, bob))).toEqual(IDENTITY);
    },
  );

  it('names nobody only by whoever may ask for runs there, for nobody is asked about later', async () => {
    // May change schedules, and make no workload.
    const dora = as('dora', 'schedule-keepers');
    const rbac = '/apis/rbac.authorization.k8s.io/v1/namespaces/agentworkloads';
    await api.post(
      `${rbac}/roles`,
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'Role',
        metadata: { name: 'schedule-keepers' },
        rules: [
          {
            apiGroups: ['agentworkloads.io'],
            resources: ['agentworkloadschedules'],
            verbs: ['create', 'update', 'patch'],
          },
        ],
      },
      admin,
    );
    await api.post(
      `${rbac}/rolebindings`,
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: 'schedule-keepers' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Role',
          name: 'schedule-keepers',
        },
        subjects: [
          {
            apiGroup: 'rbac.authorization.k8s.io',
            kind: 'Group',
            name: 'schedule-keepers',
          },
        ],
      },
      admin,
    );
    expect(
      answer(await api.post(SCHEDULES, schedule('nobodys-1'), dora)),
    ).toEqual(IDENTITY);
    // Whom the operator asks about before each run.
    const named = schedule('nobodys-2', of('dora'));
    expect(answer(await api.post(SCHEDULES, named, dora))).toBe(201);
    const path = `${SCHEDULES}/nobodys-2`;
    const left = { spec: { requestedBy: null } };
    expect(answer(await api.merge(path, left, dora))).toEqual(IDENTITY);
    expect(
      answer(await api.merge(path, { spec: { suspend: true } }, dora)),
    ).toBe(200);
    expect(answer(await api.merge(path, left, bob))).toBe(200);
  });

  it('of somebody else is suspended, moved and kept shorter without taking it over', async () => {
    await bobs('shared');
    for (const spec of [
      { suspend: true },
      { schedule: '0 8 * * 1', timeZone: 'Europe/Berlin' },
      { history: { completed: 5 } },
    ]) {
      const path = `${SCHEDULES}/shared`;
      expect(answer(await api.merge(path, { spec }, carol))).toBe(200);
    }
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['a name of 41 characters', {}, { name: 'x'.repeat(41) }],
    ['six fields', { schedule: '0 0 7 * * 1' }, {}],
    ['a zone in front', { schedule: 'TZ=UTC 0 7 * * 1' }, {}],
    ['an offset as its zone', { timeZone: '+02:00' }, {}],
    [
      'labels of ours in its template',
      {
        workloadTemplate: {
          ...template(),
          metadata: { labels: { 'agentworkloads.io/series': 'x' } },
        },
      },
      {},
    ],
    [
      'four eyes and nobody who asks',
      {
        workloadTemplate: {
          spec: { ...template().spec, gate: { fourEyes: true } },
        },
      },
      {},
    ],
  ])('has a shape: not with %s', async (_what, spec, metadata) => {
    const bad = schedule('shape', spec, metadata);
    expect((await api.post(SCHEDULES, bad, bob)).code).toBe(422);
  });

  it('has a status that the operator alone writes', async () => {
    await bobs('told');
    const path = `${SCHEDULES}/told/status`;
    const body = { status: { observedGeneration: 1 } };
    expect(answer(await api.merge(path, body, admin))).toEqual(
      expect.stringContaining(ADMISSION_POLICIES.statusWriters),
    );
    expect(answer(await api.merge(path, body, operator))).toBe(200);
  });

  it('gets no owner, no finalizer and no label of ours from others', async () => {
    const owner = { apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x' };
    await bobs('plain');
    for (const metadata of [
      { ownerReferences: [owner] },
      { finalizers: ['example.com/never'] },
      { labels: { 'agentworkloads.io/x': 'y' } },
    ]) {
      const path = `${SCHEDULES}/plain`;
      expect(answer(await api.merge(path, { metadata }, bob))).toEqual(
        METADATA,
      );
    }
  });

  it('is not deleted by who may make one, for its runs would go with it', async () => {
    await bobs('stays');
    const path = `${SCHEDULES}/stays`;
    expect((await api.delete(path, undefined, bob)).code).toBe(403);
    expect((await api.delete(path, undefined, admin)).code).toBe(200);
  });
});

describe('a run of a schedule', () => {
  const reference = ({ metadata }: JsonObject, change: JsonObject = {}) => ({
    apiVersion: 'agentworkloads.io/v1alpha1',
    kind: 'AgentWorkloadSchedule',
    name: (metadata as JsonObject).name,
    uid: (metadata as JsonObject).uid,
    controller: true,
    blockOwnerDeletion: true,
    ...change,
  });
  const run = (name: string, metadata: JsonObject): JsonObject => ({
    apiVersion: 'agentworkloads.io/v1alpha1',
    kind: 'AgentWorkload',
    metadata: { name, ...metadata },
    spec: { ...template().spec, ...of('bob') },
  });
  const labels = { 'agentworkloads.io/schedule': 'owner' };
  let owner: JsonObject;
  beforeAll(async () => {
    owner = await bobs('owner');
  });

  it('is made by the operator in the name of who asks, with the schedule as its controller', async () => {
    const made = run('made', { labels, ownerReferences: [reference(owner)] });
    expect(answer(await api.post(RUNS, made, operator))).toBe(201);
  });

  it.each<[string, JsonObject]>([
    ['no owner', { labels }],
    ['no label', { ownerReferences: ['controller'] }],
    [
      'an owner that does not control it',
      { labels, change: { controller: false } },
    ],
    ['an owner of another kind', { labels, change: { kind: 'AgentWorkload' } }],
    [
      'an owner that the label does not name',
      { labels, change: { name: 'else' } },
    ],
  ])(
    'is not made in another name with %s',
    async (_what, { change, ...rest }) => {
      const ownerReferences =
        change || rest.ownerReferences
          ? [reference(owner, change as JsonObject | undefined)]
          : undefined;
      const metadata = {
        ...rest,
        ...(ownerReferences ? { ownerReferences } : {}),
      };
      const forged = run('forged', metadata);
      expect(answer(await api.post(RUNS, forged, operator))).toEqual(
        expect.stringContaining(ADMISSION_POLICIES.requesterIdentity),
      );
    },
  );

  it('is made by nobody else, whatever rights they have', async () => {
    const forged = run('forged', {
      labels,
      ownerReferences: [reference(owner)],
    });
    for (const who of [bob, admin]) {
      expect((await api.post(RUNS, forged, who)).code).toBe(403);
    }
  });

  it('is cancelled and deleted by the operator, which has the rights for it', async () => {
    const made = run('gives-way', {
      labels,
      ownerReferences: [reference(owner)],
    });
    await api.post(RUNS, made, operator);
    const path = `${RUNS}/gives-way`;
    const cancel = { spec: { cancel: true } };
    expect(answer(await api.merge(path, cancel, operator))).toBe(200);
    expect(answer(await api.delete(path, undefined, operator))).toBe(200);
  });

  it('is asked about: whether bob, by his groups, may make it', async () => {
    const review = (user: string, ...groups: string[]) =>
      api.post(
        '/apis/authorization.k8s.io/v1/namespaces/agentworkloads/localsubjectaccessreviews',
        {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'LocalSubjectAccessReview',
          metadata: { namespace: 'agentworkloads' },
          spec: {
            user,
            groups,
            resourceAttributes: {
              namespace: 'agentworkloads',
              verb: 'create',
              group: 'agentworkloads.io',
              resource: 'agentworkloads',
            },
          },
        },
        operator,
      );
    const allowed = async (...who: [string, ...string[]]) =>
      ((await review(...who)).body.status as JsonObject).allowed;
    expect(await allowed('bob', REQUESTERS_GROUP)).toBe(true);
    expect(await allowed('bob', 'system:authenticated')).toBe(false);
  });
});
