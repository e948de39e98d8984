import { DNS_LABEL_PATTERN } from '@agentworkloads/api';
import { isApiError, type KubernetesObject } from '@agentworkloads/kube';
import { ConflictError } from '@backstage/errors';
import { z } from 'zod';
import type { Cluster } from './clusters';
import type { ImpersonatedPerson } from './identity';
import type { RESOURCES } from './resources';
import { toResponseError } from './responseError';

/** `checked`: nothing was made; `existed`: the same request has made it before. */
export type StartOutcome = 'checked' | 'created' | 'existed';

/**
 * What a request for something new may have: where, under which name, and of what kind.
 * @param longestName in characters
 */
export const newObjectRequestSchema = (longestName: number) =>
  z.object({
    cluster: z.string().max(63).optional(),
    namespace: z.string().max(63).optional(),
    name: z
      .string()
      .max(longestName)
      .regex(
        new RegExp(DNS_LABEL_PATTERN),
        'must be lower-case letters, digits and dashes',
      )
      .optional(),
    /** The same request of the same person, sent again with the same key, makes no second one. */
    key: z.string().min(1).max(255).optional(),
    spec: z.unknown(),
  });

/** What is made, as whom, and how it is spoken of. */
export interface NewObject {
  resource: (typeof RESOURCES)[keyof typeof RESOURCES];
  manifest: KubernetesObject;
  as: ImpersonatedPerson;
  /** The API server checks everything and keeps nothing. */
  dryRun: boolean;
  /** "run" */
  noun: string;
  /** Completes "The cluster refused to …". */
  doing: string;
  /** Completes "There is another run called x in y…", with what to do. */
  mend: string;
  /** Whether two specs ask for the same. */
  isSame(there: unknown, asked: unknown): boolean;
}

/**
 * Makes it, or finds that the same request has made it before: a task that goes on after a crash, and a button that was
 * pressed twice, come here a second time.
 *
 * @throws ConflictError when there is another one of that name, or one that is being deleted
 * @throws an error of `@backstage/errors` with the API server's own reason
 */
export async function makeOnce(
  { client }: Pick<Cluster, 'client'>,
  { resource, manifest, as, dryRun, ...words }: NewObject,
): Promise<StartOutcome> {
  const { noun, doing, mend, isSame } = words;
  try {
    await client.create(resource, manifest, { as, dryRun });
    return dryRun ? 'checked' : 'created';
  } catch (error) {
    if (!isApiError(error) || error.reason !== 'AlreadyExists') {
      throw toResponseError(error, doing, as);
    }
  }
  const { name, namespace = '' } = manifest.metadata;
  const known = await client.get(resource, namespace, name).catch(error => {
    throw toResponseError(error, `compare the ${noun} with the one there`);
  });
  if (known.metadata.deletionTimestamp) {
    throw new ConflictError(
      `The ${noun} "${name}" in ${namespace} is being deleted; ask again when it is gone`,
    );
  }
  if (isSame(known.spec, manifest.spec)) return 'existed';
  throw new ConflictError(
    `There is another ${noun} called "${name}" in ${namespace}${mend}`,
  );
}
