import type { Readable } from 'node:stream';
import type { Config } from '@backstage/config';
import { refusal } from '@agentworkloads/backstage-plugin-agent-workloads-node/internal';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { Client } from 'minio';
import { storageKeys } from './storageKeys';

export interface ObjectInfo {
  size: number;
  etag: string;
}

/** Reads objects of one bucket. */
export interface ArtifactStore {
  readonly bucket: string;
  /** @returns undefined when there is no such object */
  stat(key: string): Promise<ObjectInfo | undefined>;
  /** Bytes [start, start + length). */
  read(key: string, start: number, length: number): Promise<Readable>;
}

const codeOf = (error: unknown) => (error as { code?: string }).code;

/** MinIO, S3 and what speaks their protocol. */
export class S3ArtifactStore implements ArtifactStore {
  private constructor(
    private readonly client: Client,
    readonly bucket: string,
  ) {}

  /**
   * @param now - milliseconds since 1970
   * @returns undefined when no object storage is configured
   * @throws InputError that says what to mend in the configuration
   */
  static fromConfig(
    root: Config,
    now: () => number,
  ): S3ArtifactStore | undefined {
    const config = root.getOptionalConfig('agentWorkloads.artifacts');
    if (!config) {
      return undefined;
    }
    const endpoint = URL.parse(config.getString('endpoint'));
    if (!endpoint || !['http:', 'https:'].includes(endpoint.protocol)) {
      throw new InputError(
        'agentWorkloads.artifacts.endpoint must be a URL such as http://127.0.0.1:9000',
      );
    }
    const useSSL = endpoint.protocol === 'https:';
    const client = new Client({
      endPoint: endpoint.hostname.replace(/^\[|\]$/g, ''),
      port: Number(endpoint.port) || (useSSL ? 443 : 80),
      useSSL,
      region: config.getOptionalString('region') ?? 'us-east-1',
      ...storageKeys(root, config, now),
      pathStyle: config.getOptionalBoolean('s3ForcePathStyle') ?? true,
      // Its own retry sends a consumed stream again; a person can simply ask again.
      retryOptions: { disableRetry: true },
    });
    return new S3ArtifactStore(client, config.getString('bucket'));
  }

  async stat(key: string): Promise<ObjectInfo | undefined> {
    try {
      const { size, etag } = await this.client.statObject(this.bucket, key);
      return { size, etag };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'NotFound' || code === 'NoSuchKey') {
        return undefined;
      }
      throw away(error);
    }
  }

  async read(key: string, start: number, length: number): Promise<Readable> {
    try {
      return length > 0
        ? await this.client.getPartialObject(this.bucket, key, start, length)
        : await this.client.getObject(this.bucket, key);
    } catch (error) {
      throw away(error);
    }
  }
}

/** The client wraps what the ways to a role answer, and gives it no code. */
function isWithoutKeys(error: unknown): boolean {
  return (error as Error).message?.startsWith('Unable to get credentials');
}

/** The cause may name keys and hosts, so only its code is told. */
function away(error: unknown): Error {
  if (isWithoutKeys(error)) {
    return refusal(ServiceUnavailableError, 'storageNoCredentials', {});
  }
  return refusal(ServiceUnavailableError, 'storageAway', {
    why: codeOf(error) ?? 'no answer',
  });
}
