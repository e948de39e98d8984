import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../model';
import { Registry } from '../registry/registry';
import { immutableMetadataErrors, metadataErrors } from './metadata';

const registry = new Registry();
const configMaps = registry.find('', 'v1', 'configmaps')!;
const namespaces = registry.find('', 'v1', 'namespaces')!;
const roles = registry.find('rbac.authorization.k8s.io', 'v1', 'roles')!;

const object = (metadata: object): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'X',
    metadata: { name: 'x', ...metadata },
  } as KubeObject);
const fields = (metadata: object, def = configMaps) =>
  metadataErrors(object(metadata), def).map(({ field }) => field);

describe('metadata', () => {
  it.each<[string, object, string[]]>([
    ['a plain name', {}, []],
    ['dots in a name', { name: 'a.b-c' }, []],
    ['no name', { name: '' }, ['metadata.name']],
    ['capitals', { name: 'A' }, ['metadata.name']],
    ['too long a name', { name: 'a'.repeat(254) }, ['metadata.name']],
    ['a good label', { labels: { 'a.io/b_c': 'D.e' } }, []],
    ['a bad key', { labels: { 'a b': 'c' } }, ['metadata.labels']],
    ['a bad value', { labels: { a: 'b c' } }, ['metadata.labels']],
    [
      'too long a value',
      { labels: { a: 'b'.repeat(64) } },
      ['metadata.labels'],
    ],
    ['two slashes', { labels: { 'a/b/c': 'd' } }, ['metadata.labels']],
    ['a free annotation', { annotations: { 'a/b': 'any thing {}' } }, []],
    [
      'huge annotations',
      { annotations: { a: 'x'.repeat(300_000) } },
      ['metadata.annotations'],
    ],
    [
      'a half owner',
      { ownerReferences: [{ kind: 'X', name: 'y' }] },
      ['metadata.ownerReferences.apiVersion', 'metadata.ownerReferences.uid'],
    ],
    [
      'two controllers',
      {
        ownerReferences: ['1', '2'].map(uid => ({
          apiVersion: 'v1',
          kind: 'X',
          name: 'y',
          uid,
          controller: true,
        })),
      },
      ['metadata.ownerReferences'],
    ],
    ['a bad finalizer', { finalizers: ['a b'] }, ['metadata.finalizers[0]']],
  ])('with %s', (_what, metadata, expected) => {
    expect(fields(metadata)).toEqual(expected);
  });

  it('has names by the kind', () => {
    expect(fields({ name: 'a.b' }, namespaces)).toEqual(['metadata.name']);
    expect(fields({ name: 'system:Node' }, roles)).toEqual([]);
    expect(fields({ name: 'a/b' }, roles)).toEqual(['metadata.name']);
  });

  it('keeps what an update may not change', () => {
    const before = object({ uid: 'u', creationTimestamp: 't' });
    expect(immutableMetadataErrors(object({}), before)).toEqual([]);
    expect(
      immutableMetadataErrors(object({ uid: 'v' }), before).map(
        ({ field }) => field,
      ),
    ).toEqual(['metadata.uid']);
  });
});
