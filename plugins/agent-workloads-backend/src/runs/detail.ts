import {
  isFinalPhase,
  type AgentApproval,
  type AgentWorkload,
} from '@agentworkloads/api';
import type {
  MayDecide,
  MayOpenAgain,
  RunApproval,
  RunDetail,
  RunListItem,
  RunStep,
} from '@agentworkloads/backstage-plugin-agent-workloads-common';
import type { IdentityMapper } from '@agentworkloads/backstage-plugin-agent-workloads-node';
import { decidersOf, peopleOf } from './people';
import { stepsFromStatus, type RunWorkflow } from './readWorkflow';
import { CONDITION_TYPES } from '@agentworkloads/api';

export function toDetail(options: {
  item: RunListItem;
  workload: AgentWorkload;
  workflow?: RunWorkflow;
  approvals: readonly AgentApproval[];
  mayDecide: MayDecide;
  mayCancel: boolean;
  mayOpenAgain?: MayOpenAgain;
  identity: Pick<IdentityMapper, 'userRef' | 'groupRefs'>;
}): RunDetail {
  const { item, workload, workflow, approvals, identity } = options;
  const status = workload.status;
  return {
    ...item,
    people: {
      ...item.people,
      ...peopleOf(
        identity,
        approvals.map(({ spec }) => spec.approver.username),
      ),
    },
    resource: workload,
    conditions: status?.conditions ?? [],
    steps: stepsOf(workload, workflow),
    gateDetail: status?.gate && {
      ...status.gate,
      workflowUid: status.argoWorkflow?.uid ?? '',
      mayDecide: options.mayDecide,
      deciders: decidersOf(workload, identity),
      policy: status.policy?.gate,
      summary: workflow?.summary,
    },
    policyStart: status?.policy?.start,
    artifacts: status?.workflowArtifacts ?? {},
    approvals: approvals.flatMap(toRunApproval),
    mayCancel:
      options.mayCancel && !isFinalPhase(item.phase) && !workload.spec.cancel,
    ...(options.mayOpenAgain ? { mayOpenAgain: options.mayOpenAgain } : {}),
  };
}

/**
 * The steps as the Workflow has them now; once the run is over, as the status that ended it has them. Argo writes the end of a
 * stopped step later, and nobody asks again for a run that is over.
 */
function stepsOf(workload: AgentWorkload, workflow?: RunWorkflow): RunStep[] {
  const recorded = workload.status?.steps ?? [];
  if (!workflow?.steps.length) return stepsFromStatus(recorded);
  if (!isFinalPhase(workload.status?.phase)) return workflow.steps;
  const byName = new Map(recorded.map(step => [step.name, step]));
  return workflow.steps.map(step => ({ ...step, ...byName.get(step.name) }));
}

function toRunApproval(approval: AgentApproval): RunApproval[] {
  const { decision } = approval.spec;
  // Who left more time decided nothing: that stands in `gateDetail.extensions`.
  if (decision === 'extend') return [];
  const accepted = approval.status?.conditions?.find(
    condition => condition.type === CONDITION_TYPES.accepted,
  );
  return [
    {
      name: approval.metadata.name,
      approver: approval.spec.approver.username,
      decision,
      comment: approval.spec.comment,
      createdAt: approval.metadata.creationTimestamp,
      nodeId: approval.spec.gate.nodeId,
      accepted: accepted && {
        status: accepted.status,
        reason: accepted.reason,
        message: accepted.message,
      },
    },
  ];
}
