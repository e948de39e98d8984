import { buffer } from 'node:stream/consumers';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { z } from 'zod';
import type { ArtifactStore } from './ArtifactStore';
import { assertSha256 } from './verified';

/** More than the largest honest manifest, little enough to hold a few in memory. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * @returns undefined when the object is not there, too large, or not what the schema says
 * @throws ConflictError when its bytes do not have the hash
 */
export async function readJson<T>(
  store: ArtifactStore,
  key: string,
  schema: z.ZodType<T>,
  logger: LoggerService,
  sha256?: string,
): Promise<T | undefined> {
  const info = await store.stat(key);
  if (!info) {
    return undefined;
  }
  if (info.size > MAX_BYTES) {
    logger.warn(`${key} is ${info.size} bytes and is not read`);
    return undefined;
  }
  const bytes = await buffer(await store.read(key, 0, info.size));
  if (sha256 !== undefined) assertSha256(bytes, sha256, key);
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    logger.warn(`${key} is not what it should be: ${(error as Error).message}`);
    return undefined;
  }
}
