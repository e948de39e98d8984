import type { LoggerService } from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import type { ArtifactStore } from './ArtifactStore';
import { readJson } from './readJson';

/** Some hundred runs of the usual size; the bytes are those of the stored text, so the bound is exact. */
const MAX_BYTES = 64 * 1024 * 1024;

export interface CheckedJson {
  /** Changes with the stored object. */
  etag: string;
  /** UTF-8 of the JSON, as the schema left it. */
  json: Buffer;
}

interface Reading {
  store: ArtifactStore;
  key: string;
  schema: z.ZodType<unknown>;
  logger: LoggerService;
  /** Hex, that the stored bytes must have; an entry that was read under one is proven under it. */
  sha256?: string;
}

/**
 * JSON objects that were read and checked once, kept as the text that goes out again. An entry belongs to key and ETag,
 * so it never grows old; the store is still asked for the ETag each time, which also tells when it is away.
 */
export class EvidenceCache {
  private readonly entries: LRUCache<string, Buffer, Reading>;

  constructor(maxBytes = MAX_BYTES) {
    this.entries = new LRUCache<string, Buffer, Reading>({
      maxSize: maxBytes,
      sizeCalculation: json => json.length || 1,
      // Those who ask at the same time wait for one reading.
      fetchMethod: async (_id, _stale, { context }) => {
        const { store, key, schema, logger, sha256 } = context;
        const value = await readJson(store, key, schema, logger, sha256);
        return value === undefined
          ? undefined
          : Buffer.from(JSON.stringify(value));
      },
    });
  }

  /**
   * @returns undefined when the object is not there, too large, or not what the schema says
   * @throws ConflictError when it does not have the hash
   */
  async read(
    store: ArtifactStore,
    key: string,
    schema: z.ZodType<unknown>,
    logger: LoggerService,
    sha256?: string,
  ): Promise<CheckedJson | undefined> {
    const info = await store.stat(key);
    if (!info) {
      return undefined;
    }
    const json = await this.entries.fetch(
      JSON.stringify([store.bucket, key, info.etag, sha256 ?? '']),
      { context: { store, key, schema, logger, sha256 } },
    );
    return json && { etag: info.etag, json };
  }
}
