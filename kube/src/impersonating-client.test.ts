import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { resolveAccess } from './access';
import { HttpKubeClient } from './client';
import { connect } from './connection';
import { ImpersonatingClient } from './impersonating-client';
import { FakeApiServer } from './testing/fake-api-server';

const WORKLOADS = {
  group: 'agentworkloads.io',
  version: 'v1alpha1',
  plural: 'agentworkloads',
};

describe('the client of who acts for people', () => {
  let api: FakeApiServer;
  let client: ImpersonatingClient;

  beforeEach(async () => {
    api = new FakeApiServer();
    const url = await api.start();
    const login = resolveAccess(
      { kind: 'url', url, token: 'portal', skipTLSVerify: false },
      { programs: 'refuse' },
    );
    const connection = connect(login);
    client = new ImpersonatingClient(
      new HttpKubeClient(connection, { name: 'portal' }),
      connection,
    );
  });

  afterEach(async () => {
    await client.close();
    await api.stop();
  });

  const person = { username: 'alice', groups: ['approvers', 'readers'] };

  it('creates and patches as the person, each group in a header of its own', async () => {
    const object = { metadata: { name: 'a', namespace: 'ns' } };
    await client.create(WORKLOADS, object, { as: person });
    await client.patch(
      WORKLOADS,
      'ns',
      'a',
      { spec: { cancel: true } },
      { as: person },
    );
    expect(
      api.requests.map(one => [
        one.method,
        one.headers['impersonate-user'],
        one.groups,
        one.headers['content-type'],
      ]),
    ).toEqual([
      ['POST', 'alice', ['approvers', 'readers'], 'application/json'],
      [
        'PATCH',
        'alice',
        ['approvers', 'readers'],
        'application/merge-patch+json',
      ],
    ]);
    expect(api.find('agentworkloads', 'ns', 'a')?.spec).toEqual({
      cancel: true,
    });
  });

  it('reads as itself', async () => {
    api.put('agentworkloads', { metadata: { name: 'a', namespace: 'ns' } });
    await client.get(WORKLOADS, 'ns', 'a');
    await client.list(WORKLOADS);
    for (const seen of api.requests) {
      expect(seen.headers['impersonate-user']).toBeUndefined();
      expect(seen.headers.authorization).toBe('Bearer portal');
    }
  });

  it('has no way to write in its own name', () => {
    const write = () => {
      // @ts-expect-error without a person
      void client.create(WORKLOADS, { metadata: { name: 'a' } }, {});
      // @ts-expect-error without a person
      void client.patch(WORKLOADS, 'ns', 'a', {}, { dryRun: true });
    };
    expect(write).toBeInstanceOf(Function);
  });

  it('may ask what a person may do, and whom it may act as', async () => {
    api.mayI = (_attributes, as) => as === 'alice';
    const list = { verb: 'list', resource: 'pods' };
    expect(await client.mayI(list)).toBe(false);
    expect(await client.mayI(list, person)).toBe(true);
    api.people = ['alice'];
    expect(await client.impersonates()).toEqual(['alice']);
    api.people = undefined;
    expect(await client.impersonates()).toBe('all');
    api.fault = () => ({ answer: 404 });
    expect(await client.mayI(list)).toBeUndefined();
  });

  it('may come back when Retry-After says, like any client', async () => {
    api.fault = () => ({ answer: 429, headers: { 'retry-after': '3' } });
    await expect(client.get(WORKLOADS, 'ns', 'a')).rejects.toMatchObject({
      status: 429,
      retryAfterMs: 3000,
    });
  });

  it('tells what the API server said, and that it said nothing', async () => {
    await expect(client.get(WORKLOADS, 'ns', 'nope')).rejects.toMatchObject({
      status: 404,
      reason: 'NotFound',
      said: 'agentworkloads "nope" not found',
    });
    await api.stop();
    await expect(client.get(WORKLOADS, 'ns', 'a')).rejects.toMatchObject({
      status: 0,
      reason: 'NoAnswer',
      said: expect.stringMatching(/can't be reached/),
    });
  });

  it('streams the log of a pod', async () => {
    api.logs.set('p', 'hello');
    const body: Readable = await client.podLog('ns', 'p', {
      container: 'main',
      follow: true,
    });
    expect(await text(body)).toBe('hello');
    expect(api.requests[0]?.query.get('container')).toBe('main');
    expect(api.requests[0]?.query.get('follow')).toBe('true');
  });
});
