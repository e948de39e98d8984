import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  afterAll,
  afterEach,
  beforeAll,
  describe,
  expect,
  it,
} from '@jest/globals';
import pg from 'pg';
import { serversIn } from './leftovers';
import { startPostgres, type RunningPostgres } from './server';

const databases = [
  { name: 'checkpoints', password: 'pass/word of test one' },
  { name: 'portal', password: 'pass/word of test two' },
];
const asRoot = process.getuid?.() === 0;

/** One after the other uses it: to make a database takes seconds. */
let folder: string;
const inside = (...names: string[]) => path.join(folder, 'database', ...names);
beforeAll(async () => {
  // For its owner alone, as a checkout in a home folder is.
  folder = await mkdtemp(path.join(tmpdir(), 'postgres-'));
  await chmod(folder, 0o700);
  // As if the making had been cut off before.
  await mkdir(inside('partial/data/base'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const start = (change: { port?: number; passwords?: string[] } = {}) =>
  startPostgres({
    host: '127.0.0.1',
    port: change.port ?? 0,
    folder: inside(),
    databases: databases.map((one, at) => ({
      ...one,
      password: change.passwords?.[at] ?? one.password,
    })),
    durable: false,
    log: () => {},
  });

async function connect(connectionString: string) {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function until(ask: () => Promise<boolean>, what: string) {
  const end = Date.now() + 30_000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(what);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Where its programs lie while it runs, if not with the data. */
const lentPrograms = async (): Promise<string | undefined> => {
  const file = inside('programs.json');
  return existsSync(file)
    ? JSON.parse(await readFile(file, 'utf8'))
    : undefined;
};

describe('a database that runs', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await start();
  });
  afterAll(() => postgres.close());
  const open = (name = 'checkpoints') => connect(postgres.url(name));

  it('gives every client a session of its own', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    const lock = 'SELECT pg_try_advisory_lock(7) AS locked';
    expect((await one.query(lock)).rows).toEqual([{ locked: true }]);
    expect((await other.query(lock)).rows).toEqual([{ locked: false }]);
    await one.query('CREATE TABLE t (n int)');
    await one.query('BEGIN');
    await one.query('INSERT INTO t VALUES (1)');
    expect((await other.query('SELECT * FROM t')).rows).toEqual([]);
    await one.query('COMMIT');
    expect((await other.query('SELECT * FROM t')).rows).toEqual([{ n: 1 }]);
    await Promise.all([one.end(), other.end()]);
  });

  it.each([
    ['a wrong password', (url: URL) => (url.password = 'guessed')],
    ['no password', (url: URL) => (url.password = '')],
    ['an unknown user', (url: URL) => (url.username = 'somebody')],
    ['another one’s user', (url: URL) => (url.username = 'portal')],
    ['the administrator', (url: URL) => (url.username = 'postgres')],
    ['another one’s database', (url: URL) => (url.pathname = '/portal')],
    [
      'the administrator’s database',
      (url: URL) => (url.pathname = '/postgres'),
    ],
  ])('refuses %s', async (_what, change) => {
    const url = new URL(postgres.url('checkpoints'));
    change(url);
    await expect(connect(url.href)).rejects.toThrow(
      /password|permission denied/,
    );
  });

  it('lets its users read no file and make no user', async () => {
    const client = await open();
    for (const sql of [
      "SELECT pg_read_file('postgresql.conf')",
      "COPY (SELECT 1) TO PROGRAM 'true'",
      'CREATE ROLE mine',
    ]) {
      await expect(client.query(sql)).rejects.toThrow('permission denied');
    }
    await client.end();
  });

  it('lets nobody else at its files', async () => {
    for (const name of ['', 'data', 'password']) {
      const { mode } = await stat(inside(name));
      // eslint-disable-next-line no-bitwise -- the permission bits of the mode
      expect(mode & 0o077).toBe(0);
    }
  });

  it('was made anew, for the making had been cut off', () => {
    expect(existsSync(inside('partial'))).toBe(false);
  });

  it('runs as who starts it, and for root as a user that nobody else is', async () => {
    const [pid] = await serversIn(inside('data'));
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    const uid = Number(/^Uid:\s+(\d+)/m.exec(status)?.[1]);
    const passwd = await readFile('/etc/passwd', 'utf8');
    expect(uid === process.getuid?.()).toBe(!asRoot);
    expect(passwd.includes(`:${uid}:`)).toBe(!asRoot);
    expect((await stat(inside('data'))).uid).toBe(uid);
  });
});

describe('what a database keeps', () => {
  it('is there after a restart, under new passwords, and nothing else is left of it', async () => {
    const first = await start();
    const programs = await lentPrograms();
    const before = await connect(first.url('portal'));
    await before.query('CREATE TABLE kept (n int)');
    await before.query('INSERT INTO kept VALUES (7)');
    // It is closed under a client's hands.
    await first.close();
    expect(await serversIn(inside('data'))).toEqual([]);
    expect(programs && existsSync(programs)).toBe(asRoot ? false : undefined);
    const second = await start({
      passwords: ['other password of one', 'other password of two'],
    });
    const after = await connect(second.url('portal'));
    expect((await after.query('SELECT n FROM kept')).rows).toEqual([{ n: 7 }]);
    await expect(connect(first.url('portal'))).rejects.toThrow();
    await after.end();
    await second.close();
  });
});

describe('a database that can’t start says why:', () => {
  it('its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    await expect(start({ port })).rejects.toThrow(
      /Address already in use: another program listens there/,
    );
    other.close();
    expect(await lentPrograms()).toBeUndefined();
  });

  it('its data are of another version, or nobody can open them', async () => {
    const version = inside('data/PG_VERSION');
    const text = await readFile(version, 'utf8');
    await writeFile(version, '15\n');
    await expect(start()).rejects.toThrow(
      /holds a database of PostgreSQL 15.*remove the folder/,
    );
    await writeFile(version, text);
    const password = await readFile(inside('password'), 'utf8');
    await rm(inside('password'));
    await expect(start()).rejects.toThrow(/password is missing/);
    await writeFile(inside('password'), password, { mode: 0o600 });
  });
});

