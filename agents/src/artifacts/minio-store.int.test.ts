import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { artifactStoreConformance } from '../../test/support/artifact-store-conformance';
import { startS3, type TestS3 } from '../../test/support/s3';
import { startSite } from '../../test/support/site';
import type { ArtifactStore } from './artifact-store';
import { createMinioStore, type MinioStoreOptions } from './minio-store';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startS3();
});
afterAll(() => s3.close());

const open = (change: Partial<MinioStoreOptions> = {}): ArtifactStore =>
  createMinioStore({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    keys: { accessKey: s3.accessKey, secretKey: s3.secretKey },
    pathStyle: true,
    bucket: s3.bucket,
    baseDelayMs: 20,
    timeoutMs: 2000,
    ...change,
  });

describe('the S3 store', () => {
  let shared: ArtifactStore | undefined;
  artifactStoreConformance(() => (shared ??= open()));

  it('tries three times, then says that the service is away', async () => {
    let asked = 0;
    const site = await startSite((_q, response) => {
      asked++;
      response.writeHead(503).end();
    });
    const store = open({ endpoint: site.origin });
    await expect(store.get('a')).rejects.toMatchObject({
      name: 'RetryableError',
      message: expect.stringContaining('Object storage is away'),
    });
    expect(asked).toBe(3);
    await site.close();
  });

  it('gets through when the service comes back between two tries', async () => {
    const store = open({ baseDelayMs: 400 });
    await s3.stop();
    const put = store.put('runs/x/late', 'body', { contentType: 'text/plain' });
    await new Promise(resolve => setTimeout(resolve, 150));
    await s3.start();
    expect((await put).written).toBe(true);
    expect(await s3.text('runs/x/late')).toBe('body');
  });

  it('ends a call that hangs', async () => {
    const site = await startSite(() => undefined);
    const store = open({ endpoint: site.origin, timeoutMs: 100 });
    await expect(store.head('a')).rejects.toMatchObject({
      message: expect.stringContaining('no answer in 100 ms'),
    });
    await site.close();
  });

  it('stops asking a service that is down', async () => {
    const store = open({ endpoint: 'http://127.0.0.1:1' });
    await store.head('a').catch(() => undefined);
    await store.head('a').catch(() => undefined);
    await expect(store.head('a')).rejects.toMatchObject({
      name: 'RetryableError',
      message: expect.stringContaining('in a row'),
    });
  });

  it('calls a bucket that is not there permanent', async () => {
    await expect(
      open({ bucket: 'no-such-bucket' }).put('a', 'x', {
        contentType: 'text/plain',
      }),
    ).rejects.toMatchObject({ name: 'PermanentError' });
  });

  it.each([
    ['another secret', { accessKey: 'S3RVER', secretKey: 'wrong-secret-key' }],
    [
      'a key that is gone',
      { accessKey: 'wrong-access-key', secretKey: 'S3RVER' },
    ],
  ])(
    'leaves %s to the next pod, which reads the Secret again; asked once, and without the key',
    async (_name, keys) => {
      const change = { keys };
      const error = await open(change)
        .put('a', 'x', { contentType: 'text/plain' })
        .catch(caught => caught);
      expect(error).toMatchObject({
        name: 'RetryableError',
        message: expect.stringContaining('agents-secrets'),
      });
      expect(error.message).not.toMatch(/wrong-/);
      await expect(open(change).get('a')).rejects.toMatchObject({
        name: 'RetryableError',
      });
    },
  );

  it('asks with a key that is refused once, not three times', async () => {
    let asked = 0;
    const site = await startSite((_q, response) => {
      asked++;
      response.writeHead(403).end();
    });
    await expect(
      open({ endpoint: site.origin }).head('a'),
    ).rejects.toMatchObject({ name: 'RetryableError' });
    expect(asked).toBe(1);
    await site.close();
  });
});
