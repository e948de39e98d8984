import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { resolveAccess, type AccessOptions } from './access';
import { connect } from './connection';

const base64 = (text: string) => Buffer.from(text).toString('base64');

interface Kubeconfig {
  'current-context': string;
  contexts: { name: string; context: Record<string, unknown> }[];
  clusters: { name: string; cluster: Record<string, unknown> }[];
  users: { name: string; user: Record<string, unknown> }[];
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'access-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function kubeconfig(
  user: Record<string, unknown> = { token: 'secret' },
  change: (config: Kubeconfig) => unknown = () => undefined,
): Promise<string> {
  const config: Kubeconfig = {
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
          'certificate-authority-data': base64('CA'),
        },
      },
    ],
    users: [{ name: 'u', user }],
  };
  change(config);
  const file = join(folder, 'config');
  await writeFile(file, stringify(config));
  return file;
}

const login = (
  path: string,
  context?: string,
  programs: AccessOptions['programs'] = 'refuse',
) =>
  resolveAccess(
    { kind: 'kubeconfig', path, context },
    { programs, name: 'local' },
  );

describe('access by a kubeconfig', () => {
  it('is server, authority and token of the current context', async () => {
    const access = login(await kubeconfig());
    expect(access.server).toBe('https://127.0.0.1:6443');
    expect(await access.read()).toEqual({
      tls: { ca: 'CA', rejectUnauthorized: true },
      headers: { authorization: 'Bearer secret' },
    });
  });

  it('takes certificates inline and from files beside it', async () => {
    await writeFile(join(folder, 'me.crt'), 'CERT');
    const file = await kubeconfig({
      'client-certificate': 'me.crt',
      'client-key-data': base64('KEY'),
    });
    expect((await login(file).read()).tls).toMatchObject({
      cert: 'CERT',
      key: 'KEY',
    });
  });

  it('may name another context, with a user that is not there as nobody', async () => {
    expect((await login(await kubeconfig(), 'bare').read()).headers).toEqual(
      {},
    );
  });

  it.each<[string, Parameters<typeof kubeconfig>, string | undefined, RegExp]>([
    [
      'an unknown context',
      [],
      'there',
      /has no context "there"; .* here, bare/,
    ],
    [
      'an unknown cluster',
      [undefined, config => (config.clusters = [])],
      undefined,
      /has no cluster "c"/,
    ],
    [
      'somebody else',
      [{ token: 't', as: 'alice' }],
      undefined,
      /acts as somebody else/,
    ],
    [
      'plain http to another machine',
      [undefined, config => (config.clusters[0]!.cluster.server = 'http://a')],
      undefined,
      /must be https/,
    ],
    [
      'no address',
      [undefined, config => (config.clusters[0]!.cluster.server = 'a b')],
      undefined,
      /is not a URL/,
    ],
    [
      'something else',
      [undefined, config => Object.assign(config, { clusters: 'x' })],
      undefined,
      /is not a kubeconfig/,
    ],
  ])('stops at %s', async (_what, config, context, message) => {
    const file = await kubeconfig(...config);
    expect(() => login(file, context)).toThrow(message);
  });

  it('stops at a file that is not there, or no YAML, and quotes none of it', async () => {
    expect(() => login(join(folder, 'nope'))).toThrow(/can't be read/);
    const file = join(folder, 'broken');
    await writeFile(file, 'token: {secret');
    expect(() => login(file)).toThrow(/is not a kubeconfig/);
    expect(() => login(file)).not.toThrow(/secret/);
  });
});

describe('credentials that a program gives', () => {
  const program = async () => {
    const file = join(folder, 'give');
    const credential = {
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: 'given' },
    };
    await writeFile(
      file,
      `#!/bin/sh\ntouch ${join(folder, 'ran')}\necho '${JSON.stringify(
        credential,
      )}'\n`,
    );
    await chmod(file, 0o755);
    return {
      exec: {
        apiVersion: 'client.authentication.k8s.io/v1',
        command: file,
        interactiveMode: 'Never',
      },
    };
  };

  it('are taken where programs may run', async () => {
    const access = login(await kubeconfig(await program()), undefined, 'run');
    expect((await access.read()).headers).toEqual({
      authorization: 'Bearer given',
    });
  });

  it("are none where client-node's form names a file with a token", async () => {
    await writeFile(join(folder, 'token'), 'from-file\n');
    const provider = { name: 'tokenFile', config: { tokenFile: 'token' } };
    const access = login(await kubeconfig({ 'auth-provider': provider }));
    expect((await access.read()).headers).toEqual({
      authorization: 'Bearer from-file',
    });
  });

  it.each(['exec', 'auth-provider'])(
    'are refused where none may, and nothing is run: %s',
    async kind => {
      const { exec } = await program();
      const file = await kubeconfig({ [kind]: exec });
      expect(() => login(file)).toThrow(/another program/);
      await expect(rm(join(folder, 'ran'))).rejects.toThrow('ENOENT');
    },
  );

  it('are refused too when the file names the program only later', async () => {
    const access = login(await kubeconfig());
    await access.read();
    await kubeconfig(await program());
    await expect(access.read()).rejects.toThrow(/another program/);
    await expect(rm(join(folder, 'ran'))).rejects.toThrow('ENOENT');
  });
});

