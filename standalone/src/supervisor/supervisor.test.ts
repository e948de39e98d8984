import {
  mkdir,
  mkdtemp,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse, parseAllDocuments } from 'yaml';
import { startTimeOf } from '@agentworkloads/processes';
import { ensureCredentials } from './credentials';
import { portalDatabase } from './databases';
import { createLayout } from './layout';
import { AlreadyRunning, takeLock } from './lock';
import { localManifests } from './manifests';
import { tellOfOldData } from './old-data';
import { parseOptions } from './options';
import { portalConfig } from './portal-config';
import { PORTS, type PortName, type Ports } from './ports';
import { demoSiteLine } from './start-standalone';
import { baseEnvironment } from './parts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'supervisor-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ports = Object.fromEntries(
  Object.entries(PORTS).map(([name, [port]]) => [name as PortName, port]),
) as Ports;
const credentials = {
  s3AccessKey: 'access-key-0123456789',
  s3SecretKey: 'secret-key-0123456789',
  checkpointsPassword: 'password-0123456789',
  portalPassword: 'password-9876543210',
  egressToken: 'token-0123456789',
};

describe('the command line', () => {
  const options = (...args: string[]) => parseOptions(args, '/repo', () => {});

  it('has a default for everything', () => {
    expect(options()).toMatchObject({
      root: '/repo',
      dataDir: '/repo/.agentic',
      portalPort: 7007,
      egressAllow: [],
      portal: true,
    });
  });

  it('takes what it is told', () => {
    expect(
      options(
        '--egress-allow',
        'localhost:8080',
        '--egress-allow',
        '[::1]:9',
        '--data-dir',
        '/elsewhere',
        '--allow-host',
        'box.lan',
        '--portal-port',
        '8000',
        '--ports-from',
        '20000',
        '--no-portal',
      ),
    ).toMatchObject({
      dataDir: '/elsewhere',
      portalPort: 8000,
      portsFrom: 20_000,
      egressAllow: ['localhost:8080', '[::1]:9'],
      allowHosts: ['box.lan'],
      portal: false,
    });
  });

  it('names a cluster, and keeps what belongs to it apart', () => {
    expect(
      options('--kubeconfig', 'k', '--s3', '/s3.json', '--operator'),
    ).toMatchObject({
      dataDir: '/repo/.agentic/cluster',
      cluster: { kubeconfig: '/repo/k', s3: '/s3.json', operator: true },
    });
  });

  it.each([
    [['--egress-allow', 'http://x'], 'not HOST:PORT'],
    [['--egress-allow', 'x:99999'], 'not a port'],
    [['--egress-allow', 'a:1,b:2'], 'not HOST:PORT'],
    [['--portal-port', 'seven'], 'not a port'],
    [['--ports-from', '0'], 'not a port'],
    [['--allow-host', 'http://x'], 'not a name'],
    [['--allow-host', 'x:80'], 'not a name'],
    [['--operator'], 'say which with --kubeconfig'],
    [['--s3', 's3.json'], 'say which with --kubeconfig'],
    [['--kubeconfig', 'k', '--egress-allow', 'a:1'], 'EGRESS_ALLOW'],
    [['--kubeconfig', 'k', '--no-portal'], 'starts nothing'],
    [['--kubeconfig', ''], 'name of a file'],
    [['--no-such-thing'], '--no-such-thing'],
    [['word'], 'word'],
  ])('refuses %j', (args, message) => {
    expect(() => options(...args)).toThrow(message);
  });
});

describe('the line of the demo site', () => {
  it('tells both addresses where they differ', () => {
    expect(demoSiteLine(4180)).toBe('http://<company>.localhost:4180');
    expect(demoSiteLine(14_181)).toMatch(/:4180 .*:14181 /);
  });
});

describe('the lock', () => {
  it('is held by one process and given back', async () => {
    const file = path.join(folder, 'lock');
    const release = await takeLock(file);
    await expect(takeLock(file)).rejects.toBeInstanceOf(AlreadyRunning);
    await release();
    await (
      await takeLock(file)
    )();
  });

  it.each([
    ['of a process that has ended', { pid: 2 ** 22 - 1, startTime: '1' }],
    [
      'of an earlier process with the same id',
      { pid: process.pid, startTime: '1' },
    ],
  ])('%s counts for nothing', async (_what, owner) => {
    const file = path.join(folder, 'lock');
    await writeFile(file, JSON.stringify(owner));
    await takeLock(file);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      pid: process.pid,
      startTime: await startTimeOf(process.pid),
    });
  });

  it('that is half written counts for nothing', async () => {
    const file = path.join(folder, 'lock');
    await writeFile(file, '{"pid":');
    await takeLock(file);
  });
});

describe('the credentials', () => {
  it('are made once, added to by a newer version, are long, and are for the owner only', async () => {
    const file = path.join(folder, 'credentials.json');
    const first = await ensureCredentials(file);
    expect(await ensureCredentials(file)).toEqual(first);
    expect(Object.values(first).every(({ length }) => length >= 20)).toBe(true);
    const { portalPassword, ...before } = first;
    await writeFile(file, JSON.stringify(before));
    const second = await ensureCredentials(file);
    expect(second).toMatchObject(before);
    expect(second.portalPassword).not.toBe(portalPassword);
    // eslint-disable-next-line no-bitwise -- the permission bits of the mode
    expect((await stat(file)).mode & 0o077).toBe(0);
  });
});

