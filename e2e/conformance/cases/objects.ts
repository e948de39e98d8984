import { expect } from '@jest/globals';
import {
  type Case,
  CONFIG_MAPS,
  configMap,
  DRY,
  get,
  jsonPatch,
  merge,
  post,
  put,
  remove,
  template,
  TEMPLATES,
  WORKLOADS,
  workload,
} from '../model';

const create = (name: string, extra?: object) =>
  post(CONFIG_MAPS, configMap(name, extra));
const createTemplate = (name: string, extra?: object) =>
  post(TEMPLATES, template(name, extra));
const gone = (path: string) => ({
  request: get(path),
  expected: { code: 404, reason: 'NotFound' },
});

export const CREATION: readonly Case[] = [
  {
    what: 'a new object',
    request: create('new'),
    expected: {
      code: 201,
      object: {
        kind: 'ConfigMap',
        metadata: { name: 'new', uid: expect.any(String) },
      },
    },
  },
  {
    what: 'a new custom resource has generation 1',
    request: createTemplate('new'),
    expected: { code: 201, object: { metadata: { generation: 1 } } },
  },
  {
    what: 'a name that is taken',
    given: [create('taken')],
    request: create('taken'),
    expected: { code: 409, reason: 'AlreadyExists', says: '"taken" already' },
  },
  {
    what: 'generateName',
    request: post(CONFIG_MAPS, {
      ...configMap(''),
      metadata: { generateName: 'made-' },
    }),
    expected: {
      code: 201,
      object: {
        metadata: {
          generateName: 'made-',
          name: expect.stringMatching(/^made-[a-z0-9]{5}$/),
        },
      },
    },
  },
  {
    what: 'no name at all',
    request: post(CONFIG_MAPS, { ...configMap(''), metadata: {} }),
    expected: { code: 422, reason: 'Invalid', says: 'name or generateName' },
  },
  {
    what: 'a name that can’t be one',
    request: createTemplate('Not_A_Name'),
    expected: { code: 422, reason: 'Invalid', says: 'metadata.name' },
  },
  {
    what: 'another namespace in the body than in the path',
    request: create('elsewhere', { namespace: 'default' }),
    expected: { code: 400, reason: 'BadRequest', says: 'namespace' },
  },
  {
    what: 'a namespace that is not there',
    request: post(
      '/api/v1/namespaces/not-there-at-all/configmaps',
      configMap('a'),
    ),
    expected: { code: 404, reason: 'NotFound', says: 'not-there-at-all' },
  },
  {
    what: 'another kind in the body than in the path',
    request: post(TEMPLATES, workload('mixed')),
    expected: { code: 400, reason: 'BadRequest' },
  },
  {
    what: 'a body that is no JSON',
    request: post(TEMPLATES, '{"kind":'),
    expected: { code: 400, reason: 'BadRequest' },
  },
  {
    what: 'dryRun keeps nothing',
    request: post(`${CONFIG_MAPS}${DRY}`, configMap('dry')),
    expected: { code: 201, object: { metadata: { name: 'dry' } } },
    then: gone(`${CONFIG_MAPS}/dry`),
  },
  {
    what: 'dryRun with another value than All',
    request: post(`${CONFIG_MAPS}?dryRun=Some`, configMap('dry')),
    expected: { code: 422, reason: 'Invalid', says: 'dryRun' },
  },
  {
    what: 'an unknown field under strict validation',
    request: post(
      `${WORKLOADS}?dryRun=All&fieldValidation=Strict`,
      workload('strict', { nope: 1 }),
    ),
    expected: {
      code: 400,
      reason: 'BadRequest',
      says: 'unknown field "spec.nope"',
    },
  },
];

