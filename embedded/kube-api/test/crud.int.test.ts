import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { objectAt } from '../src/json';
import {
  CONFIG_MAPS,
  configMap,
  TestApi,
  widget,
  WIDGETS,
  WIDGETS_PATH,
} from './harness';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({ objects: [WIDGETS] });
});
afterAll(() => api.close());

const rv = (body: unknown) =>
  objectAt(body, 'metadata').resourceVersion as string;

describe('create', () => {
  it('gives an object a uid, a time, a version and a generation', async () => {
    const { code, body } = await api.post(WIDGETS_PATH, widget('c1'));
    expect(code).toBe(201);
    expect(body.metadata).toMatchObject({
      name: 'c1',
      namespace: 'default',
      generation: 1,
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      creationTimestamp: expect.stringMatching(/^\d{4}-.*:\d\dZ$/),
      resourceVersion: expect.stringMatching(/^\d+$/),
    });
    expect(body.spec).toEqual({ name: 'abc', mode: 'policy', cancel: false });
  });

  it('drops the status where it is a subresource', async () => {
    const sent = { ...widget('c2'), status: { phase: 'x' } };
    expect((await api.post(WIDGETS_PATH, sent)).body.status).toBeUndefined();
  });

  it('makes names from generateName', async () => {
    const body = configMap('', {}, { generateName: 'gen-' });
    const answer = await api.post(CONFIG_MAPS, body);
    expect(objectAt(answer.body, 'metadata').name).toMatch(/^gen-[a-z0-9]{5}$/);
  });

  it('answers 409 AlreadyExists for a name that is taken', async () => {
    await api.post(CONFIG_MAPS, configMap('twice'));
    const { code, body } = await api.post(CONFIG_MAPS, configMap('twice'));
    expect(code).toBe(409);
    expect(body).toMatchObject({
      reason: 'AlreadyExists',
      message: 'configmaps "twice" already exists',
      details: { name: 'twice', kind: 'configmaps' },
    });
  });

  it('stores nothing under dryRun=All', async () => {
    const path = `${CONFIG_MAPS}?dryRun=All`;
    expect((await api.post(path, configMap('dry'))).code).toBe(201);
    expect((await api.get(`${CONFIG_MAPS}/dry`)).code).toBe(404);
  });

  it('answers 404 for a namespace that does not exist', async () => {
    const path = '/api/v1/namespaces/nowhere/configmaps';
    const { code, body } = await api.post(path, configMap('x'));
    expect(code).toBe(404);
    expect(body.message).toBe('namespaces "nowhere" not found');
  });

  it.each([
    ['another version', { apiVersion: 'test.example.com/v2' }, 400],
    ['another kind', { kind: 'Gadget' }, 422],
    ['another namespace', { metadata: { name: 'x', namespace: 'other' } }, 400],
    ['a number for a name', { metadata: { name: 5 } }, 400],
    ['no name', { metadata: {} }, 422],
    ['a bad name', { metadata: { name: 'Bad_Name' } }, 422],
    ['a set version', { metadata: { name: 'x', resourceVersion: '1' } }, 500],
  ])('refuses an object with %s', async (_what, change, code) => {
    const sent = { ...widget('refused'), ...change };
    expect((await api.post(WIDGETS_PATH, sent)).code).toBe(code);
  });

  it('refuses bodies that are not objects, and types it cannot read', async () => {
    expect((await api.post(CONFIG_MAPS, 'nonsense')).code).toBe(400);
    expect((await api.post(CONFIG_MAPS, '[1]')).code).toBe(400);
    const contentType = 'text/plain';
    const answer = await api.post(CONFIG_MAPS, '{}', { contentType });
    expect(answer.code).toBe(415);
  });

  it('reads YAML', async () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: yaml}\ndata: {a: b}\n';
    const contentType = 'application/yaml';
    const { code, body } = await api.post(CONFIG_MAPS, text, { contentType });
    expect([code, body.data]).toEqual([201, { a: 'b' }]);
  });

  it('folds stringData of a secret', async () => {
    const { body } = await api.post('/api/v1/namespaces/default/secrets', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'folded' },
      stringData: { a: 'b' },
    });
    expect(body).toMatchObject({ type: 'Opaque', data: { a: 'Yg==' } });
    expect(body.stringData).toBeUndefined();
  });
});

