import { agentWorkloadSpecSchema } from '@agentworkloads/api';
import { isApiError, type KubernetesObject } from '@agentworkloads/kube';
import {
  createWorkload,
  RESOURCES,
  toResponseError,
  type Cluster,
  type ImpersonatedPerson,
} from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { ConflictError } from '@backstage/errors';

export type Submitted = 'checked' | 'created' | 'existed';

/** The same text for the same spec, whatever the order of its fields. */
function canonical(spec: unknown): string | undefined {
  const parsed = agentWorkloadSpecSchema.safeParse(spec);
  if (!parsed.success) {
    return undefined;
  }
  const { parameters, cancel: _, ...rest } = parsed.data;
  // The schema orders all fields but those of a map.
  return JSON.stringify([rest, Object.entries(parameters).sort()]);
}

/** `cancel` may have been set since; everything else of a spec never changes. */
function sameInput(a: unknown, b: unknown): boolean {
  const left = canonical(a);
  return left !== undefined && left === canonical(b);
}

async function compare(
  cluster: Cluster,
  manifest: KubernetesObject,
): Promise<Submitted> {
  const { name, namespace = '' } = manifest.metadata;
  const known = await cluster.client.get(RESOURCES.workloads, namespace, name);
  if (sameInput(known.spec, manifest.spec)) {
    return 'existed';
  }
  throw new ConflictError(
    `There is another run called "${name}" in ${namespace}, with other input; choose another name`,
  );
}

/**
 * Everything is checked by the API server before anything is made. A task that is resumed after a crash comes here a
 * second time: what it made the first time is found and taken.
 * @throws an error of `@backstage/errors` with the API server's reason
 */
export async function submitRun(
  cluster: Cluster,
  manifest: KubernetesObject,
  person: ImpersonatedPerson,
  dryRunOnly: boolean,
): Promise<Submitted> {
  try {
    await createWorkload(cluster, manifest, person, { dryRun: true });
    if (dryRunOnly) {
      return 'checked';
    }
    await createWorkload(cluster, manifest, person);
    return 'created';
  } catch (error) {
    if (isApiError(error) && error.reason === 'AlreadyExists') {
      return compare(cluster, manifest).catch(problem => {
        throw toResponseError(problem, 'compare the run with the one there');
      });
    }
    throw toResponseError(error, 'start the run');
  }
}
