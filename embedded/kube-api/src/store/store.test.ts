import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../model';
import { ObjectDatabase } from './database';
import { History, type Change } from './history';
import { Store } from './store';

const object = (name: string, metadata = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Thing',
  metadata: { name, namespace: 'n', uid: `uid-${name}`, ...metadata },
});

describe('the store', () => {
  it('gives every write the next version and announces it', () => {
    const store = Store.open(':memory:');
    const seen: string[] = [];
    store.onChange(change =>
      seen.push(
        `${change.type} ${change.object.metadata.name} ${change.version}`,
      ),
    );
    const from = store.version();
    store.put('things', object('a'));
    store.put('things', object('a', { labels: { x: 'y' } }));
    store.remove('things', 'n', 'a');
    expect(store.remove('things', 'n', 'a')).toBeUndefined();
    expect(seen).toEqual([
      `ADDED a ${from + 1}`,
      `MODIFIED a ${from + 2}`,
      `DELETED a ${from + 3}`,
    ]);
    expect(store.since('things', from)?.map(({ type }) => type)).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
    ]);
    expect(store.since('things', from + 2)).toHaveLength(1);
    store.close();
  });

  it('lists by namespace and name', () => {
    const store = Store.open(':memory:');
    for (const name of ['b', 'a']) store.put('things', object(name));
    store.put('things', object('c', { namespace: 'm' }));
    const names = (namespace?: string) =>
      store.list('things', namespace).map(entry => entry.object.metadata.name);
    expect(names()).toEqual(['c', 'a', 'b']);
    expect(names('n')).toEqual(['a', 'b']);
    expect(names('none')).toEqual([]);
    store.close();
  });

  it('finds dependents by the uid of their owner, as long as they name it', () => {
    const store = Store.open(':memory:');
    const owner = { apiVersion: 'v1', kind: 'X', name: 'o', uid: 'o' };
    store.put('things', object('a', { ownerReferences: [owner] }));
    expect(store.ownedBy('o').map(item => item.storageKey)).toEqual(['things']);
    store.put('things', object('a'));
    expect(store.ownedBy('o')).toEqual([]);
    expect(store.kindOfUid('uid-a')).toBe('things');
    store.remove('things', 'n', 'a');
    expect(store.kindOfUid('uid-a')).toBeUndefined();
    store.close();
  });

  it('reads with a new schema without a new version', () => {
    const store = Store.open(':memory:');
    const { metadata } = store.put('things', object('a'));
    store.reread('things', item => {
      item.spec = { a: 1 };
    });
    expect(store.get('things', 'n', 'a')).toMatchObject({
      spec: { a: 1 },
      metadata: { resourceVersion: metadata.resourceVersion },
    });
    store.close();
  });

  it('keeps nothing in memory that could not be written', () => {
    const database = new ObjectDatabase(':memory:');
    const store = new Store(database);
    const from = store.version();
    database.save = () => {
      throw new Error('disk full');
    };
    expect(() => store.put('things', object('a'))).toThrow('disk full');
    expect(store.get('things', 'n', 'a')).toBeUndefined();
    expect(store.version()).toBe(from);
    store.close();
  });
});

describe('the history', () => {
  const change = (version: number): Change => ({
    type: 'ADDED',
    storageKey: 'things',
    version,
    object: object(`o${version}`),
    json: 'x'.repeat(10),
  });

  it('knows what came after, and when it has forgotten too much', () => {
    const history = new History(10, 8);
    for (let version = 11; version <= 19; version++) {
      history.add(change(version));
    }
    expect(history.since(9)).toBeUndefined();
    expect(history.since(history.oldest())?.map(c => c.version)).toContain(19);
    expect(history.oldest()).toBeGreaterThan(10);
    expect(history.since(history.oldest() - 1)).toBeUndefined();
    expect(history.since(19)).toEqual([]);
    expect(history.since(17)?.map(c => c.version)).toEqual([18, 19]);
  });
});
