import { describe, expect, it } from '@jest/globals';
import { createResolver } from './resolver';

const resolve = createResolver(async host => {
  if (host === 'known.test') return ['203.0.113.9'];
  throw new Error(`no ${host}`);
});

describe('the addresses of a name', () => {
  it.each(['localhost', 'foo.localhost', 'a.b.LOCALHOST', 'foo.localhost.'])(
    '%s is this machine, whatever the resolver knows',
    async host => {
      expect(await resolve(host)).toEqual(['127.0.0.1', '::1']);
    },
  );

  it.each(['known.test'])('%s is asked for', async host => {
    expect(await resolve(host)).toEqual(['203.0.113.9']);
  });

  it.each(['localhost.test', 'notlocalhost', 'localhost.example.com'])(
    '%s is no name of this machine',
    async host => {
      await expect(resolve(host)).rejects.toThrow(`no ${host}`);
    },
  );
});
