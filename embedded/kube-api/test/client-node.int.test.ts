import {
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  Watch,
  type KubernetesObject,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildKubeconfig } from '../src';
import { eventually, TestApi, widget, WIDGETS } from './harness';

let api: TestApi;
let config: KubeConfig;
beforeAll(async () => {
  api = await TestApi.start({ objects: [WIDGETS] });
  config = new KubeConfig();
  config.loadFromString(
    buildKubeconfig({
      url: api.url,
      caPem: api.caPem,
      token: api.adminToken,
    }),
  );
});
afterAll(() => api.close());

const WHERE = {
  group: 'test.example.com',
  version: 'v1',
  namespace: 'default',
  plural: 'widgets',
};

describe('@kubernetes/client-node', () => {
  it('works with built-in kinds', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const made = await core.createNamespacedConfigMap({
      namespace: 'default',
      body: { metadata: { name: 'typed' }, data: { a: 'b' } },
    });
    expect(made.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const list = await core.listNamespacedConfigMap({ namespace: 'default' });
    expect(list.items.map(item => item.metadata?.name)).toContain('typed');
    await expect(
      core.readNamespacedConfigMap({ namespace: 'default', name: 'none' }),
    ).rejects.toMatchObject({ code: 404 });
  });

  it('works with custom objects and watches them', async () => {
    const custom = config.makeApiClient(CustomObjectsApi);
    const events: string[] = [];
    const controller = await new Watch(config).watch(
      '/apis/test.example.com/v1/widgets',
      {},
      (type: string, object: KubernetesObject) => {
        events.push(`${type} ${object.metadata?.name}`);
      },
      () => undefined,
    );
    await custom.createNamespacedCustomObject({
      ...WHERE,
      body: widget('watched'),
    });
    await eventually(async () => expect(events).toEqual(['ADDED watched']));
    await custom.deleteNamespacedCustomObject({ ...WHERE, name: 'watched' });
    await eventually(async () =>
      expect(events).toEqual(['ADDED watched', 'DELETED watched']),
    );
    controller.abort();
  });
});