export const UPDATES: readonly Case[] = [
  {
    what: 'an object that is not there',
    request: get(`${TEMPLATES}/nobody`),
    expected: {
      code: 404,
      reason: 'NotFound',
      says: 'workflowtemplates.argoproj.io "nobody" not found',
    },
  },
  {
    what: 'a kind that is not there',
    request: get(TEMPLATES.replace('workflowtemplates', 'nothings')),
    expected: { code: 404 },
  },
  {
    what: 'an update from a version that is not the newest',
    given: [
      createTemplate('stale'),
      merge(`${TEMPLATES}/stale`, { metadata: { labels: { a: 'b' } } }),
    ],
    request: ([first]) => put(`${TEMPLATES}/stale`, first?.object),
    expected: { code: 409, reason: 'Conflict', says: 'the latest version' },
  },
  {
    what: 'an update of a custom resource without a version',
    given: [createTemplate('versionless')],
    request: put(`${TEMPLATES}/versionless`, template('versionless')),
    expected: { code: 422, reason: 'Invalid', says: 'must be specified' },
  },
  {
    what: 'an update of a ConfigMap without a version',
    given: [create('unconditional')],
    request: put(`${CONFIG_MAPS}/unconditional`, {
      ...configMap('unconditional'),
      data: { c: '3' },
    }),
    expected: { code: 200, object: { data: { c: '3' } } },
  },
  {
    what: 'an update that changes nothing keeps the version',
    given: [createTemplate('same')],
    request: ([first]) => put(`${TEMPLATES}/same`, first?.object),
    expected: ([first]) => ({
      code: 200,
      object: {
        metadata: {
          resourceVersion: first?.object.metadata.resourceVersion,
          generation: 1,
        },
      },
    }),
  },
  {
    what: 'a changed spec counts the generation up',
    given: [createTemplate('counts')],
    request: merge(`${TEMPLATES}/counts`, { spec: { entrypoint: 'b' } }),
    expected: { code: 200, object: { metadata: { generation: 2 } } },
  },
  {
    what: 'a changed label does not',
    given: [createTemplate('labelled')],
    request: merge(`${TEMPLATES}/labelled`, {
      metadata: { labels: { a: 'b' } },
    }),
    expected: {
      code: 200,
      object: { metadata: { generation: 1, labels: { a: 'b' } } },
    },
  },
  {
    what: 'a merge patch with null removes',
    given: [create('nulled')],
    request: merge(`${CONFIG_MAPS}/nulled`, { data: { a: null, c: '3' } }),
    expected: {
      code: 200,
      object: {
        data: expect.not.objectContaining({ a: expect.anything() }),
      },
    },
  },
  {
    what: 'a merge patch from an old version',
    given: [create('old-patch')],
    request: merge(`${CONFIG_MAPS}/old-patch`, {
      metadata: { resourceVersion: '1' },
      data: { a: '5' },
    }),
    expected: { code: 409, reason: 'Conflict' },
  },
  {
    what: 'a JSON patch whose test holds',
    given: [createTemplate('tested')],
    request: jsonPatch(`${TEMPLATES}/tested`, [
      { op: 'test', path: '/spec/entrypoint', value: 'a' },
      { op: 'replace', path: '/spec/entrypoint', value: 'b' },
      { op: 'add', path: '/metadata/annotations', value: { 'x/y': 'z' } },
    ]),
    expected: {
      code: 200,
      object: {
        metadata: { annotations: { 'x/y': 'z' } },
        spec: { entrypoint: 'b' },
      },
    },
  },
  {
    what: 'a JSON patch whose test fails changes nothing',
    given: [createTemplate('untested')],
    request: jsonPatch(`${TEMPLATES}/untested`, [
      { op: 'replace', path: '/spec/entrypoint', value: 'b' },
      { op: 'test', path: '/spec/entrypoint', value: 'c' },
    ]),
    expected: { code: 422, reason: 'Invalid' },
    then: {
      request: get(`${TEMPLATES}/untested`),
      expected: { code: 200, object: { spec: { entrypoint: 'a' } } },
    },
  },
  {
    what: 'a JSON patch of a path that is not there',
    given: [createTemplate('pathless')],
    request: jsonPatch(`${TEMPLATES}/pathless`, [
      { op: 'replace', path: '/status/nodes/x/phase', value: 'Succeeded' },
    ]),
    expected: { code: 422, reason: 'Invalid' },
  },
  {
    what: 'a JSON patch that is none',
    given: [createTemplate('no-patch')],
    request: jsonPatch(`${TEMPLATES}/no-patch`, { op: 'add' }),
    expected: { code: 400, reason: 'BadRequest' },
  },
  {
    what: 'a patch of a type that is not known',
    given: [create('typeless')],
    request: { ...merge(`${CONFIG_MAPS}/typeless`, {}), type: 'text/plain' },
    expected: { code: 415, reason: 'UnsupportedMediaType' },
  },
  {
    what: 'a strategic merge patch of a custom resource',
    given: [createTemplate('strategic')],
    request: {
      ...merge(`${TEMPLATES}/strategic`, {}),
      type: 'application/strategic-merge-patch+json',
    },
    expected: { code: 415, reason: 'UnsupportedMediaType' },
  },
  {
    what: 'a patch of what is not there',
    request: merge(`${TEMPLATES}/nobody`, { metadata: {} }),
    expected: { code: 404, reason: 'NotFound' },
  },
  {
    what: 'a patch of the name',
    given: [createTemplate('renamed')],
    request: merge(`${TEMPLATES}/renamed`, { metadata: { name: 'other' } }),
    expected: { code: 400, reason: 'BadRequest' },
  },
];

