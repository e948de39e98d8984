import { mkdtempSync, rmSync, writeFileSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stringify } from 'yaml';
import { resolveAccess } from './access';

describe('resolveAccess', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'access-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  function kubeconfig(
    change: (config: Record<string, any>) => void = () => {},
  ): string {
    const config = {
      'current-context': 'here',
      contexts: [
        { name: 'here', context: { cluster: 'c', user: 'u' } },
        { name: 'bare', context: { cluster: 'c', user: 'nobody' } },
      ],
      clusters: [
        {
          name: 'c',
          cluster: {
            server: 'https://127.0.0.1:6443/',
            'certificate-authority-data': Buffer.from('CA').toString('base64'),
          },
        },
      ],
      users: [{ name: 'u', user: { token: 'secret' } }],
    };
    change(config);
    const file = path.join(folder, 'config');
    writeFileSync(file, stringify(config));
    return file;
  }

  const resolve = (file: string, context?: string) =>
    resolveAccess({ kind: 'kubeconfig', path: file, context }, 'local');

  it('reads server, CA and token of the current context', async () => {
    const access = resolve(kubeconfig());
    expect(access).toMatchObject({
      server: 'https://127.0.0.1:6443',
      ca: 'CA',
      skipTLSVerify: false,
    });
    expect(await access.token()).toBe('secret');
  });

  it('reads certificates from files beside it', () => {
    writeFileSync(path.join(folder, 'me.crt'), 'CERT');
    const file = kubeconfig(config => {
      config.users[0].user = {
        'client-certificate': 'me.crt',
        'client-key-data': Buffer.from('KEY').toString('base64'),
      };
    });
    expect(resolve(file)).toMatchObject({ cert: 'CERT', key: 'KEY' });
  });

  it('reads a token file again when it changes', async () => {
    const tokenFile = path.join(folder, 'token');
    writeFileSync(tokenFile, 'one\n');
    const { token } = resolveAccess(
      { kind: 'url', url: 'https://x', tokenFile, skipTLSVerify: false },
      'local',
    );
    expect(await token()).toBe('one');
    writeFileSync(tokenFile, 'two\n');
    utimesSync(tokenFile, new Date(), new Date(Date.now() + 5000));
    expect(await token()).toBe('two');
  });

  it('lets a context be chosen, with a user that is not there as nobody', async () => {
    expect(await resolve(kubeconfig(), 'bare').token()).toBeUndefined();
  });

  it.each([
    [
      'an unknown context',
      () => {},
      'there',
      /has no context "there"; it has: here, bare/,
    ],
    [
      'an unknown cluster',
      (c: any) => {
        c.clusters = [];
      },
      undefined,
      /has no cluster "c"/,
    ],
    [
      'a program for credentials',
      (c: any) => {
        c.users[0].user = { exec: { command: 'x' } };
      },
      undefined,
      /another program/,
    ],
    [
      'plain http',
      (c: any) => {
        c.clusters[0].cluster.server = 'http://10.0.0.1';
      },
      undefined,
      /must be https/,
    ],
    [
      'something else',
      (c: any) => {
        c.clusters = 'x';
      },
      undefined,
      /is not a kubeconfig/,
    ],
  ])('stops at %s', (_what, change, context, message) => {
    const file = kubeconfig(change);
    expect(() => resolve(file, context)).toThrow(message);
  });

  it('stops at a file that is not there, or no YAML', () => {
    expect(() => resolve(path.join(folder, 'nope'))).toThrow(/can't be read/);
    const file = path.join(folder, 'broken');
    writeFileSync(file, '{');
    expect(() => resolve(file)).toThrow(/is not a kubeconfig/);
  });

  it('says that it is not in a pod', () => {
    expect(() => resolveAccess({ kind: 'inCluster' }, 'local')).toThrow(
      /does not run in a pod/,
    );
  });
});
