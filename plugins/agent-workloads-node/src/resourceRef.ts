import type { RunRef } from '@agentworkloads/backstage-plugin-agent-workloads-common';

/** How permissions call a run. Names of clusters, namespaces and objects hold no slash. */
export function toResourceRef(ref: RunRef): string {
  return `${ref.cluster}/${ref.namespace}/${ref.name}`;
}