const dependent = (name: string, owner: { name: string; uid: string }) =>
  create(name, {
    ownerReferences: [
      { apiVersion: 'v1', kind: 'ConfigMap', ...owner, controller: true },
    ],
  });

const withOwner = (owner: string, name: string): Case['given'] => [
  create(owner),
  ([first]) =>
    dependent(name, { name: owner, uid: String(first?.object.metadata.uid) }),
];

export const DELETION: readonly Case[] = [
  {
    what: 'deleting',
    given: [createTemplate('doomed')],
    request: remove(`${TEMPLATES}/doomed`),
    expected: { code: 200, object: { kind: 'Status', status: 'Success' } },
    then: gone(`${TEMPLATES}/doomed`),
  },
  {
    what: 'deleting what is not there',
    request: remove(`${CONFIG_MAPS}/nobody`),
    expected: { code: 404, reason: 'NotFound' },
  },
  {
    what: 'deleting under another uid',
    given: [create('other-uid')],
    request: remove(`${CONFIG_MAPS}/other-uid`, {
      preconditions: { uid: 'another' },
    }),
    expected: { code: 409, reason: 'Conflict' },
  },
  {
    what: 'a finalizer keeps the object, marked',
    given: [createTemplate('kept', { finalizers: ['example.com/keep'] })],
    request: remove(`${TEMPLATES}/kept`),
    expected: {
      code: 200,
      object: {
        kind: 'WorkflowTemplate',
        metadata: { deletionTimestamp: expect.any(String) },
      },
    },
  },
  {
    what: 'its last finalizer taken off, the object is gone',
    given: [
      createTemplate('released', { finalizers: ['example.com/keep'] }),
      remove(`${TEMPLATES}/released`),
    ],
    request: merge(`${TEMPLATES}/released`, { metadata: { finalizers: null } }),
    expected: { code: 200 },
    then: gone(`${TEMPLATES}/released`),
  },
  {
    what: 'deleting all that a selector finds',
    given: [create('all-1', { labels: { lot: 'x' } }), create('all-2')],
    request: remove(`${CONFIG_MAPS}?labelSelector=lot%3Dx`),
    expected: { code: 200 },
    then: {
      request: get(`${CONFIG_MAPS}?labelSelector=lot%3Dx`),
      expected: { code: 200, object: { items: [] } },
    },
  },
];

/** The look that follows is repeated: a controller does it. */
export const GARBAGE: readonly Case[] = [
  {
    what: 'with its owner an object goes',
    given: withOwner('owner-1', 'owned-1'),
    request: remove(`${CONFIG_MAPS}/owner-1`),
    expected: { code: 200 },
    then: gone(`${CONFIG_MAPS}/owned-1`),
  },
  {
    what: 'in the foreground the owner goes last',
    given: withOwner('owner-2', 'owned-2'),
    request: remove(`${CONFIG_MAPS}/owner-2`, {
      propagationPolicy: 'Foreground',
    }),
    expected: {
      code: 200,
      object: { metadata: { finalizers: ['foregroundDeletion'] } },
    },
    then: gone(`${CONFIG_MAPS}/owner-2`),
  },
  {
    what: 'an orphan stays, without its owner',
    given: withOwner('owner-3', 'owned-3'),
    request: remove(`${CONFIG_MAPS}/owner-3`, { propagationPolicy: 'Orphan' }),
    expected: { code: 200 },
    then: {
      request: get(`${CONFIG_MAPS}/owned-3`),
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
  {
    what: 'an owner that never was counts as gone',
    request: dependent('owned-4', { name: 'never', uid: 'never' }),
    expected: { code: 201 },
    then: gone(`${CONFIG_MAPS}/owned-4`),
  },
];
