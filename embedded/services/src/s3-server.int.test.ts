import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as S3Client } from 'minio';
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