describe('update', () => {
  it('raises the generation for the spec, not for labels or status', async () => {
    const made = await api.given(WIDGETS_PATH, widget('gen'));
    const path = `${WIDGETS_PATH}/gen`;
    const labelled = await api.merge(path, {
      metadata: { labels: { a: 'b' } },
    });
    const status = await api.merge(`${path}/status`, {
      status: { phase: 'on' },
      spec: { size: 5 },
      metadata: { labels: { a: 'c' } },
    });
    const sized = await api.merge(path, { spec: { size: 2 } });
    const generations = [labelled, status, sized].map(
      ({ body }) => objectAt(body, 'metadata').generation,
    );
    expect(generations).toEqual([1, 1, 2]);
    expect(status.body).toMatchObject({
      spec: made.spec,
      status: { phase: 'on' },
      metadata: { labels: { a: 'b' } },
    });
    expect(sized.body.status).toEqual({ phase: 'on' });
  });

  it('keeps the status when the object is replaced', async () => {
    const made = await api.given(WIDGETS_PATH, widget('kept'));
    const path = `${WIDGETS_PATH}/kept`;
    const withStatus = await api.put(`${path}/status`, {
      ...made,
      status: { phase: 'on' },
    });
    const { status: _status, ...bare } = withStatus.body;
    const replaced = await api.put(path, bare);
    expect(replaced.body.status).toEqual({ phase: 'on' });
  });

  it('writes nothing when nothing changes', async () => {
    const made = await api.given(CONFIG_MAPS, configMap('same', { a: 'b' }));
    const again = await api.merge(`${CONFIG_MAPS}/same`, { data: { a: 'b' } });
    expect(rv(again.body)).toBe(rv(made));
  });

  it('answers 409 Conflict for an old version; with none only core kinds may be written', async () => {
    const made = await api.given(CONFIG_MAPS, configMap('old', { a: '1' }));
    const path = `${CONFIG_MAPS}/old`;
    await api.merge(path, { data: { a: '2' } });
    const late = await api.put(path, { ...made, data: { a: '3' } });
    expect([late.code, late.body.reason]).toEqual([409, 'Conflict']);
    expect((await api.put(path, configMap('old'))).code).toBe(200);
    await api.given(WIDGETS_PATH, widget('unversioned'));
    const unversioned = `${WIDGETS_PATH}/unversioned`;
    expect((await api.put(unversioned, widget('unversioned'))).code).toBe(422);
    const patch = { metadata: { resourceVersion: rv(made) }, data: { a: '4' } };
    expect((await api.merge(path, patch)).code).toBe(409);
  });

  it('refuses another name, another uid and an absent object', async () => {
    await api.given(WIDGETS_PATH, widget('fixed'));
    const path = `${WIDGETS_PATH}/fixed`;
    const renamed = await api.merge(path, { metadata: { name: 'other' } });
    expect(renamed.code).toBe(400);
    expect((await api.merge(path, { metadata: { uid: '1' } })).code).toBe(422);
    expect((await api.merge(`${WIDGETS_PATH}/none`, {})).code).toBe(404);
  });
});