describe('what is rotated', () => {
  it('is read again: a token, an authority, and a certificate with its key', async () => {
    const write = async (round: string) => {
      for (const name of ['token', 'ca', 'crt', 'key']) {
        await writeFile(join(folder, name), `${name} ${round}\n`);
      }
    };
    await write('1');
    const access = login(
      await kubeconfig(
        {
          tokenFile: 'token',
          'client-certificate': 'crt',
          'client-key': 'key',
        },
        config =>
          (config.clusters[0]!.cluster = {
            server: 'https://a',
            'certificate-authority': 'ca',
          }),
      ),
    );
    await access.read();
    await write('2');
    expect(await access.read()).toEqual({
      tls: {
        ca: 'ca 2\n',
        cert: 'crt 2\n',
        key: 'key 2\n',
        rejectUnauthorized: true,
      },
      headers: { authorization: 'Bearer token 2' },
    });
  });

  it('gets a pool of its own when it is a certificate, and keeps the one of before when nothing changed', async () => {
    const caFile = join(folder, 'ca');
    await writeFile(caFile, 'one');
    const connection = connect(
      resolveAccess(
        {
          kind: 'url',
          url: 'https://127.0.0.1:1',
          token: 't',
          caFile,
          skipTLSVerify: false,
        },
        { programs: 'refuse' },
      ),
    );
    const first = (await connection.prepare()).dispatcher;
    expect(await connection.renew()).toBe(false);
    expect((await connection.prepare()).dispatcher).toBe(first);
    await writeFile(caFile, 'two');
    expect(await connection.renew()).toBe(true);
    expect((await connection.prepare()).dispatcher).not.toBe(first);
    await connection.close();
  });

  it('may stand in a file of its own beside an address', async () => {
    const tokenFile = join(folder, 'token');
    await writeFile(tokenFile, 'one\n');
    const access = resolveAccess(
      { kind: 'url', url: 'https://x/', tokenFile, skipTLSVerify: true },
      { programs: 'refuse' },
    );
    expect(access.server).toBe('https://x');
    expect(await access.read()).toEqual({
      tls: { rejectUnauthorized: false },
      headers: { authorization: 'Bearer one' },
    });
    await writeFile(tokenFile, 'two\n');
    expect((await access.read()).headers.authorization).toBe('Bearer two');
  });
});

describe('a token that is a function', () => {
  it('is asked each time that the credentials are read', async () => {
    let given = 0;
    const access = resolveAccess(
      {
        kind: 'url',
        url: 'https://x/',
        token: async () => `short-lived ${++given}`,
        skipTLSVerify: false,
      },
      { programs: 'refuse' },
    );
    const authorization = async () =>
      (await access.read()).headers.authorization;
    expect(await authorization()).toBe('Bearer short-lived 1');
    expect(await authorization()).toBe('Bearer short-lived 2');
  });
});

it('access as the account of the pod is refused outside of one', () => {
  expect(() =>
    resolveAccess({ kind: 'inCluster' }, { programs: 'refuse' }),
  ).toThrow(/does not run in a pod/);
});