describe('data of a version before this one', () => {
  const layout = () => createLayout(folder, path.join(folder, '.agentic'));
  const told = async () => {
    const lines: string[] = [];
    await tellOfOldData(layout(), line => lines.push(line));
    return lines;
  };

  it('are named as long as nothing has taken their place', async () => {
    expect(await told()).toEqual([]);
    await mkdir(layout().oldData.portal, { recursive: true });
    expect(await told()).toEqual([
      expect.stringMatching(
        /notices and past tasks is not taken over.*\.agentic\/portal-db/,
      ),
    ]);
    await ensureCredentials(layout().credentials);
    expect(await told()).toEqual([]);
  });
});

describe('the objects of this machine', () => {
  const objects = localManifests({
    ports,
    credentials,
    chromiumPath: '/usr/bin/chromium',
    environment: {
      LLM_BASE_URL: 'http://127.0.0.1:4000/v1',
      LLM_API_KEY: 'k',
      LLM_MODEL: '',
    },
  }) as {
    kind: string;
    metadata: { name: string };
    data?: Record<string, string>;
    stringData?: Record<string, string>;
  }[];
  const named = (kind: string, name: string) =>
    objects.find(one => one.kind === kind && one.metadata.name === name);

  it('tell the steps where their services are', () => {
    expect(named('ConfigMap', 'agents-config')?.data).toEqual({
      S3_ENDPOINT: 'http://127.0.0.1:9000',
      S3_REGION: 'us-east-1',
      CHROMIUM_PATH: '/usr/bin/chromium',
      EGRESS_PROXY_URL: 'http://127.0.0.1:3128',
      LOG_LEVEL: 'info',
      LLM_BASE_URL: 'http://127.0.0.1:4000/v1',
    });
  });

  it('hold secrets in the Secret alone', () => {
    const secret = named('Secret', 'agents-secrets');
    expect(secret?.stringData).toMatchObject({
      S3_SECRET_KEY: credentials.s3SecretKey,
      LLM_API_KEY: 'k',
    });
    const others = JSON.stringify(objects.filter(one => one !== secret));
    for (const value of Object.values(credentials)) {
      expect(others).not.toContain(value);
    }
  });

  it('let the portal’s reader change nothing and impersonate nobody', async () => {
    const file = path.join(process.cwd(), 'deploy/rbac/portal-reader.yaml');
    const [, role] = parseAllDocuments(await readFile(file, 'utf8')).map(
      document =>
        document.toJS() as {
          kind: string;
          rules: { resources: string[]; verbs: string[] }[];
        },
    );
    expect(role.kind).toBe('ClusterRole');
    const verbs = new Set(role.rules.flatMap(rule => rule.verbs));
    expect([...verbs].sort()).toEqual(['get', 'list', 'watch']);
    expect(role.rules.flatMap(rule => rule.resources)).not.toContain('secrets');
  });
});

describe('the portal’s configuration', () => {
  it('has two accounts, and gives the one that may impersonate to nobody else', () => {
    const config = parse(
      portalConfig({
        port: 7010,
        cluster: {
          name: 'local',
          title: 'This machine',
          url: 'https://127.0.0.1:6443',
          caPem: 'PEM',
        },
        portalToken: { token: 'token-of-portal' },
        readerToken: 'token-of-reader',
        database: portalDatabase(5433, credentials),
      }),
    ) as Record<string, unknown>;
    expect(config.app).toEqual({ baseUrl: 'http://localhost:7010' });
    expect(JSON.stringify(config.kubernetes)).toContain('token-of-reader');
    expect(JSON.stringify(config.kubernetes)).not.toContain('token-of-portal');
    expect(JSON.stringify(config.agentWorkloads)).toContain('token-of-portal');
  });

  it('has a database of its own in PostgreSQL, whose user needs no right to make others', async () => {
    const everywhere = parse(
      await readFile(path.join(process.cwd(), 'app-config.yaml'), 'utf8'),
    ) as { backend: { database: object } };
    expect(everywhere.backend.database).toMatchObject({
      client: 'pg',
      pluginDivisionMode: 'schema',
      ensureExists: false,
    });
    const here = parse(
      portalConfig({
        port: 7010,
        cluster: { name: 'local', title: 'Here', url: 'https://127.0.0.1:1' },
        portalToken: { token: 't' },
        readerToken: 'r',
        database: portalDatabase(5433, credentials),
      }),
    ) as { backend: { database: object } };
    expect(here.backend.database).toEqual({
      connection: {
        host: '127.0.0.1',
        port: 5433,
        user: 'portal',
        password: credentials.portalPassword,
        database: 'portal',
      },
    });
  });
});

describe('the environment of a part', () => {
  it('has nothing that was not meant for it', () => {
    expect(
      baseEnvironment({ PATH: '/bin', AWS_SECRET_ACCESS_KEY: 'x', TZ: 'UTC' }),
    ).toEqual({ PATH: '/bin', TZ: 'UTC' });
  });
});
