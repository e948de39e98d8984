import type { AgentWorkload } from '@agentworkloads/api';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import {
  PLUGIN_ID,
  RESOURCE_TYPE_WORKLOAD,
  type RunRef,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import { createPermissionResourceRef } from '@backstage/plugin-permission-node';

/** Somebody whom the cluster lets read, as they were when they last read in the portal. @public */
export interface WorkloadReader {
  /** Catalog reference of the person. */
  userRef: string;
  /** Their groups then, of those that `agentWorkloads.identity.groups` names: the cluster was asked with these. */
  groupRefs: readonly string[];
}

/** What permission rules look at. @public */
export interface WorkloadResource extends RunRef {
  /** Catalog reference of the person who asked, where the catalog can have one. */
  requesterRef?: string;
  /** In force: from status once policy judged, before that from the spec. */
  fourEyes: boolean;
  /** People whom the cluster lets read it; absent where nobody has asked. */
  readers?: readonly WorkloadReader[];
}

/** One test of a {@link WorkloadResource}, for stores that filter by query. @public */
export type WorkloadFilter =
  | { key: 'requesterRef' | 'namespace'; values: string[] }
  | { key: 'readers'; values: { userRef: string; ownershipRefs: string[] }[] }
  | { key: 'fourEyes'; values: boolean[] };

/** @public */
export const workloadResourceRef = createPermissionResourceRef<
  WorkloadResource,
  WorkloadFilter
>().with({ pluginId: PLUGIN_ID, resourceType: RESOURCE_TYPE_WORKLOAD });

export function toWorkloadResource(
  ref: RunRef,
  workload: Pick<AgentWorkload, 'spec' | 'status'>,
  identity: IdentityMapper,
): WorkloadResource {
  const username = workload.spec.requestedBy?.username;
  return {
    cluster: ref.cluster,
    namespace: ref.namespace,
    name: ref.name,
    requesterRef: username ? identity.userRef(username) : undefined,
    fourEyes: workload.status?.gate?.fourEyes ?? workload.spec.gate.fourEyes,
  };
}

export function fromResourceRef(text: string): RunRef | undefined {
  const [cluster, namespace, name, ...rest] = text.split('/');
  return cluster && namespace && name && rest.length === 0
    ? { cluster, namespace, name }
    : undefined;
}
