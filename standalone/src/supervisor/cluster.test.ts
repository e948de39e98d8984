import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { ApiError } from '@agentworkloads/kube';
import { openAdminAccess } from './cluster-access';
import {
  type Asker,
  checkCluster,
  neededObjects,
  operatorsInCluster,
} from './cluster-check';
import { portalDatabase } from './databases';
import { parseOptions } from './options';
import { portalConfig } from './portal-config';
import {
  planOf,
  portalClusterName,
  readArtifactStore,
} from './start-on-cluster';
import { renewInMs, TokenKeeper } from './token-keeper';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cluster-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const base64 = (text: string) => Buffer.from(text).toString('base64');

async function kubeconfig(user: object, cluster: object = {}) {
  const file = path.join(folder, 'config');
  await writeFile(
    file,
    stringify({
      'current-context': 'here',
      contexts: [
        { name: 'other', context: { cluster: 'no', user: 'no' } },
        { name: 'here', context: { cluster: 'c', user: 'u' } },
      ],
      clusters: [
        {
          name: 'c',
          cluster: { server: 'https://kube.example:6443/', ...cluster },
        },
      ],
      users: [{ name: 'u', user }],
    }),
  );
  return file;
}

describe('a kubeconfig', () => {
  it('gives certificates, inline or from files beside it', async () => {
    await writeFile(path.join(folder, 'ca.crt'), 'CA');
    await writeFile(path.join(folder, 'u.key'), 'KEY');
    const file = await kubeconfig(
      { 'client-certificate-data': base64('CERT'), 'client-key': 'u.key' },
      { 'certificate-authority': 'ca.crt', 'tls-server-name': 'kube' },
    );
    expect(await openAdminAccess(file)).toMatchObject({
      clusterName: 'c',
      address: {
        server: 'https://kube.example:6443',
        caPem: 'CA',
        serverName: 'kube',
      },
      headers: {},
    });
  });

  it('gives a token, inline or from a file', async () => {
    await writeFile(path.join(folder, 'token'), 'from-file\n');
    for (const [user, token] of [
      [{ token: 'inline' }, 'inline'],
      [{ tokenFile: 'token' }, 'from-file'],
    ] as const) {
      const { headers } = await openAdminAccess(await kubeconfig(user));
      expect(headers).toEqual({ authorization: `Bearer ${token}` });
    }
  });

  it.each([
    ['nothing to sign in with', {}, {}, 'neither a token nor'],
    ['another program', { exec: { command: 'aws' } }, {}, 'another program'],
    ['a password', { username: 'u', password: 'p' }, {}, 'a password'],
    ['a name to act as', { token: 't', as: 'root' }, {}, 'somebody else'],
    ['a missing file', { tokenFile: 'gone' }, {}, "can't be read"],
    ['plain http', { token: 't' }, { server: 'http://x' }, 'must be https'],
    [
      'plain http here',
      { token: 't' },
      { server: 'http://localhost' },
      'no https',
    ],
    [
      'any certificate',
      { token: 't' },
      { 'insecure-skip-tls-verify': true },
      'does not check the certificate',
    ],
  ])('with %s is refused', async (_what, user, cluster, message) => {
    await expect(
      openAdminAccess(await kubeconfig(user, cluster)),
    ).rejects.toThrow(message);
  });

  it('that is not there, or no YAML, is refused without its content', async () => {
    const file = path.join(folder, 'bad');
    await expect(openAdminAccess(file)).rejects.toThrow("can't be read");
    await writeFile(file, 'token: "secret');
    const error = await openAdminAccess(file).catch(caught => caught);
    expect(String(error)).toContain('is not a kubeconfig');
    expect(String(error)).not.toContain('secret');
  });
});

/** Answers with what is there; everything else is a 404. */
function cluster(there: (path: string) => unknown): Asker {
  return {
    async call({ path: asked }) {
      const found = there(asked);
      if (found === undefined) throw new ApiError(asked, 404, 'NotFound');
      return found;
    },
  };
}

