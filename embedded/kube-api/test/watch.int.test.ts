import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at, objectAt } from '../src/json';
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

const summary = (event: { type: string; object: unknown }) => [
  event.type,
  at(event.object, 'metadata', 'name'),
];

async function currentVersion(): Promise<string> {
  const { body } = await api.get(CONFIG_MAPS);
  return objectAt(body, 'metadata').resourceVersion as string;
}

describe('watch', () => {
  it('begins with what there is when no version is given', async () => {
    await api.given(WIDGETS_PATH, widget('first'));
    const watch = api.watch(`${WIDGETS_PATH}?watch=1`);
    expect(summary(await watch.next())).toEqual(['ADDED', 'first']);
    await api.merge(`${WIDGETS_PATH}/first`, { spec: { size: 2 } });
    expect(summary(await watch.next())).toEqual(['MODIFIED', 'first']);
    await api.delete(`${WIDGETS_PATH}/first`);
    const last = await watch.next();
    expect(summary(last)).toEqual(['DELETED', 'first']);
    watch.close();
  });

  it('continues after a version without losing or repeating', async () => {
    const from = await currentVersion();
    await api.given(CONFIG_MAPS, configMap('w1'));
    await api.given(CONFIG_MAPS, configMap('w2'));
    const watch = api.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${from}`);
    const first = await watch.next();
    const second = await watch.next();
    expect([first, second].map(summary)).toEqual([
      ['ADDED', 'w1'],
      ['ADDED', 'w2'],
    ]);
    watch.close();
    const rest = api.watch(
      `${CONFIG_MAPS}?watch=1&resourceVersion=${first.object.metadata.resourceVersion}`,
    );
    expect(summary(await rest.next())).toEqual(['ADDED', 'w2']);
    rest.close();
  });

  it('shows an object entering and leaving a selector', async () => {
    const from = await currentVersion();
    await api.given(CONFIG_MAPS, configMap('sel'));
    const watch = api.watch(
      `${CONFIG_MAPS}?watch=1&resourceVersion=${from}&labelSelector=on%3Dyes`,
    );
    const path = `${CONFIG_MAPS}/sel`;
    await api.merge(path, { metadata: { labels: { on: 'yes' } } });
    expect(summary(await watch.next())).toEqual(['ADDED', 'sel']);
    await api.merge(path, { metadata: { labels: { on: 'no' } } });
    expect(summary(await watch.next())).toEqual(['DELETED', 'sel']);
    watch.close();
  });

  it('follows one object by a field selector', async () => {
    const from = await currentVersion();
    const watch = api.watch(
      `${CONFIG_MAPS}?watch=1&resourceVersion=${from}&fieldSelector=metadata.name%3Dmine`,
    );
    await api.given(CONFIG_MAPS, configMap('other'));
    await api.given(CONFIG_MAPS, configMap('mine'));
    expect(summary(await watch.next())).toEqual(['ADDED', 'mine']);
    watch.close();
  });

  it('ends at timeoutSeconds with a bookmark where one was asked for', async () => {
    const watch = api.watch(
      `${WIDGETS_PATH}?watch=1&resourceVersion=${await currentVersion()}&timeoutSeconds=1&allowWatchBookmarks=true`,
    );
    const events = await watch.all();
    expect(events).toHaveLength(1);
    expect(events[0].type).toBe('BOOKMARK');
    expect(events[0].object.metadata.resourceVersion).toMatch(/^\d+$/);
  });

  it('answers 410 Expired inside the stream for a forgotten version', async () => {
    await api.given(CONFIG_MAPS, configMap('before'));
    const old = Number(await currentVersion()) - 1;
    await api.restart();
    const watch = api.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${old}`);
    const [event] = await watch.all();
    expect(watch.code).toBe(200);
    expect(event).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    });
  });

  it('answers 410 for a version of another data folder', async () => {
    const watch = api.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=99999999`);
    const [event] = await watch.all();
    expect(event.object).toMatchObject({ code: 410, reason: 'Expired' });
  });

  it('refuses sendInitialEvents, so that clients list instead', async () => {
    const { code, body } = await api.get(
      `${CONFIG_MAPS}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan`,
    );
    expect([code, body.reason]).toEqual([422, 'Invalid']);
  });

  it('brings every change, in order', async () => {
    const from = await currentVersion();
    const watch = api.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${from}`);
    const seen: unknown[] = [];
    for (let index = 0; index < 20; index++) {
      const next = watch.next();
      await api.post(CONFIG_MAPS, configMap(`fast-${index}`));
      seen.push((await next).object.metadata.name);
    }
    watch.close();
    expect(seen).toEqual(Array.from({ length: 20 }, (_, i) => `fast-${i}`));
  });
});

describe('list', () => {
  it('pages through everything once', async () => {
    for (const name of ['p1', 'p2', 'p3', 'p4', 'p5']) {
      await api.given(
        CONFIG_MAPS,
        configMap(name, {}, { labels: { page: 'yes' } }),
      );
    }
    const seen: unknown[] = [];
    let token = '';
    do {
      const { body } = await api.get(
        `${CONFIG_MAPS}?limit=2&labelSelector=page%3Dyes&continue=${token}`,
      );
      seen.push(
        ...(body.items as object[]).map(item => at(item, 'metadata', 'name')),
      );
      token = (objectAt(body, 'metadata').continue as string) ?? '';
    } while (token);
    expect(seen).toEqual(['p1', 'p2', 'p3', 'p4', 'p5']);
  });

  it('spans namespaces and counts what remains', async () => {
    await api.namespace('second');
    await api.given(
      '/api/v1/namespaces/second/configmaps',
      configMap('elsewhere'),
    );
    const { body } = await api.get('/api/v1/configmaps?limit=1');
    expect(objectAt(body, 'metadata').remainingItemCount).toBeGreaterThan(1);
    const all = await api.get('/api/v1/configmaps');
    const names = (all.body.items as object[]).map(item =>
      at(item, 'metadata', 'name'),
    );
    expect(names).toContain('elsewhere');
  });

  it.each([
    ['continue=bad', 400],
    ['limit=many', 400],
    ['labelSelector=a%3D(b', 400],
    ['fieldSelector=spec.x%3Dy', 400],
    ['resourceVersion=99999999', 504],
    ['resourceVersion=abc', 500],
    ['resourceVersionMatch=Exact', 422],
  ])('answers ?%s with %i', async (query, code) => {
    expect((await api.get(`${CONFIG_MAPS}?${query}`)).code).toBe(code);
  });

  it('renders tables', async () => {
    await api.post(WIDGETS_PATH, widget('tabled', { mode: 'human' }));
    await api.merge(`${WIDGETS_PATH}/tabled/status`, {
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
    const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io';
    const { body } = await api.get(WIDGETS_PATH, { headers: { accept } });
    expect(body.kind).toBe('Table');
    const columns = body.columnDefinitions as { name: string }[];
    expect(columns.map(({ name }) => name)).toEqual([
      'Name',
      'Mode',
      'Ready',
      'Age',
    ]);
    const rows = body.rows as { cells: unknown[] }[];
    expect(rows.map(({ cells }) => cells.slice(0, 3))).toContainEqual([
      'tabled',
      'human',
      'True',
    ]);
  });

  it('renders metadata alone', async () => {
    const accept =
      'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';
    const { body } = await api.get(CONFIG_MAPS, { headers: { accept } });
    expect(body.kind).toBe('PartialObjectMetadataList');
    expect((body.items as { data?: unknown }[])[0].data).toBeUndefined();
  });
});
