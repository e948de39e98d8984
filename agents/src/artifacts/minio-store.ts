import { createHash } from 'node:crypto';
import { Client } from 'minio';
import { createResilient, type Resilient } from '../clients/resilience';
import {
  PermanentError,
  RetryableError,
  TooLargeError,
} from '../runtime/errors';
import type { ArtifactStore, ObjectHead } from './artifact-store';

const MAX_OBJECT_BYTES = 64 * 1024 * 1024;

/** What requests are signed with; a session's keys come with its token, and end with it. */
export interface S3Keys {
  accessKey: string;
  secretKey: string;
  sessionToken?: string;
}

export interface MinioStoreOptions {
  endpoint: string;
  region: string;
  /** As a function it is asked before each request, and gives others before the last ones end. */
  keys: S3Keys | (() => Promise<S3Keys>);
  /** Whether the bucket stands in the path (MinIO) or, false, in the host's name. AWS's own hosts always get the latter. */
  pathStyle: boolean;
  bucket: string;
  /** Milliseconds before the second try. */
  baseDelayMs: number;
  /** Milliseconds that one try may take. */
  timeoutMs: number;
}

export const sha256Hex = (body: Uint8Array | string): string =>
  createHash('sha256').update(body).digest('hex');

type CredentialsProvider = ConstructorParameters<
  typeof Client
>[0]['credentialsProvider'];

/** In the form of the client, whose class for it is not exported; of it the client calls this alone. */
function provider(keys: () => Promise<S3Keys>): CredentialsProvider {
  const getCredentials = async () => {
    const { accessKey, secretKey, sessionToken } = await keys();
    return {
      getAccessKey: () => accessKey,
      getSecretKey: () => secretKey,
      getSessionToken: () => sessionToken,
    };
  };
  return { getCredentials } as unknown as CredentialsProvider;
}

function openClient(options: MinioStoreOptions): Client {
  const endpoint = new URL(options.endpoint);
  return new Client({
    endPoint: endpoint.hostname.replace(/^\[|\]$/g, ''),
    port: endpoint.port
      ? Number(endpoint.port)
      : { 'http:': 80, 'https:': 443 }[endpoint.protocol],
    useSSL: endpoint.protocol === 'https:',
    ...(typeof options.keys === 'function'
      ? { credentialsProvider: provider(options.keys) }
      : options.keys),
    region: options.region,
    pathStyle: options.pathStyle,
    // Its own retry sends a consumed stream again.
    retryOptions: { disableRetry: true },
  });
}

/** An {@link ArtifactStore} on any S3. */
export function createMinioStore(options: MinioStoreOptions): ArtifactStore {
  const client = openClient(options);
  const resilient = createResilient({
    service: 'Object storage',
    tries: 3,
    baseDelayMs: options.baseDelayMs,
    timeoutMs: options.timeoutMs,
    breakAfter: 6,
    halfOpenAfterMs: 10_000,
    isTransient,
  });
  const call: Resilient = (what, run) =>
    resilient(what, run).catch(error => {
      throw explain(error, options.bucket);
    });

  const head = (key: string): Promise<ObjectHead | undefined> =>
    call(`reading the head of ${key}`, async () => {
      try {
        const stat = await client.statObject(options.bucket, key);
        const sha256 = stat.metaData?.sha256;
        return {
          bytes: stat.size,
          ...(typeof sha256 === 'string' ? { sha256 } : {}),
        };
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    });

  return {
    head,
    async put(key, content, { contentType, sha256: known }) {
      const body = Buffer.from(content as Uint8Array);
      const sha256 = known ?? sha256Hex(body);
      const there = await head(key);
      if (there?.sha256 === sha256 && there.bytes === body.byteLength) {
        return { key, sha256, bytes: body.byteLength, written: false };
      }
      await call(`writing ${key}`, () =>
        client.putObject(options.bucket, key, body, body.byteLength, {
          'Content-Type': contentType,
          'X-Amz-Meta-Sha256': sha256,
        }),
      );
      return { key, sha256, bytes: body.byteLength, written: true };
    },
    get: key =>
      call(`reading ${key}`, async signal => {
        try {
          const stream = await client.getObject(options.bucket, key);
          const stop = () => stream.destroy(new Error('time is up'));
          signal.addEventListener('abort', stop, { once: true });
          const chunks: Buffer[] = [];
          let bytes = 0;
          for await (const chunk of stream) {
            bytes += (chunk as Buffer).byteLength;
            if (bytes > MAX_OBJECT_BYTES) {
              stream.destroy();
              throw new TooLargeError(
                `Object ${key} is larger than ${MAX_OBJECT_BYTES} bytes.`,
              );
            }
            chunks.push(chunk as Buffer);
          }
          signal.removeEventListener('abort', stop);
          return Buffer.concat(chunks);
        } catch (error) {
          if (isAbsent(error)) return undefined;
          throw error;
        }
      }),
  };
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

function isAbsent(error: unknown): boolean {
  return ['NotFound', 'NoSuchKey'].includes(codeOf(error));
}

/**
 * A key that is not accepted. This process has no other, but the next pod of the step reads the Secret again: where the key
 * was changed while the run goes on, that mends it. A HEAD is refused without a body, so a wrong key is `AccessDenied` too.
 */
const KEY_REFUSED = new Set([
  'AccessDenied',
  'ExpiredToken',
  'InvalidAccessKeyId',
  'InvalidToken',
  'SignatureDoesNotMatch',
]);

/** What no other pod mends either: no bucket, an object too large. */
const PERMANENT = new Set([
  'NoSuchBucket',
  'InvalidBucketName',
  'InvalidObjectName',
  'InvalidArgument',
]);

function isTransient(error: unknown): boolean {
  if (error instanceof PermanentError) return false;
  const code = codeOf(error);
  return !PERMANENT.has(code) && !KEY_REFUSED.has(code) && !isAbsent(error);
}

function explain(error: unknown, bucket: string): unknown {
  const code = codeOf(error);
  if (KEY_REFUSED.has(code)) {
    return new RetryableError(
      `Object storage refuses the key for bucket "${bucket}": ${code}. The step is tried again with what stands in agents-secrets then, or a new session of the pod's role; check S3_ACCESS_KEY, S3_SECRET_KEY or the role, and what it may do.`,
      { cause: error },
    );
  }
  if (!PERMANENT.has(code)) return error;
  return new PermanentError(
    `Object storage refuses bucket "${bucket}": ${code}. Check S3_BUCKET.`,
    { cause: error },
  );
}
