import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { objectAt, type JsonObject } from '../src/json';
import { CONFIG_MAPS, configMap, eventually, TestApi } from './harness';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.close());

async function owner(name: string): Promise<JsonObject> {
  const made = await api.given(CONFIG_MAPS, configMap(name));
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name,
    uid: objectAt(made, 'metadata').uid,
  };
}

const owned = (name: string, ...ownerReferences: JsonObject[]) =>
  api.given(CONFIG_MAPS, configMap(name, {}, { ownerReferences }));
const code = async (name: string) =>
  (await api.get(`${CONFIG_MAPS}/${name}`)).code;
const isGone = (name: string) =>
  eventually(async () => expect(await code(name)).toBe(404));

describe('dependents', () => {
  it('go with their owner, and theirs with them', async () => {
    const first = await owner('a');
    const made = await owned('a-child', first);
    await owned('a-grandchild', {
      ...first,
      name: 'a-child',
      uid: objectAt(made, 'metadata').uid,
    });
    await api.delete(`${CONFIG_MAPS}/a`);
    await isGone('a-child');
    await isGone('a-grandchild');
  });

  it('stay while another owner lives, and forget the one that is gone', async () => {
    const [one, two] = [await owner('b1'), await owner('b2')];
    await owned('b-child', one, two);
    await api.delete(`${CONFIG_MAPS}/b1`);
    await eventually(async () => {
      const { body } = await api.get(`${CONFIG_MAPS}/b-child`);
      expect(objectAt(body, 'metadata').ownerReferences).toEqual([two]);
    });
  });

  it('go when their owner never was, or is of another life', async () => {
    const late = await owner('c');
    await api.delete(`${CONFIG_MAPS}/c`);
    await owner('c');
    await owned('c-child', late);
    await isGone('c-child');
  });

  it('stay when nobody can tell whether the owner lives', async () => {
    await owned('d-child', {
      apiVersion: 'unknown.io/v1',
      kind: 'Thing',
      name: 'x',
      uid: 'u',
    });
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(await code('d-child')).toBe(200);
  });

  it('are left alone under Orphan', async () => {
    await owned('e-child', await owner('e'));
    await api.delete(`${CONFIG_MAPS}/e`, { propagationPolicy: 'Orphan' });
    await isGone('e');
    const { body } = await api.get(`${CONFIG_MAPS}/e-child`);
    expect(objectAt(body, 'metadata').ownerReferences).toBeUndefined();
  });

  it('go first under Foreground', async () => {
    const reference = { ...(await owner('f')), blockOwnerDeletion: true };
    const finalizers = ['example.com/wait'];
    await api.given(
      CONFIG_MAPS,
      configMap('f-child', {}, { ownerReferences: [reference], finalizers }),
    );
    await api.delete(`${CONFIG_MAPS}/f`, { propagationPolicy: 'Foreground' });
    await eventually(async () => {
      const { body } = await api.get(`${CONFIG_MAPS}/f-child`);
      expect(objectAt(body, 'metadata').deletionTimestamp).toBeDefined();
    });
    expect(await code('f')).toBe(200);
    await api.merge(`${CONFIG_MAPS}/f-child`, {
      metadata: { finalizers: null },
    });
    await isGone('f');
  });

  it('are collected after a restart that came in between', async () => {
    await owned('g-child', await owner('g'));
    await api.delete(`${CONFIG_MAPS}/g`);
    await api.restart();
    await isGone('g-child');
  });
});

describe('a namespace', () => {
  it('has a default account, and takes its content with it', async () => {
    await api.namespace('short');
    const path = '/api/v1/namespaces/short';
    await eventually(async () => {
      const account = await api.get(`${path}/serviceaccounts/default`);
      expect(account.code).toBe(200);
    });
    await api.given(
      `${path}/configmaps`,
      configMap('held', {}, { finalizers: ['example.com/wait'] }),
    );
    const deleted = await api.delete(path);
    expect(deleted.body.status).toEqual({ phase: 'Terminating' });
    const late = await api.post(`${path}/configmaps`, configMap('late'));
    expect([late.code, late.body.message]).toEqual([
      403,
      'configmaps "late" is forbidden: unable to create new content in namespace short because it is being terminated',
    ]);
    expect((await api.get(path)).code).toBe(200);
    await api.merge(`${path}/configmaps/held`, {
      metadata: { finalizers: null },
    });
    await eventually(async () => expect((await api.get(path)).code).toBe(404));
  });
});