describe('JSON patch', () => {
  it('applies under guards and refuses whole when a test fails', async () => {
    await api.given(CONFIG_MAPS, configMap('guarded', { a: '1' }));
    const path = `${CONFIG_MAPS}/guarded`;
    const patch = (from: string, to: string) => [
      { op: 'replace', path: '/data/b', value: 'x' },
      { op: 'test', path: '/data/a', value: from },
      { op: 'replace', path: '/data/a', value: to },
    ];
    const first = await api.jsonPatch(path, patch('1', '2'));
    expect([first.code, first.body.data]).toEqual([200, { a: '2', b: 'x' }]);
    const second = await api.jsonPatch(path, patch('1', '3'));
    expect([second.code, second.body.reason]).toEqual([422, 'Invalid']);
    expect((await api.get(path)).body.data).toEqual({ a: '2', b: 'x' });
  });

  it.each([
    ['an object', { a: 1 }, 400],
    ['an unknown operation', [{ op: 'bad', path: '/a' }], 422],
    ['a missing path', [{ op: 'remove', path: '/data/none/deep' }], 422],
    ['the whole object', [{ op: 'remove', path: '' }], 422],
  ])('refuses %s', async (_what, patch, code) => {
    await api.post(CONFIG_MAPS, configMap('jp'));
    const answer = await api.jsonPatch(`${CONFIG_MAPS}/jp`, patch);
    expect(answer.code).toBe(code);
  });

  it('is not taken under a type that no patch has', async () => {
    const contentType = 'application/json';
    const path = `${WIDGETS_PATH}/any`;
    const answer = await api.send('PATCH', path, { contentType, body: {} });
    expect([answer.code, answer.body.reason]).toEqual([
      415,
      'UnsupportedMediaType',
    ]);
  });
});

describe('delete', () => {
  it('answers with the uid of what was deleted', async () => {
    const made = await api.given(CONFIG_MAPS, configMap('gone'));
    const { code, body } = await api.delete(`${CONFIG_MAPS}/gone`);
    expect([code, body.status]).toEqual([200, 'Success']);
    expect(body.details).toMatchObject({
      name: 'gone',
      kind: 'configmaps',
      uid: objectAt(made, 'metadata').uid,
    });
    expect((await api.delete(`${CONFIG_MAPS}/gone`)).code).toBe(404);
  });

  it('waits for finalizers and ends with the last of them', async () => {
    await api.given(
      WIDGETS_PATH,
      widget('held', {}, { finalizers: ['example.com/a'] }),
    );
    const path = `${WIDGETS_PATH}/held`;
    const first = await api.delete(path);
    expect(first.body.metadata).toMatchObject({
      deletionTimestamp: expect.any(String),
      deletionGracePeriodSeconds: 0,
    });
    expect((await api.get(path)).code).toBe(200);
    await api.merge(path, { metadata: { finalizers: null } });
    expect((await api.get(path)).code).toBe(404);
  });

  it('honours preconditions and refuses an unknown policy', async () => {
    await api.given(CONFIG_MAPS, configMap('pre'));
    const path = `${CONFIG_MAPS}/pre`;
    const uid = await api.delete(path, { preconditions: { uid: 'other' } });
    const version = await api.delete(path, {
      preconditions: { resourceVersion: '1' },
    });
    const policy = await api.delete(path, { propagationPolicy: 'Foo' });
    expect([uid, version, policy].map(({ code }) => code)).toEqual([
      409, 409, 422,
    ]);
    expect((await api.get(path)).code).toBe(200);
  });

  it('deletes a selected collection', async () => {
    for (const [name, team] of [
      ['t1', 'x'],
      ['t2', 'x'],
      ['t3', 'y'],
    ]) {
      await api.given(CONFIG_MAPS, configMap(name, {}, { labels: { team } }));
    }
    await api.delete(`${CONFIG_MAPS}?labelSelector=team%3Dx`);
    const codes = await Promise.all(
      ['t1', 't2', 't3'].map(name => api.get(`${CONFIG_MAPS}/${name}`)),
    );
    expect(codes.map(({ code }) => code)).toEqual([404, 404, 200]);
  });
});

describe('what is outside the subset', () => {
  it.each([
    ['GET', '/api/v1/namespaces/default/pods/p/exec', 501],
    ['GET', '/api/v1/foos', 404],
    ['GET', '/apis/nope.io/v1/foos', 404],
    ['GET', `${WIDGETS_PATH}/w/scale`, 404],
    ['PUT', WIDGETS_PATH, 400],
    ['POST', '/version', 405],
  ])('answers %s %s with %i', async (method, path, code) => {
    const body = method === 'GET' ? undefined : {};
    expect((await api.send(method, path, { body })).code).toBe(code);
  });
});
