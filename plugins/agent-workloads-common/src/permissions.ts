import { createPermission } from '@backstage/plugin-permission-common';

export const PLUGIN_ID = 'agent-workloads';

/** Permission resource type of one run. Rules: `isOwner`, `isNotRequester`, `inNamespace`. */
export const RESOURCE_TYPE_WORKLOAD = 'agent-workload';

export const workloadReadPermission = createPermission({
  name: 'agentworkloads.workload.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

/** Basic: there is no run to look at yet. */
export const workloadCreatePermission = createPermission({
  name: 'agentworkloads.workload.create',
  attributes: { action: 'create' },
});

export const workloadCancelPermission = createPermission({
  name: 'agentworkloads.workload.cancel',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

export const gateDecidePermission = createPermission({
  name: 'agentworkloads.gate.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

export const artifactReadPermission = createPermission({
  name: 'agentworkloads.artifact.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

export const agentWorkloadsPermissions = [
  workloadReadPermission,
  workloadCreatePermission,
  workloadCancelPermission,
  gateDecidePermission,
  artifactReadPermission,
];
