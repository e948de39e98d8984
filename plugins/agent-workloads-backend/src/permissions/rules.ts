import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import { workloadResourceRef } from './resource';

export const isOwner = createPermissionRule({
  name: 'isOwner',
  description: 'The run was asked for by one of these catalog entities.',
  resourceRef: workloadResourceRef,
  paramsSchema: z.object({
    userRefs: z
      .array(z.string())
      .describe('Entity references of the person, as in their credentials'),
  }),
  apply: (resource, { userRefs }) =>
    resource.requesterRef !== undefined &&
    userRefs.includes(resource.requesterRef),
  toQuery: ({ userRefs }) => ({ key: 'requesterRef', values: userRefs }),
});

export const isNotRequester = createPermissionRule({
  name: 'isNotRequester',
  description:
    'Somebody else asked for the run, or the run does not require four eyes.',
  resourceRef: workloadResourceRef,
  paramsSchema: z.object({
    userRef: z.string().describe('Entity reference of the person'),
  }),
  apply: (resource, { userRef }) =>
    !resource.fourEyes || resource.requesterRef !== userRef,
  toQuery: ({ userRef }) => ({
    anyOf: [
      { key: 'fourEyes', values: [false] },
      { not: { key: 'requesterRef', values: [userRef] } },
    ],
  }),
});

export const inNamespace = createPermissionRule({
  name: 'inNamespace',
  description: 'The run is in one of these Kubernetes namespaces.',
  resourceRef: workloadResourceRef,
  paramsSchema: z.object({ namespaces: z.array(z.string()) }),
  apply: (resource, { namespaces }) => namespaces.includes(resource.namespace),
  toQuery: ({ namespaces }) => ({ key: 'namespace', values: namespaces }),
});

/** For search, where the policy alone is asked; everywhere else the cluster is asked besides. */
export const mayReadInCluster = createPermissionRule({
  name: 'mayReadInCluster',
  description:
    'The cluster lets the person read the run, and they have all groups that it was asked with; of who has not read in the portal within twelve hours it is not known.',
  resourceRef: workloadResourceRef,
  paramsSchema: z.object({
    userRef: z.string().describe('Entity reference of the person'),
    ownershipRefs: z
      .array(z.string())
      .describe('What the person is now, as in their credentials'),
  }),
  // Rights come from groups and are never taken by one: who has them all still, and others besides, may read as before.
  apply: ({ readers }, { userRef, ownershipRefs }) => {
    const has = new Set(ownershipRefs.map(ref => ref.toLowerCase()));
    const reader = readers?.find(one => one.userRef === userRef);
    return reader?.groupRefs.every(ref => has.has(ref)) ?? false;
  },
  toQuery: person => ({ key: 'readers', values: [person] }),
});

/** @public */
export const agentWorkloadsRules = {
  isOwner,
  isNotRequester,
  inNamespace,
  mayReadInCluster,
};

const exported = createConditionExports({
  resourceRef: workloadResourceRef,
  rules: agentWorkloadsRules,
});

/** For policy authors. @public */
export const agentWorkloadsConditions = exported.conditions;
/** @public */
export const createAgentWorkloadsConditionalDecision =
  exported.createConditionalDecision;