describe('the check of a cluster', () => {
  const needed = neededObjects(['portal', 'reader']);

  it('is content when all is there', async () => {
    await checkCluster(
      cluster(() => ({})),
      needed,
    );
  });

  it('lists what is missing, with the command that brings it once for each folder', async () => {
    const error: Error = await checkCluster(
      cluster(asked =>
        /admission|serviceaccounts|agentapprovals/.test(asked) ? undefined : {},
      ),
      needed,
    ).then(
      () => new Error('content'),
      caught => caught,
    );
    expect(error.message).toContain('kind agentapprovals.agentworkloads.io');
    expect(error.message).not.toContain('kind agentworkloads.');
    for (const dir of ['crds', 'rbac', 'policies']) {
      expect(
        error.message.split(`kubectl apply --server-side -k deploy/${dir}`),
      ).toHaveLength(2);
    }
  });

  it('asks for the operator’s account only when the operator is to run here', () => {
    const accounts = (list: { what: string }[]) =>
      list.filter(({ what }) => what.includes('operator'));
    expect(accounts(needed)).toEqual([]);
    expect(accounts(neededObjects(['operator']))).toHaveLength(1);
  });

  it('says it when the kubeconfig is not accepted', async () => {
    const client: Asker = {
      call: () => Promise.reject(new ApiError('no', 401, 'Unauthorized')),
    };
    await expect(checkCluster(client, needed)).rejects.toThrow('expired');
  });

  it.each([
    ['none', undefined, 0],
    ['one that is scaled down', { spec: { replicas: 0 } }, 0],
    [
      'one that is going down',
      { spec: { replicas: 0 }, status: { replicas: 1 } },
      1,
    ],
    ['one', { spec: { replicas: 1 } }, 1],
  ])('counts operators: %s', async (_what, deployment, count) => {
    expect(await operatorsInCluster(cluster(() => deployment))).toBe(count);
  });
});

describe('the plan', () => {
  const plan = (...args: string[]) =>
    planOf(parseOptions(['--kubeconfig', 'k', ...args], '/repo', () => {}));

  it('asks for no more accounts and ports than are used', () => {
    expect(plan()).toEqual({
      accounts: ['portal', 'reader'],
      ports: ['portal', 'postgres'],
    });
    expect(plan('--operator', '--no-portal')).toEqual({
      accounts: ['operator'],
      ports: ['operatorHealth'],
    });
    expect(plan('--operator').accounts).toContain('operator');
  });

  it.each([
    ['kit', 'kit'],
    [
      'arn:aws:eks:eu-1:1234:cluster/prod',
      'arn-aws-eks-eu-1-1234-cluster-prod',
    ],
    [`${'x'.repeat(80)}-`, 'x'.repeat(62)],
    ['//', 'cluster'],
  ])('calls the cluster %s %s in the portal', (given, name) => {
    expect(portalClusterName(given)).toBe(name);
  });
});

describe('the object storage', () => {
  const file = () => path.join(folder, 's3.json');

  it('is read in the form of s3.json', async () => {
    const store = {
      endpoint: 'http://10.96.0.7:9000',
      accessKey: 'a',
      secretKey: 's',
      bucket: 'b',
    };
    await writeFile(file(), JSON.stringify(store));
    expect(await readArtifactStore(file())).toEqual({
      ...store,
      region: 'us-east-1',
    });
  });

  it.each([
    ['{', 'not JSON'],
    ['{"endpoint":"minio:9000","secretKey":"hush"}', 'accessKey'],
  ])('is refused when its file holds %s', async (content, message) => {
    await writeFile(file(), content);
    const error = await readArtifactStore(file()).catch(caught => caught);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toContain('hush');
  });

  it('is left out of the portal’s configuration when there is none', () => {
    const config = portalConfig({
      port: 7007,
      cluster: { name: 'kit', title: 'kit', url: 'https://kube.example' },
      portalToken: { tokenFile: '/run/portal.token' },
      readerToken: 'r',
      database: portalDatabase(5433, { portalPassword: 'p' }),
    });
    expect(config).toContain('tokenFile: /run/portal.token');
    expect(config).not.toContain('artifacts');
    expect(config).not.toContain('caData');
  });
});

describe('a token that is kept fresh', () => {
  it('is renewed at half of its time, and never in a tight loop', () => {
    const now = Date.parse('2030-01-01T00:00:00Z');
    expect(renewInMs('2030-01-01T01:00:00Z', now)).toBe(1_800_000);
    expect(renewInMs('2029-12-31T00:00:00Z', now)).toBe(5_000);
    expect(renewInMs('', now)).toBe(30_000);
  });

  it('is in its file for its owner, and gone with the end', async () => {
    const file = path.join(folder, 'portal.token');
    const keeper = new TokenKeeper({
      title: 'portal',
      file,
      request: async () => ({
        token: 'short-lived',
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      }),
      now: Date.now,
      say: () => {},
    });
    await keeper.start();
    expect(await readFile(file, 'utf8')).toBe('short-lived');
    await keeper.stop();
    expect(existsSync(file)).toBe(false);
  });
});
