import {
  agentApprovalSchema,
  API_VERSION,
  type AgentApproval,
  type AgentApprovalSpec,
} from '@agentworkloads/api';
import {
  EVIDENCE,
  GATE_NODE,
  iso,
  WORKFLOW_UID,
  WORKLOAD_UID,
} from './workload';

/** An approval by alice of the gate that `aWorkload().waiting()` has open, made at NOW. */
export function anApproval(
  spec: Partial<AgentApprovalSpec> = {},
  metadata: Record<string, unknown> = {},
  accepted?: 'True' | 'False',
): AgentApproval {
  return agentApprovalSchema.parse({
    apiVersion: API_VERSION,
    kind: 'AgentApproval',
    metadata: {
      name: 'alice-says',
      namespace: 'agentworkloads',
      uid: 'a1',
      resourceVersion: '3',
      creationTimestamp: iso(0),
      ...metadata,
    },
    spec: {
      workloadRef: { name: 'weekly', uid: WORKLOAD_UID },
      gate: { workflowUid: WORKFLOW_UID, nodeId: GATE_NODE },
      decision: 'approve',
      comment: 'looks right',
      evidence: EVIDENCE,
      approver: { username: 'alice' },
      ...spec,
    },
    ...(accepted
      ? {
          status: {
            conditions: [
              {
                type: 'Accepted',
                status: accepted,
                lastTransitionTime: iso(0),
                reason: 'ApprovalUsed',
                message: '',
              },
            ],
          },
        }
      : {}),
  });
}

/** The same, tied to its workload already. */
export function anOwnedApproval(
  spec: Partial<AgentApprovalSpec> = {},
  metadata: Record<string, unknown> = {},
  accepted?: 'True' | 'False',
): AgentApproval {
  return anApproval(
    spec,
    { ownerReferences: [{ uid: WORKLOAD_UID }], ...metadata },
    accepted,
  );
}
