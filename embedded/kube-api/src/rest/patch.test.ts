import { describe, expect, it } from '@jest/globals';
import type { Json } from '../json';
import type { KubeObject } from '../model';
import { Registry } from '../registry/registry';
import { mergePatch, parsePatch } from './patch';
import { strategicMerge } from './strategic-merge';

const configMaps = new Registry().find('', 'v1', 'configmaps')!;
const object: KubeObject = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c' },
  data: { a: '1' },
  list: ['x', 'y'],
};
const jsonPatch = (...operations: object[]) =>
  parsePatch(
    'application/json-patch+json',
    JSON.stringify(operations),
    configMaps,
  );

describe('a merge patch', () => {
  it.each<[Json, Json, Json]>([
    [
      { a: 1, b: 2 },
      { b: null, c: { d: null, e: 1 } },
      { a: 1, c: { e: 1 } },
    ],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [{ a: 'x' }, { a: { b: 1 } }, { a: { b: 1 } }],
    [1, { a: 1 }, { a: 1 }],
  ])('of %j by %j', (target, patch, expected) => {
    expect(mergePatch(target, patch)).toEqual(expected);
  });

  it('cannot reach the prototype', () => {
    const patch = JSON.parse('{"__proto__":{"polluted":true}}') as Json;
    mergePatch({}, patch);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a JSON patch', () => {
  it('adds, replaces, removes, moves, copies and tests', () => {
    const change = jsonPatch(
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'add', path: '/data/b', value: '2' },
      { op: 'copy', from: '/data/b', path: '/data/c' },
      { op: 'move', from: '/data/c', path: '/data/d' },
      { op: 'remove', path: '/data/a' },
      { op: 'add', path: '/list/-', value: 'z' },
      { op: 'add', path: '/metadata/labels', value: { 'a/b': 'x' } },
      { op: 'replace', path: '/metadata/labels/a~1b', value: 'y' },
    );
    expect(change(object)).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', labels: { 'a/b': 'y' } },
      data: { b: '2', d: '2' },
      list: ['x', 'y', 'z'],
    });
    expect(object.data).toEqual({ a: '1' });
  });

  it.each([
    [{ op: 'test', path: '/data/a', value: '2' }],
    [{ op: 'test', path: '/data/none', value: '2' }],
    [{ op: 'remove', path: '/data/none' }],
    [{ op: 'add', path: '/none/deep', value: 1 }],
    [{ op: 'copy', from: '/none', path: '/data/x' }],
    [{ op: 'bad', path: '/data/a' }],
    [{ op: 'add', path: 5, value: 1 }],
    [{ op: 'add', path: 'data', value: 1 }],
    [{ op: 'add' }],
    [null as unknown as object],
    [{ op: 'remove', path: '' }],
  ])('is rejected whole for %j', operation => {
    expect(() => jsonPatch(operation)(object)).toThrow('rejected our request');
  });

  it.each([
    '/__proto__/polluted',
    '/data/__proto__',
    '/data/constructor/prototype/polluted',
    '/data/hasOwnProperty/call',
    '/data/toString',
  ])('cannot reach what objects inherit: %s', path => {
    for (const op of ['add', 'replace', 'test', 'remove']) {
      expect(() => jsonPatch({ op, path, value: true })(object)).toThrow(
        'rejected our request',
      );
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    expect(typeof Object.prototype.hasOwnProperty.call).toBe('function');
  });
});

describe('a strategic merge patch', () => {
  it('merges containers and their variables by name', () => {
    const pod = {
      spec: {
        containers: [
          { name: 'a', image: 'x', env: [{ name: 'E', value: '1' }] },
          { name: 'b', image: 'y' },
        ],
      },
    };
    const patch = {
      spec: {
        $setElementOrder: [],
        containers: [
          { name: 'a', env: [{ name: 'F', value: '2' }] },
          { name: 'b', $patch: 'delete' },
          { name: 'c', image: 'z' },
        ],
      },
    };
    expect(strategicMerge(pod, patch)).toEqual({
      spec: {
        containers: [
          {
            name: 'a',
            image: 'x',
            env: [
              { name: 'E', value: '1' },
              { name: 'F', value: '2' },
            ],
          },
          { name: 'c', image: 'z' },
        ],
      },
    });
  });

  it('adds to finalizers, deletes from them, replaces other lists', () => {
    const target = { metadata: { finalizers: ['a', 'b'] }, rules: [1, 2] };
    expect(
      strategicMerge(target, {
        metadata: {
          finalizers: ['c'],
          '$deleteFromPrimitiveList/finalizers': ['a'],
        },
        rules: [3],
      }),
    ).toEqual({ metadata: { finalizers: ['b', 'c'] }, rules: [3] });
  });
});
