import { createPermission } from '@backstage/plugin-permission-common';

/** @public */
export const PLUGIN_ID = 'agent-workloads';

/** Permission resource type of one run. Rules: `isOwner`, `isNotRequester`, `inNamespace`, `mayReadInCluster`. @public */
export const RESOURCE_TYPE_WORKLOAD = 'agent-workload';

/** @public */
export const workloadReadPermission = createPermission({
  name: 'agent-workloads.workload.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

/** Basic: there is no run to look at yet. @public */
export const workloadCreatePermission = createPermission({
  name: 'agent-workloads.workload.create',
  attributes: { action: 'create' },
});

/** @public */
export const workloadCancelPermission = createPermission({
  name: 'agent-workloads.workload.cancel',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

/** @public */
export const gateDecidePermission = createPermission({
  name: 'agent-workloads.gate.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

/** @public */
export const artifactReadPermission = createPermission({
  name: 'agent-workloads.artifact.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

/** To find the report of a completed run by search, which asks nobody but the policy: allow it by `mayReadInCluster` alone. @public */
export const reportFindPermission = createPermission({
  name: 'agent-workloads.report.find',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_WORKLOAD,
});

/** Basic: where a schedule may be read is for the rules of `agent-workloads.workload.read` and for the cluster to say. @public */
export const scheduleReadPermission = createPermission({
  name: 'agent-workloads.schedule.read',
  attributes: { action: 'read' },
});

/** Basic: there is no schedule to look at yet. To make one takes `agent-workloads.workload.create` as well. @public */
export const scheduleCreatePermission = createPermission({
  name: 'agent-workloads.schedule.create',
  attributes: { action: 'create' },
});

/** Basic, as above. To run one now takes it over where it is in another's name. @public */
export const scheduleRunPermission = createPermission({
  name: 'agent-workloads.schedule.run',
  attributes: { action: 'update' },
});

/** Basic, as above: to suspend one, to resume it, and to change it, which takes it over where it changes what is run. @public */
export const scheduleUpdatePermission = createPermission({
  name: 'agent-workloads.schedule.update',
  attributes: { action: 'update' },
});

/** Basic: which changes may be read is for the rules of the two read permissions, and for the cluster, to say. @public */
export const changeMarkPermission = createPermission({
  name: 'agent-workloads.change.mark',
  attributes: { action: 'update' },
});

/** Basic, as above. Its runs go with it. @public */
export const scheduleDeletePermission = createPermission({
  name: 'agent-workloads.schedule.delete',
  attributes: { action: 'delete' },
});

/** @public */
export const agentWorkloadsPermissions = [
  workloadReadPermission,
  workloadCreatePermission,
  workloadCancelPermission,
  gateDecidePermission,
  artifactReadPermission,
  reportFindPermission,
  scheduleReadPermission,
  scheduleCreatePermission,
  scheduleRunPermission,
  scheduleUpdatePermission,
  scheduleDeletePermission,
  changeMarkPermission,
];
