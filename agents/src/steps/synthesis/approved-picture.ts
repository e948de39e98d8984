import type { Shot } from '@agentworkloads/api';
import { PermanentError } from '../../runtime/errors';
import type { StepDeps } from '../../runtime/step';
import { sha256 } from '../dom/page-facts';

/**
 * A picture that this run saved, held to the hash that was approved.
 *
 * @returns undefined where it is no longer in object storage
 * @throws PermanentError for another picture than the one that was approved, RetryableError where object storage is away
 */
export async function approvedPicture(
  { key, sha256: hash }: Pick<Shot, 'key' | 'sha256'>,
  { store }: Pick<StepDeps, 'store'>,
): Promise<Buffer | undefined> {
  const body = await store.get(key);
  if (!body) return undefined;
  if (sha256(body) !== hash)
    throw new PermanentError(
      `A picture does not have the hash that was approved: ${key}`,
    );
  return body;
}
