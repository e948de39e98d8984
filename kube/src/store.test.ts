import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from './types';
import { Store } from './store';

const KEY = 'ns/a';

function thing(resourceVersion: string, uid = 'u1'): KubeObject {
  return { metadata: { namespace: 'ns', name: 'a', uid, resourceVersion } };
}

function holding(...objects: KubeObject[]): Store<KubeObject> {
  const store = new Store<KubeObject>();
  for (const object of objects) store.put(object);
  return store;
}

const held = (store: Store<KubeObject>) => {
  const { uid, resourceVersion } = store.get(KEY)?.metadata ?? {};
  return `${uid}@${resourceVersion}`;
};

describe('what a watch brings', () => {
  it.each([
    ['newer', thing('10'), true, 'u1@10'],
    ['older', thing('8'), false, 'u1@9'],
    ['the same', thing('9'), false, 'u1@9'],
    ['a namesake that was made later', thing('10', 'u2'), true, 'u2@10'],
    ['a namesake that went before', thing('8', 'u0'), false, 'u1@9'],
  ])('is held when it is newer: %s', (_what, object, taken, after) => {
    const store = holding(thing('9'));
    expect(store.put(object)).toMatchObject({ taken });
    expect(held(store)).toBe(after);
  });

  it('is held when nothing is', () => {
    expect(holding(thing('9')).size).toBe(1);
  });
});

describe('the answer to a request of our own', () => {
  it('is held when it is ahead of the watch', () => {
    const store = holding(thing('9'));
    store.refresh(thing('10'));
    expect(held(store)).toBe('u1@10');
  });

  it.each([
    ['is behind the watch', thing('8')],
    ['is of another object', thing('10', 'u2')],
  ])('is left when it %s', (_what, answer) => {
    const store = holding(thing('9'));
    store.refresh(answer);
    expect(held(store)).toBe('u1@9');
  });

  it('brings nothing back that the watch has seen go', () => {
    const store = holding(thing('9'));
    store.delete(KEY);
    store.refresh(thing('10'));
    expect(store.size).toBe(0);
  });
});

describe('the room of a store', () => {
  interface Heavy extends KubeObject {
    bulk?: string;
  }
  const heavy = (name: string, weight: number, version = '1'): Heavy => ({
    metadata: { namespace: 'ns', name, uid: name, resourceVersion: version },
    bulk: 'x'.repeat(weight),
  });
  const store = () =>
    new Store<Heavy>(undefined, {
      bytes: 100,
      weigh: ({ bulk }) => bulk?.length ?? 0,
      withoutBulk: ({ metadata }) => ({ metadata }),
    });

  it('holds what comes beyond it without its bulk, and never forgets it', () => {
    const things = store();
    for (const name of ['a', 'b', 'c']) things.put(heavy(name, 45));
    expect(things.size).toBe(3);
    expect(things.bytes).toBe(90);
    expect(things.get('ns/b')?.bulk).toHaveLength(45);
    expect(things.get('ns/c')).toEqual({ metadata: heavy('c', 0).metadata });
  });

  it('is free again when something goes, or loses its weight', () => {
    const things = store();
    things.put(heavy('a', 60));
    things.put(heavy('a', 10, '2'));
    things.put(heavy('b', 80));
    things.delete('ns/a');
    things.put(heavy('c', 20));
    expect(things.bytes).toBe(100);
    expect(things.get('ns/c')?.bulk).toHaveLength(20);
  });
});
