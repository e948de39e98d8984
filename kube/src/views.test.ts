import { describe, expect, it } from '@jest/globals';
import type { KubeClient, ResourceKind } from './types';
import { askingOnce, endingWith } from './views';

const KIND: ResourceKind = {
  group: 'agentworkloads.io',
  version: 'v1alpha1',
  plural: 'agentworkloads',
};
const ONLY = { uid: 'u', resourceVersion: '1' };
const PATCH = { type: 'merge', body: {} } as never;

/** Answers each request with its number; what it was asked with is kept. */
function counting() {
  const asked: unknown[][] = [];
  const answer = (...request: unknown[]) =>
    Promise.resolve(asked.push(request));
  const client: KubeClient = {
    get: answer,
    create: answer,
    wouldCreate: answer,
    patch: answer,
    delete: answer,
  };
  return { client, asked };
}

describe('a client that asks once', () => {
  it('answers a question as it did before, and asks about another object', async () => {
    const client = askingOnce(counting().client);
    expect(await client.get(KIND, 'a', 'x')).toBe(1);
    expect(await client.get(KIND, 'a', 'x')).toBe(1);
    expect(await client.get(KIND, 'b', 'x')).toBe(2);
    expect(await client.get({ ...KIND, plural: 'others' }, 'a', 'x')).toBe(3);
  });

  it('writes as often as it is told to', async () => {
    const client = askingOnce(counting().client);
    expect(await client.create(KIND, 'a', {})).toBe(1);
    expect(await client.create(KIND, 'a', {})).toBe(2);
    expect(await client.wouldCreate(KIND, 'a', {})).toBe(3);
    expect(await client.patch(KIND, 'a', 'x', PATCH)).toBe(4);
    expect(await client.delete(KIND, 'a', 'x', ONLY)).toBe(5);
  });
});

describe('a client that ends with a signal', () => {
  it.each<[string, (client: KubeClient) => Promise<unknown>]>([
    ['get', client => client.get(KIND, 'a', 'x')],
    ['create', client => client.create(KIND, 'a', {})],
    ['wouldCreate', client => client.wouldCreate(KIND, 'a', {})],
    ['patch', client => client.patch(KIND, 'a', 'x', PATCH)],
    ['delete', client => client.delete(KIND, 'a', 'x', ONLY)],
  ])('gives it to %s', async (_, request) => {
    const { client, asked } = counting();
    const { signal } = new AbortController();
    await request(endingWith(client, signal));
    expect(asked).toEqual([expect.arrayContaining([signal])]);
  });
});
