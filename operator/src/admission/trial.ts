import {
  ADMISSION_POLICIES,
  AGENT_APPROVAL,
  API_VERSION,
  type AgentApprovalSpec,
} from '@agentworkloads/api';
import { apiStatus, type KubeClient } from '../ports';
import { KINDS } from '../reconcile/kinds';

/** Nobody's name, and no workload's: RBAC may hold neither by accident. */
const SOMEBODY_ELSE = 'agentworkloads:trial:somebody-else';
const NOBODYS_GROUP = 'agentworkloads:trial:nobodys-group';
const WORKLOAD = 'agentworkloads-trial';

export interface Trial {
  what: string;
  approver: string;
  groups?: string[];
  /** Words of the rule that must refuse it. */
  says: string;
}

/** What a cluster must not take: an approval in a foreign name, one for a foreign group, and one in the own name without the right. */
export function trials(operator: string): readonly Trial[] {
  return [
    {
      what: 'an approval in the name of somebody else',
      approver: SOMEBODY_ELSE,
      says: 'spec.approver.username must be your own name',
    },
    {
      what: 'an approval for a group of others',
      approver: operator,
      groups: [NOBODYS_GROUP],
      says: 'each of spec.approver.groups must be a group of yours',
    },
    {
      what: 'an approval by somebody without the right',
      approver: operator,
      says: `may not approve agentworkloads/${WORKLOAD}`,
    },
  ];
}

function trialApproval({ approver, groups }: Trial): unknown {
  const spec: AgentApprovalSpec = {
    workloadRef: { name: WORKLOAD, uid: WORKLOAD },
    gate: { workflowUid: WORKLOAD, nodeId: WORKLOAD },
    decision: 'deny',
    comment: 'The operator tries whether this is refused.',
    approver: { username: approver, ...(groups ? { groups } : {}) },
  };
  return {
    apiVersion: API_VERSION,
    kind: AGENT_APPROVAL.kind,
    metadata: { generateName: `${WORKLOAD}-` },
    spec,
  };
}

export type TrialResult =
  | { kind: 'refused' }
  /** It would have been taken. */
  | { kind: 'taken'; what: string }
  /** Refused by something else, or not answered: that says nothing about the policy. */
  | { kind: 'unproven'; cause: string };

/** Asks the API server, without keeping anything, to take what the shipped policy must refuse. */
export async function tryApproval(
  client: Pick<KubeClient, 'wouldCreate'>,
  namespace: string,
  trial: Trial,
): Promise<TrialResult> {
  try {
    const body = trialApproval(trial);
    await client.wouldCreate(KINDS.approvals, namespace, body);
    return { kind: 'taken', what: `${trial.what} in ${namespace}` };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    // The same refusal reads the same each time, whatever name the API server gave.
    const text = said.replaceAll(new RegExp(`${WORKLOAD}-\\w+`, 'g'), WORKLOAD);
    const policy = `ValidatingAdmissionPolicy '${ADMISSION_POLICIES.approvalIdentity}'`;
    const isByRule =
      apiStatus(error) === 403 &&
      text.includes(policy) &&
      text.includes(trial.says);
    return isByRule
      ? { kind: 'refused' }
      : {
          kind: 'unproven',
          cause: `${trial.what} in ${namespace} was not refused by ${ADMISSION_POLICIES.approvalIdentity} but: ${text}`,
        };
  }
}
