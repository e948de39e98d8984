import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as S3Client } from 'minio';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from './postgres-server';
import { startS3, type RunningS3 } from './s3-server';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'services-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the object storage', () => {
  const keys = {
    accessKey: 'access-key-of-test',
    secretKey: 'secret-key-of-this-test',
  };
  let s3: RunningS3;
  const start = () =>
    startS3({
      host: '127.0.0.1',
      port: 0,
      directory: path.join(folder, 's3'),
      bucket: 'agentworkloads',
      ...keys,
    });
  const client = (with_: { accessKey: string; secretKey: string }) => {
    const url = new URL(s3.endpoint);
    return new S3Client({
      endPoint: url.hostname,
      port: Number(url.port),
      useSSL: false,
      region: 'us-east-1',
      ...with_,
    });
  };
  beforeAll(async () => {
    s3 = await start();
  });
  afterAll(() => s3.close());

  it('keeps objects on disk, across a restart', async () => {
    await client(keys).putObject('agentworkloads', 'runs/a/b.txt', 'hello');
    await s3.close();
    s3 = await start();
    const stream = await client(keys).getObject(
      'agentworkloads',
      'runs/a/b.txt',
    );
    expect(await new Response(stream as unknown as ReadableStream).text()).toBe(
      'hello',
    );
  });

  it.each([
    ['a wrong secret', { ...keys, secretKey: 'another-secret-key-here' }],
    [
      'an unknown key',
      { accessKey: 'somebody-else', secretKey: 'x'.repeat(20) },
    ],
    ['the key that s3rver ships', { accessKey: 'S3RVER', secretKey: 'S3RVER' }],
  ])('refuses %s', async (_what, wrong) => {
    await expect(
      client(wrong).statObject('agentworkloads', 'runs/a/b.txt'),
    ).rejects.toThrow();
    await expect(
      client(wrong).putObject('agentworkloads', 'x', 'x'),
    ).rejects.toThrow();
  });

  it.each(['GET', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])(
    'refuses an unsigned %s',
    async method => {
      const answer = await fetch(`${s3.endpoint}/agentworkloads/runs/a/b.txt`, {
        method,
      });
      expect(answer.status).toBe(403);
    },
  );

  it.each([
    ['evil.example', 421],
    ['localhost', 403],
    ['127.0.0.1:9000', 403],
  ])('asked for as %s answers %i', async (host, status) => {
    const answer = await new Promise<number>((resolve, reject) => {
      request(s3.endpoint, { headers: { host } }, response => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
    expect(answer).toBe(status);
  });

  it('stays below its folder whatever a key says', async () => {
    await client(keys)
      .putObject('agentworkloads', '../../../escaped', 'x')
      .catch(() => {});
    const { access } = await import('node:fs/promises');
    await expect(access(path.join(folder, 'escaped'))).rejects.toThrow();
    await expect(access(path.join(folder, '..', 'escaped'))).rejects.toThrow();
  });
});

async function freePort(): Promise<AddressInfo> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return address;
}

describe('the database', () => {
  const children: ChildProcess[] = [];
  afterAll(() => children.forEach(child => child.kill('SIGKILL')));

  let postgres: RunningPostgres;
  const start = () =>
    startPostgres({
      host: '127.0.0.1',
      port: 0,
      directory: path.join(folder, 'pg'),
      password: 'pass/word of test',
    });
  beforeAll(async () => {
    postgres = await start();
  });
  afterAll(() => postgres.close());

  async function connect(connectionString = postgres.url) {
    const client = new pg.Client({ connectionString });
    await client.connect();
    return client;
  }

  it('answers two clients at once without mixing their queries up', async () => {
    const clients = await Promise.all([connect(), connect(), connect()]);
    const answers = await Promise.all(
      clients.flatMap((client, index) =>
        Array.from({ length: 40 }, (_, n) =>
          client
            .query('select $1::int as client, $2::int as n', [index, n])
            .then(({ rows }) => rows[0]),
        ),
      ),
    );
    expect(answers).toEqual(
      [0, 1, 2].flatMap(client =>
        Array.from({ length: 40 }, (_, n) => ({ client, n })),
      ),
    );
    await Promise.all(clients.map(client => client.end()));
  });

  it('keeps a transaction to the client that began it', async () => {
    const [writer, other] = await Promise.all([connect(), connect()]);
    await writer.query('create table if not exists t (n int)');
    await writer.query('begin');
    await writer.query('insert into t values ($1)', [1]);
    const count = other.query('select count(*)::int as n from t');
    await writer.query('rollback');
    expect((await count).rows).toEqual([{ n: 0 }]);
    await Promise.all([writer.end(), other.end()]);
  });

  it('goes on after an error and after a client that vanished in a transaction', async () => {
    const broken = await connect();
    await expect(broken.query('select * from nowhere')).rejects.toThrow(
      'does not exist',
    );
    expect((await broken.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await broken.query('begin');
    await broken.query('create table gone (n int)');
    broken.on('error', () => {});
    (
      broken as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
    const next = await connect();
    const { rows } = await next.query(
      "select count(*)::int as n from pg_tables where tablename = 'gone'",
    );
    expect(rows).toEqual([{ n: 0 }]);
    await next.end();
  });

  it('wants the password', async () => {
    const url = new URL(postgres.url);
    url.password = 'guessed';
    await expect(connect(url.href)).rejects.toThrow(
      'password authentication failed',
    );
  });

  it('keeps what was committed when its process is killed', async () => {
    const bundle = path.resolve('embedded/services/dist/postgres.mjs');
    if (!existsSync(bundle)) {
      const { buildBundles } = await import(path.resolve('scripts/build.mjs'));
      await buildBundles();
    }
    const password = 'password-of-this-test';
    const { port } = await freePort();
    const run = async () => {
      const child = spawn(process.execPath, [bundle], {
        env: {
          POSTGRES_LISTEN: `127.0.0.1:${port}`,
          POSTGRES_DATA_DIR: path.join(folder, 'pg-killed'),
          POSTGRES_PASSWORD: password,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.push(child);
      await once(child.stdout, 'data');
      const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
      return { child, client: await connect(url) };
    };
    const first = await run();
    first.client.on('error', () => {});
    await first.client.query('create table kept (n int)');
    for (let n = 0; n < 50; n += 1) {
      await first.client.query('insert into kept values ($1)', [n]);
    }
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const second = await run();
    const { rows } = await second.client.query(
      'select count(*)::int as n from kept',
    );
    expect(rows).toEqual([{ n: 50 }]);
    await second.client.end();
    second.child.kill('SIGTERM');
    await once(second.child, 'exit');
  });

  it('keeps what was committed across a restart', async () => {
    const before = await connect();
    await before.query('create table kept (n int)');
    await before.query('insert into kept values (7)');
    await before.end();
    await postgres.close();
    postgres = await start();
    const after = await connect();
    expect((await after.query('select n from kept')).rows).toEqual([{ n: 7 }]);
    await after.end();
  });
});
