import { createHash } from 'node:crypto';
import {
  viewsOf,
  type ArtifactRef,
  type Fact,
  type Report,
} from '@agentworkloads/api';
import { Client } from 'minio';

export interface ObjectStoreOptions {
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: string;
  bucket: string;
}

/** The bucket of a ground, read as somebody with its key would. */
export class ObjectStore {
  private readonly client: Client;
  private readonly bucket: string;

  constructor(options: ObjectStoreOptions) {
    const { hostname, port, protocol } = new URL(options.endpoint);
    this.bucket = options.bucket;
    this.client = new Client({
      endPoint: hostname,
      port: Number(port),
      useSSL: protocol === 'https:',
      region: options.region,
      accessKey: options.accessKey,
      secretKey: options.secretKey,
    });
  }

  async object(key: string): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.client.getObject(this.bucket, key))
      chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  async json<T = unknown>(ref: ArtifactRef): Promise<T> {
    return JSON.parse((await this.object(ref.key)).toString('utf8')) as T;
  }

  /** Facts whose quote does not stand where they say, in an object with the hash they say. */
  async unproven(report: Report): Promise<Fact[]> {
    const stored = new Map<string, string>();
    for (const page of report.pages) {
      for (const key of viewsOf(page).flatMap(one => [
        one.textKey,
        one.htmlKey,
      ])) {
        const bytes = await this.object(key);
        stored.set(
          createHash('sha256').update(bytes).digest('hex'),
          bytes.toString('utf8'),
        );
      }
    }
    return report.facts.filter(
      fact =>
        stored.get(fact.sourceSha256)?.slice(fact.start, fact.end) !==
        fact.quote,
    );
  }
}
