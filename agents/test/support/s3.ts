import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { Client } from 'minio';

export interface TestS3 {
  endpoint: string;
  bucket: string;
  accessKey: string;
  secretKey: string;
  /** An independent client, for looking. */
  client: Client;
  /** Every object key, sorted. */
  keys(prefix?: string): Promise<string[]>;
  text(key: string): Promise<string>;
  /** Goes away, and comes back on the same port with the same objects. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const BUCKET = 'agentworkloads';

/** The S3 protocol on disk. */
export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'agents-s3-'));
  let port = 0;
  let server: S3rver | undefined;
  const start = async () => {
    server = new S3rver({
      address: '127.0.0.1',
      port,
      silent: true,
      directory,
      configureBuckets: [{ name: BUCKET, configs: [] }],
    });
    const address = (await server.run()) as AddressInfo;
    port = address.port;
  };
  const stop = async () => {
    const running = server as unknown as
      | { close(): Promise<void>; httpServer?: { closeAllConnections(): void } }
      | undefined;
    server = undefined;
    running?.httpServer?.closeAllConnections();
    await running?.close();
  };
  await start();
  const client = new Client({
    endPoint: '127.0.0.1',
    port,
    useSSL: false,
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
    region: 'us-east-1',
    pathStyle: true,
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: BUCKET,
    accessKey: 'S3RVER',
    secretKey: 'S3RVER',
    client,
    start,
    stop,
    async keys(prefix = '') {
      const keys: string[] = [];
      for await (const item of client.listObjectsV2(BUCKET, prefix, true)) {
        keys.push(String(item.name));
      }
      return keys.sort();
    },
    async text(key) {
      const chunks: Buffer[] = [];
      for await (const chunk of await client.getObject(BUCKET, key)) {
        chunks.push(chunk as Buffer);
      }
      return Buffer.concat(chunks).toString('utf8');
    },
    async close() {
      await stop().catch(() => undefined);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