describe('a database whose starter was killed', () => {
  const bundle = path.resolve('embedded/services/dist/postgres.mjs');
  let port: number;
  let child: ChildProcess;
  const data = () => inside('data');
  const url = () =>
    `postgres://checkpoints:password-of-this-test@127.0.0.1:${port}/checkpoints`;

  beforeAll(async () => {
    if (!existsSync(bundle)) {
      const { buildBundles } = await import(path.resolve('scripts/build.mjs'));
      await buildBundles();
    }
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
    server.close();
  });
  afterEach(async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });

  async function run() {
    child = spawn(process.execPath, [bundle], {
      env: {
        TMPDIR: tmpdir(),
        POSTGRES_LISTEN: `127.0.0.1:${port}`,
        POSTGRES_DATA_DIR: inside(),
        POSTGRES_DATABASES: 'checkpoints=password-of-this-test',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const output = child.stdout as NodeJS.ReadableStream;
    const [line] = await Promise.race([
      once(output, 'data'),
      once(child, 'exit').then(() => ['it ended']),
    ]);
    expect(String(line)).toContain('postgres ready');
  }
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const count = async () => {
    const client = await connect(url());
    const { rows } = await client.query('SELECT count(*)::int AS n FROM kept');
    await client.end();
    return rows[0].n;
  };

  it('ends by itself, takes its programs with it, and has all that was committed at the next start', async () => {
    await run();
    const programs = await lentPrograms();
    const client = await connect(url());
    await client.query('CREATE TABLE kept (n int)');
    for (let n = 0; n < 50; n += 1)
      await client.query('INSERT INTO kept VALUES ($1)', [n]);
    await kill();
    await until(
      async () => (await serversIn(data())).length === 0,
      'the server outlives its starter',
    );
    await until(
      async () => !programs || !existsSync(programs),
      'its programs stay',
    );
    await run();
    expect(await count()).toBe(50);
  });

  const guards = async () => {
    const shells = await readdir('/proc');
    const found: number[] = [];
    for (const pid of shells.filter(name => /^\d+$/.test(name))) {
      const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(
        () => '',
      );
      if (words.startsWith('/bin/sh') && words.includes(data()))
        found.push(Number(pid));
    }
    return found;
  };

  it('is ended by the next start where nothing was left to end it', async () => {
    await run();
    const [guard] = await guards();
    const before = await serversIn(data());
    process.kill(guard, 'SIGKILL');
    await kill();
    expect(before.length).toBeGreaterThan(1);
    expect(await serversIn(data())).toEqual(before);
    await run();
    expect(await count()).toBe(50);
    const after = await serversIn(data());
    expect(after.filter(pid => before.includes(pid))).toEqual([]);
  });

  it('starts where its process id is another program’s by now, and leaves that one alone', async () => {
    await run();
    child.kill('SIGTERM');
    await once(child, 'exit');
    const stranger = spawn('sleep', ['60']);
    await writeFile(
      path.join(data(), 'postmaster.pid'),
      `${stranger.pid}\n${data()}\n1\n${port}\n\n127.0.0.1\n1 1\nready\n`,
    );
    await run();
    expect(await count()).toBe(50);
    expect(stranger.exitCode ?? stranger.signalCode).toBe(null);
    stranger.kill();
  });
});
